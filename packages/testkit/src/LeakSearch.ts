/**
 * Searches bytes for personal data that should not be there, however it is encoded.
 *
 * A canary is a planted value (a name, a number) that can be told apart from anything else. It is
 * looked for in UTF-8, in UTF-16 of both byte orders, and in what is often made of those bytes: hexadecimal
 * (also with spaces or colons between the bytes), base64 and base64url at each of the three places
 * where it can begin within a longer text, and decimal lists, as a printed array shows them. ASCII
 * letters and hexadecimal digits are found in either case.
 *
 * What it cannot see: a value that was cut in two, compressed, or encoded twice. A short canary would
 * be found by chance, so ten letters or digits are the least.
 *
 * @example
 * const search = LeakSearch.make(["9901012345670001"])
 * const [leak] = LeakSearch.inText(search, "the log", "registered 9901012345670001")
 * leak?.offset // => 11
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import { createReadStream } from "node:fs"
import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "hex" | "base64" | "base64url" | "decimal"

/**
 * Where something leaked: the place as the caller named it, and the first byte.
 *
 * @category models
 * @since 0.1.0
 */
export interface Leak {
  readonly canary: string
  readonly encoding: Encoding
  readonly place: string
  readonly offset: number
}

/**
 * One byte string to look for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Needle {
  readonly canary: string
  readonly encoding: Encoding
  readonly bytes: Uint8Array
  /** Base64 tells upper from lower case; the others are matched in either. */
  readonly exact: boolean
}

/**
 * A prepared search. It may be used for any number of places.
 *
 * @category models
 * @since 0.1.0
 */
export interface LeakSearch {
  /** By their two first bytes in lower case. */
  readonly needles: ReadonlyArray<ReadonlyArray<Needle> | undefined>
  /** Bytes of the longest needle: how far two pieces of one stream must overlap. */
  readonly longest: number
}

// --- constructors ---

/**
 * A search for the given canaries. One with fewer than ten letters and digits is refused.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (canaries: Iterable<string>): LeakSearch => {
  const needles: Array<Array<Needle> | undefined> = Array.from({ length: 0x1_00_00 })
  let longest = 0
  for (const canary of new Set(canaries)) {
    const signs = canary.match(/[\p{L}\p{N}]/gu) ?? []
    if (signs.length < SHORTEST) {
      throw new RangeError(`A canary has at least ${SHORTEST} letters and digits, one has only ${signs.length}.`)
    }
    for (const needle of needlesOf(canary)) {
      const start = firstTwo(needle.bytes, 0)
      needles[start] = [...(needles[start] ?? []), needle]
      longest = Math.max(longest, needle.bytes.length)
    }
  }
  return { needles, longest }
}

// --- searching ---

/**
 * Every leak in a piece of memory.
 *
 * @category searching
 * @since 0.1.0
 */
export const inBytes = (search: LeakSearch, place: string, bytes: Uint8Array): ReadonlyArray<Leak> =>
  find(search, place, bytes).map(({ leak }) => leak)

/**
 * Every leak in a text: what was logged, a span, an error.
 *
 * @category searching
 * @since 0.1.0
 */
export const inText = (search: LeakSearch, place: string, text: string): ReadonlyArray<Leak> =>
  inBytes(search, place, encoder.encode(text))

/**
 * Every leak in a file of any size.
 *
 * @category searching
 * @since 0.1.0
 */
export const inFile = (search: LeakSearch, path: string): Effect.Effect<ReadonlyArray<Leak>> =>
  Effect.promise(() => inChunks(search, path, createReadStream(path, { highWaterMark: CHUNK })))

/**
 * Every leak in the files of a folder and the folders in it: the database with its write-ahead log, temporary
 * files, whatever lies there. File names are searched as well.
 *
 * @category searching
 * @since 0.1.0
 */
export const inFolder = (search: LeakSearch, path: string): Effect.Effect<ReadonlyArray<Leak>> =>
  Effect.gen(function* () {
    const names = yield* Effect.promise(() => readdir(path, { recursive: true }))
    const leaks: Array<Leak> = []
    for (const name of names) {
      leaks.push(...inText(search, `the name of ${join(path, name)}`, name))
      if ((yield* Effect.promise(() => stat(join(path, name)))).isFile()) {
        leaks.push(...(yield* inFile(search, join(path, name))))
      }
    }
    return leaks
  })

/**
 * Every leak in a stream of pieces, also one that lies across two of them.
 *
 * @category searching
 * @since 0.1.0
 */
export const inChunks = async (
  search: LeakSearch,
  place: string,
  chunks: AsyncIterable<Uint8Array>
): Promise<ReadonlyArray<Leak>> => {
  const leaks: Array<Leak> = []
  let kept = new Uint8Array(0)
  let at = 0
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(kept.length + chunk.length)
    bytes.set(kept)
    bytes.set(chunk, kept.length)
    for (const { end, leak } of find(search, place, bytes)) {
      // what ends within the kept part was told with the piece before
      if (end > kept.length) leaks.push({ ...leak, offset: at + leak.offset })
    }
    const from = Math.max(0, bytes.length - search.longest + 1)
    kept = bytes.slice(from)
    at += from
  }
  return leaks
}

// --- private ---

const SHORTEST = 10
const CHUNK = 1024 * 1024

const encoder = new TextEncoder()

const lower = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte))

const firstTwo = (bytes: Uint8Array, offset: number): number =>
  (lower[bytes[offset]!]! << 8) | lower[bytes[offset + 1]!]!

const find = (search: LeakSearch, place: string, bytes: Uint8Array) => {
  const found: Array<{ readonly leak: Leak; readonly end: number }> = []
  for (let offset = 0; offset + 1 < bytes.length; offset++) {
    const candidates = search.needles[firstTwo(bytes, offset)]
    if (candidates === undefined) continue
    for (const needle of candidates) {
      if (!isAt(needle, bytes, offset)) continue
      const { canary, encoding } = needle
      found.push({ leak: { canary, encoding, place, offset }, end: offset + needle.bytes.length })
    }
  }
  return found
}

const isAt = ({ bytes: wanted, exact }: Needle, bytes: Uint8Array, offset: number): boolean => {
  if (offset + wanted.length > bytes.length) return false
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[offset + i]!
    if (byte !== wanted[i] && (exact || lower[byte] !== lower[wanted[i]!])) return false
  }
  return true
}

const needlesOf = (canary: string): ReadonlyArray<Needle> => {
  const utf8 = encoder.encode(canary)
  const little = utf16(canary, true)
  const big = utf16(canary, false)
  const raw: ReadonlyArray<readonly [Encoding, Uint8Array]> = [
    ["utf-8", utf8],
    ["utf-16le", little],
    ["utf-16be", big]
  ]
  const printed = [utf8, little, big].flatMap(writtenOut)
  // the same text may come from two encodings: it is told once
  const seen = new Set<string>()
  return [
    ...raw.map(([encoding, bytes]): Needle => ({ canary, encoding, bytes, exact: false })),
    ...printed
      .filter(({ text }) => !seen.has(text) && seen.add(text))
      .map(({ encoding, exact, text }): Needle => ({ canary, encoding, bytes: encoder.encode(text), exact }))
  ]
}

const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

interface Printed {
  readonly encoding: Encoding
  readonly text: string
  readonly exact: boolean
}

/** How bytes are written in a log or a column of text. */
const writtenOut = (bytes: Uint8Array): ReadonlyArray<Printed> => {
  const hex = Array.from(bytes, (_) => _.toString(16).padStart(2, "0"))
  const base64 = [0, 1, 2].map((shift) => base64Within(bytes, shift))
  return [
    ...["", " ", ":"].map((between): Printed => ({ encoding: "hex", text: hex.join(between), exact: false })),
    ...[",", ", "].map((between): Printed => ({ encoding: "decimal", text: bytes.join(between), exact: false })),
    ...base64.map((text): Printed => ({ encoding: "base64", text, exact: true })),
    ...base64.map((text): Printed => ({
      encoding: "base64url",
      text: text.replaceAll("+", "-").replaceAll("/", "_"),
      exact: true
    }))
  ]
}

/** The signs that a text has in base64 whatever stands around it, when it begins `shift` bytes into a group of three. */
const base64Within = (bytes: Uint8Array, shift: number): string => {
  const shifted = new Uint8Array(shift + bytes.length)
  shifted.set(bytes, shift)
  const signs = btoa(String.fromCharCode(...shifted))
  return signs.slice(Math.ceil((shift * 8) / 6), Math.floor((shifted.length * 8) / 6))
}
