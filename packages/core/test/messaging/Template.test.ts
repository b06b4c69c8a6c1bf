import { assert, describe, it } from "@effect/vitest"
import * as Template from "../../src/messaging/Template.ts"

const ids = Object.keys(Template.catalogue) as ReadonlyArray<Template.TemplateId>

const sample: Template.Arguments = {
  people: 12,
  day: "30 September 2026",
  amount: "12.345.678",
  reference: "REG-0199C5A2",
  code: "012345",
  minutes: 10,
  last: "24 Desember 2026"
}

// GSM 03.38 without what it writes in two units
const gsm7 = /^[A-Za-z0-9 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n]*$/

describe("Template", () => {
  it("renders every template in both languages, with nothing left open", () => {
    for (const id of ids) {
      for (const language of ["id", "en"] as const) {
        const text = Template.render(id, language, sample)
        assert.isDefined(text)
        assert.notMatch(text!, /[{}]/, id)
        for (const name of Template.catalogue[id].arguments) assert.include(text, String(sample[name]), `${id} ${name}`)
      }
      assert.notStrictEqual(Template.render(id, "id", sample), Template.render(id, "en", sample))
    }
  })

  it("writes money in groups of three", () => {
    const given = { people: 1, day: "2026-11-24", amount: 1_035_000, reference: "0199C5A2" }
    assert.include(Template.render("registered-unpaid", "id", given), "Rp1.035.000 ")
    assert.include(Template.render("registered-unpaid", "en", given), "Rp1,035,000 ")
  })

  it("sends no half sentence", () => {
    for (const id of ids) {
      for (const name of Template.catalogue[id].arguments) {
        const { [name]: _, ...rest } = sample
        assert.isUndefined(Template.render(id, "id", rest), `${id} without ${name}`)
      }
    }
  })

  it("fits plain text messages: a code in one, a notice in two", () => {
    for (const id of ids) {
      for (const language of ["id", "en"] as const) {
        const text = Template.render(id, language, sample)!
        assert.match(text, gsm7, id)
        assert.isAtMost(text.length, Template.isSecret(id) ? 160 : 2 * 153, `${id} ${language}`)
      }
    }
  })

  it("every notice names a way without a smartphone", () => {
    for (const id of ids.filter((_) => !Template.isSecret(_))) {
      for (const language of ["id", "en"] as const) assert.match(Template.render(id, language, sample)!, /165/)
    }
  })
})
