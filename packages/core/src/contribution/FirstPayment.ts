/**
 * When a new participant first pays, and from when cover holds (PAY-5).
 *
 * Who pays for themselves waits: the first payment falls between the 14th and the 30th day
 * after registration, and cover begins with it. A newborn does not wait; for whom an employer
 * or a government pays, nothing is waited for.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addDays, isAfter, isBefore, type PlainDate } from "../time/PlainDate.ts"
import { dayOf, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * Who registers.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly segment: Segment
  /** A baby of a participant. */
  readonly newborn?: boolean
  /** Comes from PPU or PBI, without a break of cover. */
  readonly mover?: boolean
  /** Of BP: pensioner or veteran, whose contribution the state pays. */
  readonly statePaid?: boolean
}

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * First and last day of the payment, both inclusive.
 *
 * @category models
 * @since 0.1.0
 */
export interface Window extends Answer {
  readonly _tag: "Window"
  readonly from: PlainDate
  readonly to: PlainDate
}

/**
 * Cover begins with the payment, which may be made at once.
 *
 * @category models
 * @since 0.1.0
 */
export interface AtOnce extends Answer {
  readonly _tag: "AtOnce"
}

/**
 * Somebody else pays: cover waits for no payment.
 *
 * @category models
 * @since 0.1.0
 */
export interface NotAsked extends Answer {
  readonly _tag: "NotAsked"
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
 * Cover holds from a day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Active extends Answer {
  readonly _tag: "Active"
  readonly from: PlainDate
}

/**
 * Not paid yet, and not too late. The days are those of the window, where there is one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Waiting extends Answer {
  readonly _tag: "Waiting"
  readonly from?: PlainDate
  readonly to?: PlainDate
}

/**
 * The window closed without a payment.
 *
 * @category models
 * @since 0.1.0
 */
export interface Missed extends Answer {
  readonly _tag: "Missed"
  readonly to: PlainDate
}

// --- reading ---

/**
 * When somebody who registers on `appliesOn` may first pay.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const window = FirstPayment.window({ segment: "PBPU" }, { appliesOn: today, knownOn: today })
 * window._tag === "Window" ? [window.from, window.to] : window.reasons
 * // => [PlainDate.make("2026-02-24"), PlainDate.make("2026-03-12")]
 *
 * @category reading
 * @since 0.1.0
 */
export const window = (
  given: Given,
  asOf: AsOf,
  policy: Policy = National.policy
): Window | AtOnce | NotAsked | Unknown => {
  const day = dayOf(policy, asOf)
  if (!paysThemselves(given)) return { _tag: "NotAsked", reasons: [{ code: "FirstPaymentOthersPay" }], notes: [] }
  if (given.newborn === true) return { _tag: "AtOnce", reasons: [{ code: "FirstPaymentNewborn" }], notes: [] }
  if (given.mover === true) {
    return {
      _tag: "AtOnce",
      reasons: [{ code: "FirstPaymentMover" }],
      notes: [{ code: "NotSure", params: { rule: "PAY-5", parameter: "mover", confidence: "low" } }]
    }
  }
  const entry = day.entries.firstPaymentDays
  if (entry === undefined) return notKnown(day, "firstPaymentDays")
  const from = addDays(asOf.appliesOn, entry.value.earliest)
  const to = addDays(asOf.appliesOn, entry.value.latest)
  return {
    _tag: "Window",
    from,
    to,
    reasons: [{ code: "FirstPaymentWindow", params: { from, to } }],
    notes: day.caveats(used)
  }
}

/**
 * Where a registration stands on `appliesOn`: paid, waiting, or too late. The rule is that of
 * the day of registration; a payment after `appliesOn` is not seen yet.
 *
 * Money that came before its time is not lost: cover begins on the first day on which it
 * could have been paid. No source says so; it is the reading that is kinder to the payer.
 *
 * @example
 * const day = PlainDate.make
 * const { _tag } = FirstPayment.judge(
 *   { segment: "PBPU", registeredOn: day("2026-01-01"), paidOn: day("2026-01-20") },
 *   { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
 * )
 * _tag // => "Active"
 *
 * @category reading
 * @since 0.1.0
 */
export const judge = (
  given: Partial<Given> & { readonly registeredOn: PlainDate; readonly paidOn?: PlainDate },
  asOf: AsOf,
  policy: Policy = National.policy
): Active | Waiting | Missed | NotAsked | Unknown => {
  const { paidOn, registeredOn, segment = "PBPU" } = given
  const rule = window({ ...given, segment }, { appliesOn: registeredOn, knownOn: asOf.knownOn }, policy)
  if (rule._tag === "NotAsked" || rule._tag === "Unknown") return rule
  const paid = paidOn !== undefined && !isAfter(paidOn, asOf.appliesOn) ? paidOn : undefined
  if (rule._tag === "AtOnce") {
    return paid === undefined
      ? { _tag: "Waiting", reasons: rule.reasons, notes: rule.notes }
      : active(isBefore(paid, registeredOn) ? registeredOn : paid, [], rule.notes)
  }
  const { from, notes, to } = rule
  if (paid !== undefined && !isAfter(paid, to)) {
    return isBefore(paid, from)
      ? active(from, [{ code: "FirstPaymentEarly", params: { date: from } }], notes)
      : active(paid, [], notes)
  }
  return paid === undefined && !isAfter(asOf.appliesOn, to)
    ? { _tag: "Waiting", from, to, reasons: rule.reasons, notes }
    : { _tag: "Missed", to, reasons: [{ code: "FirstPaymentMissed", params: { date: to } }], notes }
}

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = ["firstPaymentDays"] as const

const paysThemselves = ({ segment, statePaid = false }: Given) => segment === "PBPU" || (segment === "BP" && !statePaid)

const active = (from: PlainDate, why: ReadonlyArray<Reason>, notes: ReadonlyArray<Reason>): Active => ({
  _tag: "Active",
  from,
  reasons: [{ code: "FirstPaymentMade", params: { date: from } }, ...why],
  notes
})
