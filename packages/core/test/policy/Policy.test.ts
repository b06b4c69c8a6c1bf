import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { cite } from "../../src/policy/Citation.ts"
import * as Dated from "../../src/policy/Dated.ts"
import * as KotaTangerang from "../../src/policy/KotaTangerang.ts"
import * as National from "../../src/policy/National.ts"
import * as Policy from "../../src/policy/Policy.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"

const asOf = (appliesOn: string, knownOn = appliesOn): Dated.AsOf => ({
  appliesOn: day(appliesOn),
  knownOn: day(knownOn)
})

const known = (value: number, from: string, more: Partial<Dated.Known<number>> = {}): Dated.Known<number> => ({
  value,
  appliesFrom: day(from),
  announcedAt: day(from),
  citation: cite("Perpres 1/2030", "high", { rule: "PAY-1" }),
  ...more
})

const gap = (from: string, more: Partial<Dated.Gap> = {}): Dated.Gap =>
  Dated.unknown({
    unknown: { id: "Tidak diketahui.", en: "Not known." },
    appliesFrom: day(from),
    announcedAt: day(from),
    citation: cite("Perpres 2/2030", "low", { rule: "PAY-1" }),
    ...more
  })

/** The national policy with another history of one parameter. */
const withDueDay = (...history: Dated.Dated<number>): Policy.Policy => ({
  version: "test",
  parameters: { ...National.policy.parameters, dueDay: { ...National.policy.parameters.dueDay, history } }
})

const kinds = (policy: Policy.Policy) => Policy.problems(policy).map((problem) => problem.kind)

describe("Policy.make", () => {
  it("takes the national policy and every layer that ships", () => {
    assert.deepStrictEqual(Policy.problems(National.policy), [])
    assert.deepStrictEqual(Policy.problems(KotaTangerang.policy), [])
    assert.deepStrictEqual(Policy.make(National.policy), Result.succeed(National.policy))
  })

  it("finds a silent gap between two entries, and names its day", () => {
    const silent = withDueDay(
      known(10, "2020-01-01", { appliesTo: day("2020-12-31") }),
      known(11, "2021-01-02", { announcedAt: day("2020-06-01") })
    )
    assert.deepStrictEqual(Policy.problems(silent), [
      { kind: "SilentGap", parameter: "dueDay", day: day("2021-01-01"), knownOn: day("2020-01-01") },
      { kind: "SilentGap", parameter: "dueDay", day: day("2021-01-01"), knownOn: day("2020-06-01") }
    ])
  })

  it("finds a silent gap that opens only for those who know less", () => {
    // Whoever asks in 2021 sees a rule that ends in 2025 and nothing behind it.
    const ending = withDueDay(
      known(10, "2020-01-01", { appliesTo: day("2025-12-31") }),
      known(11, "2026-01-01", { announcedAt: day("2025-06-01") })
    )
    assert.deepStrictEqual(Policy.problems(ending), [
      { kind: "SilentGap", parameter: "dueDay", day: day("2026-01-01"), knownOn: day("2020-01-01") }
    ])
    const open = withDueDay(known(10, "2020-01-01"), known(11, "2026-01-01", { announcedAt: day("2025-06-01") }))
    assert.deepStrictEqual(Policy.problems(open), [])
  })

  it("finds a silent gap behind the last entry, and takes a stated one", () => {
    const last = known(10, "2020-01-01", { appliesTo: day("2020-12-31") })
    assert.deepStrictEqual(kinds(withDueDay(last)), ["SilentGap"])
    assert.deepStrictEqual(kinds(withDueDay(last, gap("2021-01-01", { announcedAt: last.announcedAt }))), [])
  })

  it("finds two entries of one announcement for the same days", () => {
    const two = [known(10, "2020-01-01"), known(11, "2021-01-01", { announcedAt: day("2020-01-01") })] as const
    assert.deepStrictEqual(Policy.problems(withDueDay(...two)), [{ kind: "Ambiguous", parameter: "dueDay", entry: 1 }])
    assert.deepStrictEqual(kinds(withDueDay({ ...two[0], appliesTo: day("2020-12-31") }, two[1])), [])
    assert.deepStrictEqual(kinds(withDueDay({ ...two[0], appliesTo: day("2021-01-01") }, two[1])), ["Ambiguous"])
  })

  it("finds entries out of order, reversed dates, unknown citations and gaps without a why", () => {
    assert.deepStrictEqual(kinds(withDueDay(known(10, "2021-01-01"), known(11, "2020-01-01"))), ["OutOfOrder"])
    const reversed = known(10, "2020-01-01", { appliesTo: day("2019-12-31") })
    assert.include(kinds(withDueDay(reversed, known(11, "2020-02-01"))), "DatesReversed")
    assert.deepStrictEqual(
      kinds(withDueDay(known(1, "2020-01-01", { citation: cite(" ", "high", { rule: "PAY-1" }) }))),
      ["NoSource"]
    )
    assert.deepStrictEqual(kinds(withDueDay(known(1, "2020-01-01", { citation: cite("x", "high") }))), ["UnknownRule"])
    const unheard = cite("x", "high", { rule: "PAY-99" })
    assert.deepStrictEqual(kinds(withDueDay(known(1, "2020-01-01", { citation: unheard }))), ["UnknownRule"])
    const noRule = withDueDay(known(1, "2020-01-01"))
    const dueDay = { ...noRule.parameters.dueDay, rule: "PAY-99" }
    assert.deepStrictEqual(kinds({ ...noRule, parameters: { ...noRule.parameters, dueDay } }), ["UnknownRule"])
    assert.deepStrictEqual(kinds(withDueDay(gap("2020-01-01", { unknown: { id: "Tidak diketahui.", en: "" } }))), [
      "NoWhy"
    ])
    assert.deepStrictEqual(kinds({ ...National.policy, version: " " }), ["NoVersion"])
  })

  it("refuses with all faults at once, in a sentence that says where", () => {
    const result = Policy.make(
      withDueDay(known(10, "2020-01-01", { appliesTo: day("2020-12-31"), citation: cite("", "high") }))
    )
    assert.isTrue(Result.isFailure(result))
    if (!Result.isFailure(result)) return
    assert.deepStrictEqual(
      result.failure.problems.map((problem) => problem.kind),
      ["NoSource", "UnknownRule", "SilentGap"]
    )
    assert.strictEqual(
      result.failure.message,
      'The policy "test" can\'t be used: "dueDay", entry 1: its citation names no source (and 2 more). Correct its entries.'
    )
  })

  it("is right about gaps: on any history it finds one exactly where a day has no entry", () => {
    const first = day("2020-01-01")
    const offset = fc.integer({ min: 0, max: 40 })
    const stretch = fc.record({ from: offset, length: fc.option(offset, { nil: undefined }), announced: offset })
    const history = fc.array(stretch, { minLength: 1, maxLength: 5 }).map((stretches) =>
      stretches
        .toSorted((a, b) => a.announced - b.announced)
        .map(({ announced, from, length }) =>
          known(1, addDays(first, from), {
            announcedAt: addDays(first, announced),
            ...(length === undefined ? {} : { appliesTo: addDays(first, from + length) })
          })
        )
    )
    fc.assert(
      fc.property(history, (entries) => {
        const open = Array.from({ length: 90 }, (_, i) => addDays(first, i)).some((knownOn) => {
          const heard = entries.filter((entry) => entry.announcedAt <= knownOn)
          const begun = heard.map((entry) => entry.appliesFrom).toSorted()[0]
          return Array.from({ length: 120 }, (_, i) => addDays(first, i)).some(
            (appliesOn) =>
              begun !== undefined && appliesOn >= begun && Option.isNone(Dated.entryAt(entries, { appliesOn, knownOn }))
          )
        })
        assert.strictEqual(kinds(withDueDay(...entries)).includes("SilentGap"), open)
      })
    )
  })
})

describe("Policy.inForce", () => {
  it("says why a value is not known, and gives none", () => {
    const { entries, gaps } = Policy.inForce(National.policy, asOf("2026-02-10"))
    assert.isUndefined(entries.pbiReactivationMonths)
    assert.include(gaps.pbiReactivationMonths?.unknown.en, "revoked")
    const before = Policy.inForce(National.policy, asOf("2026-01-21"))
    assert.strictEqual(before.entries.pbiReactivationMonths?.value, 6)
    assert.deepStrictEqual(Object.keys(before.gaps), ["dismissalWard"])
  })

  it("knows the three months of service only between their days, and only once they were promised", () => {
    const months = (appliesOn: string, knownOn = "2026-11-01") =>
      Policy.inForce(National.policy, asOf(appliesOn, knownOn)).entries.pbiServiceMonths?.value
    assert.deepStrictEqual(
      ["2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01"].map((_) => months(_)),
      [undefined, 3, 3, undefined]
    )
    assert.isUndefined(months("2026-02-05", "2026-02-08"))
    assert.strictEqual(months("2026-02-05", "2026-02-09"), 3)
  })

  it("answers as before once a later announcement exists", () => {
    const announcements = Policy.names(National.policy).flatMap((name) => {
      const history: Dated.Dated<unknown> = National.policy.parameters[name].history
      return history.map((entry) => entry.announcedAt)
    })
    const days = fc.integer({ min: 0, max: 3650 }).map((offset) => addDays(day("2017-01-01"), offset))
    fc.assert(
      fc.property(fc.constantFrom(...new Set(announcements)), days, (announced, appliesOn) => {
        const ignorant = Object.fromEntries(
          Object.entries(National.policy.parameters).map(([name, parameter]) => {
            const history: Dated.Dated<unknown> = parameter.history
            return [name, { ...parameter, history: history.filter((entry) => entry.announcedAt < announced) }]
          })
        ) as unknown as Policy.Parameters
        const before = { appliesOn, knownOn: addDays(announced, -1) }
        assert.deepStrictEqual(
          Policy.inForce(National.policy, before),
          Policy.inForce({ version: National.policy.version, parameters: ignorant }, before)
        )
      })
    )
  })
})

describe("Policy.layer", () => {
  const fifth = known(5, "2026-01-01", { announcedAt: day("2025-12-01") })
  const factory = (...dueDay: Dated.Dated<number>): Policy.Layer => ({
    name: "factory",
    version: "1",
    parameters: { dueDay }
  })

  it("wins on the days for which it speaks, and leaves the others to the policy below", () => {
    const policy = Result.getOrThrow(Policy.layer(National.policy, factory({ ...fifth, appliesTo: day("2026-01-31") })))
    const due = (on: string) => Policy.inForce(policy, asOf(on)).entries.dueDay?.value
    assert.deepStrictEqual(["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"].map(due), [10, 5, 5, 10])
    const layers = (on: string, knownOn = on) => Policy.layerOf(policy, asOf(on, knownOn), "dueDay")
    assert.deepStrictEqual(
      ["2025-12-31", "2026-01-01", "2026-02-01"].map((_) => layers(_)),
      [undefined, "factory", undefined]
    )
    assert.isUndefined(layers("2026-01-15", "2025-11-30"))
    assert.isUndefined(Policy.layerOf(policy, asOf("2026-01-15"), "lateFee"))
  })

  it("wins also over a later announcement below", () => {
    const later = withDueDay(known(10, "2018-09-18"), known(20, "2026-02-01"))
    const policy = Result.getOrThrow(Policy.layer(later, factory(fifth)))
    assert.strictEqual(Policy.inForce(policy, asOf("2026-03-01")).entries.dueDay?.value, 5)
  })

  it("has a version that names both, and says so in the decisions that used it", () => {
    const policy = Result.getOrThrow(Policy.layer(National.policy, factory(fifth)))
    assert.strictEqual(policy.version, `${National.policy.version}+factory.1`)
    const notes = (on: string, used: ReadonlyArray<Policy.ParameterName>) =>
      Policy.caveats(policy, Policy.inForce(policy, asOf(on)), used)
    assert.deepStrictEqual(notes("2026-02-01", ["dueDay"]), [
      { code: "FromLayer", params: { layer: "factory", rule: "PAY-1" } }
    ])
    assert.deepStrictEqual(notes("2026-02-01", ["lateFee"]), [])
    assert.deepStrictEqual(notes("2025-12-31", ["dueDay"]), [])
  })

  it("may itself say that a value is not known", () => {
    const policy = Result.getOrThrow(Policy.layer(National.policy, factory(gap("2026-01-01"))))
    const { entries, gaps } = Policy.inForce(policy, asOf("2026-02-01"))
    assert.isUndefined(entries.dueDay)
    assert.strictEqual(gaps.dueDay?.layer, "factory")
  })

  it("is refused with its faults", () => {
    const faults = (layer: Policy.Layer, base = National.policy) =>
      Result.match(Policy.layer(base, layer), {
        onFailure: ({ problems }) => problems.map(({ kind }) => kind),
        onSuccess: () => []
      })
    assert.deepStrictEqual(faults(factory({ ...fifth, citation: cite("", "high", { rule: "PAY-1" }) })), ["NoSource"])
    assert.deepStrictEqual(faults({ ...factory(fifth), name: "The Factory", version: "" }), [
      "NoLayerName",
      "NoVersion"
    ])
    assert.deepStrictEqual(faults(factory(fifth, { ...fifth, value: 6 })), ["Ambiguous"])
    const once = Result.getOrThrow(Policy.layer(National.policy, factory(fifth)))
    assert.deepStrictEqual(faults(factory(known(7, "2027-01-01")), once), ["LayerTaken"])
    assert.deepStrictEqual(faults({ ...factory(known(7, "2027-01-01")), name: "shift" }, once), [])
    // A layer that speaks before the policy below began, and falls silent again.
    assert.deepStrictEqual(faults(factory(known(7, "2010-01-01", { appliesTo: day("2010-12-31") }))), [
      "SilentGap",
      "SilentGap"
    ])
  })
})

describe("KotaTangerang", () => {
  it("replaces the list by the city's rule from the day of the report, and nothing else", () => {
    const admission = (on: string) =>
      Policy.inForce(KotaTangerang.policy, asOf(on, "2026-02-10")).entries.localAdmission?.value
    assert.deepStrictEqual(admission("2025-12-14"), { mode: "list" })
    assert.deepStrictEqual(admission("2025-12-15"), {
      mode: "residents",
      regencies: ["3671"],
      wageEarners: false,
      wardClass: 3,
      childrenOfMembers: true
    })
    for (const name of Policy.names(National.policy)) {
      const layer = name === "localAdmission" ? "kota-tangerang" : undefined
      assert.strictEqual(Policy.layerOf(KotaTangerang.policy, asOf("2026-02-10"), name), layer, name)
    }
    assert.isTrue(KotaTangerang.versions.includes(KotaTangerang.policy))
  })
})

describe("Policy.diff", () => {
  const values = (differences: ReadonlyArray<Policy.Difference>) =>
    Object.fromEntries(
      differences.map(({ after, before, parameter }) => [
        parameter,
        [before, after].map((entry) => (entry === undefined ? undefined : Dated.isKnown(entry) ? entry.value : "gap"))
      ])
    )

  it("shows the Court's reversal as it was, and not to those who could not know it", () => {
    const between = (knownOn: string) =>
      values(Policy.diff(National.policy, asOf("2020-03-31", knownOn), asOf("2020-04-01", knownOn)))
    assert.deepStrictEqual(between("2020-02-26"), {})
    assert.deepStrictEqual(between("2020-02-27"), {
      selfPayFirst: [160_000, 80_000],
      selfPaySecond: [110_000, 51_000],
      selfPayThird: [[{ payer: "member", amount: 42_000 }], [{ payer: "member", amount: 25_500 }]]
    })
  })

  it("shows what one announcement changed about one day", () => {
    const learned = Policy.diff(National.policy, asOf("2020-05-10", "2020-02-26"), asOf("2020-05-10", "2020-02-27"))
    assert.deepStrictEqual(values(learned).selfPayFirst, [160_000, 80_000])
    assert.deepStrictEqual(new Set(learned.map(({ rule }) => rule)), new Set(["TARIFF"]))
  })

  it("tells a changed source from a changed value, and shows what begins and what is lost", () => {
    const on = (from: string, to: string) =>
      Policy.diff(National.policy, asOf(from, "2026-11-01"), asOf(to, "2026-11-01"))
    assert.deepStrictEqual(
      on("2020-05-04", "2020-05-05").map(({ parameter, what }) => [parameter, what]),
      [
        ["relaxationMonths", "value"],
        ["penaltyRate", "source"]
      ]
    )
    assert.deepStrictEqual(values(on("2026-01-21", "2026-01-22")), {
      socialRegister: ["DTKS", "DTSEN"],
      pbiDecile: [undefined, 5],
      pbiReactivationMonths: [6, "gap"]
    })
  })

  it("shows what a layer changes", () => {
    const changed = Policy.diff(KotaTangerang.policy, asOf("2025-12-14", "2026-02-10"), asOf("2026-02-10"))
    assert.include(
      changed.map(({ parameter }) => parameter),
      "localAdmission"
    )
  })
})
