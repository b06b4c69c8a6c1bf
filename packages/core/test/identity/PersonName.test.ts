import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as PersonName from "../../src/identity/PersonName.ts"

const compare = (one: string, other: string) => PersonName.compare(PersonName.parse(one), PersonName.parse(other))

/** The left column of the dedup anchors (4b): one person, written differently. */
const variants = [
  ["muhammad rizki", "m. rizki"],
  ["muhammad rizki", "moh. rizki"],
  ["joko sucipto", "djoko soetjipto"],
  ["cahyono", "tjahjono"],
  ["suharto", "soeharto"],
  ["yusuf", "jusuf"],
  ["h. ahmad fauzi, s.pd", "achmad fauzi"],
  ["rudi hartono", "hartono rudi"],
  ["sutrisno", "trisno"],
  ["i made wirawan", "i md wirawan"],
  ["abdurrahman", "abdul rahman"],
  ["nuraini", "nur aini"],
  ["St. Aminah", "Siti Aminah"],
  ["Budi Santoso S.T.", "BUDI SANTOSO"],
  ["A. Fauzi", "Ahmad Fauzi"],
  ["Ali bin Hasan", "Ali"],
  ["Khairul Anwar", "Chairul Anwar"],
  ["Ma'ruf Amin", "Maruf Amin"]
] as const

/** The right column: two people, whose spellings are nearer than any of the above. */
const neighbours = [
  ["sri wahyuni", "sri wahyudi"],
  ["dewi lestari", "dedi lestari"],
  ["siti aminah", "siti maimunah"],
  ["suparman", "suparmin"],
  ["sutrisno", "sutrisna"],
  ["abdul rahman", "abdul rahim"],
  ["slamet riyadi", "slamet riyanto"],
  ["muhammad rizki", "muhammad rafki"],
  ["nurhayati", "nurhidayati"],
  ["sumiati", "suminah"],
  ["ahmad fauzi", "muhammad fauzi"],
  ["I Wayan Arta", "I Made Arta"],
  ["H", "Haaa"]
] as const

const word = fc.constantFrom(
  "muhammad",
  "moh.",
  "siti",
  "nur",
  "rizki",
  "ahmad",
  "hidayat",
  "wulandari",
  "soetrisno",
  "h.",
  "s.pd",
  "a",
  "made",
  "bin",
  "abdurrahman",
  "H",
  "haaa",
  "trisno",
  "wulandani",
  "putu",
  "m",
  ","
)
const written = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(" "))

describe("PersonName", () => {
  for (const [one, other] of variants) {
    it(`takes ${one} and ${other} for one person's name`, () => {
      assert.include(["same", "variant"], compare(one, other))
    })
  }

  for (const [one, other] of neighbours) {
    it(`keeps ${one} and ${other} apart`, () => {
      assert.notInclude(["same", "variant"], compare(one, other))
    })
  }

  it("takes a stand-in for no name", () => {
    for (const stand of ["Bayi Ny. Siti", "By Ny Aminah", "anak ke 2", "", "123"]) {
      assert.isTrue(PersonName.parse(stand).placeholder)
      assert.strictEqual(compare(stand, "Siti"), "unknown")
    }
  })

  it("keeps the father's name apart", () => {
    const name = PersonName.parse("Fatimah binti Abdul Malik")
    assert.deepStrictEqual(name.tokens, ["fatimah"])
    assert.deepStrictEqual(name.father, ["abdul", "malik"])
  })

  it("does not turn H. into an initial nor St. into a degree", () => {
    assert.deepStrictEqual(PersonName.parse("H. Mulyadi").tokens, ["mulyadi"])
    assert.deepStrictEqual(PersonName.parse("St. Mulyani").tokens, ["siti", "mulyani"])
    assert.deepStrictEqual(PersonName.parse("Mulyadi, S.T.").tokens, ["mulyadi"])
  })

  it("is symmetric, and same with itself", () => {
    fc.assert(
      fc.property(written, written, (one, other) => {
        assert.strictEqual(compare(one, other), compare(other, one))
        assert.include(["same", "unknown"], compare(one, one))
      })
    )
  })

  it("does not care for case, spacing or accents", () => {
    fc.assert(
      fc.property(written, (text) => {
        const loud = text.toUpperCase().replaceAll(" ", "   ").replaceAll("A", "Á")
        assert.deepStrictEqual(PersonName.parse(loud), PersonName.parse(text))
      })
    )
  })

  it("reads any text without failing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const name = PersonName.parse(text)
        assert.strictEqual(name.placeholder, name.tokens.length === 0)
      })
    )
  })
})
