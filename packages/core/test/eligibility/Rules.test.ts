import { assert, describe, it } from "@effect/vitest"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import type { Segment } from "../../src/identity/Segment.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as National from "../../src/policy/National.ts"
import type { Policy } from "../../src/policy/Policy.ts"
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
      "veteran-survivor": "BP",
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
  it("are not asked whether they are married, until the first birthday", () => {
    const born = (text: string) => decide(without({ ...child, birthDate: day(text) }, "maritalStatus"))
    assert.deepStrictEqual(born("2025-02-11").missing, [])
    assert.deepStrictEqual(born("2025-02-10").missing, ["maritalStatus"])
  })

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

describe("an employer who does not register (EMPLOYER)", () => {
  const worker: Facts = { ...citizen, occupation: "private", headOccupation: "private" }

  it("leaves the worker in the segment, with a way of their own and the employer liable", () => {
    const failed: Facts = { ...worker, employerRegisters: false }
    assert.strictEqual(chosen(failed), "PPU-BU")
    assert.deepStrictEqual(codes(failed), ["PrivateWorker", "EmployerFailed", "EmployerStaysLiable"])
    assert.deepStrictEqual(codes({ ...failed, occupation: "state", headOccupation: "state" }), [
      "StateWorker",
      "EmployerFailed",
      "EmployerStaysLiable"
    ])
  })

  it("is not spoken of where it registers, nor where nobody asked, nor of who has no employer", () => {
    assert.deepStrictEqual(codes({ ...worker, employerRegisters: true }), ["PrivateWorker"])
    assert.deepStrictEqual(codes(worker), ["PrivateWorker"])
    assert.deepStrictEqual(codes({ ...citizen, employerRegisters: false }), ["NotWorking"])
  })
})

describe("veterans' widows, widowers and orphans", () => {
  it("are in BP as veterans are, and it says so", () => {
    const widow: Facts = { ...citizen, occupation: "veteran-survivor", headOccupation: "veteran-survivor" }
    assert.deepStrictEqual([ground(widow), ...codes(widow)], ["state-paid", "VeteranSurvivor"])
    const orphan: Facts = { ...child, occupation: "veteran-survivor", headOccupation: "own-account" }
    assert.deepStrictEqual([ground(orphan), ...codes(orphan)], ["state-paid", "VeteranSurvivor"])
  })
})

describe("the decile (PBI-11)", () => {
  const why = (facts: Facts, on = today) => {
    const verdict = decide(facts, on).verdicts["PBI-JK"]
    return verdict.reasons.map((reason) => reason.code)
  }

  it("says of who is not on a decree whether a proposal has a chance", () => {
    assert.deepStrictEqual(why({ ...citizen, decile: 1 }), ["NotOnPbiDecree", "MayBeProposedForPbi"])
    assert.deepStrictEqual(why({ ...citizen, decile: 5 }), ["NotOnPbiDecree", "MayBeProposedForPbi"])
    assert.deepStrictEqual(why({ ...citizen, decile: 6 }), ["NotOnPbiDecree", "DecileAbovePbi"])
    assert.deepStrictEqual(why({ ...citizen, decile: 10 }), ["NotOnPbiDecree", "DecileAbovePbi"])
    assert.deepStrictEqual(why(citizen), ["NotOnPbiDecree"])
  })

  it("never decides, and sends no wage worker to be proposed", () => {
    assert.strictEqual(chosen({ ...citizen, decile: 1 }), "BP")
    assert.strictEqual(chosen({ ...citizen, decile: 10, pbiDecree: true }), "PBI-JK")
    assert.deepStrictEqual(why({ ...citizen, occupation: "private", decile: 1 }), ["NotOnPbiDecree"])
    assert.deepStrictEqual(why({ ...foreigner, occupation: "none", decile: 1 }), ["CitizensOnly"])
  })

  it("has no target before 22 January 2026", () => {
    assert.deepStrictEqual(why({ ...citizen, decile: 1 }, "2026-01-21"), ["NotOnPbiDecree"])
    assert.include(why({ ...citizen, decile: 1 }, "2026-01-22"), "MayBeProposedForPbi")
  })
})

describe("a local government that admits its residents (PBPU-PD)", () => {
  const inCity = (facts: Facts, on = today, policy: Policy = KotaTangerang.policy) =>
    Eligibility.evaluate(facts, { appliesOn: day(on), knownOn: day(on) }, policy)
  const verdict = (facts: Facts) => {
    const found = inCity(facts).verdicts["PBPU-PD"]
    return [found._tag, ...found.reasons.map((reason) => reason.code)]
  }

  it("takes residents without a wage, in the class that they accept", () => {
    const resident: Facts = { ...citizen, residence: "3671" }
    assert.strictEqual(Eligibility.segmentOf(inCity(resident)), "PBPU-PD")
    assert.deepStrictEqual(inCity(resident).reasons, [{ code: "LocalResident", params: { class: 3 } }])
    const trader: Facts = { ...resident, occupation: "own-account", headOccupation: "own-account" }
    assert.strictEqual(Eligibility.segmentOf(inCity(trader)), "PBPU-PD")
  })

  it("does not take wage earners, nor those who live elsewhere, and says each", () => {
    assert.deepStrictEqual(verdict({ ...citizen, residence: "3671", occupation: "private" }), [
      "No",
      "WageEarnerNotLocal"
    ])
    assert.deepStrictEqual(verdict({ ...citizen, residence: "3603" }), ["No", "NotResidentOfScheme"])
    assert.deepStrictEqual(verdict({ ...citizen, residence: "3603", occupation: "state" }), [
      "No",
      "NotResidentOfScheme",
      "WageEarnerNotLocal"
    ])
  })

  it("takes whom it has on its list, and the children of its members, wherever they live", () => {
    assert.deepStrictEqual(verdict({ ...citizen, residence: "3603", localScheme: true }), ["Yes", "InLocalScheme"])
    const baby: Facts = { ...newborn, motherScheme: "local", residence: "3603" }
    assert.deepStrictEqual(verdict(baby), ["Yes", "ChildOfLocalMember", "NewbornWithoutNik"])
    assert.strictEqual(Eligibility.segmentOf(inCity({ ...baby, motherScheme: "other" })), "PBPU")
  })

  it("asks where somebody lives only where that decides", () => {
    assert.deepStrictEqual(inCity(citizen).missing, ["residence"])
    assert.deepStrictEqual(inCity({ ...citizen, pbiDecree: true }).missing, [])
    assert.deepStrictEqual(inCity({ ...citizen, occupation: "private" }).missing, [])
    assert.deepStrictEqual(inCity(citizen, today, National.policy).missing, [])
  })

  it("says whose rule it is, and is no rule before its day", () => {
    const noted = (facts: Facts, on = today) => inCity(facts, on).notes.map((note) => note.code)
    assert.include(noted({ ...citizen, residence: "3671" }), "FromLayer")
    assert.include(noted({ ...citizen, residence: "3603" }), "FromLayer")
    assert.notInclude(noted({ ...citizen, occupation: "private" }), "FromLayer")
    assert.strictEqual(Eligibility.segmentOf(inCity({ ...citizen, residence: "3671" }, "2025-12-14")), "BP")
    assert.strictEqual(Eligibility.segmentOf(inCity({ ...citizen, residence: "3671" }, "2025-12-15")), "PBPU-PD")
  })
})

describe("what is not known", () => {
  it("is asked, and only where it decides", () => {
    assert.deepStrictEqual(decide(without(citizen, "pbiDecree")).missing, ["pbiDecree"])
    assert.deepStrictEqual(decide(without({ ...citizen, occupation: "private" }, "pbiDecree")).missing, [])
    assert.deepStrictEqual(decide(without(citizen, "hasPassport", "hasPermit", "stayMonths")).missing, [])
    assert.deepStrictEqual(decide(without(foreigner, "hasPermit")).missing, ["hasPermit"])
  })

  it("is not asked where the answer cannot matter", () => {
    assert.deepStrictEqual(decide(without(newborn, "maritalStatus")).missing, [])
    assert.deepStrictEqual(decide(without({ ...child, maritalStatus: "single" }, "maritalStatus")).missing, [
      "maritalStatus"
    ])
    // Whether the head's wife earns a wage does not matter to a child whom the head covers by the state.
    assert.deepStrictEqual(decide(without({ ...child, headOccupation: "state" }, "spouseOccupation")).missing, [])
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

  it("tells of no number that the choice does not stand on", () => {
    const rules = (facts: Facts, on = today) => decide(facts, on).notes.map((note) => note.params?.rule)
    assert.deepStrictEqual(rules(citizen), [])
    assert.deepStrictEqual(rules({ ...citizen, occupation: "private" }), [])
    assert.deepStrictEqual(rules({ ...citizen, pbiDecree: true }), [])
    assert.deepStrictEqual(rules({ ...newborn, motherScheme: "pbi" }), ["NB-3"])
    // Refused as a child for the age: that is why the next ground was asked.
    assert.include(rules({ ...child, birthDate: day("1990-01-01") }), "FAM-2")
    assert.deepStrictEqual(rules(citizen, "2026-03-01"), ["LAW"])
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
