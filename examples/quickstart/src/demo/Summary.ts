/**
 * What the demonstration prints: the result for a person at a terminal, in Indonesian and English.
 */
import type { Outcome } from "@kis/core/registration"
import { sum, grouped, phoneEnds, type ReportData } from "../report/ReportData.ts"
import * as Words from "../report/Words.ts"

const { number } = Words

// --- writing ---

/** The summary. The last line is made for a program to read. */
export const write = (tally: Outcome.Tally, data: ReportData, report: string): string =>
  [
    "",
    ...section("Hasil", "Outcome", [
      ["terdaftar", "registered", tally.registered],
      ["sudah ada", "already registered", tally.already],
      ["diperiksa petugas", "held for review", tally.review],
      ["ditolak, dengan alasan", "rejected, with reasons", tally.rejected]
    ]),
    ...section(
      "Kartu di register",
      "Cards on the register",
      grouped(data.people, (it) => it.state)
        .toSorted((a, b) => b.count - a.count)
        .map(({ count, key }) => both(Words.stateWords(key), count))
    ),
    ...section(
      "Alasan penolakan tersering",
      "Most frequent reasons for refusal",
      data.refusals
        .toSorted((a, b) => b.count - a.count)
        .slice(0, 5)
        .map((refusal) => both(Words.firstSentence(Words.refusalWords(refusal)), refusal.count))
    ),
    ...section(
      "Data ganda yang diperiksa",
      "Duplicates under review",
      data.duplicates.map(({ count, kind }) =>
        kind === "two-persons"
          ? ["dua orang, satu NIK", "two persons, one NIK", count]
          : ["mungkin orang yang sama", "perhaps one person", count]
      )
    ),
    ...section(
      "Pesan",
      "Messages",
      grouped(data.messages, (it) => it.state)
        .toSorted((a, b) => b.count - a.count)
        .map(({ count, key }) => both(Words.messageStateWords[key], count))
    ),
    ...section(
      "Nomor HP yang diberi kabar",
      "Phones that were told",
      phoneEnds.filter((end) => data.phones[end] > 0).map((end) => both(Words.phoneWords[end], data.phones[end]))
    ),
    ...section(
      "Janji jawaban yang berjalan",
      "Answers that are owed",
      grouped(data.clocks, (it) => it.due)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, 3)
        .map(({ count, key }) => [`sampai ${Words.day(key, "id")}`, `by ${Words.day(key, "en")}`, count])
    ),
    doubts(data),
    `laporan / report: ${report}`,
    `demo: read ${tally.read}, registered ${tally.registered}, already ${tally.already}, ` +
      `review ${tally.review}, rejected ${tally.rejected}`
  ].join("\n")

// --- private ---

type Line = readonly [id: string, en: string, count: number]

const both = ({ en, id }: Words.Words, count: number): Line => [id, en, count]

const section = (id: string, en: string, lines: ReadonlyArray<Line>): ReadonlyArray<string> =>
  lines.length === 0
    ? []
    : [`${id} / ${en}`, ...lines.map(([id, en, count]) => `${number(count).padStart(9)}  ${besides(id, en)}`), ""]

const ROOM = 34

/** English beside the Indonesian, or below it where that is long. */
const besides = (id: string, en: string) =>
  id.length > ROOM ? `${id}\n${" ".repeat(11)}${en}` : `${id.padEnd(ROOM)} ${en}`

/** A total that does not add up is said aloud. */
const doubts = ({ checks, people }: ReportData): string => {
  const wrong = checks.filter(({ left, right }) => left !== right)
  return wrong.length === 0
    ? `Semua angka cocok / all totals add up: ${checks.length} dari/of ${checks.length}, ${number(sum(people))} peserta/people`
    : `TIDAK COCOK / DOES NOT ADD UP: ${wrong.map((it) => `${it.name} ${it.left} ≠ ${it.right}`).join(", ")}`
}
