import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { waves } from "../../src/registration/internal/waves.ts"

const keys = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 3 }), { maxLength: 12 })

describe("waves", () => {
  it("does every command exactly once", () => {
    fc.assert(
      fc.property(keys, (of) => {
        assert.deepStrictEqual(
          waves(of)
            .flat()
            .sort((a, b) => a - b),
          of.map((_, i) => i)
        )
      })
    )
  })

  it("puts commands that share a key into different waves, the earlier first", () => {
    fc.assert(
      fc.property(keys, (of) => {
        const waveOf = new Map(waves(of).flatMap((wave, i) => wave.map((position) => [position, i] as const)))
        of.forEach((mine, later) =>
          of.slice(0, later).forEach((other, earlier) => {
            if (!mine.some((key) => other.includes(key))) return
            assert.isBelow(waveOf.get(earlier) ?? -1, waveOf.get(later) ?? -1)
          })
        )
      })
    )
  })

  it("leaves strangers side by side", () => {
    assert.deepStrictEqual(waves([["a"], ["b"], ["a", "b"], [], ["c"]]), [[0, 1, 3, 4], [2]])
  })
})
