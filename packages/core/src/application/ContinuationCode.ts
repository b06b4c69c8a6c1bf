/**
 * The code by which an application that was begun is gone on with, on another device.
 *
 * Sixteen letters and digits in four groups, easy to write down and to say: none that are mistaken
 * for another, and the last is a check, so that a slip of the pen is seen before anything is
 * asked. Fifteen of them carry the secret, about 74 bits, which nobody guesses.
 *
 * A code follows from the draft, from how many codes it has had, and from the pepper, which is not in
 * the database: a command that is sent again after a lost answer gets the same code again, though only
 * its HMAC is stored.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Crypto, KEY_LENGTH } from "../privacy/Crypto.ts"
import type { KeyRing } from "../privacy/KeyRing.ts"
import type { Id } from "../storage/Id.ts"

// --- models ---

/**
 * As it is shown: `7K2M-9QXA-4TWB-C1DE`.
 *
 * @category models
 * @since 0.1.0
 */
export const ContinuationCode = Schema.String.check(
  Schema.isPattern(/^[1-9A-HJKMNP-TV-Z]{4}(-[1-9A-HJKMNP-TV-Z]{4}){3}$/, {
    message: "expected four groups of four letters and digits"
  })
).pipe(Schema.brand("ContinuationCode"))

/**
 * @category models
 * @since 0.1.0
 */
export type ContinuationCode = typeof ContinuationCode.Type

/**
 * @category models
 * @since 0.1.0
 */
export interface Codes {
  /** The code that a draft has as its `serial`-th. */
  readonly of: (draft: Id, serial: number) => ContinuationCode
  /** What is stored of a code, and what one that was typed is found by: HMAC-SHA-256 in hexadecimal. */
  readonly mac: (code: ContinuationCode) => string
}

// --- constructors ---

/**
 * Codes under the pepper of a key ring: a thief of the database can neither read nor make one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (crypto: Crypto["Service"], ring: Pick<KeyRing["Service"], "pepper">): Codes => {
  const drawKey = crypto.derive(ring.pepper, "@kis/core continuation draw", KEY_LENGTH)
  const macKey = crypto.derive(ring.pepper, "@kis/core continuation mac", KEY_LENGTH)
  const symbolsOf = (draft: Id, serial: number): ReadonlyArray<number> => {
    const symbols: Array<number> = []
    for (let block = 0; symbols.length < SECRET; block++) {
      for (const byte of crypto.mac(drawKey, encoder.encode(JSON.stringify([draft, serial, block])))) {
        // the bytes above would favour the first symbols
        if (byte < FAIR && symbols.length < SECRET) symbols.push(byte % SYMBOLS.length)
      }
    }
    return symbols
  }
  return {
    of: (draft, serial) => written(symbolsOf(draft, serial)),
    mac: (code) => Array.from(crypto.mac(macKey, encoder.encode(code)), hex).join("")
  }
}

// --- reading ---

/**
 * The code in what somebody typed: any case, with spaces and dashes or without. None when it is no
 * code, or one with a letter wrong or two exchanged.
 *
 * @example
 * ContinuationCode.read(" 1111 1111-1111 1111 ") // => Option.some("1111-1111-1111-1111")
 * ContinuationCode.read("1111-1111-1111-1112") // => Option.none()
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (text: string): Option.Option<ContinuationCode> => {
  const plain = text
    .slice(0, LONGEST_TEXT)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}.]/gu, "")
    .replace(/[IL]/g, "1")
  const symbols = [...plain].map((symbol) => SYMBOLS.indexOf(symbol))
  if (symbols.length !== SECRET + 1 || symbols.includes(-1)) return Option.none()
  const secret = symbols.slice(0, SECRET)
  return symbols[SECRET] === checkOf(secret) ? Option.some(written(secret)) : Option.none()
}

// --- private ---

const encoder = new TextEncoder()

const LONGEST_TEXT = 100
const SECRET = 15

// Neither 0 and O, nor I, L and U. Their number is a prime, so that the check sees one wrong symbol and
// any two exchanged.
const SYMBOLS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
const FAIR = 256 - (256 % SYMBOLS.length)

const hex = (byte: number) => byte.toString(16).padStart(2, "0")

const checkOf = (secret: ReadonlyArray<number>): number =>
  secret.reduce((sum, symbol, i) => sum + symbol * (i + 1), 0) % SYMBOLS.length

const written = (secret: ReadonlyArray<number>): ContinuationCode => {
  const text = [...secret, checkOf(secret)].map((symbol) => SYMBOLS[symbol]).join("")
  return ContinuationCode.make(text.replace(/.{4}(?=.)/g, "$&-"))
}
