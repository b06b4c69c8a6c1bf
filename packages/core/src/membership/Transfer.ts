/**
 * A move from one segment to another on the same NIK.
 *
 * The old account closes and the new one opens on the same day. Debts are carried along and stand in
 * nobody's way.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addMonths, type PlainDate } from "../time/PlainDate.ts"
import { caveats, dayOf, notKnown, ruleNotKnown } from "./internal/day.ts"

// --- models ---

/**
 * `closesOn` and `opensOn` are one day: the old account is closed from it on, the new one open.
 *
 * @category models
 * @since 0.1.0
 */
export interface Transfer {
  readonly _tag: "Transfer"
  readonly closesOn: PlainDate
  readonly opensOn: PlainDate
  /** Rupiah. */
  readonly debtsCarried: number
  /** The last day to settle them, where a rule sets one. */
  readonly settleBy?: PlainDate
  readonly coverBlocked: false
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
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

// --- reading ---

/**
 * What a move of segment on `appliesOn` means. `debts` is what is owed on the old account, rupiah.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const transfer = Transfer.of(
 *   { from: "PBPU", to: "PBI-JK", debts: 840_000 },
 *   { appliesOn: today, knownOn: today }
 * )
 * transfer._tag === "Transfer" ? transfer.settleBy : transfer.reasons // => PlainDate.make("2026-08-10")
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (
  given: { readonly from: Segment; readonly to: Segment; readonly debts: number },
  asOf: AsOf,
  policy: Policy = National.policy
): Transfer | Unknown => {
  const day = dayOf(policy, asOf)
  if (day.entries.mainRegulation === undefined) return notKnown(day, "mainRegulation")
  const on = asOf.appliesOn
  const owes = given.debts > 0
  // only for the move into PBI does a rule say by when
  const term = owes && given.to === "PBI-JK" ? day.entries.debtMonths : undefined
  const settleBy = term === undefined ? undefined : addMonths(on, term.value)
  const unsaid = owes && given.to === "PBI-JK" && term === undefined
  return {
    _tag: "Transfer",
    closesOn: on,
    opensOn: on,
    debtsCarried: given.debts,
    ...(settleBy === undefined ? {} : { settleBy }),
    coverBlocked: false,
    reasons: [
      { code: "TransferSameDay", params: { date: on } },
      ...(owes ? [{ code: "DebtsCarried", params: { amount: given.debts } } as const] : []),
      ...(term === undefined || settleBy === undefined
        ? []
        : [{ code: "DebtsSettleBy", params: { date: settleBy, months: term.value } } as const])
    ],
    notes: [
      ...caveats(day, "mainRegulation", ...(term === undefined ? [] : (["debtMonths"] as const))),
      ...(unsaid ? [ruleNotKnown(day, "debtMonths")] : [])
    ]
  }
}
