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
import { Missing, Path } from "./Steps.ts"

// --- models ---

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
  /** The idempotency key of the command that began it, the one that changed a field last, and the one that ended it. */
  begun: Schema.NonEmptyString,
  changed: Schema.optionalKey(Schema.NonEmptyString),
  beganBy: Actor,
  /** Who may change it now. */
  holder: Actor,
  office: Schema.NonEmptyString,
  channel: Channel,
  path: Path,
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

// --- errors ---

/**
 * There is no such draft in the hands of this actor. Whether it exists for somebody else is not told.
 *
 * @category errors
 * @since 0.1.0
 */
export class DraftNotFound extends Schema.TaggedError<DraftNotFound>("@kis/core/registration/DraftNotFound")(
  "DraftNotFound",
  { draft: Schema.String }
) {
  override get message() {
    return `You have no draft ${this.draft}. Go on with it by its continuation code, or begin another.`
  }
}

/**
 * The draft was changed since it was read. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class DraftStale extends Schema.TaggedError<DraftStale>("@kis/core/registration/DraftStale")("DraftStale", {
  draft: Schema.String,
  version: Schema.Int
}) {
  override get message() {
    return `Draft ${this.draft} is at version ${this.version} by now. Read it again, then repeat the change.`
  }
}

/**
 * The draft was handed in, withdrawn or has expired: its fields stay as they are.
 *
 * @category errors
 * @since 0.1.0
 */
export class DraftClosed extends Schema.TaggedError<DraftClosed>("@kis/core/registration/DraftClosed")("DraftClosed", {
  draft: Schema.String,
  state: State
}) {
  override get message() {
    return `Draft ${this.draft} is ${this.state} and takes no change. Begin another one.`
  }
}

/**
 * The idempotency key was used before for something else. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class DraftKeyReused extends Schema.TaggedError<DraftKeyReused>("@kis/core/registration/DraftKeyReused")(
  "DraftKeyReused",
  { draft: Schema.String }
) {
  override get message() {
    return `This idempotency key was used on draft ${this.draft} for another content. Send this under a new key.`
  }
}

/**
 * More than a form holds. Nothing was written; the text itself is not told.
 *
 * @category errors
 * @since 0.1.0
 */
export class FieldRefused extends Schema.TaggedError<FieldRefused>("@kis/core/registration/FieldRefused")(
  "FieldRefused",
  {
    reason: Schema.Literals(["TextTooLong", "TooManyFields", "TooManyLines", "NoSuchField"]),
    most: Schema.Int,
    line: Schema.Int
  }
) {
  override get message() {
    return `Line ${this.line} was not changed: ${this.reason}, at most ${this.most}. Shorten it, or hand in a second draft.`
  }
}

/**
 * The steps of the path still ask something. The draft stays open.
 *
 * @category errors
 * @since 0.1.0
 */
export class DraftIncomplete extends Schema.TaggedError<DraftIncomplete>("@kis/core/registration/DraftIncomplete")(
  "DraftIncomplete",
  { draft: Schema.String, missing: Schema.NonEmptyArray(Missing) }
) {
  override get message() {
    const asked = this.missing.map(({ fields, line }) => `${fields.join(" or ")} (line ${line})`)
    return `Draft ${this.draft} cannot be handed in yet. Answer ${asked.join(", ")}.`
  }
}

/**
 * The continuation code does not open a draft. Only whoever has a code that once was right learns more
 * than `Unknown`.
 *
 * - `Unreadable`: no code, or one with a slip; nothing was counted;
 * - `Used`: it was gone on with; the code that came then is the right one, and if nobody of the family
 *   did so, somebody else has read it;
 * - `Expired`: of the code or the draft; `Ended`: handed in or withdrawn.
 *
 * @category errors
 * @since 0.1.0
 */
export class CodeRefused extends Schema.TaggedError<CodeRefused>("@kis/core/registration/CodeRefused")("CodeRefused", {
  reason: Schema.Literals(["Unreadable", "Unknown", "Used", "Expired", "Ended"])
}) {
  override get message() {
    return `No draft is opened by this continuation code (${this.reason}). Look at it again, or begin another at any office.`
  }
}

/**
 * Too many wrong codes from this device or phone.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResumeClosed extends Schema.TaggedError<ResumeClosed>("@kis/core/registration/ResumeClosed")(
  "ResumeClosed",
  { until: Schema.Int }
) {
  override get message() {
    const until = new Date(this.until).toISOString()
    return `No continuation code is taken from here before ${until}. Go on from another device, or at any office.`
  }
}

// --- aggregate ---

/**
 * The drafts on the register. A code finds the draft that it opens, and the one that it did open.
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
  ordered: {
    state: { text: (_) => _.state },
    expiresAt: { number: (_) => _.expiresAt },
    office: { text: (_) => _.office }
  },
  indexes: { byExpiry: ["state", "expiresAt"], byOffice: ["office", "state"] }
})

// --- rules ---

/**
 * @category rules
 * @since 0.1.0
 */
export const isHeldBy = (self: Draft, actor: Actor): boolean => label(self.holder) === label(actor)

/**
 * Whether it may still be changed at an instant.
 *
 * @category rules
 * @since 0.1.0
 */
export const isOpen = (self: Draft, now: number): boolean => self.state === "open" && now < self.expiresAt

/**
 * The draft with one field answered anew; an empty text takes the answer away. Gives the refusal when a
 * form would grow beyond what a row holds.
 *
 * @category rules
 * @since 0.1.0
 */
export const answered = (
  self: Draft,
  of: { readonly line: number; readonly field: string; readonly text: string }
): Draft | FieldRefused => {
  const refuse = (reason: FieldRefused["reason"], most: number) => new FieldRefused({ reason, most, line: of.line })
  if (!/^[a-z][a-z0-9_]*$/.test(of.field) || of.field.length > MOST.name) return refuse("NoSuchField", MOST.name)
  if (of.text.length > MOST.text) return refuse("TextTooLong", MOST.text)
  const before = self.lines.find((it) => it.line === of.line)
  const { [of.field]: _, ...others } = before?.fields ?? {}
  const fields = of.text === "" ? others : { ...others, [of.field]: of.text }
  if (Object.keys(fields).length > MOST.fields) return refuse("TooManyFields", MOST.fields)
  const lines = [...self.lines.filter((it) => it.line !== of.line), { line: of.line, fields }]
  if (lines.length > MOST.lines || !Number.isInteger(of.line)) return refuse("TooManyLines", MOST.lines)
  return { ...self, lines: lines.toSorted((a, b) => a.line - b.line) }
}

/**
 * The draft without one person.
 *
 * @category rules
 * @since 0.1.0
 */
export const without = (self: Draft, line: number): Draft => ({
  ...self,
  lines: self.lines.filter((it) => it.line !== line)
})

/**
 * Takes the code away: nobody goes on with a draft that has ended.
 *
 * @category rules
 * @since 0.1.0
 */
export const ended = (self: Draft, state: State): Draft => {
  const { code: _, ...rest } = self
  return { ...rest, state }
}

// --- private ---

// A row on the register, not a limit of the law: a family card of twenty, every column of a file.
const MOST = { lines: 20, fields: 60, text: 500, name: 40 }
