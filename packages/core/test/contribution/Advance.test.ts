import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as Account from "../../src/contribution/Account.ts"
import * as Advance from "../../src/contribution/Advance.ts"
import type * as Bill from "../../src/contribution/Bill.ts"
import * as Month from "../../src/time/Month.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const nothing = { arrears: 0, current: 0, credit: 0, toReactivate: 0 }
const household: Bill.Household = {
  members: [
    { ref: "a", of: { _tag: "SelfPay", wardClass: 3, active: true } },
    { ref: "b", of: { _tag: "SelfPay", wardClass: 3, active: true } }
  ]
}
const quoted = (over: Partial<Advance.Given> = {}, on = asOf("2026-02-10")): Advance.Quote => {
  const answer = Advance.quote({ household, months: 1, owed: nothing, ...over }, on)
  if (answer._tag !== "Quote") throw new Error(`no quote: ${JSON.stringify(answer)}`)
  return answer
}

describe("paying in advance (PAY-4)", () => {
  it("begins with what is owed: one month is everything through the current one", () => {
    const owed = { arrears: 140_000, current: 70_000, credit: 0, toReactivate: 210_000 }
    const one = quoted({ owed })
    assert.deepStrictEqual(
      [one.amount, one.owed, one.ahead, one.paidThrough],
      [210_000, 210_000, [], Month.make("2026-02")]
    )
    const three = quoted({ owed, months: 3 })
    assert.deepStrictEqual(three.ahead, [
      { month: Month.make("2026-03"), amount: 70_000 },
      { month: Month.make("2026-04"), amount: 70_000 }
    ])
    assert.deepStrictEqual([three.amount, three.paidThrough], [350_000, Month.make("2026-04")])
    assert.deepStrictEqual(three.reasons, [{ code: "AdvancePaid", params: { months: 3, month: "2026-04" } }])
    assert.deepStrictEqual(
      three.notes.map(({ code, params }) => [code, params?.["parameter"]]),
      [
        ["NotSure", "advanceMonths"],
        ["NotVerifiedAfter", "selfPayThird"],
        ["NotVerifiedAfter", "dueDay"]
      ]
    )
  })

  it("is of 1 to 12 months", () => {
    assert.strictEqual(quoted({ months: 12 }).paidThrough, Month.make("2027-01"))
    for (const months of [0, -1, 13, 1.5, Number.NaN]) {
      const answer = Advance.quote({ household, months, owed: nothing }, asOf("2026-02-10"))
      const asked = Number.isInteger(months) ? months : String(months)
      assert.deepStrictEqual(answer._tag === "Refused" && answer.reasons, [
        { code: "AdvanceOutOfRange", params: { months: asked, most: 12 } }
      ])
    }
  })

  it("goes by the tariff that is known on the day, for each month its own", () => {
    const first: Bill.Household = { members: [{ ref: "a", of: { _tag: "SelfPay", wardClass: 1 } }] }
    const amounts = (on: string, known: string) =>
      quoted({ household: first, months: 8 }, asOf(on, known)).ahead.map(({ amount }) => amount)
    assert.deepStrictEqual(
      amounts("2020-02-10", "2020-02-10"),
      Array.from({ length: 7 }, () => 160_000)
    )
    assert.deepStrictEqual(amounts("2020-02-10", "2020-03-01"), [160_000, ...Array.from({ length: 6 }, () => 80_000)])
    assert.deepStrictEqual(
      amounts("2020-02-10", "2020-06-01"),
      [160_000, 80_000, 80_000, 80_000, 150_000, 150_000, 150_000]
    )
  })

  it("takes off money that is kept, and never asks for less than nothing", () => {
    const owed = { ...nothing, credit: 50_000 }
    const two = quoted({ owed, months: 2 })
    assert.strictEqual(two.amount, 20_000)
    assert.deepStrictEqual(two.reasons, [
      { code: "AdvancePaid", params: { months: 2, month: "2026-03" } },
      { code: "CreditKept", params: { amount: 50_000 } }
    ])
    assert.strictEqual(quoted({ owed }).amount, 0)
  })

  it("is of the share of whoever pays, and leaves out who has left by then", () => {
    assert.strictEqual(quoted({ months: 2, payer: "central-government" }).amount, 8_400)
    const leaving: Bill.Household = {
      members: [household.members[0]!, { ...household.members[1]!, until: day("2026-03-05") }]
    }
    assert.deepStrictEqual(
      quoted({ household: leaving, months: 3 }).ahead.map(({ amount }) => amount),
      [70_000, 35_000]
    )
  })

  it("is unknown where a bill is, and before the rule", () => {
    const open: Bill.Household = {
      members: [
        { ref: "a", of: { _tag: "SelfPay" } },
        { ref: "b", of: { _tag: "SelfPay", wardClass: 3 } }
      ]
    }
    const answer = Advance.quote({ household: open, months: 3, owed: nothing }, asOf("2026-02-10"))
    assert.deepStrictEqual(answer, {
      _tag: "Unknown",
      missing: ["wardClass", "active"],
      reasons: [{ code: "MissingWardClass" }, { code: "MissingActive" }]
    })
    assert.strictEqual(quoted({ household: open, months: 1 }).amount, 0)
    const early = Advance.quote({ household, months: 1, owed: nothing }, asOf("2018-09-17", "2026-02-10"))
    assert.deepStrictEqual(early._tag === "Unknown" && early.reasons[0], {
      code: "RuleNotKnown",
      params: { rule: "PAY-4" }
    })
  })

  it("is enough: whoever pays the quote is covered through the last month, with nothing left over", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 30 }), (months, owing) => {
        const bill = (month: Month.Month): Account.Entry => ({
          _tag: "Billed",
          month,
          on: Month.first(month),
          amount: 70_000
        })
        const now = Month.make("2026-02")
        const account = Result.getOrThrow(
          Account.postAll(Account.open("a"), Month.run(Month.add(now, -owing), owing + 1).map(bill))
        )
        const { arrears } = Account.statement(account, asOf("2026-02-10"))
        if (arrears._tag === "Unknown") throw new Error("unknown")
        const { amount, paidThrough } = quoted({ months, owed: arrears })
        const paid = Result.getOrThrow(
          Account.postAll(account, [
            { _tag: "Paid", on: day("2026-02-10"), amount, reference: "all" },
            ...Month.run(Month.add(now, 1), months - 1).map(bill)
          ])
        )
        const last = Month.last(paidThrough)
        const end = Account.statement(paid, { appliesOn: last, knownOn: last })
        assert.strictEqual(end.credit, 0)
        assert.deepStrictEqual(end.arrears._tag === "Arrears" && [end.arrears.cover, end.arrears.toReactivate], [
          "covered",
          0
        ])
      })
    )
  })
})
