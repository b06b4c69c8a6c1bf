import { assert, describe, it } from "@effect/vitest"
import { FirstPayments, Households } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { Household, Life, Membership } from "@kis/core/membership"
import { RegistrationRecord } from "@kis/core/registration"
import { CareStatus } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const layerOn = (office: typeof Office.layer) =>
  Layer.mergeAll(Households.layer, Life.layer()).pipe(
    Layer.provideMerge(CareStatus.layerMemory),
    Layer.provideMerge(office)
  )

const layer = layerOn(Office.layer)

const registrations = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(RegistrationRecord.aggregate, "id", {}, { limit: 100 }))
  return page.rows
})

const households = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(Household.aggregate, "id", {}, { limit: 100 }))
  return page.rows
})

/** Registers rows as one application and gathers its household. */
const gathered = Effect.fnUntraced(function* (name: string, cells: ReadonlyArray<Office.Cells>) {
  const service = yield* Households.Households
  yield* Office.importing(name, cells)
  const [last] = (yield* registrations).slice(-1)
  return last === undefined ? Option.none() : yield* service.gather(last.id)
})

const child = (over: Office.Cells = {}): Office.Cells => {
  const [head] = Office.family(61)
  return {
    household: "H61",
    family_card: head?.family_card ?? "",
    citizenship: "WNI",
    district: "367105",
    relation: "child",
    name: "Bima Santoso",
    nik: "9971011505200991",
    sex: "L",
    birth_date: "2020-05-15",
    mother_name: "Dewi Wibowo",
    occupation: "none",
    marital_status: "belum kawin",
    studies: "tidak",
    pbi_decree: "tidak",
    local_scheme: "tidak",
    class: "3",
    ...over
  }
}

describe("Households", () => {
  it.effect("are made of everybody on the card, ready for what happens in life", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const id = yield* gathered("family", Office.family(61))
      const [household] = yield* households
      assert.deepStrictEqual(id, Option.some(household?.id))
      assert.deepInclude(household?.value, { office: "0903", phone: Office.phoneOf(61), wardClass: 3 })
      assert.deepStrictEqual(
        household?.value.members.map(({ facts, relation }) => [relation, facts.occupation]),
        [
          ["head", "own-account"],
          ["spouse", "none"]
        ]
      )
      if (household === undefined) return assert.fail("no household")
      const family = yield* life.family(household.id)
      assert.isTrue(family.members.every((it) => it.membership?.state === "PENDING_VERIFICATION"))
      const [head] = family.members
      const event = { _tag: "Death", of: head!.ref, diedOn: PlainDate.make("2026-11-20") } as const
      const preview = yield* life.preview({
        actor: { kind: "officer", id: "417" },
        household: household.id,
        event,
        on: Office.today
      })
      assert.isNotEmpty(preview.plan.changes)
      const audit = yield* Audit.Audit
      const { entries, findings } = yield* audit.verify(household.id)
      assert.deepStrictEqual(findings, [])
      assert.deepStrictEqual(
        entries.map((it) => it.action),
        ["enrol-household"]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("take in who comes later on the same card, and skip who is covered elsewhere", () =>
    Effect.gen(function* () {
      const [head = {}, spouse = {}] = Office.family(61)
      const first = yield* gathered("alone", [head])
      // the head is on the register already: skipped there, and who says where the others belong
      const later = yield* gathered("later", [head, spouse, child()])
      assert.deepStrictEqual(later, first)
      assert.deepStrictEqual(
        (yield* households).map((it) => it.value.members.map(({ relation }) => relation)),
        [["head", "spouse", "child"]]
      )
      // another card is another household
      const other = yield* gathered("other", Office.family(62))
      assert.notDeepEqual(other, first)
      assert.strictEqual((yield* households).length, 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("change nothing when they are gathered again, also side by side", () =>
    Effect.gen(function* () {
      const service = yield* Households.Households
      yield* Office.importing("many", [...Office.family(63), ...Office.family(64), ...Office.family(65)])
      const days = { from: Office.today, to: Office.today }
      const counts = yield* Effect.all(
        Array.from({ length: 5 }, () => service.gatherAll(days)),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(counts, [3, 3, 3, 3, 3])
      const rows = yield* households
      assert.strictEqual(rows.length, 3)
      assert.isTrue(rows.every((row) => row.version === 1 && row.value.members.length === 2))
      assert.strictEqual(
        yield* service.gatherAll({ from: PlainDate.make("2026-11-25"), to: PlainDate.make("2026-12-25") }),
        0
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("keep the money that came before them", () =>
    Effect.gen(function* () {
      const payments = yield* FirstPayments.FirstPayments
      const storage = yield* Storage.Storage
      const life = yield* Life.Life
      yield* TestClock.setTime(PlainDate.toEpochMillis(Office.today, "WIB", 480))
      const cells = Office.family(66)
      for (const cell of cells) Office.knownToPopulationRegister(cell)
      yield* Office.importing("paid", cells)
      const page = yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 10 }))
      const pay = (i: number) =>
        payments.receive({
          card: page.rows[i]!.value.card!,
          reference: `p${i}`,
          amount: 35_000,
          on: PlainDate.make("2026-12-10"),
          actor: { kind: "system", id: "bank-1" }
        })
      yield* pay(0)
      const service = yield* Households.Households
      const [record] = yield* registrations
      const id = yield* Effect.flatMap(service.gather(record!.id), Effect.fromOption)
      yield* pay(1)
      const family = yield* life.family(id)
      assert.deepStrictEqual(
        family.members.map((it) => [it.membership?.state, it.account?.entries.map((entry) => entry._tag)]),
        [
          ["ACTIVE", ["Paid", "Billed"]],
          ["ACTIVE", ["Paid", "Billed"]]
        ]
      )
    }).pipe(Effect.provide(layerOn(Office.layerRehearsed)))
  )
})
