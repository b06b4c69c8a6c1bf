import { assert, describe, it } from "@effect/vitest"
import * as National from "../../src/policy/National.ts"
import * as Policy from "../../src/policy/Policy.ts"
import * as Reason from "../../src/policy/Reason.ts"
import * as Rule from "../../src/policy/Rule.ts"

// What this project says of itself, or of other sections than those of the scheme's rules.
const others = new Set(["GAP", "STALE", "CONFIDENCE", "LAYER", "DATA", "CHANNEL"])

describe("Rule", () => {
  it("has each id once, in one group, in both languages, with a source", () => {
    assert.strictEqual(new Set(Rule.all.map((rule) => rule.id)).size, Rule.all.length)
    for (const rule of Rule.all) {
      assert.isTrue(Rule.groups.some((group) => group.id === rule.group && group.rules.includes(rule)))
      assert.notStrictEqual(rule.title.id, rule.title.en)
      assert.isNotEmpty(rule.citation.source)
      assert.strictEqual(rule.citation.rule, rule.id)
      assert.match(rule.where, /^[0-6](\.\d)?$/)
    }
  })

  it("has every id of the tables, none left out in a row", () => {
    const counts = { NIK: 8, JKN: 4, PH: 2, FAM: 5, NB: 5, DTH: 2, PPU: 6, PAY: 9, PEN: 3, REH: 2, BP: 2, DUP: 8 }
    for (const [prefix, count] of Object.entries(counts)) {
      for (let i = 1; i <= count; i++) assert.isDefined(Rule.find(`${prefix}-${i}`), `${prefix}-${i}`)
      assert.isUndefined(Rule.find(`${prefix}-${count + 1}`))
    }
    for (let i = 10; i <= 17; i++) assert.isDefined(Rule.find(`PBI-${i}`), `PBI-${i}`)
  })

  it("knows every rule that a parameter, an entry or a reason names", () => {
    const named = [
      ...Policy.names(National.policy).flatMap((name) => {
        const { history, rule } = National.policy.parameters[name]
        return [rule, ...history.map((entry) => entry.citation.rule)]
      }),
      ...Reason.codes.map((code) => Reason.entry(code).citation.rule)
    ]
    for (const rule of named) {
      assert.isDefined(rule)
      if (!others.has(rule!)) assert.isDefined(Rule.find(rule!), rule)
    }
  })
})
