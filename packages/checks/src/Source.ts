/**
 * Linter, formatter, unused code, and the names of services and errors.
 */
import { globSync, readFileSync } from "node:fs"
import { tool } from "./Process.ts"
import type { Report, Step } from "./Step.ts"
import { inRoot, published, root } from "./Workspace.ts"

// --- linter and formatter ---

const filesSeen = (output: string) => /(?:on|across|in) (\d+) files/.exec(output)?.[1] ?? "0"

const byTool = async (name: string, args: ReadonlyArray<string>, saw: (output: string) => string): Promise<Report> => {
  const ended = await tool(name, args)
  return { problems: ended.code === 0 ? [] : [ended.output.trim()], saw: saw(ended.output) }
}

export const lint: Step = {
  name: "lint",
  title: "oxlint",
  run: () => byTool("oxlint", ["--deny-warnings"], (output) => `${filesSeen(output)} files`)
}

export const format: Step = {
  name: "format",
  title: "oxfmt",
  run: () => byTool("oxfmt", ["--check"], (output) => `${filesSeen(output)} files`)
}

export const unused: Step = {
  name: "unused",
  title: "knip",
  run: () => byTool("knip", ["--no-progress"], () => "every project, production and tests")
}

// --- keys ---

/**
 * `Context.Service<X, ...>()("key")` and `Schema.TaggedError<X>("key")`: the key is looked up
 * at run time, so two that are equal by accident give one service in place of another, in
 * silence. Each names its package, its room in core, and its class.
 */
const declared =
  /class (\w+)\s+extends\s+(?:Context\.Service|Schema\.TaggedError|Schema\.TaggedClass)<(?:(?!\bclass\b)[\s\S])*?>\s*(?:\(\))?\(\s*"([^"]*)"/g

/** What is wrong with the keys of one module. */
export const wrongKeys = (place: string, file: string, source: string): ReadonlyArray<string> =>
  Array.from(source.matchAll(declared), ([, name, key]) => ({ name, key: key ?? "" }))
    .filter(({ key, name }) => !(key.startsWith(`${place}/`) && key.endsWith(`/${name}`)))
    .map(({ key, name }) => `${file}: key "${key}" should be "${place}/${name}"`)

/** "@kis/core/time" for a module of core, "@kis/cli" for one of another package. */
const placeOf = (packageName: string, file: string) =>
  packageName === "@kis/core" ? `${packageName}/${file.split("/")[3]}` : packageName

export const keys: Step = {
  name: "keys",
  title: "Keys of services and errors",
  run: async () => {
    const modules = published.flatMap((project) =>
      globSync(`${project.folder}/src/**/*.ts`, { cwd: root }).map((file) => ({
        file,
        place: placeOf(project.manifest.name, file),
        source: readFileSync(inRoot(file), "utf8")
      }))
    )
    const found = modules.flatMap((_) => Array.from(_.source.matchAll(declared)))
    return {
      problems: modules.flatMap((_) => wrongKeys(_.place, _.file, _.source)),
      saw: `${found.length} keys in ${modules.length} modules`
    }
  }
}
