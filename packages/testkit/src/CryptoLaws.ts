/**
 * The laws of the Crypto port: published vectors, what must be refused, and what a layer must not
 * do with its arguments.
 *
 * @example
 * CryptoLaws.suite("noble", Crypto.layer)
 *
 * @since 0.1.0
 */
import { assert, describe, it } from "@effect/vitest"
import { Crypto } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as Vectors from "./internal/cryptoVectors.ts"
import * as Law from "./Law.ts"

type Service = Crypto.Crypto["Service"]

const law = (name: string, holds: (crypto: Service) => void | Promise<void>): Law.Law<Crypto.Crypto> =>
  Law.make(
    name,
    Effect.flatMap(Crypto.Crypto, (crypto) => Effect.promise(async () => holds(crypto)))
  )

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Law.Law<Crypto.Crypto>> = [
  law("opens the published AES-256-GCM vectors", (crypto) => {
    for (const vector of Vectors.gcm) {
      const sealed = hex(vector.nonce + vector.text + vector.tag)
      const opened = crypto.open(hex(vector.key), sealed, hex(vector.aad))
      assert.strictEqual(Result.isSuccess(opened) && toHex(opened.success), vector.plain, vector.source)
    }
  }),

  law("what it seals, another implementation opens", async (crypto) => {
    for (const length of [0, 1, 15, 16, 17, 300]) {
      const plain = bytes(length)
      const sealed = crypto.seal(KEY, plain, AAD)
      assert.strictEqual(sealed.length, Crypto.NONCE_LENGTH + length + Crypto.TAG_LENGTH)
      assert.strictEqual(toHex(await openWithPlatform(KEY, sealed, AAD)), toHex(plain))
    }
  }),

  law("opens what it sealed, whatever the length and wherever in memory", (crypto) => {
    const data = fc.uint8Array({ maxLength: 400 })
    fc.assert(
      fc.property(data, data, fc.nat(7), (plain, aad, offset) => {
        const opened = crypto.open(KEY, shifted(crypto.seal(KEY, shifted(plain, offset), shifted(aad, offset)), 3), aad)
        assert.isTrue(Result.isSuccess(opened))
        if (Result.isSuccess(opened)) assert.strictEqual(toHex(opened.success), toHex(plain))
      }),
      { numRuns: 50 }
    )
  }),

  law("a flipped bit anywhere is Tampered", (crypto) => {
    const sealed = crypto.seal(KEY, bytes(5), AAD)
    for (let bit = 0; bit < sealed.length * 8; bit++) demandForged(crypto.open(KEY, flipped(sealed, bit), AAD))
  }),

  law("another place is Tampered", (crypto) => {
    const sealed = crypto.seal(KEY, bytes(5), AAD)
    for (let bit = 0; bit < AAD.length * 8; bit++) demandForged(crypto.open(KEY, sealed, flipped(AAD, bit)))
    demandForged(crypto.open(KEY, sealed, new Uint8Array(0)))
    demandForged(crypto.open(KEY, sealed, AAD.subarray(1)))
  }),

  law("another key is Tampered", (crypto) => {
    const sealed = crypto.seal(KEY, bytes(5), AAD)
    for (const bit of [0, 100, 255]) demandForged(crypto.open(flipped(KEY, bit), sealed, AAD))
  }),

  law("a text that lost or gained bytes is Tampered", (crypto) => {
    const sealed = crypto.seal(KEY, bytes(5), AAD)
    for (let length = 0; length < sealed.length; length++) {
      demandTampered(crypto.open(KEY, sealed.subarray(0, length), AAD), length < 28 ? "Truncated" : "Forged")
    }
    demandForged(crypto.open(KEY, sealed.subarray(1), AAD))
    demandForged(crypto.open(KEY, new Uint8Array([...sealed, 0]), AAD))
  }),

  law("no nonce is used twice", (crypto) => {
    const rounds = 2_000
    const nonces = new Set<string>()
    for (let i = 0; i < rounds; i++) {
      nonces.add(toHex(crypto.seal(KEY, new Uint8Array(0), AAD).subarray(0, Crypto.NONCE_LENGTH)))
    }
    assert.strictEqual(nonces.size, rounds)
  }),

  law("a sealing key has 32 bytes, no other length is taken", (crypto) => {
    const sealed = crypto.seal(KEY, bytes(5), AAD)
    for (const length of [0, 16, 24, 31, 33, 64]) {
      assert.throws(() => crypto.seal(bytes(length), bytes(5), AAD))
      assert.throws(() => crypto.open(bytes(length), sealed, AAD))
    }
  }),

  law("mac is HMAC-SHA-256 as in RFC 4231", (crypto) => {
    for (const vector of Vectors.hmac) {
      const mac = crypto.mac(hex(vector.key), hex(vector.data))
      assert.strictEqual(mac.length, 32)
      assert.strictEqual(toHex(mac).slice(0, vector.mac.length), vector.mac, `case ${vector.case}`)
    }
  }),

  law("mac follows the bytes of the key, not the array that holds them", (crypto) => {
    const data = bytes(40)
    const first = toHex(crypto.mac(KEY, data))
    assert.strictEqual(toHex(crypto.mac(KEY.slice(), data)), first)
    assert.notStrictEqual(toHex(crypto.mac(flipped(KEY, 255), data)), first)
    assert.strictEqual(toHex(crypto.mac(KEY, data)), first)
    assert.notStrictEqual(toHex(crypto.mac(KEY, flipped(data, 0))), first)
  }),

  law("hash is SHA-256 as in FIPS 180", (crypto) => {
    for (const vector of Vectors.sha256) {
      assert.strictEqual(toHex(crypto.hash(new TextEncoder().encode(vector.text))), vector.hash)
    }
  }),

  law("derive is HKDF-SHA-256 as in RFC 5869", (crypto) => {
    for (const vector of Vectors.hkdf) {
      const derived = crypto.derive(hex(vector.key), hex(vector.info), vector.length, hex(vector.salt))
      assert.strictEqual(toHex(derived), vector.derived, vector.case)
    }
    assert.strictEqual(toHex(crypto.derive(hex("0b".repeat(22)), "", 42)), Vectors.hkdf[2].derived)
  }),

  law("a purpose in text is its UTF-8 bytes, and every purpose has a key of its own", (crypto) => {
    const purposes = ["", "a", "b", "index participant.nik", "indéx", "印"]
    const derived = purposes.map((_) => toHex(crypto.derive(KEY, _, 32)))
    assert.strictEqual(new Set(derived).size, purposes.length)
    assert.deepStrictEqual(
      purposes.map((_) => toHex(crypto.derive(KEY, new TextEncoder().encode(_), 32))),
      derived
    )
  }),

  law("random bytes are as many as asked for and never the same", (crypto) => {
    for (const length of [0, 1, 16, 65_536, 70_000]) assert.strictEqual(crypto.randomBytes(length).length, length)
    const drawn = Array.from({ length: 500 }, () => toHex(crypto.randomBytes(16)))
    assert.strictEqual(new Set(drawn).size, drawn.length)
    const long = toHex(crypto.randomBytes(70_000))
    assert.notStrictEqual(long.slice(0, 2_000), long.slice(-2_000))
    assert.notStrictEqual(long.slice(-2_000), "0".repeat(2_000))
  }),

  law("arguments stay as they were, and a result stays as it is", (crypto) => {
    const [key, plain, aad] = [KEY.slice(), bytes(50), AAD.slice()]
    const sealed = crypto.seal(key, plain, aad)
    const kept = toHex(sealed)
    const opened = crypto.open(key, sealed, aad)
    const mac = crypto.mac(key, plain)
    const hash = crypto.hash(plain)
    const before = [mac, hash].map(toHex)
    crypto.seal(key, bytes(60), aad)
    crypto.mac(key, bytes(60))
    crypto.hash(bytes(60))
    assert.deepStrictEqual([mac, hash].map(toHex), before)
    assert.deepStrictEqual([sealed, key, plain, aad].map(toHex), [kept, ...[KEY, bytes(50), AAD].map(toHex)])
    sealed.fill(0)
    assert.strictEqual(Result.isSuccess(opened) && toHex(opened.success), toHex(plain))
  })
]

// --- suites ---

/**
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(name: string, layer: Layer.Layer<Crypto.Crypto, E>): void =>
  Law.suite(`Crypto: ${name}`, laws, layer, undefined)

/**
 * Two layers give the same bytes, and each opens what the other sealed.
 *
 * @category suites
 * @since 0.1.0
 */
export const sameBytesSuite = <E, E2>(
  name: string,
  layer: Layer.Layer<Crypto.Crypto, E>,
  other: Layer.Layer<Crypto.Crypto, E2>
): void => {
  describe(`Crypto, same bytes: ${name}`, () => {
    it.effect("mac, hash, derive, and each opens the other's", () =>
      Effect.gen(function* () {
        const a = yield* Effect.provide(Crypto.Crypto, layer)
        const b = yield* Effect.provide(Crypto.Crypto, other)
        const key = fc.uint8Array({ minLength: Crypto.KEY_LENGTH, maxLength: Crypto.KEY_LENGTH })
        const data = fc.uint8Array({ maxLength: 300 })
        fc.assert(
          fc.property(
            key,
            data,
            data,
            fc.string(),
            fc.integer({ min: 1, max: 200 }),
            (key, data, aad, info, length) => {
              assert.deepStrictEqual(toHex(a.mac(key, data)), toHex(b.mac(key, data)))
              assert.deepStrictEqual(toHex(a.mac(data, aad)), toHex(b.mac(data, aad)))
              assert.deepStrictEqual(toHex(a.hash(data)), toHex(b.hash(data)))
              assert.deepStrictEqual(toHex(a.derive(key, info, length)), toHex(b.derive(key, info, length)))
              assert.deepStrictEqual(toHex(a.derive(key, aad, 32, data)), toHex(b.derive(key, aad, 32, data)))
              for (const [one, two] of [
                [a, b],
                [b, a]
              ] as const) {
                const opened = two.open(key, one.seal(key, data, aad), aad)
                assert.strictEqual(Result.isSuccess(opened) && toHex(opened.success), toHex(data))
              }
            }
          )
        )
      })
    )
  })
}

// --- private ---

const hex = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))

const toHex = (data: Uint8Array): string => Array.from(data, (_) => _.toString(16).padStart(2, "0")).join("")

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 0xff)

const KEY = bytes(Crypto.KEY_LENGTH)
const AAD = new TextEncoder().encode("participant\n01\n1")

const flipped = (data: Uint8Array, bit: number): Uint8Array => {
  const changed = data.slice()
  changed[bit >> 3]! ^= 1 << (bit & 7)
  return changed
}

/** The same bytes at an odd place of a larger buffer. */
const shifted = (data: Uint8Array, offset: number): Uint8Array => {
  const larger = new Uint8Array(data.length + offset + 5)
  larger.set(data, offset)
  return larger.subarray(offset, offset + data.length)
}

const demandTampered = (opened: Result.Result<Uint8Array, Crypto.Tampered>, reason: Crypto.Tampered["reason"]) => {
  assert.isTrue(Result.isFailure(opened), "was opened")
  if (Result.isFailure(opened)) {
    assert.instanceOf(opened.failure, Crypto.Tampered)
    assert.strictEqual(opened.failure.reason, reason)
  }
}

const demandForged = (opened: Result.Result<Uint8Array, Crypto.Tampered>) => demandTampered(opened, "Forged")

/** WebCrypto: too slow and too asynchronous for a layer, and independent of both of ours. */
const openWithPlatform = async (key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Promise<Uint8Array> => {
  const subtle = globalThis.crypto.subtle
  const imported = await subtle.importKey("raw", new Uint8Array(key), "AES-GCM", false, ["decrypt"])
  const parameters = {
    name: "AES-GCM",
    iv: new Uint8Array(sealed.subarray(0, Crypto.NONCE_LENGTH)),
    additionalData: new Uint8Array(aad)
  }
  return new Uint8Array(
    await subtle.decrypt(parameters, imported, new Uint8Array(sealed.subarray(Crypto.NONCE_LENGTH)))
  )
}
