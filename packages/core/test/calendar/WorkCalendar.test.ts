import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as Holidays from "../../src/calendar/Holidays.ts"
import * as WorkCalendar from "../../src/calendar/WorkCalendar.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"
import type { Zone } from "../../src/time/Zone.ts"

const minute = 60_000
const hour = 60 * minute
const day = PlainDate.make
const wib = WorkCalendar.office("WIB")

/** "2026-08-14 15:30" on the clocks of a zone. */
const at = (text: string, zone: Zone = "WIB") =>
  PlainDate.toEpochMillis(day(text.slice(0, 10)), zone, Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)))

const shown = (instant: number, zone: Zone = "WIB") => {
  const date = PlainDate.fromInstant(instant, zone)
  return `${date} ${new Date(instant - PlainDate.toEpochMillis(date, zone)).toISOString().slice(11, 16)}`
}

// --- generators ---

const zones = fc.constantFrom<Zone>("WIB", "WITA", "WIT")

const days: fc.Arbitrary<WorkCalendar.Day> = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 6 })
  .map((edges) => edges.toSorted((a, b) => a - b))
  .map((edges) => Array.from({ length: edges.length >> 1 }, (_, i) => ({ from: edges[2 * i]!, to: edges[2 * i + 1]! })))

const weeks: fc.Arbitrary<WorkCalendar.Week> = fc.tuple(days, days, days, days, days, days, days)

const dates = fc.integer({ min: 0, max: 4000 }).map((n) => PlainDate.addDays(day("2022-01-01"), n))

const periods: fc.Arbitrary<WorkCalendar.Period> = fc
  .record({
    from: dates,
    length: fc.integer({ min: 0, max: 40 }),
    week: weeks,
    announced: dates
  })
  .map(({ length, ...rest }) => ({ ...rest, until: PlainDate.addDays(rest.from, length) }))

const calendars = fc.oneof(
  { weight: 1, arbitrary: zones.map(WorkCalendar.office) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        zone: zones,
        week: weeks.filter((week) => week.some((_) => _.length > 0)),
        periods: fc.array(periods, { maxLength: 3 }),
        closedOn: fc.subarray<Holidays.Kind>(["national", "joint-leave"])
      })
      .map((options) => Result.getOrThrow(WorkCalendar.make(options)))
  }
)

const instants = fc.integer({ min: at("2022-01-01 00:00"), max: at("2033-01-01 00:00") })
const work = fc.oneof(
  fc.integer({ min: 0, max: 40 * hour }),
  fc.integer({ min: 0, max: 20_000 }).map((_) => _ * minute),
  fc.constantFrom(0, 1, 60_000, 27_000_000, 135_000_000)
)

/** Counts minute by minute what the calendar does by sums. */
const countMinutes = (calendar: WorkCalendar.WorkCalendar, from: number, to: number) => {
  let open = 0
  for (let t = from; t < to; t += minute) if (WorkCalendar.isOpen(calendar, t)) open++
  return open
}

describe("WorkCalendar laws", () => {
  it("between undoes add, forwards and backwards", () => {
    fc.assert(
      fc.property(calendars, instants, work, fc.boolean(), (calendar, t, w, back) => {
        const amount = back ? 0 - w : w
        assert.strictEqual(WorkCalendar.between(calendar, t, WorkCalendar.add(calendar, t, amount)), amount)
      }),
      { numRuns: 500 }
    )
  })

  it("add undoes between, for every instant of open time", () => {
    fc.assert(
      fc.property(calendars, instants, instants, (calendar, t, any) => {
        const open = WorkCalendar.nextOpening(calendar, any)
        const inside = open + 1
        assert.strictEqual(WorkCalendar.add(calendar, t, WorkCalendar.between(calendar, t, inside)), inside)
      }),
      { numRuns: 500 }
    )
  })

  it("add is additive", () => {
    fc.assert(
      fc.property(calendars, instants, work, work, fc.boolean(), (calendar, t, v, w, back) => {
        const sign = back ? -1 : 1
        assert.strictEqual(
          WorkCalendar.add(calendar, WorkCalendar.add(calendar, t, sign * v), sign * w),
          WorkCalendar.add(calendar, t, sign * (v + w))
        )
      }),
      { numRuns: 500 }
    )
  })

  it("between is additive and changes its sign with its direction", () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (calendar, a, b, c) => {
        const { between } = WorkCalendar
        assert.strictEqual(between(calendar, a, b) + between(calendar, b, c), between(calendar, a, c))
        assert.strictEqual(between(calendar, a, b) + between(calendar, b, a), 0)
      })
    )
  })

  it("is monotone in the instant and in the work", () => {
    fc.assert(
      fc.property(calendars, instants, instants, work, work, (calendar, a, b, v, w) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)]
        assert.isAtMost(WorkCalendar.add(calendar, earlier, v), WorkCalendar.add(calendar, later, v))
        assert.isAtMost(WorkCalendar.add(calendar, a, Math.min(v, w)), WorkCalendar.add(calendar, a, Math.max(v, w)))
        assert.isAtLeast(WorkCalendar.between(calendar, earlier, later), 0)
        assert.isAtMost(WorkCalendar.between(calendar, earlier, later), later - earlier)
      })
    )
  })

  it("agrees with counting minute by minute", () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 0, max: 30 * 24 * 60 }), (calendar, any, length) => {
        const from = Math.floor(any / minute) * minute
        const to = from + length * minute
        assert.strictEqual(WorkCalendar.between(calendar, from, to) / minute, countMinutes(calendar, from, to))
      }),
      { numRuns: 40 }
    )
  })

  it("opens next at an instant that is open, with nothing worked before it", () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, t) => {
        const open = WorkCalendar.nextOpening(calendar, t)
        assert.isTrue(open >= t && WorkCalendar.isOpen(calendar, open))
        assert.strictEqual(WorkCalendar.between(calendar, t, open), 0)
      })
    )
  })

  it("counts working days forwards and back, and lands on one", () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: -300, max: 300 }), (calendar, date, n) => {
        const end = WorkCalendar.addWorkingDays(calendar, date, n)
        assert.strictEqual(WorkCalendar.workingDaysBetween(calendar, date, end), n)
        if (n !== 0) assert.isTrue(WorkCalendar.isWorkingDay(calendar, end))
      })
    )
  })

  it("is due in open hours or at closing, never before it came in", () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.constantFrom("working-minutes" as const, "working-days" as const),
        fc.integer({ min: 0, max: 100 }),
        (calendar, t, unit, amount) => {
          const due = WorkCalendar.dueBy(calendar, t, { unit, amount })
          assert.isAtLeast(due.at, t)
          assert.isTrue(WorkCalendar.isOpen(calendar, due.at) || WorkCalendar.isOpen(calendar, due.at - 1))
        }
      )
    )
  })

  it("reaches ten thousand years ahead at once, and back", () => {
    const far = WorkCalendar.add(wib, at("2026-01-02 08:00"), 10_000 * 52 * 37.5 * hour)
    assert.isAbove(far, at("9999-12-31 23:59"))
    assert.strictEqual(WorkCalendar.between(wib, far, at("2026-01-02 08:00")), -10_000 * 52 * 37.5 * hour)
  })
})

describe("WorkCalendar hours", () => {
  it("keeps the civil service's week of 37.5 hours, and 32.5 in Ramadan", () => {
    const hours = (week: WorkCalendar.Week) => week.flat().reduce((sum, _) => sum + (_.to - _.from) / 60, 0)
    assert.strictEqual(hours(WorkCalendar.civilService), 37.5)
    assert.strictEqual(hours(WorkCalendar.civilServiceRamadan), 32.5)
  })

  it("takes the longer break on Friday", () => {
    const open = (text: string) => WorkCalendar.isOpen(wib, at(text))
    assert.deepStrictEqual(["2026-07-02 11:45", "2026-07-02 12:30", "2026-07-02 13:00", "2026-07-02 16:00"].map(open), [
      true,
      false,
      true,
      false
    ])
    assert.deepStrictEqual(
      ["2026-07-03 11:29", "2026-07-03 11:45", "2026-07-03 12:59", "2026-07-03 16:29", "2026-07-03 16:30"].map(open),
      [true, false, false, true, false]
    )
    // Friday 11:00 and one hour: half an hour before the break, half an hour after it.
    assert.strictEqual(shown(WorkCalendar.add(wib, at("2026-07-03 11:00"), hour)), "2026-07-03 13:30")
  })

  it("is due at closing, not at the next opening", () => {
    assert.strictEqual(shown(WorkCalendar.add(wib, at("2026-07-02 15:00"), hour)), "2026-07-02 16:00")
    assert.strictEqual(shown(WorkCalendar.add(wib, at("2026-07-03 15:30"), 2 * hour)), "2026-07-06 08:30")
    assert.strictEqual(shown(WorkCalendar.add(wib, at("2026-07-06 08:30"), -2 * hour)), "2026-07-03 15:30")
  })

  it("passes over the feast of 2026", () => {
    // Tuesday 17 March is the last day; 18 to 24 March are closed.
    assert.strictEqual(shown(WorkCalendar.add(wib, at("2026-03-17 15:30"), hour)), "2026-03-25 08:00")
    assert.strictEqual(WorkCalendar.addWorkingDays(wib, day("2026-03-17"), 1), day("2026-03-25"))
    assert.deepStrictEqual(
      WorkCalendar.holidayOn(wib, day("2026-03-20")).pipe(Option.map((_) => _.kind)),
      Option.some("joint-leave" as const)
    )
  })

  it("may stay open on joint leave", () => {
    const rostered = Result.getOrThrow(
      WorkCalendar.make({ zone: "WIB", week: WorkCalendar.civilService, closedOn: ["national"] })
    )
    assert.isTrue(WorkCalendar.isWorkingDay(rostered, day("2026-03-20")))
    assert.deepStrictEqual(WorkCalendar.holidayOn(rostered, day("2026-03-20")), Option.none())
    assert.isFalse(WorkCalendar.isWorkingDay(rostered, day("2026-03-19")))
  })

  it("opens by the clocks of its own zone", () => {
    const opening = (zone: Zone) => WorkCalendar.nextOpening(WorkCalendar.office(zone), at("2026-07-01 23:00", "WIB"))
    assert.strictEqual(opening("WIB") - opening("WITA"), hour)
    assert.strictEqual(opening("WITA") - opening("WIT"), hour)
    assert.strictEqual(shown(opening("WIT"), "WIT"), "2026-07-02 07:30")
    // Half past midnight on 17 August in Papua is still the 16th in Jakarta, and a holiday in Papua.
    const early = at("2026-08-17 08:00", "WIT")
    assert.isFalse(WorkCalendar.isOpen(WorkCalendar.office("WIT"), early))
    assert.strictEqual(shown(WorkCalendar.nextOpening(WorkCalendar.office("WIT"), early), "WIT"), "2026-08-18 07:30")
  })

  it("changes its hours overnight when Ramadan was announced", () => {
    const ramadan = Result.getOrThrow(
      WorkCalendar.make({
        zone: "WIB",
        week: WorkCalendar.civilService,
        periods: [
          {
            from: day("2026-02-19"),
            until: day("2026-03-17"),
            week: WorkCalendar.civilServiceRamadan,
            announced: day("2026-02-18")
          }
        ]
      })
    )
    const asOf = (on: string) => WorkCalendar.asKnownOn(ramadan, day(on))
    assert.strictEqual(shown(WorkCalendar.add(asOf("2026-02-17"), at("2026-02-18 15:30"), hour)), "2026-02-19 08:00")
    assert.strictEqual(shown(WorkCalendar.add(asOf("2026-02-18"), at("2026-02-18 15:30"), hour)), "2026-02-19 08:30")
    assert.deepStrictEqual(WorkCalendar.shiftsOn(ramadan, day("2026-02-20")), WorkCalendar.civilServiceRamadan[4])
    assert.deepStrictEqual(WorkCalendar.shiftsOn(ramadan, day("2026-03-18")), [])
  })
})

describe("WorkCalendar due times", () => {
  it("starts what comes in after hours at the next opening", () => {
    const five = { unit: "working-days" as const, amount: 5 }
    assert.strictEqual(shown(WorkCalendar.dueBy(wib, at("2026-07-01 10:00"), five).at), "2026-07-08 16:00")
    assert.strictEqual(shown(WorkCalendar.dueBy(wib, at("2026-07-04 10:00"), five).at), "2026-07-13 16:00")
    assert.strictEqual(
      shown(WorkCalendar.dueBy(wib, at("2026-07-04 10:00"), { unit: "working-minutes", amount: 30 }).at),
      "2026-07-06 08:00"
    )
  })

  it("promised otherwise before 7 August 2025 than after", () => {
    const one = { unit: "working-days" as const, amount: 1 }
    const due = (on: string) => WorkCalendar.dueBy(WorkCalendar.asKnownOn(wib, day(on)), at("2025-08-15 09:00"), one)
    assert.deepStrictEqual(due("2025-08-06"), { at: at("2025-08-18 16:00"), estimate: false })
    assert.deepStrictEqual(due("2025-08-07"), { at: at("2025-08-19 16:00"), estimate: false })
  })

  it("says that it estimates, beyond the last decree and beyond what was known", () => {
    const estimate = (from: string, until: string, on?: string) =>
      WorkCalendar.isEstimate(on === undefined ? wib : WorkCalendar.asKnownOn(wib, day(on)), day(from), day(until))
    assert.isFalse(estimate("2024-01-01", "2026-12-31"))
    assert.isFalse(estimate("2025-12-30", "2026-01-05"))
    assert.isTrue(estimate("2025-12-30", "2026-01-05", "2025-09-18"))
    assert.isTrue(estimate("2027-12-30", "2028-01-03"))
    assert.isTrue(estimate("2023-12-30", "2024-01-03"))
  })

  it("says that it estimates where the moon decides", () => {
    const estimate = (from: string, until: string) => WorkCalendar.isEstimate(wib, day(from), day(until))
    assert.isTrue(estimate("2027-03-08", "2027-03-09"))
    assert.isFalse(estimate("2027-03-08", "2027-03-08"))
    assert.isTrue(estimate("2027-05-18", "2027-05-18"))
    assert.isFalse(estimate("2027-06-01", "2027-12-31"))
  })

  it("keeps the standing holidays in years without a decree", () => {
    assert.isFalse(WorkCalendar.isWorkingDay(wib, day("2029-08-17")))
    assert.isTrue(WorkCalendar.isWorkingDay(WorkCalendar.asKnownOn(wib, day("2025-01-01")), day("2026-02-17")))
    assert.isFalse(WorkCalendar.isWorkingDay(WorkCalendar.asKnownOn(wib, day("2025-01-01")), day("2026-05-01")))
  })

  it("has no holidays when it is given none", () => {
    const always: WorkCalendar.Day = [{ from: 0, to: 1440 }]
    const counter = Result.getOrThrow(
      WorkCalendar.make({
        zone: "WIT",
        week: [always, always, always, always, always, always, always],
        holidays: Holidays.none
      })
    )
    assert.isTrue(WorkCalendar.isWorkingDay(counter, day("2026-08-17")))
    fc.assert(
      fc.property(instants, work, (t, w) => {
        assert.strictEqual(WorkCalendar.add(counter, t, w), t + w)
      })
    )
  })
})

describe("WorkCalendar.make", () => {
  const problems = (options: WorkCalendar.Options) =>
    Result.match(WorkCalendar.make(options), {
      onSuccess: () => [],
      onFailure: (error) => error.problems.map((_) => `${_.code} ${_.where}`)
    })
  const closed: WorkCalendar.Week = [[], [], [], [], [], [], []]

  it("refuses a week without working hours, so that nothing can loop", () => {
    assert.deepStrictEqual(problems({ zone: "WIB", week: closed }), ["NoWorkingHours week"])
  })

  it("lists everything that is wrong, with its place", () => {
    const week: WorkCalendar.Week = [
      [
        { from: 600, to: 700 },
        { from: 650, to: 800 }
      ],
      [{ from: 900, to: 1500 }],
      [],
      [],
      [],
      [],
      []
    ]
    const period = { from: day("2026-03-02"), until: day("2026-03-01"), week: closed, announced: day("2026-01-01") }
    assert.deepStrictEqual(problems({ zone: "WIB", week, periods: [period] }), [
      "ShiftOutsideDay week",
      "ShiftsOverlap week",
      "PeriodReversed period 1"
    ])
    const error = Result.getOrThrow(Result.flip(WorkCalendar.make({ zone: "WIB", week, periods: [period] })))
    assert.include(error.message, "must not overlap (week)")
  })

  it("may close for a while", () => {
    const flood = { from: day("2026-01-05"), until: day("2026-01-30"), week: closed, announced: day("2026-01-04") }
    const calendar = Result.getOrThrow(
      WorkCalendar.make({ zone: "WIB", week: WorkCalendar.civilService, periods: [flood] })
    )
    assert.strictEqual(WorkCalendar.addWorkingDays(calendar, day("2026-01-02"), 1), day("2026-02-02"))
  })
})
