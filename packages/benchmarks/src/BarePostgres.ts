/**
 * What somebody would write by hand on PostgreSQL: one statement of data-modifying CTEs, with the same
 * rows, seals, keys and chained lines as the port writes, and without its checks.
 */
import { PgPool, PgTypes } from "@effect/sql-pg"
import { BlindIndex, type Crypto, type KeyRing, Sealing } from "@kis/core/privacy"
import { type Aggregate, Chain, Id, type StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import type { SqlError } from "effect/sql/SqlError"
import * as Register from "./Register.ts"

// --- making ---

/** Imports that many people, so many a commit and so many commits at a time. */
export type Write = (people: number, each: number, concurrency: number) => Effect.Effect<void, SqlError>

export const open = Effect.fnUntraced(function* (
  url: Redacted.Redacted,
  crypto: Crypto.Crypto["Service"],
  ring: KeyRing.KeyRing["Service"]
): Effect.fn.Return<Write, SqlError, Scope.Scope> {
  const pool = yield* PgPool.make({ url })
  const run = (sql: string, parameters: ReadonlyArray<unknown> = []) =>
    pool.use((connection) => connection.queryValues(sql, parameters))
  for (const statement of tables) yield* run(statement)
  const values = maker(crypto, ring)
  const sql = statement()
  return (people, each, concurrency) => {
    const firsts = Array.from({ length: Math.ceil(people / each) }, (_, i) => i * each)
    return Effect.forEach(
      firsts,
      (first) => Effect.suspend(() => run(sql, values(first, Math.min(people, first + each)))),
      { concurrency, discard: true }
    )
  }
})

// --- tables ---

const schemaOf = ({ columns, indexes, name }: StorageAdapter.Declaration) => {
  const kinds = columns.map((_) => `"${_.name}" ${_.kind === "text" ? 'text collate "C"' : "bigint"}`)
  return [
    `create table row_${name} (${["id uuid primary key", "version int not null", "body bytea not null", ...kinds].join(", ")})`,
    ...indexes.map(
      (index) =>
        `create index i_${name}_${index.name} on row_${name} (${index.columns.map((_) => `"${_}"`).join(", ")}, id)`
    )
  ]
}

const declarations = Register.aggregates.map((_) => _.declaration)

const tables = [
  ...declarations.flatMap(schemaOf),
  "create table key_unique (name smallint, bytes bytea, id uuid not null, primary key (name, bytes))",
  "create table key_blind (name smallint, bytes bytea, id uuid, primary key (name, bytes, id))",
  "create table log_head (subject uuid primary key, sequence int not null, mac bytea not null)",
  "create table log (subject uuid, sequence int, mac bytea not null, body bytea not null, primary key (subject, sequence))"
]

/** The tables in the order of the statement, each with the types of its columns. */
const targets: ReadonlyArray<
  readonly [table: string, types: ReadonlyArray<"uuid" | "int" | "bytea" | "text" | "bigint" | "smallint">]
> = [
  ...declarations.map((declaration) => {
    const kinds = declaration.columns.map((_) => (_.kind === "text" ? "text" : "bigint"))
    return [`row_${declaration.name}`, ["uuid", "int", "bytea", ...kinds]] as const
  }),
  ["key_unique", ["smallint", "bytea", "uuid"]],
  ["key_blind", ["smallint", "bytea", "uuid"]],
  ["log_head", ["uuid", "int", "bytea"]],
  ["log", ["uuid", "int", "bytea", "bytea"]]
]

const statement = (): string => {
  let next = 0
  const inserts = targets.map(([table, types], i) => {
    const arrays = types.map((type) => `$${++next}::${type}[]`)
    return `i${i} as (insert into ${table} select * from unnest(${arrays.join(", ")}))`
  })
  return `with ${inserts.join(", ")} select 1`
}

// --- values ---

const OIDS = {
  uuid: PgTypes.OID.uuid,
  int: PgTypes.OID.int4,
  bytea: PgTypes.OID.bytea,
  text: PgTypes.OID.text,
  bigint: PgTypes.OID.int8,
  smallint: PgTypes.OID.int2
}

const encoder = new TextEncoder()

const maker = (crypto: Crypto.Crypto["Service"], ring: KeyRing.KeyRing["Service"]) => {
  const sealing = Sealing.make(crypto, ring)
  const blind = BlindIndex.make(crypto, ring)
  const link = Chain.make(crypto, ring)
  const ids = Id.makeIds(crypto)
  const numbers = new Map(
    Register.aggregates
      .flatMap((_) => [..._.uniqueKeys, ..._.blindKeys])
      .map((key, i) => [key.indexName, i + 1] as const)
  )

  return (from: number, to: number): ReadonlyArray<unknown> => {
    const rows = targets.map(([, types]) => types.map((): Array<unknown> => []))
    const into = (table: string, ...values: ReadonlyArray<unknown>) => {
      const arrays = rows[targets.findIndex(([name]) => name === table)]!
      for (const [i, value] of values.entries()) arrays[i]!.push(value)
    }
    const insert = <A>(aggregate: Aggregate.Of<A>, value: A): string => {
      const id = ids.at(Date.now())
      const body = sealing.sealBody({ aggregate: aggregate.name, id, version: 1 }, aggregate.encode(value))
      const columns = aggregate.columnsOf(value).map((_) => (typeof _ === "number" ? BigInt(_) : (_ ?? null)))
      into(`row_${aggregate.name}`, id, 1, body, ...columns)
      for (const [table, declared] of [
        ["key_unique", aggregate.uniqueKeys],
        ["key_blind", aggregate.blindKeys]
      ] as const) {
        for (const key of declared) {
          for (const text of key.of(value)) into(table, numbers.get(key.indexName)!, blind.key(key.indexName, text), id)
        }
      }
      return id
    }
    for (let no = from; no < to; no++) {
      const one = Register.person(no)
      const id = insert(Register.Participant, one.participant)
      insert(Register.Membership, one.membership(id))
      insert(Register.Clock, one.clock(insert(Register.Registration, one.registration(id))))
      insert(Register.Message, one.message)
      let last: StorageAdapter.Line | undefined
      for (const action of ["register", "issue-card"]) {
        const body = encoder.encode(JSON.stringify({ at: 0, actor: "officer:417", action, refs: [id] }))
        last = link(id as Id.Id, last, body)
        into("log", id, last.sequence, last.mac, body)
      }
      into("log_head", id, last!.sequence, last!.mac)
    }
    return targets.flatMap(([, types], t) =>
      types.map((type, i) => Result.getOrThrow(PgTypes.array(rows[t]![i]!, OIDS[type])))
    )
  }
}
