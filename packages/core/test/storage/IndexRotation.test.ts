/**
 * The root of all keys exchanged while a register is at work: nobody gets in twice, whatever is killed when.
 */
import { assert, describe, it } from "@effect/vitest"
import { Audit, Inspection } from "@kis/core/audit"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Storage, StorageAdapter, StorageMemory, Upkeep } from "@kis/core/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as fc from "fast-check"
import { Job, Person, person } from "./Register.ts"

const { Storage: Store } = Storage
const [first, second] = [KeyRing.KeyId.make(1), KeyRing.KeyId.make(2)]
const secret = (of: number) => new Uint8Array(32).fill(of)

const ring = (indexes: ReadonlyArray<number> = [1, 2]) =>
  Layer.succeed(
    KeyRing.KeyRing,
    KeyRing.make({
      current: first,
      sealing: new Map([[first, secret(1)]]),
      index: secret(20 + indexes[0]!),
      indexId: KeyRing.KeyId.make(indexes[0]!),
      otherIndexes: new Map(indexes.slice(1).map((id) => [KeyRing.KeyId.make(id), secret(20 + id)])),
      audit: secret(12),
      pepper: secret(13)
    })
  )

type House = Storage.Storage | Audit.Audit | Crypto.Crypto | KeyRing.KeyRing

/** One process on the store: its own storage, with the plan that it knows. */
const process = (
  seed: string,
  adapter: Layer.Layer<StorageAdapter.StorageAdapter>,
  keys: Layer.Layer<KeyRing.KeyRing> = ring()
) =>
  Effect.map(
    Layer.build(
      Audit.layer.pipe(
        Layer.provideMerge(Storage.layer([Person, Job])),
        Layer.provideMerge(Layer.mergeAll(adapter, Crypto.layerSeeded(seed), keys)),
        Layer.fresh
      )
    ),
    (context: Context.Context<House>) => ({
      run: <A, E>(effect: Effect.Effect<A, E, House>) => Effect.provideContext(effect, context),
      storage: Context.get(context, Store)
    })
  )

type Process = Effect.Success<ReturnType<typeof process>>

const register = ({ storage }: Process, nik: string) =>
  Effect.catchTag(
    storage.transaction(
      Effect.gen(function* () {
        if (Option.isSome(yield* storage.findBy(Person, "nik", nik))) return "already"
        yield* storage.insert(Person, person({ nik, phone: `+62${nik}` }))
        return "registered"
      })
    ),
    "UniqueViolation",
    () => Effect.succeed("already")
  )

/** A person's number is corrected to another one, when that is free. */
const correct = ({ storage }: Process, nik: string, to: string) =>
  Effect.catchTag(
    storage.transaction(
      Effect.gen(function* () {
        const row = yield* storage.findBy(Person, "nik", nik)
        if (Option.isNone(row)) return
        yield* storage.update(Person, row.value, { ...row.value.value, nik: to })
      })
    ),
    "UniqueViolation",
    () => Effect.void
  )

const remove = ({ storage }: Process, nik: string) =>
  storage.transaction(
    Effect.gen(function* () {
      const row = yield* storage.findBy(Person, "nik", nik)
      if (Option.isSome(row)) yield* storage.remove(Person, row.value)
    })
  )

const numbersOf = (self: Process) =>
  Effect.gen(function* () {
    const { rows } = yield* self.storage.snapshot(self.storage.scan(Person, "id", {}, { limit: 10_000 }))
    return rows.map((_) => _.value.nik!)
  })

/** Nobody is there twice, every key is where it should be, none is left over, and everybody is found. */
const demandWhole = (self: Process, memory: StorageMemory.Memory) =>
  Effect.gen(function* () {
    const numbers = yield* numbersOf(self)
    assert.strictEqual(new Set(numbers).size, numbers.length, "one number, two people")
    const found: Array<Inspection.Finding> = []
    yield* self.run(Inspection.run({ onFinding: (_) => Effect.sync(() => found.push(_)) }))
    assert.deepStrictEqual(found, [])
    for (const nik of numbers) assert.isTrue(Option.isSome(yield* self.storage.findBy(Person, "nik", nik)), nik)
    const { blind, unique } = memory.tables.get("person")!
    assert.strictEqual(unique.get("nik")!.size, numbers.length, "a key is left over or lacks")
    const marks = [...blind.get("phone")!.values()].reduce((sum, _) => sum + _.size, 0)
    assert.strictEqual(marks, numbers.length, "a mark is left over or lacks")
  })

interface Story {
  readonly before: number
  readonly work: ReadonlyArray<{
    readonly by: number
    readonly act: "register" | "correct" | "remove"
    readonly nik: number
    readonly to: number
    readonly sleeps: number
  }>
  /** After how many turns the exchange is killed each time. */
  readonly kills: ReadonlyArray<number>
  readonly yields: number
}

const story: fc.Arbitrary<Story> = fc.record({
  before: fc.integer({ min: 0, max: 12 }),
  work: fc.array(
    fc.record({
      by: fc.nat(2),
      act: fc.constantFrom("register", "register", "register", "correct", "remove"),
      nik: fc.nat(15),
      to: fc.nat(15),
      sleeps: fc.nat(60)
    }),
    { maxLength: 40 }
  ),
  kills: fc.array(fc.nat(80), { maxLength: 6 }),
  yields: fc.integer({ min: 0, max: 3 })
})

const turns = (count: number) => Effect.replicateEffect(Effect.yieldNow, count, { discard: true })

/** Three processes work, a fourth exchanges the root and is killed now and then. */
const play = ({ before, kills, work, yields }: Story, worked: Set<string>) =>
  Effect.gen(function* () {
    const memory = StorageMemory.make()
    const adapter = StorageMemory.layerOf(memory, { yields })
    const workers = yield* Effect.all([process("a", adapter), process("b", adapter), process("c", adapter)])
    for (let i = 0; i < before; i++) yield* register(workers[0], `99${i}`)

    let now = "before"
    const noted = {
      settle: 0,
      onStep: (step: Upkeep.IndexRotation) =>
        Effect.andThen(
          Effect.sync(() => (now = step)),
          turns(20)
        )
    }
    const act = (self: Process, { act, nik, to }: Story["work"][number]) => {
      worked.add(now)
      switch (act) {
        case "register":
          return register(self, `99${nik}`)
        case "correct":
          return correct(self, `99${nik}`, `99${to}`)
        case "remove":
          return remove(self, `99${nik}`)
      }
    }
    const shifts = yield* Effect.forEach(workers, (self, by) =>
      Effect.forkChild(
        Effect.forEach(
          work.filter((_) => _.by === by),
          (each) => Effect.andThen(turns(each.sleeps), act(self, each)),
          { discard: true }
        )
      )
    )
    for (const [i, life] of kills.entries()) {
      const rotator = yield* process(`rotator ${i}`, adapter)
      const fiber = yield* Effect.forkChild(Upkeep.rotateIndex(rotator.storage.upkeep, second, noted))
      yield* turns(life)
      yield* Fiber.interrupt(fiber)
    }
    const last = yield* process("last", adapter)
    const ended = yield* Effect.forkChild(Upkeep.rotateIndex(last.storage.upkeep, second, noted))
    while (ended.pollUnsafe() === undefined) yield* TestClock.adjust("1 second")
    assert.deepStrictEqual(yield* Fiber.join(ended), { step: "done", left: 0 })
    for (const shift of shifts) {
      while (shift.pollUnsafe() === undefined) yield* TestClock.adjust("1 second")
      yield* Fiber.join(shift)
    }
    yield* TestClock.adjust("2 seconds")
    for (const self of workers) yield* demandWhole(self, memory)
    // the old root is needed no more
    yield* demandWhole(yield* process("fresh", adapter, ring([2])), memory)
  }).pipe(Effect.scoped)

/** A store that lets every key plan pass: what an adapter without expectations would be. */
const unfenced = (memory: StorageMemory.Memory) =>
  Layer.effect(
    StorageAdapter.StorageAdapter,
    Effect.map(StorageAdapter.StorageAdapter, (adapter) => ({
      ...adapter,
      open: (declarations) =>
        Effect.map(adapter.open(declarations), (store) => ({
          ...store,
          commit: ({ id, items }) =>
            store.commit({
              id,
              items: items.filter((item) => !(item._tag === "Expect" && item.aggregate === "key-plan"))
            })
        }))
    }))
  ).pipe(Layer.provide(StorageMemory.layerOf(memory)))

/** Registers `nik` through a process that slept through the whole exchange, after another one did. */
const sleeper = (adapter: Layer.Layer<StorageAdapter.StorageAdapter>) =>
  Effect.gen(function* () {
    const asleep = yield* process("asleep", adapter)
    const awake = yield* process("awake", adapter)
    yield* Upkeep.rotateIndex(awake.storage.upkeep, second, { settle: 0 })
    yield* register(awake, "9901")
    const answer = yield* register(asleep, "9901")
    return { answer, numbers: yield* numbersOf(awake) }
  }).pipe(Effect.scoped)

describe("the index root exchanged", () => {
  it.effect("goes through its steps in order, and all is found on the way", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const adapter = StorageMemory.layerOf(memory)
      const self = yield* process("a", adapter)
      for (let i = 0; i < 450; i++) yield* register(self, `99${i}`)
      const steps: Array<string> = []
      const rows: Array<number> = []
      const fiber = yield* Effect.forkChild(
        Upkeep.rotateIndex(self.storage.upkeep, second, {
          onStep: (step) =>
            Effect.andThen(Effect.orDie(self.storage.findBy(Person, "nik", "99449")), (row) =>
              Effect.sync(() => steps.push(Option.isSome(row) ? step : `${step}: lost`))
            ),
          onRows: (done) => Effect.sync(() => rows.push(done))
        })
      )
      while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Fiber.join(fiber), { step: "done", left: 0 })
      assert.deepStrictEqual(steps, ["begun", "moved", "dropping", "done"])
      assert.strictEqual(rows.at(-1), 454)
      yield* demandWhole(self, memory)
      assert.deepStrictEqual(yield* Upkeep.rotateIndex(self.storage.upkeep, second), { step: "done", left: 0 })
    }).pipe(Effect.scoped)
  )

  it.effect("one number never gets two people: three processes at work, the exchange killed at any moment", () =>
    Effect.gen(function* () {
      const worked = new Set<string>()
      for (const [i, each] of fc.sample(story, { numRuns: 60, seed: 20_261_124 }).entries()) {
        yield* Effect.catchDefect(play(each, worked), (defect) =>
          Effect.die(new Error(`story ${i}: ${JSON.stringify(each)}`, { cause: defect }))
        )
      }
      assert.deepStrictEqual([...worked].sort(), ["before", "begun", "done", "dropping", "moved"])
    })
  )

  it.effect("a process that slept through all of it cannot write by the old root", () =>
    Effect.gen(function* () {
      const whole = yield* sleeper(StorageMemory.layerOf(StorageMemory.make()))
      assert.deepStrictEqual(whole, { answer: "already", numbers: ["9901"] })
      // the same without the fence is what it guards from
      const broken = yield* sleeper(unfenced(StorageMemory.make()))
      assert.deepStrictEqual(broken, { answer: "registered", numbers: ["9901", "9901"] })
    })
  )

  it.effect("a process whose ring lacks the new root stops, and writes nothing", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const adapter = StorageMemory.layerOf(memory)
      const poor = yield* process("poor", adapter, ring([1]))
      const rich = yield* process("rich", adapter)
      yield* Upkeep.rotateIndex(rich.storage.upkeep, second, { settle: 0 })
      const error = yield* Effect.flip(register(poor, "9901"))
      assert.strictEqual(error.reason._tag, "Tampered")
      assert.include(error.message, "which the key ring lacks")
      assert.deepStrictEqual(yield* numbersOf(rich), [])
    }).pipe(Effect.scoped)
  )

  it.effect("a row that does not open keeps the old keys from being dropped", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const self = yield* process("a", StorageMemory.layerOf(memory))
      yield* register(self, "9901")
      yield* register(self, "9902")
      const [row] = memory.tables.get("person")!.rows.values()
      const body = row!.body.slice()
      body[30]! ^= 1
      memory.tables.get("person")!.rows.set(row!.id, { ...row!, body })
      assert.deepStrictEqual(yield* Upkeep.rotateIndex(self.storage.upkeep, second), { step: "begun", left: 1 })
      memory.tables.get("person")!.rows.set(row!.id, row!)
      assert.deepStrictEqual(yield* Upkeep.rotateIndex(self.storage.upkeep, second, { settle: 0 }), {
        step: "done",
        left: 0
      })
      yield* demandWhole(self, memory)
    }).pipe(Effect.scoped)
  )
})
