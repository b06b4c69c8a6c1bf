/**
 * How long a look-up by NIK takes in a register of two million people on PostgreSQL.
 *
 *     node src/LookUpPostgres.ts [people]
 *
 * It first imports them, which takes ten minutes and 10 GB of disk. One line of JSON a measurement.
 */
import { PgConnection } from "@effect/sql-pg"
import { Storage } from "@kis/core/storage"
import { PostgresStorage } from "@kis/storage-postgres"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { measured, onAdapter, throughPort } from "./PortImport.ts"
import * as Register from "./Register.ts"

const CONNECTIONS = 2
const LOOK_UPS = 20_000

const lookUps = Effect.fnUntraced(function* (people: number) {
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
  yield* Console.log(JSON.stringify({ name: "look-up by NIK", people, p50: at(0.5), p99: at(0.99), p999: at(0.999) }))
})

const program = Effect.gen(function* () {
  const people = Number(process.argv[2] ?? 2_000_000)
  const server = yield* PostgresServer.start({ settings: { shared_buffers: "512MB", max_wal_size: "4GB" } })
  const url = Redacted.make(yield* server.database)
  yield* Effect.gen(function* () {
    yield* measured("import, 248 people a commit", people, throughPort(people, 62, CONNECTIONS))
    // what the import leaves behind is done before the clock starts, not meanwhile
    const connection = yield* PgConnection.make({ url })
    for (const statement of ["vacuum analyze", "checkpoint"]) yield* connection.query(statement, [], false)
    yield* lookUps(people)
  }).pipe(Effect.provide(onAdapter(PostgresStorage.layer({ url, maxConnections: CONNECTIONS }))))
})

await Effect.runPromise(Effect.scoped(program))
