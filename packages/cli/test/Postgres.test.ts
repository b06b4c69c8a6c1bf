/**
 * The commands on a database of a real PostgreSQL server: the same answers as on a file, an import that was
 * killed goes on, and no password is ever shown.
 */
import { assert, describe, it } from "@effect/vitest"
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { RegisterDump } from "@kis/testkit"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Database from "../src/Database.ts"
import * as households from "./households.ts"
import { kis, type Run } from "./process.ts"

const missing = PostgresServer.missing()

interface There {
  readonly cwd: string
  /** With its password. */
  readonly url: string
  readonly password: string
  readonly run: (...args: ReadonlyArray<string>) => Promise<Run>
}

const withDatabase = async (act: (there: There) => Promise<void>) => {
  const { drop, url } = await PostgresServer.makeDatabase()
  const cwd = mkdtempSync(join(tmpdir(), "kis-pg-"))
  const { password } = new URL(url)
  const run = async (...args: ReadonlyArray<string>) => {
    const done = await kis([...args, "--db", url, "--keys", "r.keys"], { cwd })
    assert.notInclude(done.stdout + done.stderr, password)
    return done
  }
  try {
    await act({ cwd, url, password, run })
  } finally {
    await drop()
  }
}

const register = ["register", "a.csv", "--today", "2026-07-01", "--json"] as const

/** Everything that a register holds, without what differs between any two. */
const dump = (place: Database.Place) =>
  Effect.runPromise(
    RegisterDump.lines.pipe(
      Effect.provide(Layer.fresh(Storage.layer(Register.aggregates).pipe(Layer.provide(Database.layerExisting(place)))))
    )
  )

describe.skipIf(missing !== undefined)(missing === undefined ? "PostgreSQL" : `PostgreSQL, skipped: ${missing}`, () => {
  it(
    "registers a file by URL, as onto SQLite, and takes care of it",
    () =>
      withDatabase(async ({ cwd, run, url }) => {
        writeFileSync(join(cwd, "a.csv"), households.file(20))
        const there = await run(...register)
        assert.strictEqual(there.code, 0, there.stderr)
        const rejects = readFileSync(join(cwd, "a.csv.rejects.csv"), "utf8")
        const onFile = await kis([...register, "--db", "sqlite:r.db"], { cwd })
        assert.deepStrictEqual(JSON.parse(there.stdout), JSON.parse(onFile.stdout))
        assert.strictEqual(rejects, readFileSync(join(cwd, "a.csv.rejects.csv"), "utf8"))
        const held = await dump({ url: Redacted.make(url), keys: join(cwd, "r.keys") })
        assert.isAbove(held.length, 100)
        assert.deepStrictEqual(held, await dump({ path: join(cwd, "r.db") }))

        const status = JSON.parse((await run("db", "status", "--json")).stdout)
        assert.deepInclude(status.rows, { aggregate: "participant", count: 58 })
        assert.match(status.path, /^PostgreSQL 127\.0\.0\.1:\d+\/test_/)
        assert.isAbove(status.bytes, 100_000)
        assert.strictEqual((await run("db", "checkpoint", "1.checkpoint")).code, 0)
        const verified = await run("db", "verify", "--checkpoint", "1.checkpoint")
        assert.strictEqual(verified.code, 0, verified.stdout)
        assert.match((await run("sla", "due", "--until", "2030-01-01")).stdout, /\n\d+ clocks due by/)
      }),
    120_000
  )

  it(
    "goes on after a kill, and registers nobody twice",
    () =>
      withDatabase(async ({ cwd, run, url }) => {
        writeFileSync(join(cwd, "a.csv"), households.file(200))
        const killed = await kis([...register, "--batch", "10", "--db", url, "--keys", "r.keys"], {
          cwd,
          onStderr: (text, kill) => (text.includes("rows") ? kill("SIGKILL") : undefined)
        })
        assert.strictEqual(killed.signal, "SIGKILL")
        const partly = JSON.parse((await run("db", "status", "--json")).stdout)
        const people = ({ rows }: typeof partly) =>
          rows.find((_: { readonly aggregate: string }) => _.aggregate === "participant").count
        assert.isAbove(people(partly), 0)
        assert.isBelow(people(partly), 580)
        const resumed = await run(...register, "--batch", "10")
        assert.strictEqual(resumed.code, 0, resumed.stderr)
        assert.deepInclude(JSON.parse(resumed.stdout), { read: 600, registered: 580, rejected: 20 })
        await kis([...register, "--batch", "10", "--db", "sqlite:r.db"], { cwd })
        assert.deepStrictEqual(
          await dump({ url: Redacted.make(url), keys: join(cwd, "r.keys") }),
          await dump({ path: join(cwd, "r.db") })
        )
        assert.strictEqual((await run("db", "verify")).code, 0)
      }),
    120_000
  )

  it(
    "takes the password from the environment, where other users do not see it",
    () =>
      withDatabase(async ({ cwd, password, url }) => {
        writeFileSync(join(cwd, "a.csv"), households.small)
        const open = new URL(url)
        open.password = ""
        const args = [...register, "--db", open.href, "--keys", "r.keys"]
        assert.strictEqual((await kis(args, { cwd, env: { PGPASSWORD: "wrong" } })).code, 4)
        const { code, stderr } = await kis(args, { cwd, env: { PGPASSWORD: password } })
        assert.strictEqual(code, 0, stderr)
      }),
    60_000
  )

  it(
    "says in one sentence what is in the way, and makes no keys for nothing",
    () =>
      withDatabase(async ({ cwd, run, url }) => {
        writeFileSync(join(cwd, "a.csv"), households.small)
        const demand = ({ code, stderr }: Run, exit: number, words: string) => {
          assert.strictEqual(code, exit, stderr)
          assert.include(stderr, words)
          assert.strictEqual(stderr.trimEnd().split("\n").length, 1)
          assert.isFalse(existsSync(join(cwd, "r.keys")))
        }
        demand(await run("db", "status"), 4, "there is no register in this database")
        demand(await kis([...register, "--db", url], { cwd }), 2, "name it with --keys FILE")
        demand(await run(...register, "--max-mb", "10"), 2, "for SQLite files")
        const nobody = "postgres://kis:s3cret@127.0.0.1:1/register"
        demand(await kis([...register, "--db", nobody, "--keys", "r.keys"], { cwd }), 4, "127.0.0.1:1/register")
        const nowhere = new URL(url)
        nowhere.pathname = "/nowhere"
        demand(await kis([...register, "--db", nowhere.href, "--keys", "r.keys"], { cwd }), 4, "no such database")
        for (const wrong of ["postgres://kis:s3cret@host", "mysql://kis:s3cret@host/x"]) {
          const { code, stderr } = await kis([...register, "--db", wrong, "--keys", "r.keys"], { cwd })
          assert.strictEqual(code, 2)
          assert.include(stderr, "sqlite:PATH")
          assert.notInclude(stderr, "s3cret")
        }
        // a register that is there is never given new keys
        await run(...register)
        const other = await kis([...register, "--db", url, "--keys", "other.keys"], { cwd })
        assert.strictEqual(other.code, 5)
        assert.isFalse(existsSync(join(cwd, "other.keys")))
      }),
    120_000
  )
})
