/**
 * Laws of `commit` over rows: preconditions, all or nothing, batches that are sent again.
 */
import { assert } from "@effect/vitest"
import type { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as Witness from "../StorageWitness.ts"
import * as Fixture from "./storageFixture.ts"
import { demandFacts, law, type StorageLaw } from "./storageLaw.ts"

const { append, batch, demandCommitted, demandOutcome, demandRefused, expect, id, insert, remove, update } = Fixture

export const writeLaws: ReadonlyArray<StorageLaw> = [
  law("an insert is there as soon as it is acknowledged, whole", ({ look, store }) =>
    Effect.gen(function* () {
      const body = Uint8Array.from({ length: 5_000 }, (_, i) => i % 256)
      yield* demandCommitted(store, insert(1, { nik: "a" }, { body }), Fixture.jobOf(2, "fast", -5))
      assert.deepStrictEqual(plain(yield* store.get("person", id(1))), {
        id: id(1),
        version: 1,
        body: [...body],
        columns: []
      })
      assert.deepStrictEqual(plain(yield* store.findBy("person", Fixture.key("nik", "a")))?.id, id(1))
      assert.deepStrictEqual(plain(yield* store.get("job-card", id(2)))?.columns, ["fast", "open", -5])
      const facts = yield* look
      assert.lengthOf(facts, 3)
    })
  ),

  law("what was never committed is none", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a" }))
      assert.isTrue(Option.isNone(yield* store.get("person", id(2))))
      assert.isTrue(Option.isNone(yield* store.get("child", id(1))))
      assert.isTrue(Option.isNone(yield* store.findBy("person", Fixture.key("nik", "b"))))
      assert.isTrue(Option.isNone(yield* store.findBy("person", Fixture.key("card", "a"))))
      assert.isTrue(Option.isNone(yield* store.findBy("child", Fixture.key("nik", "a"))))
      assert.deepStrictEqual(yield* store.getMany("person", [id(2)]), [])
      assert.deepStrictEqual(yield* store.findMany("person", [Fixture.key("nik", "b")]), [])
    })
  ),

  law("an update replaces body and columns and counts one version up", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, Fixture.jobOf(1, "fast", 1), insert(2))
      const next = update(1, 1, {}, {}, { aggregate: "job-card", columns: ["slow", "done", undefined] })
      yield* demandCommitted(store, next)
      yield* demandCommitted(store, { ...next, version: 2, body: new Uint8Array(0) })
      yield* demandFacts(
        look,
        ["row"],
        [
          Witness.row("job-card", { id: id(1), version: 3, body: new Uint8Array(0), columns: next.columns }),
          Witness.row("person", { ...insert(2), version: 1 })
        ]
      )
    })
  ),

  law("an insert begins at the version that it says", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, {}, { version: 7 }))
      yield* demandCommitted(store, update(1, 7))
      assert.strictEqual(plain(yield* store.get("person", id(1)))?.version, 8)
    })
  ),

  law("a removed row is gone with its keys, and its keys are free", ({ look, store }) =>
    Effect.gen(function* () {
      const keys = { nik: "a", card: "b", name: "c", phone: "d" }
      yield* demandCommitted(store, insert(1, keys))
      yield* demandCommitted(store, remove(1, 1, keys))
      assert.deepStrictEqual(yield* look, [])
      assert.isTrue(Option.isNone(yield* store.findBy("person", Fixture.key("nik", "a"))))
      yield* demandCommitted(store, insert(2, keys))
    })
  ),

  law("a write over another version is refused and changes nothing", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1), insert(2))
      yield* demandCommitted(store, update(1, 1))
      const before = yield* look
      yield* demandRefused(store, [update(1, 1)], ["VersionConflict 0"])
      yield* demandRefused(store, [update(1, 3)], ["VersionConflict 0"])
      yield* demandRefused(store, [remove(1, 1)], ["VersionConflict 0"])
      yield* demandRefused(store, [update(9, 1)], ["VersionConflict 0"])
      yield* demandRefused(store, [remove(9, 1)], ["VersionConflict 0"])
      yield* demandRefused(store, [insert(2)], ["VersionConflict 0"])
      assert.deepStrictEqual(yield* look, before)
    })
  ),

  law("an expectation guards what was read and writes nothing", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1), insert(2))
      yield* demandCommitted(store, update(1, 1))
      const before = yield* look
      yield* demandCommitted(store, expect(1, 2), expect(2, 1))
      yield* demandRefused(
        store,
        [expect(1, 1), expect(2, 1), expect(9, 1)],
        ["VersionConflict 0", "VersionConflict 2"]
      )
      assert.deepStrictEqual(yield* look, before)
    })
  ),

  law("an expectation is about what was there before the batch", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1), insert(2))
      yield* demandCommitted(store, update(1, 1), expect(1, 1), expect(2, 1), remove(2, 1))
      yield* demandRefused(store, [update(1, 2), expect(1, 3)], ["VersionConflict 1"])
    })
  ),

  law("a refusal names every failed precondition, by item", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a", card: "b" }), insert(2), append(1, 1))
      const before = yield* look
      yield* demandRefused(
        store,
        [
          insert(11, { nik: "a" }),
          insert(12, { nik: "new" }),
          update(2, 5),
          insert(1),
          expect(2, 9),
          insert(13, { nik: "new", card: "b" }),
          append(1, 1),
          append(2, 1),
          remove(2, 4)
        ],
        [
          "UniqueViolation 0 nik",
          "VersionConflict 2",
          "VersionConflict 3",
          "VersionConflict 4",
          "UniqueViolation 5 nik",
          "UniqueViolation 5 card",
          "HeadConflict 6",
          "VersionConflict 8"
        ]
      )
      assert.deepStrictEqual(yield* look, before)
    })
  ),

  law("a refused batch leaves nothing, wherever in it the failure stands", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a", name: "n" }))
      const before = yield* look
      const good = [
        insert(11, { nik: "b", card: "c", name: "d", phone: "e" }),
        update(1, 1, { nik: "a", name: "n" }, { nik: "z", phone: "y" }),
        Fixture.jobOf(12, "fast", 1),
        append(11, 1, 3)
      ]
      const bad = insert(13, { nik: "b" })
      yield* demandRefused(store, [...good, bad], ["UniqueViolation 4 nik"])
      yield* demandRefused(store, [expect(1, 2), ...good], ["VersionConflict 0"])
      yield* demandRefused(store, [...good.slice(0, 2), append(14, 2), ...good.slice(2)], ["HeadConflict 2"])
      assert.deepStrictEqual(yield* look, before)
      yield* demandCommitted(store, ...good)
    })
  ),

  law("a commit takes a thousand items, and every one is there", ({ look, store }) =>
    Effect.gen(function* () {
      const numbers = Array.from({ length: 500 }, (_, i) => i)
      yield* demandCommitted(
        store,
        ...numbers.map((n) => insert(n, { nik: `${n}` })),
        ...numbers.map((n) => append(n, 1, 2))
      )
      assert.lengthOf(yield* look, 500 * 5)
      assert.lengthOf(yield* store.getMany("person", numbers.map(id)), 500)
      const keys = numbers.map((n) => Fixture.key("nik", `${n}`))
      const found = yield* store.findMany("person", keys)
      assert.isTrue(found.length === 500 && found.every(({ key, row }) => row.id === id(key)))
      const heads = yield* store.heads(numbers.map(id))
      assert.isTrue(heads.length === 500 && heads.every(({ head }) => head.sequence === 2))
    })
  ),

  law("a committed batch that is sent again is committed, and written once", ({ look, store }) =>
    Effect.gen(function* () {
      const sent = batch(insert(1, { nik: "a" }), append(1, 1, 2))
      yield* demandOutcome(store, sent, [])
      const before = yield* look
      yield* demandOutcome(store, sent, [])
      yield* TestClock.adjust("23 hours")
      yield* demandCommitted(store, insert(2))
      yield* demandOutcome(store, sent, [])
      yield* demandCommitted(store, remove(2, 1))
      assert.deepStrictEqual(yield* look, before)
    })
  ),

  law("a batch that is sent eight times at once is written once", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1))
      const sent = batch(update(1, 1), append(1, 1))
      const outcomes = yield* Effect.all(
        Array.from({ length: 8 }, () => store.commit(sent)),
        { concurrency: "unbounded" }
      )
      assert.isTrue(outcomes.every((outcome) => outcome._tag === "Committed"))
      yield* demandFacts(look, ["line"], [Witness.line(id(1), Fixture.line(1))])
      assert.strictEqual(plain(yield* store.get("person", id(1)))?.version, 2)
    })
  ),

  law("a refused batch that is sent again is judged anew", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a" }))
      const sent = batch(insert(2, { nik: "a" }))
      yield* demandOutcome(store, sent, ["UniqueViolation 0 nik"])
      yield* demandCommitted(store, remove(1, 1, { nik: "a" }))
      yield* demandOutcome(store, sent, [])
      assert.isTrue(Option.isSome(yield* store.get("person", id(2))))
    })
  )
]

// --- private ---

const plain = (row: Option.Option<StorageAdapter.Row>) =>
  Option.isNone(row) ? undefined : { ...row.value, body: [...row.value.body], columns: [...row.value.columns] }
