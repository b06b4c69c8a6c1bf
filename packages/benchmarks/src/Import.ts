/**
 * People a second: the storage port on SQLite against prepared statements written by hand that
 * write the same rows and make the same seals and MACs.
 *
 *     node src/Import.ts [people]
 *
 * One line of JSON a measurement. `bench.ts` runs it three times and writes the medians down.
 */
import { Audit } from "@kis/core/audit"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Storage, type StorageAdapter, StorageMemory } from "@kis/core/storage"
import { NodeCrypto } from "@kis/crypto-node"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Bare from "./Bare.ts"
import * as Register from "./Register.ts"

// --- the port ---

const household = Effect.fnUntraced(function* (first: number) {
  const storage = yield* Storage.Storage
  const audit = yield* Audit.Audit
  for (let no = first; no < first + Register.HOUSEHOLD; no++) {
    const one = Register.person(no)
    const id = yield* storage.insert(Register.Participant, one.participant)
    yield* storage.insert(Register.Membership, one.membership(id))
    const registration = yield* storage.insert(Register.Registration, one.registration(id))
    yield* storage.insert(Register.Clock, one.clock(registration))
    yield* storage.insert(Register.Message, one.message)
    const refs = [Audit.ref(Register.Participant, { id, version: 1 })]
    yield* audit.record(id, { actor: "officer:417", action: "register", refs })
    yield* audit.record(id, { actor: "officer:417", action: "issue-card", reason: "REG-1" })
  }
})

/** Imports that many people, so many households a commit. */
const throughPort = Effect.fnUntraced(function* (people: number, households: number) {
  const storage = yield* Storage.Storage
  const step = households * Register.HOUSEHOLD
  for (let first = 0; first < people; first += step) {
    const units = Array.from({ length: households }, (_, i) => household(first + i * Register.HOUSEHOLD))
    if (households === 1) yield* storage.transaction(units[0]!)
    else yield* Effect.forEach(yield* storage.each(units), (result) => Effect.fromResult(result), { discard: true })
  }
})

const keys = Layer.merge(NodeCrypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(1)))

const onAdapter = (adapter: Layer.Layer<StorageAdapter.StorageAdapter>) =>
  Audit.layer.pipe(
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provide(Layer.merge(adapter, keys)),
    Layer.provide(keys),
    Layer.fresh
  )

// --- measuring ---

/** What one line of the output holds. */
export interface Measurement {
  readonly name: string
  readonly peoplePerSecond: number
  /** Milliseconds of this process, the engine included. */
  readonly cpuMillisPerPerson: number
  /** Resident set after the measurement: what came before in the same process is in it. */
  readonly megabytes: number
}

const measured = <E, R>(name: string, people: number, importing: Effect.Effect<void, E, R>) =>
  Effect.gen(function* () {
    const [began, cpu] = [performance.now(), process.cpuUsage()]
    yield* importing
    const seconds = (performance.now() - began) / 1_000
    const used = process.cpuUsage(cpu)
    const each = (used.user + used.system) / 1_000 / people
    const measurement: Measurement = {
      name,
      peoplePerSecond: people / seconds,
      cpuMillisPerPerson: each,
      megabytes: process.memoryUsage().rss / 1e6
    }
    yield* Console.log(JSON.stringify(measurement))
  })

const program = Effect.gen(function* () {
  const people = Number(process.argv[2] ?? 20_000)
  const few = Math.min(people, 8_000)
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-bench-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const sqlite = (name: string) => onAdapter(SqliteStorage.layer({ path: join(folder, name) }))
  const bare = Effect.gen(function* () {
    return yield* Bare.open(join(folder, "bare.db"), yield* Crypto.Crypto, yield* KeyRing.KeyRing)
  })
  yield* Effect.flatMap(bare, (write) =>
    measured(
      "bare SQLite, 248 people a commit",
      people,
      Effect.sync(() => write(people, 248))
    )
  ).pipe(Effect.provide(keys), Effect.scoped)
  yield* measured("port on SQLite, 248 people a commit", people, throughPort(people, 62)).pipe(
    Effect.provide(sqlite("batch.db"))
  )
  yield* measured("port on SQLite, one household a commit", few, throughPort(few, 1)).pipe(
    Effect.provide(sqlite("household.db"))
  )
  yield* measured("port in memory, 248 people a commit", few, throughPort(few, 62)).pipe(
    Effect.provide(onAdapter(StorageMemory.layer))
  )
})

await Effect.runPromise(Effect.scoped(program))
