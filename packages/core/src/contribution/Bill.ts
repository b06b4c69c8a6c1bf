/**
 * The bill of a household for a month: what each member owes, added up by who pays.
 *
 * Bills are per head and per whole month: nothing is reckoned by the day, a month has one
 * tariff (that of its first day), and nobody is billed twice for it.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Payer, Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import * as Month from "../time/Month.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import * as Amount from "./Amount.ts"
import { dayOfMonth, ruleNotKnown } from "./internal/day.ts"
import { together } from "./internal/notes.ts"

// --- models ---

/**
 * One member of a household, and what kind of contribution is owed for them.
 *
 * Billed are the months from that of `from` to that of `until`, both whole; an absent day
 * is an open end. A member whose contribution changes is listed once for each stretch, with
 * the same `ref`: of two that meet in one month, the earlier is billed for it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Member {
  /** The caller's own key of the person; never an identity number. */
  readonly ref: string
  readonly of: Amount.Case
  readonly from?: PlainDate
  readonly until?: PlainDate
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Household {
  readonly members: ReadonlyArray<Member>
}

/**
 * Rupiah, by who pays them.
 *
 * @category models
 * @since 0.1.0
 */
export type ByPayer = { readonly [P in Payer]?: number }

/**
 * `total` is the sum over the members and over the payers. Members who are not billed for
 * the month are not listed.
 *
 * @category models
 * @since 0.1.0
 */
export interface Billed {
  readonly _tag: "Bill"
  readonly month: Month.Month
  readonly dueOn: PlainDate
  readonly total: number
  readonly byPayer: ByPayer
  readonly members: ReadonlyArray<{ readonly ref: string; readonly due: Amount.Due }>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * At least one member's amount is unknown: then the household's is. `members` are those,
 * and what to ask of each.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly month: Month.Month
  readonly members: ReadonlyArray<{ readonly ref: string; readonly missing: ReadonlyArray<Amount.Question> }>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * @category models
 * @since 0.1.0
 */
export type Bill = Billed | Unknown

// --- reading ---

/**
 * The bill for the month that `appliesOn` lies in (PAY-1).
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const bill = Bill.monthly(
 *   {
 *     members: [
 *       { ref: "head", of: { _tag: "SelfPay", wardClass: 1 } },
 *       { ref: "spouse", of: { _tag: "SelfPay", wardClass: 1 } },
 *       { ref: "baby", of: { _tag: "SelfPay", wardClass: 1 }, from: PlainDate.make("2026-03-02") }
 *     ]
 *   },
 *   { appliesOn: today, knownOn: today }
 * )
 * bill._tag === "Bill" ? [bill.total, bill.dueOn] : bill.reasons // => [300_000, PlainDate.make("2026-02-10")]
 *
 * @category reading
 * @since 0.1.0
 */
export const monthly = (of: Household, asOf: AsOf, policy: Policy = National.policy): Bill => {
  const month = Month.of(asOf.appliesOn)
  const day = dayOfMonth(policy, month, asOf)
  const billed: Array<{ readonly ref: string; readonly due: Amount.Due }> = []
  const open: Array<{ readonly ref: string; readonly missing: ReadonlyArray<Amount.Question> }> = []
  const why: Array<ReadonlyArray<Reason>> = []
  for (const [index, member] of of.members.entries()) {
    if (!covers(member, month) || isSuperseded(index, of.members, month)) continue
    const amount = Amount.monthly(member.of, day.asOf, policy)
    if (amount._tag === "Due") {
      billed.push({ ref: member.ref, due: amount })
    } else {
      open.push({ ref: member.ref, missing: amount.missing })
      why.push(amount.reasons)
    }
  }
  const dueDay = day.entries.dueDay
  if (dueDay === undefined) why.push([ruleNotKnown(policy, "dueDay")])
  if (dueDay === undefined || open.length > 0) {
    return { _tag: "Unknown", month, members: open, reasons: together(why) as Unknown["reasons"] }
  }
  const dueOn = Month.day(month, dueDay.value)
  return {
    _tag: "Bill",
    month,
    dueOn,
    total: billed.reduce((sum, { due }) => sum + due.total, 0),
    byPayer: sharesOf(billed),
    members: billed,
    reasons:
      billed.length === 0
        ? [{ code: "NothingBilled" }]
        : [{ code: "BillDueOn", params: { date: dueOn } }, ...late(day)],
    notes: together([...billed.map(({ due }) => due.notes), day.caveats(used)])
  }
}

/**
 * What one payer owes of a bill.
 *
 * @category reading
 * @since 0.1.0
 */
export const owedBy = (self: Billed, payer: Payer): number => self.byPayer[payer] ?? 0

/**
 * How a change of membership within a month is billed: the old membership, which had the
 * person on the 1st, keeps the month, and the new one begins with the next. No source says
 * so; it is the reading by which nobody pays one month twice.
 *
 * A person who had no membership before is billed from the month in which the new one
 * begins.
 *
 * @example
 * Bill.handover(PlainDate.make("2026-02-15"))
 * // => { until: PlainDate.make("2026-02-15"), from: PlainDate.make("2026-03-01"), reasons: [{ code: "MonthBilledOnce" }] }
 *
 * @category reading
 * @since 0.1.0
 */
export const handover = (
  changedOn: PlainDate
): {
  /** For the member of the old household. */
  readonly until: PlainDate
  /** For the member of the new one. */
  readonly from: PlainDate
  readonly reasons: readonly [Reason]
} => ({
  until: changedOn,
  from: Month.first(Month.add(Month.of(changedOn), 1)),
  reasons: [{ code: "MonthBilledOnce" }]
})

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = ["dueDay"] as const

const covers = (member: Member, month: Month.Month) =>
  (member.from === undefined || Month.notAfter(Month.of(member.from), month)) &&
  (member.until === undefined || Month.notAfter(month, Month.of(member.until)))

/** Whether another stretch of the same person has the month already. */
const isSuperseded = (at: number, all: ReadonlyArray<Member>, month: Month.Month) => {
  const { from = "", ref } = all[at]!
  return all.some((other, index) => {
    if (index === at || other.ref !== ref || !covers(other, month)) return false
    const theirs = other.from ?? ""
    return theirs < from || (theirs === from && index < at)
  })
}

const sharesOf = (members: Billed["members"]): ByPayer => {
  const sums: { [P in Payer]?: number } = {}
  for (const { due } of members) {
    for (const { share } of due.lines) {
      if (share !== undefined) sums[share.payer] = (sums[share.payer] ?? 0) + share.amount
    }
  }
  return sums
}

const late = (day: ReturnType<typeof dayOfMonth>): ReadonlyArray<Reason> => {
  const fee = day.entries.lateFee
  // How a fee would be reckoned is not known; that there is none is.
  return fee?.value === 0 ? [{ code: "NoLateFee" }] : [ruleNotKnown(day.policy, "lateFee")]
}
