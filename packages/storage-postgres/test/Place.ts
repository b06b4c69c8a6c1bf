/**
 * A database of its own for each test, on the server of the test run, and a look at it by a connection
 * of its own.
 */
import { PgConnection } from "@effect/sql-pg"
import type { Id, StorageAdapter } from "@kis/core/storage"
import { NodeCrypto } from "@kis/crypto-node"
import type * as Crash from "@kis/testkit/crash"
import { StorageWitness } from "@kis/testkit/laws"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as PostgresStorage from "../src/PostgresStorage.ts"

const missing = PostgresServer.missing()

/** For the names of suites: loud where there is no server. */
export const onPostgres = missing === undefined ? "PostgreSQL" : `PostgreSQL, skipped: ${missing}`

export const isSkipped = missing !== undefined

export const database = Effect.map(PostgresServer.database, (url) => Redacted.make(url))

/** What a register in a database stands on, but for its keys. */
export const ports = (url: string): Crash.Ports =>
  Layer.merge(PostgresStorage.layer({ url: Redacted.make(url), maxConnections: 8 }), NodeCrypto.layer)

/** One statement on a connection of its own. */
export const ask = (url: Redacted.Redacted, sql: string) =>
  Effect.scoped(Effect.flatMap(PgConnection.make({ url }), (connection) => connection.queryValues(sql)))

/** The adapter on a schema that is not there yet, and its witness. */
export const layer = (options: Partial<PostgresStorage.Options> = {}) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const url = yield* ofThisFile
      const schema = `law_${++schemas}`
      return Layer.merge(
        PostgresStorage.layer({ url, schema, ...options }),
        Layer.effect(StorageWitness.StorageWitness, witnessOf(url, schema))
      )
    })
  )

// --- private ---

let schemas = 0

// To make a database takes longer than a law. It is gone when the server is.
let making: Promise<{ readonly url: string }> | undefined

const ofThisFile = Effect.map(
  Effect.promise(() => (making ??= PostgresServer.makeDatabase())),
  ({ url }) => Redacted.make(url)
)

const witnessOf = (url: Redacted.Redacted, schema: string) =>
  Effect.map(PgConnection.make({ url }), (connection): StorageWitness.StorageWitness["Service"] => ({
    look: Effect.orDie(lookAt(connection, schema))
  }))

const lookAt = Effect.fnUntraced(function* (connection: PgConnection.PgConnection, schema: string) {
  const facts: Array<string> = []
  const [there] = yield* connection.queryValues(`select to_regclass('${schema}.register') is not null`)
  if (there![0] === false) return facts
  for (const [name] of yield* connection.queryValues(`select name from ${schema}.aggregate`)) {
    for (const [id, version, body, ...columns] of yield* connection.queryValues(
      `select * from ${schema}."row_${name}"`
    )) {
      facts.push(
        StorageWitness.row(name as string, {
          id: id as Id.Id,
          version: version as number,
          body: body as Uint8Array,
          columns: columns.map(
            (_) => (typeof _ === "bigint" ? Number(_) : (_ ?? undefined)) as StorageAdapter.ColumnValue
          )
        })
      )
    }
  }
  const kinds = { unique: StorageWitness.unique, blind: StorageWitness.blind }
  for (const [kind, fact] of Object.entries(kinds)) {
    const keys = yield* connection.queryValues(
      `select n.aggregate, n.name, k.bytes, k.id from ${schema}.key_${kind} k join ${schema}.key_name n on n.no = k.name`
    )
    for (const [aggregate, name, bytes, id] of keys) {
      facts.push(fact(aggregate as string, name as string, bytes as Uint8Array, id as Id.Id))
    }
  }
  for (const [subject, sequence, mac, body] of yield* connection.queryValues(
    `select subject, sequence, mac, body from ${schema}.log`
  )) {
    const line = { sequence: sequence as number, mac: mac as Uint8Array, body: body as Uint8Array }
    facts.push(StorageWitness.line(subject as Id.Id, line))
  }
  for (const [subject, sequence, mac] of yield* connection.queryValues(
    `select subject, sequence, mac from ${schema}.log_head`
  )) {
    facts.push(StorageWitness.head(subject as Id.Id, { sequence: sequence as number, mac: mac as Uint8Array }))
  }
  return facts.sort()
})
