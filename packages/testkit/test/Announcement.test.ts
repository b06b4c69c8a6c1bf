import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Amount } from "@kis/core/contribution"
import { Eligibility, type Facts as CoreFacts, Replay } from "@kis/core/eligibility"
import { CanonicalJson, Citation, type Dated, National, Policy } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as Facts from "../src/Facts.ts"

const day = PlainDate.make
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest())
const bytes = (value: unknown): string => Result.getOrThrow(CanonicalJson.encode(value))

/** The policy of somebody who heard of nothing after a day. */
const asOfThen = (knownOn: PlainDate.PlainDate): Policy.Policy => ({
  version: National.policy.version,
  parameters: Object.fromEntries(
    Object.entries(National.policy.parameters).map(([name, parameter]) => {
      const history: Dated.Dated<unknown> = parameter.history
      return [name, { ...parameter, history: history.filter((entry) => entry.announcedAt <= knownOn) }]
    })
  ) as unknown as Policy.Parameters
})

/** The next version of the policy: on 1 June 2026 it is announced that a worker's contribution covered one child only since 2020. */
const next: Policy.Policy = Result.getOrThrow(
  Policy.make({
    version: "national-next",
    parameters: {
      ...National.policy.parameters,
      coveredChildren: {
        ...National.policy.parameters.coveredChildren,
        history: [
          ...National.policy.parameters.coveredChildren.history,
          {
            value: 1,
            appliesFrom: day("2020-01-01"),
            announcedAt: day("2026-06-01"),
            citation: Citation.cite("Made up for tests", "high", { rule: "FAM-1" })
          }
        ]
      }
    }
  })
)

const secondChild: CoreFacts.Facts = {
  deceased: false,
  birthDate: day("2018-03-01"),
  citizenship: "WNI",
  hasNik: true,
  occupation: "none",
  relation: "child",
  maritalStatus: "single",
  childOrder: 2,
  headOccupation: "private",
  spouseOccupation: "none"
}

describe("a later announcement", () => {
  const before = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
  const after = { appliesOn: day("2026-02-10"), knownOn: day("2026-06-01") }

  it("leaves the bytes of a decision taken before it as they were", () => {
    const taken = Eligibility.record(Eligibility.evaluate(secondChild, before), sha256)
    const replayed = Result.getOrThrow(Replay.replay(taken, sha256, [...National.versions, next]))
    assert.strictEqual(new TextDecoder().decode(replayed.bytes), bytes(taken))

    // Decided anew by the policy that holds the announcement, for whoever does not know it yet.
    const { policyVersion: _, ...anew } = Eligibility.evaluate(secondChild, before, next)
    const { policyVersion: __, ...then } = Eligibility.evaluate(secondChild, before)
    assert.strictEqual(bytes(anew), bytes(then))

    // By that policy it can be recorded and replayed, too.
    const byNext = Eligibility.record(Eligibility.evaluate(secondChild, before, next), sha256)
    assert.isTrue(Result.isSuccess(Replay.replay(byNext, sha256, [...National.versions, next])))
    assert.isTrue(Result.isFailure(Replay.replay(byNext, sha256)))
  })

  it("decides otherwise once it is known, also about days before it", () => {
    assert.deepStrictEqual(Eligibility.segmentOf(Eligibility.evaluate(secondChild, before, next)), "PPU-BU")
    assert.notDeepEqual(
      Eligibility.evaluate(secondChild, after, next).verdicts,
      Eligibility.evaluate(secondChild, before, next).verdicts
    )
  })

  it("never shows in a decision for whom it is in the future: over generated people and all announcements", () => {
    fc.assert(
      fc.property(Facts.scenario, ({ asOf, facts }) => {
        const all = Eligibility.evaluate(facts, asOf)
        assert.strictEqual(bytes(Eligibility.evaluate(facts, asOf, asOfThen(asOf.knownOn))), bytes(all))
      }),
      { numRuns: 500 }
    )
  })

  it("never shows in an amount for whom it is in the future", () => {
    const self = fc.record({
      _tag: fc.constant("SelfPay" as const),
      wardClass: fc.constantFrom(1, 2, 3),
      active: fc.boolean()
    })
    const worker = fc.record({
      _tag: fc.constant("Worker" as const),
      paidBy: fc.constantFrom("state", "private"),
      wage: fc.integer({ min: 0, max: 20_000_000 })
    })
    fc.assert(
      fc.property(fc.oneof(self, worker), Facts.asOf, (of, asOf) => {
        assert.deepStrictEqual(Amount.monthly(of, asOf, asOfThen(asOf.knownOn)), Amount.monthly(of, asOf))
      })
    )
  })
})
