/** What planters work on: rows before they have a line, and what is remembered of the rows before. */
import type { PlainDate } from "@kis/core/time"
import type * as Defects from "../Defects.ts"
import type { Numbers, SyntheticHousehold } from "../Households.ts"
import type { Member } from "../Member.ts"
import * as cells from "./cells.ts"
import type { Dice } from "../Dice.ts"
import type { Reservoir } from "./reservoir.ts"

// --- models ---

/** A row with the truth about it; `original` is the line of the person whom it repeats, or whose NIK it bears. */
export interface Planted {
  readonly fields: cells.Fields
  readonly kind: Defects.Kind
  readonly original?: number
}

/** A row before it has its line. `originalHere` is its original, where that stands in the same household. */
export interface Row extends Planted {
  readonly household: SyntheticHousehold
  readonly member: Member
  readonly originalHere?: Member
}

/** An earlier row that was registered, with its line: what a duplicate repeats. */
export interface Earlier {
  readonly line: number
  readonly row: Row
}

export interface World {
  readonly dice: Dice
  readonly numbers: Numbers
  readonly today: PlainDate.PlainDate
  readonly nextRef: () => string
  /** Heads of households with a NIK. */
  readonly people: Reservoir<Earlier>
  /** Households of which every row was registered. */
  readonly families: Reservoir<ReadonlyArray<Earlier>>
}

/** Plants one kind in the rows of a household; answers the rows, or nothing where it gives no occasion. */
export type Planter = (rows: ReadonlyArray<Row>, world: World) => ReadonlyArray<Row> | undefined

/** The rows of a household, in one office's hand. */
export const rowsOf = (household: SyntheticHousehold, world: World): ReadonlyArray<Row> => {
  const hand = cells.hand(world.dice.roll(770))
  const ref = world.nextRef()
  return household.members.map((member) => ({
    fields: cells.of(ref, household, member, hand),
    kind: member.twin === "younger" ? "twin" : "none",
    household,
    member
  }))
}
