/**
 * The thirty rules in `@gorules/zen-engine`: one decision table that collects every row that holds, with its trace.
 */
import { ZenEngine } from "@gorules/zen-engine"
import type { Given, Rule, Test } from "./ThirtyRules.ts"

/** Decides on one person: the grounds whose rules hold. */
export const make = (rules: ReadonlyArray<Rule>): ((given: Given) => Promise<ReadonlyArray<string>>) => {
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(graph(rules))))
  return async (given) => {
    const { result } = (await decision.evaluate(given, { trace: true })) as {
      readonly result: ReadonlyArray<{ readonly ground: string }>
    }
    return result.map(({ ground }) => ground)
  }
}

// --- private ---

const graph = (rules: ReadonlyArray<Rule>) => ({
  nodes: [
    { id: "in", name: "in", type: "inputNode" },
    {
      id: "table",
      name: "table",
      type: "decisionTableNode",
      content: {
        hitPolicy: "collect",
        inputs: [{ id: "when", name: "when" }],
        outputs: [
          { id: "ground", name: "ground", field: "ground" },
          { id: "reason", name: "reason", field: "reason" }
        ],
        rules: rules.map(({ ground, reason, when }, i) => ({
          _id: `r${i}`,
          when: expression(when),
          ground: JSON.stringify(ground),
          reason: JSON.stringify(reason)
        }))
      }
    },
    { id: "out", name: "out", type: "outputNode" }
  ],
  edges: [
    { id: "e1", type: "edge", sourceId: "in", targetId: "table" },
    { id: "e2", type: "edge", sourceId: "table", targetId: "out" }
  ]
})

const expression = (test: Test): string => {
  if ("all" in test) return `(${test.all.map(expression).join(" and ")})`
  if ("any" in test) return `(${test.any.map(expression).join(" or ")})`
  if ("not" in test) return `not (${expression(test.not)})`
  if ("is" in test) return `${test.fact} == ${JSON.stringify(test.is)}`
  if ("among" in test) return `${test.fact} in ${JSON.stringify(test.among)}`
  return "atMost" in test ? `${test.fact} <= ${test.atMost}` : `${test.fact} >= ${test.atLeast}`
}
