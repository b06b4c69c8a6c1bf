import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as Condition from "../../src/eligibility/Condition.ts"
import type { Recorded } from "../../src/eligibility/Eligibility.ts"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import { type Facts, names } from "../../src/eligibility/Facts.ts"
import { compiledFor } from "../../src/eligibility/internal/compiled.ts"
import { personOf } from "../../src/eligibility/internal/diagram.ts"
import { groundIds } from "../../src/eligibility/Rules.ts"
import * as RuleSet from "../../src/eligibility/RuleSet.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as National from "../../src/policy/National.ts"
import type { Policy } from "../../src/policy/Policy.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const compiled = compiledFor(RuleSet.current, KotaTangerang.policy, asOf)

/** The people of the frozen decisions, each also with some of the facts forgotten. */
const people: ReadonlyArray<Facts> = readFileSync(new URL("../fixtures/decisions-v1.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Recorded => JSON.parse(line))
  .filter(({ appliesOn }) => appliesOn === "2026-02-28")
  .flatMap(({ facts }) =>
    names.map((_, at): Facts => {
      const kept = Object.entries(facts).filter(([name]) => (names.indexOf(name as keyof Facts) + at) % 4 !== 0)
      return Object.fromEntries(kept)
    })
  )

describe("the questions that answers hang on", () => {
  it("tell people apart by every fact that a rule asks for", () => {
    for (const { fact, values } of compiled.classes) {
      const signatures = [undefined, ...values].map((value) =>
        compiled.signature(value === undefined ? {} : { [fact]: value })
      )
      assert.isAbove(values.length, 1, fact)
      assert.notInclude(signatures, undefined, fact)
      assert.strictEqual(new Set(signatures).size, values.length + 1, fact)
    }
    assert.notInclude(
      compiled.classes.map(({ fact }) => fact),
      "wage"
    )
  })

  it("know of every value which class it is in", () => {
    for (const facts of people) assert.notInclude([...personOf(compiled.classes, facts)], -1)
  })

  it("answer as the formulas do, for every ground and everybody", () => {
    const { diagrams } = compiled.shared.questions()
    assert.isAbove(people.length, 500)
    for (const facts of people) {
      const person = personOf(compiled.classes, facts)
      for (const ground of groundIds) {
        const { formula } = RuleSet.current.grounds[ground]
        assert.strictEqual(
          diagrams.answer(diagrams.of(formula), person),
          Condition.answer(formula, facts, compiled.day),
          ground
        )
      }
    }
  })

  it("stay few enough to look through", () => {
    assert.isBelow(compiled.shared.questions().diagrams.size(), 20_000)
  })
})

describe("a policy that has no value for the day", () => {
  const { foreignerMonths } = National.policy.parameters
  const gapped: Policy = {
    version: "test-gap",
    parameters: { ...National.policy.parameters, foreignerMonths: { ...foreignerMonths, history: [] } }
  }
  const foreigner: Facts = {
    deceased: false,
    birthDate: day("1985-06-15"),
    citizenship: "WNA",
    hasNik: true,
    hasPassport: true,
    hasPermit: true,
    relation: "head",
    maritalStatus: "single",
    occupation: "private",
    headOccupation: "private",
    spouseOccupation: "none"
  }
  const decide = (facts: Facts) => Eligibility.evaluate(facts, asOf, gapped)

  it("leaves unknown what stands on it, and asks for no fact that could not help", () => {
    for (const facts of [foreigner, { ...foreigner, stayMonths: 12 }]) {
      const decision = decide(facts)
      assert.deepStrictEqual(decision.choice, { _tag: "Undecided", missing: [] })
      assert.deepStrictEqual(decision.reasons, [{ code: "RuleNotKnown", params: { rule: "WNA" } }])
    }
  })

  it("asks for facts that could still settle it without that value", () => {
    const { citizenship: _, ...rest } = foreigner
    assert.deepStrictEqual(decide(rest).missing, ["citizenship"])
    const { hasPermit: __, ...withoutPermit } = foreigner
    assert.deepStrictEqual(decide(withoutPermit).missing, ["hasPermit"])
    assert.strictEqual(decide({ ...withoutPermit, hasPermit: false }).choice._tag, "NoneFits")
  })

  it("asks otherwise than the policy that has the value, also when that was asked first", () => {
    const { hasPermit: _, stayMonths: __, ...withoutPermit }: Facts = foreigner
    assert.deepStrictEqual(Eligibility.evaluate(withoutPermit, asOf).missing, ["hasPermit", "stayMonths"])
    assert.deepStrictEqual(decide(withoutPermit).missing, ["hasPermit"])
  })

  it("decides what does not stand on it", () => {
    assert.strictEqual(Eligibility.segmentOf(decide({ ...foreigner, citizenship: "WNI" })), "PPU-BU")
  })
})
