/**
 * A store that works, behind a connection that does not: what goes wrong between a program and its
 * database, made to happen on purpose.
 *
 * Every call of the port may meet one fault. Which one is decided by a plan: by odds from a seed,
 * or by hand. The store itself stays right, so whatever is lost or doubled under faults was lost or
 * doubled by the code that calls it.
 *
 * @since 0.1.0
 */
import { StorageAdapter, StorageError } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Dice from "./Dice.ts"
import * as StoreCalls from "./internal/storeCalls.ts"

// --- models ---

/**
 * - `lost-acknowledgement`: the call is carried out whole, and its answer is lost.
 * - `duplicate-delivery`: the call arrives twice; the second answer is the one that is heard.
 * - `slow`: the call is held up before it is carried out.
 * - `disconnect`: the connection breaks while the call is under way. A commit is then there whole or
 *   not at all, and nobody says which.
 * - `serialization-failure`: the store gives up because of others; nothing was written.
 *
 * @category models
 * @since 0.1.0
 */
export type Fault = "lost-acknowledgement" | "duplicate-delivery" | "slow" | "disconnect" | "serialization-failure"

/**
 * @category models
 * @since 0.1.0
 */
export const faults: ReadonlyArray<Fault> = [
  "lost-acknowledgement",
  "duplicate-delivery",
  "slow",
  "disconnect",
  "serialization-failure"
]

/**
 * One call of the port: its method, and how many calls there were before it since the store was
 * opened.
 *
 * @category models
 * @since 0.1.0
 */
export interface Call {
  readonly method: keyof StorageAdapter.Store
  readonly number: number
}

/**
 * Which fault a call meets; none when undefined.
 *
 * @category models
 * @since 0.1.0
 */
export type Plan = (call: Call) => Fault | undefined

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** How long a `slow` call is held up, milliseconds; 1,000 when left out. */
  readonly slow?: number
  /** Is told of each fault as it happens. */
  readonly onFault?: (fault: Fault, call: Call) => void
}

// --- plans ---

/**
 * Faults by odds: of a thousand calls, about how many meet each. The same seed gives the same plan.
 *
 * @category plans
 * @since 0.1.0
 */
export const seeded = (seed: number, odds: Partial<Record<Fault, number>>): Plan => {
  const dice = Dice.make(seed)
  return () => {
    let thrown = dice.roll(1_000)
    for (const fault of faults) {
      thrown -= odds[fault] ?? 0
      if (thrown < 0) return fault
    }
    return undefined
  }
}

// --- layers ---

/**
 * Puts faults in front of the storage adapter that is provided to it.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  plan: Plan,
  options?: Options
): Layer.Layer<StorageAdapter.StorageAdapter, never, StorageAdapter.StorageAdapter> =>
  Layer.effect(
    StorageAdapter.StorageAdapter,
    Effect.map(StorageAdapter.StorageAdapter, (adapter) => injected(adapter, plan, options))
  )

/**
 * The same for an adapter at hand.
 *
 * @category layers
 * @since 0.1.0
 */
export const injected = (
  adapter: StorageAdapter.StorageAdapter["Service"],
  plan: Plan,
  options?: Options
): StorageAdapter.StorageAdapter["Service"] => ({
  ...adapter,
  open: (declarations) => Effect.map(adapter.open(declarations), (store) => injectedStore(store, plan, options))
})

/**
 * A clock that is wrong by some milliseconds: ahead when positive. For an effect that runs on a
 * machine whose clock was not set.
 *
 * @category layers
 * @since 0.1.0
 */
export const skewed =
  (millis: number) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Clock.Clock, (clock) => Effect.provideService(effect, Clock.Clock, shifted(clock, millis)))

// --- private ---

const lost = (detail: string) => StorageError.of(new StorageError.Unavailable({ place: "behind faults", detail }))

const injectedStore = (store: StorageAdapter.Store, plan: Plan, options: Options = {}): StorageAdapter.Store => {
  let calls = 0

  const through = <A>(
    method: keyof StorageAdapter.Store,
    act: Effect.Effect<A, StorageError.StorageError>
  ): Effect.Effect<A, StorageError.StorageError> =>
    Effect.suspend(() => {
      const call = { method, number: calls++ }
      const fault = plan(call)
      if (fault === undefined) return act
      options.onFault?.(fault, call)
      switch (fault) {
        case "lost-acknowledgement":
          return Effect.andThen(act, Effect.fail(lost("the answer was lost")))
        case "duplicate-delivery":
          return Effect.andThen(act, act)
        case "slow":
          return Effect.andThen(Effect.sleep(options.slow ?? 1_000), act)
        case "disconnect":
          // sooner or later in the call: before it, in it, or after it
          return Effect.raceFirst(
            Effect.andThen(act, Effect.never),
            Effect.andThen(
              Effect.replicateEffect(Effect.yieldNow, call.number % 4),
              Effect.fail(lost("the connection broke"))
            )
          )
        case "serialization-failure":
          return Effect.fail(lost("could not serialize access"))
      }
    })

  return StoreCalls.put(store, through)
}

const shifted = (clock: Clock.Clock, millis: number): Clock.Clock => ({
  currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + millis,
  currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + millis),
  currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe() + BigInt(millis) * 1_000_000n,
  currentTimeNanos: Effect.map(clock.currentTimeNanos, (now) => now + BigInt(millis) * 1_000_000n),
  monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
  monotonicTimeNanos: clock.monotonicTimeNanos,
  sleep: (duration) => clock.sleep(duration)
})
