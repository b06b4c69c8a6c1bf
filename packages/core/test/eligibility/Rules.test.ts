import { assert, describe, it } from "@effect/vitest"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import type { Segment } from "../../src/identity/Segment.ts"
import { make as day } from "../../src/time/PlainDate.ts"

// Expected values are written from the sources of the rules, before and beside the code.

const today = "2026-02-10"

/** A citizen of 40 years without work, alone on the family card, nothing granted. */
const citizen: Facts = {
  deceased: false,
  birthDate: day("1985-06-15"),
  citizenship: "WNI",
  hasNik: true,
  relation: "head",
  maritalStatus: "single",
  occupation: "none",
  studies: false,
  headOccupation: "none",
  spouseOccupation: "none",
  pbiDecree: false,
  localScheme: false
}

const foreigner: Facts = {
  ...citizen,
  citizenship: "WNA",
  hasNik: false,
  hasPassport: true,
  hasPermit: true,
  stayMonths: 12,
  occupation: "private",
  headOccupation: "private"
}

/** The first child, 10 years old, of a head who works for a company. */
const child: Facts = {
  ...citizen,
  birthDate: day("2015-08-01"),
  relation: "child",
  headOccupation: "private",
  childOrder: 1
}

/** Two weeks old, without NIK, first child of a head who trades on their own account. */
const newborn: Facts = {
  ...child,
  birthDate: day("2026-01-27"),
  hasNik: false,
  headOccupation: "own-account",
  motherScheme: "none"
}

const decide = (facts: Facts, on = today, knownOn = on) =>
  Eligibility.evaluate(facts, { appliesOn: day(on), knownOn: day(knownOn) })

const without = (facts: Facts, ...names: ReadonlyArray<keyof Facts>): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name as keyof Facts))) as Facts

const chosen = (facts: Facts, on = today) => {
  const { choice } = decide(facts, on)
  return choice._tag === "Chosen" ? choice.segment : choice._tag
}
const ground = (facts: Facts) => {
  const { choice } = decide(facts)
  return choice._tag === "Chosen" ? choice.ground : choice._tag
}
const codes = (facts: Facts) => decide(facts).reasons.map((reason) => reason.code)
const refusal = (facts: Facts, segment: Segment) => {
  const verdict = decide(facts).verdicts[segment]
  return verdict._tag === "No" ? verdict.reasons.map((reason) => reason.code) : [verdict._tag]
}

describe("segments", () => {
  it("puts people where their work puts them", () => {
    const expected = {
      none: "BP",
      state: "PPU-PN",
      private: "PPU-BU",
      "own-account": "PBPU",
      pensioner: "BP",
      veteran: "BP",
      employer: "BP",
      investor: "BP"
    } as const
    for (const [occupation, segment] of Object.entries(expected)) {
      const facts = { ...citizen, occupation, headOccupation: occupation } as Facts
      assert.strictEqual(chosen(facts), segment, occupation)
    }
  })

  it("puts those whom others pay for where they are paid for", () => {
    assert.strictEqual(chosen({ ...citizen, pbiDecree: true }), "PBI-JK")
    assert.strictEqual(chosen({ ...citizen, localScheme: true }), "PBPU-PD")
    assert.strictEqual(chosen({ ...citizen, pbiDecree: true, localScheme: true }), "PBI-JK")
  })

  it("lets wage work override a PBI decree and a local scheme", () => {
    const worker: Facts = { ...citizen, occupation: "private", pbiDecree: true, localScheme: true }
    assert.strictEqual(chosen(worker), "PPU-BU")
    assert.strictEqual(decide(worker).verdicts["PBI-JK"]._tag, "Yes")
  })

  it("puts a worker's dependant before PBI, and PBI before paying alone", () => {
    assert.strictEqual(chosen({ ...child, pbiDecree: true }), "PPU-BU")
    const trader: Facts = { ...citizen, occupation: "own-account", headOccupation: "own-account" }
    assert.strictEqual(chosen({ ...trader, pbiDecree: true }), "PBI-JK")
  })

  it("covers nobody who is dead", () => {
    assert.strictEqual(chosen({ ...citizen, deceased: true }), "NoneFits")
    assert.deepStrictEqual(codes({ ...citizen, deceased: true }), ["Deceased"])
  })

  it("does not take a birth date after the day for granted", () => {
    assert.deepStrictEqual(codes({ ...citizen, birthDate: day("2026-02-11") }), ["BornAfterTheDay"])
    assert.notDeepEqual(codes({ ...child, birthDate: day("2026-02-10") }), ["BornAfterTheDay"])
  })

  it("tells a wage worker that self-payment is not for them, and what to do", () => {
    assert.deepStrictEqual(refusal({ ...citizen, occupation: "private" }, "PBPU"), ["WageWorkerNotSelfPay"])
  })
})

describe("foreigners (WNA)", () => {
  it("are in PPU through their employer, or in PBPU", () => {
    assert.strictEqual(chosen(foreigner), "PPU-BU")
    assert.strictEqual(chosen({ ...foreigner, occupation: "own-account" }), "PBPU")
    assert.strictEqual(chosen({ ...foreigner, occupation: "investor" }), "PBPU")
    assert.deepStrictEqual(refusal({ ...foreigner, occupation: "investor" }, "BP"), ["CitizensOnly"])
  })

  it("need six months", () => {
    assert.strictEqual(chosen({ ...foreigner, stayMonths: 6 }), "PPU-BU")
    assert.strictEqual(chosen({ ...foreigner, stayMonths: 5 }), "NoneFits")
    assert.deepStrictEqual(codes({ ...foreigner, stayMonths: 5 }), ["ForeignStayTooShort"])
  })

  it("need passport and permit", () => {
    assert.deepStrictEqual(codes({ ...foreigner, hasPermit: false }), ["ForeignPapersMissing"])
    assert.deepStrictEqual(codes({ ...foreigner, hasNik: true, hasPassport: false }), ["ForeignPapersMissing"])
    assert.deepStrictEqual(codes({ ...foreigner, hasPassport: false }), ["ForeignPapersMissing"])
  })

  it("need no six months as the spouse of a worker", () => {
    const spouse: Facts = { ...foreigner, relation: "spouse", occupation: "none", stayMonths: 1 }
    assert.strictEqual(ground(spouse), "private-family")
  })

  it("are never PBI and never in a local scheme", () => {
    const granted: Facts = { ...foreigner, occupation: "own-account", pbiDecree: true, localScheme: true }
    assert.strictEqual(chosen(granted), "PBPU")
    assert.deepStrictEqual(refusal(granted, "PBI-JK"), ["CitizensOnly"])
    assert.deepStrictEqual(refusal(granted, "PBPU-PD"), ["CitizensOnly"])
  })
})

describe("family of a worker (FAM)", () => {
  it("covers a spouse, either way round", () => {
    assert.strictEqual(ground({ ...citizen, relation: "spouse", headOccupation: "state" }), "state-family")
    assert.strictEqual(ground({ ...citizen, relation: "head", spouseOccupation: "private" }), "private-family")
    const trader: Facts = { ...citizen, relation: "spouse", occupation: "own-account", headOccupation: "private" }
    assert.strictEqual(ground(trader), "private-family")
  })

  it("has both working spouses at their own employers (art. 14)", () => {
    const wife: Facts = { ...citizen, relation: "spouse", occupation: "private", headOccupation: "state" }
    assert.strictEqual(ground(wife), "private-work")
    assert.includeMembers([...refusal(wife, "PPU-PN")], ["OwnEmployer"])
  })

  it("covers three children; the fourth costs 1 %", () => {
    assert.strictEqual(ground({ ...child, childOrder: 3 }), "private-family")
    assert.strictEqual(ground({ ...child, childOrder: 4 }), "private-extra")
    assert.deepStrictEqual(decide({ ...child, childOrder: 4 }).reasons, [
      { code: "ExtraFamily", params: { percent: 1 } }
    ])
  })

  it("covers a child until 21, until 25 in formal education", () => {
    const born = (text: string, studies: boolean): Facts => ({ ...child, birthDate: day(text), studies })
    assert.strictEqual(ground(born("2005-02-11", false)), "private-family")
    assert.strictEqual(ground(born("2005-02-10", false)), "non-worker")
    assert.strictEqual(ground(born("2005-02-10", true)), "private-family")
    assert.strictEqual(ground(born("2001-02-11", true)), "private-family")
    assert.strictEqual(ground(born("2001-02-10", true)), "non-worker")
    assert.deepStrictEqual(refusal(born("2001-02-10", true), "PPU-BU"), ["NotPrivateWorker", "ChildTooOld"])
  })

  it("asks whether a child studies only where it matters", () => {
    assert.deepStrictEqual(decide(without(child, "studies")).missing, [])
    assert.deepStrictEqual(decide(without({ ...child, birthDate: day("2003-01-01") }, "studies")).missing, ["studies"])
    assert.deepStrictEqual(decide(without({ ...child, birthDate: day("1999-01-01") }, "studies")).missing, [])
  })

  it("does not cover a child who is married or earns, and says both at once", () => {
    const grown: Facts = { ...child, maritalStatus: "married", occupation: "own-account", birthDate: day("2006-01-01") }
    assert.strictEqual(chosen(grown), "PBPU")
    assert.includeMembers([...refusal(grown, "PPU-BU")], ["ChildMarried", "ChildHasIncome"])
  })

  it("takes parents and parents-in-law as extra family", () => {
    for (const relation of ["parent", "parent-in-law"] as const) {
      assert.strictEqual(ground({ ...citizen, relation, headOccupation: "private" }), "private-extra")
      assert.strictEqual(ground({ ...citizen, relation, spouseOccupation: "state" }), "state-extra")
    }
  })

  it("has other relatives pay the self-paid tariff (FAM-4)", () => {
    const brother: Facts = { ...citizen, relation: "other", headOccupation: "private" }
    assert.deepStrictEqual([chosen(brother), ...codes(brother)], ["PBPU", "OtherRelative"])
  })

  it("registers everybody on the card of who trades on their own account (FAM-5)", () => {
    const spouse: Facts = { ...citizen, relation: "spouse", headOccupation: "own-account" }
    assert.deepStrictEqual([chosen(spouse), ...codes(spouse)], ["PBPU", "FamilyOfOwnAccount"])
  })
})

describe("newborns (NB)", () => {
  it("are registered without NIK up to three months, the last day included", () => {
    const born = (text: string): Facts => ({ ...newborn, birthDate: day(text) })
    assert.strictEqual(chosen(born("2025-11-10")), "PBPU")
    assert.include(codes(born("2025-11-10")), "NewbornWithoutNik")
    assert.deepStrictEqual(codes(born("2025-11-09")), ["NikNeeded"])
    assert.strictEqual(chosen({ ...born("2025-11-09"), hasNik: true }), "PBPU")
  })

  it("count months as they are long: born on 28 February, three months are over after 28 May", () => {
    const baby: Facts = { ...newborn, birthDate: day("2025-02-28") }
    assert.strictEqual(chosen(baby, "2025-05-28"), "PBPU")
    assert.strictEqual(chosen(baby, "2025-05-29"), "NoneFits")
    const january: Facts = { ...newborn, birthDate: day("2025-01-31") }
    assert.strictEqual(chosen(january, "2025-04-30"), "PBPU")
    assert.strictEqual(chosen(january, "2025-05-01"), "NoneFits")
  })

  it("follow the biological mother into PBI, without any decree", () => {
    const baby: Facts = without({ ...newborn, motherScheme: "pbi" }, "pbiDecree")
    assert.deepStrictEqual([chosen(baby), ...codes(baby)], ["PBI-JK", "NewbornOfPbiMother", "NewbornWithoutNik"])
    assert.strictEqual(chosen({ ...newborn, motherScheme: "other" }), "PBPU")
    assert.strictEqual(chosen({ ...child, headOccupation: "own-account", motherScheme: "pbi" }), "PBPU")
  })

  it("are with a working parent before that", () => {
    assert.strictEqual(ground({ ...newborn, headOccupation: "private", motherScheme: "pbi" }), "private-family")
  })
})

describe("what is not known", () => {
  it("is asked, and only where it decides", () => {
    assert.deepStrictEqual(decide(without(citizen, "pbiDecree")).missing, ["pbiDecree"])
    assert.deepStrictEqual(decide(without({ ...citizen, occupation: "private" }, "pbiDecree")).missing, [])
    assert.deepStrictEqual(decide(without(citizen, "hasPassport", "hasPermit", "stayMonths")).missing, [])
    assert.deepStrictEqual(decide(without(foreigner, "hasPermit")).missing, ["hasPermit"])
  })

  it("leaves the other segments with what they know", () => {
    const decision = decide(without(citizen, "pbiDecree"))
    assert.strictEqual(decision.choice._tag, "Undecided")
    assert.strictEqual(decision.verdicts.BP._tag, "Yes")
    assert.deepStrictEqual(decision.verdicts["PBI-JK"], {
      _tag: "Unknown",
      missing: ["pbiDecree"],
      reasons: [{ code: "MissingPbiDecree" }]
    })
  })

  it("is everything, for somebody of whom nothing was said", () => {
    const decision = decide({})
    assert.strictEqual(decision.choice._tag, "Undecided")
    assert.isAbove(decision.missing.length, 10)
  })

  it("includes days before the first rule, and days on which it was not announced", () => {
    for (const [on, knownOn] of [
      ["2018-09-17", "2026-01-01"],
      ["2026-01-01", "2018-09-17"]
    ] as const) {
      const decision = decide({ ...citizen, deceased: true }, on, knownOn)
      assert.deepStrictEqual(decision.choice, { _tag: "Undecided", missing: [] })
      assert.deepStrictEqual(decision.reasons, [{ code: "RuleNotKnown", params: { rule: "LAW" } }])
    }
  })
})

describe("what a decision says of its sources", () => {
  const noted = (facts: Facts, on: string) => decide(facts, on).notes.map((note) => note.code)

  it("tells when the rules were last verified, from the day after", () => {
    assert.notInclude(noted(foreigner, "2026-02-28"), "NotVerifiedAfter")
    assert.include(noted(foreigner, "2026-03-01"), "NotVerifiedAfter")
  })

  it("tells which numbers do not stand on a sure source", () => {
    const rules = decide({ ...child, birthDate: day("2003-01-01"), studies: true }).notes.map(
      (note) => note.params?.rule
    )
    assert.include(rules, "FAM-2")
    assert.notInclude(rules, "FAM-1")
  })

  it("names the register of the day: DTKS until 21 January 2026, then DTSEN", () => {
    const register = (on: string, knownOn: string) => {
      const verdict = decide(citizen, on, knownOn).verdicts["PBI-JK"]
      return verdict._tag === "No" ? verdict.reasons[0].params?.register : verdict._tag
    }
    assert.strictEqual(register("2026-01-21", "2026-01-22"), "DTKS")
    assert.strictEqual(register("2026-01-22", "2026-01-22"), "DTSEN")
    assert.strictEqual(register("2026-01-22", "2026-01-21"), "DTKS")
  })
})
