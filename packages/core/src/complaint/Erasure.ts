/**
 * What a granted erasure removes: what a person left on the register that no duty holds any more.
 *
 * Removed are the drafts that the person began or holds, their consents that have ended and that nobody acted on, and
 * the finished messages to their phone about themselves or about what is removed. Kept, each with its ground: a draft that
 * was handed in and has no answer yet, a consent that stands or was acted on (it proves by what right), memberships that
 * have ended. The audit record and money are not looked at: nothing here can remove them.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Actor, label } from "../access/Actor.ts"
import * as Consent from "../access/Consent.ts"
import type * as DataRequest from "../access/DataRequest.ts"
import * as Audit from "../audit/Audit.ts"
import * as Membership from "../membership/Membership.ts"
import * as Message from "../messaging/Message.ts"
import * as Draft from "../registration/Draft.ts"
import type { Any, Of, Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { type Cursor, type Page, Storage, type Transaction } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"

// --- models ---

/**
 * The rows that an erasure may be about, by id, as they were found before it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Candidates {
  readonly drafts: ReadonlyArray<Id>
  readonly consents: ReadonlyArray<Id>
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
  return {
    drafts:
      whose === undefined
        ? []
        : yield* all((page) => storage.snapshot(storage.scanKey(Draft.aggregate, "person", whose, page))),
    consents:
      whose === undefined
        ? []
        : yield* all((page) => storage.snapshot(storage.scanKey(Consent.aggregate, "giver", whose, page))),
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

  yield* each(Draft.aggregate, among.drafts, ({ value }) =>
    value.state === "submitting" ? "legal-obligation" : undefined
  )
  yield* each(Consent.aggregate, among.consents, ({ value }) => {
    const over = value.ended !== undefined || value.until <= at
    return over && value.uses === 0 ? undefined : "legal-obligation"
  })
  // a phone may be a family's or a helper's: messages about others stay
  const subjects = new Set<Id>([request.about.id, ...erased.map(({ id }) => id)])
  yield* each(Message.aggregate, among.messages, ({ value }) =>
    value.subject !== undefined && subjects.has(value.subject) && Message.isFinished(value) ? undefined : "not-of-this"
  )
  yield* each(Membership.aggregate, among.memberships, () => "legal-obligation")
  return { erased, kept }
})

// --- private ---

const PAGE = 100

const gone = (aggregate: Any, id: Id) => Audit.ref(aggregate, { id, version: 0 })

const all = Effect.fnUntraced(function* <A>(
  read: (page: { readonly after?: Cursor | undefined; readonly limit: number }) => Effect.Effect<Page<A>, StorageError>
) {
  const ids: Array<Id> = []
  let after: Cursor | undefined
  do {
    const page: Page<A> = yield* read({ after, limit: PAGE })
    ids.push(...page.rows.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return ids
})
