import { assert, describe, it } from "@effect/vitest"
import * as Counterfactual from "../../src/eligibility/Counterfactual.ts"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import type { Segment } from "../../src/identity/Segment.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const adult: Facts = {
  deceased: false,
  birthDate: day("1985-06-15"),
  citizenship: "WNI",
  hasNik: true,
  relation: "head",
  maritalStatus: "single",
  occupation: "none",
  headOccupation: "none",
  spouseOccupation: "none",
  pbiDecree: false,
  localScheme: false
}
const changes = (facts: Facts, segment: Segment) =>
  Counterfactual.of(Eligibility.evaluate({ ...adult, ...facts }, asOf), segment)?.changes

describe("Counterfactual", () => {
  it("names the one fact that stands in the way", () => {
    assert.deepStrictEqual(changes({}, "PBI-JK"), [{ fact: "pbiDecree", from: false, to: true }])
    assert.deepStrictEqual(changes({}, "PBPU-PD"), [{ fact: "localScheme", from: false, to: true }])
    assert.deepStrictEqual(changes({ hasNik: false }, "BP"), [{ fact: "hasNik", from: false, to: true }])
    const foreigner: Facts = {
      citizenship: "WNA",
      hasNik: false,
      hasPassport: true,
      hasPermit: true,
      stayMonths: 5,
      occupation: "private",
      headOccupation: "private"
    }
    assert.deepStrictEqual(changes(foreigner, "PPU-BU"), [{ fact: "stayMonths", from: 5, to: 6 }])
  })

  it("names two where it takes two, and gives no value to what was not known before", () => {
    assert.deepStrictEqual(changes({ hasNik: false }, "PBI-JK"), [
      { fact: "hasNik", from: false, to: true },
      { fact: "pbiDecree", from: false, to: true }
    ])
    const { hasNik: _, ...unknown } = adult
    const decision = Eligibility.evaluate(unknown, asOf)
    assert.deepStrictEqual(Counterfactual.of(decision, "PBI-JK")?.changes, [
      { fact: "hasNik", to: true },
      { fact: "pbiDecree", from: false, to: true }
    ])
  })

  it("has none where only birth, death or citizenship would do, nor for what is no no", () => {
    assert.isUndefined(changes({ deceased: true }, "BP"))
    assert.isUndefined(changes({ citizenship: "WNA", hasPassport: true, hasPermit: true, stayMonths: 9 }, "PBI-JK"))
    assert.isUndefined(changes({}, "BP"))
    const { pbiDecree: _, ...unasked } = adult
    assert.isUndefined(Counterfactual.of(Eligibility.evaluate(unasked, asOf), "PBI-JK"))
  })

  it("does not put a wage beside no work, nor a baby to work", () => {
    const found = changes({ occupation: "private", headOccupation: "private", wage: 5_000_000 }, "PBPU")
    assert.deepStrictEqual(found, [{ fact: "occupation", from: "private", to: "own-account" }])
    const baby: Facts = { birthDate: day("2026-01-20"), relation: "child", childOrder: 1 }
    assert.deepStrictEqual(changes(baby, "PPU-PN"), [{ fact: "headOccupation", from: "none", to: "state" }])
    const headWithWage = changes(
      { relation: "spouse", maritalStatus: "married", occupation: "private", wage: 1, headOccupation: "own-account" },
      "BP"
    )
    assert.deepStrictEqual(headWithWage, [{ fact: "occupation", from: "private", to: "pensioner" }])
  })
})
