/**
 * A day of the civil calendar, without hour and zone: birth dates, due dates, the days
 * on which a rule applies.
 *
 * The calendar is the proleptic Gregorian one, years 0001 to 9999. Nothing here reads
 * a clock: whoever needs "today" asks Effect's `Clock` and calls {@link fromInstant}
 * with the zone of the office.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Order_ from "effect/Order"
import * as Schema from "effect/Schema"
import { offsetMinutes, type Zone } from "./Zone.ts"

// --- models ---

/**
 * ISO 8601 calendar date, `YYYY-MM-DD`. Its order is the order of its text.
 *
 * @category models
 * @since 0.1.0
 */
export const PlainDate = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/, { message: "expected a date written YYYY-MM-DD" }),
  Schema.makeFilter((text) => isCalendarDay(text) || "no such day in the calendar")
).pipe(Schema.brand("PlainDate"))

/**
 * @category models
 * @since 0.1.0
 */
export type PlainDate = typeof PlainDate.Type

// --- constructors ---

/**
 * A date written in code. Text from outside goes through {@link parse}.
 *
 * Throws when the text is not a day of the calendar.
 *
 * @example
 * PlainDate.make("2026-11-24")
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (text: string): PlainDate => PlainDate.make(text)

/**
 * The day of a year (1 to 9999), month (1 to 12) and day of month, or none when the
 * calendar has no such day.
 *
 * @example
 * PlainDate.fromParts(1900, 2, 29) // => Option.none()
 * PlainDate.fromParts(2000, 2, 29) // => Option.some(PlainDate.make("2000-02-29"))
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromParts = (year: number, month: number, dayOfMonth: number): Option.Option<PlainDate> =>
  exists(year, month, dayOfMonth) ? Option.some(write(year, month, dayOfMonth)) : Option.none()

/**
 * Reads `YYYY-MM-DD` and nothing else; surrounding spaces are allowed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Option.Option<PlainDate> => {
  const trimmed = text.trim()
  return isCalendarDay(trimmed) ? Option.some(trimmed as PlainDate) : Option.none()
}

/**
 * The day that a wall calendar in the zone shows at an instant (milliseconds since the
 * Unix epoch).
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromInstant = (epochMillis: number, zone: Zone): PlainDate =>
  fromDayNumber(Math.floor((epochMillis + offsetMinutes(zone) * millisOfMinute) / millisOfDay))

// --- parts ---

/**
 * @category parts
 * @since 0.1.0
 */
export const year = (self: PlainDate): number => Number(self.slice(0, 4))

/**
 * Month of the year, 1 to 12.
 *
 * @category parts
 * @since 0.1.0
 */
export const month = (self: PlainDate): number => Number(self.slice(5, 7))

/**
 * @category parts
 * @since 0.1.0
 */
export const dayOfMonth = (self: PlainDate): number => Number(self.slice(8, 10))

/**
 * ISO day of the week, 1 for Monday to 7 for Sunday.
 *
 * @category parts
 * @since 0.1.0
 */
export const dayOfWeek = (self: PlainDate): number => ((((dayNumber(self) + 3) % 7) + 7) % 7) + 1

// --- comparing ---

/**
 * @category comparing
 * @since 0.1.0
 */
export const Order: Order_.Order<PlainDate> = Order_.String

/**
 * @category comparing
 * @since 0.1.0
 */
export const notAfter: (self: PlainDate, that: PlainDate) => boolean = Order_.isLessThanOrEqualTo(Order)

/**
 * @category comparing
 * @since 0.1.0
 */
export const isBefore: (self: PlainDate, that: PlainDate) => boolean = Order_.isLessThan(Order)

/**
 * @category comparing
 * @since 0.1.0
 */
export const isAfter: (self: PlainDate, that: PlainDate) => boolean = Order_.isGreaterThan(Order)

// --- reckoning ---

/**
 * Days from the first date to the second; negative when the second is earlier.
 *
 * @category reckoning
 * @since 0.1.0
 */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumber(to) - dayNumber(from)

/**
 * Whole years of age on a day. A person born on 29 February comes of age on 1 March of
 * a year without that day. Negative before birth.
 *
 * @category reckoning
 * @since 0.1.0
 */
export const ageOn = (birth: PlainDate, on: PlainDate): number =>
  year(on) - year(birth) - (on.slice(5) < birth.slice(5) ? 1 : 0)

/**
 * @category reckoning
 * @since 0.1.0
 */
export const addDays = (self: PlainDate, days: number): PlainDate => fromDayNumber(dayNumber(self) + days)

/**
 * Same day of another month, or the last day of that month when it is shorter.
 *
 * @example
 * PlainDate.addMonths(PlainDate.make("2026-01-31"), 1) // => PlainDate.make("2026-02-28")
 *
 * @category reckoning
 * @since 0.1.0
 */
export const addMonths = (self: PlainDate, months: number): PlainDate => {
  const index = year(self) * 12 + month(self) - 1 + months
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return write(y, m, Math.min(dayOfMonth(self), daysInMonth(y, m)))
}

/**
 * Same day of another year; 29 February becomes the 28th where it does not exist.
 *
 * @category reckoning
 * @since 0.1.0
 */
export const addYears = (self: PlainDate, years: number): PlainDate => addMonths(self, years * 12)

/**
 * @category reckoning
 * @since 0.1.0
 */
export const startOfMonth = (self: PlainDate): PlainDate => write(year(self), month(self), 1)

/**
 * @category reckoning
 * @since 0.1.0
 */
export const endOfMonth = (self: PlainDate): PlainDate =>
  write(year(self), month(self), daysInMonth(year(self), month(self)))

/**
 * The instant (milliseconds since the Unix epoch) at which the zone's clocks show a
 * minute of this day, midnight by default. Indonesia has no summer time, so every
 * minute exists exactly once.
 *
 * @category reckoning
 * @since 0.1.0
 */
export const toEpochMillis = (self: PlainDate, zone: Zone, minuteOfDay = 0): number =>
  dayNumber(self) * millisOfDay + (minuteOfDay - offsetMinutes(zone)) * millisOfMinute

// --- private ---

const millisOfMinute = 60_000
const millisOfDay = 86_400_000

const isLeap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0

const daysInMonth = (y: number, m: number) =>
  m === 2 ? (isLeap(y) ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31

const exists = (y: number, m: number, d: number) =>
  Number.isInteger(y) &&
  Number.isInteger(m) &&
  Number.isInteger(d) &&
  y >= 1 &&
  y <= 9999 &&
  m >= 1 &&
  m <= 12 &&
  d >= 1 &&
  d <= daysInMonth(y, m)

const isCalendarDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  exists(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))

const pad = (n: number, width: number) => String(n).padStart(width, "0")

const write = (y: number, m: number, d: number): PlainDate => {
  // Reckoning past the calendar's ends is a mistake in the caller, not an answer.
  if (!exists(y, m, d)) throw new RangeError("PlainDate: the result lies outside the years 0001 to 9999")
  return `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}` as PlainDate
}

// Days since 1970-01-01. Years start in March, so that the leap day is their last.
const dayNumber = (self: PlainDate): number => {
  const m = month(self)
  const y = year(self) - (m <= 2 ? 1 : 0)
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth(self) - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

const fromDayNumber = (days: number): PlainDate => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const m = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return write(yearOfEra + era * 400 + (m <= 2 ? 1 : 0), m, ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}
