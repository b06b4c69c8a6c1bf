/**
 * The ways onto the register as thirty rules, for engines that take rules as data: each says who comes in on which
 * ground and why. They are those of `@kis/core/eligibility` for people of whom everything is known, with the numbers
 * of the national policy on the day; that they decide alike is checked before anything is timed.
 */
import type { Facts } from "@kis/core/eligibility"
import { National, Policy } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as People from "../People.ts"

// --- models ---

export type Value = string | number | boolean

/** A condition over facts, in the little that every engine has. */
export type Test =
  | { readonly fact: keyof Given; readonly is: Value }
  | { readonly fact: keyof Given; readonly among: ReadonlyArray<string> }
  | { readonly fact: keyof Given; readonly atMost: number }
  | { readonly fact: keyof Given; readonly atLeast: number }
  | { readonly all: ReadonlyArray<Test> }
  | { readonly any: ReadonlyArray<Test> }
  | { readonly not: Test }

export interface Rule {
  readonly ground: string
  readonly reason: string
  readonly when: Test
}

/** Facts as the engines get them: dates as numbers, since they compare only numbers, and nothing left out. */
export interface Given {
  readonly deceased: boolean
  readonly birthDate: number
  readonly citizenship: string
  readonly hasNik: boolean
  readonly hasPassport: boolean
  readonly hasPermit: boolean
  readonly stayMonths: number
  readonly relation: string
  readonly maritalStatus: string
  readonly occupation: string
  readonly studies: boolean
  readonly headOccupation: string
  readonly spouseOccupation: string
  readonly childOrder: number
  readonly pbiDecree: boolean
  readonly localScheme: boolean
  readonly motherScheme: string
}

export const given = (facts: Facts.Facts): Given => ({
  deceased: facts.deceased ?? false,
  birthDate: number(facts.birthDate ?? People.day),
  citizenship: facts.citizenship ?? "",
  hasNik: facts.hasNik ?? false,
  hasPassport: facts.hasPassport ?? false,
  hasPermit: facts.hasPermit ?? false,
  stayMonths: facts.stayMonths ?? 0,
  relation: facts.relation ?? "",
  maritalStatus: facts.maritalStatus ?? "",
  occupation: facts.occupation ?? "",
  studies: facts.studies ?? false,
  headOccupation: facts.headOccupation ?? "",
  spouseOccupation: facts.spouseOccupation ?? "",
  childOrder: facts.childOrder ?? 0,
  pbiDecree: facts.pbiDecree ?? false,
  localScheme: facts.localScheme ?? false,
  motherScheme: facts.motherScheme ?? "none"
})

/** 20260210 for 10 February 2026. */
const number = (date: PlainDate.PlainDate): number => Number(date.replaceAll("-", ""))

// --- numbers of the policy ---

const { entries } = Policy.inForce(National.policy, { appliesOn: People.day, knownOn: People.day })

const known = <A>(entry: { readonly value: A } | undefined): A => {
  if (entry === undefined) throw new Error("The policy has no value on the day of the benchmark.")
  return entry.value
}

const today = number(People.day)
const bornWithinMonths = (months: number): Test => ({
  fact: "birthDate",
  atLeast: number(PlainDate.addMonths(People.day, -months))
})
const youngerThan = (age: number): Test => ({
  fact: "birthDate",
  atLeast: number(PlainDate.addDays(PlainDate.addYears(People.day, -age), 1))
})

// --- conditions ---

const all = (...parts: ReadonlyArray<Test>): Test => ({ all: parts })
const any = (...parts: ReadonlyArray<Test>): Test => ({ any: parts })
const not = (part: Test): Test => ({ not: part })
const is = (fact: keyof Given, value: Value): Test => ({ fact, is: value })

const citizen = is("citizenship", "WNI")
const passport = is("hasPassport", true)
const papers = all(passport, is("hasPermit", true))
const longEnough: Test = { fact: "stayMonths", atLeast: known(entries.foreignerMonths) }
const everybody = all(
  is("deceased", false),
  { fact: "birthDate", atMost: today },
  any(is("hasNik", true), bornWithinMonths(known(entries.newbornNikMonths)), all(not(citizen), passport))
)
const citizenOrForeigner = any(citizen, all(papers, longEnough))
const citizenOrForeignFamily = any(citizen, papers)
const noWage = not({ fact: "occupation", among: ["state", "private"] })
const noIncome = is("occupation", "none")

type Kind = "state" | "private" | "own-account"

const couple = (kind: Kind) => any(is("headOccupation", kind), is("spouseOccupation", kind))
const amongCovered: Test = { fact: "childOrder", atMost: known(entries.coveredChildren) }
const child = is("relation", "child")
const infant = youngerThan(1)
const unmarried = any(infant, not(is("maritalStatus", "married")))
const young = youngerThan(known(entries.childAge))
const student = all(youngerThan(known(entries.studentAge)), is("studies", true))
const familyOf = (ground: string, reason: string, ...when: ReadonlyArray<Test>): Rule => ({
  ground,
  reason,
  when: all(everybody, ...when, noWage, citizenOrForeignFamily)
})

// --- rules ---

const ofWorker = (kind: "state" | "private"): ReadonlyArray<Rule> => {
  const ground = `${kind}-family`
  const dependent = (age: Test) => all(child, couple(kind), unmarried, noIncome, age)
  return [
    familyOf(ground, "SpouseOfWorker", is("relation", "spouse"), is("headOccupation", kind)),
    familyOf(ground, "HeadWhoseSpouseWorks", is("relation", "head"), is("spouseOccupation", kind)),
    familyOf(ground, "ChildOfWorker", dependent(young), amongCovered),
    familyOf(ground, "StudentChild", dependent(student), amongCovered),
    familyOf(`${kind}-extra`, "ParentOfWorker", { fact: "relation", among: ["parent", "parent-in-law"] }, couple(kind)),
    familyOf(`${kind}-extra`, "ChildBeyondCovered", dependent(any(young, student)), not(amongCovered))
  ]
}

const atWork = (kind: Kind, reason: string): ReadonlyArray<Rule> => {
  const ground = kind === "own-account" ? kind : `${kind}-work`
  const works = is("occupation", kind)
  return [
    { ground, reason, when: all(everybody, works, citizen) },
    { ground, reason: `Foreign${reason}`, when: all(everybody, works, not(citizen), papers, longEnough) }
  ]
}

const citizens = (ground: string, reason: string, ...when: ReadonlyArray<Test>): Rule => ({
  ground,
  reason,
  when: all(everybody, citizen, ...when)
})

const selfPay = (reason: string, ...when: ReadonlyArray<Test>): Rule => ({
  ground: "self-pay-family",
  reason,
  when: all(everybody, noWage, ...when, citizenOrForeigner)
})

export const rules: ReadonlyArray<Rule> = [
  ...atWork("state", "StateWorker"),
  ...atWork("private", "PrivateWorker"),
  ...ofWorker("state"),
  ...ofWorker("private"),
  citizens("state-paid", "StatePaidPensioner", is("occupation", "pensioner")),
  citizens("state-paid", "Veteran", is("occupation", "veteran")),
  citizens("state-paid", "VeteranSurvivor", is("occupation", "veteran-survivor")),
  citizens("pbi", "OnPbiDecree", is("hasNik", true), is("pbiDecree", true)),
  citizens("pbi", "NewbornOfPbiMother", bornWithinMonths(known(entries.newbornPbiMonths)), is("motherScheme", "pbi")),
  citizens("local", "InLocalScheme", is("localScheme", true)),
  ...atWork("own-account", "OwnAccount"),
  selfPay("FamilyOfOwnAccount", noIncome, couple("own-account")),
  selfPay("OtherRelative", is("relation", "other"), noIncome, any(couple("state"), couple("private"))),
  selfPay("ForeignNotEmployed", not(citizen)),
  citizens("non-worker", "NotWorking", noIncome),
  citizens("non-worker", "Employer", is("occupation", "employer")),
  citizens("non-worker", "Investor", is("occupation", "investor"))
]

// --- answers ---

/** The ground that comes first, and every ground that fits, in the order of precedence: what all engines must agree on. */
export const answerOf = (grounds: ReadonlyArray<string>, precedence: ReadonlyArray<string>): string =>
  precedence.filter((ground) => grounds.includes(ground)).join(" ") || "none"
