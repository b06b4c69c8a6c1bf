/**
 * One law of the storage port, and what its check is given.
 */
import { assert } from "@effect/vitest"
import { StorageAdapter } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Law from "../Law.ts"
import { type Facts, StorageWitness } from "../StorageWitness.ts"
import { declarations } from "./storageFixture.ts"

type Service = StorageAdapter.StorageAdapter["Service"]

// --- models ---

export interface StorageLaw extends Law.Law<StorageAdapter.StorageAdapter | StorageWitness> {
  /** What a store must declare for the law to be asked of it; always asked when absent. */
  readonly needs?: (capabilities: StorageAdapter.Capabilities) => boolean
}

export interface Bench {
  readonly store: StorageAdapter.Store
  /** Opens the same place once more, beside the first. */
  readonly again: Effect.Effect<StorageAdapter.Store, unknown, Scope.Scope>
  readonly adapter: Service
  readonly look: Effect.Effect<Facts>
}

// --- constructors ---

export const law = (
  name: string,
  holds: (bench: Bench) => Effect.Effect<void, unknown, Scope.Scope>,
  needs: Pick<StorageLaw, "needs"> = {}
): StorageLaw => ({
  ...Law.make(
    name,
    Effect.gen(function* () {
      const adapter = yield* StorageAdapter.StorageAdapter
      const { look } = yield* StorageWitness
      const again = adapter.open(declarations)
      yield* holds({ store: yield* again, again, adapter, look })
    })
  ),
  ...needs
})

// --- demands ---

/** The facts of these kinds ("row", "unique", ...) are exactly these. */
export const demandFacts = (
  look: Effect.Effect<Facts>,
  kinds: ReadonlyArray<string>,
  expected: ReadonlyArray<string>
): Effect.Effect<void> =>
  Effect.map(look, (facts) =>
    assert.deepStrictEqual(
      facts.filter((fact) => kinds.includes(fact.slice(0, fact.indexOf(" ")))),
      [...expected].sort()
    )
  )
