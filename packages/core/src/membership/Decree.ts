/**
 * A decree on PBI, as in February 2026 when eleven million people were taken off and as many put
 * on: read line by line, previewed by counts, carried out in batches.
 *
 * Only one batch is in memory at a time. Each household's change is one unit of work with a key of
 * its own, and how far the decree has come is written behind each batch: what is stopped is gone on
 * with by starting it again with the same lines, and nothing is done twice.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Actor from "../access/Actor.ts"
import * as Audit from "../audit/Audit.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError, UniqueViolation } from "../storage/StorageError.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import * as DecreeRun from "./DecreeRun.ts"
import * as Household from "./Household.ts"
import { Life, type Preview, type Report } from "./Life.ts"
import { type Told, toldOf } from "./LifeRecord.ts"

// --- models ---

/**
 * One person whom the decree names (`listed`), or names no longer.
 *
 * @category models
 * @since 0.1.0
 */
export interface Line {
  readonly participant: Id
  readonly listed: boolean
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options<E = never, R = never> {
  /** The number of the decree, as a code: a decree is carried out once. */
  readonly decree: string
  /** SHA-256 of the lines, hexadecimal: a decree is gone on with by the same lines. */
  readonly digest: string
  readonly actor: Actor.Actor
  /** The day from which it counts. */
  readonly on: PlainDate
  /** Lines a batch, 500 unless told otherwise, at most 1,000. */
  readonly batch?: number
  /** Told after each batch. */
  readonly onBatch?: (counts: DecreeRun.Counts) => Effect.Effect<void, E, R>
}

// --- errors ---

/**
 * The decree was begun with other lines. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class DecreeDiffers extends Schema.TaggedError<DecreeDiffers>("@kis/core/membership/DecreeDiffers")(
  "DecreeDiffers",
  { decree: Schema.String }
) {
  override get message() {
    return `The decree ${this.decree} was begun with other lines. Go on with the lines that it was begun with.`
  }
}

// --- looking ---

/**
 * What the decree would change, in numbers. Writes nothing.
 *
 * @category looking
 * @since 0.1.0
 */
export const preview = <E, R>(
  lines: Stream.Stream<Line, E, R>,
  options: Pick<Options, "actor" | "on" | "batch">
): Effect.Effect<DecreeRun.Counts, E | StorageError, R | Life | Storage> =>
  Effect.gen(function* () {
    let counts = DecreeRun.none
    yield* inBatches(lines, sizeOf(options), (batch) =>
      Effect.map(Effect.flatMap(sorted(batch, options), looked), (found) => {
        counts = DecreeRun.add(counts, found)
      })
    )
    return counts
  }).pipe(Effect.withSpan("Decree.preview"))

// --- carrying out ---

/**
 * Carries the decree out, or goes on with it. A decree that is finished gives its counts again.
 *
 * @example
 * const participant = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
 * const counts = yield* Decree.carryOut(Stream.make({ participant, listed: false }), {
 *   decree: "3/HUK/2026",
 *   digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
 *   actor: { kind: "system", id: "decree" },
 *   on: PlainDate.make("2026-02-01")
 * })
 * counts.left
 *
 * @category carrying out
 * @since 0.1.0
 */
export const carryOut = <E1, R1, E2 = never, R2 = never>(
  lines: Stream.Stream<Line, E1, R1>,
  options: Options<E2, R2>
): Effect.Effect<
  DecreeRun.Counts,
  E1 | E2 | DecreeDiffers | StorageError | UniqueViolation,
  R1 | R2 | Life | Storage | Audit.Audit
> =>
  Effect.gen(function* () {
    let run = yield* begin(options)
    if (run.value.digest !== options.digest) return yield* new DecreeDiffers({ decree: options.decree })
    if (run.value.finished) return run.value.counts
    const { batch, counts, on } = run.value
    yield* inBatches(Stream.drop(lines, counts.read), batch, (part) =>
      Effect.gen(function* () {
        const position = run.value.counts.read
        const found = yield* done(yield* sorted(part, { actor: options.actor, on }), { ...options, position })
        run = yield* write(run, { ...run.value, counts: DecreeRun.add(run.value.counts, found) })
        if (options.onBatch !== undefined) yield* options.onBatch(run.value.counts)
      }).pipe(Effect.uninterruptible)
    )
    run = yield* write(run, { ...run.value, finished: true })
    return run.value.counts
  }).pipe(Effect.withSpan("Decree.carryOut"))

// --- private: a batch ---

const BATCH = 500
const LARGEST_BATCH = 1_000

/** Attempts to plan a family that somebody else changes at the same time. */
const ATTEMPTS = 5

const sizeOf = ({ batch = BATCH }: { readonly batch?: number }) => Math.max(1, Math.min(LARGEST_BATCH, batch))

/**
 * One batch after another. Lines that a failing stream leaves over are not a batch: batches begin at
 * the same lines however often the decree is stopped, and the keys of their events with them.
 */
const inBatches = <E, R, E2, R2>(
  lines: Stream.Stream<Line, E, R>,
  size: number,
  each: (batch: ReadonlyArray<Line>) => Effect.Effect<void, E2, R2>
): Effect.Effect<void, E | E2, R | R2> =>
  Effect.suspend(() => {
    let batch: Array<Line> = []
    const next = Effect.suspend(() => {
      const full = batch
      batch = []
      return full.length === 0 ? Effect.void : each(full)
    })
    const read = Stream.runForEach(lines, (line) => {
      batch.push(line)
      return batch.length < size ? Effect.void : next
    })
    return Effect.andThen(read, next)
  })

interface Sorted {
  readonly reports: ReadonlyArray<Report>
  readonly counts: Partial<DecreeRun.Counts>
}

/** The lines of a batch by household, one event for each. */
const sorted = Effect.fnUntraced(function* (batch: ReadonlyArray<Line>, { actor, on }: Pick<Options, "actor" | "on">) {
  const storage = yield* Storage
  const named = new Map<Id, boolean>()
  const contradictory = new Set<Id>()
  for (const { listed, participant } of batch) {
    if ((named.get(participant) ?? listed) !== listed) contradictory.add(participant)
    named.set(participant, listed)
  }
  const people = [...named.keys()].filter((participant) => !contradictory.has(participant))
  const households = yield* storage.findMany(Household.aggregate, "memberOf", people)
  const found = new Map<Id, { readonly listed: Array<Id>; readonly removed: Array<Id> }>()
  let unknown = 0
  for (const participant of people) {
    const household = households.get(participant)?.id
    if (household === undefined) {
      unknown++
      continue
    }
    const event = found.get(household) ?? { listed: [], removed: [] }
    found.set(household, event)
    event[named.get(participant) === true ? "listed" : "removed"].push(participant)
  }
  const sorted_: Sorted = {
    reports: [...found].map(([household, event]) => ({ household, event: { _tag: "PbiDecree", ...event }, actor, on })),
    counts: { read: batch.length, households: found.size, unknown, contradictory: contradictory.size }
  }
  return sorted_
})

const looked = Effect.fnUntraced(function* ({ counts, reports }: Sorted) {
  const life = yield* Life
  const previews = yield* life.previewMany(reports)
  return previews.reduce(
    (sum, result, i) =>
      DecreeRun.add(sum, Result.isSuccess(result) ? countsOf(toldOf(result.success.plan), reports[i]) : { refused: 1 }),
    DecreeRun.add(DecreeRun.none, counts)
  )
})

const done = Effect.fnUntraced(function* (
  { counts, reports }: Sorted,
  { actor, decree, position }: { readonly actor: Actor.Actor; readonly decree: string; readonly position: number }
) {
  const life = yield* Life
  let sum = DecreeRun.add(DecreeRun.none, counts)
  let pending = reports
  for (let attempt = 0; attempt < ATTEMPTS && pending.length > 0; attempt++) {
    const previews = yield* life.previewMany(pending)
    const ready: Array<{ readonly report: Report; readonly preview: Preview }> = []
    for (const [i, report] of pending.entries()) {
      const result = previews[i]
      if (result !== undefined && Result.isSuccess(result)) ready.push({ report, preview: result.success })
      else sum = DecreeRun.add(sum, { refused: 1 })
    }
    const results = yield* life.commitMany(
      ready.map(({ preview: of, report }) => ({
        preview: of,
        order: { key: `decree:${decree}:${position}:${report.household}`, actor }
      }))
    )
    const again: Array<Report> = []
    for (const [i, { report }] of ready.entries()) {
      const result = results[i]
      if (result !== undefined && Result.isSuccess(result)) {
        sum = DecreeRun.add(sum, countsOf(result.success.changes, report))
      } else {
        again.push(report)
      }
    }
    pending = again
  }
  return DecreeRun.add(sum, { stale: pending.length })
})

/** What changed, by what it means for PBI. */
const countsOf = (changes: ReadonlyArray<Told>, report: Report | undefined): Partial<DecreeRun.Counts> => {
  const event = report?.event._tag === "PbiDecree" ? report.event : { listed: [], removed: [] }
  const named = new Set([...event.listed, ...event.removed])
  let counts = DecreeRun.none
  for (const { from, kind, ref, to } of changes) {
    counts = DecreeRun.add(counts, { [meaningOf(kind, named.has(ref), from, to)]: 1 })
  }
  return counts
}

const meaningOf = (
  kind: Told["kind"],
  named: boolean,
  from: Told["from"],
  to: Told["to"]
): "joined" | "left" | "followed" | "waits" | "stays" => {
  if (kind === "waits") return "waits"
  if (kind === "stays" || kind === "goes-on" || kind === "facility") return "stays"
  if (!named) return "followed"
  if (to?.segment === "PBI-JK" && to.state !== "REMOVED_PBI") return "joined"
  return from?.segment === "PBI-JK" ? "left" : "followed"
}

// --- private: the run ---

const begin = Effect.fnUntraced(function* (options: Options<unknown, unknown>) {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const { actor, decree, digest, on } = options
  return yield* storage.transaction(
    Effect.gen(function* () {
      const known = yield* storage.findBy(DecreeRun.aggregate, "decree", decree)
      if (Option.isSome(known)) return known.value
      const value: DecreeRun.DecreeRun = {
        decree,
        digest,
        batch: sizeOf(options),
        actor,
        on,
        counts: DecreeRun.none,
        finished: false
      }
      const id = yield* storage.insert(DecreeRun.aggregate, value)
      const stored: Stored<DecreeRun.DecreeRun> = { id, version: 1, value }
      yield* audit.record(id, {
        actor: Actor.label(actor),
        action: "begin-decree",
        refs: [Audit.ref(DecreeRun.aggregate, stored)]
      })
      return stored
    })
  )
})

const write = Effect.fnUntraced(function* (run: Stored<DecreeRun.DecreeRun>, value: DecreeRun.DecreeRun) {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  return yield* storage.transaction(
    Effect.gen(function* () {
      const stored = yield* storage.update(DecreeRun.aggregate, run, value)
      if (value.finished) {
        yield* audit.record(run.id, {
          actor: Actor.label(value.actor),
          action: "finish-decree",
          refs: [Audit.ref(DecreeRun.aggregate, stored)]
        })
      }
      return stored
    })
  )
})
