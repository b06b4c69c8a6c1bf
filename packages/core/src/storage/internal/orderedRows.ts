/**
 * An ordered index in memory: a sorted array of the values of its columns and the id.
 */
import type { Id } from "../Id.ts"
import type { Page, Range, Row } from "../StorageAdapter.ts"

// --- models ---

export interface OrderedRows {
  /** Positions of its columns among the row's columns. */
  readonly columns: ReadonlyArray<number>
  readonly entries: Array<Entry>
}

interface Entry {
  readonly values: ReadonlyArray<string | number>
  readonly id: Id
}

// --- constructors ---

export const make = (columns: ReadonlyArray<number>): OrderedRows => ({ columns, entries: [] })

// --- writing ---

export const add = (index: OrderedRows, row: Row): void => {
  const entry = entryOf(index, row)
  if (entry !== undefined) index.entries.splice(firstNotBefore(index, entry), 0, entry)
}

export const remove = (index: OrderedRows, row: Row): void => {
  const entry = entryOf(index, row)
  if (entry === undefined) return
  const at = firstNotBefore(index, entry)
  if (index.entries[at]?.id === row.id) index.entries.splice(at, 1)
}

// --- reading ---

export const page = (index: OrderedRows, range: Range, { after, limit }: Page): ReadonlyArray<Id> => {
  const [begin, end] = bounds(index, range)
  let from = begin
  if (after !== undefined) {
    const values = after.value === undefined ? [] : [...range.equals, after.value]
    from = Math.max(begin, firstNotBefore(index, { values, id: `${after.id}\uffff` as Id }))
  }
  return index.entries.slice(from, Math.min(end, from + limit)).map((_) => _.id)
}

export const count = (index: OrderedRows, range: Range): number => {
  const [begin, end] = bounds(index, range)
  return Math.max(0, end - begin)
}

// --- private ---

const entryOf = (index: OrderedRows, row: Row): Entry | undefined => {
  const values: Array<string | number> = []
  for (const column of index.columns) {
    const value = row.columns[column]
    if (value === undefined) return undefined
    values.push(value)
  }
  return { values, id: row.id }
}

const bounds = (index: OrderedRows, range: Range): readonly [number, number] => {
  const lower = range.from === undefined ? range.equals : [...range.equals, range.from]
  const upper = range.to === undefined ? range.equals : [...range.equals, range.to]
  return [
    firstNotBefore(index, { values: lower, id: "" as Id }),
    // greater than every id under these values, and under every value that follows them
    firstNotBefore(index, { values: upper, id: LAST as Id })
  ]
}

// Sorts behind every id.
const LAST = "\uffff"

const firstNotBefore = (index: OrderedRows, entry: Entry): number => {
  let low = 0
  let high = index.entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(index.entries[middle]!, entry)) low = middle + 1
    else high = middle
  }
  return low
}

/** By values, then id; of an entry that gives fewer values than the index has, only those count before the id. */
const isBefore = (self: Entry, that: Entry): boolean => {
  for (let i = 0; i < that.values.length; i++) {
    const mine = self.values[i]!
    const other = that.values[i]!
    if (mine < other) return true
    if (mine > other) return false
  }
  if (that.values.length < self.values.length) return that.id === LAST
  return self.id < that.id
}
