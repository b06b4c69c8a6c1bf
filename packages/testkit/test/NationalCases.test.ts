import { assert, describe, it } from "@effect/vitest"
import { Dated, National, Policy, Rule } from "@kis/core/policy"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Golden from "../src/Golden.ts"

const folder = fileURLToPath(new URL("../../core/test/golden/", import.meta.url))
const textOf = (file: string) => readFileSync(`${folder}${file}`, "utf8")
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml") && file !== "not-rules.yaml")

const cases = files.flatMap((file) => Result.getOrThrow(Golden.read(file, textOf(file))))
const notRules = Result.getOrThrow(Golden.readNotRules("not-rules.yaml", textOf("not-rules.yaml")))

describe("the national golden cases", () => {
  it.effect("all pass, and there are at least 250", () =>
    Effect.gen(function* () {
      const { outcomes, passed } = yield* Golden.run(cases)
      assert.deepStrictEqual(outcomes.filter((_) => _.differences.length > 0).map(Golden.render), [])
      assert.isAtLeast(passed, 250)
    })
  )

  it("pin every rule that can be decided three ways, and no other", () => {
    const rules = Rule.all.map(({ id }) => id as string)
    assert.deepStrictEqual(Golden.unpinned(cases, rules, notRules), [])
    for (const placed of cases) assert.include(rules, placed.case.rule, `${placed.file}:${placed.line}`)
    for (const { rule } of notRules) {
      assert.include(rules, rule)
      assert.isFalse(
        cases.some((_) => _.case.rule === rule),
        `${rule} is set apart and pinned`
      )
    }
  })

  it("have names of their own, and ask every question that there is", () => {
    const names = cases.map((_) => `${_.file} ${_.case.rule} ${_.case.name}`)
    assert.deepStrictEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      []
    )
    const asked = new Set(cases.map((_) => _.case.ask))
    assert.deepStrictEqual(
      Golden.questions.filter((question) => !asked.has(question)),
      []
    )
  })

  // The runner would be worthless if it overlooked something that a case says.
  it.effect("fail when any one thing that they expect is changed", () =>
    Effect.gen(function* () {
      const changed = cases.flatMap((placed) =>
        changes(placed.case.expect).map((expect) => ({ ...placed, case: { ...placed.case, expect } }))
      )
      assert.isAbove(changed.length, cases.length)
      const { outcomes } = yield* Golden.run(changed)
      const overlooked = outcomes.filter((_) => _.differences.length === 0)
      assert.deepStrictEqual(
        overlooked.map((_) => `${_.file}:${_.line} ${JSON.stringify(_.case.expect)}`),
        []
      )
    })
  )

  // A number of the law that no case would miss is pinned by nothing.
  it.effect("notice when any value of the policy is another", () =>
    Effect.gen(function* () {
      const unnoticed: Array<string> = []
      for (const name of Policy.names(National.policy)) {
        const parameter = National.policy.parameters[name]
        const history: Dated.Dated<unknown> = parameter.history
        for (const [index, entry] of history.entries()) {
          // Before the main regulation only what was heard of the tariff is there, and no rule.
          if (!Dated.isKnown(entry) || entry.appliesFrom < "2018-09-18") continue
          const changed = history.with(index, { ...entry, value: otherThan(entry.value) })
          const parameters = { ...National.policy.parameters, [name]: { ...parameter, history: changed } }
          const { failed } = yield* Golden.run(cases, { policy: { version: "changed", parameters } })
          if (failed === 0) unnoticed.push(`${name} from ${entry.appliesFrom}`)
        }
      }
      assert.deepStrictEqual(unnoticed, [])
    })
  )
})

const otherThan = (value: unknown): unknown => {
  if (typeof value === "number") return value + 1
  if (typeof value === "boolean") return !value
  if (typeof value === "string") return `${value}?`
  if (Array.isArray(value)) return value.map(otherThan)
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, otherThan(inner)]))
}

/** The expectation once for each of its leaves, with that leaf made wrong; what must not be is left alone. */
const changes = (expected: Golden.Case["expect"]): ReadonlyArray<Golden.Case["expect"]> =>
  Object.entries(expected)
    .filter(([field]) => field !== "not")
    .flatMap(([field, value]) => wrong(value).map((other) => ({ ...expected, [field]: other })))

const wrong = (value: unknown): ReadonlyArray<unknown> => {
  if (value === null) return []
  if (typeof value === "number") return [value + 1]
  if (typeof value === "boolean") return [!value]
  if (typeof value === "string") return [`${value}!`]
  if (Array.isArray(value)) {
    return value.length === 0
      ? [["Nonsense"]]
      : value.flatMap((item, index) => wrong(item).map((other) => value.with(index, other)))
  }
  return Object.entries(value as object).flatMap(([key, inner]) =>
    wrong(inner).map((other) => ({ ...(value as object), [key]: other }))
  )
}
