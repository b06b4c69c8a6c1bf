import { assert, describe, it } from "@effect/vitest"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import * as Options from "../../src/eligibility/Options.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as National from "../../src/policy/National.ts"
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

const options = (facts: Facts, policy = National.policy) =>
  Options.of(Eligibility.evaluate({ ...adult, ...facts }, asOf, policy), {}, policy)
const told = (facts: Facts, policy = National.policy) =>
  options(facts, policy).map(({ ground, ownCost, standing, wardClass }) =>
    [ground, standing, ownCost, wardClass].filter((part) => part !== undefined).join(" ")
  )

describe("Options", () => {
  it("asks others first, then names the three classes from the cheapest", () => {
    assert.deepStrictEqual(told({ decile: 3 }), [
      "pbi apply 0",
      "local apply 0",
      "non-worker open 35000 3",
      "non-worker open 100000 2",
      "non-worker open 150000 1"
    ])
    const [proposal, list, third] = options({ decile: 3 })
    assert.deepStrictEqual(
      [proposal, list, third].map((option) => option?.action),
      ["propose-for-pbi", "ask-local-government", "register-self-pay"]
    )
    assert.strictEqual(proposal?.cost._tag === "Due" ? proposal.cost.total : undefined, 42_000)
    assert.include([...(third?.papers ?? [])], "registration-form")
  })

  it("sends nobody to be proposed whose decile is above the target, and asks where it cannot know", () => {
    assert.strictEqual(told({ decile: 5 })[0], "pbi apply 0")
    assert.strictEqual(told({ decile: 6 })[0], "local apply 0")
    const { pbiDecree: _, ...unasked } = adult
    const [first] = Options.of(Eligibility.evaluate(unasked, asOf))
    assert.deepStrictEqual([first?.ground, first?.standing, first?.missing], ["pbi", "ask", ["pbiDecree"]])
  })

  it("has one way for who works for a wage: the employer, or alone with proof of work where the employer fails", () => {
    const worker: Facts = {
      occupation: "private",
      headOccupation: "private",
      wage: 5_000_000,
      pbiDecree: true,
      decile: 1
    }
    assert.deepStrictEqual(told(worker), ["private-work open 50000"])
    assert.strictEqual(options(worker)[0]?.action, "ask-employer")
    const [alone] = options({ ...worker, employerRegisters: false })
    assert.strictEqual(alone?.action, "register-with-proof-of-work")
    assert.include([...(alone?.papers ?? [])], "proof-of-work")
  })

  it("names what others pay before what is paid, also a parent's 1 % whose wage is not known", () => {
    assert.deepStrictEqual(told({ pbiDecree: true })[0], "pbi open 0")
    assert.deepStrictEqual(told({ relation: "spouse", maritalStatus: "married", headOccupation: "state", decile: 1 }), [
      "state-family open 0",
      "non-worker open 35000 3",
      "non-worker open 100000 2",
      "non-worker open 150000 1"
    ])
    assert.deepStrictEqual(told({ relation: "parent", headOccupation: "private", decile: 9 }).slice(0, 3), [
      "local apply 0",
      "private-extra open",
      "non-worker open 35000 3"
    ])
    assert.deepStrictEqual(told({ occupation: "pensioner", headOccupation: "pensioner", decile: 1 }), [
      "state-paid open"
    ])
  })

  it("knows from the layer of a local government whom it takes", () => {
    assert.deepStrictEqual(told({ residence: "3671", decile: 9 }, KotaTangerang.policy)[0], "local open 0")
    assert.deepStrictEqual(told({ residence: "3603", decile: 9 }, KotaTangerang.policy)[0], "non-worker open 35000 3")
    // Whom somebody pays for already is sent to nobody else.
    assert.deepStrictEqual(told({ residence: "3671", decile: 2 }, KotaTangerang.policy).slice(0, 2), [
      "local open 0",
      "non-worker open 35000 3"
    ])
  })

  it("gives each way its own papers", () => {
    const student: Facts = {
      relation: "child",
      birthDate: day("2003-01-01"),
      headOccupation: "state",
      childOrder: 1,
      studies: true
    }
    const ways = options(student)
    assert.deepStrictEqual([ways[0]?.ground, ways.at(-1)?.ground], ["state-family", "non-worker"])
    assert.include([...(ways[0]?.papers ?? [])], "school-letter")
    assert.notInclude([...(ways.at(-1)?.papers ?? [])], "school-letter")
  })

  it("offers nothing to the dead, to nobody known, and upon facts that contradict each other", () => {
    assert.deepStrictEqual(told({ deceased: true }), [])
    assert.deepStrictEqual(Options.of(Eligibility.evaluate({}, asOf)), [])
    assert.deepStrictEqual(told({ wage: 1_000_000 }), [])
  })

  it("says why, and under which law, for each", () => {
    for (const option of options({ decile: 3 })) assert.isNotEmpty(option.reasons)
  })
})
