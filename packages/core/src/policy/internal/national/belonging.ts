import { background, cite } from "../../Citation.ts"
import type { Parameters } from "../../Policy.ts"
import { fromPerpres82, permensos3, perpres82, verifiedThrough } from "./instruments.ts"

/** Who belongs where, and with whom. */
export const belonging = {
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
        ...permensos3,
        verifiedThrough,
        value: "DTSEN",
        citation: cite("Permensos 3/2026 art. 4", "high", { rule: "PBI-10", seen: "justisio; feed.ilidea" })
      }
    ]
  }
} as const satisfies Partial<Parameters>
