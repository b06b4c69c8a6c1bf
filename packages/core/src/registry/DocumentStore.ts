/**
 * Where scanned papers are kept: a shelf of sealed bytes, each under an id.
 *
 * An adapter sees neither what a paper is nor whose: sealing, checking of the content and the hash are
 * done above, by `Documents`. What it must do is give back what it was given, whole or not at all.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Id } from "../storage/Id.ts"
import { refuseInTransaction } from "../storage/Transaction.ts"

// --- errors ---

/**
 * The shelf could not do it. It is never the same as "there is no such document".
 *
 * - `Unavailable`: it is down, slow or cut off; `Full`: there is no room;
 * - `Taken`: other bytes are kept under this id: a document is never written over;
 * - `Misconfigured`: the place is not there, or may not be written to.
 *
 * @category errors
 * @since 0.1.0
 */
export class DocumentStoreError extends Schema.TaggedError<DocumentStoreError>("@kis/core/registry/DocumentStoreError")(
  "DocumentStoreError",
  { reason: Schema.Literals(["Unavailable", "Full", "Taken", "Misconfigured"]) }
) {
  get isRetryable() {
    return this.reason === "Unavailable" || this.reason === "Full"
  }
  override get message() {
    return `The document store could not do it (${this.reason}). ${advice[this.reason]}`
  }
}

// --- port ---

/**
 * `put` has kept the bytes for good when it ends; the same bytes again under the same id are no error.
 * `get` gives what was put, or none where nothing was. `remove` leaves nothing behind, and may be
 * repeated. Bytes are copied, not shared. May not be asked inside a unit of work, which can run more
 * than once.
 *
 * @category services
 * @since 0.1.0
 */
export class DocumentStore extends Context.Service<
  DocumentStore,
  {
    readonly put: (id: Id, sealed: Uint8Array) => Effect.Effect<void, DocumentStoreError>
    readonly get: (id: Id) => Effect.Effect<Option.Option<Uint8Array>, DocumentStoreError>
    readonly remove: (id: Id) => Effect.Effect<void, DocumentStoreError>
  }
>()("@kis/core/registry/DocumentStore") {}

/**
 * The shelf behind {@link layerMemory}.
 *
 * @category services
 * @since 0.1.0
 */
export class MemoryShelf extends Context.Service<
  MemoryShelf,
  {
    /** What lies there, as it lies there: it may be changed. */
    readonly shelf: Map<Id, Uint8Array>
    /** From now on nobody answers. */
    readonly breakDown: Effect.Effect<void>
  }
>()("@kis/core/registry/MemoryShelf") {}

// --- layers ---

/**
 * A shelf in memory. It ends with the process.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory: Layer.Layer<DocumentStore | MemoryShelf> = Layer.effectContext(
  Effect.sync(() => {
    const shelf = new Map<Id, Uint8Array>()
    let down = false
    const answering = <A>(answer: () => Effect.Effect<A, DocumentStoreError>) =>
      Effect.andThen(
        refuseInTransaction("DocumentStore"),
        Effect.suspend(() => (down ? Effect.fail(new DocumentStoreError({ reason: "Unavailable" })) : answer()))
      )
    const store = DocumentStore.of({
      put: (id, sealed) =>
        answering(() => {
          const held = shelf.get(id)
          if (held !== undefined && !isSame(held, sealed)) {
            return Effect.fail(new DocumentStoreError({ reason: "Taken" }))
          }
          shelf.set(id, sealed.slice())
          return Effect.void
        }),
      get: (id) => answering(() => Effect.succeed(Option.map(Option.fromUndefinedOr(shelf.get(id)), (_) => _.slice()))),
      remove: (id) => answering(() => Effect.sync(() => void shelf.delete(id)))
    })
    const behind = MemoryShelf.of({ shelf, breakDown: Effect.sync(() => void (down = true)) })
    return Context.make(DocumentStore, store).pipe(Context.add(MemoryShelf, behind))
  })
)

// --- private ---

const advice = {
  Unavailable: "Nothing was kept or removed for certain; do it again.",
  Full: "Nothing was kept; make room and do it again.",
  Taken: "Keep the other document under an id of its own.",
  Misconfigured: "Check where documents are to be kept, and who may write there."
} as const

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i])
