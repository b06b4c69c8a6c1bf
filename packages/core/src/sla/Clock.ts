/**
 * One running promise: who waits, for what, since when, and until when.
 *
 * A clock keeps what it was promised by: the allowance, whether that is law or the office's own aim, and
 * whether the days counted were known. A decree that comes later does not move it by itself.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as WorkCalendar from "../calendar/WorkCalendar.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import * as Target from "./Target.ts"

// --- models ---

/**
 * `running` until the answer is given; then `met` when it came by the due time, `late` when after it.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(["running", "met", "late"])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * A clock. Instants are milliseconds since the Unix epoch; `subject` is the id of what is waited for.
 *
 * @category models
 * @since 0.1.0
 */
export const Clock = Schema.Struct({
  subject: Id.Id,
  kind: Target.Kind,
  /** Code of the office whose calendar it runs by. */
  office: Schema.NonEmptyString,
  openedAt: Schema.Int,
  dueAt: Schema.Int,
  /** The days counted were not all fixed by decree when it was opened. */
  estimate: Schema.Boolean,
  allowance: WorkCalendar.Allowance,
  standing: Target.Standing,
  state: State,
  closedAt: Schema.optionalKey(Schema.Int)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Clock extends Schema.Schema.Type<typeof Clock> {}

/**
 * The clocks on the register. A subject has at most one running clock of a kind.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("clock", {
  schema: Clock,
  unique: { running: (clock) => (clock.state === "running" ? [runningKey(clock.subject, clock.kind)] : []) },
  blind: { subject: (clock) => [clock.subject] },
  ordered: {
    state: { text: (clock) => clock.state },
    office: { text: (clock) => clock.office },
    dueAt: { number: (clock) => clock.dueAt }
  },
  indexes: { byDue: ["state", "dueAt"], byOffice: ["office", "state", "dueAt"] }
})

// --- rules ---

/**
 * The text of the unique key that a running clock holds.
 *
 * @category rules
 * @since 0.1.0
 */
export const runningKey = (subject: Id.Id, kind: Target.Kind): string => `${kind}:${subject}`

/**
 * A clock that starts at an instant, due by the office's calendar.
 *
 * @category rules
 * @since 0.1.0
 */
export const start = (
  of: { readonly subject: Id.Id; readonly kind: Target.Kind; readonly office: string; readonly at: number },
  target: Target.Target,
  calendar: WorkCalendar.WorkCalendar
): Clock => {
  const due = WorkCalendar.dueBy(calendar, of.at, target.allowance)
  return {
    subject: of.subject,
    kind: of.kind,
    office: of.office,
    openedAt: of.at,
    dueAt: due.at,
    estimate: due.estimate,
    allowance: target.allowance,
    standing: target.standing,
    state: "running"
  }
}

/**
 * The same clock with its answer given. One that is closed already stays as it was.
 *
 * @category rules
 * @since 0.1.0
 */
export const stop = (clock: Clock, at: number): Clock =>
  clock.state === "running" ? { ...clock, state: at <= clock.dueAt ? "met" : "late", closedAt: at } : clock
