import { assert, describe, it } from "@effect/vitest"
import { Crypto } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import * as CryptoBroken from "../src/CryptoBroken.ts"
import * as CryptoLaws from "../src/CryptoLaws.ts"
import * as Law from "../src/Law.ts"

CryptoLaws.suite("noble", Crypto.layer)
CryptoLaws.suite("seeded", Crypto.layerSeeded("laws"))

describe("Crypto, broken on purpose", () => {
  for (const defect of CryptoBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(CryptoLaws.laws, CryptoBroken.layerBroken(defect))
        assert.include(caught, CryptoBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      CryptoLaws.laws.map((_) => _.name),
      Object.values(CryptoBroken.caughtBy)
    )
  })
})

describe("Crypto.layerSeeded", () => {
  const draw = (seed: string) =>
    Effect.provide(
      Effect.map(Crypto.Crypto, (crypto) => [crypto.randomBytes(5), crypto.randomBytes(100)]),
      Crypto.layerSeeded(seed)
    )

  it.effect("gives the same bytes for the same seed and others for another", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* draw("a"), yield* draw("a"))
      assert.notDeepEqual(yield* draw("a"), yield* draw("b"))
    })
  )
})
