import type { ActionId } from "../../policy/ActionId.ts"
import type { ChannelId } from "../Channel.ts"

interface Steps {
  /** What to do, and what to bring. */
  readonly id: string
  readonly en: string
  /** Where, the ways that need nothing first. */
  readonly channels: readonly [ChannelId, ...ReadonlyArray<ChannelId>]
}

const counters = ["branch", "public-service-mall", "mobile-service"] as const

/** What each next step means, and where it is taken. Read through `Ways`. */
export const steps: { readonly [A in ActionId]: Steps } = {
  "get-nik": {
    id: "Urus NIK di Dukcapil dengan Kartu Keluarga, atau surat keterangan lahir untuk bayi.",
    en: "Ask the population office for a NIK, with the family card, or the birth letter for a baby.",
    channels: ["population-office", "village"]
  },
  "correct-population-record": {
    id: "Betulkan data kependudukan atau Kartu Keluarga di Dukcapil, lalu kabarkan BPJS Kesehatan.",
    en: "Have the population record or the family card corrected at the population office, then tell BPJS Kesehatan.",
    channels: ["population-office", "village"]
  },
  "complete-facts": {
    id: "Lengkapi jawaban yang belum ada; petugas membantu mengisinya.",
    en: "Give the answers that are missing; an officer helps to fill them in.",
    channels: [...counters, "care-center-165", "pandawa", "mobile-jkn"]
  },
  "correct-application": {
    id: "Periksa dan betulkan isian pendaftaran dengan Kartu Keluarga di tangan.",
    en: "Check the application against the family card and correct it.",
    channels: [...counters, "care-center-165", "pandawa"]
  },
  "ask-employer": {
    id: "Minta bagian personalia mendaftarkan pekerja dan keluarganya lewat e-Dabu.",
    en: "Have the personnel department register the worker and the family through e-Dabu.",
    channels: ["employer", "e-dabu", "branch"]
  },
  "register-with-proof-of-work": {
    id: "Daftarkan diri dengan bukti kerja bila pemberi kerja tidak mendaftarkan; kewajiban membayar tetap pada pemberi kerja.",
    en: "Register with proof of work when the employer does not; the employer stays liable to pay.",
    channels: ["branch", "public-service-mall"]
  },
  "add-family-member": {
    id: "Minta anggota keluarga ditambahkan, dengan Kartu Keluarga dan surat yang membuktikan hubungan.",
    en: "Have the member of the family added, with the family card and the paper that proves the relation.",
    channels: ["employer", ...counters, "care-center-165", "pandawa", "mobile-jkn"]
  },
  "register-self-pay": {
    id: "Daftarkan seluruh anggota Kartu Keluarga, dengan KTP, Kartu Keluarga, pilihan fasilitas dan kelas, dan rekening untuk pembayaran.",
    en: "Register everybody on the family card, with identity card, family card, choice of facility and class, and an account to pay from.",
    channels: [...counters, "care-center-165", "pandawa", "mobile-jkn"]
  },
  "register-newborn": {
    id: "Daftarkan bayi dengan surat keterangan lahir dan nomor peserta ibu.",
    en: "Register the baby with the birth letter and the mother's participant number.",
    channels: ["hospital-pipp", ...counters, "care-center-165", "pandawa"]
  },
  "propose-for-pbi": {
    id: "Minta desa, kelurahan atau dinas sosial mengusulkan melalui SIKS-NG; keputusan ada pada Menteri Sosial.",
    en: "Have village, ward or social office propose you through SIKS-NG; the Minister of Social Affairs decides.",
    channels: ["village", "social-office"]
  },
  "reactivate-pbi": {
    id: "Bawa surat keterangan fasilitas kesehatan ke desa, kelurahan atau dinas sosial untuk surat reaktivasi.",
    en: "Take the health facility's letter to village, ward or social office for the letter of reactivation.",
    channels: ["social-office", "village"]
  },
  "ask-local-government": {
    id: "Tanyakan ke kelurahan, desa atau dinas sosial apakah pemerintah daerah membayar iuran warganya.",
    en: "Ask ward, village or social office whether the local government pays for its residents.",
    channels: ["village", "social-office", "branch"]
  },
  "register-pensioner": {
    id: "Daftarkan diri dengan Kartu Keluarga dan bukti pensiun atau tanda veteran.",
    en: "Register with the family card and the proof of pension or of being a veteran.",
    channels: [...counters]
  },
  "bring-foreigner-papers": {
    id: "Bawa paspor, KITAS atau KITAP, dan izin kerja bila bekerja.",
    en: "Bring passport, KITAS or KITAP, and the work permit when employed.",
    channels: ["branch", "employer"]
  },
  "report-death": {
    id: "Laporkan kematian dengan surat kematian dan kartu peserta.",
    en: "Report the death with the death letter and the participant's card.",
    channels: ["branch", "social-office", "employer", "pandawa"]
  },
  "correct-false-death": {
    id: "Betulkan catatan kematian di Dukcapil, lalu kabarkan BPJS Kesehatan.",
    en: "Have the record of death corrected at the population office, then tell BPJS Kesehatan.",
    channels: ["population-office", "branch"]
  },
  "check-status": {
    id: "Tanyakan status kepesertaan dengan menyebut NIK kepada petugas.",
    en: "Ask for the status of the membership, giving the NIK to the officer.",
    channels: ["care-center-165", "vika", ...counters, "chika", "mobile-jkn"]
  },
  "pay-contribution": {
    id: "Bayar iuran melalui bank atau gerai yang bekerja sama, dengan nomor virtual account.",
    en: "Pay at a bank or shop that takes contributions, with the virtual account number.",
    channels: ["branch", "care-center-165", "mobile-jkn"]
  },
  "pay-by-instalments": {
    id: "Minta tunggakan dicicil (REHAB) lewat 165 atau Mobile JKN sebelum akhir bulan, lalu bayar tiap cicilan.",
    en: "Ask to pay off the arrears in instalments (REHAB) by 165 or Mobile JKN before the month ends, then pay each.",
    channels: ["care-center-165", "branch", "mobile-jkn"]
  },
  "report-duplicate": {
    id: "Laporkan kepesertaan ganda; satu dipilih dan diaktifkan kembali.",
    en: "Report the double membership; one is chosen and made active again.",
    channels: ["branch", "public-service-mall", "care-center-165", "pandawa"]
  },
  "change-facility": {
    id: "Minta pindah fasilitas kesehatan pertama, dengan kartu dan Kartu Keluarga; surat domisili atau surat tugas bila belum waktunya.",
    en: "Ask to change the first health facility, with card and family card; a letter of domicile or assignment when it is too soon.",
    channels: [...counters, "care-center-165", "pandawa", "mobile-jkn"]
  },
  "change-class": {
    id: "Minta pindah kelas untuk seluruh keluarga, dengan Kartu Keluarga dan buku tabungan untuk autodebet.",
    en: "Ask to change the class of the whole family, with family card and savings book for auto-debit.",
    channels: [...counters, "care-center-165", "pandawa", "mobile-jkn"]
  },
  "prove-dismissal": {
    id: "Serahkan bukti PHK: pemberitahuan atau perjanjian bersama dengan tanda lapor dinas tenaga kerja, atau putusan pengadilan.",
    en: "Hand in the proof of dismissal: notice or joint agreement with the labour office's receipt, or the court's ruling.",
    channels: ["branch", "employer", "public-service-mall"]
  },
  "report-abroad": {
    id: "Laporkan keberangkatan ke luar negeri atau kepulangan, dengan paspor dan kartu peserta.",
    en: "Report leaving the country, or coming back, with passport and participant's card.",
    channels: ["branch", "public-service-mall", "care-center-165"]
  },
  "correct-data": {
    id: "Minta data kepesertaan dibetulkan, dengan KTP dan Kartu Keluarga.",
    en: "Have the membership's data corrected, with identity card and family card.",
    channels: [...counters, "care-center-165", "pandawa", "mobile-jkn"]
  },
  "confirm-phone": {
    id: "Pastikan nomor telepon, atau minta kode tercetak di loket bila tidak punya telepon.",
    en: "Confirm the phone number, or ask for a printed code at the counter when there is no phone.",
    channels: [...counters, "care-center-165", "mobile-jkn"]
  },
  object: {
    id: "Ajukan keberatan atas keputusan; tanda terima diberikan.",
    en: "Object to the decision; a receipt is given.",
    channels: ["branch", "hospital-pipp", "care-center-165", "mobile-jkn"]
  }
}
