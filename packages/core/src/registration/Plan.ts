/**
 * What is to be done with each person of one application, decided before anything is written.
 *
 * Pure: the findings of the register, the answers of the population register and the issued card
 * numbers come in, one plan a line goes out. The unit of work then only writes it down.
 *
 * @since 0.1.0
 */
import * as Comparison from "../deduplication/Comparison.ts"
import type { Finding } from "../deduplication/Deduplication.ts"
import type { Kind } from "../deduplication/DuplicateCase.ts"
import * as Judgement from "../deduplication/Judgement.ts"
import * as Participant from "../deduplication/Participant.ts"
import type * as Eligibility from "../eligibility/Eligibility.ts"
import type { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import type { Person } from "../identity/Person.ts"
import type { Segment } from "../identity/Segment.ts"
import type { Id } from "../storage/Id.ts"
import type { Problem } from "./Outcome.ts"

// --- models ---

/**
 * A person who may be registered, unless they are here already.
 *
 * @category models
 * @since 0.1.0
 */
export interface Applicant {
  readonly _tag: "Applicant"
  readonly line: number
  /** Names this line for ever: under it a card number is asked for. */
  readonly reference: string
  readonly submitted: Readonly<Record<string, string>>
  readonly person: Person
  readonly familyCard?: FamilyCardNumber
  readonly decision: Eligibility.Recorded
  readonly segment: Segment
  /** Whether cover waits for this person's first payment. */
  readonly selfPays: boolean
  /** Rupiah of the first month, 0 for those who do not pay themselves. */
  readonly firstPayment: number
  readonly wardClass?: 1 | 2 | 3
  readonly facility?: string
  readonly warnings: ReadonlyArray<string>
}

/**
 * A line that cannot be accepted, whatever the register holds.
 *
 * @category models
 * @since 0.1.0
 */
export interface Refused {
  readonly _tag: "Refused"
  readonly line: number
  readonly submitted: Readonly<Record<string, string>>
  readonly problems: readonly [Problem, ...ReadonlyArray<Problem>]
}

/**
 * Who a line was found to be: a participant on the register, or an earlier line of the same
 * application, by its position.
 *
 * @category models
 * @since 0.1.0
 */
export type Match =
  | { readonly _tag: "Participant"; readonly id: Id }
  | { readonly _tag: "EarlierLine"; readonly position: number }

/**
 * @category models
 * @since 0.1.0
 */
export type Planned =
  | { readonly _tag: "Register"; readonly applicant: Applicant }
  | { readonly _tag: "Already"; readonly applicant: Applicant; readonly match: Match }
  | {
      readonly _tag: "Hold"
      readonly applicant: Applicant
      readonly match: Match
      readonly kind: Kind
      readonly comparison: Comparison.Comparison
    }
  | { readonly _tag: "Reject"; readonly refused: Refused }

// --- planning ---

/**
 * One plan for each line, in order. `findings` are those of the applicants, in order, and leave
 * out the refused. A line that repeats an earlier one of the same application is that person;
 * the graver of what the register and the application say is followed.
 *
 * @category planning
 * @since 0.1.0
 */
export const plan = (
  lines: ReadonlyArray<Applicant | Refused>,
  findings: ReadonlyArray<Finding>
): ReadonlyArray<Planned> => {
  const plans: Array<Planned> = []
  let asked = 0
  for (const line of lines) {
    if (line._tag === "Refused") {
      plans.push({ _tag: "Reject", refused: line })
      continue
    }
    const onRegister = findings[asked++]
    const beside = amongEarlier(line, plans)
    const found = onRegister?._tag === "Found" ? fromFinding(onRegister) : undefined
    plans.push(toPlan(line, graver(found, beside)))
  }
  return plans
}

// --- private ---

interface Found {
  readonly judgement: Exclude<Judgement.Judgement, "clear">
  readonly match: Match
  readonly comparison: Comparison.Comparison
}

const fromFinding = (finding: Finding & { readonly _tag: "Found" }): Found => ({
  judgement: finding.judgement,
  match: { _tag: "Participant", id: finding.participant },
  comparison: finding.comparison
})

/** Only lines that are to be registered count: a held newcomer is nobody's original. */
const amongEarlier = (applicant: Applicant, earlier: ReadonlyArray<Planned>): Found | undefined => {
  let found: Found | undefined
  earlier.forEach((planned, position) => {
    if (planned._tag !== "Register") return
    const comparison = Comparison.compare(Participant.features(applicant), Participant.features(planned.applicant))
    const judgement = Judgement.judge(comparison, true)
    if (judgement === "clear") return
    found = graver(found, { judgement, match: { _tag: "EarlierLine", position }, comparison })
  })
  return found
}

const graver = (one: Found | undefined, other: Found | undefined): Found | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return Judgement.rank[other.judgement] > Judgement.rank[one.judgement] ? other : one
}

const toPlan = (applicant: Applicant, found: Found | undefined): Planned => {
  if (found === undefined) return { _tag: "Register", applicant }
  if (found.judgement === "same") return { _tag: "Already", applicant, match: found.match }
  return { _tag: "Hold", applicant, match: found.match, kind: found.judgement, comparison: found.comparison }
}
