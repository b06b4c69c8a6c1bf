/**
 * The columns of an intake file: their names here, and the names that offices give them.
 *
 * A header is matched without regard to case, spaces, dots and underscores. Columns that
 * are not known stay with the row under their own name: nothing that was sent is lost.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Column = Schema.Literals([
  "household",
  "family_card",
  "relation",
  "name",
  "nik",
  "sex",
  "birth_date",
  "mother_name",
  "marital_status",
  "citizenship",
  "passport",
  "permit",
  "stay_months",
  "phone",
  "address",
  "district",
  "occupation",
  "employer",
  "wage",
  "studies",
  "pbi_decree",
  "local_scheme",
  "class",
  "facility",
  "auto_debit",
  "mother_participant",
  "helper_name",
  "helper_phone",
  "helper_relation",
  "helper_consent"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Column = typeof Column.Type

/**
 * One line of an intake file: its number, counted from 1 with the header, and its cells
 * by canonical column name. `damage` tells of a line that could not be taken apart; then
 * the fields are what could be read of it.
 *
 * @category models
 * @since 0.1.0
 */
export interface RawRow {
  readonly line: number
  readonly fields: Readonly<Record<string, string>>
  readonly damage?: "TooManyCells" | "NotAnObject"
}

// --- errors ---

/**
 * The header lacks columns without which no row can be registered. `household` stands
 * for itself or `family_card`: one of the two has to say who belongs together.
 *
 * @category errors
 * @since 0.1.0
 */
export class MissingColumns extends Schema.TaggedError<MissingColumns>("@kis/core/intake/MissingColumns")(
  "MissingColumns",
  {
    missing: Schema.NonEmptyArray(Column)
  }
) {
  override get message() {
    const names = this.missing.map((column) => `${column} (${titles[column].id})`)
    return `The file has no column ${names.join(", ")}. Add it to the first line, or rename the column that holds it.`
  }
}

/**
 * Two columns of the header mean the same.
 *
 * @category errors
 * @since 0.1.0
 */
export class RepeatedColumns extends Schema.TaggedError<RepeatedColumns>("@kis/core/intake/RepeatedColumns")(
  "RepeatedColumns",
  {
    repeated: Schema.NonEmptyArray(Column)
  }
) {
  override get message() {
    return `The file has more than one column for ${this.repeated.join(", ")}. Keep one of them and rename the others.`
  }
}

// --- reading ---

/**
 * The canonical name of a header cell; a name that is not known is given back trimmed.
 *
 * @example
 * Columns.canonical("Tanggal Lahir") // => "birth_date"
 *
 * @category reading
 * @since 0.1.0
 */
export const canonical = (header: string): string => byAlias.get(fold(header)) ?? header.trim()

/**
 * Checks a header and gives its canonical names, in the order of the file.
 *
 * @category reading
 * @since 0.1.0
 */
export const check = (
  header: ReadonlyArray<string>
): Result.Result<ReadonlyArray<string>, MissingColumns | RepeatedColumns> => {
  const names = header.map(canonical)
  const known = names.filter(isColumn)
  const [repeated, ...more] = Column.literals.filter((column) => known.filter((name) => name === column).length > 1)
  if (repeated !== undefined) return Result.fail(new RepeatedColumns({ repeated: [repeated, ...more] }))
  const grouped = known.includes("household") || known.includes("family_card")
  const [missing, ...others] = required.filter(
    (column) => !known.includes(column) && !(column === "household" && grouped)
  )
  return missing === undefined
    ? Result.succeed(names)
    : Result.fail(new MissingColumns({ missing: [missing, ...others] }))
}

/**
 * A row from the cells of a line, under the names that {@link check} gave. A line that is
 * shorter than the header has empty cells at its end.
 *
 * @category reading
 * @since 0.1.0
 */
export const row = (names: ReadonlyArray<string>, line: number, cells: ReadonlyArray<string>): RawRow => ({
  line,
  fields: Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]))
})

/**
 * A row from a record whose keys may be any of the known names, as in a JSON line.
 *
 * @category reading
 * @since 0.1.0
 */
export const rowOfRecord = (line: number, record: Readonly<Record<string, string>>): RawRow => ({
  line,
  fields: Object.fromEntries(Object.entries(record).map(([key, value]) => [canonical(key), value]))
})

/**
 * What a person calls the column.
 *
 * @category reading
 * @since 0.1.0
 */
export const title = (column: Column, language: "id" | "en"): string => titles[column][language]

// --- private ---

const required: ReadonlyArray<Column> = ["household", "relation", "name", "nik", "sex", "birth_date", "citizenship"]

const isColumn = Schema.is(Column)

const fold = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, "")

const titles: Record<Column, { readonly id: string; readonly en: string; readonly also: string }> = {
  household: { id: "rumah tangga", en: "household", also: "no rumah tangga, id rumah tangga, id keluarga" },
  family_card: { id: "nomor kartu keluarga", en: "family card number", also: "no kk, nomor kk, kk, kartu keluarga" },
  relation: { id: "hubungan keluarga", en: "relation", also: "hubungan, shdk, status hubungan, status keluarga" },
  name: { id: "nama", en: "name", also: "nama lengkap, full name" },
  nik: { id: "NIK", en: "NIK", also: "no nik, nomor nik, no ktp, nomor induk kependudukan" },
  sex: { id: "jenis kelamin", en: "sex", also: "jk, kelamin, l/p, gender" },
  birth_date: { id: "tanggal lahir", en: "birth date", also: "tgl lahir, date of birth, lahir" },
  mother_name: { id: "nama ibu kandung", en: "mother's name", also: "nama ibu, ibu kandung, ibu" },
  marital_status: { id: "status perkawinan", en: "marital status", also: "status kawin, perkawinan, status nikah" },
  citizenship: { id: "kewarganegaraan", en: "citizenship", also: "warga negara, wni/wna" },
  passport: { id: "nomor paspor", en: "passport number", also: "paspor, no paspor" },
  permit: { id: "nomor izin tinggal", en: "permit number", also: "kitas, kitap, kitas/kitap, izin tinggal, no kitas" },
  stay_months: { id: "lama tinggal (bulan)", en: "months of stay", also: "lama tinggal, lama kerja, bulan tinggal" },
  phone: { id: "nomor HP", en: "phone number", also: "no hp, hp, telepon, no telepon, nomor telepon, no telp, phone" },
  address: { id: "alamat", en: "address", also: "alamat rumah, alamat tinggal" },
  district: { id: "kecamatan", en: "district", also: "kode kecamatan, kode wilayah" },
  occupation: { id: "pekerjaan", en: "occupation", also: "jenis pekerjaan" },
  employer: { id: "pemberi kerja", en: "employer", also: "perusahaan, tempat kerja, instansi, nama perusahaan" },
  wage: { id: "gaji", en: "wage", also: "upah, penghasilan, gaji per bulan, gaji pokok" },
  studies: { id: "masih sekolah", en: "in education", also: "sekolah, kuliah, pelajar" },
  pbi_decree: { id: "SK PBI", en: "PBI decree", also: "pbi, penerima bantuan iuran, sk kemensos" },
  local_scheme: { id: "didaftarkan pemda", en: "local scheme", also: "pbpu pemda, pd pemda, jamkesda, pbi apbd" },
  class: { id: "kelas rawat", en: "ward class", also: "kelas, kelas perawatan" },
  facility: { id: "faskes tingkat pertama", en: "first-level facility", also: "fktp, faskes, puskesmas, klinik" },
  auto_debit: {
    id: "rekening autodebit",
    en: "auto-debit account",
    also: "autodebit, autodebet, rekening autodebet, rekening, no rekening, nomor rekening"
  },
  mother_participant: {
    id: "nomor JKN atau NIK ibu",
    en: "mother's participant number or NIK",
    also: "nik ibu, no jkn ibu, nomor jkn ibu, no kartu ibu"
  },
  helper_name: { id: "nama pendamping", en: "helper's name", also: "pendamping, nama wakil" },
  helper_phone: { id: "nomor HP pendamping", en: "helper's phone", also: "no hp pendamping, hp pendamping" },
  helper_relation: { id: "hubungan pendamping", en: "helper's relation", also: "pendamping sebagai" },
  helper_consent: {
    id: "tanggal persetujuan pendampingan",
    en: "date of consent",
    also: "tanggal persetujuan, tgl persetujuan, tanggal kuasa, tgl kuasa"
  }
}

const byAlias: ReadonlyMap<string, Column> = new Map(
  Column.literals.flatMap((column) => {
    const { also, en, id } = titles[column]
    return [column, id, en, ...also.split(", ")].map((alias) => [fold(alias), column] as const)
  })
)
