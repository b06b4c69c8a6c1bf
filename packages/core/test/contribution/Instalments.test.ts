import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Instalments from "../../src/contribution/Instalments.ts"
import type { Reason } from "../../src/policy/Reason.ts"
import * as Month from "../../src/time/Month.ts"
import { make as day } from "../../src/time/PlainDate.ts"
import { notKnown, without } from "./policies.ts"

const asOf = (on: string) => ({ appliesOn: day(on), knownOn: day("2026-02-28") })

const debt = (over: Partial<Instalments.Given> = {}): Instalments.Given => ({
  segment: "PBPU",
  monthsOwed: 10,
  owed: 1_500_000,
  monthly: 150_000,
  ...over
})
const planned = (over: Partial<Instalments.Given> = {}, on = "2026-02-10"): Instalments.Plan => {
  const answer = Instalments.plan(debt(over), asOf(on))
  if (answer._tag !== "Plan") throw new Error(`no plan: ${JSON.stringify(answer)}`)
  return answer
}
const codes = ({ reasons }: { readonly reasons: ReadonlyArray<Reason> }) => reasons.map(({ code }) => code)
const refused = (over: Partial<Instalments.Given>, on = "2026-02-10") => {
  const answer = Instalments.plan(debt(over), asOf(on))
  assert.strictEqual(answer._tag, "Refused")
  return codes(answer)
}

describe("instalments (REH-1)", () => {
  it("are at most half the months owed, and at most twelve", () => {
    for (const [monthsOwed, most] of [
      [4, 2],
      [5, 2],
      [6, 3],
      [7, 3],
      [23, 11],
      [24, 12]
    ] as const) {
      assert.strictEqual(planned({ monthsOwed }).most, most, String(monthsOwed))
      assert.strictEqual(planned({ monthsOwed }).instalments.length, most)
    }
  })

  it("are for 4 to 24 months owed", () => {
    assert.deepStrictEqual(refused({ monthsOwed: 3 }), ["RehabTooFewMonths"])
    assert.deepStrictEqual(refused({ monthsOwed: 25 }), ["RehabTooManyMonths"])
    assert.deepStrictEqual(refused({ monthsOwed: 0 }), ["RehabTooFewMonths"])
  })

  it("are for those who pay themselves", () => {
    assert.strictEqual(planned({ segment: "BP" }).most, 5)
    for (const segment of ["PPU-BU", "PPU-PN", "PBI-JK", "PBPU-PD"] as const) {
      assert.deepStrictEqual(refused({ segment }), ["RehabOnlySelfPay"])
    }
  })

  it("pay each month's bill too, begin at once, and give cover after the last", () => {
    const { activeAfter, instalments, reasons, total } = planned({ monthsOwed: 6, owed: 900_001 })
    assert.deepStrictEqual(instalments, [
      { month: Month.make("2026-02"), arrears: 300_001, current: 150_000, amount: 450_001 },
      { month: Month.make("2026-03"), arrears: 300_000, current: 150_000, amount: 450_000 },
      { month: Month.make("2026-04"), arrears: 300_000, current: 150_000, amount: 450_000 }
    ])
    assert.strictEqual(total, 1_350_001)
    assert.strictEqual(activeAfter, Month.make("2026-04"))
    assert.deepStrictEqual(reasons, [
      { code: "RehabSplit", params: { amount: 900_001, instalments: 3, most: 3 } },
      { code: "RehabActiveAfterLast", params: { month: "2026-04" } }
    ])
    assert.strictEqual(planned({ monthsOwed: 6 }, "2025-12-28").activeAfter, Month.make("2026-02"))
  })

  it("may be fewer than the most, not more, and are counted in whole ones", () => {
    assert.strictEqual(planned({ instalments: 1 }).activeAfter, Month.make("2026-02"))
    assert.strictEqual(planned({ instalments: 5 }).instalments.length, 5)
    assert.deepStrictEqual(refused({ instalments: 6 }), ["RehabTooManyInstalments"])
    for (const instalments of [0, -1, 1.5, Number.NaN]) {
      assert.deepStrictEqual(refused({ instalments }), ["RehabNoInstalments"])
    }
  })

  it("are registered through the 28th, in February through the 27th", () => {
    assert.strictEqual(planned({}, "2026-01-28").most, 5)
    assert.deepStrictEqual(refused({}, "2026-01-29"), ["RehabClosedThisMonth"])
    assert.strictEqual(planned({}, "2026-02-27").most, 5)
    const closed = Instalments.plan(debt(), asOf("2026-02-28"))
    assert.deepStrictEqual(closed._tag === "Refused" && closed.reasons, [
      { code: "RehabClosedThisMonth", params: { day: 27, date: "2026-03-01" } }
    ])
    assert.deepStrictEqual(refused({}, "2025-12-31"), ["RehabClosedThisMonth"])
  })

  it("are refused for every reason at once", () => {
    assert.deepStrictEqual(refused({ segment: "PBI-JK", monthsOwed: 25, instalments: 13 }, "2025-03-31"), [
      "RehabOnlySelfPay",
      "RehabTooManyMonths",
      "RehabTooManyInstalments",
      "RehabClosedThisMonth"
    ])
  })

  it("are unknown before the programme, and of amounts that are none", () => {
    const early = Instalments.plan(debt(), asOf("2025-01-31"))
    assert.deepStrictEqual(early._tag === "Unknown" && early.reasons, [
      { code: "RuleNotKnown", params: { rule: "REH-1" } }
    ])
    assert.strictEqual(Instalments.plan(debt(), asOf("2025-02-01"))._tag, "Plan")
    for (const over of [{ owed: -1 }, { monthly: 0.5 }, { monthsOwed: 4.5 }]) {
      assert.deepStrictEqual(codes(Instalments.plan(debt(over), asOf("2026-02-10"))), ["AmountNotRupiah"])
    }
  })

  it("are unknown where the policy lacks any of their rules", () => {
    for (const name of ["rehabArrears", "rehabInstalments", "rehabLastDay"] as const) {
      assert.deepStrictEqual(Instalments.plan(debt(), asOf("2026-02-10"), without(name)), notKnown(name) as never)
    }
    assert.deepStrictEqual(Instalments.plan(debt({ owed: -1 }), asOf("2026-02-10")), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "AmountNotRupiah" }]
    })
  })

  it("are refused with the numbers that would do", () => {
    const reasons = (over: Partial<Instalments.Given>) => {
      const answer = Instalments.plan(debt(over), asOf("2026-02-10"))
      return answer._tag === "Refused" ? answer.reasons : answer._tag
    }
    assert.deepStrictEqual(reasons({ monthsOwed: 3, instalments: 2 }), [
      { code: "RehabTooFewMonths", params: { months: 3, least: 4 } }
    ])
    assert.deepStrictEqual(reasons({ monthsOwed: 4, instalments: 3 }), [
      { code: "RehabTooManyInstalments", params: { instalments: 3, most: 2 } }
    ])
    assert.deepStrictEqual(reasons({ monthsOwed: 25 }), [
      { code: "RehabTooManyMonths", params: { months: 25, most: 24 } }
    ])
  })

  it("add up to what is owed, none below zero, and no two apart by more than the number of parts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 24 }),
        fc.integer({ min: 0, max: 50_000_000 }),
        fc.integer({ min: 0, max: 2_000_000 }),
        (monthsOwed, owed, monthly) => {
          const { activeAfter, instalments, total } = planned({ monthsOwed, owed, monthly })
          const sum = (pick: (_: Instalments.Instalment) => number) => instalments.reduce((all, _) => all + pick(_), 0)
          assert.strictEqual(
            sum((_) => _.arrears),
            owed
          )
          assert.strictEqual(
            sum((_) => _.amount),
            total
          )
          assert.strictEqual(total, owed + monthly * instalments.length)
          assert.strictEqual(instalments.at(-1)!.month, activeAfter)
          for (const { arrears } of instalments) {
            assert.isTrue(Number.isSafeInteger(arrears) && arrears >= 0)
            assert.isTrue(instalments[0].arrears >= arrears)
            assert.isBelow(instalments[0].arrears - arrears, instalments.length)
          }
        }
      )
    )
  })
})
