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
}

/**
 * How a part of a rupiah is rounded to a whole one.
 *
 * @category models
 * @since 0.1.0
 */
export type Rounding = "half-up" | "up" | "down"

/**
 * @category models
 * @since 0.1.0
 */
export type ParameterName = keyof Values

/**
 * @category models
 * @since 0.1.0
 */
export interface Parameter<A> {
  /** Identifier of the rule in this project's catalogue, "NB-5". */
  readonly rule: string
  readonly title: { readonly id: string; readonly en: string }
  readonly unit: "months" | "days" | "years" | "children" | "rupiah a month" | "basis points" | "name"
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
 * What is in force on two days: the entry of each parameter, or `undefined`.
 *
 * @category models
 * @since 0.1.0
 */
export interface InForce {
  readonly version: string
  readonly asOf: Dated.AsOf
  readonly entries: { readonly [K in ParameterName]: Dated.Entry<Values[K]> | undefined }
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
  const entries: { [K in ParameterName]?: Dated.Entry<unknown> | undefined } = {}
  for (const name of names(self)) {
    const history: Dated.Dated<unknown> = self.parameters[name].history
    entries[name] = Option.getOrUndefined(Dated.at(history, asOf))
  }
  return { version: self.version, asOf, entries: entries as InForce["entries"] }
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
    const entry: Dated.Entry<unknown> | undefined = state.entries[name]
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
