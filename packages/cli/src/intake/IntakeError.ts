/**
 * Why a file can't be taken in at all: one sentence that says what, where, and what to do next.
 *
 * A row that is wrong is never one of these; it is passed on with its damage and ends in the rejects
 * file. A file that is refused is refused before its first row is used.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { basename } from "node:path"

// --- models ---

/**
 * What is wrong with the file.
 *
 * @category models
 * @since 0.1.0
 */
export const Problem = Schema.Literals([
  "NotFound",
  "NotAFile",
  "NotReadable",
  "Empty",
  "NoRows",
  "Spreadsheet",
  "Compressed",
  "Binary",
  "NotUtf8",
  "Utf16WithoutMark",
  "NotCsv",
  "JsonArray",
  "NotJsonLines",
  "QuoteNotClosed",
  "RowTooLong",
  "MissingColumns",
  "ColumnTwice",
  "Changed",
  "NotADecision",
  "NotAResident"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Problem = typeof Problem.Type

// --- errors ---

/**
 * The file can't be taken in. `line` counts from 1, the header included; `columns` are names of columns,
 * never content of a row.
 *
 * @category errors
 * @since 0.1.0
 */
export class IntakeError extends Schema.TaggedError<IntakeError>("@kis/cli/IntakeError")("IntakeError", {
  file: Schema.String,
  problem: Problem,
  line: Schema.optionalKey(Schema.Int),
  columns: Schema.optionalKey(Schema.Array(Schema.String))
}) {
  override get message() {
    const where = this.line === undefined ? "" : `, line ${this.line}`
    const columns = this.columns === undefined ? "" : `: ${this.columns.join(", ")}`
    return `${this.file}${where}: ${sentences[this.problem](columns)}`
  }

  /** From what the operating system said. Anything else is a mistake in the program and is thrown on. */
  static fromCause(path: string, cause: unknown): IntakeError {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined
    if (typeof code !== "string") throw cause
    return new IntakeError({ file: basename(path), problem: problems[code] ?? "NotReadable" })
  }
}

// --- private ---

const problems: Readonly<Record<string, Problem>> = { ENOENT: "NotFound", ENOTDIR: "NotFound", EISDIR: "NotAFile" }

const sentences: Record<Problem, (columns: string) => string> = {
  NotFound: () => "there is no such file; check the path.",
  NotAFile: () => "this is not a file that can be read twice; give the path of a CSV or JSONL file.",
  NotReadable: () => "the file can't be read; check its permissions and the disk.",
  Empty: () => "the file is empty; export it again.",
  NoRows: () => "there is a header and not one row below it; export it again.",
  Spreadsheet: () => 'this is a spreadsheet, not a CSV; open it and save it as "CSV UTF-8".',
  Compressed: () => "this is a compressed file; unpack it first.",
  Binary: () => 'this is not text, so not a CSV; save it as "CSV UTF-8".',
  NotUtf8: () => 'the text is in an encoding other than UTF-8; save it as "CSV UTF-8".',
  Utf16WithoutMark: () => 'the text is UTF-16 without a mark that says so; save it as "CSV UTF-8".',
  NotCsv: () =>
    "the first line has none of the expected columns, so this is not a CSV of households; " +
    "the first line must name the columns, separated by comma, semicolon or tab.",
  JsonArray: () => "this is one JSON array; write one JSON object a line (JSONL).",
  NotJsonLines: () => "the first line is not a JSON object; write one JSON object a line (JSONL).",
  QuoteNotClosed: () =>
    "a double quote that opens in this row is not closed, so the rows after it can't be told apart; " +
    "close it, or export the file again.",
  RowTooLong: () => "this row is longer than any application can be; look for a quote that is not closed.",
  MissingColumns: (columns) => `columns are missing${columns}; add them to the first line.`,
  ColumnTwice: (columns) => `a column is there twice${columns}; remove one.`,
  Changed: () => "the file changed while it was being read; run the same command again.",
  NotADecision: () => "this is not a recorded decision; give what `kis eligibility evaluate` wrote.",
  NotAResident: (columns) => `this row can't be read${columns}; correct it.`
}
