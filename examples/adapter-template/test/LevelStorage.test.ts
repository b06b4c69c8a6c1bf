/**
 * What the laws do not ask: a folder that is not ours, one process, and a register of `@kis/core` on top.
 */
import { assert, describe, it } from "@effect/vitest"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Aggregate, Storage, StorageAdapter, type StorageError } from "@kis/core/storage"
import * as OneCard from "@kis/testkit/one-card"
import { ClassicLevel } from "classic-level"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as LevelStorage from "../src/LevelStorage.ts"
import * as Places from "../src/Places.ts"
import * as Tested from "./Tested.ts"

const Person = Aggregate.make("person", {
  schema: Schema.Struct({ nik: Schema.String, due: Schema.Int }),
  unique: { nik: (person) => [person.nik] },
  ordered: { due: { number: (person) => person.due } },
  indexes: { due: ["due"] }
})

const register = (path: string) =>
  Storage.layer([Person]).pipe(
    Layer.provide(LevelStorage.layer({ path })),
    Layer.provide([Crypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(3))]),
    Layer.fresh
  )

const declaration = { ...Person.declaration, name: "thing" }

const open = (path: string, declarations: ReadonlyArray<StorageAdapter.Declaration> = [declaration]) =>
  Effect.flatMap(StorageAdapter.StorageAdapter, (adapter) => adapter.open(declarations)).pipe(
    Effect.provide(LevelStorage.layer({ path }))
  )

const demandReason = <A, R>(
  opening: Effect.Effect<A, StorageError.StorageError, R>,
  tag: StorageError.Reason["_tag"],
  ...words: ReadonlyArray<string>
) =>
  Effect.map(Effect.flip(Effect.scoped(opening)), (error) => {
    assert.strictEqual(error.reason._tag, tag)
    for (const word of words) assert.include(error.message, word)
  })

describe("opening", () => {
  it.effect("makes a folder that only its owner may enter", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      yield* Effect.scoped(open(path))
      assert.strictEqual(statSync(path).mode & 0o777, 0o700)
    })
  )

  it.effect("a place that is open is not opened again, and is when it was closed", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      yield* Effect.scoped(
        Effect.andThen(open(path), demandReason(open(path), "Unavailable", "another process holds it"))
      )
      yield* open(path)
    })
  )

  it.effect("a file in place of a folder, and a folder of other files, are left as they are", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      mkdirSync(path)
      writeFileSync(join(path, "households.csv"), "nik")
      yield* demandReason(open(path), "NotADatabase", "other files")
      yield* demandReason(open(join(path, "households.csv")), "CannotOpen", "no folder")
      assert.deepStrictEqual(readdirSync(path), ["households.csv"])
    })
  )

  it.effect("a database of another program, and one of a newer program, are refused", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      const put = (key: string, value: number) =>
        Effect.promise(async () => {
          const db = new ClassicLevel<string, number>(path, { valueEncoding: "json" })
          await db.put(key, value)
          await db.close()
        })
      yield* put("other", 1)
      yield* demandReason(open(path), "NotADatabase", "another program made it")
      yield* put(Places.FORMAT, 99)
      yield* demandReason(open(path), "NewerSchema", "99")
    })
  )

  it.effect("rows that would lack a key or a place in an index are Incompatible", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      const wider = { ...Person.declaration, unique: ["nik", "card"] }
      // nothing is stored yet, so a new shape is fine
      yield* Effect.scoped(open(path, [wider]))
      yield* Effect.provide(
        Storage.Storage.use((storage) => storage.transaction(storage.insert(Person, { nik: "99", due: 1 }))),
        register(path)
      )
      yield* demandReason(open(path, [wider]), "Incompatible", "person")
    })
  )
})

describe("a register on it", () => {
  it.effect("of 1,000 who register one NIK at once exactly one does, and is there afterwards", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      const answers = yield* Effect.provide(
        Effect.gen(function* () {
          const storage = yield* Storage.Storage
          const attempt = storage.transaction(storage.insert(Person, { nik: "99", due: 1 }))
          return yield* Effect.all(
            Array.from({ length: 1_000 }, () => Effect.result(attempt)),
            { concurrency: "unbounded" }
          )
        }),
        register(path)
      )
      const failures = answers.flatMap((answer) => (answer._tag === "Failure" ? [answer.failure._tag] : []))
      assert.deepStrictEqual([failures.length, new Set(failures)], [999, new Set(["UniqueViolation"])])
      const found = yield* Effect.provide(
        Storage.Storage.use((storage) => storage.findBy(Person, "nik", "99")),
        register(path)
      )
      assert.isTrue(Option.isSome(found))
    })
  )

  it.live("a person whom 1,000 register has one card and one welcome, and only who may know is told", () =>
    Effect.gen(function* () {
      const path = yield* Tested.folder
      const register = OneCard.layer(Layer.merge(LevelStorage.layer({ path }), Crypto.layer))
      const all = OneCard.contenders(1_000)
      const answers = yield* Effect.provide(OneCard.rush(all), register)
      // opened again: what is on the disk
      const report = yield* Effect.provide(OneCard.verify(all, answers), register)
      assert.deepStrictEqual(report.findings, [])
      assert.isAbove(report.neutral, 300)
    })
  )
})
