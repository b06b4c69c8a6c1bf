import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Arrears from "../../src/contribution/Arrears.ts"
import * as National from "../../src/policy/National.ts"
import type { Policy } from "../../src/policy/Policy.ts"
import * as Month from "../../src/time/Month.ts"
import { make as day } from "../../src/time/PlainDate.ts"
import { always, changed, notKnown, without } from "./policies.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = asOf("2026-02-10")

const owed = (given: Arrears.Given, on = today): Arrears.Owed => {
  const answer = Arrears.of(given, on)
  if (answer._tag === "Unknown") throw new Error(`unknown: ${JSON.stringify(answer)}`)
  return answer
}
/** So many months through the last, each at one price. */
const bills = (count: number, last = "2026-02", amount = 150_000) =>
  Month.run(Month.add(Month.make(last), 1 - count), count).map((month) => ({ month, amount }))
const codes = ({ reasons }: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  reasons.map(({ code }) => code)

describe("cover (PAY-2)", () => {
  it("holds through the month whose bill is not paid, past the 10th, without a fee", () => {
    for (const on of ["2026-02-01", "2026-02-10", "2026-02-11", "2026-02-28"]) {
      const answer = owed({ bills: bills(2), paid: 150_000 }, asOf(on))
      assert.strictEqual(answer.cover, "covered", on)
      assert.isUndefined(answer.suspendedFrom)
      assert.strictEqual(answer.monthsOwed, 0)
      assert.strictEqual(answer.current, 150_000)
      assert.strictEqual(answer.toReactivate, 150_000)
      assert.deepStrictEqual(codes(answer), ["CurrentMonthUnpaid", "NoLateFee"])
      assert.deepStrictEqual(answer.reasons[0].params, { amount: 150_000, date: "2026-02-10" })
    }
  })

  it("stops on the 1st of the month after, and says since when", () => {
    const answer = owed({ bills: bills(2), paid: 150_000 }, asOf("2026-03-01"))
    assert.strictEqual(answer.cover, "suspended")
    assert.strictEqual(answer.suspendedFrom, day("2026-03-01"))
    assert.strictEqual(answer.monthsOwed, 1)
    assert.deepStrictEqual(codes(answer), ["CoverSuspended", "ArrearsBilled", "PayToReactivate"])
    assert.strictEqual(owed({ bills: bills(14), paid: 0 }).suspendedFrom, day("2025-02-01"))
  })

  it("stops for one rupiah, and comes back when everything is paid", () => {
    const all = bills(3)
    const short = owed({ bills: all, paid: 299_999 })
    assert.deepStrictEqual([short.cover, short.monthsOwed, short.arrears], ["suspended", 1, 1])
    assert.strictEqual(owed({ bills: all, paid: 300_000 }).cover, "covered")
    const done = owed({ bills: all, paid: 450_000 })
    assert.deepStrictEqual([done.cover, done.toReactivate, done.credit], ["covered", 0, 0])
    assert.deepStrictEqual(codes(done), ["NothingOwed"])
  })

  it("stops after as many months as the policy says", () => {
    const patient = always("suspensionMonths", 3)
    const after = (count: number) => Arrears.of({ bills: bills(count) }, today, patient)
    const two = after(3)
    assert.deepStrictEqual(two._tag === "Arrears" && [two.cover, two.monthsOwed, ...codes(two)], [
      "covered",
      2,
      "ArrearsOwed",
      "ArrearsBilled",
      "PayToReactivate"
    ])
    const three = after(4)
    assert.strictEqual(three._tag === "Arrears" && three.suspendedFrom, day("2026-02-01"))
    const five = after(6)
    assert.strictEqual(five._tag === "Arrears" && five.suspendedFrom, day("2025-12-01"))
  })
})

describe("arrears (PAY-3)", () => {
  it("are asked for 24 months and the current one, and no more", () => {
    const limit = owed({ bills: bills(25) })
    assert.deepStrictEqual([limit.monthsOwed, limit.monthsBilled, limit.beyondLimit], [24, 24, 0])
    assert.strictEqual(limit.toReactivate, 24 * 150_000 + 150_000)
    assert.notInclude(codes(limit), "ArrearsBeyondLimit")

    const beyond = owed({ bills: bills(31) })
    assert.deepStrictEqual([beyond.monthsOwed, beyond.monthsBilled], [30, 24])
    assert.deepStrictEqual([beyond.arrears, beyond.beyondLimit], [24 * 150_000, 6 * 150_000])
    assert.strictEqual(beyond.toReactivate, 25 * 150_000)
    assert.strictEqual(beyond.suspendedFrom, Month.first(Month.make("2023-09")))
    assert.deepInclude(beyond.reasons, { code: "ArrearsBeyondLimit", params: { limit: 24, amount: 900_000 } })
  })

  it("are those of the months last billed: a stay abroad does not shorten them, nor does time", () => {
    const before = bills(30, "2023-06")
    const later = owed({ bills: [...before, ...bills(2)], paid: 0 })
    assert.deepStrictEqual([later.monthsBilled, later.beyondLimit], [24, 7 * 150_000])
    const closed = owed({ bills: bills(3, "2020-12") })
    assert.deepStrictEqual([closed.monthsBilled, closed.beyondLimit], [3, 0])
  })

  it("do not come back after they were paid at the limit", () => {
    // Six months beyond the limit were never asked for; then all was paid but the last three.
    const all = bills(40).map((bill, index) => ({ ...bill, paid: index >= 6 && index < 36 ? bill.amount : 0 }))
    const answer = owed({ bills: all })
    assert.deepStrictEqual([answer.monthsOwed, answer.monthsBilled, answer.arrears], [9, 3, 450_000])
    assert.strictEqual(answer.beyondLimit, 900_000)
    assert.strictEqual(answer.suspendedFrom, day("2025-12-01"))
    const paidUp = owed({ bills: all.map((bill, index) => (index < 6 ? bill : { ...bill, paid: bill.amount })) })
    assert.deepStrictEqual([paidUp.cover, paidUp.toReactivate, paidUp.beyondLimit], ["covered", 0, 900_000])
  })

  it("are settled from the oldest month on; what is left over is kept", () => {
    const answer = owed({ bills: bills(5), paid: 200_000 })
    assert.deepStrictEqual(answer.unpaid, [
      { month: Month.make("2025-11"), amount: 100_000 },
      { month: Month.make("2025-12"), amount: 150_000 },
      { month: Month.make("2026-01"), amount: 150_000 },
      { month: Month.make("2026-02"), amount: 150_000 }
    ])
    const over = owed({ bills: bills(2), paid: 1_000_000 })
    assert.strictEqual(over.credit, 700_000)
    assert.deepStrictEqual(codes(over), ["NothingOwed", "CreditKept"])
  })

  it("add up several bills of one month, and leave months to come alone", () => {
    const month = Month.make("2026-01")
    const next = Month.make("2026-03")
    const answer = owed({
      bills: [
        { month, amount: 100 },
        { month, amount: 50, paid: 60 },
        { month: next, amount: 999, paid: 400 },
        { month: Month.make("2025-12"), amount: 0 }
      ]
    })
    assert.deepStrictEqual([answer.arrears, answer.monthsOwed, answer.credit, answer.current], [90, 1, 0, 0])
  })

  it("needed only six months to be paid in 2020 and 2021 (REH-2), and all before and after", () => {
    const relaxed = (on: string, last: string, count: number) => owed({ bills: bills(count, last) }, asOf(on))
    const inTime = relaxed("2020-08-10", "2020-08", 13)
    assert.strictEqual(inTime.arrears, 12 * 150_000)
    assert.strictEqual(inTime.toReactivate, 7 * 150_000)
    assert.deepInclude(inTime.reasons, { code: "ArrearsRelaxed", params: { months: 6, amount: 900_000 } })
    assert.strictEqual(relaxed("2021-12-31", "2021-12", 13).toReactivate, 7 * 150_000)
    assert.strictEqual(relaxed("2020-08-10", "2020-08", 7).toReactivate, 7 * 150_000)
    assert.notInclude(codes(relaxed("2020-08-10", "2020-08", 7)), "ArrearsRelaxed")
    assert.strictEqual(relaxed("2020-05-04", "2020-05", 13).toReactivate, 13 * 150_000)
    assert.strictEqual(relaxed("2022-01-01", "2022-01", 13).toReactivate, 13 * 150_000)
  })

  it("are unknown before the rule, and of amounts that are none", () => {
    const early = Arrears.of({ bills: [] }, asOf("2018-09-17", "2026-02-10"))
    assert.deepStrictEqual(early._tag === "Unknown" && early.reasons, [
      { code: "RuleNotKnown", params: { rule: "PAY-3" } }
    ])
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      for (const given of [
        { bills: [], paid: wrong },
        { bills: [{ month: Month.make("2026-01"), amount: wrong }] },
        { bills: [{ month: Month.make("2026-01"), amount: 1, paid: wrong }] }
      ]) {
        const answer = Arrears.of(given, today)
        assert.deepStrictEqual(answer._tag === "Unknown" && answer.reasons, [{ code: "AmountNotRupiah" }])
      }
    }
  })
})

describe("what arrears stand on", () => {
  const { parameters } = National.policy
  const ask = (policy: Policy, given: Arrears.Given = { bills: bills(1) }, on = today) => Arrears.of(given, on, policy)

  it("are rules that the policy must have, each", () => {
    for (const name of ["arrearsMonths", "suspensionMonths", "dueDay"] as const) {
      assert.deepStrictEqual(ask(without(name)), notKnown(name) as never)
    }
    assert.deepStrictEqual(Arrears.of({ bills: [], paid: -1 }, today), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "AmountNotRupiah" }]
    })
  })

  it("do not say that late payment is free where no rule says so", () => {
    for (const policy of [without("lateFee"), always("lateFee", 2_000)]) {
      assert.deepStrictEqual(codes(ask(policy)), ["CurrentMonthUnpaid"])
    }
  })

  it("are told with their numbers", () => {
    assert.deepStrictEqual(owed({ bills: bills(31), kept: 7 }).reasons, [
      { code: "CoverSuspended", params: { date: "2023-09-01", months: 30 } },
      { code: "ArrearsBilled", params: { months: 24, amount: 3_600_000 } },
      { code: "ArrearsBeyondLimit", params: { limit: 24, amount: 900_000 } },
      { code: "PayToReactivate", params: { amount: 3_750_000 } },
      { code: "CreditKept", params: { amount: 7 } }
    ])
    assert.deepInclude(ask(always("suspensionMonths", 2), { bills: bills(2) }).reasons, {
      code: "ArrearsOwed",
      params: { months: 1 }
    })
    assert.notProperty(owed({ bills: bills(1) }), "suspendedFrom")
  })

  it("are noted when they are not sure, and only when they were used", () => {
    const unsure = parameters.relaxationMonths.history.map((entry) => ({
      ...entry,
      citation: { ...entry.citation, confidence: "low" }
    }))
    const policy = changed("relaxationMonths", unsure)
    const notes = (count: number) => {
      const answer = ask(policy, { bills: bills(count, "2020-08") }, asOf("2020-08-10"))
      return answer._tag === "Arrears" ? answer.notes.map(({ params }) => params?.["parameter"]) : undefined
    }
    assert.deepStrictEqual(notes(13), ["relaxationMonths"])
    assert.deepStrictEqual(notes(3), [])
    assert.deepStrictEqual(
      owed({ bills: [] }, asOf("2026-03-01")).notes.map(({ params }) => params?.["parameter"]),
      ["suspensionMonths", "arrearsMonths", "dueDay"]
    )
  })

  it("count only unpaid months toward the day on which cover stops", () => {
    const hole = bills(4).map((bill, index) => ({ ...bill, paid: index === 1 ? bill.amount : 0 }))
    const answer = ask(always("suspensionMonths", 2), { bills: hole })
    assert.strictEqual(answer._tag === "Arrears" && answer.suspendedFrom, day("2026-02-01"))
  })

  it("keep money that was booked on a bill of nothing", () => {
    const answer = owed({ bills: [{ month: Month.make("2026-01"), amount: 0, paid: 5 }, ...bills(1)] })
    assert.deepStrictEqual([answer.credit, answer.current, answer.monthsOwed], [0, 149_995, 0])
    const alone = owed({ bills: [{ month: Month.make("2026-01"), amount: 0, paid: 5 }] })
    assert.deepStrictEqual([alone.credit, codes(alone)], [5, ["NothingOwed", "CreditKept"]])
    const many = owed({ bills: [...bills(25), { month: Month.make("2025-06"), amount: 0 }] })
    assert.strictEqual(many.monthsBilled, 24)
    const empty = Month.run(Month.make("2010-01"), 9).map((month) => ({ month, amount: 0 }))
    assert.strictEqual(owed({ bills: [...empty, ...bills(2)] }).suspendedFrom, day("2026-02-01"))
  })
})

describe("arrears, whatever was billed and paid", () => {
  const months = fc.integer({ min: 0, max: 40 }).map((back) => Month.add(Month.make("2026-02"), -back))
  const given = fc.record({
    bills: fc.array(fc.record({ month: months, amount: fc.integer({ min: 0, max: 300_000 }) }), { maxLength: 40 }),
    paid: fc.integer({ min: 0, max: 6_000_000 })
  })

  it("conserve money: billed and not paid is owed, paid and not owed is kept", () => {
    fc.assert(
      fc.property(given, ({ bills, paid }) => {
        const { arrears, beyondLimit, credit, current, unpaid } = owed({ bills, paid })
        const billed = bills.reduce((sum, { amount }) => sum + amount, 0)
        assert.strictEqual(billed + credit, paid + arrears + beyondLimit + current)
        assert.strictEqual(
          unpaid.reduce((sum, { amount }) => sum + amount, 0),
          arrears + beyondLimit + current
        )
        assert.isTrue(credit === 0 || unpaid.length === 0)
      })
    )
  })

  it("never grow by paying, and what brings cover back is enough", () => {
    fc.assert(
      fc.property(given, fc.integer({ min: 0, max: 500_000 }), ({ bills, paid }, more) => {
        const before = owed({ bills, paid })
        const after = owed({ bills, paid: paid + more })
        assert.isAtMost(after.toReactivate, before.toReactivate)
        assert.isAtMost(after.monthsOwed, before.monthsOwed)
        assert.isAtMost(after.monthsBilled, 24)
        if (before.beyondLimit === 0) {
          const settled = owed({ bills, paid: paid + before.toReactivate })
          assert.deepStrictEqual([settled.cover, settled.toReactivate], ["covered", 0])
        }
      })
    )
  })

  it("suspend exactly those who owe for a month before this one, from a 1st that is past", () => {
    fc.assert(
      fc.property(given, (of) => {
        const { cover, monthsBilled, suspendedFrom } = owed(of)
        assert.strictEqual(cover === "suspended", monthsBilled > 0)
        assert.strictEqual(suspendedFrom !== undefined, cover === "suspended")
        assert.isTrue((suspendedFrom ?? "2000-01-01") <= today.appliesOn)
        assert.isTrue((suspendedFrom ?? "2000-01-01").endsWith("-01"))
      })
    )
  })

  it("do not depend on the order in which bills are listed", () => {
    fc.assert(
      fc.property(given, ({ bills, paid }) => {
        assert.deepStrictEqual(owed({ bills: bills.toReversed(), paid }), owed({ bills, paid }))
      })
    )
  })
})
