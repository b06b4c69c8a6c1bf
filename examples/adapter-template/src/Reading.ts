/**
 * What the reading methods answer, each from one moment of the store.
 */
import type { Id, StorageAdapter } from "@kis/core/storage"
import type { ClassicLevel } from "classic-level"
import * as Places from "./Places.ts"
import * as Values from "./Values.ts"

// --- models ---

/** The store as it was when the snapshot was taken. */
export interface Moment {
  readonly db: ClassicLevel<string, Values.Value>
  readonly snapshot: ReturnType<ClassicLevel["snapshot"]>
  readonly declarations: ReadonlyMap<string, StorageAdapter.Declaration>
}

/** Places from one to another: without the first when it is `after`, with the last. */
interface Stretch {
  readonly gte?: string
  readonly gt?: string
  readonly lte: string
}

// --- rows ---

/** Those that are there, in the order asked for. */
export const rows = async (
  at: Moment,
  aggregate: string,
  ids: ReadonlyArray<string>
): Promise<ReadonlyArray<StorageAdapter.Row>> => {
  const found = await valuesAt(
    at,
    ids.map((id) => Places.rowAt(aggregate, id))
  )
  return found.flatMap((value) => (value === undefined ? [] : [Values.toRow(value as Values.StoredRow)]))
}

/** The rows that hold a key, by id: one of a unique key, any number of a blind one. */
export const rowsOf = async (at: Moment, aggregate: string, key: StorageAdapter.Key, page: StorageAdapter.Page) =>
  rows(at, aggregate, await holders(at, aggregate, key, page))

export const rowsOfEach = async (
  at: Moment,
  aggregate: string,
  keys: ReadonlyArray<StorageAdapter.Key>,
  limit: number
): Promise<ReadonlyArray<{ readonly key: number; readonly row: StorageAdapter.Row }>> => {
  const found = await Promise.all(keys.map((key) => rowsOf(at, aggregate, key, { limit })))
  return found.flatMap((held, key) => held.map((row) => ({ key, row })))
}

export const scan = async (
  at: Moment,
  aggregate: string,
  range: StorageAdapter.Range,
  page: StorageAdapter.Page
): Promise<ReadonlyArray<StorageAdapter.Row>> =>
  rows(at, aggregate, await idsIn(at, stretchOf(aggregate, range, page.after), page.limit))

export const count = async (
  at: Moment,
  aggregate: string,
  where: StorageAdapter.Key | StorageAdapter.Range
): Promise<number> => {
  const ids =
    "bytes" in where
      ? await holders(at, aggregate, where, { limit: Infinity })
      : await idsIn(at, stretchOf(aggregate, where, undefined), Infinity)
  return ids.length
}

// --- logs ---

export const heads = async (at: Moment, subjects: ReadonlyArray<Id.Id>) => {
  const found = await valuesAt(at, subjects.map(Places.headAt))
  return found.flatMap((value, subject) =>
    value === undefined ? [] : [{ subject, head: Values.toHead(value as Values.StoredHead) }]
  )
}

export const log = async (at: Moment, subject: Id.Id, page: { readonly after: number; readonly limit: number }) => {
  const stretch = { gt: Places.lineAt(subject, page.after), lte: Places.lineAt(subject, Number.MAX_SAFE_INTEGER) }
  const found = await at.db.values({ ...stretch, limit: page.limit, snapshot: at.snapshot }).all()
  return found.map((value) => Values.toLine(value as Values.StoredLine))
}

export const allHeads = async (at: Moment, page: { readonly after?: Id.Id; readonly limit: number }) => {
  const stretch = { gt: Places.headAt(page.after ?? ""), lte: Places.headAt(Places.LAST) }
  const found = await at.db.iterator({ ...stretch, limit: page.limit, snapshot: at.snapshot }).all()
  return found.map(([place, value]) => ({
    subject: place.slice(Places.headAt("").length) as Id.Id,
    head: Values.toHead(value as Values.StoredHead)
  }))
}

// --- private ---

const valuesAt = ({ db, snapshot }: Moment, places: ReadonlyArray<string>) => db.getMany([...places], { snapshot })

/** The ids that stand in a stretch of an index or of a blind key. */
const idsIn = async ({ db, snapshot }: Moment, stretch: Stretch, limit: number): Promise<ReadonlyArray<string>> =>
  (await db.values({ ...stretch, limit, snapshot }).all()) as Array<string>

const holders = async (
  at: Moment,
  aggregate: string,
  key: StorageAdapter.Key,
  { after, limit }: StorageAdapter.Page
): Promise<ReadonlyArray<string>> => {
  if (!at.declarations.get(aggregate)!.unique.includes(key.name)) {
    const stretch = {
      gt: Places.blindAt(aggregate, key, after?.id ?? ""),
      lte: Places.blindAt(aggregate, key, Places.LAST)
    }
    return idsIn(at, stretch, limit)
  }
  const [holder] = await valuesAt(at, [Places.uniqueAt(aggregate, key)])
  return holder === undefined || (after !== undefined && (holder as string) <= after.id) ? [] : [holder as string]
}

/** Equality on the leading columns, a range on the last, and on from a position. */
const stretchOf = (
  aggregate: string,
  { equals, from, index, to }: StorageAdapter.Range,
  after: StorageAdapter.Position | undefined
): Stretch => {
  const place = (value: string | number | undefined, id: string) =>
    Places.indexAt(aggregate, index, value === undefined ? equals : [...equals, value], id)
  const lte = place(to, Places.LAST)
  return after === undefined ? { gte: place(from, ""), lte } : { gt: place(after.value, after.id), lte }
}
