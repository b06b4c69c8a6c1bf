import { background, cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

const familyCard = cite("Perban BPJS 6/2018; change follows the family card", "low", {
  rule: "DIV-1",
  seen: background
})
const fiveInFamily = cite("Perpres 82/2018 art. 5", "high", { rule: "FAM-1", seen: "hariansib; nasional.kontan.co.id" })
const dependantChild = cite("Perpres 82/2018 art. 5", "medium", {
  rule: "FAM-2",
  seen: "cpu-data.info (school letter); ages are background knowledge"
})
const wholeCard = cite("Perban BPJS 6/2018", "medium", {
  rule: "FAM-5",
  seen: "ilalanggrass.com; money.kompas.com 2022/11/17"
})
const correctData = cite("UU 24/2011 art. 16", "medium", { rule: "DATA", seen: background })
const death = cite("BPJS service guide", "high", {
  rule: "DTH-1",
  seen: "kabar24.bisnis 2021/11/21; star.grid 453664182"
})
const dismissal = cite("Perpres 82/2018 art. 27; Perpres 59/2024", "high", {
  rule: "PHK",
  seen: "keuangannews.id; trenasia; faktualnews 2018"
})
const removed = cite("Permensos 3/2026 art. 12, 15", "high", { rule: "PBI-13", seen: "feed.ilidea; palpres 641479" })
const transfer = cite("Perpres 82/2018; domain.md 6.1", "medium", { rule: "STATES", seen: background })
const local = cite("Perpres 82/2018", "high", { rule: "PBPU-PD", seen: "distrikbantennews 2025/12/15; radartasik" })
const pension = cite("Perpres 82/2018 art. 4(4)-(5)", "medium", { rule: "BP", seen: background })

/** What an event of life changes, and why one is refused. Read through `Reason`. */
export const catalogue = {
  // --- what changes ---
  CoverOfNewcomer: {
    id: "Tercantum di Kartu Keluarga sejak peristiwa ini; kepesertaan dibuka menurut segmen yang sesuai.",
    en: "On the family card since this event; a membership is opened in the segment that fits.",
    citation: wholeCard,
    action: "add-family-member"
  },
  CoverFollowsFamily: {
    id: "Susunan keluarga atau pekerjaan di dalamnya berubah, sehingga segmen yang berlaku berubah.",
    en: "The family, or the work in it, has changed, and with it the segment that applies.",
    citation: fiveInFamily,
    action: "check-status"
  },
  CoverReturnsToRules: {
    id: "Alasan menunggu sudah tidak ada: segmen yang sekarang tetap berlaku.",
    en: "There is nothing to wait for any more: the present segment goes on.",
    citation: transfer,
    action: "check-status"
  },
  FactsPutRight: {
    id: "Data yang tercatat keliru sudah diperbaiki. Kepesertaan mengikuti data yang benar mulai hari pelaporan.",
    en: "What was recorded wrongly is put right. Membership follows the right facts from the day of reporting on.",
    citation: correctData,
    action: "check-status"
  },
  CareIsOver: {
    id: "Perawatan sudah selesai: perubahan yang menunggu sekarang berlaku.",
    en: "Treatment is over: the change that waited takes effect now.",
    citation: transfer,
    action: "check-status"
  },
  CoverStaysUntilAnswered: {
    id: "Segmen yang baru belum dapat ditentukan. Kepesertaan yang sekarang berjalan terus sampai pertanyaan yang kurang dijawab.",
    en: "The new segment cannot be decided yet. The present membership goes on until the missing questions are answered.",
    citation: correctData,
    action: "complete-facts"
  },
  CoverNeedsFirstPayment: {
    id: "Selanjutnya dibayar sendiri: kartu aktif setelah iuran pertama dibayar.",
    en: "From now on paid by oneself: the card is active once the first contribution is paid.",
    citation: wholeCard,
    action: "pay-contribution"
  },
  FamilyCardParts: {
    id: "Kepesertaan mengikuti Kartu Keluarga: yang pindah kartu keluarga didaftarkan pada kartu yang baru.",
    en: "Membership follows the family card: who leaves the card is registered on the new one.",
    citation: familyCard,
    action: "correct-population-record"
  },
  HeadOfCardSucceeds: {
    id: "Kepala keluarga di Kartu Keluarga berganti. Mintalah Kartu Keluarga baru di Dukcapil.",
    en: "The head of the family card changes. Ask the population office for a new family card.",
    citation: familyCard,
    action: "correct-population-record"
  },
  ChildComesOfAge: {
    id: "Anak mencapai usia {age} tahun dan tidak lagi ditanggung sebagai anak pekerja. Bila masih kuliah dan belum {studentAge} tahun, bawa surat keterangan.",
    en: "The child has come to the age of {age} and is no longer covered as a worker's child. In education and under {studentAge}: bring a letter of the school.",
    citation: dependantChild,
    action: "check-status"
  },
  GraceOfFamily: {
    id: "Pekerja terkena PHK: anggota keluarga ikut dijamin tanpa iuran sampai {until}.",
    en: "The worker was laid off: the family stays covered without contributions until {until}.",
    citation: dismissal,
    action: "check-status"
  },
  GraceIsOver: {
    id: "Masa jaminan setelah PHK berakhir {until}. Daftarkan diri lewat pemberi kerja baru, sebagai peserta mandiri, atau usulkan PBI.",
    en: "Cover after the lay-off ended on {until}. Register through a new employer, pay yourself, or be proposed for PBI.",
    citation: dismissal,
    action: "register-self-pay"
  },
  EmploymentCoverEnds: {
    id: "Hubungan kerja berakhir tanpa masa jaminan. Daftarkan diri lewat pemberi kerja baru, sebagai peserta mandiri, atau usulkan PBI.",
    en: "The employment ended without a time of cover. Register through a new employer, pay yourself, or be proposed for PBI.",
    citation: dismissal,
    action: "register-self-pay"
  },
  PensionerFromNowOn: {
    id: "Penerima pensiun didaftarkan sebagai bukan pekerja.",
    en: "Who receives a pension is registered as a non-worker.",
    citation: pension,
    action: "register-pensioner"
  },
  ListedForPbi: {
    id: "Tercantum dalam keputusan Menteri Sosial: iuran dibayar pemerintah pusat.",
    en: "Named in the decree of the Minister of Social Affairs: the central government pays.",
    citation: removed,
    action: "check-status"
  },
  RemovedFromPbi: {
    id: "Tidak lagi tercantum dalam keputusan Menteri Sosial. Bila sedang perlu berobat, mintalah surat fasilitas kesehatan lalu dinas sosial untuk mengaktifkan kembali.",
    en: "No longer named in the decree of the Minister of Social Affairs. In need of care: a letter of the facility, then the social office, to be put back.",
    citation: removed,
    action: "reactivate-pbi"
  },
  LocalSchemeLeftBehind: {
    id: "Pindah ke daerah lain: jaminan pemerintah daerah yang lama tidak berlaku di sana. Tanyakan pada pemerintah daerah yang baru.",
    en: "Moved to another regency: the old local government's cover does not reach there. Ask the new one.",
    citation: local,
    action: "ask-local-government"
  },
  // --- why an event is refused ---
  PersonNotOfFamily: {
    id: "Orang yang dimaksud tidak tercantum dalam keluarga ini.",
    en: "The person meant is not in this family.",
    citation: correctData,
    action: "correct-application"
  },
  PersonAlreadyOfFamily: {
    id: "Orang yang dimaksud sudah tercantum dalam keluarga ini.",
    en: "The person meant is in this family already.",
    citation: correctData,
    action: "correct-application"
  },
  PersonHasDied: {
    id: "Orang yang dimaksud tercatat meninggal dunia. Bila salah, mintalah pembetulan.",
    en: "The person meant is recorded as dead. If that is wrong, have it corrected.",
    citation: death,
    action: "correct-false-death"
  },
  EventAfterTheDay: {
    id: "Peristiwa bertanggal setelah hari pelaporan.",
    en: "The event is dated after the day on which it is reported.",
    citation: correctData,
    action: "correct-application"
  },
  EventBeforeBirth: {
    id: "Peristiwa bertanggal sebelum orang itu lahir.",
    en: "The event is dated before the person was born.",
    citation: correctData,
    action: "correct-application"
  },
  NotAChildOfFamily: {
    id: "Orang yang dimaksud bukan anak dalam keluarga ini.",
    en: "The person meant is not a child of this family.",
    citation: dependantChild,
    action: "correct-application"
  },
  NotYetOfAge: {
    id: "Anak belum mencapai usia {age} tahun pada hari itu.",
    en: "The child has not come to the age of {age} on that day.",
    citation: dependantChild,
    action: "check-status"
  },
  MarriedAlready: {
    id: "Orang yang dimaksud tercatat menikah. Betulkan dahulu data kependudukan.",
    en: "The person meant is recorded as married. Correct the population record first.",
    citation: familyCard,
    action: "correct-population-record"
  },
  NotMarriedInFamily: {
    id: "Tidak ada pasangan menikah dalam keluarga ini yang dapat bercerai.",
    en: "There is no married couple in this family that could divorce.",
    citation: familyCard,
    action: "correct-population-record"
  },
  CoupleStaysTogether: {
    id: "Setelah perceraian salah satu pasangan pindah ke kartu keluarga sendiri: sebutkan siapa yang pindah.",
    en: "After a divorce one of the couple moves to a card of their own: say who.",
    citation: familyCard,
    action: "correct-application"
  },
  NoHeadCanFollow: {
    id: "Tidak ada orang dewasa yang dapat menjadi kepala keluarga. Mintalah Dukcapil memindahkan anak ke kartu keluarga wali.",
    en: "There is no adult who could head the family card. Have the population office move the children to a guardian's card.",
    citation: familyCard,
    action: "correct-population-record"
  },
  NotAWageWorker: {
    id: "Orang yang dimaksud tidak tercatat sebagai pekerja penerima upah.",
    en: "The person meant is not recorded as working for a wage.",
    citation: dismissal,
    action: "correct-data"
  },
  GraceNotOver: {
    id: "Masa jaminan setelah PHK belum berakhir.",
    en: "Cover after the lay-off has not ended yet.",
    citation: dismissal,
    action: "check-status"
  },
  NothingWaits: {
    id: "Tidak ada perubahan yang menunggu bagi orang ini.",
    en: "No change waits for this person.",
    citation: transfer,
    action: "check-status"
  }
} as const satisfies Record<string, Entry>
