import { assert, describe, it } from "@effect/vitest"
import * as Checklist from "../../src/eligibility/Checklist.ts"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const adult: Facts = {
  deceased: false,
  birthDate: day("1985-06-15"),
  citizenship: "WNI",
  hasNik: true,
  relation: "head",
  maritalStatus: "single",
  occupation: "own-account",
  headOccupation: "own-account",
  spouseOccupation: "none",
  pbiDecree: false,
  localScheme: false
}
const papers = (facts: Facts) => Checklist.papersFor(Eligibility.evaluate({ ...adult, ...facts }, asOf))

describe("Checklist", () => {
  it("asks a self-payer for cards, account, contact, facility and class", () => {
    assert.deepStrictEqual(papers({}), [
      "identity-card",
      "family-card",
      "registration-form",
      "bank-account",
      "contact",
      "facility-and-class"
    ])
  })

  it("asks those whom the state pays for decree and payslip", () => {
    assert.includeMembers(
      [...papers({ occupation: "state", headOccupation: "state" })],
      ["appointment-decree", "payslip"]
    )
  })

  it("sends nobody anywhere whom the employer registers", () => {
    assert.include(papers({ occupation: "private", headOccupation: "private" }), "employer-upload")
  })

  it("asks a foreign worker for passport and permits, not for an identity card", () => {
    const facts: Facts = {
      citizenship: "WNA",
      hasNik: false,
      hasPassport: true,
      hasPermit: true,
      stayMonths: 12,
      occupation: "private",
      headOccupation: "private"
    }
    assert.includeMembers([...papers(facts)], ["passport", "stay-permit", "work-permit"])
    assert.notInclude(papers(facts), "identity-card")
  })

  it("asks for a newborn's birth letter and the mother's number", () => {
    const facts: Facts = {
      birthDate: day("2026-01-30"),
      hasNik: false,
      relation: "child",
      occupation: "none",
      childOrder: 1,
      motherScheme: "none"
    }
    assert.includeMembers([...papers(facts)], ["birth-letter", "mother-card"])
  })

  it("asks for the school letter only where studying is what covers the child", () => {
    const child: Facts = {
      relation: "child",
      occupation: "none",
      headOccupation: "private",
      childOrder: 1,
      studies: true
    }
    assert.include(papers({ ...child, birthDate: day("2003-01-01") }), "school-letter")
    assert.notInclude(papers({ ...child, birthDate: day("2015-01-01") }), "school-letter")
  })

  it("asks a worker whose employer fails for proof of work, and no other worker", () => {
    const worker: Facts = { occupation: "private", headOccupation: "private" }
    assert.include(papers({ ...worker, employerRegisters: false }), "proof-of-work")
    assert.notInclude(papers(worker), "proof-of-work")
    assert.notInclude(papers({ ...worker, employerRegisters: true }), "proof-of-work")
  })

  it("asks those who trade as foreigners for the permit to work, and those who do not for none", () => {
    const foreigner: Facts = { citizenship: "WNA", hasPassport: true, hasPermit: true, stayMonths: 12 }
    assert.include(papers(foreigner), "work-permit")
    assert.notInclude(papers({ ...foreigner, occupation: "none", headOccupation: "none" }), "work-permit")
    assert.notInclude(papers({}), "work-permit")
  })

  it("asks those whom others pay for who they are only; a baby for the mother's number too", () => {
    assert.deepStrictEqual(papers({ pbiDecree: true }), ["identity-card", "family-card"])
    assert.deepStrictEqual(papers({ localScheme: true }), ["identity-card", "family-card"])
    const baby: Facts = {
      birthDate: day("2026-01-30"),
      relation: "child",
      occupation: "none",
      childOrder: 1,
      motherScheme: "pbi"
    }
    assert.deepStrictEqual(papers(baby), ["family-card", "mother-card"])
  })

  it("asks survivors of a veteran as it asks veterans", () => {
    const of = (occupation: "veteran" | "veteran-survivor") => papers({ occupation, headOccupation: occupation })
    assert.deepStrictEqual(of("veteran-survivor"), of("veteran"))
    assert.include(of("veteran"), "pension-proof")
  })

  it("gives the papers of a ground that was not chosen", () => {
    const decision = Eligibility.evaluate({ ...adult, pbiDecree: true }, asOf)
    assert.notInclude(Checklist.papersFor(decision), "bank-account")
    assert.include(Checklist.papersOf("own-account", decision), "bank-account")
  })

  it("asks a worker's extra family for what the worker shows, and a child for the court order", () => {
    const decision = (relation: "child" | "parent") => Eligibility.evaluate({ ...adult, relation }, asOf)
    const own = ["identity-card", "family-card"] as const
    assert.deepStrictEqual(Checklist.papersOf("state-extra", decision("parent")), [
      ...own,
      "appointment-decree",
      "payslip"
    ])
    assert.deepStrictEqual(Checklist.papersOf("private-extra", decision("parent")), [...own, "employer-upload"])
    assert.deepStrictEqual(Checklist.papersOf("state-extra", decision("child")), [
      "family-card",
      "appointment-decree",
      "payslip",
      "court-order"
    ])
    assert.deepStrictEqual(Checklist.papersOf("private-extra", decision("child")), [
      "family-card",
      "employer-upload",
      "court-order"
    ])
  })

  it("asks for no identity card below 17, also where nobody said whether the person is married", () => {
    const { maritalStatus: _, ...unsaid } = adult
    const young: Facts = { ...unsaid, birthDate: day("2012-01-01"), relation: "other", occupation: "none" }
    const decision = Eligibility.evaluate(young, asOf)
    assert.notInclude(Checklist.papersOf("non-worker", decision), "identity-card")
    const married = Eligibility.evaluate({ ...young, maritalStatus: "married" }, asOf)
    assert.include(Checklist.papersOf("non-worker", married), "identity-card")
  })

  it("notes in both languages what to know before going", () => {
    assert.match(Checklist.note("bank-account", "en") ?? "", /somebody else who pays/)
    assert.match(Checklist.note("bank-account", "id") ?? "", /yang membayar/)
    assert.isUndefined(Checklist.note("identity-card", "en"))
  })

  it("says it in both languages, under a citation", () => {
    const veteran: Facts = { occupation: "veteran", headOccupation: "veteran" }
    const foreigner: Facts = { citizenship: "WNA", hasPassport: true, hasPermit: true, stayMonths: 12 }
    const newborn: Facts = { birthDate: day("2026-01-30"), hasNik: false, relation: "child", occupation: "none" }
    const state: Facts = { occupation: "state", headOccupation: "state" }
    const worker: Facts = { occupation: "private", headOccupation: "private" }
    const asked = [{}, veteran, foreigner, { ...newborn, childOrder: 1 }, state, worker]
    const all = [...asked.flatMap(papers), ...papers({ ...worker, employerRegisters: false })]
    for (const paper of new Set(all)) {
      assert.isNotEmpty(Checklist.text(paper, "id"))
      assert.isNotEmpty(Checklist.text(paper, "en"))
      const { rule, seen, source } = Checklist.citation(paper)
      assert.isNotEmpty(source, paper)
      assert.isNotEmpty(rule ?? "", paper)
      assert.isNotEmpty(seen ?? "", paper)
    }
  })
})
