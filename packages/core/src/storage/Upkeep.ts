/**
 * What the care of a register needs of its store and nobody else does: every log, every row held
 * against its keys, bodies sealed anew.
 *
 * All of it goes through the methods that each adapter has. Nothing here gives out a value.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Tampered } from "../privacy/Crypto.ts"
import type { KeyId } from "../privacy/KeyRing.ts"
import type { Id } from "./Id.ts"
import type { Head, Line } from "./StorageAdapter.ts"
import type { StorageError } from "./StorageError.ts"

// --- models ---

/**
 * What is wrong with a row as it is stored.
 *
 * - `Truncated`, `Forged`, `UnknownFormat`, `UnknownKey`, `IndexDiffers`: as in `Tampered`.
 * - `Undecodable`: it opens, and is no value of this program's schema.
 * - `KeyMissing`: a key that it should hold is not there, or another row holds it.
 *
 * @category models
 * @since 0.1.0
 */
export type Fault = Tampered["reason"] | "Undecodable" | "KeyMissing"

/**
 * A row looked at: whole when it has no fault.
 *
 * @category models
 * @since 0.1.0
 */
export interface Surveyed {
  readonly id: Id
  readonly version: number
  /** The key that its body is sealed under; absent when its header is unreadable. */
  readonly sealedUnder?: KeyId
  readonly fault?: Fault
}

/**
 * Rows after an id.
 *
 * @category models
 * @since 0.1.0
 */
export interface Page {
  readonly after?: Id | undefined
  readonly limit: number
}

/**
 * A page of something, and where the next one begins; absent after the last.
 *
 * @category models
 * @since 0.1.0
 */
export interface Pages<A> {
  readonly rows: ReadonlyArray<A>
  readonly next?: Id
}

/**
 * A page of bodies sealed anew.
 *
 * @category models
 * @since 0.1.0
 */
export interface Resealed {
  /** Rows that were looked at. */
  readonly looked: number
  readonly resealed: number
  /** Rows under an older key that somebody changed at the same time, or that do not open. */
  readonly left: number
  readonly next?: Id
}

/**
 * By which index roots, as numbers of the key ring, the blind and unique keys of a register are read,
 * written and freed.
 *
 * @category models
 * @since 0.1.0
 */
export interface KeyPlan {
  readonly read: KeyId
  readonly write: ReadonlyArray<KeyId>
  readonly free: ReadonlyArray<KeyId>
}

/**
 * The aggregate in which a store keeps its plan of keys: its own, not to be carried to another store.
 *
 * @category models
 * @since 0.1.0
 */
export const keyPlanRows = "key-plan"

/**
 * A page of rows whose keys were brought to what the plan says. `left` rows were changed by others at
 * the same time, or do not open, or a key of theirs is held by another row.
 *
 * @category models
 * @since 0.1.0
 */
export interface Rekeyed {
  readonly looked: number
  readonly rekeyed: number
  readonly left: number
  readonly next?: Id
}

/**
 * A row as it is stored, sealed.
 *
 * @category models
 * @since 0.1.0
 */
export interface Sealed {
  readonly id: Id
  readonly version: number
  readonly body: Uint8Array
}

/**
 * What became of rows or lines that were put back: `already` were there. A row is refused with what is
 * wrong with it; `Taken` says that there is another version of it, or that another row holds a key of
 * it. Of a log, the number of the first line that does not follow from the one before.
 *
 * @category models
 * @since 0.1.0
 */
export interface Restored<Refused> {
  readonly restored: number
  readonly already: number
  readonly refused: ReadonlyArray<Refused>
}

/**
 * Each method refuses to be called inside a unit of work.
 *
 * @category models
 * @since 0.1.0
 */
export interface Upkeep {
  /** The names of all aggregates, in the order of their declaration. */
  readonly aggregates: ReadonlyArray<string>
  /** How many rows an aggregate has at this moment. */
  readonly count: (aggregate: string) => Effect.Effect<number, StorageError>
  /** The ends of all logs, by subject. */
  readonly scanHeads: (page: Page) => Effect.Effect<Pages<{ readonly subject: Id; readonly head: Head }>, StorageError>
  /** The ends of those logs that are there. */
  readonly heads: (subjects: ReadonlyArray<Id>) => Effect.Effect<ReadonlyMap<Id, Head>, StorageError>
  /** The line of a log that has this number. */
  readonly lineAt: (subject: Id, sequence: number) => Effect.Effect<Line | undefined, StorageError>
  /** The ids and versions of rows, by id, without opening them. */
  readonly versions: (
    aggregate: string,
    page: Page
  ) => Effect.Effect<Pages<Pick<Surveyed, "id" | "version">>, StorageError>
  /** The versions of those rows that are there. */
  readonly versionsOf: (
    aggregate: string,
    ids: ReadonlyArray<Id>
  ) => Effect.Effect<ReadonlyMap<Id, number>, StorageError>
  /** Rows by id, each opened and held against its ordered columns and its keys. */
  readonly survey: (aggregate: string, page: Page) => Effect.Effect<Pages<Surveyed>, StorageError>
  /**
   * Seals the rows of a page under the current key where another one was used. Their versions count
   * one up, as those of any change. A row that is changed at the same time is left to whoever changed it.
   */
  readonly reseal: (aggregate: string, page: Page) => Effect.Effect<Resealed, StorageError>
  /** Rows by id as they are stored. */
  readonly sealed: (aggregate: string, page: Page) => Effect.Effect<Pages<Sealed>, StorageError>
  /** Lines of a log after a number, at most `limit`. */
  readonly lines: (
    subject: Id,
    page: { readonly after: number; readonly limit: number }
  ) => Effect.Effect<ReadonlyArray<Line>, StorageError>
  /** Puts rows of a back-up back at the versions that they had, with columns and keys made anew. */
  readonly restore: (
    aggregate: string,
    rows: ReadonlyArray<Sealed>
  ) => Effect.Effect<Restored<{ readonly id: Id; readonly fault: Fault | "Taken" }>, StorageError>
  /** Puts lines of logs back, each log once and in order; those of the log that are there are left. */
  readonly restoreLines: (
    logs: ReadonlyArray<{ readonly subject: Id; readonly lines: ReadonlyArray<Line> }>
  ) => Effect.Effect<Restored<{ readonly subject: Id; readonly sequence: number }>, StorageError>
  /** The plan of keys as the store has it now. */
  readonly keyPlan: Effect.Effect<KeyPlan, StorageError>
  /**
   * Puts another plan in the place of the one that `keyPlan` gave last; false when somebody did so
   * before. From then on nobody can commit keys by the old one. Which plan may follow which is for
   * `rotateIndex` to know.
   */
  readonly replaceKeyPlan: (plan: KeyPlan) => Effect.Effect<boolean, StorageError>
  /** Gives the rows of a page the keys that the plan writes, and takes off those that it only frees. */
  readonly rekey: (aggregate: string, page: Page) => Effect.Effect<Rekeyed, StorageError>
}

// --- reading ---

/**
 * Reads page after page, each used before the next is read.
 *
 * @example
 * Effect.flatMap(Storage.Storage, ({ upkeep }) =>
 *   Upkeep.eachPage(
 *     (after) => upkeep.scanHeads({ after, limit: 500 }),
 *     (heads) => Effect.log(heads.length)
 *   )
 * )
 *
 * @category reading
 * @since 0.1.0
 */
export const eachPage = <A, E, R, E2, R2>(
  read: (after: Id | undefined) => Effect.Effect<Pages<A>, E, R>,
  use: (rows: ReadonlyArray<A>) => Effect.Effect<void, E2, R2>
): Effect.Effect<void, E | E2, R | R2> =>
  Effect.gen(function* () {
    let page = yield* read(undefined)
    while (true) {
      yield* use(page.rows)
      if (page.next === undefined) return
      page = yield* read(page.next)
    }
  })

// --- sealing anew ---

/**
 * What sealing anew came to: `resealed` bodies are under the current key, `left` ones are not, because
 * they do not open.
 *
 * @category models
 * @since 0.1.0
 */
export interface Resealing {
  readonly resealed: number
  readonly left: number
}

/**
 * Seals every body of a register under the current key of its ring, while the register is at work. It
 * may be stopped at any time: what is done stays done, and the next run does the rest. A pass is made
 * again for rows that others changed meanwhile, at most ten times.
 *
 * @example
 * Effect.flatMap(Storage.Storage, ({ upkeep }) => Upkeep.resealAll(upkeep))
 *
 * @category sealing anew
 * @since 0.1.0
 */
export const resealAll = Effect.fn("Upkeep.resealAll")(function* (
  upkeep: Upkeep,
  options?: { readonly onRows?: (done: number, resealed: number) => Effect.Effect<void> }
): Effect.fn.Return<Resealing, StorageError> {
  let done = 0
  let resealed = 0
  let left = 0
  for (const aggregate of upkeep.aggregates) {
    for (let pass = 0; pass < PASSES; pass++) {
      let again = 0
      yield* eachPage(
        (after) =>
          Effect.map(upkeep.reseal(aggregate, { after, limit: RESEALED_AT_ONCE }), (page) => ({
            rows: [page],
            ...(page.next === undefined ? {} : { next: page.next })
          })),
        Effect.fnUntraced(function* ([page]) {
          resealed += page!.resealed
          again += page!.left
          if (pass > 0) return
          done += page!.looked
          if (options?.onRows !== undefined) yield* options.onRows(done, resealed)
        })
      )
      if (again === 0) break
      if (pass === PASSES - 1) left += again
    }
  }
  return { resealed, left }
})

// --- keys anew ---

/**
 * Where the exchange of the index root stands.
 *
 * - `begun`: keys are written under both roots and read by the old one; rows are given the new keys.
 * - `moved`: every row has the new keys, and they are read by.
 * - `dropping`: keys are written under the new root alone; rows lose the old ones.
 * - `done`: nothing is left under the old root.
 *
 * @category models
 * @since 0.1.0
 */
export type IndexRotation = "begun" | "moved" | "dropping" | "done"

/**
 * Exchanges the root of all unique and blind keys for the one that the key ring names `to`, while the
 * register is at work, in three durable steps. It may be stopped or killed at any time and goes on where it
 * was. At no moment can one key be taken twice: a commit by a plan that was replaced is refused, and
 * of any two plans that follow each other both write under one common root, under which every row is.
 *
 * Rows that do not open, or whose key another row holds, keep it from going on: `left` says how many, and
 * nothing was dropped then. Rereading of readers takes a second; `settle` is waited before old keys
 * are dropped.
 *
 * @category keys anew
 * @since 0.1.0
 */
export const rotateIndex = Effect.fn("Upkeep.rotateIndex")(function* (
  upkeep: Upkeep,
  to: KeyId,
  options?: {
    readonly onStep?: (step: IndexRotation) => Effect.Effect<void>
    readonly onRows?: (done: number, rekeyed: number) => Effect.Effect<void>
    readonly settle?: Duration.Input
  }
): Effect.fn.Return<{ readonly step: IndexRotation; readonly left: number }, StorageError> {
  while (true) {
    const plan = yield* upkeep.keyPlan
    const step = stepOf(plan, to)
    if (step !== undefined && options?.onStep !== undefined) yield* options.onStep(step)
    switch (step) {
      case undefined: {
        if (plan.free.length > 1) {
          return yield* Effect.die(new Error("Another exchange of the index root is under way: finish that one first"))
        }
        yield* upkeep.replaceKeyPlan({ read: plan.read, write: [plan.read, to], free: [plan.read, to] })
        break
      }
      case "begun": {
        const left = yield* rekeyAll(upkeep, options?.onRows)
        if (left > 0) return { step, left }
        yield* upkeep.replaceKeyPlan({ ...plan, read: to })
        break
      }
      case "moved": {
        // whoever reads without committing still reads by the old keys for a second
        yield* Effect.sleep(options?.settle ?? "5 seconds")
        yield* upkeep.replaceKeyPlan({ ...plan, write: [to] })
        break
      }
      case "dropping": {
        const left = yield* rekeyAll(upkeep, options?.onRows)
        if (left > 0) return { step, left }
        yield* upkeep.replaceKeyPlan({ read: to, write: [to], free: [to] })
        break
      }
      case "done":
        return { step, left: 0 }
    }
  }
})

// --- private ---

const stepOf = ({ free, read, write }: KeyPlan, to: KeyId): IndexRotation | undefined => {
  if (!free.includes(to)) return undefined
  if (read !== to) return "begun"
  if (write.length > 1) return "moved"
  return free.length > 1 ? "dropping" : "done"
}

/** Passes over all rows until one finds nothing to do; how many rows are left when that does not end. */
const rekeyAll = Effect.fnUntraced(function* (
  upkeep: Upkeep,
  onRows: ((done: number, rekeyed: number) => Effect.Effect<void>) | undefined
) {
  let done = 0
  let rekeyed = 0
  let left = 0
  for (const aggregate of upkeep.aggregates) {
    let undone = 1
    for (let pass = 0; undone > 0 && pass < PASSES; pass++) {
      undone = 0
      yield* eachPage(
        (after) =>
          Effect.map(upkeep.rekey(aggregate, { after, limit: RESEALED_AT_ONCE }), (page) => ({
            rows: [page],
            ...(page.next === undefined ? {} : { next: page.next })
          })),
        Effect.fnUntraced(function* ([page]) {
          rekeyed += page!.rekeyed
          undone += page!.left
          if (pass > 0) return
          done += page!.looked
          if (onRows !== undefined) yield* onRows(done, rekeyed)
        })
      )
    }
    left += undone
  }
  return left
})

const PASSES = 10
const RESEALED_AT_ONCE = 200
