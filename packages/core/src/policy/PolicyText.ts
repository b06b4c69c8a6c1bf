/**
 * Values of a policy as a reader reads them, in both languages.
 *
 * @since 0.1.0
 */
import type { Confidence } from "./Citation.ts"
import type { Unit } from "./Policy.ts"
import type { Language } from "./Reason.ts"

// --- reading ---

/**
 * A value with its unit. Basis points are shown as per cent; a word that is not known here
 * (a layer may bring its own) is shown as it stands.
 *
 * @example
 * PolicyText.value(150_000, "rupiah a month", "id") // => "Rp150.000 sebulan"
 * PolicyText.value({ employer: 400, worker: 100 }, "basis points", "en") // => "employer 4 %, worker 1 %"
 *
 * @category reading
 * @since 0.1.0
 */
export const value = (of: unknown, unit: Unit, language: Language): string => {
  if (typeof of === "number") return amount(of, unit, language)
  if (typeof of === "boolean") return (of ? yes : no)[language]
  if (typeof of === "string") return word(of, language)
  if (Array.isArray(of)) return list(of, unit, language)
  if (typeof of !== "object" || of === null) return String(of)
  if ("payer" in of && "amount" in of) {
    return `${word(String(of.payer), language)} ${value(of.amount, unit, language)}`
  }
  if ("mode" in of && of.mode === "list") return word("list", language)
  return Object.entries(of)
    .map(([name, inner]) => (name === "mode" ? word(String(inner), language) : field(name, inner, unit, language)))
    .join(", ")
}

/**
 * What a unit is called.
 *
 * @category reading
 * @since 0.1.0
 */
export const unit = (of: Unit, language: Language): string => units[of][language]

/**
 * What a confidence is called.
 *
 * @category reading
 * @since 0.1.0
 */
export const confidence = (of: Confidence, language: Language): string => confidences[of][language]

/**
 * Whether the name of a field or of a choice has words here. What has none is shown as it
 * stands.
 *
 * @category reading
 * @since 0.1.0
 */
export const hasWords = (name: string): boolean => words.has(name)

// --- private ---

interface Text {
  readonly id: string
  readonly en: string
}

const text = (en: string, id: string): Text => ({ en, id })

const yes = text("yes", "ya")
const no = text("no", "tidak")

const counted: ReadonlySet<Unit> = new Set<Unit>(["months", "days", "years", "children", "instalments", "visits"])

const amount = (of: number, unit: Unit, language: Language): string => {
  if (unit === "basis points") return `${number(of / 100, language)} %`
  const written = number(of, language)
  if (unit === "rupiah a month") return language === "id" ? `Rp${written} sebulan` : `Rp${written} a month`
  if (unit === "rupiah") return `Rp${written}`
  if (unit === "class" || unit === "decile") return `${units[unit][language]} ${written}`
  if (!counted.has(unit)) return written
  const name = units[unit][language]
  return `${written} ${language === "en" && of === 1 ? (singular[name] ?? name) : name}`
}

const singular: { readonly [plural: string]: string } = {
  months: "month",
  days: "day",
  years: "year",
  children: "child",
  instalments: "instalment",
  visits: "visit"
}

const number = (of: number, language: Language): string => {
  const [whole = "", part] = String(of).split(".")
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === "id" ? "." : ",")
  return part === undefined ? grouped : `${grouped}${language === "id" ? "," : "."}${part}`
}

const list = (of: ReadonlyArray<unknown>, unit: Unit, language: Language): string => {
  const between = of.some(Array.isArray) ? "; " : unit === "papers" ? " + " : ", "
  return of.map((each) => value(each, unit, language)).join(between)
}

/** Fields whose values are not of the parameter's unit. */
const ofTheirOwn: { readonly [field: string]: Unit } = {
  divisor: "rule",
  visits: "visits",
  months: "months",
  wardClass: "rule"
}

const field = (name: string, inner: unknown, unit: Unit, language: Language): string => {
  const said = value(inner, ofTheirOwn[name] ?? unit, language)
  if (name === "visits") return said
  if (name === "months") return `${word("within", language)} ${said}`
  if (name === "wageEarners" || name === "childrenOfMembers") return `${word(name, language)}: ${said}`
  return `${word(name, language)} ${said}`
}

const units: { readonly [U in Unit]: Text } = {
  months: text("months", "bulan"),
  days: text("days", "hari"),
  "day of the month": text("day of the month", "tanggal"),
  years: text("years", "tahun"),
  children: text("children", "anak"),
  "rupiah a month": text("rupiah a month", "rupiah sebulan"),
  rupiah: text("rupiah", "rupiah"),
  "basis points": text("per cent", "persen"),
  instalments: text("instalments", "cicilan"),
  visits: text("visits", "kunjungan"),
  decile: text("decile", "desil"),
  class: text("class", "kelas"),
  grade: text("grade", "golongan"),
  papers: text("papers", "surat"),
  rule: text("rule", "aturan"),
  "yes or no": text("yes or no", "ya atau tidak"),
  name: text("name", "nama")
}

const confidences: { readonly [C in Confidence]: Text } = {
  high: text("high", "tinggi"),
  medium: text("medium", "sedang"),
  low: text("low", "rendah"),
  unverified: text("unverified", "belum diperiksa")
}

const word = (name: string, language: Language): string => words.get(name)?.[language] ?? name

/** Names of fields and of choices. */
const words: ReadonlyMap<string, Text> = new Map(
  Object.entries({
    member: text("member", "peserta"),
    worker: text("worker", "pekerja"),
    employer: text("employer", "pemberi kerja"),
    pensioner: text("pensioner", "pensiunan"),
    government: text("government", "pemerintah"),
    "central-government": text("central government", "pemerintah pusat"),
    "local-government": text("local government", "pemerintah daerah"),
    rate: text("rate", "tarif"),
    ofReferencePay: text("of the reference pay", "dari gaji acuan"),
    earliest: text("after at least", "paling cepat setelah"),
    latest: text("at the latest after", "paling lambat setelah"),
    least: text("at least", "paling sedikit"),
    most: text("at most", "paling banyak"),
    divisor: text("and at most the months owed divided by", "dan paling banyak bulan tunggakan dibagi"),
    day: text("the", "tanggal"),
    february: text("in February the", "pada Februari tanggal"),
    within: text("within", "dalam"),
    secondClass: text("class II:", "kelas II:"),
    firstClass: text("class I:", "kelas I:"),
    list: text("those on its list", "yang ada dalam daftarnya"),
    residents: text("residents", "penduduk"),
    regencies: text("of", "kabupaten/kota"),
    wageEarners: text("wage earners", "penerima upah"),
    wardClass: text("ward class", "kelas rawat"),
    childrenOfMembers: text("children of its members", "anak pesertanya"),
    notice: text("notice of dismissal", "surat pemberitahuan PHK"),
    "labour-office-report": text("receipt of the labour office", "tanda lapor dinas ketenagakerjaan"),
    "joint-agreement": text("joint agreement", "perjanjian bersama"),
    "court-ruling": text("court ruling", "putusan pengadilan"),
    merger: text("merger", "penggabungan perusahaan"),
    bankruptcy: text("bankruptcy or loss", "pailit atau rugi"),
    "long-illness": text("long illness", "sakit berkepanjangan"),
    inclusive: text("the first day counts", "hari pertama dihitung"),
    exclusive: text("the first day does not count", "hari pertama tidak dihitung"),
    "half-up": text("half up", "setengah ke atas"),
    up: text("up", "ke atas"),
    down: text("down", "ke bawah"),
    classes: text("classes I to III", "kelas I sampai III"),
    standard: text("standard ward", "kelas standar")
  })
)
