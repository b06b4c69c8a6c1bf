/**
 * Sex as the civil register records it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * @category models
 * @since 0.1.0
 */
export const Sex = Schema.Literals(["male", "female"])

/**
 * @category models
 * @since 0.1.0
 */
export type Sex = typeof Sex.Type
