/**
 * Participant number, printed on the card: exactly 13 digits, kept as text because its
 * leading zeros belong to it.
 *
 * It is the key of an account. The key of a person is the NIK: somebody who was
 * registered twice has two participant numbers.
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
export const ParticipantNumber = Schema.String.check(
  Schema.isPattern(/^\d{13}$/, { message: "expected the 13 digits of a participant number" })
).pipe(Schema.brand("ParticipantNumber"))

/**
 * @category models
 * @since 0.1.0
 */
export type ParticipantNumber = typeof ParticipantNumber.Type

/**
 * What can be wrong with the text. A `WrongLength` below 13 often means that a
 * spreadsheet dropped the leading zeros; they are not guessed back.
 *
 * @category models
 * @since 0.1.0
 */
export const Problem = Schema.Literals([
  "Empty",
  "SpreadsheetNumber",
  "ThousandSeparators",
  "HasLetters",
  "WrongLength"
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
export class ParticipantNumberInvalid extends Schema.TaggedError<ParticipantNumberInvalid>(
  "@kis/core/identity/ParticipantNumberInvalid"
)("ParticipantNumberInvalid", {
  problems: Schema.NonEmptyArray(Problem)
}) {
  override get message() {
    return (
      `This is not a participant number (${this.problems.join(", ")}). Copy the 13 digits from the card with ` +
      "their leading zeros, and keep the column as text in a spreadsheet."
    )
  }
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Result.Result<ParticipantNumber, ParticipantNumberInvalid> => {
  const number = SpreadsheetNumber.read(text)
  if (number._tag === "Mangled") return Result.fail(new ParticipantNumberInvalid({ problems: [number.defect] }))
  const [first, ...rest] = problemsOf(number.text)
  return first === undefined
    ? Result.succeed(number.text as ParticipantNumber)
    : Result.fail(new ParticipantNumberInvalid({ problems: [first, ...rest] }))
}

// --- reading ---

/**
 * For a person who must recognise the number: the last four digits stay.
 *
 * @category reading
 * @since 0.1.0
 */
export const mask = (self: ParticipantNumber): string => `*********${self.slice(9)}`

// --- private ---

const problemsOf = (text: string): ReadonlyArray<Problem> => {
  if (text === "") return ["Empty"]
  const problems: Array<Problem> = []
  if (/\D/.test(text)) problems.push("HasLetters")
  if (text.replace(/\D/g, "").length !== 13) problems.push("WrongLength")
  return problems
}
