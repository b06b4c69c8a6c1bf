/**
 * Whatever runs at once could have run one after another.
 *
 * Every unit notes the versions that it read and wrote. Who wrote a version comes before who read
 * it, who read it before who wrote the next: a circle in that order is an anomaly (a lost update, a
 * write skew), and there must be none.
 */
import { assert, describe, it } from "@effect/vitest"
import { type Id, Storage, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { layerOn, Person, person } from "./Register.ts"

const { Storage: Store } = Storage

const PEOPLE = 5

interface Step {
  readonly who: number
  readonly write: boolean
}

interface Trace {
  readonly reads: Map<number, number>
  readonly writes: Map<number, number>
}

const steps: fc.Arbitrary<ReadonlyArray<Step>> = fc.array(
  fc.record({ who: fc.integer({ min: 0, max: PEOPLE - 1 }), write: fc.boolean() }),
  { minLength: 1, maxLength: 4 }
)

const unit = Effect.fnUntraced(function* (ids: ReadonlyArray<Id.Id>, plan: ReadonlyArray<Step>) {
  const storage = yield* Store
  const trace: Trace = { reads: new Map(), writes: new Map() }
  for (const { who, write } of plan) {
    const row = Option.getOrThrow(yield* storage.get(Person, ids[who]!))
    if (!trace.writes.has(who)) trace.reads.set(who, row.version)
    yield* Effect.yieldNow
    if (!write) continue
    const next = yield* storage.update(Person, row, { ...row.value, balance: row.value.balance + 1 })
    trace.writes.set(who, next.version)
  }
  return trace
})

/** Whether the units can be put in a row in which each saw what the ones before it left. */
const canBeInARow = (traces: ReadonlyArray<Trace>): boolean => {
  const writers = new Map<string, number>()
  traces.forEach(({ writes }, i) => writes.forEach((version, who) => writers.set(`${who} ${version}`, i)))
  const after = traces.map(() => new Set<number>())
  traces.forEach(({ reads }, i) =>
    reads.forEach((version, who) => {
      const writer = writers.get(`${who} ${version}`)
      const next = writers.get(`${who} ${version + 1}`)
      if (writer !== undefined) after[writer]!.add(i)
      if (next !== undefined && next !== i) after[i]!.add(next)
    })
  )
  const left = new Set(traces.keys())
  while (left.size > 0) {
    const first = [...left].find((i) => ![...left].some((j) => after[j]!.has(i)))
    if (first === undefined) return false
    left.delete(first)
  }
  return true
}

const seeded = Effect.gen(function* () {
  const storage = yield* Store
  return yield* Effect.forEach(Array.from({ length: PEOPLE }), () =>
    storage.transaction(storage.insert(Person, person()))
  )
})

const check = (
  runAll: (
    ids: ReadonlyArray<Id.Id>,
    plans: ReadonlyArray<ReadonlyArray<Step>>
  ) => Effect.Effect<ReadonlyArray<Trace>, unknown, Storage.Storage>
) =>
  Effect.promise(() =>
    fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 12 }), (plans) =>
        Effect.gen(function* () {
          const ids = yield* seeded
          const traces = yield* runAll(ids, plans)
          assert.strictEqual(traces.length, plans.length)
          assert.isTrue(canBeInARow(traces))
          const storage = yield* Store
          const rows = yield* storage.getMany(Person, ids)
          ids.forEach((id, who) => {
            const written = traces.filter(({ writes }) => writes.has(who)).length
            assert.strictEqual(rows.get(id)!.version, written + 1)
          })
        }).pipe(Effect.provide(layerOn(StorageMemory.layerOf(StorageMemory.make(), { yields: 1 }))), Effect.runPromise)
      ),
      { numRuns: 60 }
    )
  )

describe("units that run at once", () => {
  it.effect("each on its own", () =>
    check((ids, plans) =>
      Effect.gen(function* () {
        const storage = yield* Store
        return yield* Effect.forEach(plans, (plan) => storage.transaction(unit(ids, plan)), {
          concurrency: "unbounded"
        })
      })
    )
  )

  it.effect("in one each, run side by side", () =>
    check((ids, plans) =>
      Effect.gen(function* () {
        const storage = yield* Store
        const results = yield* storage.each(
          plans.map((plan) => unit(ids, plan)),
          { concurrency: 4 }
        )
        return yield* Effect.forEach(results, (result) => Effect.fromResult(result))
      })
    )
  )

  it.effect("in several each and others at once", () =>
    check((ids, plans) =>
      Effect.gen(function* () {
        const storage = yield* Store
        const middle = plans.length >>> 1
        const [one, two] = yield* Effect.all(
          [
            storage.each(plans.slice(0, middle).map((plan) => unit(ids, plan))),
            Effect.forEach(plans.slice(middle), (plan) => Effect.result(storage.transaction(unit(ids, plan))), {
              concurrency: "unbounded"
            })
          ],
          { concurrency: "unbounded" }
        )
        return [...one, ...two].filter(Result.isSuccess).map((_) => _.success)
      })
    )
  )

  it("the check finds a lost update and a write skew", () => {
    const trace = (reads: Record<number, number>, writes: Record<number, number>): Trace => ({
      reads: new Map(Object.entries(reads).map(([who, version]) => [Number(who), version])),
      writes: new Map(Object.entries(writes).map(([who, version]) => [Number(who), version]))
    })
    assert.isTrue(canBeInARow([trace({ 0: 1 }, { 0: 2 }), trace({ 0: 2 }, { 0: 3 })]))
    assert.isFalse(canBeInARow([trace({ 0: 1, 1: 1 }, { 0: 2 }), trace({ 0: 1, 1: 1 }, { 1: 2 })]))
    assert.isFalse(canBeInARow([trace({ 0: 1 }, { 0: 2 }), trace({ 0: 1, 1: 2 }, {}), trace({ 0: 2 }, { 1: 2 })]))
  })
})
