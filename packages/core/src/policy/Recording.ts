/**
 * The canonical text of recorded decisions, written fast enough for a whole register.
 *
 * People whose facts have the same answers share one frozen outcome. Its text is written once and kept; what is
 * written for a person is their facts and the hash, between texts that are there already.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as CanonicalJson from "./CanonicalJson.ts"
import * as Decision from "./Decision.ts"

// --- models ---

/**
 * SHA-256, from the `Crypto` port or any other source. It must not keep the bytes that it is given: they are in memory
 * that is written over.
 *
 * @category models
 * @since 0.1.0
 */
export type Hash = (bytes: Uint8Array) => Uint8Array

// --- recording ---

/**
 * The decision with its hash, as canonical JSON: the text of `Decision.record(decision, hash)`, byte for byte.
 *
 * @example
 * const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(32) // the `hash` of the `Crypto` port, truly
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate({ occupation: "private" }, { appliesOn: today, knownOn: today })
 * const slow = Result.getOrThrow(CanonicalJson.encode(Eligibility.record(decision, sha256)))
 * Recording.text(decision, sha256) === slow // => true
 *
 * @category recording
 * @since 0.1.0
 */
export const text = (decision: Decision.Decision<unknown>, hash: Hash): string => {
  let end = write(decision, hash, scratch, 0)
  while (end === undefined) {
    scratch = new Uint8Array(scratch.length * 2)
    end = write(decision, hash, scratch, 0)
  }
  return decoder.decode(scratch.subarray(0, end))
}

/**
 * Writes {@link text} as UTF-8 into a target from a place on, and gives the place after it; `undefined` where the
 * target has not room enough, and then nothing can be said of its bytes from that place on.
 *
 * For what goes to a file and need not become a text first: a register takes half the time.
 *
 * @category recording
 * @since 0.1.0
 */
export const write = (
  decision: Decision.Decision<unknown>,
  hash: Hash,
  target: Uint8Array,
  at: number
): number | undefined => {
  const around = aroundFacts(decision)
  if (around === undefined) return copy(encoder.encode(encode(Decision.record(decision, hash))), target, at)
  const { afterFacts, afterHash, before } = around
  const facts = encode(decision.facts)
  const most = before.length + facts.length * bytesPerUnit + afterFacts.length + hashLength + afterHash.length
  if (target.length - at < most) return undefined
  target.set(before, at)
  const factsAt = at + before.length
  const afterAt = factsAt + encoder.encodeInto(facts, target.subarray(factsAt)).written
  target.set(afterFacts, afterAt)
  // The hash is of the text without it, which therefore is written first.
  const hashAt = afterAt + afterFacts.length
  target.set(afterHash, hashAt)
  const end = writeHash(hash(target.subarray(at, hashAt + afterHash.length)), target, hashAt)
  target.set(afterHash, end)
  return end + afterHash.length
}

// --- private: what is shared ---

/** The texts before the facts, from them to where the hash goes, and after it; and what they are the texts of. */
interface Around {
  readonly of: Readonly<Record<string, unknown>>
  readonly keys: number
  readonly before: Uint8Array
  readonly afterFacts: Uint8Array
  readonly afterHash: Uint8Array
}

// The verdicts are the heart of an outcome; within a run its days and versions seldom change.
const kept = new WeakMap<object, Around>()

/** `undefined` for a decision that may still change, or that holds a hash already. */
const aroundFacts = (decision: Decision.Decision<unknown>): Around | undefined => {
  const known = kept.get(decision.verdicts)
  if (known !== undefined && isOf(known, decision)) return known
  const { facts: _, ...of } = decision
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
    keys: keys.length,
    before: encoder.encode(`{${first}${first === "" ? "" : ","}"facts":`),
    afterFacts: encoder.encode(part((key) => "facts" < key && key < "hash", true)),
    afterHash: encoder.encode(`${part((key) => "hash" < key, true)}}`)
  }
  kept.set(decision.verdicts, around)
  return around
}

/** The same values under the same keys: what is frozen and identical has the same text. */
const isOf = ({ keys, of }: Around, decision: Decision.Decision<unknown>): boolean => {
  let same = 0
  for (const key of Object.keys(decision)) {
    if (key === "facts") continue
    if (of[key] !== decision[key as keyof typeof decision]) return false
    same++
  }
  return same === keys
}

const isFrozen = (values: object): boolean =>
  Object.values(values).every(
    (value: unknown) => typeof value !== "object" || value === null || (Object.isFrozen(value) && isFrozen(value))
  )

// --- private: text and bytes ---

const encode = (value: unknown): string => Result.getOrThrow(CanonicalJson.encode(value))

const encoder = new TextEncoder()
const decoder = new TextDecoder()
let scratch = new Uint8Array(4096)

const copy = (bytes: Uint8Array, target: Uint8Array, at: number): number | undefined => {
  if (target.length - at < bytes.length) return undefined
  target.set(bytes, at)
  return at + bytes.length
}

// No UTF-16 unit needs more.
const bytesPerUnit = 3
const hashKey = encoder.encode(',"hash":"')
const quote = 0x22
const digits = encoder.encode("0123456789abcdef")
const hashLength = hashKey.length + 64 + 1

const writeHash = (hash: Uint8Array, target: Uint8Array, at: number): number => {
  target.set(hashKey, at)
  let place = at + hashKey.length
  for (const byte of hash) {
    target[place++] = digits[byte >> 4]!
    target[place++] = digits[byte & 15]!
  }
  target[place++] = quote
  return place
}
