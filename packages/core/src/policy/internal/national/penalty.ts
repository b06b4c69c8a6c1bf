import { make as day } from "../../../time/PlainDate.ts"
import { background, cite } from "../../Citation.ts"
import type { Parameters } from "../../Policy.ts"
import { perpres82, verifiedThrough } from "./instruments.ts"

const article42 = cite("Perpres 82/2018 art. 42(6)", "high", {
  rule: "PEN-1",
  seen: "arikamedia; kcjakpus FAQ; baroindo"
})
const perpres64 = { announcedAt: day("2020-05-05") }

/** The service penalty: what inpatient care soon after a reactivation costs. */
export const penalty = {
  penaltyDays: {
    rule: "PEN-1",
    title: { id: "Masa denda layanan setelah aktif kembali", en: "How long after reactivation care is penalised" },
    unit: "days",
    history: [{ ...perpres82, verifiedThrough, value: 45, citation: article42, note: "Only inpatient care counts." }]
  },
  penaltyRate: {
    rule: "PEN-1",
    title: { id: "Denda layanan tiap bulan tunggakan", en: "Service penalty for each month of arrears" },
    unit: "basis points",
    history: [
      {
        ...perpres82,
        value: 250,
        citation: cite("Perpres 82/2018 art. 42", "high", { rule: "PEN-1", seen: "baroindo" }),
        note: "Of the estimated INA-CBG package of the first diagnosis and procedure."
      },
      {
        ...perpres64,
        appliesFrom: day("2020-05-05"),
        appliesTo: day("2020-12-31"),
        value: 250,
        citation: cite("Perpres 64/2020", "unverified", { rule: "PEN-1", seen: background }),
        note: "That the rest of 2020 stayed at 2.5 % is background knowledge; 5 % is only said to hold since Perpres 64/2020."
      },
      {
        ...perpres64,
        appliesFrom: day("2021-01-01"),
        verifiedThrough,
        value: 500,
        citation: cite("Perpres 82/2018 art. 42(6) as amended by Perpres 64/2020", "high", {
          rule: "PEN-1",
          seen: "arikamedia; kcjakpus FAQ"
        }),
        note: "Of the estimated INA-CBG package of the first diagnosis and procedure."
      }
    ]
  },
  penaltyMonths: {
    rule: "PEN-1",
    title: { id: "Bulan tunggakan paling banyak untuk denda layanan", en: "Most months of arrears that are penalised" },
    unit: "months",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 12,
        citation: article42,
        note: "Not the 24 months that are billed (PAY-3)."
      }
    ]
  },
  penaltyCap: {
    rule: "PEN-1",
    title: { id: "Denda layanan paling banyak", en: "Highest service penalty" },
    unit: "rupiah",
    history: [{ ...perpres82, verifiedThrough, value: 30_000_000, citation: article42 }]
  },
  penaltyDayCount: {
    rule: "PEN-3",
    title: { id: "Cara menghitung hari denda layanan", en: "How the days of the service penalty are counted" },
    unit: "name",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: "inclusive",
        citation: cite("No rule found", "unverified", { rule: "PEN-3" }),
        note: "Not stated anywhere. The day of reactivation is taken as day 1: the reading that is kinder to the member."
      }
    ]
  }
} as const satisfies Partial<Parameters>
