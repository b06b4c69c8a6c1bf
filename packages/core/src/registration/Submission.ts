/**
 * What an applicant sends, as far as the register needs it: the people of one household, line by line.
 *
 * A line is anything that names one person: a row of a file, a form at the counter, a chat. Whoever
 * reads it ({@link Decoded} or {@link Rejected}, never an error) is above this room; here is only
 * what registering needs of it, and a reader may say more.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import type * as Facts from "../eligibility/Facts.ts"
import type { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import type { Person } from "../identity/Person.ts"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as CanonicalJson from "../policy/CanonicalJson.ts"
import type { Crypto } from "../privacy/Crypto.ts"
import type { Helper } from "./Helper.ts"
import type { Problem } from "./Outcome.ts"

// --- models ---

/**
 * A person who can be registered as far as the line tells. `facts` are those of the line and of
 * the household; what nobody said stays unknown. `warnings` are odd and refuse nobody.
 *
 * @category models
 * @since 0.1.0
 */
export interface Decoded {
  readonly _tag: "Decoded"
  readonly person: Person
  readonly facts: Facts.Facts
  readonly class?: 1 | 2 | 3
  readonly facility?: string
  readonly helper?: Helper
  readonly warnings: ReadonlyArray<{ readonly code: string }>
}

/**
 * A line that cannot be read, with everything that is wrong with it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Rejected {
  readonly _tag: "Rejected"
  readonly problems: readonly [Problem, ...ReadonlyArray<Problem>]
}

/**
 * A line as it came, name of the field to text. `line` tells it from the others: in a file it is
 * the line's number.
 *
 * @category models
 * @since 0.1.0
 */
export interface Raw {
  readonly line: number
  readonly fields: Readonly<Record<string, string>>
}

/**
 * One line of a submission: as it came, and what it says.
 *
 * @category models
 * @since 0.1.0
 */
export interface Member {
  readonly line: number
  readonly raw: Raw
  readonly row: Decoded | Rejected
}

/**
 * The people who apply together. `ref` is what the sender calls the household.
 *
 * @category models
 * @since 0.1.0
 */
export interface Submission {
  readonly ref: string
  readonly familyCard?: FamilyCardNumber
  readonly address?: string
  /** The account that contributions are to be drawn from, as it was said: bank and number (PAY-6). */
  readonly autoDebit?: string
  /** The family's phone: who has none of their own is told on it. */
  readonly phone?: PhoneNumber
  readonly helper?: Helper
  readonly members: ReadonlyArray<Member>
}

// --- reading ---

/**
 * One name for lines as they came: SHA-256 of them, and of the place that tells them from equal
 * lines elsewhere, in hexadecimal. Half a surrogate pair, which a JSON file can hold and no text
 * encodes, counts as the replacement character.
 *
 * @category reading
 * @since 0.1.0
 */
export const digest = (
  lines: ReadonlyArray<Raw>,
  place: { readonly file?: string; readonly line?: number },
  crypto: Crypto["Service"]
): string => {
  const rows = lines.map(({ fields }) =>
    Object.fromEntries(Object.entries(fields).map(([field, text]) => [field.toWellFormed(), text.toWellFormed()]))
  )
  return Result.getOrThrow(CanonicalJson.digest({ ...place, rows }, crypto.hash))
}
