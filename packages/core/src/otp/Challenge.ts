/**
 * One code that was sent to one phone for one purpose.
 *
 * The code itself is not in it: a MAC to compare guesses with, and a copy sealed under the pepper,
 * so that asking again sends the same code and a late first message still works. The copy is
 * dropped when the challenge ends.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import type { Limits } from "./Limits.ts"

// --- models ---

/**
 * What a code is asked for, in lower-case words: "confirm-phone".
 *
 * @category models
 * @since 0.1.0
 */
export const Purpose = Schema.String.check(
  Schema.isPattern(/^[a-z]+(-[a-z]+)*$/, { message: "expected lower-case words joined by hyphens" })
).pipe(Schema.brand("Purpose"))

/**
 * @category models
 * @since 0.1.0
 */
export type Purpose = typeof Purpose.Type

/**
 * Instants are epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const Challenge = Schema.Struct({
  purpose: Purpose,
  destination: PhoneNumber,
  /** The account that is asked for: the id of a participant, or what was typed in its place. */
  subject: Schema.NonEmptyString,
  digits: Schema.Int,
  mac: Schema.Uint8Array,
  copy: Schema.optionalKey(Schema.Uint8Array),
  /** Nobody to send to, and the asker must not learn it: no code fits. */
  decoy: Schema.Boolean,
  state: Schema.Literals(["open", "used", "ended"]),
  issuedAt: Schema.Int,
  expiresAt: Schema.Int,
  /** The latest instant that it was touched at: a clock that steps back does not lengthen its life. */
  seenAt: Schema.Int,
  wrong: Schema.Int,
  sends: Schema.Int,
  lastSentAt: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Challenge extends Schema.Schema.Type<typeof Challenge> {}

// --- aggregate ---

/**
 * At most one is open for a purpose, phone and subject.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("otp-challenge", {
  schema: Challenge,
  unique: { live: (_) => (_.state === "open" ? [liveKey(_)] : []) },
  blind: { subject: (_) => [_.subject] },
  ordered: { state: { text: (_) => _.state }, expiresAt: { number: (_) => _.expiresAt } },
  indexes: { state: ["state", "expiresAt"] }
})

/**
 * @category aggregate
 * @since 0.1.0
 */
export const liveKey = (of: Pick<Challenge, "purpose" | "destination" | "subject">): string =>
  JSON.stringify([of.purpose, of.destination, of.subject])

// --- rules ---

/**
 * Whether a code of it can still succeed.
 *
 * @category rules
 * @since 0.1.0
 */
export const isLive = (self: Challenge, now: number, limits: Limits): boolean =>
  self.state === "open" && Math.max(now, self.seenAt) < self.expiresAt && self.wrong < limits.guessesPerCode

/**
 * When the same code may be sent again, or none when it never will.
 *
 * @category rules
 * @since 0.1.0
 */
export const resendAt = (self: Challenge, limits: Limits): number | undefined => {
  const earliest = self.lastSentAt + limits.resendPause
  return self.sends >= limits.sendsPerCode || earliest >= self.expiresAt ? undefined : earliest
}

/**
 * @category rules
 * @since 0.1.0
 */
export const sentAgain = (self: Challenge, now: number): Challenge => ({
  ...self,
  sends: self.sends + 1,
  lastSentAt: now,
  seenAt: Math.max(now, self.seenAt)
})

/**
 * After a wrong guess; the last one ends it.
 *
 * @category rules
 * @since 0.1.0
 */
export const guessedWrong = (self: Challenge, now: number, limits: Limits): Challenge => {
  const guessed = { ...self, wrong: self.wrong + 1, seenAt: Math.max(now, self.seenAt) }
  return guessed.wrong >= limits.guessesPerCode ? end(guessed, "ended") : guessed
}

/**
 * Ends it, and forgets the copy.
 *
 * @category rules
 * @since 0.1.0
 */
export const end = (self: Challenge, state: "used" | "ended"): Challenge => {
  const { copy: _, ...rest } = self
  return { ...rest, state }
}

/**
 * What its MAC and copy are bound to.
 *
 * @category rules
 * @since 0.1.0
 */
export const request = (id: Id, of: Pick<Challenge, "purpose" | "destination" | "subject">) => ({
  id,
  purpose: of.purpose,
  destination: of.destination,
  subject: of.subject
})
