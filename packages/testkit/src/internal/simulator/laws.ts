/**
 * What must be true of a register when everything has come to rest, whatever happened to it: read back
 * row by row, and compared with what clients were told and with what the world outside saw.
 */
import { Audit } from "@kis/core/audit"
import type { Account } from "@kis/core/contribution"
import { DuplicateCase, Participant } from "@kis/core/deduplication"
import { Household, LifeRecord, Machine, Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { PopulationCase, RegistrationRecord } from "@kis/core/registration"
import { Clock } from "@kis/core/sla"
import type { Aggregate, Storage, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import { all } from "../rows.ts"
import type { Answer, Span } from "./acts.ts"
import type { Outside } from "./outside.ts"

// --- models ---

export const names = [
  "one live card a person",
  "money conserved",
  "no orphan",
  "no message without its fact",
  "no fact without its message",
  "no cover ended in treatment",
  "what was acknowledged is there, once",
  "the record verifies, and holds what happened",
  "a message is delivered as often as the channel allows",
  "every command is answered"
] as const

export type Law = (typeof names)[number]

export interface Violation {
  readonly law: Law
  readonly detail: string
}

export interface Told {
  readonly answers: ReadonlyArray<Answer>
  readonly spans: ReadonlyMap<string, Span>
  readonly outside: Outside
}

// --- checking ---

export const check: (
  told: Told
) => Effect.Effect<ReadonlyArray<Violation>, StorageError.StorageError, Audit.Audit | Storage.Storage> =
  Effect.fnUntraced(function* (told: Told) {
    const audit = yield* Audit.Audit
    const rows = {
      participants: yield* all(Participant.aggregate),
      memberships: yield* all(Membership.aggregate),
      households: yield* all(Household.aggregate),
      accounts: yield* all(Household.accounts),
      events: yield* all(LifeRecord.aggregate),
      registrations: yield* all(RegistrationRecord.aggregate),
      messages: yield* all(Message.aggregate),
      cases: yield* all(DuplicateCase.aggregate),
      denials: yield* all(PopulationCase.aggregate),
      clocks: yield* all(Clock.aggregate)
    }
    const violations: Array<Violation> = []
    for (const [law, find] of Object.entries(laws)) {
      for (const detail of find(rows, told)) violations.push({ law: law as Law, detail })
    }
    const law = "the record verifies, and holds what happened"
    for (const { id } of rows.participants.values()) {
      const { entries, findings } = yield* audit.verify(id)
      for (const finding of findings) violations.push({ law, detail: `${finding._tag} in the record of ${id}` })
      const begun = entries.filter(({ action }) => action === "register").length
      if (begun !== 1) violations.push({ law, detail: `${id} was registered ${begun} times by the record` })
      const lived = entries.filter(({ action }) => action.startsWith("life/")).length
      const meant = rows.events.reduce(
        (sum, { value }) => sum + value.changes.filter(({ ref }) => ref === id).length,
        0
      )
      const paid = entries.filter(({ action }) => action === "receive-payment").length
      const kept = sum(rows.accounts.map(({ value }) => (value.participant === id ? firstPayments(value.account) : 0)))
      if (paid !== kept) violations.push({ law, detail: `${id} has ${paid} lines of payments and ${kept} payments` })
      const confirmed = entries.filter(({ action }) => action === "verify-identity").length
      const waited = rows.registrations.some(({ value }) => wasPending(value.outcomes, id))
      const isVerified = rows.participants.some((it) => it.id === id && it.value.identity === "verified")
      if (confirmed !== (waited && isVerified ? 1 : 0)) {
        violations.push({ law, detail: `${id} was confirmed ${confirmed} times` })
      }
      const back = entries.filter(({ action }) => action === "withdraw-registration").length
      const takenBack = rows.registrations.reduce((sum, { value }) => sum + withdrawnOf(value, id), 0)
      if (back !== takenBack) violations.push({ law, detail: `${id} was taken back ${back} times, not ${takenBack}` })
      if (lived !== meant) violations.push({ law, detail: `${id} has ${lived} lines of events and ${meant} events` })
    }
    return violations
  })

// --- laws ---

type Rows<A> = ReadonlyArray<Aggregate.Stored<A>>

interface Register {
  readonly participants: Rows<Participant.Participant>
  readonly memberships: Rows<Membership.Membership>
  readonly households: Rows<Household.Household>
  readonly accounts: Rows<Household.MemberAccount>
  readonly events: Rows<LifeRecord.LifeRecord>
  readonly registrations: Rows<RegistrationRecord.RegistrationRecord>
  readonly messages: Rows<Message.Message>
  readonly cases: Rows<DuplicateCase.DuplicateCase>
  readonly denials: Rows<PopulationCase.PopulationCase>
  readonly clocks: Rows<Clock.Clock>
}

type Find = (register: Register, told: Told) => ReadonlyArray<string>

const oneCard: Find = ({ memberships, participants }) => [
  ...repeated(participants.flatMap(({ value }) => value.person.nik ?? [])).map(() => "two participants hold one NIK"),
  ...repeated(memberships.flatMap(({ value }) => (Machine.isLive(value.state) ? [value.participant] : []))).map(
    (ref) => `${ref} has two live memberships`
  ),
  ...repeated(
    memberships
      .flatMap(({ value }) => (value.card === undefined ? [] : [`${value.card}`]))
      .filter(
        (card, _, cards) =>
          new Set(memberships.flatMap(({ value }) => (value.card === card ? [value.participant] : []))).size > 1 &&
          cards.length > 1
      )
  ).map(() => "two people hold one card")
]

const money: Find = ({ accounts }, { answers }) => {
  const entries = accounts.flatMap(({ value }) => value.account.entries)
  const carriedOut = sum(entries.flatMap((entry) => (entry._tag === "CarriedOut" ? [carried(entry)] : [])))
  const carriedIn = sum(entries.flatMap((entry) => (entry._tag === "CarriedIn" ? [carried(entry)] : [])))
  const paid = entries.flatMap((entry) => (entry._tag === "Paid" ? [entry] : []))
  const found = carriedOut === carriedIn ? [] : [`${carriedOut} was carried out of accounts, ${carriedIn} into them`]
  for (const { number } of repeatedPayments(paid)) found.push(`the payment ${number} was posted twice`)
  for (const answer of answers) {
    if (answer._tag !== "Paid") continue
    const posted = paid.filter(({ reference }) => reference === answer.reference)
    if (posted.length !== 1 || posted[0]?.amount !== answer.amount) {
      found.push(`the payment ${answer.reference} was acknowledged and posted ${posted.length} times`)
    }
  }
  return found
}

const orphans: Find = ({ accounts, cases, clocks, denials, events, households, memberships, participants }) => {
  const people = new Set<string>(participants.map(({ id }) => id))
  for (const { value } of events) for (const ref of comersOf(value)) people.add(ref)
  const accountIds = new Set<string>(accounts.map(({ id }) => id))
  const membershipIds = new Set<string>(memberships.map(({ id }) => id))
  const waitedFor = new Set<string>([...people, ...[...cases, ...denials].map(({ id }) => id)])
  const clocked = new Set<string>(clocks.map(({ value }) => value.subject))
  const held = new Set<string>(memberships.map(({ value }) => value.participant))
  return [
    ...memberships.flatMap(({ id, value }) => [
      ...(people.has(value.participant) ? [] : [`the membership ${id} is nobody's`]),
      ...(value.account === undefined || accountIds.has(value.account)
        ? []
        : [`the membership ${id} has lost its account`])
    ]),
    ...participants.flatMap(({ id }) => [
      ...(held.has(id) ? [] : [`${id} is registered and has no membership`]),
      ...(clocked.has(id) ? [] : [`${id} is registered and has no clock`])
    ]),
    ...households.flatMap(({ id, value }) =>
      value.members.flatMap(({ bills, ref, row }) => [
        ...(people.has(ref) ? [] : [`somebody in household ${id} is not on the register`]),
        ...(bills === undefined || accountIds.has(bills) ? [] : [`${ref} has lost the account`]),
        ...(row === undefined || membershipIds.has(row) ? [] : [`${ref} has lost the membership`])
      ])
    ),
    ...repeated(households.flatMap(({ value }) => value.members.map(({ ref }) => ref))).map(
      (ref) => `${ref} is in two households`
    ),
    ...clocks.flatMap(({ value }) =>
      waitedFor.has(value.subject) ? [] : [`a clock runs for ${value.subject}, who is not there`]
    ),
    ...accounts.flatMap(({ value }) => (people.has(value.participant) ? [] : [`an account is nobody's`]))
  ]
}

const messageHasFact: Find = ({ events, messages, participants, registrations }, { outside }) => {
  const facts = new Map<string, string>([
    ...events.map(({ id, value }) => [`life:${value.command}`, id] as const),
    ...registrations.map(({ id, value }) => [value.command, id] as const)
  ])
  const ids = new Set<string>(messages.map(({ id }) => id))
  const subjects = new Set<string>([...participants, ...registrations].map(({ id }) => id))
  return [
    ...messages.flatMap(({ value }) => {
      const fact = facts.get(factOf(value.dedupKey))
      // a reminder or a confirmation is about somebody, or about their registration
      const isLater = fact === undefined && value.subject !== undefined && subjects.has(value.subject)
      return isLater || (fact !== undefined && fact === value.subject)
        ? []
        : [`${value.dedupKey} tells what did not happen`]
    }),
    ...outside.delivered.flatMap((id) => (ids.has(id) ? [] : [`${id} was delivered and is not in the outbox`]))
  ]
}

const factHasMessage: Find = ({ events, households, messages, registrations }) => {
  const counts = new Map<string, number>()
  for (const { value } of messages) {
    const fact = factOf(value.dedupKey)
    counts.set(fact, (counts.get(fact) ?? 0) + 1)
  }
  const phones = new Map<string, boolean>(households.map(({ id, value }) => [id, value.phone !== undefined]))
  const expected = [
    ...registrations.map(({ value }) => [value.command, kindsOf(value.outcomes)] as const),
    ...events.flatMap(({ value }) => {
      const hasPhone = phones.get(value.household)
      const isTold = value.changes.some(({ kind }) => kind === "opens" || kind === "moves" || kind === "transfers")
      return hasPhone === undefined ? [] : [[`life:${value.command}`, hasPhone && isTold ? 1 : 0] as const]
    })
  ]
  const missing = expected.flatMap(([fact, meant]) => {
    const found = counts.get(fact) ?? 0
    return found === meant ? [] : [`${fact} is told in ${found} messages, not ${meant}`]
  })
  const keys = new Set<string>(messages.map(({ value }) => value.dedupKey))
  const back = registrations.flatMap(({ id, value }) =>
    (value.withdrawals ?? []).flatMap(({ command, ends }) =>
      ends.some(({ end }) => end === "withdrawn") === keys.has(`registration-withdrawn ${id} 0 ${command}`)
        ? []
        : [`what ${command} took back is told wrongly`]
    )
  )
  return [...missing, ...back]
}

const careGoesOn: Find = ({ events, memberships }, { outside, spans }) => {
  const cards = new Map<string, Set<string>>()
  for (const { value } of memberships) {
    if (value.card === undefined) continue
    cards.set(value.participant, (cards.get(value.participant) ?? new Set()).add(value.card))
  }
  return events.flatMap(({ value }) =>
    value.changes.flatMap(({ from, kind, ref, to, trigger }) => {
      const ends =
        (kind === "moves" || kind === "transfers") &&
        trigger !== "died" &&
        from !== undefined &&
        to !== undefined &&
        Machine.covers(from.state) &&
        !Machine.covers(to.state)
      const span = spans.get(value.command)
      if (!ends || span === undefined) return []
      // whoever reports that care is over vouches for it where the hospitals say nothing
      const isVouched = value.event._tag === "CareEnds" && value.event.of === ref
      if (isVouched && outside.silences.some((turn) => turn >= span.from && turn <= span.to)) return []
      return outside.stays.some(
        (stay) =>
          cards.get(ref)?.has(stay.card) === true &&
          stay.from < span.from &&
          (stay.until ?? Number.POSITIVE_INFINITY) > span.to
      )
        ? [`${ref} lost cover by ${value.command} while in treatment`]
        : []
    })
  )
}

const acknowledged: Find = ({ events, registrations }, { answers }) => {
  const records = new Map<string, string>([
    ...registrations.map(({ id, value }) => [value.command, id] as const),
    ...events.map(({ id, value }) => [value.command, id] as const)
  ])
  return [
    ...answers.flatMap((answer) => {
      if (answer._tag === "Withdrawn") {
        const { value } = registrations.find(({ id }) => id === answer.registration) ?? {}
        const found = (value?.withdrawals ?? []).filter(({ command }) => command === answer.key)
        return found.length === 1 && found[0]?.ends.length === answer.lines
          ? []
          : [`${answer.key} was acknowledged and is there ${found.length} times`]
      }
      if (answer._tag !== "Registered" && answer._tag !== "Lived") return []
      const record = answer._tag === "Registered" ? answer.registration : answer.record
      return records.get(answer.key) === record ? [] : [`${answer.key} was acknowledged and is not there`]
    }),
    ...repeated(registrations.map(({ value }) => value.household)).map((ref) => `${ref} was carried out twice`)
  ]
}

const delivery: Find = ({ messages }, { outside }) => {
  const times = new Map<string, number>()
  for (const id of outside.delivered) times.set(id, (times.get(id) ?? 0) + 1)
  return messages.flatMap(({ id, value }) => {
    const found = times.get(id) ?? 0
    if (found > 1) return [`the message ${value.dedupKey} was delivered ${found} times`]
    if (value.state === "sent" && found === 0) return [`the message ${value.dedupKey} is sent and was not delivered`]
    return Message.isFinished(value) ? [] : [`the message ${value.dedupKey} is ${value.state} for ever`]
  })
}

const laws: Partial<Record<Law, Find>> = {
  "one live card a person": oneCard,
  "money conserved": money,
  "no orphan": orphans,
  "no message without its fact": messageHasFact,
  "no fact without its message": factHasMessage,
  "no cover ended in treatment": careGoesOn,
  "what was acknowledged is there, once": acknowledged,
  "a message is delivered as often as the channel allows": delivery
}

// --- private ---

const repeated = (texts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const seen = new Set<string>()
  return [...new Set(texts.filter((text) => seen.has(text) || !seen.add(text)))]
}

/** Payments of one command, whatever their reference at each attempt. */
const repeatedPayments = (paid: ReadonlyArray<{ readonly reference: string }>) =>
  repeated(paid.map(({ reference }) => reference.split(".")[0] ?? "")).map((number) => ({ number }))

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((a, b) => a + b, 0)

const carried = (entry: Extract<Account.Entry, { readonly _tag: "CarriedIn" | "CarriedOut" }>): number =>
  sum(entry.debts.map(({ amount }) => amount)) - (entry.credit ?? 0)

const comersOf = ({ event }: LifeRecord.LifeRecord): ReadonlyArray<string> => {
  if (event._tag === "Birth") return [event.ref]
  if (event._tag === "Adoption") return [event.child.ref]
  return event._tag === "Marriage" ? [event.spouse.ref] : []
}

/** The command that a message tells of. */
const factOf = (dedupKey: string): string =>
  dedupKey.startsWith("life:") ? dedupKey : dedupKey.slice(0, Math.max(0, dedupKey.lastIndexOf(":")))

/** Payments that came by the bank for a card. */
const firstPayments = ({ entries }: Account.Account): number =>
  entries.filter((entry) => entry._tag === "Paid" && entry.reference.startsWith("first-")).length

const wasPending = (outcomes: RegistrationRecord.RegistrationRecord["outcomes"], id: string): boolean =>
  outcomes.some((it) => it._tag === "Registered" && it.participant === id && it.state === "PENDING_VERIFICATION")

const withdrawnOf = ({ outcomes, withdrawals }: RegistrationRecord.RegistrationRecord, id: string): number => {
  const line = outcomes.find((it) => it._tag === "Registered" && it.participant === id)?.line
  return (withdrawals ?? []).filter(({ ends }) => ends.some((it) => it.line === line && it.end === "withdrawn")).length
}

/** One message tells one phone of all who came to the same end. */
const kindsOf = (outcomes: RegistrationRecord.RegistrationRecord["outcomes"]): number =>
  new Set(
    outcomes.flatMap((outcome) => {
      if (outcome._tag === "Already") return []
      return outcome._tag === "Registered" ? [outcome.state] : [outcome._tag]
    })
  ).size
