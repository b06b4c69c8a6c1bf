/**
 * What a granted erasure removes: what a person left on the register that no duty holds any more.
 *
 * Removed are the drafts that the person began or holds with the papers handed in with them, their consents that have ended and that nobody acted on, what
 * stood in their data before it was corrected, and the finished messages to their phone about themselves or about what is
 * removed. Kept, each with its ground: a draft that was handed in and has no answer yet, a consent that stands or was
 * acted on (it proves by what right), memberships that have ended. The audit record and money are not looked at: nothing here can remove them.
 *
 * A copy of the register that is put back brings back what was erased since. The list of what was, kept apart from the
 * register, removes it again.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Actor, label } from "../access/Actor.ts"
import * as Consent from "../access/Consent.ts"
import * as DataRequest from "../access/DataRequest.ts"
import * as Audit from "../audit/Audit.ts"
import * as Membership from "../membership/Membership.ts"
import * as Message from "../messaging/Message.ts"
import * as Attachment from "../registration/Attachment.ts"
import * as Correction from "../registration/Correction.ts"
import * as Draft from "../registration/Draft.ts"
import type { Any, Of, Stored } from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { type Cursor, type Page, Storage, type Transaction } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import { every } from "./internal/every.ts"

// --- models ---

/**
 * The rows that an erasure may be about, by id, as they were found before it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Candidates {
  readonly drafts: ReadonlyArray<Id>
  readonly attachments: ReadonlyArray<Id>
  readonly consents: ReadonlyArray<Id>
  readonly corrections: ReadonlyArray<Id>
  readonly messages: ReadonlyArray<Id>
  readonly memberships: ReadonlyArray<Id>
}

/**
 * What was removed, and what is kept on which ground.
 *
 * @category models
 * @since 0.1.0
 */
export type Erasure = typeof DataRequest.Erasure.Type

/**
 * A row that was erased, as the list has it that is kept apart: ids, no personal data. `at` is epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const Entry = Schema.Struct({
  aggregate: Schema.Literals(["draft", "attachment", "consent", "correction", "message"]),
  id: Id,
  request: Id,
  at: Schema.Int
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Entry extends Schema.Schema.Type<typeof Entry> {}

/**
 * What became of a list that was carried out again: rows that were removed, that were not there, and that are needed
 * at present, as a draft that is being handed in. Those are gone the next time.
 *
 * @category models
 * @since 0.1.0
 */
export interface Again {
  readonly erased: number
  readonly gone: number
  readonly needed: number
}

// --- finding ---

/**
 * Everything of the one who asks that an erasure looks at. Outside a unit of work.
 *
 * @category finding
 * @since 0.1.0
 */
export const find = Effect.fn("Erasure.find")(function* (
  request: DataRequest.DataRequest
): Effect.fn.Return<Candidates, StorageError, Storage> {
  const storage = yield* Storage
  const { about, owner, phone } = request
  // an officer who asks for somebody without an account of their own holds the drafts of many
  const whose = owner.kind === "citizen" ? label(owner) : undefined
  const drafts =
    whose === undefined
      ? []
      : yield* all((page) => storage.snapshot(storage.scanKey(Draft.aggregate, "person", whose, page)))
  const attachments = yield* Effect.forEach(drafts, (draft) =>
    all((page) => storage.snapshot(storage.scanKey(Attachment.aggregate, "draft", draft, page)))
  )
  return {
    drafts,
    attachments: attachments.flat(),
    consents:
      whose === undefined
        ? []
        : yield* all((page) => storage.snapshot(storage.scanKey(Consent.aggregate, "giver", whose, page))),
    corrections: yield* all((page) =>
      storage.snapshot(storage.scanKey(Correction.aggregate, "participant", about.id, page))
    ),
    messages:
      phone === undefined
        ? []
        : yield* all((page) => storage.snapshot(storage.scanKey(Message.aggregate, "to", phone, page))),
    memberships: yield* all((page) => storage.snapshot(storage.scanKey(Membership.aggregate, "holder", about.id, page)))
  }
})

// --- erasing ---

/**
 * Removes what may go, in the unit of work that answers the request. Each row is read again and judged as it is now;
 * its removal is a line of its own record, so that a verification knows why it is gone.
 *
 * @category erasing
 * @since 0.1.0
 */
export const erase = Effect.fnUntraced(function* (
  request: DataRequest.DataRequest,
  among: Candidates,
  by: Actor,
  at: number
): Effect.fn.Return<Erasure, StorageError, Storage | Audit.Audit | Transaction> {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const erased: Array<Erasure["erased"][number]> = []
  const kept: Array<Erasure["kept"][number]> = []

  const each = Effect.fnUntraced(function* <A>(
    aggregate: Of<A>,
    ids: ReadonlyArray<Id>,
    judge: (row: Stored<A>) => DataRequest.Ground | "not-of-this" | undefined
  ) {
    for (const id of ids) {
      const row = yield* storage.get(aggregate, id)
      if (Option.isNone(row)) continue
      const ground = judge(row.value)
      if (ground === "not-of-this") continue
      const name = { aggregate: aggregate.name, id }
      if (ground !== undefined) {
        kept.push({ ...name, ground })
        continue
      }
      yield* storage.remove(aggregate, row.value)
      yield* audit.record(id, { actor: label(by), action: "erase", reason: "erasure", refs: [gone(aggregate, id)] })
      erased.push(name)
    }
  })

  yield* each(Draft.aggregate, among.drafts, ({ value }) => (isHandedIn(value) ? "legal-obligation" : undefined))
  const drafts = new Set<Id>(erased.map(({ id }) => id))
  for (const id of among.attachments) {
    const row = yield* storage.get(Attachment.aggregate, id)
    if (Option.isNone(row) || !drafts.has(row.value.value.draft) || row.value.value.state === "leaving") continue
    yield* letGo(row.value, at, by, "erasure")
    erased.push({ aggregate: Attachment.aggregate.name, id })
  }
  yield* each(Consent.aggregate, among.consents, ({ value }) => {
    const over = value.ended !== undefined || value.until <= at
    return over && !isProof(value) ? undefined : "legal-obligation"
  })
  yield* each(Correction.aggregate, among.corrections, () => undefined)
  // a phone may be a family's or a helper's: messages about others stay
  const subjects = new Set<Id>([request.about.id, ...erased.map(({ id }) => id)])
  yield* each(Message.aggregate, among.messages, ({ value }) =>
    value.subject !== undefined && subjects.has(value.subject) && Message.isFinished(value) ? undefined : "not-of-this"
  )
  yield* each(Membership.aggregate, among.memberships, () => "legal-obligation")
  return { erased, kept }
})

/**
 * Lets go of papers whose draft is gone: those that came in the moment in which it was erased. Afterwards none can come,
 * for who hands one in reads the draft. Outside a unit of work, as often as one likes.
 *
 * @category erasing
 * @since 0.1.0
 */
export const strays = Effect.fn("Erasure.strays")(function* (
  drafts: ReadonlyArray<Id>,
  by: Actor
): Effect.fn.Return<void, StorageError, Storage | Audit.Audit> {
  const storage = yield* Storage
  const at = yield* Clock.currentTimeMillis
  for (const draft of drafts) {
    const papers = yield* all((page) => storage.snapshot(storage.scanKey(Attachment.aggregate, "draft", draft, page)))
    for (const id of papers) {
      yield* storage
        .transaction(
          Effect.gen(function* () {
            const row = yield* storage.get(Attachment.aggregate, id)
            if (Option.isNone(row) || row.value.value.state === "leaving") return
            if (Option.isNone(yield* storage.get(Draft.aggregate, draft))) yield* letGo(row.value, at, by, "erasure")
          })
        )
        .pipe(Effect.catchTag("UniqueViolation", Effect.die))
    }
  }
})

/**
 * The drafts that an answer says were erased.
 *
 * @category erasing
 * @since 0.1.0
 */
export const draftsIn = (self: Erasure | undefined): ReadonlyArray<Id> =>
  (self?.erased ?? []).flatMap(({ aggregate, id }) => (aggregate === Draft.aggregate.name ? [id] : []))

// --- after a copy was put back ---

/**
 * Everything that was erased so far, by answered requests in the order in which they came: to be kept where a copy of the
 * register is not.
 *
 * @category after a copy was put back
 * @since 0.1.0
 */
export const list: Effect.Effect<ReadonlyArray<Entry>, StorageError, Storage> = Effect.gen(function* () {
  const storage = yield* Storage
  const entries: Array<Entry> = []
  let after: Cursor | undefined
  do {
    const page: Page<DataRequest.DataRequest> = yield* storage.snapshot(
      storage.scan(DataRequest.aggregate, "id", {}, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    )
    for (const { id: request, value } of page.rows) {
      for (const { aggregate, id } of value.answer?.erasure?.erased ?? []) {
        // an erasure that the list could not carry out again must not go unnoticed
        if (!isErasable(aggregate)) return yield* Effect.die(new Error(`No list has erasures of ${aggregate}`))
        entries.push({ aggregate, id, request, at: value.answer?.at ?? 0 })
      }
    }
    after = page.next
  } while (after !== undefined)
  return entries
}).pipe(Effect.withSpan("Erasure.list"))

/**
 * Removes again what a list says that was erased, each row with a line of its record. What is not there is not missed, so
 * a list may be carried out as often as one likes.
 *
 * @category after a copy was put back
 * @since 0.1.0
 */
export const again = Effect.fn("Erasure.again")(function* (
  entries: ReadonlyArray<Entry>,
  by: Actor
): Effect.fn.Return<Again, StorageError, Storage | Audit.Audit> {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const at = yield* Clock.currentTimeMillis

  const remove = Effect.fnUntraced(function* <A>(
    aggregate: Of<A>,
    { id }: Entry,
    isNeeded: (value: A) => boolean
  ): Effect.fn.Return<keyof Again, StorageError, Transaction> {
    const row = yield* storage.get(aggregate, id)
    if (Option.isNone(row)) return "gone"
    if (isNeeded(row.value.value)) return "needed"
    yield* storage.remove(aggregate, row.value)
    yield* audit.record(id, { actor: label(by), action: "erase", reason: "erasure-again", refs: [gone(aggregate, id)] })
    return "erased"
  })

  const clear = Effect.fnUntraced(function* ({ id }: Entry): Effect.fn.Return<keyof Again, StorageError, Transaction> {
    const row = yield* storage.get(Attachment.aggregate, id)
    if (Option.isNone(row) || row.value.value.state === "leaving") return "gone"
    // its draft comes before it on the list: what is there yet is needed
    if (Option.isSome(yield* storage.get(Draft.aggregate, row.value.value.draft))) return "needed"
    yield* letGo(row.value, at, by, "erasure-again").pipe(
      Effect.provideService(Storage, storage),
      Effect.provideService(Audit.Audit, audit)
    )
    return "erased"
  })

  const one = (entry: Entry) => {
    switch (entry.aggregate) {
      case "draft":
        return remove(Draft.aggregate, entry, isHandedIn)
      case "attachment":
        return clear(entry)
      case "consent":
        return remove(Consent.aggregate, entry, isProof)
      case "correction":
        return remove(Correction.aggregate, entry, () => false)
      case "message":
        return remove(Message.aggregate, entry, (message) => !Message.isFinished(message))
    }
  }

  const counts = { erased: 0, gone: 0, needed: 0 }
  for (let from = 0; from < entries.length; from += PAGE) {
    const results = yield* storage.each(entries.slice(from, from + PAGE).map(one))
    for (const result of results) {
      if (Result.isFailure(result)) {
        return yield* result.failure._tag === "UniqueViolation" ? Effect.die(result.failure) : result.failure
      }
      counts[result.success]++
    }
  }
  yield* strays(
    entries.flatMap(({ aggregate, id }) => (aggregate === "draft" ? [id] : [])),
    by
  )
  return counts
})

// --- private ---

const PAGE = 100

/** Who hands it in waits for an answer. */
const isHandedIn = ({ state }: Draft.Draft) => state === "submitting"

/** It was acted on: by what right shows from it. */
const isProof = ({ uses }: Consent.Consent) => uses > 0

const isErasable = Schema.is(Entry.fields.aggregate)

/** A paper's content lies where no unit of work reaches: it goes with the next sweep, and the row after it. */
const letGo = Effect.fnUntraced(function* (
  row: Stored<Attachment.Attachment>,
  at: number,
  by: Actor,
  reason: string
): Effect.fn.Return<void, StorageError, Storage | Audit.Audit | Transaction> {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const next = yield* storage.update(Attachment.aggregate, row, Attachment.leaving(row.value, at))
  yield* audit.record(row.id, {
    actor: label(by),
    action: "erase",
    reason,
    refs: [Audit.ref(Attachment.aggregate, next)]
  })
})

const gone = (aggregate: Any, id: Id) => Audit.ref(aggregate, { id, version: 0 })

const all = <A>(read: Parameters<typeof every<A>>[0]) => Effect.map(every(read), (rows) => rows.map(({ id }) => id))
