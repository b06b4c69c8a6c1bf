/**
 * What became of everybody who was in a file: four ends that are the whole.
 */
import { type Part, svg, type Tone } from "../pictures/Drawing.ts"
import * as Split from "../pictures/Split.ts"
import { el, type Markup } from "../Markup.ts"
import { both, card } from "../Page.ts"
import type { ReportData } from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, percent, words } = Words

export const outcomes = ({ tally }: ReportData): Markup => {
  const ends: ReadonlyArray<{ words: Words.Words; value: number; tone: Tone }> = [
    { words: words("Terdaftar", "Registered"), value: tally.registered, tone: "green" },
    { words: words("Sudah ada", "Already registered"), value: tally.already, tone: "blue" },
    { words: words("Diperiksa petugas", "Held for review"), value: tally.review, tone: "amber" },
    { words: words("Ditolak, dengan alasan", "Rejected, with reasons"), value: tally.rejected, tone: "red" }
  ]
  const parts = ends.map(({ tone, value, words }): Part => ({ name: words.id, value, tone }))
  const title = words("Setiap orang mendapat satu jawaban", "Everybody gets one answer")
  const whole = `${number(tally.read)} baris dibaca`
  return card(
    "outcomes",
    title,
    "card wide",
    el(
      "figure",
      {},
      [1022, 330].map((width) => {
        const look = width > 400 ? "large" : "small"
        return svg(Split.draw(parts, whole, number)(width), {
          id: `outcomes-${look}`,
          look: `drawing ${look}`,
          title: title.id,
          description: `${whole}: ${ends.map((it) => `${it.words.id} ${number(it.value)}`).join(", ")}`
        })
      })
    ),
    el(
      "ul",
      { class: "ends" },
      ends.map(({ tone, value, words }) =>
        el(
          "li",
          { style: `--tone:var(--${tone})` },
          el("b", {}, number(value)),
          el("span", {}, both(words)),
          el("small", {}, percent(value, tally.read))
        )
      )
    )
  )
}
