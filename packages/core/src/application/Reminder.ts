/**
 * When somebody who waits for the first payment is told, and what (PAY-5).
 *
 * A timer rings when the window opens, once more shortly before it closes, and on the day after, when the
 * membership expires. Where the register stood still it rings once, with what holds on the day: nobody
 * is told to pay and expired in one minute.
 *
 * @since 0.1.0
 */
import * as FirstPayment from "../contribution/FirstPayment.ts"
import type { Segment } from "../identity/Segment.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type * as Timer from "../registration/FirstPaymentTimer.ts"
import type { Id } from "../storage/Id.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"

// --- rules ---

/**
 * The timer of a membership that waits since a day; none when nobody is waited for, or the policy does not
 * say until when.
 *
 * @category rules
 * @since 0.1.0
 */
export const of = (
  wait: {
    readonly membership: Id
    readonly participant: Id
    readonly segment: Segment
    readonly since: PlainDate.PlainDate
    readonly newborn: boolean
  },
  zone: Zone,
  policy: Policy = National.policy
): Timer.FirstPaymentTimer | undefined => {
  const { membership, newborn, participant, segment, since } = wait
  const rule = FirstPayment.window({ segment, newborn }, { appliesOn: since, knownOn: since }, policy)
  if (rule._tag === "NotAsked" || rule._tag === "Unknown") return undefined
  const from = rule._tag === "Window" ? rule.from : since
  return {
    membership,
    participant,
    since,
    from,
    ...(rule._tag === "Window" ? { to: rule.to } : {}),
    stage: "open",
    dueAt: PlainDate.toEpochMillis(from, zone, MORNING)
  }
}

/**
 * What a timer is there for on a day: `expire` once its window is over.
 *
 * @category rules
 * @since 0.1.0
 */
export const stageOn = (
  { from, to }: Timer.FirstPaymentTimer,
  on: PlainDate.PlainDate
): Exclude<Timer.Stage, "done"> => {
  if (to === undefined || PlainDate.isBefore(on, lastCall(from, to))) return "open"
  return PlainDate.isAfter(on, to) ? "expire" : "last-call"
}

/**
 * The timer after it rang with a stage.
 *
 * @category rules
 * @since 0.1.0
 */
export const rung = (self: Timer.FirstPaymentTimer, stage: Timer.Stage, zone: Zone): Timer.FirstPaymentTimer => {
  const { from, to } = self
  if (to === undefined || stage === "expire" || stage === "done") return { ...self, stage: "done" }
  const next = stage === "open" ? ("last-call" as const) : ("expire" as const)
  const day = next === "last-call" ? lastCall(from, to) : PlainDate.addDays(to, 1)
  return { ...self, stage: next, dueAt: PlainDate.toEpochMillis(day, zone, MORNING) }
}

// --- private ---

// Our choices, no rule of the scheme: people are told by day, and again with time left to go to a bank.
const MORNING = 8 * 60
const LAST_DAYS = 3

const lastCall = (from: PlainDate.PlainDate, to: PlainDate.PlainDate): PlainDate.PlainDate => {
  const day = PlainDate.addDays(to, -LAST_DAYS)
  return PlainDate.isBefore(day, from) ? from : day
}
