import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as fc from "fast-check"
import { createHash } from "node:crypto"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import * as IntakeFile from "../../src/intake/IntakeFile.ts"

const folder = mkdtempSync(join(tmpdir(), "kis-intake-"))
let count = 0

const file = (content: string | Uint8Array, name = "rows.csv") => {
  const path = join(folder, `${count++}-${name}`)
  writeFileSync(path, content)
  return path
}

const header = "household,family_card,relation,name,nik,sex,birth_date,citizenship,address"
const one = "H1,,head,Budi,9971010101800001,L,1980-01-01,WNI,Jl. Melati 1"

const read = (content: string | Uint8Array, name?: string) =>
  Effect.gen(function* () {
    const opened = yield* IntakeFile.open(file(content, name))
    const rows = yield* Stream.runCollect(IntakeFile.rows(opened))
    return { opened, rows }
  })

const refusal = (content: string | Uint8Array, name?: string) =>
  Effect.map(Effect.flip(IntakeFile.open(file(content, name))), ({ columns, line, problem }) => ({
    problem,
    ...(line === undefined ? {} : { line }),
    ...(columns === undefined ? {} : { columns })
  }))

const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le")
  return bigEndian ? bytes.swap16() : bytes
}

describe("IntakeFile reads", () => {
  it.effect("rows with the line on which each starts", () =>
    Effect.gen(function* () {
      const text = `${header}\n${one}\n\nH2,,head,"Siti ""Ani""",,P,,WNI,"Jl. Mawar 2\nRT 01"\n,,,,,,,,\nH3,,head,Joko`
      const { opened, rows } = yield* read(text)
      assert.deepStrictEqual(
        rows.map((_) => [_.line, _.fields.household, _.fields.name, _.fields.address]),
        [
          [2, "H1", "Budi", "Jl. Melati 1"],
          [4, "H2", 'Siti "Ani"', "Jl. Mawar 2\nRT 01"],
          [7, "H3", "Joko", ""]
        ]
      )
      assert.strictEqual(opened.rowCount, 3)
      assert.strictEqual(opened.digest, createHash("sha256").update(text).digest("hex"))
      assert.strictEqual(opened.bytes, Buffer.byteLength(text))
    })
  )

  it.effect("comma, semicolon, tab and bar, each with and without a mark, with LF and CRLF", () =>
    Effect.gen(function* () {
      const { rows: expected } = yield* read(`${header}\n${one}\n`)
      for (const delimiter of [",", ";", "\t", "|"]) {
        for (const mark of ["", "\ufeff"]) {
          for (const end of ["\n", "\r\n", "\r"]) {
            const text = mark + [header, one, ""].map((_) => _.replaceAll(",", delimiter)).join(end)
            const { rows } = yield* read(text)
            assert.deepStrictEqual(rows, expected, JSON.stringify({ delimiter, mark, end }))
          }
        }
      }
    })
  )

  it.effect("the header that offices write", () =>
    Effect.gen(function* () {
      const text =
        '"No. KK";"Hubungan Keluarga";"Nama Lengkap";NIK;"Jenis Kelamin";"Tgl. Lahir";Kewarganegaraan;Catatan\n' +
        '9971010101000001;"Kepala Keluarga";"Budi, S.Kom";9971010101800001;L;01/02/1980;WNI;"pindah; 2024"'
      const { rows } = yield* read(text)
      assert.deepStrictEqual(rows, [
        {
          line: 2,
          fields: {
            family_card: "9971010101000001",
            relation: "Kepala Keluarga",
            name: "Budi, S.Kom",
            nik: "9971010101800001",
            sex: "L",
            birth_date: "01/02/1980",
            citizenship: "WNI",
            Catatan: "pindah; 2024"
          }
        }
      ])
    })
  )

  it.effect("the sep= line of spreadsheets, and counts it", () =>
    Effect.gen(function* () {
      const text = `sep=;\r\n${header.replaceAll(",", ";")}\r\n${one.replaceAll(",", ";")}\r\n`
      const { rows } = yield* read(text)
      assert.deepStrictEqual([rows.length, rows[0]!.line, rows[0]!.fields.name], [1, 3, "Budi"])
    })
  )

  it.effect("UTF-16 with a mark", () =>
    Effect.gen(function* () {
      const { rows: expected } = yield* read(`${header}\n${one}é\n`)
      for (const bigEndian of [false, true]) {
        const { rows } = yield* read(utf16(`${header}\n${one}é\n`.replaceAll(",", "\t"), bigEndian))
        assert.deepStrictEqual(rows, expected)
      }
    })
  )

  it.effect("ragged rows: short ones have empty cells, long ones are marked as damaged", () =>
    Effect.gen(function* () {
      const { rows } = yield* read(`${header}\nH1,,head,Budi\n${one},,\n${one}, No. 5\n${one}\n`)
      assert.strictEqual(rows[2]!.fields.unread, " No. 5")
      assert.deepStrictEqual(
        rows.map((_) => [_.line, _.damage, _.fields.citizenship]),
        [
          [2, undefined, ""],
          [3, undefined, "WNI"],
          [4, "TooManyCells", "WNI"],
          [5, undefined, "WNI"]
        ]
      )
    })
  )

  it.effect("a quote in the middle of a cell as part of it", () =>
    Effect.gen(function* () {
      const { rows } = yield* read(`${header}\nH1,,head,Budi,,L,,WNI,Jl. 5" Blok A\n${one}\n`)
      assert.deepStrictEqual(
        rows.map((_) => _.fields.address),
        ['Jl. 5" Blok A', "Jl. Melati 1"]
      )
    })
  )

  it.effect("JSON lines, with every digit of a number", () =>
    Effect.gen(function* () {
      const row = '{"household":"H1","Hubungan":"head","nama":"Budi","nik":9971010101800001,"sex":"L",'
      const text = `${row}"birth_date":"1980-01-01","citizenship":"WNI","wage":4900000.00,"phone":null}\n\nnot json\n[1]\n`
      const { opened, rows } = yield* read(text, "rows.jsonl")
      assert.strictEqual(opened.rowCount, 3)
      assert.strictEqual(rows[0]!.fields.nik, "9971010101800001")
      assert.strictEqual(rows[0]!.fields.wage, "4900000.00")
      assert.strictEqual(rows[0]!.fields.relation, "head")
      assert.strictEqual(rows[0]!.fields.phone, "")
      assert.deepStrictEqual(rows.slice(1), [
        { line: 3, fields: { unread: "not json" }, damage: "NotAnObject" },
        { line: 4, fields: { unread: "[1]" }, damage: "NotAnObject" }
      ])
    })
  )

  it.effect("whatever the chunks that the disk gives", () =>
    Effect.gen(function* () {
      const rows = Array.from(
        { length: 4000 },
        (_, i) => `H${i},,head,"Sité ${i}",${i},L,1980-01-01,WNI,"a\r\nb ""${i}"""`
      )
      const { opened, rows: got } = yield* read([header, ...rows].join("\r\n"))
      assert.strictEqual(got.length, 4000)
      assert.strictEqual(opened.rowCount, 4000)
      assert.deepStrictEqual(got.at(-1)!.line, 2 + 3999 * 2)
      assert.isTrue(got.every((row, i) => row.fields.name === `Sité ${i}` && row.fields.address === `a\r\nb "${i}"`))
    })
  )

  it("gives back any cells that a CSV writer writes", async () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "é", " ", ",", ";", '"', "\n", "\r\n", "😀", "0"),
      maxLength: 8
    })
    const names = header.split(",")
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(...names.map(() => cell)), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(",", ";", "\t"),
        async (cells, delimiter) => {
          // Half a row of delimiters after a line break is taken for an open quote, so leave them out there.
          fc.pre(
            cells.every((row) => row.every((each) => !/[\n\r].*[,;]/s.test(each)) && row.some((_) => _.trim() !== ""))
          )
          const text = [names, ...cells].map((row) => row.map(quoted).join(delimiter)).join("\n")
          const { rows } = await Effect.runPromise(read(text))
          assert.deepStrictEqual(
            rows.map((row) => names.map((name) => row.fields[name])),
            cells
          )
        }
      ),
      { numRuns: 60 }
    )
  })
})

describe("IntakeFile refuses", () => {
  it.effect("what is no file of rows, each with its own sentence", () =>
    Effect.gen(function* () {
      const cases: ReadonlyArray<readonly [string | Uint8Array, unknown]> = [
        ["", { problem: "Empty" }],
        ["\n \r\n", { problem: "Empty" }],
        ["\ufeff", { problem: "Empty" }],
        [header, { problem: "NoRows" }],
        [`${header}\n,,,,\n\n`, { problem: "NoRows" }],
        [Buffer.from("504b0304aabb", "hex"), { problem: "Spreadsheet" }],
        [Buffer.from("d0cf11e0a1b11ae1", "hex"), { problem: "Spreadsheet" }],
        [gzipSync(`${header}\n${one}`), { problem: "Compressed" }],
        [Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 3, 0, 9]), { problem: "Binary" }],
        [Buffer.from(`${header}\n${one}`, "utf16le"), { problem: "Utf16WithoutMark" }],
        [utf16(`${header}\n${one}`).subarray(2).swap16(), { problem: "Utf16WithoutMark" }],
        [Buffer.from(`${header}\n${one}\nH2,,head,Andr\xe9,`, "latin1"), { problem: "NotUtf8", line: 3 }],
        ["<!doctype html>\n<html><body>Masuk</body></html>", { problem: "NotCsv" }],
        ["Dengan hormat,\nbersama ini kami kirim data.", { problem: "NotCsv" }],
        [`[{"name":"Budi"}]`, { problem: "JsonArray" }],
        [
          "name,nik\nBudi,1",
          { problem: "MissingColumns", columns: ["household", "relation", "sex", "birth_date", "citizenship"] }
        ],
        [`${header},No KK\n${one},1`, { problem: "ColumnTwice", columns: ["family_card"] }],
        [`${header}\n${one}\nH2,,head,"Siti,,P,,WNI,x\n${one}`, { problem: "QuoteNotClosed", line: 3 }],
        [
          `${header}\n${one}\nH2,,head,"Siti,,P,,WNI,x\n${one}\nH4,,head,"Joko",,L,,WNI,x`,
          { problem: "QuoteNotClosed", line: 3 }
        ],
        [`${header}\n${one}\nH2,,head,"${"x".repeat(200_000)}",,P,,WNI,x`, { problem: "RowTooLong", line: 3 }]
      ]
      for (const [content, expected] of cases) assert.deepStrictEqual(yield* refusal(content), expected)
      assert.deepStrictEqual(yield* refusal("not json\n", "rows.jsonl"), { problem: "NotJsonLines" })
      assert.deepStrictEqual(yield* refusal('{"name":"Budi"}\n', "rows.jsonl"), {
        problem: "MissingColumns",
        columns: ["household", "relation", "nik", "sex", "birth_date", "citizenship"]
      })
    })
  )

  it.effect("a NUL, or another encoding, far into the file", () =>
    Effect.gen(function* () {
      const rows = Array.from({ length: 3000 }, () => one)
      const start = Buffer.from([header, ...rows, ""].join("\n"))
      assert.deepStrictEqual(yield* refusal(Buffer.concat([start, Buffer.from([0x41, 0x00])])), { problem: "Binary" })
      assert.deepStrictEqual(yield* refusal(Buffer.concat([start, Buffer.from("H,,\xe9", "latin1")])), {
        problem: "NotUtf8",
        line: 3002
      })
    })
  )

  it.effect("what is not there, a folder, and what is not a file", () =>
    Effect.gen(function* () {
      const problem = (path: string) => Effect.map(Effect.flip(IntakeFile.open(path)), (_) => _.problem)
      assert.strictEqual(yield* problem(join(folder, "nowhere.csv")), "NotFound")
      assert.strictEqual(yield* problem(folder), "NotAFile")
      assert.strictEqual(yield* problem("/dev/null"), "NotAFile")
    })
  )

  it.effect("to go on when the file changes under it", () =>
    Effect.gen(function* () {
      const path = file(`${header}\n${one}\n`)
      const opened = yield* IntakeFile.open(path)
      writeFileSync(path, `${header}\n${one.replace("Budi", "Badu")}\n`)
      const error = yield* Effect.flip(Stream.runDrain(IntakeFile.rows(opened)))
      assert.strictEqual(error.problem, "Changed")
    })
  )

  it.effect("in one sentence that names the file and the line, without any content of a row", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(IntakeFile.open(file(`${header}\n${one}\nH2,,head,"Canarya`, "warga.csv")))
      assert.match(error.message, /warga\.csv, line 3: a double quote .*close it, or export the file again\.$/)
      assert.notInclude(error.message, "Canarya")
    })
  )
})
