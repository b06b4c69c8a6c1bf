/** Families as they are on the register, and what an event writes there. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Actor from "../../access/Actor.ts"
import * as Audit from "../../audit/Audit.ts"
import { isWageEarner } from "../../identity/Segment.ts"
import type { ParticipantNumber } from "../../identity/ParticipantNumber.ts"
import type { Outbox } from "../../messaging/Outbox.ts"
import type { Policy } from "../../policy/Policy.ts"
import type { Stored } from "../../storage/Aggregate.ts"
import type { Id } from "../../storage/Id.ts"
import type { Storage } from "../../storage/Storage.ts"
import type { Family, Member } from "../Family.ts"
import * as Household from "../Household.ts"
import type { LifeEvent } from "../LifeEvent.ts"
import * as LifePlan from "../LifePlan.ts"
import * as LifeRecord from "../LifeRecord.ts"
import * as Membership from "../Membership.ts"

// --- reading ---

/** A household with its rows, each at the version that it was read at. */
export interface Loaded {
  readonly household: Stored<Household.Household>
  readonly memberships: ReadonlyMap<Id, Stored<Membership.Membership>>
  readonly accounts: ReadonlyMap<Id, Stored<Household.MemberAccount>>
  /** By the person they belong to. */
  readonly family: Family
}

/** The households of some ids, in four round trips however many they are. */
export const load = Effect.fnUntraced(function* (storage: Storage["Service"], ids: ReadonlyArray<Id>) {
  const households = yield* storage.getMany(Household.aggregate, ids)
  const people = [...households.values()].flatMap(({ value }) => value.members)
  const live = yield* storage.findMany(
    Membership.aggregate,
    "liveOf",
    people.map(({ ref }) => ref)
  )
  const closed = yield* storage.getMany(
    Membership.aggregate,
    people.flatMap(({ ref, row }) => (row === undefined || live.has(ref) ? [] : [row]))
  )
  const accounts = yield* storage.getMany(
    Household.accounts,
    people.flatMap(({ bills }) => bills ?? [])
  )
  return new Map([...households].map(([id, household]) => [id, together(household, live, closed, accounts)] as const))
})

/** Somebody who comes into a family and is on the register already. */
export interface Comer {
  readonly ref: Id
  /** The card that they are on; only somebody who is alone on it can leave it by coming here. */
  readonly household: Stored<Household.Household> | undefined
  readonly membership: Stored<Membership.Membership> | undefined
  readonly account: Stored<Household.MemberAccount> | undefined
}

export const loadComer = Effect.fnUntraced(function* (storage: Storage["Service"], ref: Id) {
  const household = Option.getOrUndefined(yield* storage.findBy(Household.aggregate, "memberOf", ref))
  const membership = Option.getOrUndefined(yield* storage.findBy(Membership.aggregate, "liveOf", ref))
  const bills = household?.value.members.find((member) => member.ref === ref)?.bills
  const account = bills === undefined ? Option.none() : yield* storage.get(Household.accounts, bills)
  const comer: Comer = { ref, household, membership, account: Option.getOrUndefined(account) }
  return comer
})

/** Who comes in by an event, if anybody. */
export const comerIn = (event: LifeEvent): Id | undefined =>
  event._tag === "Adoption"
    ? event.child.ref
    : event._tag === "Marriage"
      ? event.spouse.ref
      : event._tag === "Birth"
        ? event.ref
        : undefined

/** The rows of a family together with those of who comes in. */
export const joinedBy = (loaded: Loaded, comer: Comer | undefined): Loaded => {
  if (comer === undefined) return loaded
  const { account, membership, ref } = comer
  return {
    ...loaded,
    memberships: membership === undefined ? loaded.memberships : new Map([...loaded.memberships, [ref, membership]]),
    accounts: account === undefined ? loaded.accounts : new Map([...loaded.accounts, [ref, account]])
  }
}

/** The versions of all that a plan is made of. */
export const versionsOf = (
  { accounts, household, memberships }: Loaded,
  comer: Comer | undefined
): ReadonlyMap<Id, number> => {
  const rows = [household, ...memberships.values(), ...accounts.values(), comer?.household]
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row.version] as const])))
}

const together = (
  household: Stored<Household.Household>,
  live: ReadonlyMap<string, Stored<Membership.Membership>>,
  closed: ReadonlyMap<Id, Stored<Membership.Membership>>,
  accounts: ReadonlyMap<Id, Stored<Household.MemberAccount>>
): Loaded => {
  const memberships = new Map<Id, Stored<Membership.Membership>>()
  const ledgers = new Map<Id, Stored<Household.MemberAccount>>()
  const members = household.value.members.map(({ bills, row, ...person }): Member => {
    const membership = live.get(person.ref) ?? (row === undefined ? undefined : closed.get(row))
    const account = bills === undefined ? undefined : accounts.get(bills)
    if (membership !== undefined) memberships.set(person.ref, membership)
    if (account !== undefined) ledgers.set(person.ref, account)
    return {
      ...person,
      ...(membership === undefined ? {} : { membership: membership.value, row: membership.id }),
      ...(account === undefined ? {} : { account: account.value.account })
    }
  })
  const { phone: _, ...card } = household.value
  return { household, memberships, accounts: ledgers, family: { ...card, members } }
}

// --- writing ---

export interface Work {
  readonly key: string
  readonly content: string
  readonly actor: Actor.Actor
  readonly household: Id
  readonly plan: LifePlan.LifePlan
  readonly versions: ReadonlyMap<Id, number>
  /** Numbers that were issued for memberships that have none. */
  readonly cards: ReadonlyMap<Id, ParticipantNumber>
}

interface Services {
  readonly storage: Storage["Service"]
  readonly audit: Audit.Audit["Service"]
  readonly outbox: Outbox["Service"]
  readonly policy: Policy
}

/** The unit of work of one event. It may run more than once, and reads again what the plan was made of. */
export const makeWrite = ({ audit, outbox, policy, storage }: Services) => {
  const stale = (work: Work, found: number) => new LifePlan.PlanStale({ planned: work.plan.revision, found })

  const current = Effect.fnUntraced(function* (work: Work) {
    const found = (yield* load(storage, [work.household])).get(work.household)
    if (found === undefined) return yield* stale(work, -1)
    const ref = comerIn(work.plan.event)
    const comer = ref === undefined ? undefined : yield* loadComer(storage, ref)
    const loaded = joinedBy(found, comer)
    const versions = versionsOf(loaded, comer)
    const same = versions.size === work.versions.size && [...versions].every(([id, at]) => work.versions.get(id) === at)
    return same ? { loaded, left: comer?.household } : yield* stale(work, found.household.value.revision)
  })

  const writeAccount = Effect.fnUntraced(function* (loaded: Loaded, member: Member) {
    const { account, ref } = member
    if (account === undefined) return undefined
    const held = loaded.accounts.get(ref)
    if (held?.value.account.ref !== account.ref) {
      return yield* storage.insert(Household.accounts, { participant: ref, account })
    }
    if (held.value.account.entries.length !== account.entries.length) {
      yield* storage.update(Household.accounts, held, { participant: ref, account })
    }
    return held.id
  })

  /** Writes a person's membership; gives its row, and the version that it has from now on. */
  const writeMembership = Effect.fnUntraced(function* (
    work: Work,
    loaded: Loaded,
    member: Member,
    account: Id | undefined,
    isNew: boolean
  ) {
    const { membership, ref } = member
    if (membership === undefined) return undefined
    const card = membership.card ?? work.cards.get(ref)
    const value = {
      ...withEmployer(work.plan.event, loaded, membership),
      ...(card === undefined ? {} : { card }),
      ...(account === undefined ? {} : { account })
    }
    const held = loaded.memberships.get(ref)
    if (held !== undefined && !isNew) {
      if (JSON.stringify(held.value) === JSON.stringify(value)) return { id: held.id, version: held.version }
      const { id, version } = yield* storage.update(Membership.aggregate, held, value)
      return { id, version }
    }
    const follows = held === undefined || membership.follows === undefined ? undefined : held.id
    const { follows: _, ...rest } = value
    const id = yield* storage.insert(Membership.aggregate, follows === undefined ? rest : { ...rest, follows })
    return { id, version: 1 }
  })

  const writeMember = Effect.fnUntraced(function* (
    work: Work,
    loaded: Loaded,
    applied: LifePlan.Applied,
    member: Member
  ) {
    const ending = applied.closed.find(({ ref }) => ref === member.ref)
    if (ending !== undefined) {
      yield* writeAccount(loaded, ending)
      yield* writeMembership(work, loaded, ending, undefined, false)
    }
    const bills = yield* writeAccount(loaded, member)
    const kind = work.plan.changes.find(({ ref }) => ref === member.ref)?.kind
    const isNew =
      ending !== undefined || (kind === "opens" && member.membership?.state !== undefined && !reopens(loaded, member))
    const row = yield* writeMembership(work, loaded, member, bills, isNew)
    return { member, bills, row }
  })

  const note = Effect.fnUntraced(function* (
    work: Work,
    ref: Id,
    row: { readonly id: Id; readonly version: number } | undefined
  ) {
    const change = work.plan.changes.find((it) => it.ref === ref)
    if (change === undefined) return
    yield* audit.record(ref, {
      actor: Actor.label(work.actor),
      action: `life/${work.plan.event._tag}/${change.kind}`,
      reason: change.reasons[0].code,
      ...(row === undefined ? {} : { refs: [Audit.ref(Membership.aggregate, row)] })
    })
  })

  return Effect.fnUntraced(function* (work: Work) {
    const { plan } = work
    const { left: alone, loaded } = yield* current(work)
    const applied = yield* Effect.fromResult(
      Result.mapError(LifePlan.apply(loaded.family, plan, policy), () => stale(work, loaded.family.revision))
    )
    const { phone } = loaded.household.value
    const parts = new Set(plan.parts)
    const [stayed, left]: [Array<Household.HouseholdMember>, Array<Household.HouseholdMember>] = [[], []]
    for (const it of [...applied.family.members, ...(applied.parted?.members ?? [])]) {
      const { bills, member, row } = yield* writeMember(work, loaded, applied, it)
      yield* note(work, member.ref, row)
      const { account: _, care: __, membership: ___, row: ____, ...person } = member
      const kept = {
        ...person,
        ...(row === undefined ? {} : { row: row.id }),
        ...(bills === undefined ? {} : { bills })
      }
      if (parts.has(member.ref)) left.push(kept)
      else stayed.push(kept)
    }
    if (alone !== undefined) {
      yield* storage.remove(Household.aggregate, alone)
      yield* audit.record(alone.id, {
        actor: Actor.label(work.actor),
        action: "join-household",
        refs: [Audit.ref(Household.aggregate, { id: alone.id, version: 0 })]
      })
    }
    const { members: _, ...card } = applied.family
    const told = phone === undefined ? {} : { phone }
    yield* storage.update(Household.aggregate, loaded.household, { ...card, ...told, members: stayed })
    const parted =
      left.length === 0 ? undefined : yield* storage.insert(Household.aggregate, { ...card, members: left })
    const id = yield* storage.nextId
    yield* storage.insert(LifeRecord.aggregate, recordOf(work, parted), { id })
    const people = plan.changes.filter(
      ({ kind }) => kind === "opens" || kind === "moves" || kind === "transfers"
    ).length
    if (phone !== undefined && people > 0) {
      yield* outbox.enqueueNew({
        template: "cover-changed",
        arguments: { people, day: plan.appliesOn, reference: id.slice(-8).toUpperCase() },
        to: phone,
        language: "id",
        lane: "notice",
        dedupKey: `life:${work.key}`,
        subject: id
      })
    }
    return { record: id, parted }
  })
}

/** An expired registration is taken up again in its own row. */
const reopens = (loaded: Loaded, { ref }: Member) => loaded.memberships.get(ref)?.value.state === "EXPIRED"

/**
 * Whose worker somebody is after a new job. Of the family those go along whose cover it gives from now on, and those
 * whom the old employer had registered; who has work of their own does not.
 */
const withEmployer = (event: LifeEvent, loaded: Loaded, after: Membership.Membership): Membership.Membership => {
  if (event._tag !== "NewJob" || !isWageEarner(after.segment)) return after
  const { employer: before, ...rest } = after
  const old = loaded.memberships.get(event.of)?.value.employer
  const comes = loaded.memberships.get(after.participant)?.value.segment !== after.segment
  const goesAlong = after.participant === event.of || comes || (old !== undefined && before === old)
  return !goesAlong ? after : event.employer === undefined ? rest : { ...rest, employer: event.employer }
}

const recordOf = ({ actor, content, household, key, plan }: Work, parted: Id | undefined): LifeRecord.LifeRecord => ({
  command: key,
  content,
  household,
  ...(parted === undefined ? {} : { parted }),
  actor,
  event: plan.event,
  appliesOn: plan.appliesOn,
  knownOn: plan.knownOn,
  policyVersion: plan.policyVersion,
  changes: LifeRecord.toldOf(plan)
})
