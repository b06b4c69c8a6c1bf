import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import * as Crypto from "../../src/privacy/Crypto.ts"

describe("Crypto", () => {
  it("sameBytes is equality of bytes", () => {
    const data = fc.uint8Array({ maxLength: 3, max: 2 })
    fc.assert(
      fc.property(data, data, (a, b) => {
        assert.strictEqual(Crypto.sameBytes(a, b), a.join() === b.join())
      })
    )
  })

  it.effect("randomBelow stays below, reaches every number, and favours none", () =>
    Effect.gen(function* () {
      const crypto = yield* Crypto.Crypto
      const counts = Array.from({ length: 7 }, () => 0)
      for (let i = 0; i < 7_000; i++) counts[Crypto.randomBelow(crypto, 7)]!++
      // seeded: the same counts each run; chi-squared with 6 degrees, 99.9 % below 22.5
      const chi = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)
      assert.isBelow(chi, 22.5)
    }).pipe(Effect.provide(Crypto.layerSeeded("randomBelow")))
  )

  it("randomBelow draws again where the rest of 2^32 would favour small numbers", () => {
    const drawn = [Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 0, 9)]
    const randomBytes = () => drawn.shift()!
    assert.strictEqual(Crypto.randomBelow({ randomBytes }, 1_000_000), 9)
    assert.strictEqual(drawn.length, 0)
  })

  it("Tampered says where and what next", () => {
    const { message } = new Crypto.Tampered({ reason: "UnknownKey", aggregate: "participant", id: "0199", keyId: 4 })
    assert.strictEqual(
      message,
      "The stored participant 0199 was sealed under key 4, which the key ring lacks. Add that key to the key ring."
    )
  })
})
