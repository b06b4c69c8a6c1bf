/**
 * What `// => value` becomes when an example is run.
 */
import { deepStrictEqual } from "node:assert"

/** Throws unless the example's value is what the example says it is. */
export const claim = (actual: unknown, expected: unknown, place: string): void => {
  try {
    deepStrictEqual(actual, expected)
  } catch (cause) {
    throw new Error(`${place}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
