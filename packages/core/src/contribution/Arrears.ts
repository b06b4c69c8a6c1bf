/**
 * What is owed on a day, whether cover holds, and what brings it back.
 *
 * Cover stops on the 1st of the month after an unpaid one, not on the 11th (PAY-2). Of what
 * is owed, the last 24 months that were billed are asked for; older ones stay on record and
 * are not (PAY-3).
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import * as Month from "../time/Month.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import { type Day, dayOf, isRupiah, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * What was billed for a month, whole rupiah; several bills for one month add up. `paid` is
 * what is already booked on that bill.
 *
 * @category models
 * @since 0.1.0
 */
export interface MonthBill {
  readonly month: Month.Month
  readonly amount: number
  readonly paid?: number
}

/**
 * `paid` is money that is not booked on a bill yet: it settles the oldest month first. When
 * the days of payment are known, `Account` books it; a sum without days cannot tell who paid
 * at the limit from who paid long ago.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly bills: ReadonlyArray<MonthBill>
  readonly paid?: number
  /** Money that is kept and not to be booked on these bills; only told again. */
  readonly kept?: number
}

/**
 * Rupiah and months, as of `appliesOn`. The current month is the one that the day lies in;
 * bills of later months are not owed yet.
 *
 * @category models
 * @since 0.1.0
 */
export interface Owed {
  readonly _tag: "Arrears"
  /** Unpaid months before the current one; a month paid in part counts. */
  readonly monthsOwed: number
  /** Of these, the ones within the limit: they are asked for. */
  readonly monthsBilled: number
  /** What is unpaid of `monthsBilled`. */
  readonly arrears: number
  /** What is unpaid of older months: not asked for, not forgotten. */
  readonly beyondLimit: number
  /** What is unpaid of the current month; it does not stop cover yet. */
  readonly current: number
  /** What to pay on this day for nothing to be asked any more, and for cover to hold. */
  readonly toReactivate: number
  /** Money beyond everything that is owed. */
  readonly credit: number
  readonly cover: "covered" | "suspended"
  readonly suspendedFrom?: PlainDate
  /** What is unpaid through the current month, the oldest first, whether asked for or not. */
  readonly unpaid: ReadonlyArray<{ readonly month: Month.Month; readonly amount: number }>
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

/**
 * @category models
 * @since 0.1.0
 */
export type Arrears = Owed | Unknown

// --- reading ---

/**
 * @example
 * const bills = ["2025-12", "2026-01", "2026-02"].map((month) => ({ month: Month.make(month), amount: 150_000 }))
 * const today = PlainDate.make("2026-02-10")
 * const arrears = Arrears.of({ bills, paid: 150_000 }, { appliesOn: today, knownOn: today })
 * // December is paid, January is not: cover stopped on 1 February.
 * arrears._tag === "Arrears" ? [arrears.cover, arrears.suspendedFrom, arrears.toReactivate] : arrears.reasons
 * // => ["suspended", PlainDate.make("2026-02-01"), 300_000]
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (given: Given, asOf: AsOf, policy: Policy = National.policy): Arrears => {
  const day = dayOf(policy, asOf)
  const { arrearsMonths, dueDay, lateFee, suspensionMonths } = day.entries
  if (arrearsMonths === undefined) return notKnown(day, "arrearsMonths")
  if (suspensionMonths === undefined) return notKnown(day, "suspensionMonths")
  if (dueDay === undefined) return notKnown(day, "dueDay")
  if (!isSound(given)) return { _tag: "Unknown", missing: [], reasons: [{ code: "AmountNotRupiah" }] }

  const now = Month.of(asOf.appliesOn)
  const { credit, months } = settled(given, now)
  const before = months.filter(({ month }) => month !== now)
  const limit = before.slice(Math.max(0, before.length - arrearsMonths.value))
  const asked = limit.filter(isUnpaid)
  const arrears = sum(asked)
  const current = sum(months.filter(({ month }) => month === now))
  const owed = before.filter(isUnpaid)
  const beyondLimit = sum(owed) - arrears
  const stopped = suspension(before, asked, suspensionMonths.value)
  const relaxed = relaxation(asked, day)
  const toReactivate = (relaxed?.pay ?? arrears) + current

  const reasons: Array<Reason> = []
  if (stopped !== undefined) {
    reasons.push({ code: "CoverSuspended", params: { date: stopped, months: owed.length } })
  } else if (asked.length > 0) {
    reasons.push({ code: "ArrearsOwed", params: { months: asked.length } })
  } else if (current > 0) {
    const date = Month.day(now, dueDay.value)
    reasons.push({ code: "CurrentMonthUnpaid", params: { amount: current, date } })
    if (lateFee?.value === 0) reasons.push({ code: "NoLateFee" })
  } else reasons.push({ code: "NothingOwed" })
  if (asked.length > 0) reasons.push({ code: "ArrearsBilled", params: { months: asked.length, amount: arrears } })
  if (beyondLimit > 0) {
    reasons.push({ code: "ArrearsBeyondLimit", params: { limit: arrearsMonths.value, amount: beyondLimit } })
  }
  if (relaxed !== undefined) {
    reasons.push({ code: "ArrearsRelaxed", params: { months: relaxed.months, amount: arrears - relaxed.pay } })
  }
  if (asked.length > 0) reasons.push({ code: "PayToReactivate", params: { amount: toReactivate } })
  if (credit > 0) reasons.push({ code: "CreditKept", params: { amount: credit } })

  return {
    _tag: "Arrears",
    monthsOwed: owed.length,
    monthsBilled: asked.length,
    arrears,
    beyondLimit,
    current,
    toReactivate,
    credit,
    cover: stopped === undefined ? "covered" : "suspended",
    ...(stopped === undefined ? {} : { suspendedFrom: stopped }),
    unpaid: months.filter(isUnpaid).map(({ month, rest }) => ({ month, amount: rest })),
    reasons: reasons as unknown as Owed["reasons"],
    notes: day.caveats(relaxed === undefined ? used : usedWhenRelaxed)
  }
}

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = ["suspensionMonths", "arrearsMonths", "dueDay"] as const
const usedWhenRelaxed = [...used, "relaxationMonths"] as const

interface Settled {
  readonly month: Month.Month
  readonly rest: number
}

const isUnpaid = ({ rest }: Settled) => rest > 0

const sum = (months: ReadonlyArray<Settled>) => months.reduce((total, { rest }) => total + rest, 0)

const isSound = ({ bills, kept = 0, paid = 0 }: Given) =>
  isRupiah(paid) && isRupiah(kept) && bills.every((bill) => isRupiah(bill.amount) && isRupiah(bill.paid ?? 0))

/** Every month that was billed through the current one, the oldest first, and what is left of it. */
const settled = ({ bills, kept = 0, paid = 0 }: Given, now: Month.Month) => {
  const rests = new Map<Month.Month, number>()
  let credit = paid
  for (const { amount, month, paid: booked = 0 } of bills) {
    if (Month.isAfter(month, now) || amount === 0) {
      // Money on a bill that is not owed yet stays with that bill.
      if (amount === 0) credit += booked
      continue
    }
    credit += Math.max(0, booked - amount)
    rests.set(month, (rests.get(month) ?? 0) + Math.max(0, amount - booked))
  }
  const months: Array<Settled> = []
  for (const month of [...rests.keys()].sort()) {
    const rest = rests.get(month)!
    const taken = Math.min(rest, credit)
    credit -= taken
    months.push({ month, rest: rest - taken })
  }
  return { credit: credit + kept, months }
}

/**
 * The day on which cover stopped, if it did. The limit bounds what is asked for; when cover
 * stopped is also told by older months, where they run on without a paid one between.
 */
const suspension = (
  before: ReadonlyArray<Settled>,
  asked: ReadonlyArray<Settled>,
  after: number
): PlainDate | undefined => {
  if (asked.length === 0 || asked.length < after) return undefined
  let start = before.indexOf(asked[0]!)
  while (start > 0 && isUnpaid(before[start - 1]!)) start--
  const run = before.slice(start).filter(isUnpaid)
  return Month.first(Month.add(run[after - 1]!.month, 1))
}

/** In 2020 and 2021 a few months' arrears were enough; the rest could follow (REH-2). */
const relaxation = (asked: ReadonlyArray<Settled>, day: Day) => {
  const months = day.entries.relaxationMonths?.value ?? 0
  return months > 0 && asked.length > months ? { months, pay: sum(asked.slice(0, months)) } : undefined
}
