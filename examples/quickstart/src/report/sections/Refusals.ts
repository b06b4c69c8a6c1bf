/**
 * Why lines were refused, and the way out of each reason.
 */
import { Ways } from "@kis/core/channel"
import { Columns, RowProblem } from "@kis/core/intake"
import { Reason } from "@kis/core/policy"
import type { PlainDate } from "@kis/core/time"
import * as Schema from "effect/Schema"
import * as Bars from "../pictures/Bars.ts"
import type { Part } from "../pictures/Drawing.ts"
import { el, type Markup } from "../Markup.ts"
import { both, type Cell, count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

export const refusals = ({ on, refusals, tally }: ReportData.ReportData): Markup => {
  const title = words("Mengapa ditolak", "Reasons for refusal")
  if (refusals.length === 0) return nothing("refusals", title, words("Tidak ada yang ditolak.", "Nobody was refused."))
  const ordered = refusals.toSorted((a, b) => b.count - a.count)
  const columns = ReportData.grouped(ordered, (it) => it.field).toSorted((a, b) => b.count - a.count)
  const rest = new Set(columns.slice(MOST_COLUMNS).map((it) => it.key))
  return figure({
    id: "refusals",
    title,
    lead: words(
      `${number(tally.rejected)} baris ditolak; satu baris bisa punya beberapa alasan, dan setiap alasan punya jalan keluar. ` +
        "Satu ruas untuk satu alasan; alasan tersering disebut.",
      `${number(tally.rejected)} lines were refused; a line may have several reasons, and each reason has a way out. ` +
        "One stretch for one reason; the most frequent is named."
    ),
    draw: Bars.draw(
      [
        ...columns.slice(0, MOST_COLUMNS).map(({ key }) => {
          const own = ordered.filter((it) => it.field === key)
          return { strong: columnWords(key).id, label: mostFrequent(own), parts: stretchesOf(own) }
        }),
        ...(rest.size === 0
          ? []
          : [
              {
                strong: "Kolom lain",
                label: [...rest].map((field) => columnWords(field).id).join(", "),
                parts: stretchesOf(ordered.filter((it) => rest.has(it.field)))
              }
            ])
      ],
      { labels: "above", write: number }
    ),
    table: {
      head: [
        words("Kolom", "Column"),
        words("Alasan", "Reason"),
        words("Tanpa ponsel pintar", "Without a smartphone"),
        words("Baris", "Lines")
      ],
      rows: ordered.map((refusal) => [
        columnWords(refusal.field),
        el("span", {}, both(Words.refusalWords(refusal)), " ", el("code", {}, refusal.code)),
        wayOut(refusal, on),
        count(number(refusal.count))
      ])
    }
  })
}

// --- private ---

const MOST_COLUMNS = 8

const mostFrequent = ([first]: ReadonlyArray<ReportData.Refusal>): string =>
  first === undefined ? "" : Words.firstSentence(Words.refusalWords(first)).id

/** One stretch a reason, in two tones by turns. */
const stretchesOf = (refusals: ReadonlyArray<ReportData.Refusal>): ReadonlyArray<Part> =>
  refusals.map((refusal, i) => ({
    name: Words.refusalWords(refusal).id,
    value: refusal.count,
    tone: i % 2 === 0 ? "red" : "red-soft"
  }))

const isColumn = Schema.is(Columns.Column)

const columnWords = (field: string | undefined): Words.Words =>
  field === undefined
    ? words("Aturan kepesertaan", "Rules of membership")
    : isColumn(field)
      ? words(capital(Columns.title(field, "id")), capital(Columns.title(field, "en")))
      : words(field, field)

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const isRowProblem = Schema.is(RowProblem.ProblemCode)
const isReason = Schema.is(Reason.ReasonCode)

const wayOut = ({ code }: ReportData.Refusal, on: PlainDate.PlainDate): Cell => {
  const entry = isRowProblem(code) ? RowProblem.entry(code) : isReason(code) ? Reason.entry(code) : undefined
  if (entry === undefined) return words("–", "–")
  const way = Ways.withoutSmartphone(entry.action, on)
  const where = (language: "id" | "en") => (way === undefined ? "" : ` ${Ways.describe(way, language)}.`)
  return words(`${Ways.step(entry.action, "id")}${where("id")}`, `${Ways.step(entry.action, "en")}${where("en")}`)
}
