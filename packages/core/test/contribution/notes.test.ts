import { assert, describe, it } from "@effect/vitest"
import { together } from "../../src/contribution/internal/notes.ts"
import type { Reason } from "../../src/policy/Reason.ts"

const stale = (parameter: string, date = "2026-02-28"): Reason => ({
  code: "NotVerifiedAfter",
  params: { rule: "PAY-1", parameter, date }
})

describe("notes of several answers", () => {
  it("are told once each, in the order in which they came", () => {
    const lists: ReadonlyArray<ReadonlyArray<Reason>> = [
      [stale("a"), { code: "NoLateFee" }],
      [stale("a"), stale("b")],
      [{ code: "NoLateFee" }, { code: "NothingOwed" }]
    ]
    assert.deepStrictEqual(together(lists), [stale("a"), { code: "NoLateFee" }, stale("b"), { code: "NothingOwed" }])
  })

  it("are the same only with the same code and the same parameters, all of them", () => {
    for (const that of [
      stale("b"),
      stale("a", "2026-01-31"),
      { ...stale("a"), code: "NotSure" } as const,
      { code: "NotVerifiedAfter", params: { rule: "PAY-1" } } as const,
      { code: "NotVerifiedAfter" } as const,
      { code: "NotVerifiedAfter", params: { ...stale("a").params, more: 1 } } as const
    ]) {
      assert.deepStrictEqual(together([[stale("a")], [that]]), [stale("a"), that])
      assert.deepStrictEqual(together([[that], [stale("a")]]), [that, stale("a")])
    }
  })

  it("are told once each where two lists hold the very same one", () => {
    const [shared, other] = [stale("a"), stale("b")]
    assert.deepStrictEqual(together([[shared], [other, shared]]), [shared, other])
  })

  it("are the very list where there is but one: nothing is copied", () => {
    const list = [stale("a")]
    assert.strictEqual(together([[], list, [], list]), list)
    assert.deepStrictEqual(together([]), [])
    assert.deepStrictEqual(together([[], []]), [])
  })
})
