/**
 * The cryptography that the register stands on: one cipher, one MAC, one hash, one key derivation.
 *
 * The port is synchronous, because sealing a row must not suspend a unit of work, and small,
 * because every layer must give the same bytes. AES-256-GCM (NIST SP 800-38D), HMAC-SHA-256
 * (RFC 2104), SHA-256 (FIPS 180-4) and HKDF-SHA-256 (RFC 5869). `layer` is pure JavaScript and
 * runs in a browser and on an offline counter; `@kis/crypto-node` is several times faster on
 * Node.
 *
 * @since 0.1.0
 */
import { gcm } from "@noble/ciphers/aes.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

// --- models ---

/**
 * Bytes of the nonce that stands in front of every sealed text.
 *
 * @category models
 * @since 0.1.0
 */
export const NONCE_LENGTH = 12

/**
 * Bytes of the authentication tag that stands at the end of every sealed text.
 *
 * @category models
 * @since 0.1.0
 */
export const TAG_LENGTH = 16

/**
 * Bytes of a sealing key: AES-256.
 *
 * @category models
 * @since 0.1.0
 */
export const KEY_LENGTH = 32

// --- errors ---

/**
 * What was read is not what was written.
 *
 * `Truncated`: too short to be a sealed text. `Forged`: the tag does not fit, so a bit was
 * changed, the text was moved to another place, or the key is another one. `UnknownFormat` and
 * `UnknownKey`: the header names a format or a key that this process does not have.
 * `IndexDiffers`: a key or an ordered column outside the sealed body does not belong to it.
 *
 * @category errors
 * @since 0.1.0
 */
export class Tampered extends Schema.TaggedError<Tampered>("@kis/core/privacy/Tampered")("Tampered", {
  reason: Schema.Literals(["Truncated", "Forged", "UnknownFormat", "UnknownKey", "IndexDiffers"]),
  aggregate: Schema.optionalKey(Schema.String),
  id: Schema.optionalKey(Schema.String),
  keyId: Schema.optionalKey(Schema.Int)
}) {
  override get message() {
    const where =
      this.aggregate === undefined ? "A sealed text" : `The stored ${this.aggregate} ${this.id ?? ""}`.trimEnd()
    return `${where} ${whatHappened(this.reason, this.keyId)}`
  }
}

// --- port ---

/**
 * The port. Methods are synchronous and never fail on good input; a key of the wrong length is a
 * defect.
 *
 * A layer may remember prepared key state by the identity of the key array, so the bytes of a
 * key must not be changed once it was used.
 *
 * @category services
 * @since 0.1.0
 */
export class Crypto extends Context.Service<
  Crypto,
  {
    /**
     * AES-256-GCM under a fresh random nonce: nonce (12 bytes), cipher text, tag (16 bytes). `aad`
     * is authenticated and not stored: `open` must be given the same.
     */
    readonly seal: (key: Uint8Array, plain: Uint8Array, aad: Uint8Array) => Uint8Array
    /** The plain text, or `Tampered` when key, text or `aad` differ from those of `seal`. */
    readonly open: (key: Uint8Array, sealed: Uint8Array, aad: Uint8Array) => Result.Result<Uint8Array, Tampered>
    /** HMAC-SHA-256, 32 bytes. Compare two of them with `sameBytes`. */
    readonly mac: (key: Uint8Array, data: Uint8Array) => Uint8Array
    /** SHA-256, 32 bytes. Not a way to hide a NIK or a phone number: those are guessed in seconds. */
    readonly hash: (data: Uint8Array) => Uint8Array
    /** HKDF-SHA-256: a key of its own for each purpose, which `info` names. 1 to 8,160 bytes; `info` at most 1,024. */
    readonly derive: (key: Uint8Array, info: string | Uint8Array, length: number, salt?: Uint8Array) => Uint8Array
    /** Bytes that nobody can foretell. */
    readonly randomBytes: (length: number) => Uint8Array
  }
>()("@kis/core/privacy/Crypto") {}

// --- comparing ---

/**
 * Whether two byte strings are equal, in a time that depends on their length only.
 *
 * @category comparing
 * @since 0.1.0
 */
export const sameBytes = (self: Uint8Array, that: Uint8Array): boolean => {
  if (self.length !== that.length) return false
  let difference = 0
  for (let i = 0; i < self.length; i++) difference |= self[i]! ^ that[i]!
  return difference === 0
}

// --- randomness ---

/**
 * A number below `bound`, each equally likely: values that would favour the small ones are
 * thrown away. `bound` is at most 2^32.
 *
 * @category randomness
 * @since 0.1.0
 */
export const randomBelow = (crypto: Pick<Crypto["Service"], "randomBytes">, bound: number): number => {
  const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound)
  while (true) {
    const [a, b, c, d] = crypto.randomBytes(4)
    const value = a! * 0x1_00_00_00 + b! * 0x1_00_00 + c! * 0x1_00 + d!
    if (value < limit) return value % bound
  }
}

// --- layers ---

/**
 * Pure JavaScript (`@noble/ciphers`, `@noble/hashes`), randomness from the platform's
 * `crypto.getRandomValues`. Runs wherever JavaScript does.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Crypto> = Layer.sync(Crypto, () => make(platformRandom))

/**
 * For tests: the cipher and MAC of `layer`, with randomness that follows from `seed`. Never for
 * data that matters: whoever knows the seed knows every nonce and every code.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerSeeded = (seed: string): Layer.Layer<Crypto> => Layer.sync(Crypto, () => make(seededRandom(seed)))

// --- private ---

const whatHappened = (reason: Tampered["reason"], keyId: number | undefined): string => {
  switch (reason) {
    case "Truncated":
      return "is too short to be whole. Restore it from a back-up."
    case "Forged":
      return "was changed, moved or sealed under another key. Check the key ring, then restore it from a back-up."
    case "UnknownFormat":
      return "is in a format that this version does not read. Use the version that wrote it, or a later one."
    case "UnknownKey":
      return `was sealed under key ${keyId ?? "?"}, which the key ring lacks. Add that key to the key ring.`
    case "IndexDiffers":
      return "is listed under a key that is not its own. Verify the audit chain, then restore it from a back-up."
  }
}

const make = (randomBytes: (length: number) => Uint8Array): Crypto["Service"] => {
  // The first block of both HMAC passes depends on the key alone: it is hashed once a key.
  const prepared = new WeakMap<Uint8Array, ReturnType<typeof hmac.create>>()

  const preparedFor = (key: Uint8Array) => {
    const known = prepared.get(key)
    if (known !== undefined) return known
    const fresh = hmac.create(sha256, key)
    prepared.set(key, fresh)
    return fresh
  }

  return Crypto.of({
    seal: (key, plain, aad) => {
      demandKeyLength(key)
      const nonce = randomBytes(NONCE_LENGTH)
      const sealed = new Uint8Array(NONCE_LENGTH + plain.length + TAG_LENGTH)
      sealed.set(nonce)
      sealed.set(gcm(key, nonce, aad).encrypt(plain), NONCE_LENGTH)
      return sealed
    },
    open: (key, sealed, aad) => {
      demandKeyLength(key)
      if (sealed.length < NONCE_LENGTH + TAG_LENGTH) return Result.fail(new Tampered({ reason: "Truncated" }))
      const cipher = gcm(key, sealed.subarray(0, NONCE_LENGTH), aad)
      try {
        return Result.succeed(cipher.decrypt(sealed.subarray(NONCE_LENGTH)))
      } catch {
        // noble has one failure here once lengths are right: the tag does not fit
        return Result.fail(new Tampered({ reason: "Forged" }))
      }
    },
    mac: (key, data) => preparedFor(key).clone().update(data).digest(),
    hash: (data) => sha256(data),
    derive: (key, info, length, salt) =>
      hkdf(sha256, key, salt, typeof info === "string" ? encoder.encode(info) : info, length),
    randomBytes
  })
}

const encoder = new TextEncoder()

const demandKeyLength = (key: Uint8Array) => {
  if (key.length !== KEY_LENGTH) throw new RangeError(`A sealing key has ${KEY_LENGTH} bytes, this one ${key.length}`)
}

// getRandomValues gives at most 65,536 bytes a call
const RANDOM_CHUNK = 65_536

const platformRandom = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += RANDOM_CHUNK) {
    globalThis.crypto.getRandomValues(bytes.subarray(at, Math.min(at + RANDOM_CHUNK, length)))
  }
  return bytes
}

const seededRandom = (seed: string) => {
  const root = sha256(encoder.encode(`@kis/core/privacy/Crypto seed ${seed}`))
  let counter = 0
  let block = new Uint8Array(0)
  return (length: number): Uint8Array => {
    const bytes = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      if (block.length === 0) block = new Uint8Array(hmac(sha256, root, encoder.encode(String(counter++))))
      const taken = block.subarray(0, length - filled)
      bytes.set(taken, filled)
      filled += taken.length
      block = block.subarray(taken.length)
    }
    return bytes
  }
}
