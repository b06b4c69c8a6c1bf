import { assert, describe, it } from "@effect/vitest"
import { Storage, StorageError, StorageMemory } from "@kis/core/storage"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Job, layer, layerOn, Person, person } from "./Register.ts"

class Refused extends Schema.TaggedError<Refused>("test/Refused")("Refused", { balance: Schema.Int }) {}

const { Storage: Store } = Storage

const find = (nik: string) => Store.use((storage) => storage.findBy(Person, "nik", nik))

const balanceOf = (nik: string) => Effect.map(find(nik), (found) => Option.getOrThrow(found).value.balance)

/** Reads a person by NIK inside a unit of work and writes over it. */
const pay = (nik: string, amount: number) =>
  Store.use((storage) =>
    Effect.flatMap(storage.findBy(Person, "nik", nik), (found) => {
      const row = Option.getOrThrow(found)
      return storage.update(Person, row, { ...row.value, balance: row.value.balance + amount })
    })
  )

const dies = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(effect), (exit) => {
    assert.isTrue(Exit.hasDies(exit), "expected a defect")
    return Exit.isFailure(exit) ? Cause.pretty(exit.cause) : ""
  })

describe("a unit of work", () => {
  it.effect("commits all that it wrote, sealed", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      yield* Effect.gen(function* () {
        const storage = yield* Store
        const id = yield* storage.transaction(storage.insert(Person, person({ name: "Siti Canary", nik: "9901" })))
        const read = Option.getOrThrow(yield* storage.get(Person, id))
        assert.deepStrictEqual(read, { id, version: 1, value: person({ name: "Siti Canary", nik: "9901" }) })
      }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(memory))))
      const [row] = memory.tables.get("person")!.rows.values()
      assert.isFalse(new TextDecoder("latin1").decode(row!.body).includes("Canary"))
    })
  )

  it.effect("reads its own writes, by id and by key, and no longer what it took away", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const old = yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      yield* storage.transaction(
        Effect.gen(function* () {
          const id = yield* storage.insert(Person, person({ nik: "9902" }))
          assert.strictEqual(Option.getOrThrow(yield* find("9902")).id, id)
          assert.strictEqual(Option.getOrThrow(yield* storage.get(Person, id)).version, 1)
          const row = Option.getOrThrow(yield* find("9901"))
          yield* storage.update(Person, row, person({ nik: "9903" }))
          assert.isTrue(Option.isNone(yield* find("9901")))
          assert.strictEqual(Option.getOrThrow(yield* find("9903")).id, old)
          const found = yield* storage.findMany(Person, "nik", ["9901", "9902", "9903", "9904"])
          assert.deepStrictEqual([...found.keys()].sort(), ["9902", "9903"])
          yield* storage.remove(Person, found.get("9902")!)
          assert.isTrue(Option.isNone(yield* find("9902")))
          assert.isTrue(Option.isNone(yield* storage.get(Person, id)))
          assert.strictEqual((yield* storage.getMany(Person, [id, old])).size, 1)
        })
      )
      assert.isTrue(Option.isNone(yield* find("9901")))
      assert.isTrue(Option.isNone(yield* find("9902")))
      assert.strictEqual(Option.getOrThrow(yield* find("9903")).version, 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("keeps the net effect: many writes of one row are one version", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(
        Effect.gen(function* () {
          const id = yield* storage.insert(Person, person({ nik: "9901" }))
          const first = Option.getOrThrow(yield* storage.get(Person, id))
          const second = yield* storage.update(Person, first, person({ nik: "9902" }))
          const third = yield* storage.update(Person, second, person({ nik: "9903", balance: 3 }))
          assert.strictEqual(third.version, 1)
          return id
        })
      )
      const row = Option.getOrThrow(yield* storage.get(Person, id))
      assert.deepStrictEqual([row.version, row.value.balance], [1, 3])
      assert.isTrue(Option.isNone(yield* find("9902")))
      // what update returned is what is stored: it can be written over from outside
      const next = yield* storage.transaction(storage.update(Person, row, person({ balance: 4 })))
      assert.deepStrictEqual(Option.getOrThrow(yield* storage.get(Person, id)), next)
      yield* storage.transaction(storage.remove(Person, next))
      assert.isTrue(Option.isNone(yield* storage.get(Person, id)))
    }).pipe(Effect.provide(layer))
  )

  it.effect("writes nothing when it fails, dies or is interrupted", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const insert = storage.insert(Person, person({ nik: "9901" }))
      const failed = yield* Effect.flip(storage.transaction(Effect.andThen(insert, new Refused({ balance: 1 }))))
      assert.deepStrictEqual(failed, new Refused({ balance: 1 }))
      yield* dies(storage.transaction(Effect.andThen(insert, Effect.die(new Error("broken")))))
      const fiber = yield* Effect.forkChild(storage.transaction(Effect.andThen(insert, Effect.never)))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(fiber)
      assert.isTrue(Option.isNone(yield* find("9901")))
    }).pipe(Effect.provide(layer))
  )

  it.effect("fails with UniqueViolation at its end when a key is held", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      const failure = yield* Effect.flip(
        storage.transaction(
          Effect.gen(function* () {
            yield* storage.insert(Job, { lane: "a", due: 1, state: "waiting" })
            yield* storage.insert(Person, person({ nik: "9901" }))
          })
        )
      )
      assert.deepStrictEqual(failure, new StorageError.UniqueViolation({ aggregate: "person", key: "nik" }))
      assert.strictEqual(yield* storage.snapshot(storage.countBy(Job, "id", {})), 0)
    }).pipe(Effect.provide(layer))
  )

  it.effect("runs again when what it read has changed, and sees the change", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      const runs: Array<number> = []
      const gate = yield* Deferred.make<void>()
      const slow = yield* Effect.forkChild(
        storage.transaction(
          Effect.gen(function* () {
            const row = Option.getOrThrow(yield* find("9901"))
            runs.push(row.value.balance)
            yield* Deferred.await(gate)
            yield* storage.update(Person, row, { ...row.value, balance: row.value.balance + 1 })
          })
        )
      )
      yield* Effect.yieldNow
      yield* storage.transaction(pay("9901", 10))
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.join(slow)
      assert.deepStrictEqual(runs, [0, 10])
      assert.strictEqual(yield* balanceOf("9901"), 11)
    }).pipe(Effect.provide(layer))
  )

  it.effect("guards a row that it only read, unless it peeked", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      const during = (read: "get" | "peek") =>
        Effect.gen(function* () {
          let runs = 0
          yield* storage.transaction(
            Effect.gen(function* () {
              runs++
              yield* storage[read](Person, id)
              // from another fiber, which is outside of this unit
              if (runs === 1) yield* outside(storage.transaction(pay("9901", 1)))
              yield* storage.insert(Job, { lane: "a", due: 1, state: "waiting" })
            })
          )
          return runs
        })
      assert.strictEqual(yield* during("peek"), 1)
      assert.strictEqual(yield* during("get"), 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("confirms what it read before a typed failure is answered", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      let runs = 0
      const spend = storage.transaction(
        Effect.gen(function* () {
          const row = Option.getOrThrow(yield* find("9901"))
          if (++runs === 1) yield* outside(storage.transaction(pay("9901", 5)))
          if (row.value.balance < 5) return yield* new Refused({ balance: row.value.balance })
          yield* storage.update(Person, row, { ...row.value, balance: row.value.balance - 5 })
        })
      )
      yield* spend
      assert.deepStrictEqual([runs, yield* balanceOf("9901")], [2, 0])
      assert.deepStrictEqual(yield* Effect.flip(spend), new Refused({ balance: 0 }))
    }).pipe(Effect.provide(layer))
  )

  it.effect("a failure beside an interruption is the failure", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const failure = yield* Effect.flip(
        storage.transaction(
          Effect.failCause(Cause.combine(Cause.interrupt(1), Cause.fail(new Refused({ balance: 3 }))))
        )
      )
      assert.deepStrictEqual(failure, new Refused({ balance: 3 }))
    }).pipe(Effect.provide(layer))
  )

  it.effect("a thousand registrations of one key at once leave one", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const register = Effect.gen(function* () {
        // as a registration does: look first, and rest on what was found
        if (Option.isSome(yield* find("9901"))) return yield* new Refused({ balance: 0 })
        yield* storage.insert(Person, person({ nik: "9901" }))
      })
      const results = yield* Effect.all(
        Array.from({ length: 1_000 }, () => Effect.result(storage.transaction(register))),
        { concurrency: "unbounded" }
      )
      assert.lengthOf(results.filter(Result.isSuccess), 1)
      assert.strictEqual(yield* storage.snapshot(storage.countBy(Person, "id", {})), 1)
    }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(StorageMemory.make(), { yields: 2 }))))
  )

  it.effect("two reads of one run never differ", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      let runs = 0
      yield* storage.transaction(
        Effect.gen(function* () {
          const first = yield* storage.get(Person, id)
          if (++runs === 1) yield* outside(storage.transaction(pay("9901", 1)))
          assert.deepStrictEqual(yield* storage.get(Person, id), first)
          assert.deepStrictEqual(yield* find("9901"), first)
        })
      )
      assert.strictEqual(runs, 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("a version read outside that is old is Stale, and not tried again", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      const old = Option.getOrThrow(yield* storage.get(Person, id))
      yield* storage.transaction(pay("9901", 1))
      let runs = 0
      const failure = yield* Effect.flip(
        storage.transaction(
          Effect.suspend(() => {
            runs++
            return storage.update(Person, old, person())
          })
        )
      )
      assert.strictEqual(failure._tag === "StorageError" && failure.reason._tag, "Stale")
      assert.strictEqual(runs, 1)
      const both = yield* Effect.flip(
        storage.transaction(Effect.andThen(storage.get(Person, id), storage.update(Person, old, person())))
      )
      assert.strictEqual(both._tag === "StorageError" && both.reason._tag, "Stale")
    }).pipe(Effect.provide(layer))
  )

  it.effect("nested joins the outer one", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const failure = yield* Effect.flip(
        storage.transaction(
          Effect.gen(function* () {
            yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
            return yield* new Refused({ balance: 0 })
          })
        )
      )
      assert.strictEqual(failure._tag, "Refused")
      assert.isTrue(Option.isNone(yield* find("9901")))
    }).pipe(Effect.provide(layer))
  )

  it.effect("an inner failure that is caught dooms the whole", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const text = yield* dies(
        storage.transaction(
          Effect.gen(function* () {
            yield* storage.insert(Person, person({ nik: "9901" }))
            yield* Effect.ignore(storage.transaction(new Refused({ balance: 0 })))
          })
        )
      )
      assert.include(text, "catch it around the outer transaction")
      assert.isTrue(Option.isNone(yield* find("9901")))
    }).pipe(Effect.provide(layer))
  )

  it.effect("many at once on one row all get through", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      yield* Effect.forEach(Array.from({ length: 300 }), () => storage.transaction(pay("9901", 1)), {
        concurrency: "unbounded",
        discard: true
      })
      assert.strictEqual(yield* balanceOf("9901"), 300)
    }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(StorageMemory.make(), { yields: 2 }))))
  )

  it.effect("many at once on one log lose no line and run once each", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const subject = yield* storage.nextId
      let runs = 0
      const line = storage.transaction(Effect.suspend(() => storage.append(subject, new Uint8Array([runs++]))))
      yield* Effect.forEach(Array.from({ length: 200 }), () => line, { concurrency: "unbounded", discard: true })
      const lines = yield* storage.snapshot(storage.readLog(subject))
      assert.deepStrictEqual(
        lines.map((_) => _.sequence),
        Array.from({ length: 200 }, (_, i) => i + 1)
      )
      assert.strictEqual(new Set(lines.map((_) => _.body[0])).size, 200)
      assert.strictEqual(runs, 200)
    }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(StorageMemory.make(), { yields: 2 }))))
  )

  it.effect("rehearsed runs every unit twice and commits it once", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      let runs = 0
      yield* storage.transaction(Effect.suspend(() => storage.insert(Person, person({ nik: `${9900 + ++runs}` }))))
      assert.strictEqual(runs, 2)
      assert.isTrue(Option.isNone(yield* find("9901")))
      assert.isTrue(Option.isSome(yield* find("9902")))
    }).pipe(Effect.provide(layerOn(StorageMemory.layer, { rehearse: true })))
  )
})

describe("each", () => {
  it.effect("gives every unit its own result and commits the rest", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      const results = yield* storage.each([
        storage.insert(Person, person({ nik: "9902" })),
        storage.insert(Person, person({ nik: "9901" })),
        Effect.andThen(storage.insert(Person, person({ nik: "9903" })), new Refused({ balance: 1 })),
        storage.insert(Person, person({ nik: "9902" })),
        storage.insert(Person, person({ nik: "9904" }))
      ])
      assert.deepStrictEqual(
        results.map((result) => (Result.isSuccess(result) ? "written" : result.failure._tag)),
        ["written", "UniqueViolation", "Refused", "UniqueViolation", "written"]
      )
      const found = yield* storage.findMany(Person, "nik", ["9901", "9902", "9903", "9904"])
      assert.deepStrictEqual([...found.keys()].sort(), ["9901", "9902", "9904"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("a key is not lost to a unit that itself fails", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      // the first takes 9902 and fails over 9901; the second must get 9902
      const results = yield* storage.each([
        Effect.andThen(
          storage.insert(Person, person({ nik: "9902" })),
          storage.insert(Person, person({ nik: "9901" }))
        ),
        storage.insert(Person, person({ nik: "9902" }))
      ])
      assert.deepStrictEqual(results.map(Result.isSuccess), [false, true])
    }).pipe(Effect.provide(layer))
  )

  it.effect("units do not see each other; those that write one row follow one another", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(storage.insert(Person, person({ nik: "9901" })))
      const seen: Array<number> = []
      const step = Effect.gen(function* () {
        seen.push(yield* balanceOf("9901"))
        yield* pay("9901", 1)
      })
      const results = yield* storage.each([step, step, step])
      assert.isTrue(results.every(Result.isSuccess))
      assert.strictEqual(yield* balanceOf("9901"), 3)
      assert.deepStrictEqual(seen, [0, 0, 0, 1, 1, 2])
    }).pipe(Effect.provide(layer))
  )

  it.effect("no write skew: of two units that read what the other writes, one runs again", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      yield* storage.transaction(
        Effect.andThen(
          storage.insert(Person, person({ nik: "9901", balance: 1 })),
          storage.insert(Person, person({ nik: "9902", balance: 1 }))
        )
      )
      // each may give up its own one only while the other still has one
      const giveUp = (own: string, other: string) =>
        Effect.gen(function* () {
          if ((yield* balanceOf(own)) + (yield* balanceOf(other)) < 2) return yield* new Refused({ balance: 0 })
          yield* pay(own, -1)
        })
      const results = yield* storage.each([giveUp("9901", "9902"), giveUp("9902", "9901")])
      assert.deepStrictEqual(results.map(Result.isSuccess), [true, false])
      assert.strictEqual((yield* balanceOf("9901")) + (yield* balanceOf("9902")), 1)
    }).pipe(Effect.provide(layer))
  )

  it.effect("joins the lines of one log in the order of the units", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const subject = yield* storage.nextId
      yield* storage.transaction(storage.insert(Person, person({ nik: "9902" })))
      const unit = (n: number) =>
        Effect.andThen(storage.append(subject, new Uint8Array([n])), storage.insert(Person, person({ nik: `990${n}` })))
      const results = yield* storage.each([unit(1), unit(2), unit(3)])
      assert.deepStrictEqual(results.map(Result.isSuccess), [true, false, true])
      const lines = yield* storage.snapshot(storage.readLog(subject))
      assert.deepStrictEqual(
        lines.map((_) => [_.sequence, _.body[0]]),
        [
          [1, 1],
          [2, 3]
        ]
      )
    }).pipe(Effect.provide(layer))
  )
})

describe("misuse is a defect with a plain sentence", () => {
  it.effect("a channel inside a unit of work", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const text = yield* dies(storage.transaction(Storage.refuseInTransaction("MessageChannel")))
      assert.include(text, "MessageChannel was called inside a unit of work")
      yield* Storage.refuseInTransaction("MessageChannel")
    }).pipe(Effect.provide(layer))
  )

  it.effect("an undeclared aggregate, a lost update, an ended unit", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.transaction(storage.insert(Person, person()))
      yield* dies(
        storage.transaction(
          Effect.gen(function* () {
            const row = Option.getOrThrow(yield* storage.get(Person, id))
            yield* storage.update(Person, row, person({ balance: 1 }))
            yield* storage.update(Person, row, person({ balance: 2 }))
          })
        )
      )
      const late = yield* Deferred.make<void>()
      const fiber = yield* storage.transaction(
        Effect.forkDetach(Effect.andThen(Deferred.await(late), storage.insert(Person, person())))
      )
      yield* Deferred.succeed(late, undefined)
      yield* dies(Fiber.join(fiber))
      yield* dies(storage.transaction(storage.each([Effect.void])))
      yield* dies(storage.transaction(storage.snapshot(Effect.void)))
    }).pipe(Effect.provide(layer))
  )
})

/** Runs an effect as another fiber would, outside of the unit of work of this one. */
const outside = <A, E>(effect: Effect.Effect<A, E, Storage.Storage>) =>
  Effect.flatMap(Store, (storage) =>
    Effect.promise(() => Effect.runPromise(Effect.provideService(effect, Store, storage)))
  )
