/**
 * Whether a batch may be committed: a pure function of the batch and of what stands at the places
 * that it concerns.
 */
import type { StorageAdapter } from "@kis/core/storage"
import * as Places from "./Places.ts"
import * as Values from "./Values.ts"

// --- models ---

/** What stood at the places before the batch. A place without a value is not in it. */
export type Before = ReadonlyMap<string, Values.Value>

// --- what must be read ---

/** Every place that decides about the batch: read all of them at once, then judge. */
export const concerned = (batch: StorageAdapter.Batch): ReadonlyArray<string> => [
  ...new Set([
    Places.batchAt(batch.id),
    ...batch.items.flatMap((item) => {
      if (item._tag === "Append") return [Places.headAt(item.subject)]
      const keys = [...("frees" in item ? item.frees : []), ...("takes" in item ? item.takes : [])]
      return [Places.rowAt(item.aggregate, item.id), ...keys.map((key) => Places.uniqueAt(item.aggregate, key))]
    })
  ])
]

// --- judging ---

/** Every failed precondition, by the position of its item; none when the batch may be written. */
export const judge = (batch: StorageAdapter.Batch, before: Before): ReadonlyArray<StorageAdapter.Failure> => {
  const failures: Array<StorageAdapter.Failure> = []
  const freed = new Set(batch.items.flatMap((item) => freedBy(item, before)))
  const taken = new Set<string>()
  for (const [position, item] of batch.items.entries()) {
    if (item._tag === "Append") {
      if (!isAtHead(item, before)) failures.push({ _tag: "HeadConflict", item: position })
      continue
    }
    const row = rowOf(item.aggregate, item.id, before)
    if (row?.version !== (item._tag === "Insert" ? undefined : item.version)) {
      failures.push({ _tag: "VersionConflict", item: position })
    }
    if (!("takes" in item)) continue
    for (const key of item.takes) {
      const place = Places.uniqueAt(item.aggregate, key)
      if (taken.has(place) || (before.has(place) && !freed.has(place))) {
        failures.push({ _tag: "UniqueViolation", item: position, key: key.name })
      }
      taken.add(place)
    }
  }
  return failures
}

// --- reading what was before ---

export const rowOf = (aggregate: string, id: string, before: Before): Values.StoredRow | undefined =>
  before.get(Places.rowAt(aggregate, id)) as Values.StoredRow | undefined

/** The places of the keys that an item frees: of those that it names, the ones that its row holds. */
export const freedBy = (item: StorageAdapter.Item, before: Before): ReadonlyArray<string> =>
  "frees" in item
    ? item.frees.map((key) => Places.uniqueAt(item.aggregate, key)).filter((place) => before.get(place) === item.id)
    : []

// --- private ---

const isAtHead = ({ head, subject }: StorageAdapter.Append, before: Before): boolean => {
  const stored = before.get(Places.headAt(subject)) as Values.StoredHead | undefined
  if (stored === undefined || head === undefined) return stored === head
  return stored.sequence === head.sequence && stored.mac === Values.ofHead(head).mac
}
