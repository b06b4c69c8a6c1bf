import { make as day } from "../../../time/PlainDate.ts"
import { background, cite } from "../../Citation.ts"
import type { Parameters } from "../../Policy.ts"
import { perpres75, perpres82, verifiedThrough } from "./instruments.ts"

const background2017 = {
  appliesFrom: day("2017-01-01"),
  announcedAt: day("2017-01-01"),
  note: "The source says 2016 without a day; it is taken from the first whole year."
}
const ofPerpres82 = cite("Perpres 82/2018", "high", { rule: "TARIFF", seen: "tribunnews 2020/05/14" })
const beforePerpres82 = cite("Tariff of 2016", "unverified", { rule: "TARIFF", seen: background })
const ofPerpres75 = cite("Perpres 75/2019 art. 34", "high", { rule: "TARIFF", seen: "tribunnews 2020/05/14" })
const ofTheCourt = cite("MA 7P/HUM/2020", "high", { rule: "TARIFF", seen: "kabariku 2020/04; detik d-4959869" })
const ofPerpres64 = cite("Perpres 64/2020 art. 34", "high", {
  rule: "TARIFF",
  seen: "tribunnews 2020/05/14; bacakoran 28266"
})
const court = {
  appliesFrom: day("2020-04-01"),
  announcedAt: day("2020-02-27"),
  note: "The Court struck the tariff out on 27 February 2020; applied from 1 April. January to March was not refunded."
}
const perpres64 = { appliesFrom: day("2020-07-01"), announcedAt: day("2020-05-05") }

/** What is owed for a month, and by whom. */
export const contributions = {
  selfPayFirst: {
    rule: "TARIFF",
    title: { id: "Iuran mandiri kelas I", en: "Self-paid contribution, class I" },
    unit: "rupiah a month",
    history: [
      { ...background2017, value: 80_000, citation: beforePerpres82 },
      { ...perpres82, value: 80_000, citation: ofPerpres82 },
      { ...perpres75, value: 160_000, citation: ofPerpres75 },
      { ...court, value: 80_000, citation: ofTheCourt },
      { ...perpres64, verifiedThrough, value: 150_000, citation: ofPerpres64 }
    ]
  },
  selfPaySecond: {
    rule: "TARIFF",
    title: { id: "Iuran mandiri kelas II", en: "Self-paid contribution, class II" },
    unit: "rupiah a month",
    history: [
      { ...background2017, value: 51_000, citation: beforePerpres82 },
      { ...perpres82, value: 51_000, citation: ofPerpres82 },
      { ...perpres75, value: 110_000, citation: ofPerpres75 },
      { ...court, value: 51_000, citation: ofTheCourt },
      { ...perpres64, verifiedThrough, value: 100_000, citation: ofPerpres64 }
    ]
  },
  selfPayThird: {
    rule: "TARIFF",
    title: {
      id: "Iuran mandiri kelas III, menurut pembayar",
      en: "Self-paid contribution, class III, by who pays"
    },
    unit: "rupiah a month",
    history: [
      { ...background2017, value: [{ payer: "member", amount: 25_500 }], citation: beforePerpres82 },
      { ...perpres82, value: [{ payer: "member", amount: 25_500 }], citation: ofPerpres82 },
      { ...perpres75, value: [{ payer: "member", amount: 42_000 }], citation: ofPerpres75 },
      { ...court, value: [{ payer: "member", amount: 25_500 }], citation: ofTheCourt },
      {
        ...perpres64,
        appliesTo: day("2020-12-31"),
        value: [
          { payer: "member", amount: 25_500 },
          { payer: "government", amount: 16_500 }
        ],
        citation: ofPerpres64
      },
      {
        appliesFrom: day("2021-01-01"),
        announcedAt: day("2020-05-05"),
        verifiedThrough,
        value: [
          { payer: "member", amount: 35_000 },
          { payer: "central-government", amount: 4_200 },
          { payer: "local-government", amount: 2_800 }
        ],
        citation: cite("Perpres 64/2020; PMK", "high", {
          rule: "TARIFF",
          seen: "bacakoran 28266; star.grid 452223870"
        }),
        note: "The subsidy is for active members only: otherwise the member owes the whole."
      }
    ]
  },
  stateRate: {
    rule: "PPU-1",
    title: { id: "Iuran pekerja penyelenggara negara", en: "Contribution of those whom the state pays" },
    unit: "basis points",
    history: [
      {
        ...perpres82,
        value: { employer: 300, worker: 200 },
        citation: cite("Perpres 82/2018", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" })
      },
      {
        ...perpres75,
        verifiedThrough,
        value: { employer: 400, worker: 100 },
        citation: cite("Perpres 75/2019", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" }),
        note: "For the state it may have begun before January 2020 (background knowledge)."
      }
    ]
  },
  privateRate: {
    rule: "PPU-1",
    title: { id: "Iuran pekerja badan usaha", en: "Contribution of employees of companies" },
    unit: "basis points",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: { employer: 400, worker: 100 },
        citation: cite("Perpres 82/2018", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" })
      }
    ]
  },
  extraFamilyRate: {
    rule: "FAM-3",
    title: { id: "Iuran tiap anggota keluarga tambahan", en: "Contribution for each extra member of the family" },
    unit: "basis points",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 100,
        citation: cite("Perpres 82/2018; Perpres 75/2019", "high", {
          rule: "FAM-3",
          seen: "channel8news.id; suara.com 2025/11/21"
        })
      }
    ]
  },
  wageCap: {
    rule: "PPU-3",
    title: { id: "Batas atas upah", en: "Cap of the wage" },
    unit: "rupiah a month",
    history: [
      {
        ...perpres82,
        value: 8_000_000,
        citation: cite("Perpres 82/2018", "high", { rule: "PPU-3", seen: "namaguerizka" })
      },
      {
        ...perpres75,
        verifiedThrough,
        value: 12_000_000,
        citation: cite("Perpres 75/2019 art. 32", "high", { rule: "PPU-3", seen: "suara 2025/11/21" }),
        note: "1 January 2020 is the day for private employers; for the state it was earlier (background knowledge)."
      }
    ]
  },
  wageFloor: {
    rule: "PPU-4",
    title: { id: "Batas bawah upah", en: "Floor of the wage" },
    unit: "name",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: "UMK",
        citation: cite("Perpres 82/2018", "medium", { rule: "PPU-4", seen: `suara says UMP; UMK is ${background}` }),
        note: "Minimum wage of the regency, of the province where the regency has none. The amounts are local and are given by whoever asks."
      }
    ]
  },
  secondClassWage: {
    rule: "PPU-6",
    title: { id: "Upah tertinggi untuk ruang kelas II", en: "Highest wage for a class II ward" },
    unit: "rupiah a month",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 4_000_000,
        citation: cite("Perpres 82/2018", "medium", { rule: "PPU-6", seen: "namaguerizka; pasienbpjs.com" })
      }
    ]
  },
  assistedAmount: {
    rule: "PBI-1",
    title: { id: "Iuran PBI-JK dan PBPU-PD", en: "Contribution for PBI-JK and PBPU-PD" },
    unit: "rupiah a month",
    history: [
      {
        ...perpres82,
        value: 23_000,
        citation: cite("Perpres 82/2018", "high", { rule: "PBI-1", seen: "lamanriau" })
      },
      {
        appliesFrom: day("2019-08-01"),
        announcedAt: day("2019-10-24"),
        verifiedThrough,
        value: 42_000,
        citation: cite("Perpres 75/2019", "high", { rule: "PBI-1", seen: "egindo.com; lamanriau" }),
        note: "That it began on 1 August 2019 is background knowledge."
      }
    ]
  },
  veteranRate: {
    rule: "BP-1",
    title: {
      id: "Iuran veteran dan perintis kemerdekaan",
      en: "Contribution for veterans and pioneers of independence"
    },
    unit: "basis points",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: { rate: 500, ofReferencePay: 4_500 },
        citation: cite("Perpres 82/2018", "high", { rule: "BP-1", seen: "channel8news" }),
        note: "5 % of 45 % of the base pay of PNS III/a with 14 years' service, paid by the government."
      }
    ]
  },
  pensionRate: {
    rule: "BP-2",
    title: { id: "Iuran penerima pensiun", en: "Contribution for state pensioners" },
    unit: "basis points",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: { government: 300, pensioner: 200 },
        citation: cite("Perpres 82/2018", "low", { rule: "BP-2", seen: background }),
        note: "May have changed."
      }
    ]
  },
  rounding: {
    rule: "ROUND",
    title: { id: "Pembulatan rupiah", en: "Rounding to whole rupiah" },
    unit: "name",
    history: [
      {
        ...background2017,
        value: "half-up",
        citation: cite("No rule found", "unverified", { rule: "ROUND" }),
        note: "No rounding rule was found. Half a rupiah is rounded up."
      }
    ]
  }
} as const satisfies Partial<Parameters>
