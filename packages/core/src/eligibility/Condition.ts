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
 * One question about one fact. `holds` is asked only when the fact is known, and answers
 * `undefined` when the policy has no value for the day.
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
  readonly holds: (facts: Facts, day: Day) => boolean | undefined
}

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
  holds: (facts, day) => {
    const value = facts[fact]
    return value === undefined || value === null ? undefined : holds(value, day)
  },
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
export const answer = (formula: Formula, facts: Facts, day: Day): Answer => {
  switch (formula._tag) {
    case "Condition": {
      const holds = formula.holds(facts, day)
      return holds === undefined ? "unknown" : holds ? "yes" : "no"
    }
    case "Term": {
      const holds = formula.holds(day)
      return holds === undefined ? "unknown" : holds ? "yes" : "no"
    }
    case "Not":
      return negation[answer(formula.part, facts, day)]
    case "Because":
      return answer(formula.part, facts, day)
    case "All":
      return fold(formula.parts, facts, day, "no", "yes")
    case "Any":
      return fold(formula.parts, facts, day, "yes", "no")
  }
}

/**
 * Why the answer of a formula is what it is.
 *
 * @category reading
 * @since 0.1.0
 */
export const explain = (formula: Formula, facts: Facts, day: Day): Explanation => {
  const into: Explanation = {
    codes: new Set(),
    missing: new Set(),
    gaps: new Set(),
    closed: new Set(),
    parameters: new Set()
  }
  collect(formula, answer(formula, facts, day), facts, day, into)
  return into
}

/**
 * How many parts of the outermost "all" hold before the first that does not: of several
 * formulas that fail, the one that came furthest is the one to speak of.
 *
 * @category reading
 * @since 0.1.0
 */
export const progress = (formula: Formula, facts: Facts, day: Day): number => {
  if (formula._tag !== "All") return 0
  const failing = formula.parts.findIndex((part) => answer(part, facts, day) === "no")
  return failing === -1 ? formula.parts.length : failing
}

/**
 * Every condition inside formulas, once each; those of remarks only if asked for.
 *
 * @category reading
 * @since 0.1.0
 */
export const conditions = (
  formulas: ReadonlyArray<Formula>,
  options: { readonly remarks: boolean } = { remarks: true }
): ReadonlyArray<Condition> => {
  const found = new Set<Condition>()
  const visit = (formula: Formula): void => {
    switch (formula._tag) {
      case "Condition":
        found.add(formula)
        return
      case "Term":
        return
      case "Not":
        return visit(formula.part)
      case "Because":
        if (options.remarks) for (const remark of formula.remarks ?? []) visit(remark.if)
        return visit(formula.part)
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

const fold = (parts: ReadonlyArray<Formula>, facts: Facts, day: Day, decisive: Answer, otherwise: Answer): Answer => {
  let result = otherwise
  for (const part of parts) {
    const found = answer(part, facts, day)
    if (found === decisive) return decisive
    if (found === "unknown") result = "unknown"
  }
  return result
}

/** Says why; returns whether it had a reason to give. */
const collect = (formula: Formula, wanted: Answer, facts: Facts, day: Day, into: Explanation): boolean => {
  switch (formula._tag) {
    case "Condition":
      collectCondition(formula, wanted, facts, day, into)
      return false
    case "Term":
      collectTerm(formula, wanted, into)
      return false
    case "Not":
      return collect(formula.part, negation[wanted], facts, day, into)
    case "Because": {
      const own = wanted === "yes" ? formula.yes : undefined
      if (own !== undefined) into.codes.add(own)
      const inside = collect(formula.part, wanted, facts, day, into)
      for (const remark of formula.remarks ?? []) {
        if (remark.on !== wanted || answer(remark.if, facts, day) !== "yes") continue
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
        if (answer(part, facts, day) !== wanted) continue
        said = collect(part, wanted, facts, day, into) || said
        if (one) break
      }
      return said
    }
  }
}

const collectCondition = (condition: Condition, wanted: Answer, facts: Facts, day: Day, into: Explanation): void => {
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
