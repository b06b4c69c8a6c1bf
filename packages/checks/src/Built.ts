/**
 * The packed packages under a Node of the caller's choice: the workspace pins one version and
 * puts it before all others, so another one is called by its path.
 */
import { join } from "node:path"
import { type Consumer, consumer } from "./Consumer.ts"
import { type Ended, parallel, run } from "./Process.ts"
import { build } from "./Pack.ts"
import type { Report, Step } from "./Step.ts"
import { inRoot } from "./Workspace.ts"

/** One program of the consumer, run to its end. */
const attempt = (node: string, { folder }: Consumer, args: ReadonlyArray<string>): Promise<Ended> =>
  run(node, ["--disable-warning=ExperimentalWarning", ...args], { cwd: folder })

/** The consumer's programs, the `kis` command, and the laws of storage, under this Node. */
export const runUnder = async (node: string): Promise<Report> => {
  const project = await consumer()
  const version = (await run(node, ["--version"])).output.trim()
  const kis = join("node_modules", "@kis/cli", "dist/bin.js")
  const vitest = join("node_modules", "vitest", "vitest.mjs")
  const programs = [...project.programs.map((_) => [_]), [kis, "--help"], [vitest, "run", "--reporter=dot"]]
  const ended = await parallel(programs, 2, (args) => attempt(node, project, args))
  return {
    problems: ended
      .filter((_) => _.code !== 0)
      .map((_) => `${version}: ${_.command} ended with ${_.code}\n${_.output}`),
    saw: `${programs.length} programs under Node ${version}`
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
  const ended = await run(node, ["--disable-warning=ExperimentalWarning", ...args])
  const passed = /Tests .*?(\d+) passed/.exec(ended.output)?.[1] ?? "0"
  const failed = ended.code !== 0 || passed === "0"
  return { problems: failed ? [ended.output] : [], saw: `${passed} tests under Node ${version}` }
}

export const tests = (node: string): Step => ({
  name: "tests",
  title: "The packages' tests on what was built",
  run: () => testUnder(node)
})
