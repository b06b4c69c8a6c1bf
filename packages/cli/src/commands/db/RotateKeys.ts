/**
 * `kis db rotate-keys`: another sealing key and every body under it, or another index root and every key.
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
    index: Flag.Boolean("index").pipe(
      Flag.withDescription("Draw a new root for the keys by which people are found, or go on bringing all under it"),
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
  Effect.fn("kis db rotate-keys")(function* ({ database, forget, index, json, keys, sealing }) {
    if ([sealing, index, forget].filter(Boolean).length !== 1) {
      const sentence = "Say one thing to do: --sealing or --index to rotate a key, or --forget to drop the old ones."
      return yield* new CommandFailed({ exit: "Usage", sentence })
    }
    const file = yield* Database.keyPath(Database.placeOf(database, keys))
    const job = { file, keys, database }
    const answer = yield* forget ? forgetting(job) : index ? exchanging(job) : rotating(job)
    yield* Console.log(json ? JSON.stringify(answer) : summary(answer))
    if (answer.left > 0) return yield* new CommandFailed({ exit: "Negative" })
  }, settle)
).pipe(
  Command.withDescription(
    "Draws a new key into the key file and brings every row under it, while the register is at work: programs that " +
      "have it open take the new key up by themselves. --sealing is the key of what rows hold, --index that of the keys " +
      "by which people are found; no number can be registered twice meanwhile. May be stopped and run again: it " +
      "goes on where it was. The old key stays in the key file, because back-ups need it, until --forget drops keys that nothing uses. " +
      `Copy the key file first, and again afterwards.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Bring everything under a new key"),
  Command.withExamples([
    { command: "kis db rotate-keys --sealing --db sqlite:register.db", description: "Rotate, or go on rotating" },
    { command: "kis db rotate-keys --index --db sqlite:register.db", description: "The same for the index root" },
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

interface Keys {
  readonly current: KeyRing.KeyId
  /** Keys that were taken out of the file. */
  readonly forgotten: ReadonlyArray<KeyRing.KeyId>
  /** Older keys that the file still has, all unused when nothing is left. */
  readonly kept: ReadonlyArray<KeyRing.KeyId>
}

interface Answer {
  /** Rows that were brought under the new key. */
  readonly rows: number
  /** Rows that are not under it. */
  readonly left: number
  readonly sealing?: Keys
  readonly index?: Keys
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
    rows: done.resealed + rest.resealed,
    left: rest.left,
    sealing: { current, forgotten: [], kept: ids }
  } satisfies Answer
})

const exchanging = Effect.fnUntraced(function* (job: Job) {
  const before = yield* FileKeyRing.indexRoots(job.file)
  // a later root than the current one was drawn and is not adopted yet
  const begun = before.others.find((id) => id > before.current)
  const to = begun ?? (yield* opened(job, FileKeyRing.addIndex(job.file))).others.at(-1)!
  let rows = 0
  const { left } = yield* opened(
    job,
    Effect.gen(function* () {
      const { upkeep } = yield* Storage.Storage
      const progress = yield* barOver(upkeep)
      return yield* Upkeep.rotateIndex(upkeep, to, {
        onRows: (done, rekeyed) => {
          rows = Math.max(rows, rekeyed)
          return progress.update(done, `new keys ${rekeyed}`)
        }
      }).pipe(shown(progress))
    })
  )
  const after = left === 0 ? yield* FileKeyRing.adoptIndex(job.file, to) : before
  return { rows, left, index: { current: after.current, forgotten: [], kept: after.others } } satisfies Answer
})

const forgetting = Effect.fnUntraced(function* (job: Job) {
  const { current, older } = yield* FileKeyRing.sealingKeys(job.file)
  const now = yield* Clock.currentTimeMillis
  const ids = older.flatMap(({ id, unusedSince }) =>
    unusedSince !== undefined && unusedSince + SETTLED_MILLIS <= now ? [id] : []
  )
  const roots = yield* FileKeyRing.indexRoots(job.file)
  const oldRoots = roots.others.filter((id) => id < roots.current)
  if (ids.length + oldRoots.length === 0) {
    const sentence =
      older.length + roots.others.length === 0
        ? "The key file holds no old keys."
        : "The old keys are still in use, or were until a minute ago: finish kis db rotate-keys first, and wait."
    return yield* new CommandFailed({ exit: "Negative", sentence })
  }
  const { left, plan, resealed } = yield* opened(
    job,
    Effect.gen(function* () {
      const { upkeep } = yield* Storage.Storage
      return { plan: yield* upkeep.keyPlan, ...(yield* resealing) }
    })
  )
  // a register that went back to an older copy may read by an old root again
  const sealing = left + resealed === 0 ? ids : []
  const index = oldRoots.filter((id) => !plan.free.includes(id))
  if (sealing.length > 0) yield* FileKeyRing.forgetSealing(job.file, sealing)
  if (index.length > 0) yield* FileKeyRing.forgetIndexes(job.file, index)
  const keptOf = (all: ReadonlyArray<KeyRing.KeyId>, forgotten: ReadonlyArray<KeyRing.KeyId>) =>
    all.filter((id) => !forgotten.includes(id))
  return {
    rows: resealed,
    left,
    sealing: {
      current,
      forgotten: sealing,
      kept: keptOf(
        older.map((_) => _.id),
        sealing
      )
    },
    index: { current: roots.current, forgotten: index, kept: keptOf(roots.others, index) }
  } satisfies Answer
})

const opened = <A, E>(job: Job, effect: Effect.Effect<A, E, Storage.Storage>) =>
  Effect.provide(effect, Place.layer(job))

const barOver = (upkeep: Upkeep.Upkeep) =>
  Effect.flatMap(
    Effect.forEach(upkeep.aggregates, (aggregate) => upkeep.count(aggregate)),
    (counts) =>
      Progress.make({ total: counts.reduce((sum, count) => sum + count, 0), unit: "rows", screen: process.stderr })
  )

const shown =
  (progress: Progress.Progress) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    effect.pipe(
      Effect.onInterrupt(() =>
        Effect.andThen(progress.clear, Console.error("Stopped. Run the same command again to go on."))
      ),
      Effect.onExit(() => progress.clear)
    )

const resealing = Effect.gen(function* () {
  const { upkeep } = yield* Storage.Storage
  const progress = yield* barOver(upkeep)
  return yield* Upkeep.resealAll(upkeep, {
    onRows: (done, resealed) => progress.update(done, `sealed anew ${resealed}`)
  }).pipe(shown(progress))
})

const summary = ({ index, left, rows, sealing }: Answer): string => {
  if (left > 0) {
    return `${left} rows are not under the new key: run kis db verify to see which do not open. Old keys are kept.`
  }
  const said = (name: string, keys: Keys | undefined) =>
    keys === undefined
      ? []
      : [
          [
            `${name} ${keys.current}`,
            ...(keys.forgotten.length === 0 ? [] : [`forgotten ${keys.forgotten.join(", ")}`]),
            ...(keys.kept.length === 0 ? [] : [`kept for back-ups ${keys.kept.join(", ")}`])
          ].join(", ")
        ]
  return [`${rows} rows brought under the new key`, ...said("sealing key", sealing), ...said("index root", index)].join(
    "\n"
  )
}
