/**
 * An application that was begun and not handed in yet, kept field by field.
 *
 * Whatever is typed is kept as it came; it is read and judged when it is handed in. A draft is in the
 * hands of one actor at a time. Whoever has its continuation code goes on with it, and takes it over: the
 * code works once, and the next one comes with the draft.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor, label } from "../access/Actor.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"
import { Channel } from "./Command.ts"

// --- models ---

/**
 * The ways onto the register:
 *
 * - `self-pay`: own account or no work (PBPU, BP), the whole family card;
 * - `employer`: a worker (PPU), whom the employer registers with the family;
 * - `listed`: on the list of the ministry or of the local government (PBI-JK, PBPU-PD);
 * - `newborn`: by the mother's number, before there is a NIK;
 * - `foreigner`: by passport and permits.
 *
 * @category models
 * @since 0.1.0
 */
export const Path = Schema.Literals(["self-pay", "employer", "listed", "newborn", "foreigner"])

/**
 * @category models
 * @since 0.1.0
 */
export type Path = typeof Path.Type

/**
 * - `open`: may be changed;
 * - `submitting`: handed in, and the register has not answered yet: handing it in again finishes it;
 * - `submitted`: on the register, as `registration` says;
 * - `withdrawn`, `expired`: nobody goes on with it; what was typed is kept.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(["open", "submitting", "submitted", "withdrawn", "expired"])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * What one person's form says so far, name of the field to text.
 *
 * @category models
 * @since 0.1.0
 */
export const Line = Schema.Struct({ line: Schema.Int, fields: Schema.Record(Schema.String, Schema.String) })

/**
 * Instants are epoch milliseconds; `mac` is what is kept of a continuation code.
 *
 * @category models
 * @since 0.1.0
 */
export const Draft = Schema.Struct({
  /** The idempotency key of the command that began it, and what changed it last, with the key of that. */
  begun: Schema.NonEmptyString,
  changed: Schema.optionalKey(Schema.NonEmptyString),
  beganBy: Actor,
  /** Who may change it now. */
  holder: Actor,
  office: Schema.NonEmptyString,
  channel: Channel,
  path: Path,
  /** The consent that a helper who holds it acts on. */
  consent: Schema.optionalKey(Id),
  state: State,
  lines: Schema.Array(Line),
  /** How many continuation codes it has had. */
  serial: Schema.Int,
  code: Schema.optionalKey(Schema.Struct({ mac: Schema.String, expiresAt: Schema.Int })),
  /** The code that was gone on with last, and the command that did so. */
  used: Schema.optionalKey(Schema.Struct({ mac: Schema.String, by: Schema.NonEmptyString })),
  begunAt: Schema.Int,
  expiresAt: Schema.Int,
  /** The day at the office on which it was handed in, and by whom. */
  on: Schema.optionalKey(PlainDate),
  handedInBy: Schema.optionalKey(Actor),
  registration: Schema.optionalKey(Id)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Draft extends Schema.Schema.Type<typeof Draft> {}

// --- aggregate ---

/**
 * The drafts on the register. A code finds the draft that it opens, and the one that it did open; `person` those that
 * an actor began or holds.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("draft", {
  schema: Draft,
  unique: {
    begun: (_) => [_.begun],
    code: (_) => [_.code, _.used].flatMap((code) => (code === undefined ? [] : [code.mac]))
  },
  blind: { person: (_) => [...new Set([label(_.beganBy), label(_.holder)])] },
  ordered: {
    state: { text: (_) => _.state },
    expiresAt: { number: (_) => _.expiresAt },
    office: { text: (_) => _.office }
  },
  indexes: { byExpiry: ["state", "expiresAt"], byOffice: ["office", "state"] }
})
