/**
 * What stands in the way of opening or writing: each a typed reason with one clear sentence, and
 * nothing half written.
 */
import { assert, describe, it } from "@effect/vitest"
import { type Id, StorageAdapter, type StorageError } from "@kis/core/storage"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import * as PostgresStorage from "../src/PostgresStorage.ts"
import * as Place from "./Place.ts"

const thing: StorageAdapter.Declaration = {
  name: "thing",
  unique: ["key"],
  blind: [],
  columns: [{ name: "due", kind: "number" }],
  indexes: [{ name: "due", columns: ["due"] }]
}

const open = (url: Redacted.Redacted, declarations = [thing], options: Partial<PostgresStorage.Options> = {}) =>
  Effect.flatMap(StorageAdapter.StorageAdapter, (adapter) => adapter.open(declarations)).pipe(
    Effect.provide(PostgresStorage.layer({ url, ...options }))
  )

const id = (n: number) => `018f0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}` as Id.Id

const insert = (n: number): StorageAdapter.Insert => ({
  _tag: "Insert",
  aggregate: "thing",
  id: id(n),
  version: 1,
  body: new Uint8Array(100).fill(n),
  columns: [n],
  takes: [{ name: "key", bytes: Uint8Array.from({ length: 16 }, (_, i) => (n >> (8 * (i % 2))) & 0xff) }],
  marks: []
})

const batch = (n: number, ...items: ReadonlyArray<StorageAdapter.Item>): StorageAdapter.Batch => ({
  id: id(1_000_000 + n),
  items
})

const committed: StorageAdapter.Outcome = { _tag: "Committed" }

const all = { index: "id", equals: [] }

const demandReason = <A, R>(
  effect: Effect.Effect<A, StorageError.StorageError, R>,
  tag: StorageError.Reason["_tag"],
  ...words: ReadonlyArray<string>
) =>
  Effect.map(Effect.flip(effect), (error) => {
    assert.strictEqual(error.reason._tag, tag)
    for (const word of words) assert.include(error.message, word)
    assert.notInclude(error.message, "\n")
    return error
  })

const changed = (url: Redacted.Redacted, change: (url: URL) => void) => {
  const parsed = new URL(Redacted.value(url))
  change(parsed)
  return Redacted.make(parsed.href)
}

describe.skipIf(Place.isSkipped)(`opening: ${Place.onPostgres}`, () => {
  it.effect("a server that is not there may be there later", () =>
    Effect.gen(function* () {
      const url = Redacted.make("postgres://kis:s3cret@127.0.0.1:1/register")
      const error = yield* demandReason(open(url), "Unavailable", "127.0.0.1:1/register")
      assert.isTrue(error.isRetryable)
      assert.notInclude(error.message, "s3cret")
    })
  )

  it.effect("a database that is not there, and a wrong password", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const elsewhere = changed(url, (_) => (_.pathname = "/nowhere"))
      yield* demandReason(open(elsewhere), "CannotOpen", "/nowhere", "no such database")
      const wrong = changed(url, (_) => (_.password = "s3cret"))
      const error = yield* demandReason(open(wrong), "CannotOpen", "password is refused")
      assert.notInclude(error.message, "s3cret")
    })
  )

  it.effect("a schema of another program is refused and stays as it is", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      yield* Place.ask(url, "create schema kis")
      yield* Place.ask(url, "create table kis.other (a int)")
      yield* demandReason(open(url), "NotADatabase", "another program made its schema kis")
      assert.deepStrictEqual(
        yield* Place.ask(url, "select relname::text from pg_class where relnamespace = 'kis'::regnamespace"),
        [["other"]]
      )
      // beside it there is room
      yield* Effect.scoped(open(url, [thing], { schema: "kis of ours" }))
    })
  )

  it.effect("a newer schema version is refused by number", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      yield* Effect.scoped(open(url))
      yield* Place.ask(url, "update kis.register set version = 99")
      yield* demandReason(open(url), "NewerSchema", "99", `${PostgresStorage.schemaVersion}`)
    })
  )

  it.effect("rows that would lack a key or a column are Incompatible", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const other = { ...thing, unique: ["key", "other"] }
      const wider: StorageAdapter.Declaration = {
        ...thing,
        columns: [...thing.columns, { name: "lane", kind: "text" }]
      }
      yield* Effect.scoped(open(url))
      // nothing is stored yet, so a new shape is fine
      yield* Effect.scoped(open(url, [wider]))
      yield* Effect.scoped(open(url))
      yield* Effect.scoped(Effect.flatMap(open(url), (store) => store.commit(batch(1, insert(1)))))
      yield* demandReason(open(url, [other]), "Incompatible", "thing", "other")
      yield* demandReason(open(url, [wider]), "Incompatible", "thing")
      const store = yield* open(url)
      assert.isTrue(Option.isSome(yield* store.get("thing", id(1))))
    })
  )

  it.effect("a server that may lose what it acknowledged", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const database = new URL(Redacted.value(url)).pathname.slice(1)
      yield* Place.ask(url, `alter database ${database} set synchronous_commit = off`)
      yield* demandReason(open(url), "NotDurable", "synchronous_commit is off")
      assert.deepStrictEqual(yield* Place.ask(url, "select 1 from pg_namespace where nspname = 'kis'"), [])
      const careless = yield* PostgresServer.start({ settings: { fsync: "off" } })
      yield* demandReason(open(Redacted.make(careless.url())), "NotDurable", "fsync is off")
    })
  )

  it.effect("who may not make the tables may use those that are there", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      yield* Place.ask(url, "create role clerk login password 'clerk'")
      yield* Effect.addFinalizer(() =>
        Effect.orDie(Effect.andThen(Place.ask(url, "drop owned by clerk"), Place.ask(url, "drop role clerk")))
      )
      const clerk = changed(url, (_) => {
        _.username = "clerk"
        _.password = "clerk"
      })
      yield* demandReason(open(clerk), "ReadOnly")
      yield* Effect.scoped(open(url))
      yield* Place.ask(url, "grant usage on schema kis to clerk")
      yield* Place.ask(url, "grant select on all tables in schema kis to clerk")
      yield* Effect.scoped(
        Effect.gen(function* () {
          const store = yield* open(clerk)
          assert.isTrue(Option.isNone(yield* store.get("thing", id(1))))
          yield* demandReason(store.commit(batch(1, insert(1))), "ReadOnly")
          yield* Place.ask(url, "grant insert, update, delete on all tables in schema kis to clerk")
          assert.deepStrictEqual(yield* store.commit(batch(1, insert(1))), committed)
        })
      )
    })
  )

  it.effect("programs of other declarations work side by side", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const one = yield* open(url)
      const other = yield* open(url, [{ ...thing, name: "other" }, thing])
      assert.deepStrictEqual(yield* one.commit(batch(1, insert(1))), committed)
      assert.deepStrictEqual(yield* other.commit(batch(2, insert(2), { ...insert(1), aggregate: "other" })), committed)
      assert.strictEqual(yield* one.countBy("thing", all), 2)
    })
  )

  it.effect("a split register stays split as it was made", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const parts = Place.ask(url, "select count(*)::int from pg_inherits where inhparent = 'kis.row_thing'::regclass")
      yield* Effect.scoped(open(url, [thing], { partitions: 4 }))
      yield* Effect.scoped(open(url, [{ ...thing, columns: [], indexes: [] }]))
      assert.deepStrictEqual(yield* parts, [[4]])
    })
  )

  it.effect("without prepared statements", () =>
    Effect.gen(function* () {
      const store = yield* open(yield* Place.database, [thing], { prepare: false })
      assert.deepStrictEqual(yield* store.commit(batch(1, insert(1))), committed)
      assert.isTrue(Option.isSome(yield* store.get("thing", id(1))))
    })
  )
})

describe.skipIf(Place.isSkipped)(`writing: ${Place.onPostgres}`, () => {
  /** From now on inserting a thing fails with this code, as often as said. */
  const fail = (url: Redacted.Redacted, code: string, times: number) =>
    Effect.gen(function* () {
      yield* Place.ask(url, "create sequence if not exists failures")
      yield* Place.ask(
        url,
        `create or replace function fail() returns trigger language plpgsql as $$ begin
           if nextval('failures') <= ${times} then raise exception using errcode = '${code}'; end if;
           return new;
         end $$`
      )
      yield* Place.ask(
        url,
        "create or replace trigger fail before insert on kis.row_thing for each row execute function fail()"
      )
    })

  it.effect("a full disk is Full and leaves nothing", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const store = yield* open(url)
      yield* fail(url, "53100", 1)
      yield* demandReason(store.commit(batch(1, insert(1), insert(2))), "Full", "Make room")
      assert.strictEqual(yield* store.countBy("thing", all), 0)
      assert.deepStrictEqual(yield* Place.ask(url, "select id from kis.batch"), [])
      assert.deepStrictEqual(yield* store.commit(batch(1, insert(1), insert(2))), committed)
    })
  )

  it.effect("a deadlock that the server reports does not reach the caller", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const store = yield* open(url)
      yield* fail(url, "40P01", 3)
      assert.deepStrictEqual(yield* store.commit(batch(1, insert(1))), committed)
      assert.strictEqual(yield* store.countBy("thing", all), 1)
    })
  )

  it.effect("connections that are cut in the middle lose nothing and double nothing", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const store = yield* open(url)
      const database = new URL(Redacted.value(url)).pathname.slice(1)
      const numbers = Array.from({ length: 300 }, (_, n) => n)
      const writing = { on: true }
      const send = (n: number) =>
        store.commit(batch(n, insert(n))).pipe(
          Effect.retry({ while: (error) => error.isRetryable }),
          Effect.map((outcome) => assert.deepStrictEqual(outcome, committed))
        )
      const cutting = Effect.gen(function* () {
        while (writing.on) {
          yield* Place.ask(
            url,
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`
          )
        }
      })
      yield* Effect.all(
        [
          Effect.tap(Effect.forEach(numbers, send, { concurrency: 8 }), () => Effect.sync(() => (writing.on = false))),
          cutting
        ],
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(yield* Place.ask(url, "select count(*)::int, sum(version)::int from kis.row_thing"), [
        [300, 300]
      ])
    })
  )

  it.effect("a batch is remembered for a day and then forgotten", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const store = yield* open(url)
      for (const n of [1, 2, 3]) yield* store.commit(batch(n, insert(n)))
      yield* TestClock.adjust("23 hours")
      yield* store.commit(batch(4, insert(4)))
      assert.deepStrictEqual(yield* Place.ask(url, "select count(*)::int from kis.batch"), [[4]])
      yield* TestClock.adjust("2 hours")
      yield* store.commit(batch(5, insert(5)))
      assert.deepStrictEqual(yield* Place.ask(url, "select count(*)::int from kis.batch"), [[2]])
    })
  )

  it.effect("a closed store answers nothing, and the server has no connection of it", () =>
    Effect.gen(function* () {
      const url = yield* Place.database
      const store = yield* Effect.scoped(Effect.tap(open(url), (store) => store.commit(batch(1, insert(1)))))
      yield* demandReason(store.get("thing", id(1)), "Unavailable", "closed")
      const database = new URL(Redacted.value(url)).pathname.slice(1)
      const left = Place.ask(
        url,
        `select count(*)::int from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`
      )
      // the server notices the end of a connection a moment later
      let found = yield* left
      for (let i = 0; i < 200 && found[0]![0] !== 0; i++) found = yield* left
      assert.deepStrictEqual(found, [[0]])
    })
  )
})
