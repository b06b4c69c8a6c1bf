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
    return Result.succeed(write(value, ""))
  } catch (error) {
    if (error instanceof NotCanonical) return Result.fail(error)
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
  Result.map(encodeBytes(value), (bytes) =>
    Array.from(hash(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("")
  )

// --- private ---

const utf8 = new TextEncoder()

// With the u flag a surrogate that is half of a pair does not match.
const loneSurrogate = /\p{Surrogate}/u

// Printable ASCII without quote and backslash stands for itself: nearly every key, code and date.
const plain = /^[ !#-[\]-~]*$/

const write = (value: unknown, path: string): string => {
  switch (typeof value) {
    case "string":
      return writeString(value, path)
    case "number":
      if (!Number.isFinite(value)) throw new NotCanonical({ path, found: "number" })
      return JSON.stringify(value)
    case "boolean":
      return value ? "true" : "false"
    case "object":
      if (value === null) return "null"
      return Array.isArray(value) ? writeArray(value, path) : writeObject(value as Record<string, unknown>, path)
    default:
      throw new NotCanonical({ path, found: typeof value as NotCanonical["found"] })
  }
}

const writeString = (value: string, path: string): string => {
  if (plain.test(value)) return `"${value}"`
  if (loneSurrogate.test(value)) throw new NotCanonical({ path, found: "surrogate" })
  return JSON.stringify(value)
}

const writeArray = (value: ReadonlyArray<unknown>, path: string): string => {
  let text = "["
  for (let i = 0; i < value.length; i++) text += (i === 0 ? "" : ",") + write(value[i], `${path}/${i}`)
  return `${text}]`
}

const writeObject = (value: Record<string, unknown>, path: string): string => {
  // Array.prototype.sort without a comparator orders by UTF-16 code units, as RFC 8785 asks.
  const keys = Object.keys(value).sort()
  let text = "{"
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    text += `${i === 0 ? "" : ","}${writeString(key, path)}:${write(value[key], `${path}/${key}`)}`
  }
  return `${text}}`
}
