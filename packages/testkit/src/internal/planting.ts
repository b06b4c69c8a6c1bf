/** Plants defects in the rows of households as they pass by, and remembers what the truth about each row is. */
import * as Defects from "../Defects.ts"
import type { SyntheticHousehold } from "../Households.ts"
import type { Dice } from "../Dice.ts"
import { planters } from "./planters.ts"
import { reservoir } from "./reservoir.ts"
import { type Earlier, type Planted, type Row, rowsOf, type World } from "./soil.ts"

// --- planting ---

/**
 * Makes the planter of a file. Kinds are planted in turn, so that each occurs. A kind that a household gives no
 * occasion for waits, and takes the next occasion even when the share of planted rows is used up: elders who were
 * helped and newborns are rare.
 */
export const make = (soil: Pick<World, "dice" | "numbers" | "today"> & { readonly share: number }) => {
  let [refs, credit] = [0, 0]
  const waiting: Array<Defects.Kind> = []
  const passedOver = new Set<Defects.Kind>()
  const world: World = {
    ...soil,
    people: reservoir(soil.dice, 400),
    families: reservoir(soil.dice, 60),
    nextRef: () => `RT${String(++refs).padStart(7, "0")}`
  }

  const plantNext = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> | undefined => {
    for (const [turn, kind] of waiting.entries()) {
      if (credit < 1 && !passedOver.has(kind)) continue
      const planted = planters[kind]?.(rows, world)
      if (planted === undefined) {
        passedOver.add(kind)
        continue
      }
      waiting.splice(turn, 1)
      passedOver.delete(kind)
      credit -= 1
      return planted
    }
    return undefined
  }

  return (household: SyntheticHousehold, firstLine: number): ReadonlyArray<Planted> => {
    let rows = rowsOf(household, world)
    credit += soil.share * rows.length
    // Half of a household stays as it was: planted rows have whole ones beside them.
    for (let room = Math.ceil(rows.length / 2); room > 0; room--) {
      const planted = plantNext(rows) ?? (credit >= 1 && refill(waiting, soil.dice) ? plantNext(rows) : undefined)
      if (planted === undefined) break
      rows = planted
    }
    remember(rows, firstLine, world)
    return rows.map((row) => withOriginal(row, rows, firstLine))
  }
}

// --- private ---

/** Duplicates matter most and look most alike: they get more turns than a wrong cell. */
const turns: { readonly [G in Defects.Group]?: number } = { "near-match": 2, "two-persons": 4 }

/** Puts every kind that is not waiting into the queue, in an order of its own; false when all were waiting. */
const refill = (waiting: Array<Defects.Kind>, dice: Dice): boolean => {
  const missing = (Object.keys(planters) as Array<Defects.Kind>)
    .filter((kind) => !waiting.includes(kind))
    .flatMap((kind) => Array.from({ length: turns[Defects.expectations[kind].group] ?? 1 }, () => kind))
    .map((kind) => ({ kind, place: dice.roll(2 ** 30) }))
    .sort((a, b) => a.place - b.place)
  waiting.push(...missing.map(({ kind }) => kind))
  return missing.length > 0
}

const remember = (rows: ReadonlyArray<Row>, firstLine: number, world: World): void => {
  const registered = rows.flatMap((row, index): ReadonlyArray<Earlier> =>
    row.kind === "none" || row.kind === "twin" ? [{ line: firstLine + index, row }] : []
  )
  for (const earlier of registered) {
    const { nik, relation } = earlier.row.member.person
    if (relation === "head" && nik !== undefined) world.people.add(earlier)
  }
  if (registered.length === rows.length && rows.length > 1) world.families.add(registered)
}

const withOriginal = (row: Row, rows: ReadonlyArray<Row>, firstLine: number): Planted =>
  row.originalHere === undefined
    ? row
    : {
        ...row,
        original: firstLine + rows.findIndex(({ kind, member }) => kind === "none" && member === row.originalHere)
      }
