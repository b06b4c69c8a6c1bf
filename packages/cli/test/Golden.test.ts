import { assert, describe, it } from "@effect/vitest"
import { KotaTangerang, PolicyJson } from "@kis/core/policy"
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { kis } from "./process.ts"

const national = fileURLToPath(new URL("../../core/test/golden", import.meta.url))

const folder = (files: Readonly<Record<string, string>>): string => {
  const cwd = mkdtempSync(join(tmpdir(), "kis-golden-"))
  mkdirSync(join(cwd, "cases"))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, "cases", name), text)
  return cwd
}

const good = `
- name: A participant number keeps its zeros
  rule: JKN-1
  pins: boundary
  ask: card-number
  on: 2026-02-10
  given: { text: "0001481620001" }
  expect: { valid: true, number: "0001481620001" }
  citation: "BPJS VClaim"
- name: A self-payer in class I
  rule: TARIFF
  pins: holds
  ask: contribution
  on: 2026-02-10
  given: { _tag: SelfPay, wardClass: 1 }
  expect: { total: 150000, shares: { member: 150000 } }
  citation: "Perpres 64/2020 art. 34"
`

describe("kis golden", () => {
  it("passes the national cases, at least 250", async () => {
    const { code, stderr, stdout } = await kis(["golden", national])
    assert.strictEqual(stderr, "")
    const [, passed] = /^(\d+) passed, 0 failed\n$/.exec(stdout) ?? assert.fail(stdout)
    assert.isAtLeast(Number(passed), 250)
    assert.strictEqual(code, 0)
  })

  it("says what differs when an expected value of them is changed by hand", async () => {
    const cwd = folder({})
    for (const name of readdirSync(national)) copyFileSync(join(national, name), join(cwd, "cases", name))
    const path = join(cwd, "cases", "tariff.yaml")
    const text = readFileSync(path, "utf8")
    assert.include(text, "150000")
    writeFileSync(path, text.replace("150000", "150001"))
    const { code, stdout } = await kis(["golden", "cases"], { cwd })
    assert.strictEqual(code, 7)
    assert.match(stdout, /^cases\/tariff\.yaml:\d+: \S+ \(\w+\) .+\n {2}[\w.]+: expected 150001, got 150000\n/)
    assert.match(stdout, /\n\d+ passed, 1 failed\n$/)
  })

  it("asks the cases of one rule, or of one file", async () => {
    const cwd = folder({ "a.yaml": good, "not-rules.yaml": '- { rule: JKN-3, why: "a fact" }\n', "README.md": "x" })
    assert.strictEqual((await kis(["golden", "cases"], { cwd })).stdout, "2 passed, 0 failed\n")
    assert.strictEqual((await kis(["golden", "cases", "--rule", "TARIFF"], { cwd })).stdout, "1 passed, 0 failed\n")
    assert.strictEqual((await kis(["golden", "cases/a.yaml"], { cwd })).stdout, "2 passed, 0 failed\n")
  })

  it("asks by the layer of a place, shipped or from a file", async () => {
    const local = `
- name: The city takes residents
  rule: PBPU-PD
  pins: holds
  ask: parameter
  on: 2026-02-10
  given: { name: localAdmission }
  expect: { value: { mode: residents, regencies: ["3671"] }, layer: kota-tangerang }
  citation: "distrikbantennews 2025/12/15"
`
    const cwd = folder({ "a.yaml": local })
    assert.strictEqual((await kis(["golden", "cases"], { cwd })).code, 7)
    const shipped = await kis(["golden", "cases", "--layer", "kota-tangerang"], { cwd })
    assert.strictEqual(shipped.stdout, "1 passed, 0 failed\n")
    writeFileSync(join(cwd, "layer.json"), JSON.stringify(PolicyJson.encodeLayer(KotaTangerang.layer)))
    const fromFile = await kis(["golden", "cases", "--layer", "layer.json"], { cwd })
    assert.strictEqual(fromFile.stdout, "1 passed, 0 failed\n")
    const unknown = await kis(["golden", "cases", "--layer", "nowhere"], { cwd })
    assert.strictEqual(unknown.code, 2)
  })

  it("prints one object a case for a program", async () => {
    const cwd = folder({ "a.yaml": good.replace("total: 150000", "total: 160000") })
    const { code, stderr, stdout } = await kis(["golden", "cases", "--json"], { cwd })
    assert.strictEqual(code, 7)
    assert.strictEqual(stderr, "")
    const [first, second] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
    assert.deepStrictEqual(first, {
      file: "cases/a.yaml",
      line: 2,
      rule: "JKN-1",
      pins: "boundary",
      name: "A participant number keeps its zeros",
      passed: true,
      differences: []
    })
    assert.isFalse(second.passed)
    assert.deepStrictEqual(second.differences, [{ path: "total", expected: "160000", got: "150000" }])
  })

  it("names every fault of every file, by its line, and asks nothing", async () => {
    const cwd = folder({
      "a.yaml": good.replace("ask: card-number", "ask: cardnumber"),
      "b.yaml": good.replace("{ _tag: SelfPay, wardClass: 1 }", "{ _tag: SelfPay, wardClas: 1 }"),
      "c.yaml": "- name: [\n"
    })
    const { code, stderr, stdout } = await kis(["golden", "cases"], { cwd })
    assert.strictEqual(code, 3)
    assert.strictEqual(stdout, "")
    assert.match(stderr, /^cases\/a\.yaml:5: .*cardnumber/m)
    assert.match(stderr, /^cases\/b\.yaml:15: .*wardClas/m)
    assert.match(stderr, /^cases\/c\.yaml:\d: /m)
    assert.match(stderr, /correct the lines named above\.\n$/)
  })

  it.each([
    [["golden", "nowhere"], "there is no such file"],
    [["golden", "cases", "--rule", "JKN-9"], "no golden case pins JKN-9"]
  ])("%j is answered in one sentence", async (args, expected) => {
    const { code, stderr, stdout } = await kis(args, { cwd: folder({ "a.yaml": good }) })
    assert.strictEqual(code, 3)
    assert.strictEqual(stdout, "")
    assert.include(stderr, expected)
    assert.lengthOf(stderr.trimEnd().split("\n"), 1)
  })

  it("a folder without cases is no success", async () => {
    const { code, stderr } = await kis(["golden", "cases"], { cwd: folder({}) })
    assert.strictEqual(code, 3)
    assert.include(stderr, "there is no golden case here")
  })
})
