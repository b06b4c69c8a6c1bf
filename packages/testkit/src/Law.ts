/**
 * A law of a port: a named check that every layer must pass and that at least one deliberately
 * broken layer fails.
 *
 * @since 0.1.0
 */
import { describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"

// --- models ---

/**
 * `holds` fails, in whichever way, when the law is broken.
 *
 * @category models
 * @since 0.1.0
 */
export interface Law<R, Capabilities = unknown> {
  readonly name: string
  readonly holds: Effect.Effect<void, unknown, R | Scope.Scope>
  /** What a layer must declare for the law to be asked of it; always asked when absent. */
  readonly needs?: (capabilities: Capabilities) => boolean
}

/**
 * What became of a law on a layer. A law that the layer's capabilities excuse it from is skipped.
 *
 * @category models
 * @since 0.1.0
 */
export interface Outcome {
  readonly law: string
  readonly result: "holds" | "skipped" | "broken"
  /** Why it is broken, for people. */
  readonly why?: string
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = <R>(name: string, holds: Effect.Effect<void, unknown, R | Scope.Scope>): Law<R> => ({ name, holds })

// --- running ---

/**
 * Registers one test a law. Each gets the layer built anew: memoised layers would hand the same
 * store to all. A law that the capabilities do not ask for is shown as skipped.
 *
 * @category running
 * @since 0.1.0
 */
export const suite = <R, E, Capabilities>(
  name: string,
  laws: ReadonlyArray<Law<R, Capabilities>>,
  layer: Layer.Layer<R, E>,
  capabilities: Capabilities
): void => {
  describe(name, () => {
    for (const law of laws) {
      const test = isAsked(law, capabilities) ? it.effect : it.effect.skip
      test(law.name, () => law.holds.pipe(Effect.provide(Layer.fresh(layer))))
    }
  })
}

/**
 * Runs the laws without a test runner, each on the layer built anew, on a clock that stands still
 * until a law moves it.
 *
 * @category running
 * @since 0.1.0
 */
export const run = <R, E, Capabilities>(
  laws: ReadonlyArray<Law<R, Capabilities>>,
  layer: Layer.Layer<R, E>,
  capabilities: Capabilities
): Effect.Effect<ReadonlyArray<Outcome>> =>
  Effect.forEach(laws, (law) =>
    isAsked(law, capabilities)
      ? Effect.map(attempt(law, layer), (exit): Outcome =>
          Exit.isSuccess(exit)
            ? { law: law.name, result: "holds" }
            : { law: law.name, result: "broken", why: Cause.pretty(exit.cause) }
        )
      : Effect.succeed<Outcome>({ law: law.name, result: "skipped" })
  )

/**
 * The names of the laws that a layer breaks, in order. What a test of a broken layer asks.
 *
 * @category running
 * @since 0.1.0
 */
export const broken = <R, E, Capabilities>(
  laws: ReadonlyArray<Law<R, Capabilities>>,
  layer: Layer.Layer<R, E>
): Effect.Effect<ReadonlyArray<string>> =>
  Effect.map(
    Effect.forEach(laws, (law) => Effect.map(attempt(law, layer), (exit) => ({ law, exit }))),
    (results) => results.filter(({ exit }) => Exit.isFailure(exit)).map(({ law }) => law.name)
  )

// --- private ---

const isAsked = <R, Capabilities>(law: Law<R, Capabilities>, capabilities: Capabilities): boolean =>
  law.needs?.(capabilities) ?? true

const attempt = <R, E, Capabilities>(law: Law<R, Capabilities>, layer: Layer.Layer<R, E>) =>
  law.holds.pipe(Effect.provide(Layer.fresh(layer)), Effect.scoped, Effect.provide(TestClock.layer()), Effect.exit)
