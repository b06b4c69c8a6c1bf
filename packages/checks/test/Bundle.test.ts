import { assert, describe, it } from "@effect/vitest"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { measure, runInPage } from "../src/Bundle.ts"

/** A folder with these modules. */
const withModules = async <A>(modules: Readonly<Record<string, string>>, use: (folder: string) => Promise<A>) => {
  const folder = mkdtempSync(join(tmpdir(), "kis-bundle-"))
  try {
    for (const [name, source] of Object.entries(modules)) writeFileSync(join(folder, name), source)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const noise = Array.from({ length: 2000 }, (_, index) => ((index * 2_654_435_761) % 4_294_967_296).toString(36)).join(
  ""
)

describe("Bundle", () => {
  it("counts the code, loaded at once or later, apart from data of its own chunk, and effect not at all", async () => {
    const modules = {
      "main.js": `export const later = () => import("./data.js")\nexport * as Option from "effect/Option"\n`,
      "data.js": `export const data = "${noise}"\n`
    }
    const sizes = (code: string, isData?: RegExp) => withModules(modules, (folder) => measure(folder, code, isData))
    const apart = await sizes(`export * from "./main.js"`, /data\.js$/)
    assert.isBelow(apart.bytes, 400)
    assert.isAbove(apart.data, 2000)
    const lazyCode = await sizes(`export * from "./main.js"`)
    assert.isAbove(lazyCode.bytes, 2000)
    const eagerData = await sizes(
      `import { data } from "./data.js"; export const length = () => data.length`,
      /data\.js$/
    )
    assert.isAbove(eagerData.bytes, 2000)
  })

  const run = (source: string) =>
    withModules({ "main.js": source }, (folder) => runInPage(folder, `import * as m from "./main.js"; found(m)`))

  it("runs what needs only a browser", async () => {
    assert.deepStrictEqual(await run(`export const text = new TextDecoder().decode(new Uint8Array([75]))`), [])
  })

  it.each([
    ["reads process", `export const mode = process.env.MODE`, /process is not defined/],
    ["uses Buffer", `export const bytes = Buffer.from("a")`, /Buffer is not defined/],
    ["throws", `export const a = 1; throw new TypeError("no")`, /TypeError: no/],
    ["exports nothing", `const a = 1; export {}`, /nothing was exported/]
  ])("fails a module that %s", async (_, source, said) => {
    assert.match((await run(source)).join("\n"), said)
  })

  it("fails a module that imports from Node", async () => {
    const bundled = run(`export { join } from "node:path"`).then(
      () => "bundled",
      (cause: unknown) => String(cause)
    )
    assert.match(await bundled, /Could not resolve "node:path"/)
  })
})
