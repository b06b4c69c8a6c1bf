import { make as day } from "../../../time/PlainDate.ts"
import { cite } from "../../Citation.ts"
import * as Dated from "../../Dated.ts"
import type { Parameters } from "../../Policy.ts"
import { permensos3, verifiedThrough } from "./instruments.ts"

const statement = cite("DPR and government, 9 February 2026", "high", {
  rule: "PBI-16",
  seen: "liramedia; viv; harian.disway 928805; babeindonesia"
})

/** Whom the central government pays for, and what follows a removal. */
export const pbi = {
  pbiDecile: {
    rule: "PBI-11",
    title: { id: "Desil tertinggi sasaran PBI", en: "Highest decile that PBI is meant for" },
    unit: "decile",
    history: [
      {
        ...permensos3,
        verifiedThrough,
        value: 5,
        citation: cite("Ministers' statements", "high", { rule: "PBI-11", seen: "gorontalo.carapandang; viv" }),
        note: "A target of policy, of 10 deciles in DTSEN; the decree decides."
      }
    ]
  },
  pbiReactivationMonths: {
    rule: "PBI-15",
    title: {
      id: "Batas pengaktifan kembali setelah dihapus dari PBI",
      en: "Time for reactivation after removal from PBI"
    },
    unit: "months",
    history: [
      {
        appliesFrom: day("2020-01-01"),
        announcedAt: day("2020-01-01"),
        value: 6,
        citation: cite("Permensos 21/2019 art. 8", "high", { rule: "PBI-15", seen: "star.grid 453587504" }),
        note: "The source says 2019 without a day; it is taken from the first whole year."
      },
      Dated.unknown({
        ...permensos3,
        unknown: {
          id: "Permensos 21/2019 dicabut; batas itu tidak terlihat dalam bagian Permensos 3/2026 pasal 20 yang terbaca.",
          en: "Permensos 21/2019 was revoked; the limit was not seen in the visible part of Permensos 3/2026 art. 20."
        },
        citation: cite("Permensos 3/2026 art. 20", "low", { rule: "PBI-15", seen: "pasal.id art. 20" })
      })
    ]
  },
  pbiServiceMonths: {
    rule: "PBI-16",
    title: { id: "Layanan tetap dibayar setelah dihapus dari PBI", en: "Care that stays paid after removal from PBI" },
    unit: "months",
    history: [
      {
        appliesFrom: day("2026-02-01"),
        appliesTo: day("2026-04-30"),
        announcedAt: day("2026-02-09"),
        verifiedThrough,
        value: 3,
        citation: statement,
        note: "For those removed from 1 February 2026."
      },
      Dated.unknown({
        appliesFrom: day("2026-05-01"),
        announcedAt: day("2026-02-09"),
        unknown: {
          id: "Kesepakatan itu untuk tiga bulan; sesudahnya tidak diketahui.",
          en: "The agreement was for three months; what holds after them is not known."
        },
        citation: statement,
        note: "Three months' notice was promised for the future: a statement, not a rule."
      })
    ]
  }
} as const satisfies Partial<Parameters>
