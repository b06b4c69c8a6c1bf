/**
 * Deciding to tell somebody something, in the unit of work that makes it true.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { Transaction } from "../storage/Transaction.ts"
import * as Message from "./Message.ts"

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Outbox extends Context.Service<
  Outbox,
  {
    /**
     * Puts a message in the outbox, or finds the one that holds its dedup key already: a command that
     * is given twice tells once. Two that race for a key are settled by the commit, where the later
     * fails with `UniqueViolation`.
     */
    readonly enqueue: (draft: Message.Draft) => Effect.Effect<Id, StorageError, Transaction>
    /**
     * The same without looking first, for whoever knows that the fact is new: a key that is held
     * already fails the commit with `UniqueViolation`.
     */
    readonly enqueueNew: (draft: Message.Draft) => Effect.Effect<Id, never, Transaction>
  }
>()("@kis/core/messaging/Outbox") {}

// --- layers ---

/**
 * On the register's own storage, which must hold {@link Message.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Outbox, never, Storage> = Layer.effect(
  Outbox,
  Effect.gen(function* () {
    const storage = yield* Storage

    const enqueueNew = Effect.fn("Outbox.enqueueNew")(function* (draft: Message.Draft) {
      const now = yield* Clock.currentTimeMillis
      return yield* storage.insert(Message.aggregate, Message.draft(draft, now))
    })

    const enqueue = Effect.fn("Outbox.enqueue")(function* (draft: Message.Draft) {
      const held = yield* storage.findBy(Message.aggregate, "dedupKey", draft.dedupKey)
      return Option.isSome(held) ? held.value.id : yield* enqueueNew(draft)
    })

    return Outbox.of({ enqueue, enqueueNew })
  })
)
