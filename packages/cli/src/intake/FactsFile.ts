/**
 * A file of facts, one person a line, read in blocks of whole lines that can be worked on apart.
 *
 * It is read once, and no line of it is looked into here: what is wrong with a line is for whoever answers it.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type FileHandle, open as openFile } from "node:fs/promises"
import { basename } from "node:path"
import * as Encoding from "./Encoding.ts"
import * as FactsLine from "./FactsLine.ts"
import { IntakeError } from "./IntakeError.ts"

// --- models ---

/**
 * Whole lines, UTF-8 as far as they are right, in memory of their own. `bytes` is undefined where one line is longer
 * than any that is read.
 *
 * @category models
 * @since 0.1.0
 */
export interface Block {
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  /** Of the first line, counted from 1. */
  readonly line: number
  /** How far in the file the block ends. */
  readonly end: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface FactsFile {
  readonly path: string
  readonly bytes: number
}

// --- constructors ---

/**
 * The file, if it is one of facts: JSON lines of which one of the first is `{"facts": {...}}`. `undefined` where it
 * is something else, or nothing that can be read; `IntakeFile` says what.
 *
 * @category constructors
 * @since 0.1.0
 */
export const open = Effect.fn("FactsFile.open")((path: string): Effect.Effect<FactsFile | undefined, IntakeError> =>
  Effect.tryPromise({ try: () => inspect(path), catch: (cause) => errorOf(path, cause) })
)

// --- reading ---

/**
 * The blocks of a file in its order. Fails with an {@link IntakeError} when the file changes meanwhile.
 *
 * @category reading
 * @since 0.1.0
 */
export async function* blocks(self: FactsFile): AsyncGenerator<Block> {
  const handle = await openFile(self.path)
  try {
    const before = await handle.stat()
    let line = 1
    let end = 0
    for await (const read of wholeLines(handle)) {
      end += read.length
      const bytes = line === 1 ? read.bytes && withoutMark(read.bytes) : read.bytes
      yield { bytes, line, end }
      line += read.lines
    }
    const after = await handle.stat()
    if (before.size !== after.size || before.mtimeMs !== after.mtimeMs || end !== before.size) {
      throw new IntakeError({ file: basename(self.path), problem: "Changed" })
    }
  } finally {
    await handle.close()
  }
}

/**
 * What went wrong while reading a file of facts.
 *
 * @category reading
 * @since 0.1.0
 */
export const errorOf = (path: string, cause: unknown): IntakeError =>
  cause instanceof IntakeError ? cause : IntakeError.fromCause(path, cause)

// --- private ---

// As text it is small enough for V8 to throw away at once; larger ones would pile up until it cleans the whole heap.
const blockLength = 64 * 1024
const longestLine = 1024 * 1024
const headLength = 64 * 1024
const lineFeed = 10
const mark = [0xef, 0xbb, 0xbf]

const inspect = async (path: string): Promise<FactsFile | undefined> => {
  const handle = await openFile(path)
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) return undefined
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headLength), 0, headLength, 0)
    const head = buffer.subarray(0, bytesRead)
    const encoding = Encoding.detect(head.subarray(0, Encoding.headLength))
    if (Result.isFailure(encoding)) return undefined
    const lines = new TextDecoder(encoding.success).decode(head).split("\n")
    if (!lines.some(FactsLine.isOne)) return undefined
    if (encoding.success !== "utf-8") throw new IntakeError({ file: basename(path), problem: "NotUtf8" })
    return { path, bytes: stats.size }
  } finally {
    await handle.close()
  }
}

const withoutMark = (bytes: Uint8Array<ArrayBuffer>) =>
  mark.every((byte, i) => bytes[i] === byte) ? bytes.subarray(mark.length) : bytes

interface Lines {
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  readonly lines: number
  readonly length: number
}

async function* wholeLines(handle: FileHandle): AsyncGenerator<Lines> {
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  // A line of which more than `longestLine` has been read already, and is left out.
  let skipped = 0
  for (;;) {
    const block = new Uint8Array(rest.length + blockLength)
    block.set(rest)
    const { bytesRead } = await handle.read(block, rest.length, blockLength)
    if (bytesRead === 0) break
    let filled = block.subarray(0, rest.length + bytesRead)
    rest = new Uint8Array(0)
    if (skipped > 0) {
      const first = filled.indexOf(lineFeed) + 1
      skipped += first === 0 ? filled.length : first
      if (first === 0) continue
      yield { bytes: undefined, lines: 1, length: skipped }
      skipped = 0
      filled = filled.subarray(first)
    }
    const end = filled.lastIndexOf(lineFeed) + 1
    if (filled.length - end > longestLine) skipped = filled.length - end
    else rest = filled.slice(end)
    // The memory goes with the lines: it is not used here again.
    if (end > 0) yield { bytes: filled.subarray(0, end), lines: countLines(filled, end), length: end }
  }
  if (skipped > 0) yield { bytes: undefined, lines: 1, length: skipped }
  if (rest.length > 0) yield { bytes: rest, lines: 1, length: rest.length }
}

const countLines = (bytes: Uint8Array, end: number): number => {
  let lines = 0
  for (let at = bytes.indexOf(lineFeed); at !== -1 && at < end; at = bytes.indexOf(lineFeed, at + 1)) lines++
  return lines
}
