/**
 * A project of somebody else: an empty folder outside this repository into which the tarballs
 * are installed, with effect beside them. What type-checks and runs there works for a user.
 */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { inMarkdown, toModule } from "./Example.ts"
import { packed, type Tarball } from "./Pack.ts"
import { must, parallel, pnpm, run } from "./Process.ts"
import type { Step } from "./Step.ts"
import { inRoot, installedVersion, published, subpaths } from "./Workspace.ts"

// --- the project ---

export interface Consumer {
  readonly folder: string
  /** Modules that must run, relative to the folder. */
  readonly programs: ReadonlyArray<string>
}

/** What the packages and the first program of the README ask their users to have, at the versions that we test with. */
const peers = [
  "effect",
  "@effect/sql-pg",
  "@effect/platform-node",
  "@effect/vitest",
  "fast-check",
  "vitest",
  "@types/node"
]

const manifest = (tarballs: ReadonlyArray<Tarball>) => ({
  name: "consumer",
  private: true,
  type: "module",
  dependencies: Object.fromEntries([
    ...tarballs.map((_) => [_.manifest.name, `file:${_.path}`]),
    ...peers.map((name) => [name, installedVersion(name)])
  ]),
  devDependencies: {
    typescript: installedVersion("typescript"),
    "@typescript/native": `npm:typescript@${installedVersion("@typescript/native")}`
  }
})

/** The packages depend on each other by version; here they are tarballs, not yet in a registry. */
const settings = (tarballs: ReadonlyArray<Tarball>) =>
  [
    "overrides:",
    ...tarballs.map((_) => `  "${_.manifest.name}": "file:${_.path}"`),
    "allowBuilds:",
    "  esbuild: true",
    "minimumReleaseAge: 0",
    ""
  ].join("\n")

/** Imports every subpath of every package and refuses one that offers nothing. */
const importAll = () => {
  const paths = published.flatMap(subpaths)
  const imports = paths.map((path, index) => `import * as m${index} from "${path}"`)
  const entries = paths.map((path, index) => `  ["${path}", m${index}]`)
  return `${imports.join("\n")}

const modules: ReadonlyArray<readonly [string, object]> = [
${entries.join(",\n")}
]
const empty = modules.filter(([, module]) => Object.keys(module).length === 0).map(([path]) => path)
if (empty.length > 0) throw new Error("nothing is exported by " + empty.join(", "))
`
}

/** The examples of the README and of the packages' READMEs, as a reader would copy them. */
const writeExamples = (folder: string): ReadonlyArray<string> => {
  mkdirSync(join(folder, "readme"))
  copyFileSync(inRoot("packages/checks/src/Claim.ts"), join(folder, "src/Claim.ts"))
  const pages = ["README.md", ...published.map((_) => `${_.folder}/README.md`)]
  return pages.flatMap((page) =>
    inMarkdown(page, readFileSync(inRoot(page), "utf8")).examples.flatMap((example) => {
      const name = `readme/${page.replaceAll("/", "_")}.${example.line}.ts`
      const module = toModule(example, "")
      writeFileSync(join(folder, name), module.source)
      return module.claims > 0 ? [name] : []
    })
  )
}

const make = async (): Promise<Consumer> => {
  const tarballs = await packed()
  const folder = mkdtempSync(join(tmpdir(), "kis-consumer-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest(tarballs), null, 2))
  writeFileSync(join(folder, "pnpm-workspace.yaml"), settings(tarballs))
  mkdirSync(join(folder, "src"))
  writeFileSync(join(folder, "src/all.ts"), importAll())
  const programs = ["src/all.ts", ...writeExamples(folder)]
  cpSync(inRoot("packages/checks/consumer"), join(folder, "test"), { recursive: true })
  await must(pnpm(["install", "--prefer-offline"], { cwd: folder }))
  return { folder, programs }
}

let making: Promise<Consumer> | undefined

/** The project with everything installed, made once. */
export const consumer = (): Promise<Consumer> => (making ??= make())

// --- types ---

interface Reading {
  readonly compiler: "typescript" | "@typescript/native"
  readonly resolution: "NodeNext" | "bundler"
}

const readings: ReadonlyArray<Reading> = [
  { compiler: "typescript", resolution: "NodeNext" },
  { compiler: "typescript", resolution: "bundler" },
  { compiler: "@typescript/native", resolution: "NodeNext" },
  { compiler: "@typescript/native", resolution: "bundler" }
]

/** A stranger's settings: strict, and the declarations of the packages are checked too. */
const configuration = ({ resolution }: Reading) => ({
  compilerOptions: {
    target: "ES2023",
    lib: ["ES2023", "DOM", "DOM.Iterable", "ESNext.Disposable"],
    module: resolution === "bundler" ? "ESNext" : resolution,
    moduleResolution: resolution,
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    allowImportingTsExtensions: true,
    noEmit: true
  },
  include: ["src", "readme", "test"]
})

const typeCheck = async (folder: string, reading: Reading): Promise<string | undefined> => {
  const name = `tsconfig.${basename(reading.compiler)}.${reading.resolution}.json`
  writeFileSync(join(folder, name), JSON.stringify(configuration(reading)))
  const compiler = join(folder, "node_modules", reading.compiler, "bin/tsc")
  const ended = await run(process.execPath, [compiler, "-p", name, "--pretty", "false"], { cwd: folder })
  return ended.code === 0 ? undefined : `${reading.compiler}, ${reading.resolution}:\n${ended.output.trim()}`
}

export const consumerTypes: Step = {
  name: "consumer",
  title: "A project that installs the packages: types",
  run: async () => {
    const { folder } = await consumer()
    const found = await parallel(readings, 2, (reading) => typeCheck(folder, reading))
    return {
      problems: found.filter((_) => _ !== undefined),
      saw: `${published.flatMap(subpaths).length} subpaths, TypeScript 6 and 7, NodeNext and bundler`
    }
  }
}
