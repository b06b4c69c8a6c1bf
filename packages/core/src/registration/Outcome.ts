/**
 * What became of each person of an application. Four ends, and every line that was read has
 * exactly one of them.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Kind } from "../deduplication/DuplicateCase.ts"
import * as Eligibility from "../eligibility/Eligibility.ts"
import { Segment } from "../identity/Segment.ts"
import * as Membership from "../membership/Membership.ts"
import { Params } from "../policy/Reason.ts"
import * as Id from "../storage/Id.ts"

// --- models ---

/**
 * Why a line was not accepted: the column, where one is at fault, and a code of the reason or
 * row-problem catalogue.
 *
 * @category models
 * @since 0.1.0
 */
export const Problem = Schema.Struct({
  field: Schema.optionalKey(Schema.String),
  code: Schema.String,
  params: Schema.optionalKey(Params)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Problem extends Schema.Schema.Type<typeof Problem> {}

/**
 * A line as it came, column to text. Kept whole wherever no participant holds its content, so
 * that nothing a citizen sent is lost.
 *
 * @category models
 * @since 0.1.0
 */
export const Submitted = Schema.Record(Schema.String, Schema.String)

/**
 * A new participant with a membership.
 *
 * @category models
 * @since 0.1.0
 */
export const Registered = Schema.TaggedStruct("Registered", {
  line: Schema.Int,
  participant: Id.Id,
  segment: Segment,
  state: Membership.Opening,
  /** The decision that put the person into the segment: it can be replayed. */
  decision: Eligibility.Recorded,
  /** What is odd and harmless: warnings by code. */
  warnings: Schema.Array(Schema.String)
})

/**
 * This person is on the register already; nothing was changed.
 *
 * @category models
 * @since 0.1.0
 */
export const Already = Schema.TaggedStruct("Already", {
  line: Schema.Int,
  participant: Id.Id,
  submitted: Submitted
})

/**
 * An officer decides whether this is someone who is here already.
 *
 * @category models
 * @since 0.1.0
 */
export const Held = Schema.TaggedStruct("Held", {
  line: Schema.Int,
  case: Id.Id,
  kind: Kind,
  submitted: Submitted
})

/**
 * Not accepted, with every reason.
 *
 * @category models
 * @since 0.1.0
 */
export const Rejected = Schema.TaggedStruct("Rejected", {
  line: Schema.Int,
  problems: Schema.NonEmptyArray(Problem),
  submitted: Submitted
})

/**
 * @category models
 * @since 0.1.0
 */
export const Outcome = Schema.Union([Registered, Already, Held, Rejected])

/**
 * @category models
 * @since 0.1.0
 */
export type Outcome = typeof Outcome.Type

/**
 * How many lines came to each end. `read` is the sum of the other four, always.
 *
 * @category models
 * @since 0.1.0
 */
export interface Tally {
  readonly read: number
  readonly registered: number
  readonly already: number
  readonly review: number
  readonly rejected: number
}

/**
 * @category models
 * @since 0.1.0
 */
export const emptyTally: Tally = { read: 0, registered: 0, already: 0, review: 0, rejected: 0 }

// --- counting ---

/**
 * Adds outcomes to a tally.
 *
 * @category counting
 * @since 0.1.0
 */
export const count = (tally: Tally, outcomes: ReadonlyArray<Outcome>): Tally => {
  const of = (tag: Outcome["_tag"]) => outcomes.filter((outcome) => outcome._tag === tag).length
  return {
    read: tally.read + outcomes.length,
    registered: tally.registered + of("Registered"),
    already: tally.already + of("Already"),
    review: tally.review + of("Held"),
    rejected: tally.rejected + of("Rejected")
  }
}

/**
 * The same outcome, told to someone who sends the same command again later: whoever was
 * registered then is registered already now. Held and rejected lines stay what they are.
 *
 * @category counting
 * @since 0.1.0
 */
export const repeated = (outcome: Outcome): Outcome =>
  outcome._tag === "Registered"
    ? { _tag: "Already", line: outcome.line, participant: outcome.participant, submitted: {} }
    : outcome
