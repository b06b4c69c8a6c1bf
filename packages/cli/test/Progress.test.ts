import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import * as Progress from "../src/Progress.ts"

const screen = (isTTY: boolean) => {
  const written: Array<string> = []
  return { written, isTTY, columns: 60, write: (text: string) => written.push(text) }
}

describe("Progress", () => {
  it.effect("writes a plain line for each tenth, and nothing that moves a cursor", () =>
    Effect.gen(function* () {
      const to = screen(false)
      const progress = yield* Progress.make({ total: 1000, unit: "rows", screen: to })
      for (let done = 0; done <= 1000; done += 25) {
        yield* progress.update(done, "0 rejected")
        yield* TestClock.adjust(25)
      }
      yield* progress.clear
      assert.strictEqual(to.written.length, 10)
      assert.strictEqual(to.written[4], "50% 500/1,000 rows, 1,000/s, 1 s left  0 rejected\n")
      assert.isFalse(to.written.join("").includes("\x1b"))
    })
  )

  it.effect("draws a bar at most ten times a second, always the last one, and takes it off", () =>
    Effect.gen(function* () {
      const to = screen(true)
      const progress = yield* Progress.make({ total: 100, unit: "rows", screen: to })
      for (let done = 1; done <= 100; done++) {
        yield* TestClock.adjust(10)
        yield* progress.update(done, "")
      }
      assert.isAtMost(to.written.length, 11)
      assert.include(to.written.at(-1)!, "[########################] 100% 100/100 rows")
      assert.isTrue(to.written.every((_) => _.startsWith("\r\x1b[2K") && _.length <= 5 + 59))
      yield* progress.clear
      assert.strictEqual(to.written.at(-1), "\r\x1b[2K")
    })
  )

  it("says how long it will take", () => {
    const text = (done: number, seconds: number) => Progress.text({ done, total: 100_000, unit: "rows", seconds })
    assert.strictEqual(text(0, 5), "0% 0/100,000 rows")
    assert.strictEqual(text(1000, 1), "1% 1,000/100,000 rows, 1,000/s, 2 min left")
    assert.strictEqual(text(10, 1), "0% 10/100,000 rows, 10/s, 2.8 h left")
    assert.strictEqual(Progress.text({ done: 0, total: 0, unit: "rows", seconds: 1 }), "100% 0/0 rows")
  })
})
