/**
 * What is in this repository: the packages that are published, those that are not, and the
 * examples. Everything is read from the folders, so a new package is checked from its first day.
 */
import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"

// --- models ---

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Record<string, unknown>
  readonly bin?: Record<string, string>
  readonly dependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

export interface Project {
  /** Folder relative to the root, "packages/core". */
  readonly folder: string
  readonly path: string
  readonly manifest: Manifest
}

// --- reading ---

export const root = resolve(import.meta.dirname, "../../..")

export const inRoot = (...parts: ReadonlyArray<string>) => join(root, ...parts)

export const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest

/** The root's own manifest pins the package manager. */
export const rootManifest = readManifest(root) as Manifest & { readonly packageManager: string }

/** The version of a package that this repository installs for itself or for its checks. */
export const installedVersion = (name: string) => {
  const places = [inRoot("packages/checks/node_modules", name), inRoot("node_modules", name)]
  const place = places.find((_) => existsSync(_))
  if (place === undefined) throw new Error(`${name} is not installed: add it to packages/checks`)
  return readManifest(place).version
}

/** Every project of the workspace, the root itself left out. */
export const projects: ReadonlyArray<Project> = globSync(["packages/*/package.json", "examples/*/package.json"], {
  cwd: root
})
  .map((file) => dirname(file))
  .toSorted()
  .map((folder) => ({
    folder,
    path: inRoot(folder),
    manifest: readManifest(inRoot(folder))
  }))

/** The packages that go to the registry. */
export const published = projects.filter((_) => _.manifest.private !== true)

/** Folders under packages/ that are not published: they check and measure the others, and nothing imports them. */
export const tooling: ReadonlyArray<string> = projects
  .filter((_) => _.manifest.private === true && _.folder.startsWith("packages/"))
  .map((_) => basename(_.path))

/** The subpaths that a package offers, as written in an import, "@kis/core/time"; data (JSON) is not imported. */
export const subpaths = (project: Project): ReadonlyArray<string> =>
  Object.entries(project.manifest.exports ?? {})
    .filter(([path, target]) => target !== null && !path.endsWith(".json"))
    .map(([path]) => (path === "." ? project.manifest.name : `${project.manifest.name}${path.slice(1)}`))
