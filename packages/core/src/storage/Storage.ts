/**
 * The register's store, as the rest of the house uses it: units of work, reads and scans.
 *
 * `transaction` runs an effect that reads and writes, collects its writes, and commits them as one
 * batch: all or nothing. What to know before writing one:
 *
 * - **It may run more than once**, when somebody else changed what it read. Whatever reaches
 *   outside (a message channel, a registry) refuses to be called inside one.
 * - **Failures come at the end.** A taken unique key is known when the batch is committed, so catch
 *   `UniqueViolation` around `transaction`, not inside it.
 * - **Nested joins the outer one**, and an inner failure dooms the whole: catching it and going on
 *   is a defect.
 * - **Reads are guarded.** `get` and `findBy` inside become preconditions of the commit, `peek` does
 *   not. Absence is guarded only by taking a key. Before a typed failure is answered, the reads it
 *   rests on are confirmed.
 *
 * Scans need a `Snapshot` and do not compile inside a unit of work; writes need a `Transaction` and
 * do not compile outside one.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import type * as Result from "effect/Result"
import { Crypto } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import type * as Aggregate from "./Aggregate.ts"
import type { Id } from "./Id.ts"
import * as implementation from "./internal/storage.ts"
import { type Head, type Line, StorageAdapter } from "./StorageAdapter.ts"
import type { StorageError, UniqueViolation } from "./StorageError.ts"
import type { NoScan, NoWrite, Snapshot, Transaction } from "./Transaction.ts"
import type { Upkeep } from "./Upkeep.ts"

export { type NoScan, type NoWrite, refuseInTransaction, Snapshot, Transaction } from "./Transaction.ts"

// --- models ---

/**
 * Where a scan goes on: opaque text, good as long as the index exists, also in another process.
 *
 * @category models
 * @since 0.1.0
 */
export type Cursor = string & { readonly "~cursor": "Cursor" }

/**
 * @category models
 * @since 0.1.0
 */
export interface PageRequest {
  readonly after?: Cursor | undefined
  readonly limit: number
}

/**
 * A page of rows; `next` is absent when it was the last.
 *
 * @category models
 * @since 0.1.0
 */
export interface Page<A> {
  readonly rows: ReadonlyArray<Aggregate.Stored<A>>
  readonly next?: Cursor
}

/**
 * The rows of one blind key; `capped` when there are more than were asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Block<A> {
  readonly rows: ReadonlyArray<Aggregate.Stored<A>>
  readonly capped: boolean
}

/**
 * A row looked at without its value.
 *
 * @category models
 * @since 0.1.0
 */
export interface Inspected {
  readonly version: number
  readonly opens: boolean
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Storage extends Context.Service<
  Storage,
  {
    /**
     * Runs one unit of work and commits it. Inside another it joins it.
     *
     * Fails with `UniqueViolation` when a key that it takes is held, and with `StorageError` when
     * the store cannot commit; with the effect's own failure when that one happened, and then nothing
     * is written.
     */
    readonly transaction: <A, E, R>(
      effect: Effect.Effect<A, E, R> & NoScan<R>
    ) => Effect.Effect<A, E | UniqueViolation | StorageError, Exclude<R, Transaction>>
    /**
     * Runs many units of work and commits them together: one round trip, one fsync. Each has its own
     * result; a unit that fails does not touch the others, and the rest is committed without it.
     *
     * Units are as independent as if they ran at the same time: none sees another's writes. Two that
     * write one row are committed one after the other, the later run again on what the earlier left;
     * of two that take one key the later fails with `UniqueViolation`. The whole fails only when the
     * store does, or a unit dies; parts of it may then be committed.
     */
    readonly each: <A, E, R>(
      effects: ReadonlyArray<Effect.Effect<A, E, R> & NoScan<R>>,
      options?: { readonly concurrency?: number }
    ) => Effect.Effect<
      ReadonlyArray<Result.Result<A, E | UniqueViolation | StorageError>>,
      StorageError,
      Exclude<R, Transaction>
    >
    /** Allows scans. Each page is one moment of the store; two pages are two moments. */
    readonly snapshot: <A, E, R>(
      effect: Effect.Effect<A, E, R> & NoWrite<R>
    ) => Effect.Effect<A, E, Exclude<R, Snapshot>>

    // writes, inside a unit of work

    /** Adds a row. An id of one's own must be new; without, a time-ordered one is made. */
    readonly insert: <A>(
      aggregate: Aggregate.Of<A>,
      value: NoInfer<A>,
      options?: { readonly id?: Id }
    ) => Effect.Effect<Id, never, Transaction>
    /** Writes over the version that was read. Gives the row as it will be once committed. */
    readonly update: <A>(
      aggregate: Aggregate.Of<A>,
      stored: NoInfer<Aggregate.Stored<A>>,
      value: NoInfer<A>
    ) => Effect.Effect<Aggregate.Stored<A>, never, Transaction>
    /** Removes the version that was read, with its keys. */
    readonly remove: <A>(
      aggregate: Aggregate.Of<A>,
      stored: NoInfer<Aggregate.Stored<A>>
    ) => Effect.Effect<void, never, Transaction>
    /** Adds a line to a subject's log, chained to the line before it. Bytes hold no personal data. */
    readonly append: (subject: Id, body: Uint8Array) => Effect.Effect<void, never, Transaction>
    /** An id for a row that is yet to be inserted. */
    readonly nextId: Effect.Effect<Id>

    // reads, inside and outside

    readonly get: <A>(
      aggregate: Aggregate.Of<A>,
      id: Id
    ) => Effect.Effect<Option.Option<Aggregate.Stored<A>>, StorageError>
    /** Those that are there, by id. */
    readonly getMany: <A>(
      aggregate: Aggregate.Of<A>,
      ids: ReadonlyArray<Id>
    ) => Effect.Effect<ReadonlyMap<Id, Aggregate.Stored<A>>, StorageError>
    /** As `get`, but a change by others before the commit does not matter. */
    readonly peek: <A>(
      aggregate: Aggregate.Of<A>,
      id: Id
    ) => Effect.Effect<Option.Option<Aggregate.Stored<A>>, StorageError>
    /** The row that holds a unique key, given in clear. */
    readonly findBy: <A, U extends string, B extends string, O, X>(
      aggregate: Aggregate.Aggregate<A, U, B, O, X>,
      unique: NoInfer<U>,
      key: string
    ) => Effect.Effect<Option.Option<Aggregate.Stored<A>>, StorageError>
    /** The rows that hold unique keys, by key, in one round trip: what an import asks first. */
    readonly findMany: <A, U extends string, B extends string, O, X>(
      aggregate: Aggregate.Aggregate<A, U, B, O, X>,
      unique: NoInfer<U>,
      keys: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyMap<string, Aggregate.Stored<A>>, StorageError>

    // scans, outside only

    /** Rows of an ordered index, or of `id` for all rows, by (last column, id). */
    readonly scan: <A, U extends string, B extends string, O, X, K extends (keyof X & string) | "id">(
      aggregate: Aggregate.Aggregate<A, U, B, O, X>,
      index: K,
      range: NoInfer<Aggregate.RangeOf<O, X, K>>,
      page: PageRequest
    ) => Effect.Effect<Page<A>, StorageError, Snapshot>
    /** Rows that hold a blind or unique key, given in clear, by id. */
    readonly scanKey: <A, U extends string, B extends string, O, X>(
      aggregate: Aggregate.Aggregate<A, U, B, O, X>,
      index: NoInfer<U | B>,
      key: string,
      page: PageRequest
    ) => Effect.Effect<Page<A>, StorageError, Snapshot>
    /** The first `cap` rows of each key, in one round trip. Keys without rows are absent. */
    readonly scanKeys: <A, U extends string, B extends string, O, X>(
      aggregate: Aggregate.Aggregate<A, U, B, O, X>,
      index: NoInfer<U | B>,
      keys: ReadonlyArray<string>,
      cap: number
    ) => Effect.Effect<ReadonlyMap<string, Block<A>>, StorageError, Snapshot>
    /** How many rows a scan would give: of a range of an ordered index, or of a blind or unique key. */
    readonly countBy: <A, U extends string, B extends string, O, X, K extends (keyof X & string) | "id" | U | B>(
      aggregate: Aggregate.Aggregate<A, U, B, O, X>,
      index: K,
      where: NoInfer<K extends U | B ? string : Aggregate.RangeOf<O, X, K>>
    ) => Effect.Effect<number, StorageError, Snapshot>
    /** A subject's log in the order of its commits, as stored: `Audit.verify` checks its chain. */
    readonly readLog: (subject: Id) => Effect.Effect<ReadonlyArray<Line>, StorageError, Snapshot>
    /** The ends of those logs, as stored. */
    readonly heads: (subjects: ReadonlyArray<Id>) => Effect.Effect<ReadonlyMap<Id, Head>, StorageError, Snapshot>
    /** The versions of rows, and whether their bodies open where they are: what a verification asks. */
    readonly inspect: (
      aggregate: string,
      ids: ReadonlyArray<Id>
    ) => Effect.Effect<ReadonlyMap<Id, Inspected>, StorageError, Snapshot>

    /** What the care of a register needs: checks of every row and log, bodies sealed anew. */
    readonly upkeep: Upkeep
  }
>()("@kis/core/storage/Storage") {}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export interface LayerOptions {
  /**
   * Runs every unit of work twice and keeps the second run: for tests, to show effects that are
   * not safe to run again.
   */
  readonly rehearse?: boolean
}

/**
 * A store of the given aggregates on whatever adapter is provided.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  aggregates: ReadonlyArray<Aggregate.Any>,
  options?: LayerOptions
): Layer.Layer<Storage, StorageError, StorageAdapter | Crypto | KeyRing> =>
  Layer.effect(
    Storage,
    Effect.gen(function* () {
      const adapter = yield* StorageAdapter
      return Storage.of(
        yield* implementation.make({
          aggregates,
          adapter,
          crypto: yield* Crypto,
          ring: yield* KeyRing,
          rehearse: options?.rehearse ?? false
        })
      )
    })
  )
