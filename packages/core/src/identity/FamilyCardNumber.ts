/**
 * Number of a family card (*kartu keluarga*, KK): 16 digits, of which 6 are the region,
 * 6 the day of issue `DDMMYY` and 4 a serial.
 *
 * A family gets a new number when its card is issued anew, for instance after a marriage
 * or a move. The number is therefore never the key of a person, and two numbers for one
 * person are normal. The inner structure is background knowledge without a source that
 * we read, so only the 16 digits are required.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SpreadsheetNumber from "./SpreadsheetNumber.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const FamilyCardNumber = Schema.String.check(
  Schema.isPattern(/^(?!(\d)\1*$)\d{16}$/, { message: "expected the 16 digits of a family card number" })
).pipe(Schema.brand("FamilyCardNumber"))

/**
 * @category models
 * @since 0.1.0
 */
export type FamilyCardNumber = typeof FamilyCardNumber.Type

/**
 * What can be wrong with the text. `Placeholder` is one digit repeated.
 *
 * @category models
 * @since 0.1.0
 */
export const Problem = Schema.Literals([
  "Empty",
  "SpreadsheetNumber",
  "ThousandSeparators",
  "HasLetters",
  "WrongLength",
  "Placeholder"
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
export class FamilyCardNumberInvalid extends Schema.TaggedError<FamilyCardNumberInvalid>(
  "@kis/core/identity/FamilyCardNumberInvalid"
)("FamilyCardNumberInvalid", {
  problems: Schema.NonEmptyArray(Problem)
}) {
  override get message() {
    return (
      `This is not a family card number (${this.problems.join(", ")}). Copy the 16 digits from the top of ` +
      "the kartu keluarga, and keep the column as text in a spreadsheet."
    )
  }
}

// --- constructors ---

/**
 * Reads the number as people write it, by the same rules as a NIK.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Result.Result<FamilyCardNumber, FamilyCardNumberInvalid> => {
  const number = SpreadsheetNumber.read(text)
  if (number._tag === "Mangled") return Result.fail(new FamilyCardNumberInvalid({ problems: [number.defect] }))
  const [first, ...rest] = problemsOf(number.text)
  return first === undefined
    ? Result.succeed(number.text as FamilyCardNumber)
    : Result.fail(new FamilyCardNumberInvalid({ problems: [first, ...rest] }))
}

// --- reading ---

/**
 * For a person who must recognise the number: regency and the last two digits stay.
 *
 * @category reading
 * @since 0.1.0
 */
export const mask = (self: FamilyCardNumber): string => `${self.slice(0, 4)}**********${self.slice(14)}`

// --- private ---

const problemsOf = (text: string): ReadonlyArray<Problem> => {
  if (text === "") return ["Empty"]
  const problems: Array<Problem> = []
  if (/\D/.test(text)) problems.push("HasLetters")
  // One letter among 16 characters is a misread digit: the length is right.
  if (text.replace(/\D/g, "").length !== 16 && text.length !== 16) problems.push("WrongLength")
  if (/^(\d)\1*$/.test(text) && text.length === 16) problems.push("Placeholder")
  return problems
}
