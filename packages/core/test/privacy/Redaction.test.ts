import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as fc from "fast-check"
import * as Redaction from "../../src/privacy/Redaction.ts"

describe("Redaction", () => {
  it("mask keeps the ends of a long text only", () => {
    assert.strictEqual(Redaction.mask("9901012345670001", { start: 4, end: 2 }), "9901**********01")
    assert.strictEqual(Redaction.mask("Budi", { start: 4, end: 2 }), "****")
    assert.strictEqual(Redaction.mask("", { start: 1, end: 1 }), "****")
  })

  it("mask shows at most half of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(5), fc.nat(5), (text, start, end) => {
        const masked = Redaction.mask(text, { start, end })
        const shown = Array.from(masked).filter((_) => _ !== "*").length
        assert.isAtMost(shown * 2, Math.max(Array.from(text).length, 0))
      })
    )
  })

  it("maskName keeps initials", () => {
    assert.strictEqual(Redaction.maskName("  Siti  Aminah "), "S*** A***")
    assert.strictEqual(Redaction.maskName("Suharto"), "S***")
    assert.strictEqual(Redaction.maskName(""), "***")
  })

  it("maskNumbers finds numbers however they are written, and leaves ages and years", () => {
    for (const number of [
      "9901012345670001",
      "9901 0123 4567 0001",
      "+62 812-9900-0001",
      "(0812) 99000001",
      "٠٨١٢٣٤٥",
      "123456"
    ]) {
      const masked = Redaction.maskNumbers(`a ${number} b`)
      assert.notMatch(masked, /\p{Nd}/u, number)
      assert.isTrue(masked.startsWith("a ") && masked.endsWith(" b"))
    }
    assert.strictEqual(Redaction.maskNumbers("25 tahun sejak 2001"), "25 tahun sejak 2001")
  })

  it("personal values do not print", () => {
    const name = Redaction.personal("Siti Aminah", "name")
    assert.notInclude(`${name}${JSON.stringify({ name })}`, "Siti")
    assert.strictEqual(Redacted.value(name), "Siti Aminah")
  })
})
