import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { ActionId } from "../../src/policy/ActionId.ts"
import { Citation } from "../../src/policy/Citation.ts"
import { catalogue } from "../../src/policy/internal/catalogue.ts"
import * as Reason from "../../src/policy/Reason.ts"

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()

describe("Reason", () => {
  it("has a text for every code and a code for every text, in one order", () => {
    assert.deepStrictEqual(Object.keys(catalogue), [...Reason.codes])
  })

  it("says the same in both languages, with the same parameters, under a law, with a next step", () => {
    for (const code of Reason.codes) {
      const entry = Reason.entry(code)
      assert.isAbove(entry.id.length, 10, code)
      assert.isAbove(entry.en.length, 10, code)
      assert.notStrictEqual(entry.id, entry.en, code)
      assert.deepStrictEqual(holes(entry.id), holes(entry.en), code)
      assert.isTrue(Schema.is(Citation)(entry.citation), code)
      assert.isTrue(Schema.is(ActionId)(entry.action), code)
    }
  })

  it("puts parameters into the sentence, and leaves a hole visible", () => {
    assert.include(
      Reason.render({ code: "ChildTooOld", params: { age: 21, studentAge: 25 } }, "en"),
      "the age of 21, or 25"
    )
    assert.include(Reason.render({ code: "NikNeeded", params: { months: 3 } }, "id"), "usia 3 bulan")
    assert.include(Reason.render({ code: "NikNeeded" }, "id"), "{months}")
  })

  it("never takes a parameter for the name of something that objects inherit", () => {
    assert.strictEqual(Reason.renderText("{constructor}", {}), "{constructor}")
  })

  it("is refused when the code is not in the catalogue", () => {
    assert.isTrue(Schema.is(Reason.Reason)({ code: "NotSure", params: { rule: "NB-3" } }))
    assert.isFalse(Schema.is(Reason.Reason)({ code: "BecauseISaySo" }))
  })
})
