/**
 * Days side by side, working days and others, and on each what is owed by then.
 */
import { PlainDate } from "@kis/core/time"
import { box, type Drawing, label, type Part, textWidth } from "./Drawing.ts"
import type { Markup } from "../Markup.ts"

// --- models ---

export interface Day {
  readonly date: PlainDate.PlainDate
  readonly works: boolean
  /** Two or three letters, as on a calendar. */
  readonly name: string
  readonly parts: ReadonlyArray<Part>
}

// --- drawing ---

export const draw =
  (days: ReadonlyArray<Day>, today: PlainDate.PlainDate, write: (value: number) => string) =>
  (width: number): Drawing => {
    const totals = days.map((day) => day.parts.reduce((sum, part) => sum + part.value, 0))
    const most = Math.max(1, ...totals)
    const step = width / Math.max(1, days.length)
    const names = step >= 26
    const shapes = days.flatMap((day, i): ReadonlyArray<Markup> => {
      const [x, room] = [i * step, step - 3]
      const total = totals[i] ?? 0
      const drawn: Array<Markup> = [
        box(x, TOP, room, HEIGHT, day.works ? "track" : "closed", `${day.date}${day.works ? "" : " · libur"}`, 3)
      ]
      let y = TOP + HEIGHT
      for (const { name, tone, value } of day.parts) {
        const height = (value / most) * HEIGHT
        y -= height
        drawn.push(box(x, y, room, Math.max(0, height - 1), `fill-${tone}`, `${name}: ${write(value)}`, 2))
      }
      if (total > 0) {
        const over = textWidth(write(total), 13) > step ? {} : { anchor: "middle" as const }
        drawn.push(label(over.anchor ? x + room / 2 : x, y - 5, write(total), { size: 13, look: "strong", ...over }))
      }
      if (names || i === 0 || PlainDate.dayOfMonth(day.date) === 1) {
        const middle = { anchor: "middle" as const, look: day.date === today ? "strong" : day.works ? "" : "quiet" }
        drawn.push(label(x + room / 2, TOP + HEIGHT + 17, String(PlainDate.dayOfMonth(day.date)), middle))
        if (names) drawn.push(label(x + room / 2, TOP + HEIGHT + 32, day.name, { ...middle, size: 11 }))
      }
      if (day.date === today) drawn.push(box(x, TOP + HEIGHT + 37, room, 3, "fill-ink", undefined, 1))
      return drawn
    })
    return { width, height: TOP + HEIGHT + 42, shapes }
  }

// --- private ---

const TOP = 20
const HEIGHT = 110
