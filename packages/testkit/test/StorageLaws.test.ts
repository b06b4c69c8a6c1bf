import { StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
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

StorageLaws.suite("memory", StorageMemory.capabilities, memory({}))
StorageLaws.suite("memory, with forced yields", StorageMemory.capabilities, memory({ yields: 3 }))
