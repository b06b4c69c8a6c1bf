/** Lives with something wrong in them, by the law that must notice. */
import { type Family, LifePlan, type Membership } from "@kis/core/membership"
import * as Result from "effect/Result"
import type { laws, Life } from "./laws.ts"

type Plan = LifePlan.LifePlan

/** A life that plans rightly and then changes the plan. */
const planning = (wrong: (plan: Plan) => Plan): Life => ({
  ...LifePlan,
  preview: (...given) => Result.map(LifePlan.preview(...given), wrong)
})

/** A life that carries out rightly and then changes what came out. */
const doing = (wrong: (applied: LifePlan.Applied, plan: Plan) => LifePlan.Applied): Life => ({
  ...LifePlan,
  apply: (family, plan, policy) => Result.map(LifePlan.apply(family, plan, policy), (applied) => wrong(applied, plan))
})

const members = (applied: LifePlan.Applied, by: (member: Family.Member) => Family.Member): LifePlan.Applied => ({
  ...applied,
  family: { ...applied.family, members: applied.family.members.map(by) }
})

const withState = (membership: Membership.Membership, state: Membership.State): Membership.Membership => ({
  ...membership,
  state
})

const changes = (plan: Plan, by: (change: LifePlan.Change) => LifePlan.Change): Plan => ({
  ...plan,
  changes: plan.changes.map(by)
})

export const defects: { readonly [L in keyof typeof laws]: Readonly<Record<string, Life>> } = {
  oneMembership: {
    "leaves the old account open after a transfer": planning((plan) =>
      changes(plan, (change) =>
        change.closed === undefined ? change : { ...change, closed: withState(change.closed, "SUSPENDED_ARREARS") }
      )
    )
  },
  moneyKept: {
    "loses a debt on the way to the new account": planning((plan) => ({
      ...plan,
      postings: plan.postings.filter(({ entry }) => entry._tag !== "CarriedIn")
    })),
    "leaves a debt behind on the closed account": planning((plan) => ({
      ...plan,
      postings: plan.postings.filter(({ entry }) => entry._tag !== "CarriedIn" && entry._tag !== "CarriedOut")
    })),
    "carries a rupiah more than was owed": planning((plan) => ({
      ...plan,
      postings: plan.postings.map((posting) =>
        posting.entry._tag === "CarriedIn"
          ? {
              ...posting,
              entry: {
                ...posting.entry,
                debts: posting.entry.debts.map((debt) => ({ ...debt, amount: debt.amount + 1 }))
              }
            }
          : posting
      )
    }))
  },
  cited: {
    "moves to a state that nothing leads to": planning((plan) =>
      changes(plan, (change) =>
        change.kind === "moves" && change.to !== undefined && change.after !== undefined
          ? {
              ...change,
              to: { ...change.to, state: "CLOSED_DUPLICATE" },
              after: withState(change.after, "CLOSED_DUPLICATE")
            }
          : change
      )
    ),
    "opens a membership in mid-air": planning((plan) =>
      changes(plan, (change) =>
        change.kind === "opens" && change.to !== undefined && change.after !== undefined
          ? { ...change, to: { ...change.to, state: "GRACE_PHK" }, after: withState(change.after, "GRACE_PHK") }
          : change
      )
    )
  },
  careGoesOn: {
    "does not ask the hospitals": {
      ...LifePlan,
      preview: (family, ...given) =>
        LifePlan.preview(
          { ...family, members: family.members.map((member) => ({ ...member, care: "not-in-treatment" as const })) },
          ...given
        )
    },
    "takes silence for an answer": {
      ...LifePlan,
      preview: (family, ...given) =>
        LifePlan.preview(
          {
            ...family,
            members: family.members.map((member) =>
              member.care === "in-treatment" ? member : { ...member, care: "not-in-treatment" as const }
            )
          },
          ...given
        )
    }
  },
  asPreviewed: {
    "does less than it showed": {
      ...LifePlan,
      apply: (family, plan, policy) =>
        LifePlan.apply(family, { ...plan, changes: plan.changes.slice(1), postings: [] }, policy)
    },
    "gives another class than it showed": doing((applied, plan) =>
      members(applied, (member) =>
        plan.changes.some(({ ref }) => ref === member.ref) && member.membership !== undefined
          ? { ...member, membership: { ...member.membership, wardClass: 1 } }
          : member
      )
    ),
    "touches somebody whom it did not show": doing((applied, plan) =>
      members(applied, (member) =>
        plan.changes.some(({ ref }) => ref === member.ref) || member.membership === undefined
          ? member
          : { ...member, membership: withState(member.membership, "BLOCKED_DATA") }
      )
    )
  },
  byTheRules: {
    "looks only at the person whom it happened to": planning((plan) => {
      const of = "of" in plan.event && typeof plan.event.of === "string" ? plan.event.of : undefined
      return of === undefined ? plan : { ...plan, changes: plan.changes.filter(({ ref }) => ref === of), postings: [] }
    }),
    "puts everybody where it is cheapest": planning((plan) =>
      changes(plan, (change) =>
        change.kind === "transfers" && change.to !== undefined && change.after !== undefined
          ? {
              ...change,
              to: { ...change.to, segment: "PBPU-PD" },
              after: { ...change.after, segment: "PBPU-PD" }
            }
          : change
      )
    )
  },
  explained: {
    "leaves the numbers out of its sentences": planning((plan) =>
      changes(plan, (change) => ({
        ...change,
        reasons: change.reasons.map(({ code }) => ({ code })) as unknown as LifePlan.Change["reasons"]
      }))
    )
  },
  peopleKept: {
    "loses who left for a card of their own": doing(({ closed, family }) => ({ closed, family }))
  },
  once: {
    "does not look at the revision": {
      ...LifePlan,
      apply: (family, plan, policy) =>
        Result.map(LifePlan.apply({ ...family, revision: plan.revision }, plan, policy), (applied) => applied)
    }
  }
}
