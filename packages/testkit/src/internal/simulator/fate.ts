/**
 * What goes wrong, and for whom. The fate of each call hangs on the command that makes it and on how
 * many calls that command made before, not on what others do: a script with commands left out keeps
 * the fates of the rest.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Faults from "../../Faults.ts"
import type { Kernel, Machine } from "./kernel.ts"

/** The command that a fiber carries out, and which attempt at it this is. */
export const Doing = Context.Reference<{ readonly number: number; readonly attempt: number }>(
  "@kis/testkit/simulator/Doing",
  { defaultValue: () => ({ number: -1, attempt: 0 }) }
)

export interface Fate {
  /** Waits for a turn, and carries out the call under the fate of its command. */
  readonly enter: (machine: Machine) => <A, E>(call: Effect.Effect<A, E>) => Effect.Effect<A, E>
  readonly plan: Faults.Plan
  readonly fails: (oneIn: number) => boolean
  /** From now on nothing goes wrong any more. */
  readonly spare: () => void
  readonly met: Map<string, number>
}

export const make = (seed: number, kernel: Kernel, isFaulty: boolean): Fate => {
  const calls = new Map<number, number>()
  const met = new Map<string, number>()
  let current = 0
  let spared = !isFaulty

  const roll = (sides: number): number => {
    const call = (calls.get(current) ?? 0) + 1
    calls.set(current, call)
    let mixed = Math.imul(seed ^ Math.imul(current + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(call, 0xc2b2ae35)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) % sides
  }

  return {
    met,
    enter: (machine) => (call) =>
      Effect.withFiber((fiber) =>
        Effect.andThen(
          kernel.gate(machine),
          Effect.suspend(() => {
            const { attempt, number } = Context.get(fiber.context, Doing)
            current = number * 64 + attempt
            return call
          })
        )
      ),
    plan: ({ method }) => {
      if (spared) return undefined
      const thrown = roll(1_000)
      const fault = method === "commit" ? ofCommits(thrown) : ofReads(thrown)
      if (fault !== undefined) met.set(fault, (met.get(fault) ?? 0) + 1)
      return fault
    },
    fails: (oneIn) => !spared && roll(oneIn) === 0,
    spare: () => {
      spared = true
    }
  }
}

// --- private ---

const ofCommits = (thrown: number): Faults.Fault | undefined => {
  if (thrown < 40) return "lost-acknowledgement"
  if (thrown < 80) return "duplicate-delivery"
  if (thrown < 100) return "slow"
  if (thrown < 130) return "disconnect"
  return thrown < 150 ? "serialization-failure" : undefined
}

const ofReads = (thrown: number): Faults.Fault | undefined => {
  if (thrown < 5) return "slow"
  return thrown < 8 ? "disconnect" : undefined
}
