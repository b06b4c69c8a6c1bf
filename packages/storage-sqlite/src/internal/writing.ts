/**
 * One batch in an open transaction: written as it is judged, and undone by the caller when refused.
 */
import type { StorageAdapter } from "@kis/core/storage"
import type { DatabaseSync, StatementSync } from "node:sqlite"
import type { Layout } from "./schema.ts"
import * as Uuid from "./uuid.ts"

// --- models ---

export interface Writer {
  /** Writes the batch and gives the failures; with any, what it wrote must be rolled back. */
  readonly write: (batch: StorageAdapter.Batch, now: number) => ReadonlyArray<StorageAdapter.Failure>
}

interface Statements {
  readonly insert: StatementSync
  readonly update: StatementSync
  readonly remove: StatementSync
  readonly expect: StatementSync
  readonly layout: Layout
}

// --- constructors ---

export const make = (db: DatabaseSync, layouts: ReadonlyMap<string, Layout>): Writer => {
  const statements = new Map([...layouts].map(([name, layout]) => [name, statementsOf(db, layout)]))
  const remember = db.prepare("insert into batch (id, at) values (?, ?) on conflict do nothing")
  const oldest = db.prepare(`select no, at from batch order by no limit ${FORGOTTEN_A_COMMIT}`)
  const forget = db.prepare("delete from batch where no = ?")
  const take = db.prepare("insert into key_unique (name, bytes, id) values (?, ?, ?) on conflict do nothing")
  const free = db.prepare("delete from key_unique where name = ? and bytes = ? and id = ?")
  const mark = db.prepare("insert into key_blind (name, bytes, id) values (?, ?, ?) on conflict do nothing")
  const unmark = db.prepare("delete from key_blind where name = ? and bytes = ? and id = ?")
  const firstHead = db.prepare("insert into log_head (subject, sequence, mac) values (?, ?, ?) on conflict do nothing")
  const nextHead = db.prepare(
    "update log_head set sequence = ?, mac = ? where subject = ? and sequence = ? and mac = ?"
  )
  const line = db.prepare("insert into log (subject, sequence, mac, body) values (?, ?, ?, ?)")

  const forgetOld = (now: number) => {
    for (const { at, no } of oldest.all()) {
      if (now - (at as number) < BATCH_MEMORY) return
      forget.run(no as number)
    }
  }

  /** Whether the row is there as the item says, and if so written. */
  const writeRow = (
    item: StorageAdapter.Insert | StorageAdapter.Update | StorageAdapter.Remove,
    id: Uint8Array
  ): boolean => {
    const { insert, remove, update } = statements.get(item.aggregate)!
    switch (item._tag) {
      case "Insert":
        return insert.run(id, item.version, item.body, ...item.columns.map(orNull)).changes === 1
      case "Update":
        return update.run(item.body, ...item.columns.map(orNull), id, item.version).changes === 1
      case "Remove":
        return remove.run(id, item.version).changes === 1
    }
  }

  const writeHead = ({ head, lines }: StorageAdapter.Append, id: Uint8Array): boolean => {
    const last = lines[lines.length - 1]!
    return head === undefined
      ? firstHead.run(id, last.sequence, last.mac).changes === 1
      : nextHead.run(last.sequence, last.mac, id, head.sequence, head.mac).changes === 1
  }

  return {
    write: (batch, now) => {
      if (remember.run(Uuid.toBytes(batch.id), now).changes === 0) return []
      forgetOld(now)
      const { items } = batch
      const failures: Array<StorageAdapter.Failure> = []
      const ids = items.map((item) => Uuid.toBytes(item._tag === "Append" ? item.subject : item.id))

      // what was expected is what was there before this batch, and what it frees is free for all of it
      for (let i = 0; i < items.length; i++) {
        const item = items[i]!
        if (item._tag === "Expect") {
          const found = statements.get(item.aggregate)!.expect.get(ids[i]!, item.version)
          if (found === undefined) failures.push({ _tag: "VersionConflict", item: i })
        } else if (item._tag === "Update" || item._tag === "Remove") {
          const { layout } = statements.get(item.aggregate)!
          for (const key of item.frees) free.run(layout.unique.get(key.name)!, key.bytes, ids[i]!)
        }
      }

      for (let i = 0; i < items.length; i++) {
        const item = items[i]!
        const id = ids[i]!
        if (item._tag === "Expect") continue
        if (item._tag === "Append") {
          if (!writeHead(item, id)) failures.push({ _tag: "HeadConflict", item: i })
          continue
        }
        if (!writeRow(item, id)) failures.push({ _tag: "VersionConflict", item: i })
        if (item._tag === "Remove") continue
        const { unique } = statements.get(item.aggregate)!.layout
        for (const key of item.takes) {
          if (take.run(unique.get(key.name)!, key.bytes, id).changes === 0) {
            failures.push({ _tag: "UniqueViolation", item: i, key: key.name })
          }
        }
      }
      // what has no precondition is not written for nothing
      if (failures.length > 0) return failures

      for (let i = 0; i < items.length; i++) {
        const item = items[i]!
        const id = ids[i]!
        if (item._tag === "Expect") continue
        if (item._tag === "Append") {
          for (const { body, mac, sequence } of item.lines) line.run(id, sequence, mac, body)
          continue
        }
        const { blind } = statements.get(item.aggregate)!.layout
        if ("unmarks" in item) {
          for (const key of item.unmarks) unmark.run(blind.get(key.name)!, key.bytes, id)
        }
        if ("marks" in item) {
          for (const key of item.marks) mark.run(blind.get(key.name)!, key.bytes, id)
        }
      }
      return failures
    }
  }
}

// --- private ---

const BATCH_MEMORY = 24 * 60 * 60 * 1_000
const FORGOTTEN_A_COMMIT = 4

const orNull = (value: StorageAdapter.ColumnValue) => value ?? null

const statementsOf = (db: DatabaseSync, layout: Layout): Statements => {
  const { columns, table } = layout
  const names = columns.map((column) => `, ${column}`).join("")
  const marks = columns.map(() => ", ?").join("")
  const sets = columns.map((column) => `, ${column} = ?`).join("")
  return {
    layout,
    insert: db.prepare(
      `insert into ${table} (id, version, body${names}) values (?, ?, ?${marks}) on conflict do nothing`
    ),
    update: db.prepare(`update ${table} set version = version + 1, body = ?${sets} where id = ? and version = ?`),
    remove: db.prepare(`delete from ${table} where id = ? and version = ?`),
    expect: db.prepare(`select 1 from ${table} where id = ? and version = ?`)
  }
}
