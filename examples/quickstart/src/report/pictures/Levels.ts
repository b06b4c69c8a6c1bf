/**
 * What agreed and what differed: for each field one bar of the whole, from agreement on the left to
 * contradiction on the right.
 */
import { box, type Drawing, label, type Part, stretches, textWidth } from "./Drawing.ts"
import type { Markup } from "../Markup.ts"

// --- models ---

export interface Group {
  readonly title: string
  readonly fields: ReadonlyArray<{ readonly label: string; readonly parts: ReadonlyArray<Part> }>
}

// --- drawing ---

export const draw =
  (groups: ReadonlyArray<Group>, write: (value: number) => string) =>
  (width: number): Drawing => {
    const labels = groups.flatMap((group) => group.fields.map((field) => textWidth(field.label, 12)))
    const named = Math.max(0, ...labels) + 12
    const shapes: Array<Markup> = []
    let y = 0
    for (const group of groups) {
      shapes.push(label(0, y + 13, group.title, { size: 13, look: "strong", max: width }))
      y += 22
      for (const field of group.fields) {
        const whole = field.parts.reduce((sum, part) => sum + part.value, 0)
        const place = { x: named, y, width: width - named, height: 17 }
        shapes.push(
          label(named - 12, y + 12.5, field.label, { anchor: "end" }),
          box(place.x, place.y, place.width, place.height, "track", undefined, 2),
          ...stretches(field.parts, place, whole, write)
        )
        y += 21
      }
      y += 18
    }
    return { width, height: Math.max(0, y - 22), shapes }
  }
