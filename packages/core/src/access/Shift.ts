/**
 * A stretch of work of one actor at one office: what they read in it is one chain of the audit record.
 *
 * A chain has one writer at a time, so a reader has one of their own, and who reads often does not wait for others.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Aggregate from "../storage/Aggregate.ts"
import { Actor, label } from "./Actor.ts"

// --- models ---

/**
 * Instants are epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const Shift = Schema.Struct({
  /** Idempotency key of the command that began it. */
  command: Schema.NonEmptyString,
  actor: Actor,
  office: Schema.NonEmptyString,
  beganAt: Schema.Int,
  endedAt: Schema.optionalKey(Schema.Int)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Shift extends Schema.Schema.Type<typeof Shift> {}

// --- errors ---

/**
 * The actor has no such shift, or it has ended. Nothing was read.
 *
 * @category errors
 * @since 0.1.0
 */
export class ShiftNotOpen extends Schema.TaggedError<ShiftNotOpen>("@kis/core/access/ShiftNotOpen")("ShiftNotOpen", {
  shift: Schema.String
}) {
  override get message() {
    return `You have no open shift ${this.shift}. Begin one, then read again.`
  }
}

/**
 * There is no such record.
 *
 * @category errors
 * @since 0.1.0
 */
export class RecordNotFound extends Schema.TaggedError<RecordNotFound>("@kis/core/access/RecordNotFound")(
  "RecordNotFound",
  { aggregate: Schema.String, id: Schema.String }
) {
  override get message() {
    return `There is no ${this.aggregate} ${this.id}. Look it up again by what the person brings.`
  }
}

// --- aggregate ---

/**
 * The shifts of everybody who reads.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("shift", {
  schema: Shift,
  unique: { command: (_) => [_.command] },
  blind: { actor: (_) => [label(_.actor)] },
  ordered: { office: { text: (_) => _.office }, beganAt: { number: (_) => _.beganAt } },
  indexes: { byOffice: ["office", "beganAt"] }
})
