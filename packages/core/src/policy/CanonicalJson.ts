/**
 * One text for one value: the JSON Canonicalization Scheme of RFC 8785.
 *
 * Keys are sorted by UTF-16 code units, numbers are written as ECMAScript writes them,
 * nothing is written between tokens. Two parties that agree on a value therefore agree
 * on its bytes, and so on its hash.
 *
 * Absent keys are absent: a key whose value is `undefined` is refused, since it would
 * vanish from the text and come back as something else.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

// --- errors ---

/**
 * The value has no canonical text: `NaN`, an infinity, a lone surrogate, or something
 * that JSON does not have.
 *
 * @category errors
 * @since 0.1.0
 */
export class NotCanonical extends Schema.TaggedError<NotCanonical>("@kis/core/policy/NotCanonical")("NotCanonical", {
  /** Where in the value, as a JSON pointer of keys and positions. */
  path: Schema.String,
  found: Schema.Literals(["number", "surrogate", "undefined", "function", "symbol", "bigint"])
}) {
  override get message() {
    return `The value at "${this.path}" (${this.found}) cannot be written as canonical JSON. Give only what JSON has.`
  }
}

// --- writing ---

/**
 * The canonical text of a JSON value.
 *
 * @example
 * CanonicalJson.encode({ b: 1, a: [4.5, 1e30] }) // => Result.succeed('{"a":[4.5,1e+30],"b":1}')
 *
 * @category writing
 * @since 0.1.0
 */
export const encode = (value: unknown): Result.Result<string, NotCanonical> => {
  try {
    return Result.succeed(write(value))
  } catch (error) {
    if (error === notCanonical) return Result.fail(new NotCanonical(refused(value, "")!))
    throw error
  }
}

/**
 * The bytes of the canonical text, UTF-8.
 *
 * @category writing
 * @since 0.1.0
 */
export const encodeBytes = (value: unknown): Result.Result<Uint8Array, NotCanonical> =>
  Result.map(encode(value), (text) => utf8.encode(text))

/**
 * The hash of the canonical text, lower-case hexadecimal: one name for one content. `hash` is
 * SHA-256, from the `Crypto` port or any other source.
 *
 * @category writing
 * @since 0.1.0
 */
export const digest = (value: unknown, hash: (bytes: Uint8Array) => Uint8Array): Result.Result<string, NotCanonical> =>
  Result.map(encodeBytes(value), (bytes) => hexOf(hash(bytes)))

// --- private ---

const utf8 = new TextEncoder()

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

const hexOf = (bytes: Uint8Array): string => {
  let text = ""
  for (const byte of bytes) text += hexDigits[byte]
  return text
}

// Printable ASCII without quote and backslash stands for itself: nearly every key, code and date.
const plain = /^[ !#-[\]-~]*$/

/** Thrown by what writes, which does not keep track of where it is: nearly every value can be written. */
const notCanonical = Symbol("not canonical")

const write = (value: unknown): string => {
  switch (typeof value) {
    case "string":
      return writeString(value)
    case "number":
      if (!Number.isFinite(value)) throw notCanonical
      return JSON.stringify(value)
    case "boolean":
      return value ? "true" : "false"
    case "object":
      if (value === null) return "null"
      return Array.isArray(value) ? writeArray(value) : writeObject(value as Record<string, unknown>)
    default:
      throw notCanonical
  }
}

const writeString = (value: string): string => {
  if (plain.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw notCanonical
  return JSON.stringify(value)
}

const writeArray = (value: ReadonlyArray<unknown>): string => {
  let text = "["
  for (let i = 0; i < value.length; i++) text += (i === 0 ? "" : ",") + write(value[i])
  return `${text}]`
}

const writeObject = (value: Record<string, unknown>): string => {
  const keys = keysOf(value)
  let text = "{"
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    text += `${i === 0 ? "" : ","}${writeString(key)}:${write(value[key])}`
  }
  return `${text}}`
}

// Array.prototype.sort without a comparator orders by UTF-16 code units, as RFC 8785 asks.
const keysOf = (value: object): ReadonlyArray<string> => Object.keys(value).sort()

/** The first part that cannot be written, in the order of writing. */
const refused = (
  value: unknown,
  path: string
): { readonly path: string; readonly found: NotCanonical["found"] } | undefined => {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? undefined : { path, found: "surrogate" }
    case "number":
      return Number.isFinite(value) ? undefined : { path, found: "number" }
    case "boolean":
      return undefined
    case "object": {
      if (value === null) return undefined
      const parts: ReadonlyArray<readonly [key: string | number, part: unknown]> = Array.isArray(value)
        ? [...value].map((part, i) => [i, part])
        : keysOf(value).map((key) => [key, (value as Record<string, unknown>)[key]])
      for (const [key, part] of parts) {
        const at = `${path}/${key}`
        const found = refused(typeof key === "string" ? key : 0, path) ?? refused(part, at)
        if (found !== undefined) return found
      }
      return undefined
    }
    default:
      return { path, found: typeof value as NotCanonical["found"] }
  }
}
