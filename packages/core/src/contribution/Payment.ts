/**
 * How to pay: the virtual accounts of a participant, and what is asked of their class.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import type { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import type { Segment } from "../identity/Segment.ts"
import * as VirtualAccount from "../identity/VirtualAccount.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { dayOf, isRupiah, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly participant: ParticipantNumber
  readonly segment: Segment
  /** What to pay, rupiah: of `Arrears`, or of `Advance`. */
  readonly amount: number
  readonly wardClass?: 1 | 2 | 3
}

/**
 * One virtual account at one bank.
 *
 * @category models
 * @since 0.1.0
 */
export interface Place {
  readonly bank: VirtualAccount.Bank
  readonly number: VirtualAccount.VirtualAccount
}

/**
 * Where to pay. The numbers are of one participant, and are not written into reasons.
 *
 * @category models
 * @since 0.1.0
 */
export interface Payable {
  readonly _tag: "Payable"
  readonly amount: number
  readonly places: readonly [Place, ...ReadonlyArray<Place>]
  /** Whether the class is asked to pay by auto-debit (PAY-6); unknown without a class. */
  readonly autoDebit?: boolean
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * Nothing is owed, or a government pays.
 *
 * @category models
 * @since 0.1.0
 */
export interface NothingToPay {
  readonly _tag: "NothingToPay"
  readonly reasons: readonly [Reason]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * The policy has no value for the day, or the amount is not one.
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
 * Where a participant pays an amount.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const participant = ParticipantNumber.ParticipantNumber.make("0001481620001")
 * const how = Payment.how({ participant, segment: "PBPU", amount: 150_000 }, { appliesOn: today, knownOn: today })
 * how._tag === "Payable" ? how.places[0].number : how.reasons
 * // => VirtualAccount.VirtualAccount.make("8888801481620001")
 *
 * @category reading
 * @since 0.1.0
 */
export const how = (given: Given, asOf: AsOf, policy: Policy = National.policy): Payable | NothingToPay | Unknown => {
  const { amount, participant, segment, wardClass } = given
  if (!isRupiah(amount)) return { _tag: "Unknown", missing: [], reasons: [{ code: "AmountNotRupiah" }] }
  const places = banks.flatMap((bank) =>
    Option.match(VirtualAccount.of(participant, bank, segment), {
      onNone: () => [],
      onSome: (number): ReadonlyArray<Place> => [{ bank, number }]
    })
  )
  const [first, ...others] = places
  if (first === undefined) return { _tag: "NothingToPay", reasons: [{ code: "OthersPay" }], notes: [] }
  if (amount === 0) return { _tag: "NothingToPay", reasons: [{ code: "NothingOwed" }], notes: [] }
  const day = dayOf(policy, asOf)
  const { autoDebitClasses } = day.entries
  if (autoDebitClasses === undefined) return notKnown(day, "autoDebitClasses")
  const asked = wardClass !== undefined && paysOneself(segment) && autoDebitClasses.value.includes(wardClass)
  return {
    _tag: "Payable",
    amount,
    places: [first, ...others],
    ...(wardClass === undefined ? {} : { autoDebit: asked }),
    reasons: [
      { code: "PayAtVirtualAccount" },
      ...(asked ? [{ code: "AutoDebitAsked", params: { class: wardClass } } as const] : [])
    ],
    notes: [
      { code: "NotSure", params: { rule: "VA-1", parameter: "virtualAccount", confidence: "medium" } },
      ...(asked ? day.caveats(used) : [])
    ]
  }
}

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = ["autoDebitClasses"] as const

const banks: ReadonlyArray<VirtualAccount.Bank> = VirtualAccount.Bank.literals

const paysOneself = (segment: Segment) => segment === "PBPU" || segment === "BP"
