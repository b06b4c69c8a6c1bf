/**
 * What a store can answer instead of a result.
 *
 * `StorageError` is the one wrapper of the storage port: its `reason` says what happened and its
 * `isRetryable` whether the same call may succeed later. `UniqueViolation` is apart, because it is
 * no fault of the store but an answer of the register: somebody holds that key.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Tampered } from "../privacy/Crypto.ts"

// --- errors ---

/**
 * A unique key of a written value is held by another row. Neither the key's text nor its holder is
 * told: who may know asks `findBy`.
 *
 * @category errors
 * @since 0.1.0
 */
export class UniqueViolation extends Schema.TaggedError<UniqueViolation>("@kis/core/storage/UniqueViolation")(
  "UniqueViolation",
  {
    aggregate: Schema.String,
    key: Schema.String
  }
) {
  override get message() {
    return `Another ${this.aggregate} already holds this ${this.key}. Look it up with findBy and decide by what it says.`
  }
}

// --- reasons ---

/**
 * The store did not answer, or is held by others for too long. Whether the last commit happened is
 * settled by sending it again.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Unavailable extends Schema.TaggedError<Unavailable>("@kis/core/storage/Unavailable")("Unavailable", {
  place: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `The store ${this.place} does not answer (${this.detail}). Check that it runs, then try again.`
  }
}

/**
 * Others kept changing what this unit of work read, until it gave up.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Contention extends Schema.TaggedError<Contention>("@kis/core/storage/Contention")("Contention", {
  attempts: Schema.Int
}) {
  override get message() {
    return `Others changed the same rows during ${this.attempts} attempts. Nothing was written: try again later.`
  }
}

/**
 * No room is left. Nothing was written.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Full extends Schema.TaggedError<Full>("@kis/core/storage/Full")("Full", { place: Schema.String }) {
  override get message() {
    return `The disk of ${this.place} is full; the last commit was not written. Make room, then run it again.`
  }
}

/**
 * The store can be read and not written.
 *
 * @category reasons
 * @since 0.1.0
 */
export class ReadOnly extends Schema.TaggedError<ReadOnly>("@kis/core/storage/ReadOnly")("ReadOnly", {
  place: Schema.String
}) {
  override get message() {
    return `${this.place} cannot be written to. Give this user the right to write the file and its folder.`
  }
}

/**
 * There is no store at that place and none can be made.
 *
 * @category reasons
 * @since 0.1.0
 */
export class CannotOpen extends Schema.TaggedError<CannotOpen>("@kis/core/storage/CannotOpen")("CannotOpen", {
  place: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.place} cannot be opened (${this.detail}). Check that the folder exists and may be entered.`
  }
}

/**
 * What is there is something else, or a database of another program.
 *
 * @category reasons
 * @since 0.1.0
 */
export class NotADatabase extends Schema.TaggedError<NotADatabase>("@kis/core/storage/NotADatabase")("NotADatabase", {
  place: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.place} is not a KIS database (${this.detail}). It was left as it is: name another file.`
  }
}

/**
 * A later version of this library wrote the database.
 *
 * @category reasons
 * @since 0.1.0
 */
export class NewerSchema extends Schema.TaggedError<NewerSchema>("@kis/core/storage/NewerSchema")("NewerSchema", {
  place: Schema.String,
  found: Schema.Int,
  known: Schema.Int
}) {
  override get message() {
    return (
      `${this.place} has schema version ${this.found}, this program knows up to ${this.known}. ` +
      "Use the program's newer version."
    )
  }
}

/**
 * The database was made for other aggregates than this program declares.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Incompatible extends Schema.TaggedError<Incompatible>("@kis/core/storage/Incompatible")("Incompatible", {
  place: Schema.String,
  aggregate: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.place} holds ${this.aggregate} in another shape (${this.detail}). Use the program that wrote it, or export it and import that anew.`
  }
}

/**
 * The store is damaged.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Corrupt extends Schema.TaggedError<Corrupt>("@kis/core/storage/Corrupt")("Corrupt", {
  place: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.place} is damaged (${this.detail}). Keep a copy, then restore it from a back-up.`
  }
}

/**
 * The store would acknowledge what a power cut can still undo.
 *
 * @category reasons
 * @since 0.1.0
 */
export class NotDurable extends Schema.TaggedError<NotDurable>("@kis/core/storage/NotDurable")("NotDurable", {
  place: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.place} would lose acknowledged commits when power fails (${this.detail}). Set it to full synchronous mode.`
  }
}

/**
 * One unit of work writes more than the store takes in one commit.
 *
 * @category reasons
 * @since 0.1.0
 */
export class TooLarge extends Schema.TaggedError<TooLarge>("@kis/core/storage/TooLarge")("TooLarge", {
  items: Schema.Int,
  limit: Schema.Int
}) {
  override get message() {
    return `One unit of work has ${this.items} writes, the store takes ${this.limit} in a commit. Make it smaller.`
  }
}

/**
 * The caller wrote over a version that is not the latest, and had read it outside of the unit of
 * work, so that running it again cannot help.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Stale extends Schema.TaggedError<Stale>("@kis/core/storage/Stale")("Stale", {
  aggregate: Schema.String,
  id: Schema.String,
  version: Schema.Int
}) {
  override get message() {
    return (
      `The ${this.aggregate} ${this.id} has changed since its version ${this.version} was read. ` +
      "Read it again and decide anew."
    )
  }
}

/**
 * A row opened, and is not what its schema says.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Undecodable extends Schema.TaggedError<Undecodable>("@kis/core/storage/Undecodable")("Undecodable", {
  aggregate: Schema.String,
  id: Schema.String
}) {
  override get message() {
    return `The stored ${this.aggregate} ${this.id} does not fit its schema. Use the program version that wrote it.`
  }
}

// --- the wrapper ---

/**
 * @category errors
 * @since 0.1.0
 */
export const Reason = Schema.Union([
  Unavailable,
  Contention,
  Full,
  ReadOnly,
  CannotOpen,
  NotADatabase,
  NewerSchema,
  Incompatible,
  Corrupt,
  NotDurable,
  TooLarge,
  Stale,
  Undecodable,
  Tampered
])

/**
 * @category errors
 * @since 0.1.0
 */
export type Reason = typeof Reason.Type

/**
 * The store could not do what was asked. Nothing of the unit of work was written, unless the
 * reason is `Unavailable`: then it may have been, and sending it again does no harm.
 *
 * @category errors
 * @since 0.1.0
 */
export class StorageError extends Schema.TaggedError<StorageError>("@kis/core/storage/StorageError")("StorageError", {
  reason: Reason
}) {
  override get message() {
    return this.reason.message
  }

  /** Whether the same call may succeed later without anybody mending anything. */
  get isRetryable(): boolean {
    return this.reason._tag === "Unavailable" || this.reason._tag === "Contention"
  }
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const of = (reason: Reason): StorageError => new StorageError({ reason })
