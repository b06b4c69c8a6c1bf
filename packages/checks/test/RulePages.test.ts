import { assert, describe, it } from "@effect/vitest"
import { Machine } from "@kis/core/membership"
import { National, Policy, Reason, Rule } from "@kis/core/policy"
import { readdirSync, readFileSync } from "node:fs"
import { folders, pages } from "../src/RulePages.ts"
import * as Material from "../src/rules/Material.ts"
import { inRoot } from "../src/Workspace.ts"

const allPages = pages()

/** All pages of one language. */
const whole = (language: Reason.Language) =>
  [...allPages]
    .filter(([path]) => path.startsWith(`${folders[language]}/`))
    .map(([, text]) => text)
    .join("\n")

describe("the pages of the rules", () => {
  it("are what the generator writes: run pnpm rules", () => {
    for (const [path, text] of allPages) assert.strictEqual(readFileSync(inRoot(path), "utf8"), text, path)
  })

  it("are all there are: no page of a group that is gone", () => {
    for (const folder of Object.values(folders)) {
      const found = readdirSync(inRoot(folder)).map((name) => `${folder}/${name}`)
      assert.sameMembers(
        found,
        [...allPages.keys()].filter((path) => path.startsWith(`${folder}/`))
      )
    }
  })

  for (const language of ["en", "id"] as const) {
    it(`have every rule, parameter, reason, move and golden case (${language})`, () => {
      const text = whole(language)
      const { cases, notRules } = Material.read()
      for (const rule of Rule.all) assert.include(text, `## ${rule.id}: `)
      for (const name of Policy.names(National.policy)) assert.include(text, `\`${name}\``)
      for (const code of Reason.codes) assert.include(text, `\`${code}\``)
      for (const edge of Machine.edges) assert.include(text, `\`${edge.trigger}\``)
      for (const { case: one } of cases) assert.include(text, `- ${one.name} (${one.on}`)
      for (const { why } of notRules) assert.include(text, why)
    })
  }

  it("name each golden case under its rule only", () => {
    const text = whole("en")
    const { cases } = Material.read()
    assert.strictEqual(cases.length, text.match(/^- .* → `/gm)?.length)
  })

  it("draw the machine, every state of it", () => {
    const drawing = /```mermaid\n([\s\S]*?)```/.exec(allPages.get("docs/id/aturan/membership.md") ?? "")?.[1] ?? ""
    for (const state of Machine.State.literals) assert.include(drawing, `"${Machine.name(state, "id")}"`)
  })
})
