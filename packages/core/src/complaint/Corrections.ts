/**
 * Putting a person's data right at the office: a name that was typed wrongly, a phone that is somebody else's.
 *
 * What the population register has confirmed (name, NIK, birth date, sex) is put right there, and comes from there
 * (`PopulationChanges`). Who still waits for it is asked about again with the right data. What stood there before is
 * kept, and both the old and the new phone are told, so that nobody takes over a card by "correcting" its phone.
 *
 * Which cover follows from other facts is an event of life: `FactsCorrected`.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Actor from "../access/Actor.ts"
import * as Permission from "../access/Permission.ts"
import * as Audit from "../audit/Audit.ts"
import * as Participant from "../deduplication/Participant.ts"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Household from "../membership/Household.ts"
import * as Membership from "../membership/Membership.ts"
import { Outbox } from "../messaging/Outbox.ts"
import * as Correction from "../registration/Correction.ts"
import * as PendingIdentity from "../registration/PendingIdentity.ts"
import * as RegistrationRecord from "../registration/RegistrationRecord.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"

// --- models ---

/**
 * What is put right, by who has read the participant at `version`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Correcting {
  /** Idempotency key: the sender's own, the same when the order is repeated. */
  readonly key: string
  readonly actor: Actor.Actor
  readonly participant: Id
  readonly version: number
  /** The request or objection that asked for it. */
  readonly claim?: Id
  readonly changes: Correction.Changes
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The zone of an office. Default: western time. */
  readonly zoneOf?: (office: string) => Zone
}

// --- errors ---

/**
 * There is no such person on the register.
 *
 * @category errors
 * @since 0.1.0
 */
export class ParticipantNotFound extends Schema.TaggedError<ParticipantNotFound>(
  "@kis/core/complaint/ParticipantNotFound"
)("ParticipantNotFound", { participant: Schema.String }) {
  override get message() {
    return `There is no participant ${this.participant}. Look the person up again by NIK or card number.`
  }
}

/**
 * The person's data were changed since they were read. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class ParticipantStale extends Schema.TaggedError<ParticipantStale>("@kis/core/complaint/ParticipantStale")(
  "ParticipantStale",
  { participant: Schema.String, version: Schema.Int }
) {
  override get message() {
    return `Participant ${this.participant} is at version ${this.version} by now. Read the data again, then repeat the correction.`
  }
}

/**
 * The population register has confirmed the person with these data. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class AtCivilRegister extends Schema.TaggedError<AtCivilRegister>("@kis/core/complaint/AtCivilRegister")(
  "AtCivilRegister",
  { participant: Schema.String, fields: Schema.NonEmptyArray(Schema.Literals(Correction.ofCivilRegister)) }
) {
  override get message() {
    return (
      `The population register has confirmed participant ${this.participant} with this ${this.fields.join(", ")}. ` +
      "Have it corrected there; it comes from there."
    )
  }
}

/**
 * Another person on the register has this NIK. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class NikTaken extends Schema.TaggedError<NikTaken>("@kis/core/complaint/NikTaken")("NikTaken", {
  participant: Schema.String
}) {
  override get message() {
    return (
      `The NIK for participant ${this.participant} is another person's here. ` +
      "Compare both with their papers: one of them may be entered twice."
    )
  }
}

/**
 * All of it stands there already. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class NothingToCorrect extends Schema.TaggedError<NothingToCorrect>("@kis/core/complaint/NothingToCorrect")(
  "NothingToCorrect",
  { participant: Schema.String }
) {
  override get message() {
    return `The data of participant ${this.participant} are as they were to become. Nothing has to be corrected.`
  }
}

/**
 * The idempotency key was used before for another correction. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class CorrectionKeyReused extends Schema.TaggedError<CorrectionKeyReused>(
  "@kis/core/complaint/CorrectionKeyReused"
)("CorrectionKeyReused", { correction: Schema.String }) {
  override get message() {
    return `This idempotency key belongs to correction ${this.correction}, which says something else. Send this under a new key.`
  }
}

/**
 * Why nothing was corrected.
 *
 * @category errors
 * @since 0.1.0
 */
export type Refused =
  | ParticipantNotFound
  | ParticipantStale
  | AtCivilRegister
  | NikTaken
  | NothingToCorrect
  | CorrectionKeyReused
  | Permission.NotAllowed

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Corrections extends Context.Service<
  Corrections,
  {
    /** Puts data right, tells the phones, and keeps what stood there. The same key gives the same correction again. */
    readonly correct: (of: Correcting) => Effect.Effect<Stored<Correction.Correction>, Refused | StorageError>
  }
>()("@kis/core/complaint/Corrections") {}

// --- layers ---

/**
 * On a register that stores `Register.aggregates`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Corrections, never, Storage | Audit.Audit | Outbox> =>
  Layer.effect(
    Corrections,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const outbox = yield* Outbox
      const zoneOf = options.zoneOf ?? (() => "WIB" as const)

      const recordOf = (reference: string) =>
        storage.findBy(RegistrationRecord.aggregate, "command", RegistrationRecord.commandOf(reference))

      /** The area that answers for a person: of the membership, or of the registration that brought them. */
      const officeOf = Effect.fnUntraced(function* (participant: Stored<Participant.Participant>) {
        const live = yield* storage.findBy(Membership.aggregate, "liveOf", participant.id)
        if (Option.isSome(live)) return live.value.value.office
        return Option.getOrUndefined(yield* recordOf(participant.value.reference))?.value.office
      })

      /** What the population register said was about other data: it is asked again at once. */
      const askAgain = Effect.fnUntraced(function* (participant: Id, at: number) {
        const waiting = yield* storage.findBy(PendingIdentity.aggregate, "participant", participant)
        if (Option.isNone(waiting)) return
        yield* storage.update(PendingIdentity.aggregate, waiting.value, { ...waiting.value.value, dueAt: at })
      })

      /** The rules ask the household: for the birth date, where it is known, and whether there is a NIK. */
      const inHousehold = Effect.fnUntraced(function* (participant: Id, { birthDate, nik }: Correction.Changes) {
        if (birthDate === undefined && nik === undefined) return
        const found = yield* storage.findBy(Household.aggregate, "memberOf", participant)
        if (Option.isNone(found)) return
        const members = found.value.value.members.map((it) => {
          if (it.ref !== participant) return it
          const born = birthDate === undefined || it.facts.birthDate === undefined ? {} : { birthDate }
          return { ...it, facts: { ...it.facts, ...born, ...(nik === undefined ? {} : { hasNik: true }) } }
        })
        yield* storage.update(Household.aggregate, found.value, { ...found.value.value, members })
      })

      const tell = Effect.fnUntraced(function* (
        before: Participant.Participant,
        after: Participant.Participant,
        correction: Id,
        day: PlainDate.PlainDate
      ) {
        const own = new Set([before.person.phone, after.person.phone].flatMap((phone) => phone ?? []))
        const family =
          own.size > 0
            ? undefined
            : RegistrationRecord.familyPhone(Option.getOrUndefined(yield* recordOf(after.reference))?.value)
        const phones: ReadonlyArray<PhoneNumber> = family === undefined ? [...own] : [family]
        for (const [i, to] of phones.entries()) {
          yield* outbox.enqueue({
            template: "person-corrected",
            arguments: { day, reference: RegistrationRecord.numberOf(correction) },
            to,
            language: "id",
            lane: "notice",
            subject: correction,
            dedupKey: `person-corrected ${correction} ${i}`
          })
        }
      })

      const correctOnce = Effect.fnUntraced(function* (of: Correcting, at: number) {
        const { actor, claim, participant } = of
        const command = `${Actor.label(actor)} ${of.key}`
        const known = yield* storage.findBy(Correction.aggregate, "command", command)
        if (Option.isSome(known)) {
          const { id, value } = known.value
          const isSame = value.participant === participant && isEqual(value.changes, of.changes)
          return isSame ? known.value : yield* new CorrectionKeyReused({ correction: id })
        }
        const found = yield* storage.get(Participant.aggregate, participant)
        if (Option.isNone(found)) return yield* new ParticipantNotFound({ participant })
        const office = yield* officeOf(found.value)
        yield* Permission.demand(actor, "correct-person", office === undefined ? {} : { office })
        const { value: self, version } = found.value
        if (version !== of.version) return yield* new ParticipantStale({ participant, version })

        const { after, before } = differences(self, of.changes)
        const fields = Object.keys(after)
        if (fields.length === 0) return yield* new NothingToCorrect({ participant })
        const [first, ...others] = Correction.ofCivilRegister.filter((field) => fields.includes(field))
        if (first !== undefined && self.identity === "verified") {
          return yield* new AtCivilRegister({ participant, fields: [first, ...others] })
        }
        const corrected = withChanges(self, after)
        const written = yield* storage.update(Participant.aggregate, found.value, corrected)
        if (first !== undefined) yield* askAgain(participant, at)
        yield* inHousehold(participant, after)
        const value: Correction.Correction = {
          command,
          participant,
          by: actor,
          ...(claim === undefined ? {} : { claim }),
          at,
          changes: of.changes,
          before
        }
        const id = yield* storage.insert(Correction.aggregate, value)
        yield* audit.record(participant, {
          actor: Actor.label(actor),
          action: "correct-person",
          refs: [Audit.ref(Participant.aggregate, written), Audit.ref(Correction.aggregate, { id, version: 1 })]
        })
        yield* tell(self, corrected, id, PlainDate.fromInstant(at, zoneOf(office ?? "")))
        return { id, version: 1, value }
      })

      const correct = Effect.fn("Corrections.correct")(function* (of: Correcting) {
        const at = yield* Clock.currentTimeMillis
        const unit = storage.transaction(correctOnce(of, at)).pipe(
          Effect.catchIf(
            (error) => error._tag === "UniqueViolation" && error.aggregate === Participant.aggregate.name,
            () => Effect.fail(new NikTaken({ participant: of.participant }))
          )
        )
        // two that raced with one key: the later finds what the earlier wrote
        return yield* unit.pipe(
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
      })

      return Corrections.of({ correct })
    })
  )

// --- private ---

const current = ({ familyCard, person }: Participant.Participant): Correction.Changes => {
  const { name, nik, birthDate, sex, motherName, passport, permit, district, phone = null } = person
  const known = { name, nik, birthDate, sex, motherName, passport, permit, district, phone, familyCard }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

/** Only what is otherwise now; what stood there where something did. */
const differences = (self: Participant.Participant, changes: Correction.Changes) => {
  const now = current(self)
  const fields = (Object.keys(changes) as ReadonlyArray<Correction.Field>).filter(
    (field) => changes[field] !== now[field]
  )
  const only = (of: Correction.Changes): Correction.Changes =>
    Object.fromEntries(fields.flatMap((field) => (of[field] === undefined ? [] : [[field, of[field]]])))
  return { after: only(changes), before: only(now) }
}

const isEqual = (self: Correction.Changes, that: Correction.Changes): boolean =>
  ([...Object.keys(self), ...Object.keys(that)] as ReadonlyArray<Correction.Field>).every(
    (field) => self[field] === that[field]
  )

const withChanges = (
  self: Participant.Participant,
  { familyCard, phone, ...changes }: Correction.Changes
): Participant.Participant => {
  const { phone: old, ...person } = self.person
  const { phoneVerifiedOn, ...rest } = self
  const next = phone === undefined ? old : (phone ?? undefined)
  return {
    ...rest,
    person: { ...person, ...changes, ...(next === undefined ? {} : { phone: next }) },
    ...(familyCard === undefined ? {} : { familyCard }),
    ...(phoneVerifiedOn === undefined || phone !== undefined ? {} : { phoneVerifiedOn })
  }
}
