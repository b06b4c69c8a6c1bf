/**
 * A child's place among the children whom a worker's contribution can cover (FAM-1, FAM-2): the
 * fact that only the whole family tells.
 *
 * Who counts is decided by the same condition as cover itself, so the two cannot disagree.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import { Order } from "../time/PlainDate.ts"
import * as Condition from "./Condition.ts"
import type { Facts } from "./Facts.ts"
import { compiledFor } from "./internal/compiled.ts"
import * as Rules from "./Rules.ts"
import * as RuleSet from "./RuleSet.ts"

// --- reading ---

/**
 * The place of each of the children of a family, eldest first and twins in the order given; 1 is
 * the eldest. `undefined` for one whom no contribution covers as a child, whatever the place.
 *
 * While it is not known of an elder whether they count, a place is given only where it settles
 * cover all the same: the last possible one when even that is covered, the first possible one
 * when even that is not.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const asOf = { appliesOn: today, knownOn: today }
 * const elder: Facts.Facts = { birthDate: PlainDate.make("2004-03-01"), maritalStatus: "single", occupation: "none" }
 * const younger: Facts.Facts = { birthDate: PlainDate.make("2015-05-01"), maritalStatus: "single", occupation: "none" }
 *
 * // the elder, who is 21, counts while in education
 * ChildOrder.among([younger, { ...elder, studies: true }], asOf) // => [2, 1]
 * ChildOrder.among([younger, { ...elder, studies: false }], asOf) // => [1, undefined]
 *
 * @category reading
 * @since 0.1.0
 */
export const among = (
  children: ReadonlyArray<Facts>,
  asOf: AsOf,
  policy: Policy = National.policy
): ReadonlyArray<number | undefined> => {
  const { day } = compiledFor(RuleSet.current, policy, asOf)
  const { coveredChildren } = day
  const counts = children.map((facts) => Condition.answer(Rules.dependent, facts, day))
  return children.map((_, child) => {
    if (counts[child] === "no") return undefined
    const elders = counts.filter((_, other) => isElder(children, other, child))
    const least = elders.filter((answer) => answer === "yes").length + 1
    const most = elders.filter((answer) => answer !== "no").length + 1
    if (least === most) return least
    if (coveredChildren === undefined) return undefined
    return most <= coveredChildren ? most : least > coveredChildren ? least : undefined
  })
}

// --- private ---

const isElder = (children: ReadonlyArray<Facts>, other: number, child: number): boolean => {
  const [mine, theirs] = [children[child]?.birthDate, children[other]?.birthDate]
  return mine === undefined || theirs === undefined || mine === theirs ? other < child : Order(theirs, mine) < 0
}
