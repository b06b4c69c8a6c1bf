import { background, cite } from "../../Citation.ts"
import * as Dated from "../../Dated.ts"
import type { Parameters } from "../../Policy.ts"
import { fromPerpres82, perpres59, perpres82, verifiedThrough } from "./instruments.ts"

const facility = cite("BPJS spokesman", "high", { rule: "FKTP", seen: "kompas 2022/01/27" })

/** What a membership may become, and when. */
export const membership = {
  wards: {
    rule: "KRIS",
    title: { id: "Ruang rawat menurut kelas atau standar", en: "Wards by class, or of one standard" },
    unit: "name",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: "classes",
        citation: cite("Perpres 82/2018; Perpres 59/2024 art. 46A, 103B", "high", {
          rule: "KRIS",
          seen: "corenews 2025/05/31; glitik.com"
        }),
        note:
          "The standard ward (KRIS) was to replace the classes, and new amounts were to be set by 1 July 2025: not " +
          "done as of February 2026. Until then the classes and their tariff apply."
      }
    ]
  },
  assistedWard: {
    rule: "PBI-JK",
    title: { id: "Ruang kelas PBI-JK dan PBPU-PD", en: "Ward class of PBI-JK and PBPU-PD" },
    unit: "class",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 3,
        citation: cite("UU 40/2004 art. 14; Perpres 82/2018", "high", {
          rule: "PBI-JK",
          seen: "justisio; feed.ilidea.com; distrikbantennews 2025/12/15"
        }),
        note: fromPerpres82
      }
    ]
  },
  civilGrade: {
    rule: "PPU-6",
    title: { id: "Kelas rawat pegawai negeri menurut golongan", en: "Ward class of civil servants by grade" },
    unit: "grade",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: { secondClass: ["I", "II"], firstClass: ["III", "IV"] },
        citation: cite("Perpres 82/2018", "medium", { rule: "PPU-6", seen: background })
      }
    ]
  },
  employerRegistrationDays: {
    rule: "EMPLOYER",
    title: { id: "Batas pemberi kerja mendaftarkan pekerja baru", en: "Time for an employer to register a new worker" },
    unit: "days",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 30,
        citation: cite("Perpres 82/2018 art. 13", "low", { rule: "EMPLOYER", seen: "a content farm only" }),
        note: "That the employer must register and stays liable is sure; the 30 days are not verified."
      }
    ]
  },
  localAdmission: {
    rule: "PBPU-PD",
    title: { id: "Siapa yang didaftarkan pemerintah daerah", en: "Whom a local government registers" },
    unit: "rule",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: { mode: "list" },
        citation: cite("Perpres 82/2018; agreement of BPJS and the local government", "high", {
          rule: "PBPU-PD",
          seen: "distrikbantennews 2025/12/15; radartasik"
        }),
        note: "Those on its list. Each local government has its own rule: a layer on this policy says it."
      }
    ]
  },
  dismissalMonths: {
    rule: "PHK",
    title: { id: "Jaminan tanpa iuran setelah PHK", en: "Cover without contribution after dismissal" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 6,
        citation: cite("UU 40/2004 art. 21; Perpres 82/2018 art. 27", "high", {
          rule: "PHK",
          seen: "keuangannews.id; trenasia"
        }),
        note: "Not after resignation or the end of a contract."
      }
    ]
  },
  dismissalProofs: {
    rule: "PHK",
    title: { id: "Bukti PHK, tiap daftar mencukupi", en: "Proofs of a dismissal, each list is enough" },
    unit: "papers",
    history: [
      {
        ...perpres82,
        value: [["court-ruling"], ["merger"], ["bankruptcy"], ["long-illness"]],
        citation: cite("Perpres 82/2018 art. 27", "high", { rule: "PHK", seen: "rri.co.id" }),
        note: "The four grounds until May 2024."
      },
      {
        ...perpres59,
        verifiedThrough,
        value: [["notice", "labour-office-report"], ["joint-agreement", "labour-office-report"], ["court-ruling"]],
        citation: cite("Perpres 59/2024 art. 27", "high", { rule: "PHK", seen: "keuangannews.id; trenasia" }),
        note: "A dismissal's notice or a joint agreement, each with the receipt of the labour office; or a final ruling."
      }
    ]
  },
  dismissalWard: {
    rule: "PHK",
    title: { id: "Kelas rawat setelah PHK", en: "Ward class after dismissal" },
    unit: "class",
    history: [
      { ...perpres82, value: 3, citation: cite("Perpres 82/2018 art. 27", "low", { rule: "PHK" }) },
      Dated.unknown({
        ...perpres59,
        unknown: {
          id: "Perpres 59/2024 pasal 27(4) mengubahnya; bunyinya baru terbaca sebagian.",
          en: "Perpres 59/2024 art. 27(4) rewrote it; only a part of the text was seen."
        },
        citation: cite("Perpres 59/2024 art. 27(4)", "low", { rule: "PHK" }),
        note: "Presumably the standard ward (KRIS)."
      })
    ]
  },
  facilityMonths: {
    rule: "FKTP",
    title: { id: "Lama terdaftar sebelum boleh pindah FKTP", en: "Time at a first-level facility before changing it" },
    unit: "months",
    history: [{ ...perpres82, verifiedThrough, value: 3, citation: facility, note: fromPerpres82 }]
  },
  facilityVisits: {
    rule: "FKTP",
    title: { id: "Kunjungan ke FKTP lain tanpa pindah", en: "Visits to another first-level facility without changing" },
    unit: "visits",
    history: [
      { ...perpres82, verifiedThrough, value: { visits: 3, months: 1 }, citation: facility, note: fromPerpres82 }
    ]
  },
  classMonths: {
    rule: "CLASS",
    title: { id: "Lama dalam kelas sebelum boleh pindah kelas", en: "Time in a class before changing it" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 12,
        citation: cite("BPJS service guide", "high", { rule: "CLASS", seen: "gridtechno 453603240; kediripost 2022" }),
        note: fromPerpres82
      }
    ]
  }
} as const satisfies Partial<Parameters>
