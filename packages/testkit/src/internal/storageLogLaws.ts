/**
 * Laws of the logs.
 */
import { assert } from "@effect/vitest"
import type { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Witness from "../StorageWitness.ts"
import * as Fixture from "./storageFixture.ts"
import { demandFacts, law, type StorageLaw } from "./storageLaw.ts"

const { append, demandCommitted, demandRefused, id, insert, line } = Fixture

export const logLaws: ReadonlyArray<StorageLaw> = [
  law("a log holds every line that was appended, in order, and its head is the last", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, append(1, 1))
      yield* demandCommitted(store, insert(9), append(1, 2, 4), append(2, 1, 2))
      const lines = yield* store.readLog(id(1), { after: 0, limit: 10 })
      assert.deepStrictEqual(
        lines.map(plain),
        [1, 2, 3, 4].map((n) => plain(line(n)))
      )
      yield* demandFacts(
        look,
        ["line", "head"],
        [
          ...[1, 2, 3, 4].map((n) => Witness.line(id(1), line(n))),
          ...[1, 2].map((n) => Witness.line(id(2), line(n))),
          Witness.head(id(1), line(4)),
          Witness.head(id(2), line(2))
        ]
      )
    })
  ),

  law("an append after another head is refused, by sequence and by MAC", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, append(1, 1, 2))
      const before = yield* look
      yield* demandRefused(store, [append(1, 1)], ["HeadConflict 0"])
      yield* demandRefused(store, [append(1, 2)], ["HeadConflict 0"])
      yield* demandRefused(store, [append(1, 4)], ["HeadConflict 0"])
      yield* demandRefused(store, [append(1, 3, 3, "b")], ["HeadConflict 0"])
      yield* demandRefused(store, [append(2, 2)], ["HeadConflict 0"])
      assert.deepStrictEqual(yield* look, before)
      yield* demandCommitted(store, append(1, 3))
    })
  ),

  law("of many who append to one head at once one is let through", ({ look, store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, append(1, 1))
      const before = line(1)
      const writers = Array.from({ length: 20 }, (_, i) => `w${i}`)
      const outcomes = yield* Effect.forEach(
        writers,
        (writer) => store.commit(Fixture.batch({ ...append(1, 2, 2, writer), head: { sequence: 1, mac: before.mac } })),
        { concurrency: "unbounded" }
      )
      const winners = writers.filter((_, i) => outcomes[i]!._tag === "Committed")
      assert.lengthOf(winners, 1)
      yield* demandFacts(look, ["line"], [Witness.line(id(1), before), Witness.line(id(1), line(2, winners[0]))])
    })
  ),

  law("of many who begin one log at once one is let through", ({ look, store }) =>
    Effect.gen(function* () {
      const writers = Array.from({ length: 20 }, (_, i) => `w${i}`)
      const outcomes = yield* Effect.forEach(
        writers,
        (writer) => store.commit(Fixture.batch(append(1, 1, 1, writer))),
        {
          concurrency: "unbounded"
        }
      )
      const winners = writers.filter((_, i) => outcomes[i]!._tag === "Committed")
      assert.lengthOf(winners, 1)
      yield* demandFacts(look, ["line"], [Witness.line(id(1), line(1, winners[0]))])
    })
  ),

  law("a log is read page by page", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, append(1, 1, 12), append(2, 1, 3))
      yield* demandCommitted(store, append(1, 13, 25))
      for (const limit of [1, 7, 25, 30]) {
        const seen: Array<number> = []
        while (true) {
          const page = yield* store.readLog(id(1), { after: seen.at(-1) ?? 0, limit })
          seen.push(...page.map((_) => _.sequence))
          if (page.length < limit) break
        }
        assert.deepStrictEqual(
          seen,
          Array.from({ length: 25 }, (_, i) => i + 1)
        )
      }
      assert.deepStrictEqual(yield* store.readLog(id(3), { after: 0, limit: 5 }), [])
    })
  ),

  law("heads are told of those that have a log, all of them by subject", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, append(3, 1, 3), append(1, 1), append(2, 1, 2))
      const found = yield* store.heads([id(9), id(3), id(1)])
      assert.deepStrictEqual(
        [...found]
          .sort((a, b) => a.subject - b.subject)
          .map(({ head, subject }) => [subject, head.sequence, Witness.hex(head.mac)]),
        [
          [1, 3, Witness.hex(line(3).mac)],
          [2, 1, Witness.hex(line(1).mac)]
        ]
      )
      const first = yield* store.scanHeads({ limit: 2 })
      const rest = yield* store.scanHeads({ after: first.at(-1)!.subject, limit: 2 })
      assert.deepStrictEqual(
        [...first, ...rest].map(({ head, subject }) => [subject, head.sequence]),
        [
          [id(1), 1],
          [id(2), 2],
          [id(3), 3]
        ]
      )
    })
  )
]

// --- private ---

const plain = ({ body, mac, sequence }: StorageAdapter.Line) => ({ sequence, mac: [...mac], body: [...body] })
