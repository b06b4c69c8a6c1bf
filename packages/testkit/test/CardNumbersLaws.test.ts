import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CardNumbersBroken from "../src/CardNumbersBroken.ts"
import * as CardNumbersLaws from "../src/CardNumbersLaws.ts"
import * as Law from "../src/Law.ts"

CardNumbersLaws.suite("simulator", CardNumbersLaws.layerSimulator)

describe("CardNumbers, broken on purpose", () => {
  for (const defect of CardNumbersBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(CardNumbersLaws.laws, CardNumbersBroken.layerBroken(defect))
        assert.include(caught, CardNumbersBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      CardNumbersLaws.laws.map((_) => _.name),
      [...new Set<string>(Object.values(CardNumbersBroken.caughtBy))]
    )
  })
})
