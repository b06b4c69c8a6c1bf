import { assert, describe, it } from "@effect/vitest"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import * as Precedence from "../../src/eligibility/Precedence.ts"
import * as RuleSet from "../../src/eligibility/RuleSet.ts"
import * as Trace from "../../src/eligibility/Trace.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const worker: Facts = {
  deceased: false,
  birthDate: day("1985-06-15"),
  citizenship: "WNI",
  hasNik: true,
  occupation: "private"
}

describe("Trace", () => {
  it("shows every ground in the order of precedence, with the answer that the decision stands on", () => {
    const { decision, trace } = Eligibility.traced(worker, asOf)
    assert.deepStrictEqual(decision, Eligibility.evaluate(worker, asOf))
    assert.deepStrictEqual(
      trace.map(({ ground }) => ground),
      [...Precedence.national]
    )
    const chosen = trace.find(({ tree }) => tree.answer === "yes")
    assert.strictEqual(chosen?.ground, "private-work")
  })

  it("shows what was asked, and what was answered", () => {
    const { trace } = Eligibility.traced(worker, asOf)
    const lines = Trace.lines(trace)
    const from = lines.indexOf("private-work (PPU-BU): yes")
    assert.deepStrictEqual(lines.slice(from, from + 15), [
      "private-work (PPU-BU): yes",
      "  all of: yes",
      "    all of: yes",
      "      not: yes",
      "        deceased is true: no",
      "      birthDate on or before the day: yes",
      "      any of: yes",
      "        hasNik is true: yes",
      "        birthDate young enough to be registered without NIK: no",
      "        all of: no",
      "          not: no",
      "            citizenship is WNI: yes",
      "          hasPassport is true: unknown",
      "    occupation is private: yes [PrivateWorker]",
      "    any of: yes"
    ])
  })

  it("shows what is only remarked, and what the policy was asked", () => {
    const fails = Trace.lines(Eligibility.traced({ ...worker, employerRegisters: false }, asOf).trace)
    assert.include(fails, "    occupation is private: yes [PrivateWorker,EmployerFailed,EmployerStaysLiable]")
    assert.isTrue(fails.some((line) => line.trim() === "localAdmission admits residents: no"))
  })

  it("names the parameter that a question was asked with", () => {
    const facts = Trace.lines(Eligibility.traced(worker, asOf).trace)
    assert.isTrue(facts.some((line) => line.trim().startsWith("relation is parent or parent-in-law: ")))
    const nodes = JSON.stringify(Eligibility.traced({ ...worker, stayMonths: 4 }, asOf).trace)
    assert.include(nodes, '"fact":"stayMonths","test":"long enough","parameter":"foreignerMonths"')
    assert.include(nodes, '"fact":"hasNik","test":"is true"}')
  })

  it("remarks upon a refusal only what is remarked of refusals", () => {
    const idle = Eligibility.traced({ ...worker, occupation: "none", employerRegisters: false }, asOf)
    assert.isFalse(Trace.lines(idle.trace).some((line) => line.includes("EmployerFailed")))
  })

  it("shows last, by their names, grounds that an order leaves out", () => {
    const only = RuleSet.withPrecedence(RuleSet.current, "poor-only", ["pbi"])
    const order = Eligibility.traced(worker, asOf, undefined, only).trace.map(({ ground }) => ground)
    const rest = Precedence.national.filter((ground) => ground !== "pbi")
    assert.deepStrictEqual(order, ["pbi", ...[...rest].sort()])
  })

  it("is made once for all people with the same answers, and cannot be changed", () => {
    const one = Eligibility.traced(worker, asOf).trace
    const other = Eligibility.traced({ ...worker, birthDate: day("1986-01-01") }, asOf).trace
    assert.strictEqual(other, one)
    assert.isTrue(Object.isFrozen(one) && Object.isFrozen(one[0]?.tree))
  })

  it("has nothing to show before the first rule", () => {
    const early = { appliesOn: day("2018-09-17"), knownOn: day("2026-01-01") }
    assert.deepStrictEqual(Eligibility.traced(worker, early).trace, [])
  })

  it("follows the rule set that it is asked for", () => {
    const reversed = RuleSet.withPrecedence(RuleSet.current, "reversed", [...Precedence.national].reverse())
    const { trace } = Eligibility.traced(worker, asOf, undefined, reversed)
    assert.strictEqual(trace[0]?.ground, "non-worker")
  })
})
