/** Birth and death: the two events whose days are not those of the report. */
import * as Result from "effect/Result"
import * as Account from "../../contribution/Account.ts"
import * as Amount from "../../contribution/Amount.ts"
import { isWageEarner, type Segment } from "../../identity/Segment.ts"
import * as Month from "../../time/Month.ts"
import * as Death from "../Death.ts"
import { type Family, factsOf, find, living, type Member } from "../Family.ts"
import type { Of } from "../LifeEvent.ts"
import type { Posting } from "../LifePlan.ts"
import * as Machine from "../Machine.ts"
import * as Membership from "../Membership.ts"
import * as Newborn from "../Newborn.ts"
import type { Person, Scene } from "./scene.ts"
import { lastDay, openedOn, stayStep, type Step, step } from "./steps.ts"

// --- birth ---

/** What the rules of newborns say of the child, as its mother and its family are covered. */
export const termsOf = (
  family: Family,
  child: Member,
  event: Of<"Birth">,
  { asOf, policy }: Pick<Scene, "asOf" | "policy">
) => {
  const facts = factsOf(family, child.ref, asOf, policy)
  const mother = motherSegment(facts.motherScheme, child.mother === undefined ? undefined : find(family, child.mother))
  const parent = parentSegment(family)
  return Newborn.terms(
    {
      birthDate: event.birthDate,
      hasNik: event.hasNik,
      ...(mother === undefined ? {} : { motherSegment: mother }),
      ...(parent === undefined ? {} : { parentSegment: parent }),
      ...(facts.childOrder === undefined ? {} : { childOrder: facts.childOrder }),
      ...(event.paidOn === undefined ? {} : { paidOn: event.paidOn })
    },
    asOf,
    policy
  )
}

const motherSegment = (
  scheme: ReturnType<typeof factsOf>["motherScheme"],
  mother: Member | undefined
): Newborn.Given["motherSegment"] => {
  if (mother?.membership !== undefined && Machine.isLive(mother.membership.state)) return mother.membership.segment
  return scheme === "pbi" ? "PBI-JK" : scheme === "local" ? "PBPU-PD" : scheme
}

/** Of two parents the one whose work covers the family; otherwise the head of the card. */
const parentSegment = (family: Family): Segment | undefined => {
  const open = living(family).flatMap(({ membership, relation }) =>
    (relation === "head" || relation === "spouse") && membership !== undefined && Machine.isLive(membership.state)
      ? [{ relation, segment: membership.segment }]
      : []
  )
  const work = open.find(({ segment }) => isWageEarner(segment))
  return (work ?? open.find(({ relation }) => relation === "head") ?? open[0])?.segment
}

export const newbornStep = (scene: Scene, person: Person, event: Of<"Birth">): Step => {
  const { asOf, policy } = scene
  const terms = termsOf(person.family, person.member, event, scene)
  if (terms._tag !== "Terms") return stayStep(scene, person, terms.reasons)
  // A fourth child is paid for by the family though the segment is a worker's.
  const { activeFrom, paidByFamily: selfPaid, segment } = terms
  // The child is known by its mother's number until its NIK is matched (NB-5); a local government must take its child first.
  const trigger = activeFrom === undefined && !selfPaid ? "register-unverified" : "register-verified"
  const registered = Machine.move({ from: "UNREGISTERED", trigger, segment, selfPaid }, asOf, policy)
  if (registered._tag !== "Moved") return stayStep(scene, person, [...terms.reasons, ...registered.reasons])
  const paid =
    selfPaid && activeFrom !== undefined
      ? Machine.move({ from: registered.to, trigger: "first-payment", segment, selfPaid }, asOf, policy)
      : registered
  const state = paid._tag === "Moved" ? paid.to : registered.to
  const since = activeFrom ?? asOf.appliesOn
  return step(
    scene,
    person,
    {
      kind: "opens",
      trigger,
      to: { segment, state },
      effectiveOn: since,
      after: openedOn(since, { segment, state }, scene, person),
      reasons: [{ code: "CoverOfNewcomer" }, ...terms.reasons, ...registered.reasons],
      notes: [...terms.notes, ...registered.notes],
      papers: ["birth-letter", "mother-card", "family-card"]
    },
    segment === "PBPU" || segment === "BP" ? billsSince(scene, person, Month.of(terms.billedFrom)) : []
  )
}

/** Who pays for the child owes from the month of birth on, however late it is registered (NB-1). */
const billsSince = ({ asOf, policy }: Scene, { family, member }: Person, from: Month.Month): ReadonlyArray<Posting> => {
  const bills: Array<Posting> = []
  const last = Month.of(asOf.appliesOn)
  for (let month = from; !Month.isBefore(last, month); month = Month.add(month, 1)) {
    const amount = Amount.monthly(
      { _tag: "SelfPay", active: true, ...(family.wardClass === undefined ? {} : { wardClass: family.wardClass }) },
      { appliesOn: Month.first(month), knownOn: asOf.knownOn },
      policy
    )
    if (amount._tag === "Unknown") continue
    bills.push({
      ref: member.ref,
      account: "new",
      entry: { _tag: "Billed", month, on: asOf.appliesOn, amount: Amount.owedBy(amount, "member") }
    })
  }
  return bills
}

// --- death ---

export const deathStep = (scene: Scene, person: Person, event: Of<"Death">): Step | undefined => {
  const { asOf, policy } = scene
  const { membership } = person.member
  if (membership === undefined) return undefined
  const bills = billsOf(scene, person.member)
  const report = Death.report({ segment: membership.segment, diedOn: event.diedOn, bills }, asOf, policy)
  if (report._tag !== "Ended") return stayStep(scene, person, report.reasons)
  const movement = Machine.move(Membership.moveOf(membership, "died"), asOf, policy)
  if (movement._tag === "Illegal" || movement._tag === "Unknown" || movement._tag === "Waits") {
    return stayStep(scene, person, movement.reasons)
  }
  // the end counts from the day of death, however late it is reported (DTH-2)
  const dated = { ...movement, effectiveOn: report.endsOn, coverUntil: report.endsOn }
  return step(
    scene,
    person,
    {
      kind: "moves",
      trigger: "died",
      to: { segment: membership.segment, state: movement.to },
      effectiveOn: report.endsOn,
      after: Membership.applied(membership, "died", dated, { on: event.diedOn }),
      reasons: [...movement.reasons, ...report.reasons],
      notes: movement.notes,
      papers: report.papers
    },
    settled(scene, person.member, event)
  )
}

const billsOf = ({ asOf, policy }: Scene, { account }: Member): ReadonlyArray<Death.Bill> => {
  if (account === undefined) return []
  const { months } = Account.statement(account, { ...asOf, appliesOn: lastDay(account, asOf.appliesOn) }, policy)
  return months.map(({ due, month, settled }) => ({ month, amount: due, paid: settled }))
}

/** Bills of the months after death are taken back, and what was paid for them is given back. */
const settled = (scene: Scene, member: Member, event: Of<"Death">): ReadonlyArray<Posting> => {
  const { account, ref } = member
  if (account === undefined) return []
  const on = lastDay(account, scene.asOf.appliesOn)
  const after = billsOf(scene, member).filter(
    ({ amount, month }) => amount > 0 && Month.isBefore(Month.of(event.diedOn), month)
  )
  const cancelled = after.map(({ amount, month }) => ({ _tag: "Cancelled", month, on, amount, why: "death" }) as const)
  const left = Account.postAll(account, cancelled, scene.policy)
  const kept = Result.isSuccess(left)
    ? Account.statement(left.success, { ...scene.asOf, appliesOn: on }, scene.policy).credit
    : 0
  const entries: ReadonlyArray<Account.Entry> =
    kept === 0
      ? cancelled
      : [...cancelled, { _tag: "Refunded", on, amount: kept, reference: `death:${ref}:${scene.before.revision}` }]
  return entries.map((entry) => ({ ref, account: "new", entry }))
}
