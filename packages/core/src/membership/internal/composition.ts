/**
 * Who the family is after an event, before anybody asks what follows for their cover: who came,
 * who left for a card of their own, who heads the card, and whose facts are others now.
 *
 * What cannot have happened to this family is refused, all reasons at once.
 */
import * as Result from "effect/Result"
import { contradictions } from "../../eligibility/Contradiction.ts"
import type { AsOf } from "../../policy/Dated.ts"
import type { Policy } from "../../policy/Policy.ts"
import type { Reason } from "../../policy/Reason.ts"
import type { Id } from "../../storage/Id.ts"
import { addYears, isAfter, isBefore, Order, PlainDate } from "../../time/PlainDate.ts"
import type { grace } from "../Dismissal.ts"
import { type Family, factsOf, find, type Member, living } from "../Family.ts"
import { termsOf } from "./cradleAndGrave.ts"
import { EventRefused, type LifeEvent, type Newcomer, type Of } from "../LifeEvent.ts"
import { dayOf } from "./day.ts"

/** `stay` and `parted` hold the cover that people had; `concerned` are those whom the event is about. */
export interface Composition {
  readonly stay: Family
  readonly parted: Family | undefined
  readonly concerned: ReadonlySet<Id>
  /** Who heads a card now and did not before. */
  readonly heads: ReadonlyArray<Id>
}

/** How an employment ended, by its proofs. */
export type Ended = ReturnType<typeof grace>

export const compose = (
  family: Family,
  event: LifeEvent,
  asOf: AsOf,
  policy: Policy,
  ended: Ended | undefined
): Result.Result<Composition, EventRefused> => {
  const [first, ...rest] = impossible(family, event, asOf, policy)
  if (first !== undefined) return refuse(event, first, rest)
  const composition = after(family, event, ended)
  if (event._tag === "Birth") {
    const child = find(composition.stay, event.ref)
    const terms = child === undefined ? undefined : termsOf(composition.stay, child, event, { asOf, policy })
    if (terms?._tag === "Refused") return refuse(event, terms.reasons[0], terms.reasons.slice(1))
  }
  const [found, ...others] = contradictionsIn(composition, family, asOf, policy)
  return found === undefined ? Result.succeed(composition) : refuse(event, found, others)
}

const refuse = (event: LifeEvent, first: Reason, rest: ReadonlyArray<Reason>) =>
  Result.fail(new EventRefused({ event: event._tag, reasons: [first, ...rest] }))

// --- what cannot be ---

const impossible = (family: Family, event: LifeEvent, asOf: AsOf, policy: Policy): ReadonlyArray<Reason> => {
  const reasons: Array<Reason> = []
  const of = namedIn(event).map((ref) => find(family, ref))
  if (of.includes(undefined)) reasons.push({ code: "PersonNotOfFamily" })
  const comers = newcomersIn(event)
  // a mother who died in childbirth is named all the same
  const alive = event._tag === "Birth" ? comers : [...of, ...comers]
  if (alive.some((person) => person?.facts?.deceased === true)) reasons.push({ code: "PersonHasDied" })
  const refs = comers.map(({ ref }) => ref)
  if (refs.some((ref) => find(family, ref) !== undefined)) reasons.push({ code: "PersonAlreadyOfFamily" })
  for (const { birthDate, on } of datesIn(family, event)) {
    if (isAfter(on, asOf.appliesOn)) reasons.push({ code: "EventAfterTheDay" })
    if (birthDate !== undefined && isBefore(on, birthDate)) reasons.push({ code: "EventBeforeBirth" })
  }
  return reasons.length > 0 ? reasons : unfit(family, event, asOf, policy)
}

/** Asked only once everybody named is known to be there, and alive where they must be. */
const unfit = (family: Family, event: LifeEvent, asOf: AsOf, policy: Policy): ReadonlyArray<Reason> => {
  switch (event._tag) {
    case "Marriage":
      return canMarry(family, event) ? [] : [{ code: "MarriedAlready" }]
    case "Divorce":
      return divorceProblems(family, event)
    case "ChildTurns":
      return notOfAge(find(family, event.of), asOf, policy)
    case "Dismissal":
      return earns(find(family, event.of)) ? [] : [{ code: "NotAWageWorker" }]
    case "GraceEnds":
      return living(family).some(
        ({ membership }) => membership?.state === "GRACE_PHK" && isOver(membership.until, asOf)
      )
        ? []
        : [{ code: "GraceNotOver" }]
    case "CareEnds":
      return careGoesOn(find(family, event.of))
    default:
      return []
  }
}

/** The hospitals' word against it counts; where they say nothing, whoever reports it vouches for it. */
const careGoesOn = (member: Member | undefined): ReadonlyArray<Reason> => {
  if (member?.membership?.waiting === undefined) return [{ code: "NothingWaits" }]
  return member.care === "in-treatment" ? [{ code: "CareContinues" }] : []
}

/** Cover without a last day does not end by itself. */
const isOver = (until: PlainDate | undefined, asOf: AsOf) => until !== undefined && isAfter(asOf.appliesOn, until)

const namedIn = (event: LifeEvent): ReadonlyArray<Id> => {
  switch (event._tag) {
    case "Birth":
      return event.mother === undefined ? [] : [event.mother]
    case "Adoption":
    case "GraceEnds":
    case "Move":
      return []
    case "Divorce":
      return event.leaves
    case "PbiDecree":
      return [...event.listed, ...event.removed]
    case "StartsSelfPay":
      return event.of
    default:
      return [event.of]
  }
}

const newcomersIn = (event: LifeEvent): ReadonlyArray<{ readonly ref: Id; readonly facts?: Newcomer["facts"] }> => {
  switch (event._tag) {
    case "Birth":
      return [event]
    case "Adoption":
      return [event.child]
    case "Marriage":
      return [event.spouse]
    default:
      return []
  }
}

const datesIn = (family: Family, event: LifeEvent) => {
  if (event._tag === "Birth") return [{ on: event.birthDate, birthDate: undefined }]
  if (event._tag === "FactsCorrected") {
    const { birthDate } = event.facts
    return birthDate === undefined ? [] : [{ on: birthDate, birthDate: undefined }]
  }
  if (event._tag !== "Death") return []
  return [{ on: event.diedOn, birthDate: find(family, event.of)?.facts.birthDate }]
}

const earns = (member: Member | undefined) =>
  member?.facts.occupation === "private" || member?.facts.occupation === "state"

const canMarry = (family: Family, event: Of<"Marriage">) => {
  const bride = find(family, event.of)
  const taken = bride?.relation === "head" && spouseIn(family) !== undefined
  return !taken && bride?.facts.maritalStatus !== "married" && event.spouse.facts.maritalStatus !== "married"
}

const divorceProblems = (family: Family, event: Of<"Divorce">): ReadonlyArray<Reason> => {
  const [head, spouse] = [headIn(family), spouseIn(family)]
  if (head === undefined || spouse === undefined) return [{ code: "NotMarriedInFamily" }]
  const parting = [head.ref, spouse.ref].filter((ref) => event.leaves.includes(ref))
  return parting.length === 1 && parting[0] === event.leaves[0] ? [] : [{ code: "CoupleStaysTogether" }]
}

const notOfAge = (child: Member | undefined, asOf: AsOf, policy: Policy): ReadonlyArray<Reason> => {
  if (child?.relation !== "child") return [{ code: "NotAChildOfFamily" }]
  const { childAge } = dayOf(policy, asOf).entries
  const { birthDate } = child.facts
  if (childAge === undefined) return [{ code: "RuleNotKnown", params: { rule: policy.parameters.childAge.rule } }]
  if (birthDate === undefined) return [{ code: "MissingBirthDate" }]
  return isAfter(birthDate, addYears(asOf.appliesOn, -childAge.value))
    ? [{ code: "NotYetOfAge", params: { age: childAge.value } }]
    : []
}

/** Facts that were contradictory before are not the event's doing, and hold it up no more than nobody. */
const contradictionsIn = function* (composition: Composition, before: Family, asOf: AsOf, policy: Policy) {
  for (const family of [composition.stay, composition.parted]) {
    for (const { ref } of family === undefined ? [] : living(family)) {
      const known = new Set(
        find(before, ref) === undefined
          ? []
          : contradictions(factsOf(before, ref, asOf, policy), asOf).map(({ code }) => code)
      )
      if (family === undefined) continue
      for (const { code, reason } of contradictions(factsOf(family, ref, asOf, policy), asOf)) {
        if (!known.has(code)) yield reason
      }
    }
  }
}

// --- what is after ---

const after = (family: Family, event: LifeEvent, ended: Ended | undefined): Composition => {
  switch (event._tag) {
    case "Birth":
      return joined(family, newborn(family, event))
    case "Adoption":
      return joined(family, comer(event.child, "child"))
    case "Marriage":
      return married(family, event)
    case "Divorce":
      return divorced(family, event)
    case "Death":
      return died(family, event)
    case "ChildTurns":
      return changed(family, [event.of], event.studies === undefined ? {} : { studies: event.studies })
    case "NewJob":
      return employed(family, event)
    case "Dismissal":
      return ended?._tag === "Grace" || ended?._tag === "NotCovered"
        ? withoutWage(family, event)
        : changed(family, [event.of], {}) // the employment stands as long as it is disputed, or nothing proves its end
    case "Retirement":
      return retired(family, event)
    case "Move":
      return moved(family, event)
    case "PbiDecree":
      return decreed(family, event)
    case "StartsSelfPay": {
      const to = event.wardClass === undefined ? family : { ...family, wardClass: event.wardClass }
      return changed(to, event.of, {})
    }
    case "FactsCorrected":
      return changed(family, [event.of], event.facts)
    case "GraceEnds":
      return changed(family, [], {})
    case "CareEnds":
      return {
        ...changed(family, [event.of], {}),
        stay: replace(family, [event.of], (member) => ({ ...member, care: "not-in-treatment" }))
      }
  }
}

const headIn = (family: Family) => living(family).find(({ relation }) => relation === "head")
const spouseIn = (family: Family) => living(family).find(({ relation }) => relation === "spouse")

const replace = (family: Family, refs: ReadonlyArray<Id>, by: (member: Member) => Member): Family => ({
  ...family,
  members: family.members.map((member) => (refs.includes(member.ref) ? by(member) : member))
})

const changed = (family: Family, refs: ReadonlyArray<Id>, facts: Member["facts"]): Composition => ({
  stay: replace(family, refs, (member) => ({ ...member, facts: { ...member.facts, ...facts } })),
  parted: undefined,
  concerned: new Set(refs),
  heads: []
})

const joined = (family: Family, member: Member): Composition => ({
  stay: { ...family, members: [...family.members, member] },
  parted: undefined,
  concerned: new Set([member.ref]),
  heads: []
})

const comer = (of: Newcomer, relation: Member["relation"], facts: Member["facts"] = {}): Member => {
  const { facts: own, ...rest } = of
  return { ...rest, relation, facts: { ...own, ...facts } }
}

/**
 * A child that was just born has no work, no spouse and no school; and no decree or list that was
 * made before its birth can name it.
 */
const newborn = (family: Family, event: Of<"Birth">): Member => {
  const head = headIn(family)
  const { birthDate, hasNik, mother, motherScheme, ref } = event
  return {
    ref,
    relation: "child",
    ...(mother === undefined ? {} : { mother }),
    facts: {
      deceased: false,
      birthDate,
      citizenship: head?.facts.citizenship ?? "WNI",
      hasNik,
      maritalStatus: "single",
      occupation: "none",
      studies: false,
      pbiDecree: false,
      localScheme: false,
      ...(head?.facts.residence === undefined ? {} : { residence: head.facts.residence }),
      ...(motherScheme === undefined ? {} : { motherScheme })
    }
  }
}

const married = (family: Family, event: Of<"Marriage">): Composition => {
  const wedded = replace(family, [event.of], (member) => ({
    ...member,
    facts: { ...member.facts, maritalStatus: "married" }
  }))
  const { relation } = find(wedded, event.of) ?? { relation: "other" }
  const ofHead = relation === "head"
  const spouse = comer(event.spouse, ofHead || event.newCard === true ? "spouse" : "other", {
    maritalStatus: "married"
  })
  const together = joined(wedded, spouse)
  const concerned = new Set([event.of, spouse.ref])
  if (ofHead || event.newCard !== true) return { ...together, concerned }
  return { ...part(together.stay, [event.of, spouse.ref]), concerned }
}

const divorced = (family: Family, event: Of<"Divorce">): Composition => {
  const couple = [headIn(family), spouseIn(family)].flatMap((member) => member?.ref ?? [])
  const alone = replace(family, couple, (member) => ({
    ...member,
    facts: { ...member.facts, maritalStatus: "divorced" }
  }))
  return { ...part(alone, event.leaves), concerned: new Set(event.leaves) }
}

const died = (family: Family, event: Of<"Death">): Composition => {
  const { relation } = find(family, event.of) ?? { relation: "other" }
  const widowed = relation === "head" ? spouseIn(family) : relation === "spouse" ? headIn(family) : undefined
  const without = replace(
    replace(family, [event.of], (member) => ({ ...member, facts: { ...member.facts, deceased: true } })),
    widowed === undefined ? [] : [widowed.ref],
    (member) => ({ ...member, facts: { ...member.facts, maritalStatus: "widowed" } })
  )
  return { ...headed(without), concerned: new Set([event.of]) }
}

const employed = (family: Family, { of, paidBy, wage }: Of<"NewJob">): Composition => {
  const { employerRegisters: _, wage: __, ...rest } = find(family, of)?.facts ?? {}
  const facts = { ...rest, occupation: paidBy, ...(wage === undefined ? {} : { wage }) }
  return {
    ...changed(family, [of], {}),
    stay: replace(family, [of], (member) => ({ ...member, facts }))
  }
}

const withoutWage = (family: Family, event: Of<"Dismissal">): Composition => {
  return {
    ...changed(family, [event.of], {}),
    stay: replace(family, [event.of], (member) => {
      const { employerRegisters: _, wage: __, ...facts } = member.facts
      return { ...member, facts: { ...facts, occupation: "none" } }
    })
  }
}

const retired = (family: Family, event: Of<"Retirement">): Composition => ({
  ...changed(family, [event.of], {}),
  stay: replace(family, [event.of], (member) => {
    const { employerRegisters: _, wage: __, ...facts } = member.facts
    return {
      ...member,
      facts: { ...facts, occupation: event.as },
      ...(event.pension === undefined ? {} : { pension: event.pension }),
      ...(event.referencePay === undefined ? {} : { referencePay: event.referencePay })
    }
  })
})

const moved = (family: Family, event: Of<"Move">): Composition => ({
  ...changed(family, [], {}),
  stay: replace(
    family,
    living(family).map(({ ref }) => ref),
    (member) => {
      const { localScheme, residence: old, ...facts } = member.facts
      // what another local government does is a question to be asked, not a no
      const local = event.localScheme ?? (old === event.residence || localScheme !== true ? localScheme : undefined)
      return {
        ...member,
        facts: { ...facts, residence: event.residence, ...(local === undefined ? {} : { localScheme: local }) }
      }
    }
  )
})

const decreed = (family: Family, { listed, removed }: Of<"PbiDecree">): Composition => {
  const named = changed(family, listed, { pbiDecree: true })
  const both = changed(named.stay, removed, { pbiDecree: false })
  return { ...both, concerned: new Set([...listed, ...removed]) }
}

// --- cards and heads ---

/** Those named move to a card of their own, which the first of them heads. */
const part = (family: Family, leaves: ReadonlyArray<Id>): Omit<Composition, "concerned"> => {
  const going = leaves.flatMap((ref) => find(family, ref) ?? [])
  const staying = family.members.filter((member) => !leaves.includes(member.ref))
  const rest = headed({ ...family, members: staying })
  const [head, ...others] = going
  const members =
    head === undefined
      ? []
      : [{ ...head, relation: "head" as const }, ...others.map((member) => under(head.relation, member))]
  return {
    stay: rest.stay,
    parted: { ...family, revision: 0, members },
    heads: [...rest.heads, ...(head === undefined || head.relation === "head" ? [] : [head.ref])]
  }
}

/** A card whose head is gone gets another: the spouse, or the eldest who is nobody's young child. */
const headed = (family: Family): Omit<Composition, "concerned"> => {
  const none = { stay: family, parted: undefined, heads: [] }
  if (headIn(family) !== undefined) return none
  const next = spouseIn(family) ?? eldest(living(family).filter((member) => isGrown(member)))
  if (next === undefined) return none
  return {
    stay: {
      ...family,
      members: family.members.map((member) =>
        member.ref === next.ref
          ? { ...member, relation: "head" }
          : member.facts.deceased === true
            ? member
            : under(next.relation, member)
      )
    },
    parted: undefined,
    heads: [next.ref]
  }
}

// A child who earns or has married stands on their own feet; who is a child otherwise needs a guardian.
const isGrown = ({ facts, relation }: Member) =>
  relation !== "child" ||
  (facts.maritalStatus !== undefined && facts.maritalStatus !== "single") ||
  (facts.occupation !== undefined && facts.occupation !== "none")

const eldest = (members: ReadonlyArray<Member>): Member | undefined =>
  [...members].sort((a, b) => Order(a.facts.birthDate ?? latest, b.facts.birthDate ?? latest))[0]

const latest = PlainDate.make("9999-12-31")

/** Where a person stands on the card once somebody who was `heir` to the old head heads it. */
const under = (heir: Member["relation"], member: Member): Member => {
  if (heir === "head" || member.relation === "spouse") return member
  const relation = heir === "spouse" ? (seenBySpouse[member.relation] ?? member.relation) : "other"
  return { ...member, relation }
}

const seenBySpouse: { readonly [R in Member["relation"]]?: Member["relation"] } = {
  parent: "parent-in-law",
  "parent-in-law": "parent"
}
