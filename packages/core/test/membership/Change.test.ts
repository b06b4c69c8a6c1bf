import { assert, describe, it } from "@effect/vitest"
import { Change, Paper } from "@kis/core/membership"
import { Citation, type Dated, Reason } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"

const day = PlainDate.make
const at = (on: string): Dated.AsOf => ({ appliesOn: day(on), knownOn: day(on) })
const codes = (answer: { readonly reasons: ReadonlyArray<Reason.Reason> }) => answer.reasons.map((it) => it.code)
const dates = fc.integer({ min: 0, max: 2500 }).map((days) => PlainDate.addDays(day("2019-01-01"), days))

describe("Change.facility", () => {
  it("allows it after three months, from the first of the next month", () => {
    const answer = Change.facility({ since: day("2025-11-10") }, at("2026-02-10"))
    assert.deepStrictEqual(answer, {
      _tag: "Allowed",
      effectiveOn: day("2026-03-01"),
      papers: ["card", "family-card"],
      reasons: [{ code: "FacilityAllowed", params: { months: 3, date: "2026-03-01" } }],
      notes: []
    })
  })

  it("refuses it a day earlier, and says from when", () => {
    assert.deepStrictEqual(Change.facility({ since: day("2025-11-11") }, at("2026-02-10")), {
      _tag: "Refused",
      earliestOn: day("2026-02-11"),
      reasons: [{ code: "FacilityTooSoon", params: { months: 3, date: "2026-02-11" } }],
      notes: []
    })
  })

  it("does not make those wait who moved or are assigned elsewhere, with their letter", () => {
    const since = day("2026-02-01")
    const moved = Change.facility({ since, moved: true }, at("2026-02-10"))
    assert.deepStrictEqual(
      [codes(moved), moved._tag === "Allowed" && moved.papers.at(-1)],
      [["FacilityMoved"], "domicile-letter"]
    )
    const assigned = Change.facility({ since: day("2026-12-01"), assigned: true }, at("2026-12-31"))
    assert.deepStrictEqual(
      [codes(assigned), assigned._tag === "Allowed" && [assigned.papers.at(-1), assigned.effectiveOn]],
      [["FacilityAssigned"], ["assignment-letter", day("2027-01-01")]]
    )
    assert.strictEqual(Change.facility({ since, moved: false, assigned: false }, at("2026-02-10"))._tag, "Refused")
    const long = Change.facility({ since: day("2025-01-01"), moved: true }, at("2026-02-10"))
    assert.deepStrictEqual(
      long._tag === "Allowed" && long.papers,
      ["card", "family-card"],
      "no letter that is not needed"
    )
  })

  it("is allowed on the earliest day that a refusal names, and not before", () => {
    fc.assert(
      fc.property(dates, fc.nat(200), (since, later) => {
        const on = PlainDate.addDays(since, later)
        const answer = Change.facility({ since }, { appliesOn: on, knownOn: on })
        assert.notStrictEqual(answer._tag, "Unknown")
        if (answer._tag !== "Refused" || answer.earliestOn === undefined) return
        const ask = (appliesOn: PlainDate.PlainDate) =>
          Change.facility({ since }, { appliesOn, knownOn: appliesOn })._tag
        assert.strictEqual(ask(answer.earliestOn), "Allowed")
        assert.strictEqual(ask(PlainDate.addDays(answer.earliestOn, -1)), "Refused")
      })
    )
  })

  it("is unknown before the policy begins, and not verified after its end", () => {
    assert.deepStrictEqual(Change.facility({ since: day("2018-01-01") }, at("2018-09-17")), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "RuleNotKnown", params: { rule: "FKTP" } }]
    })
    const late = Change.facility({ since: day("2018-01-01") }, at("2026-03-01"))
    assert.deepStrictEqual(late._tag !== "Unknown" && late.notes.map((it) => it.code), ["NotVerifiedAfter"])
  })
})

describe("Change.wardClass", () => {
  const family = { segment: "PBPU", since: day("2025-02-10"), arrears: 0, wholeFamily: true, autoDebit: true } as const

  it("allows it to the whole family after a year, from the next month", () => {
    assert.deepStrictEqual(Change.wardClass(family, at("2026-02-10")), {
      _tag: "Allowed",
      effectiveOn: day("2026-03-01"),
      papers: ["family-card", "savings-book"],
      reasons: [{ code: "ClassAllowed", params: { date: "2026-03-01" } }],
      notes: []
    })
    assert.strictEqual(Change.wardClass({ ...family, segment: "BP" }, at("2026-02-10"))._tag, "Allowed")
  })

  it("refuses it a day earlier, and says from when", () => {
    assert.deepInclude(Change.wardClass(family, at("2026-02-09")), {
      _tag: "Refused",
      earliestOn: day("2026-02-10"),
      reasons: [{ code: "ClassTooSoon", params: { months: 12, date: "2026-02-10" } }]
    })
  })

  it("says all that stands in the way at once", () => {
    const answer = Change.wardClass({ ...family, arrears: 1, wholeFamily: false, autoDebit: false }, at("2026-01-10"))
    assert.deepStrictEqual(codes(answer), ["ClassTooSoon", "ClassNotWholeFamily", "ClassArrears", "ClassNoAutoDebit"])
    for (const [given, code] of [
      [{ arrears: 1 }, "ClassArrears"],
      [{ wholeFamily: false }, "ClassNotWholeFamily"],
      [{ autoDebit: false }, "ClassNoAutoDebit"]
    ] as const) {
      const one = Change.wardClass({ ...family, ...given }, at("2026-02-10"))
      assert.deepStrictEqual(codes(one), [code])
      assert.notProperty(one, "earliestOn")
    }
  })

  it("lets those change at once who have not paid their first bill", () => {
    const fresh = { ...family, since: day("2026-02-01"), firstBillPaid: false }
    assert.deepStrictEqual(Change.wardClass(fresh, at("2026-02-10")).reasons, [
      { code: "ClassAllowed", params: { date: "2026-03-01" } },
      { code: "ClassBeforeFirstBill", params: { months: 12 } }
    ])
    const paid = Change.wardClass({ ...fresh, firstBillPaid: true }, at("2026-02-10"))
    assert.deepStrictEqual(codes(paid), ["ClassTooSoon"])
    assert.deepStrictEqual(codes(Change.wardClass({ ...fresh, wholeFamily: false }, at("2026-02-10"))), [
      "ClassNotWholeFamily"
    ])
  })

  it("is for those who pay alone", () => {
    for (const segment of ["PBI-JK", "PBPU-PD", "PPU-PN", "PPU-BU"] as const) {
      assert.deepStrictEqual(codes(Change.wardClass({ ...family, segment }, at("2026-02-10"))), ["ClassNotSelfPay"])
    }
  })

  it("is unknown before the policy begins", () => {
    assert.deepStrictEqual(codes(Change.wardClass(family, at("2018-01-01"))), ["RuleNotKnown"])
  })
})

describe("Change.visit", () => {
  const visits = (...on: ReadonlyArray<string>) => ({ visits: on.map(day) })
  const today = at("2026-02-20")

  it("counts down from three within a month", () => {
    const left = [visits(), visits("2026-02-02"), visits("2026-02-02", "2026-02-09")].map((of) => {
      const answer = Change.visit(of, today)
      return answer._tag === "Allowed" ? answer.left : answer._tag
    })
    assert.deepStrictEqual(left, [3, 2, 1])
    assert.deepStrictEqual(Change.visit(visits("2026-02-02", "2026-02-09", "2026-02-16"), today), {
      _tag: "Refused",
      reasons: [{ code: "VisitsUsedUp", params: { visits: 3, months: 1 } }],
      notes: []
    })
  })

  it("forgets a visit when its month is over, and does not count what is still to come", () => {
    const two = ["2026-02-02", "2026-02-09"] as const
    assert.strictEqual(Change.visit(visits("2026-01-21", ...two), today)._tag, "Refused")
    assert.strictEqual(Change.visit(visits("2026-01-20", ...two), today)._tag, "Allowed")
    assert.strictEqual(Change.visit(visits("2026-02-20", ...two), today)._tag, "Refused", "a visit of the day counts")
    assert.strictEqual(Change.visit(visits("2026-02-21", ...two), today)._tag, "Allowed")
  })

  it("never has more visits left for more visits made", () => {
    fc.assert(
      fc.property(fc.array(dates, { maxLength: 6 }), dates, dates, (made, another, on) => {
        const asOf = { appliesOn: on, knownOn: on }
        const left = (of: ReadonlyArray<PlainDate.PlainDate>) => {
          const answer = Change.visit({ visits: of }, asOf)
          return answer._tag === "Allowed" ? answer.left : 0
        }
        assert.isAtMost(left([...made, another]), left(made))
      })
    )
  })

  it("is unknown before the policy begins", () => {
    assert.deepStrictEqual(codes(Change.visit(visits(), at("2018-01-01"))), ["RuleNotKnown"])
  })
})

describe("Paper", () => {
  it("is named in both languages under a source", () => {
    for (const id of Paper.ids) {
      assert.notStrictEqual(Paper.text(id, "id"), Paper.text(id, "en"))
      assert.isTrue(Schema.is(Citation.Citation)(Paper.citation(id)), id)
    }
    assert.isAbove(Paper.ids.length, 9)
    assert.isDefined(Reason.entry("FacilityAllowed"))
  })
})
