import { KotaTangerang, National, PolicyJson } from "@kis/core/policy"
import { assert, describe, it } from "@effect/vitest"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { kis } from "./process.ts"

const folder = () => mkdtempSync(join(tmpdir(), "kis-cli-policy-"))

const policy = (...args: ReadonlyArray<string>) => kis(["policy", ...args])

describe("kis policy --help", () => {
  it.each(["show", "diff", "export", "check"])(
    "%s says what it does, with examples and exit codes",
    async (command) => {
      const { code, stderr, stdout } = await policy(command, "--help")
      assert.strictEqual(code, 0)
      assert.strictEqual(stderr, "")
      assert.include(stdout, "EXAMPLES")
      assert.include(stdout, "  130  stopped by Ctrl-C")
    }
  )
})

describe("kis policy diff", () => {
  const reversal = ["diff", "--from", "2020-03-31", "--to", "2020-04-01"]

  it("shows the Supreme Court's reversal as it was", async () => {
    const { code, stdout } = await policy(...reversal)
    assert.strictEqual(code, 0)
    assert.include(stdout, "TARIFF  selfPayFirst  Self-paid contribution, class I")
    assert.include(stdout, "before  Rp160,000 a month  [from 2020-01-01; Perpres 75/2019 art. 34 (high)]")
    assert.include(stdout, "after   Rp80,000 a month  [from 2020-04-01; MA 7P/HUM/2020 (high)]")
    assert.match(stdout, /\n3 differences\n$/)
  })

  it("and as it was known: nothing on the day before the ruling, all of it on the day", async () => {
    const before = await policy(...reversal, "--known-on", "2020-02-26", "--json")
    assert.deepStrictEqual(JSON.parse(before.stdout).differences, [])
    const after = await policy(...reversal, "--known-on", "2020-02-27", "--json")
    const { differences, from, to } = JSON.parse(after.stdout)
    assert.deepStrictEqual(from, { appliesOn: "2020-03-31", knownOn: "2020-02-27" })
    assert.deepStrictEqual(to, { appliesOn: "2020-04-01", knownOn: "2020-02-27" })
    assert.deepStrictEqual(
      differences.map((_: { parameter: string; before: { value: unknown }; after: { value: unknown } }) => [
        _.parameter,
        _.before.value,
        _.after.value
      ]),
      [
        ["selfPayFirst", 160_000, 80_000],
        ["selfPaySecond", 110_000, 51_000],
        ["selfPayThird", [{ payer: "member", amount: 42_000 }], [{ payer: "member", amount: 25_500 }]]
      ]
    )
  })

  it("shows what one announcement changed about one day, in Indonesian", async () => {
    const known = ["--known-on-from", "2020-02-26", "--known-on-to", "2020-02-27"]
    const { stdout } = await policy("diff", "--from", "2020-05-10", "--to", "2020-05-10", ...known, "--language", "id")
    assert.include(stdout, "menurut yang diketahui 2020-02-26")
    assert.include(stdout, "sesudah  Rp80.000 sebulan  [sejak 2020-04-01; MA 7P/HUM/2020 (tinggi)]")
    assert.match(stdout, /\n3 perbedaan\n$/)
  })

  it("shows what ended without a known successor, and a source that changed alone", async () => {
    const removal = await policy("diff", "--from", "2026-01-21", "--to", "2026-01-22")
    assert.include(removal.stdout, "after   not known: Permensos 21/2019 was revoked;")
    assert.include(removal.stdout, "before  nothing known to be in force")
    const penalty = await policy("diff", "--from", "2020-05-04", "--to", "2020-05-05")
    assert.include(
      penalty.stdout,
      "penaltyRate  Service penalty for each month of arrears  (another source, the same value)"
    )
  })

  it("wants both days of knowledge, or one", async () => {
    for (const flags of [
      ["--known-on-from", "2020-02-26"],
      ["--known-on", "2020-02-26", "--known-on-to", "2020-02-27"]
    ]) {
      const { code, stderr, stdout } = await policy(...reversal, ...flags)
      assert.strictEqual(code, 2)
      assert.strictEqual(stdout, "")
      assert.strictEqual(stderr, "Give --known-on, or --known-on-from and --known-on-to together.\n")
    }
  })
})

describe("kis policy show", () => {
  it("says what is in force, what is not known, and what nobody looked at any more", async () => {
    const { stdout } = await policy("show", "--on", "2026-03-01", "--known-on", "2026-03-01")
    assert.include(stdout, `policy ${National.policy.version}, on 2026-03-01, as known on 2026-03-01`)
    assert.include(stdout, "PAY-1  dueDay  Day of the month on which contributions are due\n  10  [from 2018-09-18")
    assert.include(stdout, "(high); not verified after 2026-02-28]")
    assert.include(stdout, "not known: Permensos 21/2019 was revoked;")
    const earlier = await policy("show", "--on", "2026-02-28", "--rule", "PAY-1")
    assert.include(earlier.stdout, "(high); verified through 2026-02-28]")
    assert.notInclude(earlier.stdout, "PAY-2")
  })

  it("names the layer of a value, shipped or from a file", async () => {
    const file = join(folder(), "city.json")
    writeFileSync(file, JSON.stringify({ ...(PolicyJson.encodeLayer(KotaTangerang.layer) as object), name: "city" }))
    for (const [layer, name] of [
      ["kota-tangerang", "kota-tangerang"],
      [file, "city"]
    ] as const) {
      const { stdout } = await policy("show", "--layer", layer, "--rule", "PBPU-PD", "--on", "2026-02-10", "--json")
      const { parameters } = JSON.parse(stdout)
      assert.strictEqual(parameters[0].entry.layer, name)
      assert.deepStrictEqual(parameters[0].entry.value.regencies, ["3671"])
    }
  })

  it("answers a rule or a layer that there is not in one sentence", async () => {
    const rule = await policy("show", "--rule", "PAY-99")
    assert.deepStrictEqual([rule.code, rule.stderr], [2, "No parameter of the policy is of that rule.\n"])
    const layer = await policy("show", "--layer", "atlantis")
    assert.strictEqual(layer.code, 2)
    assert.include(layer.stderr, "kota-tangerang")
    const missing = await policy("show", "--layer", "atlantis.json")
    assert.deepStrictEqual(
      [missing.code, missing.stderr],
      [3, "atlantis.json: there is no such file; check the path.\n"]
    )
  })
})

describe("kis policy export and check", () => {
  it("writes what it reads back", async () => {
    const { stdout } = await policy("export", "--layer", "kota-tangerang")
    const file = join(folder(), "policy.json")
    writeFileSync(file, stdout)
    const checked = await policy("check", file)
    assert.deepStrictEqual(
      [checked.code, checked.stdout],
      [0, `policy.json: policy in order, as ${KotaTangerang.policy.version}\n`]
    )
    const first = await policy("export", "--policy-version", "national-2026.02")
    assert.deepStrictEqual(JSON.parse(first.stdout).parameters.dueDay.history, [])
  })

  it("names every fault of a layer, and no command uses it", async () => {
    const cwd = folder()
    const entry = {
      value: 5,
      appliesFrom: "2026-01-01",
      announcedAt: "2026-01-01",
      citation: { source: "Perda 1", confidence: "high", rule: "PERDA-1" }
    }
    const layer = { name: "city", version: "1", parameters: { dueDay: [entry, entry] } }
    writeFileSync(join(cwd, "layer.json"), JSON.stringify(layer))
    const checked = await kis(["policy", "check", "layer.json"], { cwd })
    assert.strictEqual(checked.code, 7)
    assert.deepStrictEqual(checked.stdout.trimEnd().split("\n"), [
      'layer.json: /parameters/dueDay/0: "dueDay", entry 1: its citation names no rule of the catalogue',
      'layer.json: /parameters/dueDay/1: "dueDay", entry 2: another entry of the same announcement speaks of the same days',
      'layer.json: /parameters/dueDay/1: "dueDay", entry 2: its citation names no rule of the catalogue',
      "layer.json: 3 faults"
    ])
    const json = await kis(["policy", "check", "layer.json", "--json"], { cwd })
    assert.strictEqual(JSON.parse(json.stdout).faults.length, 3)
    const used = await kis(["policy", "show", "--layer", "layer.json"], { cwd })
    assert.strictEqual(used.code, 3)
    assert.include(used.stderr, "run `kis policy check layer.json`")
  })

  it("says of what is no policy that it is none", async () => {
    const cwd = folder()
    writeFileSync(join(cwd, "a.json"), "{")
    const { code, stdout } = await kis(["policy", "check", "a.json"], { cwd })
    assert.deepStrictEqual([code, stdout], [7, "a.json: /: this is not JSON\na.json: 1 fault\n"])
    const both = await policy("export", "--layer", "kota-tangerang", "--policy-version", "national-2026.02")
    assert.deepStrictEqual([both.code, both.stderr], [2, "Give --layer or --policy-version, not both.\n"])
  })
})

describe("kis with a layer", () => {
  // In Kota Tangerang, without a wage: the city pays.
  const resident = {
    deceased: false,
    birthDate: "1970-01-01",
    citizenship: "WNI",
    hasNik: true,
    relation: "head",
    maritalStatus: "single",
    occupation: "own-account",
    headOccupation: "own-account",
    spouseOccupation: "none",
    pbiDecree: false,
    localScheme: false,
    residence: "3671"
  }
  const days = ["--applies-on", "2026-02-10", "--known-on", "2026-02-10"]

  it("decides by it, says so in the decision, and takes the decision again", async () => {
    const cwd = folder()
    writeFileSync(join(cwd, "facts.jsonl"), `${JSON.stringify({ id: "A1", facts: resident })}\n`)
    const layer = PolicyJson.encodeLayer(KotaTangerang.layer) as object
    writeFileSync(join(cwd, "own.json"), JSON.stringify({ ...layer, name: "own" }))
    const choose = async (...layer: ReadonlyArray<string>) => {
      const { stdout } = await kis(["eligibility", "evaluate", "facts.jsonl", ...days, ...layer], { cwd })
      writeFileSync(join(cwd, "decisions.jsonl"), stdout)
      const { decision } = JSON.parse(stdout)
      return { decision, notes: decision.notes.filter((_: { code: string }) => _.code === "FromLayer") }
    }
    const replayed = (...layer: ReadonlyArray<string>) => kis(["replay", "decisions.jsonl", ...layer], { cwd })

    const national = await choose()
    assert.deepStrictEqual([national.decision.choice.segment, national.notes], ["PBPU", []])

    const shipped = await choose("--layer", "kota-tangerang")
    assert.strictEqual(shipped.decision.choice.segment, "PBPU-PD")
    assert.strictEqual(shipped.decision.policyVersion, KotaTangerang.policy.version)
    assert.deepStrictEqual(shipped.notes, [{ code: "FromLayer", params: { layer: "kota-tangerang", rule: "PBPU-PD" } }])
    assert.strictEqual((await replayed()).stdout, "replayed 1: 1 the same, 0 not\n")

    const own = await choose("--layer", "own.json")
    assert.deepStrictEqual(own.notes, [{ code: "FromLayer", params: { layer: "own", rule: "PBPU-PD" } }])
    const without = await replayed()
    assert.strictEqual(without.code, 7)
    assert.include(without.stdout, "does not hold that policy")
    assert.strictEqual((await replayed("--layer", "own.json")).stdout, "replayed 1: 1 the same, 0 not\n")
  })
})
