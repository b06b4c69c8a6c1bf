/**
 * What the rules say of some facts on a day: a verdict for every segment, the choice
 * among them, and what to say of it.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { Choice, Decision } from "../policy/Decision.ts"
import * as Policy from "../policy/Policy.ts"
import { codes as catalogueOrder, type Reason, type ReasonCode } from "../policy/Reason.ts"
import type { Verdict } from "../policy/Verdict.ts"
import * as Condition from "./Condition.ts"
import * as Contradiction from "./Contradiction.ts"
import type { Day } from "./Day.ts"
import { type FactName, type Facts, names } from "./Facts.ts"
import { type Compiled, ranked } from "./internal/compiled.ts"
import { type Diagram, type Person, personOf } from "./internal/diagram.ts"
import * as Precedence from "./Precedence.ts"
import { type GroundId, groundIds } from "./Rules.ts"
import type { RuleSet } from "./RuleSet.ts"
import * as Trace from "./Trace.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Outcome extends Pick<
  Decision<Facts, FactName>,
  "verdicts" | "choice" | "reasons" | "missing" | "notes" | "contradictions"
> {
  /** Made when first asked for, once for all people of this outcome. */
  readonly trace: () => Trace.Trace
}

// --- deciding ---

/**
 * The outcome for facts on a day.
 *
 * It depends on the facts only through the answers to the conditions of the rules. People
 * with the same answers share one outcome, frozen, which is why a bulk import is fast.
 *
 * @category deciding
 * @since 0.1.0
 */
export const outcomeOf = (facts: Facts, compiled: Compiled): Outcome => {
  const { day, rules, shared } = compiled
  if (day.inForce.entries.mainRegulation === undefined) return beforeTheRules
  if (rules.contradictions === "reported") {
    const mask = Contradiction.maskOf(facts, day)
    if (mask !== 0) return contradictory(mask, facts, compiled)
  }
  const signature = compiled.signature(facts)
  if (signature === undefined) return decide(facts, compiled)
  const known = shared.outcomes.get(signature)
  if (known !== undefined) return known
  const outcome = decide(facts, compiled)
  if (shared.outcomes.size >= maxKept) shared.outcomes.clear()
  shared.outcomes.set(signature, outcome)
  return outcome
}

// --- private: deciding ---

const maxKept = 8192

interface Judged extends Precedence.Candidate {
  readonly segment: Segment
  readonly explanation: Condition.Explanation
  readonly progress: number
}

const decide = (facts: Facts, compiled: Compiled): Outcome => {
  const { day, rules } = compiled
  const person = Condition.about(facts, day)
  const judged = groundIds.map((ground): Judged => {
    const { formula, segment } = rules.grounds[ground]
    return {
      ground,
      segment,
      answer: person.answer(formula),
      explanation: person.explain(formula),
      progress: person.progress(formula)
    }
  })
  const asking = askingOf(facts, compiled)
  const chosen = Precedence.choose(judged, rules.precedence)
  const { decisive, ...choice } = choiceOf(chosen, judged, day, asking)
  const outcome = frozen({
    verdicts: everySegment((segment) =>
      verdictOf(
        judged.filter((one) => one.segment === segment),
        day,
        (open) => asking.ofSegment(segment, open)
      )
    ),
    ...choice,
    notes: Policy.caveats(day.policy, day.inForce, parametersOf(judged, decisive, chosen, compiled))
  })
  return { ...outcome, trace: traceOnce(facts, compiled) }
}

const verdictOf = (
  judged: ReadonlyArray<Judged>,
  day: Day,
  missingOf: (open: ReadonlyArray<Judged>) => ReadonlyArray<FactName>
): Verdict<FactName> => {
  const fitting = judged.find((one) => one.answer === "yes")
  if (fitting !== undefined) return { _tag: "Yes", reasons: reasonsOf([fitting], day) }
  const open = judged.filter((one) => one.answer === "unknown")
  if (open.length === 0) return { _tag: "No", reasons: nonEmpty(reasonsOf(judged, day)) }
  const missing = missingOf(open)
  return { _tag: "Unknown", missing, reasons: openReasonsOf(open, missing, day) }
}

const choiceOf = (
  chosen: Precedence.Choice,
  judged: ReadonlyArray<Judged>,
  day: Day,
  asking: Asking
): Pick<Outcome, "choice" | "reasons" | "missing"> & { readonly decisive: ReadonlyArray<Judged> } => {
  switch (chosen._tag) {
    case "Chosen": {
      const decisive = pick(judged, [chosen.ground])
      const choice: Choice<FactName> = { _tag: "Chosen", segment: decisive[0]!.segment, ground: chosen.ground }
      return { choice, reasons: nonEmpty(reasonsOf(decisive, day)), missing: [], decisive }
    }
    case "Undecided": {
      const decisive = pick(judged, chosen.grounds)
      const missing = asking.ofChoice(decisive)
      const reasons = openReasonsOf(decisive, missing, day)
      return { choice: { _tag: "Undecided", missing }, reasons, missing, decisive }
    }
    case "NoneFits": {
      // Of twelve refusals, the one that came nearest to a yes is the one to speak of.
      const furthest = Math.max(...judged.map((one) => one.progress))
      const decisive = judged.filter((one) => one.progress === furthest)
      return { choice: { _tag: "NoneFits" }, reasons: nonEmpty(reasonsOf(decisive, day)), missing: [], decisive }
    }
  }
}

const contradictory = (mask: number, facts: Facts, compiled: Compiled): Outcome => {
  const { contradictory } = compiled.shared
  const known = contradictory.get(mask)
  if (known !== undefined) return known
  const contradictions = Contradiction.ofMask(mask)
  const reasons = nonEmpty(contradictions.map(({ reason }) => reason))
  const verdict: Verdict<FactName> = { _tag: "Unknown", missing: [], reasons }
  const outcome = frozen({
    verdicts: everySegment(() => verdict),
    choice: { _tag: "Undecided", missing: [] } as const,
    reasons,
    missing: [],
    notes: [],
    contradictions
  })
  const made: Outcome = { ...outcome, trace: traceOnce(facts, compiled) }
  contradictory.set(mask, made)
  return made
}

const pick = (judged: ReadonlyArray<Judged>, ids: ReadonlyArray<GroundId>) =>
  judged.filter((one) => ids.includes(one.ground))

const everySegment = <A>(of: (segment: Segment) => A): { readonly [S in Segment]: A } => ({
  "PBI-JK": of("PBI-JK"),
  "PBPU-PD": of("PBPU-PD"),
  "PPU-PN": of("PPU-PN"),
  "PPU-BU": of("PPU-BU"),
  PBPU: of("PBPU"),
  BP: of("BP")
})

const traceOnce = (facts: Facts, { day, rules }: Compiled): (() => Trace.Trace) => {
  let trace: Trace.Trace | undefined
  return () => (trace ??= frozen(Trace.make(rules, facts, day)))
}

// --- private: what to ask ---

/** What to ask, given the grounds that are open. */
interface Asking {
  readonly ofSegment: (segment: Segment, open: ReadonlyArray<Judged>) => ReadonlyArray<FactName>
  readonly ofChoice: (open: ReadonlyArray<Judged>) => ReadonlyArray<FactName>
}

const askingOf = (facts: Facts, { classes, rules, shared }: Compiled): Asking => {
  const anyOf: Asking = { ofSegment: (_, open) => missingOf(open), ofChoice: missingOf }
  if (rules.missing === "any") return anyOf
  let person: Person | undefined
  const minimal = (diagram: Diagram): ReadonlyArray<FactName> => {
    person ??= personOf(classes, facts)
    return shared
      .questions()
      .diagrams.minimal(diagram, person)
      .map((variable) => classes[variable]!.fact)
  }
  // A value that no class holds cannot be looked up: then every open question is asked.
  if (classes.some(({ fact, indexOf }) => indexOf(facts[fact]) < 0)) return anyOf
  return {
    ofSegment: (segment) => minimal(shared.questions().ofSegment[segment]),
    ofChoice: () => minimal(shared.questions().ofChoice)
  }
}

const missingOf = (open: ReadonlyArray<Judged>): ReadonlyArray<FactName> => {
  const missing = new Set<FactName>()
  for (const { explanation } of open) for (const fact of explanation.missing) missing.add(fact)
  return names.filter((fact) => missing.has(fact))
}

// --- private: saying why ---

const reasonsOf = (judged: ReadonlyArray<Judged>, day: Day): ReadonlyArray<Reason> => {
  const codes = new Set<ReasonCode>()
  for (const { explanation } of judged) for (const code of explanation.codes) codes.add(code)
  // In the order of the catalogue: what the ground is, then what comes with it.
  return [...codes].sort((a, b) => places.get(a)! - places.get(b)!).map((code) => reasonOf(code, day))
}

const places: ReadonlyMap<ReasonCode, number> = new Map(catalogueOrder.map((code, place) => [code, place]))

const openReasonsOf = (
  open: ReadonlyArray<Judged>,
  missing: ReadonlyArray<FactName>,
  day: Day
): readonly [Reason, ...Array<Reason>] => {
  const gaps = new Set<Policy.ParameterName>()
  for (const { explanation } of open) {
    for (const gap of explanation.gaps) gaps.add(gap)
    // Where asking cannot help, the rules that stand in the way are what there is to say.
    if (missing.length === 0) for (const gap of explanation.closed) gaps.add(gap)
  }
  return nonEmpty([
    ...missing.map((fact): Reason => ({ code: missingCode(fact) })),
    ...[...gaps].map((gap): Reason => ({ code: "RuleNotKnown", params: { rule: day.policy.parameters[gap].rule } }))
  ])
}

const missingCode = (fact: FactName): ReasonCode =>
  `Missing${fact[0]!.toUpperCase()}${fact.slice(1)}` as `Missing${Capitalize<FactName>}`

/** The numbers that a sentence quotes are those of the policy on the day. */
const reasonOf = (code: ReasonCode, { inForce: { entries } }: Day): Reason => {
  if (code === "ExtraFamily") {
    return entries.extraFamilyRate === undefined
      ? { code }
      : { code, params: { percent: entries.extraFamilyRate.value / 100 } }
  }
  if (code === "LocalResident") {
    const rule = entries.localAdmission?.value
    return rule?.mode === "residents" ? { code, params: { class: rule.wardClass } } : { code }
  }
  const quotes = quoted[code]
  if (quotes === undefined) return { code }
  const params: Record<string, number | string> = {}
  for (const [param, name] of Object.entries(quotes)) {
    const entry = entries[name]
    if (entry !== undefined) params[param] = entry.value
  }
  return { code, params }
}

/** The parameters whose value a sentence quotes as it is, by the name of the gap in it. */
const quoted: { readonly [C in ReasonCode]?: Readonly<Record<string, Quotable>> } = {
  NikNeeded: { months: "newbornNikMonths" },
  NewbornWithoutNik: { months: "newbornNikMonths" },
  ForeignWorker: { months: "foreignerMonths" },
  ForeignStayTooShort: { months: "foreignerMonths" },
  ChildOfWorker: { children: "coveredChildren" },
  ChildBeyondCovered: { children: "coveredChildren" },
  StudentChild: { age: "studentAge" },
  ChildTooOld: { age: "childAge", studentAge: "studentAge" },
  NotOnPbiDecree: { register: "socialRegister" },
  MayBeProposedForPbi: { target: "pbiDecile" },
  DecileAbovePbi: { target: "pbiDecile" }
}

type Quotable = {
  [K in Policy.ParameterName]: Policy.Values[K] extends number | string ? K : never
}[Policy.ParameterName]

/**
 * The parameters to speak of in notes: those that the answer stands on.
 *
 * A ground that was refused on the way to the choice counts where its refusal quotes a
 * number: that somebody is too old to be a child is why the next ground was asked at all.
 */
const parametersOf = (
  judged: ReadonlyArray<Judged>,
  decisive: ReadonlyArray<Judged>,
  chosen: Precedence.Choice,
  { day, rules }: Compiled
): ReadonlyArray<Policy.ParameterName> => {
  const used = new Set<Policy.ParameterName>(["mainRegulation"])
  for (const { explanation } of rules.notes === "every" ? judged : decisive) {
    for (const name of explanation.parameters) used.add(name)
  }
  if (rules.notes === "decisive") {
    for (const { explanation } of decisive) for (const name of quotedBy(explanation)) used.add(name)
    for (const { explanation } of refusedBefore(chosen, judged, rules)) {
      for (const name of quotedBy(explanation)) if (explanation.parameters.has(name)) used.add(name)
    }
  }
  return Policy.names(day.policy).filter((name) => used.has(name))
}

const refusedBefore = (
  chosen: Precedence.Choice,
  judged: ReadonlyArray<Judged>,
  rules: RuleSet
): ReadonlyArray<Judged> => {
  if (chosen._tag === "NoneFits") return []
  const order = ranked(rules)
  const last = chosen._tag === "Chosen" ? chosen.ground : chosen.grounds.at(-1)!
  const before = order.slice(0, order.indexOf(last))
  return pick(judged, before).filter(({ answer }) => answer === "no")
}

const ofLocalRule: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "LocalResident",
  "ChildOfLocalMember",
  "NotResidentOfScheme",
  "WageEarnerNotLocal"
])

const quotedBy = ({ codes }: Condition.Explanation): ReadonlyArray<Policy.ParameterName> =>
  [...codes].flatMap((code): ReadonlyArray<Policy.ParameterName> => {
    if (code === "ExtraFamily") return ["extraFamilyRate"]
    return ofLocalRule.has(code) ? ["localAdmission"] : Object.values(quoted[code] ?? {})
  })

const nonEmpty = (reasons: ReadonlyArray<Reason>): readonly [Reason, ...Array<Reason>] => {
  const [first, ...rest] = reasons
  // Every ground has a reason for its yes and its no; a test walks all of them.
  if (first === undefined) throw new Error("A rule gave an answer without a reason. Give its formula one in Rules.ts.")
  return [first, ...rest]
}

const unknownDay: Verdict<FactName> = {
  _tag: "Unknown",
  missing: [],
  reasons: [{ code: "RuleNotKnown", params: { rule: "LAW" } }]
}

// --- private: sharing outcomes ---

const frozen = <A>(value: A): A => {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) frozen(inner)
  }
  return value
}

const beforeTheRules: Outcome = frozen({
  trace: () => [],
  verdicts: everySegment(() => unknownDay),
  choice: { _tag: "Undecided", missing: [] },
  reasons: unknownDay.reasons,
  missing: [],
  notes: []
})
