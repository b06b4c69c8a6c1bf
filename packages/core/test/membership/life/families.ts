/** Families for the tests of life events: made by hand, or by fast-check. */
import { type Facts } from "@kis/core/eligibility"
import { Account, type Amount } from "@kis/core/contribution"
import { Family, type LifeEvent, LifePlan, type Membership } from "@kis/core/membership"
import type { Dated } from "@kis/core/policy"
import { Id } from "@kis/core/storage"
import { Month, PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"

export const day = PlainDate.make

export const on = (text: string): Dated.AsOf => ({ appliesOn: day(text), knownOn: day(text) })

/** The id of the person with a number. */
export const id = (number: number): Id.Id => Id.Id.make(`0190a1b2-0000-7000-8000-${String(number).padStart(12, "0")}`)

export const [father, mother, first, second, third, fourth, granny] = [1, 2, 3, 4, 5, 6, 7].map(id) as [
  Id.Id,
  Id.Id,
  Id.Id,
  Id.Id,
  Id.Id,
  Id.Id,
  Id.Id
]

/** Facts of somebody of whom everything is known that the rules ask. */
export const known = (birthDate: string, facts: Partial<Facts.Facts> = {}): Family.Own => ({
  deceased: false,
  birthDate: day(birthDate),
  citizenship: "WNI",
  hasNik: true,
  maritalStatus: "single",
  occupation: "none",
  studies: false,
  pbiDecree: false,
  localScheme: false,
  residence: "9971",
  ...facts
})

export const person = (
  ref: Id.Id,
  relation: Family.Member["relation"],
  birthDate: string,
  facts: Partial<Facts.Facts> = {},
  over: Partial<Family.Member> = {}
): Family.Member => ({
  ref,
  relation,
  facts: known(birthDate, facts),
  verified: true,
  care: "not-in-treatment",
  ...over
})

/** A couple with two children, of whom the father earns; over: what is other than that. */
export const couple = (
  head: Partial<Facts.Facts> = {},
  spouse: Partial<Facts.Facts> = {},
  more: ReadonlyArray<Family.Member> = []
): ReadonlyArray<Family.Member> => [
  person(father, "head", "1985-04-03", {
    maritalStatus: "married",
    ...(head.occupation === undefined ? { occupation: "private", wage: 6_000_000 } : {}),
    ...head
  }),
  person(mother, "spouse", "1987-10-12", { maritalStatus: "married", ...spouse }),
  person(first, "child", "2010-05-01", { studies: true }, { mother }),
  person(second, "child", "2013-08-17", { studies: true }, { mother }),
  ...more
]

/** The family with a membership for everybody, opened on a day as the rules place them. */
export const enrolled = (
  members: ReadonlyArray<Family.Member>,
  from: Dated.AsOf,
  over: Partial<Family.Family> = {}
): Family.Family => {
  const family: Family.Family = { revision: 0, office: "0903", wardClass: 3, ...over, members }
  const [head, ...others] = members.map(({ ref }) => ref)
  if (head === undefined) return family
  return carried(family, { _tag: "StartsSelfPay", of: [head, ...others] }, from).family
}

export const carried = (family: Family.Family, event: LifeEvent.LifeEvent, asOf: Dated.AsOf): LifePlan.Applied =>
  Result.getOrThrow(LifePlan.apply(family, Result.getOrThrow(LifePlan.preview(family, event, asOf))))

export const planned = (family: Family.Family, event: LifeEvent.LifeEvent, asOf: Dated.AsOf): LifePlan.LifePlan =>
  Result.getOrThrow(LifePlan.preview(family, event, asOf))

export const refused = (family: Family.Family, event: LifeEvent.LifeEvent, asOf: Dated.AsOf): ReadonlyArray<string> => {
  const result = LifePlan.preview(family, event, asOf)
  return Result.isFailure(result) ? result.failure.reasons.map(({ code }) => code) : ["not refused"]
}

export const changeOf = (plan: LifePlan.LifePlan, ref: Id.Id) => plan.changes.find((change) => change.ref === ref)

/** A change in a line: kind, where from and to, and from when. */
export const told = (plan: LifePlan.LifePlan, ref: Id.Id): string => {
  const change = changeOf(plan, ref)
  if (change === undefined) return "nothing"
  const standing = (at: LifePlan.Standing | undefined) => (at === undefined ? "nowhere" : `${at.segment} ${at.state}`)
  return `${change.kind}: ${standing(change.from)} -> ${standing(change.to)} on ${change.effectiveOn}`
}

export const codes = (plan: LifePlan.LifePlan, ref: Id.Id): ReadonlyArray<string> =>
  changeOf(plan, ref)?.reasons.map(({ code }) => code) ?? []

/** A month's contribution before and after, rupiah. */
export const costs = (plan: LifePlan.LifePlan, ref: Id.Id) => {
  const cost = changeOf(plan, ref)?.cost
  return [due(cost?.before), due(cost?.after)]
}

/** Who stands where on a card. */
export const places = (family: Family.Family | undefined) =>
  family?.members.map(({ ref, relation }) => [ref, relation] as const)

/** The family with the membership of one person changed. */
export const held = (family: Family.Family, ref: Id.Id, over: Partial<Membership.Membership>): Family.Family => ({
  ...family,
  members: family.members.map((member) =>
    member.ref === ref && member.membership !== undefined
      ? { ...member, membership: { ...member.membership, ...over } }
      : member
  )
})

/** The family in which one person never had a membership. */
export const unheld = (family: Family.Family, ref: Id.Id): Family.Family => ({
  ...family,
  members: family.members.map((member) => {
    if (member.ref !== ref) return member
    const { membership: _, ...rest } = member
    return rest
  })
})

export const membershipOf = (family: Family.Family, ref: Id.Id) => Family.find(family, ref)?.membership

/** A family in which somebody has bills that nobody paid, rupiah a month. */
export const owing = (family: Family.Family, ref: Id.Id, months: ReadonlyArray<string>, amount: number) => ({
  ...family,
  members: family.members.map((member) => {
    if (member.ref !== ref) return member
    const account = months.reduce(
      (into, month) =>
        Result.getOrThrow(
          Account.post(into, { _tag: "Billed", month: Month.make(month), on: day(`${month}-01`), amount })
        ),
      member.account ?? Account.open(`${ref}:0`)
    )
    return { ...member, account }
  })
})

// --- by fast-check ---

const birth = (from: number, to: number): fc.Arbitrary<string> =>
  fc
    .record({ year: fc.integer({ min: from, max: to }), day: fc.integer({ min: 0, max: 364 }) })
    .map(({ day: offset, year }) => PlainDate.addDays(day(`${year}-01-01`), offset))

const adultFacts = fc.record({
  occupation: fc.constantFrom<NonNullable<Facts.Facts["occupation"]>>(
    "private",
    "private",
    "state",
    "own-account",
    "none",
    "none",
    "pensioner"
  ),
  pbiDecree: fc.boolean(),
  localScheme: fc.boolean()
})

const care = fc.constantFrom<Family.Member["care"]>("not-in-treatment", "not-in-treatment", "in-treatment", "unknown")

interface Drawn {
  readonly birthDate: string
  readonly care: Family.Member["care"]
}

const cared = ({ care }: Drawn): Partial<Family.Member> => (care === undefined ? {} : { care })

/**
 * A family of one to seven, each with a membership since 1 January 2025; numbers of its people
 * begin after `offset`.
 */
export const arbitrary = (offset: number): fc.Arbitrary<Family.Family> =>
  fc
    .record({
      head: fc.record({ birthDate: birth(1960, 1990), care, facts: adultFacts }),
      spouse: fc.option(fc.record({ birthDate: birth(1960, 1992), care, facts: adultFacts }), { nil: undefined }),
      children: fc.array(fc.record({ birthDate: birth(2001, 2024), care, studies: fc.boolean() }), { maxLength: 5 }),
      granny: fc.option(fc.record({ birthDate: birth(1930, 1945), care }), { nil: undefined })
    })
    .map(({ children, granny: old, head, spouse }) => {
      const status = spouse === undefined ? "widowed" : "married"
      const wage = (facts: { readonly occupation: string }) =>
        facts.occupation === "private" || facts.occupation === "state" ? { wage: 5_000_000 } : {}
      const ref = (number: number) => id(offset + number)
      const members = [
        person(
          ref(1),
          "head",
          head.birthDate,
          { ...head.facts, ...wage(head.facts), maritalStatus: status },
          cared(head)
        ),
        ...(spouse === undefined
          ? []
          : [
              person(
                ref(2),
                "spouse",
                spouse.birthDate,
                { ...spouse.facts, ...wage(spouse.facts), maritalStatus: status },
                cared(spouse)
              )
            ]),
        ...children.map((child, i) =>
          person(ref(10 + i), "child", child.birthDate, { studies: child.studies }, cared(child))
        ),
        ...(old === undefined
          ? []
          : [person(ref(3), "parent", old.birthDate, { maritalStatus: "widowed" }, cared(old))])
      ]
      return enrolled(members, on("2025-01-01"))
    })

// --- those of most tests ---

/** The day on which most events of the tests are reported, and the one since which their families are covered. */
export const today = on("2026-02-10")
export const start = on("2025-06-01")

export const workers = enrolled(couple(), start)
export const traders = enrolled(couple({ occupation: "own-account" }), start)
export const active = (family: Family.Family): Family.Family => ({
  ...family,
  members: family.members.map((member) =>
    member.membership === undefined ? member : { ...member, membership: { ...member.membership, state: "ACTIVE" } }
  )
})
export const inCare = (
  family: Family.Family,
  ref: Family.Member["ref"],
  care: Family.Member["care"] = "in-treatment"
) => ({
  ...family,
  members: family.members.map((member) => (member.ref === ref && care !== undefined ? { ...member, care } : member))
})

export const due = (amount: Amount.Amount | undefined) => (amount?._tag === "Due" ? amount.total : amount?._tag)
