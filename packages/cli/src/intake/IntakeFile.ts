/**
 * A file of applications, read as a stream of rows, whatever its size.
 *
 * {@link open} reads the whole file once: encoding, layout, header, every quote, the number of rows and the
 * digest. A file that can't be used is refused there, before its first row is acted on. {@link rows} then
 * streams it again; the two readings are compared, so that a file that is still being written is noticed.
 *
 * @since 0.1.0
 */
import { Columns } from "@kis/core/intake"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open as openFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import * as Delimited from "./Delimited.ts"
import * as Encoding from "./Encoding.ts"
import { IntakeError, type Problem } from "./IntakeError.ts"
import * as JsonLines from "./JsonLines.ts"

// --- models ---

/**
 * A file that was read once and can be used.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntakeFile {
  readonly path: string
  /** Last part of the path: what a summary shows. */
  readonly name: string
  /** SHA-256 of its bytes, lower-case hex: the file's identity, whatever its name. */
  readonly digest: string
  readonly bytes: number
  /** Rows with content, the header not counted. */
  readonly rowCount: number
  readonly encoding: Encoding.Encoding
  readonly format: Format
}

/**
 * @category models
 * @since 0.1.0
 */
export type Format =
  | { readonly _tag: "Delimited"; readonly layout: Delimited.Layout; readonly names: ReadonlyArray<string> }
  | { readonly _tag: "JsonLines" }

/**
 * Gives the names of a header's columns, or what is wrong with them. The one for applications is
 * `Columns.check` of `@kis/core/registration`.
 *
 * @category models
 * @since 0.1.0
 */
export type Check = typeof Columns.check

// --- constructors ---

/**
 * Reads a file once and says what it is, or why it can't be used.
 *
 * CSV with comma, semicolon, tab or bar; JSON lines by the name `.jsonl` or `.ndjson`, or by a first `{`.
 * UTF-8 with or without a mark, UTF-16 with one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const open = Effect.fn("IntakeFile.open")(
  (path: string, check: Check = Columns.check): Effect.Effect<IntakeFile, IntakeError> =>
    Effect.tryPromise({ try: () => inspect(path, check), catch: (cause) => errorOf(path, cause) })
)

// --- reading ---

/**
 * The rows of a file in its order, with the line on which each starts. Rows without content are left out.
 *
 * @category reading
 * @since 0.1.0
 */
export const rows = (self: IntakeFile): Stream.Stream<Columns.RawRow, IntakeError> =>
  Stream.fromAsyncIterable(read(self), (cause) => errorOf(self.path, cause)).pipe(Stream.flattenIterable)

// --- private ---

const chunkLength = 64 * 1024
const headLength = 64 * 1024

class Refused extends Error {
  readonly problem: Problem
  readonly line: number | undefined
  readonly columns: ReadonlyArray<string> | undefined
  constructor(problem: Problem, line?: number, columns?: ReadonlyArray<string>) {
    super(problem)
    this.problem = problem
    this.line = line
    this.columns = columns
  }
}

const errorOf = (path: string, cause: unknown): IntakeError => {
  const file = basename(path)
  if (cause instanceof Refused) {
    return new IntakeError({
      file,
      problem: cause.problem,
      ...(cause.line === undefined ? {} : { line: cause.line }),
      ...(cause.columns === undefined ? {} : { columns: cause.columns })
    })
  }
  if (cause instanceof Delimited.Unreadable) {
    return new IntakeError({ file, problem: cause.problem, line: cause.line })
  }
  return IntakeError.fromCause(path, cause)
}

const inspect = async (path: string, check: Check): Promise<IntakeFile> => {
  const before = await stat(path)
  if (!before.isFile()) throw new Refused("NotAFile")
  const head = await readHead(path)
  const encoding = Result.getOrElse(Encoding.detect(head.subarray(0, Encoding.headLength)), (problem) => {
    throw new Refused(problem)
  })
  // Lenient here: what can't be decoded is refused below, with its line.
  const text = new TextDecoder(encoding).decode(head)
  if (text.trim() === "") throw new Refused("Empty")
  const format = formatOf(path, text, check)
  const digest = createHash("sha256")
  let bytes = 0
  const tapped = (chunk: Uint8Array) => {
    digest.update(chunk)
    bytes += chunk.length
  }
  let rowCount = 0
  const seen = new Set<string>()
  for await (const batch of rowsOf(path, encoding, format, tapped)) {
    if (format._tag === "JsonLines") {
      if (rowCount === 0 && batch[0]?.damage !== undefined) throw new Refused("NotJsonLines")
      for (const row of batch) for (const key of Object.keys(row.fields)) seen.add(key)
    }
    rowCount += batch.length
  }
  if (rowCount === 0) throw new Refused("NoRows")
  if (format._tag === "JsonLines") namesOf([...seen], check)
  return { path, name: basename(path), digest: digest.digest("hex"), bytes, rowCount, encoding, format }
}

async function* read(file: IntakeFile): AsyncGenerator<ReadonlyArray<Columns.RawRow>> {
  const digest = createHash("sha256")
  yield* rowsOf(file.path, file.encoding, file.format, (chunk) => digest.update(chunk))
  if (digest.digest("hex") !== file.digest) throw new Refused("Changed")
}

const readHead = async (path: string): Promise<Uint8Array> => {
  const handle = await openFile(path)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headLength), 0, headLength, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const formatOf = (path: string, head: string, check: Check): Format => {
  const start = head.trimStart()[0]
  if (start === "[") throw new Refused("JsonArray")
  if (start === "{" || /\.(jsonl|ndjson)$/i.test(path)) return { _tag: "JsonLines" }
  const layout = Delimited.layoutOf(head, isKnown)
  if (!layout.columns.some(isKnown)) throw new Refused("NotCsv")
  return { _tag: "Delimited", layout, names: namesOf(layout.columns, check) }
}

const isKnown = (column: string) => Columns.Column.literals.some((_) => _ === Columns.canonical(column))

const namesOf = (columns: ReadonlyArray<string>, check: Check): ReadonlyArray<string> =>
  Result.getOrElse(check(columns), (error) => {
    throw error._tag === "MissingColumns"
      ? new Refused("MissingColumns", undefined, error.missing)
      : new Refused("ColumnTwice", undefined, error.repeated)
  })

async function* rowsOf(
  path: string,
  encoding: Encoding.Encoding,
  format: Format,
  tap: (chunk: Uint8Array) => void
): AsyncGenerator<ReadonlyArray<Columns.RawRow>> {
  const text = decoded(path, encoding, tap)
  if (format._tag === "JsonLines") {
    for await (const batch of JsonLines.rows(text)) {
      yield batch.map((row) =>
        "fields" in row
          ? Columns.rowOfRecord(row.line, row.fields)
          : { line: row.line, fields: { unread: row.text }, damage: "NotAnObject" }
      )
    }
    return
  }
  for await (const batch of Delimited.rows(text, format.layout)) {
    yield batch.map(({ cells, line }) => {
      const row = Columns.row(format.names, line, cells)
      const surplus = cells.slice(format.names.length)
      return surplus.some((cell) => cell.trim() !== "")
        ? { ...row, fields: { ...row.fields, unread: surplus.join(format.layout.delimiter) }, damage: "TooManyCells" }
        : row
    })
  }
}

async function* decoded(
  path: string,
  encoding: Encoding.Encoding,
  tap: (chunk: Uint8Array) => void
): AsyncGenerator<string> {
  const decode = Encoding.decoder(encoding)
  let line = 1
  const decodeAt = (chunk?: Uint8Array) => {
    try {
      return decode(chunk)
    } catch {
      throw new Refused("NotUtf8", line + lineBreaksBeforeDamage(chunk, encoding))
    }
  }
  for await (const chunk of createReadStream(path, { highWaterMark: chunkLength }) as AsyncIterable<Uint8Array>) {
    tap(chunk)
    const text = decodeAt(chunk)
    // A file that holds no NUL in its head may hold one further on.
    if (text.includes("\0")) throw new Refused("Binary")
    line += countLineBreaks(text)
    yield text
  }
  yield decodeAt()
}

const countLineBreaks = (text: string) => text.split("\n").length - 1

const lineBreaksBeforeDamage = (chunk: Uint8Array | undefined, encoding: Encoding.Encoding) =>
  countLineBreaks(new TextDecoder(encoding).decode(chunk).split("\ufffd")[0]!)
