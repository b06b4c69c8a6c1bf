import { assert, describe, it } from "@effect/vitest"
import * as Simulator from "@kis/testkit/simulator"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as SqliteStorage from "../src/SqliteStorage.ts"

describe("Simulator on SQLite", () => {
  it("keeps every invariant, and does turn by turn what it does in memory", async () => {
    for (const seed of [1, 2, 3]) {
      const folder = mkdtempSync(join(tmpdir(), "kis-simulator-"))
      try {
        const store = SqliteStorage.layer({ path: join(folder, "register.db") })
        const outcome = await Simulator.run(seed, { commands: 100, store })
        assert.deepStrictEqual(outcome.violations, [])
        assert.deepStrictEqual(outcome, await Simulator.run(seed, { commands: 100 }))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
  }, 120_000)
})
