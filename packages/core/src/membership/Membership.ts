/**
 * A person's cover: segment, state, card.
 *
 * The states and moves are those of `Machine`; this is what is stored of them. At most one
 * membership of a person is open at any time, and the storage enforces it with a unique key, not
 * a check before a write. A closed one stays, and is found by its person.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import { Segment } from "../identity/Segment.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import { addDays, notAfter, PlainDate } from "../time/PlainDate.ts"
import * as Machine from "./Machine.ts"

// --- models ---

/**
 * The states of the machine that can be stored: all but `UNREGISTERED`.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(
  Machine.State.literals.filter((state): state is Machine.Stored => state !== "UNREGISTERED")
)

/**
 * @category models
 * @since 0.1.0
 */
export type State = Machine.Stored

/**
 * The states that a membership opens in.
 *
 * @category models
 * @since 0.1.0
 */
export const Opening = Schema.Literals(["PENDING_VERIFICATION", "AWAITING_FIRST_PAYMENT", "ACTIVE"])

/**
 * @category models
 * @since 0.1.0
 */
export type Opening = typeof Opening.Type

/**
 * A move that waits for treatment to be over; `on` is the day of what happened.
 *
 * @category models
 * @since 0.1.0
 */
export const Waiting = Schema.Struct({
  trigger: Machine.Trigger,
  to: State,
  on: PlainDate
})

/**
 * @category models
 * @since 0.1.0
 */
export type Waiting = typeof Waiting.Type

/**
 * `office` and `facility` are codes. `since` is the first day of the state, which may lie ahead.
 *
 * @category models
 * @since 0.1.0
 */
export const Membership = Schema.Struct({
  participant: Id.Id,
  segment: Segment,
  state: State,
  since: PlainDate,
  /** The last day of cover, where it has ended. */
  coveredUntil: Schema.optionalKey(PlainDate),
  /** The last day of a state that ends by itself, as the grace after a dismissal does. */
  until: Schema.optionalKey(PlainDate),
  /** States to go back to, the latest last: a block within a block keeps both. */
  previous: Schema.optionalKey(Schema.NonEmptyArray(State)),
  /** Moves that wait for treatment to be over, one a trigger. */
  waiting: Schema.optionalKey(Schema.NonEmptyArray(Waiting)),
  card: Schema.optionalKey(ParticipantNumber),
  wardClass: Schema.optionalKey(Schema.Literals([1, 2, 3])),
  classSince: Schema.optionalKey(PlainDate),
  facility: Schema.optionalKey(Schema.String),
  facilitySince: Schema.optionalKey(PlainDate),
  office: Schema.String,
  /** Code of the employer whose worker, or worker's family, the person is: the one who registered them. */
  employer: Schema.optionalKey(Schema.NonEmptyString),
  /** The account of contributions that it is billed on. */
  account: Schema.optionalKey(Id.Id),
  /** The membership that this one took over from. */
  follows: Schema.optionalKey(Id.Id)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Membership = typeof Membership.Type

/**
 * The memberships on the register. Two open ones of a person, or two on one card number, cannot
 * be stored; a transfer hands the card number on. `holder` finds the closed ones too.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("membership", {
  schema: Membership,
  unique: {
    card: ({ card, state }) => (card === undefined || state === "TRANSFERRED" ? [] : [card]),
    liveOf: ({ participant, state }) => (Machine.isLive(state) ? [participant] : [])
  },
  blind: { holder: ({ participant }) => [participant] },
  ordered: {
    state: { text: (membership) => membership.state },
    office: { text: (membership) => membership.office }
  },
  indexes: { byState: ["state"], byOffice: ["office", "state"] }
})

// --- reading ---

/**
 * Whether care is paid for on a day, today's or a later one: what was before is in the record.
 *
 * @category reading
 * @since 0.1.0
 */
export const isCovered = ({ coveredUntil, since, state }: Membership, on: PlainDate): boolean =>
  Machine.covers(state)
    ? notAfter(since, on)
    : coveredUntil !== undefined && notAfter(on, coveredUntil) && (state !== "DECEASED" || notAfter(on, since))

/**
 * Whose area and whose worker it is, for `Permission`. An employer has ended being one of a person who was
 * dismissed or has left, and never was one of whoever came to be paid for otherwise.
 *
 * @example
 * const worker = { office: "0903", employer: "E1", state: "ACTIVE" } as const
 * Membership.scopeOf(worker) // => { office: "0903", employer: "E1" }
 * Membership.scopeOf({ ...worker, state: "GRACE_PHK" }) // => { office: "0903" }
 *
 * @category reading
 * @since 0.1.0
 */
export const scopeOf = ({
  employer,
  office,
  state
}: Pick<Membership, "employer" | "office" | "state">): { readonly office: string; readonly employer?: string } => {
  const isEmployed = Machine.isLive(state) && state !== "GRACE_PHK" && state !== "ENDED_EMPLOYMENT"
  return { office, ...(employer === undefined || !isEmployed ? {} : { employer }) }
}

/**
 * The move that a trigger asks of a membership, for `Machine.move`.
 *
 * @category reading
 * @since 0.1.0
 */
export const moveOf = (
  { previous, segment, state }: Membership,
  trigger: Machine.Trigger,
  given: Pick<Machine.Move, "care" | "opens" | "selfPaid"> = {}
): Machine.Move => {
  const before = previous?.at(-1)
  return { from: state, trigger, segment, ...(before === undefined ? {} : { previous: before }), ...given }
}

// --- rules ---

/**
 * The state that a new membership opens in. Only the population register makes an identity
 * verified, so without its answer nobody is active; self-payers are covered from their first
 * payment on, newborns included (domain.md NB-2, PAY-5).
 *
 * @example
 * import { Membership } from "@kis/core/membership"
 *
 * Membership.opening({ verified: false, selfPaid: false }) // => "PENDING_VERIFICATION"
 * Membership.opening({ verified: true, selfPaid: true }) // => "AWAITING_FIRST_PAYMENT"
 *
 * @category rules
 * @since 0.1.0
 */
export const opening = (of: { readonly verified: boolean; readonly selfPaid: boolean }): Opening =>
  !of.verified ? "PENDING_VERIFICATION" : of.selfPaid ? "AWAITING_FIRST_PAYMENT" : "ACTIVE"

/**
 * The membership after a move that the machine allowed. One that waits is written down and changes
 * nothing else; asking for it again when treatment is over takes it off the list. `on` is the day
 * of what happened, `until` the last day of the new state where it ends by itself.
 *
 * @category rules
 * @since 0.1.0
 */
export const applied = (
  self: Membership,
  trigger: Machine.Trigger,
  movement: Machine.Moved | Machine.Waits,
  given: { readonly on: PlainDate; readonly until?: PlainDate }
): Membership => {
  const others = (self.waiting ?? []).filter((waiting) => waiting.trigger !== trigger)
  if (movement._tag === "Waits") {
    return withOptional(self, { waiting: [...others, { trigger, to: movement.to, on: given.on }] })
  }
  const { effectiveOn, to } = movement
  const legal = Machine.legal(to, self.segment)
  const lost = Machine.covers(self.state) && !Machine.covers(to)
  return withOptional(
    { ...self, state: to, since: effectiveOn },
    {
      coveredUntil: Machine.covers(to)
        ? undefined
        : lost
          ? (movement.coverUntil ?? addDays(effectiveOn, -1))
          : self.coveredUntil,
      until: given.until,
      previous: statesBefore(self, trigger, to),
      waiting: others.filter((waiting) => legal.includes(waiting.trigger))
    }
  )
}

/**
 * Takes a move off the list of those that wait: what it was for is settled, as when the month
 * that was unpaid has been paid.
 *
 * @category rules
 * @since 0.1.0
 */
export const withoutWaiting = (self: Membership, trigger: Machine.Trigger): Membership =>
  withOptional(self, { waiting: (self.waiting ?? []).filter((waiting) => waiting.trigger !== trigger) })

/**
 * The membership that takes over from one that is transferred: same person, card and facility. A
 * person who was not verified is not by moving, and who was held stays held.
 *
 * @category rules
 * @since 0.1.0
 */
export const following = (
  old: Membership,
  given: {
    readonly id: Id.Id
    readonly on: PlainDate
    readonly segment: Segment
    readonly selfPaid: boolean
    readonly wardClass?: 1 | 2 | 3
  }
): Membership => {
  const opened = opening({ verified: old.card !== undefined, selfPaid: given.selfPaid })
  const states: ReadonlyArray<State> = [opened, ...[...(old.previous ?? []), old.state].filter(isBlock)]
  const sameClass = given.wardClass === old.wardClass
  return withOptional(
    {
      participant: old.participant,
      segment: given.segment,
      state: states.at(-1) ?? opened,
      since: given.on,
      office: old.office,
      follows: given.id,
      ...(old.card === undefined ? {} : { card: old.card }),
      ...(old.facility === undefined ? {} : { facility: old.facility }),
      ...(old.facilitySince === undefined ? {} : { facilitySince: old.facilitySince }),
      ...(given.wardClass === undefined ? {} : { wardClass: given.wardClass })
    },
    {
      previous: states.slice(0, -1),
      classSince: given.wardClass === undefined ? undefined : sameClass ? old.classSince : given.on
    }
  )
}

// --- private ---

const isBlock = (state: State) => state === "BLOCKED_DATA" || state === "BLOCKED_DUPLICATE"

const statesBefore = (self: Membership, trigger: Machine.Trigger, to: State): ReadonlyArray<State> => {
  const before = self.previous ?? []
  if (Machine.goesBack(self.state, trigger)) return before.slice(0, -1)
  return Machine.mayGoBack(to, self.state) ? [...before, self.state] : before
}

interface Optional {
  readonly coveredUntil?: PlainDate | undefined
  readonly until?: PlainDate | undefined
  readonly classSince?: PlainDate | undefined
  readonly previous?: ReadonlyArray<State>
  readonly waiting?: ReadonlyArray<Waiting>
}

/** An absent key is how "none" is stored: what is undefined or empty is left out. */
const withOptional = (self: Membership, fields: Optional): Membership => {
  const cleared = Object.entries({ ...self, ...fields }).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)
  )
  return Object.fromEntries(cleared) as Membership
}
