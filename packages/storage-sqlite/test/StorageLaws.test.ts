import { StorageLaws, StorageWitness } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqliteStorage from "../src/SqliteStorage.ts"
import * as Place from "./Place.ts"
import * as Witness from "./Witness.ts"

const layer = Layer.unwrap(
  Effect.map(Place.file, (path) =>
    Layer.merge(SqliteStorage.layer({ path }), Layer.succeed(StorageWitness.StorageWitness, Witness.ofFile(path)))
  )
)

StorageLaws.suite("SQLite", SqliteStorage.capabilities, layer)
