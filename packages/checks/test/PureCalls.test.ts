import { assert, describe, it } from "@effect/vitest"
import { build } from "esbuild"
import { markPureCalls } from "../src/PureCalls.ts"

const bundled = async (code: string) => {
  const result = await build({
    stdin: { contents: `${code}\nexport const used = 1\n`, loader: "js" },
    bundle: true,
    format: "esm",
    write: false,
    external: ["effect"],
    treeShaking: true
  })
  return result.outputFiles[0]!.text
}

const module = `
import { make, service } from "effect"
const unused = make(make(1), { of: new Map() }).pipe(make())
var Unused = class extends service()("key") { static table = make(2) }
class Other extends service("a") {}
`

describe("markPureCalls", () => {
  it("lets a bundler leave out what nobody uses", async () => {
    assert.match(await bundled(module), /make\(2\)/)
    const marked = await bundled(markPureCalls(module))
    assert.notMatch(marked, /make\(|service\(|new Map/)
    assert.match(marked, /used = 1/)
  })

  it("leaves bare calls, and what runs inside functions, as they are", () => {
    const code = `start()\nconst f = () => go()\nfunction g() { return go() }\nif (x) go()\n`
    assert.strictEqual(markPureCalls(code), code)
  })
})
