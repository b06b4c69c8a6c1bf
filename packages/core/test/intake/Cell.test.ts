import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { Nik } from "../../src/identity/Nik.ts"
import { ParticipantNumber } from "../../src/identity/ParticipantNumber.ts"
import * as Region from "../../src/identity/Region.ts"
import * as Cell from "../../src/intake/Cell.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const value = <A>(result: Result.Result<A, ReadonlyArray<Cell.Issue>>) =>
  Result.match(result, { onFailure: (issues) => issues.map((_) => _.code).join(), onSuccess: (value) => value })

const dates = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => PlainDate.make(date.toISOString().slice(0, 10)))

const pad = (n: number) => String(n).padStart(2, "0")

describe("Cell.date", () => {
  it("reads the three ways in which a date is written", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const [y, m, d] = [PlainDate.year(date), pad(PlainDate.month(date)), pad(PlainDate.dayOfMonth(date))]
        for (const written of [`${y}-${m}-${d}`, `${d}/${m}/${y}`, `${d}-${m}-${y}`, ` '${y}-${m}-${d} 00:00:00`]) {
          assert.strictEqual(value(Cell.date(written)), date, written)
        }
      })
    )
  })

  it("never guesses which is the day and which the month", () => {
    assert.strictEqual(value(Cell.date("3/4/1990")), "DateAmbiguous")
    assert.strictEqual(value(Cell.date("3/04/1990")), "DateAmbiguous")
    assert.strictEqual(value(Cell.date("4/4/1990")), "1990-04-04")
    assert.strictEqual(value(Cell.date("23/4/1990")), "1990-04-23")
    assert.strictEqual(value(Cell.date("4/23/1990")), "DateNoSuchDay")
    assert.strictEqual(value(Cell.date("04/23/1990")), "DateNoSuchDay")
  })

  it("says what is wrong", () => {
    assert.strictEqual(value(Cell.date("23/04/90")), "DateTwoDigitYear")
    assert.strictEqual(value(Cell.date("32971")), "DateSpreadsheet")
    assert.strictEqual(value(Cell.date("1990-02-30")), "DateNoSuchDay")
    for (const text of ["23 April 1990", "1990", "23.04.1990", "23/04-1990", "1990/04/23", "tidak tahu"]) {
      assert.strictEqual(value(Cell.date(text)), "DateFormat", text)
    }
  })
})

describe("Cell.wage", () => {
  it("reads rupiah as they are written here", () => {
    const wages = fc.integer({ min: 100_000, max: 999_999_999 })
    fc.assert(
      fc.property(wages, (rupiah) => {
        const dots = rupiah.toLocaleString("id-ID")
        for (const text of [
          `${rupiah}`,
          dots,
          `Rp ${dots}`,
          `Rp.${dots},00`,
          `Rp${dots},-`,
          rupiah.toLocaleString("en")
        ]) {
          assert.strictEqual(value(Cell.wage(text)), rupiah, text)
        }
      })
    )
    assert.strictEqual(value(Cell.wage("0")), 0)
  })

  it("does not take thousands for rupiah, nor text for a number", () => {
    assert.strictEqual(value(Cell.wage("4.500")), "WageUnclear")
    assert.strictEqual(value(Cell.wage("4500")), "WageUnclear")
    for (const text of ["4,5 juta", "4.5E+06", "4.50.000", "-4500000", "4.500.000.00", "sesuai UMK"]) {
      assert.strictEqual(value(Cell.wage(text)), "WageFormat", text)
    }
  })
})

describe("Cell, choices", () => {
  it("reads sex as a card, a form and a form in English write it", () => {
    for (const text of ["L", "l", "M", "Laki-laki", "LAKI - LAKI", "male"]) {
      assert.strictEqual(value(Cell.sex(text)), "male", text)
    }
    for (const text of ["P", "F", "Perempuan", "wanita"]) assert.strictEqual(value(Cell.sex(text)), "female", text)
    assert.strictEqual(value(Cell.sex("X")), "ChoiceUnknown")
  })

  it("reads the words of a family card", () => {
    assert.strictEqual(value(Cell.relation("KEPALA KELUARGA")), "head")
    assert.strictEqual(value(Cell.relation("Istri")), "spouse")
    assert.strictEqual(value(Cell.relation("mertua")), "parent-in-law")
    assert.strictEqual(value(Cell.maritalStatus("Cerai Mati")), "widowed")
    assert.strictEqual(value(Cell.citizenship("wni")), "WNI")
    assert.strictEqual(value(Cell.occupation("Pelajar / Mahasiswa")), "none")
    assert.strictEqual(value(Cell.occupation("Wiraswasta")), "own-account")
    assert.strictEqual(value(Cell.occupation("Karyawan Swasta")), "private")
    assert.strictEqual(value(Cell.occupation("swasta")), "ChoiceUnknown")
    assert.strictEqual(value(Cell.wardClass("Kelas III")), 3)
    assert.strictEqual(value(Cell.yesNo("Ya")), true)
    assert.strictEqual(value(Cell.yesNo("tidak")), false)
    assert.strictEqual(value(Cell.yesNo("mungkin")), "ChoiceUnknown")
  })
})

describe("Cell, names and numbers", () => {
  it("keeps a name as it is, but for stray spaces", () => {
    assert.strictEqual(value(Cell.name(" H.  Moh.\u00a0Rizki, S.Pd ")), "H. Moh. Rizki, S.Pd")
    assert.strictEqual(value(Cell.name("N")), "N")
    for (const text of ["-", "123", "Budi 2", "x".repeat(121)]) {
      assert.strictEqual(value(Cell.name(text)), "NameUnreadable", text)
    }
  })

  it("a mother is named by card or by NIK", () => {
    assert.deepStrictEqual(value(Cell.motherReference("0001481620001")), {
      _tag: "ParticipantNumber",
      number: ParticipantNumber.make("0001481620001")
    })
    assert.deepStrictEqual(value(Cell.motherReference("'9901015203950001")), {
      _tag: "Nik",
      nik: Nik.make("9901015203950001")
    })
    assert.strictEqual(value(Cell.motherReference("1481620001")), "MotherReferenceUnreadable")
  })

  it("passports and months", () => {
    assert.strictEqual(value(Cell.passport("x 1234567")), "X1234567")
    assert.strictEqual(value(Cell.passport("12")), "PassportFormat")
    assert.strictEqual(value(Cell.months("12 bulan")), 12)
    assert.strictEqual(value(Cell.months("setahun")), "NumberFormat")
  })

  it.effect("a district is a code of the ministry", () =>
    Effect.gen(function* () {
      const district = Cell.district(yield* Region.Regions)
      assert.strictEqual(value(district("36.71.05")), "367105")
      assert.strictEqual(value(district("367199")), "DistrictUnknown")
      assert.strictEqual(value(district("Cipondoh")), "DistrictFormat")
    }).pipe(Effect.provide(Region.layer))
  )
})
