/**
 * The storage port of `@kis/core` on SQLite, as Node has it built in.
 *
 * One file on one machine, for one process or several. Commits are durable when acknowledged:
 * write-ahead log with full synchronous mode, asserted when it opens.
 *
 * @since 0.1.0
 */
import { StorageAdapter, type StorageError } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Connection from "./internal/connection.ts"
import * as GroupCommit from "./internal/groupCommit.ts"
import * as Reading from "./internal/reading.ts"
import * as Schema from "./internal/schema.ts"
import * as Writing from "./internal/writing.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The database file. It is made when it is not there; its folder is not. */
  readonly path: string
  /** Memory for pages, in bytes: 64 MiB unless said otherwise. */
  readonly cacheBytes?: number
  /** The most pages of 4,096 bytes that the file may have: a quota. */
  readonly maxPages?: number
  /** How long to ask for a lock that another process holds, in milliseconds: 30 seconds unless said otherwise. */
  readonly patience?: number
}

/**
 * @category models
 * @since 0.1.0
 */
export const capabilities: StorageAdapter.Capabilities = { processes: "many", durability: "power", maxBatch: 20_000 }

/**
 * The latest schema version that this package reads and writes.
 *
 * @category models
 * @since 0.1.0
 */
export const schemaVersion: number = Schema.SCHEMA_VERSION

// --- reading ---

/**
 * What a file holds, or none when there is no file. Nothing is made or migrated.
 *
 * @example
 * SqliteStorage.look({ path: "register.db" })
 *
 * @category reading
 * @since 0.1.0
 */
export const look = (
  options: Options
): Effect.Effect<Option.Option<StorageAdapter.Contents>, StorageError.StorageError> =>
  Connection.look(settingsOf(options))

// --- layers ---

/**
 * Opening fails with a `StorageError` that says what is in the way: no folder, no right to write,
 * an empty file, a file of another program, a newer schema version, a damaged file.
 *
 * @example
 * Storage.layer([Participant.aggregate, Membership.aggregate]).pipe(
 *   Layer.provide([SqliteStorage.layer({ path: "register.db" }), NodeCrypto.layer, FileKeyRing.layer("register.keys")])
 * )
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options): Layer.Layer<StorageAdapter.StorageAdapter> =>
  Layer.succeed(
    StorageAdapter.StorageAdapter,
    StorageAdapter.StorageAdapter.of({ capabilities, open: (declarations) => open(options, declarations) })
  )

// --- private ---

const CACHE_BYTES = 64 * 1024 * 1024
const PATIENCE = 30_000

const settingsOf = (options: Options) => ({
  path: options.path,
  place: options.path,
  cacheBytes: options.cacheBytes ?? CACHE_BYTES,
  maxPages: options.maxPages,
  patience: options.patience ?? PATIENCE
})

const open = Effect.fnUntraced(function* (
  options: Options,
  declarations: ReadonlyArray<StorageAdapter.Declaration>
): Effect.fn.Return<StorageAdapter.Store, StorageError.StorageError, Scope.Scope> {
  const settings = settingsOf(options)
  const db = yield* Connection.open(settings)
  const layouts = yield* Connection.attempt(settings, () =>
    Connection.writing(db, () => Schema.fit(db, declarations, settings.place))
  )
  const reader = Reading.make(db, layouts)
  const group = yield* Effect.acquireRelease(
    Effect.sync(() => GroupCommit.make(db, Writing.make(db, layouts), settings)),
    (group) => Effect.sync(() => group.close())
  )
  const read = <A>(act: () => A) =>
    Effect.suspend(() =>
      db.isOpen ? Connection.attempt(settings, act) : Effect.fail(GroupCommit.isClosed(options.path))
    )

  return {
    commit: (batch) => Effect.flatMap(Clock.currentTimeMillis, (now) => group.commit(batch, now)),
    get: (aggregate, id) => read(() => Option.fromUndefinedOr(reader.get(aggregate, id))),
    getMany: (aggregate, ids) => read(() => reader.getMany(aggregate, ids)),
    findBy: (aggregate, key) => read(() => Option.fromUndefinedOr(reader.findBy(aggregate, key))),
    findMany: (aggregate, keys) => read(() => reader.findMany(aggregate, keys)),
    heads: (subjects) => read(() => reader.heads(subjects)),
    scan: (aggregate, range, page) => read(() => reader.scan(aggregate, range, page)),
    scanKey: (aggregate, key, page) => read(() => reader.scanKey(aggregate, key, page)),
    scanKeys: (aggregate, keys, limit) => read(() => reader.scanKeys(aggregate, keys, limit)),
    countBy: (aggregate, where) => read(() => reader.countBy(aggregate, where)),
    readLog: (subject, page) => read(() => reader.readLog(subject, page)),
    scanHeads: (page) => read(() => reader.scanHeads(page))
  }
})
