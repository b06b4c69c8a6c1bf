import { assert, describe, it } from "@effect/vitest"
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as ExitCode from "../src/ExitCode.ts"
import * as households from "./households.ts"
import { kis } from "./process.ts"

const folder = () => mkdtempSync(join(tmpdir(), "kis-cli-"))

const put = (cwd: string, name: string, content: string | Uint8Array) => writeFileSync(join(cwd, name), content)

describe("kis --help", () => {
  const commands = [
    [],
    ["register"],
    ["eligibility", "evaluate"],
    ["replay"],
    ["nik", "parse"],
    ["golden"],
    ["sla", "due"],
    ["jobs"],
    ["db", "status"],
    ["db", "verify"],
    ["db", "checkpoint"],
    ["db", "rotate-keys"]
  ]

  it.each(commands.map((_) => [_]))("%j says what it does, with examples and exit codes", async (command) => {
    const { code, stderr, stdout } = await kis([...command, "--help"])
    assert.strictEqual(code, 0)
    assert.strictEqual(stderr, "")
    assert.include(stdout, "EXAMPLES")
    assert.include(stdout, "  130  stopped by Ctrl-C")
  })

  it("the exit codes of the README are those of the program", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
    for (const { code, text } of Object.values(ExitCode.meanings)) assert.include(readme, `| ${code} | ${text} |`)
  })

  it("groups of commands show what is in them", async () => {
    for (const group of ["nik", "eligibility", "sla", "db"]) {
      const { code, stdout } = await kis([group, "--help"])
      assert.strictEqual(code, 0)
      assert.include(stdout, "SUBCOMMANDS")
    }
  })
})

describe("kis usage", () => {
  it.each([
    [["nope"], "Unknown subcommand"],
    [["nik", "parse"], "Missing required argument: NIK"],
    [["register", "a.csv"], "Missing required flag: --db"],
    [["register", "a.csv", "--db", "postgres:x"], "write it as sqlite:PATH"],
    [["register", "a.csv", "--db", "sqlite:x", "--batch", "0"], "batch"],
    [["register", "a.csv", "--db", "sqlite:x", "--actor", "Budi Santoso"], "not a name"],
    [["register", "a.csv", "--db", "sqlite:x", "--today", "2026-02-30"], "no such day"],
    [["register", "a.csv", "--db", "sqlite:x", "--colour"], "--colour"],
    [["eligibility", "evaluate", "a.csv", "--known-on", "2026-01-01"], "--applies-on"]
  ])("%j is answered in one sentence", async (args, expected) => {
    const { code, stderr, stdout } = await kis(args)
    assert.strictEqual(code, 2)
    assert.strictEqual(stdout, "")
    assert.include(stderr, expected)
    assert.strictEqual(stderr.trimEnd().split("\n").length, 1)
    assert.match(stderr, /Run `kis.* --help` to see how it is used\.\n$/)
  })

  it("does not repeat a number that was put in the wrong place", async () => {
    const { code, stderr } = await kis(["nik", "9971010101800001"])
    assert.strictEqual(code, 2)
    assert.notInclude(stderr, "9971010101800001")
  })
})

describe("kis nik parse", () => {
  it("reads region, sex and birth dates", async () => {
    const { code, stdout } = await kis(["nik", "parse", "3671015708900001", "--today", "2026-07-01"])
    assert.strictEqual(code, 0)
    assert.include(stdout, "3671 Kota Tangerang")
    assert.include(stdout, "female")
    assert.include(stdout, "1990-08-17")
    assert.notInclude(stdout, "3671015708900001")
  })

  it("gives both centuries when both are possible, and warns of retired regions, as JSON", async () => {
    const { code, stdout } = await kis(["nik", "parse", "9171011708200001", "--today", "2026-07-01", "--json"])
    assert.strictEqual(code, 0)
    const answer = JSON.parse(stdout)
    assert.deepStrictEqual(answer.birthDates, ["1920-08-17", "2020-08-17"])
    assert.isTrue(answer.valid)
  })

  it("says everything that is wrong, in either language, with exit code 7", async () => {
    const english = await kis(["nik", "parse", "3.67102E+15"])
    assert.strictEqual(english.code, 7)
    assert.include(english.stdout, "A spreadsheet turned the NIK into a quantity")
    const { code, stdout } = await kis(["nik", "parse", "9999999999999999", "--json", "--language", "id"])
    assert.strictEqual(code, 7)
    const { problems, valid } = JSON.parse(stdout)
    assert.isFalse(valid)
    assert.isAbove(problems.length, 1)
  })
})

describe("kis eligibility evaluate and kis replay", () => {
  it("decides every row, and takes each decision again byte by byte", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    const days = ["--applies-on", "2026-03-01", "--known-on", "2026-03-01"]
    const evaluated = await kis(["eligibility", "evaluate", "a.csv", ...days], { cwd })
    assert.strictEqual(evaluated.code, 0)
    const lines = evaluated.stdout
      .trimEnd()
      .split("\n")
      .map((_) => JSON.parse(_))
    assert.deepStrictEqual(
      lines.map((_) => _.line),
      [2, 3, 4]
    )
    assert.strictEqual(lines[0].decision.choice.segment, "PPU-BU")
    assert.match(lines[0].decision.hash, /^[0-9a-f]{64}$/)
    assert.isAtLeast(lines[2].problems.length, 2)

    put(cwd, "all.jsonl", evaluated.stdout)
    const all = await kis(["replay", "all.jsonl"], { cwd })
    assert.deepStrictEqual([all.code, all.stdout], [0, "replayed 2: 2 the same, 0 not\n"])

    put(cwd, "one.json", JSON.stringify(lines[0].decision, null, 2))
    const one = await kis(["replay", "one.json", "--json"], { cwd })
    assert.strictEqual(one.code, 0)
    assert.deepStrictEqual(JSON.parse(one.stdout), { line: 1, same: true, hash: lines[0].decision.hash })

    put(cwd, "altered.json", JSON.stringify({ ...lines[0].decision, appliesOn: "2026-03-02" }))
    const altered = await kis(["replay", "altered.json", "--json"], { cwd })
    assert.strictEqual(altered.code, 7)
    assert.strictEqual(JSON.parse(altered.stdout).reason, "Altered")
  })

  it("refuses what holds no decision", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    put(cwd, "empty.json", "")
    const cases: ReadonlyArray<readonly [string, string]> = [
      ["a.csv", "line 1"],
      ["empty.json", "empty"],
      ["none.json", "no such file"]
    ]
    for (const [file, expected] of cases) {
      const { code, stderr, stdout } = await kis(["replay", file], { cwd })
      assert.strictEqual(code, 3)
      assert.strictEqual(stdout, "")
      assert.include(stderr, expected)
    }
  })
})

describe("kis register", () => {
  it("registers a file, writes what it refused, and changes nothing the second time", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    const args = ["register", "a.csv", "--db", "sqlite:r.db", "--today", "2026-07-01"]
    const first = await kis(args, { cwd })
    assert.strictEqual(first.code, 0, first.stderr)
    assert.strictEqual(
      first.stdout,
      "read 3, registered 2, already 0, review 0, rejected 1\nrejects file: a.csv.rejects.csv\n"
    )
    assert.include(first.stderr, "100% 3/3 rows")
    const rejects = readFileSync(join(cwd, "a.csv.rejects.csv"), "utf8")
    assert.match(rejects, /^4,H1,nik,NikSpreadsheet,/m)
    assert.match(rejects, /^4,H1,sex,FieldMissing,/m)

    const second = await kis([...args, "--json", "--rejects", "again.csv"], { cwd })
    assert.strictEqual(second.code, 0, second.stderr)
    const { digest, ...counts } = JSON.parse(second.stdout)
    assert.match(digest, /^[0-9a-f]{64}$/)
    assert.deepStrictEqual(counts, {
      file: "a.csv",
      read: 3,
      registered: 0,
      already: 2,
      review: 0,
      rejected: 1,
      rejects: "again.csv"
    })
    assert.strictEqual(readFileSync(join(cwd, "again.csv"), "utf8"), rejects)
  })

  it("masks what was refused unless asked not to", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    const args = ["register", "a.csv", "--db", "sqlite:r.db", "--today", "2026-07-01"]
    await kis(args, { cwd })
    assert.notInclude(readFileSync(join(cwd, "a.csv.rejects.csv"), "utf8"), "9.97101E+15")
    await kis([...args, "--unmask"], { cwd })
    assert.include(readFileSync(join(cwd, "a.csv.rejects.csv"), "utf8"), "9.97101E+15")
  })

  it("opens a clock for what it registered, which sla due shows as the house's own aim", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    await kis(["register", "a.csv", "--db", "sqlite:r.db", "--office", "0903"], { cwd })
    const until = ["--until", "2099-12-31"]
    const listed = await kis(["sla", "due", "--db", "sqlite:r.db", ...until, "--json"], { cwd })
    assert.strictEqual(listed.code, 0, listed.stderr)
    const clocks = listed.stdout
      .trimEnd()
      .split("\n")
      .map((_) => JSON.parse(_))
    assert.isAtLeast(clocks.length, 1)
    for (const clock of clocks) {
      assert.deepStrictEqual(
        [clock.kind, clock.office, clock.state, clock.standing, clock.late],
        ["registration", "0903", "running", "house", false]
      )
    }
    const text = await kis(["sla", "due", "--db", "sqlite:r.db", ...until], { cwd })
    assert.include(text.stdout, "house aim")
    assert.match(text.stdout, new RegExp(`^${clocks.length} clocks due by 2099-12-31, 0 of them late$`, "m"))
    const none = await kis(["sla", "due", "--db", "sqlite:r.db", ...until, "--office", "0904", "--json"], { cwd })
    assert.deepStrictEqual([none.code, none.stdout], [0, ""])
  })

  it("verifies people against a file of residents, which must be right itself", async () => {
    const cwd = folder()
    put(cwd, "a.csv", households.small)
    const args = ["register", "a.csv", "--db", "sqlite:r.db", "--population", "residents.csv"]
    put(cwd, "residents.csv", "nik,name,birth_date,sex,status\n123,Budi,1980-01-01,L,alive\n")
    const wrong = await kis(args, { cwd })
    assert.strictEqual(wrong.code, 3)
    assert.include(wrong.stderr, "residents.csv, line 2: this row can't be read: nik, status")
    put(cwd, "residents.csv", "nik,name,birth_date,sex\n9971010101800001,Budi,1980-01-01,L\n")
    assert.strictEqual((await kis(args, { cwd })).code, 0)
  })
})
