/**
 * Recorded decisions in a file: one JSON document, or JSON lines, bare or as `kis eligibility evaluate` writes them.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import { IntakeError } from "./IntakeError.ts"

// --- models ---

/**
 * What stands at one place of the file, not yet known to be a decision.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry {
  readonly line: number
  readonly decision: unknown
}

// --- reading ---

/**
 * Every decision of a file. Lines that hold the problems of a row instead of a decision are left out.
 *
 * @category reading
 * @since 0.1.0
 */
export const read = Effect.fn("DecisionFile.read")(function* (
  path: string
): Effect.fn.Return<ReadonlyArray<Entry>, IntakeError> {
  const file = basename(path)
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (cause) => IntakeError.fromCause(path, cause)
  })
  if (text.trim() === "") return yield* new IntakeError({ file, problem: "Empty" })
  const whole = parse(text)
  if (whole !== undefined) return decisionOf(whole, 1)
  const entries: Array<Entry> = []
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue
    const value = parse(line)
    if (value === undefined) return yield* new IntakeError({ file, problem: "NotADecision", line: i + 1 })
    entries.push(...decisionOf(value, i + 1))
  }
  return entries
})

// --- private ---

const parse = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

const decisionOf = (value: object, line: number): ReadonlyArray<Entry> =>
  "problems" in value ? [] : [{ line, decision: "decision" in value ? value.decision : value }]
