import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as Dated from "../../src/policy/Dated.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as Policy from "../../src/policy/Policy.ts"
import * as PolicyText from "../../src/policy/PolicyText.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const today = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }

const said = (name: Policy.ParameterName, language: "id" | "en" = "en") => {
  const { history, unit }: Policy.Parameter<unknown> = KotaTangerang.policy.parameters[name]
  return Option.match(Dated.at(history, today), {
    onNone: () => "",
    onSome: (entry) => PolicyText.value(entry.value, unit, language)
  })
}

describe("PolicyText", () => {
  it("writes each kind of value as a reader reads it", () => {
    const expected: { readonly [K in Policy.ParameterName]?: readonly [en: string, id: string] } = {
      selfPayFirst: ["Rp150,000 a month", "Rp150.000 sebulan"],
      selfPayThird: [
        "member Rp35,000 a month, central government Rp4,200 a month, local government Rp2,800 a month",
        "peserta Rp35.000 sebulan, pemerintah pusat Rp4.200 sebulan, pemerintah daerah Rp2.800 sebulan"
      ],
      penaltyCap: ["Rp30,000,000", "Rp30.000.000"],
      veteranRate: ["rate 5 %, of the reference pay 45 %", "tarif 5 %, dari gaji acuan 45 %"],
      dueDay: ["10", "10"],
      suspensionMonths: ["1 month", "1 bulan"],
      coveredChildren: ["3 children", "3 anak"],
      firstPaymentDays: [
        "after at least 14 days, at the latest after 30 days",
        "paling cepat setelah 14 hari, paling lambat setelah 30 hari"
      ],
      autoDebitClasses: ["class 1, class 2", "kelas 1, kelas 2"],
      pbiDecile: ["decile 5", "desil 5"],
      facilityVisits: ["3 visits, within 1 month", "3 kunjungan, dalam 1 bulan"],
      rehabInstalments: [
        "at most 12 instalments, and at most the months owed divided by 2",
        "paling banyak 12 cicilan, dan paling banyak bulan tunggakan dibagi 2"
      ],
      rehabLastDay: ["the 28, in February the 27", "tanggal 28, pada Februari tanggal 27"],
      dismissalProofs: [
        "notice of dismissal + receipt of the labour office; joint agreement + receipt of the labour office; court ruling",
        "surat pemberitahuan PHK + tanda lapor dinas ketenagakerjaan; perjanjian bersama + tanda lapor dinas ketenagakerjaan; putusan pengadilan"
      ],
      civilGrade: ["class II: I, II, class I: III, IV", "kelas II: I, II, kelas I: III, IV"],
      writeOff: ["no", "tidak"],
      penaltyDayCount: ["the first day counts", "hari pertama dihitung"],
      socialRegister: ["DTSEN", "DTSEN"],
      localAdmission: [
        "residents, of 3671, wage earners: no, ward class 3, children of its members: yes",
        "penduduk, kabupaten/kota 3671, penerima upah: tidak, kelas rawat 3, anak pesertanya: ya"
      ]
    }
    for (const [name, [en, id]] of Object.entries(expected)) {
      assert.strictEqual(said(name as Policy.ParameterName, "en"), en)
      assert.strictEqual(said(name as Policy.ParameterName, "id"), id)
    }
    assert.strictEqual(PolicyText.value({ mode: "list" }, "rule", "en"), "those on its list")
    assert.strictEqual(PolicyText.value(250, "basis points", "id"), "2,5 %")
  })

  it("has words for every name inside the shipped values, but for names that are the same in both languages", () => {
    const proper = new Set(["I", "II", "III", "IV", "UMK", "DTKS", "DTSEN", "Perpres 82/2018", "3671"])
    // Not written out: the value shows what is under them.
    const structure = new Set(["payer", "amount", "mode"])
    const namesIn = (value: unknown): ReadonlyArray<string> => {
      if (typeof value === "string") return [value]
      if (Array.isArray(value)) return value.flatMap(namesIn)
      if (typeof value !== "object" || value === null) return []
      return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
    }
    for (const name of Policy.names(KotaTangerang.policy)) {
      const { history }: Policy.Parameter<unknown> = KotaTangerang.policy.parameters[name]
      for (const entry of history) {
        if (!Dated.isKnown(entry)) continue
        for (const inside of namesIn(entry.value)) {
          if (proper.has(inside) || structure.has(inside)) continue
          // These two are said by their unit.
          if ((name === "facilityVisits" && inside === "visits") || inside === "months") continue
          assert.isTrue(PolicyText.hasWords(inside), `${name}: ${inside}`)
        }
      }
    }
    assert.isFalse(PolicyText.hasWords("brandNew"))
  })

  it("has a name for every unit and confidence in each language", () => {
    assert.strictEqual(PolicyText.unit("basis points", "id"), "persen")
    assert.strictEqual(PolicyText.confidence("unverified", "id"), "belum diperiksa")
  })
})
