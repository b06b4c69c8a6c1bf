import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Amount from "../../src/contribution/Amount.ts"
import * as Bill from "../../src/contribution/Bill.ts"
import * as Month from "../../src/time/Month.ts"
import { make as day } from "../../src/time/PlainDate.ts"
import { always, without } from "./policies.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = asOf("2026-02-10")

const bill = (members: ReadonlyArray<Bill.Member>, on = today): Bill.Billed => {
  const answer = Bill.monthly({ members }, on)
  if (answer._tag === "Unknown") throw new Error(`unknown: ${JSON.stringify(answer)}`)
  return answer
}
const total = (members: ReadonlyArray<Bill.Member>, on = today) => bill(members, on).total

const first: Amount.Case = { _tag: "SelfPay", wardClass: 1 }
const third: Amount.Case = { _tag: "SelfPay", wardClass: 3, active: true }

describe("the bill of a household", () => {
  it("is per head, for every member of the family card (FAM-5), due on the 10th (PAY-1)", () => {
    const three = ["a", "b", "c"].map((ref) => ({ ref, of: third }))
    assert.deepStrictEqual(bill(three).reasons[0], { code: "BillDueOn", params: { date: "2026-02-10" } })
    const { byPayer, dueOn, month, reasons, total: sum } = bill(three)
    assert.strictEqual(sum, 126_000)
    assert.deepStrictEqual(byPayer, { member: 105_000, "central-government": 12_600, "local-government": 8_400 })
    assert.strictEqual(dueOn, day("2026-02-10"))
    assert.strictEqual(month, Month.make("2026-02"))
    assert.deepStrictEqual(
      reasons.map(({ code }) => code),
      ["BillDueOn", "NoLateFee"]
    )
    assert.strictEqual(Bill.owedBy(bill(three), "member"), 105_000)
    assert.strictEqual(Bill.owedBy(bill(three), "employer"), 0)
  })

  it("has a worker's contribution once, and 1 % for a fourth child (FAM-1, FAM-3)", () => {
    const wage = { wage: 10_000_000, minimumWage: 5_000_000 }
    const covered: Amount.Case = { _tag: "CoveredFamily" }
    const family = bill([
      { ref: "worker", of: { _tag: "Worker", paidBy: "private", ...wage } },
      ...["spouse", "one", "two", "three"].map((ref) => ({ ref, of: covered })),
      { ref: "four", of: { _tag: "ExtraFamily", ...wage } }
    ])
    assert.deepStrictEqual(family.byPayer, { employer: 400_000, worker: 200_000 })
    assert.strictEqual(family.total, 600_000)
    assert.strictEqual(family.members.length, 6)
  })

  it("has whoever belonged on some day of the month, for the whole month", () => {
    const member = (from?: string, until?: string): Bill.Member => ({
      ref: "a",
      of: first,
      ...(from === undefined ? {} : { from: day(from) }),
      ...(until === undefined ? {} : { until: day(until) })
    })
    assert.strictEqual(total([member("2026-02-28")]), 150_000)
    assert.strictEqual(total([member("2026-03-01")]), 0)
    assert.strictEqual(total([member(undefined, "2026-02-01")]), 150_000)
    assert.strictEqual(total([member(undefined, "2026-01-31")]), 0)
    assert.strictEqual(total([member("2026-02-10", "2026-02-10")]), 150_000)
    assert.deepStrictEqual(bill([member("2026-03-01")]).reasons, [{ code: "NothingBilled" }])
    assert.deepStrictEqual(bill([member("2026-03-01")]).byPayer, {})
  })

  it("asks for a month once where two stretches of one person meet: the earlier has it", () => {
    const before: Bill.Member = { ref: "a", of: first, until: day("2026-02-15") }
    const after: Bill.Member = { ref: "a", of: third, from: day("2026-02-15") }
    for (const members of [
      [before, after],
      [after, before]
    ]) {
      assert.strictEqual(total(members), 150_000)
      assert.strictEqual(total(members, asOf("2026-01-31", "2026-02-10")), 150_000)
      assert.strictEqual(total(members, asOf("2026-03-01")), 42_000)
    }
    assert.strictEqual(total([before, { ...after, ref: "b" }]), 192_000)
    assert.strictEqual(total([before, before]), 150_000)
    const twin: Bill.Member = { ref: "a", of: third, until: day("2026-02-15") }
    assert.strictEqual(total([before, twin]), 150_000)
    assert.strictEqual(total([twin, before]), 42_000)
  })

  it("says that a month is billed once", () => {
    assert.deepStrictEqual(Bill.handover(day("2026-12-31")), {
      until: day("2026-12-31"),
      from: day("2027-01-01"),
      reasons: [{ code: "MonthBilledOnce" }]
    })
  })

  it("is handed over at the end of the month in which somebody moves: no month is missed, none is billed twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: -3, max: 3 }), (dayOfMonth, offset) => {
        const moved = Month.day(Month.make("2025-12"), dayOfMonth)
        const { from, until } = Bill.handover(moved)
        const month = Month.add(Month.of(moved), offset)
        const on = { appliesOn: Month.last(month), knownOn: day("2026-03-31") }
        const both = total([{ ref: "a", of: first, until }], on) + total([{ ref: "a", of: first, from }], on)
        assert.strictEqual(both, 150_000)
      })
    )
  })

  it("has one tariff for a month, whichever day one asks on", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 31 }), (offset, dayOfMonth) => {
        const month = Month.add(Month.make("2018-10"), offset)
        const ask = (appliesOn: ReturnType<typeof day>) =>
          Bill.monthly({ members: [{ ref: "a", of: third }] }, { appliesOn, knownOn: day("2026-02-10") })
        assert.deepStrictEqual(ask(Month.day(month, dayOfMonth)), ask(Month.first(month)))
      })
    )
    const inYear = (month: string) => total([{ ref: "a", of: first }], asOf(`${month}-15`, "2026-02-10"))
    assert.deepStrictEqual(
      ["2019-12", "2020-01", "2020-03", "2020-04", "2020-06", "2020-07", "2021-01"].map(inYear),
      [80_000, 160_000, 160_000, 80_000, 80_000, 150_000, 150_000]
    )
  })

  it("is unknown while one amount is: who, and what to ask", () => {
    const open = Bill.monthly(
      {
        members: [
          { ref: "a", of: first },
          { ref: "b", of: { _tag: "SelfPay", wardClass: 3 } },
          { ref: "c", of: { _tag: "SelfPay" } },
          { ref: "d", of: { _tag: "SelfPay" } }
        ]
      },
      today
    )
    assert.deepStrictEqual(open, {
      _tag: "Unknown",
      month: Month.make("2026-02"),
      members: [
        { ref: "b", missing: ["active"] },
        { ref: "c", missing: ["wardClass"] },
        { ref: "d", missing: ["wardClass"] }
      ],
      reasons: [{ code: "MissingActive" }, { code: "MissingWardClass" }]
    })
  })

  it("is unknown before the rule of the due day, though a tariff is known", () => {
    const early = Bill.monthly({ members: [{ ref: "a", of: first }] }, asOf("2018-01-10", "2026-02-10"))
    assert.deepStrictEqual(early._tag === "Unknown" && early.reasons, [
      { code: "RuleNotKnown", params: { rule: "PAY-1" } }
    ])
  })

  it("says each caveat once, and that nobody looked after February 2026", () => {
    const { notes } = bill(
      ["a", "b"].map((ref) => ({ ref, of: { _tag: "Worker", paidBy: "private", wage: 5_000_000 } as const })),
      asOf("2026-06-10")
    )
    const keys = notes.map((note) => JSON.stringify(note))
    assert.strictEqual(new Set(keys).size, keys.length)
    assert.deepInclude(notes, {
      code: "NotVerifiedAfter",
      params: { rule: "PAY-1", parameter: "dueDay", date: "2026-02-28" }
    })
    assert.include(
      notes.map(({ code }) => code),
      "FloorNotChecked"
    )
  })

  it("does not say that late payment is free where the policy has a fee, or says nothing of it", () => {
    for (const policy of [always("lateFee", 2_000), without("lateFee")]) {
      const answer = Bill.monthly({ members: [{ ref: "a", of: first }] }, today, policy)
      assert.deepStrictEqual(answer._tag === "Bill" && answer.reasons.map(({ code }) => code), [
        "BillDueOn",
        "RuleNotKnown"
      ])
    }
  })
})

describe("bills, whatever the household", () => {
  const cases: fc.Arbitrary<Amount.Case> = fc.oneof(
    fc.record({ _tag: fc.constant("SelfPay" as const), wardClass: fc.constantFrom(1, 2, 3), active: fc.boolean() }),
    fc.record({
      _tag: fc.constant("Worker" as const),
      paidBy: fc.constantFrom("state", "private"),
      wage: fc.integer({ min: 0, max: 50_000_000 })
    }),
    fc.record({ _tag: fc.constant("ExtraFamily" as const), wage: fc.integer({ min: 0, max: 50_000_000 }) }),
    fc.record({ _tag: fc.constant("Pensioner" as const), pension: fc.integer({ min: 0, max: 9_000_000 }) }),
    fc.record({
      _tag: fc.constant("Assisted" as const),
      by: fc.constantFrom("central-government", "local-government")
    }),
    fc.constant({ _tag: "CoveredFamily" as const })
  )
  const households = fc
    .array(cases, { maxLength: 8 })
    .map((members) => members.map((of, index): Bill.Member => ({ ref: String(index), of })))

  it("are the sum over the members and over the payers", () => {
    fc.assert(
      fc.property(households, (members) => {
        const whole = bill(members)
        const alone = members.map((member) => total([member]))
        assert.strictEqual(
          whole.total,
          alone.reduce((sum, part) => sum + part, 0)
        )
        assert.strictEqual(
          whole.total,
          Object.values(whole.byPayer).reduce((sum, part) => sum + part, 0)
        )
        for (const payer of ["member", "employer", "worker", "government", "pensioner"] as const) {
          const each = whole.members.reduce((sum, { due }) => sum + Amount.owedBy(due, payer), 0)
          assert.strictEqual(Bill.owedBy(whole, payer), each)
        }
      })
    )
  })

  it("grow by what a new member owes, in whatever order they are listed", () => {
    fc.assert(
      fc.property(households, cases, (members, of) => {
        const more = [{ ref: "new", of }, ...members]
        assert.strictEqual(total(more), total(members) + total([{ ref: "new", of }]))
        assert.deepStrictEqual(bill(more).byPayer, bill([...members, { ref: "new", of }]).byPayer)
      })
    )
  })
})
