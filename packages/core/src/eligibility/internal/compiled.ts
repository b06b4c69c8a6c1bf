import type { AsOf } from "../../policy/Dated.ts"
import type { Policy } from "../../policy/Policy.ts"
import * as Condition from "../Condition.ts"
import * as Day from "../Day.ts"
import { type Facts, names } from "../Facts.ts"
import type { Outcome } from "../Outcome.ts"
import { type Ground, type GroundId, groundIds } from "../Rules.ts"
import type { RuleSet } from "../RuleSet.ts"
import { Segment } from "../../identity/Segment.ts"
import { classesOf, type FactClasses, keyOf } from "./classes.ts"
import * as Diagram from "./diagram.ts"

/** A rule set made ready for asking about many people on a day. */
export interface Compiled {
  readonly rules: RuleSet
  readonly day: Day.Day
  readonly classes: ReadonlyArray<FactClasses>
  readonly shared: Shared
  /** Which outcome a person shares with others: undefined for a value that no class holds. */
  readonly signature: (facts: Facts) => number | undefined
}

/** What days have in common on which the policy says the same. */
export interface Shared {
  readonly outcomes: Map<number, Outcome>
  /** Outcomes of facts that contradict each other, by which contradictions they are. */
  readonly contradictory: Map<number, Outcome>
  readonly questions: () => Questions
}

/** Which questions the answers hang on. Made when first asked for: most people need none. */
export interface Questions {
  readonly diagrams: Diagram.Diagrams
  readonly ofSegment: { readonly [S in Segment]: Diagram.Diagram }
  readonly ofChoice: Diagram.Diagram
}

/**
 * The rule set made ready for two days. A batch asks about many people on few days: what is
 * made for a day is kept, which changes no answer. Old days are dropped all at once rather
 * than counted one by one.
 */
export const compiledFor = (rules: RuleSet, policy: Policy, asOf: AsOf): Compiled => {
  if (isFor(latest, rules, policy, asOf)) return latest
  const ofRules = getOr(days, rules, () => new WeakMap<Policy, Map<string, Compiled>>())
  const ofPolicy = getOr(ofRules, policy, () => new Map<string, Compiled>())
  if (ofPolicy.size >= keptDays) ofPolicy.clear()
  latest = getOr(ofPolicy, asOf.appliesOn + asOf.knownOn, () => compile(rules, Day.make(policy, asOf)))
  return latest
}

/** Grounds in the order of the rule set; one that it does not name comes last, by name. */
export const ranked = ({ precedence }: RuleSet): ReadonlyArray<GroundId> => [
  ...precedence,
  ...groundIds.filter((ground) => !precedence.includes(ground)).sort()
]

// --- private ---

const keptDays = 4096
const days = new WeakMap<RuleSet, WeakMap<Policy, Map<string, Compiled>>>()

/** The one that was asked for last: a batch asks for the same again and again. */
let latest: Compiled | undefined

const isFor = (self: Compiled | undefined, rules: RuleSet, policy: Policy, asOf: AsOf): self is Compiled =>
  self !== undefined &&
  self.rules === rules &&
  self.day.policy === policy &&
  self.day.appliesOn === asOf.appliesOn &&
  self.day.inForce.asOf.knownOn === asOf.knownOn

const compile = (rules: RuleSet, day: Day.Day): Compiled => {
  const formulas = groundIds.map((ground) => rules.grounds[ground].formula)
  const classes = classesOf(Condition.conditions(formulas), day)
  return { rules, day, classes, shared: sharedOf(rules, day, classes), signature: signatureOf(classes) }
}

const signatureOf = (classes: ReadonlyArray<FactClasses>) => {
  const sizes = classes.map(({ values }) => values.length + 1)
  // A double holds whole numbers to 2^53; rules that tell more people apart share nothing.
  if (sizes.reduce((product, size) => product * size, 1) > Number.MAX_SAFE_INTEGER) return () => undefined
  const places = classes.map(({ fact }) => names.indexOf(fact))
  const readers = classes.map(({ indexOf }) => indexOf)
  return (facts: Facts): number | undefined => {
    const values = inOrder(facts)
    let signature = 0
    for (let i = 0; i < readers.length; i++) {
      const index = readers[i]!(values[places[i]!])
      if (index < 0) return undefined
      signature = signature * sizes[i]! + index
    }
    return signature
  }
}

/** In the order of the names. Written out, since this is read for every person of a register. */
const inOrder = (facts: Facts): ReadonlyArray<Condition.Value | undefined> => [
  facts.deceased,
  facts.birthDate,
  facts.citizenship,
  facts.hasNik,
  facts.hasPassport,
  facts.hasPermit,
  facts.stayMonths,
  facts.relation,
  facts.maritalStatus,
  facts.occupation,
  facts.wage,
  facts.employerRegisters,
  facts.studies,
  facts.wardClass,
  facts.headOccupation,
  facts.headBirthDate,
  facts.spouseOccupation,
  facts.childOrder,
  facts.pbiDecree,
  facts.decile,
  facts.residence,
  facts.localScheme,
  facts.motherScheme
]

const kept = new WeakMap<RuleSet, WeakMap<Policy, Map<string, Shared>>>()
const keptQuestions = new WeakMap<RuleSet, Map<string, Questions>>()

const sharedOf = (rules: RuleSet, day: Day.Day, classes: ReadonlyArray<FactClasses>): Shared => {
  const ofRules = getOr(kept, rules, () => new WeakMap<Policy, Map<string, Shared>>())
  const ofPolicy = getOr(ofRules, day.policy, () => new Map<string, Shared>())
  const key = `${keyOf(classes)} ${day.regime}`
  return getOr(ofPolicy, key, () => {
    let questions: Questions | undefined
    return {
      outcomes: new Map(),
      contradictory: new Map(),
      questions: () => (questions ??= questionsOf(rules, day, classes))
    }
  })
}

/** They depend on the answers only, not on the rest of what the policy says. */
const questionsOf = (rules: RuleSet, day: Day.Day, classes: ReadonlyArray<FactClasses>): Questions => {
  const ofRules = getOr(keptQuestions, rules, () => new Map<string, Questions>())
  const terms = termsOf(rules).map(({ holds }) => String(holds(day)))
  return getOr(ofRules, `${keyOf(classes)} ${terms.join()}`, () => {
    const diagrams = Diagram.make(classes, day)
    const of = (ground: GroundId) => diagrams.of(rules.grounds[ground].formula)
    const ofSegment = (segment: Segment) =>
      diagrams.any(groundIds.filter((ground) => rules.grounds[ground].segment === segment).map(of))
    return {
      diagrams,
      ofSegment: Object.fromEntries(
        Segment.literals.map((segment) => [segment, ofSegment(segment)])
      ) as Questions["ofSegment"],
      ofChoice: diagrams.first(ranked(rules).map(of))
    }
  })
}

const termsOf = (rules: RuleSet): ReadonlyArray<Condition.Term> =>
  (Object.values(rules.grounds) as ReadonlyArray<Ground>).flatMap(({ formula }) => Condition.terms(formula))

const getOr = <K extends object | string, A>(
  map: { readonly get: (key: K) => A | undefined; readonly set: (key: K, value: A) => unknown },
  key: K,
  make: () => A
): A => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
