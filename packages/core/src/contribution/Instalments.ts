/**
 * Paying off arrears in instalments: the REHAB programme (REH-1).
 *
 * For those who pay themselves and owe 4 to 24 months. Cover begins after the last
 * instalment, not with the first: a plan says so, whatever it costs to say.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import * as Month from "../time/Month.ts"
import { dayOfMonth, month as monthOf } from "../time/PlainDate.ts"
import { dayOf, isRupiah, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * Who asks, and what is owed: `monthsOwed` and `arrears` of `Arrears`. Rupiah.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly segment: Segment
  /** Unpaid months before the current one. */
  readonly monthsOwed: number
  /** What is unpaid of them. */
  readonly owed: number
  /** The family's bill of a month, paid along with each instalment. */
  readonly monthly: number
  /** How many instalments are wished for; the most that are allowed, when absent. */
  readonly instalments?: number
}

/**
 * What is paid in one month: a part of the arrears, and that month's own bill.
 *
 * @category models
 * @since 0.1.0
 */
export interface Instalment {
  readonly month: Month.Month
  readonly arrears: number
  readonly current: number
  readonly amount: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Plan {
  readonly _tag: "Plan"
  /** The most instalments that are allowed. */
  readonly most: number
  readonly instalments: readonly [Instalment, ...ReadonlyArray<Instalment>]
  readonly total: number
  /** The month of the last instalment: cover begins when it is paid. */
  readonly activeAfter: Month.Month
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * Every reason why not, at once.
 *
 * @category models
 * @since 0.1.0
 */
export interface Refused {
  readonly _tag: "Refused"
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * The policy has no value for the day, or an amount is not one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: readonly []
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- planning ---

/**
 * The plan of somebody who asks on `appliesOn`: the first instalment falls in that month.
 *
 * Instalments of the arrears are equal, to the rupiah; what a division leaves over is paid
 * with the first.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const plan = Instalments.plan(
 *   { segment: "PBPU", monthsOwed: 6, owed: 900_000, monthly: 150_000 },
 *   { appliesOn: today, knownOn: today }
 * )
 * // Half of six months: three times 300,000, each with the month's own bill.
 * plan._tag === "Plan" ? [plan.most, plan.total, plan.activeAfter] : plan.reasons
 * // => [3, 1_350_000, Month.make("2026-04")]
 *
 * @category planning
 * @since 0.1.0
 */
export const plan = (given: Given, asOf: AsOf, policy: Policy = National.policy): Plan | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const { rehabArrears, rehabInstalments, rehabLastDay } = day.entries
  if (rehabArrears === undefined) return notKnown(day, "rehabArrears")
  if (rehabInstalments === undefined) return notKnown(day, "rehabInstalments")
  if (rehabLastDay === undefined) return notKnown(day, "rehabLastDay")
  const { instalments, monthly, monthsOwed, owed, segment } = given
  if (![monthsOwed, owed, monthly].every(isRupiah)) {
    return { _tag: "Unknown", missing: [], reasons: [{ code: "AmountNotRupiah" }] }
  }
  const notes = day.caveats(used)
  const { least, most: mostMonths } = rehabArrears.value
  const most = Math.min(rehabInstalments.value.most, Math.floor(monthsOwed / rehabInstalments.value.divisor))
  const first = Month.of(asOf.appliesOn)
  const closes = lastDay(rehabLastDay.value, monthOf(asOf.appliesOn))

  const refusals: Array<Reason> = []
  if (segment !== "PBPU" && segment !== "BP") refusals.push({ code: "RehabOnlySelfPay" })
  if (monthsOwed < least) refusals.push({ code: "RehabTooFewMonths", params: { months: monthsOwed, least } })
  if (monthsOwed > mostMonths) {
    refusals.push({ code: "RehabTooManyMonths", params: { months: monthsOwed, most: mostMonths } })
  }
  if (instalments !== undefined && !(Number.isSafeInteger(instalments) && instalments >= 1)) {
    refusals.push({ code: "RehabNoInstalments" })
  } else if (instalments !== undefined && monthsOwed >= least && instalments > most) {
    refusals.push({ code: "RehabTooManyInstalments", params: { instalments, most } })
  }
  if (dayOfMonth(asOf.appliesOn) > closes) {
    const date = Month.first(Month.add(first, 1))
    refusals.push({ code: "RehabClosedThisMonth", params: { day: closes, date } })
  }
  if (refusals[0] !== undefined) return { _tag: "Refused", reasons: [refusals[0], ...refusals.slice(1)], notes }

  const count = instalments ?? most
  const activeAfter = Month.add(first, count - 1)
  return {
    _tag: "Plan",
    most,
    instalments: split(owed, count).map((arrears, index) => ({
      month: Month.add(first, index),
      arrears,
      current: monthly,
      amount: arrears + monthly
    })) as unknown as Plan["instalments"],
    total: owed + monthly * count,
    activeAfter,
    reasons: [
      { code: "RehabSplit", params: { amount: owed, instalments: count, most } },
      { code: "RehabActiveAfterLast", params: { month: activeAfter } }
    ],
    notes
  }
}

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = ["rehabArrears", "rehabInstalments", "rehabLastDay"] as const

const february = 2

const lastDay = (days: { readonly day: number; readonly february: number }, month: number) =>
  month === february ? days.february : days.day

/** Equal parts of whole rupiah; the first takes what is left over. */
const split = (amount: number, parts: number): ReadonlyArray<number> => {
  const each = Math.floor(amount / parts)
  return Array.from({ length: parts }, (_, index) => (index === 0 ? amount - each * (parts - 1) : each))
}
