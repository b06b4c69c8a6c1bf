import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import * as PlainDate from "../../src/time/PlainDate.ts"
import * as Zone from "../../src/time/Zone.ts"

const day = PlainDate.make

const dates = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)))

const near = fc
  .date({ min: new Date("1850-01-01"), max: new Date("2150-12-31"), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)))

// The language's own calendar, by another road than the module's arithmetic.
const utc = (date: PlainDate.PlainDate) => Date.parse(`${date}T00:00:00Z`)

describe("PlainDate", () => {
  it("knows which days exist", () => {
    assert.deepStrictEqual(PlainDate.fromParts(1900, 2, 29), Option.none())
    assert.deepStrictEqual(PlainDate.fromParts(2000, 2, 29), Option.some(day("2000-02-29")))
    assert.deepStrictEqual(PlainDate.fromParts(2026, 4, 31), Option.none())
    assert.deepStrictEqual(PlainDate.fromParts(2026, 1, 1.5), Option.none())
    assert.deepStrictEqual(PlainDate.fromParts(0, 1, 1), Option.none())
    assert.deepStrictEqual(PlainDate.parse(" 2026-11-24 "), Option.some(day("2026-11-24")))
    for (const text of ["2026-02-30", "2026-13-01", "2026-00-10", "24-11-2026", "2026-1-1", "", "2026-11-24T00:00"]) {
      assert.deepStrictEqual(PlainDate.parse(text), Option.none(), text)
      assert.isTrue(Option.isNone(Schema.decodeOption(PlainDate.PlainDate)(text)), text)
    }
    assert.throws(() => day("2026-02-30"))
  })

  it("takes a date apart and puts it together again", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const again = PlainDate.fromParts(PlainDate.year(date), PlainDate.month(date), PlainDate.dayOfMonth(date))
        assert.deepStrictEqual(again, Option.some(date))
      })
    )
  })

  it("counts days as the language's calendar does", () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        assert.strictEqual(PlainDate.daysBetween(a, b), (utc(b) - utc(a)) / 86_400_000)
      })
    )
  })

  it("adding days and counting them are inverse", () => {
    fc.assert(
      fc.property(near, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        assert.strictEqual(PlainDate.daysBetween(date, PlainDate.addDays(date, days)), days)
      })
    )
  })

  it("names the day of the week, Monday first", () => {
    assert.strictEqual(PlainDate.dayOfWeek(day("2026-11-24")), 2)
    fc.assert(
      fc.property(dates, (date) => {
        assert.strictEqual(PlainDate.dayOfWeek(date) % 7, new Date(utc(date)).getUTCDay())
      })
    )
  })

  it("clamps months to their last day", () => {
    assert.strictEqual(PlainDate.addMonths(day("2024-01-31"), 1), "2024-02-29")
    assert.strictEqual(PlainDate.addMonths(day("2023-01-31"), 1), "2023-02-28")
    assert.strictEqual(PlainDate.addMonths(day("2026-11-30"), 3), "2027-02-28")
    assert.strictEqual(PlainDate.addMonths(day("2026-01-15"), -13), "2024-12-15")
    assert.strictEqual(PlainDate.addYears(day("2024-02-29"), 1), "2025-02-28")
    assert.strictEqual(PlainDate.startOfMonth(day("2026-11-24")), "2026-11-01")
    assert.strictEqual(PlainDate.endOfMonth(day("2028-02-03")), "2028-02-29")
    assert.throws(() => PlainDate.addYears(day("9999-01-01"), 1), RangeError)
  })

  it("counts age by birthdays", () => {
    assert.strictEqual(PlainDate.ageOn(day("2005-11-24"), day("2026-11-23")), 20)
    assert.strictEqual(PlainDate.ageOn(day("2005-11-24"), day("2026-11-24")), 21)
    assert.strictEqual(PlainDate.ageOn(day("2004-02-29"), day("2025-02-28")), 20)
    assert.strictEqual(PlainDate.ageOn(day("2004-02-29"), day("2025-03-01")), 21)
    assert.strictEqual(PlainDate.ageOn(day("2026-11-25"), day("2026-11-24")), -1)
  })

  it("orders by text", () => {
    fc.assert(
      fc.property(near, near, (a, b) => {
        assert.strictEqual(PlainDate.isBefore(a, b), utc(a) < utc(b))
        assert.strictEqual(PlainDate.isAfter(a, b), utc(a) > utc(b))
        assert.strictEqual(PlainDate.notAfter(a, b), utc(a) <= utc(b))
      })
    )
  })

  it("turns an instant into the day of the zone, and back", () => {
    const beforeMidnight = Date.UTC(2026, 10, 23, 16, 59)
    assert.strictEqual(PlainDate.fromInstant(beforeMidnight, "WIB"), "2026-11-23")
    assert.strictEqual(PlainDate.fromInstant(beforeMidnight, "WITA"), "2026-11-24")
    assert.strictEqual(PlainDate.fromInstant(-1, "WIB"), "1970-01-01")
    assert.strictEqual(PlainDate.toEpochMillis(day("2026-11-24"), "WIT", 8 * 60), Date.UTC(2026, 10, 23, 23))
    fc.assert(
      fc.property(near, fc.constantFrom(...Zone.Zone.literals), fc.nat(1439), (date, zone, minute) => {
        assert.strictEqual(PlainDate.fromInstant(PlainDate.toEpochMillis(date, zone, minute), zone), date)
      })
    )
  })

  it("agrees with the time zone database", () => {
    for (const zone of Zone.Zone.literals) {
      const shown = new Intl.DateTimeFormat("en-CA", { timeZone: Zone.iana(zone), dateStyle: "short" })
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) }), (millis) => {
          assert.strictEqual(PlainDate.fromInstant(millis, zone), shown.format(millis))
        })
      )
    }
  })
})
