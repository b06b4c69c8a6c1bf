/** Registering for somebody else: under a consent, and only under one. */
import { assert, describe, it } from "@effect/vitest"
import { Consents, Permission } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Participant } from "@kis/core/deduplication"
import { Nik, PhoneNumber } from "@kis/core/identity"
import { Message } from "@kis/core/messaging"
import { type Command, Registration } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { TestClock } from "effect/testing"
import * as Office from "./Office.ts"

const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)
const day = 86_400_000

const elder = { kind: "citizen", id: "phone-siti" } as const
const helper = { kind: "proxy", id: "cadre-7" } as const
const officer = { kind: "officer", id: "417" } as const
const phone = PhoneNumber.PhoneNumber.make("+6281298765432")

const [head = {}, spouse = {}] = Office.family(7)
const [stranger = {}] = Office.family(8)

const subject = (cells: Office.Cells) => ({
  name: cells.name ?? "",
  birthDate: PlainDate.make(cells.birth_date ?? ""),
  nik: Nik.Nik.make(cells.nik ?? "")
})

const given = (over: Partial<Consents.Recording> = {}): Consents.Recording => ({
  key: "consent-1",
  actor: officer,
  people: [subject(head), subject(spouse)],
  giver: elder,
  helper,
  helperName: "Rina",
  office: "0903",
  purposes: ["fill-in", "register"],
  data: ["identity", "family", "contact"],
  from: start,
  until: start + 30 * day,
  how: "spoken",
  language: "id",
  notice: "2026-1",
  phone,
  ...over
})

const command = (
  key: string,
  cells: readonly [Office.Cells, ...Array<Office.Cells>],
  more: Partial<Command.Command> = {}
) => Effect.map(Office.command(key, cells), (order): Command.Command => ({ ...order, actor: helper, ...more }))

const count = Effect.flatMap(Storage.Storage, (storage) =>
  storage.snapshot(storage.countBy(Participant.aggregate, "id", {}))
)

const told = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const { rows } = yield* storage.snapshot(storage.scanKey(Message.aggregate, "to", phone, { limit: 100 }))
  return rows.map((it) => it.value.template)
})

describe.each([
  ["once", Office.layer],
  ["twice", Office.layerRehearsed]
])("Registering for others, every unit run %s", (_, layer) => {
  it.effect("goes under a consent, which is counted, recorded and told", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const consents = yield* Consents.Consents
      const registration = yield* Registration.Registration
      const audit = yield* Audit.Audit
      const consent = yield* consents.record(given())
      const order = yield* command("k1", [head, spouse], { consent: consent.id })

      const receipt = yield* registration.register(order)
      assert.deepStrictEqual(
        receipt.outcomes.map((it) => it._tag),
        ["Received", "Received"]
      )
      assert.strictEqual(yield* count, 2)
      // a lost answer: told once
      assert.isTrue((yield* registration.register(order)).repeated)
      assert.deepStrictEqual(yield* told, ["consent-recorded", "consent-used"])
      const [mine] = yield* consents.of(elder, "giver")
      assert.strictEqual(mine?.value.uses, 1)
      const record = yield* audit.verify(consent.id)
      assert.deepStrictEqual(record.findings, [])
      assert.deepStrictEqual(
        record.entries.map((it) => [it.actor, it.action, it.reason]),
        [
          ["officer:417", "consent-recorded", undefined],
          ["proxy:cadre-7", "consent-used", "register"]
        ]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("is refused without one that covers everybody, and nothing is written", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const consents = yield* Consents.Consents
      const registration = yield* Registration.Registration
      const consent = yield* consents.record(given())
      const refused = (order: Command.Command) =>
        Effect.map(Effect.flip(registration.register(order)), (error) =>
          error._tag === "NotAllowed" ? error.reasons : error._tag
        )
      assert.deepStrictEqual(yield* refused(yield* command("k1", [head])), ["NoConsent"])
      const of = { consent: consent.id }
      assert.deepStrictEqual(yield* refused(yield* command("k2", [stranger], of)), ["PersonNotCovered"])
      const other = { ...of, actor: { kind: "proxy", id: "cadre-8" } } as const
      assert.deepStrictEqual(yield* refused(yield* command("k3", [head], other)), ["AnotherHelper"])
      assert.strictEqual(yield* count, 0)
      assert.deepStrictEqual(yield* told, ["consent-recorded"])

      // others of the same call are not held back
      const results = yield* registration.registerMany([
        yield* command("k4", [stranger], of),
        yield* command("k5", [head], of)
      ])
      assert.deepStrictEqual(results.map(Result.isSuccess), [false, true])

      yield* TestClock.adjust("30 days")
      assert.deepStrictEqual(yield* refused(yield* command("k6", [spouse], of)), ["ConsentExpired"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("ends with the consent, which the citizen ends at any time", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const consents = yield* Consents.Consents
      const registration = yield* Registration.Registration
      const { id } = yield* consents.record(given())
      const done = yield* command("k1", [head], { consent: id })
      const receipt = yield* registration.register(done)
      const strangers = { kind: "citizen", id: "phone-joko" } as const
      const foreign = yield* Effect.flip(consents.end({ consent: id, actor: strangers }))
      assert.strictEqual(foreign._tag, "NotAllowed")

      const ended = yield* consents.end({ consent: id, actor: elder })
      assert.deepStrictEqual(yield* consents.end({ consent: id, actor: elder }), ended)
      const order = yield* command("k2", [spouse], { consent: id })
      const refusal = yield* Effect.flip(registration.register(order))
      assert.instanceOf(refusal, Permission.NotAllowed)
      assert.strictEqual(yield* count, 1)
      assert.deepStrictEqual(yield* told, ["consent-recorded", "consent-used", "consent-ended"])
      // what was done under it stands, also for who asks again
      assert.strictEqual((yield* registration.register(done)).registration, receipt.registration)
    }).pipe(Effect.provide(layer))
  )

  it.effect("is done wholly before the consent ended, or not at all", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const consents = yield* Consents.Consents
      const registration = yield* Registration.Registration
      const audit = yield* Audit.Audit
      const heads = [10, 11, 12, 13, 14, 15].flatMap((number) => Office.family(number).slice(0, 1))
      const [first, ...others] = heads.map(subject)
      const { id } = yield* consents.record(given({ people: [first ?? subject(head), ...others] }))
      const orders = yield* Effect.forEach(heads, (cells, i) => command(`k${i}`, [cells], { consent: id }))
      const all = orders.map((order) => Effect.result(registration.register(order)))
      const ended = Effect.andThen(Effect.yieldNow, Effect.asVoid(consents.end({ consent: id, actor: elder })))
      const [results] = yield* Effect.all([Effect.all(all, { concurrency: "unbounded" }), ended], {
        concurrency: "unbounded"
      })
      const done = results.filter(Result.isSuccess).length
      assert.strictEqual(yield* count, done)
      const actions = (yield* audit.verify(id)).entries.map((it) => it.action)
      assert.strictEqual(actions.at(-1), "consent-ended")
      assert.strictEqual(actions.filter((it) => it === "consent-used").length, done)
      assert.strictEqual((yield* consents.of(elder, "giver"))[0]?.value.uses, done)
    }).pipe(Effect.provide(layer))
  )

  it.effect("records a consent once a key, and not a faulty one", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const consents = yield* Consents.Consents
      const first = yield* consents.record(given())
      yield* TestClock.adjust("1 hour")
      assert.strictEqual((yield* consents.record(given())).id, first.id)
      const reused = yield* Effect.flip(consents.record(given({ helperName: "Joko" })))
      assert.strictEqual(reused._tag, "ConsentKeyReused")
      const self = yield* Effect.flip(consents.record(given({ key: "c2", actor: helper })))
      assert.strictEqual(self._tag, "NotAllowed")
      const faulty = yield* Effect.flip(consents.record(given({ key: "c3", until: start })))
      assert.strictEqual(faulty._tag === "ConsentFaulty" ? faulty.faults[0] : "", "EndsBeforeItBegins")
      assert.strictEqual((yield* consents.of(helper, "helper")).length, 1)
    }).pipe(Effect.provide(layer))
  )
})
