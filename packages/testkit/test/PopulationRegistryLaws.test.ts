import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Law from "../src/Law.ts"
import * as PopulationRegistryBroken from "../src/PopulationRegistryBroken.ts"
import * as PopulationRegistryLaws from "../src/PopulationRegistryLaws.ts"

PopulationRegistryLaws.suite("simulator", PopulationRegistryLaws.layerSimulator)

describe("PopulationRegistry, broken on purpose", () => {
  for (const defect of PopulationRegistryBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(PopulationRegistryLaws.laws, PopulationRegistryBroken.layerBroken(defect))
        assert.include(caught, PopulationRegistryBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      PopulationRegistryLaws.laws.map((_) => _.name),
      [...new Set<string>(Object.values(PopulationRegistryBroken.caughtBy))]
    )
  })
})
