import { assert, describe, it } from "@effect/vitest"
import { BrokenGlass, Permission, Readings, Shift } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Participant } from "@kis/core/deduplication"
import { PhoneNumber } from "@kis/core/identity"
import { Message } from "@kis/core/messaging"
import { Register } from "@kis/core/registration"
import { type Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Office from "../registration/Office.ts"

const officer = { kind: "officer", id: "417" } as const
const elsewhere = { kind: "officer", id: "990" } as const
const supervisor = { kind: "supervisor", id: "12" } as const
const citizenPhone = PhoneNumber.PhoneNumber.make("+6281298765432")
const supervisorPhone = PhoneNumber.PhoneNumber.make("+6281211112222")

const offices: Record<string, ReadonlyArray<string>> = { "417": ["0903"], "990": ["0904"], "12": ["0903"] }
const mandates = Layer.succeed(Permission.Mandates, {
  of: (actor) => Effect.succeed({ offices: offices[actor.id] ?? [], employers: [] })
})

const layer = Register.layer({ readings: { supervisorOf: () => supervisorPhone } }).pipe(
  Layer.provideMerge(Office.layerStore),
  Layer.provideMerge(mandates),
  Layer.fresh
)

const person: Participant.Participant = {
  person: {
    name: "Siti Aminah",
    birthDate: PlainDate.make("1949-02-11"),
    sex: "female",
    citizenship: "WNI",
    relation: "head",
    maritalStatus: "widowed"
  },
  reference: "k1:1",
  registeredOn: Office.today,
  identity: "pending"
}

const registered = Effect.flatMap(Storage.Storage, (storage) =>
  storage.transaction(storage.insert(Participant.aggregate, person))
)

const reading = (shift: Id.Id, id: Id.Id, actor: Readings.Reading<unknown>["actor"] = officer) => ({
  shift,
  actor,
  aggregate: Participant.aggregate,
  id,
  reason: "counter-visit",
  row: () => ({ office: "0903" })
})

const linesOf = (subject: Id.Id) =>
  Effect.gen(function* () {
    const { entries, findings } = yield* (yield* Audit.Audit).verify(subject)
    assert.deepStrictEqual(findings, [])
    return entries.map((it) => [it.action, it.reason, it.refs?.[0]?.aggregate])
  })

const toldTo = (phone: PhoneNumber.PhoneNumber) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const { rows } = yield* storage.snapshot(storage.scanKey(Message.aggregate, "to", phone, { limit: 100 }))
    return rows.map((it) => it.value.template)
  })

describe("Readings", () => {
  it.effect("leave a line each in the chain of the shift, refused ones too", () =>
    Effect.gen(function* () {
      const readings = yield* Readings.Readings
      const id = yield* registered
      const shift = yield* readings.begin({ key: "s1", actor: officer, office: "0903" })
      assert.strictEqual(yield* readings.begin({ key: "s1", actor: officer, office: "0903" }), shift)
      assert.deepStrictEqual((yield* readings.read(reading(shift, id))).value, person)
      const other = { ...reading(shift, id), row: () => ({ office: "0904" }) }
      assert.deepInclude(yield* Effect.flip(readings.read(other)), { _tag: "NotAllowed", reasons: ["OutsideArea"] })
      assert.deepStrictEqual(yield* linesOf(shift), [
        ["begin-shift", undefined, "shift"],
        ["read", "counter-visit", "participant"],
        ["read-refused", "counter-visit", "participant"]
      ])
    }).pipe(Effect.provide(layer))
  )

  it.effect("give nothing outside an open shift of one's own", () =>
    Effect.gen(function* () {
      const readings = yield* Readings.Readings
      const id = yield* registered
      const shift = yield* readings.begin({ key: "s1", actor: officer, office: "0903" })
      const read = (actor: Readings.Reading<unknown>["actor"]) => Effect.flip(readings.read(reading(shift, id, actor)))
      assert.instanceOf(yield* read(supervisor), Shift.ShiftNotOpen)
      yield* readings.end({ shift, actor: officer })
      assert.instanceOf(yield* read(officer), Shift.ShiftNotOpen)
      const citizen = { kind: "citizen", id: "siti" } as const
      const begun = yield* Effect.flip(readings.begin({ key: "s2", actor: citizen, office: "0903" }))
      assert.deepInclude(begun, { _tag: "NotAllowed", reasons: ["NotForThisActor"] })
    }).pipe(Effect.provide(layer))
  )

  it.effect("outside the area are loud: told to citizen and supervisor, and open until reviewed by another", () =>
    Effect.gen(function* () {
      const readings = yield* Readings.Readings
      const id = yield* registered
      const shift = yield* readings.begin({ key: "s1", actor: elsewhere, office: "0904" })
      assert.strictEqual((yield* Effect.flip(readings.read(reading(shift, id, elsewhere))))._tag, "NotAllowed")
      const emergency = {
        shift,
        key: "e1",
        actor: elsewhere,
        aggregate: Participant.aggregate,
        id,
        ground: "emergency-care",
        office: "0903",
        citizen: () => ({ phone: citizenPhone, language: "id" }) as const
      } as const
      const opened = yield* readings.breakGlass(emergency)
      assert.deepStrictEqual(opened.record.value, person)
      // a lost answer: one review, one message each, and a line for each look
      assert.strictEqual((yield* readings.breakGlass(emergency)).review, opened.review)
      assert.deepStrictEqual(yield* toldTo(citizenPhone), ["record-opened"])
      assert.deepStrictEqual(yield* toldTo(supervisorPhone), ["glass-broken"])
      assert.deepStrictEqual(
        (yield* linesOf(shift)).map(([action]) => action),
        ["begin-shift", "read-refused", "break-glass", "read"]
      )
      assert.deepStrictEqual(
        (yield* readings.toReview("0903", { limit: 10 })).rows.map((it) => it.id),
        [opened.review]
      )

      const { review } = opened
      const judge = (actor: Readings.Reading<unknown>["actor"], found: "justified" | "unjustified" = "justified") =>
        readings.review({ review, actor, found })
      assert.deepInclude(yield* Effect.flip(judge(officer)), { reasons: ["NotForThisActor"] })
      assert.deepInclude(yield* Effect.flip(judge({ kind: "supervisor", id: "990" })), { reasons: ["OutsideArea"] })
      const closed = yield* judge(supervisor, "unjustified")
      assert.deepStrictEqual([closed.value.state, closed.value.review?.by], ["unjustified", supervisor])
      assert.deepStrictEqual((yield* judge(supervisor)).value, closed.value)
      assert.deepStrictEqual((yield* readings.toReview("0903", { limit: 10 })).rows, [])
    }).pipe(Effect.provide(layer))
  )

  it.effect("are reviewed by nobody who read", () =>
    Effect.gen(function* () {
      const readings = yield* Readings.Readings
      const storage = yield* Storage.Storage
      const about = yield* registered
      const review = yield* storage.transaction(
        storage.insert(BrokenGlass.aggregate, {
          command: "e1",
          reader: { kind: "officer", id: supervisor.id },
          shift: about,
          aggregate: "participant",
          about,
          ground: "disaster",
          office: "0903",
          openedAt: 0,
          state: "open"
        })
      )
      const refused = yield* Effect.flip(readings.review({ review, actor: supervisor, found: "justified" }))
      assert.deepInclude(refused, { reasons: ["OwnDeed"] })
    }).pipe(Effect.provide(layer))
  )
})
