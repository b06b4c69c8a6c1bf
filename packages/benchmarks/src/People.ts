/**
 * A made-up population: the same people for the same numbers, in the proportions of a district.
 *
 *     node src/People.ts 1000000 people.jsonl
 *
 * writes one object a line, `{"id": "P0000001", "facts": {...}}`, as `kis eligibility evaluate` reads it. Nobody in
 * it is real, and facts hold nothing that tells who somebody is.
 */
import type { Facts } from "@kis/core/eligibility"
import { PlainDate } from "@kis/core/time"
import { closeSync, openSync, writeSync } from "node:fs"

// --- people ---

/** Facts about person number so-and-so; four numbers in a row are a household. */
export const facts = (no: number): Facts.Facts => {
  const household = random(Math.floor(no / householdSize) * 7919 + 1)
  const head = pick(household(), occupations)
  const spouse = pick(household(), spouseOccupations)
  const scheme = household()
  const isForeign = household() < 0.002
  const own = random(no * 104_729 + 2)
  const shared = {
    deceased: false,
    citizenship: isForeign ? "WNA" : "WNI",
    hasNik: !isForeign,
    ...(isForeign ? { hasPassport: true, hasPermit: own() < 0.9, stayMonths: Math.floor(own() * 24) } : {}),
    headOccupation: head,
    spouseOccupation: spouse,
    pbiDecree: scheme < 0.35,
    localScheme: scheme >= 0.35 && scheme < 0.5
  } as const
  switch (no % householdSize) {
    case 0:
      return {
        ...shared,
        ...adult(head, own),
        relation: "head",
        maritalStatus: "married",
        birthDate: born(25 + own() * 50)
      }
    case 1:
      return {
        ...shared,
        ...adult(spouse, own),
        relation: "spouse",
        maritalStatus: "married",
        birthDate: born(22 + own() * 50)
      }
    case 2:
      return own() < 0.15 ? { ...shared, ...elder(own) } : { ...shared, ...child(1, own) }
    default:
      return { ...shared, ...child(2 + Math.floor(own() * 3), own) }
  }
}

/** The line of the file for person number so-and-so. About one in two hundred has a fact that nobody asked. */
export const line = (no: number): string => {
  const all = facts(no)
  const { birthDate: _, maritalStatus: __, ...asked } = all
  const given = no % 211 === 17 ? asked : all
  return JSON.stringify({ id: `P${String(no + 1).padStart(7, "0")}`, facts: given })
}

/** The day as of which they are decided upon. */
export const day = PlainDate.make("2026-02-10")

// --- private: people ---

const householdSize = 4

type Occupation = NonNullable<Facts.Facts["occupation"]>
type Weighted = ReadonlyArray<readonly [Occupation, number]>

const occupations: Weighted = [
  ["own-account", 0.5],
  ["private", 0.8],
  ["state", 0.87],
  ["none", 0.93],
  ["pensioner", 0.97],
  ["employer", 0.99],
  ["veteran", 1]
]
const spouseOccupations: Weighted = [
  ["none", 0.6],
  ["own-account", 0.78],
  ["private", 0.93],
  ["state", 1]
]

const adult = (occupation: Occupation, own: Random): Facts.Facts => ({
  occupation,
  studies: false,
  ...(occupation === "private" || occupation === "state"
    ? { wage: 2_500_000 + Math.floor(own() * 30) * 500_000 + Math.floor(own() * 1000) }
    : {}),
  ...(own() < 0.5 ? { wardClass: pick(own(), wardClasses) } : {})
})

const elder = (own: Random): Facts.Facts => ({
  occupation: "none",
  relation: own() < 0.5 ? "parent" : "parent-in-law",
  maritalStatus: "widowed",
  studies: false,
  birthDate: born(60 + own() * 30)
})

const child = (childOrder: number, own: Random): Facts.Facts => {
  const age = own() * 28
  return {
    occupation: age > 19 && own() < 0.3 ? "private" : "none",
    relation: "child",
    childOrder,
    maritalStatus: age > 21 && own() < 0.2 ? "married" : "single",
    studies: age > 5 && age < 25 && own() < 0.7,
    birthDate: born(age),
    // Who is young enough for it to matter is asked about the mother.
    ...(age < 0.3 ? { hasNik: age > 0.2 || own() < 0.3, motherScheme: own() < 0.4 ? "pbi" : "other" } : {})
  }
}

const wardClasses = [
  [1, 0.15],
  [2, 0.35],
  [3, 1]
] as const

const pick = <A>(at: number, of: ReadonlyArray<readonly [A, number]>): A =>
  (of.find(([, until]) => at < until) ?? of[0]!)[0]

/** A birth date so many years before {@link day}. */
const born = (years: number): PlainDate.PlainDate => PlainDate.addDays(day, -Math.floor(years * 365.25))

// --- private: chance ---

type Random = () => number

/** Mulberry32: small, and the same on every machine. */
const random = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

// --- the file ---

/** Writes the file of that many people. */
export const write = (people: number, path: string): void => {
  const file = openSync(path, "w")
  let text = ""
  for (let no = 0; no < people; no++) {
    text += `${line(no)}\n`
    if (text.length > 1_000_000 || no === people - 1) {
      writeSync(file, text)
      text = ""
    }
  }
  closeSync(file)
}

if (import.meta.main) {
  const [people = "1000000", path = "people.jsonl"] = process.argv.slice(2)
  write(Number(people), path)
}
