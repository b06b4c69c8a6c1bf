/**
 * The report of a register: one page, to be mailed, printed, or read on a phone. Indonesian first,
 * English beside it; pictures with the numbers behind them; counts only, and nothing about any
 * one person.
 */
import type { Region } from "@kis/core/identity"
import { el, type Markup, page, style } from "./Markup.ts"
import { both } from "./Page.ts"
import type { ReportData } from "./ReportData.ts"
import { clocks } from "./sections/Clocks.ts"
import { duplicates } from "./sections/Duplicates.ts"
import { messages } from "./sections/Messages.ts"
import { outcomes } from "./sections/Outcomes.ts"
import { districts, segments } from "./sections/People.ts"
import { phones } from "./sections/Phones.ts"
import { refusals } from "./sections/Refusals.ts"
import { sums } from "./sections/Sums.ts"
import { css } from "./Theme.ts"
import * as Words from "./Words.ts"

const { words } = Words

// --- page ---

/** The page as text. `regions` gives districts their names. */
export const render = (data: ReportData, regions: Region.Regions["Service"]): string =>
  page(
    { lang: "id" },
    el(
      "head",
      {},
      el("meta", { charset: "utf-8" }),
      el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      el("meta", { name: "color-scheme", content: "light dark" }),
      el("title", {}, `Laporan pendaftaran JKN, ${Words.day(data.on, "id")}`),
      style(css)
    ),
    el(
      "body",
      {},
      header(data),
      el(
        "main",
        {},
        el(
          "div",
          { class: "grid" },
          outcomes(data),
          segments(data),
          districts(data, regions),
          refusals(data),
          duplicates(data),
          messages(data),
          phones(data),
          clocks(data),
          sums(data)
        )
      ),
      footer(data)
    )
  )

// --- head and foot ---

const header = (data: ReportData): Markup =>
  el(
    "header",
    { class: "top" },
    el("div", { class: "mark" }, mark, "KARTU INDONESIA SEHAT"),
    el("h1", {}, both(words("Laporan pendaftaran JKN", "Registration report"))),
    el(
      "p",
      {},
      `${Words.day(data.on, "id")} · Kantor / `,
      el("span", { lang: "en" }, "Office"),
      ` ${data.offices.join(", ") || "–"}`
    )
  )

const footer = ({ rules }: ReportData): Markup =>
  el(
    "footer",
    { class: "foot both" },
    el(
      "p",
      {},
      both(
        words(
          "Laporan ini berisi jumlah dan kode saja: tidak ada nama, NIK, nomor kartu, alamat atau nomor HP.",
          "This report holds counts and codes only: no name, NIK, card number, address or phone number."
        )
      )
    ),
    el("p", {}, both(words(`Aturan: ${rules.join("; ") || "–"}.`, `Rules: ${rules.join("; ") || "–"}.`)))
  )

// --- private ---

const mark: Markup = el(
  "svg",
  { xmlns: "http://www.w3.org/2000/svg", viewBox: "0 0 26 20", "aria-hidden": "true" },
  el("rect", { x: 0, y: 0, width: 26, height: 20, rx: 4, class: "fill-green" }),
  el("path", { d: "M13 5v10M8 10h10", stroke: "var(--on)", "stroke-width": 3, "stroke-linecap": "round" })
)
