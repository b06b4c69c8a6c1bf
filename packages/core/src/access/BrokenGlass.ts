/**
 * A reading outside the own area, in an emergency: possible, told at once, and open until a supervisor has reviewed it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { Actor, label } from "./Actor.ts"

// --- models ---

/**
 * Why it could not wait for somebody whose area it is.
 *
 * @category models
 * @since 0.1.0
 */
export const Ground = Schema.Literals(["emergency-care", "disaster", "system-failure", "court-order"])

/**
 * @category models
 * @since 0.1.0
 */
export type Ground = typeof Ground.Type

/**
 * What the review found: `open` until then.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(["open", "justified", "unjustified"])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * One such reading. Instants are epoch milliseconds; `office` is the area of the record that was read.
 *
 * @category models
 * @since 0.1.0
 */
export const BrokenGlass = Schema.Struct({
  /** Idempotency key of the command. */
  command: Schema.NonEmptyString,
  reader: Actor,
  shift: Id,
  aggregate: Schema.NonEmptyString,
  about: Id,
  ground: Ground,
  office: Schema.NonEmptyString,
  openedAt: Schema.Int,
  state: State,
  review: Schema.optionalKey(Schema.Struct({ by: Actor, at: Schema.Int }))
})

/**
 * @category models
 * @since 0.1.0
 */
export interface BrokenGlass extends Schema.Schema.Type<typeof BrokenGlass> {}

// --- aggregate ---

/**
 * Every reading of the kind, and those that wait for a review, oldest first.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("broken-glass", {
  schema: BrokenGlass,
  unique: { command: (_) => [_.command] },
  blind: { reader: (_) => [label(_.reader)], about: (_) => [_.about] },
  ordered: {
    state: { text: (_) => _.state },
    office: { text: (_) => _.office },
    openedAt: { number: (_) => _.openedAt }
  },
  indexes: { byState: ["state", "openedAt"], byOffice: ["office", "state", "openedAt"] }
})

// --- rules ---

/**
 * The reading, reviewed. One that was reviewed already stays as it was.
 *
 * @category rules
 * @since 0.1.0
 */
export const reviewed = (self: BrokenGlass, found: Exclude<State, "open">, by: Actor, at: number): BrokenGlass =>
  self.state === "open" ? { ...self, state: found, review: { by, at } } : self
