/**
 * The tables: made, migrated, and fitted to what the program declares.
 *
 * A table per aggregate with a column per ordered column; one table of all unique keys and one of
 * all blind keys, named by small numbers. Rows and logs are found by 16-byte ids that grow with
 * time, so new ones lie together; keys are MACs and lie anywhere, so their tables are as small as
 * can be.
 */
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import type { DatabaseSync } from "node:sqlite"

// --- models ---

/** Says that a file is ours: "KISr". */
export const APPLICATION_ID = 0x4b495372

/** The version that this program writes, and the latest that it reads. */
export const SCHEMA_VERSION = 1

/** An aggregate as the statements need it. */
export interface Layout {
  readonly declaration: StorageAdapter.Declaration
  readonly table: string
  /** The columns' names in SQL, quoted. */
  readonly columns: ReadonlyArray<string>
  /** The numbers of its unique and blind keys by name. */
  readonly unique: ReadonlyMap<string, number>
  readonly blind: ReadonlyMap<string, number>
  readonly indexes: ReadonlyMap<string, { readonly name: string; readonly columns: ReadonlyArray<string> }>
}

// --- making ---

/** The tables of an empty database at the latest version. */
export const create = (db: DatabaseSync): void => {
  db.exec(`
    create table aggregate (name text primary key, columns text not null) without rowid;
    create table key_name (no integer primary key, aggregate text not null, name text not null, unique (aggregate, name));
    create table key_unique (name integer not null, bytes blob not null, id blob not null, primary key (name, bytes)) without rowid;
    create table key_blind (name integer not null, bytes blob not null, id blob not null, primary key (name, bytes, id)) without rowid;
    create table log_head (subject blob primary key, sequence integer not null, mac blob not null) without rowid;
    create table log (subject blob not null, sequence integer not null, mac blob not null, body blob not null, primary key (subject, sequence)) without rowid;
    create table batch (no integer primary key, id blob not null unique, at integer not null);
    pragma application_id = ${APPLICATION_ID};
    pragma user_version = ${SCHEMA_VERSION};
  `)
}

/** Brings an older database to the latest version. Inside a transaction. */
export const migrate = (db: DatabaseSync, found: number): void => {
  for (let version = found; version < SCHEMA_VERSION; version++) migrations[version]!(db)
  db.exec(`pragma user_version = ${SCHEMA_VERSION}`)
}

// --- reading ---

/** The aggregates as they were declared when their tables were made. */
export const stored = (db: DatabaseSync): StorageAdapter.Contents["aggregates"] =>
  db
    .prepare("select name, columns from aggregate order by name")
    .all()
    .map((_) => ({
      name: _["name"] as string,
      columns: JSON.parse(_["columns"] as string) as StorageAdapter.Declaration["columns"]
    }))

// --- fitting ---

/** Makes what the declarations lack, and refuses those that do not fit what is stored. Inside a transaction. */
export const fit = (
  db: DatabaseSync,
  declarations: ReadonlyArray<StorageAdapter.Declaration>,
  place: string
): ReadonlyMap<string, Layout> => {
  const known = new Map(
    db
      .prepare("select name, columns from aggregate")
      .all()
      .map((_) => [_["name"] as string, _["columns"] as string])
  )
  const layouts = new Map<string, Layout>()
  for (const declaration of declarations) {
    const stored = known.get(declaration.name)
    const columns = JSON.stringify(declaration.columns)
    if (stored === undefined) makeTable(db, declaration, columns)
    else if (stored !== columns) remakeTable(db, declaration, columns, place)
    const layout: Layout = {
      declaration,
      table: tableOf(declaration),
      columns: declaration.columns.map((_) => columnOf(_.name)),
      unique: numbersOf(db, declaration, declaration.unique, place),
      blind: numbersOf(db, declaration, declaration.blind, place),
      indexes: new Map(
        declaration.indexes.map((index) => [
          index.name,
          { name: quote(`i_${declaration.name}_${index.name}`), columns: index.columns.map(columnOf) }
        ])
      )
    }
    for (const { columns, name } of layout.indexes.values()) {
      db.exec(
        `create index if not exists ${name} on ${layout.table} (${[...columns, "id"].join(", ")}) ` +
          `where ${columns.map((column) => `${column} is not null`).join(" and ")}`
      )
    }
    layouts.set(declaration.name, layout)
  }
  return layouts
}

// --- private ---

/** The step from each version to the next; the first version has none before it. */
const migrations: Record<number, (db: DatabaseSync) => void> = {}

const quote = (name: string) => `"${name}"`
const tableOf = (declaration: StorageAdapter.Declaration) => quote(`row_${declaration.name}`)
const columnOf = (name: string) => quote(`o_${name}`)

const makeTable = (db: DatabaseSync, declaration: StorageAdapter.Declaration, columns: string) => {
  const ordered = declaration.columns.map(
    ({ kind, name }) => `, ${columnOf(name)} ${kind === "text" ? "text" : "integer"}`
  )
  db.exec(
    `create table ${tableOf(declaration)} (id blob primary key not null, version integer not null, ` +
      `body blob not null${ordered.join("")})`
  )
  db.prepare("insert into aggregate values (?, ?)").run(declaration.name, columns)
}

/** Other columns are possible only while there is no row whose columns would be missing. */
const remakeTable = (db: DatabaseSync, declaration: StorageAdapter.Declaration, columns: string, place: string) => {
  demandEmpty(db, declaration, place, "other ordered columns")
  db.exec(`drop table ${tableOf(declaration)}`)
  db.prepare("delete from aggregate where name = ?").run(declaration.name)
  makeTable(db, declaration, columns)
}

const numbersOf = (
  db: DatabaseSync,
  declaration: StorageAdapter.Declaration,
  names: ReadonlyArray<string>,
  place: string
): ReadonlyMap<string, number> => {
  const find = db.prepare("select no from key_name where aggregate = ? and name = ?")
  const add = db.prepare("insert into key_name (aggregate, name) values (?, ?)")
  return new Map(
    names.map((name) => {
      const found = find.get(declaration.name, name)
      if (found !== undefined) return [name, found["no"] as number]
      // rows that are there already would lack the key
      demandEmpty(db, declaration, place, `no key ${name}`)
      return [name, Number(add.run(declaration.name, name).lastInsertRowid)]
    })
  )
}

const demandEmpty = (db: DatabaseSync, declaration: StorageAdapter.Declaration, place: string, detail: string) => {
  if (db.prepare(`select 1 from ${tableOf(declaration)} limit 1`).get() !== undefined) {
    throw StorageError.of(new StorageError.Incompatible({ place, aggregate: declaration.name, detail }))
  }
}
