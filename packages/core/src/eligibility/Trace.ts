/**
 * How the rules came to their answers: the formula of every ground as a tree, with the
 * answer to each question in it.
 *
 * A trace is for whoever checks a decision. It holds answers and names of facts, not their
 * values, and it follows from what the decision records: it is made again when needed and
 * never stored.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { ParameterName } from "../policy/Policy.ts"
import type { ReasonCode } from "../policy/Reason.ts"
import * as Condition from "./Condition.ts"
import type { Day } from "./Day.ts"
import type { FactName, Facts } from "./Facts.ts"
import { ranked } from "./internal/compiled.ts"
import type { GroundId } from "./Rules.ts"
import type { RuleSet } from "./RuleSet.ts"

// --- models ---

/**
 * One part of a formula with its answer; `reasons` are the codes that the rules give for
 * that answer.
 *
 * @category models
 * @since 0.1.0
 */
export type Node = { readonly answer: Condition.Answer; readonly reasons?: ReadonlyArray<ReasonCode> } & (
  | {
      readonly _tag: "Fact"
      readonly fact: FactName
      readonly test?: string
      readonly parameter?: ParameterName
    }
  | { readonly _tag: "Policy"; readonly test: string; readonly parameter: ParameterName }
  | { readonly _tag: "All" | "Any"; readonly parts: ReadonlyArray<Node> }
  | { readonly _tag: "Not"; readonly part: Node }
)

/**
 * @category models
 * @since 0.1.0
 */
export interface GroundTrace {
  readonly ground: GroundId
  readonly segment: Segment
  readonly tree: Node
}

/**
 * The grounds in the order of precedence.
 *
 * @category models
 * @since 0.1.0
 */
export type Trace = ReadonlyArray<GroundTrace>

// --- making ---

/**
 * The trace of facts on a day, by a rule set.
 *
 * @category making
 * @since 0.1.0
 */
export const make = (rules: RuleSet, facts: Facts, day: Day): Trace => {
  const { answer } = Condition.about(facts, day)
  return ranked(rules).map((ground) => {
    const { formula, segment } = rules.grounds[ground]
    return { ground, segment, tree: nodeOf(formula, answer) }
  })
}

// --- reading ---

/**
 * The trace as indented lines, one a part: its answer, and what was asked.
 *
 * @category reading
 * @since 0.1.0
 */
export const lines = (self: Trace): ReadonlyArray<string> =>
  self.flatMap(({ ground, segment, tree }) => [`${ground} (${segment}): ${tree.answer}`, ...indented(tree, 1)])

// --- private ---

const nodeOf = (formula: Condition.Formula, ask: Condition.About["answer"]): Node => {
  const answer = ask(formula)
  switch (formula._tag) {
    case "Condition": {
      const { fact, parameter, test } = formula
      return {
        _tag: "Fact",
        answer,
        fact,
        ...(test === undefined ? {} : { test }),
        ...(parameter === undefined ? {} : { parameter })
      }
    }
    case "Term":
      return { _tag: "Policy", answer, test: formula.test, parameter: formula.parameter }
    case "Not":
      return { _tag: "Not", answer, part: nodeOf(formula.part, ask) }
    case "Because": {
      const inside = nodeOf(formula.part, ask)
      const own = answer === "yes" ? formula.yes : answer === "no" ? formula.no : undefined
      const remarks = (formula.remarks ?? [])
        .filter((remark) => remark.on === answer && ask(remark.if) === "yes")
        .map(({ code }) => code)
      const reasons = [...(own === undefined ? [] : [own]), ...remarks, ...(inside.reasons ?? [])]
      return reasons.length === 0 ? inside : { ...inside, reasons }
    }
    case "All":
    case "Any":
      return { _tag: formula._tag, answer, parts: formula.parts.map((part) => nodeOf(part, ask)) }
  }
}

const indented = (node: Node, depth: number): ReadonlyArray<string> => {
  const line = `${"  ".repeat(depth)}${asked(node)}: ${node.answer}${node.reasons === undefined ? "" : ` [${node.reasons.join()}]`}`
  switch (node._tag) {
    case "All":
    case "Any":
      return [line, ...node.parts.flatMap((part) => indented(part, depth + 1))]
    case "Not":
      return [line, ...indented(node.part, depth + 1)]
    case "Fact":
    case "Policy":
      return [line]
  }
}

const asked = (node: Node): string => {
  switch (node._tag) {
    case "All":
      return "all of"
    case "Any":
      return "any of"
    case "Not":
      return "not"
    case "Policy":
      return `${node.parameter} ${node.test}`
    case "Fact":
      return node.test === undefined ? node.fact : `${node.fact} ${node.test}`
  }
}
