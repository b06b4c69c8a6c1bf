/**
 * A reply that was taken from a message channel and is yet to be handled.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Aggregate from "../storage/Aggregate.ts"

// --- aggregate ---

/**
 * `at` is when it was taken, in milliseconds since 1970.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("phone-reply", {
  schema: Schema.Struct({ from: PhoneNumber, text: Schema.String, at: Schema.Int }),
  ordered: { at: { number: (reply) => reply.at } },
  indexes: { byTime: ["at"] }
})
