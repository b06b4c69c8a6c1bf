import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "examples/*/test/**/*.test.ts", "checks/**/*.test.ts"],
    pool: "forks",
    testTimeout: 60_000
  }
})
