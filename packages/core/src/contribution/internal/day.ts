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
  /** What must be said about the parameters that an answer stood on. */
  readonly caveats: (used: ReadonlyArray<Policy.ParameterName>) => ReadonlyArray<Reason>
}

export const dayOf = (policy: Policy.Policy, asOf: AsOf): Day => {
  const days = kept.get(policy) ?? new Map<string, Day>()
  const key = asOf.appliesOn + asOf.knownOn
  const known = days.get(key)
  if (known !== undefined) return known
  // Old days are dropped all at once rather than counted one by one.
  if (days.size >= keptDays) days.clear()
  const day = make(policy, asOf)
  days.set(key, day)
  kept.set(policy, days)
  return day
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

const kept = new WeakMap<Policy.Policy, Map<string, Day>>()
const keptDays = 4096

const make = (policy: Policy.Policy, asOf: AsOf): Day => {
  const inForce = Policy.inForce(policy, asOf)
  const notes = new Map<string, ReadonlyArray<Reason>>()
  return {
    policy,
    asOf,
    entries: inForce.entries,
    caveats: (used) => {
      const key = used.join()
      const known = notes.get(key)
      if (known !== undefined) return known
      const made = Policy.caveats(policy, inForce, used)
      notes.set(key, made)
      return made
    }
  }
}
