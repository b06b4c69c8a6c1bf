import { defineConfig } from "tsup"

// Declarations come from tsc: tsup's bundled ones rename namespaces.
export default defineConfig({
  entry: {
    index: "src/index.ts",
    bin: "src/bin.ts"
  },
  format: "esm",
  target: "es2023",
  platform: "node",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true
})
