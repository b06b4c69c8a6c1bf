/**
 * What would have to be different: the fewest facts that, had they been others, would turn
 * a segment's no into a yes.
 *
 * It answers "why not me?" with something that can be checked, or done: be named in a
 * decree, bring a permit, register a NIK. What nobody can change is left as it is: birth,
 * death, citizenship, the mother's cover, another person's birth date.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import * as Contradiction from "./Contradiction.ts"
import type { Decision } from "./Eligibility.ts"
import type { FactName, Facts } from "./Facts.ts"
import { type FactClasses, valuesOf } from "./internal/classes.ts"
import { type Compiled, compiledFor } from "./internal/compiled.ts"
import { personOf } from "./internal/diagram.ts"
import * as RuleSet from "./RuleSet.ts"

// --- models ---

/**
 * One fact that would have to be another. `from` is absent where the fact is not known.
 *
 * @category models
 * @since 0.1.0
 */
export interface Change {
  readonly fact: FactName
  readonly from?: NonNullable<Facts[FactName]>
  readonly to: NonNullable<Facts[FactName]>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Counterfactual {
  readonly changes: readonly [Change, ...ReadonlyArray<Change>]
}

// --- reading ---

/**
 * Facts that cannot be changed, and are not.
 *
 * @category reading
 * @since 0.1.0
 */
export const fixed: ReadonlySet<FactName> = new Set<FactName>([
  "deceased",
  "birthDate",
  "citizenship",
  "headBirthDate",
  "motherScheme"
])

/**
 * The smallest change after which the segment's verdict is yes, or `undefined`: where the
 * verdict is no no, and where no change would do. Of several as small, the one that changes
 * what is asked first. Give the policy and the rules that took the decision.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate(
 *   {
 *     deceased: false,
 *     birthDate: PlainDate.make("1985-06-15"),
 *     citizenship: "WNI",
 *     hasNik: true,
 *     pbiDecree: false
 *   },
 *   { appliesOn: today, knownOn: today }
 * )
 * Counterfactual.of(decision, "PBI-JK")?.changes // => [{ fact: "pbiDecree", from: false, to: true }]
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (
  decision: Decision,
  segment: Segment,
  policy: Policy = National.policy,
  rules: RuleSet.RuleSet = RuleSet.current
): Counterfactual | undefined => {
  if (decision.verdicts[segment]._tag !== "No") return undefined
  const compiled = compiledFor(rules, policy, decision)
  const { diagrams, ofSegment } = compiled.shared.questions()
  const person = personOf(compiled.classes, decision.facts)
  if (person.some((index) => index < 0)) return undefined
  const values = compiled.classes.map((one) => possible(one, decision, compiled))
  const cost = (variable: number, index: number) => values[variable]![index]?.length ?? Infinity
  const path = diagrams.cheapest(ofSegment[segment], person, cost)
  const [change, ...changes] = (path ?? []).flatMap(([variable, index]) => values[variable]![index] ?? [])
  return change === undefined ? undefined : { changes: [change, ...changes] }
}

// --- private ---

type Changes = readonly [Change, ...ReadonlyArray<Change>]

/** Of each class of a fact, the change into it; none where the fact is fixed, or the change impossible. */
const possible = (
  { fact, indexOf }: FactClasses,
  decision: Decision,
  { day }: Compiled
): ReadonlyArray<Changes | undefined> => {
  const changes: Array<Changes | undefined> = []
  if (fixed.has(fact)) return changes
  for (const value of valuesOf(fact, day)) {
    const index = indexOf(value)
    if (changes[index] === undefined) changes[index] = changeOf(fact, value, decision)
  }
  return changes
}

/**
 * What cannot be changed may make the new value impossible. A wage may, too, but it can change
 * with it.
 */
const changeOf = (fact: FactName, to: NonNullable<Facts[FactName]>, decision: Decision): Changes | undefined => {
  const facts: Facts = { ...decision.facts, [fact]: to }
  const codes = Contradiction.contradictions(facts, decision).map(({ code }) => code)
  const change = changed(fact, to, decision.facts)
  if (codes.length === 0) return [change]
  return codes.length === 1 && codes[0] === "WageWithoutWork" ? [change, changed("wage", 0, decision.facts)] : undefined
}

const changed = (fact: FactName, to: Change["to"], facts: Facts): Change => {
  const from = facts[fact]
  return from === undefined ? { fact, to } : { fact, from, to }
}
