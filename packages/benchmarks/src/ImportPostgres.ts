/**
 * People a second: the storage port on PostgreSQL against one statement written by hand that writes the same
 * rows and makes the same seals and MACs. The server is a real one on this machine, durable on every commit.
 *
 *     node src/ImportPostgres.ts [people]
 *
 * One line of JSON a measurement.
 */
import { Crypto, KeyRing } from "@kis/core/privacy"
import { PostgresStorage } from "@kis/storage-postgres"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as BarePostgres from "./BarePostgres.ts"
import { keys, measured, onAdapter, throughPort } from "./PortImport.ts"

const SETTINGS = { shared_buffers: "512MB", max_wal_size: "4GB" }

const program = Effect.gen(function* () {
  const people = Number(process.argv[2] ?? 20_000)
  const few = Math.min(people, 8_000)
  const server = yield* PostgresServer.start({ settings: SETTINGS })
  const database = Effect.map(server.database, (url) => Redacted.make(url))
  const lines = [
    { what: "248 people a commit, 2 connections", people, households: 62, connections: 2 },
    { what: "one household a commit, 1 connection", people: few, households: 1, connections: 1 },
    { what: "one household a commit, 8 connections", people: few, households: 1, connections: 8 }
  ]
  for (const { connections, households, people, what } of lines) {
    yield* Effect.gen(function* () {
      const write = yield* BarePostgres.open(yield* database, yield* Crypto.Crypto, yield* KeyRing.KeyRing)
      yield* measured(`bare PostgreSQL, ${what}`, people, write(people, households * 4, connections))
    }).pipe(Effect.provide(keys), Effect.scoped)
    yield* Effect.gen(function* () {
      const storage = PostgresStorage.layer({ url: yield* database, maxConnections: connections })
      yield* measured(`port on PostgreSQL, ${what}`, people, throughPort(people, households, connections)).pipe(
        Effect.provide(onAdapter(storage))
      )
    }).pipe(Effect.scoped)
  }
})

await Effect.runPromise(Effect.scoped(program))
