import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Corrections } from "@kis/core/complaint"
import { Participant } from "@kis/core/deduplication"
import { FamilyCardNumber, Nik, PhoneNumber } from "@kis/core/identity"
import { Household } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Correction, PendingIdentity, Registration } from "@kis/core/registration"
import { type Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const officer = { kind: "officer", id: "417" } as const
const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)
const other = PhoneNumber.PhoneNumber.make("+6281377778888")

const layerOf = (rehearsed: boolean) =>
  Layer.mergeAll(Corrections.layer(), Verification.layer()).pipe(
    Layer.provideMerge(rehearsed ? Office.layerRehearsed : Office.layer),
    Layer.fresh
  )

/** A couple at the counter; the first of them. */
const registered = Effect.fnUntraced(function* (number: number, isKnown: boolean, over: Office.Cells = {}) {
  yield* TestClock.setTime(start)
  const cells = Office.family(number, [over])
  for (const cell of Office.family(number)) {
    if (isKnown) Office.knownToPopulationRegister(cell)
    else Office.residents.delete(cell.nik ?? "")
  }
  const registration = yield* Registration.Registration
  const { outcomes } = yield* registration.register(yield* Office.command(`c-${number}`, cells))
  const [first] = outcomes
  if (first?._tag !== "Registered") return yield* Effect.die(new Error("The head was not registered"))
  return yield* read(first.participant)
})

const read = (id: Id.Id) =>
  Effect.flatMap(Storage.Storage, (storage) => Effect.map(storage.get(Participant.aggregate, id), Option.getOrThrow))

const correct = (of: Partial<Corrections.Correcting> & Pick<Corrections.Correcting, "participant" | "changes">) =>
  Effect.flatMap(Corrections.Corrections, (it) => it.correct({ key: "k1", actor: officer, version: 1, ...of }))

const tags = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error._tag)

const told = (to: PhoneNumber.PhoneNumber) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const { rows } = yield* storage.snapshot(storage.scanKey(Message.aggregate, "to", to, { limit: 100 }))
    return rows.map(({ value }) => value.template).filter((it) => it === "person-corrected").length
  })

describe.each([
  ["once", layerOf(false)],
  ["twice", layerOf(true)]
])("Corrections, every unit run %s", (_, layer) => {
  it.effect("put data right, keep what stood there, and tell the old phone and the new one", () =>
    Effect.gen(function* () {
      const { id, value: before } = yield* registered(81, true)
      const changes = {
        motherName: "Sri Wahyuni",
        phone: other,
        familyCard: FamilyCardNumber.FamilyCardNumber.make("9971010101209999"),
        // confirmed, and not changed by being said again
        name: before.person.name
      }
      const done = yield* correct({ participant: id, changes })
      assert.deepStrictEqual(yield* correct({ participant: id, changes }), done)
      const { value: after, version } = yield* read(id)
      assert.strictEqual(version, 2)
      assert.deepStrictEqual(after, {
        ...before,
        person: { ...before.person, motherName: changes.motherName, phone: other },
        familyCard: changes.familyCard
      })
      assert.deepStrictEqual(done.value.before, {
        motherName: before.person.motherName,
        phone: before.person.phone,
        familyCard: before.familyCard
      } as Correction.Changes)
      assert.deepStrictEqual([yield* told(Office.phoneOf(81)), yield* told(other)], [1, 1])
      const { entries, findings } = yield* (yield* Audit.Audit).verify(id)
      assert.deepStrictEqual(findings, [])
      assert.deepStrictEqual(
        entries.map((it) => [it.actor, it.action]),
        [
          ["officer:417", "register"],
          ["officer:417", "correct-person"]
        ]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("take a phone off that is somebody else's", () =>
    Effect.gen(function* () {
      const { id, value: before } = yield* registered(82, true)
      yield* correct({ participant: id, changes: { phone: null } })
      const { value } = yield* read(id)
      assert.notProperty(value.person, "phone")
      const { phone: _, ...person } = before.person
      assert.deepStrictEqual(value.person, person)
      assert.strictEqual(yield* told(Office.phoneOf(82)), 1)
      const again = correct({ participant: id, version: 2, key: "k2", changes: { phone: null } })
      assert.strictEqual(yield* tags(again), "NothingToCorrect")
    }).pipe(Effect.provide(layer))
  )

  it.effect("have whoever waits for the civil register asked about again, with the right name", () =>
    Effect.gen(function* () {
      const [head = {}] = Office.family(83)
      const { id, value } = yield* registered(83, true, { name: "Agus Salah Ketik" })
      assert.strictEqual(value.identity, "pending")
      const verification = yield* Verification.Verification
      assert.deepInclude(yield* verification.verifyDue, { denied: 1, confirmed: 0 })
      assert.deepInclude(yield* verification.verifyDue, { denied: 0, confirmed: 0 })
      const storage = yield* Storage.Storage
      const waiting = yield* storage.findBy(PendingIdentity.aggregate, "participant", id)
      assert.isAbove(Option.getOrThrow(waiting).value.dueAt, start)

      const { version } = yield* read(id)
      yield* correct({ participant: id, version, changes: { name: head.name ?? "" } })
      assert.deepInclude(yield* verification.verifyDue, { denied: 0, confirmed: 1 })
      assert.strictEqual((yield* read(id)).value.identity, "verified")
    }).pipe(Effect.provide(layer))
  )

  it.effect("tell the household of a NIK that somebody has got, and of the right birth date", () =>
    Effect.gen(function* () {
      const { id, value } = yield* registered(87, false)
      const storage = yield* Storage.Storage
      const facts = { hasNik: false, birthDate: value.person.birthDate, deceased: false }
      const household = yield* storage.transaction(
        storage.insert(Household.aggregate, {
          revision: 0,
          office: "0903",
          members: [{ ref: id, relation: "head", facts }]
        })
      )
      const nik = Nik.Nik.make("9971010304859871")
      yield* correct({ participant: id, changes: { nik, birthDate: PlainDate.make("1985-04-04") } })
      const after = Option.getOrThrow(yield* storage.get(Household.aggregate, household))
      assert.deepStrictEqual(after.value.members[0]?.facts, {
        ...facts,
        hasNik: true,
        birthDate: PlainDate.make("1985-04-04")
      })
    }).pipe(Effect.provide(layer))
  )

  it.effect("refuse with a name, and write nothing", () =>
    Effect.gen(function* () {
      const { id, value: before } = yield* registered(84, true)
      const neighbour = yield* registered(85, false)
      const changes = { motherName: "Sri Wahyuni" }
      const nobody = neighbour.id.replace(/.$/, (last) => (last === "0" ? "1" : "0")) as Id.Id
      assert.strictEqual(yield* tags(correct({ participant: nobody, changes })), "ParticipantNotFound")
      assert.strictEqual(yield* tags(correct({ participant: id, version: 2, changes })), "ParticipantStale")
      const citizen = { kind: "citizen", id: "agus" } as const
      assert.strictEqual(yield* tags(correct({ participant: id, actor: citizen, changes })), "NotAllowed")
      const confirmed = yield* Effect.flip(
        correct({ participant: id, changes: { ...changes, sex: "female", birthDate: PlainDate.make("1985-04-04") } })
      )
      assert.deepInclude(confirmed, { _tag: "AtCivilRegister", fields: ["birthDate", "sex"] })
      const { nik } = before.person
      assert.isDefined(nik)
      const taken = correct({ participant: neighbour.id, changes: { nik: nik! } })
      assert.strictEqual(yield* tags(taken), "NikTaken")
      assert.deepStrictEqual((yield* read(id)).value, before)

      yield* correct({ participant: id, changes })
      const reused = correct({ participant: id, version: 2, changes: { motherName: "Aminah" } })
      assert.strictEqual(yield* tags(reused), "CorrectionKeyReused")
    }).pipe(Effect.provide(layer))
  )

  it.effect("two at once with one key are one", () =>
    Effect.gen(function* () {
      const { id } = yield* registered(86, true)
      const order = correct({ participant: id, changes: { motherName: "Sri Wahyuni" } })
      const [one, two] = yield* Effect.all([order, order], { concurrency: "unbounded" })
      assert.strictEqual(one.id, two.id)
      const storage = yield* Storage.Storage
      const { rows } = yield* storage.snapshot(storage.scanKey(Correction.aggregate, "participant", id, { limit: 9 }))
      assert.strictEqual(rows.length, 1)
    }).pipe(Effect.provide(layer))
  )
})
