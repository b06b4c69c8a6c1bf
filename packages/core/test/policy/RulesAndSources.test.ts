import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { generate } from "../../scripts/rules-and-sources.ts"
import * as National from "../../src/policy/National.ts"
import * as Policy from "../../src/policy/Policy.ts"
import * as Reason from "../../src/policy/Reason.ts"

const page = readFileSync(new URL("../../../../docs/rules-and-sources.md", import.meta.url), "utf8")

describe("docs/rules-and-sources.md", () => {
  it("is what the script writes: run `pnpm exec node scripts/rules-and-sources.ts` in packages/core", () => {
    assert.strictEqual(page, generate())
  })

  it("has every parameter and every reason", () => {
    for (const name of Policy.names(National.policy)) assert.include(page, `\`${name}\``)
    for (const code of Reason.codes) assert.include(page, `\`${code}\``)
  })
})
