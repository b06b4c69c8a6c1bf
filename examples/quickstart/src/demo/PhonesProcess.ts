/**
 * Switches the phones on, in a process that sees the two message files only, and off again.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { stat } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type * as Phones from "../world/Phones.ts"

// --- models ---

export interface Options extends Phones.Options {
  readonly outbox: string
  readonly inbox: string
}

// --- errors ---

export class PhonesFailed extends Schema.TaggedError<PhonesFailed>("@kis/example-quickstart/PhonesFailed")(
  "PhonesFailed",
  { code: Schema.String }
) {
  override get message() {
    return `The process that plays the phones did not start (${this.code}). Run the demo again; nothing is lost.`
  }
}

// --- running ---

/** Phones that are on as long as the scope is open. They get what is sent from now on. */
export const run = Effect.fnUntraced(function* (options: Options): Effect.fn.Return<void, PhonesFailed, Scope.Scope> {
  const { inbox, lateAfter, outbox, seed, within } = options
  const from = yield* Effect.promise(() =>
    stat(outbox).then(
      (it) => it.size,
      () => 0
    )
  )
  const program = fileURLToPath(new URL("../phones.ts", import.meta.url))
  const given = { outbox, inbox, seed, from, "late-after": lateAfter, within }
  const flags = Object.entries(given).map(([name, value]) => `--${name}=${value}`)
  const phones = yield* Effect.acquireRelease(
    Effect.sync(() => spawn(process.execPath, [program, ...flags], { stdio: ["pipe", "ignore", "inherit"] })),
    (phones) => Effect.promise(() => switchOff(phones))
  )
  yield* Effect.tryPromise({
    try: () => once(phones, "spawn"),
    catch: (cause) => new PhonesFailed({ code: cause instanceof Error ? cause.message : "unknown" })
  })
})

// --- private ---

const PATIENCE = 3_000

const switchOff = async (phones: ChildProcess): Promise<void> => {
  if (phones.exitCode !== null || phones.signalCode !== null || phones.pid === undefined) return
  const gone = once(phones, "exit")
  phones.kill("SIGTERM")
  const late = setTimeout(() => phones.kill("SIGKILL"), PATIENCE)
  await gone
  clearTimeout(late)
}
