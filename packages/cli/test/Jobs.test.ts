import { assert, describe, it } from "@effect/vitest"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as households from "./households.ts"
import { kis } from "./process.ts"

const registered = async () => {
  const cwd = mkdtempSync(join(tmpdir(), "kis-jobs-"))
  writeFileSync(join(cwd, "a.csv"), households.file(4))
  writeFileSync(join(cwd, "residents.csv"), households.residents(3))
  const run = await kis(["register", "a.csv", "--db", "sqlite:r.db"], { cwd })
  assert.strictEqual(run.code, 0, run.stderr)
  return cwd
}

const jobs = async (cwd: string, ...more: ReadonlyArray<string>) => {
  const { code, stderr, stdout } = await kis(["jobs", "--db", "sqlite:r.db", ...more], { cwd })
  assert.strictEqual(code, 0, stderr)
  return stdout
}

describe("kis jobs", () => {
  it("gathers households and asks about whoever is not confirmed, each once", async () => {
    const cwd = await registered()
    const first = JSON.parse(await jobs(cwd, "--population", "residents.csv", "--json"))
    assert.deepStrictEqual(first, {
      households: 4,
      verification: { confirmed: 9, denied: 3, postponed: 0, left: 0 },
      firstPayments: { reminded: 0, expired: 0, settled: 0, putOff: 0 }
    })
    const second = JSON.parse(await jobs(cwd, "--population", "residents.csv", "--json"))
    assert.deepStrictEqual(second.verification, { confirmed: 0, denied: 0, postponed: 0, left: 0 })
  })

  it("says that the population register gave no answer, and when it is asked again", async () => {
    const told = await jobs(await registered())
    assert.match(told, /^households: 4 gathered$/m)
    assert.match(told, /; it gave no answer \(\w+\), again from 2\d{3}-\d\d-\d\dT[\d:.]+Z$/m)
  })

  it("needs a register that is there", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kis-jobs-"))
    const { code, stderr } = await kis(["jobs", "--db", "sqlite:none.db"], { cwd })
    assert.notStrictEqual(code, 0)
    assert.include(stderr, "none.db")
  })
})
