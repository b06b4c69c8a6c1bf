/**
 * What became of each person of an application. Four ends, and every line that was read has
 * exactly one of them.
 *
 * The register keeps the end; who sent the line is told as much of it as is theirs to know. Whoever has no rows
 * but the own (a citizen, a helper, an employer) is answered alike whether the NIK was known or not, unless
 * they registered that person themselves.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { Actor } from "../access/Actor.ts"
import * as Permission from "../access/Permission.ts"
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
 * This person is on the register already; nothing was changed. `registration` is the one that brought them, where
 * one did. `stranger` says that whoever sent the line may not know it.
 *
 * @category models
 * @since 0.1.0
 */
export const Already = Schema.TaggedStruct("Already", {
  line: Schema.Int,
  participant: Id.Id,
  registration: Schema.optionalKey(Id.Id),
  stranger: Schema.optionalKey(Schema.Literal(true)),
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
 * Taken in. This does not tell whether the person was on the register, is now, or is looked at: messages go to
 * the phones of those whom it concerns.
 *
 * @category models
 * @since 0.1.0
 */
export interface Received {
  readonly _tag: "Received"
  readonly line: number
}

/**
 * An end as the sender of the line is told it.
 *
 * @category models
 * @since 0.1.0
 */
export type Told = Outcome | Received

/**
 * How many lines came to each end; `review` counts also those that were only taken in. `read` is the sum of the other four, always.
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

// --- telling ---

/**
 * Whether an actor is told the end of every line: staff are, who work on the rows of others.
 *
 * @category telling
 * @since 0.1.0
 */
export const seesEnds = ({ kind }: Pick<Actor, "kind">): boolean => {
  const scope = Permission.table[kind]["learn-registration"]
  return scope === "area" || scope === "any"
}

/**
 * An end as this actor is told it.
 *
 * @example
 * const known = Outcome.Already.make({ line: 2, participant: Id.Id.make("0190a1b2-0000-7000-8000-000000000001"), stranger: true, submitted: {} })
 * Outcome.toldTo({ kind: "citizen" }, known) // => { _tag: "Received", line: 2 }
 *
 * @category telling
 * @since 0.1.0
 */
export const toldTo = (actor: Pick<Actor, "kind">, outcome: Outcome): Told => {
  const received: Received = { _tag: "Received", line: outcome.line }
  switch (outcome._tag) {
    case "Rejected":
      return outcome
    case "Already":
      if (outcome.stranger === true) return received
      // without a registration it repeats a line of the same application, and tells what became of that
      return seesEnds(actor) || outcome.registration !== undefined ? outcome : received
    case "Registered":
    case "Held":
      return seesEnds(actor) ? outcome : received
  }
}

// --- counting ---

/**
 * Adds outcomes to a tally.
 *
 * @category counting
 * @since 0.1.0
 */
export const count = (tally: Tally, outcomes: ReadonlyArray<Told>): Tally => {
  const of = (tag: Told["_tag"]) => outcomes.filter((outcome) => outcome._tag === tag).length
  return {
    read: tally.read + outcomes.length,
    registered: tally.registered + of("Registered"),
    already: tally.already + of("Already"),
    review: tally.review + of("Held") + of("Received"),
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
export const repeated = (outcome: Told): Told =>
  outcome._tag === "Registered"
    ? { _tag: "Already", line: outcome.line, participant: outcome.participant, submitted: {} }
    : outcome
