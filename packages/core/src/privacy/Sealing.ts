/**
 * Sealed bodies: what an adapter stores in place of personal data.
 *
 * A body is AES-256-GCM under a key of its aggregate and shard, and bound to its place: it opens
 * only as the same aggregate, id, version and key. A body that was moved to another row, or an old
 * version put back, is `Tampered`. Its length is padded, so that a thief cannot tell a short
 * name from a long one.
 *
 * Layout: format (1 byte), key id (2), nonce (12), cipher text of [length (4), body, zeros], tag
 * (16).
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { type Crypto, KEY_LENGTH, Tampered } from "./Crypto.ts"
import type { KeyId, KeyRing } from "./KeyRing.ts"

// --- models ---

/**
 * Where a body belongs. Nothing of it is secret or personal.
 *
 * @category models
 * @since 0.1.0
 */
export interface Place {
  readonly aggregate: string
  readonly id: string
  readonly version: number
}

/**
 * Seals and opens bodies with the keys of one ring. Synchronous, and remembers derived keys.
 *
 * @category models
 * @since 0.1.0
 */
export interface Sealing {
  readonly sealBody: (place: Place, body: Uint8Array) => Uint8Array
  readonly openBody: (place: Place, sealed: Uint8Array) => Result.Result<Uint8Array, Tampered>
  /** The key that a body was sealed under: whether it is due for lazy rotation. None when the header is unreadable. */
  readonly keyOf: (sealed: Uint8Array) => Option.Option<KeyId>
}

// --- constructors ---

/**
 * @example
 * const sealing = Sealing.make(yield* Crypto.Crypto, yield* KeyRing.KeyRing)
 * const place = { aggregate: "participant", id: "0199c5a2-7d1c-7aaa-8bbb-0123456789ab", version: 1 }
 * const stored = sealing.sealBody(place, new TextEncoder().encode("{}"))
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (crypto: Crypto["Service"], ring: KeyRing["Service"]): Sealing => {
  const keys = new Map<KeyId, Map<string, Array<Uint8Array | undefined>>>()

  const keyFor = (keyId: KeyId, root: Uint8Array, place: Place): Uint8Array => {
    let ofRoot = keys.get(keyId)
    if (ofRoot === undefined) keys.set(keyId, (ofRoot = new Map()))
    let shards = ofRoot.get(place.aggregate)
    if (shards === undefined) ofRoot.set(place.aggregate, (shards = Array.from({ length: SHARDS })))
    const shard = shardOf(place.id)
    return (shards[shard] ??= crypto.derive(root, `@kis/core body ${place.aggregate} ${shard}`, KEY_LENGTH))
  }

  return {
    sealBody: (place, body) => {
      // asked once: a ring may get another key between two readings
      const { current } = ring
      const root = Option.getOrThrow(ring.sealing(current))
      const key = keyFor(current, root, place)
      const inner = crypto.seal(key, pad(body), associatedData(place, current))
      const sealed = new Uint8Array(HEADER_LENGTH + inner.length)
      sealed[0] = FORMAT
      sealed[1] = current >>> 8
      sealed[2] = current & 0xff
      sealed.set(inner, HEADER_LENGTH)
      return sealed
    },
    openBody: (place, sealed) => {
      const tampered = (reason: Tampered["reason"], keyId?: number) =>
        Result.fail(
          new Tampered({
            reason,
            aggregate: place.aggregate,
            id: place.id,
            ...(keyId === undefined ? {} : { keyId })
          })
        )
      if (sealed.length < HEADER_LENGTH) return tampered("Truncated")
      if (sealed[0] !== FORMAT) return tampered("UnknownFormat")
      const keyId = headerKey(sealed)
      const root = ring.sealing(keyId)
      if (Option.isNone(root)) return tampered("UnknownKey", keyId)
      const key = keyFor(keyId, root.value, place)
      const opened = crypto.open(key, sealed.subarray(HEADER_LENGTH), associatedData(place, keyId))
      if (Result.isFailure(opened)) return tampered(opened.failure.reason)
      const body = unpad(opened.success)
      return body === undefined ? tampered("Forged") : Result.succeed(body)
    },
    keyOf: (sealed) =>
      sealed.length < HEADER_LENGTH || sealed[0] !== FORMAT ? Option.none() : Option.some(headerKey(sealed))
  }
}

// --- padding ---

/**
 * The length that a body of `length` bytes is padded to: the next of four steps between powers
 * of two, at least 64. So at most a quarter is wasted, and all people of a register fall in a
 * handful of lengths.
 *
 * @example
 * Sealing.paddedLength(160) // => 192
 *
 * @category padding
 * @since 0.1.0
 */
export const paddedLength = (length: number): number => {
  const whole = length + LENGTH_PREFIX
  const step = Math.max(SMALLEST_STEP, 2 ** (Math.floor(Math.log2(whole)) - 2))
  return Math.ceil(whole / step) * step
}

// --- private ---

const FORMAT = 1
const HEADER_LENGTH = 3
const LENGTH_PREFIX = 4
const SMALLEST_STEP = 64

// Random nonces are safe for some 2^32 bodies a key; a nation's rows over 256 keys stay far below.
const SHARDS = 256

const encoder = new TextEncoder()

const headerKey = (sealed: Uint8Array): KeyId => ((sealed[1]! << 8) | sealed[2]!) as KeyId

// An id is a time-ordered uuid: its last two hex digits are random.
const shardOf = (id: string): number => {
  const shard = Number.parseInt(id.slice(-2), 16)
  return Number.isNaN(shard) ? 0 : shard
}

// Neither an aggregate's name nor an id holds a line break, so no two places give one text.
const associatedData = (place: Place, keyId: KeyId): Uint8Array =>
  encoder.encode(`${FORMAT}\n${keyId}\n${place.aggregate}\n${place.id}\n${place.version}`)

const pad = (body: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(paddedLength(body.length))
  padded[0] = body.length >>> 24
  padded[1] = (body.length >>> 16) & 0xff
  padded[2] = (body.length >>> 8) & 0xff
  padded[3] = body.length & 0xff
  padded.set(body, LENGTH_PREFIX)
  return padded
}

const unpad = (padded: Uint8Array): Uint8Array | undefined => {
  if (padded.length < LENGTH_PREFIX) return undefined
  const length = padded[0]! * 0x1_00_00_00 + (padded[1]! << 16) + (padded[2]! << 8) + padded[3]!
  return LENGTH_PREFIX + length > padded.length ? undefined : padded.subarray(LENGTH_PREFIX, LENGTH_PREFIX + length)
}
