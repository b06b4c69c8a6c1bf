/**
 * A stolen database: every byte of its files is searched for the people in it, by somebody who has the code and not
 * the keys. The files are looked at while the register is at work, and when it has ended.
 */
import { assert, describe, it } from "@effect/vitest"
import { Nik, Region } from "@kis/core/identity"
import { Bulk, type Columns } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { type Crypto, KeyRing } from "@kis/core/privacy"
import { Register } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Aggregate, Storage, type StorageAdapter } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { NodeCrypto } from "@kis/crypto-node"
import { PostgresStorage } from "@kis/storage-postgres"
import { SqliteStorage } from "@kis/storage-sqlite"
import { IntakeFile, LeakSearch } from "@kis/testkit"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const today = PlainDate.make("2026-11-24")

// one row in five with something wrong: rejected and held rows hold people, too
const rows = IntakeFile.generate({ seed: 11, people: 120, problems: 0.2, today }).rows

const personal: ReadonlyArray<Columns.Column> = ["nik", "family_card", "phone", "name", "mother_name", "address"]

/** What is too short is found by chance: names of ten letters and more stand for all. */
const isLong = (text: string) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 10

/** As they were sent; and telephone numbers without what goes before them, however that was written. */
const canaries = rows.flatMap(({ fields }) => [
  ...personal.flatMap((column) => fields[column] ?? []).filter(isLong),
  ...[(fields.phone ?? "").replace(/\D/g, "").replace(/^(62|0)/, "")].filter(isLong)
])

const search = LeakSearch.make(canaries)

/** The population register knows whoever wrote the date as it does, so that cards are issued. */
const residents = new Map(
  rows.flatMap(({ fields }): ReadonlyArray<[string, PopulationRegistry.Resident]> => {
    const { birth_date: birthDate, name = "", nik, sex } = fields
    if (!Schema.is(Nik.Nik)(nik) || !Schema.is(PlainDate.PlainDate)(birthDate)) return []
    return [[nik, { nik, name, birthDate, sex: sex === "P" ? "female" : "male" }]]
  })
)

/** What nobody sent and the register holds: card numbers, and what its messages say to whom. */
const issued = Effect.flatMap(Storage.Storage, (storage) =>
  storage.snapshot(
    Effect.gen(function* () {
      const memberships = yield* storage.scan(Membership.aggregate, "id", {}, { limit: 1_000 })
      const messages = yield* storage.scan(Message.aggregate, "id", {}, { limit: 1_000 })
      const cards = memberships.rows.flatMap(({ value }) => value.card ?? [])
      const told = messages.rows.flatMap(({ value }) => [value.to, ...Object.values(value.arguments).map(String)])
      return { cards, told: told.filter((text) => isLong(text) && /\d{10}/.test(text)) }
    })
  )
)

/** What a careless declaration would do: a NIK in an ordered column, in clear. */
const Careless = Aggregate.make("careless", {
  schema: Schema.Struct({ nik: Schema.String }),
  ordered: { nik: { text: (one) => one.nik } },
  indexes: { nik: ["nik"] }
})

/** A register with everybody on it, and what happens while it is open. */
const withRegister = <E>(
  adapter: Layer.Layer<StorageAdapter.StorageAdapter>,
  meanwhile: Effect.Effect<void, E, Storage.Storage | Crypto.Crypto>
) =>
  Effect.gen(function* () {
    const tally = yield* Bulk.importRows(Stream.fromIterable(rows), {
      digest: "stolen",
      actor: { kind: "officer", id: "417" },
      office: "0903",
      on: today,
      batchPeople: 50,
      onBatch: () => Effect.void
    })
    // a register without people would give nobody away
    assert.isAbove(tally.registered, 60)
    assert.isAbove(tally.rejected, 0)
    yield* meanwhile
  }).pipe(
    Effect.provide(
      Register.layer().pipe(
        Layer.provideMerge(Storage.layer([...Register.aggregates, Careless])),
        Layer.provideMerge(
          Layer.mergeAll(
            adapter,
            PopulationRegistry.layerSimulator((nik) => residents.get(nik)),
            CardNumbers.layerSimulator("stolen"),
            Region.layer
          )
        ),
        Layer.provideMerge(Layer.merge(NodeCrypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(5)))),
        Layer.fresh
      )
    )
  )

const demandNothing = (folder: string) =>
  Effect.map(LeakSearch.inFolder(search, folder), (leaks) => assert.deepStrictEqual(leaks, []))

/** Neither who was sent nor what the register added. */
const demandNothingIssued = Effect.fnUntraced(function* (folder: string) {
  const { cards, told } = yield* issued
  assert.isAbove(cards.length, 30)
  assert.isAbove(told.length, 10)
  const leaks = yield* LeakSearch.inFolder(LeakSearch.make([...canaries, ...cards, ...told]), folder)
  assert.deepStrictEqual(leaks, [])
})

const plant = Effect.flatMap(Storage.Storage, (storage) =>
  storage.transaction(storage.insert(Careless, { nik: rows[0]!.fields.nik! }))
)

const demandFound = (folder: string) =>
  Effect.map(LeakSearch.inFolder(search, folder), (leaks) => {
    assert.isAbove(leaks.length, 0)
    for (const { canary } of leaks) assert.strictEqual(canary, rows[0]!.fields.nik)
  })

const temporary = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-stolen-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

describe("SQLite", () => {
  it.live("gives no NIK, name, telephone number or address to a thief of its files", () =>
    Effect.gen(function* () {
      const folder = yield* temporary
      const path = join(folder, "register.db")
      const open = Effect.gen(function* () {
        assert.includeMembers(readdirSync(folder), ["register.db", "register.db-wal"])
        yield* demandNothingIssued(folder)
      })
      yield* withRegister(SqliteStorage.layer({ path }), open)
      yield* demandNothing(folder)
    })
  )

  it.live("a NIK that a declaration puts in clear is found", () =>
    Effect.gen(function* () {
      const folder = yield* temporary
      const path = join(folder, "register.db")
      yield* withRegister(SqliteStorage.layer({ path }), Effect.andThen(plant, demandFound(folder)))
      yield* demandFound(folder)
    })
  )
})

const missing = PostgresServer.missing()

describe.skipIf(missing !== undefined)(`PostgreSQL${missing === undefined ? "" : `, skipped: ${missing}`}`, () => {
  it.live(
    "gives none to a thief of its whole data directory, and one that was put in clear is found",
    () =>
      Effect.gen(function* () {
        const server = yield* PostgresServer.start()
        const adapter = PostgresStorage.layer({ url: Redacted.make(server.url()) })
        const all = Effect.gen(function* () {
          // it starts again from its log and writes everything that was in memory into its files
          yield* server.crash
          yield* demandNothingIssued(server.data)
          const log = yield* LeakSearch.inFile(search, join(server.data, "..", "postgres.log"))
          assert.deepStrictEqual(log, [])
          yield* plant
          yield* demandFound(join(server.data, "pg_wal"))
        })
        yield* withRegister(adapter, all)
      }),
    120_000
  )
})
