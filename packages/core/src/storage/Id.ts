/**
 * The identity of a stored thing: a time-ordered UUID (RFC 9562, version 7), lower case, with hyphens.
 *
 * Text order is byte order is order of making, which keeps the newest rows together on disk. An
 * id tells when it was made and nothing else; it is not personal data and may be logged.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Crypto } from "../privacy/Crypto.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Id = Schema.String.check(
  Schema.isPattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, {
    message: "expected a lower-case UUID with hyphens"
  })
).pipe(Schema.brand("Id"))

/**
 * @category models
 * @since 0.1.0
 */
export type Id = typeof Id.Type

/**
 * Makes ids. Each is greater than the one before it, also within one millisecond and when the
 * clock steps back.
 *
 * @category models
 * @since 0.1.0
 */
export interface Ids {
  /** The next id, for the given instant in milliseconds. */
  readonly at: (millis: number) => Id
  /** The next id, for now. */
  readonly next: Effect.Effect<Id>
}

// --- constructors ---

/**
 * Ids of one process: 48 bits of milliseconds, a counter of 12 bits that starts anew at random
 * each millisecond, 62 random bits.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeIds = (crypto: Crypto["Service"]): Ids => {
  let last = -1
  let counter = 0
  let pool: Uint8Array = new Uint8Array(0)
  let used = 0

  const random = (): Uint8Array => {
    if (used + RANDOM_LENGTH > pool.length) {
      pool = crypto.randomBytes(POOL_LENGTH)
      used = 0
    }
    const bytes = pool.subarray(used, used + RANDOM_LENGTH)
    used += RANDOM_LENGTH
    return bytes
  }

  const at = (millis: number): Id => {
    const bytes = random()
    if (millis > last) {
      last = millis
      // the upper half stays free to count in
      counter = ((bytes[0]! << 8) | bytes[1]!) & 0x7ff
    } else if (++counter > 0xfff) {
      last += 1
      counter = 0
    }
    return format(last, counter, bytes)
  }

  return { at, next: Effect.map(Clock.currentTimeMillis, at) }
}

// --- private ---

const RANDOM_LENGTH = 10
const POOL_LENGTH = RANDOM_LENGTH * 400

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

const format = (millis: number, counter: number, random: Uint8Array): Id => {
  const time = millis.toString(16).padStart(12, "0")
  const sequence = (0x7000 | counter).toString(16)
  const variant = hex[(random[2]! & 0x3f) | 0x80]! + hex[random[3]!]!
  const node =
    hex[random[4]!]! + hex[random[5]!]! + hex[random[6]!]! + hex[random[7]!]! + hex[random[8]!]! + hex[random[9]!]!
  return `${time.slice(0, 8)}-${time.slice(8)}-${sequence}-${variant}-${node}` as Id
}
