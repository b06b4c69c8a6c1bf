/**
 * Builds and packs every published package, and reads what is in the tarballs: from here on
 * the checks look at what a user gets, not at what we have.
 */
import { mkdirSync, rmSync } from "node:fs"
import { basename, join } from "node:path"
import { must, parallel, pnpm, run, tool } from "./Process.ts"
import type { Report, Step } from "./Step.ts"
import { inRoot, type Manifest, type Project, published } from "./Workspace.ts"

// --- models ---

export interface Tarball {
  readonly project: Project
  readonly path: string
  /** Paths within the package, "dist/index.js". */
  readonly files: ReadonlyArray<string>
  readonly manifest: Manifest
}

// --- packing ---

const folder = inRoot("packages/checks/out-packs")

export const readTarball = async (project: Project, path: string): Promise<Tarball> => {
  const listing = await must(run("tar", ["-tzf", path]))
  const manifest = await must(run("tar", ["-xzOf", path, "package/package.json"]))
  return {
    project,
    path,
    files: listing
      .trim()
      .split("\n")
      .map((_) => _.replace(/^package\//, ""))
      .toSorted(),
    manifest: JSON.parse(manifest) as Manifest
  }
}

const packOne = async (project: Project): Promise<Tarball> => {
  const path = join(folder, `${basename(project.path)}.tgz`)
  await must(pnpm(["pack", "--out", path], { cwd: project.path }))
  return readTarball(project, path)
}

let building: Promise<string> | undefined

/** Every published package, built once. */
export const build = (): Promise<string> =>
  (building ??= must(pnpm(["-r", "--filter", "./packages/*", "run", "build"])))

let packing: Promise<ReadonlyArray<Tarball>> | undefined

/** Every published package, built and packed once, however many checks ask. */
export const packed = (): Promise<ReadonlyArray<Tarball>> => {
  packing ??= (async () => {
    await build()
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    return parallel(published, 2, packOne)
  })()
  return packing
}

// --- contents ---

/** Every file that the manifest promises: targets of exports, and programs. */
const promised = (manifest: Manifest): ReadonlyArray<string> => {
  const targets = (value: unknown): ReadonlyArray<string> => {
    if (typeof value === "string") return [value]
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(targets) : []
  }
  return [...targets(manifest.exports ?? {}), ...targets(manifest.bin ?? {})].map((_) => _.replace(/^\.\//, ""))
}

const allowed =
  /^(package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md|schemas\/.+\.schema\.json|dist\/.+\.(js|js\.map|d\.ts))$/

/** What is wrong with the contents of a tarball. */
export const wrongContents = (tarball: Pick<Tarball, "files" | "manifest">): ReadonlyArray<string> => {
  const { files, manifest } = tarball
  const missing = ["package.json", "README.md", "LICENSE", ...promised(manifest)].filter((_) => !files.includes(_))
  const extra = files.filter((_) => !allowed.test(_))
  const mapless = files.filter((_) => /^dist\/.+\.js$/.test(_) && !files.includes(`${_}.map`))
  const fields = JSON.stringify([manifest.dependencies, manifest.peerDependencies])
  return [
    ...missing.map((_) => `${manifest.name}: ${_} is not in the tarball`),
    ...extra.map((_) => `${manifest.name}: ${_} does not belong in the tarball`),
    ...mapless.map((_) => `${manifest.name}: ${_} has no source map`),
    ...(/workspace:|catalog:/.test(fields) ? [`${manifest.name}: a dependency still says workspace: or catalog:`] : []),
    ...(JSON.stringify(manifest.exports ?? {}).includes("/src/")
      ? [`${manifest.name}: exports still point at the sources`]
      : [])
  ]
}

/** The data that core carries is not ours: its licence travels with it. */
const notices: Readonly<Record<string, ReadonlyArray<string>>> = { "@kis/core": ["NOTICE"] }

export const contents: Step = {
  name: "contents",
  title: "Contents of the tarballs",
  run: async () => {
    const tarballs = await packed()
    const unnoticed = tarballs.flatMap((_) =>
      (notices[_.manifest.name] ?? [])
        .filter((file) => !_.files.includes(file))
        .map((file) => `${_.manifest.name}: ${file} is not in the tarball`)
    )
    const count = tarballs.reduce((sum, _) => sum + _.files.length, 0)
    return {
      problems: [...tarballs.flatMap(wrongContents), ...unnoticed],
      saw: `${tarballs.length} packages, ${count} files`
    }
  }
}

// --- publint and attw ---

const overTarballs = async (check: (tarball: Tarball) => Promise<string | undefined>): Promise<Report> => {
  const tarballs = await packed()
  const found = await parallel(tarballs, 2, check)
  return { problems: found.filter((_) => _ !== undefined), saw: `${tarballs.length} packages` }
}

export const lintPackage = async (path: string): Promise<string | undefined> => {
  const ended = await tool("publint", ["run", path, "--strict"])
  return ended.code === 0 ? undefined : ended.output.trim()
}

export const typesOfPackage = async (path: string): Promise<string | undefined> => {
  const ended = await tool("attw", [path, "--profile", "esm-only", "--no-emoji", "--format", "ascii"])
  return ended.code === 0 ? undefined : ended.output.trim()
}

export const publint: Step = {
  name: "publint",
  title: "publint",
  run: () => overTarballs((_) => lintPackage(_.path))
}

export const attw: Step = {
  name: "attw",
  title: "Are the types wrong?",
  run: () => overTarballs((_) => typesOfPackage(_.path))
}
