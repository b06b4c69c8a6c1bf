import type { AsOf } from "../../policy/Dated.ts"
import * as Policy from "../../policy/Policy.ts"
import type { Reason } from "../../policy/Reason.ts"

/** What the policy says on the two days of a question. */
export interface Day {
  readonly policy: Policy.Policy
  readonly asOf: AsOf
  readonly inForce: Policy.InForce
  readonly entries: Policy.InForce["entries"]
}

export const dayOf = (policy: Policy.Policy, asOf: AsOf): Day => {
  const inForce = Policy.inForce(policy, asOf)
  return { policy, asOf, inForce, entries: inForce.entries }
}

/** What must be said about the parameters that an answer stood on. */
export const caveats = (day: Day, ...used: ReadonlyArray<Policy.ParameterName>): ReadonlyArray<Reason> =>
  Policy.caveats(day.policy, day.inForce, used)

export const ruleNotKnown = (day: Day, name: Policy.ParameterName): Reason => ({
  code: "RuleNotKnown",
  params: { rule: day.policy.parameters[name].rule }
})

/** The answer of a rule that the policy has no value for. */
export const notKnown = (
  day: Day,
  name: Policy.ParameterName
): { readonly _tag: "Unknown"; readonly missing: readonly []; readonly reasons: readonly [Reason] } => ({
  _tag: "Unknown",
  missing: [],
  reasons: [ruleNotKnown(day, name)]
})

/** A list that is known not to be empty, or none. */
export const some = <A>(list: ReadonlyArray<A>): readonly [A, ...ReadonlyArray<A>] | undefined => {
  const [first, ...rest] = list
  return first === undefined ? undefined : [first, ...rest]
}
