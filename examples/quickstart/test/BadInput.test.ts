import { assert, describe, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { existsSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = () => mkdtempSync(join(tmpdir(), "kis-demo-bad-"))

const demo = (args: ReadonlyArray<string>) =>
  new Promise<{ readonly failed: boolean; readonly said: ReadonlyArray<string> }>((resolve) => {
    const script = fileURLToPath(new URL("../src/demo.ts", import.meta.url))
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      assert.strictEqual(stdout, "")
      resolve({ failed: error !== null, said: stderr.trim().split("\n") })
    })
  })

describe("pnpm demo, when it cannot run", () => {
  it("says in one sentence that there is no data file", async () => {
    const [data, out] = [folder(), folder()]
    const { failed, said } = await demo(["--data", data, "--out", out])
    assert.isTrue(failed)
    assert.lengthOf(said, 1)
    assert.match(said[0] ?? "", /households\.csv: there is no such file/)
    assert.isFalse(existsSync(join(out, "register.sqlite")))
  })

  it("says which columns a file lacks", async () => {
    const data = folder()
    writeFileSync(join(data, "households.csv"), "household,name\nA,B\n")
    const { failed, said } = await demo(["--data", data, "--out", folder()])
    assert.isTrue(failed)
    assert.lengthOf(said, 1)
    assert.include(said[0], "nik")
  })

  it("says that its folder is a file", async () => {
    const out = join(folder(), "out")
    writeFileSync(out, "")
    const { failed, said } = await demo(["--out", out])
    assert.isTrue(failed)
    assert.lengthOf(said, 1)
    assert.include(said[0], `The folder ${out} cannot be made`)
  })

  it("does not touch a database that is not one", async () => {
    const out = folder()
    writeFileSync(join(out, "register.sqlite"), "")
    const { failed, said } = await demo(["--out", out])
    assert.isTrue(failed)
    assert.lengthOf(said, 1)
    assert.match(said[0] ?? "", /empty/)
  })
})
