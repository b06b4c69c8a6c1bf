import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CareStatusBroken from "../src/CareStatusBroken.ts"
import * as CareStatusLaws from "../src/CareStatusLaws.ts"
import * as Law from "../src/Law.ts"

CareStatusLaws.suite("memory", CareStatusLaws.layerMemory)

describe("CareStatus, broken on purpose", () => {
  for (const defect of CareStatusBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(CareStatusLaws.laws, CareStatusBroken.layerBroken(defect))
        assert.include(caught, CareStatusBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      CareStatusLaws.laws.map((_) => _.name),
      [...new Set<string>(Object.values(CareStatusBroken.caughtBy))]
    )
  })
})
