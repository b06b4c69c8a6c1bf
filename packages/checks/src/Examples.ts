/**
 * Every example of the README, of docs/, of the packages' READMEs and of the documentation
 * comments compiles against the packages, and where it claims values, it runs.
 */
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  type Example,
  type Found,
  type Module,
  inGenerator,
  inMarkdown,
  inSource,
  isBare,
  namesIn,
  toModule
} from "./Example.ts"
import { run, tool } from "./Process.ts"
import type { Report, Step } from "./Step.ts"
import { inRoot, published, root } from "./Workspace.ts"

// --- finding ---

const pages = () =>
  [
    "README.md",
    "CONTRIBUTING.md",
    ...globSync(["docs/**/*.md", "packages/*/README.md"], {
      cwd: root,
      exclude: ["docs/node_modules/**", "docs/api/**", "packages/*/node_modules/**"]
    })
  ].filter((file) => existsSync(inRoot(file)))

const modules = () => published.flatMap((project) => globSync(`${project.folder}/src/**/*.ts`, { cwd: root }))

const read = (file: string) => readFileSync(inRoot(file), "utf8")

// --- names that an unfenced example may use without an import ---

/** "export * as Nik from" in the indexes: namespace -> the subpaths that offer it. */
export const offered = (): ReadonlyMap<string, ReadonlyArray<string>> => {
  const names = new Map<string, Array<string>>()
  for (const project of published) {
    for (const index of globSync(["src/index.ts", "src/*/index.ts"], { cwd: project.path })) {
      const room = /^src\/(\w+)\/index\.ts$/.exec(index)?.[1]
      const subpath = room === undefined ? project.manifest.name : `${project.manifest.name}/${room}`
      for (const [, name] of read(join(project.folder, index)).matchAll(/export \* as (\w+) from/g)) {
        names.set(name!, [...(names.get(name!) ?? []), subpath])
      }
    }
  }
  return names
}

/** The values that the example claims use names too. */
const expectations = (code: string) => Array.from(code.matchAll(/\/\/\s*=>(.*)$/gm), (_) => _[1]).join("\n")

/** The imports that a one-line example in a module's documentation leaves out. */
const prelude = (example: Example, names: ReadonlyMap<string, ReadonlyArray<string>>): string => {
  const room = example.file.replace(/^packages\/(\w[\w-]*)\/src\/(?:(\w+)\/)?.*$/, (_, name: string, inside?: string) =>
    inside === undefined ? `@kis/${name}` : `@kis/${name}/${inside}`
  )
  return namesIn(`${example.code}\n${expectations(example.code)}`)
    .map((name) => {
      const subpaths = names.get(name) ?? []
      const subpath = subpaths.find((_) => _ === room) ?? subpaths[0]
      if (subpath !== undefined) return `import { ${name} } from "${subpath}"; `
      return existsSync(inRoot(`node_modules/effect/src/${name}.ts`))
        ? `import * as ${name} from "effect/${name}"; `
        : ""
    })
    .join("")
}

// --- modules ---

/** Everything that the documentation shows. */
export const documented = (): Found => {
  const found = [
    ...pages().map((file) => inMarkdown(file, read(file))),
    ...modules().map((file) => inSource(file, read(file)))
  ]
  return { examples: found.flatMap((_) => _.examples), unchecked: found.flatMap((_) => _.unchecked) }
}

/** The example as a module; one in a comment gets the imports, and the generator, that it leaves out. */
export const moduleOf = (example: Example, names: ReadonlyMap<string, ReadonlyArray<string>>): Module => {
  const fromComment = example.file.endsWith(".ts") && isBare(example)
  const whole = fromComment ? inGenerator(example) : example
  return toModule(whole, fromComment ? prelude(whole, names) : "")
}

// --- checking ---

export const nameOf = (example: Example) => `${example.file.replaceAll("/", "_")}.${example.line}.ts`

/** Compiler messages name the module; the reader wants the file that it was taken from. */
const asInFile = (line: string) =>
  line.replace(
    /^(?:.*\/)?out[\w-]*\/(.+)\.\d+\.ts\((\d+),(\d+)\)/,
    (_, file: string, row: string, column: string) => `${file.replaceAll("_", "/")}:${row}:${column}`
  )

const configuration = JSON.stringify({
  extends: "../../../tsconfig.base.json",
  compilerOptions: { types: ["node"], declaration: false, noUnusedLocals: false, noUnusedParameters: false },
  include: ["."]
})

const compile = async (folder: string): Promise<ReadonlyArray<string>> => {
  const ended = await tool("tsc", ["--project", folder, "--noEmit", "--pretty", "false"])
  return ended.code === 0 ? [] : ended.output.trim().split("\n").map(asInFile)
}

/** Runs the modules one after another in one process, in an empty folder. */
const runner = (names: ReadonlyArray<string>) => `
const print = console.error
console.log = console.info = console.warn = console.error = () => {}
let failed = 0
for (const name of ${JSON.stringify(names)}) {
  try {
    await import("./" + name)
  } catch (cause) {
    failed++
    print(cause instanceof Error ? cause.message : name + ": " + String(cause))
  }
}
process.exit(failed === 0 ? 0 : 1)
`

const execute = async (folder: string, names: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const cwd = mkdtempSync(join(tmpdir(), "kis-examples-"))
  try {
    writeFileSync(join(folder, "run.mjs"), runner(names))
    const ended = await run(process.execPath, [join(folder, "run.mjs")], { cwd })
    return ended.code === 0 ? [] : [ended.output.trim()]
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

/** Compiles what was found as modules of one project in `folder`, and runs those that claim something. */
export const verify = async (found: Found, folder: string): Promise<Report> => {
  const names = offered()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "tsconfig.json"), configuration)
  const made = found.examples.map((example) => {
    const built = moduleOf(example, names)
    writeFileSync(join(folder, nameOf(example)), built.source)
    return { example, ...built }
  })

  const claiming = made.filter((_) => _.claims > 0)
  const compiled = await compile(folder)
  const ran =
    compiled.length === 0
      ? await execute(
          folder,
          claiming.map((_) => nameOf(_.example))
        )
      : []
  const claims = claiming.reduce((sum, _) => sum + _.claims, 0)
  return {
    problems: [
      ...found.unchecked.filter((_) => _.reason === "").map((_) => `${_.file}:${_.line}: "no-check" needs a reason`),
      ...made.flatMap((_) => _.problems),
      ...compiled,
      ...ran
    ],
    saw: `${made.length} compiled, ${claiming.length} run with ${claims} claims, ${found.unchecked.length} left out with a reason`
  }
}

export const examples: Step = {
  name: "examples",
  title: "Examples in the documentation",
  run: () => verify(documented(), inRoot("packages/checks/out"))
}
