/**
 * What follows from an event of life for everybody of the family, worked out before anything is
 * written: whose cover changes to what and from when, what it costs, what must be shown, and why.
 *
 * A plan is all that carrying it out needs. {@link apply} decides nothing: it does what the plan
 * says, so what was shown is what is done.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Account from "../contribution/Account.ts"
import type { Amount } from "../contribution/Amount.ts"
import type * as Checklist from "../eligibility/Checklist.ts"
import type { Segment } from "../identity/Segment.ts"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import type { Id } from "../storage/Id.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import * as Dismissal from "./Dismissal.ts"
import { type Family, find, type Member } from "./Family.ts"
import type { EventRefused, LifeEvent } from "./LifeEvent.ts"
import type * as Machine from "./Machine.ts"
import type { Membership } from "./Membership.ts"
import type * as Paper from "./Paper.ts"
import { compose, type Ended } from "./internal/composition.ts"
import { consequences } from "./internal/consequences.ts"
import { accountRef } from "./internal/steps.ts"

// --- models ---

/**
 * Segment and state of a membership.
 *
 * @category models
 * @since 0.1.0
 */
export interface Standing {
  readonly segment: Segment
  readonly state: Machine.Stored
}

/**
 * What an event does to one person's cover.
 *
 * - `opens`: a first membership; `moves`: the same membership, another state; `transfers`: the
 *   old membership is closed and another opened on the same day.
 * - `waits`: `to` is where the membership goes once the person is out of treatment; until then
 *   it goes on as it is. `goes-on`: what waited is not wanted any more.
 * - `facility`: another first facility.
 * - `stays`: nothing changes, and `reasons` says why somebody could have expected it.
 *
 * `after` is the membership as it will be, where it is another than before; `closed` the one that
 * a transfer ends, as it will be. `cost` is a month's contribution before and after; absent where
 * none is due. `missing` are facts that would decide what comes next.
 *
 * @category models
 * @since 0.1.0
 */
export interface Change {
  readonly ref: Id
  readonly kind: "opens" | "moves" | "transfers" | "waits" | "goes-on" | "facility" | "stays"
  readonly trigger?: Machine.Trigger
  readonly from?: Standing
  readonly to?: Standing
  readonly effectiveOn: PlainDate
  readonly after?: Membership
  readonly closed?: Membership
  readonly cost: { readonly before?: Amount; readonly after?: Amount }
  readonly papers: ReadonlyArray<Checklist.PaperId | Paper.PaperId>
  readonly missing: ReadonlyArray<string>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * An entry for the account of a person: of the membership that a transfer closes (`old`), or of
 * the one that they have afterwards (`new`).
 *
 * @category models
 * @since 0.1.0
 */
export interface Posting {
  readonly ref: Id
  readonly account: "old" | "new"
  readonly entry: Account.Entry
}

/**
 * `people` are those whose facts or place in the family are others afterwards, without their
 * membership; `parts` those who leave for a card of their own, its head first.
 *
 * @category models
 * @since 0.1.0
 */
export interface LifePlan {
  readonly event: LifeEvent
  /** The revision of the family that it was made of. */
  readonly revision: number
  readonly policyVersion: string
  readonly appliesOn: PlainDate
  readonly knownOn: PlainDate
  readonly people: ReadonlyArray<Member>
  readonly parts: ReadonlyArray<Id>
  readonly wardClass?: 1 | 2 | 3
  readonly changes: ReadonlyArray<Change>
  readonly postings: ReadonlyArray<Posting>
}

/**
 * The family after a plan; `parted` is the new card, where somebody left for one. `closed` are
 * the memberships that ended in a transfer, with their accounts, as they are at the end.
 *
 * @category models
 * @since 0.1.0
 */
export interface Applied {
  readonly family: Family
  readonly parted?: Family
  readonly closed: ReadonlyArray<Member>
}

// --- errors ---

/**
 * The family is not the one that the plan was made of. Nothing was changed.
 *
 * @category errors
 * @since 0.1.0
 */
export class PlanStale extends Schema.TaggedError<PlanStale>("@kis/core/membership/PlanStale")("PlanStale", {
  planned: Schema.Int,
  found: Schema.Int
}) {
  override get message() {
    return (
      `The plan was made of revision ${this.planned} of the family, which is at ${this.found}. ` +
      "Make the plan again, show it again, and carry that one out."
    )
  }
}

// --- planning ---

/**
 * What an event would do, to whom, and why. Pure: nothing is written, and the family given is left
 * as it is. `appliesOn` is the day on which the event is reported and counts from.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const father = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
 * const family: Family.Family = { revision: 0, office: "0903", members: [{ ref: father, relation: "head", facts: {} }] }
 *
 * const plan = LifePlan.preview(family, { _tag: "NewJob", of: father, paidBy: "private" }, asOf)
 * // Nothing is known of him but his work: the change says what to ask.
 * Result.map(plan, ({ changes }) => changes.map(({ kind }) => kind)) // => Result.succeed(["stays"])
 *
 * const refused = LifePlan.preview(family, { _tag: "GraceEnds" }, asOf)
 * Result.isFailure(refused) && refused.failure.reasons.map(({ code }) => code) // => ["GraceNotOver"]
 *
 * @category planning
 * @since 0.1.0
 */
export const preview = (
  family: Family,
  event: LifeEvent,
  asOf: AsOf,
  policy: Policy = National.policy
): Result.Result<LifePlan, EventRefused> => {
  const ended = endOfEmployment(event, asOf, policy)
  return Result.map(compose(family, event, asOf, policy, ended), (composition) => {
    const scene = { before: family, composition, event, asOf, policy }
    const { changes, postings } = consequences(scene, ended)
    const { parted, stay } = composition
    return {
      event,
      revision: family.revision,
      policyVersion: policy.version,
      appliesOn: asOf.appliesOn,
      knownOn: asOf.knownOn,
      people: [...stay.members, ...(parted?.members ?? [])].filter((member) => !family.members.includes(member)),
      parts: parted?.members.map(({ ref }) => ref) ?? [],
      ...(stay.wardClass === undefined ? {} : { wardClass: stay.wardClass }),
      changes,
      postings
    }
  })
}

/**
 * What waited for somebody's treatment to be over, now that the hospitals say that it is.
 *
 * @category planning
 * @since 0.1.0
 */
export const resume = (
  family: Family,
  of: Id,
  asOf: AsOf,
  policy: Policy = National.policy
): Result.Result<LifePlan, EventRefused> => {
  const members = family.members.map((member): Member =>
    member.ref === of ? { ...member, care: "not-in-treatment" } : member
  )
  return preview({ ...family, members }, { _tag: "CareEnds", of }, asOf, policy)
}

// --- carrying out ---

/**
 * The family after the plan. It decides nothing: what the plan says is done, and nothing else.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const family: Family.Family = { revision: 0, office: "0903", members: [] }
 * const plan = Result.getOrThrow(LifePlan.preview(family, { _tag: "Move", residence: "3671" }, asOf))
 *
 * const { family: moved } = Result.getOrThrow(LifePlan.apply(family, plan))
 * moved.revision // => 1
 * Result.isFailure(LifePlan.apply(moved, plan)) // => true
 *
 * @category carrying out
 * @since 0.1.0
 */
export const apply = (
  family: Family,
  plan: LifePlan,
  policy: Policy = National.policy
): Result.Result<Applied, PlanStale> => {
  const stale = Result.fail(new PlanStale({ planned: plan.revision, found: family.revision }))
  if (family.revision !== plan.revision) return stale
  const closed: Array<Applied["closed"][number]> = []
  const members: Array<Member> = []
  for (const member of placed(family, plan)) {
    const change = plan.changes.find(({ ref }) => ref === member.ref)
    const ending = change?.closed
    const kept = ending === undefined ? member : withoutMembership(member)
    if (ending !== undefined) {
      const ended = posted(family, plan, { ...member, membership: ending }, "old", policy)
      if (Result.isFailure(ended)) return stale
      closed.push(ended.success)
    }
    const after = change?.after === undefined ? kept : { ...kept, membership: change.after }
    const next = posted(family, plan, after, "new", policy)
    if (Result.isFailure(next)) return stale
    members.push(next.success)
  }
  const revision = family.revision + 1
  const shared = { ...family, ...(plan.wardClass === undefined ? {} : { wardClass: plan.wardClass }), revision }
  const parted = plan.parts.flatMap((part) => members.find(({ ref }) => ref === part) ?? [])
  return Result.succeed({
    family: { ...shared, members: members.filter(({ ref }) => !plan.parts.includes(ref)) },
    ...(parted.length === 0 ? {} : { parted: { ...shared, members: parted } }),
    closed
  })
}

// --- private ---

/** Everybody as the plan has them, newcomers last, each with the membership they come with. */
const placed = (family: Family, plan: LifePlan): ReadonlyArray<Member> => [
  ...family.members.map((member) => plan.people.find(({ ref }) => ref === member.ref) ?? member),
  ...plan.people.filter(({ ref }) => find(family, ref) === undefined)
]

const withoutMembership = (member: Member): Member => {
  const { account: _, membership: __, row: ___, ...person } = member
  return person
}

/** An entry that the account has no room for was planned on another account: the plan is stale. */
const posted = (
  family: Family,
  { postings }: LifePlan,
  member: Member,
  account: Posting["account"],
  policy: Policy
): Result.Result<Member, Account.AccountError> => {
  const entries = postings.filter((posting) => posting.ref === member.ref && posting.account === account)
  if (entries.length === 0) return Result.succeed(member)
  const into = member.account ?? Account.open(accountRef(family, member.ref))
  return Result.map(
    Account.postAll(
      into,
      entries.map(({ entry }) => entry),
      policy
    ),
    (to) => ({ ...member, account: to })
  )
}

const endOfEmployment = (event: LifeEvent, asOf: AsOf, policy: Policy): Ended | undefined => {
  if (event._tag !== "Dismissal") return undefined
  const { _tag: _, of: __, ...given } = event
  return Dismissal.grace(given, asOf, policy)
}
