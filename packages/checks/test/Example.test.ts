import { assert, describe, it } from "@effect/vitest"
import { inMarkdown, inSource, namesIn, toModule } from "../src/Example.ts"

const page = `# A page

\`\`\`ts
const one = 1
one + 1 // => 2
\`\`\`

\`\`\`sh
rm -rf nothing
\`\`\`

\`\`\`ts no-check: the shape only
interface Shape {}
\`\`\`

\`\`\`ts no-check
interface Reasonless {}
\`\`\`

1. in a list

   \`\`\`ts continued
   one + 2
   // => 3
   \`\`\`
`

const source = `
/**
 * Adds.
 *
 * @example
 * Sum.add(1, 2) // => 3
 *
 * @category constructors
 */
export const add = 1

/**
 * @example
 * // class I: 160,000 as known in February
 *
 * @since 0.1.0
 */
export const remark = 1

/**
 * \`\`\`ts
 * import { Sum } from "@kis/core/time"
 *
 * Sum.add(1, 1)
 * \`\`\`
 */
export const fenced = 1
`

describe("Example", () => {
  it("finds the ts fences of a page, joins continued ones and keeps their lines", () => {
    const { examples, unchecked } = inMarkdown("page.md", page)
    assert.strictEqual(examples.length, 1)
    assert.strictEqual(examples[0]!.line, 4)
    const lines = examples[0]!.code.split("\n")
    assert.strictEqual(page.split("\n")[4 - 1 + lines.indexOf("one + 2")], "   one + 2")
    assert.deepStrictEqual(
      unchecked.map((_) => _.reason),
      ["the shape only", ""]
    )
  })

  it("finds @example code and fences in comments, and lets remarks be", () => {
    const { examples } = inSource("Sum.ts", source)
    assert.deepStrictEqual(
      examples.map((_) => [_.line, _.code.split("\n").at(-1)]),
      [
        [6, "Sum.add(1, 2) // => 3"],
        [22, "Sum.add(1, 1)"]
      ]
    )
  })

  const module = (code: string) => toModule({ file: "page.md", line: 3, code }, "")

  it("makes a claim an assertion on the line where it stands", () => {
    const made = module(`const x = 1 // => 1\nconsole.log(x + 1) // => 2\n\nadd(\n  x\n)\n// => 3`)
    assert.strictEqual(made.claims, 3)
    assert.deepStrictEqual(made.problems, [])
    const lines = made.source.split("\n")
    assert.include(lines[2], `claim(x, 1, "page.md:3")`)
    assert.include(lines[3], `claim(x + 1, 2, "page.md:4")`)
    assert.include(made.source, `), 3, "page.md:6")`)
  })

  it("says when a claim belongs to nothing", () => {
    assert.strictEqual(module("// => 3").problems.length, 1)
    assert.strictEqual(module("type A = 1 // => 3").problems.length, 1)
    assert.strictEqual(module("const f = () => {\n  return 1 // => 1\n}").problems.length, 1)
  })

  it("knows which names an example uses and which it declares", () => {
    const code = `class Own extends Context.Service<Own, Shape>()("key") {}\nyield* KeyRing\nfind({ Field: Option.none() })`
    assert.deepStrictEqual(namesIn(code), ["Context", "Shape", "KeyRing", "Option"])
  })
})
