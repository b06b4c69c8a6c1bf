/**
 * The Crypto port of `@kis/core` on `node:crypto`: OpenSSL, several times faster than JavaScript.
 *
 * @since 0.1.0
 */
import { Crypto } from "@kis/core/privacy"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as NodeCryptoModule from "node:crypto"

// --- layers ---

/**
 * @example
 * Effect.map(Crypto.Crypto, (crypto) => crypto.randomBytes(32)).pipe(Effect.provide(NodeCrypto.layer))
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Crypto.Crypto> = Layer.sync(Crypto.Crypto, () => {
  // Handing OpenSSL raw key bytes costs five times what the MAC of a short text costs.
  const prepared = new WeakMap<Uint8Array, NodeCryptoModule.KeyObject>()

  const keyObject = (key: Uint8Array): NodeCryptoModule.KeyObject => {
    const known = prepared.get(key)
    if (known !== undefined) return known
    const fresh = NodeCryptoModule.createSecretKey(key)
    prepared.set(key, fresh)
    return fresh
  }

  const sealingKey = (key: Uint8Array) => {
    if (key.length !== Crypto.KEY_LENGTH) {
      throw new RangeError(`A sealing key has ${Crypto.KEY_LENGTH} bytes, this one ${key.length}`)
    }
    return keyObject(key)
  }

  const takeNonce = noncePool()

  return Crypto.Crypto.of({
    seal: (key, plain, aad) => {
      const nonce = takeNonce()
      const cipher = NodeCryptoModule.createCipheriv(CIPHER, sealingKey(key), nonce, TAG)
      cipher.setAAD(aad)
      const sealed = new Uint8Array(Crypto.NONCE_LENGTH + plain.length + Crypto.TAG_LENGTH)
      sealed.set(nonce)
      sealed.set(cipher.update(plain), Crypto.NONCE_LENGTH)
      cipher.final()
      sealed.set(cipher.getAuthTag(), Crypto.NONCE_LENGTH + plain.length)
      return sealed
    },
    open: (key, sealed, aad) => {
      const secret = sealingKey(key)
      if (sealed.length < Crypto.NONCE_LENGTH + Crypto.TAG_LENGTH) {
        return Result.fail(new Crypto.Tampered({ reason: "Truncated" }))
      }
      const end = sealed.length - Crypto.TAG_LENGTH
      const decipher = NodeCryptoModule.createDecipheriv(CIPHER, secret, sealed.subarray(0, Crypto.NONCE_LENGTH), TAG)
      decipher.setAAD(aad)
      decipher.setAuthTag(sealed.subarray(end))
      const plain = decipher.update(sealed.subarray(Crypto.NONCE_LENGTH, end))
      try {
        decipher.final()
      } catch {
        // final() fails for one cause: the tag does not fit
        return Result.fail(new Crypto.Tampered({ reason: "Forged" }))
      }
      return Result.succeed(asBytes(plain))
    },
    mac: (key, data) => asBytes(NodeCryptoModule.createHmac(HASH, keyObject(key)).update(data).digest()),
    hash: (data) => asBytes(NodeCryptoModule.hash(HASH, data, "buffer")),
    derive: (key, info, length, salt) =>
      new Uint8Array(NodeCryptoModule.hkdfSync(HASH, key, salt ?? new Uint8Array(0), info, length)),
    randomBytes: (length) => NodeCryptoModule.randomFillSync(new Uint8Array(length))
  })
})

// --- private ---

const CIPHER = "aes-256-gcm"
const HASH = "sha256"
const TAG = { authTagLength: Crypto.TAG_LENGTH }
const NONCES_AT_ONCE = 512

// A Buffer is a Uint8Array that encodes and compares otherwise than one: callers get the plain kind.
const asBytes = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)

// Asking the system for 12 bytes costs as much as asking for 6,144: nonces are drawn ahead, used once each.
const noncePool = () => {
  let pool = new Uint8Array(0)
  let at = 0
  return (): Uint8Array => {
    if (at === pool.length) {
      pool = NodeCryptoModule.randomFillSync(new Uint8Array(NONCES_AT_ONCE * Crypto.NONCE_LENGTH))
      at = 0
    }
    return pool.subarray(at, (at += Crypto.NONCE_LENGTH))
  }
}
