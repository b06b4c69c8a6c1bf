/**
 * What must be told to people whose data somebody acts on, in the unit of work in which it happens.
 *
 * This room says what is told; the rooms above say how. There is no way to leave it out.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import type { Language } from "../policy/Reason.ts"
import type { Id } from "../storage/Id.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { Transaction } from "../storage/Transaction.ts"
import type { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * - `consent-recorded`, `consent-used`, `consent-ended`: to the citizen, about a helper;
 * - `record-opened`: to the citizen, whose record was read outside the area of who read it;
 * - `glass-broken`: to the supervisor who answers for it.
 *
 * @category models
 * @since 0.1.0
 */
export type Kind = "consent-recorded" | "consent-used" | "consent-ended" | "record-opened" | "glass-broken"

/**
 * One notice. `key` is the fact that it tells: the same fact is told once.
 *
 * @category models
 * @since 0.1.0
 */
export interface Notice {
  readonly kind: Kind
  readonly to: PhoneNumber
  readonly language: Language
  readonly subject: Id
  readonly day: PlainDate
  readonly key: string
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Notices extends Context.Service<
  Notices,
  {
    /** Tells it with the unit of work that makes it true. */
    readonly tell: (notice: Notice) => Effect.Effect<void, StorageError, Transaction>
  }
>()("@kis/core/access/Notices") {}
