/**
 * The days on which offices are closed by decree, each with the day on which the decree became public.
 *
 * Nobody can compute these days: the moon is sighted, ministers move joint leave, and a decree of
 * 7 August 2025 closed offices eleven days later. So they are a table with the day each line was
 * announced, and a calendar can be asked for what was known on a day. Years that no decree has reached
 * hold the standing holidays of fixed date only, and whoever counts through them is told that the
 * result is an estimate.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as PlainDate from "../time/PlainDate.ts"
import * as Official from "./internal/official.ts"

// --- models ---

/**
 * A national holiday, or *cuti bersama*: the joint leave around one, which is taken from the leave of
 * employees and on which units that serve the public may have to be open.
 *
 * @category models
 * @since 0.1.0
 */
export type Kind = "national" | "joint-leave"

/**
 * Where a holiday is written, and since when that was public.
 *
 * @category models
 * @since 0.1.0
 */
export interface Decree {
  readonly id: string
  readonly announced: PlainDate.PlainDate
  readonly confidence: "high" | "medium" | "low" | "unverified"
}

/**
 * One closed day. `tentative` days follow the sighting of the moon and may still move by a day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Holiday {
  readonly date: PlainDate.PlainDate
  readonly kind: Kind
  /** Name in English. */
  readonly name: string
  readonly decree: Decree
  readonly tentative: boolean
}

/**
 * Holidays and the years whose yearly decree they hold. A year that is not listed is an estimate.
 *
 * @category models
 * @since 0.1.0
 */
export interface Holidays {
  readonly days: ReadonlyArray<Holiday>
  readonly years: ReadonlyArray<{ readonly year: number; readonly decree: Decree }>
}

// --- constructors ---

/**
 * Every day that the decrees for 2024 to 2027 name, and the decree of each.
 *
 * Source: joint decrees (SKB) of the three ministers and decrees of the President, listed in
 * `data/HOLIDAYS.md`. The numbers of the decree for 2027 are not known to us.
 *
 * @category constructors
 * @since 0.1.0
 */
export const official: Holidays = (() => {
  const decrees = Official.decrees.map((_) => ({ ..._, announced: PlainDate.make(_.announced) }))
  return {
    days: Official.rows.map(([date, kind, decree, name]) => ({
      date: PlainDate.make(date),
      kind,
      name,
      decree: decrees[decree]!,
      tentative: name.endsWith("(estimated)")
    })),
    years: decrees.flatMap((decree) => (decree.year === undefined ? [] : [{ year: decree.year, decree }]))
  }
})()

/**
 * No holidays at all, of any year: for tests, and for counters that never close.
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: Holidays = { days: [], years: [] }

/**
 * Adds days that one area or office has, such as a regional election or a flood.
 *
 * @category constructors
 * @since 0.1.0
 */
export const withDays = (self: Holidays, days: ReadonlyArray<Holiday>): Holidays => ({
  ...self,
  days: [...self.days, ...days]
})

// --- reading ---

/**
 * What a person could have known on a day: later decrees and their days are left out.
 *
 * @example
 * // 18 August 2025 became joint leave by a decree of 7 August 2025
 * Holidays.asKnownOn(Holidays.official, PlainDate.make("2025-08-06"))
 *
 * @category reading
 * @since 0.1.0
 */
export const asKnownOn = (self: Holidays, day: PlainDate.PlainDate): Holidays => ({
  days: self.days.filter((_) => PlainDate.notAfter(_.decree.announced, day)),
  years: self.years.filter((_) => PlainDate.notAfter(_.decree.announced, day))
})

/**
 * The holiday on a day. Where a national holiday and joint leave fall together, the national one.
 *
 * @category reading
 * @since 0.1.0
 */
export const on = (self: Holidays, day: PlainDate.PlainDate): Option.Option<Holiday> => {
  const found = self.days.filter((_) => _.date === day)
  return Option.fromNullishOr(found.find((_) => _.kind === "national") ?? found[0])
}

/**
 * The holidays of fixed date in a year that no decree has reached: an estimate of its closed days that
 * lacks every movable feast and all joint leave.
 *
 * Source: Keppres 251/1967 with Keppres 3/1983; 1 May since 2014 (Keppres 24/2013); 1 June since 2017
 * (Keppres 24/2016).
 *
 * @category reading
 * @since 0.1.0
 */
export const standing = (year: number): ReadonlyArray<PlainDate.PlainDate> =>
  fixed.filter((_) => year >= _.since).map((_) => PlainDate.make(`${String(year).padStart(4, "0")}-${_.day}`))

// --- private ---

const fixed = [
  { day: "01-01", since: 1968 },
  { day: "05-01", since: 2014 },
  { day: "06-01", since: 2017 },
  { day: "08-17", since: 1968 },
  { day: "12-25", since: 1968 }
]
