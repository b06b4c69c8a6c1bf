import { make as day } from "../../../time/PlainDate.ts"
import { cite } from "../../Citation.ts"
import type { Parameters } from "../../Policy.ts"
import { fromPerpres82, perpres82, verifiedThrough } from "./instruments.ts"

const branchFaq = "pusatbantuan-kcjakpus.netlify.app (branch FAQ)"

/** When contributions are paid, and what happens when they are not. */
export const paying = {
  dueDay: {
    rule: "PAY-1",
    title: { id: "Tanggal jatuh tempo iuran tiap bulan", en: "Day of the month on which contributions are due" },
    unit: "day of the month",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 10,
        citation: cite("Perpres 82/2018", "high", { rule: "PAY-1", seen: "glitik; muslimiina" }),
        note: fromPerpres82
      }
    ]
  },
  lateFee: {
    rule: "PAY-1",
    title: { id: "Denda keterlambatan membayar iuran", en: "Fee for paying late" },
    unit: "rupiah",
    history: [
      {
        appliesFrom: day("2016-07-01"),
        announcedAt: day("2016-07-01"),
        verifiedThrough,
        value: 0,
        citation: cite("Perpres; its number was not seen", "high", { rule: "PAY-1", seen: "muslimiina; glitik" }),
        note: "A press line that says 2026 garbles 1 July 2016. The penalty for care after reactivation is another thing (PEN-1)."
      }
    ]
  },
  suspensionMonths: {
    rule: "PAY-2",
    title: {
      id: "Bulan menunggak sebelum jaminan berhenti tanggal 1",
      en: "Unpaid months after which cover stops on the 1st"
    },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 1,
        citation: cite("Perpres 82/2018 art. 42", "high", { rule: "PAY-2", seen: "baroindo.id" }),
        note: "On the 1st of the next month, not on the 11th of the unpaid one."
      }
    ]
  },
  arrearsMonths: {
    rule: "PAY-3",
    title: { id: "Tunggakan paling banyak yang ditagih", en: "Most months of arrears that are billed" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 24,
        citation: cite("Perpres 82/2018 art. 42", "high", { rule: "PAY-3", seen: "baroindo; seru.co.id 68227" }),
        note: "That the current month is paid besides is background knowledge."
      }
    ]
  },
  advanceMonths: {
    rule: "PAY-4",
    title: { id: "Iuran paling banyak dibayar di muka", en: "Most months that are paid ahead" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 12,
        citation: cite("BPJS branch FAQ", "medium", { rule: "PAY-4", seen: branchFaq }),
        note: fromPerpres82
      }
    ]
  },
  firstPaymentDays: {
    rule: "PAY-5",
    title: { id: "Waktu pembayaran pertama peserta mandiri baru", en: "When a new self-paying member first pays" },
    unit: "days",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: { earliest: 14, latest: 30 },
        citation: cite("Perban BPJS; its number was not seen", "high", {
          rule: "PAY-5",
          seen: "jombangnews (Tempo, quoting the BPJS site)"
        }),
        note: `After registration. Seven days was Perban 4/2014 and is outdated. ${fromPerpres82}`
      }
    ]
  },
  autoDebitClasses: {
    rule: "PAY-6",
    title: { id: "Kelas yang wajib autodebit", en: "Classes that must pay by auto-debit" },
    unit: "class",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: [1, 2],
        citation: cite("BPJS branch FAQ", "medium", { rule: "PAY-6", seen: `${branchFaq}; jombangnews` }),
        note: `The registration checklist asks it of all classes. ${fromPerpres82}`
      }
    ]
  },
  abroadMonths: {
    rule: "PAY-7",
    title: { id: "Lama paling singkat tinggal di luar negeri", en: "Shortest stay abroad that suspends membership" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 6,
        citation: cite("Perpres 82/2018 art. 37 as amended", "high", {
          rule: "PAY-7",
          seen: "finansial.bisnis 20200513"
        }),
        note: "Consecutive months. Not for a worker who is still paid in Indonesia. The wording before Perpres 64/2020 was not seen."
      }
    ]
  },
  abroadReturnMonths: {
    rule: "PAY-7",
    title: { id: "Batas melapor dan membayar setelah kembali", en: "Time to report and pay after the return" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 1,
        citation: cite("Perpres 82/2018 art. 37 as amended", "high", {
          rule: "PAY-7",
          seen: "finansial.bisnis 20200513"
        }),
        note: "The wording before Perpres 64/2020 was not seen."
      }
    ]
  },
  debtMonths: {
    rule: "PAY-8",
    title: {
      id: "Batas melunasi tunggakan setelah pindah ke PBI",
      en: "Time to settle arrears after moving to PBI"
    },
    unit: "months",
    history: [
      {
        appliesFrom: day("2026-01-08"),
        announcedAt: day("2026-01-08"),
        verifiedThrough,
        value: 6,
        citation: cite("BPJS statement of 8 January 2026", "high", { rule: "PAY-8", seen: "liramedia.co.id" }),
        note: "The arrears stay a receivable; cover as PBI is not blocked by them."
      }
    ]
  },
  rehabArrears: {
    rule: "REH-1",
    title: { id: "Tunggakan yang boleh dicicil lewat REHAB", en: "Arrears that may be paid off by REHAB instalments" },
    unit: "months",
    history: [
      {
        appliesFrom: day("2025-02-01"),
        announcedAt: day("2025-02-01"),
        verifiedThrough,
        value: { least: 4, most: 24 },
        citation: cite("New REHAB 2.0", "high", { rule: "REH-1", seen: "kompas.tv 573247; seru.co.id 68227" }),
        note: "February 2025, without a day."
      }
    ]
  },
  rehabInstalments: {
    rule: "REH-1",
    title: { id: "Cicilan REHAB paling banyak", en: "Most instalments of REHAB" },
    unit: "instalments",
    history: [
      {
        appliesFrom: day("2025-02-01"),
        announcedAt: day("2025-02-01"),
        verifiedThrough,
        value: { most: 12, divisor: 2 },
        citation: cite("New REHAB 2.0", "high", { rule: "REH-1", seen: "kompas.tv 573247; seru.co.id 68227" }),
        note: 'The lesser of 12 and half the months owed: a reading of "12 months or half the months in arrears".'
      }
    ]
  },
  rehabLastDay: {
    rule: "REH-1",
    title: { id: "Tanggal terakhir mendaftar REHAB tiap bulan", en: "Last day of the month to register for REHAB" },
    unit: "day of the month",
    history: [
      {
        appliesFrom: day("2022-01-01"),
        announcedAt: day("2022-01-01"),
        verifiedThrough,
        value: { day: 28, february: 27 },
        citation: cite("REHAB programme of 2022", "high", {
          rule: "REH-1",
          seen: "kompas.tv 573247; seru.co.id 68227"
        }),
        note: "2022, without a day."
      }
    ]
  },
  relaxationMonths: {
    rule: "REH-2",
    title: {
      id: "Relaksasi: bulan tunggakan yang dibayar agar aktif kembali",
      en: "Relaxation: months of arrears to pay for being active again"
    },
    unit: "months",
    history: [
      {
        appliesFrom: day("2020-05-05"),
        appliesTo: day("2021-12-31"),
        announcedAt: day("2020-05-05"),
        value: 6,
        citation: cite("Perpres 64/2020", "high", { rule: "REH-2", seen: "seru.co.id 68227" }),
        note: "Of 2020 and 2021, without days; taken from the day of the regulation."
      },
      {
        appliesFrom: day("2022-01-01"),
        announcedAt: day("2020-05-05"),
        verifiedThrough,
        value: 0,
        citation: cite("Perpres 64/2020", "high", { rule: "REH-2", seen: "seru.co.id 68227" }),
        note: "Ended. REHAB is another programme: it gives cover only after the last instalment."
      }
    ]
  },
  writeOff: {
    rule: "WRT-1",
    title: { id: "Penghapusan tunggakan berlaku", en: "Arrears are written off" },
    unit: "yes or no",
    history: [
      {
        ...perpres82,
        verifiedThrough: day("2026-02-11"),
        value: false,
        citation: cite("Draft Perpres, unsigned on 11 February 2026", "high", {
          rule: "WRT-1",
          seen: "samudrafakta; jpnn 2026-02-10; kayonews"
        }),
        note: "Planned for class III of PBPU and BP, at most 24 months, once. What became of it is not known."
      }
    ]
  }
} as const satisfies Partial<Parameters>
