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
    const beside = labels === "beside"
    const named = beside ? Math.min(width * 0.42, Math.max(0, ...rows.map(widthOf)) + 10) : 0
    const [step, bar, drop] = beside ? [23, 17, 0] : [43, 16, 18]
    const shapes = rows.flatMap((row, i): ReadonlyArray<Markup> => {
      const y = i * step
      const total = totals[i] ?? 0
      const room = width - named - ends
      return [
        ...(beside ? nameBeside(row, named - 10, y + 12.5) : nameAbove(row, width, y + 12)),
        box(named, y + drop, room, bar, "track", undefined, 2),
        ...stretches(row.parts, { x: named, y: y + drop, width: room, height: bar }, most, write),
        label(named + (total / most) * room + 6, y + drop + bar / 2 + 4.5, write(total), { look: "strong" })
      ]
    })
    return { width, height: rows.length * step - (step - bar - drop), shapes }
  }

// --- private ---

const widthOf = (row: Row) => textWidth(row.strong === undefined ? row.label : `${row.strong} ${row.label}`, 12)

const nameBeside = (row: Row, max: number, y: number) => [label(max, y, row.label, { anchor: "end", max })]

const nameAbove = (row: Row, width: number, y: number): ReadonlyArray<Markup> => {
  const code = row.strong === undefined ? 0 : textWidth(row.strong, 12) * 1.08 + 8
  const behind = code + textWidth(row.label, 12) + 8
  const room = width - behind
  const other = row.other !== undefined && textWidth(row.other, 12) <= room ? row.other : undefined
  return [
    ...(row.strong === undefined ? [] : [label(0, y, row.strong, { look: "strong" })]),
    label(code, y, row.label, { max: width - code }),
    ...(other === undefined ? [] : [label(width, y, other, { anchor: "end", look: "quiet" })])
  ]
}
