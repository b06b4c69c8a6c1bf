/**
 * The national policy: every number of the scheme that the rules use, as dated entries.
 *
 * State of knowledge: February 2026. Nothing here was read in an official gazette end to
 * end; each entry says where it was seen and how sure we are. Beyond `verifiedThrough`
 * the last value goes on applying, and a decision that used it says so.
 *
 * @since 0.1.0
 */
import { make as day } from "../time/PlainDate.ts"
import { background, cite } from "./Citation.ts"
import type { Parameters, Policy } from "./Policy.ts"

// --- instruments ---

const perpres82 = { appliesFrom: day("2018-09-18"), announcedAt: day("2018-09-18") }
const perpres75 = { appliesFrom: day("2020-01-01"), announcedAt: day("2019-10-24") }
const verifiedThrough = day("2026-02-28")
const fromPerpres82 = "The day on which it began was not found; it is taken from the day of Perpres 82/2018."

// --- who belongs where ---

const belonging = {
  mainRegulation: {
    rule: "LAW",
    title: { id: "Peraturan utama", en: "The main regulation" },
    unit: "name",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: "Perpres 82/2018",
        citation: cite("Perpres 82/2018", "high", { rule: "LAW", seen: "id.wikisource.org; laodeahmad.com" }),
        note: "Amended by Perpres 75/2019, 64/2020 and 59/2024. Rules of earlier days are not in this policy."
      }
    ]
  },
  foreignerMonths: {
    rule: "WNA",
    title: { id: "Masa kerja atau tinggal orang asing", en: "How long a foreigner must work or stay" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 6,
        citation: cite("UU 24/2011 art. 14", "high", { rule: "WNA", seen: "bangsaonline.com/berita/152783" }),
        note: "The law is of 2011; here it begins with the main regulation, as all rules do."
      }
    ]
  },
  coveredChildren: {
    rule: "FAM-1",
    title: { id: "Anak yang ditanggung iuran pekerja", en: "Children whom a worker's contribution covers" },
    unit: "children",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 3,
        citation: cite("Perpres 82/2018 art. 5", "high", {
          rule: "FAM-1",
          seen: "hariansib; nasional.kontan.co.id (BPJS Watch)"
        }),
        note: "The article's number is background knowledge."
      }
    ]
  },
  childAge: {
    rule: "FAM-2",
    title: { id: "Usia anak tidak ditanggung lagi", en: "Age at which a child is no longer covered" },
    unit: "years",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 21,
        citation: cite("Perpres 82/2018 art. 5", "medium", { rule: "FAM-2", seen: background }),
        note: "The school letter was seen quoted, the ages were not."
      }
    ]
  },
  studentAge: {
    rule: "FAM-2",
    title: {
      id: "Usia anak yang masih bersekolah tidak ditanggung lagi",
      en: "Age at which a child in formal education is no longer covered"
    },
    unit: "years",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 25,
        citation: cite("Perpres 82/2018 art. 5", "medium", {
          rule: "FAM-2",
          seen: "cpu-data.info (school letter only)"
        }),
        note: "The school letter was seen quoted, the ages were not."
      }
    ]
  },
  newbornDays: {
    rule: "NB-1",
    title: { id: "Batas mendaftarkan bayi dan membayar", en: "Time to register a newborn and pay" },
    unit: "days",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 28,
        citation: cite("Perpres 82/2018 art. 16-17", "high", {
          rule: "NB-1",
          seen: "riau1.com; aceh.tribunnews 985969; suara 2023/02/04"
        }),
        note: "Later, contributions are due from birth."
      }
    ]
  },
  newbornNikMonths: {
    rule: "NB-5",
    title: { id: "Usia bayi boleh didaftarkan tanpa NIK", en: "Age up to which a newborn is registered without NIK" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 3,
        citation: cite("BPJS service guide", "high", { rule: "NB-5", seen: "suara 2023/02/04; detik d-6182984" }),
        note: fromPerpres82
      }
    ]
  },
  newbornPbiMonths: {
    rule: "NB-3",
    title: {
      id: "Usia bayi dilayani sebagai PBI mengikuti ibu",
      en: "Age up to which a baby is served as PBI after the mother"
    },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 3,
        citation: cite("PP 76/2015; Permensos 5/2016", "low", {
          rule: "NB-3",
          seen: "palpres 641479; radartasik; ayobogor"
        }),
        note:
          "That the baby of a PBI mother is PBI is sure; the three months are one source's, and the text under " +
          "Permensos 3/2026 was not seen."
      }
    ]
  },
  socialRegister: {
    rule: "PBI-10",
    title: { id: "Sumber data PBI", en: "The register that PBI is drawn from" },
    unit: "name",
    history: [
      {
        ...perpres82,
        value: "DTKS",
        citation: cite("Permensos 21/2019", "high", { rule: "PBI-10", seen: "justisio.com/blog/PBI-BPJS" }),
        note: fromPerpres82
      },
      {
        appliesFrom: day("2026-01-22"),
        announcedAt: day("2026-01-22"),
        verifiedThrough,
        value: "DTSEN",
        citation: cite("Permensos 3/2026 art. 4", "high", { rule: "PBI-10", seen: "justisio; feed.ilidea" })
      }
    ]
  }
} as const satisfies Partial<Parameters>

// --- what is paid ---

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

const paying = {
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

// --- the policy ---

const parameters: Parameters = { ...belonging, ...paying }

/**
 * The national policy as it is known now.
 *
 * @category policies
 * @since 0.1.0
 */
export const policy: Policy = { version: "national-2026.02", parameters }

/**
 * Every version of the national policy that a decision may have been taken by, so that
 * it can be taken again. A released version is never removed or changed.
 *
 * @category policies
 * @since 0.1.0
 */
export const versions: ReadonlyArray<Policy> = [policy]
