import type { Reason } from "../../policy/Reason.ts"

/** Several lists of reasons as one, each reason once, in the order in which they came. */
export const together = (lists: ReadonlyArray<ReadonlyArray<Reason>>): ReadonlyArray<Reason> => {
  // The caveats of a day are kept: the members of a household mostly bring the very same lists.
  const distinct: Array<ReadonlyArray<Reason>> = []
  for (const list of lists) if (list.length > 0 && !distinct.includes(list)) distinct.push(list)
  const [first = [], ...others] = distinct
  if (others.length === 0) return first
  const all = [...first]
  for (const list of others) {
    for (const reason of list) if (!all.some((known) => isSame(known, reason))) all.push(reason)
  }
  return all
}

// --- private ---

const isSame = (self: Reason, that: Reason): boolean => {
  if (self === that) return true
  if (self.code !== that.code) return false
  const [ours, theirs] = [self.params ?? {}, that.params ?? {}]
  const names = Object.keys(ours)
  return names.length === Object.keys(theirs).length && names.every((name) => ours[name] === theirs[name])
}
