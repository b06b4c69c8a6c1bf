/**
 * A decree on PBI being carried out: how far it has come, so that it can be gone on with.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "../access/Actor.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * What became of the lines of a decree. A line names one person.
 *
 * - `joined`, `left`: now on PBI, and no longer;
 * - `followed`: others of the family whose cover changed with it;
 * - `waits`: in treatment, or nobody knows: cover goes on until it is over;
 * - `stays`: nothing changes, as for a worker whom the decree names;
 * - `unknown`: in no household on the register; `contradictory`: named and removed in one batch;
 * - `refused`: the event does not fit the family as it is recorded, or who carries the decree out may not for it; `stale`: the family changed
 *   again and again while it was being planned.
 *
 * @category models
 * @since 0.1.0
 */
export const Counts = Schema.Struct({
  read: Schema.Int,
  households: Schema.Int,
  joined: Schema.Int,
  left: Schema.Int,
  followed: Schema.Int,
  waits: Schema.Int,
  stays: Schema.Int,
  unknown: Schema.Int,
  contradictory: Schema.Int,
  refused: Schema.Int,
  stale: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export type Counts = typeof Counts.Type

/**
 * `decree` is its number, `digest` the SHA-256 of what was read, `batch` the lines of one round: all
 * are the same when it is gone on with. `finished` once every line has been read.
 *
 * @category models
 * @since 0.1.0
 */
export const DecreeRun = Schema.Struct({
  decree: Schema.NonEmptyString,
  digest: Schema.String,
  batch: Schema.Int,
  actor: Actor,
  on: PlainDate,
  counts: Counts,
  finished: Schema.Boolean
})

/**
 * @category models
 * @since 0.1.0
 */
export type DecreeRun = typeof DecreeRun.Type

// --- aggregate ---

/**
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("decree-run", {
  schema: DecreeRun,
  unique: { decree: ({ decree }) => [decree] },
  ordered: { on: { text: ({ on }) => on } },
  indexes: { byDay: ["on"] }
})

// --- counting ---

/**
 * @category counting
 * @since 0.1.0
 */
export const none: Counts = {
  read: 0,
  households: 0,
  joined: 0,
  left: 0,
  followed: 0,
  waits: 0,
  stays: 0,
  unknown: 0,
  contradictory: 0,
  refused: 0,
  stale: 0
}

/**
 * @category counting
 * @since 0.1.0
 */
export const add = (self: Counts, that: Partial<Counts>): Counts => ({
  read: self.read + (that.read ?? 0),
  households: self.households + (that.households ?? 0),
  joined: self.joined + (that.joined ?? 0),
  left: self.left + (that.left ?? 0),
  followed: self.followed + (that.followed ?? 0),
  waits: self.waits + (that.waits ?? 0),
  stays: self.stays + (that.stays ?? 0),
  unknown: self.unknown + (that.unknown ?? 0),
  contradictory: self.contradictory + (that.contradictory ?? 0),
  refused: self.refused + (that.refused ?? 0),
  stale: self.stale + (that.stale ?? 0)
})
