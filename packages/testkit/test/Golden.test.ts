import { assert, describe, it } from "@effect/vitest"
import { National } from "@kis/core/policy"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Golden from "../src/Golden.ts"

const one = (fields: string) =>
  Golden.read(
    "case.yaml",
    `
- name: A participant number keeps its zeros
  rule: JKN-1
  pins: boundary
  on: 2026-02-10
  citation: VClaim
${fields}`
  )

const differencesOf = (fields: string, options?: Golden.Options) =>
  Effect.map(Golden.run(Result.getOrThrow(one(fields)), options), ({ outcomes }) => outcomes[0]!.differences)

const faultsOf = (read: Result.Result<unknown, Golden.GoldenUnreadable>) =>
  Result.isFailure(read) ? read.failure.faults : assert.fail("the file was read")

describe("Golden.read", () => {
  it("names the line of broken YAML", () => {
    const read = Golden.read("broken.yaml", "- name: a\n  given: { text: 1\n- name: b\n")
    assert.isAbove(faultsOf(read)[0].line, 1)
    if (Result.isFailure(read)) assert.match(read.failure.message, /^broken\.yaml:\d+: /)
  })

  it("wants a list", () => {
    for (const text of ["", "name: a", "42"]) assert.include(faultsOf(Golden.read("x.yaml", text))[0].text, "list")
  })

  it("names an unknown question, with those that there are", () => {
    const [fault] = faultsOf(one("  ask: eligibilty\n  given: {}\n  expect: {}"))
    assert.strictEqual(fault.line, 7)
    assert.include(fault.text, `"eligibilty"`)
    assert.include(fault.text, "eligibility")
  })

  it("names a misspelt fact and a wrong value, each by its line", () => {
    const faults = faultsOf(
      one(`  ask: eligibility
  given:
    birthdate: 1990-01-01
    hasNik: yes
  expect: {}`)
    )
    assert.deepStrictEqual(
      faults.map(({ line }) => line),
      [9, 10]
    )
    assert.include(faults[0].text, "given.birthdate")
    assert.include(faults[1]!.text, "given.hasNik")
  })

  it("names a reason that does not exist, which no answer could have", () => {
    const faults = faultsOf(
      one(`  ask: contribution
  given: { _tag: CoveredFamily }
  expect:
    lines: [CoveredByWorker, { code: CoverdByWorker, params: { x: y } }]
    not:
      reasons: [NewbornLaet]`)
    )
    assert.deepStrictEqual(faults, [
      { line: 10, text: 'expect.lines.1: there is no reason "CoverdByWorker"' },
      { line: 12, text: 'expect.not.reasons.0: there is no reason "NewbornLaet"' }
    ])
  })

  it("names what a case lacks, and every faulty case of a file", () => {
    const faults = faultsOf(
      Golden.read("x.yaml", "- name: a\n- name: b\n  rule: NIK-1\n  pins: sometimes\n  on: 2026-02-30\n")
    )
    for (const text of ["rule", "pins", "on", "given", "expect", "citation"]) {
      assert.isTrue(
        faults.some((fault) => fault.text.startsWith(`${text}: `)),
        text
      )
    }
    assert.isTrue(faults.some(({ line }) => line === 4))
    assert.isTrue(faults.some(({ line }) => line === 5))
  })
})

describe("Golden.run", () => {
  const card = `  ask: card-number\n  given: { text: "0001481620001" }`

  it.effect("says what was expected and what came", () =>
    Effect.gen(function* () {
      const [placed] = Result.getOrThrow(one(`${card}\n  expect: { valid: true, number: "1481620001" }`))
      const { failed, outcomes } = yield* Golden.run([placed!])
      assert.strictEqual(failed, 1)
      assert.strictEqual(
        Golden.render(outcomes[0]!),
        [
          "case.yaml:2: JKN-1 (boundary) A participant number keeps its zeros",
          "  number: expected 1481620001, got 0001481620001",
          "  cited: VClaim"
        ].join("\n")
      )
    })
  )

  it.effect.each([
    ["{ valid: false }", "valid"],
    ["{ numer: x }", "numer"],
    ["{ problems: [TooLong] }", "problems"],
    ["{ number: null }", "number"],
    ["{ not: { valid: true } }", "not.valid"],
    ['{ not: { number: [a, "0001481620001"] } }', "not.number"],
    // A misspelt field must not refuse nothing in silence.
    ["{ not: { numer: x } }", "not.numer"],
    ["{ not: x }", "not"]
  ])("finds the difference of %s", ([expect, path]) =>
    Effect.gen(function* () {
      const differences = yield* differencesOf(`${card}\n  expect: ${expect}`)
      assert.deepStrictEqual(
        differences.map((_) => _.path),
        [path]
      )
    })
  )

  it.effect.each([
    ["{ valid: true, problems: [] }"],
    ["{ absent: null }"],
    ["{ not: { valid: false, number: [x, y], problems: [TooLong] } }"]
  ])("finds none of %s", ([expect]) =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* differencesOf(`${card}\n  expect: ${expect}`), [])
    })
  )

  const worker = `  ask: eligibility
  given: { deceased: false, birthDate: 1990-01-01, citizenship: WNI, hasNik: true, occupation: private }`

  it.effect.each([
    { expect: "{ reasons: [PrivateWorker] }", count: 0 },
    { expect: "{ reasons: [PrivateWorker, StateWorker] }", count: 1 },
    { expect: "{ reasons: [] }", count: 1 },
    { expect: "{ missing: [] }", count: 0 },
    { expect: "{ missing: [wage] }", count: 1 },
    { expect: '{ verdicts: { PPU-BU: "yes" } }', count: 0 },
    { expect: '{ verdicts: { PPU-BU: "no", PPU-PN: "yes" } }', count: 2 },
    { expect: "{ why: { PBPU: [WageWorkerNotSelfPay] } }", count: 0 },
    { expect: "{ not: { why: { PBPU: [WageWorkerNotSelfPay] } } }", count: 1 },
    { expect: "{ not: { reasons: [StateWorker] } }", count: 0 }
  ])("codes: $expect", ({ count, expect }) =>
    Effect.gen(function* () {
      assert.lengthOf(yield* differencesOf(`${worker}\n  expect: ${expect}`), count)
    })
  )

  const wage = `  ask: contribution\n  given: { _tag: Worker, paidBy: private, wage: 20000000 }`

  it.effect.each([
    { expect: "{ lines: [{ code: WageCapped, params: { cap: 12000000 } }] }", count: 0 },
    { expect: "{ lines: [{ code: WageCapped, params: { cap: 11000000 } }] }", count: 1 },
    { expect: "{ lines: [{ code: EmployerShare, share: { amount: 480000 } }] }", count: 0 },
    { expect: "{ shares: { worker: 120000 }, total: 600000 }", count: 0 },
    { expect: "{ shares: { member: 120000 }, total: 600001 }", count: 2 }
  ])("amounts: $expect", ({ count, expect }) =>
    Effect.gen(function* () {
      assert.lengthOf(yield* differencesOf(`${wage}\n  expect: ${expect}`), count)
    })
  )

  it.effect("asks by the day that is known, and by the policy of a layer", () =>
    Effect.gen(function* () {
      const parameter = "  ask: parameter\n  given: { name: selfPayFirst }\n  expect: { value: 80000 }"
      const may = (fields: string) => Result.getOrThrow(one(`${parameter}\n${fields}`))[0]!
      const at = (known: string): Golden.Placed => {
        const placed = may(`  known: ${known}`)
        return {
          ...placed,
          case: { ...placed.case, on: National.policy.parameters.selfPayFirst.history[3]!.appliesFrom }
        }
      }
      const { outcomes } = yield* Golden.run([at("2020-02-26"), at("2020-02-27")])
      assert.deepStrictEqual(
        outcomes.map((_) => _.differences.length),
        [1, 0]
      )
    })
  )

  it.effect("takes the layers of whoever runs it, and names one that it does not know", () =>
    Effect.gen(function* () {
      const fields = `${card}\n  layer: sukacontoh\n  expect: { valid: true }`
      assert.deepStrictEqual(yield* differencesOf(fields, { layers: { sukacontoh: National.policy } }), [])
      const [difference] = yield* differencesOf(fields)
      assert.strictEqual(difference?.path, "layer")
      assert.include(difference?.expected, "kota-tangerang")
      assert.strictEqual(difference?.got, "sukacontoh")
    })
  )

  it.effect("a rule that throws fails its case only", () =>
    Effect.gen(function* () {
      const [good] = Result.getOrThrow(one(`${wage}\n  expect: { total: 600000 }`))
      const bad = { ...good!, case: { ...good!.case, layer: "broken" } }
      const broken = new Proxy(National.policy, {
        get: () => {
          throw new Error("no policy here")
        }
      })
      const { outcomes } = yield* Golden.run([bad, good!], { layers: { broken } })
      assert.include(outcomes[0]!.differences[0]!.got, "no policy here")
      assert.deepStrictEqual(outcomes[1]!.differences, [])
    })
  )
})

describe("Golden.unpinned", () => {
  it("lists the rules that lack a case, and the ways", () => {
    const [placed] = Result.getOrThrow(one("  ask: card-number\n  given: { text: '' }\n  expect: {}"))
    assert.deepStrictEqual(Golden.unpinned([placed!], ["JKN-1", "JKN-3"], [{ rule: "JKN-3", why: "a fact" }]), [
      { rule: "JKN-1", lacks: ["holds", "fails"] }
    ])
  })
})

describe("@kis/testkit/golden", () => {
  it("imports no test runner", () => {
    const sources = globSync("{Golden.ts,internal/golden*.ts}", {
      cwd: fileURLToPath(new URL("../src/", import.meta.url))
    })
    assert.isAbove(sources.length, 5)
    for (const source of sources) {
      const text = readFileSync(new URL(`../src/${source}`, import.meta.url), "utf8")
      for (const [, from] of text.matchAll(/from "([^"]+)"/g)) {
        assert.match(from!, /^(\.|effect\/|@kis\/core\/|yaml$)/, source)
        if (from!.startsWith(".")) assert.match(from!, /^\.\/(internal\/)?golden\w+\.ts$/, source)
      }
    }
  })
})
