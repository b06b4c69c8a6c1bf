import { type Citation, cite } from "../../policy/Citation.ts"
import type { Entry } from "../../policy/Reason.ts"

/** Texts of row problems, read through `RowProblem`. `{column}` is the column's title. */

const population = cite("UU 23/2006 as amended by UU 24/2013 art. 13", "high", {
  rule: "NIK-1",
  seen: "dukcapil.klaten.go.id"
})
const form = cite("UU 24/2011 art. 16 (complete and correct data)", "medium", { seen: "background knowledge" })
const newborn = cite("BPJS Kesehatan service guide on newborns", "high", { rule: "NB-5", seen: "suara 2023/02/04" })
const foreigner = cite("Perban BPJS 6/2018 art. 17", "high", { seen: "ilalanggrass.com" })
const helper = cite("UU 27/2022 (consent is recorded)", "unverified", { seen: "background knowledge" })

const spreadsheet = {
  id: "Ekspor ulang kolom itu sebagai teks, atau salin angkanya dari dokumen.",
  en: "Export that column again as text, or copy the digits from the document."
}

const fix = (id: string, en: string, citation: Citation = form) =>
  ({ id, en, citation, action: "correct-application" }) as const satisfies Entry

export const catalogue = {
  // the row as a whole
  RowTooManyCells: fix(
    "Baris ini punya lebih banyak kolom daripada baris judul. Apit teks yang berisi tanda pemisah dengan tanda kutip.",
    "This row has more cells than the header. Put quotes around text that holds the separator."
  ),
  RowNotAnObject: fix(
    "Baris ini bukan objek JSON dengan teks. Tulis satu objek per baris.",
    "This line is not a JSON object of texts. Write one object a line."
  ),

  // any column
  FieldMissing: {
    id: "Kolom {column} kosong. Isi lalu kirim baris ini lagi.",
    en: "The column {column} is empty. Fill it in and send this row again.",
    citation: form,
    action: "complete-facts"
  },
  ChoiceUnknown: fix(
    "Isi kolom {column} tidak dikenali. Pilihan: {allowed}.",
    "The entry under {column} is not known. Choices: {allowed}."
  ),
  NumberFormat: fix(
    "Kolom {column} harus bilangan bulat dari {min} sampai {max}.",
    "The column {column} takes a whole number from {min} to {max}."
  ),

  // NIK
  NikMissing: {
    id:
      "NIK kosong. Hanya bayi di bawah 3 bulan dan orang asing berpaspor yang boleh didaftarkan tanpa NIK. " +
      "Minta NIK di kantor Dukcapil dengan kartu keluarga atau akta lahir.",
    en:
      "There is no NIK. Only babies under 3 months and foreigners with a passport are registered without one. " +
      "Ask the population office (Dukcapil) for it with the family card or birth certificate.",
    citation: newborn,
    action: "get-nik"
  },
  NikSpreadsheet: fix(
    `NIK diubah aplikasi spreadsheet menjadi bilangan sehingga angkanya hilang. ${spreadsheet.id}`,
    `A spreadsheet turned the NIK into a quantity and digits are lost. ${spreadsheet.en}`,
    population
  ),
  NikThousandSeparators: fix(
    `NIK berisi pemisah ribuan, jadi pernah menjadi bilangan dan angka terakhirnya bisa hilang. ${spreadsheet.id}`,
    `The NIK has thousands separators: it was a quantity, and its last digit may be lost. ${spreadsheet.en}`,
    population
  ),
  NikLetters: fix(
    "NIK berisi huruf atau tanda; NIK hanya angka. Periksa O dan 0, l dan 1, lalu salin dari KTP-el atau KK.",
    "The NIK holds letters or signs; it has digits only. Mind O and 0, l and 1, and copy it from KTP-el or family card.",
    population
  ),
  NikLength: fix(
    "NIK tidak berjumlah 16 angka. Salin lagi dari KTP-el atau kartu keluarga.",
    "The NIK does not have 16 digits. Copy it again from KTP-el or family card.",
    population
  ),
  NikPlaceholder: fix(
    "NIK hanya satu angka yang diulang, jadi bukan NIK seseorang. Salin dari KTP-el atau kartu keluarga.",
    "The NIK is one digit repeated, which is nobody's. Copy it from KTP-el or family card.",
    population
  ),
  NikDay: fix(
    "Angka tanggal dalam NIK (angka ke-7 dan 8) harus 01-31, atau 41-71 untuk perempuan. Salin lagi.",
    "The day in the NIK (digits 7 and 8) must be 01-31, or 41-71 for a woman. Copy it again.",
    population
  ),
  NikMonth: fix(
    "Angka bulan dalam NIK (angka ke-9 dan 10) harus 01-12. Salin lagi.",
    "The month in the NIK (digits 9 and 10) must be 01-12. Copy it again.",
    population
  ),
  NikNoSuchDay: fix(
    "Tanggal di dalam NIK tidak ada di kalender. Salin lagi dari KTP-el atau kartu keluarga.",
    "The date within the NIK is not in the calendar. Copy it again from KTP-el or family card.",
    population
  ),
  NikSerialZero: fix(
    `Empat angka terakhir NIK adalah 0000, biasanya karena aplikasi spreadsheet membulatkannya. ${spreadsheet.id}`,
    `The last four digits of the NIK are 0000, mostly because a spreadsheet rounded it. ${spreadsheet.en}`,
    population
  ),

  // family card
  FamilyCardSpreadsheet: fix(
    `Nomor kartu keluarga diubah aplikasi spreadsheet menjadi bilangan sehingga angkanya hilang. ${spreadsheet.id}`,
    `A spreadsheet turned the family card number into a quantity and digits are lost. ${spreadsheet.en}`
  ),
  FamilyCardThousandSeparators: fix(
    `Nomor kartu keluarga berisi pemisah ribuan, jadi angka terakhirnya bisa hilang. ${spreadsheet.id}`,
    `The family card number has thousands separators: its last digit may be lost. ${spreadsheet.en}`
  ),
  FamilyCardLetters: fix(
    "Nomor kartu keluarga berisi huruf atau tanda. Salin 16 angka di bagian atas kartu keluarga.",
    "The family card number holds letters or signs. Copy the 16 digits at the top of the family card."
  ),
  FamilyCardLength: fix(
    "Nomor kartu keluarga tidak berjumlah 16 angka. Salin dari bagian atas kartu keluarga.",
    "The family card number does not have 16 digits. Copy it from the top of the family card."
  ),
  FamilyCardPlaceholder: fix(
    "Nomor kartu keluarga hanya satu angka yang diulang. Salin dari bagian atas kartu keluarga.",
    "The family card number is one digit repeated. Copy it from the top of the family card."
  ),
  FamilyCardDiffers: {
    id:
      "Nomor kartu keluarga berbeda dari anggota lain di rumah tangga ini. Perbaiki nomornya, atau daftarkan orang " +
      "ini dengan kartu keluarganya sendiri.",
    en:
      "The family card number differs from that of the others in this household. Correct it, or register this " +
      "person with their own family card.",
    citation: cite("Perban BPJS 6/2018 (registration by family card)", "medium", { rule: "FAM-5" }),
    action: "correct-application"
  },

  // person
  NameUnreadable: fix(
    "Kolom {column} tidak berisi nama. Tulis nama seperti di kartu keluarga; satu kata pun boleh.",
    "The column {column} holds no name. Write it as on the family card; a single word is enough."
  ),
  BirthDateFuture: fix(
    "Tanggal lahir sesudah hari pendaftaran. Periksa tahun, bulan dan tanggalnya.",
    "The birth date is after the day of registration. Check year, month and day."
  ),
  BirthDateTooOld: fix(
    "Tanggal lahir lebih dari {years} tahun yang lalu. Periksa tahunnya.",
    "The birth date is more than {years} years ago. Check the year."
  ),
  SecondHead: fix(
    "Rumah tangga ini sudah punya kepala keluarga. Hanya satu orang yang menjadi kepala keluarga.",
    "This household has a head already. Only one person is the head."
  ),

  // dates
  DateFormat: fix(
    "Kolom {column} bukan tanggal. Tulis TTTT-BB-HH atau HH/BB/TTTT, misalnya 1990-07-23 atau 23/07/1990.",
    "The column {column} is not a date. Write YYYY-MM-DD or DD/MM/YYYY, such as 1990-07-23 or 23/07/1990."
  ),
  DateTwoDigitYear: fix(
    "Tahun di kolom {column} hanya dua angka. Tulis empat angka, misalnya 1990.",
    "The year under {column} has two digits only. Write four, such as 1990."
  ),
  DateAmbiguous: fix(
    "Kolom {column} bisa dibaca dua cara: hari dan bulannya bisa tertukar. Tulis TTTT-BB-HH, misalnya 1990-07-23.",
    "The column {column} can be read in two ways: day and month may be swapped. Write YYYY-MM-DD, such as 1990-07-23."
  ),
  DateSpreadsheet: fix(
    "Kolom {column} berisi bilangan hari dari aplikasi spreadsheet. Ekspor ulang kolom itu sebagai tanggal.",
    "The column {column} holds a spreadsheet's day count. Export that column again as a date."
  ),
  DateNoSuchDay: fix(
    "Tanggal di kolom {column} tidak ada di kalender. Mungkin hari dan bulannya tertukar.",
    "The date under {column} is not in the calendar. Day and month may be swapped."
  ),

  // work
  WageFormat: fix(
    "Gaji harus ditulis dalam rupiah penuh, misalnya 4500000 atau 4.500.000.",
    "The wage must be written in whole rupiah, such as 4500000 or 4.500.000."
  ),
  WageUnclear: fix(
    "Gaji terlalu kecil untuk sebulan; mungkin ditulis dalam ribuan. Tulis rupiah penuh, misalnya 4500000.",
    "The wage is too small for a month; perhaps it is in thousands. Write whole rupiah, such as 4500000."
  ),

  // place
  DistrictFormat: fix(
    "Kecamatan harus kode 6 angka Kemendagri, misalnya 367105 atau 36.71.05.",
    "The district must be the ministry's 6-digit code, such as 367105 or 36.71.05."
  ),
  DistrictUnknown: fix(
    "Kode kecamatan tidak ada dalam daftar Kemendagri. Periksa, mungkin yang tertulis kode BPS.",
    "The district code is not in the ministry's list. Check it; it may be a code of the statistics office (BPS)."
  ),

  // newborns
  MotherReferenceMissing: {
    id: "Bayi tanpa NIK didaftarkan dengan nomor JKN atau NIK ibunya dan surat keterangan lahir. Isi nomor ibu.",
    en:
      "A baby without NIK is registered by the mother's participant number or NIK and the birth letter. " +
      "Fill in the mother's number.",
    citation: newborn,
    action: "register-newborn"
  },
  MotherReferenceUnreadable: fix(
    "Nomor ibu bukan nomor JKN (13 angka) dan bukan NIK (16 angka). Salin dari kartu ibu.",
    "The mother's number is neither a participant number (13 digits) nor a NIK (16). Copy it from her card.",
    newborn
  ),

  // foreigners
  ForeignerIdentityMissing: {
    id: "Orang asing tanpa NIK perlu nomor paspor. Bawa paspor dan izin tinggal.",
    en: "A foreigner without NIK needs a passport number. Bring the passport and the residence permit.",
    citation: foreigner,
    action: "bring-foreigner-papers"
  },
  PassportFormat: fix(
    "Nomor paspor harus 6 sampai 9 huruf dan angka. Salin dari halaman data paspor.",
    "A passport number has 6 to 9 letters and digits. Copy it from the passport's data page.",
    foreigner
  ),

  // helpers
  HelperNameMissing: fix(
    "Ada keterangan pendamping tetapi namanya kosong. Isi nama pendamping.",
    "There are details of a helper but no name. Fill in the helper's name.",
    helper
  ),
  HelperConsentMissing: {
    id: "Didaftarkan oleh pendamping, tetapi tanggal persetujuannya kosong. Minta persetujuan lalu isi tanggalnya.",
    en: "Registered by a helper, but the date of consent is empty. Ask for consent and fill in its date.",
    citation: helper,
    action: "complete-facts"
  },
  HelperConsentFuture: fix(
    "Tanggal persetujuan pendampingan sesudah hari pendaftaran. Periksa tanggalnya.",
    "The date of consent is after the day of registration. Check the date.",
    helper
  )
} as const satisfies Record<string, Entry>

export const warningCatalogue = {
  NikRegionUnknown: {
    id: "Kode wilayah dalam NIK tidak dikenal. NIK lama bisa memakai kode yang sudah tidak dipakai.",
    en: "The region in the NIK is not known. Old NIKs may bear a code that is no longer used.",
    citation: population,
    action: "check-status"
  },
  NikRegionRetired: {
    id: "Kode wilayah dalam NIK sekarang {now}; NIK tetap berlaku.",
    en: "The region in the NIK is {now} today; the NIK stays valid.",
    citation: cite("UU 14, 15, 16 and 29/2022", "high", { rule: "NIK-4" }),
    action: "check-status"
  },
  NikBirthDateDiffers: {
    id: "Tanggal lahir berbeda dari yang tertulis dalam NIK. Itu bisa benar: NIK tidak diubah bila tanggal dikoreksi.",
    en: "The birth date differs from that in the NIK. Both may be right: a NIK is not changed when a date is corrected.",
    citation: cite("Dukcapil Klaten on the NIK", "high", { rule: "NIK-4", seen: "dukcapil.klaten.go.id" }),
    action: "correct-population-record"
  },
  NikSexDiffers: {
    id: "Jenis kelamin berbeda dari yang tertulis dalam NIK. Periksa di Dukcapil bila perlu.",
    en: "The sex differs from that in the NIK. Have it checked at Dukcapil if need be.",
    citation: population,
    action: "correct-population-record"
  },
  PhoneUnusable: {
    id: "Nomor HP tidak bisa dipakai, jadi tidak disimpan. Pemberitahuan dikirim lewat cara lain.",
    en: "The phone number cannot be used and is not kept. Notices go another way.",
    citation: form,
    action: "correct-data"
  }
} as const satisfies Record<string, Entry>
