/**
 * What the segment that was chosen costs: the step from a decision to an amount.
 *
 * @since 0.1.0
 */
import * as Amount from "../contribution/Amount.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Decision } from "./Eligibility.ts"
import type { GroundId } from "./Rules.ts"

// --- models ---

/**
 * What an amount may need besides the person's own facts. Rupiah a month.
 *
 * @category models
 * @since 0.1.0
 */
export interface Details {
  /** Whether the membership is active; decides the class III subsidy. */
  readonly active?: boolean
  /** The wage of the worker whose extra family this is. */
  readonly workerWage?: number
  /** The local minimum wage, UMK or UMP. */
  readonly minimumWage?: number
  readonly pension?: number
  /** The base pay of PNS III/a with 14 years' service. */
  readonly referencePay?: number
}

// --- reading ---

/**
 * The contribution of the chosen segment for one month, or `undefined` when no segment
 * was chosen.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate({}, { appliesOn: today, knownOn: today })
 * Cost.monthly(decision, { active: true }) // => undefined
 *
 * @category reading
 * @since 0.1.0
 */
export const monthly = (
  decision: Decision,
  details: Details = {},
  policy: Policy = National.policy
): Amount.Amount | undefined =>
  decision.choice._tag === "Chosen"
    ? ofGround(decision.choice.ground as GroundId, decision, details, policy)
    : undefined

/**
 * The contribution on one ground for one month, whatever was chosen.
 *
 * @category reading
 * @since 0.1.0
 */
export const ofGround = (
  ground: GroundId,
  decision: Decision,
  details: Details = {},
  policy: Policy = National.policy
): Amount.Amount => Amount.monthly(caseOf(ground, decision, details), decision, policy)

/**
 * Whether nobody else pays: cover of such a person waits for the first payment (PAY-5). A worker's
 * extra family is paid by the worker, out of the wage.
 *
 * @category reading
 * @since 0.1.0
 */
export const paysThemselves = ({ choice }: Decision): boolean =>
  choice._tag === "Chosen" && selfPaying.has(choice.ground)

// --- private ---

const selfPaying: ReadonlySet<string> = new Set<GroundId>(["own-account", "self-pay-family", "non-worker"])

const caseOf = (ground: GroundId, { facts }: Decision, details: Details): Amount.Case => {
  switch (ground) {
    case "state-work":
    case "private-work":
      return given({
        _tag: "Worker" as const,
        paidBy: ground === "state-work" ? ("state" as const) : ("private" as const),
        wage: facts.wage,
        minimumWage: details.minimumWage
      })
    case "state-family":
    case "private-family":
      return { _tag: "CoveredFamily" }
    case "state-extra":
    case "private-extra":
      return given({ _tag: "ExtraFamily" as const, wage: details.workerWage, minimumWage: details.minimumWage })
    case "state-paid":
      return facts.occupation === "veteran" || facts.occupation === "veteran-survivor"
        ? given({ _tag: "Veteran" as const, referencePay: details.referencePay })
        : given({ _tag: "Pensioner" as const, pension: details.pension })
    case "pbi":
      return { _tag: "Assisted", by: "central-government" }
    case "local":
      return { _tag: "Assisted", by: "local-government" }
    case "own-account":
    case "self-pay-family":
    case "non-worker":
      return given({ _tag: "SelfPay" as const, wardClass: facts.wardClass, active: details.active })
  }
}

type Given<A> = { [K in keyof A]: Exclude<A[K], undefined> }

/** Leaves out what is undefined: an absent key is how an unknown is written here. */
const given = <A extends object>(fields: A): Given<A> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<A>
