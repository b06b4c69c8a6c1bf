/**
 * Who may do what, and on whose rows.
 *
 * The table is data: an action that a kind of actor does not have there is refused. What is there has a
 * scope: an officer acts on the rows of the own office, an employer on those of the own workers, a helper on those of
 * people whose consent covers it, a citizen on the own. The services ask before they do anything.
 *
 * Which offices or workers are an actor's is the organisation's to know: `Mandates` says it. An
 * application that provides none is believed about offices, for it has checked who is signed in, and an employer
 * has the workers under the own id; what a kind of actor may never do is refused all the same.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Actor from "./Actor.ts"
import * as Consent from "./Consent.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Action = Schema.Literals([
  /** Hand in an application. */
  "register",
  /** Be told that somebody is on the register already, and by which registration. */
  "learn-registration",
  /** Take a registration back that covers nobody yet. */
  "withdraw-registration",
  /** Record a consent. */
  "record-consent",
  /** End a consent. */
  "end-consent",
  /** Read what is recorded of a person. */
  "read-person",
  /** Read outside the own area, in an emergency. */
  "break-glass",
  /** Close the review of such a reading. */
  "review-break-glass",
  /** Object to a decision. */
  "object",
  /** Answer an objection. */
  "answer-objection",
  /** Ask for one's own data, for their correction or erasure. */
  "request-data",
  /** Answer such a request. */
  "answer-data-request",
  /** Put a person's data right. */
  "correct-person",
  /** Put a family card on the register. */
  "enrol-household",
  /** Look at what an event of life changes for a family, and carry it out. */
  "report-life-event",
  /** Decide what the population register says of a person. */
  "decide-population-case"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Action = typeof Action.Type

/**
 * On whose rows: `own`, those of people whose `consent` covers it, of the own `area`, the own `workers`, or `any`.
 *
 * @category models
 * @since 0.1.0
 */
export const Scope = Schema.Literals(["own", "consent", "area", "workers", "any"])

/**
 * @category models
 * @since 0.1.0
 */
export type Scope = typeof Scope.Type

/**
 * What decides whether a row is within a scope. What is not known of it is absent, and then no scope that
 * needs it holds.
 *
 * @category models
 * @since 0.1.0
 */
export interface Row {
  readonly office?: string
  /** Code of the employer that a worker belongs to. */
  readonly employer?: string
  /** The citizen whose row it is, as an actor. */
  readonly owner?: Actor.Actor
  /** What keeps the consent of the people from covering it: empty when it does. */
  readonly consent?: ReadonlyArray<Consent.Refusal>
}

/**
 * What an actor answers for. `every` is for those whose organisation does not divide it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Mandate {
  readonly offices: ReadonlyArray<string> | "every"
  readonly employers: ReadonlyArray<string> | "every"
}

// --- errors ---

/**
 * The actor may not do this here. Nothing was read or written.
 *
 * - `NotForThisActor`: no actor of the kind may;
 * - `OutsideArea`, `NotOwnWorkers`, `NotOwn`: on others' rows;
 * - `OwnDeed`: nobody reviews what they did themselves;
 * - `NoConsent`: there is no consent; otherwise what keeps it from covering this.
 *
 * @category errors
 * @since 0.1.0
 */
export class NotAllowed extends Schema.TaggedError<NotAllowed>("@kis/core/access/NotAllowed")("NotAllowed", {
  actor: Schema.String,
  action: Action,
  reasons: Schema.NonEmptyArray(
    Schema.Union([
      Schema.Literals(["NotForThisActor", "OutsideArea", "NotOwnWorkers", "NotOwn", "OwnDeed", "NoConsent"]),
      Consent.Refusal
    ])
  )
}) {
  override get message() {
    return (
      `${this.actor} may not ${this.action} here (${this.reasons.join(", ")}). ` +
      "Have somebody do it who may, or have the consent or the mandate recorded that it needs."
    )
  }
}

// --- service ---

/**
 * What the organisation says that an actor answers for.
 *
 * @category services
 * @since 0.1.0
 */
export const Mandates = Context.Reference<{ readonly of: (actor: Actor.Actor) => Effect.Effect<Mandate> }>(
  "@kis/core/access/Permission/Mandates",
  {
    defaultValue: () => ({
      of: ({ id, kind }) =>
        Effect.succeed({ offices: "every" as const, employers: kind === "employer" ? [id] : ("every" as const) })
    })
  }
)

// --- rules ---

/**
 * The table.
 *
 * @category rules
 * @since 0.1.0
 */
export const table: Readonly<Record<Actor.Actor["kind"], Readonly<Partial<Record<Action, Scope>>>>> = {
  citizen: {
    register: "any",
    "learn-registration": "own",
    "withdraw-registration": "own",
    "record-consent": "own",
    "end-consent": "own",
    object: "own",
    "request-data": "own"
  },
  proxy: {
    register: "consent",
    "learn-registration": "consent",
    "withdraw-registration": "consent",
    "end-consent": "consent",
    object: "consent",
    "request-data": "consent"
  },
  officer: {
    register: "area",
    "learn-registration": "area",
    "withdraw-registration": "area",
    "record-consent": "area",
    "end-consent": "area",
    "read-person": "area",
    "break-glass": "any",
    object: "area",
    "answer-objection": "area",
    "request-data": "area",
    "answer-data-request": "area",
    "correct-person": "area",
    "enrol-household": "area",
    "report-life-event": "area",
    "decide-population-case": "area"
  },
  supervisor: {
    register: "area",
    "learn-registration": "area",
    "withdraw-registration": "area",
    "record-consent": "area",
    "end-consent": "any",
    "read-person": "area",
    "break-glass": "any",
    "review-break-glass": "area",
    object: "area",
    "answer-objection": "area",
    "request-data": "area",
    "answer-data-request": "area",
    "correct-person": "area",
    "enrol-household": "area",
    "report-life-event": "area",
    "decide-population-case": "area"
  },
  employer: { register: "any", "learn-registration": "own", "read-person": "workers" },
  "local-government": { register: "area", "learn-registration": "area", "read-person": "area" },
  system: { register: "any", "learn-registration": "any", "enrol-household": "any", "report-life-event": "any" }
}

/**
 * What keeps an actor from doing something on a row; empty when nothing does.
 *
 * @example
 * const officer = { kind: "officer", id: "417" } as const
 * const mandate = { offices: ["0903"], employers: [] }
 * Permission.judge(officer, "read-person", { office: "0904" }, mandate) // => ["OutsideArea"]
 * Permission.judge(officer, "read-person", { office: "0903" }, mandate) // => []
 *
 * @category rules
 * @since 0.1.0
 */
export const judge = (
  actor: Actor.Actor,
  action: Action,
  row: Row,
  mandate: Mandate
): ReadonlyArray<NotAllowed["reasons"][number]> => {
  const scope = table[actor.kind][action]
  if (scope === undefined) return ["NotForThisActor"]
  switch (scope) {
    case "any":
      return []
    case "own":
      return row.owner !== undefined && Actor.label(row.owner) === Actor.label(actor) ? [] : ["NotOwn"]
    case "area":
      return holds(mandate.offices, row.office) ? [] : ["OutsideArea"]
    case "workers":
      return holds(mandate.employers, row.employer) ? [] : ["NotOwnWorkers"]
    case "consent":
      return row.consent ?? ["NoConsent"]
  }
}

// --- asking ---

/**
 * Fails when the actor may not do this on the row.
 *
 * @category asking
 * @since 0.1.0
 */
export const demand = (actor: Actor.Actor, action: Action, row: Row): Effect.Effect<void, NotAllowed> =>
  Effect.gen(function* () {
    const mandates = yield* Mandates
    const [first, ...rest] = judge(actor, action, row, yield* mandates.of(actor))
    if (first !== undefined) {
      return yield* new NotAllowed({ actor: Actor.label(actor), action, reasons: [first, ...rest] })
    }
  })

// --- private ---

// A row of no known office or employer is in nobody's area.
const holds = (mine: ReadonlyArray<string> | "every", code: string | undefined): boolean =>
  code !== undefined && (mine === "every" || mine.includes(code))
