/**
 * People who may be here already: what speaks for it, and what against.
 */
import * as Levels from "../pictures/Levels.ts"
import type { Tone } from "../pictures/Drawing.ts"
import type { Markup } from "../Markup.ts"
import { type Cell, count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

const agreementTones: Record<Words.Agreement, Tone> = {
  agrees: "green",
  nearly: "green-soft",
  slip: "amber",
  partly: "red-soft",
  differs: "red",
  unknown: "grey"
}

const kindWords = {
  "two-persons": words("Dua orang, satu NIK (tipe B)", "Two persons, one NIK (type B)"),
  "one-person": words("Mungkin orang yang sama (tipe A)", "Perhaps one person (type A)")
} as const

export const duplicates = ({ duplicates, tally }: ReportData.ReportData): Markup => {
  const title = words("Data ganda: apa yang sama, apa yang beda", "Duplicates: what agrees, what differs")
  if (duplicates.length === 0) return nothing("duplicates", title, words("Tidak ada kasus.", "No cases."))
  const agreement = (of: ReportData.Duplicates, field: ReportData.EvidenceField, level: Words.Agreement) =>
    ReportData.sum(of.evidence, (it) => it.field === field && Words.agreementOf(it.level) === level)
  return figure({
    id: "duplicates",
    title,
    lead: words(
      `${number(tally.already)} orang jelas sudah terdaftar. Sisanya ditahan sampai petugas memutuskan; tidak ada yang digabung oleh mesin.`,
      `${number(tally.already)} were plainly registered already. The others wait for an officer; no machine merges anyone.`
    ),
    draw: Levels.draw(
      duplicates.map((of) => ({
        title: `${kindWords[of.kind].id}: ${number(of.count)}`,
        fields: ReportData.evidenceFields.map((field) => ({
          label: Words.evidenceWords[field].id,
          parts: Words.agreements.map((level) => ({
            name: Words.agreementWords[level].id,
            value: agreement(of, field, level),
            tone: agreementTones[level]
          }))
        }))
      })),
      number
    ),
    legend: Words.agreements.map((it) => ({ tone: agreementTones[it], words: Words.agreementWords[it] })),
    table: {
      head: [words("Jenis dan bukti", "Kind and evidence"), ...Words.agreements.map((it) => Words.agreementWords[it])],
      rows: duplicates.flatMap((of) =>
        ReportData.evidenceFields.map((field): readonly [Cell, ...ReadonlyArray<Cell>] => [
          words(
            `${of.kind === "two-persons" ? "B" : "A"}: ${Words.evidenceWords[field].id}`,
            Words.evidenceWords[field].en
          ),
          ...Words.agreements.map((level) => count(number(agreement(of, field, level))))
        ])
      )
    }
  })
}
