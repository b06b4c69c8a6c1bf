import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Columns from "../../src/intake/Columns.ts"

const header = ["household", "relation", "name", "nik", "sex", "birth_date", "citizenship"]

describe("Columns", () => {
  it("knows the names that offices give", () => {
    const names: Record<string, Columns.Column> = {
      "No. KK": "family_card",
      NO_KK: "family_card",
      "Nama Lengkap": "name",
      jenis_kelamin: "sex",
      "L/P": "sex",
      "Tanggal Lahir": "birth_date",
      tgl_lahir: "birth_date",
      "Nama Ibu Kandung": "mother_name",
      Hubungan: "relation",
      "No. HP": "phone",
      Kecamatan: "district",
      PEKERJAAN: "occupation",
      Gaji: "wage",
      "\ufeffnik": "nik"
    }
    for (const [written, column] of Object.entries(names)) assert.strictEqual(Columns.canonical(written), column)
    assert.strictEqual(Columns.canonical(" RT/RW "), "RT/RW")
  })

  it("every column is known by its own name and its titles, and no name stands for two", () => {
    for (const column of Columns.Column.literals) {
      for (const name of [column, Columns.title(column, "id"), Columns.title(column, "en")]) {
        assert.strictEqual(Columns.canonical(name), column, name)
      }
    }
  })

  it("names every column that is missing, and every one that is there twice", () => {
    assert.deepStrictEqual(Columns.check(header), Result.succeed(header))
    const missing = Result.flip(Columns.check(["nama", "nik", "hp"]))
    assert.deepInclude(Result.getOrThrow(missing), {
      _tag: "MissingColumns",
      missing: ["household", "relation", "sex", "birth_date", "citizenship"]
    })
    const repeated = Result.flip(Columns.check([...header, "NIK", "Nama Lengkap"]))
    assert.deepInclude(Result.getOrThrow(repeated), { _tag: "RepeatedColumns", repeated: ["name", "nik"] })
  })

  it("a family card column groups as well as a household column", () => {
    assert.isTrue(Result.isSuccess(Columns.check(["No KK", ...header.slice(1)])))
  })

  it("keeps unknown columns, and fills up a short line", () => {
    assert.deepStrictEqual(Columns.row(["name", "catatan", "nik"], 7, ["Siti", "x"]), {
      line: 7,
      fields: { name: "Siti", catatan: "x", nik: "" }
    })
    assert.deepStrictEqual(Columns.rowOfRecord(3, { Nama: "Siti", catatan: "x" }), {
      line: 3,
      fields: { name: "Siti", catatan: "x" }
    })
  })
})
