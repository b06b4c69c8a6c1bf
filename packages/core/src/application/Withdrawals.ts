/**
 * Taking a registration back before it covers anybody.
 *
 * Taking part in JKN is compulsory, so only those who pay for themselves and have never been covered can step
 * back: who waits for the civil register, or for the first payment. Everybody else of the registration stays, with
 * the reason. Money that has come already stays on its account, and is told, so that it is paid back.
 *
 * The same key gives the same answer again. Whoever has no rows but the own is answered alike whether a line had
 * registered somebody or not; messages go to the phones of those who were.
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
import * as Consent from "../access/Consent.ts"
import { Consents } from "../access/Consents.ts"
import * as Permission from "../access/Permission.ts"
import * as Audit from "../audit/Audit.ts"
import * as Account from "../contribution/Account.ts"
import * as Participant from "../deduplication/Participant.ts"
import * as Cost from "../eligibility/Cost.ts"
import * as Machine from "../membership/Machine.ts"
import * as Membership from "../membership/Membership.ts"
import { Outbox } from "../messaging/Outbox.ts"
import * as Outcome from "../registration/Outcome.ts"
import * as RegistrationRecord from "../registration/RegistrationRecord.ts"
import { Clocks } from "../sla/Clocks.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type * as StorageError from "../storage/StorageError.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"
import { accountOf } from "./internal/accountOf.ts"

// --- models ---

/**
 * A registration that somebody takes back, as they read it at `version`: 1 while nothing of it was taken back.
 *
 * @category models
 * @since 0.1.0
 */
export interface Withdrawing {
  /** Idempotency key: the sender's own, the same when the order is repeated. */
  readonly key: string
  readonly actor: Actor.Actor
  readonly registration: Id
  readonly version: number
  /** The lines that are taken back; all when left out. */
  readonly lines?: readonly [number, ...ReadonlyArray<number>]
  /** The consent that a helper acts on: it covers everybody whom these lines registered. */
  readonly consent?: Id
}

/**
 * What became of each line, as far as it is the actor's to know. `version` is that of the registration now.
 *
 * @category models
 * @since 0.1.0
 */
export interface Withdrawn {
  readonly registration: Id
  readonly version: number
  readonly on: PlainDate.PlainDate
  readonly ends: ReadonlyArray<RegistrationRecord.End | Outcome.Received>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The zone of an office: on which day it is taken back there. Default: western time. */
  readonly zoneOf?: (office: string) => Zone
}

// --- errors ---

/**
 * There is no such registration.
 *
 * @category errors
 * @since 0.1.0
 */
export class RegistrationNotFound extends Schema.TaggedError<RegistrationNotFound>(
  "@kis/core/application/RegistrationNotFound"
)("RegistrationNotFound", { registration: Schema.String }) {
  override get message() {
    return `There is no registration ${this.registration}. Look at its number again.`
  }
}

/**
 * The registration was changed since it was read. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class RegistrationStale extends Schema.TaggedError<RegistrationStale>("@kis/core/application/RegistrationStale")(
  "RegistrationStale",
  { registration: Schema.String, version: Schema.Int }
) {
  override get message() {
    return `Registration ${this.registration} is at version ${this.version} by now. Read it again, then repeat the order.`
  }
}

/**
 * The registration has no such lines. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class LinesNotFound extends Schema.TaggedError<LinesNotFound>("@kis/core/application/LinesNotFound")(
  "LinesNotFound",
  { registration: Schema.String, lines: Schema.NonEmptyArray(Schema.Int) }
) {
  override get message() {
    return `Registration ${this.registration} has no line ${this.lines.join(", ")}. Leave it out, or look at the receipt again.`
  }
}

/**
 * The idempotency key was used before for other lines. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class WithdrawalKeyReused extends Schema.TaggedError<WithdrawalKeyReused>(
  "@kis/core/application/WithdrawalKeyReused"
)("WithdrawalKeyReused", { registration: Schema.String }) {
  override get message() {
    return `This idempotency key took other lines of registration ${this.registration} back. Send this under a new key.`
  }
}

/**
 * Why nothing was taken back.
 *
 * @category errors
 * @since 0.1.0
 */
export type Refused =
  | RegistrationNotFound
  | RegistrationStale
  | LinesNotFound
  | WithdrawalKeyReused
  | Permission.NotAllowed

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Withdrawals extends Context.Service<
  Withdrawals,
  {
    /**
     * Takes a registration back, or lines of it: memberships that cover nobody yet end, clocks stop, the phones
     * are told, all in one unit of work with what became of each line.
     */
    readonly withdraw: (of: Withdrawing) => Effect.Effect<Withdrawn, Refused | StorageError.StorageError>
  }
>()("@kis/core/application/Withdrawals") {}

// --- layers ---

/**
 * On a register that stores `Register.aggregates`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options = {}
): Layer.Layer<Withdrawals, never, Storage | Audit.Audit | Outbox | Clocks | Consents> =>
  Layer.effect(
    Withdrawals,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const outbox = yield* Outbox
      const clocks = yield* Clocks
      const consents = yield* Consents
      const zoneOf = options.zoneOf ?? (() => "WIB" as const)

      /** Whose registration it is: the citizen who let a helper hand it in, or who handed it in. */
      const ownerOf = Effect.fnUntraced(function* ({ actor, consent }: RegistrationRecord.RegistrationRecord) {
        const given = consent === undefined ? Option.none() : yield* storage.get(Consent.aggregate, consent)
        return Option.match(given, { onNone: () => actor, onSome: ({ value }) => value.giver })
      })

      const permitted = Effect.fnUntraced(function* (
        of: Withdrawing,
        record: RegistrationRecord.RegistrationRecord,
        people: ReadonlyArray<Consent.Person>
      ) {
        const { actor, consent, key } = of
        const owner = yield* ownerOf(record)
        if (actor.kind !== "proxy") {
          return yield* Permission.demand(actor, "withdraw-registration", { office: record.office, owner })
        }
        const deed = {
          actor,
          action: "withdraw-registration",
          purpose: "withdraw",
          data: ["identity", "membership"],
          people,
          key
        } as const
        // nobody to be covered would be covered by any consent
        if (consent === undefined || people.length === 0) return yield* consents.check(undefined, deed)
        const given = yield* storage.get(Consent.aggregate, consent)
        if (Option.isSome(given) && !isTheirs(given.value.value, owner)) {
          const { action } = deed
          return yield* new Permission.NotAllowed({ actor: Actor.label(actor), action, reasons: ["PersonNotCovered"] })
        }
        yield* consents.use(consent, deed)
      })

      const end = Effect.fnUntraced(function* (
        of: Withdrawing,
        outcome: Outcome.Outcome & { readonly _tag: "Registered" },
        days: { readonly on: PlainDate.PlainDate; readonly now: number }
      ) {
        const { line, participant } = outcome
        const found = Option.getOrUndefined(yield* storage.findBy(Membership.aggregate, "liveOf", participant))
        const stays = (reasons: RegistrationRecord.End["reasons"]): RegistrationRecord.End => ({
          line,
          end: "stays",
          reasons
        })
        // it has ended otherwise by now
        if (found === undefined) return stays([{ code: "MoveNotPossible" }])
        // it took over from another one: this person has taken part before
        if (found.value.follows !== undefined) return stays([{ code: "WithdrawalTooLate" }])
        const asOf = { appliesOn: days.on, knownOn: days.on }
        const selfPaid = Cost.paysThemselves(outcome.decision)
        const movement = Machine.move(Membership.moveOf(found.value, "withdrawn", { selfPaid }), asOf)
        if (movement._tag !== "Moved") return stays(movement.reasons)
        const moved = yield* storage.update(
          Membership.aggregate,
          found,
          Membership.applied(found.value, "withdrawn", movement, { on: days.on })
        )
        const running = yield* clocks.running(participant, "registration")
        if (Option.isSome(running)) yield* clocks.close(running.value.id, days.now)
        yield* audit.record(participant, {
          actor: Actor.label(of.actor),
          action: "withdraw-registration",
          refs: [Audit.ref(Membership.aggregate, moved)]
        })
        const { account } = yield* accountOf(storage, moved)
        const { credit } = Account.statement(account, asOf)
        const withdrawn: RegistrationRecord.End = {
          line,
          end: "withdrawn",
          reasons: movement.reasons,
          ...(credit === 0 ? {} : { credit })
        }
        return withdrawn
      })

      const tell = Effect.fnUntraced(function* (
        { id, value }: Stored<RegistrationRecord.RegistrationRecord>,
        { command, ends, on }: RegistrationRecord.Withdrawal
      ) {
        const people = ends.filter((it) => it.end === "withdrawn").length
        if (people === 0) return
        const family = RegistrationRecord.familyPhone(value)
        const phones = new Set(family === undefined ? value.phones : [...value.phones, family])
        for (const [i, to] of [...phones].entries()) {
          yield* outbox.enqueue({
            template: "registration-withdrawn",
            arguments: { people, day: on, reference: RegistrationRecord.numberOf(id) },
            to,
            language: "id",
            lane: "notice",
            subject: id,
            // the key must not hold the number
            dedupKey: `registration-withdrawn ${id} ${i} ${command}`
          })
        }
      })

      const withdrawOnce = Effect.fnUntraced(function* (of: Withdrawing) {
        const { actor, consent, registration } = of
        const found = yield* storage.get(RegistrationRecord.aggregate, registration)
        if (Option.isNone(found)) return yield* new RegistrationNotFound({ registration })
        const { value: record, version } = found.value
        const lines = of.lines ?? record.outcomes.map(({ line }) => line)
        const taken = record.outcomes.filter(({ line }) => lines.includes(line))
        const command = `${Actor.label(actor)} ${of.key}`
        const before = record.withdrawals?.find((it) => it.command === command)
        if (before !== undefined) {
          const isSame = before.ends.length === taken.length && before.ends.every(({ line }) => lines.includes(line))
          return isSame ? toldTo(of, version, before) : yield* new WithdrawalKeyReused({ registration })
        }
        const registered = taken.filter((it) => it._tag === "Registered")
        const participants = yield* storage.getMany(
          Participant.aggregate,
          registered.map(({ participant }) => participant)
        )
        yield* permitted(
          of,
          record,
          [...participants.values()].map(({ value }) => value.person)
        )
        const missing = lines.filter((line) => !record.outcomes.some((it) => it.line === line))
        const [first, ...others] = missing
        if (first !== undefined) return yield* new LinesNotFound({ registration, lines: [first, ...others] })
        if (version !== of.version) return yield* new RegistrationStale({ registration, version })

        const now = yield* Clock.currentTimeMillis
        const on = PlainDate.fromInstant(now, zoneOf(record.office))
        const ends = yield* Effect.forEach(taken, (outcome) =>
          outcome._tag === "Registered"
            ? end(of, outcome, { on, now })
            : Effect.succeed<RegistrationRecord.End>({ line: outcome.line, end: "nothing", reasons: [] })
        )
        const [one, ...more] = ends
        if (one === undefined) return yield* new RegistrationNotFound({ registration })
        const withdrawal: RegistrationRecord.Withdrawal = {
          command,
          by: actor,
          ...(consent === undefined ? {} : { consent }),
          on,
          ends: [one, ...more]
        }
        const written = yield* storage.update(RegistrationRecord.aggregate, found.value, {
          ...record,
          withdrawals: [...(record.withdrawals ?? []), withdrawal]
        })
        yield* audit.record(registration, {
          actor: Actor.label(actor),
          action: "withdraw-registration",
          refs: [Audit.ref(RegistrationRecord.aggregate, written)]
        })
        yield* tell(found.value, withdrawal)
        return toldTo(of, written.version, withdrawal)
      })

      const withdraw = Effect.fn("Withdrawals.withdraw")((of: Withdrawing) => {
        const unit = storage.transaction(withdrawOnce(of))
        // two that raced with one key: the later finds what the earlier wrote
        return unit.pipe(
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
      })

      return Withdrawals.of({ withdraw })
    })
  )

// --- private ---

/** Of a citizen's own registration the citizen's; of one at the counter a consent that staff have witnessed. */
const isTheirs = ({ giver, recordedBy }: Consent.Consent, owner: Actor.Actor): boolean =>
  owner.kind === "citizen"
    ? Actor.label(giver) === Actor.label(owner)
    : recordedBy.kind === "officer" || recordedBy.kind === "supervisor"

const toldTo = (
  { actor, registration }: Withdrawing,
  version: number,
  { ends, on }: RegistrationRecord.Withdrawal
): Withdrawn => ({
  registration,
  version,
  on,
  ends: Outcome.seesEnds(actor) ? ends : ends.map(({ line }) => ({ _tag: "Received", line }))
})
