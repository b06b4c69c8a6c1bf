/**
 * Document stores that are wrong on purpose, each in one way.
 *
 * @since 0.1.0
 */
import { DocumentStore } from "@kis/core/registry"
import type { Id } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as DocumentStoreLaws from "./DocumentStoreLaws.ts"

type Service = DocumentStore.DocumentStore["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  cutsLongOnes: "what was put comes back whole, whatever its length",
  losesEmptyOnes: "what was put comes back whole, whatever its length",
  confusesNames: "what was never put is none",
  leavesHalves: "what is kept lies on the shelf when put has ended, once, and nothing beside it",
  keepsInMind: "what is kept lies on the shelf when put has ended, once, and nothing beside it",
  refusesRepeats: "the same again is no error, also from many at once",
  writesOver: "a document is never written over: other bytes are refused, and the first stay",
  looksFirst: "of many that put other bytes at once, one has put, and is what is there",
  onlyHides: "what was removed is gone, from the shelf too; removing it again is no error",
  removesOnce: "what was removed is gone, from the shelf too; removing it again is no error",
  sharesBytes: "bytes are copied: who writes into theirs afterwards changes nothing",
  takesOutageForNone: "an outage is an error, and never that there is no document",
  throwsUntyped: "an outage is an error, and never that there is no document",
  asksInsideUnit: "asking inside a unit of work is refused"
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type Defect = keyof typeof caughtBy

/**
 * @category models
 * @since 0.1.0
 */
export const defects = Object.keys(caughtBy) as ReadonlyArray<Defect>

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layerBroken = (defect: Defect): Layer.Layer<DocumentStore.DocumentStore | DocumentStoreLaws.Shelf> =>
  Layer.effect(
    DocumentStore.DocumentStore,
    Effect.gen(function* () {
      const whole = yield* DocumentStore.DocumentStore
      const { shelf } = yield* DocumentStore.MemoryShelf
      return DocumentStore.DocumentStore.of({ ...whole, ...breaks[defect](whole, shelf) })
    })
  ).pipe(
    Layer.provideMerge(
      Layer.effect(
        DocumentStoreLaws.Shelf,
        Effect.map(DocumentStore.MemoryShelf, ({ breakDown, shelf }) =>
          DocumentStoreLaws.Shelf.of({ contents: Effect.sync(() => [...shelf.values()]), breakDown })
        )
      )
    ),
    Layer.provide(DocumentStore.layerMemory)
  )

// --- private ---

const failed = (reason: DocumentStore.DocumentStoreError["reason"]) => new DocumentStore.DocumentStoreError({ reason })

/** In a fiber that knows nothing of the unit of work around it. */
const apart = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.flatten(Effect.promise(() => Effect.runPromiseExit(effect)))

const breaks: Record<Defect, (whole: Service, shelf: Map<Id.Id, Uint8Array>) => Partial<Service>> = {
  cutsLongOnes: (whole) => ({ put: (id, sealed) => whole.put(id, sealed.subarray(0, 65_536)) }),
  losesEmptyOnes: (whole) => ({ put: (id, sealed) => (sealed.length === 0 ? Effect.void : whole.put(id, sealed)) }),
  confusesNames: (whole, shelf) => ({
    get: (id) =>
      Effect.map(whole.get(id), (held) => Option.orElse(held, () => Option.fromUndefinedOr([...shelf.values()].at(0))))
  }),
  leavesHalves: (whole, shelf) => ({
    put: (id, sealed) =>
      Effect.tap(whole.put(id, sealed), () =>
        Effect.sync(() => void shelf.set(`${id}.part` as Id.Id, sealed.subarray(0, 10)))
      )
  }),
  keepsInMind: (whole) => {
    const mind = new Map<Id.Id, Uint8Array>()
    return {
      put: (id, sealed) => Effect.sync(() => void mind.set(id, sealed)),
      get: (id) => Effect.andThen(whole.get(id), Effect.succeed(Option.fromUndefinedOr(mind.get(id))))
    }
  },
  refusesRepeats: (whole, shelf) => ({
    put: (id, sealed) => (shelf.has(id) ? Effect.fail(failed("Taken")) : whole.put(id, sealed))
  }),
  writesOver: (whole, shelf) => ({
    put: (id, sealed) =>
      Effect.andThen(
        Effect.sync(() => void shelf.delete(id)),
        whole.put(id, sealed)
      )
  }),
  looksFirst: (whole, shelf) => ({
    put: (id, sealed) =>
      Effect.suspend(() => {
        if (shelf.has(id)) return whole.put(id, sealed)
        return Effect.andThen(
          Effect.promise(() => Promise.resolve()),
          Effect.sync(() => void shelf.set(id, sealed.slice()))
        )
      })
  }),
  onlyHides: (whole) => {
    const hidden = new Set<Id.Id>()
    return {
      get: (id) => (hidden.has(id) ? Effect.succeed(Option.none()) : whole.get(id)),
      remove: (id) => Effect.sync(() => void hidden.add(id))
    }
  },
  removesOnce: (whole, shelf) => ({
    remove: (id) => Effect.suspend(() => (shelf.has(id) ? whole.remove(id) : Effect.fail(failed("Misconfigured"))))
  }),
  sharesBytes: (whole, shelf) => ({
    put: (id, sealed) =>
      Effect.andThen(
        whole.put(id, sealed),
        Effect.sync(() => void shelf.set(id, sealed))
      )
  }),
  takesOutageForNone: (whole) => ({ get: (id) => Effect.catch(whole.get(id), () => Effect.succeed(Option.none())) }),
  throwsUntyped: (whole) => ({ get: (id) => Effect.catch(whole.get(id), () => Effect.die(new Error("disk"))) }),
  asksInsideUnit: (whole) => ({ get: (id) => apart(whole.get(id)) })
}
