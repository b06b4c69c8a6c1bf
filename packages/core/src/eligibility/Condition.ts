/**
 * Conditions over facts, joined by "all" and "any", answered in three values and able to
 * say why.
 *
 * The logic is Kleene's: a fact that is added can turn an unknown into a yes or a no, and
 * never a yes or a no into anything else. That is why `missing` is safe to ask for, and
 * why a settled answer stays settled.
 *
 * @since 0.1.0
 */
import type { ParameterName } from "../policy/Policy.ts"
import type { ReasonCode } from "../policy/Reason.ts"
import type { Day } from "./Day.ts"
import type { FactName, Facts } from "./Facts.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type Answer = "yes" | "no" | "unknown"

/**
 * One question about one fact. `holds` is asked of the fact's value, when it is known, and
 * answers `undefined` when the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Condition {
  readonly _tag: "Condition"
  readonly fact: FactName
  /** What is asked of the fact, for whoever reads a trace: `is state`, `under 21`. */
  readonly test?: string
  readonly parameter?: ParameterName
  readonly holds: (value: Value, day: Day) => boolean | undefined
}

/**
 * What a fact may be, when it is known.
 *
 * @category models
 * @since 0.1.0
 */
export type Value = NonNullable<Facts[FactName]>

/**
 * One question about the policy of the day, which no fact about a person answers.
 *
 * @category models
 * @since 0.1.0
 */
export interface Term {
  readonly _tag: "Term"
  readonly test: string
  readonly parameter: ParameterName
  readonly holds: (day: Day) => boolean | undefined
}

/**
 * All parts must hold. A "no" is explained by the first part that fails, or by all of
 * them when the parts stand on a level (`explain: "all"`).
 *
 * @category models
 * @since 0.1.0
 */
export interface All {
  readonly _tag: "All"
  readonly parts: ReadonlyArray<Formula>
  readonly explain: "first" | "all"
}

/**
 * One part must hold; the first that does explains a "yes".
 *
 * @category models
 * @since 0.1.0
 */
export interface Any {
  readonly _tag: "Any"
  readonly parts: ReadonlyArray<Formula>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Not {
  readonly _tag: "Not"
  readonly part: Formula
}

/**
 * Gives a formula its reasons. `yes` stands before the reasons of what is inside, `no`
 * is used only where the inside has none of its own: the nearer reason is the better one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Because {
  readonly _tag: "Because"
  readonly part: Formula
  readonly yes?: ReasonCode
  readonly no?: ReasonCode
  readonly remarks?: ReadonlyArray<Remark>
}

/**
 * What else there is to say of an answer, if a fact is known: it never changes the answer,
 * and the fact is never asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Remark {
  readonly on: "yes" | "no"
  readonly if: Formula
  readonly code: ReasonCode
}

/**
 * @category models
 * @since 0.1.0
 */
export type Formula = Condition | Term | All | Any | Not | Because

/**
 * What there is to say about an answer: the reasons of a yes or a no, what is missing of
 * an unknown, and the parameters that it stands on.
 *
 * @category models
 * @since 0.1.0
 */
export interface Explanation {
  readonly codes: Set<ReasonCode>
  readonly missing: Set<FactName>
  /** Parameters that have no value for the day, though the fact is known: no fact could help. */
  readonly gaps: Set<ParameterName>
  /** Parameters that have no value for the day, and the fact is not known either. */
  readonly closed: Set<ParameterName>
  readonly parameters: Set<ParameterName>
}

// --- constructors ---

/**
 * A condition on the value of one fact, which may look at the day.
 *
 * @category constructors
 * @since 0.1.0
 */
export const when = <F extends FactName>(
  fact: F,
  holds: (value: NonNullable<Facts[F]>, day: Day) => boolean | undefined,
  parameter?: ParameterName,
  test?: string
): Condition => ({
  _tag: "Condition",
  fact,
  ...(test === undefined ? {} : { test }),
  // A condition is asked of its own fact only.
  holds: (value, day) => holds(value as NonNullable<Facts[F]>, day),
  ...(parameter === undefined ? {} : { parameter })
})

/**
 * A condition that a fact is one of some values.
 *
 * @category constructors
 * @since 0.1.0
 */
export const is = <F extends FactName>(fact: F, ...values: ReadonlyArray<NonNullable<Facts[F]>>): Condition =>
  when(fact, (value) => values.includes(value), undefined, `is ${values.join(" or ")}`)

/**
 * A condition on the policy of the day. `holds` answers `undefined` when the policy has no
 * value for the day.
 *
 * @category constructors
 * @since 0.1.0
 */
export const term = (parameter: ParameterName, test: string, holds: (day: Day) => boolean | undefined): Term => ({
  _tag: "Term",
  parameter,
  test,
  holds
})

/**
 * @category constructors
 * @since 0.1.0
 */
export const all = (...parts: ReadonlyArray<Formula>): Formula => ({ _tag: "All", parts, explain: "first" })

/**
 * Like {@link all}, and a "no" names every part that fails.
 *
 * @category constructors
 * @since 0.1.0
 */
export const each = (...parts: ReadonlyArray<Formula>): Formula => ({ _tag: "All", parts, explain: "all" })

/**
 * @category constructors
 * @since 0.1.0
 */
export const any = (...parts: ReadonlyArray<Formula>): Formula => ({ _tag: "Any", parts })

/**
 * @category constructors
 * @since 0.1.0
 */
export const not = (part: Formula): Formula => ({ _tag: "Not", part })

/**
 * @category constructors
 * @since 0.1.0
 */
export const because = (
  codes: { readonly yes?: ReasonCode; readonly no?: ReasonCode; readonly remarks?: ReadonlyArray<Remark> },
  part: Formula
): Formula => ({
  _tag: "Because",
  part,
  ...codes
})

// --- reading ---

/**
 * The answer of a formula on facts, on a day.
 *
 * @category reading
 * @since 0.1.0
 */
export const answer = (formula: Formula, facts: Facts, day: Day): Answer => about(facts, day).answer(formula)

/**
 * Answers about one person, on a day. Formulas share parts, and what was answered once is
 * not asked again.
 *
 * @category reading
 * @since 0.1.0
 */
export interface About {
  readonly answer: (formula: Formula) => Answer
  /** Why the answer of a formula is what it is. */
  readonly explain: (formula: Formula) => Explanation
  /**
   * How many parts of the outermost "all" hold before the first that does not: of several
   * formulas that fail, the one that came furthest is the one to speak of.
   */
  readonly progress: (formula: Formula) => number
}

/**
 * @category reading
 * @since 0.1.0
 */
export const about = (facts: Facts, day: Day): About => {
  const known = new Map<Formula, Answer>()
  const answer = (formula: Formula): Answer => {
    if (formula._tag === "Condition") {
      const value = facts[formula.fact]
      return value === undefined ? "unknown" : answerOf(formula.holds(value, day))
    }
    const found = known.get(formula) ?? fresh(formula)
    known.set(formula, found)
    return found
  }
  const fresh = (formula: Exclude<Formula, Condition>): Answer => {
    switch (formula._tag) {
      case "Term":
        return answerOf(formula.holds(day))
      case "Not":
        return negation[answer(formula.part)]
      case "Because":
        return answer(formula.part)
      case "All":
        return fold(formula.parts, answer, "no", "yes")
      case "Any":
        return fold(formula.parts, answer, "yes", "no")
    }
  }
  return {
    answer,
    explain: (formula) => {
      const into: Explanation = {
        codes: new Set(),
        missing: new Set(),
        gaps: new Set(),
        closed: new Set(),
        parameters: new Set()
      }
      collect(formula, answer(formula), { answer, facts, day, into })
      return into
    },
    progress: (formula) => {
      if (formula._tag !== "All") return 0
      const failing = formula.parts.findIndex((part) => answer(part) === "no")
      return failing === -1 ? formula.parts.length : failing
    }
  }
}

/**
 * Every condition inside formulas, remarks included, once each.
 *
 * @category reading
 * @since 0.1.0
 */
export const conditions = (formulas: ReadonlyArray<Formula>): ReadonlyArray<Condition> => {
  const found = new Set<Condition>()
  const visit = (formula: Formula): void => {
    switch (formula._tag) {
      case "Condition":
        found.add(formula)
        break
      case "Term":
        break
      case "Because":
        for (const remark of formula.remarks ?? []) visit(remark.if)
        visit(formula.part)
        break
      case "Not":
        visit(formula.part)
        break
      case "All":
      case "Any":
        for (const part of formula.parts) visit(part)
    }
  }
  for (const formula of formulas) visit(formula)
  return [...found]
}

/**
 * Every question inside a formula that is asked of the policy alone.
 *
 * @category reading
 * @since 0.1.0
 */
export const terms = (formula: Formula): ReadonlyArray<Term> => {
  switch (formula._tag) {
    case "Condition":
      return []
    case "Term":
      return [formula]
    case "Not":
    case "Because":
      return terms(formula.part)
    case "All":
    case "Any":
      return formula.parts.flatMap(terms)
  }
}

// --- private ---

const negation: { readonly [A in Answer]: Answer } = { yes: "no", no: "yes", unknown: "unknown" }

const answerOf = (holds: boolean | undefined): Answer => (holds === undefined ? "unknown" : holds ? "yes" : "no")

const fold = (
  parts: ReadonlyArray<Formula>,
  answer: (part: Formula) => Answer,
  decisive: Answer,
  otherwise: Answer
): Answer => {
  let result = otherwise
  for (const part of parts) {
    const found = answer(part)
    if (found === decisive) return decisive
    if (found === "unknown") result = "unknown"
  }
  return result
}

interface Collecting {
  readonly answer: (formula: Formula) => Answer
  readonly facts: Facts
  readonly day: Day
  readonly into: Explanation
}

/** Says why; returns whether it had a reason to give. */
const collect = (formula: Formula, wanted: Answer, collecting: Collecting): boolean => {
  const { answer, into } = collecting
  switch (formula._tag) {
    case "Condition":
      collectCondition(formula, wanted, collecting)
      return false
    case "Term":
      collectTerm(formula, wanted, into)
      return false
    case "Not":
      return collect(formula.part, negation[wanted], collecting)
    case "Because": {
      const own = wanted === "yes" ? formula.yes : undefined
      if (own !== undefined) into.codes.add(own)
      const inside = collect(formula.part, wanted, collecting)
      for (const remark of formula.remarks ?? []) {
        if (remark.on !== wanted || answer(remark.if) !== "yes") continue
        into.codes.add(remark.code)
        for (const { parameter } of conditions([remark.if])) if (parameter !== undefined) into.parameters.add(parameter)
      }
      if (wanted !== "no" || inside || formula.no === undefined) return inside || own !== undefined
      into.codes.add(formula.no)
      return true
    }
    case "All":
    case "Any": {
      // One part is enough to explain a failed "all" and a fulfilled "any".
      const one = formula._tag === "All" ? wanted === "no" && formula.explain === "first" : wanted === "yes"
      let said = false
      for (const part of formula.parts) {
        if (answer(part) !== wanted) continue
        said = collect(part, wanted, collecting) || said
        if (one) break
      }
      return said
    }
  }
}

const collectCondition = (condition: Condition, wanted: Answer, { day, facts, into }: Collecting): void => {
  if (wanted !== "unknown") {
    if (condition.parameter !== undefined) into.parameters.add(condition.parameter)
    return
  }
  const known = facts[condition.fact] !== undefined
  if (!known) into.missing.add(condition.fact)
  const { parameter } = condition
  if (parameter === undefined) return
  if (known) into.gaps.add(parameter)
  else if (day.inForce.entries[parameter] === undefined) into.closed.add(parameter)
}

const collectTerm = ({ parameter }: Term, wanted: Answer, into: Explanation): void => {
  ;(wanted === "unknown" ? into.gaps : into.parameters).add(parameter)
}
