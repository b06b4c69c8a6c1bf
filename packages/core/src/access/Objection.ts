/**
 * An objection to a decision: recorded as it was said, and answered with a reason.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor, label } from "./Actor.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Claim from "./Claim.ts"

// --- models ---

/**
 * `reason` is a code of the catalogue or of the office; `explanation` is what the citizen is given to read.
 *
 * @category models
 * @since 0.1.0
 */
export const Answer = Schema.Struct({
  /** Idempotency key of the command that gave it. */
  command: Schema.NonEmptyString,
  outcome: Schema.Literals(["upheld", "partly-upheld", "dismissed"]),
  reason: Schema.NonEmptyString,
  explanation: Schema.NonEmptyString,
  by: Actor,
  at: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Answer extends Schema.Schema.Type<typeof Answer> {}

/**
 * @category models
 * @since 0.1.0
 */
export const Objection = Schema.Struct({
  ...Claim.fields,
  /** Who took the decision: they do not answer for it. */
  decidedBy: Schema.optionalKey(Actor),
  text: Schema.NonEmptyString,
  answer: Schema.optionalKey(Answer)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Objection extends Schema.Schema.Type<typeof Objection> {}

// --- aggregate ---

/**
 * The objections on the register.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("objection", {
  schema: Objection,
  unique: { command: (_) => [_.command] },
  blind: { owner: (_) => [label(_.owner)], about: (_) => [_.about.id] },
  ordered: {
    state: { text: (_) => _.answer?.outcome ?? "open" },
    office: { text: (_) => _.office },
    receivedAt: { number: (_) => _.receivedAt }
  },
  indexes: { byOffice: ["office", "state", "receivedAt"] }
})
