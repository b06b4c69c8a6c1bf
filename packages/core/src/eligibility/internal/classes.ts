import type { Condition, Value } from "../Condition.ts"
import type { Day } from "../Day.ts"
import { type FactName, type Facts, names, Occupation } from "../Facts.ts"
import { addDays, addYears } from "../../time/PlainDate.ts"

/**
 * The values of one fact, in classes: values of one class answer every condition alike, on
 * a day. A person is told apart from others only by the class of each fact.
 */
export interface FactClasses {
  readonly fact: FactName
  readonly conditions: ReadonlyArray<Condition>
  /** One value of each class, as found in the order of {@link valuesOf}. */
  readonly values: ReadonlyArray<Value>
  /** Of each class, the answer to each condition; `undefined` where the policy has none. */
  readonly answers: ReadonlyArray<ReadonlyArray<boolean | undefined>>
  /** 0 for a fact that is not known, 1 and on for a class, -1 for a value of no class. */
  readonly indexOf: (value: Value | undefined) => number
}

/** The classes of every fact that the conditions ask for, in the order of asking. */
export const classesOf = (conditions: ReadonlyArray<Condition>, day: Day): ReadonlyArray<FactClasses> =>
  names.flatMap((fact) => {
    const asked = conditions.filter((condition) => condition.fact === fact)
    return asked.length === 0 ? [] : [ofFact(fact, asked, day)]
  })

/** Says of two days with equal keys that the classes of all facts answer alike. */
export const keyOf = (classes: ReadonlyArray<FactClasses>): string =>
  classes.map(({ answers, fact }) => `${fact}:${answers.map((row) => row.map(digit).join("")).join(",")}`).join(" ")

/**
 * Values of a fact among which there is one for each way in which a rule can look at it on
 * a day, the plainest first.
 */
export const valuesOf = <F extends FactName>(fact: F, day: Day): ReadonlyArray<NonNullable<Facts[F]>> => {
  const values: { readonly [G in FactName]: () => ReadonlyArray<NonNullable<Facts[G]>> } = {
    ...finite,
    birthDate: () => birthDates(day),
    headBirthDate: () => [addYears(day.appliesOn, -40)],
    stayMonths: () => around(0, day.foreignerMonths),
    childOrder: () => around(1, day.coveredChildren),
    decile: () => around(1, day.inForce.entries.pbiDecile?.value),
    wage: () => [0],
    residence: () => {
      const rule = day.inForce.entries.localAdmission?.value
      return [...(rule?.mode === "residents" ? rule.regencies : []), nowhere]
    }
  }
  return values[fact]()
}

// --- private ---

/** A code that no regency has. */
const nowhere = "0000"

const both = (): ReadonlyArray<boolean> => [true, false]

const finite = {
  deceased: both,
  hasNik: both,
  hasPassport: both,
  hasPermit: both,
  employerRegisters: both,
  studies: both,
  pbiDecree: both,
  localScheme: both,
  citizenship: () => ["WNI", "WNA"],
  relation: () => ["head", "spouse", "child", "parent", "parent-in-law", "other"],
  maritalStatus: () => ["single", "married", "divorced", "widowed"],
  occupation: () => Occupation.literals,
  headOccupation: () => Occupation.literals,
  spouseOccupation: () => Occupation.literals,
  wardClass: () => [3, 2, 1],
  motherScheme: () => ["pbi", "local", "other", "none"]
} as const satisfies { readonly [F in FactName]?: () => ReadonlyArray<NonNullable<Facts[F]>> }

const finiteFacts: ReadonlySet<string> = new Set(Object.keys(finite))

const around = (least: number, turn: number | undefined): ReadonlyArray<number> =>
  turn === undefined ? [least] : [turn, turn + 1, turn - 1].filter((value) => value >= least)

const birthDates = (day: Day): Facts["birthDate"] extends infer D ? ReadonlyArray<NonNullable<D>> : never => {
  const { appliesOn, childUntil, infantFrom, newbornFrom, pbiNewbornFrom, studentUntil } = day
  const firsts = [infantFrom, newbornFrom, pbiNewbornFrom].filter((date) => date !== undefined)
  const lasts = [appliesOn, childUntil, studentUntil].filter((date) => date !== undefined)
  return [
    addYears(appliesOn, -40),
    ...lasts.flatMap((last) => [last, addDays(last, 1)]),
    ...firsts.flatMap((first) => [first, addDays(first, -1)])
  ]
}

const ofFact = (fact: FactName, conditions: ReadonlyArray<Condition>, day: Day): FactClasses => {
  const index = new Map<number, number>()
  const values: Array<Value> = []
  const answers: Array<ReadonlyArray<boolean | undefined>> = []
  const byValue = new Map<Value, number>()
  for (const value of valuesOf(fact, day)) {
    const row = conditions.map((condition) => condition.holds(value, day))
    const code = numberOf(row)
    let found = index.get(code)
    if (found === undefined) {
      values.push(value)
      answers.push(row)
      found = values.length
      index.set(code, found)
    }
    byValue.set(value, found)
  }
  return {
    fact,
    conditions,
    values,
    answers,
    indexOf: finiteFacts.has(fact)
      ? (value) => (value === undefined ? 0 : (byValue.get(value) ?? -1))
      : (value) => {
          if (value === undefined) return 0
          let code = 0
          for (const condition of conditions) code = code * 3 + digit(condition.holds(value, day))
          return index.get(code) ?? -1
        }
  }
}

const digit = (answer: boolean | undefined): number => (answer === undefined ? 2 : answer ? 1 : 0)

const numberOf = (row: ReadonlyArray<boolean | undefined>): number =>
  row.reduce((code, answer) => code * 3 + digit(answer), 0)
