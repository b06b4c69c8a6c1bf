/**
 * `pnpm test:laws` runs every law of every port on each adapter, and on each layer that is broken on
 * purpose, and prints who keeps which and who is caught by which. `--json` prints the same for a
 * program; `--port Storage` runs the named ports. Exit 1 when a law is broken or a defect is missed.
 */
import { parseArgs } from "node:util"
import { type PortResult, problemsOf } from "./laws/Port.ts"
import { ports } from "./laws/Ports.ts"
import { tablesOf } from "./laws/Table.ts"

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, port: { type: "string", multiple: true } }
})

const names = values.port ?? ports.map((_) => _.name)
const unknown = names.filter((name) => !ports.some((port) => port.name === name))
if (unknown.length > 0) {
  console.error(`No port is named ${unknown.join(", ")}. There are: ${ports.map((_) => _.name).join(", ")}`)
  process.exit(2)
}

const say = (progress: string) => {
  if (process.stderr.isTTY) console.error(progress)
}

// where the machine is ours to choose, an adapter that does not run is a failure
const mustRun = process.env["CI"] !== undefined
const results: Array<PortResult> = []
const problems: Array<string> = []
for (const port of ports.filter((_) => names.includes(_.name))) {
  const result = await port.run(say)
  results.push(result)
  problems.push(...problemsOf(result, mustRun))
  if (!values.json) console.log(`${tablesOf(result)}\n`)
}
if (values.json) console.log(JSON.stringify({ ports: results, problems }, undefined, 2))
else for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
