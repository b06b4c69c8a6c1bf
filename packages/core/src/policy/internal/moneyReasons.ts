import { background, cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

const wageBase = cite("Perpres 82/2018", "high", { rule: "PPU-2", seen: "suara 2025/11/21; cpu-data (payslip list)" })
const tariff = cite("Perpres 82/2018 and its amendments", "high", { rule: "TARIFF", seen: "tribunnews 2020/05/14" })
const assisted = cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "PBI-1", seen: "egindo.com; lamanriau" })
const pensioner = cite("Perpres 82/2018", "low", { rule: "BP-2", seen: background })
const veteran = cite("Perpres 82/2018", "high", { rule: "BP-1", seen: "channel8news" })
const article42 = "Perpres 82/2018 art. 42"
const dueDay = cite("Perpres 82/2018", "high", { rule: "PAY-1", seen: "glitik; muslimiina" })
const suspension = cite(article42, "high", { rule: "PAY-2", seen: "baroindo.id" })
const limit = cite(article42, "high", { rule: "PAY-3", seen: "baroindo; seru.co.id 68227" })
const advance = cite("BPJS branch FAQ", "medium", { rule: "PAY-4", seen: "kcjakpus FAQ" })
const firstPayment = cite("Perban BPJS", "high", { rule: "PAY-5", seen: "jombangnews (Tempo, quoting the BPJS site)" })
const penalty = cite("Perpres 82/2018 art. 42(6), as amended by Perpres 64/2020", "high", {
  rule: "PEN-1",
  seen: "arikamedia; kcjakpus FAQ; baroindo"
})
const penaltyPayer = cite(article42, "high", { rule: "PEN-2", seen: "baroindo" })
const rehab = cite("REHAB 2.0 programme", "high", { rule: "REH-1", seen: "kompas.tv 573247; seru.co.id 68227" })
const wardOfWage = cite("Perpres 82/2018", "medium", { rule: "PPU-6", seen: "namaguerizka; pasienbpjs.com" })
const wardOfGrade = cite("Perpres 82/2018", "medium", { rule: "PPU-6", seen: background })
const wardOfFamily = cite("Perban BPJS 6/2018", "high", {
  rule: "FAM-5",
  seen: "ilalanggrass; money.kompas.com 2022/11/17"
})
// What no source states and this project had to choose: docs/decisions/0011.
const convention = (rule: string) => cite("No rule found; this project's reading", "unverified", { rule })

/** How an amount was reached, line by line; what is owed, since when. Read through `Reason`. */
export const catalogue = {
  WageGiven: {
    id: "Dasar iuran: upah pokok dan tunjangan tetap Rp{wage:.} sebulan.",
    en: "Base: basic wage and fixed allowances of Rp{wage:,} a month.",
    citation: wageBase,
    action: "pay-contribution"
  },
  WageCapped: {
    id: "Batas atas upah Rp{cap:.} menjadi dasar iuran.",
    en: "The cap of Rp{cap:,} is the base.",
    citation: cite("Perpres 82/2018; Perpres 75/2019 art. 32", "high", { rule: "PPU-3", seen: "suara; namaguerizka" }),
    action: "pay-contribution"
  },
  WageRaised: {
    id: "Upah minimum setempat Rp{floor:.} menjadi dasar iuran.",
    en: "The local minimum wage of Rp{floor:,} is the base.",
    citation: cite("Perpres 82/2018", "medium", { rule: "PPU-4", seen: `suara says UMP; UMK is ${background}` }),
    action: "pay-contribution"
  },
  FloorNotChecked: {
    id: "Upah minimum setempat ({floor}) tidak disebutkan; iuran tidak dibandingkan dengannya.",
    en: "The local minimum wage ({floor}) was not given; the base was not compared with it.",
    citation: cite("Perpres 82/2018", "medium", { rule: "PPU-4", seen: `suara says UMP; UMK is ${background}` }),
    action: "check-status"
  },
  EmployerShare: {
    id: "Pemberi kerja membayar {percent} % dari Rp{base:.}.",
    en: "The employer pays {percent} % of Rp{base:,}.",
    citation: cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" }),
    action: "pay-contribution"
  },
  WorkerShare: {
    id: "Pekerja membayar {percent} % dari Rp{base:.}.",
    en: "The worker pays {percent} % of Rp{base:,}.",
    citation: cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" }),
    action: "pay-contribution"
  },
  ExtraFamilyShare: {
    id: "Pekerja membayar {percent} % dari Rp{base:.} untuk anggota keluarga tambahan ini.",
    en: "The worker pays {percent} % of Rp{base:,} for this extra member of the family.",
    citation: cite("Perpres 82/2018; Perpres 75/2019", "high", {
      rule: "FAM-3",
      seen: "channel8news.id; suara.com 2025/11/21"
    }),
    action: "pay-contribution"
  },
  CoveredByWorker: {
    id: "Sudah ditanggung iuran pekerja; tidak ada iuran tersendiri.",
    en: "Covered by the worker's contribution; nothing of its own is due.",
    citation: cite("Perpres 82/2018 art. 5", "high", { rule: "FAM-1", seen: "hariansib; nasional.kontan.co.id" }),
    action: "check-status"
  },
  SelfPayClass: {
    id: "Iuran kelas {class}: Rp{amount:.} sebulan, dibayar peserta.",
    en: "Class {class}: Rp{amount:,} a month, paid by the member.",
    citation: tariff,
    action: "pay-contribution"
  },
  ThirdClassMember: {
    id: "Kelas 3, bagian peserta: Rp{amount:.} dari Rp{total:.} sebulan.",
    en: "Class 3, the member's part: Rp{amount:,} of Rp{total:,} a month.",
    citation: tariff,
    action: "pay-contribution"
  },
  ThirdClassSubsidy: {
    id: "Kelas 3, bagian pemerintah: Rp{amount:.}, hanya untuk peserta aktif.",
    en: "Class 3, the government's part: Rp{amount:,}, for active members only.",
    citation: tariff,
    action: "pay-contribution"
  },
  ThirdClassUnsubsidised: {
    id: "Kelas 3, peserta tidak aktif: Rp{amount:.} sebulan tanpa bantuan pemerintah.",
    en: "Class 3, member not active: Rp{amount:,} a month without the government's part.",
    citation: tariff,
    action: "pay-contribution"
  },
  PaidByCentral: {
    id: "Rp{amount:.} sebulan, dibayar pemerintah pusat.",
    en: "Rp{amount:,} a month, paid by the central government.",
    citation: assisted,
    action: "check-status"
  },
  PaidByLocal: {
    id: "Rp{amount:.} sebulan, dibayar pemerintah daerah.",
    en: "Rp{amount:,} a month, paid by the local government.",
    citation: assisted,
    action: "check-status"
  },
  PensionGovernment: {
    id: "Pemerintah membayar {percent} % dari pensiun Rp{base:.}.",
    en: "The government pays {percent} % of the pension of Rp{base:,}.",
    citation: pensioner,
    action: "check-status"
  },
  PensionPensioner: {
    id: "Penerima pensiun membayar {percent} % dari pensiun Rp{base:.}.",
    en: "The pensioner pays {percent} % of the pension of Rp{base:,}.",
    citation: pensioner,
    action: "pay-contribution"
  },
  VeteranGovernment: {
    id: "Pemerintah membayar {percent} % dari {share} % gaji pokok PNS III/a masa kerja 14 tahun, Rp{base:.}.",
    en: "The government pays {percent} % of {share} % of the base pay of PNS III/a with 14 years, Rp{base:,}.",
    citation: veteran,
    action: "check-status"
  },
  MissingActive: {
    id: "Belum diketahui apakah peserta aktif; bantuan iuran kelas 3 hanya untuk peserta aktif.",
    en: "It is not known whether the member is active; the class 3 subsidy is for active members only.",
    citation: tariff,
    action: "check-status"
  },
  MissingPension: {
    id: "Besar pensiun belum diisi.",
    en: "The pension is not given.",
    citation: pensioner,
    action: "complete-facts"
  },
  MissingReferencePay: {
    id: "Gaji pokok PNS III/a masa kerja 14 tahun belum diisi.",
    en: "The base pay of PNS III/a with 14 years' service is not given.",
    citation: veteran,
    action: "complete-facts"
  },

  // --- bills and arrears ---
  BillDueOn: {
    id: "Jatuh tempo {date}.",
    en: "Due on {date}.",
    citation: dueDay,
    action: "pay-contribution"
  },
  NothingBilled: {
    id: "Tidak ada iuran untuk bulan ini.",
    en: "Nothing is billed for this month.",
    citation: dueDay,
    action: "check-status"
  },
  NoLateFee: {
    id: "Membayar lewat jatuh tempo tidak dikenai denda keterlambatan.",
    en: "Paying after the due day costs no late fee.",
    citation: cite("Perpres; its number was not seen", "high", { rule: "PAY-1", seen: "muslimiina; glitik" }),
    action: "pay-contribution"
  },
  MonthBilledOnce: {
    id: "Yang pindah di tengah bulan ditagih sekali untuk bulan itu, oleh kepesertaan pada tanggal 1.",
    en: "Who moves within a month is billed once for it, by the membership of the 1st.",
    citation: convention("PAY-8"),
    action: "object"
  },
  NothingOwed: {
    id: "Tidak ada tunggakan; jaminan berlaku.",
    en: "Nothing is owed; cover holds.",
    citation: suspension,
    action: "check-status"
  },
  CurrentMonthUnpaid: {
    id: "Iuran bulan ini Rp{amount:.} belum dibayar; jatuh tempo {date}. Jaminan tetap berlaku sampai akhir bulan.",
    en: "This month's Rp{amount:,} is not paid; it is due on {date}. Cover lasts to the end of the month.",
    citation: suspension,
    action: "pay-contribution"
  },
  CoverSuspended: {
    id: "Jaminan berhenti sementara sejak {date} karena menunggak {months} bulan.",
    en: "Cover has been suspended since {date}: {months} months are unpaid.",
    citation: suspension,
    action: "pay-contribution"
  },
  ArrearsOwed: {
    id: "Menunggak {months} bulan; jaminan belum berhenti.",
    en: "{months} months are unpaid; cover has not stopped yet.",
    citation: suspension,
    action: "pay-contribution"
  },
  ArrearsBilled: {
    id: "Tunggakan yang ditagih: {months} bulan, Rp{amount:.}.",
    en: "Arrears billed: {months} months, Rp{amount:,}.",
    citation: limit,
    action: "pay-by-instalments"
  },
  ArrearsBeyondLimit: {
    id: "Paling banyak {limit} bulan ditagih; Rp{amount:.} dari bulan sebelumnya tetap tercatat, tetapi tidak ditagih.",
    en: "At most {limit} months are billed; Rp{amount:,} of earlier months stays on record and is not asked for.",
    citation: limit,
    action: "object"
  },
  ArrearsRelaxed: {
    id: "Relaksasi: cukup membayar {months} bulan tunggakan agar aktif kembali; Rp{amount:.} menyusul.",
    en: "Relaxation: paying {months} months of arrears is enough to be active again; Rp{amount:,} may follow later.",
    citation: cite("Perpres 64/2020", "high", { rule: "REH-2", seen: "seru.co.id 68227" }),
    action: "pay-contribution"
  },
  PayToReactivate: {
    id: "Bayar Rp{amount:.} agar aktif kembali pada hari itu juga.",
    en: "Pay Rp{amount:,} to be active again on the same day.",
    citation: limit,
    action: "pay-contribution"
  },
  CreditKept: {
    id: "Kelebihan bayar Rp{amount:.} disimpan untuk bulan berikutnya.",
    en: "Rp{amount:,} was paid beyond what is owed; it is kept for coming months.",
    citation: advance,
    action: "check-status"
  },
  AmountNotRupiah: {
    id: "Ada jumlah yang bukan rupiah bulat, atau kurang dari nol.",
    en: "An amount is not in whole rupiah, or is below zero.",
    citation: convention("ROUND"),
    action: "correct-application"
  },

  // --- paying ---
  AdvancePaid: {
    id: "Membayar {months} bulan: jaminan terbayar sampai {month}. Iuran dihitung menurut tarif yang sudah diumumkan.",
    en: "Pays {months} months: paid through {month}, by the tariff announced so far.",
    citation: advance,
    action: "pay-contribution"
  },
  AdvanceOutOfRange: {
    id: "Dapat dibayar 1 sampai {most} bulan sekaligus, bukan {months}.",
    en: "From 1 to {most} months may be paid at once, not {months}.",
    citation: advance,
    action: "pay-contribution"
  },
  PayAtVirtualAccount: {
    id: "Bayar ke nomor virtual account di salah satu bank; pembayaran tercatat atas kepesertaan itu.",
    en: "Pay to the virtual account at one of the banks; the payment is booked on that membership.",
    citation: cite("BPJS branch FAQ", "medium", { rule: "VA-1", seen: "pusatbantuan-kcjakpus.netlify.app" }),
    action: "pay-contribution"
  },
  AutoDebitAsked: {
    id: "Kelas {class} diminta membayar dengan autodebit dari rekening.",
    en: "Class {class} is asked to pay by auto-debit from a bank account.",
    citation: cite("BPJS branch FAQ", "medium", { rule: "PAY-6", seen: "kcjakpus FAQ; jombangnews" }),
    action: "pay-contribution"
  },
  OthersPay: {
    id: "Iuran dibayar pemerintah; tidak ada yang perlu dibayar sendiri.",
    en: "A government pays the contribution; there is nothing to pay oneself.",
    citation: assisted,
    action: "check-status"
  },
  FirstPaymentWindow: {
    id: "Pembayaran pertama antara {from} dan {to}; jaminan aktif setelah dibayar.",
    en: "The first payment falls between {from} and {to}; cover begins when it is paid.",
    citation: firstPayment,
    action: "pay-contribution"
  },
  FirstPaymentNewborn: {
    id: "Bayi tidak menunggu 14 hari: jaminan aktif setelah iuran pertama dibayar.",
    en: "A newborn does not wait: cover begins when the first contribution is paid.",
    citation: cite("BPJS service guide", "high", { rule: "NB-2", seen: "radartasik 658634" }),
    action: "pay-contribution"
  },
  FirstPaymentMover: {
    id: "Yang pindah dari PPU atau PBI tidak menunggu: jaminan aktif setelah iuran pertama dibayar.",
    en: "Who moves from PPU or PBI does not wait: cover begins when the first contribution is paid.",
    citation: cite("Perban BPJS", "low", { rule: "PAY-5", seen: background }),
    action: "pay-contribution"
  },
  FirstPaymentOthersPay: {
    id: "Iuran dibayar pemberi kerja atau pemerintah; tidak ada pembayaran pertama yang ditunggu.",
    en: "An employer or a government pays; cover does not wait for a first payment.",
    citation: firstPayment,
    action: "check-status"
  },
  FirstPaymentMade: {
    id: "Iuran pertama dibayar; jaminan aktif sejak {date}.",
    en: "The first contribution is paid; cover holds from {date}.",
    citation: firstPayment,
    action: "check-status"
  },
  FirstPaymentEarly: {
    id: "Dibayar sebelum waktunya: uangnya disimpan dan dihitung pada {date}.",
    en: "Paid before its time: the money is kept and counts on {date}.",
    citation: convention("PAY-5"),
    action: "check-status"
  },
  FirstPaymentMissed: {
    id: "Tidak ada pembayaran sampai {date}; daftar lagi. Uang yang sudah dibayar tetap milik pembayar.",
    en: "Nothing was paid by {date}; register again. Money that was paid stays the payer's.",
    citation: cite("Perban BPJS", "low", { rule: "PAY-5", seen: background }),
    action: "register-self-pay"
  },

  // --- the service penalty ---
  PenaltyShare: {
    id: "Denda layanan {percent} % dari perkiraan biaya paket Rp{cost:.}, untuk tiap bulan dari {months} bulan menunggak.",
    en: "Service penalty: {percent} % of the estimated package of Rp{cost:,}, for each of {months} months in arrears.",
    citation: penalty,
    action: "pay-contribution"
  },
  PenaltyMonthsCapped: {
    id: "Dari {months} bulan menunggak, paling banyak {limit} yang dihitung.",
    en: "Of {months} months in arrears, at most {limit} count.",
    citation: penalty,
    action: "object"
  },
  PenaltyCapped: {
    id: "Denda layanan paling banyak Rp{cap:.}.",
    en: "The penalty is at most Rp{cap:,}.",
    citation: penalty,
    action: "object"
  },
  PenaltyWindow: {
    id: "Rawat inap sampai {date} dikenai denda: {days} hari setelah aktif kembali.",
    en: "Inpatient care through {date} is penalised: {days} days of being active again.",
    citation: convention("PEN-3"),
    action: "object"
  },
  PenaltyByEmployer: {
    id: "Denda dibayar pemberi kerja, bukan pekerja.",
    en: "The employer pays the penalty, not the worker.",
    citation: penaltyPayer,
    action: "ask-employer"
  },
  PenaltyNotInpatient: {
    id: "Rawat jalan tidak dikenai denda; hanya rawat inap tingkat lanjutan.",
    en: "Outpatient care is not penalised; only inpatient care at a hospital is.",
    citation: penalty,
    action: "check-status"
  },
  PenaltyWindowOver: {
    id: "Masa denda {days} hari berakhir pada {date}; tidak ada denda.",
    en: "The {days} days of penalty ended on {date}; none is owed.",
    citation: penalty,
    action: "check-status"
  },
  PenaltyNotForAssisted: {
    id: "Peserta yang iurannya dibayar pemerintah tidak dikenai denda.",
    en: "There is no penalty for those whose contribution a government pays.",
    citation: penaltyPayer,
    action: "check-status"
  },
  PenaltyNotForPoor: {
    id: "Peserta dengan surat keterangan tidak mampu tidak dikenai denda.",
    en: "There is no penalty for who is certified poor.",
    citation: penaltyPayer,
    action: "check-status"
  },
  PenaltyPoorExempt: {
    id: "Peserta dengan surat keterangan tidak mampu tidak dikenai denda; surat itu tidak disebutkan di sini.",
    en: "Who is certified poor owes no penalty; no such certificate was mentioned here.",
    citation: penaltyPayer,
    action: "object"
  },
  PenaltyNoArrears: {
    id: "Tidak ada bulan menunggak; tidak ada denda.",
    en: "No month was in arrears; there is no penalty.",
    citation: penalty,
    action: "check-status"
  },
  PenaltyBeforeReactivation: {
    id: "Rawat inap mulai sebelum aktif kembali; aturannya tidak menyebut hal itu. Tanyakan kepada petugas.",
    en: "The care began before the membership was active again; the rule does not say. Ask an officer.",
    citation: convention("PEN-3"),
    action: "object"
  },
  MissingPackageCost: {
    id: "Perkiraan biaya paket INA-CBG belum diisi.",
    en: "The estimated cost of the INA-CBG package is not given.",
    citation: penalty,
    action: "complete-facts"
  },
  MissingMonthsInArrears: {
    id: "Jumlah bulan menunggak belum diisi.",
    en: "The number of months in arrears is not given.",
    citation: penalty,
    action: "complete-facts"
  },

  // --- instalments ---
  RehabSplit: {
    id: "Tunggakan Rp{amount:.} dibagi {instalments} cicilan, paling banyak {most}; iuran bulan berjalan ikut dibayar.",
    en: "Arrears of Rp{amount:,} in {instalments} instalments, of at most {most}; each month's bill is paid with them.",
    citation: rehab,
    action: "pay-by-instalments"
  },
  RehabActiveAfterLast: {
    id: "Jaminan aktif setelah cicilan terakhir, {month}; tidak sebelumnya.",
    en: "Cover begins after the last instalment, {month}; not before.",
    citation: rehab,
    action: "pay-by-instalments"
  },
  RehabOnlySelfPay: {
    id: "Cicilan REHAB hanya untuk peserta mandiri (PBPU dan BP).",
    en: "REHAB instalments are for self-paying participants (PBPU and BP) only.",
    citation: rehab,
    action: "check-status"
  },
  RehabTooFewMonths: {
    id: "Menunggak {months} bulan; cicilan mulai dari {least} bulan. Bayar sekaligus agar aktif kembali.",
    en: "{months} months are owed; instalments begin at {least}. Pay at once to be active again.",
    citation: rehab,
    action: "pay-contribution"
  },
  RehabTooManyMonths: {
    id: "Menunggak {months} bulan; cicilan paling banyak untuk {most} bulan. Yang ditagih juga paling banyak itu: tanyakan kepada petugas.",
    en: "{months} months are owed; instalments are for at most {most}. No more than that is billed either: ask an officer.",
    citation: rehab,
    action: "check-status"
  },
  RehabTooManyInstalments: {
    id: "Paling banyak {most} cicilan, bukan {instalments}.",
    en: "At most {most} instalments, not {instalments}.",
    citation: rehab,
    action: "pay-by-instalments"
  },
  RehabNoInstalments: {
    id: "Banyaknya cicilan harus bilangan bulat mulai dari 1.",
    en: "The number of instalments must be a whole one, from 1.",
    citation: rehab,
    action: "pay-by-instalments"
  },
  RehabClosedThisMonth: {
    id: "Pendaftaran cicilan bulan ini ditutup setelah tanggal {day}; dibuka lagi {date}.",
    en: "Registering for instalments closed after day {day} of this month; it opens again on {date}.",
    citation: rehab,
    action: "pay-by-instalments"
  },

  // --- the ward ---
  WardAssisted: {
    id: "Ruang kelas {class}, untuk peserta yang iurannya dibayar pemerintah.",
    en: "Class {class} ward, for those whose contribution a government pays.",
    citation: cite("UU 40/2004 art. 14; Perpres 82/2018", "high", {
      rule: "PBI-JK",
      seen: "justisio; feed.ilidea.com"
    }),
    action: "check-status"
  },
  WardByWage: {
    id: "Ruang kelas {class}: upah Rp{wage:.}, batas kelas II Rp{limit:.}.",
    en: "Class {class} ward: a wage of Rp{wage:,}, where class II ends at Rp{limit:,}.",
    citation: wardOfWage,
    action: "check-status"
  },
  WardByGrade: {
    id: "Ruang kelas {class}: golongan {grade}.",
    en: "Class {class} ward: grade {grade}.",
    citation: wardOfGrade,
    action: "check-status"
  },
  WardChosen: {
    id: "Ruang kelas {class}, menurut pilihan keluarga; sama untuk semua anggota.",
    en: "Class {class} ward, as the family chose; the same for every member.",
    citation: wardOfFamily,
    action: "check-status"
  },
  WardBetterOfBoth: {
    id: "Suami dan istri sama-sama pekerja: keluarga mendapat kelas yang lebih tinggi, kelas {class}.",
    en: "Husband and wife both work for a wage: the family takes the better class, class {class}.",
    citation: cite("Perpres 82/2018 art. 14", "high", {
      rule: "BOTH-WORK",
      seen: "laodeahmad.com; hariansib.com 2025-09-06"
    }),
    action: "check-status"
  },
  WardStandard: {
    id: "Ruang rawat standar berlaku; kelas tidak dibedakan lagi.",
    en: "The standard ward applies; there are no classes any more.",
    citation: cite("Perpres 59/2024 art. 46A", "high", { rule: "KRIS", seen: "glitik.com; corenews 2025/05/31" }),
    action: "check-status"
  },
  MissingGrade: {
    id: "Golongan pegawai belum diisi.",
    en: "The civil servant's grade is not given.",
    citation: wardOfGrade,
    action: "complete-facts"
  }
} as const satisfies Record<string, Entry>
