/**
 * A file of households in which everything personal is a canary: words and numbers of ten letters or
 * digits and more that occur nowhere else.
 */
import { Columns } from "@kis/core/intake"
import { PlainDate } from "@kis/core/time"
import { Dice, IntakeFile, LeakSearch } from "@kis/testkit"

const named: ReadonlyArray<Columns.Column> = ["name", "mother_name", "helper_name", "address"]
const numbered: ReadonlyArray<Columns.Column> = [
  "nik",
  "family_card",
  "phone",
  "mother_participant",
  "helper_phone",
  "passport"
]

export interface CanaryFile {
  readonly csv: string
  readonly rows: ReadonlyArray<Columns.RawRow>
  readonly search: LeakSearch.LeakSearch
}

/** Generated with its planted problems; names are replaced one for one, so that duplicates stay duplicates. */
export const canaryFile = (seed: number, people: number): CanaryFile => {
  const dice = Dice.make(seed)
  const words = new Map<string, string>()
  const canaries = new Set<string>()

  const word = () => Array.from({ length: 14 }, () => "bcdfghklmnprstvwz"[dice.roll(17)]).join("")
  const wordFor = (name: string) => {
    const known = words.get(name)
    if (known !== undefined) return known
    const made = [word(), word()]
    for (const one of made) canaries.add(one)
    words.set(name, made.join(" "))
    return made.join(" ")
  }

  const rows = [...IntakeFile.lines({ seed, people, today: PlainDate.make("2026-11-24") })].map(({ row }) => {
    const fields = { ...row.fields }
    for (const column of named) if (fields[column]) fields[column] = wordFor(fields[column])
    for (const column of numbered) for (const form of forms(fields[column] ?? "")) canaries.add(form)
    return { ...row, fields }
  })
  const csv = [
    IntakeFile.header,
    ...rows.map((row) => Columns.Column.literals.map((column) => quoted(row.fields[column] ?? "")).join(",")),
    ""
  ].join("\n")
  return { csv, rows, search: LeakSearch.make(canaries) }
}

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A number as it was written, its digits, and a phone as it travels, as far as each is long enough to be told. */
const forms = (cell: string): ReadonlyArray<string> =>
  [cell, cell.replace(/\D/g, ""), cell.replace(/\D/g, "").replace(/^(0|62)/, "")].filter(
    (form) => (form.match(/[\p{L}\p{N}]/gu) ?? []).length >= 10
  )
