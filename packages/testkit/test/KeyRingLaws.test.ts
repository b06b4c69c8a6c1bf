import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as KeyRingBroken from "../src/KeyRingBroken.ts"
import * as KeyRingLaws from "../src/KeyRingLaws.ts"
import * as Law from "../src/Law.ts"

KeyRingLaws.suite("memory", KeyRingLaws.layerMemory)

describe("KeyRing, broken on purpose", () => {
  for (const defect of KeyRingBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(KeyRingLaws.laws, KeyRingBroken.layerBroken(defect))
        assert.include(caught, KeyRingBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      KeyRingLaws.laws.map((_) => _.name),
      [...new Set<string>(Object.values(KeyRingBroken.caughtBy))]
    )
  })
})
