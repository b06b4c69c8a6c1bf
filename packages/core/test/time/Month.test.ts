import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as fc from "fast-check"
import * as Month from "../../src/time/Month.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const month = Month.make
const day = PlainDate.make

const dates = fc
  .date({ min: new Date("1850-01-01"), max: new Date("2150-12-31"), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)))

describe("Month", () => {
  it("is read from text that is a month, and from no other", () => {
    assert.deepStrictEqual(Month.parse(" 2026-02 "), Option.some(month("2026-02")))
    for (const text of ["2026-13", "2026-00", "2026-2", "0000-01", "02-2026", "2026-02-10", ""]) {
      assert.deepStrictEqual(Month.parse(text), Option.none(), text)
      assert.throws(() => month(text), undefined, undefined, text)
    }
  })

  it("holds its days, from the first to the last", () => {
    assert.strictEqual(Month.first(month("2024-02")), day("2024-02-01"))
    assert.strictEqual(Month.last(month("2024-02")), day("2024-02-29"))
    assert.strictEqual(Month.last(month("2026-02")), day("2026-02-28"))
    assert.strictEqual(Month.day(month("2026-02"), 9), day("2026-02-09"))
    assert.strictEqual(Month.day(month("2026-02"), 10), day("2026-02-10"))
    assert.strictEqual(Month.day(month("2026-02"), 28), day("2026-02-28"))
    assert.strictEqual(Month.day(month("2026-02"), 29), day("2026-02-28"))
    fc.assert(
      fc.property(dates, (date) => {
        const self = Month.of(date)
        assert.isTrue(PlainDate.notAfter(Month.first(self), date) && PlainDate.notAfter(date, Month.last(self)))
        assert.strictEqual(Month.of(Month.last(self)), self)
        assert.strictEqual(Month.add(self, 1), Month.of(PlainDate.addDays(Month.last(self), 1)))
        assert.strictEqual(Month.year(self), PlainDate.year(date))
        assert.strictEqual(Month.monthOfYear(self), PlainDate.month(date))
      })
    )
  })

  it("adding months and counting them are inverse, and go with the order of time", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -1500, max: 1500 }), (date, months) => {
        const self = Month.of(date)
        const that = Month.add(self, months)
        assert.strictEqual(Month.diff(self, that), months)
        assert.strictEqual(Month.add(that, -months), self)
        assert.strictEqual(Month.isBefore(self, that), months > 0)
        assert.strictEqual(Month.isAfter(self, that), months < 0)
        assert.strictEqual(Month.notAfter(self, that), months >= 0)
      })
    )
  })

  it("runs over the end of a year, and not over the end of the calendar", () => {
    assert.deepStrictEqual(Month.run(month("2025-11"), 3), [month("2025-11"), month("2025-12"), month("2026-01")])
    assert.deepStrictEqual(Month.run(month("2025-11"), 0), [])
    assert.strictEqual(Month.add(month("0001-02"), -1), month("0001-01"))
    assert.throws(() => Month.add(month("0001-01"), -1), RangeError)
    assert.strictEqual(Month.add(month("9999-11"), 1), month("9999-12"))
    assert.throws(() => Month.add(month("9999-12"), 1), RangeError)
    assert.throws(() => Month.add(month("2026-01"), 0.5), RangeError)
  })
})
