/**
 * The adapter that docs/write-an-adapter.md builds, taken from the page, keeps the laws: its last
 * lines register them.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { inMarkdown, toModule } from "../src/Example.ts"
import { inRoot } from "../src/Workspace.ts"

const page = "docs/write-an-adapter.md"
const [example, ...others] = inMarkdown(page, readFileSync(inRoot(page), "utf8")).examples
if (example === undefined || others.length > 0) throw new Error(`${page} is not one adapter, continued to its end`)

const folder = inRoot("packages/checks/out-adapter")
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/adapter.ts`, toModule(example, "").source)

await import(`${folder}/adapter.ts`)
