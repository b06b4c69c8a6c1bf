/**
 * Paying several months at once (PAY-4).
 *
 * "One month" at the channel settles everything through the current month; each further one
 * is a month ahead, twelve in all. Months to come are reckoned by the tariff that is known on
 * the day; should it change, what was paid is kept as money, not as months.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Payer, Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import * as Month from "../time/Month.ts"
import type { Question } from "./Amount.ts"
import type { Owed } from "./Arrears.ts"
import * as Bill from "./Bill.ts"
import { dayOf, dayOfMonth, notKnown } from "./internal/day.ts"
import { together } from "./internal/notes.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly household: Bill.Household
  /** How many months to pay, from 1. */
  readonly months: number
  /** What is owed today, of `Arrears`: settled first. */
  readonly owed: Pick<Owed, "arrears" | "current" | "credit" | "toReactivate">
  /** Whose shares are paid; the member's, when absent. */
  readonly payer?: Payer
}

/**
 * `amount` is what to pay now: what is owed, and the months ahead, less money that is kept
 * already.
 *
 * @category models
 * @since 0.1.0
 */
export interface Quote {
  readonly _tag: "Quote"
  readonly amount: number
  /** Of `amount`, before kept money is taken off: what is owed through the current month. */
  readonly owed: number
  readonly ahead: ReadonlyArray<{ readonly month: Month.Month; readonly amount: number }>
  readonly paidThrough: Month.Month
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Refused {
  readonly _tag: "Refused"
  readonly reasons: readonly [Reason]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * A bill of one of the months is unknown; `missing` are the questions of all members.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<Question>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- reading ---

/**
 * What paying so many months costs on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const quote = Advance.quote(
 *   {
 *     household: { members: [{ ref: "head", of: { _tag: "SelfPay", wardClass: 2 } }] },
 *     months: 3,
 *     owed: { arrears: 0, current: 100_000, credit: 0, toReactivate: 100_000 }
 *   },
 *   { appliesOn: today, knownOn: today }
 * )
 * quote._tag === "Quote" ? [quote.amount, quote.paidThrough] : quote.reasons // => [300_000, Month.make("2026-04")]
 *
 * @category reading
 * @since 0.1.0
 */
export const quote = (given: Given, asOf: AsOf, policy: Policy = National.policy): Quote | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const { advanceMonths } = day.entries
  if (advanceMonths === undefined) return notKnown(day, "advanceMonths")
  const { household, months, owed, payer = "member" } = given
  const most = advanceMonths.value
  const notes = day.caveats(used)
  if (!Number.isSafeInteger(months) || months < 1 || months > most) {
    // A reason carries whole numbers or text: what is no whole number is shown as it came.
    const asked = Number.isSafeInteger(months) ? months : String(months)
    return { _tag: "Refused", reasons: [{ code: "AdvanceOutOfRange", params: { months: asked, most } }], notes }
  }

  const now = Month.of(asOf.appliesOn)
  const bills = Month.run(Month.add(now, 1), months - 1).map((month) =>
    Bill.monthly(household, dayOfMonth(policy, month, asOf).asOf, policy)
  )
  const unknown = bills.filter((bill) => bill._tag === "Unknown")
  if (unknown.length > 0) {
    return {
      _tag: "Unknown",
      missing: [...new Set(unknown.flatMap((bill) => bill.members.flatMap(({ missing }) => missing)))],
      reasons: together(unknown.map(({ reasons }) => reasons)) as Unknown["reasons"]
    }
  }
  const billed = bills.filter((bill) => bill._tag === "Bill")
  const ahead = billed.map((bill) => ({ month: bill.month, amount: Bill.owedBy(bill, payer) }))
  const total = ahead.reduce((sum, { amount }) => sum + amount, owed.toReactivate)
  const paidThrough = Month.add(now, months - 1)
  const kept: ReadonlyArray<Reason> = owed.credit > 0 ? [{ code: "CreditKept", params: { amount: owed.credit } }] : []
  return {
    _tag: "Quote",
    amount: Math.max(0, total - owed.credit),
    owed: owed.toReactivate,
    ahead,
    paidThrough,
    reasons: [{ code: "AdvancePaid", params: { months, month: paidThrough } }, ...kept],
    notes: together([notes, ...billed.map((bill) => bill.notes)])
  }
}

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = ["advanceMonths"] as const
