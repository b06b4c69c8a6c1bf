/**
 * An event in its family, before and after: what the rules decide for each person, and what that
 * costs.
 */
import type { Amount } from "../../contribution/Amount.ts"
import * as WardClass from "../../contribution/WardClass.ts"
import * as Cost from "../../eligibility/Cost.ts"
import * as Eligibility from "../../eligibility/Eligibility.ts"
import type { Segment } from "../../identity/Segment.ts"
import type { AsOf } from "../../policy/Dated.ts"
import type { Policy } from "../../policy/Policy.ts"
import type { Id } from "../../storage/Id.ts"
import { type Family, factsOf, find, living, type Member } from "../Family.ts"
import type { LifeEvent } from "../LifeEvent.ts"
import type { Standing } from "../LifePlan.ts"
import type { State } from "../Machine.ts"
import type { Membership } from "../Membership.ts"
import type { Composition } from "./composition.ts"

export interface Scene {
  readonly before: Family
  readonly composition: Composition
  readonly event: LifeEvent
  readonly asOf: AsOf
  readonly policy: Policy
}

/** A person after the event, with the card that they stand on and what the rules decide for them. */
export interface Person {
  readonly member: Member
  readonly family: Family
  readonly decision: Eligibility.Decision
  /** Absent for who was not in the family before. */
  readonly decisionBefore: Eligibility.Decision | undefined
}

/**
 * People by generation: a child stands behind its mother, whose cover it may follow, so that what
 * happens to hers is known when the child is looked at.
 */
export const generationsIn = ({ composition }: Scene): ReadonlyArray<ReadonlyArray<Id>> => {
  const members = [...composition.stay.members, ...(composition.parted?.members ?? [])]
  const depth = (member: Member): number => {
    const mother = members.find(({ ref }) => ref === member.mother)
    return mother === undefined || mother === member ? 0 : 1 + depth(mother)
  }
  const generations: Array<Array<Id>> = []
  for (const member of members) (generations[depth(member)] ??= []).push(member.ref)
  return generations
}

export const personIn = (scene: Scene, ref: Id): Person | undefined => {
  const { asOf, before, composition, policy } = scene
  const decide = (family: Family) => Eligibility.evaluate(factsOf(family, ref, asOf, policy), asOf, policy)
  const family =
    composition.parted !== undefined && find(composition.parted, ref) ? composition.parted : composition.stay
  const member = find(family, ref)
  return member === undefined
    ? undefined
    : {
        member,
        family,
        decision: decide(family),
        decisionBefore: find(before, ref) === undefined ? undefined : decide(before)
      }
}

/** The scene with the memberships that people have by now. */
export const withMemberships = (scene: Scene, memberships: ReadonlyMap<Id, Membership>): Scene => {
  if (memberships.size === 0) return scene
  const renewed = (family: Family): Family => ({
    ...family,
    members: family.members.map((member) => {
      const membership = memberships.get(member.ref)
      return membership === undefined ? member : { ...member, membership }
    })
  })
  const { parted, stay } = scene.composition
  const composition = { ...scene.composition, stay: renewed(stay), parted: parted && renewed(parted) }
  return { ...scene, composition }
}

export const standingOf = ({ segment, state }: Membership): Standing => ({ segment, state })

/**
 * A month's contribution for somebody who stands so in a family; nothing where none is due, or
 * where the rules would place them elsewhere and nobody knows on what ground they stand.
 */
export const costOf = (
  family: Family,
  member: Member,
  decision: Eligibility.Decision | undefined,
  standing: Standing | undefined,
  policy: Policy
): Amount | undefined => {
  if (decision === undefined || standing === undefined || !billed.has(standing.state)) return undefined
  if (Eligibility.segmentOf(decision) !== standing.segment) return undefined
  const worker = workersIn(family)[0]
  return Cost.monthly(
    decision,
    {
      active: standing.state !== "SUSPENDED_ARREARS",
      ...(worker?.facts.wage === undefined ? {} : { workerWage: worker.facts.wage }),
      ...(family.minimumWage === undefined ? {} : { minimumWage: family.minimumWage }),
      ...(member.pension === undefined ? {} : { pension: member.pension }),
      ...(member.referencePay === undefined ? {} : { referencePay: member.referencePay })
    },
    policy
  )
}

/**
 * The class of a membership that opens, where it is known: a couple that both work takes the better one, with those
 * who depend on them (BOTH-WORK); who else of the family works has that of the own wage.
 */
export const wardClassIn = (
  { family, member }: Pick<Person, "family" | "member">,
  segment: Segment,
  { asOf, policy }: Scene
): 1 | 2 | 3 | undefined => {
  const earners = isEarner(member) && !isOfCouple(member) ? [member] : workersIn(family)
  const wages = earners.flatMap(({ facts }) => facts.wage ?? [])
  const found = WardClass.of(
    {
      segment,
      ...(wages.length === 0 ? {} : { wage: Math.max(...wages) }),
      ...(family.wardClass === undefined ? {} : { chosen: family.wardClass })
    },
    asOf,
    policy
  )
  return found._tag === "Class" ? found.wardClass : undefined
}

/** The head and the spouse, as far as they work for a wage. */
const workersIn = (family: Family) => living(family).filter((member) => isOfCouple(member) && isEarner(member))

const isOfCouple = ({ relation }: Member) => relation === "head" || relation === "spouse"

const isEarner = ({ facts }: Member) => facts.occupation === "private" || facts.occupation === "state"

const billed: ReadonlySet<State> = new Set(["ACTIVE", "AWAITING_FIRST_PAYMENT", "SUSPENDED_ARREARS"])
