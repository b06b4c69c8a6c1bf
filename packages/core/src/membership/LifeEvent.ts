/**
 * What happens in a family: birth, marriage, divorce, death, adoption, coming of age, work and
 * its end, retirement, a move of house, a decree on PBI.
 *
 * An event says what happened, not what follows from it: {@link LifePlan.preview} works that out
 * for everybody on the family card. Events dated before the day of reporting say so themselves.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { Proof } from "../policy/Policy.ts"
import { Reason } from "../policy/Reason.ts"
import { Id } from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"
import type { Cause } from "./Dismissal.ts"
import { Member, Own } from "./Family.ts"

// --- models ---

const Causes: Schema.Codec<Cause> = Schema.Literals(["phk", "resignation", "contract-ended", "death"])

const Proofs: Schema.Codec<Proof> = Schema.Literals([
  "notice",
  "labour-office-report",
  "joint-agreement",
  "court-ruling",
  "merger",
  "bankruptcy",
  "long-illness"
])

const { deceased: _, ...correctable } = Own.fields

/**
 * Somebody who comes into the family, with the membership they bring, if any. `verified`: the
 * population register confirmed who they are; without it nobody becomes active.
 *
 * @category models
 * @since 0.1.0
 */
export const Newcomer = Schema.Struct({
  ref: Id,
  facts: Own,
  verified: Schema.Boolean,
  mother: Member.fields.mother,
  care: Member.fields.care,
  membership: Member.fields.membership,
  row: Member.fields.row,
  account: Member.fields.account
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Newcomer extends Schema.Schema.Type<typeof Newcomer> {}

/**
 * - `Birth`: `mother` when she is in the family; otherwise `motherScheme` says how she is covered.
 *   `paidOn` is the day on which the first contribution of a self-paying child was paid.
 * - `Marriage`: `spouse` comes onto the card; with `newCard` the couple founds a card of its own.
 * - `Divorce`: `leaves` are those who move to a new card, its head first: one of the couple, and the
 *   children who go along.
 * - `ChildTurns`: the child has come to the age at which cover as a child ends. `studies`: in
 *   formal education, with a letter.
 * - `NewJob`: `wage` in rupiah a month, `employer` the code of the new one.
 * - `Dismissal`: employment ended, in whatever way.
 * - `GraceEnds`: the time of cover after a dismissal is over.
 * - `Retirement`: `as` is what the person lives on from then on; `none` where the state pays no
 *   pension.
 * - `Move`: `residence` is a regency code; `localScheme` whether the new local government pays.
 * - `PbiDecree`: those of the family whom a decree names, and those whom it no longer names.
 * - `StartsSelfPay`: they ask to be self-paying participants, in one class for all.
 * - `FactsCorrected`: what is recorded of somebody is wrong, and no other event says so: `facts` are right from the day
 *   of reporting on. Nothing is reckoned back; a death is an event of its own.
 * - `CareEnds`: the treatment is over, so what waited for it goes on. Whoever reports it vouches for
 *   it where the hospitals say nothing; it is refused where they say the contrary.
 *
 * @category models
 * @since 0.1.0
 */
export const LifeEvent = Schema.Union([
  Schema.TaggedStruct("Birth", {
    ref: Id,
    birthDate: PlainDate,
    hasNik: Schema.Boolean,
    mother: Schema.optionalKey(Id),
    motherScheme: Own.fields.motherScheme,
    paidOn: Schema.optionalKey(PlainDate)
  }),
  Schema.TaggedStruct("Adoption", { child: Newcomer }),
  Schema.TaggedStruct("Marriage", {
    of: Id,
    spouse: Newcomer,
    newCard: Schema.optionalKey(Schema.Boolean)
  }),
  Schema.TaggedStruct("Divorce", { leaves: Schema.NonEmptyArray(Id) }),
  Schema.TaggedStruct("Death", { of: Id, diedOn: PlainDate }),
  Schema.TaggedStruct("ChildTurns", { of: Id, studies: Schema.optionalKey(Schema.Boolean) }),
  Schema.TaggedStruct("NewJob", {
    of: Id,
    paidBy: Schema.Literals(["state", "private"]),
    wage: Own.fields.wage,
    employer: Schema.optionalKey(Schema.NonEmptyString)
  }),
  Schema.TaggedStruct("Dismissal", {
    of: Id,
    cause: Causes,
    proofs: Schema.optionalKey(Schema.Array(Proofs)),
    disputed: Schema.optionalKey(Schema.Boolean),
    employerPays: Schema.optionalKey(Schema.Boolean)
  }),
  Schema.TaggedStruct("GraceEnds", {}),
  Schema.TaggedStruct("Retirement", {
    of: Id,
    as: Schema.Literals(["pensioner", "veteran", "none"]),
    pension: Member.fields.pension,
    referencePay: Member.fields.referencePay
  }),
  Schema.TaggedStruct("Move", {
    residence: Schema.String.check(Schema.isPattern(/^\d{4}$/, { message: "expected a regency code of four digits" })),
    localScheme: Schema.optionalKey(Schema.Boolean),
    facility: Schema.optionalKey(Schema.NonEmptyString)
  }),
  Schema.TaggedStruct("PbiDecree", { listed: Schema.Array(Id), removed: Schema.Array(Id) }),
  Schema.TaggedStruct("StartsSelfPay", {
    of: Schema.NonEmptyArray(Id),
    wardClass: Schema.optionalKey(Schema.Literals([1, 2, 3]))
  }),
  Schema.TaggedStruct("FactsCorrected", { of: Id, facts: Schema.Struct(correctable) }),
  Schema.TaggedStruct("CareEnds", { of: Id })
])

/**
 * @category models
 * @since 0.1.0
 */
export type LifeEvent = typeof LifeEvent.Type

/**
 * An event of one kind: `Of<"Birth">`.
 *
 * @category models
 * @since 0.1.0
 */
export type Of<Tag extends LifeEvent["_tag"]> = Extract<LifeEvent, { readonly _tag: Tag }>

// --- errors ---

/**
 * The event cannot have happened to this family as it is recorded; all reasons at once. Nothing
 * was changed.
 *
 * @category errors
 * @since 0.1.0
 */
export class EventRefused extends Schema.TaggedError<EventRefused>("@kis/core/membership/EventRefused")(
  "EventRefused",
  { event: Schema.String, reasons: Schema.NonEmptyArray(Reason) }
) {
  override get message() {
    const codes = this.reasons.map((reason) => reason.code).join(", ")
    return `The event ${this.event} does not fit the family: ${codes}. Correct the event or the family's record.`
  }
}
