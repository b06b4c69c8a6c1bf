/**
 * docs/write-an-adapter.md builds examples/adapter-template, and nothing else: every piece of code on the
 * page stands in the example, and every line of the example's source is on the page.
 */
import { assert, describe, it } from "vitest"
import { globSync, readFileSync } from "node:fs"
import { inMarkdown } from "../src/Example.ts"
import { inRoot, root } from "../src/Workspace.ts"

const name = "docs/write-an-adapter.md"
const page = readFileSync(inRoot(name), "utf8")

const quotes = Array.from(page.matchAll(/^```ts no-check: quoted from (\S+)\n([\s\S]*?)\n```$/gm), (match) => ({
  file: match[1]!,
  code: match[2]!
}))

const sources = globSync("examples/adapter-template/src/*.ts", { cwd: root }).toSorted()

/** Without the header comment, which the page says in its own words. */
const textOf = (file: string): string => readFileSync(inRoot(file), "utf8").replace(/^\/\*\*[\s\S]*?\*\/\n/, "")

describe("write-an-adapter", () => {
  it("has no code but what it quotes", () => {
    const { examples, unchecked } = inMarkdown(name, page)
    assert.lengthOf(examples, 0)
    assert.lengthOf(quotes, unchecked.length)
    assert.isAbove(quotes.length, sources.length)
  })

  it.each(quotes.map((quote, i) => ({ ...quote, title: `${i + 1}, ${quote.file}` })))(
    "quotes $title",
    ({ code, file }) => {
      // by whole lines: a piece may not begin or end in the middle of one
      assert.include(`\n${readFileSync(inRoot(file), "utf8")}`, `\n${code}\n`)
    }
  )

  it.each(sources)("leaves out no line of %s", (file) => {
    const left = quotes.filter((_) => _.file === file).reduce((text, { code }) => text.replace(code, ""), textOf(file))
    assert.deepStrictEqual(
      left.split("\n").filter((line) => line.trim() !== ""),
      []
    )
  })
})
