/** Registering somebody who is on the register already: who is told so, and who is not. */
import { assert, describe, it } from "@effect/vitest"
import { Consents, Permission } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { DuplicateCase } from "@kis/core/deduplication"
import { Nik } from "@kis/core/identity"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { type Command, Outcome, Registration, RegistrationRecord } from "@kis/core/registration"
import { Clock } from "@kis/core/sla"
import { type Aggregate, Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as fc from "fast-check"
import * as Office from "./Office.ts"

const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)

const mandates = Layer.succeed(Permission.Mandates, {
  of: ({ id }) => Effect.succeed({ offices: [id === "900" ? "0904" : "0903"], employers: "every" } as const)
})

const actors = {
  siti: { kind: "citizen", id: "siti" },
  joko: { kind: "citizen", id: "joko" },
  cadre: { kind: "proxy", id: "cadre-7" },
  otherCadre: { kind: "proxy", id: "cadre-8" },
  acme: { kind: "employer", id: "acme" },
  otherEmployer: { kind: "employer", id: "beta" },
  officer: { kind: "officer", id: "417" },
  farOfficer: { kind: "officer", id: "900" },
  village: { kind: "local-government", id: "367105" },
  job: { kind: "system", id: "import" }
} as const

type Who = keyof typeof actors

const [head = {}] = Office.family(3)
const phone = Office.phoneOf(3)
const elsewhere = "081311112222"

/** The same person, applied for with another phone. */
const again: Office.Cells = { ...head, phone: elsewhere }

const subject = {
  name: head.name ?? "",
  birthDate: PlainDate.make(head.birth_date ?? ""),
  nik: Nik.Nik.make(head.nik ?? "")
}

const consentOf = Effect.fnUntraced(function* (who: "cadre" | "otherCadre", of: Partial<Consents.Recording> = {}) {
  const consents = yield* Consents.Consents
  const { id } = yield* consents.record({
    key: `consent ${who}`,
    actor: actors.officer,
    people: [subject],
    giver: actors.siti,
    helper: actors[who],
    helperName: "Rina",
    office: "0903",
    purposes: ["register"],
    data: ["identity", "family", "contact"],
    from: start,
    until: start + 1e9,
    how: "spoken",
    language: "id",
    notice: "2026-1",
    ...of
  })
  return id
})

const send = Effect.fnUntraced(function* (
  who: Who,
  key: string,
  cells: Office.Cells,
  over: Partial<Command.Command> = {}
) {
  const registration = yield* Registration.Registration
  const order = yield* Office.command(key, [cells])
  const consent = who === "cadre" || who === "otherCadre" ? { consent: yield* consentOf(who) } : {}
  const office = who === "farOfficer" ? "0904" : "0903"
  return yield* registration.register({ ...order, actor: actors[who], office, ...consent, ...over })
})

const messages = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const { rows } = yield* storage.snapshot(storage.scan(Message.aggregate, "id", {}, { limit: 1000 }))
  return rows.map(({ value }) => ({ to: value.to, template: value.template, value }))
})

const alarms = Effect.map(messages, (all) => all.filter(({ template }) => template === "registered-again"))

describe.each([
  ["once", Office.layer],
  ["twice", Office.layerRehearsed]
])("Somebody who is on the register, every unit run %s", (_, office) => {
  const layer = Layer.provideMerge(office, mandates)

  const entitled: ReadonlyArray<readonly [Who, Who]> = [
    ["siti", "siti"],
    ["siti", "officer"],
    ["siti", "village"],
    ["siti", "job"],
    ["cadre", "cadre"],
    // it is her own consent
    ["cadre", "siti"],
    ["acme", "acme"],
    ["officer", "officer"],
    ["farOfficer", "farOfficer"],
    ["farOfficer", "job"]
  ]
  it.effect.each(entitled)("whom %s registered, %s is told of, with the registration", ([first, later]) =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const won = yield* send(first, "k1", head)
      const receipt = yield* send(later, "k2", again)
      const [outcome] = receipt.outcomes
      assert.deepInclude(outcome, { _tag: "Already", registration: won.registration })
      assert.notStrictEqual(receipt.registration, won.registration)
      assert.deepStrictEqual(yield* alarms, [])
    }).pipe(Effect.provide(layer))
  )

  const strangers: ReadonlyArray<readonly [Who, Who]> = [
    ["siti", "joko"],
    ["siti", "cadre"],
    ["siti", "acme"],
    ["siti", "farOfficer"],
    ["cadre", "otherCadre"],
    ["cadre", "joko"],
    ["acme", "otherEmployer"],
    ["acme", "siti"],
    ["officer", "siti"],
    ["officer", "farOfficer"],
    ["farOfficer", "officer"],
    ["farOfficer", "village"]
  ]
  it.effect.each(strangers)("whom %s registered, %s is not told of, and the holder hears of it", ([first, later]) =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const won = yield* send(first, "k1", head)
      const receipt = yield* send(later, "k2", again)
      assert.deepStrictEqual(receipt.outcomes, [{ _tag: "Received", line: 2 }])
      assert.notStrictEqual(receipt.registration, won.registration)
      // nor when the answer was lost and is asked for again
      assert.deepStrictEqual((yield* send(later, "k2", again)).outcomes, receipt.outcomes)
      const [alarm, ...more] = yield* alarms
      assert.deepStrictEqual(more, [])
      assert.strictEqual(alarm?.to, phone)
      assert.strictEqual(alarm?.value.arguments["reference"], RegistrationRecord.numberOf(won.registration))
      // what was sent is kept, and the office sees whom it names
      const storage = yield* Storage.Storage
      const record = Option.getOrThrow(yield* storage.get(RegistrationRecord.aggregate, receipt.registration))
      assert.deepInclude(record.value.outcomes[0], { _tag: "Already", registration: won.registration, stranger: true })
    }).pipe(Effect.provide(layer))
  )

  it.effect.each(["joko", "otherCadre", "acme"] as const)(
    "%s cannot tell a NIK that is known from one that is not",
    (who) =>
      Effect.gen(function* () {
        yield* TestClock.setTime(start)
        yield* send("siti", "k1", head)
        const fresh = Office.family(5)[0] ?? {}
        const people = [again, fresh, { ...fresh, nik: head.nik ?? "" }].map((cells) => ({
          name: cells.name ?? "",
          birthDate: PlainDate.make(cells.birth_date ?? ""),
          nik: Nik.Nik.make(cells.nik ?? "")
        }))
        if (who === "otherCadre") {
          const [one = subject, ...more] = people
          yield* consentOf(who, { people: [one, ...more] })
        }
        const registration = yield* Registration.Registration
        const answer = Effect.fnUntraced(function* (key: string, cells: ReadonlyArray<Office.Cells>) {
          const storage = yield* Storage.Storage
          const order = yield* Office.command(key, cells)
          const consent =
            who === "otherCadre"
              ? yield* Effect.map(Consents.Consents, (it) => it.of(actors[who], "helper")).pipe(Effect.flatten)
              : []
          const receipt = yield* registration.register({
            ...order,
            actor: actors[who],
            ...(consent[0] === undefined ? {} : { consent: consent[0].id })
          })
          const { value } = Option.getOrThrow(yield* storage.get(RegistrationRecord.aggregate, receipt.registration))
          return [value.outcomes.map((it) => it._tag), { ...receipt, registration: "its own" }] as const
        })
        // a line twice, so that what is said of the second does not tell of the first
        const [known, ofKnown] = yield* answer("k2", [again, again])
        const [other, ofOther] = yield* answer("k3", [
          { ...fresh, nik: head.nik ?? "" },
          { ...fresh, nik: head.nik ?? "" }
        ])
        const [free, ofFree] = yield* answer("k4", [fresh, fresh])
        assert.deepStrictEqual(
          [known, other, free],
          [
            ["Already", "Already"],
            ["Held", "Held"],
            ["Registered", "Already"]
          ]
        )
        assert.deepStrictEqual(ofKnown, ofFree)
        assert.deepStrictEqual(ofOther, ofFree)
        // what an officer looks at is not told to the phone of who sent it either
        assert.notInclude(
          (yield* messages).map(({ template }) => template),
          "held-for-review"
        )
        assert.include(
          (yield* messages).map(({ template }) => template),
          "application-received"
        )
      }).pipe(Effect.provide(layer))
  )

  it.effect("is told of strangers once a day, and of other persons on the own NIK", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      yield* send("siti", "k1", head)
      for (let i = 0; i < 5; i++) yield* send("joko", `again ${i}`, again)
      assert.strictEqual((yield* alarms).length, 1)
      yield* send("joko", "tomorrow", again, { on: PlainDate.addDays(Office.today, 1) })
      assert.strictEqual((yield* alarms).length, 2)
      const other = { ...Office.family(5)[0], nik: head.nik ?? "" }
      yield* send("joko", "other", other, { on: PlainDate.addDays(Office.today, 2) })
      assert.deepStrictEqual(
        (yield* alarms).map(({ to }) => to),
        [phone, phone, phone]
      )
      // a resemblance without the number names nobody
      const { nik: _nik, ...unsure } = head
      const near = { ...unsure, nik: "9971010304850999", birth_date: "1985-03-04", phone: elsewhere }
      const receipt = yield* send("joko", "near", near, { on: PlainDate.addDays(Office.today, 3) })
      assert.deepStrictEqual(receipt.outcomes, [{ _tag: "Received", line: 2 }])
      assert.strictEqual((yield* alarms).length, 3)
    }).pipe(Effect.provide(layer))
  )

  it.effect("is one question to an officer, however many strangers name the own NIK for somebody else", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      yield* send("siti", "k1", head)
      const storage = yield* Storage.Storage
      const rows = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
        Effect.map(storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 })), (page) => page.rows)
      const wrong = { ...Office.family(5)[0], nik: head.nik ?? "" }
      const before = (yield* rows(Clock.aggregate)).length
      for (let i = 0; i < 5; i++) yield* send(i % 2 === 0 ? "joko" : "acme", `wrong ${i}`, wrong)
      // side by side, two lines each, and the last again
      const registration = yield* Registration.Registration
      const orders = yield* Effect.forEach(["a", "b", "c"], (key) => Office.command(key, [wrong, wrong]))
      const stranger = orders.map((order) => ({ ...order, actor: actors.joko }))
      yield* Effect.forEach(stranger, registration.register, { concurrency: "unbounded" })
      yield* registration.registerMany(stranger)
      const [first, ...others] = yield* rows(DuplicateCase.aggregate)
      assert.deepStrictEqual(others, [])
      assert.deepInclude(first?.value, { state: "open", kind: "two-persons", attempts: 11 })
      assert.strictEqual((yield* rows(Clock.aggregate)).length, before + 1)
      const audit = yield* Audit.Audit
      if (first === undefined) return assert.fail("no case")
      const { entries, findings } = yield* audit.verify(first.id)
      assert.deepStrictEqual([entries.length, findings], [11, []])
      // each keeps what was sent, and points to the case
      const held = (yield* rows(RegistrationRecord.aggregate)).flatMap(({ value }) => value.outcomes)
      assert.strictEqual(held.filter((it) => it._tag === "Held" && it.case === first.id).length, 11)
      // an officer's own finding is a case of its own
      yield* send("officer", "counter", wrong)
      assert.strictEqual((yield* rows(DuplicateCase.aggregate)).length, 2)
      // a decided case is not opened again: the next attempt is another question
      yield* storage.transaction(
        storage.update(DuplicateCase.aggregate, first, { ...first.value, state: "two-persons" })
      )
      yield* send("joko", "later", wrong)
      const all = yield* rows(DuplicateCase.aggregate)
      assert.deepStrictEqual(
        all.map(({ value }) => [value.state, value.attempts]),
        [
          ["two-persons", 11],
          ["open", undefined],
          ["open", 1]
        ]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("without a phone is told on the family's, and without any on none", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const [man = {}, wife = {}] = Office.family(7, [{ phone: "" }, { phone: "081210000007" }])
      const registration = yield* Registration.Registration
      yield* registration.register({ ...(yield* Office.command("k1", [man, wife])), actor: actors.siti })
      yield* send("joko", "k2", { ...man, phone: elsewhere })
      assert.deepStrictEqual(
        (yield* alarms).map(({ to }) => to),
        [Office.phoneOf(7)]
      )
      const [silent = {}] = Office.family(9)
      yield* send("siti", "k3", { ...silent, phone: "" })
      const receipt = yield* send("joko", "k4", { ...silent, phone: elsewhere })
      assert.deepStrictEqual(receipt.outcomes, [{ _tag: "Received", line: 2 }])
      assert.strictEqual((yield* alarms).length, 1)
    }).pipe(Effect.provide(layer))
  )

  it.effect("is of the area that the membership is in now", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const storage = yield* Storage.Storage
      yield* send("officer", "k1", head)
      const [row] = (yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 1 }))).rows
      if (row === undefined) return assert.fail("nobody has a membership")
      yield* storage.transaction(storage.update(Membership.aggregate, row, { ...row.value, office: "0904" }))
      const tags = (who: Who) =>
        Effect.map(send(who, `again ${who}`, again), (receipt) => receipt.outcomes.map((it) => it._tag))
      assert.deepStrictEqual(yield* tags("officer"), ["Received"])
      assert.deepStrictEqual(yield* tags("farOfficer"), ["Already"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("without a phone in the family is told on the helper's", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const helped = { helper_name: "Rina", helper_phone: "081377778888", helper_consent: "2026-11-23" }
      yield* send("officer", "k1", { ...head, ...helped, phone: "" })
      yield* send("joko", "k2", again)
      assert.deepStrictEqual(
        (yield* alarms).map(({ to }) => to),
        ["+6281377778888"]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("is told once by two strangers of one call", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      yield* send("siti", "k1", head)
      const registration = yield* Registration.Registration
      const orders = yield* Effect.forEach(["a", "b", "c"], (key) => Office.command(key, [again, again]))
      const results = yield* registration.registerMany(orders.map((order) => ({ ...order, actor: actors.joko })))
      assert.strictEqual(results.filter(({ _tag }) => _tag === "Success").length, 3)
      assert.strictEqual((yield* alarms).length, 1)
    }).pipe(Effect.provide(layer))
  )
})

describe("What is told", () => {
  it("is of lines in the tally, all of them", () => {
    const line = { _tag: "Received", line: 2 } as const
    assert.deepStrictEqual(Outcome.count(Outcome.emptyTally, [line]), { ...Outcome.emptyTally, read: 1, review: 1 })
    assert.deepStrictEqual(Outcome.repeated(line), line)
  })

  it("is the same of every end, for who has no rows of others and did not register the person", () => {
    const id = fc.uuid().map((text) => Id.Id.make(text))
    const line = fc.constantFrom(1, 2, 3)
    const submitted = fc.dictionary(fc.string(), fc.string())
    const rest = { segment: "PBPU", decision: undefined as never, warnings: [] } as const
    const end: fc.Arbitrary<Outcome.Outcome> = fc.oneof(
      fc
        .record({ line, participant: id, state: fc.constantFrom("ACTIVE", "PENDING_VERIFICATION") })
        .map((it) => ({ ...it, ...rest, _tag: "Registered" }) as const),
      fc
        .record({ line, case: id, kind: fc.constantFrom("one-person", "two-persons"), submitted })
        .map((it) => ({ ...it, _tag: "Held" }) as const),
      fc
        .record({ line, participant: id, registration: id, submitted })
        .map((it) => ({ ...it, _tag: "Already", stranger: true }) as const),
      // a line that repeats another of its application
      fc.record({ line, participant: id, submitted }).map((it) => ({ ...it, _tag: "Already" }) as const)
    )
    fc.assert(
      fc.property(fc.constantFrom("citizen", "proxy", "employer"), end, end, (kind, one, other) => {
        const told = Outcome.toldTo({ kind }, one)
        assert.deepStrictEqual(told, Outcome.toldTo({ kind }, { ...other, line: one.line }))
        assert.deepStrictEqual(Object.keys(told).sort(), ["_tag", "line"])
      })
    )
  })

  it("keeps to whoever works on the rows of others", () => {
    const kinds = Object.keys(Permission.table) as ReadonlyArray<keyof typeof Permission.table>
    assert.deepStrictEqual(
      kinds.filter((kind) => Outcome.seesEnds({ kind })),
      ["officer", "supervisor", "local-government", "system"]
    )
  })
})
