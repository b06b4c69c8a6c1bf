import * as National from "../../src/policy/National.ts"
import type { ParameterName, Policy } from "../../src/policy/Policy.ts"

/** The national policy with another history of one parameter. */
export const changed = (name: ParameterName, history: ReadonlyArray<unknown>): Policy => ({
  version: `changed ${name}`,
  parameters: { ...National.policy.parameters, [name]: { ...National.policy.parameters[name], history } }
})

/** The national policy that says nothing of one parameter. */
export const without = (name: ParameterName): Policy => changed(name, [])

/** The national policy with one value of a parameter on all its days. */
export const always = (name: ParameterName, value: unknown): Policy =>
  changed(
    name,
    National.policy.parameters[name].history.map((entry) => ({ ...entry, value }))
  )

/** What a rule answers where the policy says nothing. */
export const notKnown = (name: ParameterName) => ({
  _tag: "Unknown",
  missing: [],
  reasons: [{ code: "RuleNotKnown", params: { rule: National.policy.parameters[name].rule } }]
})
