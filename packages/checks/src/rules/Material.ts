/**
 * What the rule pages are made of: the policy and its layers, the reasons and the golden
 * cases, each by the rule that it belongs to.
 */
import { KotaTangerang, National, Policy, Reason, Rule } from "@kis/core/policy"
import * as Golden from "@kis/testkit/golden"
import * as Result from "effect/Result"
import { readdirSync, readFileSync } from "node:fs"
import { inRoot } from "../Workspace.ts"

// --- models ---

export interface Material {
  readonly cases: ReadonlyArray<Golden.Placed>
  readonly notRules: ReadonlyArray<Golden.NotRule>
}

// --- reading ---

const folder = "packages/core/test/golden"

/** Fails with the file and the line where a file is not one of golden cases. */
export const read = (): Material => {
  const files = readdirSync(inRoot(folder)).filter((name) => name.endsWith(".yaml"))
  const text = (name: string) => readFileSync(inRoot(folder, name), "utf8")
  return {
    cases: files
      .filter((name) => name !== "not-rules.yaml")
      .toSorted()
      .flatMap((name) => Result.getOrThrow(Golden.read(`${folder}/${name}`, text(name)))),
    notRules: files.includes("not-rules.yaml")
      ? Result.getOrThrow(Golden.readNotRules(`${folder}/not-rules.yaml`, text("not-rules.yaml")))
      : []
  }
}

export const layers: ReadonlyArray<Policy.Layer> = [KotaTangerang.layer]

export const parametersOf = (rule: string): ReadonlyArray<Policy.ParameterName> =>
  Policy.names(National.policy).filter((name) => National.policy.parameters[name].rule === rule)

export const reasonsOf = (rule: string): ReadonlyArray<Reason.ReasonCode> =>
  Reason.codes.filter((code) => Reason.entry(code).citation.rule === rule)

const isRule = (id: string | undefined) => id !== undefined && Rule.find(id) !== undefined

/** Parameters and reasons that no rule of the catalogue holds: they stand on the first page. */
export const homeless = {
  parameters: Policy.names(National.policy).filter((name) => !isRule(National.policy.parameters[name].rule)),
  reasons: Reason.codes.filter((code) => !isRule(Reason.entry(code).citation.rule))
}
