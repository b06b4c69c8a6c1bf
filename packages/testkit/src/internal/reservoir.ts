/** A bounded choice of what has passed by, so that a file of any size is made in the same memory. */
import type { Dice } from "../Dice.ts"

export interface Reservoir<A> {
  readonly add: (item: A) => void
  /** Takes one that fits out, any of them; each is given once. */
  readonly take: (fits: (item: A) => boolean) => A | undefined
}

export const reservoir = <A>(dice: Dice, capacity: number): Reservoir<A> => {
  const items: Array<A> = []
  return {
    add: (item) => {
      if (items.length < capacity) items.push(item)
      else items[dice.roll(capacity)] = item
    },
    take: (fits) => {
      const start = dice.roll(Math.max(items.length, 1))
      for (let step = 0; step < items.length; step++) {
        const at = (start + step) % items.length
        const item = items[at]
        if (item === undefined || !fits(item)) continue
        const last = items.pop()
        if (last !== undefined && at < items.length) items[at] = last
        return item
      }
      return undefined
    }
  }
}
