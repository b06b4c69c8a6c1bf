/**
 * A year's bills of a register: ours, line by line with reasons and notes, and what a programmer in a hurry writes by
 * hand, with the numbers of the year in the code and nothing but amounts as the answer.
 *
 *     node src/Contribution.ts [people]
 *
 * One line of JSON a measurement; that both bill the same rupiah to the same payers is checked on the way.
 */
import { type Amount, Bill } from "@kis/core/contribution"
import type { Facts } from "@kis/core/eligibility"
import { Month } from "@kis/core/time"
import * as People from "./People.ts"

// --- models ---

/** What one line of the output holds. */
export interface Measurement {
  readonly name: string
  readonly seconds: number
}

type Payer = keyof typeof nobody

// --- households ---

const householdSize = 4
const year = Array.from({ length: 12 }, (_, i) => Month.make(`2025-${String(i + 1).padStart(2, "0")}`))
const minimumWage = 3_200_000

/** Wages that belong to others on the family card are made up as their own are. */
const wageOf = (no: number) => 2_500_000 + ((no * 7919) % 14_000) * 1000

const caseOf = (facts: Facts.Facts, no: number): Amount.Case => {
  const { occupation, relation } = facts
  if (occupation === "state" || occupation === "private") {
    return { _tag: "Worker", paidBy: occupation, wage: facts.wage ?? wageOf(no), minimumWage }
  }
  const works = [facts.headOccupation, facts.spouseOccupation].some((_) => _ === "state" || _ === "private")
  if (works && (relation === "head" || relation === "spouse")) return { _tag: "CoveredFamily" }
  if (works && relation === "child" && (facts.childOrder ?? 1) <= 3) return { _tag: "CoveredFamily" }
  if (works) return { _tag: "ExtraFamily", wage: wageOf(no), minimumWage }
  if (occupation === "pensioner") return { _tag: "Pensioner", pension: wageOf(no) }
  if (occupation === "veteran") return { _tag: "Veteran", referencePay: 4_000_000 }
  if (facts.pbiDecree === true) return { _tag: "Assisted", by: "central-government" }
  if (facts.localScheme === true) return { _tag: "Assisted", by: "local-government" }
  return { _tag: "SelfPay", wardClass: facts.wardClass ?? 3, active: true }
}

// --- by hand ---

const nobody = {
  member: 0,
  employer: 0,
  worker: 0,
  government: 0,
  "central-government": 0,
  "local-government": 0,
  pensioner: 0
}

const percent = (base: number, basisPoints: number) => Math.round((base * basisPoints) / 10_000)

const add = (to: Record<Payer, number>, of: Amount.Case): void => {
  switch (of._tag) {
    case "Assisted":
      to[of.by] += 42_000
      break
    case "SelfPay":
      if (of.wardClass === 1) to.member += 150_000
      else if (of.wardClass === 2) to.member += 100_000
      else {
        to.member += 35_000
        to["central-government"] += 4200
        to["local-government"] += 2800
      }
      break
    case "Worker": {
      const base = Math.min(Math.max(of.wage ?? 0, of.minimumWage ?? 0), 12_000_000)
      to.employer += percent(base, 400)
      to.worker += percent(base, 100)
      break
    }
    case "CoveredFamily":
      break
    case "ExtraFamily":
      to.worker += percent(Math.min(Math.max(of.wage ?? 0, of.minimumWage ?? 0), 12_000_000), 100)
      break
    case "Pensioner":
      to.government += percent(of.pension ?? 0, 300)
      to.pensioner += percent(of.pension ?? 0, 200)
      break
    case "Veteran":
      to.government += percent(of.referencePay ?? 0, 225)
  }
}

// --- measuring ---

const people = Number(process.argv[2] ?? 1_000_000)

const households = Array.from({ length: people / householdSize }, (_, household) => ({
  members: Array.from({ length: householdSize }, (_, i) => {
    const no = household * householdSize + i
    return { ref: String(i), of: caseOf(People.facts(no), no) }
  })
}))

const measured = (name: string, billing: () => Record<Payer, number>): Record<Payer, number> => {
  const began = performance.now()
  const sums = billing()
  const measurement: Measurement = { name, seconds: (performance.now() - began) / 1000 }
  console.log(JSON.stringify(measurement))
  return sums
}

const ours = measured("@kis/core", () => {
  const sums = { ...nobody }
  for (const month of year) {
    const asOf = { appliesOn: Month.first(month), knownOn: People.day }
    for (const household of households) {
      const bill = Bill.monthly(household, asOf)
      if (bill._tag !== "Bill") throw new Error(`No bill for ${month}: ${JSON.stringify(bill.reasons)}`)
      for (const payer of Object.keys(bill.byPayer) as Array<Payer>) sums[payer] += bill.byPayer[payer] ?? 0
    }
  }
  return sums
})

const theirs = measured("by hand", () => {
  const sums = { ...nobody }
  for (const _ of year) {
    for (const { members } of households) {
      const bill = { ...nobody }
      for (const { of } of members) add(bill, of)
      for (const payer of Object.keys(bill) as Array<Payer>) sums[payer] += bill[payer]
    }
  }
  return sums
})

if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
  throw new Error(`Ours bill ${JSON.stringify(ours)} and by hand ${JSON.stringify(theirs)}.`)
}
