/**
 * What a batch writes, as one list of puts and removals.
 */
import type { StorageAdapter } from "@kis/core/storage"
import { type Before, freedBy, rowOf } from "./Judging.ts"
import * as Places from "./Places.ts"
import * as Values from "./Values.ts"

// --- models ---

/** What is to stand at each place afterwards; undefined where nothing is. */
export type Changes = Map<string, Values.Value | undefined>

export type Declarations = ReadonlyMap<string, StorageAdapter.Declaration>

// --- writing ---

/** The changes of a batch that was judged and found whole. */
export const changesOf = (
  batch: StorageAdapter.Batch,
  before: Before,
  declarations: Declarations,
  now: number
): Changes => {
  const changes: Changes = new Map()
  // what is freed goes first: a key freed anywhere in the batch is free for all of it
  for (const item of batch.items) takeAway(item, before, declarations, changes)
  for (const item of batch.items) put(item, declarations, changes)
  changes.set(Places.batchAt(batch.id), now)
  changes.set(Places.committedAt(now, batch.id), batch.id)
  return changes
}

// --- private ---

const takeAway = (item: StorageAdapter.Item, before: Before, declarations: Declarations, changes: Changes): void => {
  if (item._tag !== "Update" && item._tag !== "Remove") return
  const row = rowOf(item.aggregate, item.id, before)
  if (row === undefined) return
  for (const place of Places.indexPlaces(declarations.get(item.aggregate)!, Values.toRow(row))) {
    changes.set(place, undefined)
  }
  for (const place of freedBy(item, before)) changes.set(place, undefined)
  for (const key of item.unmarks) changes.set(Places.blindAt(item.aggregate, key, item.id), undefined)
  changes.set(Places.rowAt(item.aggregate, item.id), undefined)
}

const put = (item: StorageAdapter.Item, declarations: Declarations, changes: Changes): void => {
  if (item._tag === "Append") {
    for (const line of item.lines) changes.set(Places.lineAt(item.subject, line.sequence), Values.ofLine(line))
    changes.set(Places.headAt(item.subject), Values.ofHead(item.lines.at(-1)!))
    return
  }
  if (item._tag !== "Insert" && item._tag !== "Update") return
  const version = item._tag === "Insert" ? item.version : item.version + 1
  const row: StorageAdapter.Row = { id: item.id, version, body: item.body, columns: item.columns }
  changes.set(Places.rowAt(item.aggregate, item.id), Values.ofRow(row))
  for (const place of Places.indexPlaces(declarations.get(item.aggregate)!, row)) changes.set(place, item.id)
  for (const key of item.takes) changes.set(Places.uniqueAt(item.aggregate, key), item.id)
  for (const key of item.marks) changes.set(Places.blindAt(item.aggregate, key, item.id), item.id)
}
