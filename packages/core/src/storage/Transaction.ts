/**
 * Inside or outside of a unit of work: what the type of an effect says about it.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { UnitOfWork } from "./internal/unitOfWork.ts"

// --- models ---

/**
 * What writes need: that they are inside a unit of work. Provided by `transaction` and `each`.
 *
 * @effect-leakable-service
 * @category models
 * @since 0.1.0
 */
export class Transaction extends Context.Service<Transaction, UnitOfWork>()("@kis/core/storage/Transaction") {}

/**
 * What scans need: that they are outside of any unit of work. Provided by `snapshot`.
 *
 * @effect-leakable-service
 * @category models
 * @since 0.1.0
 */
export class Snapshot extends Context.Service<Snapshot, { readonly owner: object }>()("@kis/core/storage/Snapshot") {}

/**
 * Refuses, at compile time and by name, an effect that scans: a scan inside a unit of work could
 * not be guarded by its commit.
 *
 * @category models
 * @since 0.1.0
 */
export type NoScan<R> = [Extract<R, Snapshot>] extends [never]
  ? unknown
  : "a scan cannot run inside a unit of work: scan first, then read what you need again with get or findBy"

/**
 * Refuses, at compile time and by name, an effect that writes outside of a unit of work.
 *
 * @category models
 * @since 0.1.0
 */
export type NoWrite<R> = [Extract<R, Transaction>] extends [never]
  ? unknown
  : "a write cannot run inside a snapshot: wrap it in transaction"

// --- guards ---

/**
 * Dies when called inside a unit of work. Everything that reaches outside (a message channel, a
 * verifier, a registry) calls it first, because a unit of work may run more than once.
 *
 * @category guards
 * @since 0.1.0
 */
export const refuseInTransaction = (port: string): Effect.Effect<void> =>
  Effect.withFiber((fiber) =>
    Context.getOrUndefined(fiber.context, Transaction) === undefined
      ? Effect.void
      : Effect.die(
          new Error(
            `${port} was called inside a unit of work, which may run more than once. ` +
              "Call it before or after the transaction."
          )
        )
  )
