/**
 * The states of a membership and the moves between them, as data: each edge says what brings it
 * about, from when it counts, whether it ends cover, and which rule permits it.
 *
 * Whoever is in treatment is not cut off: a move that ends cover waits until the hospitals say
 * that treatment is over, and it waits too while they say nothing. Only death does not wait.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type * as Policy from "../policy/Policy.ts"
import type { Language, Reason, ReasonCode } from "../policy/Reason.ts"
import { type Care, mayEndCover } from "../registry/CareStatus.ts"
import { addDays, addMonths, type PlainDate, startOfMonth } from "../time/PlainDate.ts"
import { caveats, type Day, dayOf, notKnown, ruleNotKnown } from "./internal/day.ts"
import * as table from "./internal/edges.ts"
import * as words from "./internal/machineWords.ts"

// --- models ---

/**
 * - `UNREGISTERED`: no membership yet; never stored.
 * - `PENDING_VERIFICATION`: the population register has not confirmed the person; no card.
 * - `AWAITING_FIRST_PAYMENT`: confirmed; cover starts with the first payment. `EXPIRED`: it never came,
 *   or the registration was taken back before.
 * - `ACTIVE`: covered. `GRACE_PHK`: covered for a time after a dismissal, without contribution.
 * - `SUSPENDED_ARREARS`, `SUSPENDED_ABROAD`, `ENDED_EMPLOYMENT`, `REMOVED_PBI`: open, not covered.
 * - `BLOCKED_DUPLICATE`, `BLOCKED_DATA`: open, held until the person has reported or corrected.
 * - `TRANSFERRED`, `CLOSED_DUPLICATE`, `DECEASED`: closed.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals([
  "UNREGISTERED",
  "PENDING_VERIFICATION",
  "AWAITING_FIRST_PAYMENT",
  "EXPIRED",
  "ACTIVE",
  "SUSPENDED_ARREARS",
  "GRACE_PHK",
  "ENDED_EMPLOYMENT",
  "REMOVED_PBI",
  "TRANSFERRED",
  "SUSPENDED_ABROAD",
  "BLOCKED_DUPLICATE",
  "CLOSED_DUPLICATE",
  "BLOCKED_DATA",
  "DECEASED"
])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * A state that a membership on the register can be in.
 *
 * @category models
 * @since 0.1.0
 */
export type Stored = Exclude<State, "UNREGISTERED">

/**
 * What brings a move about. Whether the first payment came in its window, a proof of dismissal is
 * enough, or a stay abroad long enough, is judged before, by the rules of each.
 *
 * @category models
 * @since 0.1.0
 */
export const Trigger = Schema.Literals([
  "register-unverified",
  "register-verified",
  "verified",
  "first-payment",
  "first-payment-missed",
  "withdrawn",
  "month-unpaid",
  "arrears-paid",
  "last-instalment-paid",
  "dismissed",
  "employment-ended",
  "grace-ended",
  "pbi-removed",
  "pbi-reactivated",
  "transferred",
  "went-abroad",
  "returned",
  "duplicate-found",
  "duplicate-kept",
  "duplicate-closed",
  "duplicate-reopened",
  "data-blocked",
  "data-corrected",
  "died",
  "death-corrected"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Trigger = typeof Trigger.Type

/**
 * One edge of the machine.
 *
 * @category models
 * @since 0.1.0
 */
export interface Edge {
  readonly from: State
  readonly trigger: Trigger
  /** `previous`: the state that the membership had before. */
  readonly to: Stored | "previous"
  /** Where it leads when nobody told the state before. */
  readonly otherwise?: Stored
  /** What happens, in a few words. */
  readonly when: { readonly id: string; readonly en: string }
  /** What the person is told. `Reason.entry` of it has the citation: the rule that permits the edge. */
  readonly reason: ReasonCode
  /** From the day itself, or from the first of the next month. */
  readonly effective: "same-day" | "next-month"
  /** The parameter that says how many months `next-month` means; one where absent. */
  readonly months?: "suspensionMonths"
  /** The parameter that says for how many months care stays paid nevertheless. */
  readonly served?: "pbiServiceMonths"
  readonly endsCover: boolean
  /** Whether an end of cover waits for the treatment to be over. */
  readonly waitsForCare: boolean
  /** The only segments that have this edge; all where absent. */
  readonly segments?: ReadonlyArray<Segment>
  /** Only for who pays alone, or only for whom others pay. */
  readonly selfPaid?: boolean
}

/**
 * A move that is asked for; what is absent is unknown.
 *
 * @category models
 * @since 0.1.0
 */
export interface Move {
  readonly from: State
  readonly trigger: Trigger
  readonly segment?: Segment
  /** Nobody else pays the contribution. Follows from the segment, except for BP. */
  readonly selfPaid?: boolean
  /** The state before `from`, for moves that go back to it. */
  readonly previous?: State
  /** The state that the new account of a transfer opens in; `ACTIVE` where absent. */
  readonly opens?: State
  readonly care?: Care
}

/**
 * `effectiveOn` is the first day of the new state. `coverUntil` is the last day of cover, where
 * the move ends it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Moved {
  readonly _tag: "Moved"
  readonly to: Stored
  readonly effectiveOn: PlainDate
  readonly coverUntil?: PlainDate
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * Nothing has changed: the same move is asked for again when treatment is over.
 *
 * @category models
 * @since 0.1.0
 */
export interface Waits {
  readonly _tag: "Waits"
  readonly to: Stored
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * There is no such edge. `legal` are the moves that there are.
 *
 * @category models
 * @since 0.1.0
 */
export interface Illegal {
  readonly _tag: "Illegal"
  readonly from: State
  readonly trigger: Trigger
  readonly legal: ReadonlyArray<Trigger>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * `missing` is empty only where the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<"segment" | "selfPaid" | "previous">
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * @category models
 * @since 0.1.0
 */
export type Movement = Moved | Waits | Illegal | Unknown

// --- errors ---

/**
 * A service was asked for a move that does not exist.
 *
 * @category errors
 * @since 0.1.0
 */
export class IllegalMove extends Schema.TaggedError<IllegalMove>("@kis/core/membership/IllegalMove")("IllegalMove", {
  from: State,
  trigger: Trigger,
  legal: Schema.Array(Trigger)
}) {
  override get message() {
    const ways = this.legal.length === 0 ? "None: it is closed." : `${this.legal.join(", ")}.`
    return `A membership that is ${this.from} has no move "${this.trigger}". Its moves: ${ways}`
  }
}

/**
 * The error form of {@link Illegal}, for services.
 *
 * @category errors
 * @since 0.1.0
 */
export const illegalMove = ({ from, legal, trigger }: Illegal): IllegalMove => new IllegalMove({ from, legal, trigger })

// --- data ---

/**
 * Every edge, each with the rule that permits it.
 *
 * @category data
 * @since 0.1.0
 */
export const edges: ReadonlyArray<Edge> = table.edges

// --- reading ---

/**
 * Whether the account is open: the person's one account, whether it covers at present or not.
 *
 * @example
 * Machine.isLive("SUSPENDED_ARREARS") // => true
 * Machine.isLive("TRANSFERRED") // => false
 *
 * @category reading
 * @since 0.1.0
 */
export const isLive = (state: State): boolean => table.live.includes(state)

/**
 * Whether care is paid for in this state.
 *
 * @example
 * Machine.covers("GRACE_PHK") // => true
 *
 * @category reading
 * @since 0.1.0
 */
export const covers = (state: State): boolean => table.covering.includes(state)

/**
 * Who pays alone, as far as the segment tells: of BP the state pays for some.
 *
 * @category reading
 * @since 0.1.0
 */
export const selfPaidIn = (segment: Segment | undefined): boolean | undefined =>
  segment === undefined || segment === "BP" ? undefined : segment === "PBPU"

/**
 * Whether a move may lead from a state back to the one before it. Nobody goes back to where nobody
 * came from: a block verifies nobody, and pays for nobody.
 *
 * @example
 * Machine.mayGoBack("BLOCKED_DATA", "SUSPENDED_ARREARS") // => true
 * Machine.mayGoBack("BLOCKED_DATA", "TRANSFERRED") // => false
 *
 * @category reading
 * @since 0.1.0
 */
export const mayGoBack = (from: State, previous: State): previous is Stored =>
  (isLive(previous) || previous === "EXPIRED") &&
  edges.some((edge) => edge.from === from && edge.to === "previous") &&
  edges.some((edge) => edge.from === previous && edge.to === from)

/**
 * Whether a trigger leads from this state back to the one before.
 *
 * @category reading
 * @since 0.1.0
 */
export const goesBack = (from: State, trigger: Trigger): boolean =>
  edges.some((edge) => edge.from === from && edge.trigger === trigger && edge.to === "previous")

/**
 * The moves that there are from a state, for a segment where it is known.
 *
 * @category reading
 * @since 0.1.0
 */
export const legal = (from: State, segment?: Segment): ReadonlyArray<Trigger> => [
  ...new Set(
    edges
      .filter((it) => it.from === from && isFor(it, segment) !== false && mayBePaidBy(it, selfPaidIn(segment)))
      .map((it) => it.trigger)
  )
]

/**
 * What a state is called, for a person.
 *
 * @example
 * Machine.name("REMOVED_PBI", "id") // => "Dihapus dari PBI"
 *
 * @category reading
 * @since 0.1.0
 */
export const name = (state: State, language: Language): string => words.states[state][language]

// --- moving ---

/**
 * Where a move leads, and from when. `appliesOn` is the day of what happened; for `month-unpaid` any
 * day of the month that stayed unpaid, for `grace-ended` the first day after the grace.
 *
 * @example
 * const asOf = { appliesOn: PlainDate.make("2026-02-28"), knownOn: PlainDate.make("2026-02-28") }
 * const unpaid = { from: "ACTIVE", trigger: "month-unpaid", segment: "PBPU" } as const
 * const moved = Machine.move({ ...unpaid, care: "not-in-treatment" }, asOf)
 * moved._tag === "Moved" ? moved.effectiveOn : moved._tag // => PlainDate.make("2026-03-01")
 * Machine.move({ ...unpaid, care: "in-treatment" }, asOf)._tag // => "Waits"
 *
 * @category moving
 * @since 0.1.0
 */
export const move = (of: Move, asOf: AsOf, policy: Policy.Policy = National.policy): Movement => mover(asOf, policy)(of)

/**
 * {@link move} for one day, made ready for many.
 *
 * @category moving
 * @since 0.1.0
 */
export const mover = (asOf: AsOf, policy: Policy.Policy = National.policy): ((of: Move) => Movement) => {
  const day = dayOf(policy, asOf)
  return (of) => {
    const chosen = edgeOf(of)
    return "_tag" in chosen ? chosen : along(chosen, of, day)
  }
}

// --- drawing ---

/**
 * The machine as a Mermaid state diagram. Edges that every open account has are drawn once.
 *
 * @category drawing
 * @since 0.1.0
 */
export const diagram = (language: Language): string => {
  const drawn = new Set<string>()
  for (const edge of edges) {
    const [everywhere, to] = [isEverywhere(edge), edge.to === "previous" ? "PREVIOUS" : edge.to]
    drawn.add(`  ${everywhere ? "ANY_OPEN" : edge.from} --> ${to} : ${edge.when[language]}`)
  }
  const closed = State.literals.filter((state) => !edges.some((edge) => edge.from === state))
  return [
    "stateDiagram-v2",
    ...State.literals.map((state) => `  state "${name(state, language)}" as ${state}`),
    `  state "${words.anyOpen[language]}" as ANY_OPEN`,
    `  state "${words.before[language]}" as PREVIOUS`,
    "  [*] --> UNREGISTERED",
    ...drawn,
    ...closed.map((state) => `  ${state} --> [*]`),
    ""
  ].join("\n")
}

// --- private: moving along an edge ---

interface Chosen {
  readonly edge: Edge
  readonly to: Stored
}

const along = ({ edge, to }: Chosen, of: Move, day: Day): Moved | Waits | Unknown => {
  const { asOf, inForce } = day
  const used: Array<Policy.ParameterName> = ["mainRegulation", ...(edge.months === undefined ? [] : [edge.months])]
  for (const parameter of used) {
    if (inForce.entries[parameter] === undefined) return notKnown(day, parameter)
  }

  const served = servedUntil(edge, day)
  const reason: Reason = { code: edge.reason }
  const notes = [...caveats(day, ...used, ...served.used), ...served.notes]
  const ends = edge.endsCover || losesCover(edge, of)
  if (ends && edge.waitsForCare && !mayEndCover(of.care)) {
    const code = of.care === "in-treatment" ? "CareContinues" : "CareUnknown"
    return { _tag: "Waits", to, reasons: [{ code }, reason], notes }
  }
  const effectiveOn = effectiveDay(edge, asOf.appliesOn, inForce)
  // the day of death is still covered, and so is the last day before any other end
  const lastDay = served.until ?? (edge.waitsForCare ? addDays(effectiveOn, -1) : effectiveOn)
  return {
    _tag: "Moved",
    to,
    effectiveOn,
    ...(ends ? { coverUntil: lastDay } : {}),
    reasons: [reason, ...served.reasons],
    notes
  }
}

const losesCover = ({ from, to }: Edge, { opens = "ACTIVE" }: Move) =>
  to === "TRANSFERRED" && covers(from) && !covers(opens)

// --- private: choosing an edge ---

const edgeOf = (of: Move): Chosen | Illegal | Unknown => {
  const open = (byQuestion.get(`${of.from} ${of.trigger}`) ?? []).filter((edge) => isFor(edge, of.segment) !== false)
  const [first] = open
  if (first === undefined) return illegal(of)
  if (isFor(first, of.segment) === undefined) return unanswered("segment", "MissingSegment")

  const selfPaid = of.selfPaid ?? selfPaidIn(of.segment)
  if (first.selfPaid !== undefined && selfPaid === undefined) return unanswered("selfPaid", "MissingSelfPaid")
  const edge = open.find((it) => mayBePaidBy(it, selfPaid))
  if (edge === undefined) return illegal(of)
  if (edge.to !== "previous") return { edge, to: edge.to }
  if (of.previous === undefined) {
    return edge.otherwise === undefined ? unanswered("previous", "MissingPrevious") : { edge, to: edge.otherwise }
  }
  return mayGoBack(of.from, of.previous) ? { edge, to: of.previous } : illegal(of)
}

const byQuestion = new Map<string, ReadonlyArray<Edge>>()
for (const edge of table.edges) {
  const question = `${edge.from} ${edge.trigger}`
  byQuestion.set(question, [...(byQuestion.get(question) ?? []), edge])
}

const isFor = (edge: Edge, segment: Segment | undefined): boolean | undefined =>
  edge.segments === undefined ? true : segment === undefined ? undefined : edge.segments.includes(segment)

const mayBePaidBy = (edge: Edge, selfPaid: boolean | undefined): boolean =>
  edge.selfPaid === undefined || selfPaid === undefined || edge.selfPaid === selfPaid

const isEverywhere = ({ from, to, trigger }: Edge) =>
  isLive(from) &&
  table.live.every(
    (state) => state === to || edges.some((it) => it.from === state && it.trigger === trigger && it.to === to)
  )

// --- private: days ---

const effectiveDay = (edge: Edge, on: PlainDate, { entries }: Policy.InForce): PlainDate => {
  if (edge.effective === "same-day") return on
  const months = edge.months === undefined ? 1 : (entries[edge.months]?.value ?? 1)
  return addMonths(startOfMonth(on), months)
}

interface Served {
  readonly until?: PlainDate
  readonly used: ReadonlyArray<Policy.ParameterName>
  readonly reasons: ReadonlyArray<Reason>
  readonly notes: ReadonlyArray<Reason>
}

const servedUntil = (edge: Edge, day: Day): Served => {
  const { asOf, inForce } = day
  if (edge.served === undefined || !edge.endsCover) return { used: [], reasons: [], notes: [] }
  const entry = inForce.entries[edge.served]
  if (entry === undefined) {
    // where the rule is known to have ended, the decision says so; before it began there is nothing to say
    const notes = inForce.gaps[edge.served] === undefined ? [] : [ruleNotKnown(day, edge.served)]
    return { used: [], reasons: [], notes }
  }
  const until = addDays(addMonths(asOf.appliesOn, entry.value), -1)
  const params = { months: entry.value, until }
  return { until, used: [edge.served], reasons: [{ code: "PbiServiceContinues", params }], notes: [] }
}

// --- private: answers ---

const illegal = ({ from, segment, trigger }: Move): Illegal => ({
  _tag: "Illegal",
  from,
  trigger,
  legal: legal(from, segment),
  reasons: [
    // taking part is compulsory, and that is what the person is to know
    trigger === "withdrawn" && isLive(from)
      ? { code: "WithdrawalTooLate" }
      : { code: "MoveNotPossible", params: { from, trigger } }
  ]
})

const unanswered = (
  question: "segment" | "selfPaid" | "previous",
  code: "MissingSegment" | "MissingSelfPaid" | "MissingPrevious"
): Unknown => ({ _tag: "Unknown", missing: [question], reasons: [{ code }] })
