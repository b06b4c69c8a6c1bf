import { background, cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

const ppuState = cite("Perpres 82/2018 art. 4(2)a-f", "high", {
  rule: "PPU-PN",
  seen: "scribd 727280151; laodeahmad.com"
})
const ppuPrivate = cite("Perpres 82/2018 art. 4(2)g-h", "high", { rule: "PPU-BU", seen: "scribd 727280151" })
const ownEmployer = cite("Perpres 82/2018 art. 14(1)(2)", "high", {
  rule: "BOTH-WORK",
  seen: "laodeahmad.com; hariansib 2025-09-06"
})
const mandatoryWork = cite("UU 24/2011 art. 14-15", "medium", {
  rule: "PRECEDENCE",
  seen: "bangsaonline.com/berita/152783"
})
const fiveInFamily = cite("Perpres 82/2018 art. 5", "high", { rule: "FAM-1", seen: "hariansib; nasional.kontan.co.id" })
const dependantChild = cite("Perpres 82/2018 art. 5", "medium", {
  rule: "FAM-2",
  seen: "cpu-data.info (school letter); ages are background knowledge"
})
const extraFamily = cite("Perpres 82/2018; Perpres 75/2019", "high", {
  rule: "FAM-3",
  seen: "channel8news.id; suara.com 2025/11/21"
})
const otherFamily = cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "FAM-4", seen: "channel8news.id" })
const wholeCard = cite("Perban BPJS 6/2018", "medium", {
  rule: "FAM-5",
  seen: "ilalanggrass.com; money.kompas.com 2022/11/17"
})
const foreigner = cite("UU 24/2011 art. 14; Perban BPJS 6/2018 art. 5, 17", "high", {
  rule: "WNA",
  seen: "bangsaonline.com/berita/152783; ilalanggrass.com"
})
const ownAccount = cite("Perpres 82/2018 art. 4(3)", "medium", {
  rule: "PBPU",
  seen: `indoid.solusijodoh.com; article ${background}`
})
const notWorking = cite("Perpres 82/2018 art. 4(4)-(5)", "medium", {
  rule: "BP",
  seen: `channel8news.id; article ${background}`
})
const veterans = cite("Perpres 82/2018 art. 4(5)", "high", { rule: "BP-1", seen: "channel8news.id" })
const employerFails = cite("Perpres 82/2018 art. 13", "high", { rule: "EMPLOYER", seen: "scribd 727280151" })
const decile = cite("Ministers' statements", "high", { rule: "PBI-11", seen: "gorontalo.carapandang; viv" })
const localResidents = cite("City health office, Kota Tangerang", "high", {
  rule: "PBPU-PD",
  seen: "distrikbantennews 2025/12/15"
})
const poor = cite("UU 40/2004 art. 14; Permensos 3/2026 art. 4(1)", "high", {
  rule: "PBI-JK",
  seen: "justisio; feed.ilidea.com"
})
const local = cite("Perpres 82/2018", "high", { rule: "PBPU-PD", seen: "distrikbantennews 2025/12/15; radartasik" })
const newbornNik = cite("BPJS service guide", "high", { rule: "NB-5", seen: "suara 2023/02/04; detik d-6182984" })
const newbornPbi = cite("PP 76/2015; Permensos 5/2016", "high", {
  rule: "NB-3",
  seen: "palpres 641479; radartasik; ayobogor"
})
const death = cite("BPJS service guide", "high", {
  rule: "DTH-1",
  seen: "kabar24.bisnis 2021/11/21; star.grid 453664182"
})
const correctData = cite("UU 24/2011 art. 16", "medium", { rule: "DATA", seen: background })

/** The catalogue of reasons. Texts, law and next step; read through `Reason`. */
export const catalogue = {
  // --- why a segment fits ---
  StateWorker: {
    id: "Bekerja dan digaji oleh negara, TNI, Polri, atau pemerintah desa. Didaftarkan oleh instansi tempat bekerja.",
    en: "Works for and is paid by the state, the armed forces, the police or a village. The office registers its workers.",
    citation: ppuState,
    action: "ask-employer"
  },
  PrivateWorker: {
    id: "Bekerja dan menerima upah. Didaftarkan oleh pemberi kerja; bila pemberi kerja lalai, pekerja boleh mendaftar sendiri dengan bukti kerja.",
    en: "Works for a wage. The employer registers its workers; where it fails to, the worker may register with proof of work.",
    citation: ppuPrivate,
    action: "ask-employer"
  },
  EmployerFailed: {
    id: "Pemberi kerja belum mendaftarkan pekerjanya: pekerja boleh mendaftar sendiri dengan bukti kerja.",
    en: "The employer has not registered its workers: the worker may register with proof of work.",
    citation: employerFails,
    action: "register-with-proof-of-work"
  },
  EmployerStaysLiable: {
    id: "Iuran tetap menjadi kewajiban pemberi kerja, juga bila pekerja mendaftar sendiri.",
    en: "The contribution stays the employer's duty, also where the worker registers without the employer.",
    citation: employerFails,
    action: "register-with-proof-of-work"
  },
  ForeignWorker: {
    id: "Orang asing dengan paspor dan izin yang berlaku, di Indonesia paling sedikit {months} bulan.",
    en: "A foreigner with valid passport and permits, in Indonesia for at least {months} months.",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  ForeignFamily: {
    id: "Keluarga berkewarganegaraan asing dengan paspor dan izin tinggal yang berlaku.",
    en: "A foreign member of the family with valid passport and permit.",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  ForeignNotEmployed: {
    id: "Orang asing yang tidak bekerja pada pemberi kerja mendaftar sendiri sebagai peserta mandiri.",
    en: "A foreigner without an employer registers as a self-paying participant.",
    citation: foreigner,
    action: "register-self-pay"
  },
  SpouseOfWorker: {
    id: "Suami atau istri pekerja; ditanggung iuran pekerja.",
    en: "Husband or wife of a worker; covered by the worker's contribution.",
    citation: fiveInFamily,
    action: "add-family-member"
  },
  ChildOfWorker: {
    id: "Anak pekerja, termasuk {children} anak yang ditanggung iuran pekerja.",
    en: "Child of a worker, among the {children} children whom the worker's contribution covers.",
    citation: fiveInFamily,
    action: "add-family-member"
  },
  ExtraFamily: {
    id: "Anggota keluarga tambahan pekerja (anak keempat dan seterusnya, ayah, ibu, mertua): {percent} % dari upah tiap orang, dibayar pekerja.",
    en: "Extra member of a worker's family (fourth child and on, father, mother, parents-in-law): {percent} % of the wage for each, paid by the worker.",
    citation: extraFamily,
    action: "add-family-member"
  },
  StudentChild: {
    id: "Belum berusia {age} tahun dan masih menempuh pendidikan formal; bawa surat keterangan sekolah atau kampus.",
    en: "Under {age} and still in formal education; bring a letter from school or university.",
    citation: dependantChild,
    action: "add-family-member"
  },
  StatePaidPensioner: {
    id: "Penerima pensiun.",
    en: "Receives a pension.",
    citation: notWorking,
    action: "register-pensioner"
  },
  Veteran: {
    id: "Veteran atau perintis kemerdekaan; iuran dibayar pemerintah.",
    en: "Veteran or pioneer of independence; the government pays the contribution.",
    citation: notWorking,
    action: "register-pensioner"
  },
  VeteranSurvivor: {
    id: "Janda, duda, atau yatim piatu veteran atau perintis kemerdekaan; iuran dibayar pemerintah.",
    en: "Widow, widower or orphan of a veteran or pioneer of independence; the government pays the contribution.",
    citation: veterans,
    action: "register-pensioner"
  },
  OnPbiDecree: {
    id: "Ditetapkan sebagai penerima bantuan iuran dengan keputusan Menteri Sosial; iuran dibayar pemerintah pusat.",
    en: "Named as a recipient of contribution assistance by decree of the Minister of Social Affairs; the central government pays.",
    citation: poor,
    action: "check-status"
  },
  NewbornOfPbiMother: {
    id: "Bayi dari ibu kandung penerima bantuan iuran otomatis menjadi penerima bantuan iuran; laporkan kelahirannya.",
    en: "The baby of a mother on contribution assistance is on it too from birth; report the birth.",
    citation: newbornPbi,
    action: "register-newborn"
  },
  InLocalScheme: {
    id: "Didaftarkan dan dibayar oleh pemerintah daerah.",
    en: "Registered and paid for by the local government.",
    citation: local,
    action: "check-status"
  },
  LocalResident: {
    id: "Penduduk daerah yang membayar iuran warganya, bukan pekerja penerima upah; kelas {class}.",
    en: "Lives where the local government pays for its residents, and earns no wage; class {class}.",
    citation: localResidents,
    action: "ask-local-government"
  },
  ChildOfLocalMember: {
    id: "Anak dari ibu yang didaftarkan dan dibayar oleh pemerintah daerah; ikut didaftarkan.",
    en: "Child of a mother whom the local government registers and pays for; registered with her.",
    citation: localResidents,
    action: "ask-local-government"
  },
  OwnAccount: {
    id: "Bekerja sendiri, di luar hubungan kerja; mendaftar sebagai peserta mandiri bersama seluruh anggota Kartu Keluarga.",
    en: "Works on their own account; registers as a self-paying participant with everybody on the family card.",
    citation: ownAccount,
    action: "register-self-pay"
  },
  FamilyOfOwnAccount: {
    id: "Anggota Kartu Keluarga peserta mandiri; seluruh anggota didaftarkan dalam kelas yang sama, iuran dihitung per orang.",
    en: "On the family card of a self-paying participant; all members register in one class and are billed per head.",
    citation: wholeCard,
    action: "register-self-pay"
  },
  OtherRelative: {
    id: "Kerabat lain dari pekerja: iuran peserta mandiri menurut kelas.",
    en: "Another relative of a worker: the self-paid contribution of the class chosen.",
    citation: otherFamily,
    action: "register-self-pay"
  },
  NotWorking: {
    id: "Tidak bekerja dan mampu membayar iuran; mendaftar sendiri. Bila tidak mampu, desa, kelurahan atau dinas sosial dapat mengusulkan bantuan iuran.",
    en: "Does not work and can pay; registers as a self-paying participant. Who cannot pay may be proposed for assistance by village or social office.",
    citation: notWorking,
    action: "register-self-pay"
  },
  EmployerOrInvestor: {
    id: "Pemberi kerja atau investor; mendaftar sendiri.",
    en: "Employer or investor; registers as a self-paying participant.",
    citation: notWorking,
    action: "register-self-pay"
  },
  NewbornWithoutNik: {
    id: "Bayi boleh didaftarkan tanpa NIK dengan surat keterangan lahir dan nomor peserta ibu; NIK disusulkan paling lambat {months} bulan sejak lahir.",
    en: "A newborn may be registered without NIK, with birth letter and the mother's participant number; the NIK follows within {months} months of birth.",
    citation: newbornNik,
    action: "get-nik"
  },

  // --- why a segment does not fit ---
  Deceased: {
    id: "Tercatat meninggal dunia. Bila keliru, catatan kematian dapat dibetulkan.",
    en: "Recorded as deceased. If that is wrong, the record can be corrected.",
    citation: death,
    action: "correct-false-death"
  },
  BornAfterTheDay: {
    id: "Tanggal lahir sesudah tanggal yang ditanyakan; periksa tanggal lahir.",
    en: "The birth date is after the day asked about; check the birth date.",
    citation: correctData,
    action: "correct-application"
  },
  NikNeeded: {
    id: "NIK diperlukan. Hanya bayi sampai usia {months} bulan boleh didaftarkan tanpa NIK; orang asing boleh memakai paspor.",
    en: "A NIK is needed. Only a newborn of up to {months} months may be registered without; a foreigner may use a passport.",
    citation: newbornNik,
    action: "get-nik"
  },
  NotStateWorker: {
    id: "Bukan pekerja yang digaji oleh negara.",
    en: "Is not paid by the state.",
    citation: ppuState,
    action: "correct-application"
  },
  NotPrivateWorker: {
    id: "Bukan pekerja penerima upah dari badan usaha atau pemberi kerja lain.",
    en: "Does not earn a wage from a company or another employer.",
    citation: ppuPrivate,
    action: "correct-application"
  },
  NotFamilyOfWorker: {
    id: "Tidak ada suami, istri, orang tua atau anak di Kartu Keluarga yang bekerja menerima upah dan dapat menanggung.",
    en: "No spouse, parent or child on the family card earns a wage and can cover this person.",
    citation: fiveInFamily,
    action: "correct-application"
  },
  OwnEmployer: {
    id: "Suami dan istri yang sama-sama bekerja masing-masing didaftarkan pemberi kerjanya sendiri dan sama-sama membayar.",
    en: "A husband and wife who both work are each registered by their own employer, and both pay.",
    citation: ownEmployer,
    action: "ask-employer"
  },
  ChildMarried: {
    id: "Anak yang sudah menikah tidak ditanggung iuran orang tua.",
    en: "A married child is not covered by a parent's contribution.",
    citation: dependantChild,
    action: "register-self-pay"
  },
  ChildHasIncome: {
    id: "Anak yang berpenghasilan sendiri tidak ditanggung iuran orang tua.",
    en: "A child with an income of their own is not covered by a parent's contribution.",
    citation: dependantChild,
    action: "register-self-pay"
  },
  ChildTooOld: {
    id: "Anak ditanggung sampai sebelum usia {age} tahun, atau {studentAge} tahun bila masih menempuh pendidikan formal.",
    en: "A child is covered until the age of {age}, or {studentAge} while in formal education.",
    citation: dependantChild,
    action: "register-self-pay"
  },
  ChildBeyondCovered: {
    id: "Iuran pekerja menanggung {children} anak; anak berikutnya didaftarkan sebagai anggota keluarga tambahan.",
    en: "A worker's contribution covers {children} children; further ones are registered as extra members of the family.",
    citation: fiveInFamily,
    action: "add-family-member"
  },
  ForeignPapersMissing: {
    id: "Orang asing memerlukan paspor yang berlaku dan izin (KITAS atau KITAP, dan izin kerja bila bekerja).",
    en: "A foreigner needs a valid passport and permits (KITAS or KITAP, and a work permit when employed).",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  ForeignStayTooShort: {
    id: "Orang asing menjadi peserta bila bekerja atau tinggal di Indonesia paling sedikit {months} bulan.",
    en: "A foreigner becomes a participant when working or staying in Indonesia for at least {months} months.",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  CitizensOnly: {
    id: "Hanya untuk warga negara Indonesia. Orang asing menjadi peserta melalui pemberi kerja, atau mandiri.",
    en: "For Indonesian citizens only. A foreigner becomes a participant through an employer, or as self-paying.",
    citation: foreigner,
    action: "register-self-pay"
  },
  NotOnPbiDecree: {
    id: "Belum ditetapkan sebagai penerima bantuan iuran. Yang tidak mampu dapat diusulkan melalui desa, kelurahan atau dinas sosial ke dalam {register}.",
    en: "Not named as a recipient of contribution assistance. Who cannot pay may be proposed, through village or social office, for {register}.",
    citation: poor,
    action: "propose-for-pbi"
  },
  MayBeProposedForPbi: {
    id: "Desil keluarga termasuk sasaran bantuan iuran (desil 1 sampai {target}): desa, kelurahan atau dinas sosial dapat mengusulkan.",
    en: "The family's decile is among those that contribution assistance is meant for (1 to {target}): village or social office can propose.",
    citation: decile,
    action: "propose-for-pbi"
  },
  DecileAbovePbi: {
    id: "Desil keluarga di atas sasaran bantuan iuran (desil 1 sampai {target}). Bila keadaan keluarga tidak seperti yang tercatat, minta pemutakhiran data.",
    en: "The family's decile is above those that contribution assistance is meant for (1 to {target}). Where the record is not how the family lives, ask for it to be updated.",
    citation: decile,
    action: "propose-for-pbi"
  },
  NotInLocalScheme: {
    id: "Tidak didaftarkan oleh pemerintah daerah. Tanyakan apakah daerah membayar iuran warganya.",
    en: "Not registered by the local government. Ask whether it pays for its residents.",
    citation: local,
    action: "ask-local-government"
  },
  NotResidentOfScheme: {
    id: "Tidak tinggal di daerah yang membayar iuran warganya menurut aturan ini.",
    en: "Does not live where the local government of this rule pays for its residents.",
    citation: localResidents,
    action: "ask-local-government"
  },
  WageEarnerNotLocal: {
    id: "Pekerja penerima upah tidak didaftarkan oleh pemerintah daerah, melainkan oleh pemberi kerja.",
    en: "Who earns a wage is registered by the employer, not by the local government.",
    citation: localResidents,
    action: "ask-employer"
  },
  NotOwnAccount: {
    id: "Tidak bekerja sendiri dan bukan anggota Kartu Keluarga peserta mandiri.",
    en: "Does not work on their own account and is not on the family card of somebody who does.",
    citation: ownAccount,
    action: "correct-application"
  },
  WageWorkerNotSelfPay: {
    id: "Pekerja penerima upah wajib didaftarkan oleh pemberi kerja, bukan sebagai peserta mandiri. Bila pemberi kerja lalai, pekerja boleh mendaftar sendiri dengan bukti kerja.",
    en: "Who earns a wage must be registered by the employer, not as self-paying. Where the employer fails to, the worker may register with proof of work.",
    citation: mandatoryWork,
    action: "register-with-proof-of-work"
  },
  WorksSoNotBp: {
    id: "Yang bekerja tidak termasuk bukan pekerja.",
    en: "Who works is not a non-worker.",
    citation: notWorking,
    action: "register-self-pay"
  },
  NotStatePaid: {
    id: "Bukan penerima pensiun dan bukan veteran.",
    en: "Receives no pension and is not a veteran.",
    citation: notWorking,
    action: "correct-application"
  },

  // --- what cannot be true ---
  DeceasedButEmployed: {
    id: "Tercatat meninggal dunia, tetapi juga tercatat bekerja. Salah satunya keliru; periksa keduanya.",
    en: "Recorded as deceased, and as working. One of the two is wrong; check both.",
    citation: correctData,
    action: "correct-application"
  },
  HeadBornAfterTheDay: {
    id: "Tanggal lahir kepala keluarga sesudah tanggal yang ditanyakan; periksa tanggal lahirnya.",
    en: "The birth date of the head of the family is after the day asked about; check it.",
    citation: correctData,
    action: "correct-application"
  },
  ChildOlderThanHead: {
    id: "Tercatat sebagai anak, tetapi lebih tua daripada kepala keluarga; periksa hubungan dan tanggal lahir.",
    en: "Recorded as a child, but older than the head of the family; check the relation and the birth dates.",
    citation: correctData,
    action: "correct-application"
  },
  ParentYoungerThanHead: {
    id: "Tercatat sebagai orang tua, tetapi lebih muda daripada kepala keluarga; periksa hubungan dan tanggal lahir.",
    en: "Recorded as a parent, but younger than the head of the family; check the relation and the birth dates.",
    citation: correctData,
    action: "correct-application"
  },
  NewbornMarried: {
    id: "Bayi tercatat kawin atau pernah kawin; periksa status perkawinan dan tanggal lahir.",
    en: "A baby is recorded as married, divorced or widowed; check the marital status and the birth date.",
    citation: correctData,
    action: "correct-application"
  },
  NewbornWithFamily: {
    id: "Bayi tercatat sebagai suami, istri, orang tua atau mertua; periksa hubungan dan tanggal lahir.",
    en: "A baby is recorded as husband, wife, parent or parent-in-law; check the relation and the birth date.",
    citation: correctData,
    action: "correct-application"
  },
  WorkingInfant: {
    id: "Bayi tercatat bekerja; periksa pekerjaan dan tanggal lahir.",
    en: "A baby is recorded as working; check the occupation and the birth date.",
    citation: correctData,
    action: "correct-application"
  },
  WageWithoutWork: {
    id: "Tercatat tidak bekerja dan tidak berpenghasilan, tetapi upahnya diisi; periksa pekerjaan dan upah.",
    en: "Recorded as having no work and no income, but a wage is given; check the occupation and the wage.",
    citation: correctData,
    action: "correct-application"
  },

  // --- what is not known ---
  RuleNotKnown: {
    id: "Aturan {rule} untuk tanggal itu tidak diketahui di sini; tanyakan kepada petugas.",
    en: "Rule {rule} is not known here for that day; ask an officer.",
    citation: cite("This project's policy", "high", { rule: "GAP" }),
    action: "check-status"
  },
  MissingDeceased: {
    id: "Belum diketahui apakah orang ini masih hidup.",
    en: "It is not known whether this person is alive.",
    citation: death,
    action: "complete-facts"
  },
  MissingBirthDate: {
    id: "Tanggal lahir belum diisi.",
    en: "The birth date is not given.",
    citation: correctData,
    action: "complete-facts"
  },
  MissingCitizenship: {
    id: "Kewarganegaraan belum diisi.",
    en: "The citizenship is not given.",
    citation: foreigner,
    action: "complete-facts"
  },
  MissingHasNik: {
    id: "Belum diketahui apakah orang ini mempunyai NIK.",
    en: "It is not known whether this person has a NIK.",
    citation: newbornNik,
    action: "complete-facts"
  },
  MissingHasPassport: {
    id: "Belum diketahui apakah orang asing ini mempunyai paspor yang berlaku.",
    en: "It is not known whether this foreigner has a valid passport.",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  MissingHasPermit: {
    id: "Belum diketahui apakah orang asing ini mempunyai izin tinggal dan izin kerja.",
    en: "It is not known whether this foreigner has the permits to stay and to work.",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  MissingStayMonths: {
    id: "Lama bekerja atau tinggal di Indonesia belum diisi.",
    en: "The months of work or stay in Indonesia are not given.",
    citation: foreigner,
    action: "complete-facts"
  },
  MissingRelation: {
    id: "Hubungan dengan kepala keluarga belum diisi.",
    en: "The relation to the head of the family is not given.",
    citation: wholeCard,
    action: "complete-facts"
  },
  MissingMaritalStatus: {
    id: "Status perkawinan belum diisi.",
    en: "The marital status is not given.",
    citation: dependantChild,
    action: "complete-facts"
  },
  MissingOccupation: {
    id: "Pekerjaan belum diisi.",
    en: "The occupation is not given.",
    citation: mandatoryWork,
    action: "complete-facts"
  },
  MissingEmployerRegisters: {
    id: "Belum diketahui apakah pemberi kerja mendaftarkan pekerjanya.",
    en: "It is not known whether the employer registers its workers.",
    citation: employerFails,
    action: "complete-facts"
  },
  MissingStudies: {
    id: "Belum diketahui apakah anak ini masih menempuh pendidikan formal.",
    en: "It is not known whether this child is in formal education.",
    citation: dependantChild,
    action: "complete-facts"
  },
  MissingHeadOccupation: {
    id: "Pekerjaan kepala keluarga belum diisi.",
    en: "The occupation of the head of the family is not given.",
    citation: fiveInFamily,
    action: "complete-facts"
  },
  MissingHeadBirthDate: {
    id: "Tanggal lahir kepala keluarga belum diisi.",
    en: "The birth date of the head of the family is not given.",
    citation: correctData,
    action: "complete-facts"
  },
  MissingSpouseOccupation: {
    id: "Pekerjaan suami atau istri kepala keluarga belum diisi.",
    en: "The occupation of the head's husband or wife is not given.",
    citation: fiveInFamily,
    action: "complete-facts"
  },
  MissingChildOrder: {
    id: "Belum diketahui anak keberapa di antara anak yang ditanggung.",
    en: "It is not known which of the covered children this child is.",
    citation: fiveInFamily,
    action: "complete-facts"
  },
  MissingPbiDecree: {
    id: "Belum diketahui apakah orang ini ditetapkan sebagai penerima bantuan iuran.",
    en: "It is not known whether this person is named in a contribution assistance decree.",
    citation: poor,
    action: "complete-facts"
  },
  MissingDecile: {
    id: "Desil keluarga dalam data sosial ekonomi belum diketahui.",
    en: "The family's decile in the social register is not known.",
    citation: decile,
    action: "complete-facts"
  },
  MissingResidence: {
    id: "Kabupaten atau kota tempat tinggal belum diisi.",
    en: "The regency or city of residence is not given.",
    citation: localResidents,
    action: "complete-facts"
  },
  MissingLocalScheme: {
    id: "Belum diketahui apakah orang ini didaftarkan oleh pemerintah daerah.",
    en: "It is not known whether the local government has registered this person.",
    citation: local,
    action: "complete-facts"
  },
  MissingMotherScheme: {
    id: "Belum diketahui kepesertaan ibu kandung.",
    en: "The biological mother's cover is not known.",
    citation: newbornPbi,
    action: "complete-facts"
  },
  MissingWage: {
    id: "Upah belum diisi.",
    en: "The wage is not given.",
    citation: cite("Perpres 82/2018", "high", { rule: "PPU-2", seen: "suara 2025/11/21; cpu-data (payslip list)" }),
    action: "complete-facts"
  },
  MissingWardClass: {
    id: "Kelas perawatan yang dipilih belum diisi.",
    en: "The ward class chosen is not given.",
    citation: wholeCard,
    action: "complete-facts"
  },

  // --- what a reader must know besides ---
  NotVerifiedAfter: {
    id: "Aturan {rule} ({parameter}) belum diperiksa lagi setelah {date}; nilai terakhir yang diketahui dipakai.",
    en: "Rule {rule} ({parameter}) was not verified after {date}; the last known value is used.",
    citation: cite("This project's policy", "high", { rule: "STALE" }),
    action: "check-status"
  },
  NotSure: {
    id: "Sumber aturan {rule} ({parameter}) belum pasti: {confidence}.",
    en: "The source of rule {rule} ({parameter}) is not a sure one: {confidence}.",
    citation: cite("This project's policy", "high", { rule: "CONFIDENCE" }),
    action: "object"
  }
} as const satisfies Record<string, Entry>
