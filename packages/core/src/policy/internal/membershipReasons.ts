import { cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

import { catalogue as moves } from "./moveReasons.ts"

const machine = cite("Synthesis of the membership rules", "medium", { rule: "STATES", seen: "domain.md 6.1" })
const dismissal = cite("UU 40/2004 art. 21; Perpres 82/2018 art. 27; Perpres 59/2024", "high", {
  rule: "PHK",
  seen: "keuangannews.id; trenasia; rri.co.id"
})
const notDismissal = cite("Perpres 82/2018 art. 27; presumably so under Perpres 59/2024", "medium", {
  rule: "PHK",
  seen: "rri.co.id"
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
const death = cite("BPJS service guide", "high", {
  rule: "DTH-1",
  seen: "kabar24.bisnis 2021/11/21; star.grid 453664182"
})
const afterDeath = cite("BPJS statements", "medium", { rule: "DTH-2", seen: "serayunews; star.grid 453636273" })
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
  ...moves,

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
  NewbornLateFree: {
    id: "Batas {days} hari sejak lahir sudah lewat ({date}). Bayi tetap boleh didaftarkan, dan keluarga tidak membayar apa-apa untuk itu.",
    en: "The {days} days after birth are over ({date}). The baby may still be registered, and the family pays nothing for it.",
    citation: newborn,
    action: "register-newborn"
  },
  NewbornOfPbi: {
    id: "Ibu kandungnya penerima bantuan iuran, jadi bayi otomatis ikut sejak lahir.",
    en: "The biological mother's contribution is paid by the state, so the baby's is too, from birth.",
    citation: newbornPbi,
    action: "register-newborn"
  },
  NewbornFatherOnPbi: {
    id: "Bantuan iuran mengikuti ibu kandung, bukan ayah. Minta bayi diusulkan menjadi PBI, atau daftarkan sebagai peserta mandiri.",
    en: "Assistance follows the biological mother, not the father. Have the baby proposed for PBI, or register it as self-paying.",
    citation: newbornPbi,
    action: "propose-for-pbi"
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
