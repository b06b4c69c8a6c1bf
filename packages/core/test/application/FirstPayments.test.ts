import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Account } from "@kis/core/contribution"
import { PhoneNumber } from "@kis/core/identity"
import { Household, Membership } from "@kis/core/membership"
import { Dispatch, MessageChannel } from "@kis/core/messaging"
import { FirstPayments, Reminder } from "@kis/core/application"
import { Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const phone = PhoneNumber.PhoneNumber.make("+6281210000051")
const cashier = { kind: "system", id: "bank-1" } as const

/** The class III contribution after the subsidy, rupiah. */
const first = 35_000

const day = PlainDate.make

const at = (on: string, minute = 8 * 60) => TestClock.setTime(PlainDate.toEpochMillis(day(on), "WIB", minute))

/** A couple with one phone that the population register knows: both wait for their first payment since 24 November. */
const couple = Effect.gen(function* () {
  yield* at(Office.today)
  const cells = Office.family(51)
  for (const cell of cells) Office.knownToPopulationRegister(cell)
  yield* Office.importing("couple", cells)
  return yield* memberships
})

const memberships = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 100 }))
  return page.rows
})

const states = Effect.map(memberships, (rows) => rows.map((row) => row.value.state))

const texts = Effect.gen(function* () {
  const dispatch = yield* Dispatch.Dispatch
  const phones = yield* MessageChannel.MemoryPhones
  yield* dispatch.dispatchDue
  return (yield* phones.received).filter((it) => it.to === phone).map((it) => it.text)
})

const run = Effect.flatMap(FirstPayments.FirstPayments, (it) => it.runDue)

const pay = (card: Membership.Membership["card"], over: Partial<FirstPayments.Payment> = {}) =>
  Effect.gen(function* () {
    const payments = yield* FirstPayments.FirstPayments
    assert.isDefined(card)
    const on = day("2026-12-10")
    return yield* payments.receive({ card, reference: "p1", amount: first, on, actor: cashier, ...over })
  })

const balance = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(Household.accounts, "id", {}, { limit: 100 }))
  const last = day("2027-12-31")
  return page.rows.map(({ value }) => {
    const { billed, credit, paid } = Account.statement(value.account, { appliesOn: last, knownOn: last })
    return { paid, billed, credit }
  })
})

const nothing = { reminded: 0, expired: 0, settled: 0, putOff: 0 }

describe("FirstPayments", () => {
  it.effect("remind once when the window opens, once before it closes, and expire on the day after", () =>
    Effect.gen(function* () {
      yield* couple
      const before = (yield* texts).length
      assert.deepStrictEqual(yield* run, nothing)
      // the fourteenth day, before and at eight in the morning
      yield* at("2026-12-08", 8 * 60 - 1)
      assert.deepStrictEqual(yield* run, nothing)
      yield* at("2026-12-08")
      assert.deepStrictEqual(yield* run, { ...nothing, reminded: 2 })
      assert.deepStrictEqual(yield* run, nothing)
      const opened = (yield* texts).slice(before)
      assert.strictEqual(opened.length, 1)
      assert.include(opened[0], "paling lambat 2026-12-24")

      yield* at("2026-12-21")
      assert.deepStrictEqual(yield* run, { ...nothing, reminded: 2 })
      // the thirtieth day is a day to pay on
      yield* at("2026-12-24", 23 * 60 + 59)
      assert.deepStrictEqual(yield* run, nothing)
      assert.deepStrictEqual(yield* states, ["AWAITING_FIRST_PAYMENT", "AWAITING_FIRST_PAYMENT"])
      yield* at("2026-12-25")
      assert.deepStrictEqual(yield* run, { ...nothing, expired: 2 })
      assert.deepStrictEqual(yield* run, nothing)
      assert.deepStrictEqual(yield* states, ["EXPIRED", "EXPIRED"])
      const told = (yield* texts).slice(before)
      assert.strictEqual(told.length, 3)
      assert.include(told[1], "hari terakhir 2026-12-24")
      assert.include(told[2], "pendaftaran berakhir")
      const audit = yield* Audit.Audit
      for (const { value } of yield* memberships) {
        const { entries, findings } = yield* audit.verify(value.participant)
        assert.deepStrictEqual(findings, [])
        assert.deepStrictEqual(
          entries.map((it) => it.action),
          ["register", "expire-first-payment"]
        )
      }
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("cover from the payment on, once, and remind no more", () =>
    Effect.gen(function* () {
      const [head, spouse] = yield* couple
      yield* at("2026-12-10")
      yield* run
      const before = (yield* texts).length
      const received = yield* pay(head?.value.card)
      assert.deepInclude(received, { _tag: "Activated", from: day("2026-12-10") })
      const [active] = yield* memberships
      assert.deepInclude(active?.value, { state: "ACTIVE", since: day("2026-12-10") })
      assert.isDefined(active?.value.account)
      // the same payment told again, and another one
      assert.deepStrictEqual(yield* pay(head?.value.card), { _tag: "Kept" })
      assert.deepStrictEqual(yield* balance, [{ paid: first, billed: first, credit: 0 }])
      yield* pay(head?.value.card, { reference: "p2", amount: 1_000 })
      assert.deepStrictEqual(yield* balance, [{ paid: first + 1_000, billed: first, credit: 1_000 }])
      const told = (yield* texts).slice(before)
      assert.strictEqual(told.length, 1)
      assert.include(told[0], "aktif sejak 2026-12-10")

      yield* at("2026-12-22")
      assert.deepStrictEqual(yield* run, { ...nothing, reminded: 1, settled: 1 })
      yield* at("2026-12-25")
      assert.deepStrictEqual(yield* run, { ...nothing, expired: 1 })
      assert.deepStrictEqual(yield* states, ["ACTIVE", "EXPIRED"])
      // too late: kept, and told so
      const late = yield* pay(spouse?.value.card, { reference: "p3", on: day("2026-12-26") })
      assert.deepInclude(late, { _tag: "Late", isPaidInTime: false })
      const inTime = yield* pay(spouse?.value.card, { reference: "p4", on: day("2026-12-24") })
      assert.deepInclude(inTime, { _tag: "Late" })
      assert.strictEqual((yield* balance)[1]?.credit, 2 * first)
      assert.deepStrictEqual(yield* states, ["ACTIVE", "EXPIRED"])
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("keep what is too little until the rest comes, and cover not before the window opens", () =>
    Effect.gen(function* () {
      const [head, spouse] = yield* couple
      const on = day("2026-11-30")
      yield* at(on)
      assert.deepStrictEqual(yield* pay(head?.value.card, { amount: 15_000, on }), { _tag: "Short", missing: 20_000 })
      assert.deepStrictEqual(yield* states, ["AWAITING_FIRST_PAYMENT", "AWAITING_FIRST_PAYMENT"])
      const rest = yield* pay(head?.value.card, { reference: "p2", amount: 20_000, on: day("2026-12-01") })
      assert.deepInclude(rest, { _tag: "Activated", from: day("2026-12-08") })
      assert.deepInclude(rest._tag === "Activated" ? rest.reasons.map((it) => it.code) : [], "FirstPaymentEarly")
      // paid on the last day, told by the bank after the expiry
      yield* at("2026-12-25")
      yield* run
      const told = yield* pay(spouse?.value.card, { reference: "p3", on: day("2026-12-24") })
      assert.deepInclude(told, { _tag: "Late", isPaidInTime: true })
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("are told of again after a transfer has given another account, and posted once all the same", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const [head] = yield* couple
      yield* at("2026-12-10")
      yield* pay(head?.value.card, { amount: 15_000 })
      const [paid] = yield* memberships
      if (paid === undefined) return assert.fail("nobody is there")
      const { account: _, ...transferred } = paid.value
      yield* storage.transaction(
        Effect.andThen(
          storage.update(Membership.aggregate, paid, { ...paid.value, state: "TRANSFERRED" }),
          storage.insert(Membership.aggregate, transferred)
        )
      )
      yield* pay(head?.value.card, { amount: 15_000 })
      const reused = yield* Effect.flip(pay(head?.value.card, { amount: 1 }))
      assert.deepInclude(reused, { _tag: "AccountError", problem: "ReferenceReused" })
      assert.deepStrictEqual(
        (yield* balance).map((it) => it.paid),
        [15_000]
      )
      // what is paid from now on goes to the account of now
      yield* pay(head?.value.card, { reference: "p2", amount: 20_000 })
      assert.deepStrictEqual(
        (yield* balance).map((it) => it.paid),
        [15_000, 20_000]
      )
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("refuse a reference that was used for another amount, and a card that is nobody's", () =>
    Effect.gen(function* () {
      const [head] = yield* couple
      yield* pay(head?.value.card)
      const reused = yield* Effect.flip(pay(head?.value.card, { amount: 1 }))
      assert.deepInclude(reused, { _tag: "AccountError", problem: "ReferenceReused" })
      const other = "0009999999999" as NonNullable<typeof head>["value"]["card"]
      assert.instanceOf(yield* Effect.flip(pay(other)), FirstPayments.PaymentUnmatched)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("happen once when many processes work at the same time", () =>
    Effect.gen(function* () {
      yield* couple
      const before = (yield* texts).length
      yield* at("2026-12-08")
      const sums = yield* Effect.all(
        Array.from({ length: 8 }, () => run),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(
        sums.reduce((sum, it) => sum + it.reminded, 0),
        2
      )
      assert.strictEqual((yield* texts).length, before + 1)
      yield* at("2026-12-25")
      const ends = yield* Effect.all(
        Array.from({ length: 8 }, () => run),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(
        ends.reduce((sum, it) => sum + it.expired, 0),
        2
      )
      assert.strictEqual((yield* texts).length, before + 2)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("put off a membership that is blocked, and end nothing that was moved on", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const [head] = yield* couple
      if (head === undefined) return assert.fail("nobody was registered")
      yield* at("2026-12-24")
      yield* run
      const blocked = { ...head.value, state: "BLOCKED_DATA" as const, previous: ["AWAITING_FIRST_PAYMENT"] as const }
      const row = yield* storage.transaction(
        Effect.flatMap(storage.get(Membership.aggregate, head.id), (found) =>
          found._tag === "Some" ? storage.update(Membership.aggregate, found.value, blocked) : Effect.die("gone")
        )
      )
      yield* at("2026-12-25")
      assert.deepStrictEqual(yield* run, { ...nothing, expired: 1, putOff: 1 })
      yield* storage.transaction(storage.update(Membership.aggregate, row, head.value))
      yield* at("2026-12-26")
      assert.deepStrictEqual(yield* run, { ...nothing, expired: 1 })
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("leave alone whoever is covered since the very day of registering", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const payments = yield* FirstPayments.FirstPayments
      const [head] = yield* couple
      if (head === undefined) return assert.fail("nobody was registered")
      yield* payments.enlist
      const before = (yield* texts).length
      yield* storage.transaction(storage.update(Membership.aggregate, head, { ...head.value, state: "ACTIVE" }))
      yield* at("2026-12-25")
      assert.deepStrictEqual(yield* run, { ...nothing, expired: 1, settled: 1 })
      assert.deepStrictEqual(yield* states, ["ACTIVE", "EXPIRED"])
      assert.strictEqual((yield* texts).length, before + 1)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("give the same when every unit of work runs twice", () =>
    Effect.gen(function* () {
      const [head] = yield* couple
      yield* at("2026-12-08")
      assert.deepStrictEqual(yield* run, { ...nothing, reminded: 2 })
      assert.deepInclude(yield* pay(head?.value.card), { _tag: "Activated" })
      assert.deepStrictEqual(yield* balance, [{ paid: first, billed: first, credit: 0 }])
    }).pipe(Effect.provide(Office.layerRehearsed))
  )
})

describe("Reminder", () => {
  const id = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
  const since = day("2026-11-24")
  const timer = Reminder.of({ membership: id, participant: id, segment: "PBPU", since, newborn: false }, "WIT")

  it("rings in the morning of the office's own zone", () => {
    assert.strictEqual(timer?.dueAt, Date.UTC(2026, 11, 7, 23))
    assert.deepInclude(timer, { from: day("2026-12-08"), to: day("2026-12-24"), stage: "open" })
  })

  it("has one thing to say on each day, and never two when it was late", () => {
    if (timer === undefined) return assert.fail("no timer")
    const on = (it: string) => Reminder.stageOn(timer, day(it))
    assert.deepStrictEqual(
      ["2026-12-08", "2026-12-20", "2026-12-21", "2026-12-24", "2026-12-25", "2027-02-01"].map(on),
      ["open", "open", "last-call", "last-call", "expire", "expire"]
    )
  })

  it("has no end for a newborn, and is not there for whom others pay", () => {
    const of = (over: { segment?: "PPU-BU"; newborn?: boolean }) =>
      Reminder.of({ membership: id, participant: id, segment: "PBPU", since, newborn: false, ...over }, "WIB")
    const newborn = of({ newborn: true })
    assert.strictEqual(newborn?.to, undefined)
    assert.strictEqual(newborn === undefined ? "" : Reminder.rung(newborn, "open", "WIB").stage, "done")
    assert.strictEqual(of({ segment: "PPU-BU" }), undefined)
  })
})
