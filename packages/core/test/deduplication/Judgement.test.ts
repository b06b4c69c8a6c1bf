import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Comparison from "../../src/deduplication/Comparison.ts"
import * as Judgement from "../../src/deduplication/Judgement.ts"
import * as PersonName from "../../src/identity/PersonName.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

interface Record {
  readonly name: string
  readonly mother?: string
  readonly birth: string
  readonly sex?: "male" | "female"
  readonly nik?: string
  readonly card?: string
}

const features = (record: Record): Comparison.Features => ({
  name: PersonName.parse(record.name),
  mother: record.mother === undefined ? undefined : PersonName.parse(record.mother),
  birthDate: PlainDate.make(record.birth),
  sex: record.sex ?? "male",
  nik: record.nik,
  familyCard: record.card
})

const judge = (one: Record, other: Record, together = false) =>
  Judgement.judge(Comparison.compare(features(one), features(other)), together)

const budi: Record = {
  name: "Budi Santoso",
  mother: "Sri Wahyuni",
  birth: "1985-04-03",
  nik: "9971010304850001",
  card: "9971010101200001"
}

describe("Judgement", () => {
  it("knows the same person again", () => {
    assert.strictEqual(judge(budi, { ...budi }), "same")
    assert.strictEqual(judge(budi, { ...budi, name: "B. Santoso" }), "same")
    const { nik: _, ...newborn } = budi
    assert.strictEqual(judge(newborn, { ...newborn }), "same")
  })

  it("asks about one person under other writing", () => {
    const { mother: _, nik: _nik, ...without } = budi
    for (const again of [
      without,
      { ...without, mother: "Sri Wahyuni", birth: "1985-03-04" },
      { ...budi, nik: "9971010304850201", name: "Boedi Santosa" },
      { ...budi, nik: "9971020304850001" },
      { ...budi, nik: "9971010304850007", card: "9971010101240009" },
      { ...budi, birth: "1986-04-03" },
      { ...without, mother: "S. Wahyuni", card: "9971010101240009" }
    ]) {
      assert.strictEqual(judge(budi, again), "one-person", JSON.stringify(again))
    }
  })

  it("never takes two persons on one NIK for one", () => {
    assert.strictEqual(
      judge(budi, { ...budi, name: "Rina Wulandari", birth: "1988-11-09", sex: "female" }),
      "two-persons"
    )
    assert.strictEqual(judge(budi, { ...budi, name: "Agus Salim" }), "two-persons")
  })

  it("lets namesakes, twins, brothers and sisters pass", () => {
    const { nik: _, ...noNik } = budi
    const namesake: Record = {
      name: "Budi Santoso",
      mother: "Dewi Lestari",
      birth: "1990-01-20",
      nik: "9901012001900003"
    }
    const twin: Record = { ...budi, name: "Bayu Santoso", nik: "9971010304850002" }
    const twinWithoutNik: Record = { ...noNik, name: "Bayu Pratama" }
    const brother: Record = { ...budi, name: "Agus Santoso", birth: "1988-07-12", nik: "9971011207880001" }
    for (const other of [namesake, twin, twinWithoutNik, brother]) {
      assert.strictEqual(judge(budi, other), "clear", JSON.stringify(other))
    }
  })

  it("does not hold brothers of like names who apply together", () => {
    const one: Record = { name: "Hasan Basri", mother: "Siti Aminah", birth: "2026-10-01", card: "9971010101200001" }
    assert.strictEqual(judge(one, { ...one, name: "Hasen Basri" }, true), "clear")
  })

  it("does not depend on the order", () => {
    const name = fc.constantFrom("Budi Santoso", "B. Santoso", "Rina", "Boedi", "Bayi Ny. Siti", "Hasan Basri")
    const record = fc.record(
      {
        name,
        mother: name,
        birth: fc.constantFrom("1985-04-03", "1985-03-04", "1986-04-03", "1985-04-13", "2001-07-01"),
        sex: fc.constantFrom("male" as const, "female" as const),
        nik: fc.constantFrom("9971010304850001", "9971010304850002", "9971010304850010", "9971020304850001"),
        card: fc.constantFrom("9971010101200001", "9971010101240009")
      },
      { requiredKeys: ["name", "birth"] }
    )
    fc.assert(
      fc.property(record, record, (one, other) => {
        const [there, back] = [features(one as Record), features(other as Record)]
        assert.deepStrictEqual(Comparison.compare(there, back), Comparison.compare(back, there))
      })
    )
  })
})
