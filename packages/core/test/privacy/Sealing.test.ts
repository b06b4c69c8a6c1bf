import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as Crypto from "../../src/privacy/Crypto.ts"
import * as KeyRing from "../../src/privacy/KeyRing.ts"
import * as Sealing from "../../src/privacy/Sealing.ts"

const root = new Uint8Array(32).fill(7)

const sealingWith = (keys: number, secret = root) =>
  Effect.gen(function* () {
    return Sealing.make(yield* Crypto.Crypto, yield* KeyRing.KeyRing)
  }).pipe(Effect.provide(Layer.fresh(Layer.merge(Crypto.layer, KeyRing.layerMemory(secret, { keys })))))

const sealing = sealingWith(1)

const place: Sealing.Place = { aggregate: "participant", id: "0199c5a2-7d1c-7aaa-8bbb-0123456789ab", version: 3 }
const body = new TextEncoder().encode('{"name":"Siti"}')

const reasonOf = (opened: Result.Result<Uint8Array, Crypto.Tampered>) =>
  Result.match(opened, { onFailure: (_) => _.reason, onSuccess: () => "opened" })

describe("Sealing", () => {
  it.effect("opens in its own place", () =>
    Effect.gen(function* () {
      const { openBody, sealBody } = yield* sealing
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 2_000 }), (body) => {
          assert.deepStrictEqual(Result.getOrThrow(openBody(place, sealBody(place, body))), body)
        })
      )
    })
  )

  it.effect("opens in no other place", () =>
    Effect.gen(function* () {
      const { openBody, sealBody } = yield* sealing
      const sealed = sealBody(place, body)
      const others: ReadonlyArray<Sealing.Place> = [
        { ...place, aggregate: "membership" },
        { ...place, id: "0199c5a2-7d1c-7aaa-8bbb-1123456789ab" },
        { ...place, id: "0199c5a2-7d1c-7aaa-8bbb-0123456789ac" },
        { ...place, version: 2 },
        { ...place, version: 4 }
      ]
      for (const other of others) assert.strictEqual(reasonOf(openBody(other, sealed)), "Forged")
    })
  )

  it.effect("opens under no other ring, and tells where", () =>
    Effect.gen(function* () {
      const sealed = (yield* sealing).sealBody(place, body)
      const opened = (yield* sealingWith(
        1,
        root.map((_) => _ + 1)
      )).openBody(place, sealed)
      assert.deepInclude(Result.getOrThrow(Result.flip(opened)), {
        reason: "Forged",
        aggregate: place.aggregate,
        id: place.id
      })
    })
  )

  it.effect("reads what an earlier key sealed, and names a key that is missing", () =>
    Effect.gen(function* () {
      const [before, after] = [yield* sealingWith(1), yield* sealingWith(2)]
      const [old, fresh] = [before.sealBody(place, body), after.sealBody(place, body)]
      assert.deepStrictEqual(Result.getOrThrow(after.openBody(place, old)), body)
      assert.deepStrictEqual([before.keyOf(old), after.keyOf(fresh)].map(Option.getOrThrow), [1, 2])
      const missing = Result.getOrThrow(Result.flip(before.openBody(place, fresh)))
      assert.deepInclude(missing, { reason: "UnknownKey", keyId: 2 })
    })
  )

  it.effect("does not take a body for one of another key of the ring", () =>
    Effect.gen(function* () {
      const { openBody, sealBody } = yield* sealingWith(2)
      const sealed = sealBody(place, body)
      sealed[2] = 1
      assert.strictEqual(reasonOf(openBody(place, sealed)), "Forged")
    })
  )

  it.effect("every changed bit and every cut is Tampered", () =>
    Effect.gen(function* () {
      const { openBody, sealBody } = yield* sealing
      const sealed = sealBody(place, body)
      for (let bit = 0; bit < sealed.length * 8; bit++) {
        const changed = sealed.slice()
        changed[bit >> 3]! ^= 1 << (bit & 7)
        assert.notStrictEqual(reasonOf(openBody(place, changed)), "opened", `bit ${bit}`)
      }
      for (let length = 0; length < sealed.length; length++) {
        assert.notStrictEqual(reasonOf(openBody(place, sealed.subarray(0, length))), "opened")
      }
      assert.strictEqual(reasonOf(openBody(place, Uint8Array.of(9, ...sealed.subarray(1)))), "UnknownFormat")
    })
  )

  it.effect("reads the format of the first version for ever", () =>
    Effect.gen(function* () {
      const written =
        "01000105050505050505050505050553e01d3151dcfd44879fe74e0b028eaba4b397622a41e70197c9a49b0dd57a0a30" +
        "cb32b784cee12d31fa3582b6e217207ece5975f1277e9a5bdd100b66db00fa645ee1afed2e85c1ed7d79c7e19483dd"
      const opened = (yield* sealing).openBody(place, new Uint8Array(Buffer.from(written, "hex")))
      assert.deepStrictEqual(Result.getOrThrow(opened), body)
    })
  )

  it.effect("the same body never looks the same", () =>
    Effect.gen(function* () {
      const { sealBody } = yield* sealing
      assert.notDeepEqual(sealBody(place, body), sealBody(place, body))
    })
  )

  it("pads to few lengths, and wastes at most a quarter beyond 64 bytes", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (length) => {
        const padded = Sealing.paddedLength(length)
        assert.isAtLeast(padded, length)
        assert.isAtMost(padded, Math.max(length + 4 + 64, (length + 4) * 1.25))
        assert.isAtMost(padded, Sealing.paddedLength(length + 1))
      })
    )
    const lengths = new Set(Array.from({ length: 4_096 }, (_, length) => Sealing.paddedLength(length)))
    assert.isAtMost(lengths.size, 24)
    assert.strictEqual(Sealing.paddedLength(160), 192)
  })
})
