/**
 * Runs units of work and commits them: one unit for `transaction`, many for `each`.
 *
 * Units are run, their writes joined to one batch and sent. What is refused is sorted out by unit:
 * a stale read runs the unit again, a taken key fails it, a moved log head is chained anew; the
 * rest is sent again without what failed.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Random from "effect/Random"
import * as Result from "effect/Result"
import * as Semaphore from "effect/Semaphore"
import { sameBytes } from "../../privacy/Crypto.ts"
import type { Id, Ids } from "../Id.ts"
import type { Storage } from "../Storage.ts"
import type { Append, Batch, Failure, Head, Item, Line, Outcome, Store } from "../StorageAdapter.ts"
import * as StorageError from "../StorageError.ts"
import { Transaction } from "../Transaction.ts"
import type { Plans } from "./keyPlan.ts"
import type { Kit } from "./kit.ts"
import * as UnitOfWork from "./unitOfWork.ts"

// --- models ---

export interface Options {
  readonly store: Store
  readonly kit: Kit
  readonly plans: Plans
  readonly ids: Ids
  readonly owner: object
  readonly maxBatch: number
  readonly rehearse: boolean
}

type UnitFailure = StorageError.UniqueViolation | StorageError.StorageError

/** One effect of `each`, until it has its result. */
interface Slot<A, E, R> {
  readonly effect: Effect.Effect<A, E, R>
  conflicts: number
  result: Result.Result<A, E | UnitFailure> | undefined
}

/** One run of a slot's effect that is to be committed. */
interface Group<A, E, R> {
  readonly slot: Slot<A, E, R>
  readonly answer: Result.Result<A, E>
  readonly items: ReadonlyArray<Item>
  /** What each item is about, in the order of the items. */
  readonly touched: ReadonlyArray<UnitOfWork.AnyTouched>
  readonly appends: ReadonlyMap<Id, ReadonlyArray<Uint8Array>>
  /** The version of the key plan by which its keys were made; undefined without keys. */
  readonly planned: number | undefined
}

type Work = Pick<Group<unknown, unknown, never>, "items" | "appends">

/** What a refusal says about one unit, once the items are sorted out. */
interface Verdict<G> {
  conflict: boolean
  stale: StorageError.Stale | undefined
  /** A key that is held in the store, as far as this batch can tell. */
  violation: StorageError.UniqueViolation | undefined
  /** A key that only an earlier unit of the same batch takes, and that unit. */
  readonly rivals: Array<{ readonly group: G; readonly violation: StorageError.UniqueViolation }>
}

// --- constructors ---

export const make = Effect.fnUntraced(function* (
  options: Options
): Effect.fn.Return<Pick<Storage["Service"], "transaction" | "each">> {
  const { ids, kit, owner, plans, store } = options
  // one item is for the key plan
  const maxBatch = options.maxBatch - 1
  // Who keeps losing waits for a turn of its own, so that somebody always wins.
  const conflictLane = yield* Semaphore.make(1)
  const headLane = yield* Semaphore.make(1)

  // --- running ---

  const runOnce = <A, E, R>(slot: Slot<A, E, R>): Effect.Effect<Group<A, E, R>, never, Exclude<R, Transaction>> =>
    Effect.suspend(() => {
      const unit = UnitOfWork.make(owner)
      return Effect.flatMap(
        Effect.exit(Effect.provideService(slot.effect, Transaction, unit)),
        (exit): Effect.Effect<Group<A, E, R>> => {
          unit.ended = true
          if (Exit.isSuccess(exit)) {
            return unit.doomed
              ? Effect.die(doomed())
              : Effect.sync(() => groupOf(slot, Result.succeed(exit.value), unit))
          }
          const failure = Cause.findError(exit.cause)
          return Result.isFailure(failure) || Cause.hasDies(exit.cause)
            ? Effect.failCause(withoutFailure(exit.cause))
            : Effect.sync(() => groupOf(slot, Result.fail(failure.success), unit))
        }
      )
    })

  const run = <A, E, R>(slot: Slot<A, E, R>) =>
    options.rehearse ? Effect.flatMap(runOnce(slot), () => runOnce(slot)) : runOnce(slot)

  const groupOf = <A, E, R>(
    slot: Slot<A, E, R>,
    answer: Result.Result<A, E>,
    unit: UnitOfWork.UnitOfWork
  ): Group<A, E, R> => {
    const failed = Result.isFailure(answer)
    const items: Array<Item> = []
    const touched: Array<UnitOfWork.AnyTouched> = []
    for (const rows of unit.rows.values()) {
      for (const row of rows.values()) {
        // a failed unit writes nothing, but what it read must have been true
        const item = failed ? UnitOfWork.expectation(row) : row.toItem(kit)
        if (item === undefined) continue
        items.push(item)
        touched.push(row)
      }
    }
    const planned = items.some(hasKeys) ? plans.version() : undefined
    return { slot, answer, items, touched, appends: failed ? new Map() : unit.appends, planned }
  }

  // --- sending ---

  /** Sends one batch until the store says what became of it: a lost answer is asked for again. */
  const commit = (batch: Batch): Effect.Effect<Outcome, StorageError.StorageError> => {
    const attempt = (left: number): Effect.Effect<Outcome, StorageError.StorageError> =>
      Effect.catch(store.commit(batch), (error) => {
        if (!error.isRetryable || left === 0) return Effect.fail(error)
        return Effect.andThen(pause(RESENDS - left, RESEND_PAUSE), attempt(left - 1))
      })
    return attempt(RESENDS)
  }

  /** The log appends of these units, each subject's lines joined in the order of the units. */
  const linesOf = (groups: ReadonlyArray<Work>, heads: Map<Id, Head | undefined>) => {
    const appends = new Map<Id, { readonly head: Head | undefined; readonly lines: Array<Line> }>()
    for (const group of groups) {
      for (const [subject, bodies] of group.appends) {
        let append = appends.get(subject)
        if (append === undefined) appends.set(subject, (append = { head: heads.get(subject), lines: [] }))
        for (const body of bodies) {
          append.lines.push(kit.link(subject, append.lines.at(-1) ?? append.head, body))
        }
      }
    }
    return appends
  }

  /** Fills in the heads that are not known yet. A subject that the same unit inserts cannot have a log. */
  const learnHeads = (groups: ReadonlyArray<Work>, heads: Map<Id, Head | undefined>, moved: ReadonlySet<Id>) => {
    const asked = new Set<Id>()
    for (const group of groups) {
      for (const subject of group.appends.keys()) {
        if (heads.has(subject) || asked.has(subject)) continue
        const isNew = !moved.has(subject) && group.items.some((item) => item._tag === "Insert" && item.id === subject)
        if (isNew) heads.set(subject, undefined)
        else asked.add(subject)
      }
    }
    if (asked.size === 0) return Effect.void
    const subjects = [...asked]
    return Effect.map(store.heads(subjects), (found) => {
      for (const subject of subjects) heads.set(subject, undefined)
      for (const { head, subject } of found) heads.set(subjects[subject]!, head)
    })
  }

  /** Commits these units as one batch, less those that fail; those that must run again are given back. */
  const settle = Effect.fnUntraced(function* <A, E, R>(
    all: ReadonlyArray<Group<A, E, R>>,
    again: Array<Slot<A, E, R>>
  ) {
    let waiting = all
    let parked: Array<{ readonly group: Group<A, E, R>; readonly rivals: Verdict<Group<A, E, R>>["rivals"] }> = []
    const committed = new Set<Group<A, E, R>>()
    const heads = new Map<Id, Head | undefined>()
    const moved = new Set<Id>()
    let headConflicts = 0

    const runAgain = (group: Group<A, E, R>) => {
      group.slot.conflicts++
      again.push(group.slot)
    }

    while (waiting.length > 0) {
      // keys that were made by an older plan are made again
      const sending = waiting.filter((_) => _.planned === undefined || _.planned === plans.version())
      for (const group of waiting) if (!sending.includes(group)) runAgain(group)
      const send = Effect.gen(function* () {
        yield* learnHeads(sending, heads, moved)
        const items: Array<Item> = []
        const from: Array<{ readonly group: Group<A, E, R>; readonly at: number }> = []
        for (const group of sending) {
          for (let at = 0; at < group.items.length; at++) {
            items.push(group.items[at]!)
            from.push({ group, at })
          }
        }
        for (const [subject, { head, lines }] of linesOf(sending, heads)) {
          items.push({ _tag: "Append", subject, head, lines: lines as unknown as Append["lines"] })
        }
        const fence = items.length
        if (sending.some((_) => _.planned !== undefined)) items.push(plans.expectation())
        const id = ids.at(yield* Clock.currentTimeMillis)
        const outcome: Outcome = items.length === 0 ? { _tag: "Committed" } : yield* commit({ id, items })
        return { outcome, items, from, fence }
      })
      const { fence, from, items, outcome } = yield* headConflicts < LANE_AFTER ? send : headLane.withPermit(send)

      if (outcome._tag === "Committed") {
        for (const group of sending) {
          group.slot.result = group.answer
          committed.add(group)
        }
        waiting = []
      } else {
        const failures = outcome.failures.filter((_) => _.item !== fence)
        const isFenced = failures.length < outcome.failures.length
        if (isFenced) yield* plans.refresh
        const verdicts = judge(failures, items, from, sending)
        let progress = isFenced
        for (const failure of failures) {
          const item = items[failure.item]
          if (failure._tag !== "HeadConflict" || item?._tag !== "Append") continue
          heads.delete(item.subject)
          moved.add(item.subject)
          progress = true
        }
        if (progress && ++headConflicts > MAX_ATTEMPTS) {
          return yield* StorageError.of(new StorageError.Contention({ attempts: headConflicts }))
        }
        const rest: Array<Group<A, E, R>> = []
        for (const group of sending) {
          if (isFenced && group.planned !== undefined) {
            runAgain(group)
            continue
          }
          const verdict = verdicts.get(group)
          if (verdict === undefined) {
            rest.push(group)
            continue
          }
          progress = true
          if (verdict.stale !== undefined) {
            group.slot.result = Result.fail(StorageError.of(verdict.stale))
          } else if (verdict.conflict) {
            runAgain(group)
          } else if (verdict.violation !== undefined) {
            group.slot.result = Result.fail(verdict.violation)
          } else {
            parked.push({ group, rivals: verdict.rivals })
          }
        }
        if (!progress) {
          return yield* Effect.die(new Error("A storage adapter refused a batch and named none of its items"))
        }
        waiting = rest
      }

      if (waiting.length === 0 && parked.length > 0) {
        // whether a rival within the batch was the holder is known only now
        const back: Array<Group<A, E, R>> = []
        for (const { group, rivals } of parked) {
          const rival = rivals.find((_) => committed.has(_.group))
          if (rival === undefined) back.push(group)
          else group.slot.result = Result.fail(rival.violation)
        }
        parked = []
        waiting = back
      }
    }
  })

  // --- rounds ---

  /** Runs these slots once and settles what can be; those that must run again are given back. */
  const round = Effect.fnUntraced(function* <A, E, R>(slots: ReadonlyArray<Slot<A, E, R>>, concurrency: number) {
    const again: Array<Slot<A, E, R>> = []
    const groups =
      concurrency === 1 && slots.length === 1
        ? [yield* run(slots[0]!)]
        : yield* Effect.forEach(slots, run, { concurrency })
    let batch: Array<Group<A, E, R>> = []
    let size = 0
    const written = new Set<string>()
    for (const group of groups) {
      const items = group.items.length + group.appends.size
      if (items === 0) {
        group.slot.result = group.answer
        continue
      }
      if (items > maxBatch) {
        const limit = maxBatch
        group.slot.result = Result.fail(StorageError.of(new StorageError.TooLarge({ items, limit })))
        continue
      }
      // A unit that rests on what an earlier one of this round writes runs again after it.
      if (group.touched.some((row) => written.has(rowName(row)))) {
        again.push(group.slot)
        continue
      }
      for (const [at, row] of group.touched.entries()) {
        if (group.items[at]!._tag !== "Expect") written.add(rowName(row))
      }
      if (size + items > maxBatch) {
        yield* settle(batch, again)
        batch = []
        size = 0
      }
      batch.push(group)
      size += items
    }
    yield* settle(batch, again)
    return again
  })

  const runAll = Effect.fnUntraced(function* <A, E, R>(
    effects: ReadonlyArray<Effect.Effect<A, E, R>>,
    concurrency: number
  ) {
    const slots = effects.map((effect): Slot<A, E, R> => ({ effect, conflicts: 0, result: undefined }))
    let waiting: ReadonlyArray<Slot<A, E, R>> = slots
    while (waiting.length > 0) {
      const conflicts = waiting.reduce((most, slot) => Math.max(most, slot.conflicts), 0)
      if (conflicts > 0) yield* pause(conflicts, CONFLICT_PAUSE)
      const next = round(waiting, concurrency)
      const again: ReadonlyArray<Slot<A, E, R>> = yield* conflicts < LANE_AFTER ? next : conflictLane.withPermit(next)
      waiting = again.filter((slot) => {
        if (slot.conflicts < MAX_ATTEMPTS) return true
        slot.result = Result.fail(StorageError.of(new StorageError.Contention({ attempts: slot.conflicts })))
        return false
      })
    }
    return slots.map((slot) => slot.result!)
  })

  // --- entrances ---

  const join = <A, E, R>(unit: UnitOfWork.UnitOfWork, effect: Effect.Effect<A, E, R>) => {
    if (unit.owner !== owner) {
      return Effect.die(new Error("A unit of work of one storage was nested in that of another"))
    }
    return Effect.onError(effect, () =>
      Effect.sync(() => {
        unit.doomed = true
      })
    )
  }

  return {
    transaction: <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.withFiber<A, E | UnitFailure, Exclude<R, Transaction>>((fiber) => {
        const outer = Context.getOrUndefined(fiber.context, Transaction)
        return outer === undefined
          ? Effect.flatMap(runAll([effect], 1), ([result]) => Effect.fromResult(result!))
          : Effect.provideService(join(outer, effect), Transaction, outer)
      }),
    each: <A, E, R>(effects: ReadonlyArray<Effect.Effect<A, E, R>>, { concurrency = 1 } = {}) =>
      Effect.withFiber<
        ReadonlyArray<Result.Result<A, E | UnitFailure>>,
        StorageError.StorageError,
        Exclude<R, Transaction>
      >((fiber) =>
        Context.getOrUndefined(fiber.context, Transaction) === undefined
          ? runAll(effects, concurrency)
          : Effect.die(new Error("Storage.each was called inside a unit of work: its units commit on their own"))
      )
  }
})

// --- private ---

const MAX_ATTEMPTS = 20
const LANE_AFTER = 2
const RESENDS = 6

// Milliseconds of the first pause; before it, attempts follow at once. Doubled each time up to the cap.
const CONFLICT_PAUSE = { after: 4, first: 1, cap: 100 }
const RESEND_PAUSE = { after: 2, first: 50, cap: 2_000 }

/** Gives others a turn, and from the given attempt on some time too, jittered so that rivals part. */
const pause = (attempt: number, { after, cap, first }: typeof CONFLICT_PAUSE): Effect.Effect<void> =>
  attempt <= after
    ? Effect.yieldNow
    : Effect.flatMap(Random.next, (random) =>
        Effect.sleep((0.5 + random) * Math.min(cap, first * 2 ** (attempt - after)))
      )

const doomed = () =>
  new Error(
    "A transaction failed inside another one and the failure was caught. The whole cannot be committed: " +
      "let the failure through, and catch it around the outer transaction."
  )

const rowName = (row: UnitOfWork.AnyTouched) => `${row.aggregate.name}/${row.id}`

/** A cause without its typed failure: what is left are defects and interruptions. */
const withoutFailure = (cause: Cause.Cause<unknown>): Cause.Cause<never> =>
  Cause.fromReasons(cause.reasons.filter((reason) => !Cause.isFailReason(reason)))

const judge = <A, E, R>(
  failures: ReadonlyArray<Failure>,
  items: ReadonlyArray<Item>,
  from: ReadonlyArray<{ readonly group: Group<A, E, R>; readonly at: number }>,
  sending: ReadonlyArray<Group<A, E, R>>
): Map<Group<A, E, R>, Verdict<Group<A, E, R>>> => {
  const verdicts = new Map<Group<A, E, R>, Verdict<Group<A, E, R>>>()
  for (const failure of failures) {
    if (failure._tag === "HeadConflict") continue
    const { at, group } = from[failure.item]!
    const item = items[failure.item]!
    const row = group.touched[at]!
    let verdict = verdicts.get(group)
    if (verdict === undefined) {
      verdicts.set(group, (verdict = { conflict: false, stale: undefined, violation: undefined, rivals: [] }))
    }
    if (failure._tag === "UniqueViolation") {
      const violation = new StorageError.UniqueViolation({ aggregate: row.aggregate.name, key: failure.key })
      const rival = rivalOf(item, failure.key, group, sending)
      if (rival === undefined) verdict.violation ??= violation
      else verdict.rivals.push({ group: rival, violation })
    } else if (item._tag === "Insert") {
      verdict.violation ??= new StorageError.UniqueViolation({ aggregate: item.aggregate, key: "id" })
    } else if (row.readHere) {
      verdict.conflict = true
    } else {
      const { aggregate, baseVersion, id } = row
      verdict.stale ??= new StorageError.Stale({ aggregate: aggregate.name, id, version: baseVersion ?? 0 })
    }
  }
  return verdicts
}

/** The earlier unit of the same batch that takes the same key. */
const rivalOf = <A, E, R>(
  item: Item,
  key: string,
  group: Group<A, E, R>,
  sending: ReadonlyArray<Group<A, E, R>>
): Group<A, E, R> | undefined => {
  const mine = takesOf(item).filter((_) => _.name === key)
  for (const other of sending) {
    if (other === group) return undefined
    for (const theirs of other.items) {
      if (!("takes" in theirs) || !("aggregate" in item) || theirs.aggregate !== item.aggregate) continue
      if (theirs.takes.some((_) => _.name === key && mine.some((own) => sameBytes(own.bytes, _.bytes)))) return other
    }
  }
  return undefined
}

const hasKeys = (item: Item): boolean =>
  ("takes" in item && item.takes.length + item.marks.length > 0) ||
  ("frees" in item && item.frees.length + item.unmarks.length > 0)

const takesOf = (item: Item) => ("takes" in item ? item.takes : [])
