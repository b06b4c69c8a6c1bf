/**
 * One row of an intake file, read by itself: what it says, and every problem it has.
 *
 * A row that will be refused still tells things about the others of its household, for
 * instance what the head works. {@link Draft} therefore keeps each field that could be
 * read.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { Occupation } from "../eligibility/Facts.ts"
import type { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import * as Nik from "../identity/Nik.ts"
import type { Citizenship, MaritalStatus, Relation } from "../identity/Person.ts"
import * as PhoneNumber from "../identity/PhoneNumber.ts"
import type { DistrictCode, Regions } from "../identity/Region.ts"
import type { Sex } from "../identity/Sex.ts"
import * as Dated from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Helper } from "../registration/Helper.ts"
import * as PlainDate from "../time/PlainDate.ts"
import * as Cell from "./Cell.ts"
import type { Column, RawRow } from "./Columns.ts"
import type { RowProblem, RowWarning } from "./RowProblem.ts"

// --- models ---

/**
 * The fields of a row that could be read; `undefined` where the cell is empty or wrong.
 *
 * @category models
 * @since 0.1.0
 */
export interface Draft {
  readonly raw: RawRow
  readonly problems: ReadonlyArray<RowProblem>
  readonly warnings: ReadonlyArray<RowWarning>
  readonly familyCard: FamilyCardNumber | undefined
  readonly relation: Relation | undefined
  readonly name: string | undefined
  readonly nik: Nik.Nik | undefined
  readonly sex: Sex | undefined
  readonly birthDate: PlainDate.PlainDate | undefined
  readonly motherName: string | undefined
  readonly maritalStatus: MaritalStatus | undefined
  readonly citizenship: Citizenship | undefined
  readonly passport: string | undefined
  readonly permit: string | undefined
  readonly stayMonths: number | undefined
  readonly phone: PhoneNumber.PhoneNumber | undefined
  readonly address: string | undefined
  readonly autoDebit: string | undefined
  readonly district: DistrictCode | undefined
  readonly occupation: Occupation | undefined
  readonly employer: string | undefined
  readonly wage: number | undefined
  readonly studies: boolean | undefined
  readonly pbiDecree: boolean | undefined
  readonly localScheme: boolean | undefined
  readonly wardClass: 1 | 2 | 3 | undefined
  readonly facility: string | undefined
  readonly motherReference: Cell.MotherReference | undefined
  readonly helper: Helper | undefined
}

// --- reading ---

/**
 * Reads a row. `today` is the day of registration at the office.
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (raw: RawRow, today: PlainDate.PlainDate, regions: Regions["Service"]): Draft => {
  const problems: Array<RowProblem> = []
  const has = (field: Column) => Cell.tidy(raw.fields[field] ?? "") !== ""
  const problem = (field: Column, issue: Cell.Issue) => {
    problems.push({ field, ...issue })
  }
  const optional = <A>(field: Column, reader: Cell.Reader<A>): A | undefined => {
    if (!has(field)) return undefined
    const result = reader(raw.fields[field] ?? "")
    if (Result.isSuccess(result)) return result.success
    for (const issue of result.failure) problem(field, issue)
    return undefined
  }
  const needed = <A>(field: Column, reader: Cell.Reader<A>): A | undefined => {
    if (!has(field)) problem(field, { code: "FieldMissing" })
    return optional(field, reader)
  }

  const familyCard = optional("family_card", Cell.familyCard)
  const relation = needed("relation", Cell.relation)
  const name = needed("name", Cell.name)
  const nik = optional("nik", Cell.nik)
  const sex = needed("sex", Cell.sex)
  const birthDate = needed("birth_date", Cell.date)
  if (birthDate !== undefined) for (const issue of birthDateIssues(birthDate, today)) problem("birth_date", issue)
  const citizenship = needed("citizenship", Cell.citizenship)
  const motherReference = optional("mother_participant", Cell.motherReference)
  const passport = optional("passport", Cell.passport)
  if (!has("nik")) {
    const without = withoutNik({
      birthDate,
      citizenship,
      hasPassport: has("passport"),
      hasMother: has("mother_participant"),
      today
    })
    if (without !== undefined) problem(without.field, without)
  }
  const phone = phoneOf(raw.fields.phone ?? "")
  const draft = {
    familyCard,
    relation,
    name,
    nik,
    sex,
    birthDate,
    motherName: optional("mother_name", Cell.name),
    maritalStatus: optional("marital_status", Cell.maritalStatus),
    citizenship,
    passport,
    permit: optional("permit", Cell.text),
    stayMonths: optional("stay_months", Cell.months),
    phone,
    address: optional("address", Cell.text),
    autoDebit: optional("auto_debit", Cell.text),
    district: optional("district", Cell.district(regions)),
    occupation: optional("occupation", Cell.occupation),
    employer: optional("employer", Cell.text),
    wage: optional("wage", Cell.wage),
    studies: optional("studies", Cell.yesNo),
    pbiDecree: optional("pbi_decree", Cell.yesNo),
    localScheme: optional("local_scheme", Cell.yesNo),
    wardClass: optional("class", Cell.wardClass),
    facility: optional("facility", Cell.text),
    motherReference,
    helper: helperOf()
  }
  const warnings: ReadonlyArray<RowWarning> = [
    ...(nik === undefined ? [] : nikWarnings(nik, birthDate, sex, regions)),
    ...(has("phone") && phone === undefined ? [{ field: "phone", code: "PhoneUnusable" } as const] : [])
  ]
  return { raw, problems: withDamage(raw.damage, problems), warnings, ...draft }

  function helperOf(): Helper | undefined {
    const helperName = optional("helper_name", Cell.name)
    const relation = optional("helper_relation", Cell.text)
    const consentOn = optional("helper_consent", Cell.date)
    if (!helperColumns.some(has)) return undefined
    if (!has("helper_name")) problem("helper_name", { code: "HelperNameMissing" })
    if (!has("helper_consent")) problem("helper_consent", { code: "HelperConsentMissing" })
    if (consentOn !== undefined && PlainDate.isAfter(consentOn, today)) {
      problem("helper_consent", { code: "HelperConsentFuture" })
    }
    if (helperName === undefined || consentOn === undefined) return undefined
    const phone = phoneOf(raw.fields.helper_phone ?? "")
    return {
      name: helperName,
      ...(phone === undefined ? {} : { phone }),
      ...(relation === undefined ? {} : { relation }),
      consentOn
    }
  }
}

/**
 * Whether a person of this birth date may be registered before a NIK is issued: for the
 * months after birth that the national policy says on the day (NB-5); for none where it says nothing.
 *
 * @category reading
 * @since 0.1.0
 */
export const isNewborn = (birthDate: PlainDate.PlainDate, today: PlainDate.PlainDate): boolean =>
  Option.exists(
    Dated.at(National.policy.parameters.newbornNikMonths.history, { appliesOn: today, knownOn: today }),
    (months) => PlainDate.notAfter(today, PlainDate.addMonths(birthDate, months.value))
  )

// --- private ---

const mostYears = 125

// Of a line that is no object nothing was read, so its empty fields are not worth naming.
const withDamage = (damage: RawRow["damage"], problems: ReadonlyArray<RowProblem>): ReadonlyArray<RowProblem> => {
  if (damage === undefined) return problems
  return damage === "NotAnObject" ? [{ code: "RowNotAnObject" }] : [{ code: "RowTooManyCells" }, ...problems]
}

const helperColumns: ReadonlyArray<Column> = ["helper_name", "helper_phone", "helper_relation", "helper_consent"]

const birthDateIssues = (birthDate: PlainDate.PlainDate, today: PlainDate.PlainDate): ReadonlyArray<Cell.Issue> => {
  if (PlainDate.isAfter(birthDate, today)) return [{ code: "BirthDateFuture" }]
  if (PlainDate.ageOn(birthDate, today) > mostYears) {
    return [{ code: "BirthDateTooOld", params: { years: mostYears } }]
  }
  return []
}

// Without a readable birth date or citizenship nobody can say whether a NIK is needed.
const withoutNik = (known: {
  readonly birthDate: PlainDate.PlainDate | undefined
  readonly citizenship: Citizenship | undefined
  readonly hasPassport: boolean
  readonly hasMother: boolean
  readonly today: PlainDate.PlainDate
}): (Cell.Issue & { readonly field: Column }) | undefined => {
  if (known.citizenship === "WNA") {
    return known.hasPassport ? undefined : { field: "passport", code: "ForeignerIdentityMissing" }
  }
  if (known.birthDate === undefined || !isNewborn(known.birthDate, known.today)) {
    return { field: "nik", code: "NikMissing" }
  }
  return known.hasMother ? undefined : { field: "mother_participant", code: "MotherReferenceMissing" }
}

const phoneOf = (cell: string): PhoneNumber.PhoneNumber | undefined => Result.getOrUndefined(PhoneNumber.parse(cell))

// A person registered elsewhere is normal, so the region is only asked whether it exists.
const nikWarnings = (
  nik: Nik.Nik,
  birthDate: PlainDate.PlainDate | undefined,
  sex: Sex | undefined,
  regions: Regions["Service"]
): ReadonlyArray<RowWarning> =>
  Nik.warnings(nik, { birthDate, sex }, regions).flatMap((warning): ReadonlyArray<RowWarning> => {
    switch (warning.code) {
      case "RegionUnknown":
        return [{ field: "nik", code: "NikRegionUnknown" }]
      case "RegionRetired":
        return [{ field: "nik", code: "NikRegionRetired", params: { now: warning.now } }]
      case "BirthDateDiffers":
        return [{ field: "birth_date", code: "NikBirthDateDiffers" }]
      case "SexDiffers":
        return [{ field: "sex", code: "NikSexDiffers" }]
      case "RegionDiffers":
        return []
    }
  })
