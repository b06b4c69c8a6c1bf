/**
 * Every subpath of the packed core, bundled for a browser: its size, and that it runs.
 *
 * The size counts all third-party code but effect, also what is loaded later, and leaves out the
 * region data, which is a chunk of its own behind a dynamic import.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import vm from "node:vm"
import { build, type BuildOptions } from "esbuild"
import { consumer } from "./Consumer.ts"
import { documented, moduleOf, nameOf, offered } from "./Examples.ts"
import { parallel } from "./Process.ts"
import type { Step } from "./Step.ts"
import { projects, subpaths } from "./Workspace.ts"

// --- models ---

export interface Sizes {
  /** Minified and gzipped bytes of the code. */
  readonly bytes: number
  /** As above, of the data. */
  readonly data: number
}

interface Bundle extends Sizes {
  readonly subpath: string
  /** Claims of the documentation that held in a page. */
  readonly claims: number
  readonly problems: ReadonlyArray<string>
}

/** 60 kB, minified and gzipped. */
export const limit = 60_000

// --- bundling ---

const browser = (folder: string, code: string, more: BuildOptions) =>
  build({
    stdin: { contents: code, resolveDir: folder, loader: "js" },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    platform: "browser",
    target: "es2023",
    legalComments: "none",
    logLevel: "silent",
    metafile: true,
    write: false,
    ...more
  })

/** The one thing that is left out of the size: data that is a chunk of its own, behind a dynamic import. */
const data = /regions\.generated\.js$/

/** Sizes of a module without effect: of its code, also that which is loaded later, and of the data. */
export const measure = async (folder: string, code: string, isData = data): Promise<Sizes> => {
  const { metafile, outputFiles } = await browser(folder, code, {
    format: "esm",
    splitting: true,
    outdir: join(folder, "bundle"),
    external: ["effect", "effect/*"]
  })
  const onlyData = (path: string) => {
    const inputs = Object.keys(metafile?.outputs[path.slice(folder.length + 1)]?.inputs ?? {})
    return inputs.length > 0 && inputs.every((_) => isData.test(_))
  }
  const size = (wanted: boolean) =>
    (outputFiles ?? [])
      .filter((file) => onlyData(file.path) === wanted)
      .reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0)
  return { bytes: size(false), data: size(true) }
}

// --- running ---

/** What a browser offers to a script, and nothing of Node: no process, no Buffer, no require. */
const page = () => ({
  AbortController,
  AbortSignal,
  Event,
  EventTarget,
  MessageChannel,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  clearInterval,
  clearTimeout,
  console,
  crypto,
  performance,
  queueMicrotask,
  setInterval,
  setTimeout,
  structuredClone
})

/** Bundles the code with effect and runs it with the globals of a browser; gives what it passed to `found`. */
const evaluate = async (folder: string, code: string): Promise<ReadonlyArray<unknown> | Error> => {
  const result = await browser(folder, code, { format: "esm" })
  const found: Array<unknown> = []
  const context = vm.createContext({ ...page(), found: (value: unknown) => found.push(value) })
  try {
    await vm.runInContext(`(async () => { ${result.outputFiles![0]!.text} })()`, context, { timeout: 20_000 })
    return found
  } catch (cause) {
    // an error of the page is of the page's own realm
    return new Error(String(cause))
  }
}

/** Loads a module in a page: `code` calls `found` with its namespace. Without one it did not run. */
export const runInPage = async (folder: string, code: string): Promise<ReadonlyArray<string>> => {
  const found = await evaluate(folder, code)
  if (found instanceof Error) return [found.message]
  return found.length === 1 && Object.keys(found[0] as object).length > 0 ? [] : ["nothing was exported"]
}

/** The examples of the documentation of one room that claim something, run in a page. */
const runExamples = async (folder: string, subpath: string) => {
  const room = subpath.replace("@kis/core/", "packages/core/src/")
  const names = offered()
  const modules = documented()
    .examples.filter((example) => example.file.startsWith(`${room}/`))
    .map((example) => ({ name: nameOf(example), ...moduleOf(example, names) }))
    .filter((module) => module.claims > 0)
  mkdirSync(join(folder, "page"), { recursive: true })
  for (const module of modules) writeFileSync(join(folder, "page", module.name), module.source)
  const found = await evaluate(folder, modules.map((_) => `import "./page/${_.name}"`).join("\n"))
  return {
    claims: modules.reduce((sum, _) => sum + _.claims, 0),
    problems: found instanceof Error ? [found.message] : []
  }
}

const bundle = async (folder: string, subpath: string): Promise<Bundle> => {
  try {
    const sizes = await measure(folder, `export * from "${subpath}"`)
    const ran = await runInPage(folder, `import * as room from "${subpath}"; found(room)`)
    const examples = await runExamples(folder, subpath)
    const tooBig = sizes.bytes > limit ? [`${sizes.bytes} bytes min+gzip, ${limit} are allowed`] : []
    const problems = [...tooBig, ...ran, ...examples.problems].map((_) => `${subpath}: ${_}`)
    return { subpath, ...sizes, claims: examples.claims, problems }
  } catch (cause) {
    return { subpath, bytes: 0, data: 0, claims: 0, problems: [`${subpath}: ${String(cause)}`] }
  }
}

// --- the step ---

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10)

const table = (bundles: ReadonlyArray<Bundle>) =>
  [
    `     ${"subpath".padEnd(26)}${"code".padStart(10)}${"data".padStart(10)}${"claims".padStart(8)}   (min+gzip, without effect)`,
    ...bundles.map(
      (_) =>
        `     ${_.subpath.padEnd(26)}${kilobytes(_.bytes)}${_.data > 0 ? kilobytes(_.data) : " ".repeat(10)}${String(_.claims).padStart(8)}`
    )
  ].join("\n")

export const bundles: Step = {
  name: "bundles",
  title: "Core in a browser",
  run: async () => {
    const { folder } = await consumer()
    const core = projects.find((_) => _.manifest.name === "@kis/core")!
    const made = await parallel(subpaths(core), 2, (subpath) => bundle(folder, subpath))
    return {
      problems: made.flatMap((_) => _.problems),
      saw: `${made.length} subpaths bundled and loaded, ${made.reduce((sum, _) => sum + _.claims, 0)} claims of their documentation run`,
      notes: table(made)
    }
  }
}
