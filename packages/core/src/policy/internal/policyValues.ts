import * as Schema from "effect/Schema"
import type { CivilGrade, DayCount, LocalAdmission, ParameterName, Payer, Proof, Rounding, Values } from "../Policy.ts"

const whole = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const between = (least: number, most: number) =>
  Schema.Int.check(Schema.isGreaterThanOrEqualTo(least), Schema.isLessThanOrEqualTo(most))
const dayOfMonth = between(1, 31)
const wardClass = Schema.Literals([1, 2, 3])
const basisPoints = between(0, 10_000)
const name = Schema.NonEmptyString

const payer: Schema.Codec<Payer> = Schema.Literals([
  "member",
  "worker",
  "employer",
  "pensioner",
  "government",
  "central-government",
  "local-government"
])
const share = Schema.Struct({ payer, amount: whole })
const wageRate = Schema.Struct({ employer: basisPoints, worker: basisPoints })
const rounding: Schema.Codec<Rounding> = Schema.Literals(["half-up", "up", "down"])
const dayCount: Schema.Codec<DayCount> = Schema.Literals(["inclusive", "exclusive"])
const grades = Schema.Array<Schema.Codec<CivilGrade>>(Schema.Literals(["I", "II", "III", "IV"]))
const proof: Schema.Codec<Proof> = Schema.Literals([
  "notice",
  "labour-office-report",
  "joint-agreement",
  "court-ruling",
  "merger",
  "bankruptcy",
  "long-illness"
])
const localAdmission: Schema.Codec<LocalAdmission> = Schema.Union([
  Schema.Struct({ mode: Schema.Literal("list") }),
  Schema.Struct({
    mode: Schema.Literal("residents"),
    regencies: Schema.Array(Schema.String.check(Schema.isPattern(/^[0-9]{4}$/u))),
    wageEarners: Schema.Boolean,
    wardClass,
    childrenOfMembers: Schema.Boolean
  })
])

/** What a value of each parameter may be. */
export const values: { readonly [K in ParameterName]: Schema.Codec<Values[K]> } = {
  mainRegulation: name,
  foreignerMonths: whole,
  coveredChildren: whole,
  childAge: whole,
  studentAge: whole,
  identityCardAge: whole,
  newbornNikMonths: whole,
  newbornPbiMonths: whole,
  newbornDays: whole,
  socialRegister: name,
  selfPayFirst: whole,
  selfPaySecond: whole,
  selfPayThird: Schema.Array(share).check(Schema.isMinLength(1)),
  stateRate: wageRate,
  privateRate: wageRate,
  extraFamilyRate: basisPoints,
  wageCap: whole,
  wageFloor: name,
  secondClassWage: whole,
  assistedAmount: whole,
  veteranRate: Schema.Struct({ rate: basisPoints, ofReferencePay: basisPoints }),
  pensionRate: Schema.Struct({ government: basisPoints, pensioner: basisPoints }),
  rounding,
  dueDay: dayOfMonth,
  lateFee: whole,
  suspensionMonths: whole,
  arrearsMonths: whole,
  advanceMonths: whole,
  firstPaymentDays: Schema.Struct({ earliest: whole, latest: whole }),
  autoDebitClasses: Schema.Array(wardClass),
  abroadMonths: whole,
  abroadReturnMonths: whole,
  debtMonths: whole,
  rehabArrears: Schema.Struct({ least: whole, most: whole }),
  rehabInstalments: Schema.Struct({ most: whole, divisor: Schema.Int.check(Schema.isGreaterThan(0)) }),
  rehabLastDay: Schema.Struct({ day: dayOfMonth, february: dayOfMonth }),
  relaxationMonths: whole,
  writeOff: Schema.Boolean,
  penaltyDays: whole,
  penaltyRate: basisPoints,
  penaltyMonths: whole,
  penaltyCap: whole,
  penaltyDayCount: dayCount,
  wards: Schema.Literals(["classes", "standard"]),
  assistedWard: wardClass,
  civilGrade: Schema.Struct({ secondClass: grades, firstClass: grades }),
  employerRegistrationDays: whole,
  localAdmission,
  dismissalMonths: whole,
  dismissalProofs: Schema.Array(Schema.Array(proof).check(Schema.isMinLength(1))),
  dismissalWard: wardClass,
  facilityMonths: whole,
  facilityVisits: Schema.Struct({ visits: whole, months: whole }),
  classMonths: whole,
  pbiDecile: between(1, 10),
  pbiReactivationMonths: whole,
  pbiServiceMonths: whole
}
