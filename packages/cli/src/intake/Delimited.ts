/**
 * Rows of delimited text: which character divides the cells, and the cells with the line they start on.
 *
 * @since 0.1.0
 */
import { parse } from "csv-parse"
import { pipeline, Readable } from "node:stream"
import type { Problem } from "./IntakeError.ts"

// --- models ---

/**
 * The cells of one row. `line` is where it starts, counted from 1; a cell may hold line breaks.
 *
 * @category models
 * @since 0.1.0
 */
export interface Row {
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

/**
 * The header of a file and what divides its cells.
 *
 * @category models
 * @since 0.1.0
 */
export interface Layout {
  readonly delimiter: string
  readonly columns: ReadonlyArray<string>
  /** Characters before the header: the `sep=;` line that some spreadsheets write. */
  readonly skip: number
}

// --- errors ---

/**
 * The text can't be divided into rows from this line on.
 *
 * @category errors
 * @since 0.1.0
 */
export class Unreadable extends Error {
  readonly problem: Problem
  readonly line: number
  constructor(problem: Problem, line: number) {
    super(problem)
    this.problem = problem
    this.line = line
  }
}

// --- reading ---

/**
 * The layout that finds most known columns in the first line; of equal ones, the one with more cells.
 *
 * @category reading
 * @since 0.1.0
 */
export const layoutOf = (head: string, isKnown: (column: string) => boolean): Layout => {
  const told = /^"?sep=(.)"?\r?\n/i.exec(head)
  const skip = told?.[0].length ?? 0
  const line = firstRecord(head.slice(skip))
  const layoutWith = (delimiter: string) => {
    const columns = cellsOf(line, delimiter)
    return { delimiter, columns, skip, known: columns.filter(isKnown).length }
  }
  if (told?.[1] !== undefined) return layoutWith(told[1])
  return delimiters
    .map(layoutWith)
    .reduce((best, each) =>
      each.known > best.known || (each.known === best.known && each.columns.length > best.columns.length) ? each : best
    )
}

/**
 * The rows below the header. Rows without any content are left out, but their lines are counted.
 *
 * Throws {@link Unreadable} where a quote is not closed: the rows after it would end inside one cell.
 *
 * @category reading
 * @since 0.1.0
 */
export async function* rows(text: AsyncIterable<string>, layout: Layout): AsyncGenerator<ReadonlyArray<Row>> {
  const parser = parse({
    delimiter: layout.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: maxRecordLength
  })
  // Errors of the source reach the loop below through the parser, which the pipeline destroys.
  pipeline(Readable.from(skipping(text, layout.skip), { highWaterMark: 2 }), parser, () => {})
  let line = layout.skip > 0 ? 2 : 1
  let isHeader = true
  let batch: Array<Row> = []
  try {
    for await (const cells of parser as AsyncIterable<ReadonlyArray<string>>) {
      if (cells.some((cell) => swallowsRows(cell, layout))) throw new Unreadable("QuoteNotClosed", line)
      if (!isHeader && cells.some((cell) => cell.trim() !== "")) batch.push({ line, cells })
      isHeader = false
      for (const cell of cells) line += lineBreaks(cell)
      line++
      if (batch.length >= batchLength) {
        yield batch
        batch = []
      }
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    if (code === "CSV_QUOTE_NOT_CLOSED") throw new Unreadable("QuoteNotClosed", line)
    if (code === "CSV_MAX_RECORD_SIZE") throw new Unreadable("RowTooLong", line)
    throw error
  }
  if (batch.length > 0) yield batch
}

// --- private ---

const delimiters = [",", ";", "\t", "|"]

const batchLength = 512
const maxRecordLength = 128_000

async function* skipping(text: AsyncIterable<string>, skip: number) {
  let left = skip
  for await (const chunk of text) {
    yield chunk.slice(left)
    left = Math.max(0, left - chunk.length)
  }
}

const firstRecord = (text: string) => {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (!quoted && (text[i] === "\n" || text[i] === "\r")) return text.slice(0, i)
  }
  return text
}

const cellsOf = (line: string, delimiter: string): ReadonlyArray<string> => {
  const cells: Array<string> = []
  let cell = ""
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) {
      cells.push(cell.trim())
      cell = ""
    } else cell += char
  }
  return [...cells, cell.trim()]
}

const lineBreaks = (cell: string) => {
  if (!cell.includes("\n") && !cell.includes("\r")) return 0
  return cell.split(/\r\n|\n|\r/).length - 1
}

// An address may have several lines, but not one that is itself half a row of cells.
const swallowsRows = (cell: string, layout: Layout) => {
  if (!cell.includes("\n") && !cell.includes("\r")) return false
  const [, ...lines] = cell.split(/\r\n|\n|\r/)
  const half = Math.max(2, Math.floor(layout.columns.length / 2))
  return lines.some((line) => line.split(layout.delimiter).length > half)
}
