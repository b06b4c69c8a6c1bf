import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as WardClass from "../../src/contribution/WardClass.ts"
import { make as day } from "../../src/time/PlainDate.ts"
import { always, notKnown, without } from "./policies.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = asOf("2026-02-10")

const ward = (given: WardClass.Given, on = today): WardClass.Known => {
  const answer = WardClass.of(given, on)
  if (answer._tag !== "Class") throw new Error(`no class: ${JSON.stringify(answer)}`)
  return answer
}
const classOf = (given: WardClass.Given) => ward(given).wardClass
const codes = ({ reasons }: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  reasons.map(({ code }) => code)

describe("the ward", () => {
  it("is class III where a government pays", () => {
    for (const segment of ["PBI-JK", "PBPU-PD"] as const) {
      assert.strictEqual(classOf({ segment, chosen: 1, wage: 9_000_000, spouseClass: 1 }), 3)
      assert.deepStrictEqual(codes(ward({ segment })), ["WardAssisted"])
    }
  })

  it("goes by the wage of an employee: class II through four million, I above (PPU-6)", () => {
    assert.strictEqual(classOf({ segment: "PPU-BU", wage: 0 }), 2)
    assert.strictEqual(classOf({ segment: "PPU-BU", wage: 4_000_000 }), 2)
    assert.strictEqual(classOf({ segment: "PPU-BU", wage: 4_000_001 }), 1)
    assert.deepStrictEqual(ward({ segment: "PPU-BU", wage: 4_000_000 }).reasons, [
      { code: "WardByWage", params: { class: 2, wage: 4_000_000, limit: 4_000_000 } }
    ])
  })

  it("goes by the grade of a civil servant, and says that the source is not sure", () => {
    const classes = (["I", "II", "III", "IV"] as const).map((grade) => classOf({ segment: "PPU-PN", grade }))
    assert.deepStrictEqual(classes, [2, 2, 1, 1])
    assert.deepInclude(ward({ segment: "PPU-PN", grade: "I" }).notes, {
      code: "NotSure",
      params: { rule: "PPU-6", parameter: "civilGrade", confidence: "medium" }
    })
  })

  it("is what the family chose, where it pays for itself", () => {
    for (const segment of ["PBPU", "BP"] as const) {
      for (const chosen of [1, 2, 3] as const) {
        assert.strictEqual(classOf({ segment, chosen, wage: 99_000_000, spouseClass: 1 }), chosen)
      }
    }
  })

  it("is the better of both where husband and wife work for a wage (BOTH-WORK)", () => {
    const better = ward({ segment: "PPU-BU", wage: 3_000_000, spouseClass: 1 })
    assert.strictEqual(better.wardClass, 1)
    assert.deepStrictEqual(codes(better), ["WardBetterOfBoth", "WardByWage"])
    assert.strictEqual(classOf({ segment: "PPU-PN", grade: "IV", spouseClass: 2 }), 1)
    assert.deepStrictEqual(codes(ward({ segment: "PPU-PN", grade: "IV", spouseClass: 1 })), ["WardByGrade"])
  })

  it("asks for what decides it, and not where the spouse's class already does", () => {
    const missing = (given: WardClass.Given) => {
      const answer = WardClass.of(given, today)
      return answer._tag === "Unknown" ? [...answer.missing, ...codes(answer)] : answer._tag
    }
    assert.deepStrictEqual(missing({ segment: "PPU-BU" }), ["wage", "MissingWage"])
    assert.deepStrictEqual(missing({ segment: "PPU-PN", wage: 5_000_000 }), ["grade", "MissingGrade"])
    assert.deepStrictEqual(missing({ segment: "PBPU" }), ["chosen", "MissingWardClass"])
    assert.deepStrictEqual(missing({ segment: "PPU-BU", spouseClass: 2 }), ["wage", "MissingWage"])
    assert.deepStrictEqual(codes(ward({ segment: "PPU-BU", spouseClass: 1 })), ["WardBetterOfBoth"])
  })

  it("is unknown before the rule, and has no class where the policy has none (KRIS)", () => {
    const early = WardClass.of({ segment: "PBPU", chosen: 1 }, asOf("2018-09-17", "2026-02-10"))
    assert.deepStrictEqual([early._tag, ...codes(early)], ["Unknown", "RuleNotKnown"])
    const answer = WardClass.of({ segment: "PPU-BU" }, today, always("wards", "standard"))
    assert.deepStrictEqual([answer._tag, ...codes(answer)], ["Standard", "WardStandard"])
  })

  it("is unknown where the policy lacks the rule that decides", () => {
    for (const [name, given] of [
      ["wards", { segment: "PBPU", chosen: 1 }],
      ["assistedWard", { segment: "PBI-JK" }],
      ["secondClassWage", { segment: "PPU-BU", wage: 1 }],
      ["civilGrade", { segment: "PPU-PN", grade: "I" }]
    ] as const) {
      assert.deepStrictEqual(WardClass.of(given, today, without(name)), notKnown(name) as never, name)
    }
    const best = WardClass.of({ segment: "PPU-BU", spouseClass: 1 }, today, without("secondClassWage"))
    assert.strictEqual(best._tag === "Class" && best.wardClass, 1)
  })

  it("says why, with the class", () => {
    assert.deepStrictEqual(ward({ segment: "PBI-JK" }).reasons, [{ code: "WardAssisted", params: { class: 3 } }])
    assert.deepStrictEqual(ward({ segment: "BP", chosen: 2 }).reasons, [{ code: "WardChosen", params: { class: 2 } }])
    assert.deepStrictEqual(ward({ segment: "PPU-PN", grade: "II", spouseClass: 1 }).reasons, [
      { code: "WardBetterOfBoth", params: { class: 1 } },
      { code: "WardByGrade", params: { class: 2, grade: "II" } }
    ])
    const unsaid = WardClass.of({ segment: "PPU-BU", wage: 1 }, today)
    assert.deepStrictEqual(unsaid._tag === "Class" && unsaid.wardClass, 2)
  })

  it("never gets worse when the wage rises, or when the spouse's class is known", () => {
    const wage = fc.integer({ min: 0, max: 20_000_000 })
    fc.assert(
      fc.property(wage, wage, fc.constantFrom(1 as const, 2 as const, 3 as const), (a, b, spouseClass) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        assert.isAtLeast(classOf({ segment: "PPU-BU", wage: less }), classOf({ segment: "PPU-BU", wage: more }))
        const both = classOf({ segment: "PPU-BU", wage: less, spouseClass })
        assert.strictEqual(both, Math.min(classOf({ segment: "PPU-BU", wage: less }), spouseClass))
      })
    )
  })
})
