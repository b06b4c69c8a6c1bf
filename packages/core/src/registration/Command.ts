/**
 * An order to register people, and the receipt for it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { Actor } from "../access/Actor.ts"
import type { Id } from "../storage/Id.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import type * as Outcome from "./Outcome.ts"
import type { Submission } from "./Submission.ts"

// --- models ---

/**
 * How the application came in.
 *
 * @category models
 * @since 0.1.0
 */
export const Channel = Schema.Literals(["file", "counter", "mobile-service", "app", "whatsapp", "phone"])

/**
 * @category models
 * @since 0.1.0
 */
export type Channel = typeof Channel.Type

/**
 * An order to register the people of one application.
 *
 * @category models
 * @since 0.1.0
 */
export interface Command {
  /** Idempotency key: the sender's own, the same when the order is repeated. */
  readonly key: string
  readonly actor: Actor
  /** Code of the office that answers for it, and by whose calendar the clocks run. */
  readonly office: string
  readonly channel: Channel
  /** The day at the office. Rules are applied as known on it. */
  readonly on: PlainDate
  readonly application: Submission
  /** The consent that a helper acts on: a `proxy` needs one that covers everybody in the application. */
  readonly consent?: Id
  /** The import that the command is part of. */
  readonly run?: Id
}

/**
 * What became of a command. `repeated` says that it had been carried out before, by the run
 * `run`, and that nothing was written now.
 *
 * `registration` is the one that the command made, also when all its people were here already: who sent it has a
 * number to ask by. `outcomes` are told as far as they are the actor's to know.
 *
 * @category models
 * @since 0.1.0
 */
export interface Receipt {
  readonly registration: Id
  readonly outcomes: ReadonlyArray<Outcome.Told>
  readonly repeated: boolean
  readonly run: Id | undefined
}
