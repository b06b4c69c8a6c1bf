import type { Reason } from "../../policy/Reason.ts"

/** Several lists of reasons as one, each reason once, in the order in which they came. */
export const together = (lists: ReadonlyArray<ReadonlyArray<Reason>>): ReadonlyArray<Reason> => {
  const all: Array<Reason> = []
  let last: ReadonlyArray<Reason> | undefined
  for (const list of lists) {
    // The caveats of a day are kept: members of one household mostly bring the same list.
    if (list === last) continue
    last = list
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
