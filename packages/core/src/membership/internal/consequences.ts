/**
 * What an event means for the cover of everybody in the family.
 *
 * The rule behind all of it: a person's cover changes when the event is about them, or when the
 * family that the event left behind makes another segment apply to them than before. Where the
 * new segment cannot be decided, cover goes on as it is.
 */
import * as Cost from "../../eligibility/Cost.ts"
import * as Eligibility from "../../eligibility/Eligibility.ts"
import { isWageEarner } from "../../identity/Segment.ts"
import type { Reason } from "../../policy/Reason.ts"
import type { Id } from "../../storage/Id.ts"
import { isAfter, type PlainDate } from "../../time/PlainDate.ts"
import type { Membership } from "../Membership.ts"
import { find, living } from "../Family.ts"
import type { Change, Posting } from "../LifePlan.ts"
import * as Machine from "../Machine.ts"
import type { Ended } from "./composition.ts"
import { facilityStep } from "./facilityStep.ts"
import { generationsIn, type Person, personIn, type Scene, withMemberships } from "./scene.ts"
import { deathStep, newbornStep } from "./cradleAndGrave.ts"
import { isWaiting, moveStep, openStep, stayStep, type Step, transferStep } from "./steps.ts"
import { dayOf } from "./day.ts"

export interface Consequences {
  readonly changes: ReadonlyArray<Change>
  readonly postings: ReadonlyArray<Posting>
}

/** `ended` is how an employment ended, where the event is a dismissal. */
export const consequences = (scene: Scene, ended: Ended | undefined): Consequences => {
  const found: Array<Step> = []
  let now = scene
  for (const generation of generationsIn(scene)) {
    const steps = generation.flatMap((ref) => {
      const person = personIn(now, ref)
      return (person === undefined ? undefined : stepOf(now, person, ended)) ?? []
    })
    found.push(...steps)
    now = withMemberships(
      now,
      new Map(steps.flatMap(({ change: { after, ref } }) => (after === undefined ? [] : [[ref, after] as const])))
    )
  }
  return { changes: found.map(({ change }) => change), postings: found.flatMap(({ postings }) => postings) }
}

const stepOf = (scene: Scene, person: Person, ended: Ended | undefined): Step | undefined => {
  const { event } = scene
  const { member } = person
  const { membership, ref } = member
  if (event._tag === "Death" && event.of === ref) return deathStep(scene, person, event)
  if (member.facts.deceased === true) return undefined
  if (event._tag === "Birth" && event.ref === ref) return newbornStep(scene, person, event)
  switch (event._tag) {
    case "Dismissal":
      return ended === undefined ? undefined : afterEmployment(scene, person, ended)
    case "GraceEnds":
      return afterGrace(scene, person)
    case "PbiDecree":
      return event.removed.includes(ref) && membership?.segment === "PBI-JK"
        ? afterPbi(scene, person)
        : byRules(scene, person)
    case "CareEnds":
      return event.of === ref ? afterCare(scene, person) : undefined
    case "Move":
      return byRules(scene, person) ?? facilityStep(scene, person, event)
    default:
      return byRules(scene, person)
  }
}

// --- by the rules of eligibility ---

const byRules = (scene: Scene, person: Person): Step | undefined => {
  const { decision, decisionBefore, member } = person
  const { membership } = member
  const concerned = scene.composition.concerned.has(member.ref)
  if (!concerned && !affects(scene, person)) return undefined
  const lead = leadOf(scene, person)
  const { choice } = decision
  if (choice._tag === "Undecided") return stayStep(scene, person, [{ code: "CoverStaysUntilAnswered" }, ...lead])
  if (choice._tag === "NoneFits") {
    return membership !== undefined && isOfWork(membership)
      ? moveStep(scene, person, "employment-ended", [...lead, ...decision.reasons])
      : stayStep(scene, person, lead)
  }
  const selfPaid = Cost.paysThemselves(decision)
  // closed as a double: the person is covered by another entry, and a second card is nobody's to open
  if (membership?.state === "CLOSED_DUPLICATE") return concerned ? stayStep(scene, person, lead) : undefined
  if (membership === undefined || !Machine.isLive(membership.state)) {
    return concerned || !selfPaid ? openStep(scene, person, choice.segment, selfPaid, lead) : undefined
  }
  if (membership.state === "REMOVED_PBI" && choice.segment === "PBI-JK") {
    return moveStep(scene, person, "pbi-reactivated", lead)
  }
  if (choice.segment === membership.segment && !isLoose(membership)) {
    const moved = decisionBefore?.choice._tag === "Chosen" && decisionBefore.choice.ground !== choice.ground
    return concerned || moved || isWaiting(membership) ? stayStep(scene, person, lead) : undefined
  }
  if (selfPaid && !isAskedToPay(scene, person)) {
    // nobody is made a payer unasked who has no cover to lose, or is covered without paying for a time
    const covered = Machine.covers(membership.state)
    if (!covered && !concerned) return undefined
    if (!covered || membership.state === "GRACE_PHK") return stayStep(scene, person, lead)
  }
  return transferStep(scene, person, choice.segment, selfPaid, lead)
}

/** Whether the event itself asks for cover of one's own, or ends what it stood on. */
const isAskedToPay = ({ composition, event }: Scene, { decisionBefore, member }: Person): boolean => {
  if (!composition.concerned.has(member.ref)) return false
  switch (event._tag) {
    case "StartsSelfPay":
    case "Adoption":
    case "Divorce":
    case "ChildTurns":
    case "CareEnds":
      return true
    case "Marriage":
      // who comes in, and who founds a card of their own
      return decisionBefore === undefined || event.newCard === true
    default:
      return false
  }
}

/** Whether another segment applies than before the event, or none that can be told. */
const affects = (scene: Scene, { decision, decisionBefore, member }: Person): boolean =>
  scene.composition.concerned.has(member.ref) ||
  decisionBefore === undefined ||
  decision.choice._tag !== decisionBefore.choice._tag ||
  (decision.choice._tag === "Chosen" &&
    decisionBefore.choice._tag === "Chosen" &&
    decision.choice.ground !== decisionBefore.choice.ground)

/** An open account whose reason is gone: who finds cover again gets a new one. */
const isLoose = ({ state }: Membership) =>
  state === "GRACE_PHK" || state === "ENDED_EMPLOYMENT" || state === "REMOVED_PBI"

const isOfWork = ({ segment, state }: Membership) =>
  isWageEarner(segment) && (state === "ACTIVE" || state === "SUSPENDED_ARREARS")

/** Whether the rules find somebody else who pays: then cover goes over, and does not end. */
const hasPayer = ({ decision }: Person) => decision.choice._tag === "Chosen" && !Cost.paysThemselves(decision)

// --- where cover stands on something that ended ---

const afterEmployment = (scene: Scene, person: Person, ended: Ended): Step | undefined => {
  const { membership } = person.member
  const isWorker = scene.composition.concerned.has(person.member.ref)
  if (ended._tag === "Unknown" || ended._tag === "Continues") {
    return isWorker ? stayStep(scene, person, ended.reasons) : undefined
  }
  if (!affects(scene, person)) return undefined
  if (membership === undefined || !isOfWork(membership) || keepsWorkCover(person)) return byRules(scene, person)
  if (ended._tag === "Grace") {
    const ofFamily: Reason = { code: "GraceOfFamily", params: { until: ended.to } }
    const lead = isWorker ? ended.reasons : [ofFamily, ...ended.reasons]
    return moveStep(scene, person, "dismissed", lead, ended.to)
  }
  if (hasPayer(person)) return byRules(scene, person)
  return moveStep(scene, person, "employment-ended", [{ code: "EmploymentCoverEnds" }, ...ended.reasons])
}

/** Somebody else's work in the family covers as well. */
const keepsWorkCover = ({ decision }: Person) => isWageEarner(Eligibility.segmentOf(decision))

const afterGrace = (scene: Scene, person: Person): Step | undefined => {
  const { membership, ref } = person.member
  const over = membership?.state === "GRACE_PHK" && isOver(membership.until, scene)
  // who was born or came in during the grace stands on the same lost work
  const along = membership !== undefined && isOfWork(membership) && !keepsWorkCover(person) && graceIn(scene, ref)
  if (membership === undefined || !(over || along)) return undefined
  if (hasPayer(person)) return byRules(concerning(scene, ref), person)
  const lead: ReadonlyArray<Reason> = [
    { code: "GraceIsOver", params: { until: membership.until ?? scene.asOf.appliesOn } }
  ]
  return moveStep(scene, person, over ? "grace-ended" : "employment-ended", lead)
}

const isOver = (until: PlainDate | undefined, { asOf }: Scene) => until !== undefined && isAfter(asOf.appliesOn, until)

const graceIn = ({ before }: Scene, ref: Id) =>
  find(before, ref) !== undefined && before.members.some(({ membership }) => membership?.state === "GRACE_PHK")

const concerning = (scene: Scene, ref: Id): Scene => ({
  ...scene,
  composition: { ...scene.composition, concerned: new Set([...scene.composition.concerned, ref]) }
})

const afterPbi = (scene: Scene, person: Person): Step | undefined => {
  if (hasPayer(person) || person.member.membership?.state === "REMOVED_PBI") return byRules(scene, person)
  return moveStep(scene, person, "pbi-removed", [{ code: "RemovedFromPbi" }])
}

const afterCare = (scene: Scene, person: Person): Step | undefined => {
  const ending = person.member.membership?.waiting?.find(({ trigger }) => trigger !== "transferred")
  if (ending === undefined || hasPayer(person)) return byRules(scene, person)
  return moveStep(scene, person, ending.trigger, [{ code: "CareIsOver" }])
}

// --- what stands first among the reasons ---

const leadOf = (scene: Scene, { family, member }: Person): ReadonlyArray<Reason> => {
  const heads: ReadonlyArray<Reason> = scene.composition.heads.includes(member.ref)
    ? [{ code: "HeadOfCardSucceeds" }]
    : living(family).some(({ relation }) => relation === "head")
      ? []
      : [{ code: "NoHeadCanFollow" }]
  const [first] = leadOfEvent(scene, member.ref)
  return first === undefined ? [...heads, { code: "CoverFollowsFamily" }] : [first, ...heads]
}

const leadOfEvent = (scene: Scene, ref: Id): ReadonlyArray<Reason> => {
  const { before, composition, event } = scene
  const isOf = composition.concerned.has(ref)
  switch (event._tag) {
    case "Adoption":
    case "Marriage":
      return find(before, ref) === undefined ? [{ code: "CoverOfNewcomer" }] : []
    case "Divorce":
      return event.leaves.includes(ref) ? [{ code: "FamilyCardParts" }] : []
    case "ChildTurns":
      return isOf ? [{ code: "ChildComesOfAge", params: agesOf(scene) }] : []
    case "Retirement":
      return isOf && event.as !== "none" ? [{ code: "PensionerFromNowOn" }] : []
    case "PbiDecree":
      if (event.removed.includes(ref)) return [{ code: "RemovedFromPbi" }]
      return event.listed.includes(ref) ? [{ code: "ListedForPbi" }] : []
    case "Move": {
      const had = find(before, ref)?.facts.localScheme === true
      return had && event.localScheme !== true ? [{ code: "LocalSchemeLeftBehind" }] : []
    }
    case "FactsCorrected":
      return isOf ? [{ code: "FactsPutRight" }] : []
    case "CareEnds":
      return isOf ? [{ code: "CareIsOver" }] : []
    default:
      return []
  }
}

const agesOf = ({ asOf, policy }: Scene): Record<string, number> => {
  const { childAge, studentAge } = dayOf(policy, asOf).entries
  return {
    ...(childAge === undefined ? {} : { age: childAge.value }),
    ...(studentAge === undefined ? {} : { studentAge: studentAge.value })
  }
}
