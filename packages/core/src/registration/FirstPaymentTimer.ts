/**
 * The timer of one membership that waits for its first payment (PAY-5): a row for each, with the
 * instant at which it is looked at next.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * What is due next; `done` waits for nothing more.
 *
 * @category models
 * @since 0.1.0
 */
export const Stage = Schema.Literals(["open", "last-call", "expire", "done"])

/**
 * @category models
 * @since 0.1.0
 */
export type Stage = typeof Stage.Type

/**
 * `from` and `to` are the first and last day of the payment, both inclusive; a newborn's has no last one.
 * `dueAt` is epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const FirstPaymentTimer = Schema.Struct({
  membership: Id,
  participant: Id,
  since: PlainDate,
  from: PlainDate,
  to: Schema.optionalKey(PlainDate),
  stage: Stage,
  dueAt: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export interface FirstPaymentTimer extends Schema.Schema.Type<typeof FirstPaymentTimer> {}

// --- aggregate ---

/**
 * One timer for each membership; one that comes to wait again winds it up anew.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("first-payment-timer", {
  schema: FirstPaymentTimer,
  unique: { membership: (_) => [_.membership] },
  ordered: { dueAt: { number: (_) => (_.stage === "done" ? undefined : _.dueAt) } },
  indexes: { due: ["dueAt"] }
})
