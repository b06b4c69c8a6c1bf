import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { defects } from "./defects.ts"
import { type LawName, type Life, laws } from "./laws.ts"
import { lives } from "./lives.ts"

describe("a planted defect", () => {
  for (const law of Object.keys(defects) as Array<LawName>) {
    const planted: Readonly<Record<string, Life>> = defects[law]
    for (const [name, life] of Object.entries(planted)) {
      it(`breaks ${law} in a life that ${name}`, () => {
        // A defect may break several laws: the one that it is planted for must see it by itself.
        const details = fc.check(lives(life, undefined, [law]), { numRuns: 300, seed: 5, endOnFailure: true })
        assert.isTrue(details.failed)
        assert.include(String(details.errorInstance), `${law}: `)
      }, 60_000)
    }
  }

  it("has a planted defect for every law", () => {
    assert.deepStrictEqual(Object.keys(defects).toSorted(), Object.keys(laws).toSorted())
  })
})
