/**
 * The units of work that an answer of the civil register leads to: one for the people of one
 * registration, so that a family phone is told once.
 *
 * They may run more than once, and read again what the answers were about: who is not pending any
 * more is left alone.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Audit from "../../audit/Audit.ts"
import * as Amount from "../../contribution/Amount.ts"
import * as Participant from "../../deduplication/Participant.ts"
import * as Cost from "../../eligibility/Cost.ts"
import type { ParticipantNumber } from "../../identity/ParticipantNumber.ts"
import type { PhoneNumber } from "../../identity/PhoneNumber.ts"
import * as Household from "../../membership/Household.ts"
import * as Machine from "../../membership/Machine.ts"
import * as Membership from "../../membership/Membership.ts"
import type { Outbox } from "../../messaging/Outbox.ts"
import type * as Template from "../../messaging/Template.ts"
import type { Answer, Query } from "../../registry/PopulationRegistry.ts"
import type { Clocks } from "../../sla/Clocks.ts"
import type * as Aggregate from "../../storage/Aggregate.ts"
import type { Id } from "../../storage/Id.ts"
import type { Storage } from "../../storage/Storage.ts"
import * as PlainDate from "../../time/PlainDate.ts"
import { recordOf } from "./notices.ts"
import * as PendingIdentity from "../../registration/PendingIdentity.ts"
import * as PopulationCase from "../../registration/PopulationCase.ts"
import * as RegistrationRecord from "../../registration/RegistrationRecord.ts"

export interface Asked {
  readonly row: Aggregate.Stored<PendingIdentity.Waiting>
  readonly query: Query
  /** Of the line that registered the person. */
  readonly reference: string
}

interface Services {
  readonly storage: Storage["Service"]
  readonly audit: Audit.Audit["Service"]
  readonly outbox: Outbox["Service"]
  readonly clocks: Clocks["Service"]
  /** Milliseconds until somebody who was denied is asked about again. */
  readonly askAgain: number
}

type End = "confirmed" | "denied" | "left"

interface News {
  readonly kind: "active" | "unpaid" | "denied"
  readonly phone: PhoneNumber | undefined
  readonly amount: number
  readonly participant: Id
  /** Names what is told for ever: a wait that is over, or a case. */
  readonly fact: Id
}

export const makeSettle = ({ askAgain, audit, clocks, outbox, storage }: Services) => {
  type Record = Aggregate.Stored<RegistrationRecord.RegistrationRecord> | undefined

  const closeClock = Effect.fnUntraced(function* (subject: Id, kind: "registration" | "change", now: number) {
    const running = yield* clocks.running(subject, kind)
    if (Option.isSome(running)) yield* clocks.close(running.value.id, now)
  })

  /** What the register denied before is no question any more. */
  const settleCases = Effect.fnUntraced(function* (participant: Id, now: number) {
    for (const kind of PopulationCase.Kind.literals) {
      const found = yield* storage.findBy(PopulationCase.aggregate, "openOf", PopulationCase.openKey(participant, kind))
      if (Option.isNone(found)) continue
      const settled = yield* storage.update(PopulationCase.aggregate, found.value, {
        ...found.value.value,
        state: "settled"
      })
      yield* closeClock(settled.id, "change", now)
      yield* audit.record(settled.id, {
        actor: ACTOR,
        action: "settle-population-case",
        refs: [Audit.ref(PopulationCase.aggregate, settled)]
      })
    }
  })

  const markInHousehold = Effect.fnUntraced(function* (participant: Id) {
    const found = yield* storage.findBy(Household.aggregate, "memberOf", participant)
    if (Option.isNone(found)) return
    const members = found.value.value.members.map((it) => (it.ref === participant ? { ...it, verified: true } : it))
    yield* storage.update(Household.aggregate, found.value, { ...found.value.value, members })
  })

  const confirm = Effect.fnUntraced(function* (one: Settled, card: ParticipantNumber, record: Record, now: number) {
    const { membership, on, participant, row } = one
    const decision = record?.value.outcomes.find((it) => it._tag === "Registered" && it.participant === participant.id)
    const decided = decision?._tag === "Registered" ? decision.decision : undefined
    const selfPaid = decided === undefined ? undefined : Cost.paysThemselves(decided)
    const given = selfPaid === undefined ? {} : { selfPaid }
    const movement = Machine.move(Membership.moveOf(membership.value, "verified", given), {
      appliesOn: on,
      knownOn: on
    })
    // a person of whom nobody knows who pays stays pending: an officer says it
    if (movement._tag !== "Moved") return undefined
    const verified = yield* storage.update(Participant.aggregate, participant, {
      ...participant.value,
      identity: "verified"
    })
    const moved = yield* storage.update(Membership.aggregate, membership, {
      ...Membership.applied(membership.value, "verified", movement, { on }),
      card
    })
    yield* storage.remove(PendingIdentity.aggregate, row)
    yield* markInHousehold(participant.id)
    yield* settleCases(participant.id, now)
    yield* closeClock(participant.id, "registration", now)
    yield* audit.record(participant.id, {
      actor: ACTOR,
      action: "verify-identity",
      refs: [Audit.ref(Participant.aggregate, verified), Audit.ref(Membership.aggregate, moved)]
    })
    const amount = decided === undefined ? undefined : Cost.monthly(decided, { active: true })
    const news: News = {
      kind: movement.to === "ACTIVE" ? "active" : "unpaid",
      phone: participant.value.person.phone,
      amount: amount?._tag === "Due" ? Amount.owedBy(amount, "member") : 0,
      participant: participant.id,
      fact: row.id
    }
    return news
  })

  const deny = Effect.fnUntraced(function* (one: Settled, answer: Denial, now: number) {
    const { membership, on, participant, row } = one
    yield* storage.update(PendingIdentity.aggregate, row, { ...row.value, dueAt: now + askAgain })
    const kind = kindOf[answer._tag]
    const held = yield* storage.findBy(PopulationCase.aggregate, "openOf", PopulationCase.openKey(participant.id, kind))
    if (Option.isSome(held)) return undefined
    const office = membership.value.office
    const id = yield* storage.insert(PopulationCase.aggregate, {
      participant: participant.id,
      kind,
      ...(answer._tag === "Differs" ? { fields: answer.fields } : {}),
      office,
      openedOn: on,
      state: "open"
    })
    yield* clocks.open({ subject: id, kind: "change", office, at: now })
    yield* audit.record(id, {
      actor: ACTOR,
      action: "open-population-case",
      reason: kind,
      refs: [Audit.ref(PopulationCase.aggregate, { id, version: 1 })]
    })
    const news: News = {
      kind: "denied",
      phone: participant.value.person.phone,
      amount: 0,
      participant: participant.id,
      fact: id
    }
    return news
  })

  const settleOne = Effect.fnUntraced(function* (it: Answered, record: Record, now: number) {
    const { answer, asked, card } = it
    const on = PlainDate.fromInstant(now, "WIB")
    const row = yield* storage.get(PendingIdentity.aggregate, asked.row.id)
    if (Option.isNone(row)) return { end: "left" as End, news: undefined }
    const participant = yield* storage.get(Participant.aggregate, row.value.value.participant)
    const membership = yield* storage.findBy(Membership.aggregate, "liveOf", row.value.value.participant)
    const isPending = Option.isSome(membership) && membership.value.value.state === "PENDING_VERIFICATION"
    if (Option.isNone(participant) || Option.isNone(membership) || !isPending) {
      yield* storage.remove(PendingIdentity.aggregate, row.value)
      return { end: "left" as End, news: undefined }
    }
    const one: Settled = { on, row: row.value, participant: participant.value, membership: membership.value }
    // an answer about data that were corrected meanwhile is no answer about this person
    const isSame = sameQuery(asked.query, participant.value.value)
    if (!isSame || (answer._tag === "Matched" && card === undefined)) {
      return { end: "left" as End, news: undefined }
    }
    if (answer._tag !== "Matched") {
      return { end: "denied" as End, news: yield* deny(one, answer, now) }
    }
    const news = card === undefined ? undefined : yield* confirm(one, card, record, now)
    if (news === undefined) {
      yield* storage.update(PendingIdentity.aggregate, one.row, { ...one.row.value, dueAt: now + askAgain })
    }
    return { end: (news === undefined ? "left" : "confirmed") as End, news }
  })

  /** One message for each phone and kind of news. */
  const tell = Effect.fnUntraced(function* (news: ReadonlyArray<News>, record: Record, on: PlainDate.PlainDate) {
    const fallback = RegistrationRecord.familyPhone(record?.value)
    const grouped = new Map<string, { readonly to: PhoneNumber; readonly news: Array<News> }>()
    for (const item of news) {
      const to = item.phone ?? fallback
      if (to === undefined) continue
      const key = `${item.kind} ${to}`
      const group = grouped.get(key)
      if (group === undefined) grouped.set(key, { to, news: [item] })
      else group.news.push(item)
    }
    for (const { news: told, to } of grouped.values()) {
      const [first] = told
      if (first === undefined) continue
      const reference = RegistrationRecord.numberOf(record?.id ?? first.participant)
      yield* outbox.enqueueNew({
        ...contentOf(told, on, reference),
        to,
        language: "id",
        lane: "notice",
        subject: record?.id ?? first.participant,
        dedupKey: `identity ${first.fact}`
      })
    }
  })

  const unitOf = Effect.fnUntraced(function* (people: ReadonlyArray<Answered>, now: number) {
    const command = RegistrationRecord.commandOf(people[0]?.asked.reference ?? "")
    const record = yield* recordOf(storage, command)
    const counts = { confirmed: 0, denied: 0, left: 0 }
    const news: Array<News> = []
    for (const it of people) {
      const settled = yield* settleOne(it, record, now)
      counts[settled.end]++
      if (settled.news !== undefined) news.push(settled.news)
    }
    yield* tell(news, record, PlainDate.fromInstant(now, "WIB"))
    return counts
  })

  return {
    /** A unit of work for the people of each registration. */
    unitsOf: (
      asked: ReadonlyArray<Asked>,
      answers: ReadonlyArray<Answer>,
      cards: ReadonlyMap<Id, ParticipantNumber>,
      now: number
    ) => {
      const groups = new Map<string, Array<Answered>>()
      asked.forEach((it, i) => {
        const answer = answers[i]
        if (answer === undefined) return
        const command = RegistrationRecord.commandOf(it.reference)
        const answered = { asked: it, answer, card: cards.get(it.row.value.participant) }
        const group = groups.get(command)
        if (group === undefined) groups.set(command, [answered])
        else group.push(answered)
      })
      return [...groups.values()].map((people) => ({
        people: people.map((it) => it.asked),
        effect: unitOf(people, now)
      }))
    }
  }
}

// --- private ---

const ACTOR = "system:population"

type Denial = Exclude<Answer, { readonly _tag: "Matched" }>

interface Answered {
  readonly asked: Asked
  readonly answer: Answer
  readonly card: ParticipantNumber | undefined
}

interface Settled {
  readonly on: PlainDate.PlainDate
  readonly row: Aggregate.Stored<PendingIdentity.Waiting>
  readonly participant: Aggregate.Stored<Participant.Participant>
  readonly membership: Aggregate.Stored<Membership.Membership>
}

const kindOf = { Differs: "differs", NotFound: "not-found", Inactive: "switched-off", Deceased: "died" } as const

const sameQuery = (query: Query, { person }: Participant.Participant) =>
  query.nik === person.nik &&
  query.name === person.name &&
  query.birthDate === person.birthDate &&
  query.sex === person.sex

const contentOf = (news: ReadonlyArray<News>, day: string, reference: string): Template.Content => {
  const people = news.length
  switch (news[0]?.kind) {
    case "active":
      return { template: "registered-active-relayed", arguments: { people, day, reference } }
    case "unpaid": {
      const amount = news.reduce((sum, it) => sum + it.amount, 0)
      return { template: "registered-unpaid-relayed", arguments: { people, day, amount, reference } }
    }
    default:
      return { template: "identity-denied", arguments: { people, reference } }
  }
}
