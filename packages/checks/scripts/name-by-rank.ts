/**
 * A thief of the database sees which rows share a blind key, and how many. Whoever knows how frequent names are may
 * name the most frequent key, the second, and so on. This measures how many rows are named rightly in that way, on a
 * generated register, for every blocking rule, and beside them for keys that are forbidden.
 *
 * Two thieves: one knows another register of the same size, as public statistics are; the other knows how often
 * each text occurs in this very register, which nobody does, so that no thief does better by rank.
 *
 * `node packages/checks/scripts/name-by-rank.ts [--people 50000] [--seed 7]`
 */
import { Participant } from "@kis/core/deduplication"
import { PlainDate } from "@kis/core/time"
import { Households } from "@kis/testkit"
import * as fc from "fast-check"
import { parseArgs } from "node:util"

const { values } = parseArgs({
  options: { people: { type: "string", default: "50000" }, seed: { type: "string", default: "7" } }
})
const size = Number(values.people)
const seed = Number(values.seed)

// --- registers ---

const today = PlainDate.make("2026-11-24")
const arbitrary = fc.noBias(Households.household({ today, regionMix: "tangerang" }))

const registerOf = (seedOfIt: number): ReadonlyArray<Participant.Findable> => {
  const numbers = Households.numbers()
  const people: Array<Participant.Findable> = []
  for (let part = 0; people.length < size; part++) {
    for (const drawn of fc.sample(arbitrary, { numRuns: 1_000, seed: seedOfIt * 100_003 + part })) {
      const { familyCard, members } = Households.renumber(drawn, numbers)
      for (const { person } of members) people.push({ person, familyCard })
    }
  }
  return people.slice(0, size)
}

// --- keys ---

const tokens = (name: string) => name.toUpperCase().split(/\s+/)

const rules: Record<string, (it: Participant.Findable) => ReadonlyArray<string>> = {
  ...Participant.blocking,
  "(forbidden) one name": ({ person }) => tokens(person.name).slice(0, 1),
  "(forbidden) whole name": ({ person }) => [tokens(person.name).join(" ")],
  "(forbidden) year of birth": ({ person }) => [person.birthDate.slice(0, 4)],
  "(forbidden) sex": ({ person }) => [person.sex]
}

const countsOf = (people: ReadonlyArray<Participant.Findable>, rule: (typeof rules)[string]) => {
  const counts = new Map<string, number>()
  for (const one of people) for (const text of rule(one)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

// --- attacks ---

/** By falling count; ties in the order of their texts, which tells nothing. */
const ranked = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([text]) => text)

/** Rows named by whoever takes the ranks of one register for those of another. */
const byStatistics = (stolen: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>) => {
  // the thief sees ties in an order of the keys, which is none
  const seen = [...stolen].sort(([a, m], [b, n]) => n - m || scattered(a) - scattered(b)).map(([text]) => text)
  const guessed = ranked(known)
  return seen.reduce((sum, text, rank) => sum + (guessed[rank] === text ? (stolen.get(text) ?? 0) : 0), 0)
}

/** Rows that are named, in the mean, by whoever knows the counts: among equal counts the choice is free. */
const byCounts = (stolen: ReadonlyMap<string, number>) => {
  const keysOfCount = new Map<number, number>()
  for (const count of stolen.values()) keysOfCount.set(count, (keysOfCount.get(count) ?? 0) + 1)
  // of n keys with one count the guess is right for one, whatever n is
  return [...keysOfCount.keys()].reduce((sum, count) => sum + count, 0)
}

const scattered = (text: string) => {
  let hash = 2_166_136_261
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619)
  return hash >>> 0
}

// --- figures ---

const [stolen, known] = [registerOf(seed), registerOf(seed + 1)]
console.log(`${size} people, seed ${seed}`)
console.log("rule                        keys   largest  by statistics  by counts")
for (const [name, rule] of Object.entries(rules)) {
  const counts = countsOf(stolen, rule)
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const share = (named: number) => `${((100 * named) / rows).toFixed(3)} %`
  console.log(
    name.padEnd(26) +
      String(counts.size).padStart(6) +
      String([...counts.values()].reduce((most, count) => Math.max(most, count), 0)).padStart(9) +
      share(byStatistics(counts, countsOf(known, rule))).padStart(14) +
      share(byCounts(counts)).padStart(13)
  )
}
