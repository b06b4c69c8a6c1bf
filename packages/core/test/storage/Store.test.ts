/**
 * What core makes of a store that lies, loses answers or is written to behind its back.
 */
import { assert, describe, it } from "@effect/vitest"
import { Storage, StorageAdapter, StorageError, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Job, layerOn, Person, person } from "./Register.ts"

const { Storage: Store } = Storage

const wrapped = (memory: StorageMemory.Memory, wrap: (store: StorageAdapter.Store) => StorageAdapter.Store) =>
  layerOn(
    Layer.effect(
      StorageAdapter.StorageAdapter,
      Effect.map(StorageAdapter.StorageAdapter, (adapter) => ({
        ...adapter,
        open: (declarations) => Effect.map(adapter.open(declarations), wrap)
      }))
    ).pipe(Layer.provide(StorageMemory.layerOf(memory)))
  )

/** What a storage writes when it opens a store that is new. */
const isOpening = ({ items }: StorageAdapter.Batch) =>
  items.every((item) => item._tag === "Insert" && item.aggregate === "key-plan")

const unavailable = StorageError.of(new StorageError.Unavailable({ place: "test", detail: "cut" }))

const rowsOf = (memory: StorageMemory.Memory, aggregate: string) => memory.tables.get(aggregate)!.rows

const reasonOf = <A, R>(effect: Effect.Effect<A, StorageError.StorageError | StorageError.UniqueViolation, R>) =>
  Effect.map(Effect.flip(effect), (error) => (error._tag === "StorageError" ? error.reason._tag : error._tag))

/** Runs an effect while time goes by. */
const patiently = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("1 second")
    return yield* Fiber.join(fiber)
  })

describe("a lost acknowledgement", () => {
  it.effect("is asked for again with the same batch, so that nothing happens twice", () => {
    const memory = StorageMemory.make()
    const batches: Array<string> = []
    return Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      assert.strictEqual(batches.length, 2)
      assert.strictEqual(new Set(batches).size, 1)
      assert.strictEqual(rowsOf(memory, "person").size, 1)
    }).pipe(
      Effect.provide(
        wrapped(memory, (store) => ({
          ...store,
          commit: (batch) =>
            Effect.flatMap(store.commit(batch), (outcome) => {
              if (isOpening(batch)) return Effect.succeed(outcome)
              batches.push(batch.id)
              return batches.length === 1 ? Effect.fail(unavailable) : Effect.succeed(outcome)
            })
        }))
      )
    )
  })

  it.effect("of a store that stays away ends as Unavailable, after pauses", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const reason = yield* patiently(reasonOf(storage.transaction(storage.insert(Person, person()))))
      assert.strictEqual(reason, "Unavailable")
    }).pipe(
      Effect.provide(
        wrapped(StorageMemory.make(), (store) => ({
          ...store,
          commit: (batch) => (isOpening(batch) ? store.commit(batch) : Effect.fail(unavailable))
        }))
      )
    )
  )
})

describe("a store that gives nothing but conflicts", () => {
  it.effect("ends as Contention after a bounded number of attempts", () => {
    let runs = 0
    return Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(storage.insert(Person, person()))
      const reason = yield* patiently(
        reasonOf(
          storage.transaction(
            Effect.gen(function* () {
              runs++
              yield* storage.get(Person, id)
              yield* storage.insert(Job, { lane: "a", due: 1, state: "waiting" })
            })
          )
        )
      )
      assert.strictEqual(reason, "Contention")
      assert.isAbove(runs, 5)
      assert.isBelow(runs, 100)
    }).pipe(
      Effect.provide(
        wrapped(StorageMemory.make(), (store) => ({
          ...store,
          // no expectation of a person ever holds
          commit: (batch) => {
            const failures = batch.items.flatMap((item, i) =>
              item._tag === "Expect" && item.aggregate === "person"
                ? [{ _tag: "VersionConflict" as const, item: i }]
                : []
            )
            return failures.length === 0 ? store.commit(batch) : Effect.succeed({ _tag: "Refused", failures })
          }
        }))
      )
    )
  })
})

describe("a row that was tampered with", () => {
  const cases: Record<string, (memory: StorageMemory.Memory, ids: ReadonlyArray<string>) => void> = {
    "a flipped bit": (memory) => {
      const [row] = rowsOf(memory, "person").values()
      row!.body[40]! ^= 1
    },
    "a body moved to another row": (memory) => {
      const [one, other] = rowsOf(memory, "person").values()
      rowsOf(memory, "person").set(one!.id, { ...one!, body: other!.body })
    },
    "another version number": (memory) => {
      const [row] = rowsOf(memory, "person").values()
      rowsOf(memory, "person").set(row!.id, { ...row!, version: 2 })
    },
    "a key that points to another row": (memory) => {
      const [one, other] = rowsOf(memory, "person").values()
      for (const [key, id] of memory.tables.get("person")!.unique.get("nik")!) {
        if (id === one!.id) memory.tables.get("person")!.unique.get("nik")!.set(key, other!.id)
      }
    }
  }

  for (const [name, tamper] of Object.entries(cases)) {
    it.effect(name, () => {
      const memory = StorageMemory.make()
      return Effect.gen(function* () {
        const storage = yield* Store
        yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
        yield* storage.transaction(storage.insert(Person, person({ nik: "9902" })))
        tamper(memory, [])
        assert.strictEqual(yield* reasonOf(storage.findBy(Person, "nik", "9901")), "Tampered")
        assert.strictEqual(yield* reasonOf(storage.transaction(storage.findMany(Person, "nik", ["9901"]))), "Tampered")
      }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(memory))))
    })
  }

  it.effect("an ordered column that does not belong to the body", () => {
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(storage.insert(Job, { lane: "a", due: 9, state: "waiting" }))
      const row = rowsOf(memory, "job").get(id)!
      rowsOf(memory, "job").set(id, { ...row, columns: ["a", 1] })
      assert.strictEqual(yield* reasonOf(storage.get(Job, id)), "Tampered")
      assert.strictEqual(yield* reasonOf(storage.snapshot(storage.scan(Job, "due", {}, { limit: 5 }))), "Tampered")
    }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(memory))))
  })
})
