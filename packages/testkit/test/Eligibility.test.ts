import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Ways } from "@kis/core/channel"
import {
  type Condition,
  Contradiction,
  Counterfactual,
  Eligibility,
  Facts as CoreFacts,
  Options,
  Precedence,
  Replay,
  Rules,
  RuleSet
} from "@kis/core/eligibility"
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

const isPossible = ({ asOf, facts }: Facts.Scenario) => Contradiction.contradictions(facts, asOf).length === 0

/** The national policy where the city of 3671 pays for residents who earn no wage, and for its members' children. */
const withResidents: Policy.Policy = {
  version: "test-residents",
  parameters: {
    ...National.policy.parameters,
    localAdmission: {
      ...National.policy.parameters.localAdmission,
      history: [
        {
          value: {
            mode: "residents",
            regencies: ["3671"],
            wageEarners: false,
            wardClass: 3,
            childrenOfMembers: true
          },
          appliesFrom: PlainDate.make("2018-09-18"),
          announcedAt: PlainDate.make("2018-09-18"),
          citation: { source: "Made up for tests", confidence: "high" }
        }
      ]
    }
  }
}

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
      fc.property(grown, fc.boolean(), ([before, after], residents) => {
        const policy = residents ? withResidents : National.policy
        fc.pre(isPossible(after))
        const [then, now] = [evaluate(before, policy), evaluate(after, policy)]
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
    const answered = fc.tuple(Facts.scenario, fc.boolean()).chain(([scenario, residents]) => {
      const policy = residents ? withResidents : National.policy
      const decision = evaluate(scenario, policy)
      const questions = [decision, ...segments.map((segment) => decision.verdicts[segment])].map(missingOf)
      return fc.constantFrom(...questions.entries()).chain(([index, missing]) =>
        Facts.adding(scenario.facts, missing, scenario.asOf.appliesOn).map((facts) => ({
          scenario,
          residents,
          index,
          facts
        }))
      )
    })
    fc.assert(
      fc.property(answered, ({ facts, index, residents, scenario }) => {
        const policy = residents ? withResidents : National.policy
        fc.pre(isPossible({ ...scenario, facts }))
        const before = evaluate(scenario, policy)
        const after = evaluate({ ...scenario, facts }, policy)
        if (index === 0) assert.isEmpty(after.missing)
        else assert.isEmpty(missingOf(after.verdicts[segments[index - 1]!]))
        if (before.missing.length > 0) assert.strictEqual(before.choice._tag, "Undecided")
        else if (before.choice._tag === "Undecided") assert.strictEqual(before.reasons[0].code, "RuleNotKnown")
      }),
      runs
    )
  })

  it("asks for nothing that it can do without: with one question left out, some answers to the others leave it open", () => {
    fc.assert(
      fc.property(fewUnknown, fc.boolean(), (scenario, residents) => {
        const policy = residents ? withResidents : National.policy
        const decision = evaluate(scenario, policy)
        const asked = [decision.missing, ...segments.map((segment) => missingOf(decision.verdicts[segment]))]
        for (const [index, missing] of asked.entries()) {
          for (const left of missing) {
            // An answer that contradicts what is known settles nothing either.
            const others = missing.filter((fact) => fact !== left)
            const isOpen = (facts: CoreFacts.Facts) => {
              const after = evaluate({ ...scenario, facts }, policy)
              return index === 0
                ? after.choice._tag === "Undecided"
                : after.verdicts[segments[index - 1]!]._tag === "Unknown"
            }
            assert.isTrue(
              someAnswers(scenario.facts, others, scenario.asOf.appliesOn, isOpen),
              `${index === 0 ? "choice" : segments[index - 1]}: ${left} of ${missing.join()}`
            )
          }
        }
      }),
      { numRuns: 400 }
    )
  })

  it("reports facts that contradict each other, all of them, and decides nothing upon them", () => {
    fc.assert(
      fc.property(Facts.contradictory, (scenario) => {
        fc.pre(scenario.asOf.appliesOn >= "2018-09-18" && scenario.asOf.knownOn >= "2018-09-18")
        const decision = evaluate(scenario)
        assert.deepStrictEqual(
          decision.contradictions,
          Contradiction.contradictions(scenario.facts, scenario.asOf) as typeof decision.contradictions
        )
        assert.deepStrictEqual(decision.choice, { _tag: "Undecided", missing: [] })
        for (const segment of segments) {
          assert.deepStrictEqual(decision.verdicts[segment], {
            _tag: "Unknown",
            missing: [],
            reasons: decision.reasons
          })
        }
        // Each of them is about facts that are known, and goes away with any one of these.
        for (const { code, facts } of decision.contradictions ?? []) {
          for (const fact of facts) {
            const { [fact]: _, ...rest } = scenario.facts
            const left = Contradiction.contradictions(rest, scenario.asOf).map((one) => one.code)
            assert.notInclude(left, code)
          }
        }
        assert.isTrue(isPossible({ ...scenario, facts: Facts.mended(scenario.facts, scenario.asOf.appliesOn) }))
      }),
      { numRuns: 500 }
    )
  })

  it("decides the same whether or not such a person was seen before", () => {
    fc.assert(
      fc.property(Facts.scenario, (scenario) => {
        const fresh: Policy.Policy = { ...National.policy }
        assert.deepStrictEqual(evaluate(scenario), evaluate(scenario, fresh))
        const rules: RuleSet.RuleSet = { ...RuleSet.current }
        assert.deepStrictEqual(
          evaluate(scenario),
          Eligibility.evaluate(scenario.facts, scenario.asOf, undefined, rules)
        )
      }),
      { numRuns: 500 }
    )
  })

  it("looks at nothing but the facts that its conditions name", () => {
    fc.assert(
      fc.property(Facts.scenario, fc.integer({ min: 0 }), fc.constantFrom(1, 2, 3), (scenario, wage, wardClass) => {
        const facts = { ...scenario.facts, wage, wardClass } as CoreFacts.Facts
        fc.pre(isPossible({ ...scenario, facts }))
        const other = evaluate({ ...scenario, facts })
        assert.deepStrictEqual({ ...other, facts: scenario.facts }, evaluate(scenario))
      }),
      { numRuns: 300 }
    )
  })

  it("is not changed, nor opened again, by facts that only add remarks", () => {
    fc.assert(
      fc.property(Facts.scenario, fc.integer({ min: 1, max: 10 }), fc.boolean(), (scenario, decile, registers) => {
        const [bare, more] = [
          { ...scenario, facts: without(scenario.facts, "decile", "employerRegisters", "residence") },
          { ...scenario, facts: { ...scenario.facts, decile, employerRegisters: registers } }
        ].map((one) => evaluate(one))
        assert.deepStrictEqual(more!.choice, bare!.choice)
        for (const segment of segments) {
          assert.strictEqual(more!.verdicts[segment]._tag, bare!.verdicts[segment]._tag)
        }
      }),
      { numRuns: 300 }
    )
  })
})

describe("counterfactuals, over generated people", () => {
  const refused = fc.tuple(Facts.scenario, fc.constantFrom(...segments), fc.boolean())

  it("turn the no into a yes, by facts that can change, and contradict nothing", () => {
    fc.assert(
      fc.property(refused, ([scenario, segment, residents]) => {
        const policy = residents ? withResidents : National.policy
        const decision = evaluate(scenario, policy)
        const found = Counterfactual.of(decision, segment, policy)
        if (decision.verdicts[segment]._tag !== "No") assert.isUndefined(found)
        if (found === undefined) return
        const facts = withChanges(scenario.facts, found.changes)
        assert.strictEqual(evaluate({ ...scenario, facts }, policy).verdicts[segment]._tag, "Yes")
        const changed = found.changes.map((change) => change.fact)
        assert.deepStrictEqual([...new Set(changed)], changed)
        for (const { fact, from, to } of found.changes) {
          assert.isFalse(Counterfactual.fixed.has(fact))
          assert.strictEqual(from, scenario.facts[fact])
          assert.notStrictEqual(to, from)
        }
      }),
      runs
    )
  })

  it("are the smallest: no one change does it where it says two, no two where it says more or none", () => {
    fc.assert(
      fc.property(refused, ([scenario, segment, residents]) => {
        const policy = residents ? withResidents : National.policy
        const decision = evaluate(scenario, policy)
        fc.pre(decision.verdicts[segment]._tag === "No")
        const size = Counterfactual.of(decision, segment, policy)?.changes.length ?? 3
        const isYes = (facts: CoreFacts.Facts) =>
          evaluate({ ...scenario, facts }, policy).verdicts[segment]._tag === "Yes"
        for (let fewer = 1; fewer < Math.min(size, 3); fewer++) {
          assert.isFalse(someChanges(scenario, CoreFacts.names, fewer, isYes), `${fewer} instead of ${size}`)
        }
      }),
      { numRuns: 150 }
    )
  })
})

describe("options, over generated people", () => {
  it("hold the segment that was chosen, cost no less than what stands before, and pay alone only after others", () => {
    fc.assert(
      fc.property(Facts.scenario, (scenario) => {
        const decision = evaluate(scenario)
        const options = Options.of(decision)
        if (decision.choice._tag === "Chosen") {
          const { ground } = decision.choice
          assert.isTrue(options.some((option) => option.ground === ground && option.standing === "open"))
        }
        const costs = options.flatMap(({ ownCost }) => (ownCost === undefined ? [] : [ownCost]))
        if (options.every(({ ownCost }) => ownCost !== undefined)) {
          assert.deepStrictEqual(
            costs,
            [...costs].sort((a, b) => a - b)
          )
        }
        const alone = options.map(({ wardClass }) => wardClass !== undefined)
        assert.deepStrictEqual(
          alone,
          [...alone].sort((a, b) => Number(a) - Number(b))
        )
        for (const { missing, reasons, standing } of options) {
          assert.isNotEmpty(reasons)
          assert.strictEqual(missing.length > 0, standing === "ask")
        }
      }),
      { numRuns: 1000 }
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

const without = (facts: CoreFacts.Facts, ...names: ReadonlyArray<CoreFacts.FactName>): CoreFacts.Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name as CoreFacts.FactName)))

/**
 * People of whom all is known but a few facts. Wages and the head's age decide nothing, but they would make some
 * answers impossible that the rules ask for.
 */
const fewUnknown: fc.Arbitrary<Facts.Scenario> = fc
  .tuple(Facts.asOf, fc.subarray([...CoreFacts.names], { maxLength: 5 }))
  .chain(([asOf, names]) =>
    Facts.complete(asOf.appliesOn).map((facts) => ({
      facts: without(Facts.mended(facts, asOf.appliesOn), "wage", "headBirthDate", ...names),
      asOf
    }))
  )

/** Values of a fact among which every rule finds one of each kind. */
const kinds = (fact: CoreFacts.FactName, on: PlainDate.PlainDate): ReadonlyArray<unknown> => {
  switch (fact) {
    case "birthDate":
      return [0, 6, 24, 22 * 12, 40 * 12].map((months) => PlainDate.addMonths(on, -months))
    case "stayMonths":
      return [5, 6]
    case "childOrder":
      return [3, 4]
    case "occupation":
    case "headOccupation":
    case "spouseOccupation":
      return CoreFacts.Occupation.literals
    case "citizenship":
      return ["WNI", "WNA"]
    case "relation":
      return ["head", "spouse", "child", "parent", "other"]
    case "maritalStatus":
      return ["single", "married"]
    case "motherScheme":
      return ["pbi", "local", "other"]
    case "residence":
      return ["3671", "9971"]
    case "wage":
      return [0]
    case "decile":
    case "wardClass":
      return []
    default:
      return [true, false]
  }
}

const withChanges = (facts: CoreFacts.Facts, changes: ReadonlyArray<Counterfactual.Change>): CoreFacts.Facts => ({
  ...facts,
  ...(Object.fromEntries(changes.map(({ fact, to }) => [fact, to])) as CoreFacts.Facts)
})

const someChanges = (
  { asOf, facts }: Facts.Scenario,
  names: ReadonlyArray<CoreFacts.FactName>,
  size: number,
  holds: (facts: CoreFacts.Facts) => boolean
): boolean =>
  names.some((name, at) => {
    if (Counterfactual.fixed.has(name)) return false
    return kinds(name, asOf.appliesOn)
      .filter((value) => value !== facts[name])
      .some((value) => {
        const changed = { ...facts, [name]: value } as CoreFacts.Facts
        return size === 1 ? holds(changed) : someChanges({ asOf, facts: changed }, names.slice(at + 1), size - 1, holds)
      })
  })

const someAnswers = (
  facts: CoreFacts.Facts,
  names: ReadonlyArray<CoreFacts.FactName>,
  on: PlainDate.PlainDate,
  holds: (facts: CoreFacts.Facts) => boolean
): boolean => {
  const [name, ...rest] = names
  if (name === undefined) return holds(facts)
  return kinds(name, on).some((value) => someAnswers({ ...facts, [name]: value } as CoreFacts.Facts, rest, on, holds))
}

const missingOf = (self: Eligibility.Decision | Verdict.Verdict<CoreFacts.FactName>) =>
  "missing" in self ? self.missing : []

describe("arbitraries of facts", () => {
  it("reach every ground, every answer and every reason that a rule can give", () => {
    const grounds = new Set<string>()
    const codes = new Set<Reason.ReasonCode>()
    const samples = [
      ...fc.sample(Facts.scenario, { seed: 2, numRuns: 8_000 }).map((scenario) => evaluate(scenario)),
      ...fc.sample(Facts.scenario, { seed: 3, numRuns: 2_000 }).map((scenario) => evaluate(scenario, withResidents)),
      ...fc.sample(Facts.contradictory, { seed: 4, numRuns: 1_000 }).map((scenario) => evaluate(scenario))
    ]
    for (const decision of samples) {
      if (decision.choice._tag === "Chosen") grounds.add(decision.choice.ground)
      for (const segment of segments) for (const { code } of decision.verdicts[segment].reasons) codes.add(code)
    }
    assert.deepStrictEqual([...grounds].sort(), [...Rules.groundIds].sort())
    // These are asked for amounts, or never; the catalogue ends with notes and the texts of amounts.
    const outside = new Set<Reason.ReasonCode>([
      "MissingWage",
      "MissingWardClass",
      "MissingEmployerRegisters",
      "MissingHeadBirthDate",
      "MissingDecile"
    ])
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
