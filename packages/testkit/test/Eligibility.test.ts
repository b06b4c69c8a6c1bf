import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Ways } from "@kis/core/channel"
import { type Condition, Eligibility, Facts as CoreFacts, Precedence, Replay, Rules } from "@kis/core/eligibility"
import { Segment } from "@kis/core/identity"
import { CanonicalJson, National, type Policy, Reason, type Verdict } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import * as Facts from "../src/Facts.ts"

const segments: ReadonlyArray<Segment.Segment> = Segment.Segment.literals
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest())
const runs = { numRuns: 2000 }

const evaluate = ({ asOf, facts }: Facts.Scenario, policy?: Policy.Policy) => Eligibility.evaluate(facts, asOf, policy)

describe("eligibility, over generated people", () => {
  it("answers for every segment, as its schema says", () => {
    const isRecorded = Schema.is(Eligibility.Recorded)
    fc.assert(
      fc.property(Facts.scenario, (scenario) => {
        const decision = evaluate(scenario)
        assert.deepStrictEqual(Object.keys(decision.verdicts).sort(), [...segments].sort())
        assert.isTrue(isRecorded(Eligibility.record(decision, sha256)))
      }),
      runs
    )
  })

  it("gives, with each no and each unknown, a reason, its law, a next step, and a way without a smartphone", () => {
    const check = (reasons: ReadonlyArray<Reason.Reason>, { asOf }: Facts.Scenario) => {
      assert.isNotEmpty(reasons)
      for (const reason of reasons) {
        const { action, citation } = Reason.entry(reason.code)
        assert.isNotEmpty(citation.source)
        assert.isDefined(Ways.withoutSmartphone(action, asOf.appliesOn), `${reason.code}: ${action}`)
        for (const language of ["id", "en"] as const) assert.notMatch(Reason.render(reason, language), /\{/)
      }
    }
    fc.assert(
      fc.property(Facts.scenario, (scenario) => {
        const decision = evaluate(scenario)
        check(decision.reasons, scenario)
        for (const segment of segments) check(decision.verdicts[segment].reasons, scenario)
        for (const note of decision.notes) check([note], scenario)
      }),
      runs
    )
  })

  it("never turns a settled answer when a fact is added", () => {
    const grown = Facts.scenario.chain((scenario) =>
      Facts.adding(scenario.facts, CoreFacts.names, scenario.asOf.appliesOn).chain((all) =>
        fc.subarray([...CoreFacts.names]).map((names) => {
          const facts = Object.fromEntries(
            Object.entries(all).filter(([name]) => name in scenario.facts || names.includes(name as CoreFacts.FactName))
          ) as CoreFacts.Facts
          return [scenario, { facts, asOf: scenario.asOf }] as const
        })
      )
    )
    fc.assert(
      fc.property(grown, ([before, after]) => {
        const [then, now] = [evaluate(before), evaluate(after)]
        for (const segment of segments) {
          const verdict = then.verdicts[segment]
          if (verdict._tag !== "Unknown") assert.strictEqual(now.verdicts[segment]._tag, verdict._tag, segment)
        }
        if (then.choice._tag !== "Undecided") assert.deepStrictEqual(now.choice, then.choice)
      }),
      runs
    )
  })

  it("is settled once what it called missing is known", () => {
    const answered = Facts.scenario.chain((scenario) => {
      const decision = evaluate(scenario)
      const questions = [decision, ...segments.map((segment) => decision.verdicts[segment])].map(missingOf)
      return fc
        .constantFrom(...questions.entries())
        .chain(([index, missing]) =>
          Facts.adding(scenario.facts, missing, scenario.asOf.appliesOn).map((facts) => ({ scenario, index, facts }))
        )
    })
    fc.assert(
      fc.property(answered, ({ facts, index, scenario }) => {
        const before = evaluate(scenario)
        const after = evaluate({ ...scenario, facts })
        if (index === 0) assert.isEmpty(after.missing)
        else assert.isEmpty(missingOf(after.verdicts[segments[index - 1]!]))
        if (before.missing.length > 0) assert.strictEqual(before.choice._tag, "Undecided")
      }),
      runs
    )
  })

  it("decides the same whether or not such a person was seen before", () => {
    fc.assert(
      fc.property(Facts.scenario, (scenario) => {
        const fresh: Policy.Policy = { ...National.policy }
        assert.deepStrictEqual(evaluate(scenario), evaluate(scenario, fresh))
      }),
      { numRuns: 500 }
    )
  })

  it("looks at nothing but the facts that its conditions name", () => {
    fc.assert(
      fc.property(Facts.scenario, fc.integer({ min: 0 }), fc.constantFrom(1, 2, 3), (scenario, wage, wardClass) => {
        const other = evaluate({ ...scenario, facts: { ...scenario.facts, wage, wardClass } as CoreFacts.Facts })
        assert.deepStrictEqual({ ...other, facts: scenario.facts }, evaluate(scenario))
      }),
      { numRuns: 300 }
    )
  })
})

describe("replay, over generated people", () => {
  it("gives the same bytes", () => {
    fc.assert(
      fc.property(Facts.scenario, (scenario) => {
        const recorded = Eligibility.record(evaluate(scenario), sha256)
        const text = Result.getOrThrow(CanonicalJson.encode(recorded))
        const replayed = Result.getOrThrow(Replay.replay(JSON.parse(text), sha256))
        assert.strictEqual(new TextDecoder().decode(replayed.bytes), text)
      }),
      runs
    )
  })

  it("refuses an altered decision, whatever was altered", () => {
    const fields = ["rulesVersion", "policyVersion", "appliesOn", "knownOn", "hash"] as const
    fc.assert(
      fc.property(Facts.scenario, fc.constantFrom(...fields), (scenario, field) => {
        const recorded = Eligibility.record(evaluate(scenario), sha256)
        const other = {
          rulesVersion: "0",
          policyVersion: "x",
          appliesOn: "1999-01-01",
          knownOn: "1999-01-01",
          hash: "0".repeat(64)
        }
        const altered = Replay.replay({ ...recorded, [field]: other[field] }, sha256)
        assert.isTrue(Result.isFailure(altered) && altered.failure.reason === "Altered")
      }),
      { numRuns: 200 }
    )
  })
})

describe("precedence", () => {
  const answers = fc.record(
    Object.fromEntries(Rules.groundIds.map((ground) => [ground, fc.constantFrom("yes", "no", "unknown")] as const))
  ) as fc.Arbitrary<Readonly<Record<Rules.GroundId, Condition.Answer>>>

  it("ranks every ground once", () => {
    assert.deepStrictEqual([...Precedence.national].sort(), [...Rules.groundIds].sort())
  })

  it("does not depend on the order in which the grounds are given", () => {
    const shuffled = answers.chain((given) => {
      const candidates = Rules.groundIds.map((ground) => ({ ground, answer: given[ground] }))
      return fc.tuple(
        fc.constant(candidates),
        fc.shuffledSubarray(candidates, { minLength: candidates.length }),
        fc.shuffledSubarray([...Rules.groundIds])
      )
    })
    fc.assert(
      fc.property(shuffled, ([candidates, others, order]) => {
        assert.deepStrictEqual(Precedence.choose(others), Precedence.choose(candidates))
        assert.deepStrictEqual(Precedence.choose(others, order), Precedence.choose(candidates, order))
      }),
      runs
    )
  })

  it("is total: it chooses as soon as nothing before the first fitting ground is open", () => {
    fc.assert(
      fc.property(answers, (given) => {
        const choice = Precedence.choose(Rules.groundIds.map((ground) => ({ ground, answer: given[ground] })))
        const first = Precedence.national.find((ground) => given[ground] !== "no")
        if (first === undefined) assert.strictEqual(choice._tag, "NoneFits")
        else if (given[first] === "yes") assert.deepStrictEqual(choice, { _tag: "Chosen", ground: first })
        else assert.isTrue(choice._tag === "Undecided" && choice.grounds[0] === first)
      }),
      runs
    )
  })
})

const missingOf = (self: Eligibility.Decision | Verdict.Verdict<CoreFacts.FactName>) =>
  "missing" in self ? self.missing : []

describe("arbitraries of facts", () => {
  it("reach every ground, every answer and every reason that a rule can give", () => {
    const grounds = new Set<string>()
    const codes = new Set<Reason.ReasonCode>()
    for (const scenario of fc.sample(Facts.scenario, { seed: 2, numRuns: 30_000 })) {
      const decision = evaluate(scenario)
      if (decision.choice._tag === "Chosen") grounds.add(decision.choice.ground)
      for (const segment of segments) for (const { code } of decision.verdicts[segment].reasons) codes.add(code)
    }
    assert.deepStrictEqual([...grounds].sort(), [...Rules.groundIds].sort())
    // Wage and class are asked for amounts; the catalogue ends with notes and the texts of amounts.
    const outside = new Set<Reason.ReasonCode>(["MissingWage", "MissingWardClass"])
    for (const code of Reason.codes.slice(Reason.codes.indexOf("NotVerifiedAfter"))) outside.add(code)
    assert.deepStrictEqual(
      Reason.codes.filter((code) => !codes.has(code) && !outside.has(code)),
      []
    )
  })

  it("draw birth dates within a life", () => {
    fc.assert(
      fc.property(Facts.birthDate(PlainDate.make("2026-02-28")), (birth) => {
        assert.isTrue(birth <= "2026-02-28" && birth >= "1926-01-01")
      })
    )
  })
})
