/**
 * One line of a file of facts: `{"id": "...", "facts": {...}}`.
 *
 * The facts are those of `@kis/core/eligibility`, checked by its schema; a fact that is `null` counts as not known.
 * Whatever is wrong with a line is said all together, by the names of facts and never by their values.
 *
 * @since 0.1.0
 */
import { Facts } from "@kis/core/eligibility"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

// --- models ---

/**
 * Whose facts, as the sender of the file calls them, and the facts.
 *
 * @category models
 * @since 0.1.0
 */
export interface FactsLine {
  readonly id?: Id
  readonly facts: Facts.Facts
}

/**
 * @category models
 * @since 0.1.0
 */
export type Id = string | number

/**
 * @category models
 * @since 0.1.0
 */
export type ProblemCode = keyof typeof texts

/**
 * What is wrong with a line. `fact` is a name, never a value.
 *
 * @category models
 * @since 0.1.0
 */
export interface Problem {
  readonly code: ProblemCode
  readonly fact?: string
}

/**
 * Everything that is wrong with a line, with the id if that could be read.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unreadable {
  readonly id?: Id
  readonly problems: readonly [Problem, ...Array<Problem>]
}

// --- reading ---

/**
 * The facts of a line, or all that is wrong with it.
 *
 * @example
 * const line = FactsLine.decode('{"id": "A1", "facts": {"occupation": "private"}}')
 * Result.getOrThrow(line).facts // => { occupation: "private" }
 *
 * @category reading
 * @since 0.1.0
 */
export const decode = (line: string): Result.Result<FactsLine, Unreadable> => {
  const value = parse(line)
  if (value === undefined) return Result.fail({ problems: [{ code: "NotJson" }] })
  if (!isRecord(value)) return Result.fail({ problems: [{ code: "NotAnObject" }] })
  const { facts, id } = value
  const problems: Array<Problem> = []
  const named = isId(id) ? { id } : {}
  if (id !== undefined && !isId(id)) problems.push({ code: "IdUnreadable" })
  if (!isRecord(facts)) {
    const missing: Problem = { code: "FactsMissing" }
    const [first = missing, ...more] = [...problems, missing]
    return Result.fail({ ...named, problems: [first, ...more] })
  }
  const known: Record<string, unknown> = {}
  for (const name of Object.keys(facts)) {
    const fact = facts[name]
    if (!isFactName(name)) problems.push({ code: "FactUnknown", fact: name.slice(0, longestName) })
    else if (fact !== null) {
      if (accepts(name, fact)) known[name] = fact
      else problems.push({ code: "FactInvalid", fact: name })
    }
  }
  const [first, ...more] = problems
  return first === undefined
    ? Result.succeed({ ...named, facts: known as Facts.Facts })
    : Result.fail({ ...named, problems: [first, ...more] })
}

/**
 * Whether a line is one of facts, however much may be wrong with them: that is how a file of facts is told from one
 * of households.
 *
 * @category reading
 * @since 0.1.0
 */
export const isOne = (line: string): boolean => {
  const value = parse(line)
  return isRecord(value) && isRecord(value["facts"])
}

/**
 * What is wrong, and what to write instead.
 *
 * @example
 * FactsLine.render({ code: "FactInvalid", fact: "studies" }, "en") // => "studies: write true or false, or leave it out."
 *
 * @category reading
 * @since 0.1.0
 */
export const render = (problem: Problem, language: "id" | "en"): string => {
  const fact = problem.fact ?? ""
  const values = isFactName(fact) ? expected(fact, language) : ""
  return texts[problem.code][language].replace("{fact}", () => fact).replace("{values}", () => values)
}

// --- private: texts ---

const texts = {
  NotUtf8: {
    id: "Baris ini bukan teks UTF-8; simpan berkas sebagai UTF-8.",
    en: "This line is not UTF-8 text; save the file as UTF-8."
  },
  TooLong: {
    id: "Baris ini terlalu panjang; tulis satu orang per baris.",
    en: "This line is too long; write one person a line."
  },
  NotJson: {
    id: "Baris ini bukan JSON; tulis satu objek JSON per baris.",
    en: "This line is not JSON; write one JSON object a line."
  },
  NotAnObject: {
    id: 'Baris ini bukan objek JSON; tulis {"id": "...", "facts": {...}}.',
    en: 'This line is not a JSON object; write {"id": "...", "facts": {...}}.'
  },
  FactsMissing: {
    id: 'Objek "facts" tidak ada; tulis {"id": "...", "facts": {...}}.',
    en: 'There is no object "facts"; write {"id": "...", "facts": {...}}.'
  },
  IdUnreadable: {
    id: "id: tulis teks dalam tanda kutip.",
    en: "id: write text in quotes."
  },
  FactUnknown: {
    id: "{fact}: fakta ini tidak dikenal; periksa ejaannya atau hapus.",
    en: "{fact}: there is no such fact; check its spelling, or leave it out."
  },
  FactInvalid: {
    id: "{fact}: tulis {values}, atau kosongkan.",
    en: "{fact}: write {values}, or leave it out."
  }
} as const

const expected = (name: Facts.FactName, language: "id" | "en"): string => {
  const field = Facts.fields[name].schema
  if ("literals" in field) {
    const values = field.literals.map((_) => JSON.stringify(_)).join(", ")
    return language === "id" ? `salah satu dari ${values}` : `one of ${values}`
  }
  switch (field.ast._tag) {
    case "Boolean":
      return language === "id" ? "true atau false" : "true or false"
    case "Number":
      return language === "id" ? "bilangan bulat yang mungkin" : "a whole number that is possible"
    default:
      return language === "id" ? "tanggal YYYY-MM-DD" : "a date, YYYY-MM-DD"
  }
}

// --- private: checking ---

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

// More digits than a JavaScript number holds would come back as another id.
const isId = (value: unknown): value is Id => typeof value === "string" || Number.isSafeInteger(value)

const longestName = 40

const isFactName = (name: string): name is Facts.FactName => Object.hasOwn(Facts.fields, name)

const checks = new Map(Facts.names.map((name) => [name, Schema.is(Facts.fields[name].schema)]))

// The schema is asked about each value once: a register has many people and few values.
const answers = new Map(Facts.names.map((name) => [name, new Map<unknown, boolean>()]))
const mostKept = 50_000

const accepts = (name: Facts.FactName, value: unknown): boolean => {
  const kept = answers.get(name)!
  const known = kept.get(value)
  if (known !== undefined) return known
  const answer = checks.get(name)!(value)
  if (kept.size >= mostKept) kept.clear()
  if (typeof value !== "object") kept.set(value, answer)
  return answer
}
