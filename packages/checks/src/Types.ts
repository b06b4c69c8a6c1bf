/**
 * TypeScript over every project with the native compiler, and Effect's own diagnostics.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { parallel, tool } from "./Process.ts"
import type { Report, Step } from "./Step.ts"
import { type Project, projects } from "./Workspace.ts"

/** Problems of each project, as the program that `check` starts tells them. */
const overProjects = async (check: (project: Project) => Promise<string | undefined>): Promise<Report> => {
  const found = await parallel(projects, 2, (project) =>
    existsSync(join(project.path, "tsconfig.json"))
      ? check(project)
      : Promise.resolve(`${project.folder} has no tsconfig.json, so nothing checks its types`)
  )
  return { problems: found.filter((_) => _ !== undefined), saw: `${projects.length} projects` }
}

export const types: Step = {
  name: "types",
  title: "TypeScript 7",
  run: async () => {
    const version = await tool("tsc", ["--version"])
    if (!version.output.includes("Version 7.")) {
      return { problems: [`expected the native compiler behind tsc, found ${version.output.trim()}`], saw: "nothing" }
    }
    return overProjects(async (project) => {
      const ended = await tool("tsc", ["--project", project.path, "--noEmit", "--pretty", "false"])
      return ended.code === 0 ? undefined : ended.output.trim()
    })
  }
}

/** Reads "Checked 18 files": a project in which nothing was checked must not pass. */
const checkedFiles = (output: string) => Number(/Checked (\d+) files/.exec(output)?.[1] ?? 0)

export const effect: Step = {
  name: "effect",
  title: "Effect diagnostics",
  run: () =>
    overProjects(async (project) => {
      const ended = await tool("effect-tsgo", [
        "diagnostics",
        "--project",
        join(project.path, "tsconfig.json"),
        "--format",
        "text",
        "--severity",
        "error,warning",
        "--strict"
      ])
      if (ended.code !== 0) return ended.output.trim()
      return checkedFiles(ended.output) > 0 ? undefined : `${project.folder}: no file was checked\n${ended.output}`
    })
}
