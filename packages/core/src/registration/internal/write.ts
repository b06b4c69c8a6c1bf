/**
 * The unit of work of one command: what was planned, written down.
 *
 * It may run more than once, so it only reads what it was given and writes through the storage.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Actor from "../../access/Actor.ts"
import type { Consents, Use } from "../../access/Consents.ts"
import * as Audit from "../../audit/Audit.ts"
import * as DuplicateCase from "../../deduplication/DuplicateCase.ts"
import * as Participant from "../../deduplication/Participant.ts"
import type { ParticipantNumber } from "../../identity/ParticipantNumber.ts"
import { isWageEarner } from "../../identity/Segment.ts"
import * as Membership from "../../membership/Membership.ts"
import type { Outbox } from "../../messaging/Outbox.ts"
import type { Answer } from "../../registry/PopulationRegistry.ts"
import type { Clocks } from "../../sla/Clocks.ts"
import type { Id } from "../../storage/Id.ts"
import type { Storage } from "../../storage/Storage.ts"
import * as Outcomes from "../Outcome.ts"
import type * as Plan from "../Plan.ts"
import type { Command, Receipt } from "../Command.ts"
import * as RegistrationRecord from "../RegistrationRecord.ts"
import type { Holder } from "./holders.ts"
import { type News, noticesOf } from "./notices.ts"

type Outcome = Outcomes.Outcome

interface Services {
  readonly storage: Storage["Service"]
  readonly audit: Audit.Audit["Service"]
  readonly outbox: Outbox["Service"]
  readonly clocks: Clocks["Service"]
  readonly consents: Consents["Service"]
}

export interface Work {
  readonly command: Command
  readonly content: string
  /** What a helper does here, as the consent must cover it. */
  readonly deed: Use
  readonly plans: ReadonlyArray<Plan.Planned>
  readonly answers: ReadonlyMap<Plan.Applicant, Answer>
  readonly cards: ReadonlyMap<Plan.Applicant, ParticipantNumber>
  /** The people on the register whom the plans point to. */
  readonly holders: ReadonlyMap<Id, Holder>
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Registering these people, as a consent covers it. */
export const deedOf = (command: Command, people: ReadonlyArray<Plan.Applicant>): Use => ({
  actor: command.actor,
  action: "register",
  purpose: "register",
  data: people.length > 1 ? ["identity", "family"] : ["identity"],
  people: people.map((it) => it.person),
  key: command.key
})

export const makeWrite = ({ audit, clocks, consents, outbox, storage }: Services) => {
  const register = Effect.fnUntraced(function* (work: Work, applicant: Plan.Applicant) {
    const { at, command } = work
    const card = work.cards.get(applicant)
    const actor = Actor.label(command.actor)
    const state = Membership.opening({ verified: card !== undefined, selfPaid: applicant.selfPays })
    const participant = yield* storage.insert(Participant.aggregate, {
      person: applicant.person,
      ...(applicant.familyCard === undefined ? {} : { familyCard: applicant.familyCard }),
      reference: applicant.reference,
      registeredOn: command.on,
      identity: card === undefined ? "pending" : "verified"
    })
    const membership = yield* storage.insert(Membership.aggregate, {
      participant,
      segment: applicant.segment,
      state,
      since: command.on,
      ...(card === undefined ? {} : { card }),
      ...(applicant.wardClass === undefined ? {} : { wardClass: applicant.wardClass, classSince: command.on }),
      ...(applicant.facility === undefined ? {} : { facility: applicant.facility, facilitySince: command.on }),
      office: command.office,
      // whom an employer registers who is covered otherwise is no worker of theirs
      ...(command.actor.kind === "employer" && isWageEarner(applicant.segment) ? { employer: command.actor.id } : {})
    })
    yield* clocks.open({ subject: participant, kind: "registration", office: command.office, at })
    yield* audit.record(participant, {
      actor,
      action: "register",
      refs: [
        Audit.ref(Participant.aggregate, { id: participant, version: 1 }),
        Audit.ref(Membership.aggregate, { id: membership, version: 1 })
      ]
    })
    const outcome: Outcome = {
      _tag: "Registered",
      line: applicant.line,
      participant,
      segment: applicant.segment,
      state,
      decision: applicant.decision,
      warnings: [...applicant.warnings, ...warningOf(work.answers.get(applicant))]
    }
    return outcome
  })

  const hold = Effect.fnUntraced(function* (work: Work, plan: Plan.Planned & { readonly _tag: "Hold" }, holder: Id) {
    const { applicant, comparison, kind } = plan
    const { command } = work
    const { line, submitted } = applicant
    // a near match without the NIK may be anybody: only what names the holder is one question, however often it is put
    const isNamed = work.holders.get(holder)?.isStranger === true && comparison.nik === "same"
    const open = isNamed
      ? yield* storage.findBy(DuplicateCase.aggregate, "openOf", DuplicateCase.openKey(holder, kind))
      : Option.none()
    if (Option.isSome(open)) {
      const { id, value } = open.value
      const counted = yield* storage.update(DuplicateCase.aggregate, open.value, {
        ...value,
        attempts: (value.attempts ?? 0) + 1
      })
      yield* audit.record(id, {
        actor: Actor.label(command.actor),
        action: "count-attempt",
        reason: kind,
        refs: [Audit.ref(DuplicateCase.aggregate, counted)]
      })
      const again: Outcome = { _tag: "Held", line, case: id, kind, submitted }
      return again
    }
    const id = yield* storage.insert(DuplicateCase.aggregate, {
      kind,
      reference: applicant.reference,
      participant: holder,
      newcomer: {
        person: applicant.person,
        ...(applicant.familyCard === undefined ? {} : { familyCard: applicant.familyCard })
      },
      evidence: comparison,
      office: command.office,
      openedOn: command.on,
      state: "open",
      ...(isNamed ? { attempts: 1 } : {})
    })
    yield* clocks.open({ subject: id, kind: "duplicate-review", office: command.office, at: work.at })
    yield* audit.record(id, {
      actor: Actor.label(command.actor),
      action: "hold-for-review",
      reason: kind,
      refs: [Audit.ref(DuplicateCase.aggregate, { id, version: 1 })]
    })
    const outcome: Outcome = { _tag: "Held", line, case: id, kind, submitted }
    return outcome
  })

  return Effect.fnUntraced(function* (work: Work) {
    const { command } = work
    // a consent that is ended meanwhile ends this too
    if (command.actor.kind === "proxy" && command.consent !== undefined) yield* consents.use(command.consent, work.deed)
    const outcomes: Array<Outcome> = []
    const seesEnds = Outcomes.seesEnds(command.actor)
    const news: Array<News> = []

    // an earlier line of this application has its participant by now: plans only point back
    const holderOf = (match: Plan.Match) => {
      if (match._tag === "Participant") return Effect.succeed(match.id)
      const earlier = outcomes[match.position]
      return earlier?._tag === "Registered"
        ? Effect.succeed(earlier.participant)
        : Effect.die(new Error("A plan points to a line that was not registered"))
    }

    for (const plan of work.plans) {
      switch (plan._tag) {
        case "Register": {
          const outcome = yield* register(work, plan.applicant)
          outcomes.push(outcome)
          news.push(newsOf(plan.applicant, outcome))
          break
        }
        case "Already": {
          const { line, submitted } = plan.applicant
          const participant = yield* holderOf(plan.match)
          const holder = work.holders.get(participant)
          outcomes.push({
            _tag: "Already",
            line,
            participant,
            ...(holder?.registration === undefined ? {} : { registration: holder.registration }),
            ...(holder?.isStranger === true ? { stranger: true as const } : {}),
            submitted
          })
          break
        }
        case "Hold": {
          outcomes.push(yield* hold(work, plan, yield* holderOf(plan.match)))
          news.push({ kind: seesEnds ? "held" : "received", phone: plan.applicant.person.phone })
          break
        }
        case "Reject": {
          outcomes.push({ ...plan.refused, _tag: "Rejected" })
          news.push({ kind: "rejected", phone: undefined })
          break
        }
      }
    }

    const registration = yield* storage.nextId
    const number = RegistrationRecord.numberOf(registration)
    const record = RegistrationRecord.of(number, command, work.content, outcomes)
    yield* storage.insert(RegistrationRecord.aggregate, record, { id: registration })
    for (const draft of noticesOf(command, registration, news, record.phones)) yield* outbox.enqueueNew(draft)
    for (const { notice } of work.holders.values()) if (notice !== undefined) yield* outbox.enqueueNew(notice)
    const receipt: Receipt = {
      registration,
      outcomes: outcomes.map((it) => Outcomes.toldTo(command.actor, it)),
      repeated: false,
      run: command.run
    }
    return receipt
  })
}

const warningOf = (answer: Answer | undefined): ReadonlyArray<string> =>
  answer === undefined || answer._tag === "Matched" ? [] : [`Population${answer._tag}`]

const newsOf = (applicant: Plan.Applicant, outcome: Outcome & { readonly _tag: "Registered" }): News => {
  const phone = applicant.person.phone
  switch (outcome.state) {
    case "ACTIVE":
      return { kind: "active", phone }
    case "AWAITING_FIRST_PAYMENT":
      return { kind: "unpaid", phone, firstPayment: applicant.firstPayment }
    case "PENDING_VERIFICATION":
      return { kind: "pending", phone }
  }
}
