/**
 * A month of the civil calendar: what a bill is for.
 *
 * Contributions, arrears and instalments go by whole months; a day belongs to exactly one.
 *
 * @since 0.1.0
 */
import type * as Option from "effect/Option"
import * as Order_ from "effect/Order"
import * as Schema from "effect/Schema"
import * as PlainDate from "./PlainDate.ts"

// --- models ---

/**
 * ISO 8601 month, `YYYY-MM`, years 0001 to 9999. Its order is the order of its text.
 *
 * @category models
 * @since 0.1.0
 */
export const Month = Schema.String.check(
  Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])$/, { message: "expected a month written YYYY-MM" }),
  Schema.makeFilter((text) => !text.startsWith("0000") || "no such year in the calendar")
).pipe(Schema.brand("Month"))

/**
 * @category models
 * @since 0.1.0
 */
export type Month = typeof Month.Type

// --- constructors ---

/**
 * A month written in code. Text from outside goes through {@link parse}.
 *
 * Throws when the text is not a month of the calendar.
 *
 * @example
 * Month.make("2026-02")
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (text: string): Month => Month.make(text)

/**
 * The month that a day belongs to.
 *
 * @example
 * Month.of(PlainDate.make("2026-02-10")) // => Month.make("2026-02")
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (date: PlainDate.PlainDate): Month => date.slice(0, 7) as Month

/**
 * Reads `YYYY-MM` and nothing else; surrounding spaces are allowed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Option.Option<Month> => Schema.decodeOption(Month)(text.trim())

// --- parts ---

/**
 * @category parts
 * @since 0.1.0
 */
export const year = (self: Month): number => Number(self.slice(0, 4))

/**
 * Month of the year, 1 to 12.
 *
 * @category parts
 * @since 0.1.0
 */
export const monthOfYear = (self: Month): number => Number(self.slice(5, 7))

/**
 * @category parts
 * @since 0.1.0
 */
export const first = (self: Month): PlainDate.PlainDate => `${self}-01` as PlainDate.PlainDate

/**
 * @category parts
 * @since 0.1.0
 */
export const last = (self: Month): PlainDate.PlainDate => PlainDate.endOfMonth(first(self))

/**
 * A day of the month, or its last one where the month is shorter.
 *
 * @example
 * Month.day(Month.make("2026-02"), 30) // => PlainDate.make("2026-02-28")
 *
 * @category parts
 * @since 0.1.0
 */
export const day = (self: Month, dayOfMonth: number): PlainDate.PlainDate => {
  const end = dayOfMonth > 28 ? last(self) : undefined
  if (end !== undefined && dayOfMonth >= PlainDate.dayOfMonth(end)) return end
  return `${self}-${String(dayOfMonth).padStart(2, "0")}` as PlainDate.PlainDate
}

// --- comparing ---

/**
 * @category comparing
 * @since 0.1.0
 */
export const Order: Order_.Order<Month> = Order_.String

/**
 * @category comparing
 * @since 0.1.0
 */
export const isBefore: (self: Month, that: Month) => boolean = Order_.isLessThan(Order)

/**
 * @category comparing
 * @since 0.1.0
 */
export const isAfter: (self: Month, that: Month) => boolean = Order_.isGreaterThan(Order)

/**
 * @category comparing
 * @since 0.1.0
 */
export const notAfter: (self: Month, that: Month) => boolean = Order_.isLessThanOrEqualTo(Order)

// --- reckoning ---

/**
 * @example
 * Month.add(Month.make("2025-12"), 2) // => Month.make("2026-02")
 *
 * @category reckoning
 * @since 0.1.0
 */
export const add = (self: Month, months: number): Month => fromIndex(indexOf(self) + months)

/**
 * Months from the first to the second; negative when the second is earlier.
 *
 * @example
 * Month.diff(Month.make("2025-12"), Month.make("2026-02")) // => 2
 *
 * @category reckoning
 * @since 0.1.0
 */
export const diff = (from: Month, to: Month): number => indexOf(to) - indexOf(from)

/**
 * So many months, one after the other.
 *
 * @example
 * Month.run(Month.make("2025-12"), 2) // => [Month.make("2025-12"), Month.make("2026-01")]
 *
 * @category reckoning
 * @since 0.1.0
 */
export const run = (from: Month, count: number): ReadonlyArray<Month> =>
  Array.from({ length: count }, (_, months) => add(from, months))

// --- private ---

const indexOf = (self: Month) => year(self) * 12 + monthOfYear(self) - 1

const fromIndex = (index: number): Month => {
  const y = Math.floor(index / 12)
  // Reckoning past the calendar's ends is a mistake in the caller, not an answer.
  if (!Number.isInteger(index) || y < 1 || y > 9999) {
    throw new RangeError("Month: the result lies outside the years 0001 to 9999")
  }
  return `${String(y).padStart(4, "0")}-${String(index - y * 12 + 1).padStart(2, "0")}` as Month
}
