import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import * as Precedence from "../../src/eligibility/Precedence.ts"
import * as Replay from "../../src/eligibility/Replay.ts"
import * as RuleSet from "../../src/eligibility/RuleSet.ts"
import type { GroundId } from "../../src/eligibility/Rules.ts"
import * as National from "../../src/policy/National.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest())
const granted: Facts = {
  deceased: false,
  birthDate: day("1985-06-15"),
  citizenship: "WNI",
  hasNik: true,
  relation: "head",
  maritalStatus: "single",
  occupation: "none",
  headOccupation: "none",
  spouseOccupation: "none",
  pbiDecree: true,
  localScheme: true
}
const localFirst = RuleSet.withPrecedence(RuleSet.current, "local-first", [
  "local",
  ...Precedence.national.filter((ground) => ground !== "local")
])

describe("RuleSet", () => {
  it("has a version of its own for each, and keeps those that were released", () => {
    assert.deepStrictEqual(
      RuleSet.versions.map(({ version }) => version),
      ["1", "2"]
    )
    assert.strictEqual(Eligibility.rulesVersion, "2")
  })

  it("decides by its own order, and says by which", () => {
    const national = Eligibility.evaluate(granted, asOf)
    const local = Eligibility.evaluate(granted, asOf, National.policy, localFirst)
    assert.strictEqual(Eligibility.segmentOf(national), "PBI-JK")
    assert.strictEqual(Eligibility.segmentOf(local), "PBPU-PD")
    assert.strictEqual(local.rulesVersion, "2+local-first")
    assert.deepStrictEqual(local.verdicts, national.verdicts)
  })

  it("asks what its own order needs to know", () => {
    const { localScheme: _, ...unasked } = granted
    assert.deepStrictEqual(Eligibility.evaluate(unasked, asOf).missing, [])
    assert.deepStrictEqual(Eligibility.evaluate(unasked, asOf, National.policy, localFirst).missing, ["localScheme"])
  })

  it("puts grounds that an order leaves out last", () => {
    const only = RuleSet.withPrecedence(RuleSet.current, "poor-only", ["pbi"] satisfies ReadonlyArray<GroundId>)
    assert.strictEqual(Eligibility.segmentOf(Eligibility.evaluate(granted, asOf, National.policy, only)), "PBI-JK")
    const { pbiDecree: _, ...rest } = granted
    const without = Eligibility.evaluate({ ...rest, pbiDecree: false }, asOf, National.policy, only)
    assert.strictEqual(Eligibility.segmentOf(without), "PBPU-PD")
  })

  it("replays a decision by the rules that took it, where they are given", () => {
    const recorded = Eligibility.record(Eligibility.evaluate(granted, asOf, National.policy, localFirst), sha256)
    const alone = Replay.replay(recorded, sha256)
    assert.strictEqual(Result.isFailure(alone) && alone.failure.reason, "RulesUnknown")
    const replayed = Replay.replay(recorded, sha256, National.versions, [...RuleSet.versions, localFirst])
    assert.isTrue(Result.isSuccess(replayed))
  })

  it("still asks version 1's questions where version 1 is asked", () => {
    const baby: Facts = {
      ...granted,
      birthDate: day("2026-01-20"),
      relation: "child",
      headOccupation: "private",
      childOrder: 1
    }
    const { maritalStatus: _, ...unasked } = baby
    assert.include(Eligibility.evaluate(unasked, asOf, National.policy, RuleSet.v1).missing, "maritalStatus")
    assert.deepStrictEqual(Eligibility.evaluate(unasked, asOf).missing, [])
    const working: Facts = { ...granted, deceased: true, occupation: "private" }
    assert.strictEqual(Eligibility.evaluate(working, asOf, National.policy, RuleSet.v1).choice._tag, "NoneFits")
    assert.strictEqual(Eligibility.evaluate(working, asOf).choice._tag, "Undecided")
  })
})
