import { assert, describe, it } from "@effect/vitest"
import { DecreeRun } from "@kis/core/membership"

describe("DecreeRun", () => {
  it("adds every count to its own", () => {
    const names = Object.keys(DecreeRun.none) as ReadonlyArray<keyof DecreeRun.Counts>
    const of = (first: number, step: number) =>
      Object.fromEntries(names.map((name, i) => [name, first + step * i])) as unknown as DecreeRun.Counts
    assert.deepStrictEqual(DecreeRun.add(of(1, 1), of(10, 10)), of(11, 11))
    assert.deepStrictEqual(DecreeRun.add(DecreeRun.none, of(1, 1)), of(1, 1))
  })
})
