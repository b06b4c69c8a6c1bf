/**
 * Showing personal data to a human who need not see all of it.
 *
 * Masks are for screens, rejects files and the console. Logs, spans and errors hold no personal
 * data at all, masked or not. The identifiers of `identity` have masks that know their shape;
 * these here are for any text.
 *
 * @since 0.1.0
 */
import * as Redacted from "effect/Redacted"

// --- masking ---

/**
 * Keeps the first `start` and the last `end` characters. Text that is too short to hide
 * at least as much as it shows is hidden whole, and the number of stars never tells the length of
 * a short text.
 *
 * @example
 * Redaction.mask("9901012345670001", { start: 4, end: 2 }) // => "9901**********01"
 * Redaction.mask("Budi", { start: 4, end: 2 }) // => "****"
 *
 * @category masking
 * @since 0.1.0
 */
export const mask = (text: string, keep: { readonly start: number; readonly end: number }): string => {
  const characters = Array.from(text)
  const hidden = characters.length - keep.start - keep.end
  if (hidden < keep.start + keep.end) return "*".repeat(HIDDEN_WHOLE)
  return characters.slice(0, keep.start).join("") + "*".repeat(hidden) + characters.slice(keep.start + hidden).join("")
}

/**
 * Keeps the first letter of each word of a name.
 *
 * @example
 * Redaction.maskName("Siti Aminah") // => "S*** A***"
 *
 * @category masking
 * @since 0.1.0
 */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/\s+/u)
    .map((word) => `${Array.from(word)[0] ?? ""}***`)
    .join(" ")

/**
 * Hides every run of five digits or more in a free text, also one that is broken up by spaces,
 * dots or hyphens: NIKs, phone and card numbers, codes. It cannot know a name when it sees
 * one.
 *
 * @example
 * Redaction.maskNumbers("NIK 9901-0123-4567-0001, 25 tahun") // => "NIK ****, 25 tahun"
 *
 * @category masking
 * @since 0.1.0
 */
export const maskNumbers = (text: string): string => text.replace(/\p{Nd}(?:[ .\-+()/]{0,2}\p{Nd}){4,}/gu, "****")

// --- wrapping ---

/**
 * Wraps a value that must not be printed by accident: text, JSON and inspection show `label`
 * instead. `Redacted.value` of `effect` takes it out again.
 *
 * @category wrapping
 * @since 0.1.0
 */
export const personal = <A>(value: A, label: string): Redacted.Redacted<A> => Redacted.make(value, { label })

// --- private ---

const HIDDEN_WHOLE = 4
