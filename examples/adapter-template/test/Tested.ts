/**
 * The store on an empty folder, with its witness: what the laws ask.
 */
import type { StorageAdapter } from "@kis/core/storage"
import { StorageWitness } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as LevelStorage from "../src/LevelStorage.ts"
import * as Witness from "./Witness.ts"

export const folder = Effect.acquireRelease(
  Effect.sync(() => join(mkdtempSync(join(tmpdir(), "kis-level-")), "register")),
  (path) => Effect.sync(() => rmSync(join(path, ".."), { recursive: true }))
)

export const capabilities: StorageAdapter.Capabilities = LevelStorage.capabilities

export const layer: Layer.Layer<StorageAdapter.StorageAdapter | StorageWitness.StorageWitness> = Layer.unwrap(
  Effect.map(folder, (path) =>
    Layer.merge(LevelStorage.layer({ path }), Layer.succeed(StorageWitness.StorageWitness, Witness.ofFolder(path)))
  )
)
