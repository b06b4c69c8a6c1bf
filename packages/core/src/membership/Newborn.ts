/**
 * A baby of a participant: which segment, until when to register, from when cover and contribution
 * count.
 *
 * @since 0.1.0
 */
import { isWageEarner, type Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { ParameterName, Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addDays, addMonths, isAfter, type PlainDate } from "../time/PlainDate.ts"
import { caveats, type Day, dayOf, notKnown } from "./internal/day.ts"

// --- models ---

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * `motherSegment` is the biological mother's, `none` when she is no participant, `other` when all that is known is that it
 * is neither PBI nor the local government's; `parentSegment` that of the parent whom the baby follows. `childOrder` is asked of workers' babies: the place
 * among the children whom the contribution can cover, from 1.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly birthDate: PlainDate
  readonly motherSegment?: Segment | "other" | "none"
  readonly parentSegment?: Segment
  readonly childOrder?: number
  readonly hasNik: boolean
  /** The day of the first payment for the baby. */
  readonly paidOn?: PlainDate
}

/**
 * All dates are inclusive.
 *
 * @category models
 * @since 0.1.0
 */
export interface Terms extends Answer {
  readonly _tag: "Terms"
  readonly segment: Segment
  /** The family pays for this baby; otherwise its cover costs it nothing more. */
  readonly paidByFamily: boolean
  /** The last day to register, and to pay where the family pays, without arrears. */
  readonly registerBy: PlainDate
  readonly late: boolean
  /** The first day of cover; absent while it waits for a payment or for the local government. */
  readonly activeFrom?: PlainDate
  /** Contributions count from birth, also when it is late. */
  readonly billedFrom: PlainDate
  /** The last day by which the NIK must be there. */
  readonly nikBy: PlainDate
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Refused extends Answer {
  readonly _tag: "Refused"
}

/**
 * `missing` is empty only where the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<"motherSegment" | "parentSegment" | "childOrder">
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- reading ---

/**
 * The terms for a baby that is registered on `appliesOn`. A worker's family comes before PBI, as
 * in the order of segments; else the baby of a PBI mother is PBI.
 *
 * @example
 * const today = PlainDate.make("2026-01-20")
 * const terms = Newborn.terms(
 *   { birthDate: PlainDate.make("2026-01-10"), motherSegment: "PBI-JK", hasNik: false },
 *   { appliesOn: today, knownOn: today }
 * )
 * terms._tag === "Terms" ? [terms.segment, terms.activeFrom] : terms.reasons
 * // => ["PBI-JK", PlainDate.make("2026-01-10")]
 *
 * @category reading
 * @since 0.1.0
 */
export const terms = (of: Given, asOf: AsOf, policy: Policy = National.policy): Terms | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  const { newbornDays, newbornNikMonths } = day.entries
  if (newbornDays === undefined) return notKnown(day, "newbornDays")
  if (newbornNikMonths === undefined) return notKnown(day, "newbornNikMonths")
  const { appliesOn } = asOf
  const notes = caveats(day, "newbornDays", "newbornNikMonths")
  if (isAfter(of.birthDate, appliesOn)) return { _tag: "Refused", reasons: [{ code: "BornAfterTheDay" }], notes }
  const nikBy = addMonths(of.birthDate, newbornNikMonths.value)
  if (!of.hasNik && isAfter(appliesOn, nikBy)) {
    const reason: Reason = { code: "NewbornNikNeeded", params: { months: newbornNikMonths.value } }
    return { _tag: "Refused", reasons: [reason], notes }
  }

  const place = placeOf(of, day)
  if ("_tag" in place) return place
  const registerBy = addDays(of.birthDate, newbornDays.value)
  const paidLate = place.paidByFamily && of.paidOn !== undefined && isAfter(of.paidOn, registerBy)
  const late = isAfter(appliesOn, registerBy) || paidLate
  const params = { days: newbornDays.value }
  return {
    _tag: "Terms",
    segment: place.segment,
    paidByFamily: place.paidByFamily,
    registerBy,
    late,
    ...(place.activeFrom === undefined ? {} : { activeFrom: place.activeFrom }),
    billedFrom: of.birthDate,
    nikBy,
    reasons: [
      place.reason,
      late
        ? { code: place.paidByFamily ? "NewbornLate" : "NewbornLateFree", params: { ...params, date: registerBy } }
        : { code: "NewbornInTime", params },
      ...(of.hasNik ? [] : [{ code: "NewbornNikBy", params: { date: nikBy } } as const])
    ],
    notes: [...notes, ...caveats(day, ...place.used)]
  }
}

// --- private ---

interface Place {
  readonly segment: Segment
  readonly activeFrom?: PlainDate
  /** The family pays for this baby, so that its payment counts for being in time. */
  readonly paidByFamily: boolean
  readonly reason: Reason
  readonly used: ReadonlyArray<ParameterName>
}

const placeOf = (of: Given, day: Day): Place | Refused | Unknown => {
  const worker = [of.parentSegment, of.motherSegment].find(
    (it): it is "PPU-PN" | "PPU-BU" => it !== "none" && it !== "other" && isWageEarner(it)
  )
  if (worker !== undefined) return ofWorker(worker, of, day)
  if (of.motherSegment === "PBI-JK") return ofPbi(of, day)
  if (of.motherSegment === "PBPU-PD") return ofLocal(day)
  if (of.motherSegment === undefined) {
    return { _tag: "Unknown", missing: ["motherSegment"], reasons: [{ code: "MissingMotherScheme" }] }
  }
  if (of.parentSegment === "PBPU-PD") return ofLocal(day)
  const segment = selfPaying(of.parentSegment) ?? selfPaying(of.motherSegment)
  if (segment === undefined) {
    if (of.parentSegment === "PBI-JK") {
      return { _tag: "Refused", reasons: [{ code: "NewbornFatherOnPbi" }], notes: caveats(day, "newbornPbiMonths") }
    }
    return { _tag: "Unknown", missing: ["parentSegment"], reasons: [{ code: "MissingParentSegment" }] }
  }
  return { segment, ...active(of, day), paidByFamily: true, reason: { code: "NewbornAfterPayment" }, used: [] }
}

const ofWorker = (segment: "PPU-PN" | "PPU-BU", of: Given, day: Day): Place | Unknown => {
  const covered = day.entries.coveredChildren
  if (covered === undefined) return notKnown(day, "coveredChildren")
  if (of.childOrder === undefined) {
    return { _tag: "Unknown", missing: ["childOrder"], reasons: [{ code: "MissingChildOrder" }] }
  }
  const params = { children: covered.value }
  if (of.childOrder > covered.value) {
    const reason: Reason = { code: "NewbornExtraChild", params }
    return { segment, ...active(of, day), paidByFamily: true, reason, used: ["coveredChildren", "extraFamilyRate"] }
  }
  return {
    segment,
    activeFrom: day.asOf.appliesOn,
    paidByFamily: false,
    reason: { code: "NewbornOfWorker", params },
    used: ["coveredChildren"]
  }
}

// The decree is only administrative: the baby is covered before it.
const ofPbi = ({ birthDate }: Given, day: Day): Place | Unknown =>
  day.entries.newbornPbiMonths === undefined
    ? notKnown(day, "newbornPbiMonths")
    : {
        segment: "PBI-JK",
        activeFrom: birthDate,
        paidByFamily: false,
        reason: { code: "NewbornOfPbi" },
        used: ["newbornPbiMonths"]
      }

const ofLocal = (day: Day): Place | Unknown => {
  const admission = day.entries.localAdmission
  if (admission === undefined) return notKnown(day, "localAdmission")
  const admitted = admission.value.mode === "residents" && admission.value.childrenOfMembers
  return {
    segment: "PBPU-PD",
    ...(admitted ? { activeFrom: day.asOf.appliesOn } : {}),
    paidByFamily: false,
    reason: { code: "NewbornLocal" },
    used: ["localAdmission"]
  }
}

/** Who is paid for is covered from the payment on, but not before being registered. */
const active = ({ paidOn }: Given, { asOf: { appliesOn } }: Day): { readonly activeFrom?: PlainDate } =>
  paidOn === undefined ? {} : { activeFrom: isAfter(paidOn, appliesOn) ? paidOn : appliesOn }

const selfPaying = (segment: Given["motherSegment"]): Segment | undefined =>
  segment === "PBPU" || segment === "BP" ? segment : undefined
