/**
 * The units of work that a change of the civil register leads to, one for each change of somebody who
 * is on the register. The row that it leaves has the change's own name as a key: a change that comes
 * twice, or to two processes, has its effect once.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Audit from "../../audit/Audit.ts"
import * as Participant from "../../deduplication/Participant.ts"
import type { Person } from "../../identity/Person.ts"
import * as PersonName from "../../identity/PersonName.ts"
import * as Household from "../../membership/Household.ts"
import * as Machine from "../../membership/Machine.ts"
import * as Membership from "../../membership/Membership.ts"
import type { Outbox } from "../../messaging/Outbox.ts"
import type * as Template from "../../messaging/Template.ts"
import * as PendingIdentity from "../../registration/PendingIdentity.ts"
import * as PopulationCase from "../../registration/PopulationCase.ts"
import { numberOf } from "../../registration/RegistrationRecord.ts"
import type { Change } from "../../registry/PopulationRegistry.ts"
import type { Clocks } from "../../sla/Clocks.ts"
import type { Stored } from "../../storage/Aggregate.ts"
import type { Id } from "../../storage/Id.ts"
import type { Storage } from "../../storage/Storage.ts"
import * as PlainDate from "../../time/PlainDate.ts"
import { phoneOf } from "./notices.ts"

export interface Services {
  readonly storage: Storage["Service"]
  readonly audit: Audit.Audit["Service"]
  readonly outbox: Outbox["Service"]
  readonly clocks: Clocks["Service"]
}

/** A change, and whom it concerns; `office` is that of their last membership. */
export interface Concern {
  readonly change: Change
  readonly participant: Id
  readonly office: string
}

type Of<Tag extends Change["_tag"]> = Extract<Change, { readonly _tag: Tag }>
type Case = Stored<PopulationCase.PopulationCase>

/** What both the feed and an officer do with a case. */
export const makeCases = ({ audit, clocks, outbox, storage }: Services) => {
  const tell = Effect.fnUntraced(function* (
    participant: Id,
    about: Id,
    content: (reference: string) => Template.Content
  ) {
    const person = yield* storage.get(Participant.aggregate, participant)
    const to = Option.isNone(person) ? undefined : yield* phoneOf(storage, person.value.value)
    if (to === undefined) return
    const told = content(numberOf(about))
    yield* outbox.enqueue({
      ...told,
      to,
      language: "id",
      lane: "notice",
      subject: about,
      dedupKey: `population ${about} ${told.template}`
    })
  })

  const close = Effect.fnUntraced(function* (
    found: Case,
    state: Exclude<PopulationCase.State, "open">,
    actor: string,
    now: number
  ) {
    const closed = yield* storage.update(PopulationCase.aggregate, found, { ...found.value, state })
    const running = yield* clocks.running(found.id, "change")
    if (Option.isSome(running)) yield* clocks.close(running.value.id, now)
    yield* audit.record(found.id, {
      actor,
      action: `close-population-case:${state}`,
      reason: found.value.kind,
      refs: [Audit.ref(PopulationCase.aggregate, closed)]
    })
  })

  const openOf = (participant: Id, kind: PopulationCase.Kind) =>
    Effect.map(
      storage.findBy(PopulationCase.aggregate, "openOf", PopulationCase.openKey(participant, kind)),
      Option.getOrUndefined
    )

  return { tell, close, openOf }
}

export const makeFollow = (services: Services) => {
  const { audit, clocks, storage } = services
  const { close, openOf, tell } = makeCases(services)

  const keep = Effect.fnUntraced(function* (
    of: Concern,
    kind: PopulationCase.Kind,
    state: PopulationCase.State,
    now: number
  ) {
    const id = yield* storage.insert(PopulationCase.aggregate, {
      participant: of.participant,
      kind,
      change: of.change,
      office: of.office,
      openedOn: PlainDate.fromInstant(now, "WIB"),
      state
    })
    if (state === "open") yield* clocks.open({ subject: id, kind: "change", office: of.office, at: now })
    yield* audit.record(id, {
      actor: ACTOR,
      action: state === "open" ? "open-population-case" : "record-population-change",
      reason: kind,
      refs: [Audit.ref(PopulationCase.aggregate, { id, version: 1 })]
    })
    return id
  })

  /** For an officer, once: a case that is open already takes the change in. */
  const ask = Effect.fnUntraced(function* (of: Concern, kind: PopulationCase.Kind, now: number) {
    const held = yield* openOf(of.participant, kind)
    if (held === undefined) {
      const id = yield* keep(of, kind, "open", now)
      yield* tell(of.participant, id, (reference) => ({ template: "population-reported", arguments: { reference } }))
      return "opened" as const
    }
    if (held.value.change !== undefined) {
      yield* keep(of, kind, "settled", now)
      return "settled" as const
    }
    const updated = yield* storage.update(PopulationCase.aggregate, held, { ...held.value, change: of.change })
    yield* audit.record(held.id, {
      actor: ACTOR,
      action: "add-to-population-case",
      reason: kind,
      refs: [Audit.ref(PopulationCase.aggregate, updated)]
    })
    return "opened" as const
  })

  /** The civil register takes back what it said: the open case is settled, and the person is told. */
  const takeBack = Effect.fnUntraced(function* (of: Concern, kind: PopulationCase.Kind, now: number) {
    const day = PlainDate.fromInstant(now, "WIB")
    const held = yield* openOf(of.participant, kind)
    if (held === undefined) return false
    yield* close(held, "settled", ACTOR, now)
    yield* tell(of.participant, held.id, (reference) => ({
      template: "population-settled",
      arguments: { day, reference }
    }))
    return true
  })

  /** Who waits for the civil register is asked about at once: what it says may be another thing now. */
  const askSoon = Effect.fnUntraced(function* (participant: Id, now: number) {
    const found = yield* storage.findBy(PendingIdentity.aggregate, "participant", participant)
    if (Option.isSome(found)) {
      yield* storage.update(PendingIdentity.aggregate, found.value, { ...found.value.value, dueAt: now })
    }
  })

  const inHousehold = Effect.fnUntraced(function* (participant: Id, { birthDate }: Of<"Corrected">) {
    const found = yield* storage.findBy(Household.aggregate, "memberOf", participant)
    if (birthDate === undefined || Option.isNone(found)) return
    const members = found.value.value.members.map((it) =>
      it.ref === participant && it.facts.birthDate !== undefined ? { ...it, facts: { ...it.facts, birthDate } } : it
    )
    yield* storage.update(Household.aggregate, found.value, { ...found.value.value, members })
  })

  const correct = Effect.fnUntraced(function* (of: Concern, change: Of<"Corrected">, now: number) {
    const found = yield* storage.get(Participant.aggregate, of.participant)
    if (Option.isNone(found)) return "settled" as const
    yield* askSoon(of.participant, now)
    const { person } = found.value.value
    const corrected = correctedBy(person, change)
    if (!isRecognisable(person, corrected)) return yield* ask(of, "another-person", now)
    const id = yield* keep(of, "corrected", "settled", now)
    if (JSON.stringify(corrected) === JSON.stringify(person)) return "settled" as const
    const updated = yield* storage.update(Participant.aggregate, found.value, {
      ...found.value.value,
      person: corrected
    })
    yield* inHousehold(of.participant, change)
    yield* audit.record(of.participant, {
      actor: ACTOR,
      action: "correct-person",
      refs: [Audit.ref(Participant.aggregate, updated)]
    })
    const day = PlainDate.fromInstant(now, "WIB")
    yield* tell(of.participant, id, (reference) => ({
      template: "population-corrected",
      arguments: { day, reference }
    }))
    return "corrected" as const
  })

  /** A number that works again gives back what an officer had taken because it did not. */
  const restore = Effect.fnUntraced(function* (of: Concern, now: number) {
    const day = PlainDate.fromInstant(now, "WIB")
    yield* askSoon(of.participant, now)
    yield* takeBack(of, "switched-off", now)
    const id = yield* keep(of, "restored", "settled", now)
    const live = yield* storage.findBy(Membership.aggregate, "liveOf", of.participant)
    if (Option.isNone(live)) return "settled" as const
    const { value } = live.value
    const isWaiting = value.waiting?.some(({ trigger }) => trigger === "data-blocked") === true
    const movement = Machine.move(Membership.moveOf(value, "data-corrected"), { appliesOn: day, knownOn: day })
    const after =
      value.state === "BLOCKED_DATA" && movement._tag === "Moved"
        ? Membership.applied(value, "data-corrected", movement, { on: day })
        : isWaiting
          ? Membership.withoutWaiting(value, "data-blocked")
          : undefined
    if (after === undefined) return "settled" as const
    const moved = yield* storage.update(Membership.aggregate, live.value, after)
    yield* audit.record(of.participant, {
      actor: ACTOR,
      action: "restore-cover",
      refs: [Audit.ref(Membership.aggregate, moved)]
    })
    yield* tell(of.participant, id, (reference) => ({
      template: "cover-changed",
      arguments: { people: 1, day, reference }
    }))
    return "settled" as const
  })

  return Effect.fnUntraced(function* (of: Concern, now: number) {
    const { change, participant } = of
    const known = yield* storage.findBy(PopulationCase.aggregate, "change", change.id)
    if (Option.isSome(known)) return "repeated" as const
    switch (change._tag) {
      case "Corrected":
        return yield* correct(of, change, now)
      case "SwitchedOn":
        return yield* restore(of, now)
      case "DeathWithdrawn": {
        yield* askSoon(participant, now)
        const live = yield* storage.findBy(Membership.aggregate, "liveOf", participant)
        if (Option.isNone(live)) return yield* ask(of, "false-death", now)
        yield* takeBack(of, "died", now)
        yield* keep(of, "restored", "settled", now)
        return "settled" as const
      }
      case "Died":
      case "SwitchedOff": {
        const kind = change._tag === "Died" ? "died" : "switched-off"
        const live = yield* storage.findBy(Membership.aggregate, "liveOf", participant)
        if (Option.isSome(live)) return yield* ask(of, kind, now)
        yield* keep(of, kind, "settled", now)
        return "settled" as const
      }
    }
  })
}

// --- private ---

const ACTOR = "system:population"

const correctedBy = (person: Person, { birthDate, name, sex }: Of<"Corrected">): Person => ({
  ...person,
  ...(name === undefined ? {} : { name }),
  ...(birthDate === undefined ? {} : { birthDate }),
  ...(sex === undefined ? {} : { sex })
})

/** Another name together with another birth date is another person, who uses this number (DUP-4). */
const isRecognisable = (before: Person, after: Person): boolean => {
  const name = PersonName.compare(PersonName.parse(before.name), PersonName.parse(after.name))
  if (name === "same" || name === "variant" || name === "typo") return true
  return before.birthDate === after.birthDate && before.sex === after.sex && name !== "different"
}
