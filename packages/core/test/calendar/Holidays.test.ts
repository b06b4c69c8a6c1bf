import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import decrees from "../../data/decrees-id.json" with { type: "json" }
import lists from "../../data/holidays-id-2024-2027.json" with { type: "json" }
import { rows } from "../../scripts/holidays.ts"
import * as Holidays from "../../src/calendar/Holidays.ts"
import * as Official from "../../src/calendar/internal/official.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const day = PlainDate.make
const weekdayClosures = (year: number) =>
  Holidays.official.days.filter((_) => PlainDate.year(_.date) === year && PlainDate.dayOfWeek(_.date) <= 5).length

describe("Holidays", () => {
  it("is what the data says: run scripts/generate-holidays.ts when this fails", () => {
    assert.deepStrictEqual(Official.rows, rows(lists, decrees))
    assert.deepStrictEqual(
      Official.decrees.map((_) => [_.id, _.announced, _.year]),
      decrees.map((_) => [_.id, _.announced, _.year])
    )
  })

  it("has the official days of 2024 to 2027", () => {
    const count = (year: number, kind: Holidays.Kind) =>
      Holidays.official.days.filter((_) => PlainDate.year(_.date) === year && _.kind === kind).length
    const years = [2024, 2025, 2026, 2027]
    assert.deepStrictEqual(
      years.map((_) => count(_, "national")),
      [19, 17, 17, 18]
    )
    assert.deepStrictEqual(
      years.map((_) => count(_, "joint-leave")),
      [10, 11, 8, 8]
    )
    assert.deepStrictEqual(years.map(weekdayClosures), [24, 24, 21, 19])
  })

  it("names the days that computed calendars get wrong", () => {
    const name = (date: string) => Holidays.on(Holidays.official, day(date)).pipe(Option.map((_) => _.name))
    assert.deepStrictEqual(name("2024-06-17"), Option.some("Eid al-Adha"))
    assert.deepStrictEqual(name("2024-09-16"), Option.some("Prophet's Birthday"))
    assert.deepStrictEqual(name("2025-06-27"), Option.some("Islamic New Year"))
    assert.deepStrictEqual(name("2027-12-26"), Option.some("Isra' and Mi'raj"))
    assert.deepStrictEqual(name("2025-03-30"), Option.none())
    assert.deepStrictEqual(name("2024-06-16"), Option.none())
  })

  it("knows 18 August 2025 from 7 August 2025 on, and not before", () => {
    const known = (on: string) =>
      Option.isSome(Holidays.on(Holidays.asKnownOn(Holidays.official, day(on)), day("2025-08-18")))
    assert.isFalse(known("2025-08-06"))
    assert.isTrue(known("2025-08-07"))
    assert.deepStrictEqual(
      Holidays.on(Holidays.official, day("2025-08-18")).pipe(Option.map((_) => _.decree.id)),
      Option.some("SKB 933/2025, 1/2025, 3/2025")
    )
  })

  it("knows a year when its decree is announced", () => {
    const years = (on: string) => Holidays.asKnownOn(Holidays.official, day(on)).years.map((_) => _.year)
    assert.deepStrictEqual(years("2025-09-18"), [2024, 2025])
    assert.deepStrictEqual(years("2025-09-19"), [2024, 2025, 2026])
  })

  it("marks the feasts of 2027 that wait for the moon", () => {
    assert.deepStrictEqual(
      Holidays.official.days.filter((_) => _.tentative).map((_) => String(_.date)),
      ["2027-03-10", "2027-03-11", "2027-05-17"]
    )
  })

  it("has standing holidays only since they were made", () => {
    assert.strictEqual(Holidays.standing(2013).length, 3)
    assert.strictEqual(Holidays.standing(2016).length, 4)
    assert.deepStrictEqual(Holidays.standing(2030).map(String), [
      "2030-01-01",
      "2030-05-01",
      "2030-06-01",
      "2030-08-17",
      "2030-12-25"
    ])
  })

  it("refuses data in which a day has no decree, or a decree no day", () => {
    assert.throws(() => rows({ "2031": { national: { "2031-01-01": "x" }, cutiBersama: {} } }, []), /no decree/)
    assert.throws(
      () => rows({}, [{ id: "x", announced: "2030-01-01", confidence: "high", dates: ["2031-01-01"] }]),
      /in no list/
    )
  })
})
