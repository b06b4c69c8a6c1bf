/**
 * In which encoding a file is written, from its first bytes.
 *
 * UTF-8 with or without a mark, and UTF-16 with one, are read. Everything else is refused by name, because
 * a guessed encoding changes names of people.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import type { Problem } from "./IntakeError.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be"

/**
 * How many bytes {@link detect} looks at.
 *
 * @category models
 * @since 0.1.0
 */
export const headLength = 4096

// --- reading ---

/**
 * The encoding of a file that starts with these bytes, or why it is not text that we read.
 *
 * @category reading
 * @since 0.1.0
 */
export const detect = (head: Uint8Array): Result.Result<Encoding, Problem> => {
  const starts = (...bytes: ReadonlyArray<number>) => bytes.every((byte, i) => head[i] === byte)
  if (head.length === 0) return Result.fail("Empty")
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0)) return Result.fail("Spreadsheet")
  if (starts(0x1f, 0x8b) || starts(0x28, 0xb5, 0x2f, 0xfd) || starts(0x37, 0x7a, 0xbc, 0xaf)) {
    return Result.fail("Compressed")
  }
  if (starts(0xff, 0xfe)) return Result.succeed("utf-16le")
  if (starts(0xfe, 0xff)) return Result.succeed("utf-16be")
  const nuls = [0, 0]
  head.forEach((byte, i) => {
    if (byte === 0) nuls[i % 2]!++
  })
  // Plain text in UTF-16 has a zero in every other byte, on one side only.
  const isEveryOther = Math.max(...nuls) > head.length / 4 && Math.min(...nuls) < head.length / 50
  if (isEveryOther) return Result.fail("Utf16WithoutMark")
  return nuls[0]! + nuls[1]! > 0 ? Result.fail("Binary") : Result.succeed("utf-8")
}

/**
 * A decoder of a whole file, chunk after chunk: drops the mark, and throws on a byte that is not text.
 *
 * @category reading
 * @since 0.1.0
 */
export const decoder = (encoding: Encoding): ((chunk?: Uint8Array) => string) => {
  const text = new TextDecoder(encoding, { fatal: true })
  return (chunk) => (chunk === undefined ? text.decode() : text.decode(chunk, { stream: true }))
}
