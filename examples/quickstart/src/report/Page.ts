/**
 * The parts of the page around the pictures: cards, figures, legends, tables.
 */
import { type Drawing, svg, type Tone } from "./pictures/Drawing.ts"
import { type Child, el, type Markup } from "./Markup.ts"
import type { Words } from "./Words.ts"

// --- models ---

/** A picture with all that makes it readable to everybody: a legend, words for it, the numbers behind it. */
export interface Figure {
  readonly id: string
  readonly title: Words
  /** One sentence: what the picture shows. */
  readonly lead: Words
  readonly draw: (width: number) => Drawing
  readonly legend?: ReadonlyArray<{ readonly tone: Tone; readonly words: Words }>
  readonly table: Table
  /** Takes the whole width of the page. */
  readonly wide?: boolean
  readonly note?: Words | undefined
}

export interface Table {
  readonly head: ReadonlyArray<Words>
  /** The first cell names the row. Numbers are set as numbers. */
  readonly rows: ReadonlyArray<readonly [Cell, ...ReadonlyArray<Cell>]>
  readonly foot?: readonly [Cell, ...ReadonlyArray<Cell>]
}

export type Cell = Words | Markup | { readonly number: string }

// --- building ---

/** Indonesian, with English beside it. */
export const both = (words: Words): ReadonlyArray<Child> =>
  words.id === words.en ? [words.id] : [words.id, " ", el("span", { lang: "en" }, words.en)]

export const figure = (of: Figure): Markup => {
  const [large, small] = of.wide === true ? [1022, 330] : [500, 330]
  const drawn = (width: number, look: string) =>
    svg(of.draw(width), {
      id: `${of.id}-${look}`,
      look: `drawing ${look}`,
      title: of.title.id,
      description: of.lead.id
    })
  return el(
    "section",
    {
      class: of.wide === true ? "card wide" : "card",
      "aria-labelledby": `${of.id}-h`
    },
    // on paper these stay on one page
    el(
      "div",
      { class: "keep" },
      heading(of.id, of.title),
      el("p", { class: "lead" }, both(of.lead)),
      el("figure", {}, drawn(large, "large"), drawn(small, "small"), legend(of.legend ?? []))
    ),
    of.note === undefined ? undefined : el("p", { class: "lead note" }, both(of.note)),
    el(
      "details",
      {},
      el("summary", {}, "Angka di balik gambar · ", el("span", { lang: "en" }, "The numbers behind it")),
      table(of.table, of.title)
    )
  )
}

/** A picture of nothing is a sentence. */
export const nothing = (id: string, title: Words, words: Words): Markup =>
  card(id, title, "card", el("p", { class: "none both" }, both(words)))

export const card = (id: string, title: Words, look: string, ...children: ReadonlyArray<Child>): Markup =>
  el("section", { class: look, "aria-labelledby": `${id}-h` }, heading(id, title), children)

export const table = ({ foot, head, rows }: Table, title: Words, look?: string): Markup =>
  el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": title.id },
    el(
      "table",
      { class: look },
      el("caption", {}, both(title)),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          head.map((words, i) =>
            el("th", { scope: "col", class: isNumber(rows[0]?.[i]) ? "n" : undefined }, both(words))
          )
        )
      ),
      el("tbody", {}, rows.map(row)),
      foot === undefined ? undefined : el("tfoot", {}, row(foot))
    )
  )

export const count = (text: string): Cell => ({ number: text })

// --- private ---

const heading = (id: string, title: Words): Markup => el("h2", { id: `${id}-h` }, both(title))

const isNumber = (cell: Cell | undefined) => cell !== undefined && "number" in cell

const row = (cells: ReadonlyArray<Cell>): Markup =>
  el(
    "tr",
    {},
    cells.map((cell, i) => {
      const content = "markup" in cell ? cell : "number" in cell ? cell.number : both(cell)
      if (i === 0) return el("th", { scope: "row" }, content)
      return el("td", { class: isNumber(cell) ? "n" : undefined }, content)
    })
  )

const legend = (keys: ReadonlyArray<{ readonly tone: Tone; readonly words: Words }>) =>
  keys.length === 0
    ? undefined
    : el(
        "ul",
        { class: "legend" },
        keys.map(({ tone, words }) =>
          el("li", {}, el("i", { class: `key-${tone}`, "aria-hidden": "true" }), el("span", {}, both(words)))
        )
      )
