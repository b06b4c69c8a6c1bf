/**
 * Facts that cannot all be true.
 *
 * A birth date after the day, a child older than the head of the family: one of the facts
 * is wrong, and nobody can tell which. Such facts are reported, all contradictions at once,
 * and never decided upon. Only what is impossible counts; what is merely rare does not.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import type * as Decision from "../policy/Decision.ts"
import type { ReasonCode } from "../policy/Reason.ts"
import { addDays, addYears, type PlainDate } from "../time/PlainDate.ts"
import type { FactName, Facts, Occupation } from "./Facts.ts"

// --- models ---

/**
 * The code is that of the reason; `facts` are those of which one must be wrong.
 *
 * @category models
 * @since 0.1.0
 */
export type Contradiction = Decision.Contradiction<FactName>

/**
 * The day that facts are looked at, and the first birth date of those who are not one year
 * old on it.
 *
 * @category models
 * @since 0.1.0
 */
export interface On {
  readonly appliesOn: PlainDate
  readonly infantFrom: PlainDate
}

// --- reading ---

/**
 * Every contradiction among the facts, in the order of the catalogue of reasons. A fact
 * that is not known contradicts nothing.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const found = Contradiction.contradictions({ deceased: true, occupation: "private" }, asOf)
 * found.map(({ code, facts }) => [code, ...facts]) // => [["DeceasedButEmployed", "deceased", "occupation"]]
 *
 * @category reading
 * @since 0.1.0
 */
export const contradictions = (facts: Facts, { appliesOn }: AsOf): ReadonlyArray<Contradiction> =>
  ofMask(maskOf(facts, { appliesOn, infantFrom: addDays(addYears(appliesOn, -1), 1) }))

/**
 * Which contradictions there are, as a number: a bit for each. 0 where there are none.
 *
 * @category reading
 * @since 0.1.0
 */
export const maskOf = (facts: Facts, on: On): number => {
  const { birthDate, deceased, headBirthDate, occupation, wage } = facts
  // Of almost everybody this is all that there is to ask.
  if (
    headBirthDate === undefined &&
    deceased !== true &&
    (birthDate === undefined || birthDate < on.infantFrom) &&
    (wage === undefined || occupation !== "none")
  ) {
    return 0
  }
  let mask = 0
  for (let i = 0; i < checks.length; i++) if (checks[i]!.holds(facts, on)) mask |= 1 << i
  return mask
}

/**
 * The contradictions of such a number.
 *
 * @category reading
 * @since 0.1.0
 */
export const ofMask = (mask: number): ReadonlyArray<Contradiction> =>
  checks.filter((_, i) => (mask & (1 << i)) !== 0).map(({ code, facts }) => ({ code, facts, reason: { code } }))

// --- private ---

interface Check {
  readonly code: ReasonCode
  readonly facts: Contradiction["facts"]
  readonly holds: (facts: Facts, on: On) => boolean
}

const works = (occupation: Occupation | undefined): boolean =>
  occupation === "private" || occupation === "state" || occupation === "own-account" || occupation === "employer"

const isInfant = ({ birthDate }: Facts, { appliesOn, infantFrom }: On): boolean =>
  birthDate !== undefined && birthDate >= infantFrom && birthDate <= appliesOn

const checks: ReadonlyArray<Check> = [
  {
    code: "BornAfterTheDay",
    facts: ["birthDate"],
    holds: ({ birthDate }, { appliesOn }) => birthDate !== undefined && birthDate > appliesOn
  },
  {
    code: "DeceasedButEmployed",
    facts: ["deceased", "occupation"],
    holds: ({ deceased, occupation }) => deceased === true && works(occupation)
  },
  {
    code: "HeadBornAfterTheDay",
    facts: ["headBirthDate"],
    holds: ({ headBirthDate }, { appliesOn }) => headBirthDate !== undefined && headBirthDate > appliesOn
  },
  {
    code: "ChildOlderThanHead",
    facts: ["birthDate", "relation", "headBirthDate"],
    holds: ({ birthDate, headBirthDate, relation }) =>
      headBirthDate !== undefined && relation === "child" && birthDate !== undefined && birthDate < headBirthDate
  },
  {
    code: "ParentYoungerThanHead",
    facts: ["birthDate", "relation", "headBirthDate"],
    holds: ({ birthDate, headBirthDate, relation }) =>
      headBirthDate !== undefined && relation === "parent" && birthDate !== undefined && birthDate > headBirthDate
  },
  {
    code: "NewbornMarried",
    facts: ["birthDate", "maritalStatus"],
    holds: (facts, on) => facts.maritalStatus !== undefined && facts.maritalStatus !== "single" && isInfant(facts, on)
  },
  {
    code: "NewbornWithFamily",
    facts: ["birthDate", "relation"],
    // A stepmother's parents, too, are older than a baby; a baby can only be head, child or another relative.
    holds: (facts, on) =>
      (facts.relation === "spouse" || facts.relation === "parent" || facts.relation === "parent-in-law") &&
      isInfant(facts, on)
  },
  {
    code: "WorkingInfant",
    facts: ["birthDate", "occupation"],
    holds: (facts, on) => works(facts.occupation) && isInfant(facts, on)
  },
  {
    code: "WageWithoutWork",
    facts: ["occupation", "wage"],
    holds: ({ occupation, wage }) => occupation === "none" && wage !== undefined && wage > 0
  }
]
