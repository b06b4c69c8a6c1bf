/**
 * Who waits for the civil register, and how far the job that asks about them has come.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Cursor } from "../registry/PopulationRegistry.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"

// --- models ---

/**
 * Somebody who waits for the civil register. `attempts` counts the questions that had no answer,
 * `taken` the card numbers that were somebody else's.
 *
 * @category models
 * @since 0.1.0
 */
export const Waiting = Schema.Struct({
  participant: Id.Id,
  attempts: Schema.Int,
  taken: Schema.Int,
  dueAt: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export type Waiting = typeof Waiting.Type

/**
 * How far the job has come in finding who is pending, and how the line to the civil register is.
 * Instants are milliseconds since 1970.
 *
 * @category models
 * @since 0.1.0
 */
export const Round = Schema.Struct({
  name: Schema.Literal("population"),
  place: Schema.optionalKey(Schema.String),
  beganAt: Schema.Int,
  failures: Schema.Int,
  notBefore: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export type Round = typeof Round.Type

// --- aggregates ---

/**
 * Who waits; one row a person.
 *
 * @category aggregates
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("verification", {
  schema: Waiting,
  unique: { participant: ({ participant }) => [participant] },
  ordered: { dueAt: { number: ({ dueAt }) => dueAt } },
  indexes: { due: ["dueAt"] }
})

/**
 * The one row of the job itself.
 *
 * @category aggregates
 * @since 0.1.0
 */
export const rounds = Aggregate.make("verification-round", {
  schema: Round,
  unique: { name: ({ name }) => [name] }
})

/**
 * How far the changes of the civil register have been followed; one row.
 *
 * @category aggregates
 * @since 0.1.0
 */
export const feeds = Aggregate.make("population-feed", {
  schema: Schema.Struct({ name: Schema.Literal("population"), place: Cursor }),
  unique: { name: ({ name }) => [name] }
})
