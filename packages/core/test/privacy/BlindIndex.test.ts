import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as fc from "fast-check"
import * as BlindIndex from "../../src/privacy/BlindIndex.ts"
import * as Crypto from "../../src/privacy/Crypto.ts"
import * as KeyRing from "../../src/privacy/KeyRing.ts"

const indexWith = (fill: number) =>
  Effect.gen(function* () {
    return BlindIndex.make(yield* Crypto.Crypto, yield* KeyRing.KeyRing)
  }).pipe(Effect.provide(Layer.fresh(Layer.merge(Crypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(fill))))))

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

describe("BlindIndex", () => {
  it.effect("is equal for equal text and differs for any other text, index or ring", () =>
    Effect.gen(function* () {
      const [index, again, other] = [yield* indexWith(1), yield* indexWith(1), yield* indexWith(2)]
      fc.assert(
        fc.property(fc.string(), fc.string(), (a, b) => {
          assert.strictEqual(hex(index.key("nik", a)), hex(again.key("nik", a)))
          assert.strictEqual(hex(index.key("nik", a)) === hex(index.key("nik", b)), a === b)
          assert.notStrictEqual(hex(index.key("nik", a)), hex(index.key("card", a)))
          assert.notStrictEqual(hex(index.key("nik", a)), hex(other.key("nik", a)))
        })
      )
    })
  )

  it.effect("is 16 bytes, and the rest of the MAC is not behind it", () =>
    Effect.gen(function* () {
      const key = (yield* indexWith(1)).key("nik", "9901")
      assert.strictEqual(key.length, BlindIndex.BLIND_KEY_LENGTH)
      assert.strictEqual(key.buffer.byteLength, BlindIndex.BLIND_KEY_LENGTH)
    })
  )

  it.effect("stays what it was: a stored key must be found by every later version", () =>
    Effect.gen(function* () {
      const index = yield* indexWith(1)
      assert.strictEqual(hex(index.key("participant.nik", "9901010101900001")), "3ca3c9e202cc4768cecd4cc253c864f1")
    })
  )
})
