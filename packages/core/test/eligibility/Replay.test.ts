import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import * as Replay from "../../src/eligibility/Replay.ts"
import * as Rules from "../../src/eligibility/Rules.ts"
import * as RuleSet from "../../src/eligibility/RuleSet.ts"
import { Segment } from "../../src/identity/Segment.ts"
import * as CanonicalJson from "../../src/policy/CanonicalJson.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as National from "../../src/policy/National.ts"
import type { Policy } from "../../src/policy/Policy.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const frozen = (version: string): ReadonlyArray<string> =>
  readFileSync(new URL(`../fixtures/decisions-v${version}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
const versions = RuleSet.versions.map(({ version }) => version)
const policies = [...National.versions, ...KotaTangerang.versions]
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest())
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

const asOf = { appliesOn: day("2026-02-01"), knownOn: day("2026-02-01") }
const facts = {
  deceased: false,
  birthDate: day("1990-01-01"),
  citizenship: "WNI",
  hasNik: true,
  occupation: "private"
} as const

const reason = (recorded: unknown, policies?: ReadonlyArray<Policy>) => {
  const result = Replay.replay(recorded, sha256, policies)
  return Result.isFailure(result) ? result.failure.reason : "Replayed"
}

describe("Replay", () => {
  it("gives the bytes of every decision that was ever frozen", () => {
    for (const version of versions) {
      assert.isAbove(frozen(version).length, 500)
      for (const line of frozen(version)) {
        const replayed = Replay.replay(JSON.parse(line), sha256, policies)
        assert.isTrue(Result.isSuccess(replayed), line)
        if (Result.isSuccess(replayed)) {
          assert.strictEqual(text(replayed.success.bytes), line)
          assert.strictEqual(replayed.success.decision.rulesVersion, version)
        }
      }
    }
  })

  it("stands on frozen files that cover every segment, ground and year", () => {
    for (const version of versions) {
      const decisions = frozen(version).map((line): Eligibility.Recorded => JSON.parse(line))
      const years = new Set(decisions.map((decision) => decision.appliesOn.slice(0, 4)))
      assert.deepStrictEqual([...years].sort(), [
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
        "2026"
      ])
      const chosen = decisions.flatMap(({ choice }) => (choice._tag === "Chosen" ? [choice] : []))
      assert.deepStrictEqual([...new Set(chosen.map((choice) => choice.segment))].sort(), [...Segment.literals].sort())
      assert.deepStrictEqual([...new Set(chosen.map((choice) => choice.ground))].sort(), [...Rules.groundIds].sort())
      for (const segment of Segment.literals) {
        const tags = new Set(decisions.map((decision) => decision.verdicts[segment]._tag))
        assert.deepStrictEqual([...tags].sort(), ["No", "Unknown", "Yes"], segment)
      }
    }
  })

  it("gives the hash that others can check: SHA-256 of the canonical JSON without it", () => {
    const recorded = Eligibility.record(Eligibility.evaluate(facts, asOf), sha256)
    const { hash, ...decision } = recorded
    const bytes = Result.getOrThrow(CanonicalJson.encodeBytes(decision))
    assert.strictEqual(hash, createHash("sha256").update(bytes).digest("hex"))
  })

  it("says what is in the way", () => {
    const recorded = Eligibility.record(Eligibility.evaluate(facts, asOf), sha256)
    assert.strictEqual(reason(recorded), "Replayed")
    assert.strictEqual(reason({ ...recorded, choice: { _tag: "NoneFits" } }), "Altered")
    assert.strictEqual(reason({ ...recorded, facts: { ...facts, occupation: "state" } }), "Altered")
    assert.strictEqual(reason({ ...recorded, more: 1 }), "Unreadable")
    assert.strictEqual(reason({ ...recorded, facts: { ...facts, nik: "x" } }), "Unreadable")
    assert.strictEqual(reason("a decision"), "Unreadable")
    assert.strictEqual(reason(recorded, []), "PolicyUnknown")
  })

  it("never gives other bytes: rules or a policy that decide otherwise are not a replay", () => {
    const { hash: _, ...decision } = Eligibility.record(Eligibility.evaluate(facts, asOf), sha256)
    const forged = Eligibility.record({ ...decision, choice: { _tag: "NoneFits" } }, sha256)
    assert.strictEqual(reason(forged), "Differs")
    const older = Eligibility.record({ ...decision, rulesVersion: "0" }, sha256)
    assert.strictEqual(reason(older), "RulesUnknown")

    const child = { ...facts, occupation: "none", relation: "child", maritalStatus: "single", childOrder: 4 } as const
    const young = {
      ...child,
      headOccupation: "private",
      spouseOccupation: "none",
      birthDate: day("2020-01-01")
    } as const
    const taken = Eligibility.record(Eligibility.evaluate(young, asOf), sha256)
    const children = National.policy.parameters.coveredChildren
    const generous: Policy = {
      version: National.policy.version,
      parameters: {
        ...National.policy.parameters,
        coveredChildren: { ...children, history: children.history.map((entry) => ({ ...entry, value: 4 })) }
      }
    }
    assert.strictEqual(reason(taken), "Replayed")
    assert.strictEqual(reason(taken, [generous]), "Differs")
  })

  it("tells the reader what to do, and nothing about the person", () => {
    const result = Replay.replay({ nik: "9901010101900001" }, sha256)
    assert.isTrue(Result.isFailure(result))
    if (Result.isFailure(result)) {
      assert.include(result.failure.message, "Give the JSON object of one decision")
      assert.notInclude(result.failure.message, "9901")
      assert.include(result.failure.message, '(rules "", policy "")')
    }
    const recorded = Eligibility.record(Eligibility.evaluate(facts, asOf), sha256)
    const without = Replay.replay(recorded, sha256, [])
    assert.match(Result.isFailure(without) ? without.failure.message : "", /Give the policy that took the decision/)
    const { hash: _, ...decision } = recorded
    const forged = Replay.replay(Eligibility.record({ ...decision, choice: { _tag: "NoneFits" } }, sha256), sha256)
    assert.match(Result.isFailure(forged) ? forged.failure.message : "", /it is a defect/)
  })
})
