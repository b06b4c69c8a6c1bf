/**
 * The steps that a person's cover can take, each with its reasons, cost, papers and postings.
 *
 * Whether a step exists and from when it counts is the machine's answer: where the machine says
 * that it waits, it waits, and where there is no such move nothing changes and the reason is said.
 */
import * as Result from "effect/Result"
import * as Account from "../../contribution/Account.ts"
import * as FirstPayment from "../../contribution/FirstPayment.ts"
import * as Checklist from "../../eligibility/Checklist.ts"
import type { Segment } from "../../identity/Segment.ts"
import type { Reason } from "../../policy/Reason.ts"
import type { Id } from "../../storage/Id.ts"
import { isAfter, type PlainDate } from "../../time/PlainDate.ts"
import type { Family, Member } from "../Family.ts"
import type { Change, Posting, Standing } from "../LifePlan.ts"
import * as Machine from "../Machine.ts"
import * as Membership from "../Membership.ts"
import * as Transfer from "../Transfer.ts"
import { costOf, type Person, type Scene, standingOf, wardClassIn } from "./scene.ts"

export interface Step {
  readonly change: Change
  readonly postings: ReadonlyArray<Posting>
}

/** What a step says, before everything that follows from the person and the scene is added. */
interface Said extends Pick<Change, "kind" | "effectiveOn"> {
  readonly trigger?: Machine.Trigger
  readonly to?: Standing | undefined
  readonly after?: Membership.Membership
  readonly closed?: Membership.Membership
  readonly reasons: ReadonlyArray<Reason>
  readonly notes?: ReadonlyArray<Reason>
  readonly papers?: Change["papers"]
  readonly missing?: ReadonlyArray<string>
}

export const step = (scene: Scene, person: Person, said: Said, postings: ReadonlyArray<Posting> = []): Step => {
  const { decision, decisionBefore, family, member } = person
  const { missing = [], notes = [], papers = [], reasons, to, ...rest } = said
  const from = member.membership === undefined ? undefined : standingOf(member.membership)
  const before = costOf(scene.before, member, decisionBefore, from, scene.policy)
  const after = costOf(family, member, decision, said.kind === "waits" ? from : to, scene.policy)
  return {
    change: {
      ...rest,
      ref: member.ref,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      cost: { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
      papers: [...new Set([...papers, ...papersOf(scene, member.ref)])],
      missing,
      reasons: distinct(reasons) as Change["reasons"],
      notes: distinct([...notes, ...sourcesOf(reasons), ...decision.notes])
    },
    postings
  }
}

/** What shows that the event happened, from the person whom it is about. */
const papersOf = ({ composition, event }: Scene, ref: Id): Change["papers"] => {
  if (!composition.concerned.has(ref)) return []
  switch (event._tag) {
    case "Adoption":
      return ["court-order", "new-family-card"]
    case "Marriage":
    case "Divorce":
      return ["new-family-card"]
    case "ChildTurns":
      return event.studies === true ? ["school-letter"] : []
    case "Dismissal":
      return event.cause === "phk" ? ["dismissal-proof"] : []
    case "PbiDecree":
      return event.removed.includes(ref) ? ["health-letter", "social-office-letter"] : []
    default:
      return []
  }
}

/** That membership follows the family card nobody saw written down (DIV-1). */
const sourcesOf = (reasons: ReadonlyArray<Reason>): ReadonlyArray<Reason> =>
  reasons.some(({ code }) => code === "FamilyCardParts")
    ? [{ code: "NotSure", params: { rule: "DIV-1", parameter: "family-card", confidence: "low" } }]
    : []

// --- nothing changes, and why ---

/** Where something waited that the rules do not want any more, it is taken off the list. */
export const stayStep = (scene: Scene, person: Person, lead: ReadonlyArray<Reason>): Step => {
  const { decision, member } = person
  const { membership } = member
  const { choice } = decision
  const wanted = choice._tag === "Chosen" && choice.segment === membership?.segment
  const said = {
    effectiveOn: scene.asOf.appliesOn,
    ...(membership === undefined ? {} : { to: standingOf(membership) }),
    missing: decision.missing
  }
  if (membership !== undefined && wanted && isWaiting(membership)) {
    return step(scene, person, {
      ...said,
      kind: "goes-on",
      after: without(membership),
      reasons: [{ code: "CoverReturnsToRules" }, ...lead, ...decision.reasons]
    })
  }
  return step(scene, person, { ...said, kind: "stays", reasons: [...lead, ...decision.reasons] })
}

// --- a first membership ---

export const openStep = (
  scene: Scene,
  person: Person,
  segment: Segment,
  selfPaid: boolean,
  lead: ReadonlyArray<Reason>
): Step => {
  const { asOf, policy } = scene
  const { member } = person
  const held = member.membership
  const trigger = held?.card !== undefined || member.verified === true ? "register-verified" : "register-unverified"
  // an expired registration is taken up again; any other one that is closed is followed by a new one
  const from = held?.state === "EXPIRED" ? "EXPIRED" : "UNREGISTERED"
  const movement = Machine.move({ from, trigger, segment, selfPaid }, asOf, policy)
  if (movement._tag !== "Moved") return stayStep(scene, person, [...lead, ...movement.reasons])
  const { effectiveOn, notes, to } = movement
  const paying = firstPayment(scene, segment, to)
  return step(scene, person, {
    kind: "opens",
    trigger,
    to: { segment, state: to },
    effectiveOn,
    after: openedOn(effectiveOn, { segment, state: to }, scene, person),
    reasons: [...lead, ...movement.reasons, ...person.decision.reasons, ...paying.reasons],
    notes: [...notes, ...paying.notes],
    papers: Checklist.papersFor(person.decision)
  })
}

/** A membership without a past, in the office of the family. */
export const openedOn = (since: PlainDate, to: Standing, scene: Scene, person: Person) => {
  const { family, member } = person
  const wardClass = wardClassIn(person, to.segment, scene)
  const { card, facility } = member.membership ?? {}
  return {
    participant: member.ref,
    segment: to.segment,
    state: to.state,
    since,
    office: family.office,
    ...(card === undefined ? {} : { card }),
    ...(wardClass === undefined ? {} : { wardClass, classSince: since }),
    ...(facility === undefined ? {} : { facility, facilitySince: since })
  }
}

/** What a person who pays from now on must know about the first payment. */
const firstPayment = (
  { asOf, policy }: Scene,
  segment: Segment,
  state: Machine.State
): Pick<Change, "notes"> & { readonly reasons: ReadonlyArray<Reason> } => {
  if (state !== "AWAITING_FIRST_PAYMENT") return { reasons: [], notes: [] }
  const asked = FirstPayment.window({ segment, mover: true }, asOf, policy)
  return {
    reasons: [{ code: "CoverNeedsFirstPayment" }, ...asked.reasons],
    notes: asked._tag === "Unknown" ? [] : asked.notes
  }
}

// --- the same membership, another state ---

/** `until` is the last day of the new state, where it ends by itself. */
export const moveStep = (
  scene: Scene,
  person: Person,
  trigger: Machine.Trigger,
  lead: ReadonlyArray<Reason>,
  until?: PlainDate
): Step => {
  const { asOf, policy } = scene
  const { membership } = person.member
  if (membership === undefined) return stayStep(scene, person, lead)
  const movement = Machine.move(Membership.moveOf(membership, trigger, careOf(person)), asOf, policy)
  if (movement._tag === "Illegal" || movement._tag === "Unknown") {
    return stayStep(scene, person, [...lead, ...movement.reasons])
  }
  const given = { on: asOf.appliesOn, ...(until === undefined ? {} : { until }) }
  const moved = Membership.applied(membership, trigger, movement, given)
  const waits = movement._tag === "Waits"
  return step(scene, person, {
    kind: waits ? "waits" : "moves",
    trigger,
    to: { segment: membership.segment, state: movement.to },
    effectiveOn: waits ? asOf.appliesOn : movement.effectiveOn,
    after: waits ? moved : without(moved),
    reasons: [...lead, ...movement.reasons],
    notes: movement.notes
  })
}

// --- from one segment to another ---

export const transferStep = (
  scene: Scene,
  person: Person,
  segment: Segment,
  selfPaid: boolean,
  lead: ReadonlyArray<Reason>
): Step => {
  const { asOf, policy } = scene
  const { decision, member } = person
  const held = member.membership
  if (held === undefined) return stayStep(scene, person, lead)
  const wardClass = wardClassIn(person, segment, scene)
  const fresh = Membership.following(held, {
    id: member.row ?? member.ref,
    on: asOf.appliesOn,
    segment,
    selfPaid,
    ...(wardClass === undefined ? {} : { wardClass })
  })
  const next = { ...fresh, state: goesOnIn(person, selfPaid) ?? confirmedIn(person, selfPaid) ?? fresh.state }
  const movement = Machine.move(
    Membership.moveOf(held, "transferred", { ...careOf(person), opens: next.state }),
    asOf,
    policy
  )
  if (movement._tag === "Illegal" || movement._tag === "Unknown") {
    return stayStep(scene, person, [...lead, ...movement.reasons])
  }
  const reasons = [...lead, ...movement.reasons, ...decision.reasons]
  const applied = Membership.applied(held, "transferred", movement, { on: asOf.appliesOn })
  const said = { trigger: "transferred", to: standingOf(next), notes: movement.notes } as const
  if (movement._tag === "Waits") {
    return step(scene, person, { ...said, kind: "waits", effectiveOn: asOf.appliesOn, after: applied, reasons })
  }
  const postings = carried(scene, member, member.account, {
    on: asOf.appliesOn,
    as: selfPaid ? "bills" : "receivable"
  })
  const debts = owedOn(scene, member.account)
  const transfer = Transfer.of({ from: held.segment, to: segment, debts }, asOf, policy)
  const paying = firstPayment(scene, segment, next.state)
  return step(
    scene,
    person,
    {
      ...said,
      kind: "transfers",
      effectiveOn: movement.effectiveOn,
      after: next,
      closed: without(applied),
      reasons: [...reasons, ...transfer.reasons, ...paying.reasons],
      notes: [...said.notes, ...(transfer._tag === "Transfer" ? transfer.notes : []), ...paying.notes],
      papers: Checklist.papersFor(decision)
    },
    postings
  )
}

/** What is owed, and what was paid too much, goes along to the new account, to the rupiah (PAY-8). */
const carried = (
  { before, policy }: Scene,
  { ref }: Member,
  account: Account.Account | undefined,
  { as, on }: { readonly on: PlainDate; readonly as: "bills" | "receivable" }
): ReadonlyArray<Posting> => {
  if (account === undefined) return []
  const target = Account.open(accountRef(before, ref))
  const moved = Account.carry(account, target, { on: lastDay(account, on), as }, policy)
  if (Result.isFailure(moved)) return []
  return [
    ...moved.success.from.entries
      .slice(account.entries.length)
      .map((entry) => ({ ref, account: "old", entry }) as const),
    ...moved.success.to.entries.map((entry) => ({ ref, account: "new", entry }) as const)
  ]
}

const owedOn = ({ asOf, policy }: Scene, account: Account.Account | undefined): number =>
  account === undefined
    ? 0
    : Account.statement(account, { ...asOf, appliesOn: lastDay(account, asOf.appliesOn) }, policy).outstanding

/** The account that opens with the next revision of the family. */
export const accountRef = (family: Family, ref: Id): string => `${ref}:${family.revision + 1}`

/** The day of a new entry, behind all that are there already. */
export const lastDay = (account: Account.Account, on: PlainDate): PlainDate =>
  account.entries.reduce((latest, entry) => (isAfter(entry.on, latest) ? entry.on : latest), on)

/** Who paid alone and goes on paying alone neither starts anew nor leaves arrears behind. */
const goesOnIn = ({ decisionBefore, member }: Person, selfPaid: boolean): Machine.Stored | undefined => {
  const { segment, state } = member.membership ?? {}
  const choice = decisionBefore?.choice
  const statePaid = segment === "BP" && choice?._tag === "Chosen" && choice.ground === "state-paid"
  const paidAlone = (segment === "PBPU" || segment === "BP") && !statePaid
  return selfPaid && paidAlone ? goesOnAs.find((it) => it === state) : undefined
}

/** Whom the population register confirmed is confirmed also while the card is not there yet. */
const confirmedIn = ({ member }: Person, selfPaid: boolean): Machine.Stored | undefined => {
  const { card, state } = member.membership ?? {}
  const held = state === "BLOCKED_DATA" || state === "BLOCKED_DUPLICATE"
  return card === undefined && member.verified === true && !held
    ? Membership.opening({ verified: true, selfPaid })
    : undefined
}

const goesOnAs: ReadonlyArray<Machine.Stored> = [
  "AWAITING_FIRST_PAYMENT",
  "ACTIVE",
  "SUSPENDED_ARREARS",
  "SUSPENDED_ABROAD"
]

// --- what waits ---

// A month that stayed unpaid waits for other reasons, and goes by payment.
const ofLife: ReadonlyArray<Machine.Trigger> = ["transferred", "employment-ended", "grace-ended", "pbi-removed"]

export const isWaiting = ({ waiting }: Membership.Membership): boolean =>
  waiting?.some(({ trigger }) => ofLife.includes(trigger)) ?? false

const without = (membership: Membership.Membership): Membership.Membership =>
  ofLife.reduce(Membership.withoutWaiting, membership)

// --- private ---

const careOf = ({ member }: Person): Pick<Machine.Move, "care"> =>
  member.care === undefined ? {} : { care: member.care }

const distinct = (reasons: ReadonlyArray<Reason>): ReadonlyArray<Reason> =>
  reasons.filter((reason, i) => i === reasons.findIndex((other) => isSame(reason, other)))

const isSame = (self: Reason, that: Reason) =>
  self.code === that.code && JSON.stringify(self.params) === JSON.stringify(that.params)
