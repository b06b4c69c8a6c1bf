/**
 * The digits of a one-time code: drawn, bound to their request, and read from what people type.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import { type Crypto, KEY_LENGTH, randomBelow } from "../privacy/Crypto.ts"
import type { KeyRing } from "../privacy/KeyRing.ts"

// --- models ---

/**
 * What a code is good for. A code of one request is worth nothing in another.
 *
 * @category models
 * @since 0.1.0
 */
export interface Request {
  readonly id: string
  readonly purpose: string
  readonly destination: string
  readonly subject: string
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Codes {
  /** A code of so many digits, each value equally likely. */
  readonly draw: (digits: number) => string
  /** What is stored of a code, and what a guess is compared with. */
  readonly mac: (request: Request, code: string) => Uint8Array
  /** A sealed copy, so that the same code can be sent again. */
  readonly seal: (request: Request, code: string) => Uint8Array
  /** The code of a sealed copy; none when it is not of this request. */
  readonly open: (request: Request, copy: Uint8Array) => Option.Option<string>
}

// --- constructors ---

/**
 * Codes under the pepper of a key ring: a thief of the database who tries all million codes finds
 * none, because the pepper is elsewhere.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (crypto: Crypto["Service"], ring: KeyRing["Service"]): Codes => {
  const macKey = crypto.derive(ring.pepper, "@kis/core otp mac", KEY_LENGTH)
  const copyKey = crypto.derive(ring.pepper, "@kis/core otp copy", KEY_LENGTH)
  return {
    draw: (digits) => String(randomBelow(crypto, 10 ** digits)).padStart(digits, "0"),
    mac: (request, code) => crypto.mac(macKey, bound(request, code)),
    seal: (request, code) => crypto.seal(copyKey, encoder.encode(code), bound(request)),
    open: (request, copy) =>
      Option.map(Option.getSuccess(crypto.open(copyKey, copy, bound(request))), (_) => decoder.decode(_))
  }
}

// --- reading ---

/**
 * The code in what somebody typed or sent: digits of any script, broken up or not, alone or in a
 * sentence. None when there is no group of exactly so many digits, or more than one.
 *
 * @example
 * Code.read("Kode saya ١٢٣ ٤٥٦, terima kasih", 6) // => Option.some("123456")
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (text: string, digits: number): Option.Option<string> => {
  const plain = asciiDigits(text.slice(0, LONGEST_TEXT).normalize("NFKC")).replace(INVISIBLE, "")
  const alone = plain.replace(SEPARATORS, "")
  if (/^\d+$/.test(alone)) return alone.length === digits ? Option.some(alone) : Option.none()
  const groups = plain.match(/\d+(?:[ .-]\d+)*/g) ?? []
  const codes = new Set(groups.map((_) => _.replace(SEPARATORS, "")).filter((_) => _.length === digits))
  return codes.size === 1 ? Option.fromUndefinedOr([...codes][0]) : Option.none()
}

// --- private ---

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const LONGEST_TEXT = 1_000

// spaces of every kind, quotes and dashes: what keyboards and spreadsheets put between digits
const SEPARATORS = /[\s\p{Pd}.,'"’_]/gu

// direction marks, joiners and the like
const INVISIBLE = /\p{Cf}/gu

// JSON leaves no doubt where one part ends and the next begins
const bound = (request: Request, code?: string): Uint8Array =>
  encoder.encode(JSON.stringify([request.purpose, request.destination, request.subject, request.id, code ?? null]))

// The zero of each run of ten digits that a phone in Indonesia can type: Arabic, Persian,
// Devanagari, Balinese, Sundanese, Javanese. Full-width and mathematical ones fall to NFKC.
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x1b50, 0x1bb0, 0xa9d0]

const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0)!
    const zero = ZEROS.find((_) => point >= _ && point < _ + 10)
    return zero === undefined ? digit : String(point - zero)
  })
