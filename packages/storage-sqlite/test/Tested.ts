/**
 * The store on an empty place, with its witness: what the laws ask.
 */
import type { StorageAdapter } from "@kis/core/storage"
import { StorageWitness } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqliteStorage from "../src/SqliteStorage.ts"
import * as Place from "./Place.ts"
import * as Witness from "./Witness.ts"

export const capabilities: StorageAdapter.Capabilities = SqliteStorage.capabilities

export const layer: Layer.Layer<StorageAdapter.StorageAdapter | StorageWitness.StorageWitness> = Layer.unwrap(
  Effect.map(Place.file, (path) =>
    Layer.merge(SqliteStorage.layer({ path }), Layer.succeed(StorageWitness.StorageWitness, Witness.ofFile(path)))
  )
)
