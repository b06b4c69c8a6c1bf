/**
 * The fixed words of the rule pages in both languages, and how values of the policy are
 * written. A key or a name that has no word here stops the generator: no page is half
 * translated in silence.
 */
import type { Citation, Policy, Reason } from "@kis/core/policy"

type Language = Reason.Language

interface Text {
  readonly id: string
  readonly en: string
}

const text = (en: string, id: string): Text => ({ en, id })

// --- labels ---

export const labels = {
  rulesAndSources: text("Rules and sources", "Aturan dan sumbernya"),
  nextSteps: text("Next steps and channels", "Langkah berikutnya dan saluran layanan"),
  otherLanguage: text("Bahasa Indonesia", "English"),
  version: text("Policy {policy}, rules version {rules}.", "Kebijakan {policy}, versi aturan {rules}."),
  gazette: text(
    "No official gazette was read end to end. Every number and every sentence names the instrument it is ascribed " +
      "to, where it was seen, and how sure we are. A value applies from a day and is known since a day; past the day " +
      "through which it was verified the last value goes on applying, and each decision that used it says so.",
    "Tidak ada lembaran negara yang dibaca utuh. Setiap angka dan kalimat menyebut peraturan asalnya, tempat " +
      "melihatnya, dan tingkat keyakinannya. Sebuah nilai berlaku sejak suatu hari dan diketahui sejak suatu hari; " +
      "setelah hari terakhir pemeriksaannya, nilai terakhir tetap berlaku dan setiap keputusan yang memakainya " +
      "menyebutkan hal itu."
  ),
  cases: text(
    "Golden cases are written by hand from the sources, before the code, and run on every change. A decidable rule " +
      "has at least one where it holds, one where it does not, and one on the day where it begins or ends. " +
      "A case cites the reference of the rules, domain.md, by its section.",
    "Kasus acuan ditulis tangan dari sumbernya, sebelum kodenya, dan dijalankan pada setiap perubahan. Aturan yang " +
      "dapat diputuskan punya sedikitnya satu kasus saat aturan itu terpenuhi, satu saat tidak, dan satu pada hari " +
      "batasnya. Nama kasus ditulis dalam bahasa Inggris; kasus mengutip rujukan aturan, domain.md, menurut bagiannya."
  ),
  group: text("Group", "Kelompok"),
  rules: text("Rules", "Aturan"),
  rule: text("Rule", "Aturan"),
  says: text("What it says", "Isinya"),
  confidence: text("Confidence", "Keyakinan"),
  goldenCases: text("Golden cases", "Kasus acuan"),
  source: text("Source", "Sumber"),
  seen: text("Seen", "Dilihat di"),
  section: text("Section of the reference", "Bagian dalam rujukan"),
  numbers: text("Numbers", "Angka"),
  from: text("From", "Sejak"),
  to: text("To", "Sampai"),
  value: text("Value", "Nilai"),
  knownSince: text("Known since", "Diketahui sejak"),
  writtenIn: text("Written in", "Tertulis di"),
  verifiedThrough: text("Verified through", "Diperiksa sampai"),
  notKnown: text("not known", "tidak diketahui"),
  notes: text("Notes", "Catatan (dalam bahasa Inggris)"),
  parameter: text("parameter", "parameter"),
  layer: text("Layer {name}, version {version}", "Lapisan {name}, versi {version}"),
  sentences: text("What a decision says", "Yang dikatakan keputusan"),
  code: text("Code", "Kode"),
  sentence: text("Sentence", "Kalimat"),
  nextStep: text("Next step", "Langkah berikutnya"),
  precedence: text("Which ground comes first", "Dasar yang didahulukan"),
  ground: text("Ground", "Dasar"),
  segment: text("Segment", "Segmen"),
  machine: text("The state machine", "Mesin keadaan"),
  moves: text("Every move", "Setiap perpindahan"),
  state: text("State", "Keadaan"),
  covered: text("Covered", "Dijamin"),
  move: text("Move", "Pemicu"),
  when: text("When", "Bila"),
  effective: text("Effective", "Berlaku"),
  endsCover: text("Ends cover", "Mengakhiri jaminan"),
  previous: text("the state before", "keadaan sebelumnya"),
  notRule: text("Nothing to decide", "Bukan untuk diputuskan"),
  others: text("Sentences of no one rule", "Kalimat di luar satu aturan"),
  otherNumbers: text("Numbers of no one rule", "Angka di luar satu aturan"),
  withoutSmartphone: text("Ways without a smartphone", "Cara tanpa ponsel pintar"),
  otherWays: text("Other ways", "Cara lain"),
  channels: text("Service channels", "Saluran layanan"),
  channel: text("Channel", "Saluran"),
  needs: text("Needs", "Perlu"),
  hours: text("Hours", "Jam"),
  address: text("Address", "Alamat"),
  certainSince: text("Certain since", "Pasti ada sejak"),
  note: text("Note", "Catatan"),
  anyHour: text("at any hour", "setiap saat"),
  officeHours: text("office hours", "jam kantor"),
  weekdays: text("Monday to Friday, {from} to {to}", "Senin sampai Jumat, {from} sampai {to}"),
  yes: text("yes", "ya"),
  no: text("no", "tidak")
} as const

export const pins = {
  holds: text("Holds", "Terpenuhi"),
  fails: text("Does not hold", "Tidak terpenuhi"),
  boundary: text("On the boundary", "Pada batasnya")
} as const

export const say = (label: keyof typeof labels, language: Language, values: Record<string, string> = {}): string =>
  labels[label][language].replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole)

export const confidence = (of: Citation.Confidence, language: Language): string => confidences[of][language]

const confidences = {
  high: text("high", "tinggi"),
  medium: text("medium", "sedang"),
  low: text("low", "rendah"),
  unverified: text("unverified", "belum diperiksa")
} as const satisfies Record<Citation.Confidence, Text>

export const effective = (of: "same-day" | "next-month", language: Language): string =>
  ({
    "same-day": text("the same day", "hari itu juga"),
    "next-month": text("the 1st of the next month", "tanggal 1 bulan berikutnya")
  })[of][language]

export const needs = (of: "smartphone" | "phone" | "computer" | "visit", language: Language): string =>
  ({
    smartphone: text("a smartphone", "ponsel pintar"),
    phone: text("any phone", "telepon apa pun"),
    computer: text("a computer", "komputer"),
    visit: text("to go there", "datang sendiri")
  })[of][language]

// --- values of the policy ---

const units = {
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
} as const satisfies Record<Policy.Unit, Text>

export const unit = (of: Policy.Unit, language: Language): string => units[of][language]

/** Words inside values: names of fields and of choices. */
const words: Record<string, Text> = {
  member: text("member", "peserta"),
  worker: text("worker", "pekerja"),
  employer: text("employer", "pemberi kerja"),
  pensioner: text("pensioner", "pensiunan"),
  government: text("government", "pemerintah"),
  "central-government": text("central government", "pemerintah pusat"),
  "local-government": text("local government", "pemerintah daerah"),
  rate: text("rate", "tarif"),
  ofReferencePay: text("of the reference pay", "dari gaji acuan"),
  earliest: text("earliest", "paling cepat"),
  latest: text("latest", "paling lambat"),
  least: text("at least", "paling sedikit"),
  most: text("at most", "paling banyak"),
  divisor: text("months owed divided by", "bulan tunggakan dibagi"),
  day: text("day", "tanggal"),
  february: text("in February", "pada Februari"),
  visits: text("visits", "kunjungan"),
  months: text("months", "bulan"),
  secondClass: text("class II", "kelas II"),
  firstClass: text("class I", "kelas I"),
  mode: text("who", "siapa"),
  list: text("those on its list", "yang ada dalam daftarnya"),
  residents: text("its residents", "penduduknya"),
  regencies: text("regency", "kabupaten/kota"),
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
}

/** Names that are the same in both languages. */
const proper = new Set(["I", "II", "III", "IV", "UMK", "DTKS", "DTSEN", "Perpres 82/2018"])

const word = (name: string, language: Language): string => {
  const known = words[name]
  if (known !== undefined) return known[language]
  if (proper.has(name) || /^\d+$/.test(name)) return name
  throw new Error(`The rule pages have no word for "${name}": add it to packages/checks/src/rules/Words.ts`)
}

const number = (value: number, language: Language) => value.toLocaleString(language === "id" ? "id-ID" : "en")

/** A value as a reader reads it; basis points become per cent. */
export const written = (value: unknown, of: Policy.Unit, language: Language): string => {
  if (typeof value === "number") {
    return of === "basis points" ? `${number(value / 100, language)} %` : number(value, language)
  }
  if (typeof value === "boolean") return say(value ? "yes" : "no", language)
  if (typeof value === "string") return word(value, language)
  if (Array.isArray(value)) {
    const nested = value.some(Array.isArray)
    return value.map((each) => written(each, of, language)).join(nested ? "; " : of === "papers" ? " + " : ", ")
  }
  if (typeof value !== "object" || value === null) throw new Error(`A value that cannot be written: ${String(value)}`)
  if ("payer" in value && "amount" in value) {
    return `${written(value.amount, of, language)} (${word(String(value.payer), language)})`
  }
  return Object.entries(value)
    .map(([name, inner]) => `${word(name, language)} ${written(inner, of, language)}`)
    .join(", ")
}
