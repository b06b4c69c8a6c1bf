import { assert, describe, it } from "@effect/vitest"
import * as Cost from "../../src/eligibility/Cost.ts"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import type { Facts } from "../../src/eligibility/Facts.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
const adult: Facts = {
  deceased: false,
  birthDate: day("1985-06-15"),
  citizenship: "WNI",
  hasNik: true,
  relation: "head",
  maritalStatus: "married",
  occupation: "none",
  headOccupation: "none",
  spouseOccupation: "none",
  pbiDecree: false,
  localScheme: false
}

const cost = (facts: Facts, details: Cost.Details = {}) => {
  const amount = Cost.monthly(Eligibility.evaluate({ ...adult, ...facts }, asOf), details)
  return amount?._tag === "Due" ? amount.total : amount?.missing
}

describe("Cost", () => {
  it("follows the ground on which the segment was chosen", () => {
    assert.strictEqual(cost({ occupation: "private", wage: 5_000_000 }), 250_000)
    assert.strictEqual(cost({ occupation: "state", wage: 5_000_000 }), 250_000)
    assert.strictEqual(cost({ spouseOccupation: "private" }), 0)
    assert.strictEqual(cost({ relation: "parent", headOccupation: "private" }, { workerWage: 5_000_000 }), 50_000)
    assert.strictEqual(cost({ pbiDecree: true }), 42_000)
    assert.strictEqual(cost({ localScheme: true }), 42_000)
    assert.strictEqual(cost({ occupation: "own-account", wardClass: 1 }), 150_000)
    assert.strictEqual(cost({ wardClass: 3 }, { active: true }), 42_000)
    assert.strictEqual(cost({ occupation: "veteran" }, { referencePay: 3_000_000 }), 67_500)
    assert.strictEqual(cost({ occupation: "pensioner" }, { pension: 2_000_000 }), 100_000)
  })

  it("says who pays: the state or an employer, for veterans their survivors too, the government of either level", () => {
    const before = { appliesOn: day("2019-01-10"), knownOn: day("2019-01-10") }
    const shares = (facts: Facts, on = asOf, details: Cost.Details = {}) => {
      const amount = Cost.monthly(Eligibility.evaluate({ ...adult, ...facts }, on), details)
      return amount?._tag === "Due"
        ? amount.lines.flatMap(({ share }) => (share === undefined ? [] : `${share.payer} ${share.amount}`))
        : amount?.missing
    }
    assert.deepStrictEqual(shares({ occupation: "state", wage: 5_000_000 }, before), [
      "employer 150000",
      "worker 100000"
    ])
    assert.deepStrictEqual(shares({ occupation: "private", wage: 5_000_000 }, before), [
      "employer 200000",
      "worker 50000"
    ])
    const pay: Cost.Details = { referencePay: 3_000_000, pension: 1_000_000 }
    assert.deepStrictEqual(
      shares({ occupation: "veteran-survivor" }, asOf, pay),
      shares({ occupation: "veteran" }, asOf, pay)
    )
    assert.deepStrictEqual(shares({ pbiDecree: true }), ["central-government 42000"])
    assert.deepStrictEqual(shares({ localScheme: true }), ["local-government 42000"])
  })

  it("asks for what it needs, and has no answer where nothing was chosen", () => {
    assert.deepStrictEqual(cost({ occupation: "private" }), ["wage"])
    assert.deepStrictEqual(cost({}), ["wardClass"])
    assert.isUndefined(cost({ deceased: true }))
  })
})
