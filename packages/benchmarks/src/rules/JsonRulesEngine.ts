/**
 * The thirty rules in `json-rules-engine`: an event a rule, and the results of every condition as its trace.
 */
import { Engine, type NestedCondition, type TopLevelCondition } from "json-rules-engine"
import type { Given, Rule, Test } from "./ThirtyRules.ts"

/** Decides on one person: the grounds whose rules hold. */
export const make = (rules: ReadonlyArray<Rule>): ((given: Given) => Promise<ReadonlyArray<string>>) => {
  const engine = new Engine(
    rules.map(({ ground, reason, when }) => ({
      name: `${ground} ${reason}`,
      conditions: conditionOf(when) as TopLevelCondition,
      event: { type: ground, params: { reason } }
    }))
  )
  return async (given) => {
    const { events } = await engine.run({ ...given })
    return events.map(({ type }) => type)
  }
}

// --- private ---

const conditionOf = (test: Test): NestedCondition => {
  if ("all" in test) return { all: test.all.map(conditionOf) }
  if ("any" in test) return { any: test.any.map(conditionOf) }
  if ("not" in test) return { not: conditionOf(test.not) }
  const { fact } = test
  if ("is" in test) return { fact, operator: "equal", value: test.is }
  if ("among" in test) return { fact, operator: "in", value: test.among }
  return "atMost" in test
    ? { fact, operator: "lessThanInclusive", value: test.atMost }
    : { fact, operator: "greaterThanInclusive", value: test.atLeast }
}
