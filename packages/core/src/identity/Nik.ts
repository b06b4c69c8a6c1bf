/**
 * NIK, the population number: 16 digits `PP KK CC DD MM YY NNNN` with the province,
 * regency and district where the person was first registered, the birth date (a woman's
 * day is raised by 40) and a serial.
 *
 * A NIK is for life. It does not follow a move, and it is not changed when a birth date
 * is corrected. What it says about region, birth date and sex is therefore weak: a
 * difference from the record is a *warning*, never an error. There is no check digit, so
 * a well-formed NIK need not exist; only the population registry can prove that.
 *
 * Source: UU 23/2006 as amended by UU 24/2013 art. 13; PP 40/2019.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as PlainDate from "../time/PlainDate.ts"
import { DistrictCode, ProvinceCode, RegencyCode, type Regions, successor } from "./Region.ts"
import type { Sex } from "./Sex.ts"
import * as SpreadsheetNumber from "./SpreadsheetNumber.ts"

// --- models ---

/**
 * What can be wrong with the text itself. `NoSuchDay`: day and month are in range, and
 * neither century has such a day (31 April, 29 February 1901 and 2001).
 *
 * @category models
 * @since 0.1.0
 */
export const Problem = Schema.Literals([
  "Empty",
  "SpreadsheetNumber",
  "ThousandSeparators",
  "HasLetters",
  "WrongLength",
  "Placeholder",
  "DayOutOfRange",
  "MonthOutOfRange",
  "NoSuchDay",
  "SerialZero"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Problem = typeof Problem.Type

/**
 * @category models
 * @since 0.1.0
 */
export const Nik = Schema.String.check(
  Schema.isPattern(/^\d{16}$/, { message: "expected the 16 digits of a NIK" }),
  Schema.makeFilter((digits) => structureProblems(digits).length === 0 || "not the structure of a NIK")
).pipe(Schema.brand("Nik"))

/**
 * @category models
 * @since 0.1.0
 */
export type Nik = typeof Nik.Type

/**
 * What a NIK says. `birthDates` are the one or two days that its six digits can mean,
 * earliest first: the year has no century.
 *
 * @category models
 * @since 0.1.0
 */
export interface Reading {
  readonly province: ProvinceCode
  readonly regency: RegencyCode
  readonly district: DistrictCode
  readonly sex: Sex
  readonly birthDates: ReadonlyArray<PlainDate.PlainDate>
  readonly serial: number
}

/**
 * A difference worth showing to an officer. It never refuses anybody.
 *
 * @category models
 * @since 0.1.0
 */
export type Warning =
  | { readonly code: "RegionUnknown" }
  | { readonly code: "RegionRetired"; readonly now: RegencyCode }
  | { readonly code: "RegionDiffers" }
  | { readonly code: "BirthDateDiffers" }
  | { readonly code: "SexDiffers" }

// --- errors ---

/**
 * The text is not a NIK. Carries every problem found, and not the text.
 *
 * @category errors
 * @since 0.1.0
 */
export class NikInvalid extends Schema.TaggedError<NikInvalid>("@kis/core/identity/NikInvalid")("NikInvalid", {
  problems: Schema.NonEmptyArray(Problem)
}) {
  override get message() {
    return (
      `This is not a NIK (${this.problems.join(", ")}). Copy the 16 digits from the KTP-el or family card, ` +
      "and keep the column as text in a spreadsheet."
    )
  }
}

// --- constructors ---

/**
 * Reads a NIK as people write it: spaces, dashes, dots between groups, full-width digits
 * and a spreadsheet's leading apostrophe are dropped. A number that a spreadsheet has
 * turned into `3,67105E+15`, `3671051203950001.0` or `3.671.051.203.950.001` is refused
 * with that reason, since its last digits may be lost.
 *
 * @example
 * Nik.parse("9901 0152 0395 0001") // => Result.succeed(Nik.Nik.make("9901015203950001"))
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Result.Result<Nik, NikInvalid> => {
  const number = SpreadsheetNumber.read(text)
  const problems = number._tag === "Mangled" ? [number.defect] : problemsOf(number.text)
  const [first, ...rest] = problems
  return first === undefined
    ? Result.succeed((number._tag === "Mangled" ? "" : number.text) as Nik)
    : Result.fail(new NikInvalid({ problems: [first, ...rest] }))
}

/**
 * The NIK of a first registration.
 *
 * Throws when the serial is not a whole number from 1 to 9999.
 *
 * @category constructors
 * @since 0.1.0
 */
export const format = (parts: {
  readonly district: DistrictCode
  readonly birthDate: PlainDate.PlainDate
  readonly sex: Sex
  readonly serial: number
}): Nik => {
  const day = PlainDate.dayOfMonth(parts.birthDate) + (parts.sex === "female" ? femaleOffset : 0)
  const month = PlainDate.month(parts.birthDate)
  const year = PlainDate.year(parts.birthDate) % 100
  return Nik.make(`${parts.district}${pad(day, 2)}${pad(month, 2)}${pad(year, 2)}${pad(parts.serial, 4)}`)
}

// --- reading ---

/**
 * What the NIK says, with the birth dates that are possible on the reference date.
 *
 * @example
 * const reading = Nik.read(Nik.Nik.make("9901015203200001"), PlainDate.make("2026-11-24"))
 * reading.sex // => "female"
 * reading.birthDates // => [PlainDate.make("1920-03-12"), PlainDate.make("2020-03-12")]
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (nik: Nik, referenceDate: PlainDate.PlainDate): Reading => {
  const day = Number(nik.slice(6, 8))
  const sex = day > femaleOffset ? "female" : "male"
  const [dayOfMonth, month, year] = [sex === "female" ? day - femaleOffset : day, ...monthAndYear(nik)]
  return {
    province: ProvinceCode.make(nik.slice(0, 2)),
    regency: RegencyCode.make(nik.slice(0, 4)),
    district: DistrictCode.make(nik.slice(0, 6)),
    sex,
    birthDates: centuries
      .map((century) => PlainDate.fromParts(century + year, month, dayOfMonth))
      .filter(Option.isSome)
      .map((date) => date.value)
      .filter((date) => PlainDate.notAfter(date, referenceDate)),
    serial: Number(nik.slice(12))
  }
}

/**
 * Where the NIK differs from what is known of the person, and whether its region is
 * known. The region is looked at only when `regions` are given; a region that was
 * renumbered when Papua was divided in 2022 is named with its new code.
 *
 * @category reading
 * @since 0.1.0
 */
export const warnings = (
  nik: Nik,
  known: {
    readonly birthDate?: PlainDate.PlainDate | undefined
    readonly sex?: Sex | undefined
    readonly district?: DistrictCode | undefined
  },
  regions?: Regions["Service"]
): ReadonlyArray<Warning> => {
  const reading = read(nik, lastDay)
  const found: Array<Warning> = []
  if (regions !== undefined) found.push(...regionWarnings(reading, regions))
  if (known.district !== undefined && known.district !== reading.district) found.push({ code: "RegionDiffers" })
  if (known.birthDate !== undefined && !reading.birthDates.includes(known.birthDate)) {
    found.push({ code: "BirthDateDiffers" })
  }
  if (known.sex !== undefined && known.sex !== reading.sex) found.push({ code: "SexDiffers" })
  return found
}

/**
 * For a person who must recognise the number: regency and the last two digits stay.
 *
 * @example
 * Nik.mask(Nik.Nik.make("9901015203950001")) // => "9901**********01"
 *
 * @category reading
 * @since 0.1.0
 */
export const mask = (nik: Nik): string => `${nik.slice(0, 4)}**********${nik.slice(14)}`

// --- private ---

const femaleOffset = 40

const centuries = [1900, 2000]

// Warnings compare digits, so every day that the digits can mean counts.
const lastDay = PlainDate.make("2099-12-31")

const pad = (n: number, width: number) => String(n).padStart(width, "0")

const monthAndYear = (digits: string): [month: number, year: number] => [
  Number(digits.slice(8, 10)),
  Number(digits.slice(10, 12))
]

const problemsOf = (text: string): ReadonlyArray<Problem> => {
  if (text === "") return ["Empty"]
  const digits = text.replace(/\D/g, "")
  const problems: Array<Problem> = []
  if (digits.length !== text.length) problems.push("HasLetters")
  // One letter among 16 characters is a misread digit: the length is right.
  if (digits.length !== 16 && text.length !== 16) problems.push("WrongLength")
  return problems.length > 0 ? problems : structureProblems(digits)
}

const structureProblems = (digits: string): ReadonlyArray<Problem> => {
  const day = Number(digits.slice(6, 8))
  const [month, year] = monthAndYear(digits)
  const problems: Array<Problem> = []
  if (/^(\d)\1*$/.test(digits)) problems.push("Placeholder")
  const dayInRange = (day >= 1 && day <= 31) || (day >= femaleOffset + 1 && day <= femaleOffset + 31)
  const monthInRange = month >= 1 && month <= 12
  if (!dayInRange) problems.push("DayOutOfRange")
  if (!monthInRange) problems.push("MonthOutOfRange")
  if (dayInRange && monthInRange) {
    const dayOfMonth = day > femaleOffset ? day - femaleOffset : day
    if (centuries.every((century) => Option.isNone(PlainDate.fromParts(century + year, month, dayOfMonth)))) {
      problems.push("NoSuchDay")
    }
  }
  if (digits.slice(12) === "0000") problems.push("SerialZero")
  return problems
}

const regionWarnings = (reading: Reading, regions: Regions["Service"]): ReadonlyArray<Warning> => {
  const now = successor(reading.regency)
  if (Option.isSome(now)) return [{ code: "RegionRetired", now: now.value }]
  return Option.isNone(regions.find(reading.district)) ? [{ code: "RegionUnknown" }] : []
}
