import { background, cite } from "../../policy/Citation.ts"
import { make as day } from "../../time/PlainDate.ts"
import type { Channel } from "../Channel.ts"

const office = { _tag: "Office" } as const
const always = { _tag: "Always" } as const
const onlyTheYear = "The source names the year only; the channel is certain from the next one."

/** The service channels. Read through `Channel`. */
export const channels = {
  branch: {
    name: { id: "Kantor cabang BPJS Kesehatan", en: "BPJS Kesehatan branch office" },
    needs: "visit",
    hours: office,
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: "kompas.tv 351309" })
  },
  "public-service-mall": {
    name: { id: "Mal Pelayanan Publik", en: "Public service mall (MPP)" },
    needs: "visit",
    hours: office,
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: "kompas.tv 351309" })
  },
  "mobile-service": {
    name: { id: "BPJS Keliling", en: "BPJS mobile service" },
    needs: "visit",
    hours: office,
    citation: cite("Meyriyani, Sujana & Utami 2024", "high", {
      rule: "CHANNEL",
      seen: "doi 10.5281/zenodo.10499283; kompas.tv 351309"
    }),
    note: "Daily in working hours."
  },
  "care-center-165": {
    name: { id: "Care Center 165", en: "Care Center 165" },
    address: "165",
    needs: "phone",
    hours: always,
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: "tirto.id g4MY" }),
    note: "Formerly 1500400."
  },
  vika: {
    name: { id: "VIKA, layanan suara lewat 165", en: "VIKA, the voice service of 165" },
    address: "165",
    needs: "phone",
    hours: always,
    existsFrom: day("2021-01-01"),
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: "suarakarya 2020; tirto" }),
    note: onlyTheYear
  },
  village: {
    name: { id: "Kantor desa atau kelurahan", en: "Village or urban ward office" },
    needs: "visit",
    hours: office,
    citation: cite("Permensos 3/2026 art. 20", "high", { rule: "PBI-14", seen: "pasal.id; ayobogor.com" })
  },
  "social-office": {
    name: { id: "Dinas sosial", en: "Social office (dinsos)" },
    needs: "visit",
    hours: office,
    citation: cite("Permensos 3/2026 art. 20", "high", { rule: "PBI-14", seen: "pasal.id; babeindonesia 6606274" })
  },
  "population-office": {
    name: { id: "Dinas Kependudukan dan Pencatatan Sipil", en: "Population office (Dukcapil)" },
    needs: "visit",
    hours: office,
    citation: cite("UU 23/2006 jo. UU 24/2013", "high", { rule: "NIK-8", seen: "erakini.id; kompas 2024/04/28" })
  },
  employer: {
    name: { id: "Bagian personalia pemberi kerja atau instansi", en: "The personnel department of the employer" },
    needs: "visit",
    hours: office,
    citation: cite("BPJS service guide", "high", { rule: "DTH-1", seen: "kabar24.bisnis 2021/11/21" })
  },
  "hospital-pipp": {
    name: { id: "Petugas BPJS Satu! di rumah sakit", en: "BPJS Satu! officer at the hospital (PIPP)" },
    needs: "visit",
    hours: always,
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: "sippn.menpan.go.id/8222354" }),
    note: "At the hospital; its own hours apply where it has any."
  },
  pandawa: {
    name: { id: "PANDAWA (WhatsApp)", en: "PANDAWA (WhatsApp)" },
    address: "0811-8165-165",
    needs: "smartphone",
    hours: { _tag: "Weekdays", from: 8 * 60, to: 15 * 60 },
    existsFrom: day("2021-01-01"),
    citation: cite("BPJS service channels", "high", {
      rule: "CHANNEL",
      seen: "kediripost 2022; doctortool (Kompas 2020); mengerti.id 2025"
    }),
    note: `Local time; later messages are answered on the next working day. ${onlyTheYear}`
  },
  "mobile-jkn": {
    name: { id: "Aplikasi Mobile JKN", en: "Mobile JKN app" },
    needs: "smartphone",
    hours: always,
    existsFrom: day("2018-03-12"),
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: "scribd 379668278; seru.co.id" })
  },
  chika: {
    name: { id: "CHIKA, layanan percakapan", en: "CHIKA, the chat service" },
    address: "0811-8750-400",
    needs: "smartphone",
    hours: always,
    existsFrom: day("2021-01-01"),
    citation: cite("BPJS service channels", "medium", { rule: "CHANNEL", seen: "suarakarya; banggairaya" }),
    note: `Cannot complete every administration itself; may have been merged since. ${onlyTheYear}`
  },
  "e-dabu": {
    name: { id: "e-Dabu, untuk pemberi kerja", en: "e-Dabu, for employers" },
    needs: "computer",
    hours: always,
    citation: cite("BPJS service channels", "high", { rule: "CHANNEL", seen: `rri.co.id; hours are ${background}` })
  }
} as const satisfies Record<string, Channel>
