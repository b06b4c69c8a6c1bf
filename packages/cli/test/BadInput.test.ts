import { assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as households from "./households.ts"
import { kis, type Run } from "./process.ts"

const nobody = 65_534
const isRoot = process.getuid?.() === 0
// Root may read and write anywhere, so the program runs as nobody; anybody else is refused as they are.
const unprivileged = isRoot ? { uid: nobody } : {}

const folder = () => mkdtempSync(join(tmpdir(), "kis-bad-"))
const put = (cwd: string, name: string, content: string | Uint8Array) => writeFileSync(join(cwd, name), content)

/** Names, sizes and content of everything in a folder. */
const everything = (cwd: string) =>
  readdirSync(cwd)
    .toSorted()
    .map((name) => {
      const path = join(cwd, name)
      return [name, statSync(path).isDirectory() ? "folder" : readFileSync(path).toString("base64")]
    })

const oneSentence = (
  { code, stderr, stdout }: Run,
  expected: { readonly code: number; readonly text: string | RegExp }
) => {
  assert.strictEqual(code, expected.code, stderr)
  assert.strictEqual(stdout, "")
  const lines = stderr.trimEnd().split("\n")
  assert.strictEqual(lines.filter((_) => !/^\d+% /.test(_)).length, 1, stderr)
  assert.match(
    lines.at(-1)!,
    expected.text instanceof RegExp
      ? expected.text
      : new RegExp(expected.text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  )
  assert.notMatch(stderr, /^ {4}at /m)
}

const register = (file = "a.csv", ...more: ReadonlyArray<string>) => ["register", file, "--db", "sqlite:r.db", ...more]

describe("a file that can't be used", () => {
  const [header] = households.small.split("\n")
  const cases: ReadonlyArray<readonly [name: string, content: string | Uint8Array, text: string]> = [
    ["not CSV", "Dengan hormat,\nbersama ini kami kirim data.\n", "this is not a CSV of households"],
    ["HTML", "<!doctype html><html><body>Masuk</body></html>", "this is not a CSV of households"],
    ["a spreadsheet", Buffer.from("504b030414000600", "hex"), 'save it as "CSV UTF-8"'],
    ["empty", "", "the file is empty"],
    ["a header alone", `${header}\n`, "not one row below it"],
    ["a missing column", households.small.replace("birth_date", "born"), "columns are missing: birth_date"],
    ["a column twice", households.small.replace("mother_name", "no_ktp"), "a column is there twice: nik"],
    ["UTF-16 without a mark", Buffer.from(households.small, "utf16le"), "UTF-16"],
    [
      "Latin-1",
      Buffer.from(`${households.small}H9,,head,Andr\xe9,`, "latin1"),
      /line 5: the text is in an encoding/.source
    ],
    ["an open quote", `${households.small}H9,,head,"Budi,,,\n`, "line 5: a double quote"],
    ["a JSON array", "[{}]", "one JSON array"]
  ]

  it.each(cases)("%s: one sentence, exit code 3, and nothing is made", async (_, content, text) => {
    const cwd = folder()
    put(cwd, "a.csv", content)
    const before = everything(cwd)
    oneSentence(await kis(register(), { cwd }), { code: 3, text: new RegExp(`^a\\.csv.*${text}`) })
    assert.deepStrictEqual(everything(cwd), before)
  })

  it("that may not be read", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    chmodSync(join(cwd, "a.csv"), 0o000)
    chmodSync(cwd, 0o777)
    const run = await kis(register(), { cwd, ...unprivileged })
    oneSentence(run, { code: 3, text: "a.csv: the file can't be read; check its permissions" })
    assert.deepStrictEqual(readdirSync(cwd), ["a.csv"])
  })

  it("no file, and a folder", async () => {
    const cwd = folder()
    oneSentence(await kis(register("none.csv"), { cwd }), { code: 3, text: "none.csv: there is no such file" })
    oneSentence(await kis(register("."), { cwd }), { code: 3, text: "this is not a file" })
    assert.deepStrictEqual(everything(cwd), [])
  })
})

describe("a database that can't be used", () => {
  let keyFile = ""
  beforeAll(async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    await kis(register(), { cwd })
    keyFile = join(cwd, "r.db.keys")
  })

  const unchanged = async (prepare: (cwd: string) => void, text: string | RegExp, code = 4) => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    prepare(cwd)
    const before = everything(cwd)
    oneSentence(await kis(register(), { cwd }), { code, text })
    assert.deepStrictEqual(everything(cwd), before)
  }

  it("of 0 bytes", () => unchanged((cwd) => put(cwd, "r.db", ""), "r.db is not a KIS database (it is empty, 0 bytes)"))

  it("that is something else", () =>
    unchanged((cwd) => put(cwd, "r.db", households.small), "r.db is not a KIS database (it is no SQLite file)"))

  it("of another program", () =>
    unchanged((cwd) => {
      const db = new DatabaseSync(join(cwd, "r.db"))
      db.exec("create table notes (text)")
      db.close()
      // A key file is there, so that the database itself is what is wrong.
      copyFileSync(keyFile, join(cwd, "r.db.keys"))
    }, "r.db is not a KIS database"))

  it("that is a folder", () => unchanged((cwd) => mkdirSync(join(cwd, "r.db")), "it is a folder"))

  it("in a folder that is not there", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    const run = await kis(["register", "a.csv", "--db", "sqlite:none/r.db"], { cwd })
    oneSentence(run, { code: 4, text: "its folder does not exist" })
    assert.deepStrictEqual(readdirSync(cwd), ["a.csv"])
  })

  it("of a newer schema", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    assert.strictEqual((await kis(register(), { cwd })).code, 0)
    const db = new DatabaseSync(join(cwd, "r.db"))
    db.exec("pragma user_version = 99")
    db.close()
    const before = everything(cwd)
    oneSentence(await kis(register(), { cwd }), {
      code: 4,
      text: /r\.db has schema version 99, this program knows up to/
    })
    assert.deepStrictEqual(everything(cwd), before)
  })

  it("whose keys are gone: no new ones are made", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    await kis(register(), { cwd })
    const away = join(folder(), "keys")
    copyFileSync(join(cwd, "r.db.keys"), away)
    rmSync(join(cwd, "r.db.keys"))
    oneSentence(await kis(register(), { cwd }), { code: 5, text: "The key file r.db.keys cannot be read (ENOENT)" })
    assert.isFalse(existsSync(join(cwd, "r.db.keys")))
    chmodSync(away, 0o644)
    oneSentence(await kis(register("a.csv", "--keys", away), { cwd }), { code: 5, text: "may be read by others" })
    chmodSync(away, 0o600)
    assert.strictEqual((await kis(register("a.csv", "--keys", away), { cwd })).code, 0)
  })

  it("asked for what is due, when there is none", async () => {
    const cwd = folder()
    oneSentence(await kis(["sla", "due", "--db", "sqlite:r.db"], { cwd }), { code: 4, text: "there is no such file" })
    assert.deepStrictEqual(readdirSync(cwd), [])
  })
})

describe("a rejects file that would take the place of the input", () => {
  it("is refused before anything is done", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    const before = everything(cwd)
    oneSentence(await kis(register("a.csv", "--rejects", "./a.csv"), { cwd }), { code: 2, text: "name another" })
    assert.deepStrictEqual(everything(cwd), before)
  })
})

describe("a folder that may not be written to", () => {
  const guarded = () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    chmodSync(cwd, 0o555)
    return cwd
  }
  it("for the database", async () => {
    const cwd = guarded()
    const run = await kis(register("a.csv", "--rejects", join(folder(), "x.csv")), { cwd, ...unprivileged })
    oneSentence(run, { code: 4, text: "r.db cannot be written to" })
    assert.deepStrictEqual(readdirSync(cwd), ["a.csv"])
  })

  it("for the rejects file", async () => {
    const cwd = guarded()
    const other = folder()
    if (isRoot) chownSync(other, nobody, nobody)
    const run = await kis(["register", "a.csv", "--db", `sqlite:${join(other, "r.db")}`], { cwd, ...unprivileged })
    oneSentence(run, { code: 6, text: "a.csv.rejects.csv: this file can't be written here" })
    assert.deepStrictEqual(readdirSync(cwd), ["a.csv"])
  })

  it("although the database in it exists", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    assert.strictEqual((await kis(register(), { cwd })).code, 0)
    for (const name of ["r.db", "r.db.keys"]) {
      if (isRoot) chownSync(join(cwd, name), nobody, nobody)
      chmodSync(join(cwd, name), 0o400)
    }
    chmodSync(cwd, 0o555)
    const before = everything(cwd)
    const run = await kis(register("a.csv", "--rejects", join(folder(), "x.csv")), { cwd, ...unprivileged })
    oneSentence(run, { code: 4, text: /r\.db cannot be/ })
    assert.deepStrictEqual(everything(cwd), before)
  })
})

describe("a disk that is full", () => {
  const rows = 600
  const file = households.file(rows / 3)

  /** After room was made, the same command brings everybody on, once. */
  const goesOn = async (cwd: string) => {
    const again = await kis(register("a.csv", "--json"), { cwd })
    assert.strictEqual(again.code, 0, again.stderr)
    const { already, read, registered, rejected, review } = JSON.parse(again.stdout)
    assert.deepStrictEqual(
      { read, registered, already, review, rejected },
      { read: rows, registered: 580, already: 0, review: 0, rejected: 20 }
    )
  }

  it("by the size that the database may have: what was committed stays, and the rest follows later", async () => {
    const cwd = folder()
    put(cwd, "a.csv", file)
    const run = await kis(register("a.csv", "--batch", "30", "--max-mb", "1"), { cwd })
    oneSentence(run, { code: 4, text: /r\.db is full/ })
    assert.deepStrictEqual(
      readdirSync(cwd).filter((_) => _.includes("rejects")),
      []
    )
    await goesOn(cwd)
  })

  const small = isRoot ? tmpfs() : undefined

  it.skipIf(small === undefined)("by a file system of two megabytes (needs root)", async () => {
    const cwd = folder()
    put(cwd, "a.csv", file)
    const place = ["--db", `sqlite:${join(small!, "r.db")}`, "--keys", join(cwd, "r.db.keys")]
    try {
      const run = await kis(["register", "a.csv", ...place, "--batch", "30"], { cwd })
      oneSentence(run, { code: 4, text: "r.db is full" })
    } finally {
      execFileSync("/bin/umount", [small!])
    }
  })
})

/** A file system of two megabytes, where the machine allows one. */
function tmpfs(): string | undefined {
  const path = folder()
  try {
    execFileSync("/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", path], { stdio: "ignore" })
    return path
  } catch {
    return undefined
  }
}
