/**
 * The canonical text of a recorded decision, written fast enough for a whole register.
 *
 * People whose facts have the same answers share one frozen outcome. Its text is written once and kept; what is
 * written for a person is their facts and the hash between two texts that are there already.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as CanonicalJson from "./CanonicalJson.ts"
import * as Decision from "./Decision.ts"

// --- recording ---

/**
 * The decision with its hash, as canonical JSON: the text of `Decision.record(decision, hash)`, byte for byte. `hash`
 * is SHA-256; it must not keep the bytes that it is given, which are written over for the next decision.
 *
 * @example
 * const crypto = yield* Crypto.Crypto
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate({ occupation: "private" }, { appliesOn: today, knownOn: today })
 * const text = Recording.text(decision, crypto.hash)
 * text === Result.getOrThrow(CanonicalJson.encode(Eligibility.record(decision, crypto.hash))) // => true
 *
 * @category recording
 * @since 0.1.0
 */
export const text = (decision: Decision.Decision<unknown>, hash: (bytes: Uint8Array) => Uint8Array): string => {
  const around = aroundFacts(decision)
  if (around === undefined) return encode(Decision.record(decision, hash))
  const { afterFacts, afterHash, before } = around
  const open = before + encode(decision.facts) + afterFacts
  return `${open},"hash":"${hex(hash(utf8(open + afterHash)))}"${afterHash}`
}

// --- private: what is shared ---

/** The texts before the facts, from there to where the hash goes, and after it; and what they are the texts of. */
interface Around {
  readonly of: Readonly<Record<string, unknown>>
  readonly size: number
  readonly before: string
  readonly afterFacts: string
  readonly afterHash: string
}

// The verdicts are the heart of an outcome; days and versions come and go in one run only rarely.
const kept = new WeakMap<object, Around>()

const aroundFacts = (decision: Decision.Decision<unknown>): Around | undefined => {
  const known = kept.get(decision.verdicts)
  if (known !== undefined && isOf(known, decision)) return known
  const { facts: _, ...of } = decision
  // What may still change has no text to keep; a hash that is there already is replaced, not added.
  if ("hash" in of || !isFrozen(of)) return undefined
  const keys = Object.keys(of).sort()
  const part = (isPart: (key: string) => boolean, isAfter: boolean) =>
    keys
      .filter(isPart)
      .map((key, i) => `${isAfter || i > 0 ? "," : ""}${encode(key)}:${encode(of[key as keyof typeof of])}`)
      .join("")
  const first = part((key) => key < "facts", false)
  const around = {
    of,
    size: keys.length + 1,
    before: `{${first}${first === "" ? "" : ","}"facts":`,
    afterFacts: part((key) => "facts" < key && key < "hash", true),
    afterHash: `${part((key) => "hash" < key, true)}}`
  }
  kept.set(decision.verdicts, around)
  return around
}

/** The same values under the same keys: what is frozen and identical has the same text. */
const isOf = ({ of, size }: Around, decision: Decision.Decision<unknown>): boolean => {
  let count = 0
  for (const key of Object.keys(decision)) {
    if (key !== "facts" && of[key] !== decision[key as keyof typeof decision]) return false
    count++
  }
  return count === size
}

const isFrozen = (values: Readonly<Record<string, unknown>>): boolean =>
  Object.values(values).every(
    (value) =>
      typeof value !== "object" ||
      value === null ||
      (Object.isFrozen(value) && isFrozen(value as Readonly<Record<string, unknown>>))
  )

// --- private: text and bytes ---

const encode = (value: unknown): string => Result.getOrThrow(CanonicalJson.encode(value))

const encoder = new TextEncoder()
let scratch = new Uint8Array(4096)

/** UTF-8 in a space that is used again: a new one for each decision costs more than its hash. */
const utf8 = (written: string): Uint8Array => {
  // No UTF-16 unit needs more than three bytes.
  if (scratch.length < written.length * 3) scratch = new Uint8Array(written.length * 4)
  return scratch.subarray(0, encoder.encodeInto(written, scratch).written)
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

const hex = (bytes: Uint8Array): string => {
  let written = ""
  for (const byte of bytes) written += digits[byte]!
  return written
}
