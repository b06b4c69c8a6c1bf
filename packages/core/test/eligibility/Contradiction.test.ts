import { assert, describe, it } from "@effect/vitest"
import * as Contradiction from "../../src/eligibility/Contradiction.ts"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import * as Reason from "../../src/policy/Reason.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const codes = (facts: Facts) => Contradiction.contradictions(facts, asOf).map(({ code }) => code)

describe("Contradiction", () => {
  it("finds a birth after the day, and on the day none", () => {
    assert.deepStrictEqual(codes({ birthDate: day("2026-02-11") }), ["BornAfterTheDay"])
    assert.deepStrictEqual(codes({ birthDate: day("2026-02-10") }), [])
    assert.deepStrictEqual(codes({ headBirthDate: day("2026-02-11") }), ["HeadBornAfterTheDay"])
    assert.deepStrictEqual(codes({ headBirthDate: day("2026-02-10") }), [])
  })

  it("finds the dead at work, not the dead who had a pension or nothing", () => {
    for (const occupation of ["state", "private", "own-account", "employer"] as const) {
      assert.deepStrictEqual(codes({ deceased: true, occupation }), ["DeceasedButEmployed"], occupation)
      assert.deepStrictEqual(codes({ deceased: false, occupation }), [], occupation)
      assert.deepStrictEqual(codes({ occupation }), [], occupation)
    }
    for (const occupation of ["none", "pensioner", "veteran", "veteran-survivor", "investor"] as const) {
      assert.deepStrictEqual(codes({ deceased: true, occupation }), [], occupation)
    }
  })

  it("finds a child older than the head, and a parent younger, by one day", () => {
    const of = (relation: NonNullable<Facts["relation"]>, birth: string) =>
      codes({ relation, birthDate: day(birth), headBirthDate: day("1990-05-05") })
    assert.deepStrictEqual(of("child", "1990-05-04"), ["ChildOlderThanHead"])
    assert.deepStrictEqual(of("child", "1990-05-05"), [])
    assert.deepStrictEqual(of("parent", "1990-05-06"), ["ParentYoungerThanHead"])
    assert.deepStrictEqual(of("parent", "1990-05-05"), [])
    // A wife's parents may be younger than her husband, and a brother may be of any age.
    for (const relation of ["parent-in-law", "spouse", "other", "head"] as const) {
      assert.deepStrictEqual([...of(relation, "1970-01-01"), ...of(relation, "2000-01-01")], [], relation)
    }
  })

  it("finds a baby that is married, has a family, or works, until the first birthday", () => {
    const born = (birth: string, facts: Facts) => codes({ birthDate: day(birth), ...facts })
    for (const [code, facts] of [
      ["NewbornMarried", { maritalStatus: "married" }],
      ["NewbornMarried", { maritalStatus: "divorced" }],
      ["NewbornMarried", { maritalStatus: "widowed" }],
      ["NewbornWithFamily", { relation: "spouse" }],
      ["NewbornWithFamily", { relation: "parent" }],
      ["NewbornWithFamily", { relation: "parent-in-law" }],
      ["WorkingInfant", { occupation: "private" }]
    ] as const) {
      assert.deepStrictEqual(born("2025-02-11", facts), [code])
      assert.deepStrictEqual(born("2025-02-10", facts), [])
      assert.deepStrictEqual(born("2026-02-10", facts), [code])
    }
    for (const facts of [
      { maritalStatus: "single" },
      { relation: "child" },
      { relation: "head" },
      { relation: "other" },
      { occupation: "none" },
      { occupation: "veteran-survivor" }
    ] as const) {
      assert.deepStrictEqual(born("2026-01-01", facts), [])
    }
  })

  it("finds a wage without work", () => {
    assert.deepStrictEqual(codes({ occupation: "none", wage: 1 }), ["WageWithoutWork"])
    assert.deepStrictEqual(codes({ occupation: "none", wage: 0 }), [])
    assert.deepStrictEqual(codes({ occupation: "private", wage: 1 }), [])
  })

  it("finds all at once, and names the facts of each", () => {
    const facts: Facts = {
      deceased: true,
      birthDate: day("2026-01-01"),
      relation: "child",
      headBirthDate: day("2026-02-01"),
      maritalStatus: "widowed",
      occupation: "private"
    }
    assert.deepStrictEqual(
      Contradiction.contradictions(facts, asOf).map((one) => [one.code, ...one.facts]),
      [
        ["DeceasedButEmployed", "deceased", "occupation"],
        ["ChildOlderThanHead", "birthDate", "relation", "headBirthDate"],
        ["NewbornMarried", "birthDate", "maritalStatus"],
        ["WorkingInfant", "birthDate", "occupation"]
      ]
    )
  })

  it("is never decided upon, and never asked about", () => {
    const decision = Eligibility.evaluate({ deceased: true, occupation: "private" }, asOf)
    assert.deepStrictEqual(decision.choice, { _tag: "Undecided", missing: [] })
    assert.deepStrictEqual(decision.reasons, [{ code: "DeceasedButEmployed" }])
    assert.deepStrictEqual(decision.contradictions, [
      { code: "DeceasedButEmployed", facts: ["deceased", "occupation"], reason: { code: "DeceasedButEmployed" } }
    ])
    for (const verdict of Object.values(decision.verdicts)) assert.strictEqual(verdict._tag, "Unknown")
    assert.notProperty(Eligibility.evaluate({ deceased: true }, asOf), "contradictions")
  })

  it("has a text that says what to check", () => {
    for (const code of ["DeceasedButEmployed", "ChildOlderThanHead", "WageWithoutWork"] as const) {
      assert.match(Reason.render({ code }, "en"), /check/)
      assert.strictEqual(Reason.entry(code).action, "correct-application")
    }
  })
})
