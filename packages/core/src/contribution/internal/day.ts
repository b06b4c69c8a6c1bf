/**
 * What a policy says on a day, kept: a register's bills are of many people and few months.
 */
import type { AsOf } from "../../policy/Dated.ts"
import * as Policy from "../../policy/Policy.ts"
import type { Reason } from "../../policy/Reason.ts"
import * as Month from "../../time/Month.ts"

export interface Day {
  readonly policy: Policy.Policy
  readonly asOf: AsOf
  readonly entries: Policy.InForce["entries"]
  /**
   * What must be said about the parameters that an answer stood on. Kept by the list itself:
   * a rule that is asked often names its parameters once, not in every answer.
   */
  readonly caveats: (used: ReadonlyArray<Policy.ParameterName>) => ReadonlyArray<Reason>
}

export const dayOf = (policy: Policy.Policy, asOf: AsOf): Day => {
  // The members of a household are asked for one after the other, on one day.
  if (last?.policy === policy && last.asOf.appliesOn === asOf.appliesOn && last.asOf.knownOn === asOf.knownOn) {
    return last
  }
  last = find(policy, asOf)
  return last
}

/** A month has one tariff: that of its first day. */
export const dayOfMonth = (policy: Policy.Policy, month: Month.Month, asOf: AsOf): Day =>
  dayOf(policy, { appliesOn: Month.first(month), knownOn: asOf.knownOn })

/** Why an answer is unknown where the policy has no value. */
export const ruleNotKnown = (policy: Policy.Policy, name: Policy.ParameterName): Reason => ({
  code: "RuleNotKnown",
  params: { rule: policy.parameters[name].rule }
})

/** The answer of a rule that the policy has no value for. */
export const notKnown = (
  day: Day,
  name: Policy.ParameterName
): { readonly _tag: "Unknown"; readonly missing: readonly []; readonly reasons: readonly [Reason] } => ({
  _tag: "Unknown",
  missing: [],
  reasons: [ruleNotKnown(day.policy, name)]
})

/** Whether an amount is whole rupiah, zero or more, that adds up exactly. */
export const isRupiah = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0

// --- private ---

let last: Day | undefined

/** By the day of knowledge, then by the day applied to: a batch knows on one day. */
type Days = Map<string, Map<string, Day>>

const kept = new WeakMap<Policy.Policy, Days>()
const keptDays = 4096

const find = (policy: Policy.Policy, asOf: AsOf): Day => {
  const known = kept.get(policy)?.get(asOf.knownOn)?.get(asOf.appliesOn)
  return known ?? keep(make(policy, asOf))
}

const keep = (day: Day): Day => {
  const all: Days = kept.get(day.policy) ?? new Map()
  const days = all.get(day.asOf.knownOn) ?? new Map<string, Day>()
  // Old days are dropped all at once rather than counted one by one.
  if (days.size >= keptDays) days.clear()
  if (all.size >= keptDays) all.clear()
  days.set(day.asOf.appliesOn, day)
  all.set(day.asOf.knownOn, days)
  kept.set(day.policy, all)
  return day
}

const make = (policy: Policy.Policy, asOf: AsOf): Day => {
  const inForce = Policy.inForce(policy, asOf)
  const notes = new WeakMap<ReadonlyArray<Policy.ParameterName>, ReadonlyArray<Reason>>()
  return {
    policy,
    asOf,
    entries: inForce.entries,
    caveats: (used) => {
      const known = notes.get(used)
      if (known !== undefined) return known
      const made = Policy.caveats(policy, inForce, used)
      notes.set(used, made)
      return made
    }
  }
}
