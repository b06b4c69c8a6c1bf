/**
 * One bar for a whole and its parts, with a bracket that says that they add up.
 */
import { type Drawing, label, line, type Part, stretches } from "./Drawing.ts"

// --- drawing ---

export const draw =
  (parts: ReadonlyArray<Part>, whole: string, write: (value: number) => string) =>
  (width: number): Drawing => {
    const total = parts.reduce((sum, part) => sum + part.value, 0)
    return {
      width,
      height: 62,
      shapes: [
        line(0.5, 8, 0.5, 16, "bracket"),
        line(0.5, 8, width - 0.5, 8, "bracket"),
        line(width - 0.5, 8, width - 0.5, 16, "bracket"),
        ...knockedOut(whole, width),
        ...stretches(parts, { x: 0, y: 22, width, height: 40 }, total, write)
      ]
    }
  }

// --- private ---

// the text stands in the bracket, on a piece of the card's own colour
const knockedOut = (whole: string, width: number) => [
  label(width / 2, 12.5, whole, { size: 13, anchor: "middle", look: "strong halo" })
]
