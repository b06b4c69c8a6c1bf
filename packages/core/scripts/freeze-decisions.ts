/**
 * Writes test/fixtures/decisions-v2.jsonl: recorded decisions of the current version of the
 * rules, one a line, in canonical JSON. The tests replay them; their bytes may never change.
 *
 * It writes once and refuses to overwrite: decisions of a released version are history, as
 * are those of version 1 in decisions-v1.jsonl. A new version of the rules gets a file of
 * its own, beside these.
 *
 * Run in packages/core: `pnpm exec node scripts/freeze-decisions.ts`
 */
import { createHash } from "node:crypto"
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Result from "effect/Result"
import * as Eligibility from "../src/eligibility/Eligibility.ts"
import type { Facts } from "../src/eligibility/Facts.ts"
import * as CanonicalJson from "../src/policy/CanonicalJson.ts"
import * as KotaTangerang from "../src/policy/KotaTangerang.ts"
import * as National from "../src/policy/National.ts"
import type { Policy } from "../src/policy/Policy.ts"
import { addDays, addMonths, addYears, make as day, type PlainDate } from "../src/time/PlainDate.ts"

type Days = readonly [appliesOn: string, knownOn: string, policy?: Policy]

/** Both sides of every day on which the national policy turns, and questions asked too early or late. */
const days: ReadonlyArray<Days> = [
  ["2018-01-15", "2018-01-15"],
  ["2018-09-18", "2018-09-18"],
  ["2019-12-31", "2019-12-31"],
  ["2020-05-10", "2020-02-26"],
  ["2021-01-01", "2021-01-01"],
  ["2022-03-01", "2022-03-01"],
  ["2023-07-14", "2023-07-14"],
  ["2024-02-29", "2024-02-29"],
  ["2025-12-14", "2025-12-14", KotaTangerang.policy],
  ["2026-01-21", "2026-01-21"],
  ["2026-01-22", "2026-01-22"],
  ["2026-02-28", "2026-02-28", KotaTangerang.policy],
  ["2026-03-01", "2026-03-01"]
]

/** A citizen of 40 years without work, alone on the family card, nothing granted. */
const citizen = (on: PlainDate): Facts => ({
  deceased: false,
  birthDate: addYears(on, -40),
  citizenship: "WNI",
  hasNik: true,
  relation: "head",
  maritalStatus: "single",
  occupation: "none",
  studies: false,
  headOccupation: "none",
  spouseOccupation: "none",
  pbiDecree: false,
  localScheme: false
})

const people = (on: PlainDate): ReadonlyArray<Facts> => {
  const adult = citizen(on)
  const head = (occupation: NonNullable<Facts["occupation"]>): Facts => ({
    ...adult,
    occupation,
    headOccupation: occupation
  })
  const child: Facts = {
    ...adult,
    birthDate: addYears(on, -10),
    relation: "child",
    headOccupation: "private",
    childOrder: 1
  }
  const newborn: Facts = {
    ...child,
    birthDate: addDays(on, -20),
    hasNik: false,
    headOccupation: "own-account",
    motherScheme: "none"
  }
  const foreigner: Facts = {
    ...head("private"),
    citizenship: "WNA",
    hasNik: false,
    hasPassport: true,
    hasPermit: true,
    stayMonths: 12
  }
  const { pbiDecree: _, ...unasked } = adult
  return [
    {},
    { occupation: "private" },
    adult,
    unasked,
    head("state"),
    { ...head("state"), wage: 5_500_000, wardClass: 1 },
    head("private"),
    { ...head("private"), pbiDecree: true, localScheme: true },
    head("own-account"),
    { ...head("own-account"), wardClass: 3 },
    head("pensioner"),
    head("veteran"),
    head("employer"),
    head("investor"),
    { ...adult, pbiDecree: true },
    { ...adult, localScheme: true },
    { ...adult, deceased: true },
    { ...adult, hasNik: false },
    { ...adult, birthDate: addDays(on, 1) },
    { ...adult, relation: "spouse", headOccupation: "state", maritalStatus: "married" },
    { ...adult, relation: "spouse", headOccupation: "state", occupation: "private", maritalStatus: "married" },
    { ...adult, relation: "spouse", headOccupation: "own-account", maritalStatus: "married" },
    { ...adult, relation: "parent", headOccupation: "private", birthDate: addYears(on, -70) },
    { ...adult, relation: "parent-in-law", spouseOccupation: "state", birthDate: addYears(on, -71) },
    { ...adult, relation: "other", headOccupation: "private" },
    child,
    { ...child, headOccupation: "state", childOrder: 3 },
    { ...child, headOccupation: "state", childOrder: 4 },
    { ...child, birthDate: addDays(addYears(on, -21), 1) },
    { ...child, birthDate: addYears(on, -21) },
    { ...child, birthDate: addYears(on, -21), studies: true },
    { ...child, birthDate: addYears(on, -25), studies: true },
    { ...child, maritalStatus: "married", occupation: "own-account", birthDate: addYears(on, -20) },
    newborn,
    { ...newborn, motherScheme: "pbi" },
    { ...newborn, headOccupation: "private" },
    { ...newborn, birthDate: addMonths(on, -3) },
    { ...newborn, birthDate: addDays(addMonths(on, -3), -2) },
    foreigner,
    { ...foreigner, stayMonths: 5 },
    { ...foreigner, hasPermit: false },
    { ...foreigner, occupation: "own-account", headOccupation: "own-account" },
    { ...foreigner, occupation: "investor", headOccupation: "investor", pbiDecree: true },
    { ...foreigner, relation: "spouse", occupation: "none", stayMonths: 1 },
    head("veteran-survivor"),
    { ...head("private"), employerRegisters: false },
    { ...head("state"), employerRegisters: true },
    { ...adult, decile: 5 },
    { ...adult, decile: 6, residence: "3603" },
    { ...adult, residence: "3671" },
    { ...head("private"), residence: "3671", decile: 1 },
    { ...newborn, motherScheme: "local" },
    { ...head("private"), deceased: true },
    { ...child, headBirthDate: addYears(on, -9) },
    { ...adult, relation: "parent", headBirthDate: addYears(on, -50) },
    { ...newborn, maritalStatus: "married", occupation: "private", wage: 100_000 },
    { ...adult, wage: 3_000_000 }
  ]
}

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest())

const lines = days.flatMap(([appliesOn, knownOn, policy = National.policy]) =>
  people(day(appliesOn)).map((facts) => {
    const asOf = { appliesOn: day(appliesOn), knownOn: day(knownOn) }
    const recorded = Eligibility.record(Eligibility.evaluate(facts, asOf, policy), sha256)
    return Result.getOrThrow(CanonicalJson.encode(recorded))
  })
)

const target = fileURLToPath(new URL("../test/fixtures/decisions-v2.jsonl", import.meta.url))
try {
  writeFileSync(target, `${lines.join("\n")}\n`, { flag: "wx" })
} catch (error) {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  console.error("decisions-v2.jsonl exists and is frozen. Write decisions of a new version to a new file.")
  process.exitCode = 1
}
