import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as fc from "fast-check"
import { cite } from "../../src/policy/Citation.ts"
import * as Dated from "../../src/policy/Dated.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"

const entry = (value: number, from: string, announced: string, source: string): Dated.Entry<number> => ({
  value,
  appliesFrom: day(from),
  announcedAt: day(announced),
  citation: cite(source, "high")
})

const classOne: Dated.Dated<number> = [
  entry(160_000, "2020-01-01", "2019-10-24", "Perpres 75/2019 art. 34"),
  entry(80_000, "2020-04-01", "2020-02-27", "MA 7P/HUM/2020"),
  entry(150_000, "2020-07-01", "2020-05-05", "Perpres 64/2020 art. 34")
]

const amount = (appliesOn: string, knownOn: string) =>
  Dated.at(classOne, { appliesOn: day(appliesOn), knownOn: day(knownOn) }).pipe(Option.map((_) => _.value))

describe("Dated", () => {
  it("answers as known at the time, also after the past was changed", () => {
    assert.deepStrictEqual(amount("2020-05-10", "2020-01-15"), Option.some(160_000))
    assert.deepStrictEqual(amount("2020-05-10", "2020-06-01"), Option.some(80_000))
  })

  it("has no value before the first day, or before the first announcement", () => {
    assert.deepStrictEqual(amount("2019-12-31", "2020-06-01"), Option.none())
    assert.deepStrictEqual(amount("2020-02-01", "2019-10-23"), Option.none())
    assert.deepStrictEqual(amount("2020-01-01", "2019-10-24"), Option.some(160_000))
  })

  it("ends after its last day, which still counts", () => {
    const closed: Dated.Dated<number> = [{ ...entry(1, "2020-01-01", "2020-01-01", "x"), appliesTo: day("2020-01-31") }]
    const on = (text: string) => Option.isSome(Dated.at(closed, { appliesOn: day(text), knownOn: day("2021-01-01") }))
    assert.isTrue(on("2020-01-31"))
    assert.isFalse(on("2020-02-01"))
  })

  it("says when nobody looked any more", () => {
    const last = { ...entry(1, "2020-01-01", "2020-01-01", "x"), verifiedThrough: day("2026-02-28") }
    const on = (text: string) => Dated.isBeyondVerified(last, { appliesOn: day(text), knownOn: day(text) })
    assert.isFalse(on("2026-02-28"))
    assert.isTrue(on("2026-03-01"))
    assert.isFalse(Dated.isBeyondVerified(classOne[0]!, { appliesOn: day("2030-01-01"), knownOn: day("2030-01-01") }))
  })

  it("has no value in a gap, and says why", () => {
    const why = { id: "Dicabut.", en: "Revoked." }
    const gap = Dated.unknown({
      unknown: why,
      appliesFrom: day("2021-01-01"),
      appliesTo: day("2021-12-31"),
      announcedAt: day("2020-12-01"),
      citation: cite("x", "low")
    })
    const history: Dated.Dated<number> = [entry(1, "2020-01-01", "2020-01-01", "x"), gap]
    const on = (appliesOn: string, knownOn = "2022-06-01") => ({ appliesOn: day(appliesOn), knownOn: day(knownOn) })
    assert.isTrue(Option.isNone(Dated.at(history, on("2021-06-01"))))
    assert.deepStrictEqual(Dated.entryAt(history, on("2021-06-01")), Option.some(gap))
    // Before the gap, after it, and for whoever did not hear of it, the value applies.
    for (const asOf of [on("2020-12-31"), on("2022-01-01"), on("2021-06-01", "2020-11-30")]) {
      assert.deepStrictEqual(
        Option.map(Dated.at(history, asOf), (_) => _.value),
        Option.some(1)
      )
    }
    assert.deepStrictEqual(history.map(Dated.isKnown), [true, false])
    assert.isFalse(Dated.isBeyondVerified(gap, on("2030-01-01")))
  })

  it("never forgets: what was known stays known", () => {
    const days = fc.integer({ min: 0, max: 1095 }).map((offset) => addDays(day("2019-01-01"), offset))
    fc.assert(
      fc.property(days, days, days, (appliesOn, a, b) => {
        const [earlier, later] = a <= b ? [a, b] : [b, a]
        if (Option.isSome(amount(appliesOn, earlier))) assert.isTrue(Option.isSome(amount(appliesOn, later)))
      })
    )
  })
})
