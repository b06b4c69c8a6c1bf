/**
 * The laws of the storage port. A store that keeps them all can hold a register.
 *
 * They ask the store through the port and look at what it holds by another way, the `StorageWitness`: for
 * a database that is a second connection that reads the tables. A law that a store need not keep,
 * by its capabilities, is shown as skipped.
 *
 * @example
 * const layer = Layer.unwrap(
 *   Effect.sync(() => {
 *     const memory = StorageMemory.make()
 *     const witness = StorageWitness.ofMemory(memory)
 *     return Layer.merge(StorageMemory.layerOf(memory), Layer.succeed(StorageWitness.StorageWitness, witness))
 *   })
 * )
 * const register = () => StorageLaws.suite("memory", StorageMemory.capabilities, layer)
 *
 * @since 0.1.0
 */
import { describe, it } from "@effect/vitest"
import type { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { keyLaws } from "./internal/storageKeyLaws.ts"
import type { StorageLaw } from "./internal/storageLaw.ts"
import { logLaws } from "./internal/storageLogLaws.ts"
import { raceLaws } from "./internal/storageRaceLaws.ts"
import { scanLaws } from "./internal/storageScanLaws.ts"
import { writeLaws } from "./internal/storageWriteLaws.ts"
import type { StorageWitness } from "./StorageWitness.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type { StorageLaw } from "./internal/storageLaw.ts"

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<StorageLaw> = [...writeLaws, ...keyLaws, ...logLaws, ...scanLaws, ...raceLaws]

// --- suites ---

/**
 * Registers one test a law. Each gets the layer built anew, so it must lead to an empty place each
 * time.
 *
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(
  name: string,
  capabilities: StorageAdapter.Capabilities,
  layer: Layer.Layer<StorageAdapter.StorageAdapter | StorageWitness, E>
): void => {
  describe(`Storage: ${name}`, () => {
    for (const law of laws) {
      const test = (law.needs?.(capabilities) ?? true) ? it.effect : it.effect.skip
      test(law.name, () => law.holds.pipe(Effect.provide(Layer.fresh(layer))))
    }
  })
}
