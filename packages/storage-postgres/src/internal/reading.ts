/**
 * The reads of the port, one statement each: one statement is one moment of the database.
 */
import { PgTypes } from "@effect/sql-pg"
import type { Id, StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Database, Values } from "./connection.ts"
import type { Layout, Shape } from "./layout.ts"
import { array, name } from "./sql.ts"

// --- models ---

export type Reader = Omit<StorageAdapter.Store, "commit">

// --- constructors ---

export const make = (database: Database, shape: Shape): Reader => {
  const layouts = new Map(shape.layouts.map((layout) => [layout.declaration.name, layout]))
  const at = (table: string) => `${name(shape.schema)}.${table}`
  const of = (aggregate: string) => layouts.get(aggregate)!
  const rows = (sql: string, parameters: ReadonlyArray<unknown>) =>
    Effect.map(database.query(sql, parameters), (found) => found.map((values) => rowOf(values, 0)))
  const foundRows = (sql: string, parameters: ReadonlyArray<unknown>) =>
    Effect.map(database.query(sql, parameters), (found) =>
      // positions count from 1
      found.map((values) => ({ key: Number(values[0]) - 1, row: rowOf(values, 1) }))
    )
  const first = (sql: string, parameters: ReadonlyArray<unknown>) =>
    Effect.map(rows(sql, parameters), (found) => Option.fromUndefinedOr(found[0]))

  return {
    get: (aggregate, id) => {
      const layout = of(aggregate)
      return first(`select ${fieldsOf(layout)} from ${layout.table} t where t.id = $1`, [PgTypes.uuid(id)])
    },
    getMany: (aggregate, ids) => {
      const layout = of(aggregate)
      return rows(`select ${fieldsOf(layout)} from ${layout.table} t where t.id = any($1)`, [uuids(ids)])
    },
    findBy: (aggregate, key) => {
      const layout = of(aggregate)
      return first(
        `select ${fieldsOf(layout)} from ${at("key_unique")} k join ${layout.table} t on t.id = k.id ` +
          "where k.name = $1 and k.bytes = $2",
        [PgTypes.int2(layout.unique.get(key.name)!), PgTypes.bytea(key.bytes)]
      )
    },
    findMany: (aggregate, keys) => {
      const layout = of(aggregate)
      return foundRows(
        `select u.i, ${fieldsOf(layout)} from unnest($1::smallint[], $2::bytea[]) with ordinality u(name, bytes, i) ` +
          `join ${at("key_unique")} k on k.name = u.name and k.bytes = u.bytes join ${layout.table} t on t.id = k.id`,
        keyParameters(layout, keys)
      )
    },
    heads: (subjects) =>
      Effect.map(
        database.query(
          "select u.i, h.sequence, h.mac from unnest($1::uuid[]) with ordinality u(subject, i) " +
            `join ${at("log_head")} h on h.subject = u.subject`,
          [uuids(subjects)]
        ),
        (found) => found.map(([i, ...head]) => ({ subject: Number(i) - 1, head: headOf(head) }))
      ),
    scan: (aggregate, range, { after, limit }) => {
      const layout = of(aggregate)
      const { from, last, values } = rangeOf(layout, range)
      let resume = ""
      if (after !== undefined) {
        values.push(PgTypes.uuid(after.id))
        if (last === undefined) resume = ` and t.id > $${values.length}`
        else {
          values.push(valueOf(after.value!))
          resume = ` and (${last}, t.id) > ($${values.length}, $${values.length - 1})`
        }
      }
      values.push(PgTypes.int4(limit))
      const order = last === undefined ? "t.id" : `${last}, t.id`
      return rows(`select ${fieldsOf(layout)} ${from}${resume} order by ${order} limit $${values.length}`, values)
    },
    scanKey: (aggregate, key, { after, limit }) => {
      const layout = of(aggregate)
      const { number, table } = keyOf(layout, key)
      const values = [PgTypes.int2(number), PgTypes.bytea(key.bytes), PgTypes.int4(limit)]
      if (after !== undefined) values.push(PgTypes.uuid(after.id))
      return rows(
        `select ${fieldsOf(layout)} from ${at(table)} k join ${layout.table} t on t.id = k.id ` +
          `where k.name = $1 and k.bytes = $2${after === undefined ? "" : " and k.id > $4"} order by k.id limit $3`,
        values
      )
    },
    scanKeys: (aggregate, keys, limit) => {
      const layout = of(aggregate)
      const unique = keys.some((key) => layout.unique.has(key.name))
      const blind = keys.some((key) => layout.blind.has(key.name))
      const holders = (table: string) => `select k.id from ${at(table)} k where k.name = u.name and k.bytes = u.bytes`
      const held =
        unique && blind
          ? `${holders("key_unique")} union all ${holders("key_blind")}`
          : holders(unique ? "key_unique" : "key_blind")
      return foundRows(
        `select u.i, ${fieldsOf(layout)} from unnest($1::smallint[], $2::bytea[]) with ordinality u(name, bytes, i) ` +
          `cross join lateral (${held} order by id limit $3) k join ${layout.table} t on t.id = k.id order by u.i, t.id`,
        [...keyParameters(layout, keys), PgTypes.int4(limit)]
      )
    },
    countBy: (aggregate, where) => {
      const layout = of(aggregate)
      if ("bytes" in where) {
        const { number, table } = keyOf(layout, where)
        return count(database, `from ${at(table)} where name = $1 and bytes = $2`, [
          PgTypes.int2(number),
          PgTypes.bytea(where.bytes)
        ])
      }
      const { from, values } = rangeOf(layout, where)
      return count(database, from, values)
    },
    readLog: (subject, { after, limit }) =>
      Effect.map(
        database.query(
          `select sequence, mac, body from ${at("log")} where subject = $1 and sequence > $2 order by sequence limit $3`,
          [PgTypes.uuid(subject), PgTypes.int4(after), PgTypes.int4(limit)]
        ),
        (found) => found.map((line) => ({ ...headOf(line), body: line[2] as Uint8Array }))
      ),
    scanHeads: ({ after, limit }) =>
      Effect.map(
        database.query(
          `select subject, sequence, mac from ${at("log_head")}${after === undefined ? "" : " where subject > $2"} ` +
            "order by subject limit $1",
          [PgTypes.int4(limit), ...(after === undefined ? [] : [PgTypes.uuid(after)])]
        ),
        (found) => found.map(([subject, ...head]) => ({ subject: subject as Id.Id, head: headOf(head) }))
      )
  }
}

// --- private ---

const fieldsOf = (layout: Layout) =>
  ["t.id", "t.version", "t.body", ...layout.columns.map((column) => `t.${column}`)].join(", ")

const rowOf = (values: Values[number], from: number): StorageAdapter.Row => ({
  id: values[from] as Id.Id,
  version: values[from + 1] as number,
  body: values[from + 2] as Uint8Array,
  columns: values.slice(from + 3).map((value) => {
    if (typeof value === "bigint") return Number(value)
    return (value ?? undefined) as string | undefined
  })
})

const headOf = ([sequence, mac]: ReadonlyArray<unknown>): StorageAdapter.Head => ({
  sequence: sequence as number,
  mac: mac as Uint8Array
})

const count = (
  database: Database,
  from: string,
  values: ReadonlyArray<unknown>
): Effect.Effect<number, StorageError.StorageError> =>
  Effect.map(database.query(`select count(*) ${from}`, values), (found) => Number(found[0]![0]))

const uuids = (ids: ReadonlyArray<string>) => array(ids, PgTypes.OID.uuid)

const keyOf = (layout: Layout, key: StorageAdapter.Key) => {
  const number = layout.blind.get(key.name)
  return number === undefined
    ? { table: "key_unique", number: layout.unique.get(key.name)! }
    : { table: "key_blind", number }
}

const keyParameters = (layout: Layout, keys: ReadonlyArray<StorageAdapter.Key>) => [
  array(
    keys.map((key) => keyOf(layout, key).number),
    PgTypes.OID.int2
  ),
  array(
    keys.map((key) => key.bytes),
    PgTypes.OID.bytea
  )
]

const valueOf = (value: string | number) =>
  typeof value === "number" ? PgTypes.int8(BigInt(value)) : PgTypes.text(value)

/** From-clause and conditions of a range, with its values, and the column that it is ordered by. */
const rangeOf = (layout: Layout, range: StorageAdapter.Range) => {
  const values: Array<PgTypes.Parameter> = []
  const index = layout.declaration.indexes.find((_) => _.name === range.index)
  if (index === undefined) return { from: `from ${layout.table} t where true`, values, last: undefined }
  const columns = index.columns.map((column) => `t.${name(`o_${column}`)}`)
  const last = columns.at(-1)!
  // as the index says it, or PostgreSQL would not know that it may be used
  const conditions = columns.map((column) => `${column} is not null`)
  const compare = (column: string, operator: string, value: string | number) => {
    values.push(valueOf(value))
    conditions.push(`${column} ${operator} $${values.length}`)
  }
  for (const [i, value] of range.equals.entries()) compare(columns[i]!, "=", value)
  if (range.from !== undefined) compare(last, ">=", range.from)
  if (range.to !== undefined) compare(last, "<=", range.to)
  return { from: `from ${layout.table} t where ${conditions.join(" and ")}`, values, last }
}
