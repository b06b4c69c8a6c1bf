/**
 * The registers of others that a command asks: people and card numbers.
 *
 * @since 0.1.0
 */
import type { Crypto } from "@kis/core/privacy"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { IntakeError } from "./intake/IntakeError.ts"
import * as ResidentFile from "./intake/ResidentFile.ts"

// --- flags ---

/**
 * `--population FILE`: residents that stand in for the population register.
 *
 * @category flags
 * @since 0.1.0
 */
export const population = Flag.String("population").pipe(
  Flag.withDescription(
    "Trials only: residents (nik, name, birth_date, sex, status) to stand in for the population register, with " +
      "card numbers made up. Without it everybody stays PENDING_VERIFICATION"
  ),
  Flag.withMetavar("FILE"),
  Flag.optional
)

// --- layers ---

/**
 * The registers that the flag names; without it the population register is not connected.
 *
 * @category layers
 * @since 0.1.0
 */
export const of = (
  population: Option.Option<string>
): Effect.Effect<
  Layer.Layer<CardNumbers.CardNumbers | PopulationRegistry.PopulationRegistry, never, Crypto.Crypto>,
  IntakeError
> =>
  Effect.gen(function* () {
    const cards = CardNumbers.layerSimulator("kis-cli")
    if (Option.isNone(population)) return Layer.merge(PopulationRegistry.layerNotConnected, cards)
    const residents = yield* ResidentFile.read(population.value)
    return Layer.merge(
      PopulationRegistry.layerSimulator((nik) => residents.get(nik)),
      cards
    )
  })
