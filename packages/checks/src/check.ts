/**
 * `pnpm check` runs every check; `pnpm check types lint` runs those two.
 */
import { boundaries } from "./Boundaries.ts"
import { examples } from "./Examples.ts"
import { attw, contents, publint } from "./Pack.ts"
import { perform, render, type Step } from "./Step.ts"
import { format, keys, lint, unused } from "./Source.ts"
import { effect, types } from "./Types.ts"

const steps: ReadonlyArray<Step> = [
  types,
  effect,
  lint,
  format,
  keys,
  boundaries,
  unused,
  examples,
  contents,
  publint,
  attw
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`No check is named ${unknown.join(", ")}. There are: ${steps.map((_) => _.name).join(", ")}`)
  process.exit(2)
}

let failed = 0
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue
  const outcome = await perform(step)
  console.log(render(outcome))
  if (outcome.report.problems.length > 0) failed++
}
if (failed > 0) {
  console.error(`${failed} ${failed === 1 ? "check" : "checks"} failed`)
  process.exitCode = 1
}
