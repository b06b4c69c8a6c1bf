/**
 * Rows of JSON lines: one object a line, its values as they were written.
 *
 * @since 0.1.0
 */

// --- models ---

/**
 * One line: the fields of its object, or its text when it is not a JSON object.
 *
 * @category models
 * @since 0.1.0
 */
export type Row =
  | { readonly line: number; readonly fields: Readonly<Record<string, string>> }
  | { readonly line: number; readonly text: string }

// --- reading ---

/**
 * The lines of a text, batch by batch. Blank lines are left out, but counted.
 *
 * @category reading
 * @since 0.1.0
 */
export async function* rows(text: AsyncIterable<string>): AsyncGenerator<ReadonlyArray<Row>> {
  let line = 0
  let rest = ""
  const read = (lines: ReadonlyArray<string>): ReadonlyArray<Row> =>
    lines.flatMap((each) => {
      line++
      if (each.trim() === "") return []
      const fields = parse(each)
      return [fields === undefined ? { line, text: each } : { line, fields }]
    })
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n")
    rest = lines.pop()!
    const batch = read(lines)
    if (batch.length > 0) yield batch
  }
  const last = read([rest])
  if (last.length > 0) yield last
}

// --- private ---

// A number keeps its digits as they are written: 16 digits may be more than a JavaScript number holds,
// and the last one of a NIK counts.
const parse = (line: string): Readonly<Record<string, string>> | undefined => {
  let value: unknown
  try {
    value = (JSON.parse as ParseWithSource)(line, (_key, each, context) =>
      typeof each === "number" && context?.source !== undefined ? new Digits(context.source) : each
    )
  } catch {
    return undefined
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Digits) return undefined
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.trim(), textOf(each)]))
}

// The third argument is in every Node that we support and not yet in TypeScript's own types.
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown
) => unknown

class Digits {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toJSON() {
    return Number(this.text)
  }
}

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "string"
      ? value
      : value instanceof Digits
        ? value.text
        : typeof value === "boolean"
          ? String(value)
          : JSON.stringify(value)
