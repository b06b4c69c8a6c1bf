import { assert, describe, it } from "@effect/vitest"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { lintPackage, typesOfPackage, wrongContents } from "../src/Pack.ts"
import { must, run } from "../src/Process.ts"

const manifest = {
  name: "@kis/sample",
  version: "1.0.0",
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./internal/*": null },
  peerDependencies: { effect: "^4.1.0" }
}

const files = ["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "dist/index.js.map", "package.json"]

describe("wrongContents", () => {
  it("accepts what a package needs and no more", () => {
    assert.deepStrictEqual(wrongContents({ files, manifest }), [])
  })

  it.each([
    ["a promised file", { files: files.filter((_) => _ !== "dist/index.d.ts"), manifest }, "dist/index.d.ts is not in"],
    ["the licence", { files: files.filter((_) => _ !== "LICENSE"), manifest }, "LICENSE is not in"],
    ["a source", { files: [...files, "src/index.ts"], manifest }, "src/index.ts does not belong"],
    ["a declaration map", { files: [...files, "dist/index.d.ts.map"], manifest }, "index.d.ts.map does not belong"],
    ["a script without map", { files: [...files, "dist/chunk.js"], manifest }, "dist/chunk.js has no source map"],
    ["a workspace range", { files, manifest: { ...manifest, dependencies: { a: "workspace:^" } } }, "workspace:"],
    ["exports of sources", { files, manifest: { ...manifest, exports: { ".": "./src/index.ts" } } }, "the sources"]
  ])("finds %s", (_, tarball, said) => {
    assert.include(wrongContents(tarball).join("\n"), said)
  })
})

/** Packs a package made of these files and hands its tarball over. */
const withTarball = async <A>(sources: Readonly<Record<string, string>>, use: (path: string) => Promise<A>) => {
  const base = mkdtempSync(join(tmpdir(), "kis-pack-"))
  try {
    for (const [path, source] of Object.entries(sources)) {
      mkdirSync(dirname(join(base, "package", path)), { recursive: true })
      writeFileSync(join(base, "package", path), source)
    }
    await must(run("tar", ["-czf", "sample.tgz", "package"], { cwd: base }))
    return await use(join(base, "sample.tgz"))
  } finally {
    rmSync(base, { recursive: true })
  }
}

const sample = {
  "package.json": JSON.stringify({
    name: "sample",
    version: "1.0.0",
    type: "module",
    license: "Apache-2.0",
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } }
  }),
  "dist/index.js": "export const one = 1\n",
  "dist/index.d.ts": "export declare const one: number\n"
}

describe("publint", () => {
  it("passes a good package and fails one whose exports lead nowhere", async () => {
    assert.isUndefined(await withTarball(sample, lintPackage))
    const { "dist/index.js": _, ...gone } = sample
    assert.match((await withTarball(gone, lintPackage)) ?? "", /dist\/index\.js/)
  })
})

describe("attw", () => {
  it("passes a good package and fails one whose types are of another module system", async () => {
    assert.isUndefined(await withTarball(sample, typesOfPackage))
    const { "dist/index.d.ts": types, ...rest } = sample
    const untyped = { ...rest, "package.json": sample["package.json"].replace("index.d.ts", "index.d.cts") }
    assert.isDefined(await withTarball({ ...untyped, "dist/index.d.cts": types }, typesOfPackage))
  })
})
