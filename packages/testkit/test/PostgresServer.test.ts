/**
 * The server of the tests: one a run, a database a test, gone with its scope, back after a crash.
 */
import { PgConnection } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { existsSync, statSync } from "node:fs"
import { dirname } from "node:path"
import * as PostgresServer from "../src/PostgresServer.ts"

const ask = (url: string, sql: string) =>
  Effect.scoped(
    Effect.flatMap(PgConnection.make({ url: Redacted.make(url) }), (connection) => connection.queryValues(sql))
  )

const isThere = (url: string) =>
  Effect.gen(function* () {
    const server = yield* PostgresServer.shared
    const name = new URL(url).pathname.slice(1)
    const found = yield* ask(server.url(), `select 1 from pg_database where datname = '${name}'`)
    return found.length > 0
  })

const reason = PostgresServer.missing()

describe.skipIf(reason !== undefined)(
  `a PostgreSQL server for tests${reason === undefined ? "" : `: ${reason}`}`,
  () => {
    it.live("is one for the whole run, durable, and orders text as a language does", () =>
      Effect.gen(function* () {
        const [one, other] = yield* Effect.all([PostgresServer.shared, PostgresServer.shared], { concurrency: 2 })
        assert.strictEqual(one.url(), other.url())
        const url = one.url()
        assert.deepStrictEqual(
          yield* ask(url, "select current_setting('fsync'), current_setting('synchronous_commit')"),
          [["on", "on"]]
        )
        assert.deepStrictEqual(yield* ask(url, "select 'a'::text < 'B'::text"), [[true]])
      })
    )

    it.live("gives each test a database of its own, which goes with its scope", () =>
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const [one, other] = yield* Scope.provide(Effect.all([PostgresServer.database, PostgresServer.database]), scope)
        assert.isTrue(yield* isThere(one))
        yield* ask(one, "create table mine (a int)")
        assert.deepStrictEqual(yield* ask(other, "select to_regclass('mine') is null"), [[true]])
        yield* Scope.close(scope, Exit.void)
        assert.isFalse(yield* isThere(one))
      })
    )

    it.live("starts again after a crash, and is gone with its scope", () =>
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const server = yield* Scope.provide(PostgresServer.start({ settings: { work_mem: "5MB" } }), scope)
        assert.deepStrictEqual(yield* ask(server.url(), "show work_mem"), [["5MB"]])
        yield* ask(server.url(), "create table mine as select 7 as a")
        yield* server.crash
        assert.deepStrictEqual(yield* ask(server.url(), "select a from mine"), [[7]])
        if (process.getuid?.() === 0) assert.notStrictEqual(statSync(server.data).uid, 0)
        yield* Scope.close(scope, Exit.void)
        assert.isFalse(existsSync(dirname(server.data)))
      })
    )

    it.live("also serves who does not use Effect", () =>
      Effect.gen(function* () {
        const made = yield* Effect.promise(() => PostgresServer.makeDatabase())
        assert.deepStrictEqual(yield* ask(made.url, "select 1"), [[1]])
        yield* Effect.promise(() => made.drop())
        assert.isFalse(yield* isThere(made.url))
      })
    )

    it.live("says what is in the way", () =>
      Effect.gen(function* () {
        const failure = yield* Effect.flip(Effect.scoped(PostgresServer.start({ settings: { no_such_setting: "1" } })))
        assert.include(failure.message, "no_such_setting")
      })
    )
  }
)
