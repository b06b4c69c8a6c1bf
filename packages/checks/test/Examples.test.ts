import { assert, describe, it } from "@effect/vitest"
import { rmSync } from "node:fs"
import { verify } from "../src/Examples.ts"
import { inRoot } from "../src/Workspace.ts"

const problemsOf = async (code: string, file = "page.md") => {
  const folder = inRoot(`packages/checks/out-${process.pid}`)
  try {
    const report = await verify({ examples: [{ file, line: 10, code }], unchecked: [] }, folder)
    return report.problems
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe("Examples", () => {
  it("accepts an example that keeps what it claims", async () => {
    const code = `import * as Option from "effect/Option"\n\nOption.some(1 + 1) // => Option.some(2)`
    assert.deepStrictEqual(await problemsOf(code), [])
  })

  it("refuses one that does not compile, and says where in its page", async () => {
    const problems = await problemsOf(`const one = 1\nconst two: string = one`)
    assert.strictEqual(problems.length, 1)
    assert.match(problems[0]!, /^page\.md:11:7: error TS2322/)
  })

  it("refuses one whose claim is false", async () => {
    const problems = await problemsOf(`const one = 1\none + 1 // => 3`)
    assert.strictEqual(problems.length, 1)
    assert.match(problems[0]!, /^page\.md:11: expected 3, found 2/)
  })

  it("a page must import what it uses; a comment may leave it out", async () => {
    const code = `Option.isNone(Option.none()) // => true`
    assert.notDeepEqual(await problemsOf(code), [])
    assert.deepStrictEqual(await problemsOf(code, "packages/core/src/time/Zone.ts"), [])
  })
})
