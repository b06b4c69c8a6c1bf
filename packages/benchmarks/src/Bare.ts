/**
 * What somebody would write by hand: prepared statements in one transaction, with the same rows,
 * seals, keys and chained lines as the port writes, and without its checks.
 */
import { BlindIndex, type Crypto, type KeyRing, Sealing } from "@kis/core/privacy"
import { type Aggregate, Chain, Id, type StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { DatabaseSync } from "node:sqlite"
import * as Register from "./Register.ts"

// --- making ---

/** Imports that many people, so many a commit. */
export type Write = (people: number, each: number) => void

export const open = (
  path: string,
  crypto: Crypto.Crypto["Service"],
  ring: KeyRing.KeyRing["Service"]
): Effect.Effect<Write, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => new DatabaseSync(path)),
      (db) => Effect.sync(() => db.close())
    ),
    (db) => writer(db, crypto, ring)
  )

// --- private ---

const encoder = new TextEncoder()

const writer = (db: DatabaseSync, crypto: Crypto.Crypto["Service"], ring: KeyRing.KeyRing["Service"]): Write => {
  const sealing = Sealing.make(crypto, ring)
  const blind = BlindIndex.make(crypto, ring)
  const link = Chain.make(crypto, ring)
  const ids = Id.makeIds(crypto)
  db.exec(`
    pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -131072; pragma wal_autocheckpoint = 16000;
    create table key_unique (name integer, bytes blob, id blob, primary key (name, bytes)) without rowid;
    create table key_blind (name integer, bytes blob, id blob, primary key (name, bytes, id)) without rowid;
    create table log_head (subject blob primary key, sequence integer, mac blob) without rowid;
    create table log (subject blob, sequence integer, mac blob, body blob, primary key (subject, sequence)) without rowid;
  `)
  const take = db.prepare("insert into key_unique values (?, ?, ?)")
  const mark = db.prepare("insert into key_blind values (?, ?, ?)")
  const head = db.prepare("insert into log_head values (?, ?, ?)")
  const line = db.prepare("insert into log values (?, ?, ?, ?)")
  let names = 0

  const into = <A>(aggregate: Aggregate.Of<A>) => {
    const { columns, indexes } = aggregate.declaration
    const table = `"row_${aggregate.name}"`
    db.exec(
      `create table ${table} (id blob primary key, version integer, body blob${columns.map((_) => `, "${_.name}"`).join("")})`
    )
    for (const { columns, name } of indexes) {
      db.exec(`create index "i_${aggregate.name}_${name}" on ${table} (${columns.map((_) => `"${_}"`).join(", ")}, id)`)
    }
    const insert = db.prepare(`insert into ${table} values (?, 1, ?${", ?".repeat(columns.length)})`)
    const numbers = new Map([...aggregate.uniqueKeys, ...aggregate.blindKeys].map((_) => [_, ++names]))
    return (value: A): string => {
      const id = ids.at(Date.now())
      const bytes = bytesOf(id)
      const body = sealing.sealBody({ aggregate: aggregate.name, id, version: 1 }, aggregate.encode(value))
      insert.run(bytes, body, ...aggregate.columnsOf(value).map((_) => _ ?? null))
      for (const [statement, declared] of [
        [take, aggregate.uniqueKeys],
        [mark, aggregate.blindKeys]
      ] as const) {
        for (const key of declared) {
          for (const text of key.of(value)) statement.run(numbers.get(key)!, blind.key(key.indexName, text), bytes)
        }
      }
      return id
    }
  }

  const participants = into(Register.Participant)
  const memberships = into(Register.Membership)
  const registrations = into(Register.Registration)
  const clocks = into(Register.Clock)
  const messages = into(Register.Message)

  const writeOne = (no: number) => {
    const one = Register.person(no)
    const id = participants(one.participant)
    memberships(one.membership(id))
    clocks(one.clock(registrations(one.registration(id))))
    messages(one.message)
    const subject = bytesOf(id)
    let last: StorageAdapter.Line | undefined
    for (const action of ["register", "issue-card"]) {
      const body = encoder.encode(JSON.stringify({ at: 0, actor: "officer:417", action, refs: [id] }))
      last = link(id as Id.Id, last, body)
      line.run(subject, last.sequence, last.mac, body)
    }
    head.run(subject, last!.sequence, last!.mac)
  }

  return (people, each) => {
    for (let first = 0; first < people; first += each) {
      db.exec("begin immediate")
      for (let no = first; no < Math.min(people, first + each); no++) writeOne(no)
      db.exec("commit")
    }
  }
}

const bytesOf = (id: string): Uint8Array => Uint8Array.from(Buffer.from(id.replaceAll("-", ""), "hex"))
