/**
 * Chance that comes out the same in every run: a number made of a seed and of what is asked about.
 */
import { createHash } from "node:crypto"

/** Evenly from 0 to 1, 1 excluded. */
export const of = (seed: string, question: string): number =>
  createHash("sha256").update(`${seed}|${question}`).digest().readUInt32BE(0) / 2 ** 32

/** One of several, each as likely as its weight says. */
export const pick = <A>(
  chance: number,
  [first, ...rest]: readonly [readonly [A, number], ...ReadonlyArray<readonly [A, number]>]
): A => {
  const all = [first, ...rest]
  const whole = all.reduce((sum, [, weight]) => sum + weight, 0)
  let left = chance * whole
  for (const [it, weight] of all) {
    left -= weight
    if (left < 0) return it
  }
  return first[0]
}
