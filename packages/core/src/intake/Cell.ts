/**
 * What a cell of an intake file means.
 *
 * Each reader takes the text as it was typed and answers with a value, or with every
 * problem it has. What can be read in two ways is a problem, never a guess. An empty
 * cell is not the business of a reader: it means that nothing was said.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { Occupation } from "../eligibility/Facts.ts"
import * as FamilyCardNumber from "../identity/FamilyCardNumber.ts"
import * as Nik from "../identity/Nik.ts"
import * as ParticipantNumber from "../identity/ParticipantNumber.ts"
import { Citizenship, MaritalStatus, Relation } from "../identity/Person.ts"
import * as Region from "../identity/Region.ts"
import { Sex } from "../identity/Sex.ts"
import type { Params } from "../policy/Reason.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { ProblemCode } from "./RowProblem.ts"

// --- models ---

/**
 * A problem of a cell; the column is added by whoever reads the row.
 *
 * @category models
 * @since 0.1.0
 */
export interface Issue {
  readonly code: ProblemCode
  readonly params?: Params
}

/**
 * @category models
 * @since 0.1.0
 */
export type Reader<A> = (text: string) => Result.Result<A, ReadonlyArray<Issue>>

/**
 * How a newborn's mother is named: she may be known by her NIK or by her card.
 *
 * @category models
 * @since 0.1.0
 */
export type MotherReference =
  | { readonly _tag: "Nik"; readonly nik: Nik.Nik }
  | { readonly _tag: "ParticipantNumber"; readonly number: ParticipantNumber.ParticipantNumber }

// --- text ---

/**
 * Text without control characters, doubled spaces and no-break spaces. Accents and full
 * stops stay: they belong to names.
 *
 * @category text
 * @since 0.1.0
 */
export const tidy = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()

/**
 * @category text
 * @since 0.1.0
 */
export const text: Reader<string> = (cell) => Result.succeed(tidy(cell))

/**
 * A name has a letter and no digit, and at most 120 characters. One word is a whole name.
 *
 * @category text
 * @since 0.1.0
 */
export const name: Reader<string> = (cell) => {
  const written = tidy(cell).replace(/^'/, "")
  return /\p{L}/u.test(written) && !/\d/.test(written) && written.length <= 120
    ? Result.succeed(written)
    : fail("NameUnreadable")
}

/**
 * @category text
 * @since 0.1.0
 */
export const passport: Reader<string> = (cell) => {
  const written = tidy(cell).replace(/[\s-]/g, "").toUpperCase()
  return /^[A-Z0-9]{6,9}$/.test(written) ? Result.succeed(written) : fail("PassportFormat")
}

// --- numbers of people ---

/**
 * @category numbers
 * @since 0.1.0
 */
export const nik: Reader<Nik.Nik> = (cell) =>
  Result.mapError(Nik.parse(cell), (error) => error.problems.map((problem) => ({ code: nikCodes[problem] })))

/**
 * @category numbers
 * @since 0.1.0
 */
export const familyCard: Reader<FamilyCardNumber.FamilyCardNumber> = (cell) =>
  Result.mapError(FamilyCardNumber.parse(cell), (error) =>
    error.problems.map((problem) => ({ code: familyCardCodes[problem] }))
  )

/**
 * The mother's NIK, or her participant number.
 *
 * @category numbers
 * @since 0.1.0
 */
export const motherReference: Reader<MotherReference> = (cell) => {
  const number = ParticipantNumber.parse(cell)
  if (Result.isSuccess(number)) return Result.succeed({ _tag: "ParticipantNumber", number: number.success })
  const written = Nik.parse(cell)
  return Result.isSuccess(written)
    ? Result.succeed({ _tag: "Nik", nik: written.success })
    : fail("MotherReferenceUnreadable")
}

/**
 * A district's code that exists, with or without dots.
 *
 * @category numbers
 * @since 0.1.0
 */
export const district =
  (regions: Region.Regions["Service"]): Reader<Region.DistrictCode> =>
  (cell) => {
    const digits = tidy(cell).replace(/^'/, "").replaceAll(".", "")
    if (!/^\d{6}$/.test(digits)) return fail("DistrictFormat")
    return Option.isSome(regions.find(digits))
      ? Result.succeed(Region.DistrictCode.make(digits))
      : fail("DistrictUnknown")
  }

// --- dates and quantities ---

/**
 * `YYYY-MM-DD`, `DD/MM/YYYY` or `DD-MM-YYYY`. Without leading zeros, as in `3/4/1990`, a
 * spreadsheet set to American English may have written it: such a date is taken only when
 * no other reading exists.
 *
 * @example
 * Cell.date("23/07/1990") // => Result.succeed(PlainDate.make("1990-07-23"))
 * Cell.date("3/4/1990") // => Result.fail([{ code: "DateAmbiguous" }])
 *
 * @category quantities
 * @since 0.1.0
 */
export const date: Reader<PlainDate.PlainDate> = (cell) => {
  const written = tidy(cell)
    .replace(/^'/, "")
    .replace(/[ T]00:00(:00)?$/, "")
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written)
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  if (/^\d{5}$/.test(written)) return fail("DateSpreadsheet")
  if (/^\d{1,2}[/-]\d{1,2}[/-]\d{2}$/.test(written)) return fail("DateTwoDigitYear")
  const parts = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/.exec(written)
  if (parts === null) return fail("DateFormat")
  const [day = "", month = ""] = [parts[1], parts[3]]
  const unpadded = day.length === 1 || month.length === 1
  const swappable = Number(day) <= 12 && Number(month) <= 12 && Number(day) !== Number(month)
  return unpadded && swappable ? fail("DateAmbiguous") : dayOf(Number(parts[4]), Number(month), Number(day))
}

/**
 * Whole rupiah a month: `4500000`, `4.500.000`, `Rp 4.500.000,00`, `4,500,000`.
 *
 * @example
 * Cell.wage("Rp 4.500.000") // => Result.succeed(4_500_000)
 * Cell.wage("4.500") // => Result.fail([{ code: "WageUnclear" }])
 *
 * @category quantities
 * @since 0.1.0
 */
export const wage: Reader<number> = (cell) => {
  const written = tidy(cell)
    .replace(/^'/, "")
    .replace(/^rp\.?\s*/i, "")
    .replace(/\s+/g, "")
    .replace(/,-$/, "")
  const grouped = /^(\d{1,3}(\.\d{3})+)(,00)?$/.exec(written) ?? /^(\d{1,3}(,\d{3})+)(\.00)?$/.exec(written)
  const digits = grouped?.[1]?.replace(/[.,]/g, "") ?? /^(\d+)(?:[.,]00?)?$/.exec(written)?.[1]
  if (digits === undefined || digits.length > 12) return fail("WageFormat")
  const rupiah = Number(digits)
  return rupiah > 0 && rupiah < leastWage ? fail("WageUnclear") : Result.succeed(rupiah)
}

/**
 * @category quantities
 * @since 0.1.0
 */
export const months: Reader<number> = (cell) => {
  const written = tidy(cell).replace(/\s*(bulan|bln|months?)$/i, "")
  return /^\d{1,3}$/.test(written) ? Result.succeed(Number(written)) : fail("NumberFormat", { min: 0, max: 999 })
}

// --- choices ---

/**
 * @category choices
 * @since 0.1.0
 */
export const sex: Reader<Sex> = choice(
  Sex.literals,
  {
    male: "l, m, laki-laki, laki, lk, pria, male",
    female: "p, f, perempuan, pr, wanita, female"
  },
  "L, P"
)

/**
 * @category choices
 * @since 0.1.0
 */
export const relation: Reader<Relation> = choice(
  Relation.literals,
  {
    head: "head, kepala keluarga, kepala, kk",
    spouse: "spouse, istri, isteri, suami, pasangan",
    child: "child, anak, anak kandung, anak tiri, anak angkat",
    parent: "parent, orang tua, orangtua, ayah, ibu",
    "parent-in-law": "parent-in-law, mertua",
    other: "other, lainnya, lain, famili lain, cucu, menantu, pembantu"
  },
  "kepala keluarga, istri, suami, anak, orang tua, mertua, lainnya"
)

/**
 * @category choices
 * @since 0.1.0
 */
export const maritalStatus: Reader<MaritalStatus> = choice(
  MaritalStatus.literals,
  {
    single: "single, belum kawin, belum menikah, lajang",
    married: "married, kawin, menikah, kawin tercatat, kawin belum tercatat",
    divorced: "divorced, cerai hidup",
    widowed: "widowed, cerai mati, janda, duda"
  },
  "belum kawin, kawin, cerai hidup, cerai mati"
)

/**
 * @category choices
 * @since 0.1.0
 */
export const citizenship: Reader<Citizenship> = choice(
  Citizenship.literals,
  { WNI: "wni, indonesia, warga negara indonesia", WNA: "wna, asing, warga negara asing" },
  "WNI, WNA"
)

/**
 * @category choices
 * @since 0.1.0
 */
export const occupation: Reader<Occupation> = choice(
  Occupation.literals,
  {
    none: "none, tidak bekerja, belum bekerja, belum/tidak bekerja, ibu rumah tangga, mengurus rumah tangga, pelajar, mahasiswa, pelajar/mahasiswa",
    state: "state, pns, asn, pppk, tni, polri, perangkat desa, kepala desa, pegawai negeri",
    private: "private, karyawan swasta, karyawan bumn, karyawan bumd, pegawai swasta",
    "own-account": "own-account, pekerja mandiri, wiraswasta, usaha sendiri, pedagang, petani, nelayan, ojek",
    pensioner: "pensioner, pensiunan",
    veteran: "veteran, perintis kemerdekaan",
    "veteran-survivor":
      "veteran-survivor, janda veteran, duda veteran, yatim veteran, yatim piatu veteran, janda perintis kemerdekaan, duda perintis kemerdekaan, yatim piatu perintis kemerdekaan",
    employer: "employer, pemberi kerja, pengusaha",
    investor: "investor, penanam modal"
  },
  "tidak bekerja, PNS, karyawan swasta, pekerja mandiri, pensiunan, veteran, pemberi kerja, investor"
)

/**
 * @category choices
 * @since 0.1.0
 */
export const wardClass: Reader<1 | 2 | 3> = (cell) =>
  Result.map(wardClassText(cell), (digit) => (digit === "1" ? 1 : digit === "2" ? 2 : 3))

/**
 * @category choices
 * @since 0.1.0
 */
export const yesNo: Reader<boolean> = (cell) => Result.map(yesNoText(cell), (answer) => answer === "yes")

// --- private ---

const leastWage = 100_000

function fail(code: ProblemCode, params?: Params): Result.Result<never, ReadonlyArray<Issue>> {
  return Result.fail([params === undefined ? { code } : { code, params }])
}

// A declaration, since the readers above are made by it when the module loads.
function choice<A extends string>(values: ReadonlyArray<A>, spellings: Record<A, string>, allowed: string): Reader<A> {
  const known = new Map(
    values.flatMap((value) => spellings[value].split(", ").map((spelling) => [spelling, value] as const))
  )
  return (cell) => {
    const value = known.get(
      tidy(cell)
        .toLowerCase()
        .replace(/[.]+$/, "")
        .replace(/\s*([/-])\s*/g, "$1")
    )
    return value === undefined ? fail("ChoiceUnknown", { allowed }) : Result.succeed(value)
  }
}

const wardClassText = choice(
  ["1", "2", "3"],
  { "1": "1, i, kelas 1, kelas i", "2": "2, ii, kelas 2, kelas ii", "3": "3, iii, kelas 3, kelas iii" },
  "1, 2, 3"
)

const yesNoText = choice(
  ["yes", "no"],
  { yes: "yes, ya, y, true, 1", no: "no, tidak, t, n, false, 0, tdk" },
  "ya, tidak"
)

const dayOf = (year: number, month: number, day: number) =>
  Option.match(PlainDate.fromParts(year, month, day), {
    onNone: () => fail("DateNoSuchDay"),
    onSome: (date) => Result.succeed(date)
  })

const nikCodes = {
  Empty: "NikMissing",
  SpreadsheetNumber: "NikSpreadsheet",
  ThousandSeparators: "NikThousandSeparators",
  HasLetters: "NikLetters",
  WrongLength: "NikLength",
  Placeholder: "NikPlaceholder",
  DayOutOfRange: "NikDay",
  MonthOutOfRange: "NikMonth",
  NoSuchDay: "NikNoSuchDay",
  SerialZero: "NikSerialZero"
} as const satisfies Record<Nik.Problem, ProblemCode>

const familyCardCodes = {
  Empty: "FieldMissing",
  SpreadsheetNumber: "FamilyCardSpreadsheet",
  ThousandSeparators: "FamilyCardThousandSeparators",
  HasLetters: "FamilyCardLetters",
  WrongLength: "FamilyCardLength",
  Placeholder: "FamilyCardPlaceholder"
} as const satisfies Record<FamilyCardNumber.Problem, ProblemCode>
