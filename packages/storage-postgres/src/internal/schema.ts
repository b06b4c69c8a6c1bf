/**
 * The tables: made, migrated, and fitted to what the program declares, in a schema of their own.
 *
 * A table per aggregate with a column per ordered column; one table of all unique keys and one of
 * all blind keys, named by small numbers. With partitions each is split by the hash of what it is
 * found by: rows by id, logs by subject, keys by their bytes. A partitioned table can hold no other
 * unique index, which is why unique keys have a table of their own.
 */
import { PgTypes } from "@effect/sql-pg"
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { createHash } from "node:crypto"
import * as CommitFunction from "./commitFunction.ts"
import type { Database } from "./connection.ts"
import { type Layout, type Shape, shapeOf } from "./layout.ts"
import { name } from "./sql.ts"

// --- models ---

/** The version that this program writes, and the latest that it reads. */
export const SCHEMA_VERSION = 1

export interface Options {
  readonly schema: string
  /** Into how many parts a table is split that is made now; 1 for one whole table. */
  readonly partitions: number
}

type Query = Database["query"]
type Fallible<A> = Effect.Effect<A, StorageError.StorageError>

// --- fitting ---

/**
 * Makes or migrates what the declarations need, and refuses those that do not fit what is stored.
 * Processes that open at once do it one after the other.
 */
export const fit = (
  database: Database,
  declarations: ReadonlyArray<StorageAdapter.Declaration>,
  options: Options
): Fallible<Shape> =>
  database.atomically((query) =>
    Effect.gen(function* () {
      yield* demandDurable(query, database.place)
      yield* query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`kis ${options.schema}`])
      const partitions = yield* prepare(query, database.place, options)
      const there = yield* relations(query, options.schema)
      const layouts: Array<Layout> = []
      // in one order everywhere, which is also that of the locks
      for (const declaration of [...declarations].sort((a, b) => (a.name < b.name ? -1 : 1))) {
        layouts.push(yield* fitOne(query, database.place, { ...options, partitions }, declaration, there))
      }
      return yield* makeFunction(query, shapeOf(options.schema, layouts))
    })
  )

// --- reading ---

/** What stands in a schema, or none when there is no register in it. */
export const contents = (
  { place, query }: Database,
  schema: string
): Fallible<Option.Option<StorageAdapter.Contents>> =>
  Effect.gen(function* () {
    const there = yield* relations(query, schema)
    if (there.size === 0) return Option.none()
    if (!there.has("register")) return yield* notOurs(place, schema)
    const [register] = yield* query(
      `select version, (select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 from pg_class c ` +
        `join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r') ` +
        `from ${name(schema)}.register`,
      [schema]
    )
    const [version, bytes] = register as readonly [number, number]
    const aggregates = yield* query(`select name, columns from ${name(schema)}.aggregate order by name`)
    return Option.some({
      version,
      bytes,
      aggregates: aggregates.map(([name, columns]) => ({
        name: name as string,
        columns: JSON.parse(columns as string) as StorageAdapter.Declaration["columns"]
      }))
    })
  })

// --- private ---

const notOurs = (place: string, schema: string) =>
  StorageError.of(new StorageError.NotADatabase({ place, detail: `another program made its schema ${schema}` }))

/** Refuses a server that acknowledges what it can lose. */
const demandDurable = (query: Query, place: string): Fallible<void> =>
  Effect.gen(function* () {
    const settings = ["fsync", "full_page_writes", "synchronous_commit"]
    const [found] = yield* query(`select ${settings.map((_) => `current_setting('${_}')`).join(", ")}`)
    for (const [i, setting] of settings.entries()) {
      if (found?.[i] === "off") {
        return yield* StorageError.of(new StorageError.NotDurable({ place, detail: `${setting} is off` }))
      }
    }
  })

/** The schema at the latest version; how its tables are split. */
const prepare = (query: Query, place: string, options: Options): Fallible<number> =>
  Effect.gen(function* () {
    const schema = name(options.schema)
    const there = yield* relations(query, options.schema)
    if (there.size === 0) {
      const [exists] = yield* query("select 1 from pg_namespace where nspname = $1", [options.schema])
      if (exists === undefined) yield* query(`create schema ${schema}`)
      for (const statement of tables(options)) yield* query(statement)
      return options.partitions
    }
    if (!there.has("register")) return yield* notOurs(place, options.schema)
    const [register] = yield* query(`select version, partitions from ${schema}.register`)
    const [version, partitions] = register as readonly [number, number]
    if (version > SCHEMA_VERSION) {
      return yield* StorageError.of(new StorageError.NewerSchema({ place, found: version, known: SCHEMA_VERSION }))
    }
    for (let from = version; from < SCHEMA_VERSION; from++) {
      for (const statement of migrations[from]!(options)) yield* query(statement)
    }
    if (version < SCHEMA_VERSION) yield* query(`update ${schema}.register set version = ${SCHEMA_VERSION}`)
    return partitions
  })

/** The statements from each version to the next; the first version has none before it. */
const migrations: Record<number, (options: Options) => ReadonlyArray<string>> = {}

const tables = (options: Options): ReadonlyArray<string> => {
  const schema = name(options.schema)
  return [
    `create table ${schema}.register (version int not null, partitions int not null)`,
    `insert into ${schema}.register values (${SCHEMA_VERSION}, ${options.partitions})`,
    `create table ${schema}.aggregate (name text collate "C" primary key, columns text not null)`,
    `create table ${schema}.key_name (no smallint primary key, aggregate text not null, name text not null, unique (aggregate, name))`,
    `create table ${schema}.batch (id uuid primary key, at bigint not null)`,
    ...split(
      options,
      "key_unique",
      "name smallint not null, bytes bytea not null, id uuid not null, primary key (name, bytes)",
      "bytes"
    ),
    ...split(
      options,
      "key_blind",
      "name smallint not null, bytes bytea not null, id uuid not null, primary key (name, bytes, id)",
      "bytes"
    ),
    ...split(options, "log_head", "subject uuid primary key, sequence int not null, mac bytea not null", "subject"),
    ...split(
      options,
      "log",
      "subject uuid not null, sequence int not null, mac bytea not null, body bytea not null, primary key (subject, sequence)",
      "subject"
    )
  ]
}

/** A table, whole or in parts by the hash of a column. */
const split = ({ partitions, schema }: Options, table: string, columns: string, by: string): ReadonlyArray<string> => {
  const whole = `${name(schema)}.${name(table)}`
  if (partitions === 1) return [`create table ${whole} (${columns})`]
  return [
    `create table ${whole} (${columns}) partition by hash (${by})`,
    ...Array.from(
      { length: partitions },
      (_, part) =>
        `create table ${name(schema)}.${name(`${table}#${part}`)} partition of ${whole} ` +
        `for values with (modulus ${partitions}, remainder ${part})`
    )
  ]
}

/** Names of the tables and indexes that are there. */
const relations = (query: Query, schema: string): Fallible<ReadonlySet<string>> =>
  Effect.map(
    query("select relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1", [
      schema
    ]),
    (rows) => new Set(rows.map(([name]) => name as string))
  )

const fitOne = (
  query: Query,
  place: string,
  options: Options,
  declaration: StorageAdapter.Declaration,
  there: ReadonlySet<string>
): Fallible<Layout> =>
  Effect.gen(function* () {
    const schema = name(options.schema)
    const table = `${schema}.${name(`row_${declaration.name}`)}`
    const columns = JSON.stringify(declaration.columns)
    const [known] = yield* query(`select columns from ${schema}.aggregate where name = $1`, [declaration.name])
    const demandEmpty = (detail: string) =>
      Effect.flatMap(query(`select 1 from ${table} limit 1`), (rows) =>
        rows.length === 0
          ? Effect.void
          : Effect.fail(StorageError.of(new StorageError.Incompatible({ place, aggregate: declaration.name, detail })))
      )
    const remade = known !== undefined && known[0] !== columns
    if (remade) {
      // other columns are possible only while there is no row whose columns would be missing
      yield* demandEmpty("other ordered columns")
      yield* query(`drop table ${table}`)
      yield* query(`delete from ${schema}.aggregate where name = $1`, [declaration.name])
    }
    if (known === undefined || remade) {
      const ordered = declaration.columns.map(
        (column) => `, ${name(`o_${column.name}`)} ${column.kind === "text" ? 'text collate "C"' : "bigint"}`
      )
      for (const statement of split(
        options,
        `row_${declaration.name}`,
        `id uuid primary key, version int not null, body bytea not null${ordered.join("")}`,
        "id"
      )) {
        yield* query(statement)
      }
      yield* query(`insert into ${schema}.aggregate values ($1, $2)`, [declaration.name, columns])
    }
    for (const index of declaration.indexes) {
      const named = indexName(declaration, index)
      if (there.has(named) && !remade) continue
      const keys = index.columns.map((column) => name(`o_${column}`))
      yield* query(
        `create index ${name(named)} on ${table} (${[...keys, "id"].join(", ")}) ` +
          `where ${keys.map((key) => `${key} is not null`).join(" and ")}`
      )
    }
    const numbers = (keys: ReadonlyArray<string>) =>
      Effect.map(
        Effect.forEach(keys, (key) =>
          Effect.gen(function* () {
            const [found] = yield* query(`select no from ${schema}.key_name where aggregate = $1 and name = $2`, [
              declaration.name,
              key
            ])
            if (found !== undefined) return [key, found[0] as number] as const
            // rows that are there already would lack the key
            yield* demandEmpty(`no key ${key}`)
            const [made] = yield* query(
              `insert into ${schema}.key_name select coalesce(max(no), 0) + 1, $1, $2 from ${schema}.key_name returning no`,
              [PgTypes.text(declaration.name), PgTypes.text(key)]
            )
            return [key, made![0] as number] as const
          })
        ),
        (pairs) => new Map(pairs)
      )
    return {
      declaration,
      table,
      columns: declaration.columns.map((column) => name(`o_${column.name}`)),
      unique: yield* numbers(declaration.unique),
      blind: yield* numbers(declaration.blind)
    }
  })

/** Names of indexes are cut at 63 bytes: a long one ends in its hash. */
const indexName = (declaration: StorageAdapter.Declaration, index: { readonly name: string }): string => {
  const whole = `i_${declaration.name}_${index.name}`
  if (whole.length <= NAME_BYTES) return whole
  return `${whole.slice(0, NAME_BYTES - 9)}_${createHash("sha256").update(whole).digest("hex").slice(0, 8)}`
}

const NAME_BYTES = 63

const makeFunction = (query: Query, shape: Shape): Fallible<Shape> =>
  Effect.gen(function* () {
    const [found] = yield* query(
      "select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $1 and p.proname = $2",
      [shape.schema, shape.commit]
    )
    if (found === undefined) yield* query(CommitFunction.definition(shape))
    return shape
  })
