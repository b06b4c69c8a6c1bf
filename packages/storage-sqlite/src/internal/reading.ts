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
  const prepare = (sql: string): StatementSync => {
    const made = db.prepare(sql)
    made.setReturnArrays(true)
    return made
  }

  const hot = new Map([...layouts].map(([name, layout]) => [name, hotOf(layout, prepare)]))
  const head = prepare("select sequence, mac from log_head where subject = ?")
  const heads = prepare("select subject, sequence, mac from log_head where subject > ? order by subject limit ?")
  const log = prepare(
    "select sequence, mac, body from log where subject = ? and sequence > ? order by sequence limit ?"
  )
  const countUnique = prepare("select count(*) from key_unique where name = ? and bytes = ?")
  const countBlind = prepare("select count(*) from key_blind where name = ? and bytes = ?")

  // ranges come in few shapes, known only when they are asked for
  const ranged = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    let found = ranged.get(sql)
    if (found === undefined) ranged.set(sql, (found = prepare(sql)))
    return found
  }

  /** Several statements that must see one moment, though other processes write. */
  const atOnce = <A>(read: () => A): A => {
    db.exec("begin")
    try {
      return read()
    } finally {
      db.exec("commit")
    }
  }

  const get = (aggregate: string, id: Id.Id) => rowOf(hot.get(aggregate)!.get.get(Uuid.toBytes(id)))

  const findBy = (aggregate: string, key: StorageAdapter.Key) => {
    const { holder, layout } = hot.get(aggregate)!
    return rowOf(holder.get(layout.unique.get(key.name)!, key.bytes))
  }

  const scanKey = (aggregate: string, key: StorageAdapter.Key, { after, limit }: StorageAdapter.Page) => {
    const { blind, layout, unique } = hot.get(aggregate)!
    const number = layout.blind.get(key.name)
    const from = after === undefined ? NOTHING : Uuid.toBytes(after.id)
    return rowsOf(
      number === undefined
        ? unique.all(layout.unique.get(key.name)!, key.bytes, from, limit)
        : blind.all(number, key.bytes, from, limit)
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
      atOnce(() =>
        subjects.flatMap((subject, i) => {
          const found = head.get(Uuid.toBytes(subject)) as unknown as [number, Uint8Array] | undefined
          return found === undefined ? [] : [{ subject: i, head: { sequence: found[0], mac: found[1] } }]
        })
      ),
    scan: (aggregate, range, { after, limit }) => {
      const { layout } = hot.get(aggregate)!
      const { order, sql, values } = rangeOf(layout, range)
      const last = order.length > 1 ? order[0]! : undefined
      const resume = after === undefined ? "" : last === undefined ? " and t.id > ?" : ` and (${last}, t.id) > (?, ?)`
      if (after !== undefined) {
        if (last !== undefined) values.push(after.value!)
        values.push(Uuid.toBytes(after.id))
      }
      const text = `select ${fieldsOf(layout)} ${sql}${resume} order by ${order.join(", ")} limit ?`
      return rowsOf(statement(text).all(...values, limit))
    },
    scanKey,
    scanKeys: (aggregate, keys, limit) =>
      atOnce(() => keys.flatMap((key, i) => scanKey(aggregate, key, { limit }).map((row) => ({ key: i, row })))),
    countBy: (aggregate, where) => {
      const { layout } = hot.get(aggregate)!
      if ("bytes" in where) {
        const number = layout.blind.get(where.name)
        return countOf(
          number === undefined
            ? countUnique.get(layout.unique.get(where.name)!, where.bytes)
            : countBlind.get(number, where.bytes)
        )
      }
      const { sql, values } = rangeOf(layout, where)
      return countOf(statement(`select count(*) ${sql}`).get(...values))
    },
    readLog: (subject, { after, limit }) =>
      log.all(Uuid.toBytes(subject), after, limit).map((row) => {
        const [sequence, mac, body] = row as unknown as [number, Uint8Array, Uint8Array]
        return { sequence, mac, body }
      }),
    scanHeads: ({ after, limit }) =>
      heads.all(after === undefined ? NOTHING : Uuid.toBytes(after), limit).map((row) => {
        const [subject, sequence, mac] = row as unknown as [Uint8Array, number, Uint8Array]
        return { subject: Uuid.fromBytes(subject), head: { sequence, mac } }
      })
  }
}

// --- private ---

/** The statements of an aggregate that are run thousands of times a second. */
interface Hot {
  readonly layout: Layout
  readonly get: StatementSync
  readonly holder: StatementSync
  readonly unique: StatementSync
  readonly blind: StatementSync
}

const hotOf = (layout: Layout, prepare: (sql: string) => StatementSync): Hot => {
  const select = `select ${fieldsOf(layout)}`
  const byKey = (table: string) =>
    `${select} from ${table} k join ${layout.table} t on t.id = k.id ` +
    `where k.name = ? and k.bytes = ? and k.id > ? order by k.id limit ?`
  return {
    layout,
    get: prepare(`${select} from ${layout.table} t where t.id = ?`),
    holder: prepare(
      `${select} from key_unique k join ${layout.table} t on t.id = k.id where k.name = ? and k.bytes = ?`
    ),
    unique: prepare(byKey("key_unique")),
    blind: prepare(byKey("key_blind"))
  }
}

/** Sorts before every id. */
const NOTHING = new Uint8Array(0)

const fieldsOf = (layout: Layout) =>
  ["t.id", "t.version", "t.body", ...layout.columns.map((column) => `t.${column}`)].join(", ")

const rowOf = (found: unknown): StorageAdapter.Row | undefined => {
  if (found === undefined) return undefined
  const [id, version, body, ...columns] = found as [Uint8Array, number, Uint8Array, ...Array<string | number | null>]
  return { id: Uuid.fromBytes(id), version, body, columns: columns.map((column) => column ?? undefined) }
}

const rowsOf = (found: ReadonlyArray<unknown>): ReadonlyArray<StorageAdapter.Row> => found.map((_) => rowOf(_)!)

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
