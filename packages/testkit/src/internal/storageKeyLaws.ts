/**
 * Laws of unique and blind keys.
 */
import { assert } from "@effect/vitest"
import type { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Witness from "../StorageWitness.ts"
import * as Fixture from "./storageFixture.ts"
import { demandFacts, law, type StorageLaw } from "./storageLaw.ts"

const { demandCommitted, demandRefused, id, insert, key, remove, update } = Fixture

export const keyLaws: ReadonlyArray<StorageLaw> = [
  law("a held unique key is refused, by item and key", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a", card: "b" }))
      yield* demandRefused(store, [insert(2, { nik: "a", card: "c" })], ["UniqueViolation 0 nik"])
      yield* demandRefused(store, [insert(2), insert(3, { nik: "z", card: "b" })], ["UniqueViolation 1 card"])
      yield* demandCommitted(store, insert(4, { nik: "d" }))
      yield* demandRefused(store, [update(4, 1, { nik: "d" }, { nik: "a" })], ["UniqueViolation 0 nik"])
      yield* demandFacts(look, ["unique"], [held("nik", "a", 1), held("card", "b", 1), held("nik", "d", 4)])
    })
  ),

  law("of two items of one batch that take one key the later is named", ({ store }) =>
    Effect.gen(function* () {
      // ids against the order of the items, so that sorting by id is not mistaken for the order
      yield* demandRefused(store, [insert(9, { nik: "a" }), insert(8, { nik: "a" })], ["UniqueViolation 1 nik"])
      yield* demandRefused(
        store,
        [insert(7, { nik: "a" }), insert(8, { nik: "a" }), insert(6, { nik: "a" })],
        ["UniqueViolation 1 nik", "UniqueViolation 2 nik"]
      )
    })
  ),

  law("a key freed anywhere in a batch is free for all of it", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a" }), insert(2, { nik: "b" }))
      yield* demandCommitted(store, update(1, 1, { nik: "a" }, { nik: "b" }), update(2, 1, { nik: "b" }, { nik: "a" }))
      yield* demandFacts(look, ["unique"], [held("nik", "b", 1), held("nik", "a", 2)])
      // taken by an item before the one that frees it
      yield* demandCommitted(store, insert(3, { nik: "a" }), remove(2, 2, { nik: "a" }))
      yield* demandFacts(look, ["unique"], [held("nik", "b", 1), held("nik", "a", 3)])
      assert.strictEqual(Option.getOrThrow(yield* store.findBy("person", key("nik", "a"))).id, id(3))
    })
  ),

  law("a row frees only keys that it holds", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a" }), insert(2, { nik: "b" }))
      yield* demandRefused(
        store,
        [{ ...update(2, 1), frees: [key("nik", "a")] }, insert(3, { nik: "a" })],
        ["UniqueViolation 1 nik"]
      )
      yield* demandCommitted(store, { ...update(2, 1), frees: [key("nik", "a")] })
      yield* demandFacts(look, ["unique"], [held("nik", "a", 1), held("nik", "b", 2)])
    })
  ),

  law("a key that the row itself holds cannot be taken again", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a" }))
      yield* demandRefused(store, [{ ...update(1, 1), takes: [key("nik", "a")] }], ["UniqueViolation 0 nik"])
    })
  ),

  law("one text under other names and aggregates is another key", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(
        store,
        insert(1, { nik: "a" }),
        insert(2, { card: "a" }),
        insert(3, { nik: "a" }, { aggregate: "child" }),
        insert(4, { name: "a" }),
        insert(5, { phone: "a" })
      )
      const holder = (aggregate: string, name: string) =>
        Effect.map(store.findBy(aggregate, key(name, "a")), (row) => Option.getOrThrow(row).id)
      assert.strictEqual(yield* holder("person", "nik"), id(1))
      assert.strictEqual(yield* holder("person", "card"), id(2))
      assert.strictEqual(yield* holder("child", "nik"), id(3))
    })
  ),

  law("one id in two aggregates is two rows", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1, { nik: "a" }), insert(1, { nik: "a" }, { aggregate: "child" }))
      yield* demandCommitted(store, remove(1, 1, { nik: "a" }))
      assert.isTrue(Option.isSome(yield* store.get("child", id(1))))
      assert.isTrue(Option.isSome(yield* store.findBy("child", key("nik", "a"))))
    })
  ),

  law("many rows hold one blind key, and each is let go alone", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(
        store,
        insert(1, { phone: "p", name: "n" }),
        insert(2, { phone: "p" }),
        insert(3, { phone: "q" })
      )
      yield* demandCommitted(store, update(1, 1, { phone: "p", name: "n" }, { phone: "q", name: "n" }))
      yield* demandCommitted(store, remove(3, 1, { phone: "q" }))
      yield* demandFacts(
        look,
        ["blind"],
        [
          Witness.blind("person", "name", key("name", "n").bytes, id(1)),
          Witness.blind("person", "phone", key("phone", "q").bytes, id(1)),
          Witness.blind("person", "phone", key("phone", "p").bytes, id(2))
        ]
      )
      assert.deepStrictEqual(yield* idsOf(store, "phone", "p"), [id(2)])
      assert.deepStrictEqual(yield* idsOf(store, "phone", "q"), [id(1)])
    })
  ),

  law("rows of a key come by id, page by page, each once", ({ store }) =>
    Effect.gen(function* () {
      const numbers = [7, 3, 9, 1, 5, 8, 2]
      yield* demandCommitted(store, ...numbers.map((n) => insert(n, { phone: "p" })), insert(4, { phone: "q" }))
      for (const limit of [1, 2, 3, 7, 10]) {
        const seen: Array<number> = []
        let after: StorageAdapter.Position | undefined
        while (true) {
          const rows = yield* store.scanKey("person", key("phone", "p"), { limit, ...(after && { after }) })
          assert.isAtMost(rows.length, limit)
          seen.push(...rows.map(numberOf))
          if (rows.length < limit) break
          after = { id: rows.at(-1)!.id }
        }
        assert.deepStrictEqual(seen, [1, 2, 3, 5, 7, 8, 9])
      }
      yield* demandCommitted(store, insert(20, { nik: "a" }))
      assert.deepStrictEqual((yield* store.scanKey("person", key("nik", "a"), { limit: 5 })).map(numberOf), [20])
    })
  ),

  law("many keys in one call give the first rows of each", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(
        store,
        ...[1, 2, 3, 4].map((n) => insert(n, { phone: "p", name: `${n}` })),
        insert(5, { phone: "q" })
      )
      const asked = [key("phone", "q"), key("name", "2"), key("phone", "none"), key("phone", "p")]
      const found = yield* store.scanKeys("person", asked, 3)
      const of = (position: number) => found.filter((_) => _.key === position).map((_) => numberOf(_.row))
      assert.deepStrictEqual([of(0), of(1), of(2), of(3)], [[5], [2], [], [1, 2, 3]])
    })
  ),

  law("a count of a key is the number of its rows", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, ...Array.from({ length: 12 }, (_, n) => insert(n, { phone: "p" })))
      yield* demandCommitted(store, insert(20, { nik: "a", phone: "q" }))
      yield* demandCommitted(store, remove(3, 1, { phone: "p" }))
      assert.strictEqual(yield* store.countBy("person", key("phone", "p")), 11)
      assert.strictEqual(yield* store.countBy("person", key("phone", "none")), 0)
      assert.strictEqual(yield* store.countBy("person", key("nik", "a")), 1)
      assert.strictEqual(yield* store.countBy("person", key("nik", "q")), 0)
    })
  )
]

// --- private ---

const held = (name: string, text: string, n: number) => Witness.unique("person", name, key(name, text).bytes, id(n))

const numberOf = (row: StorageAdapter.Row) => Number.parseInt(row.id.slice(-12), 16)

const idsOf = (store: StorageAdapter.Store, name: string, text: string) =>
  Effect.map(store.scanKey("person", key(name, text), { limit: 100 }), (rows) => rows.map((_) => _.id))
