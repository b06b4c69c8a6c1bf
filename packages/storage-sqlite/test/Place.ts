/**
 * A folder of its own for each test, gone with its scope, and the store on a file in it.
 */
import { NodeCrypto } from "@kis/crypto-node"
import type * as Crash from "@kis/testkit/crash"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as SqliteStorage from "../src/SqliteStorage.ts"

export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-sqlite-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

export const file = Effect.map(folder, (path) => join(path, "register.db"))

/** What a register on a file stands on, but for its keys. */
export const ports = (path: string): Crash.Ports => Layer.merge(SqliteStorage.layer({ path }), NodeCrypto.layer)
