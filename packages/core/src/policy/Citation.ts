/**
 * Where a rule is written, and how sure we are that it says so.
 *
 * No official gazette was read end to end. A citation therefore names the instrument,
 * the place where its rule was seen, and a confidence; what nobody saw written down is
 * called background knowledge and says so.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

// --- models ---

/**
 * How sure we are that the source says what the rule says.
 *
 * @category models
 * @since 0.1.0
 */
export const Confidence = Schema.Literals(["high", "medium", "low", "unverified"])

/**
 * @category models
 * @since 0.1.0
 */
export type Confidence = typeof Confidence.Type

/**
 * @category models
 * @since 0.1.0
 */
export const Citation = Schema.Struct({
  /** Short name as the law is cited, "Perpres 64/2020 art. 34". */
  source: Schema.NonEmptyString,
  confidence: Confidence,
  /** Identifier of the rule in this project's catalogue, "FAM-1". */
  rule: Schema.optionalKey(Schema.NonEmptyString),
  /** Where the rule was seen quoted, or {@link background}. */
  seen: Schema.optionalKey(Schema.NonEmptyString)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Citation extends Schema.Schema.Type<typeof Citation> {}

// --- constructors ---

/**
 * What a citation holds in `seen` when the rule is known to the trade but was not seen
 * quoted anywhere.
 *
 * @category constructors
 * @since 0.1.0
 */
export const background = "background knowledge"

/**
 * A citation in one line of code: source, confidence, then what is known of it.
 *
 * @example
 * Citation.cite("Perpres 82/2018 art. 42", "high", { rule: "PAY-2", seen: "baroindo.id" }).confidence // => "high"
 *
 * @category constructors
 * @since 0.1.0
 */
export const cite = (
  source: string,
  confidence: Confidence,
  known: { readonly rule?: string; readonly seen?: string } = {}
): Citation => ({ source, confidence, ...known })
