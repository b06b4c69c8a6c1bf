/**
 * What the report says, in Indonesian and English.
 */
import { Columns, RowProblem } from "@kis/core/intake"
import { Reason } from "@kis/core/policy"
import { Machine, type Membership } from "@kis/core/membership"
import type { Message, Template } from "@kis/core/messaging"
import type { Target } from "@kis/core/sla"
import type { PlainDate } from "@kis/core/time"
import * as Schema from "effect/Schema"
import type { CheckName, EvidenceField, PhoneEnd, Refusal } from "./ReportData.ts"

// --- models ---

export interface Words {
  readonly id: string
  readonly en: string
}

export const words = (id: string, en: string): Words => ({ id, en })

// --- words of the register ---

export const stateWords = (state: Membership.State): Words =>
  words(Machine.name(state, "id"), Machine.name(state, "en"))

export const evidenceWords: Record<EvidenceField, Words> = {
  nik: words("NIK", "NIK"),
  name: words("Nama", "Name"),
  birth: words("Tanggal lahir", "Birth date"),
  mother: words("Nama ibu", "Mother's name"),
  familyCard: words("Kartu keluarga", "Family card"),
  sex: words("Jenis kelamin", "Sex")
}

/** How far a level speaks for one person, from agreement to contradiction. */
export const agreements = ["agrees", "nearly", "slip", "partly", "differs", "unknown"] as const

export type Agreement = (typeof agreements)[number]

export const agreementOf = (level: string): Agreement => agreementOfLevel[level] ?? "unknown"

const agreementOfLevel: Readonly<Record<string, Agreement>> = {
  same: "agrees",
  variant: "nearly",
  typo: "slip",
  slip: "slip",
  swapped: "slip",
  near: "slip",
  similar: "partly",
  serial: "partly",
  different: "differs",
  missing: "unknown",
  absent: "unknown",
  unknown: "unknown"
}

export const agreementWords: Record<Agreement, Words> = {
  agrees: words("Sama", "Agrees"),
  nearly: words("Ejaan lain", "Other spelling"),
  slip: words("Salah ketik", "A slip"),
  partly: words("Sebagian", "In part"),
  differs: words("Berbeda", "Differs"),
  unknown: words("Tidak diketahui", "Not known")
}

export const templateWords: Record<Template.TemplateId, Words> = {
  "registered-active": words("Terdaftar dan aktif", "Registered and active"),
  "registered-active-relayed": words("Terdaftar dan aktif, lewat keluarga", "Registered and active, through family"),
  "registered-unpaid": words("Terdaftar, menunggu iuran", "Registered, first payment due"),
  "registered-unpaid-relayed": words(
    "Terdaftar, menunggu iuran, lewat keluarga",
    "Registered, first payment due, through family"
  ),
  "registered-pending": words("Terdaftar, menunggu verifikasi", "Registered, being verified"),
  "registered-pending-relayed": words(
    "Terdaftar, menunggu verifikasi, lewat keluarga",
    "Registered, being verified, through family"
  ),
  "held-for-review": words("Sedang diperiksa petugas", "Held for review"),
  "application-received": words("Pendaftaran diterima", "Application received"),
  "registered-again": words("Didaftarkan lagi oleh orang lain", "Registered again by somebody else"),
  "not-registered": words("Belum dapat didaftarkan", "Could not be registered"),
  "one-time-code": words("Kode sekali pakai", "One-time code"),
  "phone-confirmed": words("Nomor HP dikonfirmasi", "Phone confirmed"),
  "cover-changed": words("Jaminan berubah", "Cover changed"),
  "identity-denied": words("Identitas belum cocok", "Identity not confirmed"),
  "population-reported": words("Perubahan data kependudukan", "Change in the civil register"),
  "population-corrected": words("Data diperbaiki", "Data corrected"),
  "person-corrected": words("Data diperbaiki kantor", "Data put right by the office"),
  "population-settled": words("Perubahan data selesai diperiksa", "Change reviewed"),
  "first-payment-open": words("Iuran pertama dapat dibayar", "First payment open"),
  "first-payment-last-call": words("Iuran pertama, pengingat terakhir", "First payment, last call"),
  "first-payment-newborn": words("Iuran pertama bayi", "First payment of a newborn"),
  "first-payment-missed": words("Iuran pertama terlewat", "First payment missed"),
  "registration-withdrawn": words("Pendaftaran dibatalkan", "Registration taken back"),
  "first-payment-received": words("Iuran pertama diterima", "First payment received"),
  "consent-recorded": words("Persetujuan dicatat", "Consent recorded"),
  "consent-used": words("Persetujuan dipakai", "Consent acted on"),
  "consent-ended": words("Persetujuan berakhir", "Consent ended"),
  "record-opened": words("Data dibuka dalam keadaan darurat", "Record opened in an emergency"),
  "objection-received": words("Keberatan dicatat", "Objection recorded"),
  "objection-upheld": words("Keberatan diterima", "Objection upheld"),
  "objection-answered": words("Keberatan dijawab", "Objection answered"),
  "data-request-received": words("Permintaan data dicatat", "Data request recorded"),
  "data-request-granted": words("Permintaan data dipenuhi", "Data request met"),
  "data-request-limited": words("Permintaan data dibatasi", "Data request limited"),
  "glass-broken": words("Akses darurat, menunggu pengawas", "Emergency access, to be reviewed")
}

export const messageStateWords: Record<Message.State, Words> = {
  waiting: words("Menunggu", "Waiting"),
  sending: words("Sedang dikirim", "Being sent"),
  unknown: words("Hasil belum jelas", "Outcome unknown"),
  sent: words("Terkirim", "Sent"),
  delivered: words("Sampai", "Delivered"),
  read: words("Dibaca", "Read"),
  failed: words("Gagal", "Failed"),
  expired: words("Kedaluwarsa", "Expired")
}

export const phoneWords: Record<PhoneEnd, Words> = {
  verified: words("Terverifikasi", "Verified"),
  wrong: words("Kode salah", "Wrong code"),
  late: words("Terlambat", "Too late"),
  silent: words("Minta kode, tidak membalas", "Asked, never sent it back"),
  open: words("Kode masih berlaku", "Code still open"),
  never: words("Tidak pernah meminta kode", "Never asked for a code")
}

export const clockWords: Record<Target.Kind, Words> = {
  registration: words("Pendaftaran", "Registration"),
  "duplicate-review": words("Pemeriksaan data ganda", "Review of a duplicate"),
  change: words("Perubahan data", "Change of data"),
  complaint: words("Pengaduan", "Complaint"),
  objection: words("Keberatan", "Objection"),
  "personal-data": words("Permintaan data pribadi", "Request about personal data")
}

export const checkWords: Record<CheckName, { readonly left: Words; readonly right: Words }> = {
  lines: {
    left: words("Baris yang dibaca", "Lines read"),
    right: words("terdaftar + sudah ada + diperiksa + ditolak", "registered + already + review + rejected")
  },
  registered: {
    left: words("Baris yang terdaftar", "Lines registered"),
    right: words("peserta di register", "participants on the register")
  },
  memberships: {
    left: words("Peserta di register", "Participants on the register"),
    right: words("kepesertaan menurut segmen dan kecamatan", "memberships by segment and district")
  },
  review: {
    left: words("Baris yang diperiksa", "Lines under review"),
    right: words("kasus data ganda", "duplicate cases")
  },
  clocks: {
    left: words("Janji yang dibuka", "Promises opened"),
    right: words("satu tiap peserta dan tiap kasus", "one for each participant and case")
  },
  codes: {
    left: words("Kode yang dikirim", "Codes sent"),
    right: words("pesan berisi kode", "messages with a code")
  },
  phones: {
    left: words("Nomor HP terverifikasi", "Phones verified"),
    right: words("pesan konfirmasi", "messages that confirm it")
  }
}

// --- words of a refusal ---

/** The catalogue's text of a reason; a code of a later version stands for itself. */
export const refusalWords = ({ code, field }: Refusal): Words => {
  if (isRowProblem(code)) {
    const entry = RowProblem.entry(code)
    return { id: filled(entry.id, field, "id"), en: filled(entry.en, field, "en") }
  }
  if (isReason(code)) {
    const entry = Reason.entry(code)
    return { id: filled(entry.id, field, "id"), en: filled(entry.en, field, "en") }
  }
  return { id: code, en: code }
}

/** What comes before the first stop: enough where there is little room. */
export const firstSentence = ({ en, id }: Words): Words => ({ id: first(id), en: first(en) })

// --- writing numbers and days ---

export const number = (value: number): string => decimal.format(value)

export const percent = (part: number, whole: number): string =>
  whole === 0 ? "0 %" : `${number(Math.round((part / whole) * 1000) / 10)} %`

export const day = (date: PlainDate.PlainDate, language: "id" | "en"): string =>
  longDay[language].format(new Date(`${date}T00:00:00Z`))

export const shortDay = (date: PlainDate.PlainDate, language: "id" | "en"): string =>
  weekDay[language].format(new Date(`${date}T00:00:00Z`))

// --- private ---

const first = (text: string) => text.split(/(?<=[.;])\s/)[0]?.replace(/[.;]$/, "") ?? text

const isRowProblem = Schema.is(RowProblem.ProblemCode)
const isReason = Schema.is(Reason.ReasonCode)
const isColumn = Schema.is(Columns.Column)

// parameters differ from line to line: a count of lines cannot name them
const filled = (text: string, field: string | undefined, language: "id" | "en"): string =>
  text
    .replaceAll("{column}", isColumn(field) ? Columns.title(field, language) : (field ?? "…"))
    .replace(/\{\w+\}/g, "…")

const decimal = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 })

const days = (options: Intl.DateTimeFormatOptions) => ({
  id: new Intl.DateTimeFormat("id-ID", { ...options, timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" })
})

const longDay = days({ day: "numeric", month: "long", year: "numeric" })
const weekDay = days({ weekday: "short" })
