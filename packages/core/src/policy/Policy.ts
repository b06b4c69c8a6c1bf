/**
 * The numbers of the law as data: what they are, from when, known since when, written
 * where, and how sure we are.
 *
 * Rules ask a policy for what is in force on two days and never hold a number of their
 * own. A parameter that has nothing in force on those days is `undefined`, and a rule
 * that needs it answers unknown: nothing is invented.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import type { PlainDate } from "../time/PlainDate.ts"
import * as Dated from "./Dated.ts"
import type { Reason } from "./Reason.ts"

// --- models ---

/**
 * Who pays a share of a contribution.
 *
 * @category models
 * @since 0.1.0
 */
export type Payer =
  | "member"
  | "worker"
  | "employer"
  | "pensioner"
  | "government"
  | "central-government"
  | "local-government"

/**
 * One payer's part of a fixed amount. Rupiah a month.
 *
 * @category models
 * @since 0.1.0
 */
export interface Share {
  readonly payer: Payer
  readonly amount: number
}

/**
 * The parts of a contribution that is a share of the wage. Basis points: 100 is 1 %.
 *
 * @category models
 * @since 0.1.0
 */
export interface WageRate {
  readonly employer: number
  readonly worker: number
}

/**
 * Every parameter and the type of its value. The unit is in {@link Parameter}.
 *
 * @category models
 * @since 0.1.0
 */
export interface Values {
  readonly mainRegulation: string
  readonly foreignerMonths: number
  readonly coveredChildren: number
  readonly childAge: number
  readonly studentAge: number
  readonly newbornNikMonths: number
  readonly newbornPbiMonths: number
  readonly newbornDays: number
  readonly socialRegister: string
  readonly selfPayFirst: number
  readonly selfPaySecond: number
  readonly selfPayThird: ReadonlyArray<Share>
  readonly stateRate: WageRate
  readonly privateRate: WageRate
  readonly extraFamilyRate: number
  readonly wageCap: number
  readonly wageFloor: string
  readonly secondClassWage: number
  readonly assistedAmount: number
  readonly veteranRate: { readonly rate: number; readonly ofReferencePay: number }
  readonly pensionRate: { readonly government: number; readonly pensioner: number }
  readonly rounding: Rounding
  readonly dueDay: number
  readonly lateFee: number
  readonly suspensionMonths: number
  readonly arrearsMonths: number
  readonly advanceMonths: number
  readonly firstPaymentDays: { readonly earliest: number; readonly latest: number }
  readonly autoDebitClasses: ReadonlyArray<1 | 2 | 3>
  readonly abroadMonths: number
  readonly abroadReturnMonths: number
  readonly debtMonths: number
  readonly rehabArrears: { readonly least: number; readonly most: number }
  readonly rehabInstalments: { readonly most: number; readonly divisor: number }
  readonly rehabLastDay: { readonly day: number; readonly february: number }
  readonly relaxationMonths: number
  readonly writeOff: boolean
  readonly penaltyDays: number
  readonly penaltyRate: number
  readonly penaltyMonths: number
  readonly penaltyCap: number
  readonly penaltyDayCount: DayCount
  readonly wards: "classes" | "standard"
  readonly assistedWard: 1 | 2 | 3
  readonly civilGrade: {
    readonly secondClass: ReadonlyArray<CivilGrade>
    readonly firstClass: ReadonlyArray<CivilGrade>
  }
  readonly employerRegistrationDays: number
  readonly localAdmission: LocalAdmission
  readonly dismissalMonths: number
  readonly dismissalProofs: ReadonlyArray<ReadonlyArray<Proof>>
  readonly dismissalWard: 1 | 2 | 3
  readonly facilityMonths: number
  readonly facilityVisits: { readonly visits: number; readonly months: number }
  readonly classMonths: number
  readonly pbiDecile: number
  readonly pbiReactivationMonths: number
  readonly pbiServiceMonths: number
}

/**
 * How a part of a rupiah is rounded to a whole one.
 *
 * @category models
 * @since 0.1.0
 */
export type Rounding = "half-up" | "up" | "down"

/**
 * Whether the day on which a stretch of days begins is its day 1 (`inclusive`), or day 0.
 *
 * @category models
 * @since 0.1.0
 */
export type DayCount = "inclusive" | "exclusive"

/**
 * A civil servant's grade (golongan).
 *
 * @category models
 * @since 0.1.0
 */
export type CivilGrade = "I" | "II" | "III" | "IV"

/**
 * A paper, or a ground, that proves a dismissal.
 *
 * @category models
 * @since 0.1.0
 */
export type Proof =
  | "notice"
  | "labour-office-report"
  | "joint-agreement"
  | "court-ruling"
  | "merger"
  | "bankruptcy"
  | "long-illness"

/**
 * Whom a local government registers and pays for.
 *
 * - `list`: those whom it put on its list; nothing else is known of its rule.
 * - `residents`: residents of the regencies (codes of four digits); wage earners only if
 *   `wageEarners`; in the ward class that they must accept; and, if `childrenOfMembers`,
 *   newborns and children of its members.
 *
 * @category models
 * @since 0.1.0
 */
export type LocalAdmission =
  | { readonly mode: "list" }
  | {
      readonly mode: "residents"
      readonly regencies: ReadonlyArray<string>
      readonly wageEarners: boolean
      readonly wardClass: 1 | 2 | 3
      readonly childrenOfMembers: boolean
    }

/**
 * @category models
 * @since 0.1.0
 */
export type ParameterName = keyof Values

/**
 * What the value of a parameter counts, or is.
 *
 * @category models
 * @since 0.1.0
 */
export type Unit =
  | "months"
  | "days"
  | "day of the month"
  | "years"
  | "children"
  | "rupiah a month"
  | "rupiah"
  | "basis points"
  | "instalments"
  | "visits"
  | "decile"
  | "class"
  | "grade"
  | "papers"
  | "rule"
  | "yes or no"
  | "name"

/**
 * @category models
 * @since 0.1.0
 */
export interface Parameter<A> {
  /** Identifier of the rule in this project's catalogue, "NB-5". */
  readonly rule: string
  readonly title: { readonly id: string; readonly en: string }
  readonly unit: Unit
  readonly history: Dated.Dated<A>
}

/**
 * @category models
 * @since 0.1.0
 */
export type Parameters = { readonly [K in ParameterName]: Parameter<Values[K]> }

/**
 * @category models
 * @since 0.1.0
 */
export interface Policy {
  /** Changes whenever an entry is added or corrected; a decision records it. */
  readonly version: string
  readonly parameters: Parameters
}

/**
 * What is in force on two days: the value of each parameter, or `undefined`. Where the
 * policy says why there is no value, the gap is in `gaps`.
 *
 * @category models
 * @since 0.1.0
 */
export interface InForce {
  readonly version: string
  readonly asOf: Dated.AsOf
  readonly entries: { readonly [K in ParameterName]: Dated.Known<Values[K]> | undefined }
  readonly gaps: { readonly [K in ParameterName]?: Dated.Gap }
}

// --- reading ---

/**
 * What was known, on `knownOn`, to apply on `appliesOn`.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const { entries } = Policy.inForce(National.policy, { appliesOn: today, knownOn: today })
 * entries.selfPayFirst?.value // => 150_000
 *
 * @category reading
 * @since 0.1.0
 */
export const inForce = (self: Policy, asOf: Dated.AsOf): InForce => {
  const entries: { [K in ParameterName]?: Dated.Known<unknown> | undefined } = {}
  const gaps: { [K in ParameterName]?: Dated.Gap } = {}
  for (const name of names(self)) {
    const history: Dated.Dated<unknown> = self.parameters[name].history
    const entry = Option.getOrUndefined(Dated.entryAt(history, asOf))
    if (entry === undefined || Dated.isKnown(entry)) entries[name] = entry
    else {
      entries[name] = undefined
      gaps[name] = entry
    }
  }
  return { version: self.version, asOf, entries: entries as InForce["entries"], gaps }
}

/**
 * Every parameter's name, in the order of the policy.
 *
 * @category reading
 * @since 0.1.0
 */
export const names = (self: Policy): ReadonlyArray<ParameterName> =>
  Object.keys(self.parameters) as Array<ParameterName>

/**
 * What must be said about parameters that a decision stood on: that nobody looked
 * whether a value still applies, or that its source is not a sure one.
 *
 * @category reading
 * @since 0.1.0
 */
export const caveats = (self: Policy, state: InForce, used: ReadonlyArray<ParameterName>): ReadonlyArray<Reason> => {
  const notes: Array<Reason> = []
  for (const name of used) {
    const entry: Dated.Known<unknown> | undefined = state.entries[name]
    if (entry === undefined) continue
    const rule = self.parameters[name].rule
    const verified: PlainDate | undefined = entry.verifiedThrough
    if (verified !== undefined && Dated.isBeyondVerified(entry, state.asOf)) {
      notes.push({ code: "NotVerifiedAfter", params: { rule, parameter: name, date: verified } })
    }
    if (entry.citation.confidence !== "high") {
      notes.push({ code: "NotSure", params: { rule, parameter: name, confidence: entry.citation.confidence } })
    }
  }
  return notes
}
