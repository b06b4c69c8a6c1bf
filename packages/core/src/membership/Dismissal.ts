/**
 * Cover after a dismissal (*PHK*): for a time, without contribution, for whom the dismissal is
 * proved.
 *
 * Since May 2024 the proofs are papers of the dismissal itself; before, they were four grounds. Who
 * resigns, or whose contract ends, is not dismissed.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy, Proof } from "../policy/Policy.ts"
import type { Reason, ReasonCode } from "../policy/Reason.ts"
import { addMonths, type PlainDate } from "../time/PlainDate.ts"
import { caveats, dayOf, notKnown, ruleNotKnown } from "./internal/day.ts"

// --- models ---

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * How the work ended. `phk` is a dismissal.
 *
 * @category models
 * @since 0.1.0
 */
export type Cause = "phk" | "resignation" | "contract-ended" | "death"

/**
 * `proofs` are those that were brought. `disputed`: the dismissal is contested, and no final ruling
 * is there. `employerPays` is asked only then.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly cause: Cause
  readonly proofs?: ReadonlyArray<Proof>
  readonly disputed?: boolean
  readonly employerPays?: boolean
}

/**
 * First and last day of the cover, both inclusive.
 *
 * @category models
 * @since 0.1.0
 */
export interface Grace extends Answer {
  readonly _tag: "Grace"
  readonly from: PlainDate
  readonly to: PlainDate
  /** Absent where the rule for the day is not known. */
  readonly wardClass?: 1 | 2 | 3
}

/**
 * While a dismissal is disputed the membership stays what it is: both go on paying, and what the
 * employer leaves unpaid is the employer's debt and costs the worker no cover.
 *
 * @category models
 * @since 0.1.0
 */
export interface Continues extends Answer {
  readonly _tag: "Continues"
}

/**
 * No cover without contribution: the reasons say which way there is.
 *
 * @category models
 * @since 0.1.0
 */
export interface NotCovered extends Answer {
  readonly _tag: "NotCovered"
}

/**
 * Not proved yet. `missing` is empty only where the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<"proofs">
  /** Lists of proofs, each of which is enough. */
  readonly enough?: ReadonlyArray<ReadonlyArray<Proof>>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- reading ---

/**
 * What holds for a worker whose work ended on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const proved = Dismissal.grace({ cause: "phk", proofs: ["notice", "labour-office-report"] }, asOf)
 * proved._tag === "Grace" ? proved.to : proved._tag // => PlainDate.make("2026-08-10")
 * Dismissal.grace({ cause: "resignation" }, asOf)._tag // => "NotCovered"
 *
 * @category reading
 * @since 0.1.0
 */
export const grace = (
  of: Given,
  asOf: AsOf,
  policy: Policy = National.policy
): Grace | Continues | NotCovered | Unknown => {
  const day = dayOf(policy, asOf)
  const { dismissalMonths, dismissalProofs, dismissalWard } = day.entries
  if (dismissalMonths === undefined) return notKnown(day, "dismissalMonths")
  if (dismissalProofs === undefined) return notKnown(day, "dismissalProofs")
  if (of.cause !== "phk") {
    return { _tag: "NotCovered", reasons: [{ code: outside[of.cause] }], notes: caveats(day, "dismissalProofs") }
  }

  const brought = of.proofs ?? []
  if (of.disputed === true && !brought.includes("court-ruling")) {
    const owes: ReadonlyArray<Reason> = of.employerPays === false ? [{ code: "DismissalEmployerOwes" }] : []
    return {
      _tag: "Continues",
      reasons: [{ code: "DismissalDisputed" }, ...owes],
      notes: caveats(day, "dismissalProofs")
    }
  }
  const enough = dismissalProofs.value
  if (!enough.some((list) => list.every((proof) => brought.includes(proof)))) {
    return { _tag: "Unknown", missing: ["proofs"], enough, reasons: [{ code: "DismissalNoProof" }] }
  }
  const from = asOf.appliesOn
  const to = addMonths(from, dismissalMonths.value)
  return {
    _tag: "Grace",
    from,
    to,
    ...(dismissalWard === undefined ? {} : { wardClass: dismissalWard.value }),
    reasons: [{ code: "DismissalGrace", params: { months: dismissalMonths.value, until: to } }],
    notes: [
      ...caveats(day, "dismissalMonths", "dismissalProofs", "dismissalWard"),
      ...(dismissalWard === undefined ? [ruleNotKnown(day, "dismissalWard")] : [])
    ]
  }
}

// --- private ---

const outside: { readonly [C in Exclude<Cause, "phk">]: ReasonCode } = {
  resignation: "DismissalResigned",
  "contract-ended": "DismissalContractEnded",
  death: "DismissalDeath"
}
