/**
 * The parts that every picture is made of: shapes, and text that fits its place.
 *
 * Colours are classes, so that one picture serves light, dark and paper. Pictures are drawn for
 * a width, twice on a page: for a screen and for a phone.
 */
import { type Child, el, type Markup } from "../Markup.ts"

// --- models ---

/** A colour by its meaning on the page; the style sheet knows its value. */
export type Tone = "green" | "green-soft" | "blue" | "amber" | "red" | "red-soft" | "violet" | "grey"

/** A picture: its size in pixels, and what is in it. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly shapes: ReadonlyArray<Markup>
}

/** A value that is drawn as a stretch of colour. `name` is told when a pointer rests on it. */
export interface Part {
  readonly name: string
  readonly value: number
  readonly tone: Tone
}

export interface TextOptions {
  readonly size?: number
  readonly anchor?: "start" | "middle" | "end"
  readonly look?: string
  readonly max?: number
}

// --- shapes ---

export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  look: string,
  hint?: string,
  radius = 0
): Markup =>
  el(
    "rect",
    {
      x,
      y,
      width: Math.max(0, width),
      height: Math.max(0, height),
      rx: radius === 0 ? undefined : radius,
      class: look
    },
    ...(hint === undefined ? [] : [el("title", {}, hint)])
  )

export const line = (x1: number, y1: number, x2: number, y2: number, look = "rule"): Markup =>
  el("line", { x1, y1, x2, y2, class: look })

/** Text at its base line; shortened to `max` pixels. */
export const label = (x: number, y: number, text: string, options: TextOptions = {}): Markup => {
  const size = options.size ?? 12
  const anchor = options.anchor === "start" ? undefined : options.anchor
  const shown = options.max === undefined ? text : fit(text, size, options.max)
  return el("text", { x, y, "font-size": size, "text-anchor": anchor, class: options.look || undefined }, shown)
}

/**
 * Stretches side by side, each as long as its value on a scale of `whole` to `width`. A stretch
 * that has room for it carries its number.
 */
export const stretches = (
  parts: ReadonlyArray<Part>,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  whole: number,
  write: (value: number) => string
): ReadonlyArray<Markup> => {
  const shapes: Array<Markup> = []
  let x = at.x
  for (const { name, tone, value } of parts) {
    if (value === 0) continue
    const width = whole === 0 ? 0 : (value / whole) * at.width
    const text = write(value)
    // a hair of the card between neighbours keeps them apart for who sees no colours
    shapes.push(box(x, at.y, Math.max(1.5, width - 1.5), at.height, `fill-${tone}`, `${name}: ${text}`, 2))
    if (at.height >= 14 && width >= textWidth(text, 11) + 8) {
      shapes.push(
        label(x + (width - 1.5) / 2, at.y + at.height / 2 + 4, text, {
          size: 11,
          anchor: "middle",
          look: light.has(tone) ? "on-soft" : "on"
        })
      )
    }
    x += width
  }
  return shapes
}

/** The drawing as an element, with the words that stand for it where it is not seen. */
export const svg = (
  drawing: Drawing,
  of: { readonly id: string; readonly look: string; readonly title: Child; readonly description: string }
): Markup =>
  el(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${drawing.width} ${Math.ceil(drawing.height)}`,
      width: drawing.width,
      height: Math.ceil(drawing.height),
      class: of.look,
      role: "img",
      "aria-labelledby": `${of.id}-title ${of.id}-desc`
    },
    el("title", { id: `${of.id}-title` }, of.title),
    el("desc", { id: `${of.id}-desc` }, of.description),
    drawing.shapes
  )

/** Good news first, unknown last. */
export const toneOrder = (tone: Tone): number =>
  ["green", "green-soft", "blue", "violet", "amber", "red-soft", "red", "grey"].indexOf(tone)

// --- measuring ---

/** About how wide a text is at most in the fonts that the page may get, in pixels. */
export const textWidth = (text: string, size: number): number => {
  let ems = 0
  for (const sign of text) ems += narrow.has(sign) ? 0.36 : wide.has(sign) ? 0.95 : /[A-Z\d]/.test(sign) ? 0.68 : 0.61
  return ems * size
}

/** The text, or as many whole words of it as have room, and an ellipsis. */
export const fit = (text: string, size: number, max: number): string => {
  if (textWidth(text, size) <= max) return text
  const words = text.split(" ")
  while (words.length > 1 && textWidth(`${words.join(" ")} …`, size) > max) words.pop()
  if (words.length > 1) return `${words.join(" ").replace(/[,;:.]$/, "")} …`
  let cut = text
  while (cut.length > 1 && textWidth(`${cut}…`, size) > max) cut = cut.slice(0, -1)
  return `${cut}…`
}

// --- private ---

// white is not read on these
const light: ReadonlySet<Tone> = new Set(["amber", "green-soft", "red-soft", "grey"])

const narrow = new Set("iljtfrI.,:;'|!()[]/- ")
const wide = new Set("mwMW@%")
