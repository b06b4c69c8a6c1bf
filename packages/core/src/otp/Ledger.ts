/**
 * What was guessed wrongly and sent lately, for one phone or one account.
 *
 * The count lives here and not on the code, so a new code, another channel or another request does
 * not start it anew. It is refilled by time alone, or by a proof of another kind.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"

// --- models ---

/**
 * Instants are epoch milliseconds, in order.
 *
 * @category models
 * @since 0.1.0
 */
export const Ledger = Schema.Struct({
  key: Schema.NonEmptyString,
  wrong: Schema.Array(Schema.Int),
  sends: Schema.Array(Schema.Int),
  /** The codes that are open for a phone. */
  open: Schema.Array(Schema.Struct({ challenge: Id, expiresAt: Schema.Int })),
  /** The latest instant that it was written at: a clock that steps back neither refills nor closes. */
  seenAt: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Ledger extends Schema.Schema.Type<typeof Ledger> {}

// --- aggregate ---

/**
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("otp-ledger", {
  schema: Ledger,
  unique: { key: (_) => [_.key] }
})

/**
 * @category aggregate
 * @since 0.1.0
 */
export const phoneKey = (destination: PhoneNumber): string => `phone ${destination}`

/**
 * @category aggregate
 * @since 0.1.0
 */
export const accountKey = (subject: string): string => `account ${subject}`

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const empty = (key: string, now: number): Ledger => ({ key, wrong: [], sends: [], open: [], seenAt: now })

// --- rules ---

/**
 * The instant at which one more is allowed, or none when it is allowed now.
 *
 * @category rules
 * @since 0.1.0
 */
export const closedUntil = (
  events: ReadonlyArray<number>,
  limit: number,
  window: number,
  now: number
): number | undefined => {
  const counted = recent(events, now, window)
  return counted.length < limit ? undefined : counted[counted.length - limit]! + window
}

/**
 * How many more are allowed now.
 *
 * @category rules
 * @since 0.1.0
 */
export const left = (events: ReadonlyArray<number>, limit: number, window: number, now: number): number =>
  Math.max(0, limit - recent(events, now, window).length)

/**
 * @category rules
 * @since 0.1.0
 */
export const guessedWrong = (self: Ledger, times: number, now: number, window: number): Ledger =>
  seen({ ...self, wrong: [...recent(self.wrong, now, window), ...Array.from({ length: times }, () => now)] }, now)

/**
 * @category rules
 * @since 0.1.0
 */
export const sent = (self: Ledger, now: number, window: number): Ledger =>
  seen({ ...self, sends: [...recent(self.sends, now, window), now] }, now)

/**
 * Notes an open code, and lets go of those that expired.
 *
 * @category rules
 * @since 0.1.0
 */
export const opened = (self: Ledger, challenge: Id, expiresAt: number, now: number): Ledger =>
  seen({ ...self, open: [...stillOpen(self, now), { challenge, expiresAt }] }, now)

/**
 * @category rules
 * @since 0.1.0
 */
export const closed = (self: Ledger, challenges: ReadonlyArray<Id>): Ledger => ({
  ...self,
  open: self.open.filter((_) => !challenges.includes(_.challenge))
})

/**
 * @category rules
 * @since 0.1.0
 */
export const stillOpen = (self: Ledger, now: number): Ledger["open"] => self.open.filter((_) => _.expiresAt > now)

/**
 * All guesses back, after a proof of another kind.
 *
 * @category rules
 * @since 0.1.0
 */
export const refilled = (self: Ledger, now: number): Ledger => seen({ ...self, wrong: [] }, now)

// --- private ---

const seen = (self: Ledger, now: number): Ledger => ({ ...self, seenAt: Math.max(now, self.seenAt) })

const recent = (events: ReadonlyArray<number>, now: number, window: number) => events.filter((_) => _ + window > now)
