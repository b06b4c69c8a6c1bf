/**
 * A membership that is paused while its holder lives abroad: no cover, no contribution.
 *
 * @since 0.1.0
 */
import { isWageEarner, type Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addMonths, isAfter, type PlainDate } from "../time/PlainDate.ts"
import { caveats, dayOf, notKnown, some } from "./internal/day.ts"
import type { PaperId } from "./Paper.ts"

// --- models ---

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * `from` is the day of leaving, `months` how long the stay lasts without a break. `paidInIndonesia`
 * is asked of workers.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly segment: Segment
  readonly from: PlainDate
  readonly months: number
  readonly paidInIndonesia?: boolean
}

/**
 * The pause begins on `from`: the day of leaving, or of the report where that is later.
 *
 * @category models
 * @since 0.1.0
 */
export interface Allowed extends Answer {
  readonly _tag: "Allowed"
  readonly from: PlainDate
  readonly papers: ReadonlyArray<PaperId>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Refused extends Answer {
  readonly _tag: "Refused"
}

/**
 * `payBy` is the last day to report and pay. `late`: reported after it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Returned extends Answer {
  readonly _tag: "Returned"
  readonly payBy: PlainDate
  readonly late: boolean
}

/**
 * `missing` is empty only where the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<"paidInIndonesia">
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- reading ---

/**
 * Whether somebody may pause, asked for on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const from = PlainDate.make("2026-03-01")
 * Abroad.suspend({ segment: "PBPU", from, months: 6 }, asOf)._tag // => "Allowed"
 * Abroad.suspend({ segment: "PBPU", from, months: 5 }, asOf)._tag // => "Refused"
 *
 * @category reading
 * @since 0.1.0
 */
export const suspend = (of: Given, asOf: AsOf, policy: Policy = National.policy): Allowed | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const entry = day.entries.abroadMonths
  if (entry === undefined) return notKnown(day, "abroadMonths")
  const months = entry.value
  const notes = caveats(day, "abroadMonths")
  const worker = isWageEarner(of.segment)
  const tooShort: ReadonlyArray<Reason> = of.months < months ? [{ code: "AbroadTooShort", params: { months } }] : []
  const stillPaid: ReadonlyArray<Reason> = worker && of.paidInIndonesia === true ? [{ code: "AbroadStillPaid" }] : []
  const refusals = some([...tooShort, ...stillPaid])
  if (refusals !== undefined) return { _tag: "Refused", reasons: refusals, notes }
  if (worker && of.paidInIndonesia === undefined) {
    return { _tag: "Unknown", missing: ["paidInIndonesia"], reasons: [{ code: "MissingPaidInIndonesia" }] }
  }
  const from = isAfter(of.from, asOf.appliesOn) ? of.from : asOf.appliesOn
  const reason: Reason = { code: "AbroadAllowed", params: { months, date: from } }
  return { _tag: "Allowed", from, papers: ["card", "identity-card"], reasons: [reason], notes }
}

/**
 * By when somebody who is back must have reported and paid; reported on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-16")
 * const returned = Abroad.returned({ returnedOn: PlainDate.make("2026-01-15") }, { appliesOn: today, knownOn: today })
 * returned._tag === "Returned" ? [returned.payBy, returned.late] : [] // => [PlainDate.make("2026-02-15"), true]
 *
 * @category reading
 * @since 0.1.0
 */
export const returned = (
  of: { readonly returnedOn: PlainDate },
  asOf: AsOf,
  policy: Policy = National.policy
): Returned | Unknown => {
  const day = dayOf(policy, asOf)
  const entry = day.entries.abroadReturnMonths
  if (entry === undefined) return notKnown(day, "abroadReturnMonths")
  const payBy = addMonths(of.returnedOn, entry.value)
  const late = isAfter(asOf.appliesOn, payBy)
  const reason: Reason = { code: late ? "AbroadReturnLate" : "AbroadReturned", params: { date: payBy } }
  return { _tag: "Returned", payBy, late, reasons: [reason], notes: caveats(day, "abroadReturnMonths") }
}
