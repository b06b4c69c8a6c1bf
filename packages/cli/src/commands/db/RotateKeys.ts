/**
 * `kis db rotate-keys`: another sealing key, and every body under it.
 *
 * @since 0.1.0
 */
import type { KeyRing } from "@kis/core/privacy"
import { Storage, Upkeep } from "@kis/core/storage"
import { FileKeyRing } from "@kis/crypto-node"
import { Command, Flag } from "effect/cli"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { basename } from "node:path"
import * as Database from "../../Database.ts"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as Progress from "../../Progress.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "rotate-keys",
  {
    ...Place.flags,
    sealing: Flag.Boolean("sealing").pipe(
      Flag.withDescription("Draw a new key for bodies and seal everything under it, or go on doing so"),
      Flag.withDefault(false)
    ),
    forget: Flag.Boolean("forget").pipe(
      Flag.withDescription(
        "Take keys out of the key file that nothing is sealed under any more: back-ups from before need them"
      ),
      Flag.withDefault(false)
    ),
    json: Flags.json
  },
  Effect.fn("kis db rotate-keys")(function* ({ forget, json, keys, path, sealing }) {
    if (sealing === forget) {
      const sentence = "Say what to do: --sealing to rotate the sealing key, or --forget to drop the old ones."
      return yield* new CommandFailed({ exit: "Usage", sentence })
    }
    const file = Database.keyPath(Database.placeOf(path, keys))
    const answer = yield* forget ? forgetting({ file, keys, path }) : rotating({ file, keys, path })
    yield* Console.log(json ? JSON.stringify(answer) : summary(answer))
    if (answer.left > 0) return yield* new CommandFailed({ exit: "Negative" })
  }, settle)
).pipe(
  Command.withDescription(
    "Draws a new sealing key into the key file and seals every row under it, while the register is at work: programs " +
      "that have it open take the new key up within seconds. May be stopped and run again: it goes on where it was. " +
      "The old key stays in the key file, because back-ups need it, until --forget drops keys that nothing uses. " +
      `Copy the key file first, and again afterwards.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Seal everything under a new key"),
  Command.withExamples([
    { command: "kis db rotate-keys --sealing --db sqlite:register.db", description: "Rotate, or go on rotating" },
    {
      command: "kis db rotate-keys --forget --db sqlite:register.db",
      description: "When the back-ups from before are gone too"
    }
  ])
)

// --- private ---

interface Job extends Place.Place {
  /** The key file. */
  readonly file: string
}

interface Answer extends Upkeep.Resealing {
  readonly current: KeyRing.KeyId
  /** Keys that were taken out of the file. */
  readonly forgotten: ReadonlyArray<KeyRing.KeyId>
  /** Older keys that the file still has, all unused when nothing is left. */
  readonly kept: ReadonlyArray<KeyRing.KeyId>
}

/** As long as a program may go on sealing under the key that it had, and some more. */
const TAKEN_UP_MILLIS = 6_000
const SETTLED_MILLIS = 60_000

const rotating = Effect.fnUntraced(function* (job: Job) {
  const before = yield* FileKeyRing.sealingKeys(job.file)
  const unfinished = before.older.some((_) => _.unusedSince === undefined)
  const { added, current, older } = unfinished
    ? { ...before, added: undefined }
    : yield* opened(
        job,
        Effect.gen(function* () {
          yield* demandOwnKeys(job)
          const keys = yield* FileKeyRing.addSealing(job.file)
          return { ...keys, added: yield* Clock.currentTimeMillis }
        })
      )
  const done = yield* opened(job, resealing)
  if (added !== undefined) {
    const now = yield* Clock.currentTimeMillis
    yield* Effect.sleep(Math.max(0, added + TAKEN_UP_MILLIS - now))
  }
  // what was sealed meanwhile by programs that did not have the new key yet
  const rest = yield* opened(job, resealing)
  const at = yield* Clock.currentTimeMillis
  const ids = older.map((_) => _.id)
  if (rest.left === 0) yield* FileKeyRing.markUnused(job.file, ids, at)
  return {
    current,
    resealed: done.resealed + rest.resealed,
    left: rest.left,
    forgotten: [],
    kept: ids
  } satisfies Answer
})

const forgetting = Effect.fnUntraced(function* (job: Job) {
  const { current, older } = yield* FileKeyRing.sealingKeys(job.file)
  const now = yield* Clock.currentTimeMillis
  const ids = older.flatMap(({ id, unusedSince }) =>
    unusedSince !== undefined && unusedSince + SETTLED_MILLIS <= now ? [id] : []
  )
  if (ids.length === 0) {
    const sentence =
      older.length === 0
        ? "The key file holds no old keys."
        : "The old keys are still in use, or were until a minute ago: finish kis db rotate-keys --sealing first, and wait."
    return yield* new CommandFailed({ exit: "Negative", sentence })
  }
  const done = yield* opened(job, resealing)
  const isUnused = done.resealed === 0 && done.left === 0
  if (isUnused) yield* FileKeyRing.forgetSealing(job.file, ids)
  const kept = older.map((_) => _.id).filter((id) => !isUnused || !ids.includes(id))
  return {
    ...done,
    left: isUnused ? 0 : done.left + done.resealed,
    current,
    forgotten: isUnused ? ids : [],
    kept
  } satisfies Answer
})

const opened = <A, E>(job: Job, effect: Effect.Effect<A, E, Storage.Storage>) =>
  Effect.provide(effect, Place.layer(job))

/** A key more in the key file of another register would be of no use and hard to explain. */
const demandOwnKeys = Effect.fnUntraced(function* ({ file }: Job) {
  const { upkeep } = yield* Storage.Storage
  for (const aggregate of upkeep.aggregates) {
    const { rows } = yield* upkeep.survey(aggregate, { limit: ROWS_TRIED })
    if (rows.length === 0) continue
    if (rows.some((_) => _.fault !== "Forged" && _.fault !== "UnknownKey")) return
    const sentence = `${basename(file)}: none of the rows that were tried opens under these keys; name the key file of this register.`
    return yield* new CommandFailed({ exit: "Keys", sentence })
  }
})

const ROWS_TRIED = 10

const resealing = Effect.gen(function* () {
  const { upkeep } = yield* Storage.Storage
  const counts = yield* Effect.forEach(upkeep.aggregates, (aggregate) => upkeep.count(aggregate))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const progress = yield* Progress.make({ total, unit: "rows", screen: process.stderr })
  return yield* Upkeep.resealAll(upkeep, {
    onRows: (done, resealed) => progress.update(done, `sealed anew ${resealed}`)
  }).pipe(
    Effect.onInterrupt(() =>
      Effect.andThen(progress.clear, Console.error("Stopped. Run the same command again to go on."))
    ),
    Effect.onExit(() => progress.clear)
  )
})

const summary = ({ current, forgotten, kept, left, resealed }: Answer): string => {
  if (forgotten.length > 0) return `forgotten: key ${forgotten.join(", ")}; everything is under key ${current}`
  if (left > 0) {
    return `${left} rows are not under key ${current}: run kis db verify to see which do not open. Old keys are kept.`
  }
  return `sealed anew ${resealed} rows under key ${current}; kept for back-ups: key ${kept.join(", ")}`
}
