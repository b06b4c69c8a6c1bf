/**
 * One story from end to end, on memory and on a file: a helper registers an elder, the elder goes on with it on another
 * device, objects, is answered, and ends the consent. What the elder's phone says, it says in Indonesian.
 */
import { assert, describe, it } from "@effect/vitest"
import { Claims } from "@kis/core/complaint"
import { Consents } from "@kis/core/access"
import { Drafts } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { PhoneNumber, Region } from "@kis/core/identity"
import { Application, type Columns } from "@kis/core/intake"
import { Dispatch, MessageChannel } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Register, RegistrationRecord } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Clock } from "@kis/core/sla"
import { Storage, type StorageAdapter, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { PhoneVerification } from "@kis/core/verification"
import { NodeCrypto } from "@kis/crypto-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as SqliteStorage from "../src/SqliteStorage.ts"
import * as Place from "./Place.ts"

const today = PlainDate.make("2026-11-24")
const start = PlainDate.toEpochMillis(today, "WIB", 9 * 60)
const days = (count: number) => count * 86_400_000

const siti = { kind: "citizen", id: "siti" } as const
const rina = { kind: "proxy", id: "cadre-7" } as const
const officer = { kind: "officer", id: "417" } as const
const supervisor = { kind: "supervisor", id: "12" } as const
const phone = PhoneNumber.PhoneNumber.make("+6281298765432")

const elder = {
  name: "Siti Aminah",
  birthDate: PlainDate.make("1949-02-11"),
  nik: "9971015102490001"
}

const answers: Partial<Record<Columns.Column, string>> = {
  household: "H1",
  family_card: "9971010101200001",
  citizenship: "WNI",
  district: "367105",
  pbi_decree: "tidak",
  local_scheme: "tidak",
  studies: "tidak",
  relation: "head",
  name: elder.name,
  nik: elder.nik,
  sex: "P",
  birth_date: elder.birthDate,
  mother_name: "Sri Hidayat",
  marital_status: "janda",
  occupation: "own-account"
}

const onAdapter = <E>(adapter: Layer.Layer<StorageAdapter.StorageAdapter, E>) => {
  const ports = Layer.mergeAll(
    adapter,
    PopulationRegistry.layerSimulator((nik) =>
      nik === elder.nik ? { nik, name: elder.name, birthDate: elder.birthDate, sex: "female" } : undefined
    ),
    CardNumbers.layerSimulator("story"),
    MessageChannel.layerMemory(),
    Region.layerTest,
    KeyRing.layerMemory(new Uint8Array(32).fill(5))
  ).pipe(Layer.provideMerge(NodeCrypto.layer))
  return Layer.mergeAll(PhoneVerification.layerMessages(), Drafts.layer(), Claims.layer()).pipe(
    Layer.provideMerge(Register.layer()),
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provideMerge(ports),
    Layer.fresh
  )
}

const layers = {
  memory: onAdapter(StorageMemory.layer.pipe(Layer.provide(Crypto.layerSeeded("story")))),
  SQLite: onAdapter(Layer.unwrap(Effect.map(Place.file, (path) => SqliteStorage.layer({ path }))))
}

/** What came to the elder's phone since the last look. */
const readPhone = () => {
  let seen = 0
  return Effect.gen(function* () {
    const dispatch = yield* Dispatch.Dispatch
    yield* dispatch.dispatchDue
    const phones = yield* MessageChannel.MemoryPhones
    const texts = (yield* phones.received).filter((it) => it.to === phone).map((it) => it.text)
    const fresh = texts.slice(seen)
    seen = texts.length
    return fresh
  })
}

const starts = (texts: ReadonlyArray<string>, ...openings: ReadonlyArray<string>) => {
  assert.strictEqual(texts.length, openings.length, texts.join("\n"))
  for (const [i, opening] of openings.entries()) assert.isTrue(texts[i]?.startsWith(opening), texts[i])
}

describe("a helper registers an elder, who goes on alone", () => {
  it.effect.each([{ place: "memory" }, { place: "SQLite" }] as const)("on $place", ({ place }) =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const consents = yield* Consents.Consents
      const drafts = yield* Drafts.Drafts
      const claims = yield* Claims.Claims
      const audit = yield* Audit.Audit
      const storage = yield* Storage.Storage
      const regions = yield* Region.Regions
      const phoneSays = readPhone()

      // at home: the elder lets Rina help, an officer is witness
      const consent = yield* consents.record({
        key: "visit-1",
        actor: officer,
        people: [{ name: elder.name, birthDate: elder.birthDate }],
        giver: siti,
        helper: rina,
        helperName: "Rina",
        office: "0903",
        purposes: ["fill-in", "register", "ask"],
        data: ["identity", "contact", "membership"],
        from: start,
        until: start + days(30),
        how: "spoken",
        language: "id",
        notice: "2026-1",
        phone
      })
      starts(yield* phoneSays, "JKN: persetujuan Anda dicatat 2026-11-24, seorang penolong boleh mengurus")

      // Rina types what she knows, and leaves the code
      const begun = yield* drafts.begin({
        key: "visit-2",
        actor: rina,
        consent: consent.id,
        office: "0903",
        channel: "app",
        path: "self-pay"
      })
      let form = begun.draft
      const type = Effect.fnUntraced(function* (actor: Drafts.OnDraft["actor"], fields: Record<string, string>) {
        for (const [field, text] of Object.entries(fields)) {
          const on = { draft: form.id, version: form.version, actor, line: 1 }
          form = yield* drafts.save({ ...on, key: `type ${field}`, field, text })
        }
      })
      yield* type(rina, answers)
      starts(yield* phoneSays, "JKN: penolong Anda memakai persetujuan Anda pada 2026-11-24.")

      // next day, on her granddaughter's phone: she goes on with it and hands it in
      yield* TestClock.adjust("1 day")
      const taken = yield* drafts.resume({ code: begun.code, key: "resume-1", actor: siti, from: "granddaughter" })
      form = taken.draft
      assert.strictEqual(form.value.lines[0]?.fields["name"], elder.name)
      yield* type(siti, { phone, class: "3", facility: "0903F001" })
      const on = PlainDate.addDays(today, 1)
      const receipt = yield* drafts.submit({
        draft: form.id,
        version: form.version,
        actor: siti,
        on,
        read: (lines) => Application.decodeHousehold(lines, { today: on }, regions)
      })
      // what became of it is told to her phone
      assert.deepStrictEqual(
        receipt.outcomes.map((it) => it._tag),
        ["Received"]
      )
      const record = Option.getOrThrow(yield* storage.get(RegistrationRecord.aggregate, receipt.registration))
      const [registered] = record.value.outcomes
      assert.strictEqual(registered?._tag, "Registered", JSON.stringify(record.value.outcomes))
      starts(
        yield* phoneSays,
        "JKN: 1 orang didaftarkan 2026-11-25. Kartu aktif setelah iuran pertama Rp35.000 dibayar."
      )

      // she objects: she has no income and should not pay
      const about = { aggregate: RegistrationRecord.aggregate.name, id: receipt.registration }
      const objection = yield* claims.object({
        key: "objection-1",
        actor: siti,
        owner: siti,
        about,
        office: "0903",
        phone,
        language: "id",
        text: "Saya tidak bekerja lagi dan tidak mampu membayar."
      })
      // five working days after Wednesday the 25th
      starts(yield* phoneSays, "JKN: keberatan Anda dicatat 2026-11-25, dijawab paling lambat 2026-12-02.")

      // Rina asks for her how it stands, under the consent
      yield* claims.ask({
        key: "ask-1",
        actor: rina,
        owner: siti,
        consent: consent.id,
        people: [elder].map(({ birthDate, name }) => ({ birthDate, name })),
        about,
        office: "0903",
        phone,
        language: "id",
        kind: "access"
      })
      starts(
        yield* phoneSays,
        "JKN: penolong Anda memakai persetujuan Anda pada 2026-11-25.",
        "JKN: permintaan Anda tentang data pribadi dicatat, dijawab dalam 3x24 jam"
      )

      // she is answered in time
      yield* TestClock.adjust("2 days")
      const answered = yield* claims.answer({
        key: "answer-1",
        actor: supervisor,
        objection: objection.id,
        version: objection.version,
        outcome: "upheld",
        reason: "ProposedForPbi",
        explanation: "Ibu diusulkan ke dinas sosial sebagai peserta PBI."
      })
      assert.strictEqual(answered.value.answer?.outcome, "upheld")
      const clock = Option.getOrThrow(yield* storage.get(Clock.aggregate, objection.value.clock))
      assert.strictEqual(clock.value.state, "met")
      starts(yield* phoneSays, "JKN: keberatan Anda diterima pada 2026-11-27, kantor memperbaiki keputusan.")

      // and ends the consent, without a reason
      yield* consents.end({ consent: consent.id, actor: siti })
      starts(yield* phoneSays, "JKN: persetujuan Anda untuk penolong berakhir 2026-11-27.")
      const late = yield* Effect.flip(
        drafts.begin({ key: "v3", actor: rina, consent: consent.id, office: "0903", channel: "app", path: "self-pay" })
      )
      assert.deepInclude(late, { _tag: "NotAllowed", reasons: ["ConsentEnded"] })
      starts(yield* phoneSays)

      // all of it is in the record, whole
      const lines = Effect.fnUntraced(function* (subject: typeof consent.id) {
        const { entries, findings } = yield* audit.verify(subject)
        assert.deepStrictEqual(findings, [])
        return entries.map((it) => `${it.actor} ${it.action}`)
      })
      assert.deepStrictEqual(yield* lines(consent.id), [
        "officer:417 consent-recorded",
        "proxy:cadre-7 consent-used",
        "proxy:cadre-7 consent-used",
        "citizen:siti consent-ended"
      ])
      assert.deepStrictEqual(yield* lines(objection.id), ["citizen:siti object", "supervisor:12 answer-objection"])
      if (registered?._tag === "Registered") {
        assert.deepStrictEqual(yield* lines(registered.participant), ["citizen:siti register"])
      }
    }).pipe(Effect.provide(layers[place]))
  )
})
