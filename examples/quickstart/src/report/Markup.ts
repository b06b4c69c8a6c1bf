/**
 * HTML and SVG as values. Text is escaped wherever it enters, so that no cell of a file can
 * become a part of the page.
 */

// --- models ---

/** A piece of a page. Made here only. */
export interface Markup {
  readonly markup: string
}

export type Child = Markup | string | number | undefined | ReadonlyArray<Child>

export type Attributes = Readonly<Record<string, string | number | undefined>>

// --- constructors ---

/** One element. Attributes that are undefined are left out; numbers are rounded to a hundredth. */
export const el = (name: string, attributes: Attributes = {}, ...children: ReadonlyArray<Child>): Markup => {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(plain(value))}"`]))
    .join("")
  const alone = empty.has(name) && children.length === 0
  return { markup: alone ? `<${name}${written}/>` : `<${name}${written}>${inner(children)}</${name}>` }
}

/** The whole page. */
export const page = (attributes: Attributes, ...children: ReadonlyArray<Child>): string =>
  `<!doctype html>\n${el("html", attributes, ...children).markup}\n`

/** A style sheet of our own, which is not text to be escaped. */
export const style = (css: string): Markup => ({ markup: `<style>${css}</style>` })

// --- private ---

const empty = new Set(["meta", "br", "rect", "line", "path", "circle"])

const inner = (children: ReadonlyArray<Child>): string => children.map(written).join("")

const written = (child: Child): string => {
  if (child === undefined) return ""
  if (typeof child === "string") return escaped(child)
  if (typeof child === "number") return plain(child)
  return "markup" in child ? child.markup : inner(child)
}

const plain = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 100) / 100) : value

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

const escaped = (text: string): string =>
  // control characters may not stand in a page at all
  text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replace(/\p{Cc}/gu, " ")
