/**
 * By when the state owes an answer, and to how many.
 */
import { WorkCalendar } from "@kis/core/calendar"
import { PlainDate } from "@kis/core/time"
import * as Days from "../pictures/Days.ts"
import type { Tone } from "../pictures/Drawing.ts"
import type { Markup } from "../Markup.ts"
import { count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

const clockTones: Record<ReportData.Clocks["kind"], Tone> = {
  registration: "green",
  "duplicate-review": "amber",
  change: "blue",
  complaint: "red",
  objection: "red",
  "personal-data": "red"
}

export const clocks = ({ clocks, on }: ReportData.ReportData): Markup => {
  const title = words("Janji jawaban menurut hari jatuh tempo", "Answers owed, by due day")
  const [first, ...rest] = clocks
  if (first === undefined) return nothing("clocks", title, words("Tidak ada janji.", "No answers are owed."))
  const kinds = ReportData.grouped(clocks, (it) => it.kind).map((it) => it.key)
  const owed = (date: PlainDate.PlainDate, kind: ReportData.Clocks["kind"]) =>
    ReportData.sum(clocks, (it) => it.due === date && it.kind === kind)
  const due = [...new Set(clocks.map((it) => it.due))].toSorted()
  const from = [first, ...rest].reduce((day, it) => (it.opened < day ? it.opened : day), on)
  const until = due.at(-1) ?? on
  const calendar = WorkCalendar.office("WIB")
  const house = clocks.some((it) => it.standing === "house")
  return figure({
    id: "clocks",
    title,
    wide: true,
    lead: words(
      "Jam berjalan sendiri sejak pendaftaran dan hanya menghitung hari kerja kantor.",
      "The clock starts by itself with the registration, and counts the office's working days only."
    ),
    draw: Days.draw(
      daysFrom(from, until).map((date) => ({
        date,
        works: WorkCalendar.isWorkingDay(calendar, date),
        name: Words.shortDay(date, "id"),
        parts: kinds.map((kind) => ({
          name: Words.clockWords[kind].id,
          value: owed(date, kind),
          tone: clockTones[kind]
        }))
      })),
      on,
      number
    ),
    legend: kinds.map((kind) => ({ tone: clockTones[kind], words: Words.clockWords[kind] })),
    note: house
      ? words(
          "Tenggat ini target kantor sendiri; tenggat resmi untuk pendaftaran tidak ditemukan.",
          "These deadlines are the office's own aim; no official one for registrations was found."
        )
      : undefined,
    table: {
      head: [words("Jatuh tempo", "Due"), ...kinds.map((it) => Words.clockWords[it]), words("Jumlah", "Sum")],
      rows: due.map((date) => [
        words(Words.day(date, "id"), Words.day(date, "en")),
        ...kinds.map((kind) => count(number(owed(date, kind)))),
        count(number(ReportData.sum(clocks, (it) => it.due === date)))
      ])
    }
  })
}

// --- private ---

const MOST_DAYS = 62

/** Every day from one to the other; a span of more than two months is cut to its end. */
const daysFrom = (from: PlainDate.PlainDate, until: PlainDate.PlainDate): ReadonlyArray<PlainDate.PlainDate> => {
  const length = Math.max(0, PlainDate.daysBetween(from, until)) + 1
  const shown = Math.min(length, MOST_DAYS)
  return Array.from({ length: shown }, (_, i) => PlainDate.addDays(until, i - shown + 1))
}
