/**
 * The file that goes back to the sender: one line for every error of every row that was not accepted.
 *
 * Values are masked unless the writer was asked not to: such files are mailed around. The file appears
 * under its name when it is whole, so that nobody takes half of it for all.
 *
 * @since 0.1.0
 */
import { Ways } from "@kis/core/channel"
import { RowProblem } from "@kis/core/intake"
import { Reason } from "@kis/core/policy"
import { Redaction } from "@kis/core/privacy"
import type { Outcome } from "@kis/core/registration"
import type { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type * as OutputError from "./OutputError.ts"
import * as ResultFile from "./ResultFile.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Show what was sent instead of masking it. */
  readonly unmask: boolean
  /** The day for which ways of help are looked up. */
  readonly on: PlainDate.PlainDate
}

/**
 * A rejects file that is being written. {@link open} makes one; it is removed again unless it is finished.
 *
 * @category models
 * @since 0.1.0
 */
export interface RejectsFile {
  readonly path: string
  readonly add: (rows: ReadonlyArray<Rejected>) => Effect.Effect<void, OutputError.OutputError>
  /** Puts the whole file under its name. */
  readonly finish: Effect.Effect<void, OutputError.OutputError>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Rejected extends Pick<typeof Outcome.Rejected.Type, "line" | "problems" | "submitted"> {
  /** What the file calls the household. */
  readonly household: string
}

/**
 * The columns, in order.
 *
 * @category models
 * @since 0.1.0
 */
export const columns = [
  "line",
  "household",
  "column",
  "code",
  "reason",
  "next_step",
  "without_smartphone",
  "value"
] as const

// --- constructors ---

/**
 * Starts a rejects file next to its final place, readable by its owner only.
 *
 * @category constructors
 * @since 0.1.0
 */
export const open = Effect.fn("RejectsFile.open")(function* (
  path: string,
  options: Options
): Effect.fn.Return<RejectsFile, OutputError.OutputError, Scope.Scope> {
  const file = yield* ResultFile.open(path)
  const write = (text: string) => file.write(new TextEncoder().encode(text))
  yield* write(line(columns))
  return {
    path,
    add: (rows) => {
      const text = rows.flatMap((row) => lines(row, options)).join("")
      return text === "" ? Effect.void : write(text)
    },
    finish: file.finish
  }
})

// --- rules ---

/**
 * The lines of one row: one for each of its problems.
 *
 * @category rules
 * @since 0.1.0
 */
export const lines = (row: Rejected, options: Options): ReadonlyArray<string> =>
  row.problems.map((problem) => {
    const { action, text } = explain(problem)
    const way = Ways.withoutSmartphone(action, options.on)
    const column = problem.field ?? ""
    const value = row.submitted[column] ?? ""
    return line([
      String(row.line),
      show(row.household, "household", options),
      column,
      problem.code,
      text,
      Ways.step(action, "id"),
      way === undefined ? "" : Ways.describe(way, "id"),
      show(value, column, options)
    ])
  })

/**
 * A cell of an application as somebody may see it who is not its sender.
 *
 * Numbers keep their first four and last two signs, names their first letters, everything else nothing:
 * a cell may hold what belongs into another column.
 *
 * @example
 * RejectsFile.maskCell("9971010101800001", "nik") // "9971**********01"
 *
 * @category rules
 * @since 0.1.0
 */
export const maskCell = (value: string, column: string): string => {
  const text = value.trim()
  if (text === "") return ""
  if (column === "household" && isPlainReference(text)) return text
  if (names.has(column) && !/\d/.test(text)) return Redaction.maskName(text)
  return /^[\d\s.,+()/-]+(e\+?\d+)?$/i.test(text) && !column.endsWith("date")
    ? Redaction.mask(text, { start: 4, end: 2 })
    : hidden
}

// --- private ---

const hidden = "****"

const names = new Set(["name", "mother_name", "helper_name"])

// What a file calls a household, as long as it is no card number and no name.
const isPlainReference = (text: string) => /^[\w./-]*\d[\w./-]*$/.test(text) && text.replace(/\D/g, "").length < 8

const isRowProblem = Schema.is(RowProblem.RowProblem)
const isReason = Schema.is(Reason.Reason)

const explain = (problem: Outcome.Problem) => {
  if (isRowProblem(problem)) {
    return { text: RowProblem.render(problem, "id"), action: RowProblem.entry(problem.code).action }
  }
  const { field: _, ...reason } = problem
  if (isReason(reason)) {
    return { text: Reason.render(reason, "id"), action: Reason.entry(reason.code).action }
  }
  // A code of a later version: shown as it is, with the step that fits everything.
  return { text: problem.code, action: "correct-application" as const }
}

const show = (value: string, column: string, options: Options) => (options.unmask ? value : maskCell(value, column))

const line = (cells: ReadonlyArray<string>): string => `${cells.map(cell).join(",")}\n`

// A spreadsheet runs a cell that starts like a formula, quoted or not.
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
