/**
 * A person's file as staff read it: the participant and their memberships, in the area of the office that holds them.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type { Actor } from "../access/Actor.ts"
import type { NotAllowed } from "../access/Permission.ts"
import { Readings } from "../access/Readings.ts"
import type { RecordNotFound, ShiftNotOpen } from "../access/Shift.ts"
import * as Participant from "../deduplication/Participant.ts"
import * as Machine from "../membership/Machine.ts"
import * as Membership from "../membership/Membership.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface PersonFile {
  readonly participant: Stored<Participant.Participant>
  readonly memberships: ReadonlyArray<Stored<Membership.Membership>>
}

// --- reading ---

/**
 * Reads a file in the actor's shift: a line of its chain, whether it is given or refused. The file is in the area of
 * the office of the living membership, or of the last one; without any it is in nobody's area.
 *
 * @category reading
 * @since 0.1.0
 */
export const read = Effect.fn("PersonFile.read")(function* (of: {
  readonly shift: Id
  readonly actor: Actor
  readonly participant: Id
  /** Why, as a code. */
  readonly reason: string
}): Effect.fn.Return<PersonFile, ShiftNotOpen | RecordNotFound | NotAllowed | StorageError, Storage | Readings> {
  const storage = yield* Storage
  const readings = yield* Readings
  const page = yield* storage.snapshot(storage.scanKey(Membership.aggregate, "holder", of.participant, { limit: MOST }))
  const office = (page.rows.find(({ value }) => Machine.isLive(value.state)) ?? page.rows.at(-1))?.value.office
  const participant = yield* readings.read({
    shift: of.shift,
    actor: of.actor,
    aggregate: Participant.aggregate,
    id: of.participant,
    reason: of.reason,
    row: () => (office === undefined ? {} : { office })
  })
  return { participant, memberships: page.rows }
})

// --- private ---

// More than any life has moves between segments.
const MOST = 1000
