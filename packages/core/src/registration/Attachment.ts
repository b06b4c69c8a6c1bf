/**
 * A paper that was handed in with an application: which it is, whose, and where its sealed content lies.
 *
 * The row comes before the content and goes after it, so nothing lies on the shelf of documents that the register
 * does not know of. Whose papers they are is told by the draft, and of a registration by the draft whose id it has
 * as its command.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "../access/Actor.ts"
import * as Checklist from "../eligibility/Checklist.ts"
import * as Documents from "../registry/Documents.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"

// --- models ---

/**
 * Which paper of the checklist it is, or another.
 *
 * @category models
 * @since 0.1.0
 */
export const Paper = Schema.Literals(["other", ...Checklist.paperIds])

/**
 * @category models
 * @since 0.1.0
 */
export type Paper = typeof Paper.Type

/**
 * - `arriving`: its content is being kept, or was cut off;
 * - `kept`: it is there whole;
 * - `leaving`: nobody reads it any more, and its content is yet to be taken from the shelf.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(["arriving", "kept", "leaving"])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * `line` is the person that the paper is of, none for the whole family; `document` is kept under the row's own id.
 * Instants are epoch milliseconds: `due` is when one that arrives counts as cut off, or one that leaves may go.
 *
 * @category models
 * @since 0.1.0
 */
export const Attachment = Schema.Struct({
  command: Schema.NonEmptyString,
  draft: Id,
  office: Schema.NonEmptyString,
  line: Schema.optionalKey(Schema.Int),
  paper: Paper,
  document: Documents.Document,
  by: Actor,
  at: Schema.Int,
  state: State,
  due: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Attachment extends Schema.Schema.Type<typeof Attachment> {}

// --- aggregate ---

/**
 * The papers on the register, found by their draft.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("attachment", {
  schema: Attachment,
  unique: { command: (_) => [_.command] },
  blind: { draft: (_) => [_.draft] },
  ordered: { state: { text: (_) => _.state }, due: { number: (_) => _.due } },
  indexes: { byDue: ["state", "due"] }
})

// --- changes ---

/**
 * On its way out. What may still be on its way in is waited for: content that came after its row had gone would lie
 * on the shelf for good.
 *
 * @category changes
 * @since 0.1.0
 */
export const leaving = (self: Attachment, now: number): Attachment => ({
  ...self,
  state: "leaving",
  due: self.state === "arriving" ? Math.max(self.due, now) : now
})
