/**
 * Which segment a person belongs to, and why: facts and two days in, a decision out.
 *
 * `evaluate` is pure: the same facts, days and policy give the same decision, on a
 * counter, in a browser, in a bulk import. It reads no clock. `record` adds the hash that
 * makes a decision provable.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as Decision_ from "../policy/Decision.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import { FactName, Facts } from "./Facts.ts"
import { compiledFor } from "./internal/compiled.ts"
import { type Outcome, outcomeOf } from "./Outcome.ts"
import * as RuleSet from "./RuleSet.ts"
import type { Trace } from "./Trace.ts"

// --- models ---

/**
 * The version of these rules. A decision records it, and is replayed by the same one.
 * It changes whenever some facts would be decided otherwise, or explained otherwise.
 *
 * @category models
 * @since 0.1.0
 */
export const rulesVersion: string = RuleSet.current.version

/**
 * A decision on the segment of one person.
 *
 * @category models
 * @since 0.1.0
 */
export type Decision = Decision_.Decision<Facts, FactName>

/**
 * A decision with its hash.
 *
 * @category models
 * @since 0.1.0
 */
export type Recorded = Decision_.Recorded<Facts, FactName>

/**
 * What a recorded decision looks like in a file or a message.
 *
 * @category models
 * @since 0.1.0
 */
export const Recorded = Decision_.schema(Facts, FactName)

// --- deciding ---

/**
 * The verdict of every segment, and the one that comes first.
 *
 * Days before the first rule of the policy are answered `Unknown`, with the reason.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate(
 *   {
 *     deceased: false,
 *     birthDate: PlainDate.make("1990-01-01"),
 *     citizenship: "WNI",
 *     hasNik: true,
 *     occupation: "private"
 *   },
 *   { appliesOn: today, knownOn: today }
 * )
 * decision.choice // => { _tag: "Chosen", segment: "PPU-BU", ground: "private-work" }
 *
 * @category deciding
 * @since 0.1.0
 */
export const evaluate = (
  facts: Facts,
  asOf: AsOf,
  policy: Policy = National.policy,
  rules: RuleSet.RuleSet = RuleSet.current
): Decision => decisionOf(facts, outcomeOf(facts, compiledFor(rules, policy, asOf)), asOf, policy, rules)

/**
 * The decision, and how every ground was answered on the way to it.
 *
 * The trace is not part of the decision: it follows from it, and is the same whenever it is
 * asked for.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const { trace } = Eligibility.traced({ deceased: true }, { appliesOn: today, knownOn: today })
 * trace.map(({ tree }) => tree.answer).includes("yes") // => false
 *
 * @category deciding
 * @since 0.1.0
 */
export const traced = (
  facts: Facts,
  asOf: AsOf,
  policy: Policy = National.policy,
  rules: RuleSet.RuleSet = RuleSet.current
): { readonly decision: Decision; readonly trace: Trace } => {
  const outcome = outcomeOf(facts, compiledFor(rules, policy, asOf))
  return { decision: decisionOf(facts, outcome, asOf, policy, rules), trace: outcome.trace() }
}

/**
 * The segment that was chosen, or `undefined` when the choice is open or none fits.
 *
 * @category deciding
 * @since 0.1.0
 */
export const segmentOf = (decision: Decision): Segment | undefined =>
  decision.choice._tag === "Chosen" ? decision.choice.segment : undefined

/**
 * The decision with the hash of its canonical JSON. `hash` is SHA-256.
 *
 * @example
 * const crypto = yield* Crypto.Crypto
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate({ occupation: "private" }, { appliesOn: today, knownOn: today })
 * const { hash } = Eligibility.record(decision, crypto.hash)
 *
 * @category deciding
 * @since 0.1.0
 */
export const record: (decision: Decision, hash: (bytes: Uint8Array) => Uint8Array) => Recorded = Decision_.record

// --- private ---

const decisionOf = (facts: Facts, outcome: Outcome, asOf: AsOf, policy: Policy, rules: RuleSet.RuleSet): Decision => {
  const decision: Decision = {
    rulesVersion: rules.version,
    policyVersion: policy.version,
    appliesOn: asOf.appliesOn,
    knownOn: asOf.knownOn,
    facts,
    verdicts: outcome.verdicts,
    choice: outcome.choice,
    reasons: outcome.reasons,
    missing: outcome.missing,
    notes: outcome.notes
  }
  return outcome.contradictions === undefined ? decision : { ...decision, contradictions: outcome.contradictions }
}
