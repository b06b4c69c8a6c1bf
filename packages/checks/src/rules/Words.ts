/**
 * The fixed words of the rule pages in both languages.
 */
import type { Reason } from "@kis/core/policy"

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
