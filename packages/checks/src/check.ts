/**
 * `pnpm check` runs every check; `pnpm check types lint` runs those two. `--node PATH` names
 * a Node under which the packed packages are run, in place of the one that runs this.
 */
import { parseArgs } from "node:util"
import { boundaries } from "./Boundaries.ts"
import { built, tests } from "./Built.ts"
import { bundles } from "./Bundle.ts"
import { consumerTypes } from "./Consumer.ts"
import { examples } from "./Examples.ts"
import { attw, contents, publint } from "./Pack.ts"
import { house } from "./House.ts"
import { format, keys, lint, unused } from "./Source.ts"
import { type Outcome, perform, render, type Step } from "./Step.ts"
import { effect, types } from "./Types.ts"

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { node: { type: "string", multiple: true, default: [process.execPath] } }
})

const steps: ReadonlyArray<Step> = [
  types,
  effect,
  lint,
  format,
  keys,
  boundaries,
  unused,
  house,
  examples,
  contents,
  publint,
  attw,
  consumerTypes,
  ...values.node.map(built),
  bundles
]

/** Steps that run only when they are named: they take minutes. */
const onRequest: ReadonlyArray<Step> = values.node.map(tests)

const all = [...steps, ...onRequest]
const unknown = positionals.filter((name) => !all.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`No check is named ${unknown.join(", ")}. There are: ${all.map((_) => _.name).join(", ")}`)
  process.exit(2)
}

const told = new Set<string>()

/** Steps that need the same tarballs fail with the same words: say them once. */
const once = (outcome: Outcome): Outcome => {
  const problems = outcome.report.problems.map((problem) => (told.has(problem) ? "as above" : problem))
  for (const problem of outcome.report.problems) told.add(problem)
  return { ...outcome, report: { ...outcome.report, problems } }
}

let failed = 0
for (const step of positionals.length === 0 ? steps : all.filter((_) => positionals.includes(_.name))) {
  const outcome = await perform(step)
  console.log(render(once(outcome)))
  if (outcome.report.problems.length > 0) failed++
}
if (failed > 0) {
  console.error(`${failed} ${failed === 1 ? "check" : "checks"} failed`)
  process.exitCode = 1
}
