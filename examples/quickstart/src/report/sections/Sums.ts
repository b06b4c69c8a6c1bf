/**
 * Counts from different records that must agree: a report that does not add up says so itself.
 */
import { el, type Markup } from "../Markup.ts"
import { both, card, count, table } from "../Page.ts"
import type { ReportData } from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

export const sums = ({ checks }: ReportData): Markup => {
  const title = words("Angka yang harus cocok", "Totals that add up")
  return card(
    "sums",
    title,
    "card wide long",
    el(
      "p",
      { class: "lead" },
      both(
        words(
          "Kedua sisi dihitung dari catatan yang berbeda. Tidak ada baris yang hilang.",
          "Both sides are counted from different records. No line is lost."
        )
      )
    ),
    table(
      {
        head: [
          words("Ini", "This"),
          words("Banyaknya", "Count"),
          words("sama dengan ini", "equals this"),
          words("Banyaknya", "Count"),
          words("Cocok", "Adds up")
        ],
        rows: checks.map(({ left, name, right }) => [
          Words.checkWords[name].left,
          count(number(left)),
          Words.checkWords[name].right,
          count(number(right)),
          left === right ? el("span", { class: "ok" }, "✓ ya") : el("span", { class: "bad" }, "✗ tidak")
        ])
      },
      title,
      "sums"
    )
  )
}
