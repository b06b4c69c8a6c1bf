/**
 * Somebody who registers another person: a grandchild, a neighbour, a village cadre.
 *
 * A helper acts under the recorded consent of the person who is helped; the day on which
 * it was given is part of the application.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Name } from "../identity/Person.ts"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * `relation` is the helper's own word for it: "cucu", "ketua RT".
 *
 * @category models
 * @since 0.1.0
 */
export const Helper = Schema.Struct({
  name: Name,
  phone: Schema.optionalKey(PhoneNumber),
  relation: Schema.optionalKey(Schema.NonEmptyString),
  consentOn: PlainDate
})

/**
 * @category models
 * @since 0.1.0
 */
export type Helper = typeof Helper.Type
