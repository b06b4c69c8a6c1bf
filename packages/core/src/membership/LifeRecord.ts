/**
 * An event of life as the register keeps it: what happened, who reported it, and what was told to
 * whom.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "../access/Actor.ts"
import { Segment } from "../identity/Segment.ts"
import { Reason } from "../policy/Reason.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"
import { LifeEvent } from "./LifeEvent.ts"
import type * as LifePlan from "./LifePlan.ts"
import { Trigger } from "./Machine.ts"
import { State } from "./Membership.ts"

// --- models ---

const Standing = Schema.Struct({ segment: Segment, state: State })

/**
 * What a person was told: the change without what it costs.
 *
 * @category models
 * @since 0.1.0
 */
export const Told = Schema.Struct({
  ref: Id.Id,
  kind: Schema.Literals(["opens", "moves", "transfers", "waits", "goes-on", "facility", "stays"]),
  trigger: Schema.optionalKey(Trigger),
  from: Schema.optionalKey(Standing),
  to: Schema.optionalKey(Standing),
  effectiveOn: PlainDate,
  missing: Schema.Array(Schema.String),
  reasons: Schema.NonEmptyArray(Reason)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Told = typeof Told.Type

/**
 * `command` is the sender's idempotency key, `content` a hash of what was sent under it. `parted` is
 * the household of who left for a card of their own.
 *
 * @category models
 * @since 0.1.0
 */
export const LifeRecord = Schema.Struct({
  command: Schema.NonEmptyString,
  content: Schema.String,
  household: Id.Id,
  parted: Schema.optionalKey(Id.Id),
  actor: Actor,
  event: LifeEvent,
  appliesOn: PlainDate,
  knownOn: PlainDate,
  policyVersion: Schema.NonEmptyString,
  changes: Schema.Array(Told)
})

/**
 * @category models
 * @since 0.1.0
 */
export type LifeRecord = typeof LifeRecord.Type

// --- aggregate ---

/**
 * The events on the register; one command has one. `person` finds what changed for somebody, in whichever household.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("life-event", {
  schema: LifeRecord,
  unique: { command: ({ command }) => [command] },
  blind: {
    household: ({ household }) => [household],
    person: ({ changes }) => [...new Set(changes.map(({ ref }) => ref))]
  },
  ordered: { on: { text: ({ appliesOn }) => appliesOn } },
  indexes: { byDay: ["on"] }
})

// --- reading ---

/**
 * The changes of a plan as they are told.
 *
 * @category reading
 * @since 0.1.0
 */
export const toldOf = (plan: LifePlan.LifePlan): ReadonlyArray<Told> =>
  plan.changes.map((change) => {
    const { after: _after, closed: _closed, cost: _cost, notes: _notes, papers: _papers, ...told } = change
    return told
  })
