/**
 * Why a command on a draft was not carried out. Nothing was written, and what was typed is as it was.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Draft from "../registration/Draft.ts"
import { Missing } from "./Steps.ts"

// --- errors ---

/**
 * There is no such draft in the hands of this actor. Whether it exists for somebody else is not told.
 *
 * @category errors
 * @since 0.1.0
 */
export class DraftNotFound extends Schema.TaggedError<DraftNotFound>("@kis/core/application/DraftNotFound")(
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
export class DraftStale extends Schema.TaggedError<DraftStale>("@kis/core/application/DraftStale")("DraftStale", {
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
export class DraftClosed extends Schema.TaggedError<DraftClosed>("@kis/core/application/DraftClosed")("DraftClosed", {
  draft: Schema.String,
  state: Draft.State
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
export class DraftKeyReused extends Schema.TaggedError<DraftKeyReused>("@kis/core/application/DraftKeyReused")(
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
export class FieldRefused extends Schema.TaggedError<FieldRefused>("@kis/core/application/FieldRefused")(
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
export class DraftIncomplete extends Schema.TaggedError<DraftIncomplete>("@kis/core/application/DraftIncomplete")(
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
export class CodeRefused extends Schema.TaggedError<CodeRefused>("@kis/core/application/CodeRefused")("CodeRefused", {
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
export class ResumeClosed extends Schema.TaggedError<ResumeClosed>("@kis/core/application/ResumeClosed")(
  "ResumeClosed",
  { until: Schema.Int }
) {
  override get message() {
    const until = new Date(this.until).toISOString()
    return `No continuation code is taken from here before ${until}. Go on from another device, or at any office.`
  }
}

/**
 * The draft has no such paper, or it was taken away.
 *
 * @category errors
 * @since 0.1.0
 */
export class AttachmentNotFound extends Schema.TaggedError<AttachmentNotFound>(
  "@kis/core/application/AttachmentNotFound"
)("AttachmentNotFound", { attachment: Schema.String }) {
  override get message() {
    return `The draft has no paper ${this.attachment} that can be read. List its papers, or hand it in again under a new key.`
  }
}

/**
 * The draft has as many papers as a form holds. Nothing was kept.
 *
 * @category errors
 * @since 0.1.0
 */
export class TooManyAttachments extends Schema.TaggedError<TooManyAttachments>(
  "@kis/core/application/TooManyAttachments"
)("TooManyAttachments", { draft: Schema.String, most: Schema.Int }) {
  override get message() {
    return `Draft ${this.draft} has ${this.most} papers, more are not taken. Take off one that is not needed.`
  }
}
