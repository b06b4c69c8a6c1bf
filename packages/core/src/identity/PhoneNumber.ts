/**
 * Indonesian phone numbers in E.164, `+62...`.
 *
 * Kept in one form, because the same phone written two ways would otherwise be two
 * phones: one code, one budget of guesses, one notice. One number may belong to several
 * people of a household; it never proves who somebody is.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Ranges from "./internal/phoneRanges.generated.ts"
import * as SpreadsheetNumber from "./SpreadsheetNumber.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const PhoneNumber = Schema.String.check(
  Schema.isPattern(/^\+62[1-9]\d{6,12}$/, { message: "expected an Indonesian phone number in E.164" })
).pipe(Schema.brand("PhoneNumber"))

/**
 * @category models
 * @since 0.1.0
 */
export type PhoneNumber = typeof PhoneNumber.Type

/**
 * What can be wrong with the text. `NotAssigned`: the length is possible, and no
 * Indonesian operator or area has such numbers.
 *
 * @category models
 * @since 0.1.0
 */
export const Problem = Schema.Literals([
  "Empty",
  "SpreadsheetNumber",
  "ThousandSeparators",
  "HasLetters",
  "NotIndonesian",
  "TooShort",
  "TooLong",
  "NotAssigned"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Problem = typeof Problem.Type

// --- errors ---

/**
 * @category errors
 * @since 0.1.0
 */
export class PhoneNumberInvalid extends Schema.TaggedError<PhoneNumberInvalid>("@kis/core/identity/PhoneNumberInvalid")(
  "PhoneNumberInvalid",
  {
    problems: Schema.NonEmptyArray(Problem)
  }
) {
  override get message() {
    return (
      `This is not an Indonesian phone number (${this.problems.join(", ")}). Write it as 08..., 62... or ` +
      "+62..., and keep the column as text in a spreadsheet."
    )
  }
}

// --- constructors ---

/**
 * Reads `08...`, `62...`, `+62...` and the bare `8...` that a spreadsheet leaves when it
 * drops the zero, with spaces, dashes, dots and brackets.
 *
 * @example
 * PhoneNumber.parse("0812-3456-7890") // => Result.succeed(PhoneNumber.PhoneNumber.make("+6281234567890"))
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Result.Result<PhoneNumber, PhoneNumberInvalid> => {
  const number = SpreadsheetNumber.read(text)
  if (number._tag === "Mangled") return fail(number.defect)
  const written = number.text.replace(/[()/]/g, "")
  if (written === "") return fail("Empty")
  if (!/^\+?\d+$/.test(written)) return fail("HasLetters")
  if (written.startsWith("+") && !written.startsWith("+62")) return fail("NotIndonesian")
  // "+62 0812..." is common: the trunk zero has no place after the country code.
  const national = written.replace(/^(\+?62|0062)?0*/, "")
  if (national.length < 7) return fail("TooShort")
  if (national.length > 12) return fail("TooLong")
  return isAssigned(national) ? Result.succeed(`+62${national}` as PhoneNumber) : fail("NotAssigned")
}

// --- reading ---

/**
 * As it is written within the country, `081234567890`.
 *
 * @category reading
 * @since 0.1.0
 */
export const national = (self: PhoneNumber): string => `0${self.slice(3)}`

/**
 * Whether the number is a mobile one, which can receive a text message.
 *
 * @category reading
 * @since 0.1.0
 */
export const isMobile = (self: PhoneNumber): boolean => self.startsWith("+628")

/**
 * For a person who must recognise the number: the operator's digits and the last three.
 *
 * @example
 * PhoneNumber.mask(PhoneNumber.PhoneNumber.make("+6281234567890")) // => "+62812*****890"
 *
 * @category reading
 * @since 0.1.0
 */
export const mask = (self: PhoneNumber): string =>
  self.slice(0, 6) + "*".repeat(Math.max(self.length - 9, 0)) + self.slice(-3)

// --- private ---

const isAssigned = (national: string): boolean => {
  const lies = (range: Ranges.Range) => range.lengths.includes(national.length) && range.pattern.test(national)
  return lies(Ranges.every) && Ranges.kinds.some(lies)
}

const fail = (problem: Problem) => Result.fail(new PhoneNumberInvalid({ problems: [problem] }))
