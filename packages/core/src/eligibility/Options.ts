/**
 * The lawful ways into the scheme for one person, the cheapest for that person first.
 *
 * Nobody should pay alone before somebody has asked whether others pay: work, a spouse's
 * work, the decree of the poor, the local government. So a way that is open only when
 * somebody else agrees (a proposal for PBI, the local government's list) stands before the
 * self-paid classes, and says that it is not sure.
 *
 * @since 0.1.0
 */
import * as Amount from "../contribution/Amount.ts"
import type { Segment } from "../identity/Segment.ts"
import type { ActionId } from "../policy/ActionId.ts"
import * as National from "../policy/National.ts"
import type { Payer, Policy } from "../policy/Policy.ts"
import { entry, type Reason, type ReasonCode } from "../policy/Reason.ts"
import type { Unknown, Verdict } from "../policy/Verdict.ts"
import * as Checklist from "./Checklist.ts"
import * as Cost from "./Cost.ts"
import { type Decision, traced } from "./Eligibility.ts"
import type { FactName } from "./Facts.ts"
import type { GroundId } from "./Rules.ts"
import * as RuleSet from "./RuleSet.ts"

// --- models ---

/**
 * Whether a way is open now (`open`), open if somebody else agrees (`apply`), or not known
 * before some facts are (`ask`).
 *
 * @category models
 * @since 0.1.0
 */
export type Standing = "open" | "apply" | "ask"

/**
 * One way. `ownCost` is what the person, or the worker of the family, pays: rupiah a month,
 * absent where the amount is not known yet.
 *
 * @category models
 * @since 0.1.0
 */
export interface Option {
  readonly segment: Segment
  readonly ground: GroundId
  readonly standing: Standing
  /** Of self-payers, who choose it. */
  readonly wardClass?: 1 | 2 | 3
  readonly cost: Amount.Amount
  readonly ownCost?: number
  readonly papers: ReadonlyArray<Checklist.PaperId>
  readonly action: ActionId
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  /** What must be known first, where the standing is `ask`. */
  readonly missing: ReadonlyArray<FactName>
}

// --- reading ---

/**
 * Every lawful way for the person of a decision, by what it costs them; among equals, what
 * is open before what is not, and in the order of precedence.
 *
 * Who works for a wage has one way, through the employer. Where it is not known whether
 * somebody does, and where the facts contradict each other, there is nothing to offer yet.
 * Self-payers are offered the three classes, as active members; the subsidy of class III is
 * for active members only. Give the policy and the rules that took the decision.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate(
 *   {
 *     deceased: false,
 *     birthDate: PlainDate.make("1985-06-15"),
 *     citizenship: "WNI",
 *     hasNik: true,
 *     relation: "head",
 *     occupation: "own-account",
 *     spouseOccupation: "none",
 *     pbiDecree: false,
 *     decile: 3,
 *     localScheme: true
 *   },
 *   { appliesOn: today, knownOn: today }
 * )
 * Options.of(decision).map((option) => [option.segment, option.ownCost])
 * // => [["PBPU-PD", 0], ["PBPU", 35_000], ["PBPU", 100_000], ["PBPU", 150_000]]
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (
  decision: Decision,
  details: Cost.Details = {},
  policy: Policy = National.policy,
  rules: RuleSet.RuleSet = RuleSet.current
): ReadonlyArray<Option> => {
  if (decision.contradictions !== undefined) return []
  const { trace } = traced(decision.facts, decision, policy, rules)
  const answered = (answer: "yes" | "unknown") =>
    trace.filter(({ tree }) => tree.answer === answer).map(({ ground }) => ground)
  const fitting = answered("yes")
  const making: Making = { decision, details, policy, rules }
  const employed = fitting.filter(isWork)
  if (employed.length > 0) return employed.map((ground) => open(ground, making))
  if (answered("unknown").some(isWork)) return []
  const sure = fitting.flatMap((ground) => (selfPaid.has(ground) ? [] : [open(ground, making)]))
  const alone = fitting.find((ground) => selfPaid.has(ground))
  const order = trace.map(({ ground }) => ground)
  const provided = (one: Option) => one.ownCost === 0 || order.indexOf(one.ground) < order.indexOf("pbi")
  return [
    ...sure,
    ...(sure.some(provided) ? [] : unsure(making)),
    ...(alone === undefined ? [] : classes.map((wardClass) => selfPay(alone, wardClass, making)))
  ].sort(byCost(order))
}

// --- private ---

interface Making {
  readonly decision: Decision
  readonly details: Cost.Details
  readonly policy: Policy
  readonly rules: RuleSet.RuleSet
}

const classes = [3, 2, 1] as const

const work: ReadonlySet<GroundId> = new Set(["state-work", "private-work"])
const selfPaid: ReadonlySet<GroundId> = new Set(["own-account", "self-pay-family", "non-worker"])

const isWork = (ground: GroundId): boolean => work.has(ground)

/** Payers who are the person, or the worker of the family. */
const own: ReadonlySet<Payer> = new Set(["member", "worker", "pensioner"])

const open = (ground: GroundId, making: Making): Option => {
  const { decision, details, policy, rules } = making
  const { segment } = rules.grounds[ground]
  const cost = Cost.ofGround(ground, decision, details, policy)
  const reasons = yesReasons(decision.verdicts[segment])
  // Of a worker whose employer fails, the step is the one that does not wait for the employer.
  const step = reasons.find(({ code }) => code === "EmployerFailed") ?? reasons[0]
  return {
    segment,
    ground,
    standing: "open",
    cost,
    ...ownCostOf(cost),
    papers: isChosen(ground, decision)
      ? Checklist.papersFor(decision, policy)
      : Checklist.papersOf(ground, decision, policy),
    action: entry(step.code).action,
    reasons,
    missing: []
  }
}

const selfPay = (ground: GroundId, wardClass: 1 | 2 | 3, making: Making): Option => ({
  ...open(ground, {
    ...making,
    decision: { ...making.decision, facts: { ...making.decision.facts, wardClass } },
    details: { active: true, ...making.details }
  }),
  action: "register-self-pay",
  wardClass
})

/** Ways on which others pay, if they agree, or if what is not known yet turns out so. */
const unsure = (making: Making): ReadonlyArray<Option> =>
  (["pbi", "local"] as const).flatMap((ground) => {
    const { decision, details, policy, rules } = making
    const { segment } = rules.grounds[ground]
    const verdict = decision.verdicts[segment]
    const standing = standingOf(verdict)
    if (standing === undefined) return []
    const reasons = verdict.reasons as Unknown["reasons"]
    const cost = Cost.ofGround(ground, decision, details, policy)
    return [
      {
        segment,
        ground,
        standing,
        cost,
        ...ownCostOf(cost),
        papers: Checklist.papersOf(ground, decision, policy),
        action: ground === "pbi" ? "propose-for-pbi" : "ask-local-government",
        reasons,
        missing: verdict._tag === "Unknown" ? verdict.missing : []
      } as const
    ]
  })

/** A refusal that another's decision can lift; whose decile is above the target is not sent to ask in vain. */
const standingOf = (verdict: Verdict<FactName>): Standing | undefined => {
  if (verdict._tag === "Unknown") return verdict.missing.length === 0 ? undefined : "ask"
  const says = (code: ReasonCode) => verdict.reasons.some((reason) => reason.code === code)
  if (verdict._tag === "Yes" || says("DecileAbovePbi")) return undefined
  return says("NotOnPbiDecree") || says("NotInLocalScheme") ? "apply" : undefined
}

const isChosen = (ground: GroundId, { choice }: Decision): boolean =>
  choice._tag === "Chosen" && choice.ground === ground

const yesReasons = (verdict: Verdict<FactName>): Option["reasons"] => verdict.reasons as Option["reasons"]

const ownCostOf = (cost: Amount.Amount): { readonly ownCost?: number } =>
  cost._tag === "Unknown" ? {} : { ownCost: [...own].reduce((sum, payer) => sum + Amount.owedBy(cost, payer), 0) }

/** A cost that is not known yet is a share of a wage: it stands before what is paid alone. */
const byCost = (order: ReadonlyArray<GroundId>) => {
  const rank = ({ ground, ownCost, standing }: Option): ReadonlyArray<number> => [
    selfPaid.has(ground) ? 2 : ownCost === 0 ? 0 : 1,
    standing === "open" ? 0 : 1,
    ownCost ?? 0,
    order.indexOf(ground)
  ]
  return (a: Option, b: Option): number => {
    const [x, y] = [rank(a), rank(b)]
    return x.reduce((found, value, i) => found || value - y[i]!, 0)
  }
}
