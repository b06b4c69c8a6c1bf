/**
 * A question that a machine may not answer: is this newcomer someone who is here already?
 *
 * The newcomer is kept whole, sealed, and is not registered until an officer has decided.
 * The person who is on the register keeps their card: a machine holds only the later of two
 * (domain.md DUP-1, DUP-4, DUP-7).
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import { Person } from "../identity/Person.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * - `one-person`: probably one person registering a second time (type A).
 * - `two-persons`: two persons who use one NIK (type B). Never merged.
 *
 * @category models
 * @since 0.1.0
 */
export const Kind = Schema.Literals(["one-person", "two-persons"])

/**
 * @category models
 * @since 0.1.0
 */
export type Kind = typeof Kind.Type

/**
 * What agrees and what differs, for the officer who decides; levels and weight as in
 * `Comparison`.
 *
 * @category models
 * @since 0.1.0
 */
export const Evidence = Schema.Struct({
  name: Schema.Literals(["same", "variant", "typo", "similar", "different", "unknown"]),
  mother: Schema.Literals(["same", "variant", "typo", "similar", "different", "unknown"]),
  birth: Schema.Literals(["same", "swapped", "near", "different"]),
  nik: Schema.Literals(["same", "slip", "serial", "different", "missing", "absent"]),
  familyCard: Schema.Literals(["same", "different", "missing"]),
  sex: Schema.Literals(["same", "different"]),
  weight: Schema.Int
})

/**
 * `participant` is the one on the register; `reference` names the line of the registration that
 * brought the newcomer. `attempts` counts how often strangers gave the NIK of the participant for somebody else,
 * where one of them opened the case: who they were is in the registrations that point to it.
 *
 * @category models
 * @since 0.1.0
 */
export const DuplicateCase = Schema.Struct({
  kind: Kind,
  reference: Schema.String,
  participant: Id.Id,
  newcomer: Schema.Struct({ person: Person, familyCard: Schema.optionalKey(FamilyCardNumber) }),
  evidence: Evidence,
  office: Schema.String,
  openedOn: PlainDate,
  state: Schema.Literals(["open", "one-person", "two-persons"]),
  attempts: Schema.optionalKey(Schema.Int)
})

/**
 * @category models
 * @since 0.1.0
 */
export type DuplicateCase = typeof DuplicateCase.Type

// --- aggregate ---

/**
 * The cases on the register; one registration line opens at most one, and strangers together one of a
 * kind for a participant until it is decided. The storage enforces both.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("duplicate-case", {
  schema: DuplicateCase,
  unique: {
    reference: (it) => [it.reference],
    openOf: ({ attempts, kind, participant, state }) =>
      attempts === undefined || state !== "open" ? [] : [openKey(participant, kind)]
  },
  ordered: {
    state: { text: (it) => it.state },
    office: { text: (it) => it.office },
    openedOn: { text: (it) => it.openedOn }
  },
  indexes: { byState: ["state", "openedOn"], byOffice: ["office", "state", "openedOn"] }
})

// --- reading ---

/**
 * The unique key that the open case of strangers is found by.
 *
 * @category reading
 * @since 0.1.0
 */
export const openKey = (participant: Id.Id, kind: Kind): string => `${participant} ${kind}`
