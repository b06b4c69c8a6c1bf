/**
 * The storage port of `@kis/core` on PostgreSQL.
 *
 * A commit is one call of one function on the server: one round trip, one transaction, no lock held while
 * the network is waited for. Commits are durable when acknowledged: `fsync`, `full_page_writes` and
 * `synchronous_commit` are asserted when it opens.
 *
 * @since 0.1.0
 */
import { StorageAdapter, StorageError } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as Connection from "./internal/connection.ts"
import * as Reading from "./internal/reading.ts"
import * as Schema from "./internal/schema.ts"
import * as Writing from "./internal/writing.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The database's address with user and password: `postgres://user:password@host:5432/register`. */
  readonly url: Redacted.Redacted
  /** The schema that holds the tables: `kis` unless said otherwise. It is made when it is not there. */
  readonly schema?: string
  /** Into how many parts, by the hash of the internal id, tables are split when they are first made: 1, none, unless said otherwise. */
  readonly partitions?: number
  /** The most connections of this process: 10 unless said otherwise. */
  readonly maxConnections?: number
  /** How long a connection may take to be made: 5 seconds unless said otherwise. */
  readonly connectTimeout?: Duration.Input
  /** Whether statements are prepared by name. Off for a pooler that hands a session to another program between statements. */
  readonly prepare?: boolean
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
 * What a database holds, or none when no register was made in it. Nothing is made or migrated.
 *
 * @example
 * PostgresStorage.look({ url: Redacted.make("postgres://localhost/kis") })
 *
 * @category reading
 * @since 0.1.0
 */
export const look = (
  options: Options
): Effect.Effect<Option.Option<StorageAdapter.Contents>, StorageError.StorageError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const database = yield* connect({ ...options, maxConnections: 1 })
      const contents = yield* Schema.contents(database, options.schema ?? SCHEMA)
      if (Option.isSome(contents) && contents.value.version > schemaVersion) {
        const found = contents.value.version
        return yield* StorageError.of(
          new StorageError.NewerSchema({ place: database.place, found, known: schemaVersion })
        )
      }
      return contents
    })
  )

// --- layers ---

/**
 * Opening fails with a `StorageError` that says what is in the way: no server, no such database, no right,
 * a schema of another program, a newer schema version, a server that may lose what it acknowledged.
 *
 * @example
 * Storage.layer([Participant.aggregate, Membership.aggregate]).pipe(
 *   Layer.provide([
 *     PostgresStorage.layer({ url: Redacted.make("postgres://localhost/kis") }),
 *     NodeCrypto.layer,
 *     FileKeyRing.layer("register.keys")
 *   ])
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

const SCHEMA = "kis"
const CONNECTIONS = 10
const MOST_PARTITIONS = 1_024
const CONNECT_TIMEOUT = "5 seconds"

const connect = ({ connectTimeout, maxConnections, prepare, url }: Options) =>
  Connection.open({
    url,
    maxConnections: maxConnections ?? CONNECTIONS,
    prepare: prepare ?? true,
    connectTimeout: connectTimeout ?? CONNECT_TIMEOUT
  })

const open = Effect.fnUntraced(function* (
  options: Options,
  declarations: ReadonlyArray<StorageAdapter.Declaration>
): Effect.fn.Return<StorageAdapter.Store, StorageError.StorageError, Scope.Scope> {
  const partitions = options.partitions ?? 1
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > MOST_PARTITIONS) {
    return yield* Effect.die(new RangeError(`partitions must be a whole number from 1 to ${MOST_PARTITIONS}`))
  }
  const database = yield* connect(options)
  const shape = yield* Schema.fit(database, declarations, {
    schema: options.schema ?? SCHEMA,
    partitions
  })
  const writer = Writing.make(shape)
  const reader = Reading.make(database, shape)
  return {
    ...reader,
    commit: (batch) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        Effect.map(database.query(writer.sql, writer.parametersOf(batch, now)), (rows) => writer.outcomeOf(rows[0]![0]))
      )
  }
})
