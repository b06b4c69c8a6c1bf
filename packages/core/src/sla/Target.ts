/**
 * How long the state may take for an answer.
 *
 * A target is a dated parameter with its source. For complaints there are published numbers. For a new
 * card or a change of data no published turnaround was found (domain rule SLA-9): what we count by there
 * is a number that an office sets for itself, and `standing` says so wherever it is shown. Nothing in
 * this library may present a house target as the law.
 *
 * @since 0.1.0
 */
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as WorkCalendar from "../calendar/WorkCalendar.ts"
import { cite } from "../policy/Citation.ts"
import * as Dated from "../policy/Dated.ts"
import * as PlainDate from "../time/PlainDate.ts"

// --- models ---

/**
 * What a clock runs for: a registration, a change of data, a complaint, a person held for review
 * as a possible duplicate, an objection to a decision, or what somebody asks about their own data.
 *
 * @category models
 * @since 0.1.0
 */
export const Kind = Schema.Literals([
  "registration",
  "change",
  "complaint",
  "duplicate-review",
  "objection",
  "personal-data"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Kind = typeof Kind.Type

/**
 * Whether a number is published law, or the office's own aim.
 *
 * @category models
 * @since 0.1.0
 */
export const Standing = Schema.Literals(["official", "house"])

/**
 * @category models
 * @since 0.1.0
 */
export type Standing = typeof Standing.Type

/**
 * @category models
 * @since 0.1.0
 */
export const Target = Schema.Struct({
  allowance: WorkCalendar.Allowance,
  standing: Standing
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Target extends Schema.Schema.Type<typeof Target> {}

/**
 * The history of every target.
 *
 * @category models
 * @since 0.1.0
 */
export type Targets = Readonly<Record<Kind, Dated.Dated<Target>>>

// --- constructors ---

/**
 * An office's own aim, from a day on. It overrides whatever applied before and stays marked as the house's.
 *
 * @category constructors
 * @since 0.1.0
 */
export const house = (allowance: WorkCalendar.Allowance, from: PlainDate.PlainDate): Dated.Known<Target> => ({
  value: { allowance, standing: "house" },
  appliesFrom: from,
  announcedAt: from,
  citation: cite("the office's own aim; no published turnaround was found", "unverified", { rule: "SLA-9" })
})

/**
 * The targets that ship: 5 working days for a complaint as published, 3 x 24 hours for what somebody asks
 * about their own data, and our suggestion of 5 working days for everything that has no published number.
 *
 * Source: UU 24/2011 arts. 48 to 50 and Perban 2/2014 for complaints (SLA-1; the articles were seen, the
 * number is background knowledge); UU 27/2022 arts. 30, 32 and 40 for personal data, in hours and not in working days.
 *
 * @category constructors
 * @since 0.1.0
 */
export const standard: Targets = {
  registration: [house({ unit: "working-days", amount: 5 }, always())],
  change: [house({ unit: "working-days", amount: 5 }, always())],
  "duplicate-review": [house({ unit: "working-days", amount: 5 }, always())],
  objection: [house({ unit: "working-days", amount: 5 }, always())],
  "personal-data": [
    house({ unit: "hours", amount: 72 }, always()),
    {
      value: { allowance: { unit: "hours", amount: 72 }, standing: "official" },
      appliesFrom: PlainDate.make("2022-10-17"),
      announcedAt: PlainDate.make("2022-10-17"),
      citation: cite("UU 27/2022 arts. 30, 32, 40", "medium", { seen: "icoma-tv.online 2025/07" })
    }
  ],
  complaint: [
    {
      value: { allowance: { unit: "working-days", amount: 5 }, standing: "official" },
      // BPJS Kesehatan has run the scheme since this day.
      appliesFrom: PlainDate.make("2014-01-01"),
      announcedAt: PlainDate.make("2014-01-01"),
      citation: cite("UU 24/2011 arts. 48-50; Perban 2/2014", "medium", { rule: "SLA-1" }),
      verifiedThrough: PlainDate.make("2026-02-28")
    }
  ]
}

/**
 * Replaces the aim for one kind from a day on.
 *
 * @example
 * Target.withHouse(Target.standard, "registration", { unit: "working-minutes", amount: 450 }, PlainDate.make("2026-01-01"))
 *
 * @category constructors
 * @since 0.1.0
 */
export const withHouse = (
  self: Targets,
  kind: Kind,
  allowance: WorkCalendar.Allowance,
  from: PlainDate.PlainDate
): Targets => ({ ...self, [kind]: [...self[kind], house(allowance, from)] })

// --- reading ---

/**
 * The target in force, with its citation; none before the first day of the table.
 *
 * @category reading
 * @since 0.1.0
 */
export const at = (self: Targets, kind: Kind, asOf: Dated.AsOf): Option.Option<Dated.Known<Target>> =>
  Dated.at(self[kind], asOf)

// --- private ---

// An office's own aim has no first day.
function always() {
  return PlainDate.make("1900-01-01")
}
