/**
 * Registers exported and imported as processes of their own: to and fro between SQLite and PostgreSQL, after a
 * kill, from databases that earlier versions made; and what stands in the way.
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { RegisterDump } from "@kis/testkit"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gunzipSync } from "node:zlib"
import * as Database from "../src/Database.ts"
import * as households from "./households.ts"
import { kis, type Run } from "./process.ts"

const fixtures = fileURLToPath(new URL("fixtures/registers/", import.meta.url))
const missing = PostgresServer.missing()
const people = 40

const folder = () => mkdtempSync(join(tmpdir(), "kis-backup-"))

/** A register, a checkpoint of it, and an export from after the checkpoint. */
const made = folder()
const files = ["a.csv", "r.db", "r.keys", "r.checkpoint", "r.export"]

const copy = (): string => {
  const cwd = folder()
  for (const file of files) copyFileSync(join(made, file), join(cwd, file))
  return cwd
}

const keys = ["--keys", "r.keys"] as const

const succeed = (run: Run): Run => {
  assert.strictEqual(run.code, 0, run.stderr + run.stdout)
  return run
}

const demand = ({ code, stderr }: Run, exit: number, words: string) => {
  assert.strictEqual(code, exit, stderr)
  assert.include(stderr, words)
}

/** All that a register holds, by ids and times too: nothing may differ in a copy. */
const dump = (place: Database.Place) =>
  Effect.runPromise(
    RegisterDump.lines.pipe(
      Effect.provide(Layer.fresh(Storage.layer(Register.aggregates).pipe(Layer.provide(Database.layerExisting(place)))))
    )
  )

const register = (db: string) => ["register", "a.csv", "--db", db, ...keys, "--today", "2026-07-01", "--json"]

beforeAll(async () => {
  writeFileSync(join(made, "a.csv"), households.file(people))
  succeed(await kis(register("sqlite:r.db"), { cwd: made }))
  succeed(await kis(["db", "checkpoint", "r.checkpoint", "--db", "sqlite:r.db", ...keys], { cwd: made }))
  const { stdout } = succeed(
    await kis(["db", "export", "r.export", "--db", "sqlite:r.db", ...keys, "--json"], { cwd: made })
  )
  assert.deepInclude(JSON.parse(stdout).rows, { aggregate: "participant", count: 116 })
}, 120_000)

describe("kis db export and import", () => {
  it("give the same register again, against the checkpoint of the original", async () => {
    const cwd = copy()
    const done = succeed(await kis(["db", "import", "r.export", "--db", "sqlite:c.db", ...keys, "--json"], { cwd }))
    assert.deepInclude(JSON.parse(done.stdout), { whole: true, refused: 0 })
    assert.include(done.stderr, "100% ")
    const whole = await kis(["db", "verify", "--db", "sqlite:c.db", ...keys, "--checkpoint", "r.checkpoint"], { cwd })
    assert.strictEqual(whole.code, 0, whole.stdout)
    const both = [{ path: join(cwd, "r.db") }, { path: join(cwd, "c.db") }] as const
    const [original, other] = await Promise.all(both.map((place) => dump({ ...place, keys: join(cwd, "r.keys") })))
    assert.isAbove(original!.length, 200)
    assert.deepStrictEqual(other, original)
    const again = succeed(await kis(register("sqlite:c.db"), { cwd }))
    assert.deepInclude(JSON.parse(again.stdout), { registered: 0, already: 116 })
  }, 60_000)

  it("show nobody: no name and no number is in the file", () => {
    const text = readFileSync(join(made, "r.export"), "utf8")
    const [, ...rows] = households.file(people).trimEnd().split("\n")
    for (const row of rows) {
      const [, , , name, nik] = row.split(",")
      assert.notInclude(text, nik!)
      assert.notInclude(text, name!)
      assert.notInclude(text, Buffer.from(nik!).toString("base64").slice(0, 16))
    }
  })

  it("go on after a kill", async () => {
    const cwd = copy()
    const args = ["db", "import", "r.export", "--db", "sqlite:c.db", ...keys, "--json"]
    const killed = await kis(args, {
      cwd,
      onStderr: (text, kill) => (text.includes("rows") ? kill("SIGKILL") : undefined)
    })
    assert.strictEqual(killed.signal, "SIGKILL")
    const { already, refused, restored } = JSON.parse(succeed(await kis(args, { cwd })).stdout)
    assert.isAbove(already, 4)
    assert.isAbove(restored, 0)
    assert.strictEqual(refused, 0)
    const whole = await kis(["db", "verify", "--db", "sqlite:c.db", ...keys, "--checkpoint", "r.checkpoint"], { cwd })
    assert.strictEqual(whole.code, 0, whole.stdout)
  }, 60_000)

  it("say what stands in the way, and write nothing then", async () => {
    const cwd = copy()
    const into = (db: string, file = "r.export", ring = "r.keys") =>
      kis(["db", "import", file, "--db", `sqlite:${db}`, "--keys", ring], { cwd })
    const text = readFileSync(join(cwd, "r.export"), "utf8")
    writeFileSync(join(cwd, "cut.export"), text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1))
    demand(await into("1.db", "cut.export"), 3, "last line is missing")
    writeFileSync(join(cwd, "short.export"), text.replace(/\["row","participant".*\n/, ""))
    demand(await into("2.db", "short.export"), 3, "was changed")
    demand(await into("3.db", "a.csv"), 3, "not an export")
    demand(await into("4.db", "none.export"), 3, "none.export")
    demand(await into("5.db", "r.export", "none.keys"), 5, "none.keys")
    assert.isFalse(existsSync(join(cwd, "none.keys")))
    succeed(await kis(["register", "a.csv", "--db", "sqlite:o.db", "--today", "2026-07-01"], { cwd }))
    demand(await into("6.db", "r.export", "o.db.keys"), 3, "of another register")
    // a register that went on, and one of other people
    writeFileSync(join(cwd, "a.csv"), households.file(people + 2))
    succeed(await kis(register("sqlite:r.db"), { cwd }))
    const before = await dump({ path: join(cwd, "r.db"), keys: join(cwd, "r.keys") })
    demand(await into("r.db"), 4, "not so in the export")
    assert.deepStrictEqual(await dump({ path: join(cwd, "r.db"), keys: join(cwd, "r.keys") }), before)
    demand(await kis(["db", "export", "r.export", "--db", "sqlite:r.db", ...keys], { cwd }), 6, "never written over")
    demand(await kis(["db", "export", "n.export", "--db", "sqlite:no.db", ...keys], { cwd }), 4, "no such file")
    assert.isFalse(existsSync(join(cwd, "n.export")))
  }, 120_000)

  it.skipIf(missing !== undefined)(
    `go from SQLite to PostgreSQL and back${missing === undefined ? "" : `, skipped: ${missing}`}`,
    async () => {
      const { drop, url } = await PostgresServer.makeDatabase()
      try {
        const cwd = copy()
        const there = ["--db", url, ...keys]
        succeed(await kis(["db", "import", "r.export", ...there], { cwd }))
        const whole = await kis(["db", "verify", ...there, "--checkpoint", "r.checkpoint"], { cwd })
        assert.strictEqual(whole.code, 0, whole.stdout)
        assert.deepStrictEqual(
          await dump({ url: Redacted.make(url), keys: join(cwd, "r.keys") }),
          await dump({ path: join(cwd, "r.db"), keys: join(cwd, "r.keys") })
        )
        succeed(await kis(["db", "export", "back.export", ...there], { cwd }))
        const lines = (file: string) => readFileSync(join(cwd, file), "utf8").trimEnd().split("\n").slice(1).sort()
        const isPlan = (line: string) => line.includes("key-plan") || line.includes('"end"')
        // sealed anew are only the rows that each store has for itself
        assert.deepStrictEqual(
          lines("back.export").filter((_) => !isPlan(_)),
          lines("r.export").filter((_) => !isPlan(_))
        )
        succeed(await kis(["db", "import", "back.export", "--db", "sqlite:c.db", ...keys], { cwd }))
        const back = await kis(["db", "verify", "--db", "sqlite:c.db", ...keys, "--checkpoint", "r.checkpoint"], {
          cwd
        })
        assert.strictEqual(back.code, 0, back.stdout)
      } finally {
        await drop()
      }
    },
    120_000
  )
})

describe("a copy of the file", () => {
  it("taken with its log after a kill opens, is whole, and goes on", async () => {
    const cwd = folder()
    writeFileSync(join(cwd, "a.csv"), households.file(300))
    const args = [...register("sqlite:r.db"), "--batch", "10"]
    const killed = await kis(args, {
      cwd,
      onStderr: (text, kill) => (text.includes("20%") ? kill("SIGKILL") : undefined)
    })
    assert.strictEqual(killed.signal, "SIGKILL")
    copyFileSync(join(cwd, "r.db"), join(cwd, "c.db"))
    copyFileSync(join(cwd, "r.db-wal"), join(cwd, "c.db-wal"))
    const whole = await kis(["db", "verify", "--db", "sqlite:c.db", ...keys], { cwd })
    assert.strictEqual(whole.code, 0, whole.stdout)
    const { already, read, registered } = JSON.parse(
      succeed(await kis([...register("sqlite:c.db"), "--batch", "10"], { cwd })).stdout
    )
    assert.deepStrictEqual([read, registered + already], [900, 870])
  }, 60_000)
})

describe("registers of earlier versions", () => {
  const names = readdirSync(fixtures).flatMap((file) => (file.endsWith(".db.gz") ? [file.replace(".db.gz", "")] : []))

  it("are there", () => assert.isAtLeast(names.length, 3))

  for (const name of names) {
    const unpacked = () => {
      const cwd = folder()
      writeFileSync(join(cwd, "old.db"), gunzipSync(readFileSync(join(fixtures, `${name}.db.gz`))))
      // a checkout gives others the right to read
      writeFileSync(join(cwd, "r.keys"), readFileSync(join(fixtures, `${name}.keys`)), { mode: 0o600 })
      writeFileSync(join(cwd, "a.csv"), households.file(8))
      return cwd
    }

    const demandWhole = async (cwd: string, db: string) => {
      const whole = await kis(["db", "verify", "--db", db, ...keys], { cwd })
      assert.strictEqual(whole.code, 0, whole.stdout)
      // everybody is found by today's keys, and nobody gets a second card
      const again = succeed(await kis(register(db), { cwd }))
      assert.deepInclude(JSON.parse(again.stdout), { read: 24, registered: 0, already: 24, review: 0, rejected: 0 })
    }

    it(`${name}: exported and imported, is a register of today`, async () => {
      const cwd = unpacked()
      succeed(await kis(["db", "export", "old.export", "--db", "sqlite:old.db", ...keys], { cwd }))
      succeed(await kis(["db", "import", "old.export", "--db", "sqlite:new.db", ...keys], { cwd }))
      await demandWhole(cwd, "sqlite:new.db")
    }, 60_000)

    it(`${name}: migrated in place, or told how to be`, async () => {
      const cwd = unpacked()
      const check = () => kis(["db", "migrate", "--check", "--db", "sqlite:old.db", ...keys, "--json"], { cwd })
      const needed = await check()
      assert.strictEqual(needed.code, 7)
      assert.include(JSON.parse(needed.stdout).missing, "draft")
      const migrated = await kis(["db", "migrate", "--db", "sqlite:old.db", ...keys, "--json"], { cwd })
      if (name === "1-registration") {
        demand(migrated, 4, "Run kis db export, then kis db import")
        assert.deepStrictEqual(JSON.parse((await check()).stdout), JSON.parse(needed.stdout))
        return
      }
      assert.deepStrictEqual(JSON.parse(succeed(migrated).stdout).made, JSON.parse(needed.stdout).missing)
      succeed(await check())
      await demandWhole(cwd, "sqlite:old.db")
    }, 60_000)
  }
})
