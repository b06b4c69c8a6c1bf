import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { readFileSync } from "node:fs"
import { files } from "../../scripts/policy-schema.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as National from "../../src/policy/National.ts"
import * as Policy from "../../src/policy/Policy.ts"
import * as PolicyJson from "../../src/policy/PolicyJson.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"

/** What a file holds: the text, read again. */
const written = (policy: Policy.Policy): unknown => JSON.parse(JSON.stringify(PolicyJson.encode(policy)))

const faults = (result: Result.Result<unknown, PolicyJson.PolicyUnreadable>) =>
  Result.match(result, {
    onFailure: (error) => error.faults.map(({ path, text }) => `${path}: ${text}`),
    onSuccess: () => []
  })

type Draft = { version: unknown; parameters: { [name: string]: { [key: string]: unknown; history: Array<Draft2> } } }
type Draft2 = { [key: string]: unknown }

const draft = (change: (json: Draft) => void): unknown => {
  const json = written(National.policy) as Draft
  change(json)
  return json
}

describe("PolicyJson", () => {
  it("reads the shipped policies back the same, with the layer of each entry", () => {
    for (const policy of [National.policy, KotaTangerang.policy]) {
      assert.deepStrictEqual(PolicyJson.decode(written(policy)), Result.succeed(policy))
    }
    const json: unknown = JSON.parse(JSON.stringify(PolicyJson.encodeLayer(KotaTangerang.layer)))
    assert.deepStrictEqual(PolicyJson.decodeLayer(json), Result.succeed(KotaTangerang.layer))
  })

  it("writes the first released version, and says why it would not be taken today", () => {
    const first = National.versions[0]!
    assert.deepStrictEqual(written(first), JSON.parse(JSON.stringify(first)))
    assert.deepStrictEqual(faults(PolicyJson.decode(written(first))), [
      '/parameters/selfPayThird/history/5: "selfPayThird", entry 6: another entry of the same announcement speaks of the same days'
    ])
  })

  it("reads any layered policy back the same", () => {
    const days = fc.integer({ min: 0, max: 4000 }).map((offset) => addDays(day("2016-01-01"), offset))
    const names = fc.uniqueArray(fc.constantFrom(...Policy.names(National.policy)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(names, days, fc.string({ minLength: 1 }), (chosen, from, note) => {
        const parameters = Object.fromEntries(
          chosen.map((name) => {
            const history: Policy.Parameter<unknown>["history"] = National.policy.parameters[name].history
            return [
              name,
              [
                {
                  ...history.find(({ appliesTo }) => appliesTo === undefined)!,
                  appliesFrom: from,
                  announcedAt: from,
                  note
                }
              ]
            ]
          })
        ) as Policy.Layer["parameters"]
        const policy = Result.getOrThrow(Policy.layer(National.policy, { name: "any", version: "1", parameters }))
        assert.deepStrictEqual(PolicyJson.decode(written(policy)), Result.succeed(policy))
      })
    )
  })

  it("publishes the schemas that the script writes: run `pnpm exec node scripts/policy-schema.ts` in packages/core", () => {
    for (const { text, url } of files()) {
      assert.deepStrictEqual(JSON.parse(readFileSync(url, "utf8")), JSON.parse(text), "the schema differs")
    }
  })

  it("publishes schemas that say what a value may be, and allow nothing else", () => {
    const schema = JSON.stringify(PolicyJson.policySchema())
    for (const said of ["^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "labour-office-report", '"additionalProperties":false']) {
      assert.include(schema, said)
    }
    for (const name of Policy.names(National.policy)) assert.include(schema, `"${name}"`)
  })

  it("names every fault of the form by its place, and none twice", () => {
    const json = draft(({ parameters }) => {
      parameters.dueDay!.history[0]!.value = 32
      parameters.lateFee!.history[0]!.appliesFrom = "2016-02-30"
      parameters.pbiServiceMonths!.history[1]!.unknown = { id: "Tidak diketahui." }
      parameters.wageCap!.history[0]!.verifiedTrough = "2026-02-28"
      parameters.writeOff!.history[0]!.citation = { source: "x", confidence: "sure" }
      delete parameters.penaltyCap
    })
    assert.deepStrictEqual(faults(PolicyJson.decode(json)).toSorted(), [
      "/parameters/dueDay/history/0/value: Expected a value less than or equal to 31",
      "/parameters/lateFee/history/0/appliesFrom: no such day in the calendar",
      "/parameters/pbiServiceMonths/history/1/unknown/en: Missing key",
      "/parameters/penaltyCap: Missing key",
      "/parameters/wageCap/history/0/verifiedTrough: Expected no excess property",
      '/parameters/writeOff/history/0/citation/confidence: Expected "high" | "medium" | "low" | "unverified"'
    ])
  })

  it("takes an entry with a value or a why, not with both or neither", () => {
    const both = draft(({ parameters }) => {
      parameters.dueDay!.history[0]!.unknown = { id: "a", en: "b" }
    })
    assert.isNotEmpty(faults(PolicyJson.decode(both)))
    const neither = draft(({ parameters }) => void delete parameters.dueDay!.history[0]!.value)
    assert.include(faults(PolicyJson.decode(neither)), "/parameters/dueDay/history/0/value: Missing key")
  })

  it("refuses a well-formed policy that must not decide", () => {
    const json = draft(({ parameters }) => {
      parameters.dueDay!.history[0]!.appliesTo = "2025-12-31"
    })
    assert.deepStrictEqual(faults(PolicyJson.decode(json)), [
      '/parameters/dueDay: "dueDay": it has neither a value nor a stated gap from 2026-01-01 on, as known on 2018-09-18'
    ])
  })

  it("refuses what is no policy, in a sentence that does not repeat it", () => {
    for (const json of [null, "9901010101900001", [], { version: 1 }]) {
      const result = PolicyJson.decode(json)
      assert.isTrue(Result.isFailure(result))
      if (Result.isFailure(result)) {
        assert.match(
          result.failure.message,
          /^The policy can't be used: at "\/.*Correct the file by its JSON Schema\.$/
        )
        assert.notInclude(result.failure.message, "9901")
      }
    }
  })

  it("reads a layer, and refuses a parameter that no policy has", () => {
    const json = {
      name: "kabupaten-x",
      version: "1",
      parameters: { dueDays: [], classMonths: [{ value: 6 }] }
    }
    assert.deepStrictEqual(faults(PolicyJson.decodeLayer(json)).toSorted(), [
      "/parameters/classMonths/0/announcedAt: Missing key",
      "/parameters/classMonths/0/appliesFrom: Missing key",
      "/parameters/classMonths/0/citation: Missing key",
      "/parameters/dueDays: Expected no excess property"
    ])
  })

  it("puts a layer on a policy, and names its faults by their place in the layer", () => {
    const json = PolicyJson.encodeLayer(KotaTangerang.layer) as unknown as {
      parameters: { localAdmission: [{ citation: { rule: string } }] }
    }
    assert.deepStrictEqual(PolicyJson.decodeOnto(National.policy, json), Result.succeed(KotaTangerang.policy))
    json.parameters.localAdmission[0].citation.rule = "PERDA-1"
    assert.deepStrictEqual(faults(PolicyJson.decodeOnto(National.policy, json)), [
      '/parameters/localAdmission/0: "localAdmission", entry 1: its citation names no rule of the catalogue'
    ])
  })

  it("reads the layer that the documentation shows", () => {
    const page = readFileSync(new URL("../../../../docs/write-a-layer.md", import.meta.url), "utf8")
    const [, block] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    const policy = PolicyJson.decodeOnto(National.policy, JSON.parse(block ?? "null"))
    assert.deepStrictEqual(
      Result.map(policy, ({ version }) => version),
      Result.succeed(`${National.policy.version}+kota-contoh.2026.1`)
    )
  })
})
