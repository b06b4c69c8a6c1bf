/**
 * Papers of an application at work: handed in with a draft, read by whoever holds it, taken back, and cleared away.
 *
 * The content lies on a shelf outside the register, which no unit of work reaches. So a paper is written down before
 * its content is kept, and forgotten after it is gone; what a crash cuts off in between, `sweep` ends. Sent again with the
 * same key, a paper goes on where it was cut off.
 *
 * Staff see the papers of an application with {@link look}, and the content of one with {@link open}: in a shift, with a
 * line of the audit record each time.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { type Actor, label } from "../access/Actor.ts"
import type * as Permission from "../access/Permission.ts"
import { Readings } from "../access/Readings.ts"
import type { RecordNotFound, ShiftNotOpen } from "../access/Shift.ts"
import * as Audit from "../audit/Audit.ts"
import * as Attachment from "../registration/Attachment.ts"
import * as Draft from "../registration/Draft.ts"
import * as Documents from "../registry/Documents.ts"
import { DocumentStoreError } from "../registry/DocumentStore.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { type Cursor, type Page, Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import { Drafts } from "./Drafts.ts"
import * as Form from "./Form.ts"
import * as Refusal from "./Refusal.ts"

// --- models ---

/**
 * A paper as the register has it.
 *
 * @category models
 * @since 0.1.0
 */
export type Kept = Stored<Attachment.Attachment>

/**
 * A draft in the hands of the actor.
 *
 * @category models
 * @since 0.1.0
 */
export interface OfDraft {
  readonly draft: Id
  readonly actor: Actor
}

/**
 * What a sweep did: papers that are gone for good, that had arrived though nobody was told, and that the shelf did not
 * answer about; those are swept the next time.
 *
 * @category models
 * @since 0.1.0
 */
export interface Swept {
  readonly gone: number
  readonly arrived: number
  readonly left: number
}

type NotHeld = Refusal.DraftNotFound | Permission.NotAllowed | StorageError

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Attachments extends Context.Service<
  Attachments,
  {
    /**
     * Hands a paper in with an open draft. `said` is the type that the sender gives it, `line` the person that it is of.
     * The same key with the same content gives the same paper again, and goes on with one that was cut off.
     */
    readonly attach: (
      of: OfDraft & {
        readonly key: string
        readonly paper: Attachment.Paper
        readonly line?: number
        readonly said: string
        readonly content: Uint8Array
      }
    ) => Effect.Effect<
      Kept,
      | NotHeld
      | Refusal.DraftClosed
      | Refusal.DraftKeyReused
      | Refusal.AttachmentNotFound
      | Refusal.TooManyAttachments
      | Documents.TooLarge
      | Documents.TypeDiffers
      | DocumentStoreError
    >
    /** The papers of a draft, the first handed in first. */
    readonly list: (of: OfDraft) => Effect.Effect<ReadonlyArray<Kept>, NotHeld>
    /** The content of one of them, whole. */
    readonly read: (
      of: OfDraft & { readonly attachment: Id }
    ) => Effect.Effect<Uint8Array, NotHeld | Refusal.AttachmentNotFound | Documents.Damaged | DocumentStoreError>
    /** Takes a paper off an open draft: from now on nobody reads it, and the next sweep takes its content away. */
    readonly remove: (
      of: OfDraft & { readonly attachment: Id }
    ) => Effect.Effect<void, NotHeld | Refusal.AttachmentNotFound | Refusal.DraftClosed>
    /** Takes away what was removed or erased, and ends what was cut off. To be run daily or oftener. */
    readonly sweep: Effect.Effect<Swept, StorageError>
  }
>()("@kis/core/application/Attachments") {}

// --- layers ---

/**
 * On the register's own storage, which must hold {@link Attachment.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Attachments, never, Storage | Audit.Audit | Documents.Documents | Drafts> =
  Layer.effect(
    Attachments,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const documents = yield* Documents.Documents
      const drafts = yield* Drafts

      const note = (row: { readonly id: Id; readonly version: number }, actor: string, action: string) =>
        audit.record(row.id, { actor, action, refs: [Audit.ref(Attachment.aggregate, row)] })

      const write = Effect.fnUntraced(function* (
        stored: Kept,
        value: Attachment.Attachment,
        actor: string,
        action: string
      ) {
        const written = yield* storage.update(Attachment.aggregate, stored, value)
        yield* note(written, actor, action)
        return written
      })

      /** The draft in the actor's hands, if it takes changes. */
      const changeable = Effect.fnUntraced(function* (of: OfDraft, now: number) {
        const draft = yield* drafts.read(of)
        if (Form.isOpen(draft.value, now)) return draft
        const { state } = draft.value
        return yield* new Refusal.DraftClosed({ draft: of.draft, state: state === "open" ? "expired" : state })
      })

      const find = Effect.fnUntraced(function* (of: OfDraft & { readonly attachment: Id }) {
        const row = yield* storage.get(Attachment.aggregate, of.attachment)
        const mine = Option.filter(row, ({ value }) => value.draft === of.draft)
        return Option.isSome(mine) ? mine.value : yield* new Refusal.AttachmentNotFound({ attachment: of.attachment })
      })

      // --- attach ---

      /** The row of a paper, before its content is kept. */
      const announce = (of: Attaching, seen: Seen, there: number, now: number) =>
        Effect.gen(function* () {
          const by = label(of.actor)
          const command = `${by} ${of.key}`
          const draft = yield* drafts.read(of)
          const before = yield* storage.findBy(Attachment.aggregate, "command", command)
          if (Option.isSome(before)) {
            const { id, value } = before.value
            if (!isSame(value, of, seen)) return yield* new Refusal.DraftKeyReused({ draft: value.draft })
            if (value.state === "kept") return before.value
            if (value.state === "leaving") return yield* new Refusal.AttachmentNotFound({ attachment: id })
            return yield* write(before.value, { ...value, due: now + PATIENCE }, by, "attach")
          }
          yield* changeable(of, now)
          if (there >= MOST) return yield* new Refusal.TooManyAttachments({ draft: of.draft, most: MOST })
          const id = yield* storage.nextId
          const value: Attachment.Attachment = {
            command,
            draft: of.draft,
            office: draft.value.office,
            ...(of.line === undefined ? {} : { line: of.line }),
            paper: of.paper,
            document: { ...seen, id },
            by: of.actor,
            at: now,
            state: "arriving",
            due: now + PATIENCE
          }
          yield* storage.insert(Attachment.aggregate, value, { id })
          const row = { id, version: 1, value }
          yield* note(row, by, "attach")
          return row
        })

      /** Says that the content is there; none when the paper was taken away meanwhile. */
      const arrive = (id: Id, actor: string) =>
        storage
          .transaction(
            Effect.gen(function* () {
              const row = yield* storage.get(Attachment.aggregate, id)
              if (Option.isNone(row) || row.value.value.state === "leaving") return Option.none<Kept>()
              if (row.value.value.state === "kept") return row
              return Option.some(yield* write(row.value, { ...row.value.value, state: "kept" }, actor, "attached"))
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))

      const attach = Effect.fn("Attachments.attach")(function* (of: Attaching) {
        const seen = yield* documents.examine(of.said, of.content)
        const now = yield* Clock.currentTimeMillis
        const there = yield* storage.snapshot(storage.countBy(Attachment.aggregate, "draft", of.draft))
        const unit = storage.transaction(announce(of, seen, there, now))
        const row = yield* unit.pipe(
          // two that raced with one key: the later finds what the earlier wrote
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
        if (row.value.state === "kept") return row
        yield* documents.keep(row.id, of.said, of.content).pipe(
          // what came later than this could come after its row has gone
          Effect.timeoutOrElse({
            duration: PATIENCE / 2,
            orElse: () => new DocumentStoreError({ reason: "Unavailable" })
          })
        )
        const kept = yield* arrive(row.id, label(of.actor))
        return Option.isSome(kept) ? kept.value : yield* new Refusal.AttachmentNotFound({ attachment: row.id })
      })

      // --- reading ---

      const list = Effect.fn("Attachments.list")(function* (of: OfDraft) {
        yield* drafts.read(of)
        return yield* ofDraft(storage, of.draft)
      })

      const read = Effect.fn("Attachments.read")(function* (of: OfDraft & { readonly attachment: Id }) {
        yield* drafts.read(of)
        const { id, value } = yield* find(of)
        if (value.state !== "kept") return yield* new Refusal.AttachmentNotFound({ attachment: id })
        return yield* documents.fetch(value.document)
      })

      // --- taking away ---

      const remove = Effect.fn("Attachments.remove")(function* (of: OfDraft & { readonly attachment: Id }) {
        const now = yield* Clock.currentTimeMillis
        yield* storage
          .transaction(
            Effect.gen(function* () {
              yield* changeable(of, now)
              const row = yield* find(of)
              if (row.value.state === "leaving") return
              yield* write(row, Attachment.leaving(row.value, now), label(of.actor), "remove-attachment")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      /** The row goes after its content, once, however many sweep at the same moment. */
      const forget = Effect.fnUntraced(function* ({ id }: Kept, now: number) {
        yield* documents.forget(id)
        yield* storage
          .transaction(
            Effect.gen(function* () {
              const row = yield* storage.get(Attachment.aggregate, id)
              if (Option.isNone(row) || row.value.value.state !== "leaving" || row.value.value.due > now) return
              yield* storage.remove(Attachment.aggregate, row.value)
              yield* note({ id, version: 0 }, SWEEPER, "forget-attachment")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
        return "gone" as const
      })

      /** What came whole though its sender was not told is kept; of what did not, nothing is. */
      const settle = Effect.fnUntraced(function* (row: Kept, now: number) {
        const content = yield* Effect.result(documents.fetch(row.value.document))
        if (Result.isSuccess(content)) {
          yield* arrive(row.id, SWEEPER)
          return "arrived" as const
        }
        if (content.failure._tag === "DocumentStoreError") return yield* content.failure
        const isCutOff = yield* storage
          .transaction(
            Effect.gen(function* () {
              const found = yield* storage.get(Attachment.aggregate, row.id)
              // sent again in this moment: its content may be on its way
              const isSent =
                Option.isNone(found) || found.value.value.state !== "arriving" || found.value.value.due > now
              if (isSent) return false
              yield* write(found.value, Attachment.leaving(found.value.value, now), SWEEPER, "attachment-cut-off")
              return true
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
        return isCutOff ? yield* forget(row, now) : "left"
      })

      const sweep = Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const swept = { gone: 0, arrived: 0, left: 0 }
        const each = Effect.fnUntraced(function* (
          state: Attachment.State,
          end: (row: Kept, now: number) => Effect.Effect<keyof Swept, StorageError | DocumentStoreError>
        ) {
          let after: Cursor | undefined
          do {
            const page: Page<Attachment.Attachment> = yield* storage.snapshot(
              storage.scan(
                Attachment.aggregate,
                "byDue",
                { equals: { state }, to: now },
                { limit: PAGE, ...(after && { after }) }
              )
            )
            for (const row of page.rows) {
              // a shelf that is down keeps nobody from the rest
              const what = yield* end(row, now).pipe(
                Effect.catchTag("DocumentStoreError", () => Effect.succeed("left" as const))
              )
              swept[what]++
            }
            after = page.next
          } while (after !== undefined)
        })
        yield* each("arriving", settle)
        yield* each("leaving", forget)
        return swept
      }).pipe(Effect.withSpan("Attachments.sweep"))

      return Attachments.of({ attach, list, read, remove, sweep })
    })
  )

// --- staff ---

/**
 * What staff read, why, and in which shift. `reason` is a code, as the audit record holds it.
 *
 * @category staff
 * @since 0.1.0
 */
export interface Looking {
  readonly shift: Id
  readonly actor: Actor
  readonly reason: string
}

type NotShown = ShiftNotOpen | RecordNotFound | Permission.NotAllowed | StorageError

/**
 * The papers of an application of the own area: of a draft, or of the registration whose command it became.
 *
 * @category staff
 * @since 0.1.0
 */
export const look = Effect.fn("Attachments.look")(function* (
  of: Looking & { readonly draft: Id }
): Effect.fn.Return<ReadonlyArray<Kept>, NotShown, Storage | Readings> {
  const storage = yield* Storage
  const readings = yield* Readings
  yield* readings.read({ ...of, aggregate: Draft.aggregate, id: of.draft, row: ({ office }) => ({ office }) })
  return yield* ofDraft(storage, of.draft)
})

/**
 * The content of a paper of the own area, whole.
 *
 * @category staff
 * @since 0.1.0
 */
export const open = Effect.fn("Attachments.open")(function* (
  of: Looking & { readonly attachment: Id }
): Effect.fn.Return<
  Uint8Array,
  NotShown | Refusal.AttachmentNotFound | Documents.Damaged | DocumentStoreError,
  Readings | Documents.Documents
> {
  const readings = yield* Readings
  const documents = yield* Documents.Documents
  const { attachment: id } = of
  const { value } = yield* readings.read({
    ...of,
    aggregate: Attachment.aggregate,
    id,
    row: ({ office }) => ({ office })
  })
  return value.state === "kept"
    ? yield* documents.fetch(value.document)
    : yield* new Refusal.AttachmentNotFound({ attachment: id })
})

// --- private ---

/** Those that somebody may read or is sending, the first handed in first. */
const ofDraft = Effect.fnUntraced(function* (
  storage: Storage["Service"],
  draft: Id
): Effect.fn.Return<ReadonlyArray<Kept>, StorageError> {
  const rows: Array<Kept> = []
  let after: Cursor | undefined
  do {
    const page: Page<Attachment.Attachment> = yield* storage.snapshot(
      storage.scanKey(Attachment.aggregate, "draft", draft, { limit: PAGE, ...(after && { after }) })
    )
    rows.push(...page.rows.filter(({ value }) => value.state !== "leaving"))
    after = page.next
  } while (after !== undefined)
  return rows
})

type Seen = Omit<Documents.Document, "id">

type Attaching = Parameters<Attachments["Service"]["attach"]>[0]

/** How long content may be on its way, in milliseconds. */
const PATIENCE = 60 * 60 * 1000

const PAGE = 100

/** A limit of the form, none of the law: every paper of a family of twenty, and some to spare. */
const MOST = 100

const SWEEPER = "system:attachments"

const isSame = ({ document, draft, line, paper }: Attachment.Attachment, of: Attaching, seen: Seen): boolean =>
  draft === of.draft &&
  line === of.line &&
  paper === of.paper &&
  document.type === seen.type &&
  document.sha256 === seen.sha256
