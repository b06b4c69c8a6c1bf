import { assert, describe, it } from "@effect/vitest"
import { Segment } from "@kis/core/identity"
import { Abroad, PbiReactivation, Transfer } from "@kis/core/membership"
import type { Dated } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

const day = PlainDate.make
const at = (on: string, knownOn = on): Dated.AsOf => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = at("2026-02-10")
const codes = (answer: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  answer.reasons.map((it) => it.code)

describe("Transfer.of", () => {
  it("closes and opens on one day, and carries debts into PBI for six months without blocking cover", () => {
    assert.deepStrictEqual(Transfer.of({ from: "PBPU", to: "PBI-JK", debts: 840_000 }, today), {
      _tag: "Transfer",
      closesOn: day("2026-02-10"),
      opensOn: day("2026-02-10"),
      debtsCarried: 840_000,
      settleBy: day("2026-08-10"),
      coverBlocked: false,
      reasons: [
        { code: "TransferSameDay", params: { date: "2026-02-10" } },
        { code: "DebtsCarried", params: { amount: 840_000 } },
        { code: "DebtsSettleBy", params: { date: "2026-08-10", months: 6 } }
      ],
      notes: []
    })
  })

  it("sets no day where no rule does: elsewhere, without debts, and before the statement", () => {
    for (const to of Segment.Segment.literals.filter((it) => it !== "PBI-JK")) {
      const answer = Transfer.of({ from: "PBPU", to, debts: 1 }, today)
      assert.deepStrictEqual(codes(answer), ["TransferSameDay", "DebtsCarried"], to)
      assert.deepStrictEqual(answer._tag === "Transfer" && answer.notes, [])
    }
    const free = Transfer.of({ from: "PBPU", to: "PBI-JK", debts: 0 }, today)
    assert.deepStrictEqual(codes(free), ["TransferSameDay"])
    assert.deepInclude(free, { debtsCarried: 0, notes: [] })
    const before = Transfer.of({ from: "PBPU", to: "PBI-JK", debts: 1 }, at("2026-01-07"))
    assert.deepStrictEqual(codes(before), ["TransferSameDay", "DebtsCarried"])
    assert.notProperty(before, "settleBy")
    assert.deepStrictEqual(before._tag === "Transfer" && before.notes, [
      { code: "RuleNotKnown", params: { rule: "PAY-8" } }
    ])
  })

  it("names the rules that were not verified as late as this: of the debts only where one sets a day", () => {
    const doubts = (to: Segment.Segment, debts: number) => {
      const answer = Transfer.of({ from: "PBPU", to, debts }, at("2026-09-10"))
      return answer._tag === "Transfer" ? answer.notes.map(({ code, params }) => [code, params?.parameter]) : []
    }
    const law = ["NotVerifiedAfter", "mainRegulation"]
    assert.deepStrictEqual(doubts("BP", 1), [law])
    assert.deepStrictEqual(doubts("PBI-JK", 0), [law])
    assert.deepStrictEqual(doubts("PBI-JK", 1), [law, ["NotVerifiedAfter", "debtMonths"]])
  })

  it("is unknown before the policy begins", () => {
    assert.deepStrictEqual(codes(Transfer.of({ from: "PBPU", to: "BP", debts: 0 }, at("2018-09-17"))), ["RuleNotKnown"])
  })

  it("forgets no rupiah and blocks nobody", () => {
    const segments = fc.constantFrom(...Segment.Segment.literals)
    fc.assert(
      fc.property(segments, segments, fc.nat(100_000_000), (from, to, debts) => {
        const answer = Transfer.of({ from, to, debts }, today)
        assert.deepInclude(answer, { debtsCarried: debts, coverBlocked: false })
        assert.strictEqual(codes(answer).includes("DebtsCarried"), debts > 0)
      })
    )
  })
})

describe("Abroad", () => {
  const from = day("2026-03-01")

  it("pauses from six months on, from the day of leaving or of the report", () => {
    assert.deepStrictEqual(Abroad.suspend({ segment: "PBPU", from, months: 6 }, today), {
      _tag: "Allowed",
      from,
      papers: ["card", "identity-card"],
      reasons: [{ code: "AbroadAllowed", params: { months: 6, date: "2026-03-01" } }],
      notes: []
    })
    const late = Abroad.suspend({ segment: "PBPU", from: day("2026-01-01"), months: 12 }, today)
    assert.strictEqual(late._tag === "Allowed" && late.from, day("2026-02-10"))
    assert.deepStrictEqual(Abroad.suspend({ segment: "PBPU", from, months: 5 }, today).reasons, [
      { code: "AbroadTooShort", params: { months: 6 } }
    ])
  })

  it("asks of a worker whether the wage goes on, and lets nobody pause whose does", () => {
    for (const segment of ["PPU-PN", "PPU-BU"] as const) {
      const asked = Abroad.suspend({ segment, from, months: 6 }, today)
      assert.deepStrictEqual(asked, {
        _tag: "Unknown",
        missing: ["paidInIndonesia"],
        reasons: [{ code: "MissingPaidInIndonesia" }]
      })
      assert.strictEqual(Abroad.suspend({ segment, from, months: 6, paidInIndonesia: false }, today)._tag, "Allowed")
      assert.deepStrictEqual(codes(Abroad.suspend({ segment, from, months: 5, paidInIndonesia: true }, today)), [
        "AbroadTooShort",
        "AbroadStillPaid"
      ])
      assert.deepStrictEqual(codes(Abroad.suspend({ segment, from, months: 5 }, today)), ["AbroadTooShort"])
    }
    const selfPaid = Abroad.suspend({ segment: "PBPU", from, months: 6, paidInIndonesia: true }, today)
    assert.strictEqual(selfPaid._tag, "Allowed", "a self-payer's income is not asked about")
  })

  it("gives a month to report and pay after the return", () => {
    const returnedOn = day("2026-01-31")
    assert.deepStrictEqual(Abroad.returned({ returnedOn }, at("2026-02-28")), {
      _tag: "Returned",
      payBy: day("2026-02-28"),
      late: false,
      reasons: [{ code: "AbroadReturned", params: { date: "2026-02-28" } }],
      notes: []
    })
    const late = Abroad.returned({ returnedOn }, at("2026-03-01"))
    assert.deepInclude(late, { payBy: day("2026-02-28"), late: true })
    assert.deepStrictEqual(codes(late), ["AbroadReturnLate"])
  })

  it("is unknown before the policy begins", () => {
    const early = at("2018-09-17")
    assert.deepStrictEqual(codes(Abroad.suspend({ segment: "PBPU", from, months: 6 }, early)), ["RuleNotKnown"])
    assert.deepStrictEqual(codes(Abroad.returned({ returnedOn: from }, early)), ["RuleNotKnown"])
  })
})

describe("PbiReactivation.judge", () => {
  const removedOn = day("2025-03-01")
  const letters = { healthLetter: true, dinsosLetter: true }

  it("puts back who brings both letters", () => {
    assert.deepStrictEqual(PbiReactivation.judge({ removedOn, ...letters }, at("2025-09-01")), {
      _tag: "Allowed",
      effectiveOn: day("2025-09-01"),
      papers: ["health-letter", "social-office-letter", "card"],
      reasons: [{ code: "ReactivationAllowed" }],
      notes: []
    })
  })

  it("holds to six months under the old rule only", () => {
    assert.deepStrictEqual(PbiReactivation.judge({ removedOn, ...letters }, at("2025-09-02")).reasons, [
      { code: "ReactivationTooLate", params: { months: 6, date: "2025-09-01" } }
    ])
    const eve = PbiReactivation.judge({ removedOn, ...letters }, at("2026-01-21"))
    assert.strictEqual(eve._tag, "Refused")
    const now = PbiReactivation.judge({ removedOn, ...letters }, at("2026-01-22"))
    assert.strictEqual(now._tag, "Allowed")
    assert.deepStrictEqual(now._tag === "Allowed" && now.notes, [{ code: "RuleNotKnown", params: { rule: "PBI-15" } }])
  })

  it("refuses without a letter, names both refusals, and asks for what it was not told", () => {
    for (const given of [
      { healthLetter: false, dinsosLetter: true },
      { healthLetter: true, dinsosLetter: false },
      { healthLetter: false },
      { dinsosLetter: false }
    ]) {
      assert.deepStrictEqual(codes(PbiReactivation.judge({ removedOn, ...given }, today)), [
        "ReactivationLetterMissing"
      ])
    }
    assert.deepStrictEqual(codes(PbiReactivation.judge({ removedOn, healthLetter: false }, at("2025-12-01"))), [
      "ReactivationTooLate",
      "ReactivationLetterMissing"
    ])
    const asked = PbiReactivation.judge({ removedOn }, today)
    assert.deepStrictEqual(asked, {
      _tag: "Unknown",
      missing: ["healthLetter", "dinsosLetter"],
      reasons: [{ code: "MissingHealthLetter" }, { code: "MissingDinsosLetter" }]
    })
    const one = PbiReactivation.judge({ removedOn, healthLetter: true }, today)
    assert.deepStrictEqual(one._tag === "Unknown" && one.missing, ["dinsosLetter"])
  })

  it("is unknown before the policy begins", () => {
    const answer = PbiReactivation.judge({ removedOn: day("2018-01-01"), ...letters }, at("2018-09-17"))
    assert.deepStrictEqual(answer.reasons, [{ code: "RuleNotKnown", params: { rule: "LAW" } }])
  })

  it("never turns a settled answer by one more letter", () => {
    const letter = fc.option(fc.boolean(), { nil: undefined })
    fc.assert(
      fc.property(letter, letter, fc.boolean(), fc.nat(500), (health, dinsos, more, days) => {
        const on = PlainDate.addDays(removedOn, days)
        const asOf = { appliesOn: on, knownOn: on }
        const given = {
          removedOn,
          ...(health === undefined ? {} : { healthLetter: health }),
          ...(dinsos === undefined ? {} : { dinsosLetter: dinsos })
        }
        const before = PbiReactivation.judge(given, asOf)
        const after = PbiReactivation.judge({ ...given, ...(health === undefined ? { healthLetter: more } : {}) }, asOf)
        if (before._tag !== "Unknown") assert.strictEqual(after._tag, before._tag)
      })
    )
  })
})
