import { assert, describe, it } from "@effect/vitest"
import { Audit, Inspection } from "@kis/core/audit"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Storage, type StorageAdapter, StorageMemory, Upkeep } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Job, Person, person } from "./Register.ts"

const [first, second] = [KeyRing.KeyId.make(1), KeyRing.KeyId.make(2)]
const secret = (of: number) => new Uint8Array(32).fill(of)

/** A ring whose keys are exchanged while it is in use. */
const ringOf = () => {
  const sealing = new Map([[first, secret(1)]])
  const state = { current: first, sealing }
  const ring = KeyRing.KeyRing.of({
    get current() {
      return state.current
    },
    sealing: (id) => Option.fromUndefinedOr(sealing.get(id)),
    index: secret(11),
    indexId: first,
    indexRoot: (id) => (id === first ? Option.some(secret(11)) : Option.none()),
    audit: secret(12),
    pepper: secret(13)
  })
  return {
    layer: Layer.succeed(KeyRing.KeyRing, ring),
    rotate: Effect.sync(() => {
      sealing.set(second, secret(2))
      state.current = second
    }),
    forget: Effect.sync(() => sealing.delete(first))
  }
}

const house = (
  ring: ReturnType<typeof ringOf>,
  adapter: Layer.Layer<StorageAdapter.StorageAdapter> = StorageMemory.layer
) =>
  Audit.layer.pipe(
    Layer.provideMerge(Storage.layer([Person, Job])),
    Layer.provideMerge(Layer.mergeAll(adapter, Crypto.layerSeeded("resealing"), ring.layer)),
    Layer.fresh
  )

const { Storage: Store } = Storage

/** Rows of the storage itself: they say by which root keys are made. */
const plans = 4

/** People, each told of in a log of its own, and jobs of which no log tells. */
const people = (count: number) =>
  Effect.gen(function* () {
    const storage = yield* Store
    const audit = yield* Audit.Audit
    return yield* storage.transaction(
      Effect.forEach(Array.from({ length: count }), (_, i) =>
        Effect.gen(function* () {
          const id = yield* storage.insert(Person, person({ nik: `99${i}`, phone: `+62${i % 7}` }))
          yield* storage.insert(Job, { lane: "a", due: i, state: "waiting" })
          yield* audit.record(id, {
            actor: "system:test",
            action: "register",
            refs: [{ aggregate: "person", id, version: 1 }]
          })
          return id
        })
      )
    )
  })

const inspected = Effect.gen(function* () {
  const found: Array<Inspection.Finding> = []
  const report = yield* Inspection.run({ onFinding: (_) => Effect.sync(() => found.push(_)) })
  assert.deepStrictEqual(found, [])
  return Object.fromEntries(report.sealing)
})

describe("sealing anew", () => {
  it.effect("brings every body under the current key, and the old one is needed no more", () => {
    const ring = ringOf()
    return Effect.gen(function* () {
      const storage = yield* Store
      const ids = yield* people(250)
      yield* ring.rotate
      // a change alone brings its row over
      yield* storage.transaction(
        Effect.gen(function* () {
          const row = Option.getOrThrow(yield* storage.get(Person, ids[0]!))
          yield* storage.update(Person, row, { ...row.value, balance: 5 })
        })
      )
      assert.deepStrictEqual(yield* inspected, { 1: 499 + plans, 2: 1 })
      const steps: Array<number> = []
      const done = yield* Upkeep.resealAll(storage.upkeep, {
        onRows: (rows) => Effect.sync(() => steps.push(rows))
      })
      assert.deepStrictEqual(done, { resealed: 499 + plans, left: 0 })
      assert.strictEqual(steps.at(-1), 500 + plans)
      assert.deepStrictEqual(yield* Upkeep.resealAll(storage.upkeep), { resealed: 0, left: 0 })
      yield* ring.forget
      assert.deepStrictEqual(yield* inspected, { 2: 500 + plans })
      const found = yield* storage.findBy(Person, "nik", "997")
      assert.strictEqual(Option.getOrThrow(found).version, 2)
    }).pipe(Effect.provide(house(ring)))
  })

  it.effect("does it while others write, and takes nothing of theirs", () => {
    const ring = ringOf()
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const storage = yield* Store
      const ids = yield* people(60)
      yield* ring.rotate
      const writers = yield* Effect.forkChild(
        Effect.forEach(
          Array.from({ length: 240 }),
          (_, i) =>
            storage.transaction(
              Effect.gen(function* () {
                const row = Option.getOrThrow(yield* storage.get(Person, ids[i % 60]!))
                yield* storage.update(Person, row, { ...row.value, balance: row.value.balance + 1 })
              })
            ),
          { concurrency: 6 }
        )
      )
      const done = yield* Upkeep.resealAll(storage.upkeep)
      assert.strictEqual(done.left, 0)
      yield* Fiber.join(writers)
      yield* ring.forget
      assert.deepStrictEqual(yield* inspected, { 2: 120 + plans })
      for (const id of ids) {
        assert.strictEqual(Option.getOrThrow(yield* storage.get(Person, id)).value.balance, 4)
      }
    }).pipe(Effect.provide(house(ring, StorageMemory.layerOf(memory, { yields: 3 }))))
  })

  it.effect("goes on where it was stopped", () => {
    const ring = ringOf()
    const memory = StorageMemory.make()
    const layer = house(ring, StorageMemory.layerOf(memory))
    return Effect.gen(function* () {
      yield* Effect.provide(people(250), layer)
      yield* ring.rotate
      yield* Effect.gen(function* () {
        const { upkeep } = yield* Store
        const stopped = yield* Effect.exit(
          Upkeep.resealAll(upkeep, { onRows: (_, resealed) => (resealed >= 200 ? Effect.interrupt : Effect.void) })
        )
        assert.strictEqual(stopped._tag, "Failure")
      }).pipe(Effect.provide(layer))
      yield* Effect.gen(function* () {
        assert.deepStrictEqual(yield* inspected, { 1: 300 + plans, 2: 200 })
        assert.deepStrictEqual(yield* Upkeep.resealAll((yield* Store).upkeep), { resealed: 300 + plans, left: 0 })
        assert.deepStrictEqual(yield* inspected, { 2: 500 + plans })
      }).pipe(Effect.provide(layer))
    })
  })

  it.effect("a body that does not open is left as it is, and counted", () => {
    const ring = ringOf()
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const storage = yield* Store
      const ids = yield* people(3)
      yield* ring.rotate
      const row = memory.tables.get("person")!.rows.get(ids[1]!)!
      const body = row.body.slice()
      body[30]! ^= 1
      memory.tables.get("person")!.rows.set(ids[1]!, { ...row, body })
      assert.deepStrictEqual(yield* Upkeep.resealAll(storage.upkeep), { resealed: 5 + plans, left: 1 })
      assert.deepStrictEqual(memory.tables.get("person")!.rows.get(ids[1]!)!.body, body)
    }).pipe(Effect.provide(house(ring, StorageMemory.layerOf(memory))))
  })
})
