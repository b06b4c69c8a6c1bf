import { background, cite } from "../../Citation.ts"
import { rule } from "./entry.ts"

export const pbi = [
  rule(
    "PBI-10",
    "5",
    { id: "PBI dipilih dari DTSEN, dulu DTKS", en: "PBI is drawn from DTSEN, formerly DTKS" },
    cite("Permensos 3/2026 art. 4", "high", { seen: "justisio; feed.ilidea" })
  ),
  rule(
    "PBI-11",
    "5",
    { id: "Sasaran PBI: desil terbawah", en: "PBI is meant for the lowest deciles" },
    cite("Ministers' statements", "high", { seen: "gorontalo.carapandang; viv" })
  ),
  rule(
    "PBI-12",
    "5",
    {
      id: "DTSEN menaksir kesejahteraan dengan 39 variabel, diperbarui empat kali setahun",
      en: "DTSEN estimates welfare by 39 variables, updated four times a year"
    },
    cite("BPS", "high", { seen: "agitanurfianti.com" })
  ),
  rule(
    "PBI-13",
    "5",
    {
      id: "Dihapus dari PBI: mampu, tidak ditemukan, menjadi PPU, mendaftar mandiri, meninggal, terdaftar ganda",
      en: "Removed from PBI: able to pay, not found, became PPU, registered as self-pay, died, registered twice"
    },
    cite("Permensos 3/2026 art. 12, 15; Permensos 5/2016", "high", { seen: "feed.ilidea; palpres 641479" })
  ),
  rule(
    "PBI-14",
    "5",
    {
      id: "Aktif kembali sebagai PBI: surat fasilitas kesehatan, lalu surat dinas sosial",
      en: "Back on PBI: the facility's letter, then that of the social office"
    },
    cite("Permensos 3/2026 art. 20", "high", { seen: "pasal.id art. 20; babeindonesia 6606274" })
  ),
  rule(
    "PBI-15",
    "5",
    {
      id: "Batas waktu pengaktifan kembali; di bawah aturan baru tidak diketahui",
      en: "The time limit of that reactivation; under the new rule it is not known"
    },
    cite("Permensos 21/2019 art. 8", "high", { seen: "star.grid 453587504" })
  ),
  rule(
    "PBI-16",
    "5",
    {
      id: "Yang dihapus sejak 1 Februari 2026 tetap dilayani dan dibayar untuk sementara",
      en: "Those removed from 1 February 2026 stay served and paid for a time"
    },
    cite("DPR and government, 9 February 2026", "high", { seen: "liramedia; viv; harian.disway 928805" })
  ),
  rule(
    "PBI-17",
    "5",
    { id: "Kuota PBI 96,8 juta, sementara terlampaui", en: "The quota of PBI is 96.8 million, for a time exceeded" },
    cite("Reports", "high", { seen: "beritakian.info" })
  )
] as const

export const membership = [
  rule(
    "STATES",
    "6.1",
    {
      id: "Keadaan kepesertaan dan perpindahannya, masing-masing dengan aturannya",
      en: "The states of membership and the moves between them, each by its rule"
    },
    cite("Synthesis; each move cites its rule", "medium")
  ),
  rule(
    "FKTP",
    "6.2",
    {
      id: "Pindah FKTP setelah beberapa bulan, lebih awal bila pindah rumah atau tugas; berlaku bulan berikutnya",
      en: "Another first-level facility after some months, earlier on moving or assignment; from the next month"
    },
    cite("BPJS spokesman", "high", { seen: "kompas 2022/01/27" })
  ),
  rule(
    "CLASS",
    "6.2",
    {
      id: "Pindah kelas setelah setahun, sekeluarga, tanpa tunggakan, dengan autodebit; berlaku bulan berikutnya",
      en: "Another class after a year, the whole family, no arrears, auto-debit; from the next month"
    },
    cite("BPJS service guide", "high", { seen: "gridtechno 453603240; kediripost 2022" })
  )
] as const

export const duplicates = [
  rule(
    "DUP-1",
    "6.3",
    {
      id: "Akun ganda dinonaktifkan sampai orangnya melapor; lalu satu diaktifkan",
      en: "Double accounts are deactivated until the person reports; then one is reactivated"
    },
    cite("Meyriyani, Sujana & Utami 2024", "high", { seen: "doi 10.5281/zenodo.10499283" })
  ),
  rule(
    "DUP-2",
    "6.3",
    {
      id: "Kasus nyata: satu NIK dua kartu, keluarga ditagih dua kali",
      en: "A real case: one NIK, two cards, the family billed twice"
    },
    cite("Report of 20 June 2019", "high", { seen: "insight.kontan.co.id" })
  ),
  rule(
    "DUP-3",
    "6.3",
    { id: "Audit BPKP 2019: 27,4 juta data bermasalah", en: "Audit of 2019: 27.4 million records to mend" },
    cite("BPKP audit 2019", "high", { seen: "insight.kontan.co.id" })
  ),
  rule(
    "DUP-4",
    "6.3",
    {
      id: "Satu orang banyak akun, dan satu NIK banyak orang, adalah dua cacat; yang kedua tidak digabung",
      en: "One person with many accounts and many persons on one NIK are two defects; the second is not merged"
    },
    cite("Derived from the audit", "high")
  ),
  rule(
    "DUP-5",
    "6.3",
    {
      id: "Terdaftar ganda dikenali dari nama, NIK, tanggal lahir, alamat, jenis kelamin",
      en: "Registered twice is seen by name, NIK, birth date, address and sex"
    },
    cite("Permensos 5/2016", "medium", { seen: "palpres 641479" })
  ),
  rule(
    "DUP-6",
    "6.3",
    {
      id: "Asal data ganda: migrasi, pernikahan, dua pemberi kerja, bayi tanpa NIK, salah ketik",
      en: "Where doubles come from: migration, marriage, two employers, newborns without NIK, typing"
    },
    cite("Reports; derivation", "medium", { seen: "suar.grid 201826768" })
  ),
  rule(
    "DUP-7",
    "6.3",
    {
      id: "Akun yang dipertahankan: segmen terdahulu, lalu yang padan, lalu yang tertua; yang dirawat tidak pernah tanpa akun aktif",
      en: "Which account stays: the segment that comes first, then the matched, then the oldest; who is in treatment is never without"
    },
    cite("Proposal of this project, not law", "unverified")
  ),
  rule(
    "DUP-8",
    "6.3",
    {
      id: "Akses data Dukcapil menurut perjanjian, dengan data balikan dan data yang dilindungi",
      en: "Access to Dukcapil is by agreement, with returned data and protected fields"
    },
    cite("UU 24/2013 art. 58(4), 79, 84; PP 40/2019; Permendagri 102/2019", "medium", {
      seen: `fdokumen (lldikti3); scribd 586820459; wiki.javasatu.com; ${background}`
    })
  )
] as const
