/**
 * What stands in the way of opening or writing: each a typed reason with one clear sentence, and
 * nothing half written.
 */
import { assert, describe, it } from "@effect/vitest"
import { type Id, StorageAdapter, type StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as SqliteStorage from "../src/SqliteStorage.ts"
import * as Place from "./Place.ts"

const thing: StorageAdapter.Declaration = {
  name: "thing",
  unique: ["key"],
  blind: [],
  columns: [{ name: "due", kind: "number" }],
  indexes: [{ name: "due", columns: ["due"] }]
}

const open = (options: SqliteStorage.Options, declarations = [thing]) =>
  Effect.flatMap(StorageAdapter.StorageAdapter, (adapter) => adapter.open(declarations)).pipe(
    Effect.provide(SqliteStorage.layer({ patience: 100, ...options }))
  )

const id = (n: number) => `018f0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}` as Id.Id

const insert = (n: number, bytes = 100): StorageAdapter.Insert => ({
  _tag: "Insert",
  aggregate: "thing",
  id: id(n),
  version: 1,
  body: new Uint8Array(bytes).fill(n),
  columns: [n],
  takes: [{ name: "key", bytes: new Uint8Array(16).fill(n) }],
  marks: []
})

const batch = (n: number, ...items: ReadonlyArray<StorageAdapter.Item>): StorageAdapter.Batch => ({
  id: id(1_000_000 + n),
  items
})

const demandReason = <A, R>(
  effect: Effect.Effect<A, StorageError.StorageError, R>,
  tag: StorageError.Reason["_tag"],
  ...words: ReadonlyArray<string>
) =>
  Effect.map(Effect.flip(effect), (error) => {
    assert.strictEqual(error.reason._tag, tag)
    for (const word of words) assert.include(error.message, word)
    assert.notInclude(error.message, "\n")
  })

describe("opening", () => {
  it.effect("makes a database that only its owner may read", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      yield* Effect.scoped(open({ path }))
      assert.strictEqual(statSync(path).mode & 0o777, 0o600)
      assert.deepStrictEqual(readdirSync(join(path, "..")), ["register.db"])
      const db = new DatabaseSync(path)
      assert.deepStrictEqual(Object.values(db.prepare("pragma journal_mode").get()!), ["wal"])
      db.close()
    })
  )

  it.effect("an empty file is refused and stays empty", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      writeFileSync(path, "")
      yield* demandReason(open({ path }), "NotADatabase", path, "the file is empty")
      assert.strictEqual(statSync(path).size, 0)
    })
  )

  it.effect("a file of another kind is refused and stays as it is", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      const text = "nik,name\n".repeat(1_000)
      writeFileSync(path, text)
      yield* demandReason(open({ path }), "NotADatabase", path)
      assert.strictEqual(readFileSync(path, "utf8"), text)
      assert.deepStrictEqual(readdirSync(join(path, "..")), ["register.db"])
    })
  )

  it.effect("a database of another program is refused and stays as it is", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      const db = new DatabaseSync(path)
      db.exec("create table other (a)")
      db.close()
      const before = readFileSync(path)
      yield* demandReason(open({ path }), "NotADatabase", "another program made it")
      assert.deepStrictEqual(readFileSync(path), before)
    })
  )

  it.effect("a newer schema version is refused by number and stays as it is", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      yield* Effect.scoped(open({ path }))
      const db = new DatabaseSync(path)
      db.exec("pragma user_version = 99")
      db.close()
      const before = readFileSync(path)
      yield* demandReason(open({ path }), "NewerSchema", "99", `${SqliteStorage.schemaVersion}`)
      assert.deepStrictEqual(readFileSync(path), before)
    })
  )

  it.effect("a folder that is not there, and a folder in place of a file", () =>
    Effect.gen(function* () {
      const folder = yield* Place.folder
      yield* demandReason(open({ path: join(folder, "no", "register.db") }), "CannotOpen", "no such folder")
      mkdirSync(join(folder, "register.db"))
      yield* demandReason(open({ path: join(folder, "register.db") }), "CannotOpen", "it is a folder")
    })
  )

  it.effect("a damaged file is found when it is read", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      yield* Effect.scoped(
        Effect.flatMap(open({ path }), (store) =>
          store.commit(batch(1, ...Array.from({ length: 200 }, (_, n) => insert(n, 500))))
        )
      )
      const bytes = readFileSync(path)
      bytes.fill(0xaa, 8_192, bytes.length)
      writeFileSync(path, bytes)
      yield* demandReason(
        Effect.flatMap(open({ path }), (store) => store.scan("thing", { index: "id", equals: [] }, { limit: 500 })),
        "Corrupt",
        path
      )
    })
  )

  it.effect("rows that would lack a key or a column are Incompatible", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      const other = { ...thing, unique: ["key", "other"] }
      const wider: StorageAdapter.Declaration = {
        ...thing,
        columns: [...thing.columns, { name: "lane", kind: "text" }]
      }
      yield* Effect.scoped(open({ path }))
      // nothing is stored yet, so a new shape is fine
      yield* Effect.scoped(open({ path }, [wider]))
      yield* Effect.scoped(open({ path }, [thing]))
      yield* Effect.scoped(Effect.flatMap(open({ path }), (store) => store.commit(batch(1, insert(1)))))
      yield* demandReason(open({ path }, [other]), "Incompatible", "thing", "other")
      yield* demandReason(open({ path }, [wider]), "Incompatible", "thing")
      const store = yield* open({ path })
      assert.isTrue(Option.isSome(yield* store.get("thing", id(1))))
    })
  )
})

describe("the rights of an unprivileged user", () => {
  const attempt = (path: string) => {
    const child = new URL("./children/open.ts", import.meta.url).pathname
    // root may write anywhere: the attempt is made by somebody who may not
    const as = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const { status, stderr, stdout } = spawnSync(process.execPath, [child, path], { encoding: "utf8", ...as })
    return status === 0 ? stdout.trim() : `exit ${status}: ${stderr}`
  }

  it.effect("a folder that may not be written to", () =>
    Effect.gen(function* () {
      const folder = yield* Place.folder
      chmodSync(folder, 0o555)
      assert.strictEqual(attempt(join(folder, "register.db")), "ReadOnly")
      assert.deepStrictEqual(readdirSync(folder), [])
    })
  )

  it.effect("a database that may not be written to", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      yield* Effect.scoped(open({ path }))
      chmodSync(path, 0o444)
      chmodSync(join(path, ".."), 0o555)
      assert.strictEqual(attempt(path), "ReadOnly")
      chmodSync(join(path, ".."), 0o777)
      assert.strictEqual(attempt(path), "ReadOnly")
    })
  )
})

describe("a full disk", () => {
  it.effect("is Full, keeps what was acknowledged and nothing of what was not", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      const store = yield* open({ path, maxPages: 60 })
      let written = 0
      const failure = yield* Effect.flip(
        Effect.forever(
          Effect.gen(function* () {
            yield* store.commit(batch(written, insert(2 * written, 3_000), insert(2 * written + 1, 3_000)))
            written++
          })
        )
      )
      assert.strictEqual(failure.reason._tag, "Full")
      assert.include(failure.message, "Make room")
      assert.isAbove(written, 5)
      // the store goes on answering, and is whole when it is opened again
      assert.strictEqual(yield* store.countBy("thing", { index: "id", equals: [] }), 2 * written)
      const again = yield* open({ path })
      assert.strictEqual(yield* again.countBy("thing", { index: "id", equals: [] }), 2 * written)
      assert.deepStrictEqual(yield* again.commit(batch(written, insert(2 * written), insert(2 * written + 1))), {
        _tag: "Committed"
      })
    })
  )
})

describe("another process that holds the lock", () => {
  it.effect("is waited for without stopping the event loop, and then Unavailable", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      const store = yield* open({ path })
      const other = new DatabaseSync(path)
      other.exec("begin immediate")
      let turns = 0
      // by the event loop itself: a clock of the test would not notice that it stands still
      const turning = yield* Effect.forkChild(
        Effect.forever(
          Effect.andThen(
            Effect.promise(() => new Promise<void>(setImmediate)),
            Effect.sync(() => turns++)
          )
        )
      )
      const failure = yield* Effect.flip(store.commit(batch(1, insert(1))))
      yield* Fiber.interrupt(turning)
      assert.strictEqual(failure.reason._tag, "Unavailable")
      assert.isTrue(failure.isRetryable)
      assert.isAbove(turns, 3)
      // reading goes on meanwhile
      assert.isTrue(Option.isNone(yield* store.get("thing", id(1))))
      other.exec("rollback")
      other.close()
      assert.deepStrictEqual(yield* store.commit(batch(1, insert(1))), { _tag: "Committed" })
      assert.isTrue(existsSync(path))
    })
  )
})
