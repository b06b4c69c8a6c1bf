/**
 * Under which index roots blind keys are read, written and freed, as the store itself says.
 *
 * The plan is a row. Every commit that touches a key expects it at the version that the keys were made
 * by, so that from the moment a new plan is committed no process can commit by the old one, however
 * long it slept. That is what keeps two registrations of one number from missing each other while the
 * root is exchanged. The row is there several times, all alike, so that those who commit at once do
 * not all hold one row.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Tampered } from "../../privacy/Crypto.ts"
import { KeyId, type KeyRing } from "../../privacy/KeyRing.ts"
import * as Aggregate from "../Aggregate.ts"
import { Id, type Ids } from "../Id.ts"
import type { Expect, Row, Store, Update } from "../StorageAdapter.ts"
import * as StorageError from "../StorageError.ts"
import { type KeyPlan, keyPlanRows } from "../Upkeep.ts"
import type { Kit } from "./kit.ts"

// --- models ---

export const aggregate = Aggregate.make(keyPlanRows, {
  schema: Schema.Struct({ read: KeyId, write: Schema.Array(KeyId), free: Schema.Array(KeyId) })
})

export interface Plans {
  /** The version of this process's lane by which keys are made now. */
  readonly version: () => number
  /** What a batch with keys must find as it is. */
  readonly expectation: () => Expect
  /** Takes up the plan as it is in the store. */
  readonly refresh: Effect.Effect<void, StorageError.StorageError>
  /** The same, unless that was done within the last second: before a key is read. */
  readonly fresh: Effect.Effect<void, StorageError.StorageError>
  /** Puts another plan in the place of the one that is known; false when somebody did so before. */
  readonly replace: (plan: KeyPlan) => Effect.Effect<boolean, StorageError.StorageError>
}

// --- constructors ---

export const make = Effect.fnUntraced(function* (options: {
  readonly store: Store
  readonly kit: Kit
  readonly ring: KeyRing["Service"]
  readonly ids: Ids
  /** Any number: chooses the lane. */
  readonly lot: number
}): Effect.fn.Return<Plans, StorageError.StorageError> {
  const { ids, kit, ring, store } = options
  const lane = lanes[options.lot % lanes.length]!
  let version = 0
  let readAt = -Infinity

  const commit = (items: Parameters<Store["commit"]>[0]["items"]) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.retry(store.commit({ id: ids.at(now), items }), { times: RESENDS, while: (_) => _.isRetryable })
    )

  const begin = Effect.gen(function* () {
    const rows = yield* store.getMany(aggregate.name, lanes)
    const missing = lanes.filter((id) => !rows.some((_) => _.id === id))
    if (missing.length === 0) return
    const [some] = rows
    const plan = some === undefined ? single(ring.indexId) : (yield* Effect.fromResult(kit.open(aggregate, some))).value
    // whoever opens the store at the same time writes the same
    yield* commit(
      missing.map((id) => ({
        _tag: "Insert",
        aggregate: aggregate.name,
        id,
        version: 1,
        body: kit.seal(aggregate, { id, version: 1, value: plan }),
        columns: [],
        takes: [],
        marks: []
      }))
    )
  })

  const refresh = Effect.gen(function* () {
    const row = yield* store.get(aggregate.name, lane)
    if (Option.isNone(row)) {
      return yield* StorageError.of(new Tampered({ reason: "IndexDiffers", aggregate: aggregate.name, id: lane }))
    }
    const { value } = yield* Effect.fromResult(kit.open(aggregate, row.value))
    for (const id of new Set([value.read, ...value.write, ...value.free])) {
      if (Option.isNone(ring.indexRoot(id))) {
        return yield* StorageError.of(
          new Tampered({ reason: "UnknownKey", aggregate: aggregate.name, id: lane, keyId: id })
        )
      }
    }
    readAt = yield* Clock.currentTimeMillis
    version = row.value.version
    kit.plan = value
  })

  yield* begin
  yield* refresh

  return {
    version: () => version,
    expectation: () => ({ _tag: "Expect", aggregate: aggregate.name, id: lane, version }),
    refresh,
    fresh: Effect.flatMap(Clock.currentTimeMillis, (now) =>
      now - readAt < FRESH_MILLIS && now >= readAt ? Effect.void : refresh
    ),
    replace: Effect.fnUntraced(function* (plan) {
      const known = version
      const rows: ReadonlyArray<Row> = yield* store.getMany(aggregate.name, lanes)
      if (rows.find((_) => _.id === lane)?.version !== known) return false
      const items = rows.map(({ columns, id, version }): Update => {
        const body = kit.seal(aggregate, { id, version: version + 1, value: plan })
        const keys = { frees: [], takes: [], unmarks: [], marks: [] }
        return { _tag: "Update", aggregate: aggregate.name, id, version, body, columns, ...keys }
      })
      const outcome = yield* commit(items)
      yield* refresh
      return outcome._tag === "Committed"
    })
  }
})

/** The plan of a register whose keys are all of one root. */
export const single = (id: KeyId): KeyPlan => ({ read: id, write: [id], free: [id] })

// --- private ---

const RESENDS = 6
const FRESH_MILLIS = 1_000

const lanes: ReadonlyArray<Id> = [0, 1, 2, 3].map((lane) => Id.make(`00000000-0000-7000-8000-6b6579706c3${lane}`))
