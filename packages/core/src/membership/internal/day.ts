import type { AsOf } from "../../policy/Dated.ts"
import * as Policy from "../../policy/Policy.ts"
import type { Reason } from "../../policy/Reason.ts"

/** What the policy says on the two days of a question. */
export interface Day {
  readonly policy: Policy.Policy
  readonly asOf: AsOf
  readonly inForce: Policy.InForce
  readonly entries: Policy.InForce["entries"]
  /** Caveats by the parameters that they are of. */
  readonly notes: Map<string, ReadonlyArray<Reason>>
}

/** Kept, for a decree asks about millions of people on one day. */
export const dayOf = (policy: Policy.Policy, asOf: AsOf): Day => {
  const days = kept.get(policy) ?? new Map<string, Day>()
  const key = `${asOf.appliesOn} ${asOf.knownOn}`
  const known = days.get(key)
  if (known !== undefined) return known
  // Old days are dropped all at once rather than counted one by one.
  if (days.size >= KEPT_DAYS) days.clear()
  const inForce = Policy.inForce(policy, asOf)
  const day: Day = { policy, asOf, inForce, entries: inForce.entries, notes: new Map() }
  days.set(key, day)
  kept.set(policy, days)
  return day
}

/** What must be said about the parameters that an answer stood on. */
export const caveats = (day: Day, ...used: ReadonlyArray<Policy.ParameterName>): ReadonlyArray<Reason> => {
  const key = used.join(" ")
  const known = day.notes.get(key)
  if (known !== undefined) return known
  const notes = Policy.caveats(day.policy, day.inForce, used)
  day.notes.set(key, notes)
  return notes
}

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

// --- private ---

const kept = new WeakMap<Policy.Policy, Map<string, Day>>()
const KEPT_DAYS = 4096
