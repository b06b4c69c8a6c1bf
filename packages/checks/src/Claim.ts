/**
 * What `// => value` becomes when an example is run. Uses nothing of Node: the examples of core
 * also run in a page.
 */

/** Throws unless the example's value is what the example says it is. */
export const claim = (actual: unknown, expected: unknown, place: string): void => {
  if (!isSame(actual, expected)) throw new Error(`${place}: expected ${show(expected)}, found ${show(actual)}`)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

/** Deep equality of what is enumerable, of the same prototype. */
const isSame = (self: unknown, that: unknown): boolean => {
  if (Object.is(self, that)) return true
  if (!isObject(self) || !isObject(that) || Object.getPrototypeOf(self) !== Object.getPrototypeOf(that)) return false
  if (self instanceof Map || self instanceof Set) return isSame([...self], [...(that as unknown as Iterable<unknown>)])
  if (self instanceof Date) return isSame(self.getTime(), (that as unknown as Date).getTime())
  const keys = Object.keys(self)
  return (
    keys.length === Object.keys(that).length &&
    keys.every((key) => Object.hasOwn(that, key) && isSame(self[key], that[key]))
  )
}

const show = (value: unknown): string => {
  if (value instanceof Uint8Array) return `bytes ${Array.from(value).join(" ")}`
  if (value instanceof Map || value instanceof Set) return show([...value])
  return (
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? String(value)
  )
}
