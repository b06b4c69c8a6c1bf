/**
 * The class of the ward that a participant may lie in.
 *
 * Who pays for themselves chose it; a wage or a grade gives it to a wage earner (PPU-6), and
 * the better of two where husband and wife both work (BOTH-WORK). The standard ward that is to
 * replace the classes (KRIS) has no day yet; the policy says when it does.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { CivilGrade, ParameterName, Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { type Day, dayOf, notKnown } from "./internal/day.ts"

// --- models ---

/**
 * I, II or III.
 *
 * @category models
 * @since 0.1.0
 */
export type Class = 1 | 2 | 3

/**
 * What decides the class. What is absent is not known.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly segment: Segment
  /** Of an employee: rupiah a month. */
  readonly wage?: number
  /** Of a civil servant. */
  readonly grade?: CivilGrade
  /** Of who pays for themselves: what the family chose. */
  readonly chosen?: Class
  /** Of a wage earner whose husband or wife is one too: the spouse's own class. */
  readonly spouseClass?: Class
}

/**
 * @category models
 * @since 0.1.0
 */
export type Question = "wage" | "grade" | "chosen"

/**
 * @category models
 * @since 0.1.0
 */
export interface Known {
  readonly _tag: "Class"
  readonly wardClass: Class
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * There are no classes on the day asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Standard {
  readonly _tag: "Standard"
  readonly reasons: readonly [Reason]
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
export type WardClass = Known | Standard | Unknown

// --- reading ---

/**
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const ward = WardClass.of({ segment: "PPU-BU", wage: 4_000_000 }, asOf)
 * ward._tag === "Class" ? ward.wardClass : ward.reasons // => 2
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (given: Given, asOf: AsOf, policy: Policy = National.policy): WardClass => {
  const day = dayOf(policy, asOf)
  const { wards } = day.entries
  if (wards === undefined) return notKnown(day, "wards")
  if (wards.value === "standard") {
    return { _tag: "Standard", reasons: [{ code: "WardStandard" }], notes: day.caveats(used.chosen) }
  }
  switch (given.segment) {
    case "PBI-JK":
    case "PBPU-PD":
      return assisted(day)
    case "PPU-BU":
      return betterOf(given.spouseClass, ofWage(given.wage, day), day)
    case "PPU-PN":
      return betterOf(given.spouseClass, ofGrade(given.grade, day), day)
    case "PBPU":
    case "BP":
      return given.chosen === undefined
        ? unanswered("chosen", "MissingWardClass")
        : known(given.chosen, { code: "WardChosen", params: { class: given.chosen } }, used.chosen, day)
  }
}

// --- private ---

// Named once: the caveats of a day are kept by the list.
const used = {
  chosen: ["wards"],
  assisted: ["assistedWard", "wards"],
  wage: ["secondClassWage", "wards"],
  grade: ["civilGrade", "wards"]
} as const

const assisted = (day: Day): WardClass => {
  const entry = day.entries.assistedWard
  if (entry === undefined) return notKnown(day, "assistedWard")
  return known(entry.value, { code: "WardAssisted", params: { class: entry.value } }, used.assisted, day)
}

const ofWage = (wage: number | undefined, day: Day): Known | Unknown => {
  const entry = day.entries.secondClassWage
  if (entry === undefined) return notKnown(day, "secondClassWage")
  if (wage === undefined) return unanswered("wage", "MissingWage")
  const limit = entry.value
  const wardClass = wage <= limit ? 2 : 1
  return known(wardClass, { code: "WardByWage", params: { class: wardClass, wage, limit } }, used.wage, day)
}

const ofGrade = (grade: CivilGrade | undefined, day: Day): Known | Unknown => {
  const entry = day.entries.civilGrade
  if (entry === undefined) return notKnown(day, "civilGrade")
  if (grade === undefined) return unanswered("grade", "MissingGrade")
  const wardClass = entry.value.secondClass.includes(grade) ? 2 : 1
  return known(wardClass, { code: "WardByGrade", params: { class: wardClass, grade } }, used.grade, day)
}

/** The best class needs no second one to compare with. */
const betterOf = (spouse: Class | undefined, own: Known | Unknown, day: Day): Known | Unknown => {
  if (spouse === undefined) return own
  const best: Reason = { code: "WardBetterOfBoth", params: { class: spouse } }
  if (own._tag === "Unknown") return spouse === 1 ? known(1, best, used.chosen, day) : own
  return spouse < own.wardClass ? { ...own, wardClass: spouse, reasons: [best, ...own.reasons] } : own
}

const known = (wardClass: Class, reason: Reason, rules: ReadonlyArray<ParameterName>, day: Day): Known => ({
  _tag: "Class",
  wardClass,
  reasons: [reason],
  notes: day.caveats(rules)
})

const unanswered = (question: Question, code: "MissingWage" | "MissingGrade" | "MissingWardClass"): Unknown => ({
  _tag: "Unknown",
  missing: [question],
  reasons: [{ code }]
})
