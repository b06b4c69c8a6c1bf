/**
 * How long a code lives, how often it may be guessed and how often it is sent.
 *
 * Arithmetic behind the guesses: a code of six digits has 10^6 values, so whoever may make `n`
 * guesses succeeds with n / 10^6. NIST allows 100 consecutive failures an account, one in 10,000.
 * These limits allow 20 a day and account, one in 50,000, and 50 a day and phone, however many
 * members of a family have it.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import { cite } from "../policy/Citation.ts"
import * as Dated from "../policy/Dated.ts"
import * as PlainDate from "../time/PlainDate.ts"

// --- models ---

/**
 * Durations are milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export interface Limits {
  readonly digits: number
  /** From the first sending; a resend does not lengthen it. */
  readonly lifetime: number
  /** Wrong guesses after which a code is dead. */
  readonly guessesPerCode: number
  /** Wrong guesses of an account within the window after which it takes no typed codes. */
  readonly guessesPerAccount: number
  /** The same of a phone. A guess that is tried against several codes counts as many times. */
  readonly guessesPerPhone: number
  readonly guessWindow: number
  /** How often one code is sent. */
  readonly sendsPerCode: number
  /** How many messages with codes a phone gets within the window. */
  readonly sendsPerPhone: number
  readonly sendWindow: number
  /** Between two sendings of one code. */
  readonly resendPause: number
  /** Codes that may be open for one phone at the same time: a family, one each. */
  readonly openPerPhone: number
}

/**
 * The history of every limit.
 *
 * @category models
 * @since 0.1.0
 */
export type Table = { readonly [K in keyof Limits]: ReadonlyArray<Dated.Known<number>> }

// --- reading ---

/**
 * The limits in force. Before the first day of a limit its first value holds: there was never a
 * day without.
 *
 * @category reading
 * @since 0.1.0
 */
export const at = (table: Table, asOf: Dated.AsOf): Limits => {
  const read = (name: keyof Limits): number =>
    Option.match(Dated.at(table[name], asOf), { onNone: () => table[name][0]!.value, onSome: (_) => _.value })
  return {
    digits: read("digits"),
    lifetime: read("lifetime"),
    guessesPerCode: read("guessesPerCode"),
    guessesPerAccount: read("guessesPerAccount"),
    guessesPerPhone: read("guessesPerPhone"),
    guessWindow: read("guessWindow"),
    sendsPerCode: read("sendsPerCode"),
    sendsPerPhone: read("sendsPerPhone"),
    sendWindow: read("sendWindow"),
    resendPause: read("resendPause"),
    openPerPhone: read("openPerPhone")
  }
}

// --- private ---

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

const final = PlainDate.make("2025-08-01")

const since = (value: number, source: string, confidence: "high" | "medium" | "low", note: string) => [
  { value, appliesFrom: final, announcedAt: final, citation: cite(source, confidence), note }
]

// --- table ---

/**
 * The limits of this library. No Indonesian instrument with numbers for one-time codes of a public
 * service was found; they rest on NIST SP 800-63-4 and are stricter where that costs nobody a
 * trip.
 *
 * @category table
 * @since 0.1.0
 */
export const standard: Table = {
  digits: since(6, "NIST SP 800-63B-4 sec. 3.1.3.2; OWASP ASVS 5.0 6.5.4", "medium", "at least six decimal digits"),
  lifetime: since(10 * MINUTE, "NIST SP 800-63B-4 sec. 3.1.3.2", "high", "invalid unless completed within 10 minutes"),
  guessesPerCode: since(5, "NIST SP 800-63B-4 sec. 3.2.2", "medium", "our choice, far below the limit of 100"),
  guessesPerAccount: since(20, "NIST SP 800-63B-4 sec. 3.2.2", "medium", "our choice, below the limit of 100"),
  guessesPerPhone: since(50, "NIST SP 800-63B-4 sec. 3.2.2", "medium", "our choice: a family shares a phone"),
  guessWindow: since(DAY, "NIST SP 800-63B-4 sec. 3.1.3.2", "high", "a new code does not reset the count; only time"),
  sendsPerCode: since(4, "OWASP ASVS 5.0 2.4.1", "medium", "our choice: a message costs money"),
  sendsPerPhone: since(20, "OWASP ASVS 5.0 2.4.1", "medium", "our choice: a family of five, four messages each"),
  sendWindow: since(DAY, "OWASP ASVS 5.0 2.4.1", "medium", "our choice"),
  resendPause: since(30 * SECOND, "WhatsApp pair rate, error 131056", "low", "our choice, above one in 6 seconds"),
  openPerPhone: since(10, "NIST SP 800-63B-4 sec. 3", "medium", "one device of several subscribers is not refused")
}
