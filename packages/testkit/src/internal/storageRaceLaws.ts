/**
 * Laws of many at once, of stores opened again, and of any sequence of batches.
 */
import { assert } from "@effect/vitest"
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import * as fc from "fast-check"
import type { Facts } from "../StorageWitness.ts"
import * as Fixture from "./storageFixture.ts"
import { law, openingLaw, type StorageLaw } from "./storageLaw.ts"
import * as Model from "./storageModel.ts"

const { append, batch, demandCommitted, id, insert, key, update } = Fixture

type Store = StorageAdapter.Store

export const raceLaws: ReadonlyArray<StorageLaw> = [
  law("of a thousand who take one key at once exactly one gets it", ({ look, store }) =>
    Effect.gen(function* () {
      const outcomes = yield* Effect.forEach(
        Array.from({ length: 1_000 }, (_, n) => n),
        (n) => store.commit(batch(insert(n, { nik: "a" }), append(n, 1))),
        { concurrency: "unbounded" }
      )
      const winners = outcomes.flatMap((outcome, n) => (outcome._tag === "Committed" ? [n] : []))
      assert.lengthOf(winners, 1)
      for (const outcome of outcomes) {
        if (outcome._tag === "Refused") assert.deepStrictEqual(Fixture.texts(outcome), ["UniqueViolation 0 nik"])
      }
      // the row, its key, the line and its head
      assert.lengthOf(yield* look, 4)
      assert.strictEqual(Option.getOrThrow(yield* store.findBy("person", key("nik", "a"))).id, id(winners[0]!))
    })
  ),

  law("of many who write over one version at once exactly one is let through", ({ store }) =>
    Effect.gen(function* () {
      yield* demandCommitted(store, insert(1))
      const outcomes = yield* Effect.forEach(Array.from({ length: 50 }), () => store.commit(batch(update(1, 1))), {
        concurrency: "unbounded"
      })
      assert.lengthOf(
        outcomes.filter((_) => _._tag === "Committed"),
        1
      )
      assert.strictEqual(Option.getOrThrow(yield* store.get("person", id(1))).version, 2)
    })
  ),

  law("keys that are moved crosswise by many are each held once in the end", ({ look, store }) =>
    Effect.gen(function* () {
      const people = Array.from({ length: 8 }, (_, n) => n)
      yield* demandCommitted(store, ...people.map((n) => insert(n, { nik: `${n}` })))
      const swaps = sample(
        fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people)), {
          minLength: 120,
          maxLength: 120
        })
      ).filter(([a, b]) => a !== b)
      const swapping = Effect.forEach(swaps, ([a, b]) => swap(store, a, b), { concurrency: 16, discard: true })
      // at every moment between, too
      const watching = Effect.forEach(Array.from({ length: 60 }), () =>
        Effect.gen(function* () {
          const found = yield* store.findMany(
            "person",
            people.map((n) => key("nik", `${n}`))
          )
          assert.strictEqual(new Set(found.map((_) => _.row.id)).size, people.length)
          yield* Effect.yieldNow
        })
      )
      yield* Effect.all([swapping, watching], { concurrency: "unbounded", discard: true })
      const facts = yield* look
      const held = facts.filter((_) => _.startsWith("unique "))
      assert.lengthOf(held, people.length)
      assert.strictEqual(new Set(held.map((_) => _.split(" ")[2])).size, people.length)
      assert.strictEqual(new Set(held.map((_) => _.split(" ")[3])).size, people.length)
    })
  ),

  law("a commit that is interrupted is there whole or not at all, and the next one sees which", ({ look, store }) =>
    Effect.gen(function* () {
      const kept: Array<string> = []
      for (let n = 0; n < 40; n += 2) {
        const committing = yield* Effect.forkChild(store.commit(batch(insert(n, { nik: `${n}` }), append(n, 1))))
        // a little later each time, so that it is met at every step that it takes
        yield* turns(n === 0 ? 0 : Math.ceil(1.3 ** (n / 2)))
        yield* Fiber.interrupt(committing)
        const next = yield* store.commit(batch(insert(n + 1, { nik: `${n}` }), append(n + 1, 1)))
        kept.push(id(next._tag === "Committed" ? n + 1 : n))
        yield* demandKept(look, kept)
      }
      // and nothing comes after
      yield* turns(300)
      yield* demandKept(look, kept)
    })
  ),

  law("any sequence of batches is answered and kept as the port says", ({ look, store }) =>
    Effect.gen(function* () {
      const model = Model.make()
      for (const intents of sample(
        fc.array(fc.array(intent, { minLength: 1, maxLength: 6 }), {
          minLength: 150,
          maxLength: 150
        })
      )) {
        const sent = batch(...itemsOf(model, intents))
        const answer = Fixture.texts(yield* store.commit(sent))
        assert.deepStrictEqual(answer, Model.commit(model, sent))
        assert.deepStrictEqual(yield* look, Model.facts(model))
      }
    })
  ),

  openingLaw("a store that cannot answer is an error, never not found", ({ adapter }) =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const store = yield* Scope.provide(adapter.open(Fixture.declarations), scope)
      yield* demandCommitted(store, insert(1, { nik: "a", phone: "p" }), append(1, 1))
      // a closed store is the one outage that every store can have
      yield* Scope.close(scope, Exit.void)
      const calls: Record<string, Effect.Effect<unknown, unknown>> = {
        get: store.get("person", id(1)),
        getMany: store.getMany("person", [id(1)]),
        findBy: store.findBy("person", key("nik", "a")),
        findMany: store.findMany("person", [key("nik", "a")]),
        heads: store.heads([id(1)]),
        scan: store.scan("job-card", { index: "due", equals: [] }, { limit: 5 }),
        scanKey: store.scanKey("person", key("phone", "p"), { limit: 5 }),
        scanKeys: store.scanKeys("person", [key("phone", "p")], 5),
        countBy: store.countBy("person", key("phone", "p")),
        readLog: store.readLog(id(1), { after: 0, limit: 5 }),
        scanHeads: store.scanHeads({ limit: 5 }),
        commit: store.commit(batch(insert(2)))
      }
      for (const [name, call] of Object.entries(calls)) {
        const error = yield* Effect.flip(call)
        assert.instanceOf(error, StorageError.StorageError, name)
      }
    })
  ),

  openingLaw(
    "what was acknowledged is there when the store is opened again",
    ({ adapter, look }) =>
      Effect.gen(function* () {
        const first = yield* Scope.make()
        const store = yield* Scope.provide(adapter.open(Fixture.declarations), first)
        yield* demandCommitted(store, insert(1, { nik: "a", phone: "p" }), append(1, 1, 2), Fixture.jobOf(2, "a", 1))
        const sent = batch(update(1, 1))
        yield* Fixture.demandOutcome(store, sent, [])
        const before = yield* look
        yield* Scope.close(first, Exit.void)
        const again = yield* adapter.open(Fixture.declarations)
        assert.strictEqual(Option.getOrThrow(yield* again.findBy("person", key("nik", "a"))).version, 2)
        yield* Fixture.demandOutcome(again, sent, [])
        assert.deepStrictEqual(yield* look, before)
      }),
    { needs: ({ durability }) => durability !== "memory" }
  ),

  law(
    "two openings of one place see each other's commits and keys",
    ({ again, store }) =>
      Effect.gen(function* () {
        const other = yield* again
        yield* demandCommitted(store, insert(1, { nik: "a" }))
        assert.isTrue(Option.isSome(yield* other.get("person", id(1))))
        yield* Fixture.demandRefused(other, [insert(2, { nik: "a" })], ["UniqueViolation 0 nik"])
        const outcomes = yield* Effect.forEach(
          Array.from({ length: 40 }, (_, n) => n),
          (n) => (n % 2 === 0 ? store : other).commit(batch(insert(10 + n, { nik: "b" }))),
          { concurrency: "unbounded" }
        )
        assert.lengthOf(
          outcomes.filter((_) => _._tag === "Committed"),
          1
        )
      }),
    { needs: ({ processes }) => processes === "many" }
  )
]

// --- private ---

const SEED = 20_261_124

const sample = <A>(arbitrary: fc.Arbitrary<A>): A => fc.sample(arbitrary, { seed: SEED, numRuns: 1 })[0]!

const turns = (times: number) => Effect.replicateEffect(Effect.yieldNow, times, { discard: true })

/** Exactly these rows are there, each with its key, its line and its head. */
const demandKept = (look: Effect.Effect<Facts>, ids: ReadonlyArray<string>) =>
  Effect.map(look, (facts) => {
    const rows = facts.filter((_) => _.startsWith("row "))
    assert.strictEqual(rows.map((_) => _.split(" ")[2]).join(), ids.join())
    assert.lengthOf(facts, 4 * ids.length)
  })

/** Exchanges the NIKs of two people, tried again while others get in between. */
const swap = (store: Store, a: number, b: number): Effect.Effect<void, unknown> =>
  Effect.gen(function* () {
    while (true) {
      const rows = yield* store.getMany("person", [id(a), id(b)])
      const [one, other] = [rows.find((_) => _.id === id(a))!, rows.find((_) => _.id === id(b))!]
      const [nikOfOne, nikOfOther] = [nikOf(one, a), nikOf(other, b)]
      yield* Effect.yieldNow
      const outcome = yield* store.commit(
        batch(
          update(a, one.version, { nik: nikOfOne }, { nik: nikOfOther }, { body: Fixture.bytes(nikOfOther) }),
          update(b, other.version, { nik: nikOfOther }, { nik: nikOfOne }, { body: Fixture.bytes(nikOfOne) })
        )
      )
      if (outcome._tag === "Committed") return
      // only a stale reading is a reason to be refused
      assert.isTrue(outcome.failures.some((_) => _._tag === "VersionConflict"))
    }
  })

/** The body of a moved row is its NIK; that of a new one still says who it is. */
const nikOf = (row: StorageAdapter.Row, n: number): string => {
  const text = new TextDecoder().decode(row.body)
  return text.startsWith("person ") ? `${n}` : text
}

// --- any sequence ---

interface Intent {
  readonly kind: "insert" | "update" | "remove" | "expect" | "append"
  readonly n: number
  readonly stale: boolean
  readonly nik: string | undefined
  readonly card: string | undefined
  readonly phone: string | undefined
}

const text = fc.option(fc.constantFrom("a", "b", "c", "d", "e", "f"), { nil: undefined, freq: 3 })

const intent: fc.Arbitrary<Intent> = fc.record({
  kind: fc.constantFrom("insert", "insert", "update", "update", "update", "remove", "expect", "append"),
  n: fc.integer({ min: 1, max: 6 }),
  stale: fc.integer({ min: 0, max: 9 }).map((_) => _ === 0),
  nik: text,
  card: text,
  phone: text
})

/** Items that core could send in this state of the register: a row written once, keys as differences. */
const itemsOf = (model: Model.Model, intents: ReadonlyArray<Intent>): ReadonlyArray<StorageAdapter.Item> => {
  const written = new Set<string>()
  return intents.flatMap((wanted): ReadonlyArray<StorageAdapter.Item> => {
    const { card, kind, n, nik, phone, stale } = wanted
    const name = `${kind === "append" ? "log" : "row"} ${n}`
    if (kind !== "expect") {
      if (written.has(name)) return []
      written.add(name)
    }
    const row = model.rows.find((_) => _.id === id(n))
    const version = (row?.version ?? 1) + (stale ? 1 : 0)
    const to = {
      ...(nik !== undefined && { nik }),
      ...(card !== undefined && { card }),
      ...(phone !== undefined && { phone })
    }
    const from = row === undefined ? {} : keysOf(row.body)
    const body = Fixture.bytes(JSON.stringify(to))
    switch (kind) {
      case "insert":
        return [insert(n, to, { body })]
      case "update":
        return [update(n, version, from, to, { body })]
      case "remove":
        return [Fixture.remove(n, version, from)]
      case "expect":
        return [Fixture.expect(n, version)]
      case "append": {
        const length = model.logs.get(id(n))?.length ?? 0
        return [append(n, length + 1 + (stale ? 1 : 0), length + 2)]
      }
    }
  })
}

const keysOf = (body: Uint8Array): Fixture.Keys => JSON.parse(new TextDecoder().decode(body)) as Fixture.Keys
