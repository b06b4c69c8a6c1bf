/**
 * The service penalty: what inpatient care soon after a reactivation costs (PEN-1 to PEN-3).
 *
 * A share of the estimated package for each month that was in arrears, at most 12 of them and
 * at most thirty million. It is not the fee for paying late, which there is none of, and its
 * months are not the 24 that are billed.
 *
 * @since 0.1.0
 */
import { isWageEarner, type Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Payer, Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addDays, isAfter, isBefore, type PlainDate } from "../time/PlainDate.ts"
import * as Amount from "./Amount.ts"
import { dayOf, isRupiah, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * The care that is asked about. What is absent is not known.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly segment: Segment
  /** Day on which the membership was active again. */
  readonly reactivatedOn: PlainDate
  /** Day on which the care began. */
  readonly admittedOn: PlainDate
  readonly care: "inpatient" | "outpatient"
  /** Estimated INA-CBG package of the first diagnosis and procedure, rupiah. */
  readonly packageCost?: number
  /** Months that were unpaid before the reactivation: `monthsOwed` of `Arrears`. */
  readonly monthsInArrears?: number
  /** Whether a certificate of poverty was shown. Absent is no: the answer then mentions it. */
  readonly certifiedPoor?: boolean
}

/**
 * @category models
 * @since 0.1.0
 */
export type Question = "packageCost" | "monthsInArrears"

/**
 * A penalty in whole rupiah. `months` are those that count.
 *
 * @category models
 * @since 0.1.0
 */
export interface Charged {
  readonly _tag: "Charged"
  readonly amount: number
  readonly payer: Extract<Payer, "member" | "employer">
  readonly months: number
  /** Of the package, for each month: "5", "2.5". */
  readonly percent: string
  /** Last day on which an admission is penalised. */
  readonly through: PlainDate
  readonly lines: readonly [Amount.Line, ...ReadonlyArray<Amount.Line>]
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * No penalty is owed: every reason why not.
 *
 * @category models
 * @since 0.1.0
 */
export interface None {
  readonly _tag: "None"
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * `missing` is empty where the law, not the asker, is silent.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<Question>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * @category models
 * @since 0.1.0
 */
export type Penalty = Charged | None | Unknown

// --- reading ---

/**
 * The penalty by the rule of the day of admission, as known on `knownOn`.
 *
 * @example
 * const admittedOn = PlainDate.make("2026-02-10")
 * const penalty = Penalty.of(
 *   {
 *     segment: "PBPU",
 *     reactivatedOn: PlainDate.make("2026-01-20"),
 *     admittedOn,
 *     care: "inpatient",
 *     packageCost: 8_000_000,
 *     monthsInArrears: 18
 *   },
 *   { appliesOn: admittedOn, knownOn: admittedOn }
 * )
 * // 5 % of 8,000,000 for each of 12 months.
 * penalty._tag === "Charged" ? penalty.amount : penalty.reasons // => 4_800_000
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (given: Given, asOf: AsOf, policy: Policy = National.policy): Penalty => {
  const day = dayOf(policy, { appliesOn: given.admittedOn, knownOn: asOf.knownOn })
  const { penaltyCap, penaltyDayCount, penaltyDays, penaltyMonths, penaltyRate, rounding } = day.entries
  if (penaltyDays === undefined) return notKnown(day, "penaltyDays")
  if (penaltyDayCount === undefined) return notKnown(day, "penaltyDayCount")
  const days = penaltyDays.value
  const through = addDays(given.reactivatedOn, penaltyDayCount.value === "inclusive" ? days - 1 : days)

  const exempt = exemptions(given, days, through)
  if (exempt[0] !== undefined) {
    return { _tag: "None", reasons: [exempt[0], ...exempt.slice(1)], notes: day.caveats(windowRules) }
  }
  if (isBefore(given.admittedOn, given.reactivatedOn)) {
    return { _tag: "Unknown", missing: [], reasons: [{ code: "PenaltyBeforeReactivation" }] }
  }
  if (penaltyRate === undefined) return notKnown(day, "penaltyRate")
  if (penaltyMonths === undefined) return notKnown(day, "penaltyMonths")
  if (penaltyCap === undefined) return notKnown(day, "penaltyCap")
  if (rounding === undefined) return notKnown(day, "rounding")
  const { monthsInArrears, packageCost } = given
  if (packageCost === undefined || monthsInArrears === undefined) return unanswered(given)
  if (!isRupiah(packageCost) || !isRupiah(monthsInArrears)) {
    return { _tag: "Unknown", missing: [], reasons: [{ code: "AmountNotRupiah" }] }
  }

  const months = Math.min(monthsInArrears, penaltyMonths.value)
  const percent = String(penaltyRate.value / 100)
  const full = Amount.shareOf(packageCost * months, penaltyRate.value, rounding.value)
  const amount = Math.min(full, penaltyCap.value)
  const payer = isWageEarner(given.segment) ? "employer" : "member"

  const lines: Array<Amount.Line> = []
  if (months < monthsInArrears) {
    lines.push({ reason: { code: "PenaltyMonthsCapped", params: { months: monthsInArrears, limit: months } } })
  }
  lines.push({
    reason: { code: "PenaltyShare", params: { percent, cost: packageCost, months } },
    ...(amount === full ? { share: { payer, amount } } : {})
  })
  if (amount < full) {
    lines.push({ reason: { code: "PenaltyCapped", params: { cap: amount } }, share: { payer, amount } })
  }
  if (payer === "employer") lines.push({ reason: { code: "PenaltyByEmployer" } })
  const reasons = [...lines.map(({ reason }) => reason), { code: "PenaltyWindow", params: { date: through, days } }]
  return {
    _tag: "Charged",
    amount,
    payer,
    months,
    percent,
    through,
    lines: lines as unknown as Charged["lines"],
    reasons: reasons as unknown as Charged["reasons"],
    notes: [
      ...(given.certifiedPoor === undefined ? [{ code: "PenaltyPoorExempt" } as const] : []),
      ...day.caveats(chargeRules)
    ]
  }
}

// --- private ---

const windowRules = ["penaltyDays", "penaltyDayCount"] as const
const chargeRules = [...windowRules, "penaltyRate", "penaltyMonths", "penaltyCap", "rounding"] as const

/** Each of these alone is enough, so none waits for a question that another settles. */
const exemptions = (given: Given, days: number, through: PlainDate): ReadonlyArray<Reason> => {
  const reasons: Array<Reason> = []
  if (given.segment === "PBI-JK" || given.segment === "PBPU-PD") reasons.push({ code: "PenaltyNotForAssisted" })
  if (given.certifiedPoor === true) reasons.push({ code: "PenaltyNotForPoor" })
  if (given.care === "outpatient") reasons.push({ code: "PenaltyNotInpatient" })
  if (isAfter(given.admittedOn, through)) {
    reasons.push({ code: "PenaltyWindowOver", params: { date: through, days } })
  }
  if (given.monthsInArrears === 0) reasons.push({ code: "PenaltyNoArrears" })
  return reasons
}

const unanswered = ({ monthsInArrears, packageCost }: Given): Unknown => {
  const missing: Array<Question> = []
  const reasons: Array<Reason> = []
  if (packageCost === undefined) {
    missing.push("packageCost")
    reasons.push({ code: "MissingPackageCost" })
  }
  if (monthsInArrears === undefined) {
    missing.push("monthsInArrears")
    reasons.push({ code: "MissingMonthsInArrears" })
  }
  return { _tag: "Unknown", missing, reasons: reasons as unknown as Unknown["reasons"] }
}
