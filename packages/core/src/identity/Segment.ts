/**
 * The six segments of participants. A foreigner who works here is in PPU through the
 * employer, or in PBPU; there is no segment of foreigners.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Segment = Schema.Literals(["PBI-JK", "PBPU-PD", "PPU-PN", "PPU-BU", "PBPU", "BP"])

/**
 * @category models
 * @since 0.1.0
 */
export type Segment = typeof Segment.Type

// --- reading ---

/**
 * What the segment is called, for a person who does not know the abbreviation.
 *
 * @example
 * Segment.name("PBPU", "en") // => "People who work on their own account"
 *
 * @category reading
 * @since 0.1.0
 */
export const name = (segment: Segment, language: "id" | "en"): string => names[segment][language]

/**
 * Whether cover comes from work for a wage (PPU): the worker's own, or that of the family.
 *
 * @example
 * Segment.isWageEarner("PPU-BU") // => true
 * Segment.isWageEarner("PBPU") // => false
 *
 * @category reading
 * @since 0.1.0
 */
export const isWageEarner = (segment: Segment | undefined): segment is "PPU-PN" | "PPU-BU" =>
  segment === "PPU-PN" || segment === "PPU-BU"

// --- private ---

const names: Record<Segment, { readonly id: string; readonly en: string }> = {
  "PBI-JK": {
    id: "Penerima bantuan iuran, dibayar pemerintah pusat",
    en: "Poor people whose contribution the central government pays"
  },
  "PBPU-PD": {
    id: "Penduduk yang didaftarkan dan dibayar pemerintah daerah",
    en: "Residents registered and paid for by their local government"
  },
  "PPU-PN": {
    id: "Pekerja penerima upah penyelenggara negara",
    en: "Wage earners of the state, the armed forces and village governments"
  },
  "PPU-BU": { id: "Pekerja penerima upah badan usaha", en: "Wage earners of companies and other employers" },
  PBPU: { id: "Pekerja bukan penerima upah (mandiri)", en: "People who work on their own account" },
  BP: {
    id: "Bukan pekerja: investor, pemberi kerja, penerima pensiun, veteran",
    en: "People who do not work: investors, employers, pensioners, veterans"
  }
}
