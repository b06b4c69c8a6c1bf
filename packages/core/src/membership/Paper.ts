/**
 * The papers that a change of a membership asks for.
 *
 * @since 0.1.0
 */
import { background, cite, type Citation } from "../policy/Citation.ts"
import type { Language } from "../policy/Reason.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type PaperId = keyof typeof papers

/**
 * @category models
 * @since 0.1.0
 */
export interface Paper {
  readonly id: string
  readonly en: string
  readonly citation: Citation
}

// --- reading ---

/**
 * @example
 * Paper.text("death-letter", "en") // => "Death letter of the hospital, the village or the population office"
 *
 * @category reading
 * @since 0.1.0
 */
export const text = (paper: PaperId, language: Language): string => papers[paper][language]

/**
 * Where it is written that the paper is asked for.
 *
 * @category reading
 * @since 0.1.0
 */
export const citation = (paper: PaperId): Citation => papers[paper].citation

// --- private ---

const death = cite("BPJS service guide", "high", {
  rule: "DTH-1",
  seen: "kabar24.bisnis 2021/11/21; star.grid 453664182"
})
const facility = cite("BPJS spokesman", "high", { rule: "FKTP", seen: "kompas 2022/01/27" })
const wardClass = cite("BPJS service guide", "high", { rule: "CLASS", seen: "gridtechno 453603240; kediripost 2022" })
const backOnPbi = cite("Permensos 3/2026 art. 20", "high", { rule: "PBI-14", seen: "pasal.id art. 20" })
const dismissal = cite("Perpres 59/2024 art. 27", "high", { rule: "PHK", seen: "keuangannews.id; trenasia" })
const newCard = cite("Change follows the family card", "low", { rule: "DIV-1", seen: background })
const correction = cite("Correction of the population record", "low", { rule: "STATES", seen: background })

const papers = {
  card: { id: "Kartu peserta", en: "Participant's card", citation: death },
  "family-card": { id: "Kartu Keluarga", en: "Family card", citation: death },
  "last-payment": { id: "Bukti bayar iuran terakhir", en: "Proof of the last payment", citation: death },
  "death-letter": {
    id: "Surat kematian dari rumah sakit, desa atau kelurahan, atau Dukcapil",
    en: "Death letter of the hospital, the village or the population office",
    citation: death
  },
  "domicile-letter": { id: "Surat keterangan domisili", en: "Letter of domicile", citation: facility },
  "assignment-letter": {
    id: "Surat tugas atau surat pelatihan",
    en: "Letter of assignment or training",
    citation: facility
  },
  "savings-book": {
    id: "Buku tabungan untuk autodebet (kepala keluarga, anggota keluarga, atau pembayar)",
    en: "Savings book for auto-debit (of the head, a member of the family, or whoever pays)",
    citation: wardClass
  },
  "health-letter": {
    id: "Surat keterangan fasilitas kesehatan bahwa perlu berobat",
    en: "Letter of a health facility that care is needed",
    citation: backOnPbi
  },
  "social-office-letter": {
    id: "Surat reaktivasi dari dinas sosial",
    en: "Letter of reactivation of the social office",
    citation: backOnPbi
  },
  "population-record": {
    id: "Data kependudukan yang sudah dibetulkan Dukcapil",
    en: "Population record as the population office corrected it",
    citation: correction
  },
  "dismissal-proof": {
    id: "Bukti PHK: surat PHK atau perjanjian bersama dengan tanda lapor dinas ketenagakerjaan, atau putusan pengadilan",
    en: "Proof of dismissal: notice or joint agreement with the labour office's receipt, or the court's ruling",
    citation: dismissal
  },
  "new-family-card": {
    id: "Kartu Keluarga baru setelah peristiwa ini",
    en: "The new family card, after the event",
    citation: newCard
  },
  "identity-card": { id: "KTP elektronik", en: "Electronic identity card", citation: correction }
} as const satisfies Record<string, Paper>

/**
 * Every paper's id.
 *
 * @category reading
 * @since 0.1.0
 */
export const ids: ReadonlyArray<PaperId> = Object.keys(papers) as Array<PaperId>
