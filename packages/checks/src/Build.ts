/**
 * How a package is built: one JavaScript file a module, with the imports that its source has.
 *
 * Bundled files would be smaller in number and larger for everybody: a bundler cannot look into the
 * namespaces that bundling makes of `export * as Nik from "./Nik.ts"`, and keeps them whole. File
 * by file it leaves out what is not used.
 */
import { readFile } from "node:fs/promises"
import type { Options } from "tsup"
import { markPureCalls } from "./PureCalls.ts"

type Plugin = NonNullable<Options["esbuildPlugins"]>[number]

/** Relative imports stay imports, of the file that will be there. */
const keepImports: Plugin = {
  name: "keep-imports",
  setup: (build) =>
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path }) =>
      kind === "entry-point" ? undefined : { path: path.replace(/\.ts$/, ".js"), external: true }
    )
}

const pureCalls: Plugin = {
  name: "pure-calls",
  setup: (build) =>
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: markPureCalls(await readFile(path, "utf8")),
      loader: "ts"
    }))
}

/** tsup's options for a package; declarations come from tsc, since tsup's rename namespaces. */
export const modules = (platform: "neutral" | "node"): Options => ({
  entry: ["src/**/*.ts"],
  format: "esm",
  target: "es2023",
  platform,
  dts: false,
  splitting: false,
  sourcemap: true,
  clean: true,
  silent: true,
  removeNodeProtocol: false,
  esbuildPlugins: [keepImports, pureCalls],
  esbuildOptions: (options) => {
    options.outbase = "src"
  }
})
