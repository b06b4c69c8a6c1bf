import { assert, describe, it } from "@effect/vitest"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { type Outcome, Register } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { IntakeFile } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { figures, scoreOf, share } from "./scoring.ts"

const today = PlainDate.make("2026-11-24")

const register = Layer.fresh(
  Register.layer().pipe(
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provideMerge(
      Layer.mergeAll(
        StorageMemory.layer,
        PopulationRegistry.layerNotConnected,
        CardNumbers.layerSimulator("truth"),
        KeyRing.layerMemory(new Uint8Array(32).fill(9)),
        Region.layer
      )
    ),
    Layer.provideMerge(Crypto.layer)
  )
)

const imported = (file: IntakeFile.IntakeFile, seed: number) =>
  Effect.gen(function* () {
    const outcomes: Array<Outcome.Told> = []
    yield* Bulk.importRows(Stream.fromIterable(file.rows), {
      digest: String(seed),
      actor: { kind: "system", id: "truth" },
      office: "3671",
      on: today,
      onBatch: ({ lines }) => Effect.sync(() => void outcomes.push(...lines.map((line) => line.outcome)))
    })
    return outcomes
  }).pipe(Effect.provide(register), Effect.runPromise)

describe("a register, against the truth of five other files", () => {
  for (const seed of [101, 202, 303, 404, 505]) {
    it(`seed ${seed}: finds what was planted, and holds hardly anybody else`, async () => {
      const file = IntakeFile.generate({ seed, households: 400, today, regionMix: "tangerang" })
      const score = scoreOf(file.truth, await imported(file, seed))
      console.log(`seed ${seed}: ${figures(score)}`)
      const told = score.misses.join("\n")
      assert.strictEqual(share(score, "broken-number"), 1, told)
      assert.strictEqual(share(score, "two-persons"), 1, told)
      assert.strictEqual(share(score, "repeat"), 1, told)
      assert.isAtLeast(share(score, "near-match"), 0.95, told)
      assert.isAtMost(score.heldWrongly / score.wellMeant, 0.005, told)
    })
  }
})
