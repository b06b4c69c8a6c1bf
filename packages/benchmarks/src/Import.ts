/**
 * How many people a second the storage port takes, in the shape of a bulk import: a person is five
 * sealed rows, three unique keys, five blind keys and two chained log lines; four people a household,
 * 62 households a commit.
 */
import { NodeCrypto } from "@kis/crypto-node"
import { Audit } from "@kis/core/audit"
import { KeyRing } from "@kis/core/privacy"
import { Aggregate, Storage, StorageMemory } from "@kis/core/storage"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const Participant = Aggregate.make("participant", {
  schema: Schema.Struct({
    nik: Schema.String,
    kk: Schema.String,
    name: Schema.String,
    birth: Schema.String,
    mother: Schema.String,
    phone: Schema.String,
    address: Schema.String,
    segment: Schema.String
  }),
  unique: { nik: (p) => [p.nik] },
  blind: {
    nameBirth: (p) => [`${p.name}|${p.birth}`],
    motherBirth: (p) => [`${p.mother}|${p.birth}`],
    nameMother: (p) => [`${p.name}|${p.mother}`],
    household: (p) => [p.kk],
    phone: (p) => [p.phone]
  }
})
const Membership = Aggregate.make("membership", {
  schema: Schema.Struct({
    participant: Schema.String,
    card: Schema.String,
    state: Schema.String,
    office: Schema.String,
    class: Schema.Int
  }),
  unique: { card: (m) => [m.card], liveOf: (m) => [m.participant] },
  ordered: { state: { text: (m) => m.state } },
  indexes: { state: ["state"] }
})
const Registration = Aggregate.make("registration", {
  schema: Schema.Struct({
    participant: Schema.String,
    household: Schema.String,
    office: Schema.String,
    day: Schema.Int,
    channel: Schema.String
  }),
  ordered: { day: { number: (r) => r.day } },
  indexes: { day: ["day"] }
})
const Clock = Aggregate.make("clock", {
  schema: Schema.Struct({
    of: Schema.String,
    kind: Schema.String,
    office: Schema.String,
    due: Schema.Int,
    state: Schema.String
  }),
  ordered: { state: { text: (c) => c.state }, due: { number: (c) => c.due } },
  indexes: { due: ["state", "due"] }
})
const Message = Aggregate.make("message", {
  schema: Schema.Struct({
    to: Schema.String,
    template: Schema.String,
    args: Schema.Record(Schema.String, Schema.String),
    lane: Schema.Int,
    due: Schema.Int,
    attempts: Schema.Int,
    state: Schema.String
  }),
  ordered: { lane: { number: (m) => m.lane }, due: { number: (m) => m.due } },
  indexes: { queue: ["lane", "due"] }
})
const all = [Participant, Membership, Registration, Clock, Message]

const SIZE = 4
const HOUSEHOLDS = 62

const household = (n: number) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const audit = yield* Audit.Audit
    for (let i = 0; i < SIZE; i++) {
      const no = n * SIZE + i
      const nik = `99${String(no).padStart(14, "0")}`
      const id = yield* storage.insert(Participant, {
        nik,
        kk: `98${String(n).padStart(14, "0")}`,
        name: `PERSON NUMBER ${no}`,
        birth: "1990-01-01",
        mother: `MOTHER ${n}`,
        phone: `+62811${no}`,
        address: `JALAN CONTOH ${n}, CIPONDOH`,
        segment: "PBPU"
      })
      const card = `0${String(no).padStart(12, "0")}`
      yield* storage.insert(Membership, { participant: id, card, state: "pending", office: "0903", class: 3 })
      const registration = yield* storage.insert(Registration, {
        participant: id,
        household: String(n),
        office: "0903",
        day: 20_000,
        channel: "counter"
      })
      yield* storage.insert(Clock, {
        of: registration,
        kind: "registration",
        office: "0903",
        due: 1_773_400_000,
        state: "open"
      })
      yield* storage.insert(Message, {
        to: `+62811${no}`,
        template: "registered",
        args: { name: `PERSON NUMBER ${no}`, card },
        lane: 1,
        due: 1_773_400_000,
        attempts: 0,
        state: "waiting"
      })
      yield* audit.record(id, {
        actor: "officer:417",
        action: "register",
        refs: [Audit.ref(Participant, { id, version: 1 })]
      })
      yield* audit.record(id, { actor: "officer:417", action: "issue-card", reason: "REG-1" })
    }
  })

const run = (people: number, perCommit: number) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const began = performance.now()
    let n = 0
    while (n * SIZE < people) {
      const units = Array.from({ length: perCommit }, (_, i) => household(n + i))
      const results =
        perCommit === 1 ? [yield* Effect.result(storage.transaction(units[0]!))] : yield* storage.each(units)
      if (!results.every(Result.isSuccess)) throw new Error("a household was refused")
      n += perCommit
    }
    return Math.round(((n * SIZE) / (performance.now() - began)) * 1_000)
  })

const keys = Layer.merge(NodeCrypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(1)))

const measure = (name: string, adapter: Parameters<typeof Layer.provide>[0], people: number, perCommit: number) =>
  Effect.gen(function* () {
    const rate = yield* run(people, perCommit).pipe(
      Effect.provide(
        Layer.fresh(
          Audit.layer.pipe(
            Layer.provideMerge(Storage.layer(all)),
            Layer.provideMerge(Layer.merge(adapter as never, keys))
          )
        ) as never
      )
    ) as Effect.Effect<number>
    console.log(`${name}: ${rate} people/s; ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
  })

const people = Number(process.argv[2] ?? 20_000)
const folder = mkdtempSync(join(tmpdir(), "kis-bench-"))
await Effect.runPromise(
  Effect.gen(function* () {
    yield* measure("memory, 62 households a commit", StorageMemory.layer as never, people, HOUSEHOLDS)
    yield* measure(
      "sqlite, 62 households a commit",
      SqliteStorage.layer({ path: join(folder, "a.db") }) as never,
      people,
      HOUSEHOLDS
    )
    yield* measure(
      "sqlite, one household a commit",
      SqliteStorage.layer({ path: join(folder, "b.db") }) as never,
      Math.min(people, 8_000),
      1
    )
  })
).finally(() => rmSync(folder, { recursive: true }))
