/**
 * The first payment of those who pay for themselves: reminded, received, or missed (PAY-5).
 *
 * Timers are rows, so a reminder goes out once and an expiry happens once, whatever crashes and however
 * many processes work: what is told and what has happened is committed with the timer that rang.
 *
 * Money is never refused. What is too little stays on the account until the rest comes, and what is too
 * late stays there too, for a new registration or to be paid back.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Actor from "../access/Actor.ts"
import * as Audit from "../audit/Audit.ts"
import * as Account from "../contribution/Account.ts"
import * as Amount from "../contribution/Amount.ts"
import * as FirstPayment from "../contribution/FirstPayment.ts"
import * as Participant from "../deduplication/Participant.ts"
import * as Cost from "../eligibility/Cost.ts"
import type { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import * as Household from "../membership/Household.ts"
import * as Machine from "../membership/Machine.ts"
import * as Membership from "../membership/Membership.ts"
import { Outbox } from "../messaging/Outbox.ts"
import type * as Template from "../messaging/Template.ts"
import type { Reason } from "../policy/Reason.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { type Cursor, Storage, type Transaction } from "../storage/Storage.ts"
import * as StorageError from "../storage/StorageError.ts"
import * as Month from "../time/Month.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"
import * as Timer from "../registration/FirstPaymentTimer.ts"
import * as RegistrationRecord from "../registration/RegistrationRecord.ts"
import * as Reminder from "./Reminder.ts"
import { accountOf } from "./internal/accountOf.ts"

// --- models ---

/**
 * How many timers had each end in a run: a reminder told, expired, settled meanwhile (paid, moved on), or
 * put off because the membership is blocked.
 *
 * @category models
 * @since 0.1.0
 */
export interface Summary {
  readonly reminded: number
  readonly expired: number
  readonly settled: number
  readonly putOff: number
}

/**
 * A payment as its source reports it. `reference` is the source's own, and counts once.
 *
 * @category models
 * @since 0.1.0
 */
export interface Payment {
  readonly card: ParticipantNumber
  readonly reference: string
  /** Rupiah. */
  readonly amount: number
  /** The day on which the payer paid, however late it is told. */
  readonly on: PlainDate.PlainDate
  readonly actor: Actor.Actor
}

/**
 * What became of a payment, which is on the account in every case. Rupiah.
 *
 * - `Activated`: covered from a day; `Short`: kept, and so much is missing still;
 * - `Late`: kept, and the registration has expired: where it was paid in time and told too late, an
 *   officer puts it right; `Kept`: this membership waits for no first payment.
 *
 * @category models
 * @since 0.1.0
 */
export type Received =
  | { readonly _tag: "Activated"; readonly from: PlainDate.PlainDate; readonly reasons: ReadonlyArray<Reason> }
  | { readonly _tag: "Short"; readonly missing: number }
  | { readonly _tag: "Late"; readonly isPaidInTime: boolean; readonly reasons: ReadonlyArray<Reason> }
  | { readonly _tag: "Kept" }

// --- errors ---

/**
 * The payment belongs to nobody here. Nothing was written: its source keeps it.
 *
 * @category errors
 * @since 0.1.0
 */
export class PaymentUnmatched extends Schema.TaggedError<PaymentUnmatched>("@kis/core/application/PaymentUnmatched")(
  "PaymentUnmatched",
  { reference: Schema.String }
) {
  override get message() {
    return `No membership has the card number of payment ${this.reference}. Look for a wrong number at its source.`
  }
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class FirstPayments extends Context.Service<
  FirstPayments,
  {
    /** Gives a timer to every membership that waits for its first payment and has none. Says how many. */
    readonly enlist: Effect.Effect<number, StorageError.StorageError>
    /** Reminds and expires whatever is due; enlists first. To be run daily, by as many processes as there are. */
    readonly runDue: Effect.Effect<Summary, StorageError.StorageError>
    /** Takes a payment: the same reference again changes nothing. */
    readonly receive: (
      payment: Payment
    ) => Effect.Effect<Received, PaymentUnmatched | Account.AccountError | StorageError.StorageError>
  }
>()("@kis/core/application/FirstPayments") {}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export interface Options {
  /** Whose days the timers of an office keep. Default: western time. */
  readonly zoneOf?: (office: string) => Zone
}

/**
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<FirstPayments, never, Storage | Audit.Audit | Outbox> =>
  Layer.effect(
    FirstPayments,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const outbox = yield* Outbox
      const zoneOf = options.zoneOf ?? (() => "WIB" as const)

      // --- who is meant ---

      const recordOf = (participant: Stored<Participant.Participant>) =>
        storage.findBy(
          RegistrationRecord.aggregate,
          "command",
          RegistrationRecord.commandOf(participant.value.reference)
        )

      /** One message for a phone of a registration, however many of the family it is about. */
      const tell = Effect.fnUntraced(function* (
        participant: Stored<Participant.Participant>,
        fact: string,
        contentOf: (reference: string) => Template.Content
      ) {
        const record = Option.getOrUndefined(yield* recordOf(participant))
        const phones = record?.value.phones ?? []
        const to = participant.value.person.phone ?? RegistrationRecord.familyPhone(record?.value)
        if (to === undefined) return
        const subject = record?.id ?? participant.id
        const content = contentOf(RegistrationRecord.numberOf(subject))
        yield* outbox.enqueue({
          ...content,
          to,
          language: "id",
          lane: "notice",
          subject,
          // the key must not hold the number
          dedupKey: `${content.template} ${subject} ${phones.indexOf(to)} ${fact}`
        })
      })

      const note = (
        membership: Pick<Stored<unknown>, "id" | "version">,
        participant: Id,
        actor: string,
        action: string
      ) => audit.record(participant, { actor, action, refs: [Audit.ref(Membership.aggregate, membership)] })

      // --- enlisting ---

      const wind = Effect.fnUntraced(function* (timer: Timer.FirstPaymentTimer) {
        const found = yield* storage.findBy(Timer.aggregate, "membership", timer.membership)
        if (Option.isNone(found)) yield* storage.insert(Timer.aggregate, timer)
        else if (found.value.value.since !== timer.since) yield* storage.update(Timer.aggregate, found.value, timer)
      })

      const enlistPage = Effect.fnUntraced(function* (after: Cursor | undefined) {
        const range = { from: WAITING, to: WAITING } as const
        const page = yield* storage.snapshot(
          storage.scan(Membership.aggregate, "byState", range, {
            limit: PAGE,
            ...(after === undefined ? {} : { after })
          })
        )
        const ids = page.rows.map(({ id }) => id)
        const known = yield* storage.findMany(Timer.aggregate, "membership", ids)
        const fresh = page.rows.filter(({ id, value }) => known.get(id)?.value.since !== value.since)
        const people = yield* storage.getMany(
          Participant.aggregate,
          fresh.map(({ value }) => value.participant)
        )
        const timers = fresh.flatMap(({ id, value }) => {
          const person = people.get(value.participant)?.value
          const timer = Reminder.of(
            {
              membership: id,
              participant: value.participant,
              segment: value.segment,
              since: value.since,
              newborn: person !== undefined && isNewborn(person)
            },
            zoneOf(value.office)
          )
          return timer === undefined ? [] : [timer]
        })
        const results = yield* storage.each(timers.map(wind))
        let count = 0
        for (const result of results) {
          if (Result.isSuccess(result)) count++
          // another process has enlisted the same
          else if (result.failure._tag !== "UniqueViolation") return yield* result.failure
        }
        return { count, next: page.next }
      })

      const enlist = Effect.gen(function* () {
        let after: Cursor | undefined
        let count = 0
        while (true) {
          const page = yield* enlistPage(after)
          count += page.count
          if (page.next === undefined) return count
          after = page.next
        }
      }).pipe(Effect.withSpan("FirstPayments.enlist"))

      // --- timers ---

      const expire = Effect.fnUntraced(function* (
        stored: Stored<Membership.Membership>,
        participant: Stored<Participant.Participant>,
        timer: Timer.FirstPaymentTimer,
        on: PlainDate.PlainDate
      ) {
        const { segment } = stored.value
        const asOf = { appliesOn: on, knownOn: on }
        const judged = FirstPayment.judge({ segment, registeredOn: timer.since }, asOf)
        const movement = Machine.move(Membership.moveOf(stored.value, "first-payment-missed"), asOf)
        // nobody is ended on a rule that is not known to hold
        if (judged._tag !== "Missed" || movement._tag !== "Moved") return false
        const value = Membership.applied(stored.value, "first-payment-missed", movement, { on })
        const moved = yield* storage.update(Membership.aggregate, stored, value)
        yield* note(moved, participant.id, ACTOR, "expire-first-payment")
        yield* tell(participant, timer.since, (reference) => ({
          template: "first-payment-missed",
          arguments: { last: judged.to, reference }
        }))
        return true
      })

      const remind = (
        participant: Stored<Participant.Participant>,
        { since, to }: Timer.FirstPaymentTimer,
        stage: Timer.Stage
      ) =>
        tell(participant, since, (reference) =>
          to === undefined
            ? { template: "first-payment-newborn", arguments: { reference } }
            : stage === "open"
              ? { template: "first-payment-open", arguments: { last: to, reference } }
              : { template: "first-payment-last-call", arguments: { last: to, reference } }
        )

      const ring = Effect.fnUntraced(function* (row: Stored<Timer.FirstPaymentTimer>, now: number) {
        const found = yield* storage.get(Timer.aggregate, row.id)
        if (Option.isNone(found)) return undefined
        const { value: timer } = found.value
        if (timer.stage === "done" || timer.dueAt > now) return undefined
        const change = (value: Timer.FirstPaymentTimer) => storage.update(Timer.aggregate, found.value, value)
        const membership = yield* storage.get(Membership.aggregate, timer.membership)
        const participant = yield* storage.get(Participant.aggregate, timer.participant)
        const state = Option.getOrUndefined(membership)?.value.state
        if (state === "BLOCKED_DATA" || state === "BLOCKED_DUPLICATE") {
          yield* change({ ...timer, dueAt: now + DAY })
          return "putOff" as const
        }
        if (
          Option.isNone(membership) ||
          Option.isNone(participant) ||
          state !== WAITING ||
          membership.value.value.since !== timer.since
        ) {
          yield* change({ ...timer, stage: "done" })
          return "settled" as const
        }
        const zone = zoneOf(membership.value.value.office)
        const on = PlainDate.fromInstant(now, zone)
        const stage = Reminder.stageOn(timer, on)
        if (stage !== "expire") {
          yield* remind(participant.value, timer, stage)
          yield* change(Reminder.rung(timer, stage, zone))
          return "reminded" as const
        }
        const isExpired = yield* expire(membership.value, participant.value, timer, on)
        yield* change(isExpired ? Reminder.rung(timer, "expire", zone) : { ...timer, dueAt: now + DAY })
        return isExpired ? ("expired" as const) : ("putOff" as const)
      })

      const runDue = Effect.gen(function* () {
        yield* enlist
        const now = yield* Clock.currentTimeMillis
        const summary = { reminded: 0, expired: 0, settled: 0, putOff: 0 }
        while (true) {
          const { rows } = yield* storage.snapshot(storage.scan(Timer.aggregate, "due", { to: now }, { limit: PAGE }))
          if (rows.length === 0) return summary
          const results = yield* storage.each(rows.map((row) => ring(row, now)))
          for (const result of results) {
            if (Result.isSuccess(result)) {
              if (result.success !== undefined) summary[result.success]++
              // two of a family told their phone at the same moment: the later finds the message next time
            } else if (result.failure._tag !== "UniqueViolation") return yield* result.failure
          }
        }
      }).pipe(Effect.withSpan("FirstPayments.runDue"))

      // --- money ---

      /** Writes the account, and makes it known where it is new. */
      const keep = Effect.fnUntraced(function* (
        {
          household,
          stored
        }: {
          readonly household?: Stored<Household.Household> | undefined
          readonly stored?: Stored<Household.MemberAccount> | undefined
        },
        participant: Id,
        account: Account.Account
      ) {
        if (stored !== undefined) {
          yield* storage.update(Household.accounts, stored, { participant, account })
          return stored.id
        }
        const id = yield* storage.insert(Household.accounts, { participant, account })
        if (household !== undefined) {
          const members = household.value.members.map((it) => (it.ref === participant ? { ...it, bills: id } : it))
          yield* storage.update(Household.aggregate, household, { ...household.value, members })
        }
        return id
      })

      /** What the first month costs, by the decision that the registration rests on. */
      const owedBy = Effect.fnUntraced(function* (participant: Stored<Participant.Participant>) {
        const record = Option.getOrUndefined(yield* recordOf(participant))
        const outcome = record?.value.outcomes.find(
          (it) => it._tag === "Registered" && it.participant === participant.id
        )
        const amount = outcome?._tag === "Registered" ? Cost.monthly(outcome.decision, { active: true }) : undefined
        return amount?._tag === "Due" ? Amount.owedBy(amount, "member") : undefined
      })

      /** Covered from the day on which the rest was paid, where it came in time. */
      const judgeMoney = (of: {
        readonly membership: Stored<Membership.Membership>
        readonly since: PlainDate.PlainDate
        readonly newborn: boolean
        readonly paidOn: PlainDate.PlainDate
        readonly today: PlainDate.PlainDate
      }) => {
        const { membership, newborn, paidOn, since, today } = of
        const on = PlainDate.isAfter(paidOn, today) ? paidOn : today
        const { segment } = membership.value
        return FirstPayment.judge({ segment, newborn, registeredOn: since, paidOn }, { appliesOn: on, knownOn: on })
      }

      /** Whether it was posted to an account that the person had before: a transfer has carried the money on since. */
      const paidElsewhere = Effect.fnUntraced(function* (
        account: Id | undefined,
        participant: Id,
        { amount, reference }: { readonly amount: number; readonly reference: string }
      ) {
        const key = Household.paymentKey(participant, reference)
        const found = yield* storage.findBy(Household.accounts, "payment", key)
        if (Option.isNone(found) || found.value.id === account) return false
        const { entries } = found.value.value.account
        const isSame = entries.some((it) => it._tag === "Paid" && it.reference === reference && it.amount === amount)
        return isSame || (yield* new Account.AccountError({ problem: "ReferenceReused", entry: "Paid" }))
      })

      const receiveOnce = Effect.fnUntraced(function* (
        payment: Payment
      ): Effect.fn.Return<Received, PaymentUnmatched | Account.AccountError | StorageError.StorageError, Transaction> {
        const { actor, amount, card, on, reference } = payment
        const membership = Option.getOrUndefined(yield* storage.findBy(Membership.aggregate, "card", card))
        const participant = Option.getOrUndefined(
          membership === undefined
            ? Option.none()
            : yield* storage.get(Participant.aggregate, membership.value.participant)
        )
        if (membership === undefined || participant === undefined) return yield* new PaymentUnmatched({ reference })
        const held = yield* accountOf(storage, membership)
        const entry = { _tag: "Paid", on, amount, reference } as const
        const isThere = yield* paidElsewhere(held.stored?.id, participant.id, entry)
        const paid = isThere ? held.account : yield* Effect.fromResult(Account.post(held.account, entry))
        const owed = (yield* owedBy(participant)) ?? 0
        const { state } = membership.value
        const zone = zoneOf(membership.value.office)
        const today = PlainDate.fromInstant(yield* Clock.currentTimeMillis, zone)
        const completedOn = lastPaidOn(paid, on)
        const { credit } = Account.statement(paid, { appliesOn: completedOn, knownOn: completedOn })
        const waited = yield* storage.findBy(Timer.aggregate, "membership", membership.id)
        const since = state === WAITING || Option.isNone(waited) ? membership.value.since : waited.value.value.since
        const judged = judgeMoney({
          membership,
          since,
          newborn: isNewborn(participant.value),
          paidOn: completedOn,
          today
        })
        const isEnough = owed > 0 && credit >= owed
        const write = Effect.fnUntraced(function* (account: Account.Account, value: Membership.Membership) {
          if (account === held.account) return
          const id = yield* keep(held, participant.id, account)
          const written = yield* storage.update(Membership.aggregate, membership, { ...value, account: id })
          yield* note(written, participant.id, Actor.label(actor), "receive-payment")
        })
        if (state === WAITING && isEnough && judged._tag === "Active") {
          const from = judged.from
          const days = { appliesOn: from, knownOn: from }
          const movement = Machine.move(Membership.moveOf(membership.value, "first-payment"), days)
          if (movement._tag === "Moved") {
            const month = Month.of(from)
            const bill = { _tag: "Billed", month, on: from, amount: owed } as const
            const account = yield* Effect.fromResult(Account.post(paid, bill))
            yield* write(account, Membership.applied(membership.value, "first-payment", movement, { on: from }))
            yield* tell(participant, from, (number) => ({
              template: "first-payment-received",
              arguments: { day: from, reference: number }
            }))
            return { _tag: "Activated", from, reasons: [...judged.reasons, ...movement.reasons] }
          }
        }
        yield* write(paid, membership.value)
        if (state === "EXPIRED" || (state === WAITING && judged._tag === "Missed")) {
          return { _tag: "Late", isPaidInTime: isEnough && judged._tag === "Active", reasons: judged.reasons }
        }
        return state === WAITING && owed > credit ? { _tag: "Short", missing: owed - credit } : { _tag: "Kept" }
      })

      const receive = Effect.fn("FirstPayments.receive")(function* (payment: Payment) {
        return yield* storage
          .transaction(receiveOnce(payment))
          .pipe(Effect.retry(again), Effect.catchTag("UniqueViolation", contended))
      })

      return FirstPayments.of({ enlist, runDue, receive })
    })
  )

// --- private ---

const WAITING = "AWAITING_FIRST_PAYMENT"
const ACTOR = "system:first-payment"
const DAY = 24 * 60 * 60 * 1000
const PAGE = 250
const ATTEMPTS = 6

/** Two of a family that tell their phone at the same moment: the later finds the message when it is run again. */
const again = { times: ATTEMPTS, while: (error: { readonly _tag: string }) => error._tag === "UniqueViolation" }

const contended = () => StorageError.of(new StorageError.Contention({ attempts: ATTEMPTS }))

/** Only a newborn of a participant is registered without a NIK. */
const isNewborn = ({ person }: Participant.Participant) => person.nik === undefined && person.citizenship === "WNI"

/** The day on which what is there was whole: money may be told of in any order. */
const lastPaidOn = ({ entries }: Account.Account, on: PlainDate.PlainDate): PlainDate.PlainDate =>
  entries.reduce((last, entry) => (entry._tag === "Paid" && PlainDate.isAfter(entry.on, last) ? entry.on : last), on)
