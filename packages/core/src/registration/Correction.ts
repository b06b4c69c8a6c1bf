/**
 * What an office has put right of a person's data, with what stood there before.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "../access/Actor.ts"
import { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import { Person } from "../identity/Person.ts"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * The data of a person that can be put right. A phone that is null is nobody's any more: it was somebody else's.
 *
 * @category models
 * @since 0.1.0
 */
export const Changes = Schema.Struct({
  name: Schema.optionalKey(Person.fields.name),
  nik: Person.fields.nik,
  birthDate: Schema.optionalKey(PlainDate),
  sex: Schema.optionalKey(Person.fields.sex),
  motherName: Person.fields.motherName,
  passport: Person.fields.passport,
  permit: Person.fields.permit,
  district: Person.fields.district,
  phone: Schema.optionalKey(Schema.NullOr(PhoneNumber)),
  familyCard: Schema.optionalKey(FamilyCardNumber)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Changes extends Schema.Schema.Type<typeof Changes> {}

/**
 * @category models
 * @since 0.1.0
 */
export type Field = keyof Changes

/**
 * Those that the population register has the say of, once it has confirmed the person.
 *
 * @category models
 * @since 0.1.0
 */
export const ofCivilRegister = ["name", "nik", "birthDate", "sex"] as const satisfies ReadonlyArray<Field>

/**
 * `changes` are as they were asked for, `before` what stood there of those that were otherwise; a phone that is null
 * there was none. `claim` is the request or objection that asked for it. `at` is epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const Correction = Schema.Struct({
  command: Schema.NonEmptyString,
  participant: Id,
  by: Actor,
  claim: Schema.optionalKey(Id),
  at: Schema.Int,
  changes: Changes,
  before: Changes
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Correction extends Schema.Schema.Type<typeof Correction> {}

// --- aggregate ---

/**
 * The corrections on the register, found by the person.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("correction", {
  schema: Correction,
  unique: { command: (_) => [_.command] },
  blind: { participant: (_) => [_.participant] }
})
