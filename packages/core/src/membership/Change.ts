/**
 * Changing the first-level facility or the ward class, and visits to another facility.
 *
 * A change takes effect with the next month. Everything that stands in its way is said at once, with
 * the day from which it is possible.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addMonths, isAfter, isBefore, notAfter, type PlainDate, startOfMonth } from "../time/PlainDate.ts"
import { caveats, dayOf, notKnown, some } from "./internal/day.ts"
import type { PaperId } from "./Paper.ts"

// --- models ---

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Allowed extends Answer {
  readonly _tag: "Allowed"
  /** The first day of the change. */
  readonly effectiveOn: PlainDate
  readonly papers: ReadonlyArray<PaperId>
}

/**
 * `earliestOn` is the first day on which the change can be asked for, where only waiting helps.
 *
 * @category models
 * @since 0.1.0
 */
export interface Refused extends Answer {
  readonly _tag: "Refused"
  readonly earliestOn?: PlainDate
}

/**
 * The policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: readonly []
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * `left` visits elsewhere are possible in the month, the one asked for included.
 *
 * @category models
 * @since 0.1.0
 */
export interface VisitAllowed extends Answer {
  readonly _tag: "Allowed"
  readonly left: number
}

/**
 * What is asked about a facility. `since` is the first day at it; `moved` and `assigned` are what
 * the person says and has a letter for.
 *
 * @category models
 * @since 0.1.0
 */
export interface FacilityGiven {
  readonly since: PlainDate
  readonly moved?: boolean
  readonly assigned?: boolean
}

/**
 * What is asked about a class. `since` is the first day in it, `arrears` is rupiah. `firstBillPaid`
 * is said only of somebody new; who has it behind them leaves it out.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClassGiven {
  readonly segment: Segment
  readonly since: PlainDate
  readonly firstBillPaid?: boolean
  readonly arrears: number
  readonly wholeFamily: boolean
  readonly autoDebit: boolean
}

// --- reading ---

/**
 * Whether the first-level facility may be changed, asked for on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const change = Change.facility({ since: PlainDate.make("2025-12-10") }, asOf)
 * change._tag === "Refused" ? change.earliestOn : change._tag // => PlainDate.make("2026-03-10")
 *
 * @category reading
 * @since 0.1.0
 */
export const facility = (
  of: FacilityGiven,
  asOf: AsOf,
  policy: Policy = National.policy
): Allowed | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const entry = day.entries.facilityMonths
  if (entry === undefined) return notKnown(day, "facilityMonths")
  const { appliesOn } = asOf
  const months = entry.value
  const notes = caveats(day, "facilityMonths")
  const allowed = (papers: ReadonlyArray<PaperId>, reason: Reason): Allowed => ({
    _tag: "Allowed",
    effectiveOn: nextMonth(appliesOn),
    papers: ["card", "family-card", ...papers],
    reasons: [reason],
    notes
  })
  const earliestOn = addMonths(of.since, months)
  if (notAfter(earliestOn, appliesOn)) {
    return allowed([], { code: "FacilityAllowed", params: { months, date: nextMonth(appliesOn) } })
  }
  if (of.moved === true) return allowed(["domicile-letter"], { code: "FacilityMoved", params: { months } })
  if (of.assigned === true) return allowed(["assignment-letter"], { code: "FacilityAssigned", params: { months } })
  const reason: Reason = { code: "FacilityTooSoon", params: { months, date: earliestOn } }
  return { _tag: "Refused", earliestOn, reasons: [reason], notes }
}

/**
 * Whether the ward class may be changed, asked for on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const family = { segment: "PBPU", since: PlainDate.make("2024-06-01"), arrears: 0 } as const
 * const change = Change.wardClass(
 *   { ...family, wholeFamily: true, autoDebit: true },
 *   { appliesOn: today, knownOn: today }
 * )
 * change._tag === "Allowed" ? change.effectiveOn : change.reasons // => PlainDate.make("2026-03-01")
 *
 * @category reading
 * @since 0.1.0
 */
export const wardClass = (
  of: ClassGiven,
  asOf: AsOf,
  policy: Policy = National.policy
): Allowed | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const entry = day.entries.classMonths
  if (entry === undefined) return notKnown(day, "classMonths")
  const { appliesOn } = asOf
  const months = entry.value
  const notes = caveats(day, "classMonths")
  if (of.segment !== "PBPU" && of.segment !== "BP") {
    return { _tag: "Refused", reasons: [{ code: "ClassNotSelfPay" }], notes }
  }

  const fresh = of.firstBillPaid === false
  const earliestOn = addMonths(of.since, months)
  const tooSoon = !fresh && isBefore(appliesOn, earliestOn)
  const others: Array<Reason> = []
  if (!of.wholeFamily) others.push({ code: "ClassNotWholeFamily" })
  if (of.arrears > 0) others.push({ code: "ClassArrears" })
  if (!of.autoDebit) others.push({ code: "ClassNoAutoDebit" })
  const waiting: ReadonlyArray<Reason> = tooSoon ? [{ code: "ClassTooSoon", params: { months, date: earliestOn } }] : []
  const refusals = some([...waiting, ...others])
  if (refusals !== undefined) {
    return { _tag: "Refused", ...(tooSoon ? { earliestOn } : {}), reasons: refusals, notes }
  }
  const effectiveOn = nextMonth(appliesOn)
  const allowed: Reason = { code: "ClassAllowed", params: { date: effectiveOn } }
  return {
    _tag: "Allowed",
    effectiveOn,
    papers: ["family-card", "savings-book"],
    reasons: fresh ? [allowed, { code: "ClassBeforeFirstBill", params: { months } }] : [allowed],
    notes
  }
}

/**
 * Whether somebody may be treated at another first-level facility on `appliesOn` without changing.
 * `visits` are the days of earlier visits elsewhere; those of a month ago and before do not count.
 *
 * @example
 * const today = PlainDate.make("2026-02-20")
 * const visit = Change.visit({ visits: [PlainDate.make("2026-02-02")] }, { appliesOn: today, knownOn: today })
 * visit._tag === "Allowed" ? visit.left : visit._tag // => 2
 *
 * @category reading
 * @since 0.1.0
 */
export const visit = (
  of: { readonly visits: ReadonlyArray<PlainDate> },
  asOf: AsOf,
  policy: Policy = National.policy
): VisitAllowed | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const entry = day.entries.facilityVisits
  if (entry === undefined) return notKnown(day, "facilityVisits")
  const { months, visits } = entry.value
  const { appliesOn } = asOf
  const notes = caveats(day, "facilityVisits")
  const recent = of.visits.filter((on) => notAfter(on, appliesOn) && isAfter(addMonths(on, months), appliesOn))
  const left = visits - recent.length
  if (left > 0) return { _tag: "Allowed", left, reasons: [{ code: "VisitAllowed", params: { left } }], notes }
  return { _tag: "Refused", reasons: [{ code: "VisitsUsedUp", params: { visits, months } }], notes }
}

// --- private ---

const nextMonth = (on: PlainDate): PlainDate => addMonths(startOfMonth(on), 1)
