import { assert, describe, it } from "@effect/vitest"
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { RegisterDump } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Database from "../src/Database.ts"
import * as households from "./households.ts"
import { kis, type Options } from "./process.ts"

const count = 200
const rows = count * 3
const everybody = { read: rows, registered: rows - count / 10, already: 0, review: 0, rejected: count / 10 }

const folder = () => {
  const cwd = mkdtempSync(join(tmpdir(), "kis-stop-"))
  writeFileSync(join(cwd, "a.csv"), households.file(count))
  writeFileSync(join(cwd, "residents.csv"), households.residents(count))
  return cwd
}

// A commit for every household, so that there is always a next one to be stopped before.
const run = (cwd: string, options: Options = {}) =>
  kis(
    [
      ["register", "a.csv", "--db", "sqlite:r.db", "--population", "residents.csv"],
      ["--today", "2026-07-01", "--batch", "1", "--json"]
    ].flat(),
    { cwd, ...options }
  )

const tallyOf = (stdout: string) => {
  const { already, read, registered, rejected, review } = JSON.parse(stdout)
  return { read, registered, already, review, rejected }
}

const dump = (cwd: string) =>
  Effect.runPromise(
    RegisterDump.lines.pipe(
      Effect.provide(
        Layer.fresh(
          Storage.layer(Register.aggregates).pipe(Layer.provide(Database.layerExisting({ path: join(cwd, "r.db") })))
        )
      )
    )
  )

/** Sends a signal when progress has reached a tenth. */
const at = (tenth: number, signal: NodeJS.Signals): Options => {
  let sent = false
  return {
    onStderr: (text, kill) => {
      if (sent || !text.includes(`${tenth}0% `)) return
      sent = true
      kill(signal)
    }
  }
}

describe("kis register that is stopped", () => {
  it("by Ctrl-C: ends after the batch in hand, says how to go on, and goes on", async () => {
    const undisturbed = folder()
    assert.deepStrictEqual(tallyOf((await run(undisturbed)).stdout), everybody)

    const cwd = folder()
    const stopped = await run(cwd, at(2, "SIGINT"))
    assert.strictEqual(stopped.code, 130, stopped.stderr)
    assert.strictEqual(stopped.stdout, "")
    const [, done] = /^Stopped after (\d+) of 600 rows; .*Run the same command again to go on\.$/m.exec(stopped.stderr)!
    assert.isTrue(Number(done) >= rows / 5 && Number(done) < rows && Number(done) % 3 === 0, done)
    assert.deepStrictEqual(
      readdirSync(cwd).filter((_) => _.includes("rejects")),
      []
    )

    const again = await run(cwd)
    assert.strictEqual(again.code, 0, again.stderr)
    assert.deepStrictEqual(tallyOf(again.stdout), everybody)
    assert.strictEqual(rejects(cwd), rejects(undisturbed))
    assert.deepStrictEqual(await dump(cwd), await dump(undisturbed))
  })

  it("by SIGKILL, twice: goes on where it was, and the register is as if nothing had happened", async () => {
    const undisturbed = folder()
    await run(undisturbed)

    const cwd = folder()
    for (const tenth of [1, 6]) {
      const killed = await run(cwd, at(tenth, "SIGKILL"))
      assert.strictEqual(killed.signal, "SIGKILL", killed.stderr)
    }
    const finished = await run(cwd)
    assert.strictEqual(finished.code, 0, finished.stderr)
    assert.deepStrictEqual(tallyOf(finished.stdout), everybody)
    assert.strictEqual(rejects(cwd), rejects(undisturbed))
    assert.isFalse(readdirSync(cwd).some((_) => _.endsWith(".part")))
    const lines = await dump(cwd)
    assert.isAbove(lines.length, rows)
    assert.deepStrictEqual(lines, await dump(undisturbed))

    const onceMore = await run(cwd)
    assert.deepStrictEqual(tallyOf(onceMore.stdout), { ...everybody, registered: 0, already: everybody.registered })
  })
})

const rejects = (cwd: string) => readFileSync(join(cwd, "a.csv.rejects.csv"), "utf8")
