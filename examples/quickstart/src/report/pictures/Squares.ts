/**
 * One square for one of a few hundred things: what a share of them looks like without reading a number.
 */
import { box, type Drawing, label, type Part } from "./Drawing.ts"
import type { Markup } from "../Markup.ts"

// --- drawing ---

/** Squares in the order of the parts. Where they are too many a square stands for several, and the picture says so. */
export const draw =
  (parts: ReadonlyArray<Part>, write: (value: number) => string, note: (each: number) => string) =>
  (width: number): Drawing => {
    const total = parts.reduce((sum, part) => sum + part.value, 0)
    const each = Math.max(1, Math.ceil(total / MOST))
    const step = total > 250 ? 15 : 19
    const size = step - 3
    const columns = Math.max(1, Math.floor((width + 3) / step))
    const shapes: Array<Markup> = []
    let at = 0
    for (const { name, tone, value } of parts) {
      const squares = Math.ceil(value / each)
      for (let i = 0; i < squares; i++) {
        const [x, y] = [(at % columns) * step, Math.floor(at / columns) * step]
        shapes.push(box(x, y, size, size, `fill-${tone}`, `${name}: ${write(value)}`, 3))
        at++
      }
    }
    const height = Math.ceil(at / columns) * step - 3
    if (each === 1) return { width, height: Math.max(1, height), shapes }
    return { width, height: height + 22, shapes: [...shapes, label(0, height + 17, note(each), { look: "quiet" })] }
  }

// --- private ---

// more would fill the screen of a phone twice over
const MOST = 900
