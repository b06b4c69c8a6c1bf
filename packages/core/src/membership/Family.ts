/**
 * The people of one family card and their cover, as one value: what an event of life changes.
 *
 * Each person has facts of their own; what depends on the others (who heads the card and how
 * they earn, a child's place among the children, how the mother is covered) is derived from the
 * family on the day, so that one change reaches everybody whom it concerns.
 *
 * People are named by a reference, never by name or number.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Account from "../contribution/Account.ts"
import * as ChildOrder from "../eligibility/ChildOrder.ts"
import * as Facts from "../eligibility/Facts.ts"
import { Relation } from "../identity/Person.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Care as Cared } from "../registry/CareStatus.ts"
import { Id } from "../storage/Id.ts"
import * as Machine from "./Machine.ts"
import { Membership } from "./Membership.ts"

// --- models ---

const {
  childOrder: _order,
  headBirthDate: _birth,
  headOccupation: _head,
  relation: _relation,
  spouseOccupation: _spouse,
  wardClass: _class,
  ...own
} = Facts.fields

/**
 * The facts that are a person's own, and not the family's.
 *
 * @category models
 * @since 0.1.0
 */
export const Own = Schema.Struct(own)

/**
 * @category models
 * @since 0.1.0
 */
export interface Own extends Schema.Schema.Type<typeof Own> {}

/**
 * Whether somebody is being treated: as the hospitals say, or nobody could say.
 *
 * @category models
 * @since 0.1.0
 */
export const Care: Schema.Codec<Cared> = Schema.Literals(["in-treatment", "not-in-treatment", "unknown"])

/**
 * A person of the family, by the id of the participant. `mother` is the biological mother when she
 * is in the family too. `verified`: the population register confirmed the person. `pension` and
 * `referencePay` are rupiah a month.
 *
 * `membership` is the one held last, `row` its id on the register, `account` what it is billed on;
 * who never was registered has none. Absent `care` is unknown.
 *
 * @category models
 * @since 0.1.0
 */
export const Member = Schema.Struct({
  ref: Id,
  relation: Relation,
  facts: Own,
  mother: Schema.optionalKey(Id),
  verified: Schema.optionalKey(Schema.Boolean),
  pension: Schema.optionalKey(Schema.Int),
  referencePay: Schema.optionalKey(Schema.Int),
  care: Schema.optionalKey(Care),
  membership: Schema.optionalKey(Membership),
  row: Schema.optionalKey(Id),
  account: Schema.optionalKey(Account.Account)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Member extends Schema.Schema.Type<typeof Member> {}

/**
 * `revision` counts what happened to the family: a plan is carried out on the revision that it
 * was made of. `office` is the code of the office that answers for it. `wardClass` is the class of all who pay themselves (FAM-5). `minimumWage` is the
 * local one, rupiah a month.
 *
 * @category models
 * @since 0.1.0
 */
export const Family = Schema.Struct({
  revision: Schema.Int,
  office: Schema.String,
  members: Schema.Array(Member),
  wardClass: Schema.optionalKey(Schema.Literals([1, 2, 3])),
  minimumWage: Schema.optionalKey(Schema.Int)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Family extends Schema.Schema.Type<typeof Family> {}

// --- reading ---

/**
 * @category reading
 * @since 0.1.0
 */
export const find = (self: Family, ref: Id): Member | undefined => self.members.find((member) => member.ref === ref)

/**
 * Those who are alive.
 *
 * @category reading
 * @since 0.1.0
 */
export const living = (self: Family): ReadonlyArray<Member> =>
  self.members.filter(({ facts }) => facts.deceased !== true)

/**
 * What all accounts of the family owe together, in rupiah; less than nothing is money kept.
 *
 * @category reading
 * @since 0.1.0
 */
export const owed = (self: Family, asOf: AsOf, policy: Policy = National.policy): number =>
  self.members.reduce((sum, { account }) => {
    if (account === undefined) return sum
    const { credit, outstanding } = Account.statement(account, asOf, policy)
    return sum + outstanding - credit
  }, 0)

/**
 * The facts of one person on a day, with those that follow from the others of the family.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const father = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
 * const child = Id.Id.make("0190a1b2-0000-7000-8000-000000000002")
 * const family: Family.Family = {
 *   revision: 0,
 *   office: "0903",
 *   members: [
 *     { ref: father, relation: "head", facts: { occupation: "private" } },
 *     { ref: child, relation: "child", facts: { birthDate: PlainDate.make("2015-05-01"), occupation: "none" } }
 *   ]
 * }
 * const facts = Family.factsOf(family, child, { appliesOn: today, knownOn: today })
 * facts.headOccupation // => "private"
 * facts.childOrder // => 1
 *
 * @category reading
 * @since 0.1.0
 */
export const factsOf = (self: Family, ref: Id, asOf: AsOf, policy: Policy = National.policy): Facts.Facts => {
  const member = find(self, ref)
  if (member === undefined) return {}
  const alive = living(self)
  const head = alive.find(({ relation }) => relation === "head")
  const spouse = alive.find(({ relation }) => relation === "spouse")
  const children = alive.filter(({ relation }) => relation === "child")
  // A card without a spouse says that nobody earns there; a card without a head says nothing.
  const spouseOccupation = spouse === undefined && head !== undefined ? "none" : spouse?.facts.occupation
  const places = ChildOrder.among(
    children.map(({ facts }) => facts),
    asOf,
    policy
  )
  return present({
    ...member.facts,
    relation: member.relation,
    wardClass: self.wardClass,
    headOccupation: head?.facts.occupation,
    headBirthDate: head?.facts.birthDate,
    spouseOccupation,
    childOrder: places[children.indexOf(member)],
    motherScheme: motherScheme(self, member)
  })
}

// --- private ---

/** How the mother is covered, by her own membership when she is in the family. */
const motherScheme = (self: Family, member: Member): Facts.Facts["motherScheme"] => {
  const mother = member.mother === undefined ? undefined : find(self, member.mother)
  if (mother === undefined) return member.facts.motherScheme
  // a mother who died leaves her child the cover that it had by her
  const { state } = mother.membership ?? { state: "UNREGISTERED" }
  if (mother.membership === undefined || !(Machine.isLive(state) || state === "DECEASED")) return "none"
  const { segment } = mother.membership
  return segment === "PBI-JK" ? "pbi" : segment === "PBPU-PD" ? "local" : "other"
}

type Present<A> = { [K in keyof A as undefined extends A[K] ? never : K]: A[K] } & {
  [K in keyof A as undefined extends A[K] ? K : never]?: Exclude<A[K], undefined>
}

/** Leaves out what is undefined: an absent key is how an unknown is written here. */
const present = <A extends object>(fields: A): Present<A> => {
  const kept: Partial<A> = {}
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key]
  return kept satisfies Partial<A> as Partial<A> & Present<A>
}
