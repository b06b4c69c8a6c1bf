import { assert, describe, it } from "@effect/vitest"
import { Eligibility } from "@kis/core/eligibility"
import { CanonicalJson, type Decision, Recording } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { createHash } from "node:crypto"
import { Facts } from "../src/index.ts"

const hash = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()

const on = PlainDate.make("2026-02-10")
const today = { appliesOn: on, knownOn: on }

const slow = (decision: Decision.Decision<unknown>) =>
  Result.getOrThrow(
    CanonicalJson.encode({ ...decision, hash: Result.getOrThrow(CanonicalJson.digest(decision, hash)) })
  )

const space = new Uint8Array(64 * 1024)

const sameText = (decision: Decision.Decision<unknown>) => {
  const text = slow(decision)
  assert.strictEqual(Recording.text(decision, hash), text)
  const end = Recording.write(decision, hash, space, 7)
  assert.strictEqual(new TextDecoder().decode(space.subarray(7, end)), text)
}

describe("Recording.text", () => {
  it("is the canonical text of the recorded decision, for anybody on any days", () => {
    fc.assert(
      fc.property(fc.array(Facts.scenario, { minLength: 1, maxLength: 8 }), (scenarios) => {
        // Twice: the second time from what was kept; all people on all days, so that they share it.
        for (const { asOf } of [...scenarios, ...scenarios]) {
          for (const { facts } of scenarios) sameText(Eligibility.evaluate(facts, asOf))
        }
      }),
      { numRuns: 200 }
    )
  })

  it("does not take a changed decision for the one whose verdicts it shares", () => {
    fc.assert(
      fc.property(Facts.scenario, Facts.scenario, (one, other) => {
        const [a, b] = [one, other].map((_) => Eligibility.evaluate(_.facts, _.asOf)) as [
          Eligibility.Decision,
          Eligibility.Decision
        ]
        sameText(a)
        sameText({ ...a, choice: b.choice, reasons: b.reasons })
        sameText({ ...a, notes: [...a.notes] })
        sameText({ ...a, policyVersion: "other", zone: "WIB", answer: { of: ["a", null] } } as typeof a)
        sameText({ ...a, hash: "0".repeat(64) } as typeof a)
        const { missing: _, ...less } = a
        sameText(less as typeof a)
        sameText(a)
      }),
      { numRuns: 100 }
    )
  })

  it("sees a change of what it could not keep", () => {
    const verdicts = structuredClone(Eligibility.evaluate({}, today).verdicts) as Eligibility.Decision["verdicts"]
    const decision = { ...Eligibility.evaluate({}, today), verdicts }
    sameText(decision)
    Object.assign(verdicts, { BP: { _tag: "Yes", reasons: [{ code: "Veteran" }] } })
    sameText(decision)
    assert.include(Recording.text(decision, hash), "Veteran")
  })

  it("says when there is not room enough", () => {
    fc.assert(
      fc.property(Facts.scenario, fc.nat(6000), fc.boolean(), ({ asOf, facts }, length, isKept) => {
        const decision = Eligibility.evaluate(facts, asOf)
        const given = isKept ? decision : { ...decision, notes: [...decision.notes] }
        const text = new TextEncoder().encode(slow(given))
        const end = Recording.write(given, hash, new Uint8Array(length), 0)
        if (end === undefined) assert.isBelow(length, text.length * 3)
        else assert.strictEqual(end, text.length)
      }),
      { numRuns: 300 }
    )
  })

  it("writes names and signs of every script as JSON does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (note) => {
        const decision = { ...Eligibility.evaluate({}, today), facts: { note, é: '"\\' } }
        sameText(decision)
      })
    )
  })
})
