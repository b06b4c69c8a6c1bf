/**
 * Seeded throws: the same seed gives the same throws on every machine.
 *
 * @since 0.1.0
 */

// --- models ---

/**
 * `roll` gives a whole number from 0 to `sides - 1`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Dice {
  readonly roll: (sides: number) => number
  readonly pick: <A>(list: readonly [A, ...ReadonlyArray<A>]) => A
}

// --- constructors ---

/**
 * Mulberry32: 32 bits of state, which is good enough for choosing rows and for nothing
 * that has to stay secret.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (seed: number): Dice => {
  let state = seed | 0
  const roll = (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides)
  }
  return { roll, pick: (list) => list[roll(list.length)] ?? list[0] }
}
