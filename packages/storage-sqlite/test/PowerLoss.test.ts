/**
 * A cut of power, in short. `pnpm crash --only power` makes a thousand cuts.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Place from "./Place.ts"
import * as PowerLoss from "./PowerLoss.ts"

describe("a cut of power", () => {
  it.live("leaves what was acknowledged, and nothing else", () =>
    Effect.gen(function* () {
      const { findings, generations, ...counts } = yield* PowerLoss.simulate({
        folder: yield* Place.folder,
        cuts: 60,
        seed: 1
      })
      assert.deepStrictEqual(findings, [])
      assert.isAbove(generations, 2)
      for (const [damage, count] of Object.entries(counts)) assert.isAbove(count, 0, damage)
    })
  )

  it.live("that comes before the log is written is found: an early acknowledgement is one that is lost", () =>
    Effect.gen(function* () {
      const folder = yield* Place.folder
      const { findings } = yield* PowerLoss.simulate({ folder, cuts: 30, seed: 2, households: 30, early: true })
      assert.include(
        findings.map((_) => _._tag),
        "Lost"
      )
    })
  )
})
