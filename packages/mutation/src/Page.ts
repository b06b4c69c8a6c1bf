/**
 * The page of scores and survivors, from the results of the last runs and the reasons written by hand.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { mostRuns, root } from "./Copy.ts"
import { type Room, rooms } from "./Room.ts"
import { type Module, type Survivor, version } from "./Stryker.ts"

// --- models ---

type Results = { readonly [R in Room]?: ReadonlyArray<Module> }

/** By file, by mutant: why no test notices it. */
type Reasons = Readonly<Record<string, Readonly<Record<string, string>>>>

// --- keeping ---

/** Takes the results of a run: the whole room, or those of its modules that were run. */
export const keep = (room: Room, modules: ReadonlyArray<Module>, isWhole: boolean): void => {
  const results = read<Results>(resultsFile, {})
  const ran = new Set(modules.map((_) => _.file))
  const others = isWhole ? [] : (results[room] ?? []).filter((_) => !ran.has(_.file))
  const all = [...others, ...modules].toSorted((a, b) => (a.file < b.file ? -1 : 1))
  write_(resultsFile, { ...results, [room]: all })
}

/** Writes the page and the file of reasons; says the scores and what has no reason yet. */
export const write = (): string => {
  const results = read<Results>(resultsFile, {})
  const reasons = reasonsFor(results, read<Reasons>(reasonsFile, {}))
  write_(reasonsFile, reasons)
  const ran = rooms.filter((room) => results[room] !== undefined)
  const page = `# Mutation testing

Written by \`pnpm mutation\`: the code of a room is changed one operator, condition, literal or block at a time, and
the tests of that room are run with the golden cases. A change that they notice is *detected*; one that they do not
*survives*, and stands below with the reason. On demand, not in CI. Stryker ${version()}, all of its mutators; properties are
tried ${mostRuns} times at most.

| room | mutants | detected | score |
| --- | ---: | ---: | ---: |
${ran.map((room) => row(room, results[room] ?? [])).join("\n")}

${ran.map((room) => section(room, results[room] ?? [], reasons)).join("\n\n")}
`
  writeFileSync(pageFile, page)
  const scores = ran.map((room) => `${room} ${score(results[room] ?? [])}`).join(", ")
  const open = Object.values(reasons)
    .flatMap((_) => Object.values(_))
    .filter((_) => _ === "").length
  return `${scores}; ${open === 0 ? "every survivor has its reason" : `${open} survivors have no reason yet in ${reasonsFile}`}`
}

// --- private: the page ---

const row = (name: string, modules: ReadonlyArray<Module>): string => {
  const found = modules.reduce((sum, one) => sum + one.detected, 0)
  const all = found + modules.reduce((sum, one) => sum + one.survivors.length, 0)
  return `| ${name} | ${all} | ${found} | ${score(modules)} |`
}

const score = (modules: ReadonlyArray<Module>): string => {
  const found = modules.reduce((sum, one) => sum + one.detected, 0)
  const all = found + modules.reduce((sum, one) => sum + one.survivors.length, 0)
  return all === 0 ? "no mutants" : `${((100 * found) / all).toFixed(1)} %`
}

const section = (room: Room, modules: ReadonlyArray<Module>, reasons: Reasons): string => `## ${room}

| module | mutants | detected | score |
| --- | ---: | ---: | ---: |
${modules.map((one) => row(nameOf(one), [one])).join("\n")}

${modules
  .filter((one) => one.survivors.length > 0)
  .map((one) => survivorsOf(one, reasons[one.file] ?? {}))
  .join("\n\n")}`

const survivorsOf = (of: Module, reasons: Readonly<Record<string, string>>): string => {
  const keys = [...new Set(of.survivors.map((_) => _.key))]
  const lines = keys.map((key) => {
    const same = of.survivors.filter((_) => _.key === key)
    return `- ${code(key)}${place(same)}: ${reasons[key] === "" ? "no reason yet" : reasons[key]}`
  })
  return `### ${nameOf(of)}\n\n${lines.join("\n")}`
}

const place = (same: ReadonlyArray<Survivor>): string => {
  const times = same.length === 1 ? "" : ` (${same.length} times)`
  return same.every((_) => _.unreached) ? `${times} (no test comes here)` : times
}

const nameOf = (of: Module): string => of.file.replace(/^packages\/core\/src\/\w+\//, "")

/** Inline code, whatever the text holds. */
const code = (text: string): string => {
  const fence = "`".repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((_) => _.length)) + 1)
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`
}

// --- private: files ---

/** What survives has an entry, empty until somebody says why; what survives no longer has none. */
const reasonsFor = (results: Results, known: Reasons): Reasons =>
  Object.fromEntries(
    Object.values(results)
      .flat()
      .filter((one) => one.survivors.length > 0)
      .map((one) => [one.file, Object.fromEntries(one.survivors.map(({ key }) => [key, known[one.file]?.[key] ?? ""]))])
  )

const pageFile = join(root, "docs/mutation.md")
const resultsFile = "packages/mutation/results.json"
const reasonsFile = "packages/mutation/survivors.json"

const read = <A>(file: string, otherwise: A): A =>
  existsSync(join(root, file)) ? (JSON.parse(readFileSync(join(root, file), "utf8")) as A) : otherwise

const write_ = (file: string, value: unknown): void =>
  writeFileSync(join(root, file), `${JSON.stringify(value, undefined, 2)}\n`)
