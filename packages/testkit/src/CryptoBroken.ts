/**
 * Crypto layers that are broken on purpose, each in one way. They prove that the laws can fail.
 *
 * @since 0.1.0
 */
import { Crypto } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { createCipheriv } from "node:crypto"

type Service = Crypto.Crypto["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  ignoresAad: "another place is Tampered",
  acceptsTruncatedTag: "a text that lost or gained bytes is Tampered",
  skipsTheTag: "a flipped bit anywhere is Tampered",
  constantNonce: "no nonce is used twice",
  homemadeCipher: "opens the published AES-256-GCM vectors",
  homemadeSeal: "what it seals, another implementation opens",
  acceptsShortKeys: "a sealing key has 32 bytes, no other length is taken",
  throwsInsteadOfTampered: "another key is Tampered",
  ignoresOffset: "opens what it sealed, whatever the length and wherever in memory",
  hashInsteadOfMac: "mac is HMAC-SHA-256 as in RFC 4231",
  mixesKeyStates: "mac follows the bytes of the key, not the array that holds them",
  doubleHash: "hash is SHA-256 as in FIPS 180",
  ignoresSalt: "derive is HKDF-SHA-256 as in RFC 5869",
  ignoresPurpose: "a purpose in text is its UTF-8 bytes, and every purpose has a key of its own",
  randomInOneChunk: "random bytes are as many as asked for and never the same",
  reusesItsResult: "arguments stay as they were, and a result stays as it is"
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type Defect = keyof typeof caughtBy

/**
 * @category models
 * @since 0.1.0
 */
export const defects = Object.keys(caughtBy) as ReadonlyArray<Defect>

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layerBroken = (defect: Defect): Layer.Layer<Crypto.Crypto> =>
  Layer.effect(
    Crypto.Crypto,
    Effect.map(Crypto.Crypto, (whole) => Crypto.Crypto.of({ ...whole, ...breaks[defect](whole) }))
  ).pipe(Layer.provide(Crypto.layer))

// --- private ---

const NOTHING = new Uint8Array(0)

const breaks: Record<Defect, (whole: Service) => Partial<Service>> = {
  ignoresAad: (whole) => ({
    seal: (key, plain) => whole.seal(key, plain, NOTHING),
    open: (key, sealed) => whole.open(key, sealed, NOTHING)
  }),
  acceptsTruncatedTag: (whole) => ({
    open: (key, sealed, aad) => {
      const opened = whole.open(key, sealed, aad)
      const cut = Result.isFailure(opened) && sealed.length === 29
      return cut ? Result.succeed(openUnchecked(key, sealed)) : opened
    }
  }),
  skipsTheTag: (whole) => ({
    open: (key, sealed, aad) =>
      sealed.length < 28 ? whole.open(key, sealed, aad) : Result.succeed(openUnchecked(key, sealed))
  }),
  constantNonce: () => ({ seal: (key, plain, aad) => sealWith(new Uint8Array(12), key, plain, aad) }),
  homemadeCipher: (whole) => ({
    seal: (key, plain, aad) => whole.seal(invert(key), plain, aad),
    open: (key, sealed, aad) => whole.open(invert(key), sealed, aad)
  }),
  homemadeSeal: (whole) => ({ seal: (key, plain, aad) => whole.seal(invert(key), plain, aad) }),
  acceptsShortKeys: (whole) => ({
    seal: (key, plain, aad) => whole.seal(stretched(key), plain, aad),
    open: (key, sealed, aad) => whole.open(stretched(key), sealed, aad)
  }),
  throwsInsteadOfTampered: (whole) => ({
    open: (key, sealed, aad) => Result.succeed(Result.getOrThrow(whole.open(key, sealed, aad)))
  }),
  ignoresOffset: (whole) => ({
    seal: (key, plain, aad) => whole.seal(key, new Uint8Array(plain.buffer, 0, plain.length) as Uint8Array, aad)
  }),
  hashInsteadOfMac: (whole) => ({ mac: (key, data) => whole.hash(new Uint8Array([...key, ...data])) }),
  mixesKeyStates: (whole) => {
    const byFirstByte = new Map<number, Uint8Array>()
    return {
      mac: (key, data) => {
        const seen = byFirstByte.get(key[0] ?? 0) ?? key
        byFirstByte.set(key[0] ?? 0, seen)
        return whole.mac(seen, data)
      }
    }
  },
  doubleHash: (whole) => ({ hash: (data) => whole.hash(whole.hash(data)) }),
  ignoresSalt: (whole) => ({ derive: (key, info, length) => whole.derive(key, info, length) }),
  ignoresPurpose: (whole) => ({
    derive: (key, info, length, salt) => whole.derive(key, typeof info === "string" ? "" : info, length, salt)
  }),
  randomInOneChunk: (whole) => ({
    randomBytes: (length) => {
      const filled = new Uint8Array(length)
      filled.set(whole.randomBytes(Math.min(length, 65_536)))
      return filled
    }
  }),
  reusesItsResult: (whole) => {
    const shared = new Uint8Array(32)
    return {
      mac: (key, data) => {
        shared.set(whole.mac(key, data))
        return shared
      }
    }
  }
}

const invert = (key: Uint8Array): Uint8Array => key.map((_) => _ ^ 0xff)

const stretched = (key: Uint8Array): Uint8Array => {
  const full = new Uint8Array(32)
  full.set(key.subarray(0, 32))
  return full
}

const sealWith = (nonce: Uint8Array, key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array => {
  const cipher = createCipheriv("aes-256-gcm", key, nonce)
  cipher.setAAD(aad)
  return new Uint8Array([...nonce, ...cipher.update(plain), ...cipher.final(), ...cipher.getAuthTag()])
}

/** Counter mode is its own inverse: sealing the cipher text again gives the plain text. */
const openUnchecked = (key: Uint8Array, sealed: Uint8Array): Uint8Array => {
  const text = sealed.subarray(12, Math.max(12, sealed.length - 16))
  return sealWith(sealed.subarray(0, 12), key, text, NOTHING).slice(12, 12 + text.length)
}
