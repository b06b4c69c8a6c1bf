/**
 * Opens the database that it is given and prints the reason for which it could not, or "opened".
 */
import { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as SqliteStorage from "../../src/SqliteStorage.ts"

const declaration: StorageAdapter.Declaration = { name: "thing", unique: [], blind: [], columns: [], indexes: [] }

const result = await Effect.runPromise(
  Effect.flatMap(StorageAdapter.StorageAdapter, (adapter) => adapter.open([declaration])).pipe(
    Effect.as("opened"),
    Effect.catch((error) => Effect.succeed(error.reason._tag)),
    Effect.provide(SqliteStorage.layer({ path: process.argv[2]! })),
    Effect.scoped
  )
)
process.stdout.write(result)
