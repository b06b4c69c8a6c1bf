/**
 * Laws of ordered indexes: ranges, order, pages, counts.
 */
import { assert } from "@effect/vitest"
import type { StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import * as Fixture from "./storageFixture.ts"
import { law, type StorageLaw } from "./storageLaw.ts"

const { demandCommitted, jobOf } = Fixture

type Store = StorageAdapter.Store

export const scanLaws: ReadonlyArray<StorageLaw> = [
  law("a range gives its rows by value and then id, both ends included", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(
        store,
        jobOf(5, "a", 10),
        jobOf(2, "a", 30),
        jobOf(4, "b", 20),
        jobOf(3, "a", 20),
        jobOf(1, "a", 40)
      )
      const due = (range: object) => numbers(store, { index: "due", equals: [], ...range })
      assert.deepStrictEqual(yield* due({}), [5, 3, 4, 2, 1])
      assert.deepStrictEqual(yield* due({ from: 20 }), [3, 4, 2, 1])
      assert.deepStrictEqual(yield* due({ to: 20 }), [5, 3, 4])
      assert.deepStrictEqual(yield* due({ from: 20, to: 30 }), [3, 4, 2])
      assert.deepStrictEqual(yield* due({ from: 21, to: 29 }), [])
      assert.deepStrictEqual(yield* due({ from: 30, to: 20 }), [])
    })
  ),

  law("leading columns are equal, the last is ranged", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(
        store,
        jobOf(1, "a", 3),
        jobOf(2, "ab", 1),
        jobOf(3, "a", 1, "done"),
        jobOf(4, "b", 2),
        jobOf(5, "a", 2)
      )
      assert.deepStrictEqual(yield* numbers(store, { index: "queue", equals: ["a"] }), [3, 5, 1])
      assert.deepStrictEqual(yield* numbers(store, { index: "queue", equals: ["a"], to: 2 }), [3, 5])
      assert.deepStrictEqual(yield* numbers(store, { index: "board", equals: ["a", "open"] }), [5, 1])
      assert.deepStrictEqual(yield* numbers(store, { index: "board", equals: ["a", "open"], from: 3 }), [1])
      assert.deepStrictEqual(yield* numbers(store, { index: "board", equals: ["c", "open"] }), [])
    })
  ),

  law("a row without a value is in no index over it, and in the others", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, jobOf(1, "a", undefined), jobOf(2, undefined, 5), jobOf(3, "a", 0), jobOf(4, "", 1))
      assert.deepStrictEqual(yield* numbers(store, { index: "due", equals: [] }), [3, 4, 2])
      assert.deepStrictEqual(yield* numbers(store, { index: "lane", equals: [] }), [4, 1, 3])
      assert.deepStrictEqual(yield* numbers(store, { index: "queue", equals: ["a"] }), [3])
      assert.deepStrictEqual(yield* numbers(store, { index: "queue", equals: [""] }), [4])
      assert.strictEqual(yield* store.countBy("job-card", { index: "due", equals: [] }), 3)
    })
  ),

  law("text is ordered by its codes, not by a language", ({ store }) =>
    Effect.gen(function* () {
      const lanes = ["b", "B", "a", "A", "_", "-", "0", "10", "9", "aa", "a b", "", "~", " "]
      yield* demandCommitted(store, ...lanes.map((lane, n) => jobOf(n, lane, 1)))
      const sorted = [...lanes].sort()
      const found = yield* store.scan("job-card", { index: "lane", equals: [] }, { limit: 100 })
      assert.deepStrictEqual(
        found.map((_) => _.columns[0]),
        sorted
      )
      const upper = yield* store.scan("job-card", { index: "lane", equals: [], from: "A", to: "Z" }, { limit: 100 })
      assert.deepStrictEqual(
        upper.map((_) => _.columns[0]),
        ["A", "B"]
      )
    })
  ),

  law("numbers are ordered as numbers, to the ends of the safe integers", ({ store }) =>
    Effect.gen(function* () {
      const dues = [
        10,
        9,
        -1,
        0,
        100,
        Number.MAX_SAFE_INTEGER,
        Number.MIN_SAFE_INTEGER,
        Number.MAX_SAFE_INTEGER - 1,
        -10
      ]
      yield* demandCommitted(store, ...dues.map((due, n) => jobOf(n, "a", due)))
      const found = yield* store.scan("job-card", { index: "due", equals: [] }, { limit: 100 })
      assert.deepStrictEqual(
        found.map((_) => _.columns[2]),
        [...dues].sort((a, b) => a - b)
      )
      assert.lengthOf(yield* numbers(store, { index: "due", equals: [], from: Number.MAX_SAFE_INTEGER }), 1)
    })
  ),

  law("the index id holds every row", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(
        store,
        jobOf(3, undefined, undefined),
        jobOf(1, "a", 9),
        jobOf(2, "b", 1),
        Fixture.insert(4)
      )
      assert.deepStrictEqual(yield* numbers(store, { index: "id", equals: [] }), [1, 2, 3])
      assert.deepStrictEqual(yield* pages(store, { index: "id", equals: [] }, 2), [1, 2, 3])
      assert.strictEqual(yield* store.countBy("job-card", { index: "id", equals: [] }), 3)
    })
  ),

  law("pages of any size give each row once, in order", ({ store }) =>
    Effect.gen(function* () {
      const rows = sample(
        fc.array(fc.record({ lane: fc.constantFrom("a", "b"), due: fc.integer({ min: 0, max: 4 }) }), {
          minLength: 40,
          maxLength: 40
        })
      )
      yield* demandCommitted(store, ...rows.map(({ due, lane }, n) => jobOf(n, lane, due)))
      const expected = rows
        .map((row, n) => ({ ...row, n }))
        .filter((row) => row.lane === "a" && row.due >= 1 && row.due <= 3)
        .sort((a, b) => a.due - b.due || a.n - b.n)
        .map((_) => _.n)
      for (const limit of [1, 2, 3, 5, 100]) {
        assert.deepStrictEqual(yield* pages(store, { index: "queue", equals: ["a"], from: 1, to: 3 }, limit), expected)
      }
    })
  ),

  law("rows that stay appear once, though others come and go between the pages", ({ store }) =>
    Effect.gen(function* () {
      // even ones stay, odd ones are written, moved and removed while the scan goes on
      yield* demandCommitted(store, ...Array.from({ length: 30 }, (_, n) => jobOf(n, "a", n % 10)))
      const seen: Array<number> = []
      let after: StorageAdapter.Position | undefined
      let step = 0
      while (true) {
        const rows = yield* store.scan("job-card", { index: "due", equals: [] }, { limit: 4, ...(after && { after }) })
        seen.push(...rows.map(numberOf))
        if (rows.length < 4) break
        after = { id: rows.at(-1)!.id, value: rows.at(-1)!.columns[2]! }
        const odd = 2 * step + 1
        yield* demandCommitted(
          store,
          {
            ...Fixture.update(odd, 1, {}, {}, { aggregate: "job-card", columns: ["a", "open", 9 - (odd % 10)] })
          },
          { ...Fixture.remove(odd + 10, 1), aggregate: "job-card" },
          jobOf(101 + odd, "a", step)
        )
        step++
      }
      const even = seen.filter((n) => n % 2 === 0 && n < 100)
      assert.lengthOf(even, 15)
      assert.strictEqual(new Set(even).size, 15)
    })
  ),

  law("a count of a range is the number of its rows", ({ store }) =>
    Effect.gen(function* () {
      const dues = sample(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 30, maxLength: 30 }))
      yield* demandCommitted(store, ...dues.map((due, n) => jobOf(n, n % 2 === 0 ? "a" : "b", due)))
      for (const range of [
        { index: "due", equals: [] },
        { index: "due", equals: [], from: -2, to: 2 },
        { index: "queue", equals: ["a"], to: 0 },
        { index: "board", equals: ["b", "open"], from: 1 },
        { index: "queue", equals: ["c"] }
      ]) {
        assert.strictEqual(yield* store.countBy("job-card", range), (yield* numbers(store, range)).length)
      }
    })
  ),

  law("a page shows a commit whole or not at all", ({ store }) =>
    Effect.gen(function* () {
      const size = 10
      const writing = Effect.forEach(
        Array.from({ length: 15 }, (_, round) => round),
        (round) =>
          demandCommitted(store, ...Array.from({ length: size }, (_, n) => jobOf(round * size + n, "a", round))),
        { discard: true }
      )
      const counting = Effect.forEach(Array.from({ length: 30 }), () =>
        Effect.gen(function* () {
          const rows = yield* store.scan("job-card", { index: "lane", equals: [] }, { limit: 1_000 })
          assert.strictEqual(rows.length % size, 0)
          assert.strictEqual((yield* store.countBy("job-card", { index: "due", equals: [] })) % size, 0)
          yield* Effect.yieldNow
        })
      )
      yield* Effect.all([writing, counting], { concurrency: "unbounded", discard: true })
      assert.strictEqual(yield* store.countBy("job-card", { index: "lane", equals: [] }), 15 * size)
    })
  )
]

// --- private ---

const SEED = 20_261_124

const sample = <A>(arbitrary: fc.Arbitrary<A>): A => fc.sample(arbitrary, { seed: SEED, numRuns: 1 })[0]!

const numberOf = (row: StorageAdapter.Row) => Number.parseInt(row.id.slice(-12), 16)

const numbers = (store: Store, range: StorageAdapter.Range) =>
  Effect.map(store.scan("job-card", range, { limit: 1_000 }), (rows) => rows.map(numberOf))

/** The column that each index ranges over. */
const LAST: Record<string, number | undefined> = { due: 2, lane: 0, queue: 2, board: 2 }

const pages = (
  store: Store,
  range: StorageAdapter.Range,
  limit: number
): Effect.Effect<ReadonlyArray<number>, StorageError.StorageError> =>
  Effect.gen(function* () {
    const seen: Array<number> = []
    let after: StorageAdapter.Position | undefined
    while (true) {
      const rows = yield* store.scan("job-card", range, { limit, ...(after && { after }) })
      assert.isAtMost(rows.length, limit)
      seen.push(...rows.map(numberOf))
      const last = rows.at(-1)
      if (last === undefined || rows.length < limit) return seen
      const column = LAST[range.index]
      after = column === undefined ? { id: last.id } : { id: last.id, value: last.columns[column]! }
      // a scan that does not get on would never end
      assert.isAtMost(seen.length, 1_000)
    }
  })
