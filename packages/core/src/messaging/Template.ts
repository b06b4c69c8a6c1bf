/**
 * What the register says to people, in Indonesian and English.
 *
 * A message is stored as a template and its arguments, and rendered when it is sent: one catalogue
 * of sentences that a lawyer can read, and no free text. Every sentence fits a plain text message
 * (GSM-7), says what happened and what can be done next without a smartphone, and holds no name,
 * NIK or card number: phones are shared and messages are read by others.
 *
 * Care Center 165 answers at all hours; WhatsApp number and opening hours of other ways are
 * the business of `channel`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { type Language, renderText } from "../policy/Reason.ts"

// --- models ---

/**
 * What a template needs, by name. Values are numbers, days and codes.
 *
 * @category models
 * @since 0.1.0
 */
export const Arguments = Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Int]))

/**
 * @category models
 * @since 0.1.0
 */
export type Arguments = typeof Arguments.Type

/**
 * One entry of the catalogue. `{name}` in a text stands for the argument of that name, `{name:.}` and
 * `{name:,}` for a number in groups of three.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry {
  readonly id: string
  readonly en: string
  readonly arguments: ReadonlyArray<string>
  /** Whether the arguments must be forgotten once the message is out. */
  readonly secret: boolean
}

// --- sentences ---

/** A text that needs a last sentence: what the reader of it can answer. */
interface Opening<A extends string> {
  readonly id: string
  readonly en: string
  readonly arguments: ReadonlyArray<A>
}

const opening = <const A extends string>(given: Opening<A>): Opening<A> => given

const pending = opening({
  id:
    "JKN: {people} orang didaftarkan {day}, menunggu pemeriksaan data kependudukan. " +
    "Tanpa ponsel pintar: telepon 165 atau ke kantor BPJS Kesehatan.",
  en:
    "JKN: {people} people registered {day}, waiting for the check with the population register. " +
    "No smartphone needed: call 165 or visit a BPJS Kesehatan office.",
  arguments: ["people", "day"]
})

const unpaid = opening({
  id:
    "JKN: {people} orang didaftarkan {day}. Kartu aktif setelah iuran pertama Rp{amount:.} dibayar. " +
    "Tanpa ponsel pintar: bayar di bank atau kantor pos, tanya 165.",
  en:
    "JKN: {people} people registered {day}. Cards are active once the first Rp{amount:,} is paid. " +
    "No smartphone needed: pay at a bank or post office, ask 165.",
  arguments: ["people", "day", "amount"]
})

const active = opening({
  id:
    "JKN: {people} orang terdaftar dan aktif sejak {day}. Berobat cukup dengan KTP atau kartu keluarga. " +
    "Pertanyaan: telepon 165.",
  en:
    "JKN: {people} people are registered and active since {day}. For care, an ID or family card is enough. " +
    "Questions: call 165.",
  arguments: ["people", "day"]
})

/** To a phone of somebody who was registered: it can be confirmed by an answer. */
const toOwnPhone = <A extends string>(of: Opening<A>) => ({
  id: `${of.id} Balas KODE {reference} untuk konfirmasi nomor ini`,
  en: `${of.en} Reply KODE {reference} to confirm this number`,
  arguments: [...of.arguments, "reference"] as ReadonlyArray<A | "reference">,
  secret: false
})

/** To the phone of a relative or helper, which stands for nobody's membership: no answer is asked for. */
const toOthersPhone = <A extends string>(of: Opening<A>) => ({
  ...toOwnPhone(of),
  id: `${of.id} No. {reference}`,
  en: `${of.en} No. {reference}`
})

// --- catalogue ---

/**
 * @category catalogue
 * @since 0.1.0
 */
export const catalogue = {
  /** Registered; the identity is yet to be matched with the population register. */
  "registered-pending": toOwnPhone(pending),
  "registered-pending-relayed": toOthersPhone(pending),
  /** Registered; active once the first contribution is paid. */
  "registered-unpaid": toOwnPhone(unpaid),
  "registered-unpaid-relayed": toOthersPhone(unpaid),
  /** Registered, and the card can be used. */
  "registered-active": toOwnPhone(active),
  "registered-active-relayed": toOthersPhone(active),
  /** Somebody of the household may be on the register already; an officer looks at it. */
  "held-for-review": {
    id:
      "JKN: {people} orang mungkin sudah terdaftar. Petugas memeriksa dan memberi kabar. " +
      "Tidak ada kepesertaan yang dihentikan. Tanya: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: {people} people may be registered already. An officer checks and will answer. " +
      "Nobody's membership was stopped. Ask: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["people", "reference"],
    secret: false
  },
  /** An application was taken in; an officer looks at it. Says nothing of what is on the register. */
  "application-received": {
    id:
      "JKN: pendaftaran {people} orang diterima {day}. Petugas memeriksa dan memberi kabar. " +
      "Tanpa ponsel pintar: telepon 165 atau ke kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the application of {people} people was received {day}. An officer checks and will answer. " +
      "No smartphone needed: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["people", "day", "reference"],
    secret: false
  },
  /** To the holder of a card: somebody who may not know of it has tried to register the same person. */
  "registered-again": {
    id:
      "JKN: pada {day} ada yang mendaftarkan lagi peserta di nomor ini. Kepesertaan tidak berubah dan datanya tidak " +
      "diberikan. Bukan Anda? Telepon 165 atau ke kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: on {day} somebody tried to register a member on this number again. The membership is unchanged and nothing " +
      "was disclosed. Was it not you? Call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** Somebody of the household could not be registered as the papers stand. */
  "not-registered": {
    id:
      "JKN: {people} orang belum dapat didaftarkan, data perlu diperbaiki. " +
      "Daftar kekurangan ada di loket; tanya telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: {people} people could not be registered yet, some data must be corrected. " +
      "The list is at the counter; call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["people", "reference"],
    secret: false
  },
  /** The population register knows people otherwise than they were registered; an officer looks at it. */
  "identity-denied": {
    id:
      "JKN: data {people} orang belum cocok dengan data kependudukan. Petugas memeriksa dan memberi kabar. " +
      "Bawa KTP dan kartu keluarga ke kantor BPJS Kesehatan. Tanya: telepon 165. No. {reference}",
    en:
      "JKN: the data of {people} people do not agree with the population register yet. An officer checks and will " +
      "answer. Bring ID and family card, visit a BPJS Kesehatan office. Ask: call 165. No. {reference}",
    arguments: ["people", "reference"],
    secret: false
  },
  /** The window of the first payment has opened (PAY-5). */
  "first-payment-open": {
    id:
      "JKN: iuran pertama sudah bisa dibayar, paling lambat {last}. Kartu aktif setelah dibayar. " +
      "Tanpa ponsel pintar: bayar di bank atau kantor pos, tanya 165. No. {reference}",
    en:
      "JKN: the first contribution can be paid now, until {last}. Cards are active once it is paid. " +
      "No smartphone needed: pay at a bank or post office, ask 165. No. {reference}",
    arguments: ["last", "reference"],
    secret: false
  },
  /** The window closes in a few days, and nothing was paid. */
  "first-payment-last-call": {
    id:
      "JKN: iuran pertama belum diterima, hari terakhir {last}. Sesudah itu pendaftaran harus diulang. " +
      "Bayar di bank atau kantor pos; tanya telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the first contribution has not arrived, the last day is {last}. After it one must register again. " +
      "Pay at a bank or post office; call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["last", "reference"],
    secret: false
  },
  /** A newborn is covered from the first payment on, which has no window. */
  "first-payment-newborn": {
    id:
      "JKN: bayi sudah didaftarkan, kartu aktif segera setelah iuran pertama dibayar. " +
      "Tanpa ponsel pintar: bayar di bank atau kantor pos, tanya 165. No. {reference}",
    en:
      "JKN: the newborn is registered, the card is active as soon as the first contribution is paid. " +
      "No smartphone needed: pay at a bank or post office, ask 165. No. {reference}",
    arguments: ["reference"],
    secret: false
  },
  /** The window closed without a payment. */
  "first-payment-missed": {
    id:
      "JKN: iuran pertama tidak diterima sampai {last}, pendaftaran berakhir. Sudah bayar, keberatan, atau mau daftar " +
      "lagi: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: no first contribution arrived until {last}, the registration has ended. If you did pay, object, or want " +
      "to register again: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["last", "reference"],
    secret: false
  },
  /** A registration was taken back before it covered anybody. */
  "registration-withdrawn": {
    id:
      "JKN: pendaftaran {people} orang dibatalkan {day} atas permintaan. Bukan permintaan Anda, sudah bayar, atau mau daftar " +
      "lagi: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the registration of {people} people was taken back on {day}, as asked. If you did not ask, did pay, or want " +
      "to register again: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["people", "day", "reference"],
    secret: false
  },
  /** The first contribution has come whole. */
  "first-payment-received": {
    id:
      "JKN: iuran pertama diterima, kepesertaan aktif sejak {day}. Berobat cukup dengan KTP atau kartu keluarga. " +
      "Pertanyaan: telepon 165. No. {reference}",
    en:
      "JKN: the first contribution was received, active since {day}. For care, an ID or family card is enough. " +
      "Questions: call 165. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** The population register reports a death or a number that was switched off; an officer looks at it. */
  "population-reported": {
    id:
      "JKN: data kependudukan peserta di nomor ini berubah. Petugas memeriksa dan memberi kabar. Tidak ada kepesertaan yang dihentikan. " +
      "Keberatan atau pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the population register has a change about a member on this number. An officer checks and will answer. Nobody's membership was stopped. " +
      "To object or ask: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["reference"],
    secret: false
  },
  /** The office has put a person's data right. */
  "person-corrected": {
    id:
      "JKN: data peserta di nomor ini diperbaiki kantor pada {day}. Bukan permintaan Anda, atau masih keliru: " +
      "telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the office put the data of a member on this number right on {day}. If you did not ask, or it is still wrong: " +
      "call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** A name, birth date or sex was taken over from the population register. */
  "population-corrected": {
    id:
      "JKN: data kependudukan peserta di nomor ini berubah, dicatat {day}. " +
      "Keberatan atau pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the data of a member on this number were updated from the population register, recorded {day}. " +
      "To object or ask: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** What the population register had reported is settled, and changed nothing. */
  "population-settled": {
    id:
      "JKN: pemeriksaan data kependudukan peserta di nomor ini selesai {day}. Tidak ada kepesertaan yang dihentikan. " +
      "Keberatan atau pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the check of a member on this number with the population register ended {day}. Nobody's membership was stopped. " +
      "To object or ask: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** An event of life has changed the cover of people of a family. */
  "cover-changed": {
    id:
      "JKN: kepesertaan {people} orang di keluarga ini berubah, dicatat {day}. Rinciannya ada di loket. " +
      "Keberatan atau pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: the cover of {people} people of this family has changed, recorded {day}. The details are at the counter. " +
      "To object or ask: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["people", "day", "reference"],
    secret: false
  },
  /** A consent was recorded: a helper may act. */
  "consent-recorded": {
    id:
      "JKN: persetujuan Anda dicatat {day}, seorang penolong boleh mengurus kepesertaan Anda. Akhiri kapan saja " +
      "tanpa alasan: telepon 165 atau ke kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your consent was recorded {day}, a helper may see to your membership. End it at any time without a reason: " +
      "call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** A helper acted on a consent. */
  "consent-used": {
    id:
      "JKN: penolong Anda memakai persetujuan Anda pada {day}. Tidak Anda kehendaki? Akhiri persetujuan: " +
      "telepon 165 atau ke kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your helper acted on your consent on {day}. Not what you want? End the consent: " +
      "call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** A consent has ended. */
  "consent-ended": {
    id:
      "JKN: persetujuan Anda untuk penolong berakhir {day}. Ia tidak dapat mengurus lagi; kepesertaan Anda tetap. " +
      "Pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your consent for a helper ended {day}. They can act no more; your membership stays as it is. " +
      "Questions: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** A record was read in an emergency, by somebody whose area it is not in. */
  "record-opened": {
    id:
      "JKN: data Anda dibuka petugas luar wilayah dalam keadaan darurat pada {day}. Pengawas memeriksanya. " +
      "Keberatan atau pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your record was opened in an emergency by an officer of another area on {day}. A supervisor reviews it. " +
      "To object or ask: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** The same, to the supervisor who has to review it. */
  "glass-broken": {
    id: "JKN: akses darurat dipakai {day}, menunggu pemeriksaan Anda. Bukan wewenang Anda? Hubungi 165. No. {reference}",
    en: "JKN: emergency access was used {day} and waits for your review. Not yours to review? Call 165. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** An objection was recorded: its receipt. */
  "objection-received": {
    id:
      "JKN: keberatan Anda dicatat {day}, dijawab paling lambat {last}. " +
      "Pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your objection was recorded {day} and is answered by {last}. " +
      "Questions: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "last", "reference"],
    secret: false
  },
  /** An objection was answered as was asked. */
  "objection-upheld": {
    id:
      "JKN: keberatan Anda diterima pada {day}, kantor memperbaiki keputusan. Penjelasan ada di loket. " +
      "Pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your objection was upheld on {day}, the office corrects the decision. The explanation is at the counter. " +
      "Questions: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** An objection was answered, not or not wholly as was asked. */
  "objection-answered": {
    id:
      "JKN: keberatan Anda dijawab {day}, tidak seluruhnya diterima. Alasan tertulis ada di loket. " +
      "Tidak setuju? Minta pemeriksaan ulang: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your objection was answered on {day} and not wholly upheld. The written reasons are at the counter. " +
      "Do you disagree? Ask for another review: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** A request about one's own data was recorded. */
  "data-request-received": {
    id:
      "JKN: permintaan Anda tentang data pribadi dicatat, dijawab dalam 3x24 jam sejak {day}. " +
      "Bukan Anda? Telepon 165 atau ke kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your request about your personal data was recorded and is answered within 3x24 hours of {day}. " +
      "Was it not you? Call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** It was met. */
  "data-request-granted": {
    id:
      "JKN: permintaan Anda tentang data pribadi dipenuhi {day}. Jawaban dapat diambil di loket dengan KTP. " +
      "Pertanyaan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your request about your personal data was met on {day}. Fetch the answer at the counter with your ID. " +
      "Questions: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** It was limited or refused, on a ground of the law. */
  "data-request-limited": {
    id:
      "JKN: permintaan Anda tentang data pribadi dijawab {day}, dibatasi menurut UU 27/2022. Alasannya ada di loket. " +
      "Keberatan: telepon 165 atau kantor BPJS Kesehatan. No. {reference}",
    en:
      "JKN: your request about your personal data was answered on {day} and limited by UU 27/2022. The ground is at the " +
      "counter. To object: call 165 or visit a BPJS Kesehatan office. No. {reference}",
    arguments: ["day", "reference"],
    secret: false
  },
  /** A one-time code. */
  "one-time-code": {
    id: "{code} adalah kode JKN Anda, berlaku {minutes} menit. Jangan berikan kepada siapa pun, termasuk petugas.",
    en: "{code} is your JKN code, valid for {minutes} minutes. Do not give it to anyone, not even to an officer.",
    arguments: ["code", "minutes"],
    secret: true
  },
  /** A phone was confirmed: also a warning to its owner, if it was somebody else. */
  "phone-confirmed": {
    id: "JKN: nomor ini sudah dikonfirmasi {day}. Bukan Anda? Telepon 165 atau datang ke kantor BPJS Kesehatan.",
    en: "JKN: this number was confirmed {day}. Was it not you? Call 165 or visit a BPJS Kesehatan office.",
    arguments: ["day"],
    secret: false
  }
} as const satisfies Record<string, Entry>

/**
 * @category catalogue
 * @since 0.1.0
 */
export type TemplateId = keyof typeof catalogue

/**
 * @category catalogue
 * @since 0.1.0
 */
export const TemplateId: Schema.Codec<TemplateId> = Schema.Literals(Object.keys(catalogue) as Array<TemplateId>)

/**
 * A template with exactly the arguments that it needs.
 *
 * @category models
 * @since 0.1.0
 */
export type Content = {
  readonly [T in TemplateId]: {
    readonly template: T
    readonly arguments: { readonly [A in (typeof catalogue)[T]["arguments"][number]]: string | number }
  }
}[TemplateId]

// --- rendering ---

/**
 * The text of a message. Nothing when an argument is missing: half a sentence is not sent.
 *
 * @example
 * const text = Template.render("one-time-code", "en", { code: "123456", minutes: 10 })
 * text // => "123456 is your JKN code, valid for 10 minutes. Do not give it to anyone, not even to an officer."
 *
 * @category rendering
 * @since 0.1.0
 */
export const render = (template: TemplateId, language: Language, given: Arguments): string | undefined => {
  const entry: Entry = catalogue[template]
  return entry.arguments.some((name) => given[name] === undefined) ? undefined : renderText(entry[language], given)
}

/**
 * Whether the arguments must not outlive the message.
 *
 * @category rendering
 * @since 0.1.0
 */
export const isSecret = (template: TemplateId): boolean => catalogue[template].secret
