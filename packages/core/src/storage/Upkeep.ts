/**
 * What the care of a register needs of its store and nobody else does: every log, every row held
 * against its keys, bodies sealed anew.
 *
 * All of it goes through the methods that each adapter has. Nothing here gives out a value.
 *
 * @since 0.1.0
 */
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
}

// --- reading ---

/**
 * Reads page after page, each used before the next is read.
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

// --- private ---

const PASSES = 10
const RESEALED_AT_ONCE = 200
