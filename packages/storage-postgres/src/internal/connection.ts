/**
 * The pool of connections, and one statement on it: sent again where that is safe, its failures as
 * reasons of the port.
 */
import { PgPool } from "@effect/sql-pg"
import { StorageError } from "@kis/core/storage"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { SqlError } from "effect/sql/SqlError"
import * as Failure from "./failure.ts"

// --- models ---

export interface Settings {
  readonly url: Redacted.Redacted
  readonly maxConnections: number
  readonly prepare: boolean
  readonly connectTimeout: Duration.Input
}

export type Values = ReadonlyArray<ReadonlyArray<unknown>>

/** Runs one statement, which is its own transaction, and gives rows as values in the order of the columns. */
export interface Database {
  readonly place: string
  readonly query: (sql: string, parameters?: ReadonlyArray<unknown>) => Effect.Effect<Values, StorageError.StorageError>
  /** Runs statements in one transaction, on one connection. */
  readonly atomically: <A>(
    act: (query: Database["query"]) => Effect.Effect<A, StorageError.StorageError>
  ) => Effect.Effect<A, StorageError.StorageError>
}

// --- constructors ---

export const open = (settings: Settings): Effect.Effect<Database, StorageError.StorageError, Scope.Scope> =>
  Effect.gen(function* () {
    const place = placeOf(settings.url)
    const pool = yield* PgPool.make({
      url: settings.url,
      maxConnections: settings.maxConnections,
      prepare: settings.prepare,
      connectTimeout: settings.connectTimeout,
      applicationName: "kis"
    }).pipe(Effect.catch((error) => failed(error, place)))
    let closed = false
    yield* Effect.addFinalizer(() => Effect.sync(() => (closed = true)))

    const whileOpen = <A>(act: Effect.Effect<A, SqlError>) =>
      Effect.suspend(() =>
        closed ? Effect.fail(isClosed(place)) : Effect.catch(again(act), (error) => failed(error, place))
      )

    return {
      place,
      query: (sql, parameters) => whileOpen(pool.use((connection) => connection.queryValues(sql, parameters))),
      atomically: (act) =>
        Effect.scoped(
          Effect.gen(function* () {
            const connection = yield* pool.reserve.pipe(Effect.catch((error) => failed(error, place)))
            const query: Database["query"] = (sql, parameters) =>
              Effect.catch(connection.queryValues(sql, parameters, false), (error) => failed(error, place))
            yield* query("begin")
            return yield* act(query).pipe(
              Effect.tap(() => query("commit")),
              Effect.onError(() => Effect.ignore(query("rollback")))
            )
          })
        )
    }
  })

// --- private ---

/** Deadlocks and serialization failures; each time somebody else got on. */
const RETRIES = 20

/** A connection that was idle while the server restarted is noticed only when it is used. */
const RETRIES_WHEN_LOST = 1

/** A batch has an id and is written once, and reads write nothing: both may be sent again. */
const again = <A>(act: Effect.Effect<A, SqlError>): Effect.Effect<A, SqlError> =>
  act.pipe(
    Effect.retry({ times: RETRIES, while: Failure.isToBeRetried }),
    Effect.retry({ times: RETRIES_WHEN_LOST, while: Failure.isLost })
  )

const failed = (error: SqlError, place: string): Effect.Effect<never, StorageError.StorageError> => {
  const reason = Failure.reasonOf(error, place)
  return reason === undefined ? Effect.die(error) : Effect.fail(StorageError.of(reason))
}

const isClosed = (place: string) => StorageError.of(new StorageError.Unavailable({ place, detail: "it was closed" }))

/** Where the database is, without the name and password that lead to it. */
const placeOf = (url: Redacted.Redacted): string => {
  const text = Redacted.value(url)
  if (!URL.canParse(text)) return "PostgreSQL"
  const { host, pathname } = new URL(text)
  return `PostgreSQL ${host}${pathname}`
}
