/**
 * Registering from a file: many households, in few commits, to be stopped and gone on with at will.
 *
 * Rows come as a stream and never stand in memory together. Each household is one command whose key
 * follows from the file and its place in it, so that an import that was killed, or run a second
 * time, finds what it did and does it once. A household is never cut in two by a commit.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Actor from "../access/Actor.ts"
import * as Audit from "../audit/Audit.ts"
import { Regions } from "../identity/Region.ts"
import { Crypto } from "../privacy/Crypto.ts"
import type { Command, Receipt } from "../registration/Command.ts"
import * as ImportRun from "../registration/ImportRun.ts"
import * as Outcome from "../registration/Outcome.ts"
import { type Answers, type Refused, Registration } from "../registration/Registration.ts"
import * as Submission from "../registration/Submission.ts"
import type { Stored } from "../storage/Aggregate.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError, UniqueViolation } from "../storage/StorageError.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import * as Application from "./Application.ts"
import type { RawRow } from "./Columns.ts"

// --- models ---

/**
 * One line's end, with the household that it belongs to in the file.
 *
 * @category models
 * @since 0.1.0
 */
export interface LineOutcome {
  readonly household: string
  readonly outcome: Outcome.Told
}

/**
 * What one commit brought: its lines in the order of the file, and the tally so far.
 *
 * @category models
 * @since 0.1.0
 */
export interface Batch {
  readonly lines: ReadonlyArray<LineOutcome>
  readonly tally: Outcome.Tally
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options<E = never, R = never> {
  /** SHA-256 of the file's bytes, hexadecimal: what makes a second run of it the same run. */
  readonly digest: string
  readonly actor: Actor.Actor
  readonly office: string
  /** The day at the office. */
  readonly on: PlainDate
  /** People a commit, 250 unless told otherwise; a household is never cut. */
  readonly batchPeople?: number
  /** Told after each commit: for progress, and for a file of what was rejected. */
  readonly onBatch?: (batch: Batch) => Effect.Effect<void, E, R>
}

// --- importing ---

/**
 * Registers the people of a file. Interrupting it stops after the commit in hand; running it again
 * goes on. `read = registered + already + review + rejected`, always.
 *
 * @category importing
 * @since 0.1.0
 */
export const importRows = <E1, R1, E2 = never, R2 = never>(
  rows: Stream.Stream<RawRow, E1, R1>,
  options: Options<E2, R2>
): Effect.Effect<
  Outcome.Tally,
  E1 | E2 | StorageError | UniqueViolation | Refused,
  R1 | R2 | Registration | Storage | Regions | Crypto | Audit.Audit
> =>
  Effect.gen(function* () {
    const registration = yield* Registration
    const regions = yield* Regions
    const crypto = yield* Crypto
    const run = yield* openRun(options)
    const join = yield* registration.line
    const mine = run.value.tally === undefined ? run.id : undefined
    const atMost = options.batchPeople ?? BATCH_PEOPLE

    let tally = Outcome.emptyTally
    let household: Array<RawRow> = []
    let commands: Array<Command> = []
    let people = 0

    const closeHousehold = () => {
      const [first, ...rest] = household
      if (first === undefined) return
      commands.push({
        // the same file has the same keys; two equal households in one file do not
        key: Submission.digest(household, { file: options.digest, line: first.line }, crypto).slice(0, 32),
        actor: options.actor,
        office: options.office,
        channel: "file",
        on: options.on,
        application: Application.decodeHousehold([first, ...rest], { today: options.on }, regions),
        ...(mine === undefined ? {} : { run: mine })
      })
      people += household.length
      household = []
    }

    const inHand: Array<InHand> = []
    // false once a commit failed or could not be told of
    let isWhole = true

    /** Begins the next commit while the ones before are under way: rows are read and checked meanwhile. */
    const send = Effect.gen(function* () {
      const done = commands
      if (done.length === 0) return
      commands = []
      people = 0
      const carryOut = yield* join(done)
      inHand.push({ done, fiber: yield* Effect.forkChild(carryOut, { startImmediately: true, uninterruptible: true }) })
    })

    /** Waits for the oldest commit in hand and tells of it. */
    const tell = Effect.gen(function* () {
      const oldest = inHand.shift()
      if (oldest === undefined) return
      isWhole = false
      const receipts = yield* Fiber.join(oldest.fiber)
      const lines: Array<LineOutcome> = []
      for (const [i, result] of receipts.entries()) {
        const receipt = yield* Effect.fromResult(result)
        const household = oldest.done[i]?.application.ref ?? ""
        for (const outcome of asTold(receipt, mine)) lines.push({ household, outcome })
      }
      tally = Outcome.count(
        tally,
        lines.map((it) => it.outcome)
      )
      if (options.onBatch !== undefined) yield* options.onBatch({ lines, tally })
      isWhole = true
    })

    const tellAll = Effect.whileLoop({ while: () => inHand.length > 0, body: () => tell, step: () => {} })

    const next = Effect.gen(function* () {
      if (inHand.length === AT_ONCE) yield* tell
      yield* send
    }).pipe(Effect.uninterruptible)

    const all = Effect.gen(function* () {
      yield* Stream.runForEach(rows, (row) => {
        const before = household[0]
        const goesOn =
          before !== undefined &&
          household.length < LARGEST_HOUSEHOLD &&
          Application.householdRef(before) === Application.householdRef(row)
        if (!goesOn) closeHousehold()
        household.push(row)
        return people >= atMost ? next : Effect.void
      })
      closeHousehold()
      yield* Effect.uninterruptible(Effect.andThen(next, tellAll))
    })

    // whatever ended the reading, what was begun is waited for, and told when all before it was
    yield* Effect.onError(all, () =>
      Effect.andThen(
        Effect.suspend(() => (isWhole ? Effect.ignore(tellAll) : Effect.void)),
        Effect.suspend(() => Fiber.awaitAll(inHand.map((it) => it.fiber)))
      )
    )
    if (mine !== undefined) yield* closeRun(run, tally)
    return tally
  }).pipe(Effect.withSpan("Bulk.importRows"))

// --- private ---

const BATCH_PEOPLE = 250

// While one commit waits for the store the next is made ready.
const AT_ONCE = 2

interface InHand {
  readonly done: ReadonlyArray<Command>
  readonly fiber: Fiber.Fiber<Answers, StorageError>
}

// More rows under one household name than any family has are a mistake; they go on as another application.
const LARGEST_HOUSEHOLD = 50

/** Outcomes as this run tells them: what another run registered is registered already now. */
const asTold = (receipt: Receipt, mine: string | undefined): ReadonlyArray<Outcome.Told> =>
  receipt.repeated && receipt.run !== mine ? receipt.outcomes.map(Outcome.repeated) : receipt.outcomes

const openRun = Effect.fnUntraced(function* (options: Options<unknown, unknown>) {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const { actor, digest, office, on } = options
  return yield* storage.transaction(
    Effect.gen(function* () {
      const known = yield* storage.findBy(ImportRun.aggregate, "digest", digest)
      if (Option.isSome(known)) return known.value
      const value: ImportRun.ImportRun = { digest, actor, office, on }
      const id = yield* storage.insert(ImportRun.aggregate, value)
      const stored: Stored<ImportRun.ImportRun> = { id, version: 1, value }
      yield* audit.record(id, {
        actor: Actor.label(actor),
        action: "begin-import",
        refs: [Audit.ref(ImportRun.aggregate, stored)]
      })
      return stored
    })
  )
})

const closeRun = Effect.fnUntraced(function* (run: Stored<ImportRun.ImportRun>, tally: Outcome.Tally) {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  yield* storage.transaction(
    Effect.gen(function* () {
      const found = yield* storage.get(ImportRun.aggregate, run.id)
      // another process may have read the same file to its end meanwhile
      if (Option.isNone(found) || found.value.value.tally !== undefined) return
      const stored = yield* storage.update(ImportRun.aggregate, found.value, { ...found.value.value, tally })
      yield* audit.record(run.id, {
        actor: Actor.label(run.value.actor),
        action: "end-import",
        refs: [Audit.ref(ImportRun.aggregate, stored)]
      })
    })
  )
})
