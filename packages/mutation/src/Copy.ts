/**
 * A copy of the repository to mutate in place.
 *
 * Stryker's own sandbox links `node_modules`, and with it the workspace's packages to where they are: tests that
 * import `@kis/core` would run the code that was not mutated. Here these links are copied as they are written,
 * relative, so that they lead into the copy; only the store of foreign packages is shared.
 */
import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join, resolve } from "node:path"

export const root = resolve(import.meta.dirname, "../../..")

/** The folder of a new copy, and how to be rid of it. */
export const make = (): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "kis-mutation-"))
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" })
  for (const file of listed.split("\0")) {
    if (file === "" || !existsSync(join(root, file))) continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(root, file), join(folder, file), { verbatimSymlinks: true })
    if (file.endsWith(".test.ts")) shorten(join(folder, file))
  }
  for (const modules of ["node_modules", ...globSync("packages/*/node_modules", { cwd: root })]) {
    cpSync(join(root, modules), join(folder, modules), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !notCopied.has(basename(path))
    })
  }
  symlinkSync(join(root, "node_modules/.pnpm"), join(folder, "node_modules/.pnpm"))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** So often a property is tried at most: what thousands of runs would notice, a hundred mostly do. */
export const mostRuns = 150

/** A run of these is a whole life, of fifty events: fewer do. */
export const mostLives = 40

// --- private ---

const shorten = (file: string): void => {
  const most = file.includes("/membership/life/") ? mostLives : mostRuns
  const text = readFileSync(file, "utf8")
    // A sample is taken to be large enough for what is then asked of it.
    .replaceAll(/(?<!fc\.sample\([^\n]*)\bnumRuns: ([\w.]+)/g, (_, runs) => `numRuns: Math.min(${most}, ${runs})`)
    // What is rare is not seen often enough in so few.
    .replaceAll(/^ *assert\.isAbove\(seen\b.*$/gm, "")
  writeFileSync(file, text)
}

const notCopied = new Set([".pnpm", ".vite", ".vite-temp", ".cache"])
