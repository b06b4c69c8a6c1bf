/**
 * Fibers, time and turns in one hand. Fibers run on a scheduler that is drained by hand; whoever
 * sleeps or comes to a gate is parked. When nobody can go on, the dice say who goes on next. Nothing
 * here waits for the machine, so a simulated week takes milliseconds, and the same dice give the same run.
 */
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type { Scheduler } from "effect/Scheduler"
import type { Dice } from "../../Dice.ts"

// --- models ---

/** Which machine a fiber runs on: what is parked there is lost when the machine is. */
export type Machine = number

export interface Kernel {
  /** Turns that were taken so far: the order of everything that happens. */
  readonly turn: () => number
  readonly now: () => number
  /** Moves time on; whoever slept that long wakes up in a later turn. */
  readonly pass: (millis: number) => void
  /** The clock of a machine, wrong by `skew` milliseconds. */
  readonly clock: (machine: Machine, skew: number) => Clock.Clock
  /** Waits until the dice let it go on. */
  readonly gate: (machine: Machine) => Effect.Effect<void>
  /** Something that is not an effect and waits for its turn. */
  readonly park: (machine: Machine, act: () => void) => void
  readonly start: <A, E>(effect: Effect.Effect<A, E>, then: (exit: Exit.Exit<A, E>) => void) => Fiber.Fiber<A, E>
  /** Loses everything that is parked on a machine, without a word to it. */
  readonly lose: (machine: Machine) => void
  /** A call to a real database begins or ends: meanwhile nobody else has a turn. */
  readonly outside: (change: 1 | -1) => void
  /** Takes turns until nobody is left, or `until` says so. */
  readonly turns: (until: () => boolean) => Promise<void>
  /** Runs one effect to its end without gates. */
  readonly freely: <A, E>(effect: Effect.Effect<A, E>) => Promise<Exit.Exit<A, E>>
}

interface Parked {
  readonly machine: Machine
  readonly act: () => void
}

interface Sleeper extends Parked {
  readonly at: number
}

// --- constructors ---

export const make = (dice: Dice, start: number): Kernel => {
  let tasks: Array<() => void> = []
  let now = start
  let turn = 0
  let free = false
  const calls = { running: 0 }
  let wake: (() => void) | undefined
  const parked = new Set<Parked>()
  const sleepers = new Set<Sleeper>()

  const dispatcher = {
    scheduleTask: (task: () => void) => {
      tasks.push(task)
      wake?.()
    },
    flush: () => drain()
  }
  const scheduler: Scheduler = { executionMode: "async", shouldYield: () => false, makeDispatcher: () => dispatcher }

  const drain = () => {
    while (tasks.length > 0) {
      const due = tasks
      tasks = []
      for (const task of due) task()
    }
  }

  const waits = <P extends Parked>(among: Set<P>, make: (act: () => void) => P): Effect.Effect<void> =>
    Effect.callback<void>((resume) => {
      const it = make(() => resume(Effect.void))
      among.add(it)
      return Effect.sync(() => void among.delete(it))
    })

  const clock = (machine: Machine, skew: number): Clock.Clock => {
    const millis = () => now + skew
    const nanos = () => BigInt(millis()) * 1_000_000n
    const monotonic = () => BigInt(now) * 1_000_000n
    return {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: monotonic,
      monotonicTimeNanos: Effect.sync(monotonic),
      sleep: (duration) =>
        waits(sleepers, (act) => ({ machine, act, at: now + Math.max(0, Math.ceil(Duration.toMillis(duration))) }))
    }
  }

  /** The next sleeper wakes; time moves on to then if it is not past. */
  const rouse = (): boolean => {
    let first: Sleeper | undefined
    for (const it of sleepers) if (first === undefined || it.at < first.at) first = it
    if (first === undefined) return false
    sleepers.delete(first)
    now = Math.max(now, first.at)
    first.act()
    return true
  }

  const takeTurn = (): boolean => {
    turn++
    // now and then somebody who slept is faster than all who are ready
    if (parked.size === 0 || (sleepers.size > 0 && dice.roll(IMPATIENCE) === 0)) {
      if (rouse()) return true
    }
    if (parked.size === 0) return false
    let left = dice.roll(parked.size)
    for (const it of parked) {
      if (left-- > 0) continue
      parked.delete(it)
      now++
      it.act()
      break
    }
    return true
  }

  const settled = async () => {
    drain()
    while (calls.running > 0) {
      if (tasks.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      wake = undefined
      drain()
    }
  }

  const start_ = <A, E>(effect: Effect.Effect<A, E>, then: (exit: Exit.Exit<A, E>) => void) => {
    const fiber = Effect.runFork(effect, { scheduler })
    fiber.addObserver(then)
    return fiber
  }

  return {
    turn: () => turn,
    now: () => now,
    pass: (millis) => {
      now += millis
    },
    clock,
    gate: (machine) => Effect.suspend(() => (free ? Effect.void : waits(parked, (act) => ({ machine, act })))),
    park: (machine, act) => void parked.add({ machine, act }),
    start: start_,
    lose: (machine) => {
      for (const it of parked) if (it.machine === machine) parked.delete(it)
      for (const it of sleepers) if (it.machine === machine) sleepers.delete(it)
    },
    outside: (change) => {
      calls.running += change
      if (calls.running === 0) wake?.()
    },
    turns: async (until) => {
      while (true) {
        drain()
        if (calls.running > 0) await settled()
        if (until() || !takeTurn()) return
      }
    },
    freely: async <A, E>(effect: Effect.Effect<A, E>) => {
      const ended: { exit?: Exit.Exit<A, E> } = {}
      free = true
      start_(effect, (exit) => {
        ended.exit = exit
      })
      while (true) {
        drain()
        if (calls.running > 0) await settled()
        if (ended.exit !== undefined) break
        if (tasks.length === 0 && !rouse()) throw new Error("An effect waits for nobody")
      }
      free = false
      return ended.exit
    }
  }
}

// --- private ---

/** Of so many turns one is a sleeper's, although others are ready. */
const IMPATIENCE = 60
