/**
 * What the rules say of some facts on a day: a verdict for every segment, the choice
 * among them, and what to say of it.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { Choice, Decision } from "../policy/Decision.ts"
import * as Policy from "../policy/Policy.ts"
import { codes as catalogueOrder, type Reason, type ReasonCode } from "../policy/Reason.ts"
import type { Verdict } from "../policy/Verdict.ts"
import * as Condition from "./Condition.ts"
import type { Day } from "./Day.ts"
import { type FactName, type Facts, names } from "./Facts.ts"
import * as Precedence from "./Precedence.ts"
import { type GroundId, groundIds, grounds } from "./Rules.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type Outcome = Pick<Decision<Facts, FactName>, "verdicts" | "choice" | "reasons" | "missing" | "notes">

// --- deciding ---

/**
 * The outcome for facts on a day.
 *
 * It depends on the facts only through the answers to the conditions of the rules. People
 * with the same answers share one outcome, frozen, which is why a bulk import is fast.
 *
 * @category deciding
 * @since 0.1.0
 */
export const outcomeOf = (facts: Facts, day: Day): Outcome => {
  if (day.inForce.entries.mainRegulation === undefined) return beforeTheRules
  const outcomes = outcomesOf(day)
  const first = signature(facts, day, firstConditions)
  const second = signature(facts, day, secondConditions)
  const known = outcomes.rows.get(first)?.get(second)
  if (known !== undefined) return known
  const outcome = frozen(decide(facts, day))
  keep(outcomes, first, second, outcome)
  return outcome
}

// --- private: deciding ---

interface Judged extends Precedence.Candidate {
  readonly explanation: Condition.Explanation
  readonly progress: number
}

const decide = (facts: Facts, day: Day): Outcome => {
  const judged = groundIds.map((ground): Judged => {
    const { formula } = grounds[ground]
    return {
      ground,
      answer: Condition.answer(formula, facts, day),
      explanation: Condition.explain(formula, facts, day),
      progress: Condition.progress(formula, facts, day)
    }
  })
  const verdict = (segment: Segment) => verdictOf(ofSegment(judged, segment), day)
  const chosen = Precedence.choose(judged)
  return {
    verdicts: {
      "PBI-JK": verdict("PBI-JK"),
      "PBPU-PD": verdict("PBPU-PD"),
      "PPU-PN": verdict("PPU-PN"),
      "PPU-BU": verdict("PPU-BU"),
      PBPU: verdict("PBPU"),
      BP: verdict("BP")
    },
    ...choiceOf(chosen, judged, day),
    notes: Policy.caveats(day.policy, day.inForce, parametersOf(judged, day))
  }
}

const verdictOf = (judged: ReadonlyArray<Judged>, day: Day): Verdict<FactName> => {
  const fitting = judged.find((one) => one.answer === "yes")
  if (fitting !== undefined) return { _tag: "Yes", reasons: reasonsOf([fitting], day) }
  const open = judged.filter((one) => one.answer === "unknown")
  return open.length > 0
    ? { _tag: "Unknown", missing: missingOf(open), reasons: openReasonsOf(open, day) }
    : { _tag: "No", reasons: nonEmpty(reasonsOf(judged, day)) }
}

const choiceOf = (
  chosen: Precedence.Choice,
  judged: ReadonlyArray<Judged>,
  day: Day
): Pick<Outcome, "choice" | "reasons" | "missing"> => {
  switch (chosen._tag) {
    case "Chosen": {
      const { ground } = chosen
      const choice: Choice<FactName> = { _tag: "Chosen", segment: grounds[ground].segment, ground }
      return { choice, reasons: nonEmpty(reasonsOf(pick(judged, [ground]), day)), missing: [] }
    }
    case "Undecided": {
      const open = pick(judged, chosen.grounds)
      const missing = missingOf(open)
      return { choice: { _tag: "Undecided", missing }, reasons: openReasonsOf(open, day), missing }
    }
    case "NoneFits": {
      // Of twelve refusals, the one that came nearest to a yes is the one to speak of.
      const furthest = Math.max(...judged.map((one) => one.progress))
      const nearest = judged.filter((one) => one.progress === furthest)
      return { choice: { _tag: "NoneFits" }, reasons: nonEmpty(reasonsOf(nearest, day)), missing: [] }
    }
  }
}

const ofSegment = (judged: ReadonlyArray<Judged>, segment: Segment) =>
  judged.filter((one) => grounds[one.ground].segment === segment)

const pick = (judged: ReadonlyArray<Judged>, ids: ReadonlyArray<GroundId>) =>
  judged.filter((one) => ids.includes(one.ground))

// --- private: saying why ---

const reasonsOf = (judged: ReadonlyArray<Judged>, day: Day): ReadonlyArray<Reason> => {
  const codes = new Set<ReasonCode>()
  for (const { explanation } of judged) for (const code of explanation.codes) codes.add(code)
  // In the order of the catalogue: what the ground is, then what comes with it.
  return catalogueOrder.filter((code) => codes.has(code)).map((code) => reasonOf(code, day))
}

const openReasonsOf = (open: ReadonlyArray<Judged>, day: Day): readonly [Reason, ...Array<Reason>] => {
  const gaps = new Set<Policy.ParameterName>()
  for (const { explanation } of open) for (const gap of explanation.gaps) gaps.add(gap)
  return nonEmpty([
    ...missingOf(open).map((fact): Reason => ({ code: missingCode(fact) })),
    ...[...gaps].map((gap): Reason => ({ code: "RuleNotKnown", params: { rule: day.policy.parameters[gap].rule } }))
  ])
}

const missingOf = (open: ReadonlyArray<Judged>): ReadonlyArray<FactName> => {
  const missing = new Set<FactName>()
  for (const { explanation } of open) for (const fact of explanation.missing) missing.add(fact)
  return names.filter((fact) => missing.has(fact))
}

const missingCode = (fact: FactName): ReasonCode =>
  `Missing${fact[0]!.toUpperCase()}${fact.slice(1)}` as `Missing${Capitalize<FactName>}`

const reasonOf = (code: ReasonCode, day: Day): Reason => {
  const params = paramsOf(code, day)
  return params === undefined ? { code } : { code, params }
}

/** The numbers that a sentence quotes are those of the policy on the day. */
const paramsOf = (code: ReasonCode, { inForce: { entries } }: Day): Reason["params"] => {
  switch (code) {
    case "NikNeeded":
    case "NewbornWithoutNik":
      return numbers({ months: entries.newbornNikMonths })
    case "ForeignWorker":
    case "ForeignStayTooShort":
      return numbers({ months: entries.foreignerMonths })
    case "ChildOfWorker":
    case "ChildBeyondCovered":
      return numbers({ children: entries.coveredChildren })
    case "StudentChild":
      return numbers({ age: entries.studentAge })
    case "ChildTooOld":
      return numbers({ age: entries.childAge, studentAge: entries.studentAge })
    case "ExtraFamily":
      return entries.extraFamilyRate && { percent: entries.extraFamilyRate.value / 100 }
    case "NotOnPbiDecree":
      return numbers({ register: entries.socialRegister })
    default:
      return undefined
  }
}

const numbers = (
  entries: Readonly<Record<string, { readonly value: number | string } | undefined>>
): NonNullable<Reason["params"]> => {
  const params: Record<string, number | string> = {}
  for (const [name, entry] of Object.entries(entries)) if (entry !== undefined) params[name] = entry.value
  return params
}

/** Parameters that some answer stands on, and those that the sentences quote. */
const parametersOf = (judged: ReadonlyArray<Judged>, day: Day): ReadonlyArray<Policy.ParameterName> => {
  const used = new Set<Policy.ParameterName>(["mainRegulation"])
  for (const { explanation } of judged) for (const name of explanation.parameters) used.add(name)
  return Policy.names(day.policy).filter((name) => used.has(name))
}

const nonEmpty = (reasons: ReadonlyArray<Reason>): readonly [Reason, ...Array<Reason>] => {
  const [first, ...rest] = reasons
  // Every ground has a reason for its yes and its no; a test walks all of them.
  if (first === undefined) throw new Error("A rule gave an answer without a reason. Give its formula one in Rules.ts.")
  return [first, ...rest]
}

const unknownDay: Verdict<FactName> = {
  _tag: "Unknown",
  missing: [],
  reasons: [{ code: "RuleNotKnown", params: { rule: "LAW" } }]
}

// --- private: sharing outcomes ---

interface Outcomes {
  size: number
  readonly rows: Map<number, Map<number, Outcome>>
}

const maxKept = 2048
const ofPolicy = new WeakMap<Policy.Policy, Map<string, Outcomes>>()
const ofDay = new WeakMap<Day, Outcomes>()

/** Days on which the policy says the same share their outcomes. */
const outcomesOf = (day: Day): Outcomes => {
  const known = ofDay.get(day)
  if (known !== undefined) return known
  const regimes = ofPolicy.get(day.policy) ?? new Map<string, Outcomes>()
  const outcomes = regimes.get(day.regime) ?? { size: 0, rows: new Map<number, Map<number, Outcome>>() }
  regimes.set(day.regime, outcomes)
  ofPolicy.set(day.policy, regimes)
  ofDay.set(day, outcomes)
  return outcomes
}

const keep = (outcomes: Outcomes, first: number, second: number, outcome: Outcome): void => {
  if (outcomes.size >= maxKept) {
    outcomes.rows.clear()
    outcomes.size = 0
  }
  const row = outcomes.rows.get(first) ?? new Map<number, Outcome>()
  row.set(second, outcome)
  outcomes.rows.set(first, row)
  outcomes.size++
}

// Answers are digits of a number to the base of 3, and a double holds 33 of them exactly.
const conditions = Condition.conditions(groundIds.map((ground) => grounds[ground].formula))
const half = Math.ceil(conditions.length / 2)
const firstConditions = conditions.slice(0, half)
const secondConditions = conditions.slice(half)

const signature = (facts: Facts, day: Day, asked: ReadonlyArray<Condition.Condition>): number => {
  let number = 0
  for (const condition of asked) {
    const holds = condition.holds(facts, day)
    number = number * 3 + (holds === undefined ? 2 : holds ? 1 : 0)
  }
  return number
}

const frozen = <A>(value: A): A => {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) frozen(inner)
  }
  return value
}

const beforeTheRules: Outcome = frozen({
  verdicts: {
    "PBI-JK": unknownDay,
    "PBPU-PD": unknownDay,
    "PPU-PN": unknownDay,
    "PPU-BU": unknownDay,
    PBPU: unknownDay,
    BP: unknownDay
  },
  choice: { _tag: "Undecided", missing: [] },
  reasons: unknownDay.reasons,
  missing: [],
  notes: []
})
