/**
 * The people of one family card, or those who apply together without one.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { FamilyCardNumber } from "./FamilyCardNumber.ts"
import { Person } from "./Person.ts"
import { DistrictCode } from "./Region.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Household = Schema.Struct({
  familyCard: Schema.optionalKey(FamilyCardNumber),
  address: Schema.optionalKey(Schema.NonEmptyString),
  district: Schema.optionalKey(DistrictCode),
  people: Schema.NonEmptyArray(Person)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Household = typeof Household.Type
