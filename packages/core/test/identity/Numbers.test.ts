import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import { parsePhoneNumberFromString } from "libphonenumber-js/core"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { generate } from "../../scripts/phone-metadata.ts"
import * as FamilyCardNumber from "../../src/identity/FamilyCardNumber.ts"
import * as ParticipantNumber from "../../src/identity/ParticipantNumber.ts"
import * as Person from "../../src/identity/Person.ts"
import * as PhoneNumber from "../../src/identity/PhoneNumber.ts"
import { Segment } from "../../src/identity/Segment.ts"
import * as SegmentNames from "../../src/identity/Segment.ts"
import * as VirtualAccount from "../../src/identity/VirtualAccount.ts"

const problems = <A, E extends { readonly problems: ReadonlyArray<string> }>(result: Result.Result<A, E>) =>
  Result.match(result, { onFailure: (error) => [...error.problems], onSuccess: () => [] })

const digits = (length: number) => fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((_) => _.join(""))

describe("FamilyCardNumber", () => {
  it("wants 16 digits, of any inner structure", () => {
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("'9901 0152 9995 0001")), [])
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("990101529995000")), ["WrongLength"])
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("99O1015299950001")), ["HasLetters"])
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("0000000000000000")), ["Placeholder"])
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("9,90102E+15")), ["SpreadsheetNumber"])
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("9.901.015.203.950.001")), ["ThousandSeparators"])
    assert.deepStrictEqual(problems(FamilyCardNumber.parse("")), ["Empty"])
  })

  it("schema and parser accept the same digits", () => {
    fc.assert(
      fc.property(fc.oneof(digits(16), fc.constantFrom("1111111111111111", "2222222222222222")), (text) => {
        const accepted = Option.isSome(Schema.decodeOption(FamilyCardNumber.FamilyCardNumber)(text))
        assert.strictEqual(accepted, problems(FamilyCardNumber.parse(text)).length === 0)
      })
    )
  })
})

describe("ParticipantNumber", () => {
  it("keeps its leading zeros", () => {
    assert.deepStrictEqual(
      ParticipantNumber.parse("0001481620001"),
      Result.succeed(ParticipantNumber.ParticipantNumber.make("0001481620001"))
    )
    assert.deepStrictEqual(problems(ParticipantNumber.parse("1481620001")), ["WrongLength"])
    assert.deepStrictEqual(problems(ParticipantNumber.parse("1,48162E+9")), ["SpreadsheetNumber"])
    assert.deepStrictEqual(problems(ParticipantNumber.parse("OOO1481620001")), ["HasLetters", "WrongLength"])
  })
})

describe("VirtualAccount", () => {
  const number = ParticipantNumber.ParticipantNumber.make("0011336526592")

  it("is bank, payer and the last ten digits", () => {
    assert.deepStrictEqual(VirtualAccount.of(number, "BRI", "PBPU"), Option.some("8888801336526592"))
    assert.deepStrictEqual(VirtualAccount.of(number, "Mandiri", "PPU-BU"), Option.some("8988891336526592"))
  })

  it("does not exist where a government pays", () => {
    for (const segment of ["PBI-JK", "PBPU-PD"] as const) {
      assert.deepStrictEqual(VirtualAccount.of(number, "BNI", segment), Option.none())
    }
  })
})

describe("PhoneNumber", () => {
  it("one phone, many spellings, one number", () => {
    for (const text of [
      "081234567890",
      "0812-3456-7890",
      "0812 3456 7890",
      "62 812 3456 7890",
      "+6281234567890",
      "+62 0812 3456 7890",
      "(0812) 34567890",
      "81234567890",
      "'081234567890",
      "０８１２３４５６７８９０"
    ]) {
      const phone = PhoneNumber.PhoneNumber.make("+6281234567890")
      assert.deepStrictEqual(PhoneNumber.parse(text), Result.succeed(phone), text)
    }
  })

  it("says what is wrong", () => {
    const cases: ReadonlyArray<[string, PhoneNumber.Problem]> = [
      ["", "Empty"],
      ["tidak ada", "HasLetters"],
      ["8,12346E+11", "SpreadsheetNumber"],
      ["0812", "TooShort"],
      ["0812345678901234", "TooLong"],
      ["+6591234567", "NotIndonesian"],
      ["0099999999", "NotAssigned"]
    ]
    for (const [text, problem] of cases) assert.deepStrictEqual(problems(PhoneNumber.parse(text)), [problem], text)
  })

  it("landlines are numbers, and not mobile", () => {
    const jakarta = Result.getOrThrow(PhoneNumber.parse("(021) 5551-2345"))
    assert.strictEqual(jakarta, "+622155512345")
    assert.isFalse(PhoneNumber.isMobile(jakarta))
    const siantar = Result.getOrThrow(PhoneNumber.parse("0622 432100"))
    assert.strictEqual(siantar, "+62622432100")
  })

  it("reads back every mobile number as it is written in the country", () => {
    const mobiles = fc
      .tuple(fc.constantFrom("811", "812", "813", "821", "852", "857", "878", "896"), digits(8))
      .map(([operator, rest]) => `0${operator}${rest}`)
    fc.assert(
      fc.property(mobiles, (text) => {
        const phone = Result.getOrThrow(PhoneNumber.parse(text))
        assert.strictEqual(PhoneNumber.national(phone), text)
        assert.deepStrictEqual(PhoneNumber.parse(phone), Result.succeed(phone))
        assert.isTrue(PhoneNumber.isMobile(phone))
        const hidden = phone.length - 9
        assert.strictEqual(PhoneNumber.mask(phone), phone.slice(0, 6) + "*".repeat(hidden) + phone.slice(-3))
      })
    )
  })

  it("agrees with libphonenumber on every number it is given", () => {
    const world = createRequire(import.meta.url)("libphonenumber-js/metadata.max.json")
    const starts = fc.constantFrom(
      "8",
      "81",
      "809",
      "804",
      "1",
      "15",
      "177",
      "2",
      "21",
      "61",
      "619",
      "6",
      "9",
      "001803",
      ""
    )
    const numbers = fc
      .tuple(starts, fc.integer({ min: 3, max: 11 }).chain(digits))
      .map(([start, rest]) => `0${start}${rest}`)
    let assigned = 0
    fc.assert(
      fc.property(numbers, (text) => {
        // 0062 is how the country code is dialled, not a trunk zero and a number
        const national = text.replace(/^(0062)?0*/, "")
        const parsed = parsePhoneNumberFromString(`+62${national}`, world)
        const expected = parsed?.isValid() === true && national.length >= 7 && national.length <= 12
        const phone = PhoneNumber.parse(text)
        if (expected) assigned++
        assert.strictEqual(Result.isSuccess(phone), expected, text)
        if (Result.isSuccess(phone)) assert.strictEqual(phone.success, parsed?.number)
      }),
      { numRuns: 2_000 }
    )
    assert.isAbove(assigned, 200)
  })

  it("the ranges are what the script writes", async () => {
    const committed = await readFile(
      new URL("../../src/identity/internal/phoneRanges.generated.ts", import.meta.url),
      "utf8"
    )
    assert.isTrue(committed === generate(), "run scripts/phone-metadata.ts in packages/core")
  })
})

describe("Person", () => {
  it("a name may be one word, and needs a letter", () => {
    const isName = (text: string) => Option.isSome(Schema.decodeOption(Person.Name)(text))
    assert.isTrue(isName("Sutrisno"))
    assert.isTrue(isName("N"))
    assert.isTrue(isName("Ni Luh Putu Sri Ayu Dewi"))
    for (const text of ["", " ", "-", "123", " Siti", "x".repeat(121)]) assert.isFalse(isName(text), text)
  })

  it("masks all but the initials", () => {
    assert.strictEqual(Person.maskName("Siti Aminah"), "S*** A*****")
  })
})

describe("Segment", () => {
  it("every segment has a name in both languages", () => {
    for (const segment of Segment.literals) {
      for (const language of ["id", "en"] as const) assert.isAbove(SegmentNames.name(segment, language).length, 4)
    }
  })
})
