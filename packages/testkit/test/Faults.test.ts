import { assert, describe, it } from "@effect/vitest"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Aggregate, Storage, StorageAdapter, StorageMemory } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { TestClock } from "effect/testing"
import * as Faults from "../src/Faults.ts"
import * as StorageLaws from "../src/StorageLaws.ts"
import * as StorageWitness from "../src/StorageWitness.ts"

const counters = Aggregate.make("counter", {
  schema: Schema.Struct({ name: Schema.String, count: Schema.Int }),
  unique: { name: (_) => [_.name] }
})

/** A store of counters behind faults, which also tells how many batches came to it. */
const opened = (plan: Faults.Plan, options?: Faults.Options) =>
  Storage.layer([counters]).pipe(
    Layer.provide(Faults.layer(plan, options)),
    Layer.provideMerge(StorageMemory.layer),
    Layer.provide(Layer.mergeAll(Crypto.layerSeeded("faults"), KeyRing.layerMemory(new Uint8Array(32).fill(1)))),
    Layer.fresh
  )

const count = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const found = yield* storage.findBy(counters, "name", "one")
  yield* Option.isNone(found)
    ? storage.insert(counters, { name: "one", count: 1 })
    : storage.update(counters, found.value, { ...found.value.value, count: found.value.value.count + 1 })
})

const read = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const found = yield* storage.findBy(counters, "name", "one")
  return Option.match(found, { onNone: () => 0, onSome: ({ value }) => value.count })
})

/** Time passes by itself while something waits for it. */
const withTime = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) {
      yield* TestClock.adjust(100)
      yield* Effect.yieldNow
    }
    return yield* Fiber.join(fiber)
  })

/** The fault meets commits only, every so many of them. */
const everyCommit = (fault: Faults.Fault, every: number): Faults.Plan => {
  let commits = 0
  return ({ method }) => (method === "commit" && ++commits % every === 0 ? fault : undefined)
}

// what a delivery that came twice wrote twice, a law of the storage would show
const doubled = Layer.unwrap(
  Effect.sync(() => {
    const memory = StorageMemory.make()
    return Layer.merge(
      Faults.layer(() => "duplicate-delivery").pipe(Layer.provide(StorageMemory.layerOf(memory))),
      Layer.succeed(StorageWitness.StorageWitness, StorageWitness.ofMemory(memory))
    )
  })
)
StorageLaws.suite("memory, every call twice", doubled, StorageMemory.capabilities)

describe("Faults", () => {
  for (const fault of Faults.faults) {
    it.effect(`${fault}: what is acknowledged happened once`, () => {
      let met = 0
      return Effect.gen(function* () {
        const storage = yield* Storage.Storage
        for (let i = 0; i < 20; i++) yield* withTime(storage.transaction(count))
        assert.strictEqual(yield* read, 20)
        assert.isAbove(met, 8)
      }).pipe(Effect.provide(opened(everyCommit(fault, 2), { onFault: () => met++ })))
    })
  }

  it.effect("a fault that does not end is an error, and says nothing of what happened", () => {
    let broken = false
    return Effect.gen(function* () {
      const storage = yield* Storage.Storage
      yield* storage.transaction(count)
      broken = true
      const result = yield* withTime(Effect.result(storage.transaction(count)))
      assert.isTrue(Result.isFailure(result) && result.failure._tag === "StorageError" && result.failure.isRetryable)
      broken = false
      assert.strictEqual(yield* read, 2)
    }).pipe(
      Effect.provide(opened(({ method }) => (broken && method === "commit" ? "lost-acknowledgement" : undefined)))
    )
  })

  it.effect("one seed gives one plan, at about the odds that were asked for", () =>
    Effect.sync(() => {
      const planned = (seed: number) => {
        const plan = Faults.seeded(seed, { "lost-acknowledgement": 100, slow: 50 })
        return Array.from({ length: 2_000 }, (_, number) => plan({ method: "commit", number }))
      }
      assert.deepStrictEqual(planned(3), planned(3))
      assert.notDeepEqual(planned(3), planned(4))
      const seen = planned(5)
      assert.closeTo(seen.filter((_) => _ === "lost-acknowledgement").length, 200, 50)
      assert.closeTo(seen.filter((_) => _ === "slow").length, 100, 40)
      assert.notInclude(seen, "disconnect")
    })
  )

  it.effect("a slow call is held up for as long as was said", () =>
    Effect.gen(function* () {
      const adapter = Faults.injected(yield* StorageAdapter.StorageAdapter, () => "slow", { slow: 5_000 })
      const store = yield* adapter.open([])
      const fiber = yield* Effect.forkChild(store.scanHeads({ limit: 1 }))
      yield* TestClock.adjust(4_999)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* Fiber.join(fiber), [])
    }).pipe(Effect.provide(StorageMemory.layer))
  )

  it.effect("a skewed clock is wrong about the day and right about durations", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_000_000)
      const skewed = Faults.skewed(-90_000)
      assert.strictEqual(yield* skewed(Clock.currentTimeMillis), 910_000)
      assert.strictEqual(yield* skewed(Clock.currentTimeNanos), 910_000_000_000n)
      const fiber = yield* Effect.forkChild(skewed(Effect.sleep(500)))
      yield* TestClock.adjust(500)
      yield* Fiber.join(fiber)
    })
  )
})
