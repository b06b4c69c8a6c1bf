import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import * as Nik from "../../src/identity/Nik.ts"
import * as Region from "../../src/identity/Region.ts"
import { Sex } from "../../src/identity/Sex.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const day = PlainDate.make
const today = day("2026-11-24")

const problems = (text: string) =>
  Result.match(Nik.parse(text), { onFailure: (error) => error.problems, onSuccess: () => [] })

const parts = fc.record({
  district: fc.constantFrom("990101", "990203", "997101").map((code) => Region.DistrictCode.make(code)),
  birthDate: fc
    .date({ min: new Date("1900-01-01"), max: new Date("2026-11-24"), noInvalidDate: true })
    .map((date) => day(date.toISOString().slice(0, 10))),
  sex: fc.constantFrom(...Sex.literals),
  serial: fc.integer({ min: 1, max: 9999 })
})

describe("Nik", () => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(parts, (expected) => {
        const nik = Nik.format(expected)
        assert.deepStrictEqual(Nik.parse(nik), Result.succeed(nik))
        const reading = Nik.read(nik, today)
        assert.strictEqual(reading.district, expected.district)
        assert.strictEqual(reading.regency, expected.district.slice(0, 4))
        assert.strictEqual(reading.province, "99")
        assert.strictEqual(reading.sex, expected.sex)
        assert.strictEqual(reading.serial, expected.serial)
        assert.include(reading.birthDates, expected.birthDate)
        assert.deepStrictEqual(Nik.warnings(nik, expected), [])
      })
    )
  })

  it("gives both centuries, but no day after the reference date", () => {
    const of = (text: string, on = today) => Nik.read(Nik.Nik.make(text), on).birthDates
    assert.deepStrictEqual(of("9901010101200001"), [day("1920-01-01"), day("2020-01-01")])
    assert.deepStrictEqual(of("9901010101300001"), [day("1930-01-01")])
    assert.deepStrictEqual(of("9901012511260001"), [day("1926-11-25")])
    assert.deepStrictEqual(of("9901012411260001"), [day("1926-11-24"), day("2026-11-24")])
  })

  it("knows 29 February of 2000 and not of 1900, for both sexes", () => {
    const male = Nik.read(Nik.Nik.make("9901012902000001"), today)
    const female = Nik.read(Nik.Nik.make("9901016902000001"), today)
    assert.deepStrictEqual([male.sex, male.birthDates], ["male", [day("2000-02-29")]])
    assert.deepStrictEqual([female.sex, female.birthDates], ["female", [day("2000-02-29")]])
    assert.deepStrictEqual(problems("9901012902010001"), ["NoSuchDay"])
  })

  it("accepts the days 01 to 31 and 41 to 71, and no other", () => {
    for (let dayDigits = 0; dayDigits <= 99; dayDigits++) {
      const text = `990101${String(dayDigits).padStart(2, "0")}01900001`
      const isDay = (dayDigits >= 1 && dayDigits <= 31) || (dayDigits >= 41 && dayDigits <= 71)
      assert.deepStrictEqual(problems(text), isDay ? [] : ["DayOutOfRange"], text)
    }
  })

  it("names every problem at once", () => {
    assert.deepStrictEqual(problems("9901013213900000"), ["DayOutOfRange", "MonthOutOfRange", "SerialZero"])
    assert.deepStrictEqual(problems("99010101019O"), ["HasLetters", "WrongLength"])
    assert.deepStrictEqual(problems("99010101019O0001"), ["HasLetters"])
    assert.deepStrictEqual(problems("990101010190001"), ["WrongLength"])
    assert.deepStrictEqual(problems("99010101019000012"), ["WrongLength"])
    assert.deepStrictEqual(problems(""), ["Empty"])
    assert.deepStrictEqual(problems("  "), ["Empty"])
    assert.deepStrictEqual(problems("1111111111111111"), ["Placeholder"])
    assert.deepStrictEqual(problems("9901013104900001"), ["NoSuchDay"])
  })

  it("repairs what only decorates the digits", () => {
    const nik = "9901015203950001"
    for (const text of [
      `'${nik}`,
      `’${nik}`,
      ` ${nik} `,
      `\u00a0${nik}\u00a0`,
      "9901 0152 0395 0001",
      "9901\u00a00152\u00a00395\u00a00001",
      "990101-520395-0001",
      "99.01.01.520395.0001",
      "９９０１０１５２０３９５０００１",
      `="${nik}"`,
      `\ufeff${nik}`
    ]) {
      assert.deepStrictEqual(Nik.parse(text), Result.succeed(Nik.Nik.make(nik)), text)
    }
  })

  it("recognises a number that a spreadsheet has mangled", () => {
    for (const text of [
      "3,67105E+15",
      "3.67E+15",
      "9.90102e15",
      "1E+16",
      "9901015203950001.0",
      "9901015203950001,00"
    ]) {
      assert.deepStrictEqual(problems(text), ["SpreadsheetNumber"], text)
    }
    for (const text of [
      "9.901.015.203.950.001",
      "9,901,015,203,950,001",
      "9 901 015 203 950 001",
      "9,901,015,203,950,001.00"
    ]) {
      assert.deepStrictEqual(problems(text), ["ThousandSeparators"], text)
    }
  })

  it("never echoes the number in the error", () => {
    const error = Result.match(Nik.parse("9901013213900000"), { onFailure: (e) => e, onSuccess: () => undefined })
    assert.isDefined(error)
    assert.notInclude(`${error?.message} ${JSON.stringify(error)}`, "990101")
  })

  it("schema and parser accept the same digits", () => {
    const digits = fc.array(fc.nat(9), { minLength: 16, maxLength: 16 }).map((_) => _.join(""))
    const decode = Schema.decodeOption(Nik.Nik)
    fc.assert(
      fc.property(fc.oneof(digits, parts.map(Nik.format)), (text) => {
        assert.strictEqual(Option.isSome(decode(text)), problems(text).length === 0)
      })
    )
  })

  it("masks all but the regency and two digits", () => {
    fc.assert(
      fc.property(parts.map(Nik.format), (nik) => {
        const masked = Nik.mask(nik)
        assert.strictEqual(masked.length, 16)
        assert.notInclude(masked, nik.slice(4, 14))
      })
    )
  })
})

describe("Nik.warnings", () => {
  it.effect("differences warn and do not refuse", () =>
    Effect.gen(function* () {
      const regions = yield* Region.Regions
      const nik = Nik.Nik.make("9901015203950001")
      const codes = (known: Parameters<typeof Nik.warnings>[1], text = nik) =>
        Nik.warnings(text, known, regions).map((warning) => warning.code)
      assert.deepStrictEqual(codes({}), [])
      assert.deepStrictEqual(codes({ birthDate: day("1995-03-12"), sex: "female" }), [])
      assert.deepStrictEqual(codes({ birthDate: day("1995-12-03"), sex: "male" }), ["BirthDateDiffers", "SexDiffers"])
      assert.deepStrictEqual(codes({ district: Region.DistrictCode.make("367105") }), ["RegionDiffers"])
      assert.deepStrictEqual(codes({}, Nik.Nik.make("9801015203950001")), ["RegionUnknown"])
    }).pipe(Effect.provide(Region.layerTest))
  )

  it.effect("every retired code of Papua is named with its successor, which exists", () =>
    Effect.gen(function* () {
      const regions = yield* Region.Regions
      assert.strictEqual(Region.retired().length, 26)
      for (const code of Region.retired()) {
        assert.deepStrictEqual(regions.find(code), Option.none(), code)
        const [warning, ...others] = Nik.warnings(Nik.Nik.make(`${code}011203950001`), {}, regions)
        assert.deepStrictEqual(others, [])
        if (warning?.code !== "RegionRetired") return assert.fail(`${code} is not known as retired`)
        assert.isTrue(Option.isSome(regions.find(warning.now)), warning.now)
      }
      assert.deepStrictEqual(Nik.warnings(Nik.Nik.make("9101011203950001"), {}, regions), [
        { code: "RegionRetired", now: Region.RegencyCode.make("9301") }
      ])
    }).pipe(Effect.provide(Region.layer))
  )
})
