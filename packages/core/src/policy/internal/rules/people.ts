import { background, cite } from "../../Citation.ts"
import { rule } from "./entry.ts"

const population = "UU 23/2006 jo UU 24/2013 art. 13; PP 40/2019"
const guide = "BPJS service guide"

export const identity = [
  rule(
    "NIK-1",
    "1.1",
    {
      id: "NIK 16 angka: wilayah pendaftaran pertama, tanggal lahir, nomor urut",
      en: "A NIK has 16 digits: region of first registration, birth date, serial"
    },
    cite(population, "high", { seen: "dukcapil.klaten.go.id; tintahijau.com" })
  ),
  rule(
    "NIK-2",
    "1.1",
    {
      id: "Pada NIK perempuan tanggal lahir ditambah 40: 41 sampai 71",
      en: "In a woman's NIK 40 is added to the day of birth: 41 to 71"
    },
    cite(population, "high", { seen: "dukcapil.klaten.go.id; aansupriyanto.com" })
  ),
  rule(
    "NIK-3",
    "1.1",
    {
      id: "Nomor urut NIK mulai 0001; 0000 tidak sah; tidak ada angka pemeriksa yang diumumkan",
      en: "The serial of a NIK starts at 0001; 0000 is invalid; no check digit is published"
    },
    cite(population, "high", { seen: `dukcapil.klaten.go.id; the check digit is ${background}` })
  ),
  rule(
    "NIK-4",
    "1.1",
    {
      id: "NIK tetap seumur hidup: beda wilayah, tanggal lahir, atau jenis kelamin hanya peringatan",
      en: "A NIK is for life: another region, birth date or sex is a warning only"
    },
    cite(population, "high", { seen: "dukcapil.klaten.go.id; nkripost.com" })
  ),
  rule(
    "NIK-5",
    "1.1",
    {
      id: "Tahun dalam NIK tanpa abad: kedua abad diperiksa dengan kalender",
      en: "The year in a NIK has no century: both are checked against the calendar"
    },
    cite("Derived from the form of the NIK", "high")
  ),
  rule(
    "NIK-6",
    "1.1",
    {
      id: "Setiap orang punya NIK, juga anak dan orang asing ber-KITAS/KITAP; orang asing lain memakai paspor",
      en: "Everyone has a NIK, children and foreigners with KITAS/KITAP too; other foreigners use a passport"
    },
    cite(population, "medium", { seen: "tribunnews 2023/08/29; ilalanggrass.com" })
  ),
  rule(
    "NIK-7",
    "1.1",
    { id: "KTP elektronik sejak umur 17 atau menikah", en: "An identity card from the age of 17, or marriage" },
    cite(population, "medium", { seen: `nkripost; "or married" is ${background}` })
  ),
  rule(
    "NIK-8",
    "1.1",
    {
      id: "NIK yang benar bentuknya belum tentu ada: hanya pemadanan Dukcapil yang membuktikan",
      en: "A NIK of valid form need not exist: only matching by Dukcapil proves it"
    },
    cite(population, "high", { seen: "erakini.id; kompas 2024/04/28" })
  ),
  rule(
    "REGION",
    "1.1",
    {
      id: "Kode wilayah Kemendagri; kode lama tetap sah dalam NIK; kode tak dikenal hanya peringatan",
      en: "Region codes of the Ministry of Home Affairs; retired codes stay valid in a NIK; an unknown one is a warning"
    },
    cite("Permendagri 58/2021; Kepmendagri 300.2.2-2138/2025, 300.2.2-2430/2025", "high", {
      seen: "github.com/cahyadsn/wilayah"
    })
  ),
  rule(
    "KK-1",
    "1.2",
    {
      id: "Nomor KK 16 angka, tanggal tanpa tambahan 40; berganti bersama kartunya, bukan kunci orang",
      en: "A family card number has 16 digits, its date without the 40; it changes with the card and is no key of a person"
    },
    cite(population, "medium", { seen: background })
  ),
  rule(
    "JKN-1",
    "1.2",
    {
      id: "Nomor peserta tepat 13 angka, nol di depan berarti, tanpa awalan tertentu",
      en: "A participant number has exactly 13 digits, leading zeros count, no prefix is required"
    },
    cite("BPJS VClaim sample", "high", { seen: "hermandev/rsdunda-webserivce docs/BPJS/peserta.md; kontan" })
  ),
  rule(
    "JKN-2",
    "1.2",
    {
      id: "NIK adalah kunci orang, nomor kartu kunci akun; KIS memuat nama dan nomor terpadu NIK, kecuali bayi baru lahir",
      en: "The NIK is the key of a person, the card number that of an account; a KIS carries name and a number tied to the NIK, except a newborn's"
    },
    cite("Perpres 82/2018 art. 8(2)", "high", { seen: "kompas 2020/10/31; tribunnews palembang 2020/11/01" })
  ),
  rule(
    "JKN-3",
    "1.2",
    {
      id: "KTP atau NIK dapat menggantikan kartu di fasilitas kesehatan",
      en: "Identity card or NIK may stand for the card at a facility"
    },
    cite("BPJS statements", "medium", { seen: `kompas 2024/04/28; ${background}` })
  ),
  rule(
    "JKN-4",
    "1.2",
    { id: "NIK dan NPWP sebagai penanda layanan publik", en: "NIK and tax number as markers in public services" },
    cite("Perpres 83/2021", "medium", { seen: background })
  ),
  rule(
    "VA-1",
    "1.2",
    {
      id: "Rekening virtual: awalan bank, 0 untuk PBPU atau 9 untuk PPU, lalu 10 angka terakhir kartu",
      en: "Virtual account: the bank's prefix, 0 for PBPU or 9 for PPU, then the last 10 digits of the card"
    },
    cite("BPJS branch FAQ", "medium", { seen: "pusatbantuan-kcjakpus.netlify.app" })
  ),
  rule(
    "PH-1",
    "1.2",
    {
      id: "Nomor telepon ditulis 08, 62 atau +62; nomor seluler mulai dengan 8, 9 sampai 12 angka",
      en: "A phone number is written 08, 62 or +62; a mobile one starts with 8 and has 9 to 12 digits"
    },
    cite("Numbering plan", "medium", { seen: background })
  ),
  rule(
    "PH-2",
    "1.2",
    { id: "Satu nomor untuk satu akun; OTP dikirim ke sana", en: "One number an account; the OTP goes to it" },
    cite("Mobile JKN", "high", { seen: "jombangnews.co.id (Tempo)" })
  )
] as const

export const segments = [
  rule(
    "LAW",
    "0",
    {
      id: "Peraturan utama dan perubahannya, menurut urutan",
      en: "The main regulation and its amendments, in their order"
    },
    cite("Perpres 82/2018, 75/2019, 64/2020, 59/2024; MA 7P/HUM/2020", "high", {
      seen: "id.wikisource.org; tribunnews 2020/05/14; koranindopos.com"
    })
  ),
  rule(
    "DATA",
    "0",
    {
      id: "Data pendaftaran lengkap dan benar; yang saling bertentangan tidak diputuskan, semuanya disebutkan",
      en: "Registration with complete, correct data; facts that contradict each other are named and not decided upon"
    },
    cite("UU 24/2011 art. 16", "medium", { seen: background })
  ),
  rule(
    "PBI-JK",
    "2",
    {
      id: "Warga negara miskin dan tidak mampu, dengan keputusan Menteri Sosial; tidak mendaftar sendiri",
      en: "Poor citizens, by decree of the Minister of Social Affairs; nobody applies for it alone"
    },
    cite("UU 40/2004 art. 14; Permensos 3/2026 art. 4(1)", "high", { seen: "justisio; feed.ilidea.com" })
  ),
  rule(
    "PBPU-PD",
    "2",
    {
      id: "Penduduk yang didaftarkan dan dibayar pemerintah daerah menurut perjanjian dengan BPJS",
      en: "Residents registered and paid by a local government under its agreement with BPJS"
    },
    cite("Perpres 82/2018", "high", { seen: "distrikbantennews 2025/12/15; radartasik" })
  ),
  rule(
    "PPU-PN",
    "2",
    {
      id: "Pejabat dan pegawai negara, TNI, Polri, kepala dan perangkat desa",
      en: "State officials and employees, armed forces, police, village heads and staff"
    },
    cite("Perpres 82/2018 art. 4(2)a-f", "high", { seen: "scribd 727280151; laodeahmad.com" })
  ),
  rule(
    "PPU-BU",
    "2",
    { id: "Pegawai swasta, BUMN, BUMD, dan penerima upah lain", en: "Employees of companies and others paid a wage" },
    cite("Perpres 82/2018 art. 4(2)g-h", "high", { seen: "scribd 727280151" })
  ),
  rule(
    "WNA",
    "2",
    {
      id: "Orang asing yang bekerja di Indonesia dan berizin: PPU lewat pemberi kerja, selain itu PBPU",
      en: "Foreigners who work in Indonesia with permits: PPU through the employer, PBPU otherwise"
    },
    cite("UU 24/2011 art. 14; Perban 6/2018 art. 5, 17", "high", {
      seen: "bangsaonline.com/berita/152783; ilalanggrass.com"
    })
  ),
  rule(
    "PBPU",
    "2",
    { id: "Bekerja atas usaha sendiri, di luar hubungan kerja", en: "Works on own account, outside employment" },
    cite("Perpres 82/2018 art. 4(3)", "medium", { seen: `indoid.solusijodoh.com; article ${background}` })
  ),
  rule(
    "BP",
    "2",
    {
      id: "Bukan pekerja: investor, pemberi kerja, penerima pensiun, veteran, perintis kemerdekaan dan penerusnya",
      en: "Not a worker: investors, employers, pensioners, veterans, pioneers of independence and their survivors"
    },
    cite("Perpres 82/2018 art. 4(4)-(5)", "medium", { seen: `channel8news.id; rest ${background}` })
  ),
  rule(
    "PRECEDENCE",
    "2",
    {
      id: "Bila beberapa segmen cocok: pekerja penerima upah, keluarganya, pensiun dan veteran, PBI, PBPU-PD, mandiri",
      en: "Where several segments fit: wage work, its family, pension and veterans, PBI, PBPU-PD, self-pay"
    },
    cite("UU 24/2011 art. 14-15; Permensos 3/2026 art. 15; synthesis", "medium", { seen: "feed.ilidea.com" })
  ),
  rule(
    "BOTH-WORK",
    "2",
    {
      id: "Suami istri yang sama-sama bekerja masing-masing PPU dan membayar; keluarga boleh memakai kelas tertinggi",
      en: "Spouses who both work are each PPU and both pay; the family may take the higher class"
    },
    cite("Perpres 82/2018 art. 14(1)(2)", "high", { seen: "laodeahmad.com; hariansib.com 2025-09-06" })
  ),
  rule(
    "EMPLOYER",
    "2",
    {
      id: "Pemberi kerja lalai mendaftarkan: pekerja boleh mendaftar dengan bukti kerja, pemberi kerja tetap bertanggung jawab",
      en: "Where the employer fails to register, the worker may with proof of work; the employer stays liable"
    },
    cite("Perpres 82/2018 art. 13", "high", { seen: "scribd 727280151" })
  )
] as const

export const family = [
  rule(
    "FAM-1",
    "3",
    {
      id: "Iuran pekerja menanggung pekerja, pasangan, dan anak sampai batas jumlahnya",
      en: "A worker's contribution covers worker, spouse and children up to their number"
    },
    cite("Perpres 82/2018 art. 5", "high", { seen: "hariansib; nasional.kontan.co.id (BPJS Watch)" })
  ),
  rule(
    "FAM-2",
    "3",
    {
      id: "Anak kandung, tiri, atau angkat yang sah; belum menikah, tanpa penghasilan, di bawah batas umur",
      en: "A child is biological, step or legally adopted; unmarried, without income, under the age"
    },
    cite("Perpres 82/2018 art. 5", "medium", { seen: `cpu-data (school letter only); ages ${background}` })
  ),
  rule(
    "FAM-3",
    "3",
    {
      id: "Anak keempat dan seterusnya, orang tua, mertua: bagian upah tiap orang, dibayar pekerja",
      en: "Fourth child and on, parents, parents-in-law: a share of the wage each, paid by the worker"
    },
    cite("Perpres 82/2018; Perpres 75/2019", "high", { seen: "channel8news.id; suara.com 2025/11/21" })
  ),
  rule(
    "FAM-4",
    "3",
    { id: "Kerabat lain: tarif PBPU menurut kelas", en: "Other relatives: the PBPU tariff by class" },
    cite("Perpres 82/2018; Perpres 75/2019", "high", { seen: "channel8news.id" })
  ),
  rule(
    "FAM-5",
    "3",
    {
      id: "PBPU mendaftarkan semua anggota KK dalam satu kelas; yang sudah ditanggung di tempat lain dilewati",
      en: "PBPU registers all on the family card in one class; those covered elsewhere are skipped"
    },
    cite("Perban 6/2018", "medium", { seen: "ilalanggrass; money.kompas.com 2022/11/17" })
  ),
  rule(
    "DIV-1",
    "3",
    {
      id: "Cerai, menikah, anak dewasa: perubahan mengikuti KK; tanggungan pindah ke segmennya sendiri",
      en: "Divorce, marriage, grown child: the change follows the family card; a dependant moves to a segment of their own"
    },
    cite(guide, "low", { seen: background })
  )
] as const

export const newbornAndDeath = [
  rule(
    "NB-1",
    "3",
    {
      id: "Bayi peserta didaftarkan dan dibayar dalam batas hari sejak lahir; terlambat: iuran sejak lahir",
      en: "A participant's newborn is registered and paid within days of birth; late: contributions from birth"
    },
    cite("Perpres 82/2018 art. 16-17", "high", { seen: "riau1.com; aceh.tribunnews 985969; suara 2023/02/04" })
  ),
  rule(
    "NB-2",
    "3",
    {
      id: "Bayi PBPU/BP aktif setelah dibayar; anak pekerja yang ditanggung aktif seketika",
      en: "A PBPU/BP baby is active after payment; a worker's covered child at once"
    },
    cite(guide, "high", { seen: "radartasik 658634" })
  ),
  rule(
    "NB-3",
    "3",
    { id: "Bayi dari ibu kandung PBI otomatis PBI", en: "The baby of a PBI biological mother is PBI by itself" },
    cite("PP 76/2015; Permensos 5/2016", "high", { seen: "palpres 641479; radartasik; ayobogor" })
  ),
  rule(
    "NB-4",
    "3",
    { id: "Bayi PBPU-PD menurut perjanjian daerah", en: "A PBPU-PD baby: by the local government's agreement" },
    cite("Agreement of BPJS and the local government", "high", { seen: "radartasik" })
  ),
  rule(
    "NB-5",
    "3",
    {
      id: "Bayi boleh didaftarkan tanpa NIK dengan surat lahir; NIK dipadankan sebelum batas bulan",
      en: "A baby may be registered without NIK, by birth letter; the NIK is matched within months"
    },
    cite(guide, "high", { seen: "suara 2023/02/04; detik d-6182984" })
  ),
  rule(
    "DTH-1",
    "3",
    {
      id: "Keluarga melaporkan kematian, dengan surat kematian dan kartu, ke tempat menurut segmen",
      en: "The family reports a death, with death letter and card, where the segment says"
    },
    cite(guide, "high", { seen: "kabar24.bisnis 2021/11/21; star.grid 453664182" })
  ),
  rule(
    "DTH-2",
    "3",
    {
      id: "Tagihan setelah kematian dibatalkan sampai tanggal kematian; ahli waris tidak berutang",
      en: "Bills after death are reconciled back to its date; heirs owe nothing after it"
    },
    cite("BPJS statements", "medium", { seen: "serayunews; star.grid 453636273" })
  )
] as const
