/**
 * A stolen database: every byte of its files is searched for the people in it, by somebody who has the code and not
 * the keys. The files are looked at while the register is at work, and when it has ended.
 */
import { assert, describe, it } from "@effect/vitest"
import { Consents } from "@kis/core/access"
import { Attachments, Drafts } from "@kis/core/application"
import { Nik, PhoneNumber, Region } from "@kis/core/identity"
import { Bulk, type Columns } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { type Crypto, KeyRing } from "@kis/core/privacy"
import { Register } from "@kis/core/registration"
import { CardNumbers, Documents, DocumentStore, PopulationRegistry } from "@kis/core/registry"
import { Aggregate, Storage, type StorageAdapter } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { NodeCrypto } from "@kis/crypto-node"
import { FileDocuments } from "@kis/documents-file"
import { PostgresStorage } from "@kis/storage-postgres"
import { SqliteStorage } from "@kis/storage-sqlite"
import { IntakeFile, LeakSearch } from "@kis/testkit"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Clock from "effect/Clock"
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

// people whom only a draft, a consent and a paper tell of: what is found of them comes from there
const typed = IntakeFile.generate({ seed: 12, people: 4, problems: 0, today }).rows
const helped = IntakeFile.generate({ seed: 13, people: 8, problems: 0, today }).rows.flatMap(({ fields }) => {
  const { birth_date: birthDate, name, nik } = fields
  if (!Schema.is(Nik.Nik)(nik) || !Schema.is(PlainDate.PlainDate)(birthDate) || name === undefined) return []
  return [{ name, birthDate, nik, guardian: { name: "Rahmawati Kusumadewi", relation: "mother" } }]
})
const helper = { name: "Hardjodisastro", phone: PhoneNumber.PhoneNumber.make("+6281277700123") } as const
const pictured = IntakeFile.generate({ seed: 14, people: 1, problems: 0, today }).rows
const paper = new TextEncoder().encode(
  `%PDF-1.7 ${pictured.map(({ fields }) => Object.values(fields).join(" ")).join()}`
)

/** As they were sent; and telephone numbers without what goes before them, however that was written. */
const canariesOf = (of: ReadonlyArray<Pick<Columns.RawRow, "fields">>) =>
  of.flatMap(({ fields }) => [
    ...personal.flatMap((column) => fields[column] ?? []).filter(isLong),
    ...[(fields.phone ?? "").replace(/\D/g, "").replace(/^(62|0)/, "")].filter(isLong)
  ])

const canaries = [
  ...canariesOf([...rows, ...typed, ...pictured]),
  ...helped.flatMap(({ guardian, name, nik }) => [name, nik, guardian.name]).filter(isLong),
  helper.name,
  helper.phone.slice("+62".length)
]

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

/** A form that is being filled in, what a helper may do, and a photographed paper: each there as it was given. */
const fillIn = Effect.gen(function* () {
  const drafts = yield* Drafts.Drafts
  const consents = yield* Consents.Consents
  const attachments = yield* Attachments.Attachments
  const actor = { kind: "citizen", id: "device-1" } as const

  let { draft } = yield* drafts.begin({ key: "d", actor, office: "0903", channel: "app", path: "self-pay" })
  for (const [line, { fields }] of typed.entries()) {
    for (const [field, text] of Object.entries(fields)) {
      if (text === undefined || text === "") continue
      const key = `${line} ${field}`
      draft = yield* drafts.save({ draft: draft.id, version: draft.version, actor, key, line, field, text })
    }
  }
  const written = (yield* drafts.read({ draft: draft.id, actor })).value.lines
  assert.includeMembers(canariesOf(written), canariesOf(typed))

  const [first, ...others] = helped
  assert.isDefined(first)
  if (first === undefined) return
  const now = yield* Clock.currentTimeMillis
  yield* consents.record({
    key: "c",
    actor,
    people: [first, ...others],
    giver: actor,
    helper: { kind: "proxy", id: "cadre-7" },
    helperName: helper.name,
    office: "0903",
    purposes: ["fill-in"],
    data: ["identity"],
    from: now,
    until: now + 3_600_000,
    how: "thumbprint",
    language: "id",
    notice: "2026-1",
    phone: helper.phone
  })
  const [consent] = yield* consents.of(actor, "giver")
  assert.deepStrictEqual(consent?.value.people, [first, ...others])

  const handedIn = { actor, draft: draft.id, key: "p", paper: "family-card", said: "application/pdf" } as const
  const attachment = (yield* attachments.attach({ ...handedIn, content: paper })).id
  assert.deepStrictEqual(yield* attachments.read({ ...handedIn, attachment }), paper)
})

/** A register with everybody on it, its papers in a folder, and what happens while it is open. */
const withRegister = <E>(
  adapter: Layer.Layer<StorageAdapter.StorageAdapter>,
  papers: string,
  meanwhile: Effect.Effect<void, E, Storage.Storage | Crypto.Crypto | DocumentStore.DocumentStore>
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
    yield* fillIn
    yield* meanwhile
  }).pipe(
    Effect.provide(
      Attachments.layer.pipe(
        Layer.provideMerge(Layer.mergeAll(Drafts.layer(), Documents.layer())),
        Layer.provideMerge(Register.layer()),
        Layer.provideMerge(Storage.layer([...Register.aggregates, Careless])),
        Layer.provideMerge(
          Layer.mergeAll(
            adapter,
            FileDocuments.layer({ folder: papers }),
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

/** One of each kind of people, in clear: who was registered, typed, helped; and a paper that was not sealed. */
const planted = [rows[0]!.fields.nik!, typed[0]!.fields.nik!, helped[0]!.nik]

const plant = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const papers = yield* DocumentStore.DocumentStore
  for (const nik of planted) yield* storage.transaction(storage.insert(Careless, { nik }))
  yield* papers.put(yield* storage.nextId, paper)
})

const demandFound = (folder: string, whom: ReadonlyArray<string>) =>
  Effect.map(LeakSearch.inFolder(search, folder), (leaks) =>
    assert.sameMembers([...new Set(leaks.map(({ canary }) => canary))], [...new Set(whom)])
  )

const demandFoundPaper = (folder: string) => demandFound(folder, canariesOf(pictured))

const temporary = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-stolen-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

describe("SQLite", () => {
  it.live("gives no NIK, name, telephone number or address to a thief of its files and papers", () =>
    Effect.gen(function* () {
      const folder = yield* temporary
      const path = join(folder, "register.db")
      const papers = join(folder, "papers")
      const open = Effect.gen(function* () {
        assert.includeMembers(readdirSync(folder), ["register.db", "register.db-wal", "papers"])
        assert.isAbove(readdirSync(papers).length, 0)
        yield* demandNothingIssued(folder)
      })
      yield* withRegister(SqliteStorage.layer({ path }), papers, open)
      yield* demandNothing(folder)
    })
  )

  it.live("NIKs that a declaration puts in clear and a paper that was not sealed are found", () =>
    Effect.gen(function* () {
      const [database, papers] = [yield* temporary, join(yield* temporary, "papers")]
      const path = join(database, "register.db")
      const found = Effect.andThen(demandFound(database, planted), demandFoundPaper(papers))
      yield* withRegister(SqliteStorage.layer({ path }), papers, Effect.andThen(plant, found))
      yield* found
    })
  )
})

const missing = PostgresServer.missing()

describe.skipIf(missing !== undefined)(`PostgreSQL${missing === undefined ? "" : `, skipped: ${missing}`}`, () => {
  it.live(
    "gives none to a thief of its whole data directory and the papers, and those that were put in clear are found",
    () =>
      Effect.gen(function* () {
        const server = yield* PostgresServer.start()
        const papers = join(yield* temporary, "papers")
        const adapter = PostgresStorage.layer({ url: Redacted.make(server.url()) })
        const all = Effect.gen(function* () {
          // it starts again from its log and writes everything that was in memory into its files
          yield* server.crash
          yield* demandNothingIssued(server.data)
          yield* demandNothing(papers)
          const log = yield* LeakSearch.inFile(search, join(server.data, "..", "postgres.log"))
          assert.deepStrictEqual(log, [])
          yield* plant
          yield* demandFound(join(server.data, "pg_wal"), planted)
          yield* demandFoundPaper(papers)
        })
        yield* withRegister(adapter, papers, all)
      }),
    120_000
  )
})
