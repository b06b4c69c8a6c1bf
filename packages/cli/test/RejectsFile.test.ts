import { assert, describe, it } from "@effect/vitest"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as RejectsFile from "../src/RejectsFile.ts"

const folder = mkdtempSync(join(tmpdir(), "kis-rejects-"))
const on = PlainDate.make("2026-07-01")
const row: RejectsFile.Rejected = {
  line: 7,
  household: "H-12",
  problems: [
    { field: "nik", code: "NikSpreadsheet" },
    { field: "name", code: "FieldMissing" }
  ],
  submitted: { nik: "9,97101E+15", name: "", address: "=cmd()" }
}

const write = (name: string, unmask: boolean) =>
  Effect.gen(function* () {
    const file = yield* RejectsFile.open(join(folder, name), { unmask, on })
    yield* file.add([row])
    assert.isFalse(existsSync(file.path))
    yield* file.finish
    return readFileSync(file.path, "utf8").trimEnd().split("\n")
  }).pipe(Effect.scoped)

describe("RejectsFile", () => {
  it.effect("has a line for each error of each row, with reason, next step and a way for everybody", () =>
    Effect.gen(function* () {
      const [header, nik, name, ...rest] = yield* write("a.csv", false)
      assert.strictEqual(header, RejectsFile.columns.join(","))
      assert.match(nik!, /^7,H-12,nik,NikSpreadsheet,"?NIK diubah aplikasi spreadsheet/)
      assert.match(name!, /^7,H-12,name,FieldMissing,/)
      assert.deepStrictEqual(rest, [])
      for (const line of [nik!, name!]) assert.match(line, /jam kerja|24 jam|\d\d\.\d\d-\d\d\.\d\d/)
    })
  )

  it.effect("masks what was sent, unless asked not to", () =>
    Effect.gen(function* () {
      assert.match((yield* write("b.csv", false))[1]!, /"Kantor cabang[^"]*",\*\*\*\*$/)
      assert.match((yield* write("c.csv", true))[1]!, /"9,97101E\+15"$/)
    })
  )

  it.effect("appears whole or not at all, for its owner only", () =>
    Effect.gen(function* () {
      const path = join(folder, "d.csv")
      yield* RejectsFile.open(path, { unmask: false, on }).pipe(
        Effect.flatMap((_) => _.add([row])),
        Effect.scoped
      )
      assert.isFalse(existsSync(path) || existsSync(`${path}.part`))
      yield* write("d.csv", false)
      assert.strictEqual(statSync(path).mode & 0o077, 0)
      assert.isFalse(existsSync(`${path}.part`))
    })
  )

  it.effect("says in one sentence why it can't be written", () =>
    Effect.gen(function* () {
      const open = (path: string) => Effect.flip(Effect.scoped(RejectsFile.open(path, { unmask: false, on })))
      assert.include(
        (yield* open(join(folder, "none", "x.csv"))).message,
        "x.csv: the folder of this file does not exist"
      )
    })
  )

  it("masks by what a cell holds, not by the column it stands in", () => {
    const mask = RejectsFile.maskCell
    assert.strictEqual(mask("9971010101800001", "nik"), "9971**********01")
    assert.strictEqual(mask("Siti Aminah", "name"), "S*** A***")
    assert.strictEqual(mask("Siti Aminah", "nik"), "****")
    assert.strictEqual(mask("Siti Aminah", "household"), "****")
    assert.strictEqual(mask("H-00012", "household"), "H-00012")
    assert.strictEqual(mask("9971010101000001", "household"), "9971**********01")
    assert.strictEqual(mask("1980-01-01", "birth_date"), "****")
    assert.strictEqual(mask("Jl. Melati 1", "address"), "****")
    assert.strictEqual(mask("laki", "sex"), "****")
    assert.strictEqual(mask("  ", "nik"), "")
  })

  it("keeps a spreadsheet from running a cell", () => {
    const [line] = RejectsFile.lines(
      {
        line: 2,
        household: "H-1",
        problems: [{ field: "address", code: "FieldMissing" }],
        submitted: { address: '=HYPERLINK("x")' }
      },
      { unmask: true, on }
    )
    assert.match(line!, /,"'=HYPERLINK\(""x""\)"\n$/)
  })
})
