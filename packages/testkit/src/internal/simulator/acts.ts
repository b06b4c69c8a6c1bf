/** A command of the script, carried out on a machine as a client of the register would. */
import { FirstPayments, Withdrawals } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { Account } from "@kis/core/contribution"
import { Participant } from "@kis/core/deduplication"
import type { ParticipantNumber } from "@kis/core/identity"
import { Household, Life, Membership } from "@kis/core/membership"
import { Dispatch } from "@kis/core/messaging"
import { Registration, RegistrationRecord } from "@kis/core/registration"
import { type Id, Storage, StorageError } from "@kis/core/storage"
import { Month, PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Bug } from "./bugs.ts"
import type { Services } from "./machine.ts"
import type { Outside } from "./outside.ts"
import type { Command, Deed } from "./script.ts"
import * as Town from "./town.ts"

// --- models ---

/** What a client was told. */
export type Answer =
  | { readonly _tag: "Registered"; readonly key: string; readonly registration: Id.Id }
  | { readonly _tag: "Lived"; readonly key: string; readonly record: Id.Id }
  | { readonly _tag: "Paid"; readonly reference: string; readonly amount: number }
  | { readonly _tag: "Withdrawn"; readonly key: string; readonly registration: Id.Id; readonly lines: number }
  | { readonly _tag: "Refused"; readonly why: string }
  | { readonly _tag: "Done" }

/** From when to when an event was being committed, in turns. */
export interface Span {
  from: number
  to: number
}

export interface Setting {
  readonly bug: Bug
  readonly outside: Outside
  readonly turn: () => number
  /** By the key of the event. */
  readonly spans: Map<string, Span>
  /** By the number of the command: a bank that tells of a payment again names the same card. */
  readonly cards: Map<number, ParticipantNumber.ParticipantNumber>
  /** By the number of the command: so does whoever pays for a person. */
  readonly payers: Map<number, Id.Id>
}

// --- acting ---

export const act = (
  setting: Setting,
  command: Command,
  attempt: number
): Effect.Effect<Answer, StorageError.StorageError, Services> => {
  switch (command._tag) {
    case "Register":
      return register(setting, command, attempt)
    case "Enrol":
      return enrol(command)
    case "Bill":
      return bill(setting, command)
    case "Pay":
      return pay(setting, command, attempt)
    case "Live":
      return live(setting, command, attempt)
    case "Admit":
    case "Discharge":
      return stay(setting, command)
    case "Look":
      return look(command)
    case "FirstPay":
      return firstPay(setting, command, attempt)
    case "Withdraw":
      return withdraw(command)
    case "Remind":
      return Effect.as(
        Effect.flatMap(FirstPayments.FirstPayments, (_) => _.runDue),
        done
      )
    case "Verify":
      return Effect.as(
        Effect.flatMap(Verification.Verification, (_) => _.verifyDue),
        done
      )
    case "Dispatch":
      return Effect.as(dispatch, done)
    case "Wait":
    case "Crash":
      return Effect.succeed(done)
  }
}

/** Sends what is due. */
export const dispatch: Effect.Effect<unknown, StorageError.StorageError, Services> = Effect.flatMap(
  Dispatch.Dispatch,
  (_) => _.dispatchDue
)

// --- private ---

type Of<Tag extends Deed["_tag"]> = Extract<Command, { readonly _tag: Tag }>

const done: Answer = { _tag: "Done" }
const actor = { kind: "officer", id: "417" } as const

/** What a client cannot ask for as things are. */
class NotNow extends Data.TaggedError("NotNow")<{ readonly why: string }> {}

const refusing = (why: string) => new NotNow({ why })

/** An answer of the register is an answer, whatever it says; only a store that is not there is none. */
const answering = <E extends { readonly _tag: string }, R>(
  effect: Effect.Effect<Answer, E, R>
): Effect.Effect<Answer, StorageError.StorageError, R> =>
  Effect.catch(effect, (error): Effect.Effect<Answer, StorageError.StorageError> => {
    if (isStorageError(error)) return Effect.fail(error)
    return Effect.succeed({ _tag: "Refused", why: "why" in error ? String(error.why) : error._tag })
  })

const isStorageError = Schema.is(StorageError.StorageError)

const today = Effect.map(Clock.currentTimeMillis, (now) => PlainDate.make(new Date(now).toISOString().slice(0, 10)))

const register = (
  setting: Setting,
  { house, key, stranger }: Of<"Register">,
  attempt: number
): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const registration = yield* Registration.Registration
    const sent = setting.bug.key(key, attempt, "register")
    const receipt = yield* registration.register({
      key: sent,
      actor,
      office: Town.OFFICE,
      channel: "counter",
      on: yield* today,
      application: Town.applicationOf(house, stranger, key)
    })
    return { _tag: "Registered", key: sent, registration: receipt.registration } as const
  }).pipe(answering)

/** The household that the head of a family is in. */
const householdOf = Effect.fnUntraced(function* (house: number) {
  const storage = yield* Storage.Storage
  const life = yield* Life.Life
  const head = Town.houseOf(house).people[0]
  if (head === undefined) return yield* refusing("nobody lives there")
  const participant = yield* storage.findBy(Participant.aggregate, "nik", head.person.nik)
  if (Option.isNone(participant)) return yield* refusing("not registered")
  const household = yield* life.householdOf(participant.value.id)
  return Option.isNone(household) ? yield* refusing("not enrolled") : household.value
})

/** The card of somebody in a household. */
const cardOf = Effect.fnUntraced(function* (house: number, person: number) {
  const storage = yield* Storage.Storage
  const life = yield* Life.Life
  const family = yield* life.family(yield* householdOf(house))
  const ref = family.members[person % family.members.length]?.ref
  const membership = ref === undefined ? Option.none() : yield* storage.findBy(Membership.aggregate, "liveOf", ref)
  return Option.getOrUndefined(membership)?.value.card ?? (yield* refusing("no card"))
})

const enrol = ({ house, number }: Of<"Enrol">): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const life = yield* Life.Life
    const { people, phone } = Town.houseOf(house)
    const found = yield* storage.findMany(
      Participant.aggregate,
      "nik",
      people.map(({ person }) => person.nik)
    )
    const elsewhere = yield* storage.findMany(
      Household.aggregate,
      "memberOf",
      [...found.values()].map(({ id }) => id)
    )
    const members = people.flatMap(({ own, person }) => {
      const participant = found.get(person.nik)
      if (participant === undefined || elsewhere.has(participant.id)) return []
      const { identity } = participant.value
      return [{ ref: participant.id, relation: person.relation, facts: own, verified: identity === "verified" }]
    })
    const enrolled =
      members.length === 0
        ? yield* householdOf(house)
        : yield* life.enrol({ office: Town.OFFICE, phone, wardClass: 3, members }, { key: `enrol-${number}`, actor })
    yield* storage.transaction(openAccounts(enrolled))
    return done
  }).pipe(answering)

/** An account for everybody in a household who has none. */
const openAccounts = Effect.fnUntraced(function* (household: Id.Id) {
  const storage = yield* Storage.Storage
  const found = yield* storage.get(Household.aggregate, household)
  if (Option.isNone(found)) return
  const members = yield* Effect.forEach(found.value.value.members, (member) =>
    member.bills === undefined
      ? Effect.map(
          storage.insert(Household.accounts, { participant: member.ref, account: Account.open(`own-${member.ref}`) }),
          (bills) => ({ ...member, bills })
        )
      : Effect.succeed(member)
  )
  yield* storage.update(Household.aggregate, found.value, { ...found.value.value, members })
})

/**
 * Posts to the account of a person: `payer`, or the first in the household who has one. Gives who that is. What that
 * person has paid is not paid again to another account of theirs.
 */
const post = Effect.fnUntraced(function* (household: Id.Id, entry: Account.Entry, payer?: Id.Id) {
  const storage = yield* Storage.Storage
  const found = yield* storage.get(Household.aggregate, household)
  if (payer !== undefined && entry._tag === "Paid") {
    const key = Household.paymentKey(payer, entry.reference)
    if (Option.isSome(yield* storage.findBy(Household.accounts, "payment", key))) return payer
  }
  const member = Option.getOrUndefined(found)?.value.members.find(
    ({ bills, ref }) => bills !== undefined && (payer === undefined || ref === payer)
  )
  const account = member?.bills === undefined ? Option.none() : yield* storage.get(Household.accounts, member.bills)
  if (member === undefined || Option.isNone(account)) return yield* refusing("no account")
  const posted = Account.post(account.value.value.account, entry)
  if (Result.isFailure(posted)) return yield* refusing(posted.failure.problem)
  if (posted.success !== account.value.value.account) {
    yield* storage.update(Household.accounts, account.value, { ...account.value.value, account: posted.success })
  }
  return member.ref
})

const posting = (
  { payers }: Setting,
  { house, number }: Of<"Bill" | "Pay">,
  entry: Account.Entry,
  answer: Answer
): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const household = yield* householdOf(house)
    // noted before the commit, whose answer may be lost: also the unit itself may run again after it was carried out
    const unit = Effect.suspend(() => post(household, entry, payers.get(number)))
    yield* storage.transaction(Effect.tap(unit, (payer) => Effect.sync(() => payers.set(number, payer))))
    return answer
  }).pipe(answering)

const bill = (setting: Setting, command: Of<"Bill">): ReturnType<typeof act> => {
  const of = Month.make(`2026-0${command.month + 1}`)
  const entry = { _tag: "Billed", month: of, on: PlainDate.make(`${of}-01`), amount: 35_000 } as const
  return posting(setting, command, entry, done)
}

const pay = (setting: Setting, command: Of<"Pay">, attempt: number): ReturnType<typeof act> => {
  const { amount, number } = command
  const reference = setting.bug.key(`pay-${number}`, attempt, "pay")
  return Effect.flatMap(today, (on) =>
    posting(setting, command, { _tag: "Paid", on, amount, reference }, { _tag: "Paid", reference, amount })
  )
}

const live = (setting: Setting, { draw, event, house, number }: Of<"Live">, attempt: number): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const life = yield* Life.Life
    const key = setting.bug.key(`live-${number}`, attempt, "live")
    const before = yield* life.receipt(key)
    if (Option.isSome(before)) return { _tag: "Lived", key, record: before.value.record } as const
    const household = yield* householdOf(house)
    const family = yield* life.family(household)
    const member = family.members[draw.one % family.members.length]
    const other = family.members[draw.other % family.members.length]
    if (member === undefined || other === undefined) return yield* refusing("nobody is left")
    const on = yield* today
    const made = Town.events[event]({ draw, family, member, other, today: on, fresh: Town.personId(1_000 + number) })
    const preview = yield* life.preview({ actor, household, event: made, on })
    const span = setting.spans.get(key) ?? { from: setting.turn(), to: Number.POSITIVE_INFINITY }
    setting.spans.set(key, span)
    span.to = Number.POSITIVE_INFINITY
    const { record } = yield* Effect.ensuring(
      life.commit(preview, { key, actor }),
      Effect.sync(() => {
        span.to = setting.turn()
      })
    )
    return { _tag: "Lived", key, record } as const
  }).pipe(answering)

/** The bank tells that somebody paid on their card. */
const firstPay = (
  setting: Setting,
  { house, number, person }: Of<"FirstPay">,
  attempt: number
): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const payments = yield* FirstPayments.FirstPayments
    const card = setting.cards.get(number) ?? (yield* cardOf(house, person))
    setting.cards.set(number, card)
    const reference = setting.bug.key(`first-${number}`, attempt, "pay")
    const amount = 35_000
    yield* payments.receive({ card, reference, amount, on: yield* today, actor })
    return { _tag: "Paid", reference, amount } as const
  }).pipe(answering)

/** The family wants one of the lines back that brought its head, or all of them. */
const withdraw = ({ house, line, number }: Of<"Withdraw">): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const withdrawals = yield* Withdrawals.Withdrawals
    const head = Town.houseOf(house).people[0]
    const participant =
      head === undefined ? Option.none() : yield* storage.findBy(Participant.aggregate, "nik", head.person.nik)
    if (Option.isNone(participant)) return yield* refusing("not registered")
    const brought = RegistrationRecord.commandOf(participant.value.value.reference)
    const record = yield* storage.findBy(RegistrationRecord.aggregate, "command", brought)
    if (Option.isNone(record)) return yield* refusing("not by a registration")
    const { id: registration, version } = record.value
    const key = `withdraw-${number}`
    const { ends } = yield* withdrawals.withdraw({
      key,
      actor,
      registration,
      version,
      ...(line === 0 ? {} : { lines: [line] })
    })
    return { _tag: "Withdrawn", key: `officer:${actor.id} ${key}`, registration, lines: ends.length } as const
  }).pipe(answering)

/** An officer looks at the head of a family, which is recorded. */
const look = ({ house }: Of<"Look">): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const audit = yield* Audit.Audit
    const head = Town.houseOf(house).people[0]
    const found =
      head === undefined ? Option.none() : yield* storage.findBy(Participant.aggregate, "nik", head.person.nik)
    if (Option.isNone(found)) return yield* refusing("not registered")
    yield* storage.transaction(audit.record(found.value.id, { actor: "officer:417", action: "read" }))
    return done
  }).pipe(answering)

/** Somebody is admitted to a hospital, or goes home: the hospital knows the card. */
const stay = (setting: Setting, { _tag, house, person }: Of<"Admit" | "Discharge">): ReturnType<typeof act> =>
  Effect.gen(function* () {
    const card = yield* cardOf(house, person)
    if (_tag === "Admit") setting.outside.admit(card)
    else setting.outside.discharge(card)
    return done
  }).pipe(answering)
