/**
 * The page of scores and survivors, from the results of the last runs and the reasons written by hand.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { mostLives, mostRuns, root } from "./Copy.ts"
import { type Room, rooms } from "./Room.ts"
import { type Module, type Survivor, version } from "./Stryker.ts"

// --- models ---

type Results = { readonly [R in Room]?: ReadonlyArray<Module> }

/** Why survivors survive: of all whose text a pattern fits, or of one; the file of each is below `core/src`. */
interface Reasons {
  readonly patterns: ReadonlyArray<{ readonly file?: string; readonly fits: string; readonly reason: string }>
  readonly mutants: Readonly<Record<string, Readonly<Record<string, string>>>>
}

// --- keeping ---

/** Takes the results of a run: the whole room, or those of its modules that were run. */
export const keep = (room: Room, modules: ReadonlyArray<Module>, isWhole: boolean): void => {
  const results = read<Results>(resultsFile, {})
  const ran = new Set(modules.map((_) => _.file))
  const others = isWhole ? [] : (results[room] ?? []).filter((_) => !ran.has(_.file))
  const all = [...others, ...modules].toSorted((a, b) => (a.file < b.file ? -1 : 1))
  save(resultsFile, { ...results, [room]: all })
}

/** Writes the page and the file of reasons; says the scores and what has no reason yet. */
export const write = (): string => {
  const results = read<Results>(resultsFile, {})
  const reasons = stillNeeded(results, read<Reasons>(reasonsFile, { patterns: [], mutants: {} }))
  save(reasonsFile, reasons)
  const ran = rooms.filter((room) => results[room] !== undefined)
  const page = `# Mutation testing

Written by \`pnpm mutation\`: the code of a room is changed one operator, condition, literal or block at a time, and
the tests of that room are run with the golden cases. A change is noticed by a test, or refused by the compiler, or it
*survives* and stands below with the reason. On demand, not in CI. Stryker ${version()}, all of its mutators; properties are
tried ${mostRuns} times at most (lives of fifty events ${mostLives} times), on the same generated values for each. Of changes that a test notices the compiler was not asked.

${head("room")}
${ran.map((room) => row(room, results[room] ?? [])).join("\n")}

${ran.map((room) => section(room, results[room] ?? [], reasons)).join("\n\n")}
`
  writeFileSync(pageFile, page)
  const scores = ran.map((room) => `${room} ${score(results[room] ?? [])}`).join(", ")
  const open = Object.values(reasons.mutants)
    .flatMap((_) => Object.values(_))
    .filter((_) => _ === "").length
  return `${scores}; ${open === 0 ? "every survivor has its reason" : `${open} survivors have no reason yet in ${reasonsFile}`}`
}

// --- private: the page ---

const head = (what: string) =>
  `| ${what} | mutants | noticed by tests | refused by the compiler | survive | score | tests alone |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |`

const countsOf = (modules: ReadonlyArray<Module>) => {
  const sum = (of: (module: Module) => number) => modules.reduce((total, one) => total + of(one), 0)
  const [detected, refused, survivors] = [
    sum((_) => _.detected),
    sum((_) => _.refused),
    sum((_) => _.survivors.length)
  ] as const
  return { detected, refused, survivors, all: detected + refused + survivors }
}

const percent = (part: number, all: number): string => (all === 0 ? "" : `${((100 * part) / all).toFixed(1)} %`)

const row = (name: string, modules: ReadonlyArray<Module>): string => {
  const { all, detected, refused, survivors } = countsOf(modules)
  const cells = [all, detected, refused, survivors, percent(detected + refused, all), percent(detected, all)]
  return `| ${name} | ${cells.join(" | ")} |`
}

const score = (modules: ReadonlyArray<Module>): string => {
  const { all, detected, refused } = countsOf(modules)
  return `${percent(detected + refused, all)} (tests alone ${percent(detected, all)})`
}

const section = (room: Room, modules: ReadonlyArray<Module>, reasons: Reasons): string => `## ${room}

${head("module")}
${modules.map((one) => row(nameOf(one), [one])).join("\n")}

${modules
  .filter((one) => one.survivors.length > 0)
  .map((one) => survivorsOf(one, reasons))
  .join("\n\n")}`

const survivorsOf = (of: Module, reasons: Reasons): string => {
  const keys = [...new Set(of.survivors.map((_) => _.key))]
  const lines = keys.map((key) => {
    const same = of.survivors.filter((_) => _.key === key)
    const reason = byPattern(of.file, key, reasons) ?? reasons.mutants[of.file]?.[key] ?? ""
    return `- ${code(key)}${place(same)}: ${reason === "" ? "no reason yet" : reason}`
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

// --- private: reasons ---

const byPattern = (file: string, key: string, { patterns }: Reasons): string | undefined =>
  patterns.find((_) => (_.file === undefined || file.endsWith(_.file)) && new RegExp(_.fits).test(key))?.reason

/** What survives and fits no pattern has an entry, empty until somebody says why; the rest is dropped. */
const stillNeeded = (results: Results, known: Reasons): Reasons => {
  const modules = Object.values(results).flat()
  const open = modules.map(({ file, survivors }) => {
    const keys = survivors.map(({ key }) => key).filter((key) => byPattern(file, key, known) === undefined)
    return [file, Object.fromEntries(keys.map((key) => [key, known.mutants[file]?.[key] ?? ""]))] as const
  })
  return {
    patterns: known.patterns,
    mutants: Object.fromEntries(open.filter(([, mutants]) => Object.keys(mutants).length > 0))
  }
}

// --- private: files ---

const pageFile = join(root, "docs/mutation.md")
const resultsFile = "packages/mutation/results.json"
const reasonsFile = "packages/mutation/survivors.json"

const read = <A>(file: string, otherwise: A): A =>
  existsSync(join(root, file)) ? (JSON.parse(readFileSync(join(root, file), "utf8")) as A) : otherwise

const save = (file: string, value: unknown): void =>
  writeFileSync(join(root, file), `${JSON.stringify(value, undefined, 2)}\n`)
