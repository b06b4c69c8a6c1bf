/**
 * Keeps everything that a program tells about itself: log lines of every level, spans with their
 * attributes and events, and the failures they ended with. What a span returned is not kept: exporters
 * do not send it.
 *
 * @example
 * const recorder = Recorder.make()
 * Effect.runSync(Effect.log("registered").pipe(Effect.provide(recorder.layer)))
 * recorder.text().includes("registered") // => true
 *
 * @since 0.1.0
 */
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Recorder {
  readonly layer: Layer.Layer<never>
  /** All of it, one thing a line, in the order in which it was told. */
  readonly text: () => string
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (): Recorder => {
  const lines: Array<string> = []

  const logger = Logger.make<unknown, void>((options) => {
    lines.push(`log ${Logger.formatJson.log(options)}`, `log ${Logger.formatLogFmt.log(options)}`)
  })

  class RecordedSpan extends Tracer.NativeSpan {
    override end(endTime: bigint, exit: Exit.Exit<unknown, unknown>): void {
      super.end(endTime, exit)
      lines.push(`span ${this.name} ${inspect(this.attributes, WHOLE)} ${inspect(this.events, WHOLE)}`)
      if (Exit.isFailure(exit)) {
        lines.push(`span ${this.name} failed ${Cause.pretty(exit.cause)} ${inspect(exit.cause, WHOLE)}`)
        lines.push(JSON.stringify(exit.cause))
      }
    }
  }

  const tracer = Tracer.make({ span: (options) => new RecordedSpan(options) })

  return {
    layer: Layer.mergeAll(
      Logger.layer([logger]),
      Layer.succeed(References.MinimumLogLevel, "All"),
      Layer.succeed(Tracer.Tracer, tracer)
    ),
    text: () => lines.join("\n")
  }
}

// --- private ---

const WHOLE = { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity }
