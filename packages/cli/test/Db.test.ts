import { assert, beforeAll, describe, it } from "@effect/vitest"
import { copyFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as households from "./households.ts"
import { kis } from "./process.ts"

/** A register of some people, and a checkpoint of it; each test works on a copy. */
const made = mkdtempSync(join(tmpdir(), "kis-db-"))
const files = ["r.db", "r.db.keys", "r.checkpoint"]

const copy = (): string => {
  const cwd = mkdtempSync(join(tmpdir(), "kis-db-"))
  for (const file of files) copyFileSync(join(made, file), join(cwd, file))
  return cwd
}

const sql = <A>(cwd: string, act: (db: DatabaseSync) => A): A => {
  const db = new DatabaseSync(join(cwd, "r.db"))
  try {
    return act(db)
  } finally {
    db.close()
  }
}

const uuid = (bytes: unknown): string =>
  Buffer.from(bytes as Uint8Array)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")

const verify = (cwd: string, ...more: ReadonlyArray<string>) =>
  kis(["db", "verify", "--db", "sqlite:r.db", ...more], { cwd })

interface Finding {
  readonly _tag: string
  readonly [field: string]: unknown
}

const answer = (stdout: string) => {
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((_) => JSON.parse(_))
  return { findings: lines.slice(0, -1) as ReadonlyArray<Finding>, report: lines.at(-1) }
}

beforeAll(async () => {
  writeFileSync(join(made, "a.csv"), households.file(8))
  const registered = await kis(["register", "a.csv", "--db", "sqlite:r.db", "--today", "2026-07-01"], { cwd: made })
  assert.strictEqual(registered.code, 0, registered.stderr)
  const taken = await kis(["db", "checkpoint", "r.checkpoint", "--db", "sqlite:r.db"], { cwd: made })
  assert.strictEqual(taken.code, 0, taken.stderr)
}, 60_000)

describe("kis db status", () => {
  it("says what is there, for people and for programs", async () => {
    const cwd = copy()
    const text = await kis(["db", "status", "--db", "sqlite:r.db"], { cwd })
    assert.strictEqual(text.code, 0)
    assert.match(text.stdout, /participant +24\n/)
    assert.include(text.stdout, "last checkpoint: number 1")
    const { stdout } = await kis(["db", "status", "--db", "sqlite:r.db", "--json"], { cwd })
    const status = JSON.parse(stdout)
    assert.deepInclude(status.rows, { aggregate: "participant", count: 24 })
    assert.isAbove(status.logs.lines, 24)
    assert.isAbove(status.bytes, 4_096)
    assert.deepStrictEqual([status.schema, status.sealingKey, status.checkpoint.number], [1, 1, 1])
  })

  it("makes no database where there is none", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kis-db-"))
    const { code, stderr } = await kis(["db", "status", "--db", "sqlite:r.db"], { cwd })
    assert.strictEqual(code, 4)
    assert.include(stderr, "there is no such file")
  })
})

describe("kis db checkpoint", () => {
  it("writes a file of its owner, without a name or number of anybody, and none over another", async () => {
    const cwd = copy()
    const text = readFileSync(join(cwd, "r.checkpoint"), "utf8")
    assert.strictEqual(statSync(join(made, "r.checkpoint")).mode & 0o777, 0o600)
    const [, ...rows] = households.file(8).trimEnd().split("\n")
    for (const row of rows) {
      const [, , , name, nik] = row.split(",")
      assert.notInclude(text, nik!)
      assert.notInclude(text, name!)
    }
    const again = await kis(["db", "checkpoint", "r.checkpoint", "--db", "sqlite:r.db"], { cwd })
    assert.strictEqual(again.code, 6)
    assert.include(again.stderr, "never written over")
    assert.strictEqual(readFileSync(join(cwd, "r.checkpoint"), "utf8"), text)
    const second = await kis(["db", "checkpoint", "2.checkpoint", "--db", "sqlite:r.db", "--json"], { cwd })
    assert.strictEqual(JSON.parse(second.stdout).number, 2)
  })
})

describe("kis db verify", () => {
  it("finds a register whole, alone and against its checkpoint, also after it went on", async () => {
    const cwd = copy()
    const alone = await verify(cwd)
    assert.strictEqual(alone.code, 0, alone.stdout)
    assert.match(alone.stdout, /without a checkpoint[^\n]*\nwhole\n$/)
    assert.include(alone.stderr, "100% ")
    writeFileSync(join(cwd, "b.csv"), households.file(12))
    await kis(["register", "b.csv", "--db", "sqlite:r.db", "--today", "2026-07-01"], { cwd })
    const held = await verify(cwd, "--checkpoint", "r.checkpoint", "--json")
    assert.strictEqual(held.code, 0, held.stdout)
    const { findings, report } = answer(held.stdout)
    assert.deepStrictEqual(findings, [])
    assert.deepStrictEqual([report.whole, report.checkpoint.number], [true, 1])
    assert.deepInclude(report.rows, { aggregate: "participant", count: 35 })
  })

  const first = (db: DatabaseSync, of = "row_participant") =>
    db.prepare(`select id from "${of}" order by id limit 1`).get()!["id"] as Uint8Array

  const plants: Readonly<
    Record<
      string,
      {
        readonly tamper: (db: DatabaseSync) => unknown
        /** The findings, each as a part of one. */
        readonly named: (id: string) => ReadonlyArray<Finding>
        /** Whether it is found without the checkpoint too. */
        readonly alone: boolean
      }
    >
  > = {
    "a person removed whole": {
      tamper: (db) => {
        const id = first(db)
        db.prepare("delete from row_participant where id = ?").run(id)
        for (const table of ["key_unique", "key_blind"]) db.prepare(`delete from ${table} where id = ?`).run(id)
        for (const table of ["log", "log_head"]) db.prepare(`delete from ${table} where subject = ?`).run(id)
        return id
      },
      named: (id) => [
        { _tag: "SubjectRemoved", subject: id, sequence: 1 },
        { _tag: "RowMissing", aggregate: "participant", id }
      ],
      alone: false
    },
    "a row removed": {
      tamper: (db) => {
        const id = first(db)
        db.prepare("delete from row_participant where id = ?").run(id)
        return id
      },
      named: (id) => [{ _tag: "RowMissing", aggregate: "participant", id }],
      alone: true
    },
    "a running clock removed": {
      tamper: (db) => {
        const id = first(db, "row_clock")
        db.prepare("delete from row_clock where id = ?").run(id)
        return id
      },
      named: (id) => [{ _tag: "RowMissing", aggregate: "clock", id }],
      alone: false
    },
    "a row changed": {
      tamper: (db) => {
        const id = first(db)
        const { body } = db.prepare("select body from row_participant where id = ?").get(id) as { body: Uint8Array }
        body[40]! ^= 4
        db.prepare("update row_participant set body = ? where id = ?").run(body, id)
        return id
      },
      named: (id) => [{ _tag: "RowFault", aggregate: "participant", id, fault: "Forged" }],
      alone: true
    },
    "a line changed": {
      tamper: (db) => {
        const id = first(db)
        db.prepare(
          "update log set body = replace(cast(body as text), 'officer:kis-cli', 'officer:nobody') where subject = ?"
        ).run(id)
        db.prepare("update log set body = cast(body as blob) where subject = ?").run(id)
        return id
      },
      named: (id) => [{ _tag: "LineForged", subject: id, sequence: 1 }],
      alone: true
    },
    "the end of a log cut off": {
      tamper: (db) => {
        const { sequence, subject } = db
          .prepare("select subject, max(sequence) as sequence from log group by subject having count(*) > 1 limit 1")
          .get() as { subject: Uint8Array; sequence: number }
        db.prepare("delete from log where subject = ? and sequence = ?").run(subject, sequence)
        db.prepare(
          "update log_head set sequence = ?, mac = (select mac from log where subject = ? and sequence = ?) where subject = ?"
        ).run(sequence - 1, subject, sequence - 1, subject)
        return subject
      },
      named: (subject) => [{ _tag: "TailCut", subject }],
      alone: false
    },
    "a number taken from somebody": {
      tamper: (db) => {
        const id = first(db)
        db.prepare("delete from key_unique where id = ?").run(id)
        return id
      },
      named: (id) => [{ _tag: "RowFault", aggregate: "participant", id, fault: "KeyMissing" }],
      alone: true
    }
  }

  for (const [name, { alone, named, tamper }] of Object.entries(plants)) {
    it(`names ${name}`, async () => {
      const cwd = copy()
      const id = uuid(sql(cwd, tamper))
      const without = await verify(cwd)
      assert.strictEqual(without.code, alone ? 7 : 0, without.stdout)
      const { code, stdout } = await verify(cwd, "--checkpoint", "r.checkpoint", "--json")
      assert.strictEqual(code, 7)
      const { findings, report } = answer(stdout)
      assert.isFalse(report.whole)
      assert.lengthOf(
        findings.filter((_) => _._tag !== "RowOlder"),
        named(id).length + (name === "a row removed" ? 1 : 0),
        stdout
      )
      for (const part of named(id)) {
        assert.isTrue(
          findings.some((_) => Object.entries(part).every(([field, value]) => _[field] === value)),
          `${JSON.stringify(part)} in ${stdout}`
        )
      }
    })
  }

  it("names an older copy in the register's place", async () => {
    const cwd = copy()
    writeFileSync(join(cwd, "b.csv"), households.file(9))
    await kis(["register", "b.csv", "--db", "sqlite:r.db", "--today", "2026-07-01"], { cwd })
    await kis(["db", "checkpoint", "later.checkpoint", "--db", "sqlite:r.db"], { cwd })
    for (const end of ["-wal", "-shm"]) writeFileSync(join(cwd, `r.db${end}`), "")
    copyFileSync(join(made, "r.db"), join(cwd, "r.db"))
    assert.strictEqual((await verify(cwd)).code, 0)
    const { code, stdout } = await verify(cwd, "--checkpoint", "later.checkpoint")
    assert.strictEqual(code, 7)
    assert.include(stdout, "a copy from before checkpoint 2 is in its place")
    assert.match(stdout, /NOT WHOLE: \d+ findings/)
  })

  it("says in one sentence that a checkpoint or a key file is of no use", async () => {
    const cwd = copy()
    const lines = readFileSync(join(cwd, "r.checkpoint"), "utf8").split("\n")
    writeFileSync(join(cwd, "cut"), lines.slice(0, -2).join("\n"))
    writeFileSync(join(cwd, "changed"), lines.slice(1).join("\n"))
    for (const [file, expected] of [
      ["cut", "not whole"],
      ["changed", "was changed, or is of another register"],
      ["r.db", "not a checkpoint"],
      ["none", "there is no such file"]
    ]) {
      const { code, stderr } = await verify(cwd, "--checkpoint", file!)
      assert.strictEqual(code, 3, file)
      assert.include(stderr.trimEnd().split("\n").at(-1)!, expected!)
    }
    const { code } = await verify(cwd, "--keys", "none")
    assert.strictEqual(code, 5)
  })
})

describe("kis db rotate-keys", () => {
  const rotate = (cwd: string, ...more: ReadonlyArray<string>) =>
    kis(["db", "rotate-keys", "--db", "sqlite:r.db", ...more], { cwd })

  const keyFile = (cwd: string) => JSON.parse(readFileSync(join(cwd, "r.db.keys"), "utf8"))

  it("seals everything under a new key, goes on after a stop, and forgets the old key when told to", async () => {
    const cwd = copy()
    const stopped = await kis(["db", "rotate-keys", "--sealing", "--db", "sqlite:r.db"], {
      cwd,
      onStderr: (text, kill) => (text.includes("rows") ? kill("SIGINT") : undefined)
    })
    assert.strictEqual(stopped.code, 130, stopped.stderr)
    assert.deepStrictEqual([keyFile(cwd).current, keyFile(cwd).sealing.length], [2, 2])
    assert.strictEqual((await verify(cwd)).code, 0)

    // no third key: the rotation that was begun is finished
    const { code, stdout } = await rotate(cwd, "--sealing", "--json")
    assert.strictEqual(code, 0, stdout)
    const answer = JSON.parse(stdout)
    assert.deepStrictEqual([answer.left, answer.sealing], [0, { current: 2, forgotten: [], kept: [1] }])
    const held = await verify(cwd, "--checkpoint", "r.checkpoint", "--json")
    assert.strictEqual(held.code, 0, held.stdout)
    assert.deepStrictEqual(Object.keys(JSON.parse(held.stdout.trimEnd()).sealing), ["2"])

    const early = await rotate(cwd, "--forget")
    assert.strictEqual(early.code, 7)
    assert.include(early.stderr, "wait")
    const file = keyFile(cwd)
    file.sealing[0].unusedSince -= 100_000
    writeFileSync(join(cwd, "r.db.keys"), JSON.stringify(file))
    const forgotten = await rotate(cwd, "--forget")
    assert.strictEqual(forgotten.code, 0, forgotten.stderr)
    assert.deepStrictEqual(
      keyFile(cwd).sealing.map((_: { readonly id: number }) => _.id),
      [2]
    )
    assert.strictEqual((await verify(cwd)).code, 0)
  })

  it("exchanges the root of all keys: nobody gets in twice, everybody is found, and the old root can go", async () => {
    const cwd = copy()
    const stopped = await kis(["db", "rotate-keys", "--index", "--db", "sqlite:r.db"], {
      cwd,
      onStderr: (text, kill) => (text.includes("rows") ? kill("SIGKILL") : undefined)
    })
    assert.strictEqual(stopped.signal, "SIGKILL")
    writeFileSync(join(cwd, "b.csv"), households.file(9))
    const again = () => kis(["register", "b.csv", "--db", "sqlite:r.db", "--today", "2026-07-01", "--json"], { cwd })
    const between = JSON.parse((await again()).stdout)
    assert.deepStrictEqual([between.already, between.registered], [24, 3])
    const { code, stderr, stdout } = await rotate(cwd, "--index", "--json")
    assert.strictEqual(code, 0, stderr)
    const { index, left } = JSON.parse(stdout)
    assert.deepStrictEqual([left, index], [0, { current: 2, forgotten: [], kept: [1] }])
    const after = JSON.parse((await again()).stdout)
    assert.deepStrictEqual([after.already, after.registered], [27, 0])
    assert.strictEqual((await verify(cwd, "--checkpoint", "r.checkpoint")).code, 0)
    assert.strictEqual((await rotate(cwd, "--forget")).code, 0)
    assert.strictEqual((await verify(cwd)).code, 0)
    assert.isUndefined(keyFile(cwd).otherIndexes?.[0])
    // a back-up from before needs the root that was forgotten, and says so
    copyFileSync(join(made, "r.db"), join(cwd, "old.db"))
    const old = await kis(["db", "status", "--db", "sqlite:old.db", "--keys", "r.db.keys"], { cwd })
    assert.strictEqual(old.code, 4)
    assert.include(old.stderr, "which the key ring lacks")
  })

  it("draws no key for a register that the key file is not of", async () => {
    const cwd = copy()
    sql(cwd, (db) => db.exec("pragma user_version = 99"))
    const { code } = await rotate(cwd, "--sealing")
    assert.strictEqual(code, 4)
    assert.strictEqual(keyFile(cwd).sealing.length, 1)

    const other = copy()
    const text = keyFile(other)
    const strange = { ...text, sealing: [{ id: 1, key: Buffer.alloc(32, 7).toString("base64") }] }
    writeFileSync(join(other, "r.db.keys"), JSON.stringify(strange))
    const refused = await rotate(other, "--sealing")
    assert.strictEqual(refused.code, 4)
    assert.include(refused.stderr, "sealed under another key. Check the key ring")
    assert.deepStrictEqual(keyFile(other), strange)
  })

  it("says what is missing, and that there is nothing to forget", async () => {
    const cwd = copy()
    assert.strictEqual((await rotate(cwd)).code, 2)
    assert.strictEqual((await rotate(cwd, "--sealing", "--forget")).code, 2)
    const { code, stderr } = await rotate(cwd, "--forget")
    assert.deepStrictEqual([code, stderr], [7, "The key file holds no old keys.\n"])
    assert.strictEqual((await rotate(cwd, "--sealing", "--keys", "none")).code, 5)
  })
})
