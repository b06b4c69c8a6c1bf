import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"
import * as CanonicalJson from "../../src/policy/CanonicalJson.ts"
import { Citation } from "../../src/policy/Citation.ts"
import * as Dated from "../../src/policy/Dated.ts"
import * as National from "../../src/policy/National.ts"
import * as Policy from "../../src/policy/Policy.ts"
import { make as day, PlainDate } from "../../src/time/PlainDate.ts"

const national = National.policy
const on = (appliesOn: string, knownOn = "2026-11-01") =>
  Policy.inForce(national, { appliesOn: day(appliesOn), knownOn: day(knownOn) }).entries

const history = (name: Policy.ParameterName): Dated.Dated<unknown> => national.parameters[name].history

describe("National", () => {
  it("has, for each parameter, entries in order of announcement, each with days and a citation", () => {
    for (const name of Policy.names(national)) {
      const entries = history(name)
      assert.isNotEmpty(entries, name)
      for (const [i, entry] of entries.entries()) {
        assert.isTrue(Schema.is(Citation)(entry.citation), name)
        for (const date of [entry.appliesFrom, entry.announcedAt]) assert.isTrue(Schema.is(PlainDate)(date), name)
        if (i > 0) assert.isTrue(entries[i - 1]!.announcedAt <= entry.announcedAt, name)
        if (i > 0) assert.isTrue(entries[i - 1]!.appliesFrom < entry.appliesFrom, name)
      }
    }
  })

  it("says of every value in force until when it was verified", () => {
    // No rule of rounding exists to be verified; a write-off was looked for until its draft was unsigned.
    const others = { rounding: undefined, writeOff: day("2026-02-11") }
    for (const name of Policy.names(national)) {
      const last = history(name).at(-1)!
      if (!Dated.isKnown(last)) continue
      const expected = name in others ? others[name as keyof typeof others] : day("2026-02-28")
      assert.strictEqual(last.verifiedThrough, expected, name)
    }
  })

  it("has the five periods of the self-paid contribution", () => {
    const periods: ReadonlyArray<
      readonly [first: string, last: string, one: number, two: number, three: number, member: number]
    > = [
      ["2018-09-18", "2019-12-31", 80_000, 51_000, 25_500, 25_500],
      ["2020-01-01", "2020-03-31", 160_000, 110_000, 42_000, 42_000],
      ["2020-04-01", "2020-06-30", 80_000, 51_000, 25_500, 25_500],
      ["2020-07-01", "2020-12-31", 150_000, 100_000, 42_000, 25_500],
      ["2021-01-01", "2026-02-28", 150_000, 100_000, 42_000, 35_000]
    ]
    for (const [first, last, one, two, three, member] of periods) {
      for (const date of [first, last]) {
        const { selfPayFirst, selfPaySecond, selfPayThird } = on(date)
        const shares = selfPayThird!.value
        assert.deepStrictEqual(
          [
            selfPayFirst!.value,
            selfPaySecond!.value,
            shares.reduce((sum, share) => sum + share.amount, 0),
            shares.find((share) => share.payer === "member")!.amount
          ],
          [one, two, three, member],
          date
        )
      }
    }
  })

  it("knows the Court's reversal only from the day of the ruling", () => {
    assert.strictEqual(on("2020-05-10", "2020-02-26").selfPayFirst!.value, 160_000)
    assert.strictEqual(on("2020-05-10", "2020-02-27").selfPayFirst!.value, 80_000)
    assert.strictEqual(on("2020-03-31", "2020-02-27").selfPayFirst!.value, 160_000)
  })

  it("raises the cap and the state's share with Perpres 75/2019", () => {
    assert.deepStrictEqual([on("2019-12-31").wageCap!.value, on("2020-01-01").wageCap!.value], [8_000_000, 12_000_000])
    assert.deepStrictEqual(on("2019-12-31").stateRate!.value, { employer: 300, worker: 200 })
    assert.deepStrictEqual(on("2020-01-01").stateRate!.value, { employer: 400, worker: 100 })
    assert.deepStrictEqual(on("2019-12-31").privateRate!.value, { employer: 400, worker: 100 })
  })

  it("draws PBI from DTSEN since 22 January 2026, from DTKS before", () => {
    assert.deepStrictEqual(
      [on("2026-01-21").socialRegister!.value, on("2026-01-22").socialRegister!.value],
      ["DTKS", "DTSEN"]
    )
  })

  it("holds nothing for the days before its first entry", () => {
    assert.isUndefined(on("2018-09-17").mainRegulation)
    assert.isUndefined(on("2016-12-31").selfPayFirst)
    assert.isUndefined(on("2020-01-01", "2018-09-17").mainRegulation)
  })

  it("tells what a decision must tell: stale after the last check, and sources that are not sure", () => {
    const asOf = (text: string) => ({ appliesOn: day(text), knownOn: day(text) })
    const caveats = (text: string, used: ReadonlyArray<Policy.ParameterName>) =>
      Policy.caveats(national, Policy.inForce(national, asOf(text)), used)
    assert.deepStrictEqual(caveats("2026-02-28", ["foreignerMonths"]), [])
    assert.deepStrictEqual(caveats("2026-03-01", ["foreignerMonths"]), [
      { code: "NotVerifiedAfter", params: { rule: "WNA", parameter: "foreignerMonths", date: "2026-02-28" } }
    ])
    assert.deepStrictEqual(caveats("2020-01-01", ["childAge"]), [
      { code: "NotSure", params: { rule: "FAM-2", parameter: "childAge", confidence: "medium" } }
    ])
    assert.deepStrictEqual(caveats("2017-06-01", ["childAge"]), [])
  })

  it("holds the numbers of paying, penalty, instalments, dismissal and change, each on its first and last day", () => {
    const values = (name: Policy.ParameterName, ...days: ReadonlyArray<string>) =>
      days.map((date) => on(date)[name]?.value)
    assert.deepStrictEqual(values("lateFee", "2016-06-30", "2016-07-01"), [undefined, 0])
    assert.deepStrictEqual(values("penaltyRate", "2018-09-18", "2020-12-31", "2021-01-01"), [250, 250, 500])
    assert.strictEqual(on("2020-05-04").penaltyRate?.citation.confidence, "high")
    assert.strictEqual(on("2020-05-05").penaltyRate?.citation.confidence, "unverified")
    assert.strictEqual(on("2021-01-01").penaltyRate?.citation.confidence, "high")
    assert.deepStrictEqual(values("relaxationMonths", "2020-05-04", "2020-05-05", "2021-12-31", "2022-01-01"), [
      undefined,
      6,
      6,
      0
    ])
    assert.deepStrictEqual(values("rehabInstalments", "2025-01-31", "2025-02-01"), [
      undefined,
      { most: 12, divisor: 2 }
    ])
    assert.deepStrictEqual(values("debtMonths", "2026-01-07", "2026-01-08"), [undefined, 6])
    assert.deepStrictEqual(values("dismissalWard", "2024-05-07", "2024-05-08"), [3, undefined])
    assert.deepStrictEqual(values("dismissalProofs", "2024-05-07", "2024-05-08"), [
      [["court-ruling"], ["merger"], ["bankruptcy"], ["long-illness"]],
      [["notice", "labour-office-report"], ["joint-agreement", "labour-office-report"], ["court-ruling"]]
    ])
    assert.deepStrictEqual(values("pbiDecile", "2026-01-21", "2026-01-22"), [undefined, 5])
    const today = on("2026-02-10")
    assert.deepStrictEqual(
      [today.dueDay, today.suspensionMonths, today.arrearsMonths, today.advanceMonths].map((_) => _?.value),
      [10, 1, 24, 12]
    )
    assert.deepStrictEqual(
      [today.penaltyDays, today.penaltyMonths, today.penaltyCap].map((_) => _?.value),
      [45, 12, 30_000_000]
    )
    assert.deepStrictEqual(
      [today.dismissalMonths, today.facilityMonths, today.classMonths, today.abroadMonths].map((_) => _?.value),
      [6, 3, 12, 6]
    )
    assert.deepStrictEqual(today.firstPaymentDays?.value, { earliest: 14, latest: 30 })
    assert.deepStrictEqual([today.writeOff?.value, today.wards?.value], [false, "classes"])
    assert.strictEqual(today.penaltyDayCount?.citation.confidence, "unverified")
  })

  it("keeps what was released: the first version as it was, and nothing that it did not hold", () => {
    const first = National.versions[0]!
    assert.strictEqual(first.version, "national-2026.02")
    const names = Policy.names(first).filter((name) => first.parameters[name].history.length > 0)
    assert.strictEqual(names.length, 22)
    const held = Object.fromEntries(names.map((name) => [name, first.parameters[name]]))
    const digest = Result.getOrThrow(
      CanonicalJson.digest(held, (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()))
    )
    assert.strictEqual(digest, "b5e1e7f2eada26f73243f996d3caee816be821e3e9057d0b7521d939f61ef582")
  })

  it("has a version that is among those that can be replayed", () => {
    assert.isTrue(National.versions.some((policy) => policy.version === national.version))
    assert.strictEqual(new Set(National.versions.map((policy) => policy.version)).size, National.versions.length)
  })
})
