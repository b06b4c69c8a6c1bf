/**
 * The storage port: what a database must be able to do to hold a register.
 *
 * An adapter reads and commits. It never sees a personal value: bodies arrive sealed, keys as MACs,
 * and only ordered columns in clear. What it must keep to is written at each method and checked by
 * the laws in `@kis/testkit` (`StorageLaws`).
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import type { Id } from "./Id.ts"
import type { StorageError } from "./StorageError.ts"

// --- declarations ---

/**
 * An ordered column's value. Text is ASCII and ordered by code unit (`collate "C"`), numbers are
 * safe integers, undefined is kept as null and leaves the row out of every index with that column.
 *
 * @category models
 * @since 0.1.0
 */
export type ColumnValue = string | number | undefined

/**
 * What an adapter knows of an aggregate: enough to make a table of real columns and indexes.
 *
 * @category models
 * @since 0.1.0
 */
export interface Declaration {
  readonly name: string
  readonly unique: ReadonlyArray<string>
  readonly blind: ReadonlyArray<string>
  readonly columns: ReadonlyArray<{ readonly name: string; readonly kind: "text" | "number" }>
  readonly indexes: ReadonlyArray<{ readonly name: string; readonly columns: ReadonlyArray<string> }>
}

/**
 * What a store can do, as data. An atomic `commit` is not among them: a store without it cannot
 * hold a register.
 *
 * @category models
 * @since 0.1.0
 */
export interface Capabilities {
  /** Whether several processes may open the same store at once. */
  readonly processes: "one" | "many"
  /** What an acknowledged commit survives. */
  readonly durability: "memory" | "process" | "power"
  /** Items that one commit takes, at least 1,000. */
  readonly maxBatch: number
}

/**
 * What stands in a database, told without opening it for work: for the care of one that an older
 * program made.
 *
 * @category models
 * @since 0.1.0
 */
export interface Contents {
  /** The version of its tables. */
  readonly version: number
  readonly bytes: number
  /** Its aggregates as they were declared when their tables were made. */
  readonly aggregates: ReadonlyArray<Pick<Declaration, "name" | "columns">>
}

// --- batches ---

/**
 * A unique or blind key of a row: the index's name within the aggregate and 16 bytes.
 *
 * @category models
 * @since 0.1.0
 */
export interface Key {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * A new row. Precondition: no row of that aggregate has the id (else `VersionConflict`), and no row
 * holds a key that it takes.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Insert {
  readonly _tag: "Insert"
  readonly aggregate: string
  readonly id: Id
  /** The version it begins with, 1 unless it comes from a back-up. */
  readonly version: number
  readonly body: Uint8Array
  readonly columns: ReadonlyArray<ColumnValue>
  readonly takes: ReadonlyArray<Key>
  readonly marks: ReadonlyArray<Key>
}

/**
 * A row written over. Precondition: the row is there at `version`, and keys that it takes are free.
 * Afterwards it has `version + 1`. Keys come as differences: what is neither taken nor freed stays.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Update {
  readonly _tag: "Update"
  readonly aggregate: string
  readonly id: Id
  readonly version: number
  readonly body: Uint8Array
  readonly columns: ReadonlyArray<ColumnValue>
  readonly frees: ReadonlyArray<Key>
  readonly takes: ReadonlyArray<Key>
  readonly unmarks: ReadonlyArray<Key>
  readonly marks: ReadonlyArray<Key>
}

/**
 * A row removed, with all its keys. Precondition: the row is there at `version`.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Remove {
  readonly _tag: "Remove"
  readonly aggregate: string
  readonly id: Id
  readonly version: number
  readonly frees: ReadonlyArray<Key>
  readonly unmarks: ReadonlyArray<Key>
}

/**
 * A row that was read and must still be at `version`.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Expect {
  readonly _tag: "Expect"
  readonly aggregate: string
  readonly id: Id
  readonly version: number
}

/**
 * Lines at the end of a subject's log. Precondition: the log's head is `head`, by sequence and MAC,
 * or there is no log yet when `head` is absent.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Append {
  readonly _tag: "Append"
  readonly subject: Id
  readonly head: Head | undefined
  readonly lines: readonly [Line, ...Array<Line>]
}

/**
 * @category batches
 * @since 0.1.0
 */
export type Item = Insert | Update | Remove | Expect | Append

/**
 * The end of a log: the sequence number and MAC of its last line.
 *
 * @category models
 * @since 0.1.0
 */
export interface Head {
  readonly sequence: number
  readonly mac: Uint8Array
}

/**
 * One line of a log. Sequences begin at 1 and have no gap.
 *
 * @category models
 * @since 0.1.0
 */
export interface Line extends Head {
  readonly body: Uint8Array
}

/**
 * What is committed at once. Core names a row in at most one `Insert`, `Update` or `Remove` and a
 * subject in at most one `Append`; an `Expect` may stand beside a write of the same row.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Batch {
  readonly id: Id
  readonly items: ReadonlyArray<Item>
}

/**
 * Why a batch was refused, by the position of the item in the batch.
 *
 * @category batches
 * @since 0.1.0
 */
export type Failure =
  /** The item takes a key, `key` by name, that another row holds or an earlier item of the batch takes. */
  | { readonly _tag: "UniqueViolation"; readonly item: number; readonly key: string }
  /** The row is not at the version that the item says. */
  | { readonly _tag: "VersionConflict"; readonly item: number }
  /** The log's head is another one. */
  | { readonly _tag: "HeadConflict"; readonly item: number }

/**
 * @category batches
 * @since 0.1.0
 */
export type Outcome =
  | { readonly _tag: "Committed" }
  | { readonly _tag: "Refused"; readonly failures: ReadonlyArray<Failure> }

// --- reading ---

/**
 * A row as it is stored. `columns` are the ordered columns in the order of the declaration.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Row {
  readonly id: Id
  readonly version: number
  readonly body: Uint8Array
  readonly columns: ReadonlyArray<ColumnValue>
}

/**
 * A range of an index: `equals` gives the values of its leading columns in order, all but the last;
 * `from` and `to` bound the last, both inclusive. The index named `id` is always there: it has no
 * column, holds every row and is ordered by id.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Range {
  readonly index: string
  readonly equals: ReadonlyArray<string | number>
  readonly from?: string | number
  readonly to?: string | number
}

/**
 * Where a page begins: after the row with this value in the index's last column and this id. The
 * index `id` and blind keys have no value.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Position {
  readonly value?: string | number
  readonly id: Id
}

/**
 * @category reading
 * @since 0.1.0
 */
export interface Page {
  readonly after?: Position
  readonly limit: number
}

/**
 * An open store: the methods of the port. Each answers from one moment of the store, also where it
 * answers for many. Bytes that are handed in or out are never written to afterwards, by either side.
 * A store that cannot answer, or was closed, fails: it never says that there is nothing.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Store {
  /**
   * All of the batch or nothing, acknowledged only when it will survive what `durability` says.
   *
   * - A refusal names every failed precondition that this commit can see, by item.
   * - Of two items in one batch that take one key the later is named; a key freed anywhere in the
   *   batch is free for all of it; a taken key that the same row already holds is a violation.
   * - Expected versions and heads are those before the batch.
   * - A batch that was committed and is sent again within 24 hours answers `Committed` and writes
   *   nothing. A refused one is judged anew.
   * - Locks are taken in one order: rows by aggregate and id, heads by subject, keys by name and
   *   bytes. A deadlock that a database still reports is retried inside.
   */
  readonly commit: (batch: Batch) => Effect.Effect<Outcome, StorageError>
  /** What was committed. An outage is an error, never none. */
  readonly get: (aggregate: string, id: Id) => Effect.Effect<Option.Option<Row>, StorageError>
  /** Those that are there, in any order, in one round trip for at least 1,000. */
  readonly getMany: (aggregate: string, ids: ReadonlyArray<Id>) => Effect.Effect<ReadonlyArray<Row>, StorageError>
  /** The row that holds a unique key. */
  readonly findBy: (aggregate: string, key: Key) => Effect.Effect<Option.Option<Row>, StorageError>
  /** The rows that hold unique keys, each with the position of its key, in one round trip. */
  readonly findMany: (
    aggregate: string,
    keys: ReadonlyArray<Key>
  ) => Effect.Effect<ReadonlyArray<{ readonly key: number; readonly row: Row }>, StorageError>
  /** The heads of those subjects that have a log, each with the position of its subject. */
  readonly heads: (
    subjects: ReadonlyArray<Id>
  ) => Effect.Effect<ReadonlyArray<{ readonly subject: number; readonly head: Head }>, StorageError>
  /**
   * Rows of an ordered index by (value of the last column, id). One page is one moment of the store;
   * a row present and unmoved during the whole scan appears exactly once in its pages.
   */
  readonly scan: (aggregate: string, range: Range, page: Page) => Effect.Effect<ReadonlyArray<Row>, StorageError>
  /** Rows that hold a blind or unique key, by id. */
  readonly scanKey: (aggregate: string, key: Key, page: Page) => Effect.Effect<ReadonlyArray<Row>, StorageError>
  /** The first `limit` rows by id of each key, each with the position of its key, in one round trip. */
  readonly scanKeys: (
    aggregate: string,
    keys: ReadonlyArray<Key>,
    limit: number
  ) => Effect.Effect<ReadonlyArray<{ readonly key: number; readonly row: Row }>, StorageError>
  /** How many rows the scan of that range, or of that blind or unique key, would give at this moment. */
  readonly countBy: (aggregate: string, where: Key | Range) => Effect.Effect<number, StorageError>
  /** Lines of a subject's log in the order of their commits, at most `limit`, after a sequence number. */
  readonly readLog: (
    subject: Id,
    page: { readonly after: number; readonly limit: number }
  ) => Effect.Effect<ReadonlyArray<Line>, StorageError>
  /** All heads by subject, for a checkpoint: at most `limit`, after a subject. */
  readonly scanHeads: (page: {
    readonly after?: Id
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<{ readonly subject: Id; readonly head: Head }>, StorageError>
}

// --- port ---

/**
 * The port. `open` makes or migrates what the declarations need, under a lock when several
 * processes may do it, and closes with its scope.
 *
 * @category services
 * @since 0.1.0
 */
export class StorageAdapter extends Context.Service<
  StorageAdapter,
  {
    readonly capabilities: Capabilities
    readonly open: (declarations: ReadonlyArray<Declaration>) => Effect.Effect<Store, StorageError, Scope.Scope>
  }
>()("@kis/core/storage/StorageAdapter") {}
