/**
 * What objections and requests about personal data have in common: for whom, by whom, about what, and where the
 * answer is told.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "./Actor.ts"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import { Language } from "../policy/Reason.ts"
import { Id } from "../storage/Id.ts"

// --- models ---

/**
 * Something on the register that a claim is about: a registration, a membership, a participant.
 *
 * @category models
 * @since 0.1.0
 */
export const About = Schema.Struct({ aggregate: Schema.NonEmptyString, id: Id })

/**
 * @category models
 * @since 0.1.0
 */
export type About = typeof About.Type

/**
 * The fields of every claim. Instants are epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const fields = {
  /** Idempotency key of the command that made it. */
  command: Schema.NonEmptyString,
  /** The citizen whose it is. */
  owner: Actor,
  /** Who brought it: the citizen, an officer at the counter, or a helper under a consent. */
  broughtBy: Actor,
  consent: Schema.optionalKey(Id),
  about: About,
  office: Schema.NonEmptyString,
  phone: Schema.optionalKey(PhoneNumber),
  language: Language,
  clock: Id,
  receivedAt: Schema.Int
}

// --- errors ---

/**
 * There is no such claim.
 *
 * @category errors
 * @since 0.1.0
 */
export class ClaimNotFound extends Schema.TaggedError<ClaimNotFound>("@kis/core/access/ClaimNotFound")(
  "ClaimNotFound",
  { claim: Schema.String }
) {
  override get message() {
    return `There is no objection or request ${this.claim}. Look at the number on the receipt again.`
  }
}

/**
 * The claim was changed since it was read. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class ClaimStale extends Schema.TaggedError<ClaimStale>("@kis/core/access/ClaimStale")("ClaimStale", {
  claim: Schema.String,
  version: Schema.Int
}) {
  override get message() {
    return `${this.claim} is at version ${this.version} by now. Read it again, then answer.`
  }
}

/**
 * The idempotency key was used before for another claim. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class ClaimKeyReused extends Schema.TaggedError<ClaimKeyReused>("@kis/core/access/ClaimKeyReused")(
  "ClaimKeyReused",
  { claim: Schema.String }
) {
  override get message() {
    return `This idempotency key belongs to ${this.claim}, which says something else. Send this under a new key.`
  }
}

/**
 * What was written is empty or longer than a record holds. Nothing was written; the text itself is not told.
 *
 * @category errors
 * @since 0.1.0
 */
export class TextRefused extends Schema.TaggedError<TextRefused>("@kis/core/access/TextRefused")("TextRefused", {
  reason: Schema.Literals(["TextEmpty", "TextTooLong"]),
  most: Schema.Int
}) {
  override get message() {
    return `The text was not taken: ${this.reason}, at most ${this.most} characters. Say it in a few sentences, and bring the rest.`
  }
}

// --- rules ---

/**
 * Why a text cannot be kept, if it cannot.
 *
 * @category rules
 * @since 0.1.0
 */
export const textRefused = (text: string): TextRefused | undefined => {
  if (text.trim() === "") return new TextRefused({ reason: "TextEmpty", most: MOST_TEXT })
  return text.length > MOST_TEXT ? new TextRefused({ reason: "TextTooLong", most: MOST_TEXT }) : undefined
}

// --- private ---

// Two pages: a limit of a row, not of what may be said.
const MOST_TEXT = 4000
