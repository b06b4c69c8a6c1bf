/**
 * The hospitals: is this participant in treatment now?
 *
 * Asked before cover ends. Who is in treatment is not cut off, and neither is somebody of whom
 * nobody knows: only the answer `not-in-treatment` lets cover end, and an outage is never one.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import { refuseInTransaction } from "../storage/Transaction.ts"
import { RegistryError } from "./RegistryError.ts"

// --- models ---

/**
 * `unknown` counts as `in-treatment` wherever cover would end.
 *
 * @category models
 * @since 0.1.0
 */
export type Care = "in-treatment" | "not-in-treatment" | "unknown"

// --- port ---

/**
 * Answers come in the order of the cards, one for each. A card that the hospitals do not know is
 * `unknown`; an outage is a {@link RegistryError}. May not be asked inside a unit of work, which
 * can run more than once.
 *
 * @category services
 * @since 0.1.0
 */
export class CareStatus extends Context.Service<
  CareStatus,
  {
    readonly ask: (cards: ReadonlyArray<ParticipantNumber>) => Effect.Effect<ReadonlyArray<Care>, RegistryError>
  }
>()("@kis/core/registry/CareStatus") {}

/**
 * The wards behind {@link layerMemory}: who is admitted, who has gone home, and whether the line
 * is up.
 *
 * @category services
 * @since 0.1.0
 */
export class MemoryWards extends Context.Service<
  MemoryWards,
  {
    readonly admit: (card: ParticipantNumber) => Effect.Effect<void>
    /** From now on the card is known, and not in treatment. */
    readonly discharge: (card: ParticipantNumber) => Effect.Effect<void>
    /** From now on nobody answers. */
    readonly breakDown: Effect.Effect<void>
  }
>()("@kis/core/registry/MemoryWards") {}

// --- asking ---

/**
 * Asks, and takes an outage for what it is: nothing is known of anybody. What a service calls that
 * must go on.
 *
 * @category asking
 * @since 0.1.0
 */
export const orUnknown = (
  cards: ReadonlyArray<ParticipantNumber>
): Effect.Effect<ReadonlyArray<Care>, never, CareStatus> =>
  Effect.flatMap(CareStatus, (care) => care.ask(cards)).pipe(
    Effect.catchTag("RegistryError", () => Effect.succeed(cards.map((): Care => "unknown")))
  )

/**
 * Whether cover may end as far as care is concerned. Absent is unknown.
 *
 * @example
 * CareStatus.mayEndCover("not-in-treatment") // => true
 * CareStatus.mayEndCover("unknown") // => false
 *
 * @category asking
 * @since 0.1.0
 */
export const mayEndCover = (care: Care | undefined): boolean => care === "not-in-treatment"

// --- layers ---

/**
 * Hospitals in memory. Of a card that was never admitted or discharged nothing is known.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory: Layer.Layer<CareStatus | MemoryWards> = Layer.effectContext(
  Effect.sync(() => {
    const known = new Map<ParticipantNumber, Care>()
    let down = false
    const care = CareStatus.of({
      ask: Effect.fn("CareStatus.ask")(function* (cards: ReadonlyArray<ParticipantNumber>) {
        yield* refuseInTransaction("CareStatus")
        if (down) return yield* new RegistryError({ registry: "care-status", reason: "Unavailable" })
        return cards.map((card) => known.get(card) ?? "unknown")
      })
    })
    const wards = MemoryWards.of({
      admit: (card) => Effect.sync(() => void known.set(card, "in-treatment")),
      discharge: (card) => Effect.sync(() => void known.set(card, "not-in-treatment")),
      breakDown: Effect.sync(() => {
        down = true
      })
    })
    return Context.make(CareStatus, care).pipe(Context.add(MemoryWards, wards))
  })
)

/**
 * No hospital is connected: every question fails with `NotConnected`, so that whatever would end
 * cover waits.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerNotConnected: Layer.Layer<CareStatus> = Layer.succeed(
  CareStatus,
  CareStatus.of({
    ask: () => Effect.fail(new RegistryError({ registry: "care-status", reason: "NotConnected" }))
  })
)
