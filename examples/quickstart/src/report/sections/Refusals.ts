/**
 * Why lines were refused, and the way out of each reason.
 */
import { Ways } from "@kis/core/channel"
import { Reason } from "@kis/core/policy"
import { RowProblem } from "@kis/core/registration"
import type { PlainDate } from "@kis/core/time"
import * as Schema from "effect/Schema"
import * as Bars from "../pictures/Bars.ts"
import { el, type Markup } from "../Markup.ts"
import { both, type Cell, count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

export const refusals = ({ on, refusals, tally }: ReportData.ReportData): Markup => {
  const title = words("Mengapa ditolak", "Reasons for refusal")
  if (refusals.length === 0) return nothing("refusals", title, words("Tidak ada yang ditolak.", "Nobody was refused."))
  const ordered = refusals.toSorted((a, b) => b.count - a.count)
  const shown = ordered.slice(0, MOST_REASONS)
  const rest = ReportData.sum(ordered.slice(MOST_REASONS))
  return figure({
    id: "refusals",
    title,
    lead: words(
      `${number(tally.rejected)} baris ditolak; satu baris bisa punya beberapa alasan. Setiap alasan punya jalan keluar.`,
      `${number(tally.rejected)} lines were refused; a line may have several reasons. Each reason has a way out.`
    ),
    draw: Bars.draw(
      [
        ...shown.map((refusal) => ({
          label: Words.refusalWords(refusal).id,
          other: Words.refusalWords(refusal).en,
          parts: [{ name: refusal.code, value: refusal.count, tone: "red" as const }]
        })),
        ...(rest === 0
          ? []
          : [
              {
                label: "Alasan lain, lihat tabel",
                parts: [{ name: "Lainnya", value: rest, tone: "red-soft" as const }]
              }
            ])
      ],
      { labels: "above", write: number }
    ),
    table: {
      head: [words("Alasan", "Reason"), words("Tanpa ponsel pintar", "Without a smartphone"), words("Baris", "Lines")],
      rows: ordered.map((refusal) => [
        el("span", {}, both(Words.refusalWords(refusal)), " ", el("code", {}, codeOf(refusal))),
        wayOut(refusal, on),
        count(number(refusal.count))
      ])
    }
  })
}

// --- private ---

const MOST_REASONS = 9

const codeOf = ({ code, field }: ReportData.Refusal) => (field === undefined ? code : `${field}: ${code}`)

const isRowProblem = Schema.is(RowProblem.ProblemCode)
const isReason = Schema.is(Reason.ReasonCode)

const wayOut = ({ code }: ReportData.Refusal, on: PlainDate.PlainDate): Cell => {
  const entry = isRowProblem(code) ? RowProblem.entry(code) : isReason(code) ? Reason.entry(code) : undefined
  if (entry === undefined) return words("–", "–")
  const way = Ways.withoutSmartphone(entry.action, on)
  const where = (language: "id" | "en") => (way === undefined ? "" : ` ${Ways.describe(way, language)}.`)
  return words(`${Ways.step(entry.action, "id")}${where("id")}`, `${Ways.step(entry.action, "en")}${where("en")}`)
}
