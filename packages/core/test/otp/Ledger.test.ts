import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Ledger from "../../src/otp/Ledger.ts"
import * as Limits from "../../src/otp/Limits.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const window = 1_000

describe("Ledger", () => {
  it("never allows more than the limit in any window, however the guesses fall", () => {
    const waits = fc.array(fc.nat(600), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 6 }), (waits, limit) => {
        let ledger = Ledger.empty("phone", 0)
        let now = 0
        const allowed: Array<number> = []
        for (const wait of waits) {
          now += wait
          if (Ledger.closedUntil(ledger.wrong, limit, window, now) !== undefined) continue
          ledger = Ledger.guessedWrong(ledger, 1, now, window)
          allowed.push(now)
        }
        for (const at of allowed) {
          assert.isAtMost(allowed.filter((_) => _ > at - window && _ <= at).length, limit)
        }
      })
    )
  })

  it("opens at the instant that it names, not before", () => {
    const times = fc.array(fc.nat(3_000), { minLength: 1, maxLength: 12 }).map((_) => _.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 4 }), (times, limit) => {
        const now = times.at(-1)!
        const until = Ledger.closedUntil(times, limit, window, now)
        if (until === undefined) return
        assert.isAbove(until, now)
        assert.isDefined(Ledger.closedUntil(times, limit, window, until - 1))
        assert.isUndefined(Ledger.closedUntil(times, limit, window, until))
      })
    )
  })

  it("keeps no more than it needs", () => {
    let ledger = Ledger.empty("phone", 0)
    for (let now = 0; now < 100_000; now += 100) ledger = Ledger.sent(ledger, now, window)
    assert.isAtMost(ledger.sends.length, 10)
  })
})

describe("Limits", () => {
  const day = PlainDate.make("2026-03-13")
  const standard = Limits.at(Limits.standard, { appliesOn: day, knownOn: day })

  it("stay within what NIST SP 800-63B-4 allows", () => {
    assert.isAtLeast(standard.digits, 6)
    assert.isAtMost(standard.lifetime, 10 * 60_000)
    assert.isAtMost(standard.guessesPerAccount, 100)
    assert.isAtMost(standard.guessesPerPhone, 100)
  })

  it("hold on every day, also before the first that is known", () => {
    const early = PlainDate.make("1970-01-01")
    assert.deepStrictEqual(Limits.at(Limits.standard, { appliesOn: early, knownOn: early }), standard)
  })

  it("have a citation each", () => {
    for (const entries of Object.values(Limits.standard)) {
      for (const { citation } of entries) assert.isNotEmpty(citation.source)
    }
  })
})
