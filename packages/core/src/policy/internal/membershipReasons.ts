import { background, cite } from "../Citation.ts"
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
const pbiLimit = cite("Permensos 21/2019 art. 8", "high", { rule: "PBI-15", seen: "star.grid 453587504" })
const transfer = cite("UU 24/2011 art. 14-15; Permensos 3/2026 art. 15; synthesis", "medium", {
  rule: "STATES",
  seen: "domain.md 6.1; feed.ilidea.com"
})
const debts = cite("BPJS statement, 8 January 2026", "high", { rule: "PAY-8", seen: "liramedia.co.id" })
const abroad = cite("Perpres 82/2018 art. 37 as amended", "high", { rule: "PAY-7", seen: "finansial.bisnis 20200513" })
const duplicate = cite("Staff statement, Meyriyani et al. 2024 section 5", "high", {
  rule: "DUP-1",
  seen: "doi 10.5281/zenodo.10499283"
})
const twoPersons = cite("Derived from the audit of 2019 (BPKP)", "high", {
  rule: "DUP-4",
  seen: "insight.kontan.co.id 2019-06-20"
})
const survivor = cite("This project's proposal, no law", "unverified", { rule: "DUP-7" })
const badData = cite("GILANG re-registration, November 2020", "high", { rule: "STATES", seen: "kompas 2020/10/31" })
const death = cite("BPJS service guide", "high", {
  rule: "DTH-1",
  seen: "kabar24.bisnis 2021/11/21; star.grid 453664182"
})
const afterDeath = cite("BPJS statements", "medium", { rule: "DTH-2", seen: "serayunews; star.grid 453636273" })
const care = cite("This project's guard of care, no law", "unverified", { rule: "DUP-7" })
const facility = cite("BPJS spokesman", "high", { rule: "FKTP", seen: "kompas 2022/01/27" })
const wardClass = cite("BPJS service guide", "high", { rule: "CLASS", seen: "gridtechno 453603240; kediripost 2022" })
const autoDebit = cite("BPJS branch FAQ", "medium", { rule: "PAY-6", seen: "kcjakpus FAQ; jombangnews" })
const newborn = cite("Perpres 82/2018 art. 16-17", "high", {
  rule: "NB-1",
  seen: "riau1.com; aceh.tribunnews 985969; suara 2023/02/04"
})
const newbornActive = cite("BPJS service guide", "high", { rule: "NB-2", seen: "radartasik 658634" })
const newbornPbi = cite("PP 76/2015; Permensos 5/2016", "high", {
  rule: "NB-3",
  seen: "palpres 641479; radartasik; ayobogor"
})
const newbornLocal = cite("Agreement of BPJS and the local government", "high", { rule: "NB-4", seen: "radartasik" })
const newbornNik = cite("BPJS service guide", "high", { rule: "NB-5", seen: "suara 2023/02/04; detik d-6182984" })
const extraFamily = cite("Perpres 82/2018; Perpres 75/2019", "high", {
  rule: "FAM-3",
  seen: "channel8news.id; suara.com 2025/11/21"
})

/** Why a membership moves, waits or stays. Read through `Reason`. */
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
  },

  // --- facility, class, visits ---
  FacilityAllowed: {
    id: "Sudah {months} bulan di fasilitas ini, jadi boleh pindah. Berlaku mulai {date}.",
    en: "Has been at this facility for {months} months, so a change is allowed. It takes effect on {date}.",
    citation: facility,
    action: "change-facility"
  },
  FacilityMoved: {
    id: "Pindah tempat tinggal, jadi boleh pindah fasilitas sebelum {months} bulan dengan surat keterangan domisili.",
    en: "Has moved house, so a change is allowed before {months} months, with the letter of domicile.",
    citation: facility,
    action: "change-facility"
  },
  FacilityAssigned: {
    id: "Tugas atau pelatihan di tempat lain, jadi boleh pindah fasilitas sebelum {months} bulan dengan surat tugas.",
    en: "Is assigned or trained elsewhere, so a change is allowed before {months} months, with the letter of assignment.",
    citation: facility,
    action: "change-facility"
  },
  FacilityTooSoon: {
    id: "Fasilitas boleh diganti setelah {months} bulan, mulai {date}. Lebih cepat bila pindah rumah atau ditugaskan ke tempat lain.",
    en: "The facility may be changed after {months} months, from {date}. Sooner if you moved house or are assigned elsewhere.",
    citation: facility,
    action: "change-facility"
  },
  ClassAllowed: {
    id: "Seluruh keluarga boleh pindah kelas. Berlaku mulai {date}.",
    en: "The whole family may change its class. It takes effect on {date}.",
    citation: wardClass,
    action: "change-class"
  },
  ClassBeforeFirstBill: {
    id: "Iuran pertama belum dibayar, jadi kelas boleh diganti tanpa menunggu {months} bulan.",
    en: "The first bill is not paid yet, so the class may be changed without waiting {months} months.",
    citation: wardClass,
    action: "change-class"
  },
  ClassTooSoon: {
    id: "Kelas boleh diganti setelah {months} bulan di kelas yang sama, mulai {date}.",
    en: "The class may be changed after {months} months in it, from {date}.",
    citation: wardClass,
    action: "change-class"
  },
  ClassNotWholeFamily: {
    id: "Kelas berlaku untuk seluruh keluarga. Ajukan perubahan untuk semua anggota keluarga sekaligus.",
    en: "The class is that of the whole family. Ask for the change for everybody in it together.",
    citation: wardClass,
    action: "change-class"
  },
  ClassArrears: {
    id: "Masih ada tunggakan. Bayar dulu, lalu kelas boleh diganti.",
    en: "There are arrears. Pay them first, then the class may be changed.",
    citation: wardClass,
    action: "pay-contribution"
  },
  ClassNoAutoDebit: {
    id: "Data rekening untuk autodebet belum ada. Bawa buku tabungan kepala keluarga, anggota keluarga, atau pembayar.",
    en: "There is no account for auto-debit yet. Bring the savings book of the head, a member of the family, or whoever pays.",
    citation: autoDebit,
    action: "change-class"
  },
  ClassNotSelfPay: {
    id: "Hanya peserta yang membayar sendiri yang memilih kelas. Kelas peserta lain ditentukan aturan.",
    en: "Only who pays alone chooses a class. For others the rules set it.",
    citation: wardClass,
    action: "check-status"
  },
  VisitAllowed: {
    id: "Boleh berobat di fasilitas lain. Masih boleh {left} kali, termasuk kali ini.",
    en: "Care at another facility is allowed. {left} visits are left, this one included.",
    citation: facility,
    action: "check-status"
  },
  VisitsUsedUp: {
    id: "Sudah {visits} kali berobat di fasilitas lain dalam {months} bulan. Kembali ke fasilitas terdaftar, atau minta pindah fasilitas. Keadaan darurat selalu dilayani.",
    en: "Has been treated elsewhere {visits} times within {months} months. Go to the facility on the card, or ask to change it. An emergency is always treated.",
    citation: facility,
    action: "change-facility"
  },

  // --- dismissal ---
  DismissalGrace: {
    id: "Kena PHK: jaminan tetap berlaku {months} bulan tanpa iuran, sampai {until}.",
    en: "Dismissed: cover stays valid for {months} months without contribution, until {until}.",
    citation: dismissal,
    action: "check-status"
  },
  DismissalNoProof: {
    id: "Bukti PHK belum cukup. Bawa salah satu dari bukti yang diminta; pemberi kerja atau pekerja boleh mengirimkannya.",
    en: "The proof of the dismissal is not enough yet. Bring one of the proofs asked for; employer or worker may send it.",
    citation: dismissal,
    action: "prove-dismissal"
  },
  DismissalResigned: {
    id: "Mengundurkan diri bukan PHK, jadi tidak ada jaminan tanpa iuran. Daftar sebagai peserta mandiri, atau minta diusulkan menjadi PBI.",
    en: "Resigning is not a dismissal, so there is no cover without contribution. Register as self-paying, or ask to be proposed for PBI.",
    citation: notDismissal,
    action: "register-self-pay"
  },
  DismissalContractEnded: {
    id: "Kontrak yang habis bukan PHK, jadi tidak ada jaminan tanpa iuran. Daftar sebagai peserta mandiri, atau minta diusulkan menjadi PBI.",
    en: "A contract that ends is not a dismissal, so there is no cover without contribution. Register as self-paying, or ask to be proposed for PBI.",
    citation: notDismissal,
    action: "register-self-pay"
  },
  DismissalDeath: {
    id: "Pekerja meninggal dunia; ini bukan PHK. Laporkan kematian; keluarga pindah ke segmen lain agar tetap dijamin.",
    en: "The worker has died; that is no dismissal. Report the death; the family moves to another segment to stay covered.",
    citation: notDismissal,
    action: "report-death"
  },
  DismissalDisputed: {
    id: "PHK masih disengketakan. Pemberi kerja dan pekerja tetap membayar iuran; pekerja tetap dijamin.",
    en: "The dismissal is disputed. Employer and worker go on paying; the worker stays covered.",
    citation: dismissal,
    action: "ask-employer"
  },
  DismissalEmployerOwes: {
    id: "Pemberi kerja tidak membayar selama sengketa. Tunggakan itu tanggungan pemberi kerja; pekerja tetap dijamin.",
    en: "The employer does not pay during the dispute. Those arrears are the employer's; the worker stays covered.",
    citation: dismissal,
    action: "ask-employer"
  },

  // --- newborns ---
  NewbornInTime: {
    id: "Bayi didaftarkan dalam {days} hari sejak lahir.",
    en: "The baby is registered within {days} days of birth.",
    citation: newborn,
    action: "register-newborn"
  },
  NewbornLate: {
    id: "Batas {days} hari sejak lahir sudah lewat ({date}). Bayi tetap boleh didaftarkan; iuran dihitung sejak lahir, dengan aturan tunggakan.",
    en: "The {days} days after birth are over ({date}). The baby may still be registered; contributions are due from birth, with the rules of arrears.",
    citation: newborn,
    action: "register-newborn"
  },
  NewbornOfPbi: {
    id: "Ibu kandungnya penerima bantuan iuran, jadi bayi otomatis ikut sejak lahir.",
    en: "The biological mother's contribution is paid by the state, so the baby's is too, from birth.",
    citation: newbornPbi,
    action: "register-newborn"
  },
  NewbornOfWorker: {
    id: "Bayi pekerja, termasuk {children} anak yang ditanggung: jaminan berlaku begitu didaftarkan.",
    en: "A worker's baby, among the {children} children who are covered: cover is valid as soon as it is registered.",
    citation: newbornActive,
    action: "add-family-member"
  },
  NewbornExtraChild: {
    id: "Bayi pekerja di luar {children} anak yang ditanggung: pekerja menambah iuran untuknya.",
    en: "A worker's baby beyond the {children} children who are covered: the worker pays a further contribution.",
    citation: extraFamily,
    action: "add-family-member"
  },
  NewbornAfterPayment: {
    id: "Jaminan bayi berlaku setelah iurannya dibayar, tanpa masa tunggu.",
    en: "The baby's cover is valid once its contribution is paid, without a wait.",
    citation: newbornActive,
    action: "pay-contribution"
  },
  NewbornLocal: {
    id: "Ibunya dibayar pemerintah daerah. Jaminan bayi mengikuti perjanjian daerah itu dengan BPJS Kesehatan.",
    en: "The local government pays for the mother. The baby's cover follows that government's agreement with BPJS Kesehatan.",
    citation: newbornLocal,
    action: "ask-local-government"
  },
  NewbornNikBy: {
    id: "NIK bayi harus sudah ada paling lambat {date}.",
    en: "The baby's NIK must be there by {date}.",
    citation: newbornNik,
    action: "get-nik"
  },
  NewbornNikNeeded: {
    id: "Bayi sudah lebih dari {months} bulan, jadi NIK harus ada lebih dulu. Urus NIK di Dukcapil.",
    en: "The baby is older than {months} months, so the NIK must be there first. Ask the population office for it.",
    citation: newbornNik,
    action: "get-nik"
  },
  MissingParentSegment: {
    id: "Kepesertaan orang tua yang diikuti bayi belum diketahui.",
    en: "The cover of the parent whom the baby follows is not known.",
    citation: newborn,
    action: "complete-facts"
  },

  // --- death ---
  DeathEndsCover: {
    id: "Kepesertaan berakhir pada hari wafat, {date}.",
    en: "The membership ends on the day of death, {date}.",
    citation: death,
    action: "report-death"
  },
  DeathBillsCancelled: {
    id: "Tagihan setelah bulan wafat, Rp{amount:.}, dibatalkan. Ahli waris tidak menanggung iuran sesudah wafat.",
    en: "Bills for months after the death, Rp{amount:,}, are cancelled. The heirs owe nothing for the time after it.",
    citation: afterDeath,
    action: "report-death"
  },
  DeathRefund: {
    id: "Sudah dibayar Rp{amount:.} untuk bulan sesudah wafat; mintalah dikembalikan.",
    en: "Rp{amount:,} were paid for months after the death; ask for them back.",
    citation: afterDeath,
    action: "report-death"
  },
  DeathAfterTheDay: {
    id: "Tanggal wafat setelah hari ini; periksa surat kematian.",
    en: "The day of death is after today; check the death letter.",
    citation: death,
    action: "correct-application"
  },
  DeathWasWrong: {
    id: "Catatan kematian keliru: kepesertaan dibuka lagi seperti semula, tanpa tagihan untuk masa kartu tertutup.",
    en: "The record of the death was wrong: the membership is opened again as it was, without bills for the time it was closed.",
    citation: machine,
    action: "correct-false-death"
  },

  // --- transfer ---
  TransferSameDay: {
    id: "Kepesertaan lama ditutup dan yang baru dibuka pada hari yang sama, {date}, dengan NIK yang sama.",
    en: "The old membership closes and the new one opens on the same day, {date}, on the same NIK.",
    citation: transfer,
    action: "check-status"
  },
  DebtsCarried: {
    id: "Tunggakan Rp{amount:.} tetap tercatat, tetapi tidak menghalangi jaminan yang baru.",
    en: "The arrears of Rp{amount:,} stay on record, and do not stand in the way of the new cover.",
    citation: debts,
    action: "pay-contribution"
  },
  DebtsSettleBy: {
    id: "Lunasi tunggakan paling lambat {date} ({months} bulan setelah pindah).",
    en: "Settle the arrears by {date} ({months} months after the move).",
    citation: debts,
    action: "pay-contribution"
  },

  // --- abroad ---
  AbroadAllowed: {
    id: "Tinggal di luar negeri {months} bulan atau lebih berturut-turut, jadi jaminan dan iuran boleh dihentikan sementara mulai {date}.",
    en: "Lives abroad for {months} months or more on end, so cover and contribution may be paused from {date}.",
    citation: abroad,
    action: "report-abroad"
  },
  AbroadTooShort: {
    id: "Hanya yang tinggal di luar negeri paling sedikit {months} bulan berturut-turut boleh menghentikan sementara. Iuran tetap dibayar.",
    en: "Only who lives abroad for at least {months} months on end may pause. The contribution goes on.",
    citation: abroad,
    action: "pay-contribution"
  },
  AbroadStillPaid: {
    id: "Pekerja yang upahnya tetap dibayar di Indonesia tidak boleh menghentikan sementara.",
    en: "A worker who is still paid in Indonesia may not pause.",
    citation: abroad,
    action: "ask-employer"
  },
  MissingPaidInIndonesia: {
    id: "Belum diketahui apakah upah tetap dibayar di Indonesia.",
    en: "It is not known whether the wage is still paid in Indonesia.",
    citation: abroad,
    action: "complete-facts"
  },
  AbroadReturned: {
    id: "Sudah kembali: lapor dan bayar paling lambat {date}.",
    en: "Has returned: report and pay by {date}.",
    citation: abroad,
    action: "pay-contribution"
  },
  AbroadReturnLate: {
    id: "Batas melapor dan membayar setelah kembali, {date}, sudah lewat. Lapor dan bayar sekarang agar jaminan berlaku lagi.",
    en: "The time to report and pay after the return, {date}, is over. Report and pay now, and cover is valid again.",
    citation: abroad,
    action: "pay-contribution"
  },

  // --- back on PBI ---
  ReactivationAllowed: {
    id: "Surat fasilitas kesehatan dan surat dinas sosial ada, jadi boleh diaktifkan kembali. Perbarui data sesudahnya.",
    en: "The letters of the health facility and the social office are there, so reactivation is allowed. Have the data updated afterwards.",
    citation: backOnPbi,
    action: "reactivate-pbi"
  },
  ReactivationLetterMissing: {
    id: "Surat belum lengkap: minta surat keterangan fasilitas kesehatan, lalu surat reaktivasi dari dinas sosial.",
    en: "A letter is missing: ask the health facility for its letter, then the social office for the letter of reactivation.",
    citation: backOnPbi,
    action: "reactivate-pbi"
  },
  ReactivationTooLate: {
    id: "Lewat {months} bulan sejak dihapus (batas {date}). Minta diusulkan lagi melalui desa, kelurahan atau dinas sosial.",
    en: "More than {months} months since the removal (the limit was {date}). Ask to be proposed anew through village or social office.",
    citation: pbiLimit,
    action: "propose-for-pbi"
  },
  MissingHealthLetter: {
    id: "Belum diketahui apakah ada surat keterangan fasilitas kesehatan.",
    en: "It is not known whether there is a letter of a health facility.",
    citation: backOnPbi,
    action: "reactivate-pbi"
  },
  MissingDinsosLetter: {
    id: "Belum diketahui apakah ada surat reaktivasi dari dinas sosial.",
    en: "It is not known whether there is a letter of reactivation from the social office.",
    citation: backOnPbi,
    action: "reactivate-pbi"
  },

  // --- duplicates ---
  SurvivorBySegment: {
    id: "Kartu yang segmennya didahulukan dipilih. Anda boleh keberatan.",
    en: "The card whose segment comes first is chosen. You may object.",
    citation: survivor,
    action: "object"
  },
  SurvivorByMatch: {
    id: "Segmennya sama; kartu yang datanya cocok dengan Dukcapil dipilih. Anda boleh keberatan.",
    en: "The segments are the same; the card whose data match the population register is chosen. You may object.",
    citation: survivor,
    action: "object"
  },
  SurvivorByAge: {
    id: "Segmen dan datanya setara; kartu yang lebih dulu terdaftar dipilih. Anda boleh keberatan.",
    en: "Segments and data are alike; the card that was registered first is chosen. You may object.",
    citation: survivor,
    action: "object"
  },
  SurvivorOnly: {
    id: "Hanya ada satu kartu; tidak ada yang ditutup.",
    en: "There is only one card; none is closed.",
    citation: survivor,
    action: "check-status"
  },
  DuplicateOnePerson: {
    id: "Satu orang dengan lebih dari satu kartu. Lapor; satu kartu dipilih dan diaktifkan kembali.",
    en: "One person with more than one card. Report it; one card is chosen and made active again.",
    citation: duplicate,
    action: "report-duplicate"
  },
  DuplicateTwoPersons: {
    id: "Dua orang memakai satu NIK. Keduanya tetap peserta dan tidak digabung; NIK dibetulkan di Dukcapil.",
    en: "Two people use one NIK. Both stay participants and are never merged; the NIK is corrected at the population office.",
    citation: twoPersons,
    action: "correct-population-record"
  },
  DuplicateNone: {
    id: "Orang yang berbeda dengan NIK yang berbeda; bukan kepesertaan ganda.",
    en: "Different people with different NIKs; no double membership.",
    citation: twoPersons,
    action: "check-status"
  },
  MissingSamePerson: {
    id: "Belum diketahui apakah ini orang yang sama. Petugas yang memutuskan, setelah mendengar Anda.",
    en: "It is not known whether this is the same person. An officer decides, after hearing you.",
    citation: twoPersons,
    action: "report-duplicate"
  }
} as const satisfies Record<string, Entry>
