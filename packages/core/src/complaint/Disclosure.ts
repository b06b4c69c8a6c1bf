/**
 * What a granted request to see one's own data gives: everything that the register holds of a person, and nothing of
 * others.
 *
 * Others of the family, whoever acted for the office and what a near match was compared with are left out
 * (`rights-of-others`), and so are the office's own reminders and clocks. Of the papers it says which are there; their
 * content is read by itself. How a decision was taken is told by its reasons. Of drafts it gives what was typed into them,
 * about whomever: who asks began or holds them, and reads them anyway.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Actor, label } from "../access/Actor.ts"
import * as Consent from "../access/Consent.ts"
import * as DataRequest from "../access/DataRequest.ts"
import * as Objection from "../access/Objection.ts"
import type { NotAllowed } from "../access/Permission.ts"
import { Readings } from "../access/Readings.ts"
import type { RecordNotFound, ShiftNotOpen } from "../access/Shift.ts"
import type * as Account from "../contribution/Account.ts"
import * as Participant from "../deduplication/Participant.ts"
import * as Household from "../membership/Household.ts"
import * as LifeRecord from "../membership/LifeRecord.ts"
import * as Membership from "../membership/Membership.ts"
import * as Message from "../messaging/Message.ts"
import type { Reason } from "../policy/Reason.ts"
import * as Attachment from "../registration/Attachment.ts"
import * as Correction from "../registration/Correction.ts"
import * as Draft from "../registration/Draft.ts"
import * as RegistrationRecord from "../registration/RegistrationRecord.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import { every } from "./internal/every.ts"

// --- models ---

/**
 * Instants are epoch milliseconds. `household` is the person's own place on the family card; `registration` the line
 * that brought them; `events` what events of life changed for them. `drafts` are those that they began or hold, `papers`
 * those handed in with them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Disclosure {
  readonly request: Id
  readonly at: number
  readonly participant: Participant.Participant
  readonly memberships: ReadonlyArray<Membership.Membership>
  readonly household?: Household.HouseholdMember
  readonly accounts: ReadonlyArray<Account.Account>
  readonly registration?: {
    readonly number: string
    readonly on: PlainDate
    readonly office: string
    readonly channel: RegistrationRecord.RegistrationRecord["channel"]
    readonly segment: Membership.Membership["segment"]
    readonly reasons: ReadonlyArray<Reason>
    readonly withdrawals: ReadonlyArray<RegistrationRecord.End>
  }
  readonly events: ReadonlyArray<{
    readonly event: LifeRecord.LifeRecord["event"]["_tag"]
    readonly on: PlainDate
    readonly changes: ReadonlyArray<LifeRecord.Told>
  }>
  readonly corrections: ReadonlyArray<Pick<Correction.Correction, "at" | "before" | "changes">>
  readonly drafts: ReadonlyArray<Pick<Draft.Draft, "path" | "state" | "lines" | "begunAt" | "expiresAt">>
  readonly papers: ReadonlyArray<Pick<Attachment.Attachment, "paper" | "line" | "document" | "at">>
  readonly consents: ReadonlyArray<
    Pick<Consent.Consent, "helperName" | "purposes" | "data" | "from" | "until" | "how" | "uses">
  >
  readonly objections: ReadonlyArray<Pick<Objection.Objection, "text" | "receivedAt"> & { readonly outcome?: string }>
  readonly requests: ReadonlyArray<Pick<DataRequest.DataRequest, "kind" | "receivedAt"> & { readonly outcome?: string }>
  readonly messages: ReadonlyArray<Pick<Message.Message, "template" | "arguments" | "to" | "state">>
}

// --- errors ---

/**
 * The request does not ask to see data, or was not granted. Nothing was read.
 *
 * @category errors
 * @since 0.1.0
 */
export class NotGranted extends Schema.TaggedError<NotGranted>("@kis/core/complaint/NotGranted")("NotGranted", {
  request: Schema.String
}) {
  override get message() {
    return `Request ${this.request} does not give anybody's data. Grant a request of the kind access first.`
  }
}

// --- reading ---

/**
 * Reads it in the shift of an actor of the request's area: two lines of its chain, one for the request and one for the
 * person. It is given to nobody else than whom the request names.
 *
 * @category reading
 * @since 0.1.0
 */
export const read = Effect.fn("Disclosure.read")(function* (of: {
  readonly shift: Id
  readonly actor: Actor
  readonly request: Id
}): Effect.fn.Return<
  Disclosure,
  NotGranted | ShiftNotOpen | RecordNotFound | NotAllowed | StorageError,
  Storage | Readings
> {
  const storage = yield* Storage
  const readings = yield* Readings
  const { actor, shift } = of
  const reading = { shift, actor, reason: "disclose" } as const
  const { value: request } = yield* readings.read({
    ...reading,
    aggregate: DataRequest.aggregate,
    id: of.request,
    row: ({ office }) => ({ office })
  })
  const { about, answer, kind, office, owner } = request
  if (kind !== "access" || answer?.outcome._tag !== "Granted") return yield* new NotGranted({ request: of.request })
  const { id, value: participant } = yield* readings.read({
    ...reading,
    aggregate: Participant.aggregate,
    id: about.id,
    row: () => ({ office })
  })
  const whose = owner.kind === "citizen" ? label(owner) : undefined

  const memberships = yield* every((page) =>
    storage.snapshot(storage.scanKey(Membership.aggregate, "holder", id, page))
  )
  const accounts = yield* every((page) => storage.snapshot(storage.scanKey(Household.accounts, "holder", id, page)))
  const corrections = yield* every((page) =>
    storage.snapshot(storage.scanKey(Correction.aggregate, "participant", id, page))
  )
  const household = Option.getOrUndefined(yield* storage.findBy(Household.aggregate, "memberOf", id))
  const events = yield* every((page) => storage.snapshot(storage.scanKey(LifeRecord.aggregate, "person", id, page)))
  const command = RegistrationRecord.commandOf(participant.reference)
  const registration = Option.getOrUndefined(yield* storage.findBy(RegistrationRecord.aggregate, "command", command))
  const drafts =
    whose === undefined
      ? []
      : yield* every((page) => storage.snapshot(storage.scanKey(Draft.aggregate, "person", whose, page)))
  const papers = yield* Effect.forEach(drafts, (draft) =>
    every((page) => storage.snapshot(storage.scanKey(Attachment.aggregate, "draft", draft.id, page)))
  )
  const consents =
    whose === undefined
      ? []
      : yield* every((page) => storage.snapshot(storage.scanKey(Consent.aggregate, "giver", whose, page)))
  const objections = yield* every((page) =>
    storage.snapshot(storage.scanKey(Objection.aggregate, "owner", label(owner), page))
  )
  const requests = yield* every((page) => storage.snapshot(storage.scanKey(DataRequest.aggregate, "about", id, page)))
  const phone = participant.person.phone
  const sent =
    phone === undefined
      ? []
      : yield* every((page) => storage.snapshot(storage.scanKey(Message.aggregate, "to", phone, page)))
  const own = whose === undefined ? [] : objections
  // a phone may be a family's: messages about others are theirs
  const subjects = new Set<Id>([id, ...[...corrections, ...requests, ...own, ...consents].map((row) => row.id)])

  const member = household?.value.members.find(({ ref }) => ref === id)
  const line = registration === undefined ? undefined : lineOf(registration.value, id)
  return {
    request: of.request,
    at: yield* Clock.currentTimeMillis,
    participant,
    memberships: memberships.map(({ value }) => value),
    ...(member === undefined ? {} : { household: member }),
    accounts: accounts.map(({ value }) => value.account),
    ...(line === undefined ? {} : { registration: line }),
    events: events.map(({ value: { appliesOn: on, changes, event } }) => ({
      event: event._tag,
      on,
      changes: changes.filter(({ ref }) => ref === id)
    })),
    corrections: corrections.map(({ value: { at, before, changes } }) => ({ at, before, changes })),
    drafts: drafts.map(({ value: { begunAt, expiresAt, lines, path, state } }) => ({
      path,
      state,
      lines,
      begunAt,
      expiresAt
    })),
    papers: papers
      .flat()
      .flatMap(({ value: { at, document, line: of, paper, state } }) =>
        state === "kept" ? [{ paper, document, at, ...(of === undefined ? {} : { line: of }) }] : []
      ),
    consents: consents.map(({ value: { data, from, helperName, how, purposes, until, uses } }) => ({
      helperName,
      purposes,
      data,
      from,
      until,
      how,
      uses
    })),
    objections: own.map(({ value: { answer: given, receivedAt, text } }) => ({
      text,
      receivedAt,
      ...(given === undefined ? {} : { outcome: given.outcome })
    })),
    requests: requests.map(({ value: { answer: given, kind: asked, receivedAt } }) => ({
      kind: asked,
      receivedAt,
      ...(given === undefined ? {} : { outcome: given.outcome._tag })
    })),
    messages: sent.flatMap(({ value: { arguments: told, state, subject, template, to } }) =>
      subject !== undefined && subjects.has(subject) ? [{ template, arguments: told, to, state }] : []
    )
  }
})

// --- private ---

/** What a registration says of one of the people whom it brought. */
const lineOf = (record: RegistrationRecord.RegistrationRecord, id: Id): Disclosure["registration"] => {
  const { channel, number, office, on, outcomes, withdrawals = [] } = record
  for (const outcome of outcomes) {
    if (outcome._tag !== "Registered" || outcome.participant !== id) continue
    const ends = withdrawals.flatMap((it) => it.ends.filter(({ line }) => line === outcome.line))
    const { reasons } = outcome.decision
    return { number, on, office, channel, segment: outcome.segment, reasons, withdrawals: ends }
  }
  return undefined
}
