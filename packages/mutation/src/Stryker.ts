/**
 * Runs Stryker on a copy of the repository and reads what it found.
 */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import * as Compiler from "./Compiler.ts"

// --- models ---

/** What became of the mutants of one module: noticed by a test, refused by the compiler, or neither. */
export interface Module {
  readonly file: string
  readonly detected: number
  readonly refused: number
  readonly survivors: ReadonlyArray<Survivor>
}

/** A change that nothing notices. `key` names it by its text, so that it outlives a change of line numbers. */
export interface Survivor {
  readonly key: string
  readonly line: number
  /** No test comes there at all. */
  readonly unreached: boolean
}

// --- running ---

/** Mutates the files (globs) of the copy, with those tests. */
export const run = (
  folder: string,
  mutate: ReadonlyArray<string>,
  tests: ReadonlyArray<string>
): ReadonlyArray<Module> => {
  const vitest = "vitest.mutation.config.mjs"
  writeFileSync(join(folder, vitest), configOf(tests))
  writeFileSync(join(folder, setup), 'import * as fc from "fast-check"\nfc.configureGlobal({ seed: 1 })\n')
  writeFileSync(join(folder, "stryker.json"), JSON.stringify({ ...settings, mutate, vitest: { configFile: vitest } }))
  const { status } = spawnSync(process.execPath, [join(packageFolder, "bin/stryker.js"), "run", "stryker.json"], {
    cwd: folder,
    stdio: ["ignore", 2, 2]
  })
  if (status !== 0) throw new Error(`Stryker ended with ${status}; what it said stands above.`)
  const report: Report = JSON.parse(readFileSync(join(folder, reportFile), "utf8"))
  const isRefused = Compiler.make(folder)
  return Object.entries(report.files).map(([file, { mutants, source }]) =>
    moduleOf(file, source, mutants, (change) => isRefused(file, change))
  )
}

/** The version of Stryker, for the page. */
export const version = (): string => {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"))
  return manifest.version
}

// --- private ---

const require = createRequire(import.meta.url)

const packageFolder = dirname(require.resolve("@stryker-mutator/core/package.json"))

const reportFile = "mutation.json"

// The same people for every mutant: chance must not be what notices. Where core finds the library.
const setup = "packages/core/mutation.setup.mjs"

const settings = {
  testRunner: "vitest-by-file",
  plugins: [join(import.meta.dirname, "runner.ts")],
  coverageAnalysis: "perTest",
  concurrency: 2,
  inPlace: true,
  // Of a mutant that survives, the compiler is asked afterwards.
  disableTypeChecks: false,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: reportFile },
  dryRunTimeoutMinutes: 15,
  timeoutMS: 20_000,
  allowConsoleColors: false
}

/**
 * The first file that notices ends the trial of a mutant: the tests of its own module come first, then those that are
 * named first. Vitest knows the mutated file as the one that tests must be related to.
 */
const configOf = (tests: ReadonlyArray<string>) => `import { globSync } from "node:fs"
import { basename } from "node:path"

const order = ${JSON.stringify(tests)}.flatMap((pattern) => globSync(pattern, { cwd: import.meta.dirname }).toSorted())

class Sequencer {
  constructor(vitest) {
    this.vitest = vitest
  }
  shard(files) {
    return files
  }
  sort(files) {
    const mutated = (this.vitest.config.related ?? []).map((file) => basename(file, ".ts"))
    const place = ({ moduleId }) =>
      mutated.includes(basename(moduleId, ".test.ts")) ? -1 : order.findIndex((file) => moduleId.endsWith(file))
    return files.toSorted((a, b) => place(a) - place(b))
  }
}

export default {
  test: {
    include: order,
    setupFiles: [${JSON.stringify(setup)}],
    pool: "threads",
    testTimeout: 60_000,
    sequence: { sequencer: Sequencer }
  }
}
`

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: ReadonlyArray<Mutant> }>>
}

interface Mutant {
  readonly status: string
  readonly mutatorName: string
  readonly replacement: string
  readonly location: { readonly start: Place; readonly end: Place }
}

interface Place {
  readonly line: number
  readonly column: number
}

const detected = new Set(["Killed", "Timeout", "RuntimeError"])
const undetected = new Set(["Survived", "NoCoverage"])

const moduleOf = (
  file: string,
  source: string,
  mutants: ReadonlyArray<Mutant>,
  isRefused: (change: Compiler.Change) => boolean
): Module => {
  const lines = source.split("\n")
  const unnoticed = mutants.filter((_) => undetected.has(_.status))
  const survivors = unnoticed.filter(({ location: { end, start }, replacement }) => {
    const change = { start: offset(lines, start), end: offset(lines, end), text: replacement }
    return !isRefused(change)
  })
  return {
    file,
    detected: mutants.filter((_) => detected.has(_.status)).length,
    refused: unnoticed.length - survivors.length,
    survivors: survivors
      .map((mutant) => ({
        key: keyOf(lines, mutant),
        line: mutant.location.start.line,
        unreached: mutant.status === "NoCoverage"
      }))
      .toSorted((a, b) => a.line - b.line || (a.key < b.key ? -1 : 1))
  }
}

const offset = (lines: ReadonlyArray<string>, { column, line }: Place): number =>
  lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1

/** The line as it is, with what stands there instead: `if («a < b» -> «a <= b») return` on one line. */
const keyOf = (lines: ReadonlyArray<string>, { location: { end, start }, replacement }: Mutant): string => {
  const first = lines[start.line - 1] ?? ""
  const before = first.slice(0, start.column - 1).trimStart()
  const was =
    start.line === end.line
      ? first.slice(start.column - 1, end.column - 1)
      : `${first.slice(start.column - 1)} ... ${(lines[end.line - 1] ?? "").slice(0, end.column - 1).trimStart()}`
  const after = (lines[end.line - 1] ?? "").slice(end.column - 1)
  return `${before}«${was}» -> «${oneLine(replacement)}»${after}`
}

const oneLine = (text: string): string => {
  const flat = text.replaceAll(/\s+/g, " ")
  return flat.length > 120 ? `${flat.slice(0, 117)}...` : flat
}
