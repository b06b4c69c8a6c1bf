/**
 * What is owed for one person for one month, by whom, and how that was reached.
 *
 * Whole rupiah. Every number is the policy's on the day asked for; a question that was
 * not answered makes the amount unknown, never zero.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type * as Policy from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { type Day, dayOf, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * Whose contribution is asked for. Rupiah a month; what is absent is unknown.
 *
 * - `Assisted`: PBI-JK (central government) and PBPU-PD (local government).
 * - `SelfPay`: PBPU and BP who pay themselves. `active` decides the class III subsidy.
 * - `Worker`: PPU-PN (`state`) and PPU-BU (`private`), spouse and covered children included.
 * - `CoveredFamily`: spouse or covered child of a worker.
 * - `ExtraFamily`: fourth child and on, parents, parents-in-law; the wage is the worker's.
 * - `Pensioner`, `Veteran`: BP whom the state pays for, wholly or in part. `referencePay`
 *   is the base pay of PNS III/a with 14 years' service.
 *
 * `minimumWage` is the local one, UMK or where there is none UMP: without it the floor of
 * the wage is not checked, and the amount says so.
 *
 * @category models
 * @since 0.1.0
 */
export type Case =
  | { readonly _tag: "Assisted"; readonly by: "central-government" | "local-government" }
  | { readonly _tag: "SelfPay"; readonly wardClass?: 1 | 2 | 3; readonly active?: boolean }
  | {
      readonly _tag: "Worker"
      readonly paidBy: "state" | "private"
      readonly wage?: number
      readonly minimumWage?: number
    }
  | { readonly _tag: "CoveredFamily" }
  | { readonly _tag: "ExtraFamily"; readonly wage?: number; readonly minimumWage?: number }
  | { readonly _tag: "Pensioner"; readonly pension?: number }
  | { readonly _tag: "Veteran"; readonly referencePay?: number }

/**
 * A question that must be answered before an amount can be given.
 *
 * @category models
 * @since 0.1.0
 */
export type Question = "wage" | "wardClass" | "active" | "pension" | "referencePay"

/**
 * One line of the derivation. Lines with a share are what somebody pays; the others say
 * how the base was reached.
 *
 * @category models
 * @since 0.1.0
 */
export interface Line {
  readonly reason: Reason
  readonly share?: Policy.Share
}

/**
 * `total` is the sum of all shares, rupiah a month.
 *
 * @category models
 * @since 0.1.0
 */
export interface Due {
  readonly _tag: "Due"
  readonly total: number
  readonly lines: readonly [Line, ...ReadonlyArray<Line>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * `missing` is empty only where the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<Question>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * @category models
 * @since 0.1.0
 */
export type Amount = Due | Unknown

// --- reading ---

/**
 * The contribution for one month, by the policy on the days asked for.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const amount = Amount.monthly(
 *   { _tag: "Worker", paidBy: "private", wage: 15_000_000 },
 *   { appliesOn: today, knownOn: today }
 * )
 * // The cap of 12,000,000, of which the employer pays 4 % and the worker 1 %.
 * amount._tag === "Due" ? amount.total : amount.missing // => 600_000
 *
 * @category reading
 * @since 0.1.0
 */
export const monthly = (of: Case, asOf: AsOf, policy: Policy.Policy = National.policy): Amount =>
  amountOf(of, dayOf(policy, asOf))

/**
 * What one payer owes of an amount.
 *
 * @category reading
 * @since 0.1.0
 */
export const owedBy = (self: Due, payer: Policy.Payer): number =>
  self.lines.reduce((sum, { share }) => (share?.payer === payer ? sum + share.amount : sum), 0)

/**
 * A share of a base in whole rupiah. Basis points: 100 is 1 %.
 *
 * @category reading
 * @since 0.1.0
 */
export const shareOf = (base: number, basisPoints: number, rounding: Policy.Rounding): number => {
  const scaled = base * basisPoints
  const whole = Math.floor(scaled / 10_000)
  const rest = scaled - whole * 10_000
  if (rest === 0 || rounding === "down") return whole
  return rounding === "up" || rest >= 5_000 ? whole + 1 : whole
}

// --- private: what each answer stands on ---

interface OfWage {
  readonly withFloor: ReadonlyArray<Policy.ParameterName>
  readonly withoutFloor: ReadonlyArray<Policy.ParameterName>
}

const ofRate = (rate: Policy.ParameterName): OfWage => ({
  withFloor: [rate, "wageCap", "wageFloor", "rounding"],
  withoutFloor: [rate, "wageCap", "rounding"]
})

// Named once: the caveats of a day are kept by the list.
const used = {
  covered: ["coveredChildren"],
  assisted: ["assistedAmount"],
  selfPayFirst: ["selfPayFirst"],
  selfPaySecond: ["selfPaySecond"],
  selfPayThird: ["selfPayThird"],
  stateRate: ofRate("stateRate"),
  privateRate: ofRate("privateRate"),
  extraFamilyRate: ofRate("extraFamilyRate"),
  pension: ["pensionRate", "rounding"],
  veteran: ["veteranRate", "rounding"]
} as const satisfies Record<string, ReadonlyArray<Policy.ParameterName> | OfWage>

// --- private: the cases ---

const amountOf = (of: Case, day: Day): Amount => {
  switch (of._tag) {
    case "Assisted":
      return assisted(of.by, day)
    case "SelfPay":
      return selfPay(of, day)
    case "Worker":
      return worker(of, day)
    case "CoveredFamily":
      return due([{ reason: { code: "CoveredByWorker" } }], used.covered, day)
    case "ExtraFamily":
      return extraFamily(of, day)
    case "Pensioner":
      return pensioner(of.pension, day)
    case "Veteran":
      return veteran(of.referencePay, day)
  }
}

const assisted = (payer: "central-government" | "local-government", day: Day): Amount => {
  const entry = day.entries.assistedAmount
  if (entry === undefined) return notKnown(day, "assistedAmount")
  const amount = entry.value
  const code = payer === "central-government" ? "PaidByCentral" : "PaidByLocal"
  return due([{ reason: { code, params: { amount } }, share: { payer, amount } }], used.assisted, day)
}

const selfPay = (of: Extract<Case, { readonly _tag: "SelfPay" }>, day: Day): Amount => {
  if (of.wardClass === undefined) return unanswered("wardClass", "MissingWardClass")
  if (of.wardClass === 3) return thirdClass(of.active, day)
  const name = of.wardClass === 1 ? "selfPayFirst" : "selfPaySecond"
  const entry = day.entries[name]
  if (entry === undefined) return notKnown(day, name)
  const amount = entry.value
  const reason: Reason = { code: "SelfPayClass", params: { class: of.wardClass, amount } }
  return due([{ reason, share: { payer: "member", amount } }], used[name], day)
}

const thirdClass = (active: boolean | undefined, day: Day): Amount => {
  const entry = day.entries.selfPayThird
  if (entry === undefined) return notKnown(day, "selfPayThird")
  const total = entry.value.reduce((sum, { amount }) => sum + amount, 0)
  if (entry.value.length === 1) {
    const reason: Reason = { code: "SelfPayClass", params: { class: 3, amount: total } }
    return due([{ reason, share: { payer: "member", amount: total } }], used.selfPayThird, day)
  }
  if (active === undefined) return unanswered("active", "MissingActive")
  if (!active) {
    const reason: Reason = { code: "ThirdClassUnsubsidised", params: { amount: total } }
    return due([{ reason, share: { payer: "member", amount: total } }], used.selfPayThird, day)
  }
  const lines = entry.value.map((share): Line => ({
    share,
    reason:
      share.payer === "member"
        ? { code: "ThirdClassMember", params: { amount: share.amount, total } }
        : { code: "ThirdClassSubsidy", params: { amount: share.amount } }
  }))
  return due(lines, used.selfPayThird, day)
}

const worker = (of: Extract<Case, { readonly _tag: "Worker" }>, day: Day): Amount => {
  const name = of.paidBy === "state" ? "stateRate" : "privateRate"
  const { entries } = day
  const rate = entries[name]
  if (rate === undefined) return notKnown(day, name)
  return ofWage(of, day, used[name], (base, rounding) => [
    part("EmployerShare", "employer", rate.value.employer, base, rounding),
    part("WorkerShare", "worker", rate.value.worker, base, rounding)
  ])
}

const extraFamily = (of: Extract<Case, { readonly _tag: "ExtraFamily" }>, day: Day): Amount => {
  const rate = day.entries.extraFamilyRate
  if (rate === undefined) return notKnown(day, "extraFamilyRate")
  return ofWage(of, day, used.extraFamilyRate, (base, rounding) => [
    part("ExtraFamilyShare", "worker", rate.value, base, rounding)
  ])
}

const pensioner = (pension: number | undefined, day: Day): Amount => {
  const { pensionRate, rounding } = day.entries
  if (pensionRate === undefined) return notKnown(day, "pensionRate")
  if (rounding === undefined) return notKnown(day, "rounding")
  if (pension === undefined) return unanswered("pension", "MissingPension")
  return due(
    [
      part("PensionGovernment", "government", pensionRate.value.government, pension, rounding.value),
      part("PensionPensioner", "pensioner", pensionRate.value.pensioner, pension, rounding.value)
    ],
    used.pension,
    day
  )
}

const veteran = (referencePay: number | undefined, day: Day): Amount => {
  const { rounding, veteranRate } = day.entries
  if (veteranRate === undefined) return notKnown(day, "veteranRate")
  if (rounding === undefined) return notKnown(day, "rounding")
  if (referencePay === undefined) return unanswered("referencePay", "MissingReferencePay")
  const { ofReferencePay, rate } = veteranRate.value
  // A percentage of a percentage, rounded once.
  const amount = shareOf(referencePay, (rate * ofReferencePay) / 10_000, rounding.value)
  const params = { percent: percent(rate), share: percent(ofReferencePay), base: referencePay }
  return due(
    [{ reason: { code: "VeteranGovernment", params }, share: { payer: "government", amount } }],
    used.veteran,
    day
  )
}

// --- private: the wage ---

const ofWage = (
  of: { readonly wage?: number; readonly minimumWage?: number },
  day: Day,
  rules: OfWage,
  shares: (base: number, rounding: Policy.Rounding) => ReadonlyArray<Line>
): Amount => {
  const { rounding, wageCap, wageFloor } = day.entries
  if (wageCap === undefined) return notKnown(day, "wageCap")
  if (wageFloor === undefined) return notKnown(day, "wageFloor")
  if (rounding === undefined) return notKnown(day, "rounding")
  if (of.wage === undefined) return unanswered("wage", "MissingWage")
  const floor = of.minimumWage
  const lines: Array<Line> = [{ reason: { code: "WageGiven", params: { wage: of.wage } } }]
  let base = of.wage
  if (floor !== undefined && base < floor) {
    base = floor
    lines.push({ reason: { code: "WageRaised", params: { floor } } })
  }
  if (base > wageCap.value) {
    base = wageCap.value
    lines.push({ reason: { code: "WageCapped", params: { cap: base } } })
  }
  const all = [...lines, ...shares(base, rounding.value)]
  if (floor !== undefined) return due(all, rules.withFloor, day)
  return {
    ...due(all, rules.withoutFloor, day),
    notes: floorNotChecked(day.caveats(rules.withoutFloor), wageFloor.value)
  }
}

const floorNotChecked = (caveats: ReadonlyArray<Reason>, floor: string): ReadonlyArray<Reason> => {
  const known = unchecked.get(caveats)
  if (known !== undefined) return known
  const notes: ReadonlyArray<Reason> = [...caveats, { code: "FloorNotChecked", params: { floor } }]
  unchecked.set(caveats, notes)
  return notes
}

// The caveats are a day's own, and so is the floor.
const unchecked = new WeakMap<ReadonlyArray<Reason>, ReadonlyArray<Reason>>()

const part = (
  code: "EmployerShare" | "WorkerShare" | "ExtraFamilyShare" | "PensionGovernment" | "PensionPensioner",
  payer: Policy.Payer,
  basisPoints: number,
  base: number,
  rounding: Policy.Rounding
): Line => ({
  reason: { code, params: { percent: percent(basisPoints), base } },
  share: { payer, amount: shareOf(base, basisPoints, rounding) }
})

// --- private: answers ---

/** 400 is "4"; parameters of a reason are whole numbers or text. */
const percent = (basisPoints: number): string => String(basisPoints / 100)

const due = (lines: ReadonlyArray<Line>, rules: ReadonlyArray<Policy.ParameterName>, day: Day): Due => ({
  _tag: "Due",
  total: lines.reduce((sum, { share }) => sum + (share?.amount ?? 0), 0),
  lines: lines as Due["lines"],
  notes: day.caveats(rules)
})

const unanswered = (
  question: Question,
  code: "MissingWage" | "MissingWardClass" | "MissingActive" | "MissingPension" | "MissingReferencePay"
): Unknown => ({ _tag: "Unknown", missing: [question], reasons: [{ code }] })
