/**
 * The working time of one office, and how to count in it.
 *
 * A calendar has a zone, the shifts of a week (split by breaks; Friday has its own), periods with other
 * shifts such as Ramadan, and holidays by decree. It counts in two units: working time, in milliseconds
 * during which the office is open, and working days. Instants are milliseconds since the Unix epoch.
 *
 * The laws, for every calendar, instant and amount of working time:
 *
 * - `between(c, t, add(c, t, w)) === w`, and for an instant `u` in open time `add(c, t, between(c, t, u)) === u`
 * - `add(c, add(c, t, v), w) === add(c, t, v + w)` for `v` and `w` of one sign
 * - `between(c, t, u) + between(c, u, v) === between(c, t, v)`
 * - a later instant or more work never gives an earlier result
 *
 * Each takes O(log n) of the number of exceptional days, however far apart the instants are.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as PlainDate from "../time/PlainDate.ts"
import * as Zone from "../time/Zone.ts"
import * as Holidays from "./Holidays.ts"
import * as Prefix from "./internal/prefix.ts"

// --- models ---

/**
 * A stretch of working time in minutes of the local day, from inclusive to exclusive: 450 to 720 is 07:30 to 12:00.
 *
 * @category models
 * @since 0.1.0
 */
export interface Shift {
  readonly from: number
  readonly to: number
}

/**
 * The shifts of Monday to Sunday, each day in ascending order. A closed day has none.
 *
 * @category models
 * @since 0.1.0
 */
export type Week = readonly [Day, Day, Day, Day, Day, Day, Day]

/**
 * @category models
 * @since 0.1.0
 */
export type Day = ReadonlyArray<Shift>

/**
 * Days on which another week applies, both ends inclusive: Ramadan, or a flood. Where two overlap, the later announced wins.
 *
 * @category models
 * @since 0.1.0
 */
export interface Period {
  readonly from: PlainDate.PlainDate
  readonly until: PlainDate.PlainDate
  readonly week: Week
  /** The day on which it became known; the eve of Ramadan, for Ramadan. */
  readonly announced: PlainDate.PlainDate
}

/**
 * What a calendar is made of.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly zone: Zone.Zone
  readonly week: Week
  /** Default: none. */
  readonly periods?: ReadonlyArray<Period>
  /** Default: {@link Holidays.official}. */
  readonly holidays?: Holidays.Holidays
  /** Kinds of holiday on which this office is closed. Default: both. */
  readonly closedOn?: ReadonlyArray<Holidays.Kind>
  /** Leave out what was announced after this day. Default: everything we hold. */
  readonly knownOn?: PlainDate.PlainDate
}

/**
 * A calendar that was checked and is ready to count. Made by {@link make}, {@link office} or {@link asKnownOn}.
 *
 * @category models
 * @since 0.1.0
 */
export interface WorkCalendar extends Required<Omit<Options, "knownOn">> {
  readonly knownOn: Option.Option<PlainDate.PlainDate>
  /** Prepared sums; not part of the public surface. */
  readonly timeline: Timeline
}

/**
 * An amount of time to be counted in an office's calendar.
 *
 * @category models
 * @since 0.1.0
 */
export const Allowance = Schema.Struct({
  unit: Schema.Literals(["working-minutes", "working-days", "hours"]),
  amount: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
})

/**
 * @category models
 * @since 0.1.0
 */
export type Allowance = typeof Allowance.Type

/**
 * An instant by which something is due. It is an estimate when the days counted reach beyond the
 * decrees that were known, or touch a feast that may still move.
 *
 * @category models
 * @since 0.1.0
 */
export interface Due {
  readonly at: number
  readonly estimate: boolean
}

// --- errors ---

/**
 * The options do not make a calendar. All problems are listed.
 *
 * `NoWorkingHours` means that the week has no working time at all, so that nothing would ever be due.
 *
 * @category errors
 * @since 0.1.0
 */
export class WorkCalendarInvalid extends Schema.TaggedError<WorkCalendarInvalid>(
  "@kis/core/calendar/WorkCalendarInvalid"
)("WorkCalendarInvalid", {
  problems: Schema.NonEmptyArray(
    Schema.Struct({
      code: Schema.Literals(["NoWorkingHours", "ShiftOutsideDay", "ShiftsOverlap", "PeriodReversed"]),
      /** Where: "week", or the position of the period. */
      where: Schema.String
    })
  )
}) {
  override get message() {
    return `The work calendar is not usable: ${this.problems.map((_) => `${texts[_.code]} (${_.where})`).join("; ")}`
  }
}

// --- constructors ---

/**
 * A calendar of these hours, or everything that is wrong with them.
 *
 * A week without any working time is refused here with `NoWorkingHours`; that is why counting never fails and never loops.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: Options): Result.Result<WorkCalendar, WorkCalendarInvalid> => {
  const periods = options.periods ?? []
  const problems = [
    ...problemsOf(options.week, "week"),
    ...(options.week.every((day) => day.length === 0) ? [{ code: "NoWorkingHours" as const, where: "week" }] : []),
    ...periods.flatMap((period, i) => [
      ...problemsOf(period.week, `period ${i + 1}`),
      ...(PlainDate.isAfter(period.from, period.until)
        ? [{ code: "PeriodReversed" as const, where: `period ${i + 1}` }]
        : [])
    ])
  ]
  return isNonEmpty(problems)
    ? Result.fail(new WorkCalendarInvalid({ problems }))
    : Result.succeed(prepare({ ...defaults, ...options, knownOn: Option.fromUndefinedOr(options.knownOn) }))
}

/**
 * An office with the hours of the civil service: 37.5 hours a week from 07:30 in its own zone, with a
 * break of 60 minutes and of 90 on Friday.
 *
 * Source: Perpres 21/2023 for start, breaks and weekly hours; where the break lies is our reading.
 * Units that serve the public directly are exempt, and BPJS Kesehatan's own hours are not confirmed:
 * give an office its real hours with {@link make}.
 *
 * @category constructors
 * @since 0.1.0
 */
export const office = (zone: Zone.Zone): WorkCalendar =>
  prepare({ ...defaults, zone, week: civilService, knownOn: Option.none() })

/**
 * The same calendar as it could be known on a day. Use the day a clock was opened to leave due times as
 * they were promised, and today to restate them after a decree.
 *
 * @category constructors
 * @since 0.1.0
 */
export const asKnownOn = (self: WorkCalendar, day: PlainDate.PlainDate): WorkCalendar =>
  prepare({ ...self, knownOn: Option.some(day) })

/**
 * Hours of the civil service in an ordinary week: {@link office}.
 *
 * @category weeks
 * @since 0.1.0
 */
export const civilService: Week = weekOf(
  [
    { from: 450, to: 720 },
    { from: 780, to: 960 }
  ],
  [
    { from: 450, to: 690 },
    { from: 780, to: 990 }
  ]
)

/**
 * Hours of the civil service in Ramadan: 32.5 hours a week from 08:00, with a break of 30 minutes and of
 * 60 on Friday. Give it to a {@link Period}; its first day is fixed on the eve.
 *
 * Source: Perpres 21/2023; where the break lies is our reading.
 *
 * @category weeks
 * @since 0.1.0
 */
export const civilServiceRamadan: Week = weekOf(
  [
    { from: 480, to: 720 },
    { from: 750, to: 900 }
  ],
  [
    { from: 480, to: 690 },
    { from: 750, to: 930 }
  ]
)

// --- reading ---

/**
 * The shifts of a day; none when the office is closed.
 *
 * @category reading
 * @since 0.1.0
 */
export const shiftsOn = (self: WorkCalendar, date: PlainDate.PlainDate): Day => shiftsOf(self, numberOf(date))

/**
 * Whether the office is open at an instant. The minute of closing is not open any more.
 *
 * @category reading
 * @since 0.1.0
 */
export const isOpen = (self: WorkCalendar, at: number): boolean => {
  const [day, millis] = split(self, at)
  return shiftsOf(self, day).some((_) => _.from * minute <= millis && millis < _.to * minute)
}

/**
 * Whether a day has any working time.
 *
 * @category reading
 * @since 0.1.0
 */
export const isWorkingDay = (self: WorkCalendar, date: PlainDate.PlainDate): boolean => shiftsOn(self, date).length > 0

/**
 * The holiday for which the office is closed on a day, as this calendar knows it.
 *
 * @category reading
 * @since 0.1.0
 */
export const holidayOn = (self: WorkCalendar, date: PlainDate.PlainDate): Option.Option<Holidays.Holiday> =>
  Holidays.on(self.timeline.holidays, date).pipe(Option.filter((_) => self.closedOn.includes(_.kind)))

/**
 * Whether counting from one day to another, both included, rests on days that no decree known to this
 * calendar has fixed, or on a feast that may move by a day.
 *
 * @category reading
 * @since 0.1.0
 */
export const isEstimate = (self: WorkCalendar, from: PlainDate.PlainDate, until: PlainDate.PlainDate): boolean => {
  const { tentative, years } = self.timeline
  for (let year = PlainDate.year(from); year <= PlainDate.year(until); year++) if (!years.has(year)) return true
  const [first, last] = [numberOf(from) - 1, numberOf(until) + 1]
  return tentative.some((day) => first <= day && day <= last)
}

// --- counting working time ---

/**
 * Working milliseconds from one instant to another; negative when the second is earlier.
 *
 * @category counting
 * @since 0.1.0
 */
export const between = (self: WorkCalendar, from: number, to: number): number => worked(self, to) - worked(self, from)

/**
 * The instant at which this many working milliseconds have passed: the earliest such, so that work that
 * fits into a day is due at closing and not at the next opening. A negative amount counts back, to the
 * latest such instant; none leaves the instant as it is.
 *
 * @example
 * // Friday 15:30 and two working hours is Monday 08:30, with offices open until 16:30 and from 07:30
 * const friday = PlainDate.toEpochMillis(PlainDate.make("2026-07-03"), "WIB", 15 * 60 + 30)
 * WorkCalendar.add(WorkCalendar.office("WIB"), friday, 2 * 3_600_000)
 *
 * @category counting
 * @since 0.1.0
 */
export const add = (self: WorkCalendar, at: number, workMillis: number): number =>
  workMillis === 0
    ? at
    : workMillis > 0
      ? earliest(self, worked(self, at) + workMillis)
      : latest(self, worked(self, at) + workMillis)

/**
 * The first instant from this one on at which the office is open.
 *
 * @category counting
 * @since 0.1.0
 */
export const nextOpening = (self: WorkCalendar, at: number): number => latest(self, worked(self, at))

// --- counting working days ---

/**
 * The day that is this many working days after a date. The date itself is not counted, whether or not
 * it is a working day; a negative amount counts back; none gives the date itself.
 *
 * @category counting
 * @since 0.1.0
 */
export const addWorkingDays = (self: WorkCalendar, date: PlainDate.PlainDate, days: number): PlainDate.PlainDate => {
  if (days === 0) return date
  const { workingDays } = self.timeline
  const day = numberOf(date)
  return dateOf(
    days > 0
      ? Prefix.reaching(workingDays, Prefix.before(workingDays, day + 1) + days)
      : Prefix.reaching(workingDays, Prefix.before(workingDays, day) + days + 1)
  )
}

/**
 * Working days after the first date up to and including the second; negative when the second is earlier,
 * counting from it up to the day before the first. The inverse of {@link addWorkingDays}.
 *
 * @category counting
 * @since 0.1.0
 */
export const workingDaysBetween = (self: WorkCalendar, from: PlainDate.PlainDate, to: PlainDate.PlainDate): number => {
  const { workingDays } = self.timeline
  const [a, b] = [numberOf(from), numberOf(to)]
  return a <= b
    ? Prefix.before(workingDays, b + 1) - Prefix.before(workingDays, a + 1)
    : Prefix.before(workingDays, b) - Prefix.before(workingDays, a)
}

/**
 * By when something received at an instant is due. What comes in while the office is closed counts from
 * the next opening; working days end at the closing time of the last one.
 *
 * Source: domain rule SLA-10 (intake outside hours starts at the next opening).
 *
 * @category counting
 * @since 0.1.0
 */
export const dueBy = (self: WorkCalendar, at: number, allowance: Allowance): Due => {
  // hours run by night and on holidays: no calendar is asked, so nothing of it is an estimate
  if (allowance.unit === "hours") return { at: at + allowance.amount * 60 * minute, estimate: false }
  const start = nextOpening(self, at)
  const due =
    allowance.unit === "working-minutes"
      ? add(self, start, allowance.amount * minute)
      : closingOn(self, addWorkingDays(self, PlainDate.fromInstant(start, self.zone), allowance.amount))
  return {
    at: due,
    estimate: isEstimate(self, PlainDate.fromInstant(at, self.zone), PlainDate.fromInstant(due, self.zone))
  }
}

// --- private ---

interface Timeline {
  readonly workingTime: Prefix.Prefix
  readonly workingDays: Prefix.Prefix
  /** Shifts of the days that differ from the week. */
  readonly exceptions: ReadonlyMap<number, Day>
  readonly holidays: Holidays.Holidays
  readonly years: ReadonlySet<number>
  readonly tentative: ReadonlyArray<number>
}

const minute = 60_000
const dayMillis = 86_400_000
const epoch = PlainDate.make("1970-01-01")

/** Years for which holidays of fixed date stand in for a decree that we do not hold. */
const standingYears = { first: 2000, last: 2060 }

const defaults = {
  periods: [],
  holidays: Holidays.official,
  closedOn: ["national", "joint-leave"] as ReadonlyArray<Holidays.Kind>
}

const texts = {
  NoWorkingHours: "no day of the week has working hours, so nothing would ever be due",
  ShiftOutsideDay: "a shift must lie within the day and end after it starts, in whole minutes",
  ShiftsOverlap: "the shifts of a day must be in order and must not overlap",
  PeriodReversed: "a period must not end before it starts"
}

function weekOf(day: Day, friday: Day): Week {
  return [day, day, day, day, friday, [], []]
}

const numberOf = (date: PlainDate.PlainDate) => PlainDate.daysBetween(epoch, date)

const dateOf = (day: number) => PlainDate.addDays(epoch, day)

const isNonEmpty = <A>(all: ReadonlyArray<A>): all is readonly [A, ...ReadonlyArray<A>] => all.length > 0

const problemsOf = (week: Week, where: string) => {
  const outside = week.some((day) =>
    day.some((_) => !Number.isInteger(_.from) || !Number.isInteger(_.to) || _.from < 0 || _.to > 1440 || _.from >= _.to)
  )
  const overlap = week.some((day) => day.some((shift, i) => i > 0 && shift.from < day[i - 1]!.to))
  return [
    ...(outside ? [{ code: "ShiftOutsideDay" as const, where }] : []),
    ...(overlap ? [{ code: "ShiftsOverlap" as const, where }] : [])
  ]
}

const length = (day: Day) => day.reduce((sum, _) => sum + _.to - _.from, 0)

const prepare = (calendar: Omit<WorkCalendar, "timeline">): WorkCalendar => {
  const isKnown = (announced: PlainDate.PlainDate) =>
    Option.match(calendar.knownOn, { onNone: () => true, onSome: (day) => PlainDate.notAfter(announced, day) })
  const holidays = Option.match(calendar.knownOn, {
    onNone: () => calendar.holidays,
    onSome: (day) => Holidays.asKnownOn(calendar.holidays, day)
  })
  const years = new Set(holidays.years.map((_) => _.year))
  const exceptions = new Map<number, Day>()
  const periods = calendar.periods
    .filter((_) => isKnown(_.announced))
    .toSorted((a, b) => PlainDate.Order(a.announced, b.announced))
  for (const period of periods) {
    for (let day = numberOf(period.from); day <= numberOf(period.until); day++) {
      exceptions.set(day, period.week[PlainDate.dayOfWeek(dateOf(day)) - 1]!)
    }
  }
  const closed = holidays.days.filter((_) => calendar.closedOn.includes(_.kind))
  for (const holiday of closed) exceptions.set(numberOf(holiday.date), [])
  // Holidays that no decree has named yet are part of the estimate, but only for offices that keep a table at all.
  if (calendar.holidays.years.length > 0 && calendar.closedOn.includes("national")) {
    for (let year = standingYears.first; year <= standingYears.last; year++) {
      if (!years.has(year)) for (const date of Holidays.standing(year)) exceptions.set(numberOf(date), [])
    }
  }
  const sums = (weigh: (day: Day) => number) =>
    Prefix.make(
      calendar.week.map(weigh),
      [...exceptions].map(([day, shifts]) => [day, weigh(shifts)])
    )
  return {
    zone: calendar.zone,
    week: calendar.week,
    periods: calendar.periods,
    holidays: calendar.holidays,
    closedOn: calendar.closedOn,
    knownOn: calendar.knownOn,
    timeline: {
      workingTime: sums((day) => length(day) * minute),
      workingDays: sums((day) => (day.length === 0 ? 0 : 1)),
      exceptions,
      holidays,
      years,
      tentative: closed.filter((_) => _.tentative).map((_) => numberOf(_.date))
    }
  }
}

const shiftsOf = (self: WorkCalendar, day: number): Day =>
  self.timeline.exceptions.get(day) ?? self.week[(((day + 3) % 7) + 7) % 7]!

const split = (self: WorkCalendar, at: number): readonly [day: number, millis: number] => {
  const local = at + Zone.offsetMinutes(self.zone) * minute
  const day = Math.floor(local / dayMillis)
  return [day, local - day * dayMillis]
}

const join = (self: WorkCalendar, day: number, millis: number) =>
  day * dayMillis + millis - Zone.offsetMinutes(self.zone) * minute

/** Working milliseconds up to an instant, from a fixed origin. */
const worked = (self: WorkCalendar, at: number): number => {
  const [day, millis] = split(self, at)
  return shiftsOf(self, day).reduce(
    (sum, _) => sum + Math.min(Math.max(millis - _.from * minute, 0), (_.to - _.from) * minute),
    Prefix.before(self.timeline.workingTime, day)
  )
}

/** The earliest instant at which the sum is reached: never an opening. */
const earliest = (self: WorkCalendar, sum: number): number => {
  const day = Prefix.reaching(self.timeline.workingTime, sum)
  let rest = sum - Prefix.before(self.timeline.workingTime, day)
  for (const shift of shiftsOf(self, day)) {
    const length = (shift.to - shift.from) * minute
    if (rest <= length) return join(self, day, shift.from * minute + rest)
    rest -= length
  }
  throw new Error("WorkCalendar: the prepared sums do not match the shifts")
}

/** The latest instant at which the sum is not exceeded: always in open time. */
const latest = (self: WorkCalendar, sum: number): number => {
  const day = Prefix.reaching(self.timeline.workingTime, sum + 1)
  let rest = sum - Prefix.before(self.timeline.workingTime, day)
  for (const shift of shiftsOf(self, day)) {
    const length = (shift.to - shift.from) * minute
    if (rest < length) return join(self, day, shift.from * minute + rest)
    rest -= length
  }
  throw new Error("WorkCalendar: the prepared sums do not match the shifts")
}

const closingOn = (self: WorkCalendar, date: PlainDate.PlainDate): number =>
  join(self, numberOf(date), shiftsOn(self, date).at(-1)!.to * minute)
