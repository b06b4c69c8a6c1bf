/**
 * Several processes on one file, and a process that is killed.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Crash from "@kis/testkit/crash"
import * as OneCard from "@kis/testkit/one-card"
import * as Effect from "effect/Effect"
import * as Place from "./Place.ts"

const script = new URL("./children/register.ts", import.meta.url)

describe("several processes", () => {
  it.live("of 1,000 who register one NIK from four processes exactly one does", () =>
    Effect.gen(function* () {
      const place = yield* Place.file
      const answers = yield* Crash.race({ script, place, processes: 4, attempts: 250 })
      const count = (answer: string) => answers.filter((_) => _ === answer).length
      assert.deepStrictEqual([count("registered"), count("UniqueViolation")], [1, 999])
      assert.strictEqual(yield* Effect.provide(Crash.countPeople, Crash.layer(Place.ports(place))), 1)
    })
  )

  it.live(
    "a person whom 1,000 register from four processes has one card and one welcome, and only who may know is told",
    () =>
      Effect.gen(function* () {
        const place = yield* Place.file
        const script = new URL("./children/one-card.ts", import.meta.url)
        const answers = yield* OneCard.race({ script, place, processes: 4, contenders: 1_000 })
        const report = yield* Effect.provide(
          OneCard.verify(OneCard.contenders(1_000), answers),
          OneCard.layer(Place.ports(place))
        )
        assert.deepStrictEqual(report.findings, [])
        assert.isAbove(report.neutral, 300)
      })
  )
})

// `pnpm crash` does a hundred rounds
describe("kill -9", () => {
  it.live("loses nothing that was acknowledged, and leaves nothing half written or twice", () =>
    Effect.gen(function* () {
      const place = yield* Place.file
      const report = yield* Crash.killProcess({ script, place, ports: Place.ports(place), rounds: 6, seed: 1 })
      assert.deepStrictEqual(report.findings, [])
      assert.isAbove(report.acknowledged, 20)
    })
  )
})
