import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Penalty from "../../src/contribution/Penalty.ts"
import * as National from "../../src/policy/National.ts"
import type { Policy } from "../../src/policy/Policy.ts"
import * as Reason from "../../src/policy/Reason.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"
import { always, notKnown, without } from "./policies.ts"

const reactivatedOn = day("2026-01-01")
const known = day("2026-02-28")

const care = (over: Partial<Penalty.Given> = {}): Penalty.Given => ({
  segment: "PBPU",
  reactivatedOn,
  admittedOn: day("2026-01-20"),
  care: "inpatient",
  packageCost: 8_000_000,
  monthsInArrears: 5,
  certifiedPoor: false,
  ...over
})
const of = (over: Partial<Penalty.Given> = {}, policy: Policy = National.policy) => {
  const given = care(over)
  return Penalty.of(given, { appliesOn: given.admittedOn, knownOn: known }, policy)
}
const charged = (over: Partial<Penalty.Given> = {}): Penalty.Charged => {
  const answer = of(over)
  if (answer._tag !== "Charged") throw new Error(`not charged: ${JSON.stringify(answer)}`)
  return answer
}
const codes = (answer: { readonly reasons: ReadonlyArray<Reason.Reason> }) => answer.reasons.map(({ code }) => code)

describe("the service penalty (PEN-1)", () => {
  it("is 5 % of the package for each month in arrears", () => {
    const { amount, months, payer, percent } = charged()
    assert.deepStrictEqual([amount, months, payer, percent], [2_000_000, 5, "member", "5"])
    assert.strictEqual(
      Reason.render(charged().lines[0].reason, "en"),
      "Service penalty: 5 % of the estimated package of Rp8,000,000, for each of 5 months in arrears."
    )
  })

  it("was 2.5 % under Perpres 82/2018 and, less surely, through 2020", () => {
    const on = (admitted: string) =>
      charged({ admittedOn: day(admitted), reactivatedOn: addDays(day(admitted), -3), packageCost: 1_000_000 })
    for (const [admitted, percent, amount] of [
      ["2018-09-18", "2.5", 125_000],
      ["2020-05-04", "2.5", 125_000],
      ["2020-05-05", "2.5", 125_000],
      ["2020-12-31", "2.5", 125_000],
      ["2021-01-01", "5", 250_000]
    ] as const) {
      assert.deepStrictEqual([on(admitted).percent, on(admitted).amount], [percent, amount], admitted)
    }
    const notSure: Reason.Reason = {
      code: "NotSure",
      params: { rule: "PEN-1", parameter: "penaltyRate", confidence: "unverified" }
    }
    assert.deepInclude(on("2020-12-31").notes, notSure)
    assert.notDeepInclude(on("2020-05-04").notes, notSure)
    assert.notDeepInclude(on("2021-01-01").notes, notSure)
  })

  it("takes the rate of the day of admission, whatever day one asks on", () => {
    const given = care({ admittedOn: day("2020-12-31"), reactivatedOn: day("2020-12-01"), packageCost: 1_000_000 })
    const later = Penalty.of(given, { appliesOn: known, knownOn: known })
    assert.strictEqual(later._tag === "Charged" && later.percent, "2.5")
  })

  it("counts at most 12 months, though 24 are billed", () => {
    assert.strictEqual(charged({ monthsInArrears: 12 }).amount, 4_800_000)
    assert.notInclude(codes(charged({ monthsInArrears: 12 })), "PenaltyMonthsCapped")
    const capped = charged({ monthsInArrears: 13 })
    assert.deepStrictEqual([capped.amount, capped.months], [4_800_000, 12])
    assert.deepStrictEqual(capped.lines[0].reason, { code: "PenaltyMonthsCapped", params: { months: 13, limit: 12 } })
  })

  it("is at most 30 million", () => {
    const full = charged({ packageCost: 50_000_000, monthsInArrears: 12 })
    assert.strictEqual(full.amount, 30_000_000)
    assert.notInclude(codes(full), "PenaltyCapped")
    const capped = charged({ packageCost: 50_000_100, monthsInArrears: 12 })
    assert.strictEqual(capped.amount, 30_000_000)
    assert.deepInclude(capped.reasons, { code: "PenaltyCapped", params: { cap: 30_000_000 } })
  })

  it("falls on the day of reactivation to the 45th, both counted (PEN-3)", () => {
    assert.strictEqual(charged({ admittedOn: reactivatedOn }).amount, 2_000_000)
    assert.strictEqual(charged({ admittedOn: addDays(reactivatedOn, 44) }).through, day("2026-02-14"))
    assert.deepStrictEqual(of({ admittedOn: addDays(reactivatedOn, 45) }), {
      _tag: "None",
      reasons: [{ code: "PenaltyWindowOver", params: { date: "2026-02-14", days: 45 } }],
      notes: [{ code: "NotSure", params: { rule: "PEN-3", parameter: "penaltyDayCount", confidence: "unverified" } }]
    })
  })

  it("falls on a day more where the policy does not count the day of reactivation", () => {
    const exclusive = always("penaltyDayCount", "exclusive")
    assert.strictEqual(of({ admittedOn: addDays(reactivatedOn, 45) }, exclusive)._tag, "Charged")
    assert.strictEqual(of({ admittedOn: addDays(reactivatedOn, 46) }, exclusive)._tag, "None")
  })

  it("is the employer's for a wage earner, and nobody's for those whom a government pays (PEN-2)", () => {
    for (const segment of ["PPU-BU", "PPU-PN"] as const) {
      assert.strictEqual(charged({ segment }).payer, "employer")
      assert.include(codes(charged({ segment })), "PenaltyByEmployer")
    }
    for (const segment of ["PBPU", "BP"] as const) assert.strictEqual(charged({ segment }).payer, "member")
    for (const segment of ["PBI-JK", "PBPU-PD"] as const) {
      const answer = of({ segment })
      assert.deepStrictEqual([answer._tag, ...codes(answer)], ["None", "PenaltyNotForAssisted"])
    }
  })

  it("is not for outpatients, for who is certified poor, or without arrears: all reasons at once", () => {
    for (const [over, code] of [
      [{ care: "outpatient" }, "PenaltyNotInpatient"],
      [{ certifiedPoor: true }, "PenaltyNotForPoor"],
      [{ monthsInArrears: 0 }, "PenaltyNoArrears"]
    ] as const) {
      const answer = of(over)
      assert.deepStrictEqual([answer._tag, ...codes(answer)], ["None", code])
    }
    assert.strictEqual(charged({ monthsInArrears: 1 }).amount, 400_000)
    const all = of({ segment: "PBI-JK", certifiedPoor: true, care: "outpatient", monthsInArrears: 0 })
    assert.strictEqual(all.reasons.length, 4)
  })

  it("mentions the certificate of poverty where nobody did", () => {
    const { certifiedPoor: _, ...unsaid } = care()
    const answer = Penalty.of(unsaid, { appliesOn: unsaid.admittedOn, knownOn: known })
    assert.deepInclude(answer._tag === "Charged" ? answer.notes : [], { code: "PenaltyPoorExempt" })
    assert.notDeepInclude(charged().notes, { code: "PenaltyPoorExempt" })
  })

  it("asks for what it needs, and for nothing where the answer is settled", () => {
    const { monthsInArrears: _m, packageCost: _p, ...neither } = care()
    const asOf = { appliesOn: neither.admittedOn, knownOn: known }
    const open = Penalty.of(neither, asOf)
    assert.deepStrictEqual(open._tag === "Unknown" && open.missing, ["packageCost", "monthsInArrears"])
    assert.deepStrictEqual(codes(open), ["MissingPackageCost", "MissingMonthsInArrears"])
    const half = Penalty.of({ ...neither, monthsInArrears: 3 }, asOf)
    assert.deepStrictEqual(half._tag === "Unknown" && half.missing, ["packageCost"])
    const other = Penalty.of({ ...neither, packageCost: 3 }, asOf)
    assert.deepStrictEqual(other._tag === "Unknown" && other.missing, ["monthsInArrears"])
    assert.strictEqual(Penalty.of({ ...neither, care: "outpatient" }, asOf)._tag, "None")
  })

  it("is not guessed: for care that began before, before the rule, of amounts that are none", () => {
    const before = of({ admittedOn: addDays(reactivatedOn, -1) })
    assert.deepStrictEqual([before._tag, ...codes(before)], ["Unknown", "PenaltyBeforeReactivation"])
    const early = of({ admittedOn: day("2018-09-17"), reactivatedOn: day("2018-09-01") })
    assert.deepStrictEqual([early._tag, ...codes(early)], ["Unknown", "RuleNotKnown"])
    for (const over of [{ packageCost: -1 }, { packageCost: 0.5 }, { monthsInArrears: -1 }, { monthsInArrears: 1.5 }]) {
      assert.deepStrictEqual(codes(of(over)), ["AmountNotRupiah"])
    }
  })

  it("is unknown where the policy lacks any of its rules", () => {
    for (const name of [
      "penaltyDays",
      "penaltyDayCount",
      "penaltyRate",
      "penaltyMonths",
      "penaltyCap",
      "rounding"
    ] as const) {
      assert.deepStrictEqual(of({}, without(name)), notKnown(name) as never, name)
    }
    assert.strictEqual(of({ care: "outpatient" }, without("penaltyRate"))._tag, "None")
    assert.deepStrictEqual(of({ admittedOn: addDays(reactivatedOn, -1) }), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "PenaltyBeforeReactivation" }]
    })
    assert.deepStrictEqual(of({ packageCost: -1 }), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "AmountNotRupiah" }]
    })
  })

  it("says how it was reached, through which day, and nothing of an employer to who has none", () => {
    assert.deepStrictEqual(charged().reasons, [
      { code: "PenaltyShare", params: { percent: "5", cost: 8_000_000, months: 5 } },
      { code: "PenaltyWindow", params: { date: "2026-02-14", days: 45 } }
    ])
    assert.deepStrictEqual(
      charged().notes.map(({ params }) => params?.["parameter"]),
      ["penaltyDayCount", "rounding"]
    )
    assert.deepStrictEqual(
      charged({ segment: "PPU-BU" }).lines.map(({ reason }) => reason.code),
      ["PenaltyShare", "PenaltyByEmployer"]
    )
  })

  it("never falls with the cost or the months, and is the sum of its lines", () => {
    const cost = fc.integer({ min: 0, max: 200_000_000 })
    const months = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(cost, cost, months, months, (a, b, m, n) => {
        const less = charged({ packageCost: Math.min(a, b), monthsInArrears: Math.min(m, n) })
        const more = charged({ packageCost: Math.max(a, b), monthsInArrears: Math.max(m, n) })
        assert.isAtMost(less.amount, more.amount)
        assert.isAtMost(more.amount, 30_000_000)
        for (const { amount, lines } of [less, more]) {
          assert.strictEqual(
            lines.reduce((sum, { share }) => sum + (share?.amount ?? 0), 0),
            amount
          )
        }
      })
    )
  })
})
