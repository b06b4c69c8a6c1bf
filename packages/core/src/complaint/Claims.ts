/**
 * Objections and requests about personal data at work: recorded with a receipt and a running clock, answered
 * once, and told both times.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Actor } from "../access/Actor.ts"
import { label } from "../access/Actor.ts"
import * as Claim from "../access/Claim.ts"
import * as Consent from "../access/Consent.ts"
import { Consents } from "../access/Consents.ts"
import * as DataRequest from "../access/DataRequest.ts"
import * as Objection from "../access/Objection.ts"
import * as Permission from "../access/Permission.ts"
import * as Audit from "../audit/Audit.ts"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Membership from "../membership/Membership.ts"
import { Outbox } from "../messaging/Outbox.ts"
import type { Content } from "../messaging/Template.ts"
import type { Language } from "../policy/Reason.ts"
import * as SlaClock from "../sla/Clock.ts"
import { Clocks } from "../sla/Clocks.ts"
import type { Any, Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"
import * as Erasure from "./Erasure.ts"

// --- models ---

/**
 * A claim that somebody brings. A helper names the consent and the people it is about.
 *
 * @category models
 * @since 0.1.0
 */
export interface Brought {
  readonly key: string
  readonly actor: Actor
  readonly owner: Actor
  readonly consent?: Id
  readonly people?: ReadonlyArray<Consent.Person>
  readonly about: Claim.About
  readonly office: string
  readonly phone?: PhoneNumber
  readonly language: Language
}

/**
 * The answer of an actor who has read the claim at `version`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answering {
  readonly key: string
  readonly actor: Actor
  readonly version: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The zone of an office. Default: western time. */
  readonly zoneOf?: (office: string) => Zone
}

type NotTaken = Permission.NotAllowed | Claim.ClaimKeyReused | Claim.TextRefused | StorageError

type NotAnswered = Permission.NotAllowed | Claim.ClaimNotFound | Claim.ClaimStale | StorageError

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Claims extends Context.Service<
  Claims,
  {
    /** Records an objection, opens its clock and gives the receipt. The same key gives the same objection again. */
    readonly object: (
      of: Brought & { readonly text: string; readonly decidedBy?: Actor }
    ) => Effect.Effect<Stored<Objection.Objection>, NotTaken>
    /** Answers an objection, closes its clock and tells. The same key gives the same answer again. */
    readonly answer: (
      of: Answering & { readonly objection: Id } & Pick<Objection.Answer, "outcome" | "reason" | "explanation">
    ) => Effect.Effect<Stored<Objection.Objection>, NotAnswered | Claim.TextRefused>
    /** Records what somebody asks about their own data; the clock of 3 x 24 hours runs from now. */
    readonly ask: (
      of: Brought & { readonly kind: DataRequest.Kind; readonly text?: string }
    ) => Effect.Effect<Stored<DataRequest.DataRequest>, NotTaken>
    /**
     * Answers it. To erase what a living membership rests on cannot be granted: `MustBeKept`. A granted erasure is
     * carried out in the same unit of work, and the answer says what was erased, and what is kept on which ground.
     */
    readonly settle: (
      of: Answering & { readonly request: Id; readonly outcome: DataRequest.Outcome }
    ) => Effect.Effect<Stored<DataRequest.DataRequest>, NotAnswered | DataRequest.MustBeKept>
  }
>()("@kis/core/complaint/Claims") {}

// --- layers ---

/**
 * On the register's own storage, which must hold {@link Objection.aggregate}, {@link DataRequest.aggregate}
 * and what the register holds.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options = {}
): Layer.Layer<Claims, never, Storage | Audit.Audit | Outbox | Clocks | Consents> =>
  Layer.effect(
    Claims,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const outbox = yield* Outbox
      const clocks = yield* Clocks
      const consents = yield* Consents
      const zoneOf = options.zoneOf ?? (() => "WIB" as const)

      const onRegister = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        effect.pipe(Effect.provideService(Storage, storage), Effect.provideService(Audit.Audit, audit))

      const dayAt = (office: string, at: number) => PlainDate.fromInstant(at, zoneOf(office))

      /** Who brings it may: the citizen the own, an officer of the area, a helper as far as the consent goes. */
      const permitted = Effect.fnUntraced(function* (
        of: Brought,
        action: "object" | "request-data",
        purpose: Consent.Purpose
      ) {
        const { actor, consent, key, office, owner, people = [] } = of
        if (actor.kind !== "proxy") return yield* Permission.demand(actor, action, { office, owner })
        const deed = { actor, action, purpose, data: ["identity", "membership"], people, key } as const
        // a consent without the people it is used for would cover everybody
        if (consent === undefined || people.length === 0) return yield* consents.check(undefined, deed)
        const given = yield* storage.get(Consent.aggregate, consent)
        if (Option.isSome(given) && label(given.value.value.giver) !== label(owner)) {
          return yield* new Permission.NotAllowed({ actor: label(actor), action, reasons: ["PersonNotCovered"] })
        }
        yield* consents.use(consent, deed)
      })

      const tell = Effect.fnUntraced(function* (
        claim: Id,
        to: { readonly phone?: PhoneNumber; readonly language: Language },
        content: Content
      ) {
        if (to.phone === undefined) return
        const { language, phone } = to
        const dedupKey = `${content.template}:${claim}`
        yield* outbox.enqueue({ ...content, to: phone, language, lane: "notice", dedupKey, subject: claim })
      })

      const common = (of: Brought, clock: Id, receivedAt: number) => ({
        command: commandOf(of),
        owner: of.owner,
        broughtBy: of.actor,
        ...(of.consent === undefined ? {} : { consent: of.consent }),
        about: of.about,
        office: of.office,
        ...(of.phone === undefined ? {} : { phone: of.phone }),
        language: of.language,
        clock,
        receivedAt
      })

      const note = (
        kind: Any,
        row: Pick<Stored<unknown>, "id" | "version">,
        actor: Actor,
        action: string,
        why?: string
      ) =>
        audit.record(row.id, {
          actor: label(actor),
          action,
          ...(why === undefined ? {} : { reason: why }),
          refs: [Audit.ref(kind, row)]
        })

      const found = Effect.fnUntraced(function* <A>(claim: Id, row: Option.Option<Stored<A>>) {
        return Option.isSome(row) ? row.value : yield* new Claim.ClaimNotFound({ claim })
      })

      /** The claim is at the version that was read; one that was answered stays as it was. */
      const unanswered = Effect.fnUntraced(function* (row: Stored<{ readonly answer?: unknown }>, of: Answering) {
        if (row.value.answer !== undefined || row.version !== of.version) {
          return yield* new Claim.ClaimStale({ claim: row.id, version: row.version })
        }
      })

      const object = Effect.fn("Claims.object")(function* (of: Parameters<Claims["Service"]["object"]>[0]) {
        const refused = Claim.textRefused(of.text)
        if (refused !== undefined) return yield* refused
        const at = yield* Clock.currentTimeMillis
        const unit = storage.transaction(
          Effect.gen(function* () {
            const known = yield* storage.findBy(Objection.aggregate, "command", commandOf(of))
            if (Option.isSome(known)) {
              const { about, owner, text } = known.value.value
              const same = about.id === of.about.id && text === of.text && label(owner) === label(of.owner)
              return same ? known.value : yield* new Claim.ClaimKeyReused({ claim: known.value.id })
            }
            yield* permitted(of, "object", "object")
            const id = yield* storage.nextId
            const clock = yield* clocks.open({ subject: id, kind: "objection", office: of.office, at })
            const value: Objection.Objection = {
              ...common(of, clock, at),
              ...(of.decidedBy === undefined ? {} : { decidedBy: of.decidedBy }),
              text: of.text
            }
            yield* storage.insert(Objection.aggregate, value, { id })
            const row = { id, version: 1, value }
            yield* note(Objection.aggregate, row, of.actor, "object")
            const due = Option.match(yield* storage.get(SlaClock.aggregate, clock), {
              onNone: () => at,
              onSome: (it) => it.value.dueAt
            })
            const [day, last] = [dayAt(of.office, at), dayAt(of.office, due)]
            yield* tell(id, value, {
              template: "objection-received",
              arguments: { day, last, reference: referenceOf(id) }
            })
            return row
          })
        )
        // two that raced with one key: the later finds what the earlier wrote
        return yield* unit.pipe(
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
      })

      const answer = Effect.fn("Claims.answer")(function* (of: Parameters<Claims["Service"]["answer"]>[0]) {
        const refused = Claim.textRefused(of.explanation)
        if (refused !== undefined) return yield* refused
        const at = yield* Clock.currentTimeMillis
        const command = commandOf(of)
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const row = yield* found(of.objection, yield* storage.get(Objection.aggregate, of.objection))
              const { decidedBy, office } = row.value
              yield* Permission.demand(of.actor, "answer-objection", { office })
              if (decidedBy !== undefined && decidedBy.id === of.actor.id) {
                const actor = label(of.actor)
                return yield* new Permission.NotAllowed({ actor, action: "answer-objection", reasons: ["OwnDeed"] })
              }
              if (row.value.answer?.command === command) return row
              yield* unanswered(row, of)
              const { explanation, outcome, reason } = of
              const given = { command, outcome, reason, explanation, by: of.actor, at }
              const next = yield* storage.update(Objection.aggregate, row, { ...row.value, answer: given })
              yield* clocks.close(row.value.clock, at)
              yield* note(Objection.aggregate, next, of.actor, "answer-objection", outcome)
              yield* tell(row.id, row.value, {
                template: outcome === "upheld" ? "objection-upheld" : "objection-answered",
                arguments: { day: dayAt(office, at), reference: referenceOf(row.id) }
              })
              return next
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const ask = Effect.fn("Claims.ask")(function* (of: Parameters<Claims["Service"]["ask"]>[0]) {
        // what is wrong must be said; to see one's data or have it erased needs no reason
        const refused = of.text === undefined && of.kind !== "correction" ? undefined : Claim.textRefused(of.text ?? "")
        if (refused !== undefined) return yield* refused
        const at = yield* Clock.currentTimeMillis
        const unit = storage.transaction(
          Effect.gen(function* () {
            const known = yield* storage.findBy(DataRequest.aggregate, "command", commandOf(of))
            if (Option.isSome(known)) {
              const { about, kind, owner, text } = known.value.value
              const same = about.id === of.about.id && kind === of.kind && text === of.text
              return same && label(owner) === label(of.owner)
                ? known.value
                : yield* new Claim.ClaimKeyReused({ claim: known.value.id })
            }
            yield* permitted(of, "request-data", of.kind === "correction" ? "correct" : "ask")
            const id = yield* storage.nextId
            const clock = yield* clocks.open({ subject: id, kind: "personal-data", office: of.office, at })
            const value: DataRequest.DataRequest = {
              ...common(of, clock, at),
              kind: of.kind,
              ...(of.text === undefined ? {} : { text: of.text })
            }
            yield* storage.insert(DataRequest.aggregate, value, { id })
            const row = { id, version: 1, value }
            yield* note(DataRequest.aggregate, row, of.actor, "ask-data", of.kind)
            yield* tell(id, value, {
              template: "data-request-received",
              arguments: { day: dayAt(of.office, at), reference: referenceOf(id) }
            })
            return row
          })
        )
        return yield* unit.pipe(
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
      })

      const settle = Effect.fn("Claims.settle")(function* (of: Parameters<Claims["Service"]["settle"]>[0]) {
        const at = yield* Clock.currentTimeMillis
        const command = commandOf(of)
        const asked = yield* storage.get(DataRequest.aggregate, of.request)
        const isErasure = of.outcome._tag === "Granted" && Option.isSome(asked) && asked.value.value.kind === "erasure"
        const candidates = isErasure ? yield* onRegister(Erasure.find(asked.value.value)) : undefined
        const settled = yield* storage
          .transaction(
            Effect.gen(function* () {
              const row = yield* found(of.request, yield* storage.get(DataRequest.aggregate, of.request))
              const { about, kind, office } = row.value
              yield* Permission.demand(of.actor, "answer-data-request", { office })
              if (row.value.answer?.command === command) return row
              yield* unanswered(row, of)
              if (kind === "erasure" && of.outcome._tag === "Granted") {
                const live = yield* storage.findBy(Membership.aggregate, "liveOf", about.id)
                if (Option.isSome(live)) {
                  return yield* new DataRequest.MustBeKept({ request: row.id, membership: live.value.id })
                }
              }
              const erasure =
                candidates === undefined
                  ? undefined
                  : yield* onRegister(Erasure.erase(row.value, candidates, of.actor, at))
              const given = {
                command,
                outcome: of.outcome,
                by: of.actor,
                at,
                ...(erasure === undefined ? {} : { erasure })
              }
              const next = yield* storage.update(DataRequest.aggregate, row, { ...row.value, answer: given })
              yield* clocks.close(row.value.clock, at)
              yield* note(DataRequest.aggregate, next, of.actor, "answer-data-request", of.outcome._tag)
              yield* tell(row.id, row.value, {
                template: of.outcome._tag === "Granted" ? "data-request-granted" : "data-request-limited",
                arguments: { day: dayAt(office, at), reference: referenceOf(row.id) }
              })
              return next
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
        yield* onRegister(Erasure.strays(Erasure.draftsIn(settled.value.answer?.erasure), of.actor))
        return settled
      })

      return Claims.of({ object, answer, ask, settle })
    })
  )

// --- private ---

/** Keys are the sender's own: two actors may use the same one. */
const commandOf = (of: { readonly actor: Actor; readonly key: string }): string => `${label(of.actor)} ${of.key}`

/** What people write down and say on the phone. */
const referenceOf = (id: Id): string => id.slice(-8).toUpperCase()
