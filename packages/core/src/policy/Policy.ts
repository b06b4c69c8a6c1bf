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
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { PlainDate } from "../time/PlainDate.ts"
import * as Dated from "./Dated.ts"
import { faultsOf } from "./internal/policyCheck.ts"
import { sentence } from "./internal/policyFault.ts"
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
  readonly identityCardAge: number
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

/**
 * A parameter whose entry in force differs between two days. `what` is `source` where the
 * value is the same and only stands elsewhere, or is surer or less sure.
 *
 * @category models
 * @since 0.1.0
 */
export interface Difference {
  readonly parameter: ParameterName
  readonly rule: string
  readonly what: "value" | "source"
  readonly before?: Dated.Entry<unknown>
  readonly after?: Dated.Entry<unknown>
}

/**
 * What a local government, an employer group or a test puts on top of a policy: entries
 * that win over those below on the days for which they speak.
 *
 * @category models
 * @since 0.1.0
 */
export interface Layer {
  /** Short and of lower case, "kota-tangerang": decisions name it. */
  readonly name: string
  readonly version: string
  readonly parameters: { readonly [K in ParameterName]?: Dated.Dated<Values[K]> }
}

// --- errors ---

/**
 * One fault of a policy. `entry` is its place in the history, from 0.
 *
 * - `SilentGap`: from `day` on, as known on `knownOn`, the parameter has neither a value
 *   nor a gap that says why, although it had begun.
 * - `Ambiguous`: this entry and an earlier one were announced on one day and speak of the
 *   same days: which of them is the law?
 * - `OutOfOrder`: announced before the entry that stands in front of it.
 * - `DatesReversed`: its last day is before its first.
 * - `NoSource`, `UnknownRule`: a citation that names no source, or no rule of the catalogue.
 * - `NoWhy`: a gap that does not say why.
 * - `NoVersion`, `NoLayerName`, `LayerTaken`: a policy without a version, a layer without a
 *   name, or one that is there already.
 *
 * @category errors
 * @since 0.1.0
 */
export const Problem = Schema.Struct({
  kind: Schema.Literals([
    "SilentGap",
    "Ambiguous",
    "OutOfOrder",
    "DatesReversed",
    "NoSource",
    "UnknownRule",
    "NoWhy",
    "NoVersion",
    "NoLayerName",
    "LayerTaken"
  ]),
  parameter: Schema.optionalKey(Schema.String),
  entry: Schema.optionalKey(Schema.Int),
  day: Schema.optionalKey(PlainDate),
  knownOn: Schema.optionalKey(PlainDate)
})

/**
 * @category errors
 * @since 0.1.0
 */
export interface Problem extends Schema.Schema.Type<typeof Problem> {}

/**
 * A policy that must not decide anything, with all its faults.
 *
 * @category errors
 * @since 0.1.0
 */
export class PolicyInvalid extends Schema.TaggedError<PolicyInvalid>("@kis/core/policy/PolicyInvalid")(
  "PolicyInvalid",
  { version: Schema.String, problems: Schema.NonEmptyArray(Problem) }
) {
  override get message() {
    const [first, ...others] = this.problems
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`
    return `The policy "${this.version}" can't be used: ${sentence(first)}${more}. Correct its entries.`
  }
}

// --- constructors ---

/**
 * A policy that was checked: on every day from a parameter's first on, whatever is known,
 * there is a value or a stated gap; no two entries contradict each other; every citation
 * names a source and a rule of the catalogue.
 *
 * Fails with all faults at once.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (of: Policy): Result.Result<Policy, PolicyInvalid> => {
  const [first, ...others] = problems(of)
  return first === undefined
    ? Result.succeed(of)
    : Result.fail(new PolicyInvalid({ version: of.version, problems: [first, ...others] }))
}

/**
 * A policy with a layer on top. Where an entry of the layer is known and applies, it wins,
 * whenever the one below was announced; where it is silent, the policy below speaks. The
 * version of the result names both.
 *
 * Fails with all faults of the result at once.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const layered = Policy.layer(National.policy, {
 *   name: "factory",
 *   version: "1",
 *   parameters: {
 *     dueDay: [
 *       {
 *         value: 5,
 *         appliesFrom: PlainDate.make("2026-01-01"),
 *         announcedAt: PlainDate.make("2025-12-01"),
 *         citation: Citation.cite("Agreement of the factory", "high", { rule: "PAY-1" })
 *       }
 *     ]
 *   }
 * })
 * Result.map(layered, (policy) => policy.version) // => Result.succeed("national-2026.02.2+factory.1")
 * Result.map(layered, (policy) => Policy.layerOf(policy, asOf, "dueDay")) // => Result.succeed("factory")
 *
 * @category constructors
 * @since 0.1.0
 */
export const layer = (base: Policy, of: Layer): Result.Result<Policy, PolicyInvalid> => {
  const version = `${base.version}+${of.name}.${of.version}`
  const faults: Array<Problem> = []
  if (!/^[a-z0-9-]+$/.test(of.name)) faults.push({ kind: "NoLayerName" })
  if (of.version.trim() === "") faults.push({ kind: "NoVersion" })
  const parameters: { [name: string]: Parameter<unknown> } = { ...base.parameters }
  for (const [name, added] of Object.entries(of.parameters)) {
    const below = parameters[name]!
    if (below.history.some((entry) => entry.layer === of.name)) faults.push({ kind: "LayerTaken", parameter: name })
    parameters[name] = { ...below, history: [...below.history, ...added.map((_) => ({ ..._, layer: of.name }))] }
  }
  const layered: Policy = { version, parameters: parameters as unknown as Parameters }
  const [first, ...others] = [...faults, ...problems(layered)]
  return first === undefined
    ? Result.succeed(layered)
    : Result.fail(new PolicyInvalid({ version, problems: [first, ...others] }))
}

// --- checking ---

/**
 * All faults of a policy; none for one that may decide. What {@link make} asks.
 *
 * @category checking
 * @since 0.1.0
 */
export const problems = (self: Policy): ReadonlyArray<Problem> => [
  ...(self.version.trim() === "" ? [{ kind: "NoVersion" as const }] : []),
  ...names(self).flatMap((name) => faultsOf(name, self.parameters[name]))
]

/**
 * A fault in words: where, and what is wrong there.
 *
 * @category checking
 * @since 0.1.0
 */
export const describe = (problem: Problem): string => sentence(problem)

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
 * The layer that a value in force came with, or `undefined` when it is that of the policy
 * below all layers, or when there is none.
 *
 * @category reading
 * @since 0.1.0
 */
export const layerOf = (self: Policy, asOf: Dated.AsOf, name: ParameterName): string | undefined => {
  const history: Dated.Dated<unknown> = self.parameters[name].history
  return Option.getOrUndefined(Dated.entryAt(history, asOf))?.layer
}

/**
 * What must be said about parameters that a decision stood on: that nobody looked
 * whether a value still applies, that its source is not a sure one, or that it is the
 * rule of a layer.
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
    if (entry.layer !== undefined) notes.push({ code: "FromLayer", params: { layer: entry.layer, rule } })
  }
  return notes
}

/**
 * What changes between two days, or between what was known on two days: every parameter
 * whose entry in force is another one, in the order of the policy.
 *
 * @example
 * const known = PlainDate.make("2020-02-27")
 * const between = (from: string, to: string) =>
 *   Policy.diff(
 *     National.policy,
 *     { appliesOn: PlainDate.make(from), knownOn: known },
 *     { appliesOn: PlainDate.make(to), knownOn: known }
 *   ).map((difference) => difference.parameter)
 * // The Court had struck the tariff out from April on.
 * between("2020-03-31", "2020-04-01") // => ["selfPayFirst", "selfPaySecond", "selfPayThird"]
 * between("2020-02-01", "2020-03-31") // => []
 *
 * @category reading
 * @since 0.1.0
 */
export const diff = (self: Policy, a: Dated.AsOf, b: Dated.AsOf): ReadonlyArray<Difference> =>
  names(self).flatMap((parameter) => {
    const { history, rule }: Parameter<unknown> = self.parameters[parameter]
    const before = Option.getOrUndefined(Dated.entryAt(history, a))
    const after = Option.getOrUndefined(Dated.entryAt(history, b))
    if (before === after) return []
    const what = before !== undefined && after !== undefined && saysTheSame(before, after) ? "source" : "value"
    return [{ parameter, rule, what, ...(before && { before }), ...(after && { after }) }]
  })

// --- private ---

const saysTheSame = (a: Dated.Entry<unknown>, b: Dated.Entry<unknown>): boolean =>
  Dated.isKnown(a) && Dated.isKnown(b)
    ? JSON.stringify(a.value) === JSON.stringify(b.value)
    : !Dated.isKnown(a) && !Dated.isKnown(b)
