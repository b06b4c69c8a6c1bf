import { cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

const machine = cite("Synthesis of the membership rules", "medium", { rule: "STATES", seen: "domain.md 6.1" })
const verification = cite("Population data matching (Dukcapil)", "high", {
  rule: "NIK-8",
  seen: "erakini.id; kompas 2024/04/28"
})
const firstPayment = cite("Perban BPJS; its number was not seen", "high", {
  rule: "PAY-5",
  seen: "jombangnews (Tempo, quoting the BPJS site)"
})
const expiry = cite("Perban BPJS; what follows the 30th day was not seen", "unverified", {
  rule: "PAY-5",
  seen: "domain.md 6.1"
})
const compulsory = cite("UU 40/2004 SJSN; no rule on taking a registration back was seen", "unverified", {
  rule: "PAY-5",
  seen: "domain.md sources (background); domain.md 6.1"
})
const suspension = cite("Perpres 82/2018 art. 42", "high", { rule: "PAY-2", seen: "baroindo.id" })
const reactivation = cite("Perpres 82/2018 art. 42", "high", { rule: "PAY-3", seen: "baroindo; seru.co.id 68227" })
const instalments = cite("REHAB 2.0", "high", { rule: "REH-1", seen: "kompas.tv 573247; seru.co.id 68227" })
const dismissal = cite("UU 40/2004 art. 21; Perpres 82/2018 art. 27; Perpres 59/2024", "high", {
  rule: "PHK",
  seen: "keuangannews.id; trenasia; rri.co.id"
})
const notDismissal = cite("Perpres 82/2018 art. 27; presumably so under Perpres 59/2024", "medium", {
  rule: "PHK",
  seen: "rri.co.id"
})
const afterDismissal = cite("Perpres 82/2018 art. 27", "high", { rule: "PHK", seen: "faktualnews 2018" })
const removal = cite("Permensos 3/2026 art. 12, 15", "high", { rule: "PBI-13", seen: "feed.ilidea; palpres 641479" })
const service = cite("DPR and government, 9 February 2026", "high", {
  rule: "PBI-16",
  seen: "liramedia; viv; harian.disway 928805"
})
const backOnPbi = cite("Permensos 3/2026 art. 20", "high", {
  rule: "PBI-14",
  seen: "pasal.id art. 20; babeindonesia 6606274"
})
const transfer = cite("UU 24/2011 art. 14-15; Permensos 3/2026 art. 15; synthesis", "medium", {
  rule: "STATES",
  seen: "domain.md 6.1; feed.ilidea.com"
})
const abroad = cite("Perpres 82/2018 art. 37 as amended", "high", { rule: "PAY-7", seen: "finansial.bisnis 20200513" })
const duplicate = cite("Staff statement, Meyriyani et al. 2024 section 5", "high", {
  rule: "DUP-1",
  seen: "doi 10.5281/zenodo.10499283"
})
const survivor = cite("This project's proposal, no law", "unverified", { rule: "DUP-7" })
const badData = cite("GILANG re-registration, November 2020", "high", { rule: "STATES", seen: "kompas 2020/10/31" })
const death = cite("BPJS service guide", "high", {
  rule: "DTH-1",
  seen: "kabar24.bisnis 2021/11/21; star.grid 453664182"
})
const care = cite("This project's guard of care, no law", "unverified", { rule: "DUP-7" })

/** What a membership moves for, and why it waits or cannot. Part of `membershipReasons`. */
export const catalogue = {
  // --- edges of the machine ---
  MoveRegisteredUnverified: {
    id: "Sudah terdaftar. Data masih dicocokkan dengan Dukcapil; kartu berlaku setelah cocok.",
    en: "Registered. The data are still being matched with the population register; the card is valid once they match.",
    citation: verification,
    action: "check-status"
  },
  MoveRegisteredSelfPaid: {
    id: "Sudah terdaftar dan data cocok. Jaminan mulai setelah iuran pertama dibayar.",
    en: "Registered, and the data match. Cover begins when the first contribution is paid.",
    citation: firstPayment,
    action: "pay-contribution"
  },
  MoveRegisteredPaid: {
    id: "Sudah terdaftar dan data cocok. Iuran dibayar pihak lain, jadi jaminan berlaku.",
    en: "Registered, and the data match. Others pay the contribution, so cover is valid.",
    citation: machine,
    action: "check-status"
  },
  MoveVerifiedSelfPaid: {
    id: "Data cocok dengan Dukcapil. Jaminan mulai setelah iuran pertama dibayar.",
    en: "The data match the population register. Cover begins when the first contribution is paid.",
    citation: firstPayment,
    action: "pay-contribution"
  },
  MoveVerifiedPaid: {
    id: "Data cocok dengan Dukcapil. Iuran dibayar pihak lain, jadi jaminan berlaku.",
    en: "The data match the population register. Others pay the contribution, so cover is valid.",
    citation: machine,
    action: "check-status"
  },
  MoveRegisteredAgain: {
    id: "Pendaftaran yang dulu hangus dibuka lagi.",
    en: "A registration that had lapsed is opened again.",
    citation: expiry,
    action: "check-status"
  },
  MoveFirstPayment: {
    id: "Iuran pertama sudah dibayar. Jaminan berlaku mulai hari ini.",
    en: "The first contribution is paid. Cover is valid from today.",
    citation: firstPayment,
    action: "check-status"
  },
  MoveFirstPaymentMissed: {
    id: "Iuran pertama tidak dibayar pada waktunya, jadi pendaftaran hangus. Daftar lagi untuk mulai dari awal.",
    en: "The first contribution was not paid in time, so the registration lapsed. Register again to start anew.",
    citation: expiry,
    action: "register-self-pay"
  },
  MoveWithdrawn: {
    id: "Pendaftaran dibatalkan atas permintaan sebelum jaminan berlaku. Daftar lagi untuk mulai dari awal.",
    en: "The registration was taken back on request before cover began. Register again to start anew.",
    citation: compulsory,
    action: "register-self-pay"
  },
  WithdrawalTooLate: {
    id: "Kepesertaan JKN wajib: yang bisa dibatalkan hanya pendaftaran yang iurannya dibayar sendiri dan belum pernah berlaku.",
    en: "Taking part in JKN is compulsory: only a registration that its people pay for and that has never covered can be taken back.",
    citation: compulsory,
    action: "check-status"
  },
  MoveMonthUnpaid: {
    id: "Iuran belum dibayar sampai akhir bulan, jadi jaminan berhenti mulai tanggal 1. Bayar tunggakan agar berlaku lagi.",
    en: "The contribution was not paid by the end of the month, so cover stops on the 1st. Pay what is owed and it is valid again.",
    citation: suspension,
    action: "pay-contribution"
  },
  MoveArrearsPaid: {
    id: "Tunggakan sudah dibayar. Jaminan berlaku lagi hari ini. Rawat inap dalam waktu dekat bisa dikenai denda layanan.",
    en: "The arrears are paid. Cover is valid again today. A hospital stay soon after may carry the service penalty.",
    citation: reactivation,
    action: "check-status"
  },
  MoveLastInstalmentPaid: {
    id: "Cicilan terakhir sudah dibayar. Jaminan berlaku lagi hari ini.",
    en: "The last instalment is paid. Cover is valid again today.",
    citation: instalments,
    action: "check-status"
  },
  MoveDismissed: {
    id: "Kena PHK dengan bukti yang sah. Jaminan tetap berlaku tanpa iuran untuk sementara.",
    en: "Dismissed, with valid proof. Cover stays valid without contribution for a time.",
    citation: dismissal,
    action: "check-status"
  },
  MoveEmploymentEnded: {
    id: "Sudah tidak bekerja di sana. Jaminan lewat pemberi kerja berakhir; pindah ke segmen lain agar tetap dijamin.",
    en: "No longer works there. Cover through the employer ends; move to another segment to stay covered.",
    citation: notDismissal,
    action: "register-self-pay"
  },
  MoveGraceEnded: {
    id: "Masa jaminan tanpa iuran setelah PHK sudah habis. Pindah ke segmen lain agar tetap dijamin, atau minta diusulkan menjadi PBI bila tidak mampu.",
    en: "The time of cover without contribution after the dismissal is over. Move to another segment to stay covered, or ask to be proposed for PBI if you cannot pay.",
    citation: afterDismissal,
    action: "register-self-pay"
  },
  MovePbiRemoved: {
    id: "Dihapus dari daftar penerima bantuan iuran. Bila masih perlu berobat dan tidak mampu, minta diaktifkan kembali.",
    en: "Removed from the list of those whose contribution is paid. Who needs care and cannot pay may ask to be put back.",
    citation: removal,
    action: "reactivate-pbi"
  },
  MovePbiReactivated: {
    id: "Diaktifkan kembali sebagai penerima bantuan iuran. Perbarui data setelah ini.",
    en: "Put back on the list of those whose contribution is paid. Have the data updated after this.",
    citation: backOnPbi,
    action: "correct-data"
  },
  MoveTransferred: {
    id: "Pindah segmen dengan NIK yang sama: kepesertaan lama ditutup dan yang baru dibuka pada hari yang sama.",
    en: "Moved to another segment on the same NIK: the old membership closes and the new one opens on the same day.",
    citation: transfer,
    action: "check-status"
  },
  MoveWentAbroad: {
    id: "Tinggal di luar negeri: jaminan dan iuran dihentikan sementara atas permintaan.",
    en: "Living abroad: cover and contribution are paused on request.",
    citation: abroad,
    action: "check-status"
  },
  MoveReturned: {
    id: "Sudah kembali, melapor dan membayar. Jaminan berlaku lagi.",
    en: "Has returned, reported and paid. Cover is valid again.",
    citation: abroad,
    action: "check-status"
  },
  MoveDuplicateFound: {
    id: "Diduga ada kepesertaan ganda. Kartu ini ditahan sampai Anda melapor dan satu kartu dipilih.",
    en: "There may be a double membership. This card is held until you report and one card is chosen.",
    citation: duplicate,
    action: "report-duplicate"
  },
  MoveDuplicateKept: {
    id: "Kartu ini yang dipakai. Statusnya kembali seperti sebelum ditahan.",
    en: "This is the card to keep. It is again what it was before it was held.",
    citation: duplicate,
    action: "check-status"
  },
  MoveDuplicateClosed: {
    id: "Kartu ganda ini ditutup; kartu yang lain tetap berlaku. Bila tidak setuju, ajukan keberatan.",
    en: "This double card is closed; the other one stays. If you do not agree, object.",
    citation: duplicate,
    action: "object"
  },
  MoveDuplicateReopened: {
    id: "Penutupan kartu ganda diperiksa lagi atas keberatan.",
    en: "The closing of the double card is looked at again, upon an objection.",
    citation: survivor,
    action: "report-duplicate"
  },
  MoveDataBlocked: {
    id: "NIK tidak ada, tidak cocok, atau tidak aktif. Kartu ditahan sampai data diperbaiki.",
    en: "The NIK is missing, does not match, or is switched off. The card is held until the data are corrected.",
    citation: badData,
    action: "correct-population-record"
  },
  MoveDataCorrected: {
    id: "Data sudah diperbaiki. Status kembali seperti sebelum ditahan.",
    en: "The data are corrected. The status is again what it was before.",
    citation: badData,
    action: "check-status"
  },
  MoveDied: {
    id: "Peserta meninggal dunia. Kepesertaan berakhir pada hari wafat.",
    en: "The participant has died. The membership ends on the day of death.",
    citation: death,
    action: "report-death"
  },
  MoveDeathCorrected: {
    id: "Catatan kematian ternyata keliru. Status kembali seperti sebelumnya.",
    en: "The record of the death was wrong. The status is again what it was before.",
    citation: machine,
    action: "correct-false-death"
  },

  // --- why a move waits, or cannot be ---
  CareContinues: {
    id: "Sedang dirawat. Jaminan tetap berlaku sampai perawatan selesai; perubahan ini menunggu.",
    en: "In treatment. Cover stays valid until the treatment is over; this change waits.",
    citation: care,
    action: "check-status"
  },
  CareUnknown: {
    id: "Belum diketahui apakah sedang dirawat. Jaminan tetap berlaku sampai diketahui; perubahan ini menunggu.",
    en: "It is not known whether the person is in treatment. Cover stays valid until it is known; this change waits.",
    citation: care,
    action: "check-status"
  },
  MoveNotPossible: {
    id: "Perubahan itu tidak bisa dilakukan pada status kepesertaan sekarang. Tanyakan status dan langkah yang bisa diambil.",
    en: "That change cannot be made in the present status of the membership. Ask for the status, and for the steps that can be taken.",
    citation: machine,
    action: "check-status"
  },
  MissingSegment: {
    id: "Segmen kepesertaan belum diketahui.",
    en: "The segment of the membership is not known.",
    citation: machine,
    action: "complete-facts"
  },
  MissingSelfPaid: {
    id: "Belum diketahui siapa yang membayar iuran.",
    en: "It is not known who pays the contribution.",
    citation: machine,
    action: "complete-facts"
  },
  MissingPrevious: {
    id: "Status sebelum ditahan belum diketahui.",
    en: "The status before it was held is not known.",
    citation: machine,
    action: "check-status"
  },
  PbiServiceContinues: {
    id: "Meskipun dihapus dari PBI, layanan tetap dibayar {months} bulan, sampai {until}.",
    en: "Though removed from PBI, care stays paid for {months} months, until {until}.",
    citation: service,
    action: "reactivate-pbi"
  }
} as const satisfies Record<string, Entry>
