/**
 * A person's cover: segment, state, card.
 *
 * States run from registration to the issue of the card; suspension, transfer and end are edges
 * that join the same machine. At most one membership of a person is live at any time, and the
 * storage enforces it with a unique key, not a check before a write.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import { Segment } from "../identity/Segment.ts"
import type { Citation } from "../policy/Citation.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * - `PENDING_VERIFICATION`: the population register has not confirmed the person yet; no card.
 * - `AWAITING_FIRST_PAYMENT`: confirmed, with a card number; cover starts with the first payment.
 * - `ACTIVE`: covered.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(["PENDING_VERIFICATION", "AWAITING_FIRST_PAYMENT", "ACTIVE"])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * `office` and `facility` are codes. `since` is the first day of the state.
 *
 * @category models
 * @since 0.1.0
 */
export const Membership = Schema.Struct({
  participant: Id.Id,
  segment: Segment,
  state: State,
  since: PlainDate,
  card: Schema.optionalKey(ParticipantNumber),
  wardClass: Schema.optionalKey(Schema.Literals([1, 2, 3])),
  facility: Schema.optionalKey(Schema.String),
  office: Schema.String
})

/**
 * @category models
 * @since 0.1.0
 */
export type Membership = typeof Membership.Type

/**
 * The memberships on the register. Two live ones of a person, or two on one card number, cannot
 * be stored.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("membership", {
  schema: Membership,
  unique: {
    card: (membership) => (membership.card === undefined ? [] : [membership.card]),
    liveOf: (membership) => [membership.participant]
  },
  ordered: {
    state: { text: (membership) => membership.state },
    office: { text: (membership) => membership.office }
  },
  indexes: { byState: ["state"], byOffice: ["office", "state"] }
})

/**
 * One edge of the state machine.
 *
 * @category models
 * @since 0.1.0
 */
export interface Edge {
  readonly from: State | "UNREGISTERED"
  readonly to: State
  readonly when: string
  readonly citation: Citation
}

/**
 * The edges up to the issue of the card, each with the rule that permits it.
 *
 * @category models
 * @since 0.1.0
 */
export const edges: ReadonlyArray<Edge> = [
  {
    from: "UNREGISTERED",
    to: "PENDING_VERIFICATION",
    when: "registered; the population register has not confirmed name, NIK and birth date together",
    citation: { source: "domain.md NIK-8", confidence: "high" }
  },
  {
    from: "UNREGISTERED",
    to: "AWAITING_FIRST_PAYMENT",
    when: "registered and confirmed; the person pays for themselves",
    citation: { source: "domain.md PAY-5", confidence: "high" }
  },
  {
    from: "UNREGISTERED",
    to: "ACTIVE",
    when: "registered and confirmed; the state, a local government or an employer pays",
    citation: { source: "domain.md 6.1", confidence: "medium" }
  },
  {
    from: "PENDING_VERIFICATION",
    to: "AWAITING_FIRST_PAYMENT",
    when: "confirmed; the person pays for themselves",
    citation: { source: "domain.md PAY-5", confidence: "high" }
  },
  {
    from: "PENDING_VERIFICATION",
    to: "ACTIVE",
    when: "confirmed; the state, a local government or an employer pays",
    citation: { source: "domain.md 6.1", confidence: "medium" }
  },
  {
    from: "AWAITING_FIRST_PAYMENT",
    to: "ACTIVE",
    when: "first payment, from the 14th to the 30th day after registration",
    citation: { source: "domain.md PAY-5", confidence: "high" }
  }
]

// --- rules ---

/**
 * The state that a new membership opens in. Only the population register makes an identity
 * verified, so without its answer nobody is active; self-payers are covered from their first
 * payment on, newborns included (domain.md NB-2, PAY-5).
 *
 * @example
 * import { Membership } from "@kis/core/membership"
 *
 * Membership.opening({ verified: false, selfPaid: false }) // => "PENDING_VERIFICATION"
 * Membership.opening({ verified: true, selfPaid: true }) // => "AWAITING_FIRST_PAYMENT"
 *
 * @category rules
 * @since 0.1.0
 */
export const opening = (of: { readonly verified: boolean; readonly selfPaid: boolean }): State =>
  !of.verified ? "PENDING_VERIFICATION" : of.selfPaid ? "AWAITING_FIRST_PAYMENT" : "ACTIVE"
