import type { Answer } from "./goldenAsk.ts"

/** One field that came out otherwise than the case says. */
export interface Difference {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** Lists of codes, of which a case names those that matter. */
const open = new Set(["reasons", "notes", "lines", "warnings", "papers", "why"])

/** Lists in which the order says nothing. */
const sets = new Set(["missing", "contradictions", "problems", "legal"])

/** Where an answer differs from what was expected of it; nothing when it does not. */
export const differences = (expected: Answer, got: Answer): ReadonlyArray<Difference> => {
  const found: Array<Difference> = []
  for (const [field, wanted] of Object.entries(expected)) {
    if (field === "not") found.push(...refused(wanted, got, "not"))
    else found.push(...compared(wanted, got[field], field, field))
  }
  return found
}

// --- what must be there ---

const compared = (wanted: unknown, got: unknown, path: string, field: string): ReadonlyArray<Difference> => {
  if (wanted === null) return got === undefined || got === null ? [] : [difference(path, "nothing", got)]
  if (got === undefined) return [difference(path, wanted, "nothing", true)]
  if (isRecord(wanted) && isRecord(got)) {
    return Object.entries(wanted).flatMap(([key, inner]) =>
      compared(inner, got[key], `${path}.${key}`, open.has(field) ? field : key)
    )
  }
  if (Array.isArray(wanted) && Array.isArray(got)) return lists(wanted, got, path, field)
  return wanted === got ? [] : [difference(path, wanted, got)]
}

const lists = (
  wanted: ReadonlyArray<unknown>,
  got: ReadonlyArray<unknown>,
  path: string,
  field: string
): ReadonlyArray<Difference> => {
  if (open.has(field)) {
    if (wanted.length === 0) return got.length === 0 ? [] : [codesDifference(path, "none", got)]
    const absent = wanted.filter((one) => !got.some((other) => matches(one, other)))
    return absent.length === 0 ? [] : [codesDifference(path, `${absent.map(show).join(", ")} among them`, got)]
  }
  if (sets.has(field)) {
    const same = wanted.length === got.length && wanted.every((one) => got.some((other) => matches(one, other)))
    return same ? [] : [codesDifference(path, show(wanted), got)]
  }
  if (wanted.length !== got.length) return [difference(path, wanted, got)]
  return wanted.flatMap((one, index) => compared(one, got[index], `${path}[${index}]`, field))
}

/** A word stands for the code of a reason, of a line or of a warning; an object for those of its fields. */
const matches = (wanted: unknown, got: unknown): boolean => {
  if (!isRecord(wanted)) return wanted === codeOf(got)
  const inner = isRecord(got) && isRecord(got["reason"]) ? { ...got, ...got["reason"] } : got
  return compared(wanted, inner, "", "").length === 0
}

const codeOf = (item: unknown): unknown => {
  if (!isRecord(item)) return item
  if ("code" in item) return item["code"]
  return isRecord(item["reason"]) ? item["reason"]["code"] : item
}

// --- what must not be there ---

const refused = (unwanted: unknown, got: unknown, path: string): ReadonlyArray<Difference> => {
  if (!isRecord(unwanted)) return [difference(path, "fields that must not be so", unwanted)]
  return Object.entries(unwanted).flatMap(([field, refuse]) => {
    const inside = isRecord(got) ? got[field] : undefined
    const where = `${path}.${field}`
    // A misspelt field would refuse nothing, in silence.
    if (inside === undefined) return [difference(where, "an answer that has this field", "nothing", true)]
    if (isRecord(refuse)) return refused(refuse, inside, where)
    const values = Array.isArray(refuse) ? refuse : [refuse]
    const present = values.filter((one) =>
      Array.isArray(inside) ? inside.some((other) => matches(one, other)) : matches(one, inside)
    )
    if (present.length === 0) return []
    return [codesDifference(where, `no ${present.map(show).join(", no ")}`, Array.isArray(inside) ? inside : [inside])]
  })
}

// --- showing ---

const difference = (path: string, expected: unknown, got: unknown, plain = false): Difference => ({
  path,
  expected: typeof expected === "string" ? expected : show(expected),
  got: plain && typeof got === "string" ? got : show(got)
})

const codesDifference = (path: string, expected: string, got: ReadonlyArray<unknown>): Difference => ({
  path,
  expected,
  got: got.length === 0 ? "none" : got.map((item) => show(codeOf(item))).join(", ")
})

const show = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)
