/**
 * Calls that overlap and give what they would give one after another.
 *
 * Two commands that share no key cannot influence each other, so their order does not matter. One that
 * shares a key with a call ahead waits until that call has ended, and fails with it: or a file that
 * is gone on with would bring them onto the register the other way round.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

// --- models ---

/** The calls that were there first. */
export interface Ahead<E> {
  /** Whether one of them that has not ended well has one of these keys. */
  readonly isBehind: (keys: ReadonlyArray<string>) => boolean
  /** Waits for those that have one of these keys. */
  readonly settled: (keys: ReadonlyArray<string>) => Effect.Effect<void, E>
}

export interface Place<E> {
  readonly ahead: Ahead<E>
  /** Carries out the call of this place. */
  readonly leaving: <A, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

// --- constructors ---

/** Gives the way to join a new line. A place is given up only by `leaving`, and only by a call that ends well. */
export const make = <E>() => {
  const calls = new Set<Call<E>>()
  return (keys: ReadonlyArray<string>): Place<E> => {
    const mine: Call<E> = { keys: new Set(keys), end: Deferred.makeUnsafe<unknown, E>() }
    const before = [...calls]
    calls.add(mine)
    const meeting = (of: ReadonlyArray<string>) =>
      before.filter((call) => calls.has(call) && of.some((key) => call.keys.has(key)))
    return {
      ahead: {
        isBehind: (of) => meeting(of).length > 0,
        settled: (of) => Effect.forEach(meeting(of), ({ end }) => Deferred.await(end), { discard: true })
      },
      leaving: (call) =>
        Effect.onExit(call, (exit) => {
          // who failed stays: nobody who comes later may be registered before them
          if (Exit.isSuccess(exit)) calls.delete(mine)
          return Deferred.done(mine.end, exit)
        })
    }
  }
}

// --- private ---

interface Call<E> {
  readonly keys: ReadonlySet<string>
  readonly end: Deferred.Deferred<unknown, E>
}
