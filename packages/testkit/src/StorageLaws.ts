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
 * const register = () => StorageLaws.suite("memory", layer, StorageMemory.capabilities)
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { keyLaws } from "./internal/storageKeyLaws.ts"
import type { StorageLaw } from "./internal/storageLaw.ts"
import { logLaws } from "./internal/storageLogLaws.ts"
import { raceLaws } from "./internal/storageRaceLaws.ts"
import { scanLaws } from "./internal/storageScanLaws.ts"
import { writeLaws } from "./internal/storageWriteLaws.ts"
import * as Law from "./Law.ts"
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
 * The laws, and that the store declares what it is tested for: a law is not skipped for a store that
 * promises to keep it.
 *
 * @category laws
 * @since 0.1.0
 */
export const lawsFor = (capabilities: StorageAdapter.Capabilities): ReadonlyArray<StorageLaw> => [
  Law.make(
    "the store declares these capabilities",
    Effect.map(StorageAdapter.StorageAdapter, (adapter) => assert.deepStrictEqual(adapter.capabilities, capabilities))
  ),
  ...laws
]

/**
 * Registers one test a law. Each gets the layer built anew, so it must lead to an empty place each
 * time.
 *
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(
  name: string,
  layer: Layer.Layer<StorageAdapter.StorageAdapter | StorageWitness, E>,
  capabilities: StorageAdapter.Capabilities
): void => Law.suite(`Storage: ${name}`, lawsFor(capabilities), layer, capabilities)
