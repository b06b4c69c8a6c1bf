import { assert, describe, it } from "@effect/vitest"
import * as Day from "../../src/eligibility/Day.ts"
import * as National from "../../src/policy/National.ts"
import { addDays, addMonths, ageOn, make as day } from "../../src/time/PlainDate.ts"

const on = (text: string, knownOn = text) => Day.make(National.policy, { appliesOn: day(text), knownOn: day(knownOn) })

describe("Day", () => {
  it("knows, for every day of four years, the first birth date that is within three months", () => {
    for (let offset = 0; offset < 1461; offset++) {
      const today = addDays(day("2022-01-01"), offset)
      const first = on(today).newbornFrom!
      assert.isTrue(addMonths(first, 3) >= today, `${first} is within three months of ${today}`)
      assert.isTrue(addMonths(addDays(first, -1), 3) < today, `the day before ${first} is not within them on ${today}`)
    }
  })

  it("knows, for every day of four years, from which birth date somebody is 21", () => {
    for (let offset = 0; offset < 1461; offset++) {
      const today = addDays(day("2022-01-01"), offset)
      const last = on(today).childUntil!
      assert.isAtLeast(ageOn(last, today), 21)
      assert.isBelow(ageOn(addDays(last, 1), today), 21)
    }
  })

  it("is of one regime with the days on which the policy says the same", () => {
    assert.strictEqual(on("2022-01-01").regime, on("2024-05-07").regime)
    assert.notStrictEqual(on("2026-02-28").regime, on("2026-03-01").regime)
    assert.notStrictEqual(on("2020-05-10", "2020-02-26").regime, on("2020-05-10", "2020-02-27").regime)
  })

  it("has nothing where the policy has nothing", () => {
    assert.isUndefined(on("2018-09-17").newbornFrom)
    assert.isUndefined(on("2018-09-17").coveredChildren)
  })
})
