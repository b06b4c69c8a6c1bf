/**
 * Horizontal bars, one a row, each of one or more stretches.
 */
import { box, type Drawing, label, type Part, stretches, textWidth } from "./Drawing.ts"
import type { Markup } from "../Markup.ts"

// --- models ---

/** One row. `strong` stands before the label, as a code does; `other` after it, where there is room. */
export interface Row {
  readonly strong?: string
  readonly label: string
  readonly other?: string
  readonly parts: ReadonlyArray<Part>
}

export interface Options {
  /** Whether labels stand beside the bars, for short ones, or above them. */
  readonly labels: "beside" | "above"
  readonly write: (value: number) => string
}

// --- drawing ---

/** The rows on one scale, with their sums at the end. */
export const draw =
  (rows: ReadonlyArray<Row>, { labels, write }: Options) =>
  (width: number): Drawing => {
    const totals = rows.map((row) => row.parts.reduce((sum, part) => sum + part.value, 0))
    const most = Math.max(1, ...totals)
    const ends = Math.max(0, ...totals.map((total) => textWidth(write(total), 12))) + 8
    const named = labels === "beside" ? Math.min(width * 0.42, Math.max(0, ...rows.map(besideWidth)) + 10) : 0
    const { bar, drop, name, step } =
      labels === "beside" ? beside(named - 10) : rows.every((row) => fitsOneLine(row, width)) ? above : aboveInTwo
    const shapes = rows.flatMap((row, i): ReadonlyArray<Markup> => {
      const y = i * step
      const total = totals[i] ?? 0
      const room = width - named - ends
      return [
        ...name(row, y, width),
        box(named, y + drop, room, bar, "track", undefined, 2),
        ...stretches(row.parts, { x: named, y: y + drop, width: room, height: bar }, most, write),
        label(named + (total / most) * room + 6, y + drop + bar / 2 + 4.5, write(total), { look: "strong" })
      ]
    })
    return { width, height: rows.length * step - (step - bar - drop), shapes }
  }

// --- private ---

/** Where names stand: the height of a row and of its bar, how far the bar lies below the row's top. */
interface Layout {
  readonly step: number
  readonly bar: number
  readonly drop: number
  readonly name: (row: Row, y: number, width: number) => ReadonlyArray<Markup>
}

const besideWidth = (row: Row) => textWidth(row.label, 12)

const beside = (max: number): Layout => ({
  step: 23,
  bar: 17,
  drop: 0,
  name: (row, y) => [label(max, y + 12.5, row.label, { anchor: "end", max })]
})

const above: Layout = {
  step: 43,
  bar: 16,
  drop: 18,
  name: (row, y, width) => [
    ...nameOf(row, y, width),
    ...(row.other === undefined ? [] : [label(width, y + 12, row.other, { anchor: "end", look: "quiet" })])
  ]
}

const aboveInTwo: Layout = {
  step: 58,
  bar: 16,
  drop: 33,
  name: (row, y, width) => [
    ...nameOf(row, y, width),
    ...(row.other === undefined
      ? []
      : [label(codeWidth(row), y + 27, row.other, { look: "quiet", max: width - codeWidth(row) })])
  ]
}

// bold letters are a sixth wider
const codeWidth = (row: Row) => (row.strong === undefined ? 0 : textWidth(row.strong, 12) * 1.17 + 6)

const fitsOneLine = (row: Row, width: number) =>
  row.other === undefined || codeWidth(row) + textWidth(row.label, 12) + 10 + textWidth(row.other, 12) <= width

const nameOf = (row: Row, y: number, width: number): ReadonlyArray<Markup> =>
  row.strong === undefined
    ? [label(0, y + 12, row.label, { max: width })]
    : [
        label(0, y + 12, row.strong, { look: "strong" }),
        label(codeWidth(row), y + 12, row.label, {
          max: width - codeWidth(row),
          look: row.other === undefined ? "quiet" : ""
        })
      ]
