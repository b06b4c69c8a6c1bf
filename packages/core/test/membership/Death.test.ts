import { assert, describe, it } from "@effect/vitest"
import { Segment } from "@kis/core/identity"
import { Death, Membership } from "@kis/core/membership"
import type { Dated } from "@kis/core/policy"
import { Month, PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

const day = PlainDate.make
const at = (on: string): Dated.AsOf => ({ appliesOn: day(on), knownOn: day(on) })
const bill = (month: string, paid: number, amount = 150_000) => ({ month: Month.make(month), amount, paid })
const codes = (answer: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  answer.reasons.map((it) => it.code)

describe("Death.report", () => {
  it("ends on the day of death, cancels later bills, gives back what was paid for them", () => {
    const bills = [bill("2025-11", 150_000), bill("2025-12", 150_000), bill("2026-01", 50_000), bill("2026-02", 0)]
    assert.deepStrictEqual(Death.report({ segment: "PBPU", diedOn: day("2025-11-20"), bills }, at("2026-02-10")), {
      _tag: "Ended",
      endsOn: day("2025-11-20"),
      cancelled: 450_000,
      refunded: 200_000,
      papers: ["death-letter", "card", "family-card", "last-payment"],
      reportTo: ["branch", "pandawa"],
      reasons: [
        { code: "DeathEndsCover", params: { date: "2025-11-20" } },
        { code: "DeathBillsCancelled", params: { amount: 450_000 } },
        { code: "DeathRefund", params: { amount: 200_000 } }
      ],
      notes: []
    })
  })

  it("cancels nothing of the month of death, on its first day as on its last", () => {
    for (const diedOn of ["2025-12-01", "2025-12-31"]) {
      const bills = [bill("2025-11", 0), bill("2025-12", 0)]
      const answer = Death.report({ segment: "BP", diedOn: day(diedOn), bills }, at("2026-02-10"))
      assert.deepInclude(answer, { cancelled: 0, refunded: 0 })
      assert.deepStrictEqual(codes(answer), ["DeathEndsCover"])
    }
  })

  it("is reported where the segment says, with no more papers than it asks for", () => {
    const where = Object.fromEntries(
      Segment.Segment.literals.map((segment) => {
        const answer = Death.report({ segment, diedOn: day("2026-02-03"), bills: [] }, at("2026-02-10"))
        return [segment, answer._tag === "Ended" ? [answer.papers.length, ...answer.reportTo] : []]
      })
    )
    assert.deepStrictEqual(where, {
      "PBI-JK": [2, "branch", "social-office"],
      "PBPU-PD": [2, "branch", "social-office"],
      "PPU-PN": [2, "branch"],
      "PPU-BU": [2, "employer"],
      PBPU: [4, "branch", "pandawa"],
      BP: [4, "branch", "pandawa"]
    })
  })

  it("refuses a death that lies ahead, and knows nothing before the policy", () => {
    const of = { segment: "PBPU", bills: [] } as const
    assert.deepStrictEqual(codes(Death.report({ ...of, diedOn: day("2026-02-11") }, at("2026-02-10"))), [
      "DeathAfterTheDay"
    ])
    assert.strictEqual(Death.report({ ...of, diedOn: day("2026-02-10") }, at("2026-02-10"))._tag, "Ended")
    assert.deepStrictEqual(codes(Death.report({ ...of, diedOn: day("2018-01-01") }, at("2018-01-02"))), [
      "RuleNotKnown"
    ])
  })

  it("splits all bills into what stands and what is cancelled, and refunds no more than was paid", () => {
    const bills = fc.array(
      fc.record({ months: fc.nat(24), amount: fc.nat(600_000), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    )
    fc.assert(
      fc.property(bills, fc.nat(700), (of, days) => {
        const diedOn = PlainDate.addDays(day("2024-01-01"), days)
        const all = of.map(({ amount, months, share }) => ({
          month: Month.add(Month.make("2024-01"), months),
          amount,
          paid: Math.floor(amount * share)
        }))
        const answer = Death.report({ segment: "PBPU", diedOn, bills: all }, at("2026-02-10"))
        assert.isTrue(answer._tag === "Ended")
        if (answer._tag !== "Ended") return
        const stands = all.filter((it) => it.month <= Month.of(diedOn)).reduce((sum, it) => sum + it.amount, 0)
        assert.strictEqual(
          stands + answer.cancelled,
          all.reduce((sum, it) => sum + it.amount, 0)
        )
        assert.isAtMost(answer.refunded, answer.cancelled)
      })
    )
  })
})

describe("Death.correct", () => {
  it("opens the membership again as it was, without bills for the months it was closed", () => {
    const of = { previous: "SUSPENDED_ARREARS", diedOn: day("2025-11-20") } as const
    assert.deepStrictEqual(Death.correct(of, at("2026-02-10")), {
      _tag: "Restored",
      to: "SUSPENDED_ARREARS",
      effectiveOn: day("2026-02-10"),
      unbilled: [Month.make("2025-12"), Month.make("2026-01")],
      papers: ["population-record", "identity-card", "card"],
      reasons: [{ code: "DeathWasWrong" }],
      notes: []
    })
    for (const on of ["2025-11-20", "2025-11-30", "2025-12-31"]) {
      const answer = Death.correct(of, at(on))
      assert.deepStrictEqual(answer._tag === "Restored" && answer.unbilled, [], on)
    }
  })

  it("goes back to no state that nobody dies in, and to no day that lies ahead", () => {
    const diedOn = day("2025-11-20")
    const restored = Membership.State.literals.filter(
      (previous) => Death.correct({ previous, diedOn }, at("2026-02-10"))._tag === "Restored"
    )
    assert.notIncludeMembers(restored, ["TRANSFERRED", "CLOSED_DUPLICATE", "DECEASED"])
    assert.includeMembers(restored, ["ACTIVE", "EXPIRED", "BLOCKED_DATA", "PENDING_VERIFICATION"])
    assert.deepStrictEqual(codes(Death.correct({ previous: "TRANSFERRED", diedOn }, at("2026-02-10"))), [
      "MoveNotPossible"
    ])
    assert.deepStrictEqual(codes(Death.correct({ previous: "ACTIVE", diedOn }, at("2025-11-19"))), ["DeathAfterTheDay"])
    assert.deepStrictEqual(codes(Death.correct({ previous: "ACTIVE", diedOn }, at("2018-09-17"))), ["RuleNotKnown"])
  })
})
