/**
 * The reads of the port as prepared statements. Each method is one moment of the database.
 */
import type { Id, StorageAdapter } from "@kis/core/storage"
import type { DatabaseSync, StatementSync } from "node:sqlite"
import type { Layout } from "./schema.ts"
import * as Uuid from "./uuid.ts"

// --- models ---

/** The reading methods of the port, synchronous. */
export interface Reader {
  readonly get: (aggregate: string, id: Id.Id) => StorageAdapter.Row | undefined
  readonly getMany: (aggregate: string, ids: ReadonlyArray<Id.Id>) => ReadonlyArray<StorageAdapter.Row>
  readonly findBy: (aggregate: string, key: StorageAdapter.Key) => StorageAdapter.Row | undefined
  readonly findMany: (aggregate: string, keys: ReadonlyArray<StorageAdapter.Key>) => ReadonlyArray<Found>
  readonly heads: (
    subjects: ReadonlyArray<Id.Id>
  ) => ReadonlyArray<{ readonly subject: number; readonly head: StorageAdapter.Head }>
  readonly scan: (
    aggregate: string,
    range: StorageAdapter.Range,
    page: StorageAdapter.Page
  ) => ReadonlyArray<StorageAdapter.Row>
  readonly scanKey: (
    aggregate: string,
    key: StorageAdapter.Key,
    page: StorageAdapter.Page
  ) => ReadonlyArray<StorageAdapter.Row>
  readonly scanKeys: (aggregate: string, keys: ReadonlyArray<StorageAdapter.Key>, limit: number) => ReadonlyArray<Found>
  readonly countBy: (aggregate: string, where: StorageAdapter.Key | StorageAdapter.Range) => number
  readonly readLog: (
    subject: Id.Id,
    page: { readonly after: number; readonly limit: number }
  ) => ReadonlyArray<StorageAdapter.Line>
  readonly scanHeads: (page: {
    readonly after?: Id.Id
    readonly limit: number
  }) => ReadonlyArray<{ readonly subject: Id.Id; readonly head: StorageAdapter.Head }>
}

export interface Found {
  readonly key: number
  readonly row: StorageAdapter.Row
}

type Value = string | number | Uint8Array | null

// --- constructors ---

export const make = (db: DatabaseSync, layouts: ReadonlyMap<string, Layout>): Reader => {
  const prepared = new Map<string, StatementSync>()

  const statement = (sql: string): StatementSync => {
    let found = prepared.get(sql)
    if (found === undefined) {
      found = db.prepare(sql)
      found.setReturnArrays(true)
      prepared.set(sql, found)
    }
    return found
  }

  const layoutOf = (aggregate: string): Layout => layouts.get(aggregate)!

  const one = (sql: string, ...values: ReadonlyArray<Value>) => rowOf(statement(sql).get(...values))

  const all = (sql: string, ...values: ReadonlyArray<Value>) =>
    statement(sql)
      .all(...values)
      .map((_) => rowOf(_)!)

  /** Several statements that must see one moment, though other processes write. */
  const atOnce = <A>(read: () => A): A => {
    db.exec("begin")
    try {
      return read()
    } finally {
      db.exec("commit")
    }
  }

  const get = (aggregate: string, id: Id.Id) => {
    const layout = layoutOf(aggregate)
    return one(`select ${fieldsOf(layout)} from ${layout.table} t where t.id = ?`, Uuid.toBytes(id))
  }

  const findBy = (aggregate: string, key: StorageAdapter.Key) => {
    const layout = layoutOf(aggregate)
    return one(
      `select ${fieldsOf(layout)} from key_unique k join ${layout.table} t on t.id = k.id where k.name = ? and k.bytes = ?`,
      layout.unique.get(key.name) ?? -1,
      key.bytes
    )
  }

  const scanKey = (aggregate: string, key: StorageAdapter.Key, { after, limit }: StorageAdapter.Page) => {
    const layout = layoutOf(aggregate)
    const number = layout.blind.get(key.name)
    return all(
      `select ${fieldsOf(layout)} from ${number === undefined ? "key_unique" : "key_blind"} k ` +
        `join ${layout.table} t on t.id = k.id where k.name = ? and k.bytes = ? and k.id > ? order by k.id limit ?`,
      number ?? layout.unique.get(key.name) ?? -1,
      key.bytes,
      after === undefined ? NOTHING : Uuid.toBytes(after.id),
      limit
    )
  }

  return {
    get,
    getMany: (aggregate, ids) => atOnce(() => [...new Set(ids)].flatMap((id) => get(aggregate, id) ?? [])),
    findBy,
    findMany: (aggregate, keys) =>
      atOnce(() =>
        keys.flatMap((key, i) => {
          const row = findBy(aggregate, key)
          return row === undefined ? [] : [{ key: i, row }]
        })
      ),
    heads: (subjects) =>
      atOnce(() => {
        const find = statement("select sequence, mac from log_head where subject = ?")
        return subjects.flatMap((subject, i) => {
          const found = find.get(Uuid.toBytes(subject)) as unknown as [number, Uint8Array] | undefined
          return found === undefined ? [] : [{ subject: i, head: { sequence: found[0], mac: found[1] } }]
        })
      }),
    scan: (aggregate, range, { after, limit }) => {
      const layout = layoutOf(aggregate)
      const { order, sql, values } = rangeOf(layout, range)
      const last = order.length > 1 ? order[0]! : undefined
      const resume = after === undefined ? "" : last === undefined ? " and t.id > ?" : ` and (${last}, t.id) > (?, ?)`
      if (after !== undefined) {
        if (last !== undefined) values.push(after.value!)
        values.push(Uuid.toBytes(after.id))
      }
      return all(`select ${fieldsOf(layout)} ${sql}${resume} order by ${order.join(", ")} limit ?`, ...values, limit)
    },
    scanKey,
    scanKeys: (aggregate, keys, limit) =>
      atOnce(() => keys.flatMap((key, i) => scanKey(aggregate, key, { limit }).map((row) => ({ key: i, row })))),
    countBy: (aggregate, where) => {
      const layout = layoutOf(aggregate)
      if ("bytes" in where) {
        const number = layout.blind.get(where.name)
        const sql = `select count(*) from ${number === undefined ? "key_unique" : "key_blind"} where name = ? and bytes = ?`
        return countOf(statement(sql).get(number ?? layout.unique.get(where.name) ?? -1, where.bytes))
      }
      const { sql, values } = rangeOf(layout, where)
      return countOf(statement(`select count(*) ${sql}`).get(...values))
    },
    readLog: (subject, { after, limit }) =>
      statement("select sequence, mac, body from log where subject = ? and sequence > ? order by sequence limit ?")
        .all(Uuid.toBytes(subject), after, limit)
        .map((row) => {
          const [sequence, mac, body] = row as unknown as [number, Uint8Array, Uint8Array]
          return { sequence, mac, body }
        }),
    scanHeads: ({ after, limit }) =>
      statement("select subject, sequence, mac from log_head where subject > ? order by subject limit ?")
        .all(after === undefined ? NOTHING : Uuid.toBytes(after), limit)
        .map((row) => {
          const [subject, sequence, mac] = row as unknown as [Uint8Array, number, Uint8Array]
          return { subject: Uuid.fromBytes(subject), head: { sequence, mac } }
        })
  }
}

// --- private ---

/** Sorts before every id. */
const NOTHING = new Uint8Array(0)

const fieldsOf = (layout: Layout) =>
  ["t.id", "t.version", "t.body", ...layout.columns.map((column) => `t.${column}`)].join(", ")

const rowOf = (found: unknown): StorageAdapter.Row | undefined => {
  if (found === undefined) return undefined
  const [id, version, body, ...columns] = found as [Uint8Array, number, Uint8Array, ...Array<string | number | null>]
  return { id: Uuid.fromBytes(id), version, body, columns: columns.map((column) => column ?? undefined) }
}

const countOf = (found: unknown): number => (found as readonly [number])[0]

/** From-clause and conditions of a range, with its values, and the order of its rows. */
const rangeOf = (layout: Layout, range: StorageAdapter.Range) => {
  const values: Array<Value> = []
  const index = layout.indexes.get(range.index)
  if (index === undefined) return { sql: `from ${layout.table} t where 1`, values, order: ["t.id"] }
  const columns = index.columns.map((column) => `t.${column}`)
  const last = columns.at(-1)!
  const conditions = columns.map((column) => `${column} is not null`)
  for (const [i, value] of range.equals.entries()) {
    conditions.push(`${columns[i]!} = ?`)
    values.push(value)
  }
  if (range.from !== undefined) {
    conditions.push(`${last} >= ?`)
    values.push(range.from)
  }
  if (range.to !== undefined) {
    conditions.push(`${last} <= ?`)
    values.push(range.to)
  }
  const sql = `from ${layout.table} t indexed by ${index.name} where ${conditions.join(" and ")}`
  return { sql, values, order: [last, "t.id"] }
}
