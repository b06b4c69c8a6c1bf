import { assert, it } from "@effect/vitest"
import { readFileSync } from "node:fs"

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")

it("the README shows src/main.ts as it is", () => {
  const program = read("../src/main.ts")
  const shown = program.slice(program.indexOf("import ")).trimEnd()
  assert.include(read("../../../README.md"), `\`\`\`ts\n${shown}\n\`\`\``)
})
