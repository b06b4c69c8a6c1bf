/**
 * A family card on the register: who is on it, and by which memberships and accounts they are
 * covered and billed.
 *
 * The memberships and accounts themselves are rows of their own; a household joins them to the
 * facts that the rules ask, so that an event of life can be worked out for everybody.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Account from "../contribution/Account.ts"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import * as Family from "./Family.ts"

// --- models ---

const { account: _account, care: _care, membership: _membership, ...stored } = Family.Member.fields

/**
 * A person of a household; `row` is their last membership, `bills` their account.
 *
 * @category models
 * @since 0.1.0
 */
export const HouseholdMember = Schema.Struct({ ...stored, bills: Schema.optionalKey(Id.Id) })

/**
 * @category models
 * @since 0.1.0
 */
export type HouseholdMember = typeof HouseholdMember.Type

/**
 * `phone` is told what changes; `revision` counts the events.
 *
 * @category models
 * @since 0.1.0
 */
export const Household = Schema.Struct({
  revision: Schema.Int,
  office: Schema.NonEmptyString,
  phone: Schema.optionalKey(PhoneNumber),
  wardClass: Family.Family.fields.wardClass,
  minimumWage: Family.Family.fields.minimumWage,
  members: Schema.Array(HouseholdMember)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Household = typeof Household.Type

/**
 * The account of one person's contributions.
 *
 * @category models
 * @since 0.1.0
 */
export const MemberAccount = Schema.Struct({ participant: Id.Id, account: Account.Account })

/**
 * @category models
 * @since 0.1.0
 */
export type MemberAccount = typeof MemberAccount.Type

// --- aggregates ---

/**
 * The households on the register. A person is in one at most; the storage enforces it.
 *
 * @category aggregates
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("household", {
  schema: Household,
  unique: { memberOf: ({ members }) => members.map(({ ref }) => ref) },
  ordered: { office: { text: ({ office }) => office } },
  indexes: { byOffice: ["office"] }
})

/**
 * The accounts on the register, found by their holder also once they are closed, and by a payment: a person pays once
 * under a reference, also when a transfer has given them another account since.
 *
 * @category aggregates
 * @since 0.1.0
 */
export const accounts = Aggregate.make("member-account", {
  schema: MemberAccount,
  unique: {
    ref: ({ account }) => [account.ref],
    payment: ({ account, participant }) =>
      account.entries.flatMap((it) => (it._tag === "Paid" ? [paymentKey(participant, it.reference)] : []))
  },
  blind: { holder: ({ participant }) => [participant] }
})

// --- reading ---

/**
 * The unique key that a payment is found by.
 *
 * @category reading
 * @since 0.1.0
 */
export const paymentKey = (participant: Id.Id, reference: string): string => `${participant} ${reference}`
