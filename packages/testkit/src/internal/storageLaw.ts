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

export type StorageLaw = Law.Law<StorageAdapter.StorageAdapter | StorageWitness, StorageAdapter.Capabilities>

/** An empty place that nobody has opened yet. */
export interface Place {
  readonly adapter: Service
  readonly look: Effect.Effect<Facts>
}

export interface Bench extends Place {
  readonly store: StorageAdapter.Store
  /** Opens the same place once more, beside the first: for stores that several processes may open. */
  readonly again: Effect.Effect<StorageAdapter.Store, unknown, Scope.Scope>
}

// --- constructors ---

/** A law that opens the place itself: a store for one process may be open only once at a time. */
export const openingLaw = (
  name: string,
  holds: (place: Place) => Effect.Effect<void, unknown, Scope.Scope>,
  needs: Pick<StorageLaw, "needs"> = {}
): StorageLaw => ({
  ...Law.make(
    name,
    Effect.gen(function* () {
      const { look } = yield* StorageWitness
      yield* holds({ adapter: yield* StorageAdapter.StorageAdapter, look })
    })
  ),
  ...needs
})

/** A law of an open store. */
export const law = (
  name: string,
  holds: (bench: Bench) => Effect.Effect<void, unknown, Scope.Scope>,
  needs: Pick<StorageLaw, "needs"> = {}
): StorageLaw =>
  openingLaw(
    name,
    Effect.fnUntraced(function* (place) {
      const again = place.adapter.open(declarations)
      yield* holds({ ...place, store: yield* again, again })
    }),
    needs
  )

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
