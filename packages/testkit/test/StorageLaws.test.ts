import { assert, describe, it } from "@effect/vitest"
import { StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Law from "../src/Law.ts"
import * as StorageBroken from "../src/StorageBroken.ts"
import * as StorageLaws from "../src/StorageLaws.ts"
import * as StorageWitness from "../src/StorageWitness.ts"

const memory = (options: StorageMemory.Options) =>
  Layer.unwrap(
    Effect.sync(() => {
      const memory = StorageMemory.make()
      return Layer.merge(
        StorageMemory.layerOf(memory, options),
        Layer.succeed(StorageWitness.StorageWitness, StorageWitness.ofMemory(memory))
      )
    })
  )

StorageLaws.suite("memory", memory({}), StorageMemory.capabilities)
StorageLaws.suite("memory, with forced yields", memory({ yields: 3 }), StorageMemory.capabilities)

describe("Storage, broken on purpose", () => {
  for (const defect of StorageBroken.defects) {
    const law = StorageLaws.laws.filter((_) => _.name === StorageBroken.caughtBy[defect])
    it.effect(`${defect} is caught: ${StorageBroken.caughtBy[defect]}`, () =>
      Effect.gen(function* () {
        assert.lengthOf(law, 1)
        assert.lengthOf(yield* Law.broken(law, StorageBroken.layerBroken(defect)), 1)
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      StorageLaws.laws.map((_) => _.name),
      [...new Set(Object.values(StorageBroken.caughtBy))]
    )
  })

  it.effect("a store that promises other things than it is tested for is caught", () =>
    Effect.gen(function* () {
      const said = StorageLaws.lawsFor({ ...StorageMemory.capabilities, durability: "power" })
      assert.deepStrictEqual(yield* Law.broken(said.slice(0, 1), memory({})), [said[0]!.name])
    })
  )

  it.effect("the store that they are made of breaks none", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* Law.broken(StorageLaws.laws, memory({})), [])
    })
  )
})
