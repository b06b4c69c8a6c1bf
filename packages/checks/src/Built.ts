/**
 * The packed packages under a Node of the caller's choice: the workspace pins one version and
 * puts it before all others, so another one is called by its path.
 */
import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { type Consumer, consumer } from "./Consumer.ts"
import { type Ended, parallel, run } from "./Process.ts"
import { build } from "./Pack.ts"
import type { Report, Step } from "./Step.ts"
import { inRoot } from "./Workspace.ts"

/** Node 22 warns of node:sqlite on standard error; the programs that tests start inherit this too. */
const env = { NODE_OPTIONS: "--disable-warning=ExperimentalWarning" }

/** The command as it is installed, started as a shell would: by its own first line, on the Node that PATH names. */
const kis = (node: string, { folder }: Consumer, version: string): Promise<Ended> => {
  const path = join(folder, `node-${version}`)
  mkdirSync(path, { recursive: true })
  symlinkSync(node, join(path, "node"))
  const PATH = `${path}:${process.env["PATH"] ?? ""}`
  return run(join(folder, "node_modules/.bin/kis"), ["nik", "parse", "9901015203950001"], {
    cwd: folder,
    env: { PATH }
  })
}

/** The consumer's programs, the `kis` command, and the laws that a user runs, under this Node. */
export const runUnder = async (node: string): Promise<Report> => {
  const project = await consumer()
  const version = (await run(node, ["--version"])).output.trim()
  const programs = [...project.programs.map((_) => [_]), [join("node_modules", "vitest", "vitest.mjs"), "run"]]
  const ended = await parallel(programs, 2, (args) => run(node, args, { cwd: project.folder, env }))
  const command = await kis(node, project, version)
  const noisy = /ExperimentalWarning/.test(command.output)
  return {
    problems: [...ended, command]
      .filter((_) => _.code !== 0 || (_ === command && noisy))
      .map((_) => `${version}: ${_.command} ended with ${_.code}\n${_.output}`),
    saw: `${programs.length + 1} programs under Node ${version}`
  }
}

export const built = (node: string): Step => ({
  name: "built",
  title: "The packed packages run",
  run: () => runUnder(node)
})

/** The packages' own tests, on what was built, under this Node. */
const testUnder = async (node: string): Promise<Report> => {
  await build()
  const version = (await run(node, ["--version"])).output.trim()
  const vitest = inRoot("node_modules/vitest/vitest.mjs")
  const args = [vitest, "run", "--config", "packages/checks/vitest.built.ts", "--reporter=dot"]
  const ended = await run(node, args, { env })
  const passed = /Tests .*?(\d+) passed/.exec(ended.output)?.[1] ?? "0"
  const failed = ended.code !== 0 || passed === "0"
  return { problems: failed ? [ended.output] : [], saw: `${passed} tests under Node ${version}` }
}

export const tests = (node: string): Step => ({
  name: "tests",
  title: "The packages' tests on what was built",
  run: () => testUnder(node)
})
