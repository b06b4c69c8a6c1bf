/**
 * A death that is reported, and one that was recorded wrongly.
 *
 * Deaths come to be known late. Whenever that is, the membership ends on the day of death: what was
 * billed for later months is cancelled, and what was paid for them is given back.
 *
 * @since 0.1.0
 */
import type { ChannelId } from "../channel/Channel.ts"
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import * as Month from "../time/Month.ts"
import { isAfter, type PlainDate } from "../time/PlainDate.ts"
import { caveats, dayOf, notKnown } from "./internal/day.ts"
import * as Machine from "./Machine.ts"
import type { PaperId } from "./Paper.ts"

// --- models ---

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * The bill of one month, whole rupiah, and what of it was paid.
 *
 * @category models
 * @since 0.1.0
 */
export interface Bill {
  readonly month: Month.Month
  readonly amount: number
  readonly paid: number
}

/**
 * `endsOn` is the last day of the membership. `cancelled` is the sum of the bills of later months,
 * `refunded` what was paid of them. The month of death is owed whole.
 *
 * @category models
 * @since 0.1.0
 */
export interface Ended extends Answer {
  readonly _tag: "Ended"
  readonly endsOn: PlainDate
  readonly cancelled: number
  readonly refunded: number
  readonly papers: ReadonlyArray<PaperId>
  /** Where to report it, the nearest first. */
  readonly reportTo: ReadonlyArray<ChannelId>
}

/**
 * The membership is again what it was. `unbilled` are the months between, in which the card was
 * closed.
 *
 * @category models
 * @since 0.1.0
 */
export interface Restored extends Answer {
  readonly _tag: "Restored"
  readonly to: Machine.Stored
  readonly effectiveOn: PlainDate
  readonly unbilled: ReadonlyArray<Month.Month>
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
 * What follows from a death that is reported on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const bill = (month: string, paid: number) => ({ month: Month.make(month), amount: 150_000, paid })
 * const death = { segment: "PBPU", diedOn: PlainDate.make("2025-12-20") } as const
 * const report = Death.report(
 *   { ...death, bills: [bill("2025-12", 0), bill("2026-01", 150_000), bill("2026-02", 0)] },
 *   { appliesOn: today, knownOn: today }
 * )
 * report._tag === "Ended" ? [report.cancelled, report.refunded] : report.reasons // => [300_000, 150_000]
 *
 * @category reading
 * @since 0.1.0
 */
export const report = (
  of: { readonly segment: Segment; readonly diedOn: PlainDate; readonly bills: ReadonlyArray<Bill> },
  asOf: AsOf,
  policy: Policy = National.policy
): Ended | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  if (day.entries.mainRegulation === undefined) return notKnown(day, "mainRegulation")
  const notes = caveats(day, "mainRegulation")
  if (isAfter(of.diedOn, asOf.appliesOn)) return { _tag: "Refused", reasons: [{ code: "DeathAfterTheDay" }], notes }
  const later = of.bills.filter((bill) => Month.isAfter(bill.month, Month.of(of.diedOn)))
  const cancelled = later.reduce((sum, { amount }) => sum + amount, 0)
  const refunded = later.reduce((sum, { paid }) => sum + paid, 0)
  return {
    _tag: "Ended",
    endsOn: of.diedOn,
    cancelled,
    refunded,
    papers: selfPaid(of.segment) ? ["death-letter", "card", "family-card", "last-payment"] : ["death-letter", "card"],
    reportTo: reportTo[of.segment],
    reasons: [
      { code: "DeathEndsCover", params: { date: of.diedOn } },
      ...(cancelled === 0 ? [] : [{ code: "DeathBillsCancelled", params: { amount: cancelled } } as const]),
      ...(refunded === 0 ? [] : [{ code: "DeathRefund", params: { amount: refunded } } as const])
    ],
    notes
  }
}

/**
 * What follows when the record of a death is corrected on `appliesOn`. Nothing is billed for the
 * months in which a living person could not use the card.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const corrected = Death.correct(
 *   { previous: "ACTIVE", diedOn: PlainDate.make("2025-11-20") },
 *   { appliesOn: today, knownOn: today }
 * )
 * corrected._tag === "Restored" ? corrected.unbilled : [] // => [Month.make("2025-12"), Month.make("2026-01")]
 *
 * @category reading
 * @since 0.1.0
 */
export const correct = (
  of: { readonly previous: Machine.State; readonly diedOn: PlainDate },
  asOf: AsOf,
  policy: Policy = National.policy
): Restored | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  if (day.entries.mainRegulation === undefined) return notKnown(day, "mainRegulation")
  const notes = caveats(day, "mainRegulation")
  const { appliesOn } = asOf
  if (isAfter(of.diedOn, appliesOn)) return { _tag: "Refused", reasons: [{ code: "DeathAfterTheDay" }], notes }
  if (!Machine.mayGoBack("DECEASED", of.previous)) {
    return { _tag: "Refused", reasons: [{ code: "MoveNotPossible" }], notes }
  }
  const between = Month.diff(Month.of(of.diedOn), Month.of(appliesOn)) - 1
  return {
    _tag: "Restored",
    to: of.previous,
    effectiveOn: appliesOn,
    unbilled: between > 0 ? Month.run(Month.add(Month.of(of.diedOn), 1), between) : [],
    papers: ["population-record", "identity-card", "card"],
    reasons: [{ code: "DeathWasWrong" }],
    notes
  }
}

// --- private ---

const selfPaid = (segment: Segment) => segment === "PBPU" || segment === "BP"

const reportTo: { readonly [S in Segment]: ReadonlyArray<ChannelId> } = {
  "PBI-JK": ["branch", "social-office"],
  "PBPU-PD": ["branch", "social-office"],
  "PPU-PN": ["branch"],
  "PPU-BU": ["employer"],
  PBPU: ["branch", "pandawa"],
  BP: ["branch", "pandawa"]
}
