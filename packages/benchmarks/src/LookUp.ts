/**
 * How long a look-up by NIK takes in a register of two million people.
 *
 *     node src/LookUp.ts postgres|sqlite [people]
 *
 * It first imports them, which takes minutes and gigabytes of disk. Lines on standard error tell of that, one line of
 * JSON at the end of the look-ups.
 */
import { PgConnection } from "@effect/sql-pg"
import { Storage } from "@kis/core/storage"
import { PostgresStorage } from "@kis/storage-postgres"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onAdapter, throughPort } from "./PortImport.ts"
import * as Register from "./Register.ts"

const CONNECTIONS = 2
const LOOK_UPS = 20_000

// --- models ---

/** Milliseconds within which so many of a thousand look-ups are done. */
export interface Measurement {
  readonly name: "look-up by NIK"
  readonly store: string
  readonly people: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
}

// --- measuring ---

const store = process.argv[2] ?? "postgres"
const people = Number(process.argv[3] ?? 2_000_000)

const importing = Effect.gen(function* () {
  const began = performance.now()
  yield* throughPort(people, 62, CONNECTIONS)
  process.stderr.write(`${store}: ${people} people imported in ${Math.round((performance.now() - began) / 1000)} s\n`)
})

const lookUps = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const millis: Array<number> = []
  let no = 0
  for (let i = 0; i < LOOK_UPS; i++) {
    // all over the register, the same ones every time
    no = (no + 1_046_527) % people
    const { nik } = Register.person(no).participant
    const began = performance.now()
    const found = yield* storage.findBy(Register.Participant, "nik", nik)
    millis.push(performance.now() - began)
    if (Option.isNone(found)) return yield* Effect.die(new Error(`person ${no} is not there`))
  }
  millis.sort((a, b) => a - b)
  const at = (share: number) => millis[Math.floor(share * millis.length)]!
  const measurement: Measurement = {
    name: "look-up by NIK",
    store,
    people,
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999)
  }
  process.stdout.write(`${JSON.stringify(measurement)}\n`)
})

// --- stores ---

const onPostgres = Effect.gen(function* () {
  const server = yield* PostgresServer.start({ settings: { shared_buffers: "512MB", max_wal_size: "4GB" } })
  const url = Redacted.make(yield* server.database)
  yield* Effect.gen(function* () {
    yield* importing
    // what the import leaves behind is done before the clock starts, not meanwhile
    const connection = yield* PgConnection.make({ url })
    for (const statement of ["vacuum analyze", "checkpoint"]) yield* connection.query(statement, [], false)
    yield* lookUps
  }).pipe(Effect.provide(onAdapter(PostgresStorage.layer({ url, maxConnections: CONNECTIONS }))))
})

const onSqlite = Effect.gen(function* () {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-look-up-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const adapter = () => onAdapter(SqliteStorage.layer({ path: join(folder, "register.db") }))
  yield* Effect.provide(importing, adapter())
  // opened anew: the pages that the import left in the cache of the connection are gone
  yield* Effect.provide(lookUps, adapter())
})

const measuring = Effect.gen(function* () {
  return yield* store === "sqlite" ? onSqlite : onPostgres
})

await Effect.runPromise(Effect.scoped(measuring))
