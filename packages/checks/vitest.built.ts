/**
 * The packages' own tests, on what was built: every import of a source leads to the file of the
 * same name in dist. Run by `pnpm check tests`, under whichever Node is asked for.
 */
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { defineConfig, type Plugin } from "vitest/config"
import { published } from "./src/Workspace.ts"

const sources = published.map((_) => `${_.path}/src/`)

const built = (source: string, folder: string) =>
  folder.replace(/src\/$/, "dist/") + source.slice(folder.length).replace(/\.ts$/, ".js")

const onBuilt: Plugin = {
  name: "on-built",
  enforce: "pre",
  async resolveId(path, importer) {
    const found = await this.resolve(path, importer, { skipSelf: true })
    const folder = sources.find((_) => found?.id.startsWith(_))
    if (found === null || folder === undefined) return found
    const file = built(found.id, folder)
    if (!existsSync(file)) this.error(`${file} was not built: run pnpm build`)
    return file
  }
}

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  plugins: [onBuilt],
  test: {
    include: published.map((_) => `${_.folder}/test/**/*.test.ts`),
    pool: "forks",
    testTimeout: 60_000
  }
})
