/** How each kind of defect is planted. */
import { PlainDate } from "@kis/core/time"
import * as Defects from "../Defects.ts"
import type { SyntheticHousehold } from "../Households.ts"
import type { Member } from "../Member.ts"
import * as Names from "../Names.ts"
import * as People from "../People.ts"
import type { Dice } from "../Dice.ts"
import { type Planter, type Row, rowsOf, type World } from "./soil.ts"

// --- one wrong cell ---

const edited =
  (kind: Defects.Kind, edit: Defects.Edit): Planter =>
  (rows, { dice }) =>
    replaceOne(rows, dice, (row) => {
      const changed = edit({ fields: row.fields, member: row.member, alone: row.household.members.length === 1 }, dice)
      return changed === undefined ? undefined : { ...row, kind, fields: { ...row.fields, ...changed } }
    })

// --- repeated rows ---

const repeatedAtOnce: Planter = (rows, { dice }) => {
  const at = dice.roll(rows.length)
  const row = rows[at]
  if (row?.kind !== "none") return undefined
  const repeated: Row = { ...row, kind: "row-repeated-at-once", originalHere: row.member }
  return [...rows.slice(0, at + 1), repeated, ...rows.slice(at + 1)]
}

const repeatedLater: Planter = (rows, { people }) => {
  const earlier = people.take(() => true)
  return earlier && [...rows, { ...earlier.row, kind: "row-repeated-later", original: earlier.line }]
}

const householdRepeated: Planter = (rows, { families }) => {
  const earlier = families.take((family) => family.every(({ row }) => row.member.mother === undefined))
  return (
    earlier && [
      ...rows,
      ...earlier.map(({ line, row }): Row => ({ ...row, kind: "household-repeated", original: line }))
    ]
  )
}

/** The family comes again when the baby has got a name, or before it is known that it has one. */
const newbornAgain: Planter = (rows, { dice, families }) => {
  const earlier = families.take((family) => family.some(({ row }) => row.member.mother !== undefined))
  return (
    earlier && [
      ...rows,
      ...earlier.map(({ line, row }): Row => {
        if (row.member.mother === undefined) return { ...row, kind: "household-repeated", original: line }
        const { birthDate, sex } = row.member.person
        const named = Names.of(
          { pattern: 650, first: dice.roll(10_000), second: dice.roll(10_000), habit: 0 },
          sex,
          PlainDate.year(birthDate)
        )
        const name = row.fields.name.startsWith("Bayi") ? named : `Bayi Ny. ${row.fields.mother_name}`
        return { ...row, fields: { ...row.fields, name }, kind: "newborn-again", original: line }
      })
    ]
  )
}

// --- the same person again ---

/** An earlier head again, alone in a household of their own, with something written differently. */
const again =
  (
    kind: Defects.Kind,
    change: (person: Member["person"], dice: Dice) => Partial<Member["person"]> | undefined,
    card: "same" | "new"
  ): Planter =>
  (rows, world) => {
    let changed: Partial<Member["person"]> | undefined
    const earlier = world.people.take(({ row }) => {
      changed = change(row.member.person, world.dice)
      return changed !== undefined
    })
    if (earlier === undefined) return undefined
    const { household, member } = earlier.row
    const person = { ...member.person, ...changed }
    const moved = card === "new" ? { familyCard: world.numbers.familyCard() } : {}
    return [
      ...rows,
      { ...alone({ ...member, person }, { ...household, ...moved }, world), kind, original: earlier.line }
    ]
  }

const nikSlipped = ({ nik }: Member["person"], dice: Dice) =>
  nik === undefined ? undefined : { nik: Defects.slippedNik(nik, dice) }

const nikSlippedInVariant = (person: Member["person"], dice: Dice) => {
  const slipped = nikSlipped(person, dice)
  return slipped && { ...slipped, name: Defects.variant(person.name, person.sex, dice) }
}

const swapped = ({ birthDate }: Member["person"]) => {
  const date = Defects.swappedDate(birthDate)
  return date === undefined ? undefined : { birthDate: date }
}

const nikSlippedAndSwapped = (person: Member["person"], dice: Dice) => {
  const [slipped, date] = [nikSlipped(person, dice), swapped(person)]
  return slipped && date && { ...slipped, ...date }
}

const mistyped = ({ name }: Member["person"], dice: Dice) =>
  Names.tellingWords(name).some((word) => word.length > 4) ? { name: Names.slip(name, dice.roll(2 ** 20)) } : undefined

const respelled = ({ name, sex }: Member["person"], dice: Dice) => ({ name: Defects.variant(name, sex, dice) })

// --- another person ---

/** Somebody of the same name who is not the same: other mother, other NIK; the day too, unless it is a day that many have. */
const namesake: Planter = (rows, world) => {
  const earlier = world.people.take(({ row }) => row.member.person.motherName !== undefined)
  if (earlier === undefined) return undefined
  const { household, member } = earlier.row
  const { phone: _, ...person } = member.person
  const number = world.numbers.person()
  const birthDate = person.birthDate.endsWith("-07-01")
    ? person.birthDate
    : PlainDate.addDays(person.birthDate, -(40 + world.dice.roll(3000)))
  const mother = { pattern: 450, first: world.dice.roll(10_000), second: world.dice.roll(10_000), habit: 0 }
  const motherName = Names.of(mother, "female", PlainDate.year(birthDate) - 25)
  if (shareWords(motherName, person.motherName ?? "")) return undefined
  const other = { ...person, birthDate, motherName, nik: People.nik(number, birthDate, person.sex) }
  const moved = { ...household, familyCard: world.numbers.familyCard() }
  return [...rows, { ...alone({ ...member, person: other }, moved, world), kind: "namesake" }]
}

const nikOfAnother: Planter = (rows, world) => {
  const earlier = world.people.take(() => true)
  if (earlier === undefined) return undefined
  return replaceOne(rows, world.dice, (row) => {
    const other = bearing(row, earlier.row)
    return other && { ...other, kind: "nik-of-another", original: earlier.line }
  })
}

/** The head's NIK copied down. */
const nikOfHead: Planter = (rows, { dice }) => {
  const head = rows.find((row) => row.member.person.relation === "head" && row.kind === "none")
  if (head === undefined) return undefined
  return replaceOne(rows, dice, (row) => {
    const other = row === head ? undefined : bearing(row, head)
    return other && { ...other, kind: "nik-of-head", originalHere: head.member }
  })
}

/** A person with another's NIK; none where the two could be taken for one. */
const bearing = (row: Row, owner: Row): Row | undefined => {
  const [self, other] = [row.member.person, owner.member.person]
  const alike = shareWords(self.name, other.name) || self.birthDate === other.birthDate
  return self.nik === undefined || alike ? undefined : { ...row, fields: { ...row.fields, nik: owner.fields.nik } }
}

// --- all of them ---

const cellKinds = Object.entries(Defects.edits) as ReadonlyArray<[Defects.Kind, Defects.Edit]>

export const planters: { readonly [K in Defects.Kind]?: Planter } = {
  ...Object.fromEntries(cellKinds.map(([kind, edit]) => [kind, edited(kind, edit)])),
  "row-repeated-at-once": repeatedAtOnce,
  "row-repeated-later": repeatedLater,
  "household-repeated": householdRepeated,
  "newborn-again": newbornAgain,
  "same-person-nik-slip": again("same-person-nik-slip", nikSlipped, "same"),
  "same-person-nik-slip-variant": again("same-person-nik-slip-variant", nikSlippedInVariant, "new"),
  "same-person-nik-slip-swapped": again("same-person-nik-slip-swapped", nikSlippedAndSwapped, "same"),
  "same-person-day-month-swapped": again("same-person-day-month-swapped", swapped, "same"),
  "same-person-typo": again("same-person-typo", mistyped, "same"),
  "same-person-variant-new-card": again("same-person-variant-new-card", respelled, "new"),
  namesake,
  "nik-of-another": nikOfAnother,
  "nik-of-head": nikOfHead
}

// --- private ---

/**
 * Changes one row, chosen by chance among those that stand as they were. The mother of a newborn and the original
 * of a row in the same household stay whole.
 */
function replaceOne(
  rows: ReadonlyArray<Row>,
  dice: Dice,
  change: (row: Row) => Row | undefined
): ReadonlyArray<Row> | undefined {
  const start = dice.roll(rows.length)
  for (let step = 0; step < rows.length; step++) {
    const at = (start + step) % rows.length
    const row = rows[at]
    if (row?.kind !== "none" || isNeeded(row, rows)) continue
    const changed = change(row)
    if (changed !== undefined) return rows.with(at, changed)
  }
  return undefined
}

const isNeeded = (row: Row, rows: ReadonlyArray<Row>): boolean =>
  row.household.members.some(({ mother }) => mother !== undefined && row.household.members[mother] === row.member) ||
  rows.some(({ originalHere }) => originalHere === row.member)

/** A person as the one row of a household, in another office's hand. */
const alone = (member: Member, household: SyntheticHousehold, world: World): Row => {
  const head: Member = { ...member, person: { ...member.person, relation: "head" } }
  const [row] = rowsOf({ ...household, members: [head] }, world)
  if (row === undefined) throw new Error("a household of one has one row")
  return row
}

const shareWords = (one: string, other: string): boolean => {
  const words = Names.tellingWords(one)
  return Names.tellingWords(other).some((word) => words.includes(word))
}
