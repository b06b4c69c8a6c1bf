import { assert, describe, it } from "@effect/vitest"
import { ParticipantNumber } from "@kis/core/identity"
import { CareStatus } from "@kis/core/registry"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const card = (n: number) => ParticipantNumber.ParticipantNumber.make(`0${String(n).padStart(12, "0")}`)

describe("CareStatus", () => {
  it.effect("knows who was admitted and who went home, and nothing of others", () =>
    Effect.gen(function* () {
      const care = yield* CareStatus.CareStatus
      const wards = yield* CareStatus.MemoryWards
      yield* wards.admit(card(1))
      yield* wards.admit(card(2))
      yield* wards.discharge(card(2))
      assert.deepStrictEqual(yield* care.ask([card(3), card(2), card(1)]), [
        "unknown",
        "not-in-treatment",
        "in-treatment"
      ])
    }).pipe(Effect.provide(Layer.fresh(CareStatus.layerMemory)))
  )

  it.effect("takes an outage for not knowing, of everybody", () =>
    Effect.gen(function* () {
      const wards = yield* CareStatus.MemoryWards
      yield* wards.discharge(card(1))
      assert.deepStrictEqual(yield* CareStatus.orUnknown([card(1)]), ["not-in-treatment"])
      yield* wards.breakDown
      assert.deepStrictEqual(yield* CareStatus.orUnknown([card(1), card(1)]), ["unknown", "unknown"])
    }).pipe(Effect.provide(Layer.fresh(CareStatus.layerMemory)))
  )

  it.effect("says that it is not connected", () =>
    Effect.gen(function* () {
      const care = yield* CareStatus.CareStatus
      const error = yield* Effect.flip(care.ask([card(1)]))
      assert.deepStrictEqual([error.registry, error.reason, error.isRetryable], ["care-status", "NotConnected", false])
    }).pipe(Effect.provide(CareStatus.layerNotConnected))
  )

  it("lets cover end only when somebody said that there is no treatment", () => {
    assert.deepStrictEqual(
      (["in-treatment", "not-in-treatment", "unknown", undefined] as const).map(CareStatus.mayEndCover),
      [false, true, false, false]
    )
  })
})
