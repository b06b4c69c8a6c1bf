import { assert, describe, it } from "@effect/vitest"
import { Dismissal } from "@kis/core/membership"
import type { Dated, Policy } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

const day = PlainDate.make
const at = (on: string, knownOn = on): Dated.AsOf => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = at("2026-02-10")
const codes = (answer: ReturnType<typeof Dismissal.grace>) => answer.reasons.map((it) => it.code)

const all: ReadonlyArray<Policy.Proof> = [
  "notice",
  "labour-office-report",
  "joint-agreement",
  "court-ruling",
  "merger",
  "bankruptcy",
  "long-illness"
]

describe("Dismissal.grace", () => {
  it("covers for six months, to the day, without contribution", () => {
    assert.deepStrictEqual(Dismissal.grace({ cause: "phk", proofs: ["notice", "labour-office-report"] }, today), {
      _tag: "Grace",
      from: day("2026-02-10"),
      to: day("2026-08-10"),
      reasons: [{ code: "DismissalGrace", params: { months: 6, until: "2026-08-10" } }],
      notes: [{ code: "RuleNotKnown", params: { rule: "PHK" } }]
    })
    const august = Dismissal.grace({ cause: "phk", proofs: ["court-ruling"] }, at("2025-08-31"))
    assert.strictEqual(august._tag === "Grace" && august.to, day("2026-02-28"))
  })

  it("takes any of the lists of 2024, whole, and more", () => {
    const enough = (proofs: ReadonlyArray<Policy.Proof>) => Dismissal.grace({ cause: "phk", proofs }, today)._tag
    for (const proofs of [
      ["notice", "labour-office-report"],
      ["joint-agreement", "labour-office-report"],
      ["court-ruling"],
      all
    ] as const) {
      assert.strictEqual(enough(proofs), "Grace", proofs.join())
    }
    for (const proofs of [
      [],
      ["notice"],
      ["labour-office-report"],
      ["notice", "joint-agreement"],
      ["merger", "bankruptcy", "long-illness"]
    ] as const) {
      assert.strictEqual(enough(proofs), "Unknown", proofs.join())
    }
  })

  it("names what would be enough when the proofs are not", () => {
    const answer = Dismissal.grace({ cause: "phk" }, today)
    assert.deepStrictEqual(answer, {
      _tag: "Unknown",
      missing: ["proofs"],
      enough: [["notice", "labour-office-report"], ["joint-agreement", "labour-office-report"], ["court-ruling"]],
      reasons: [{ code: "DismissalNoProof" }]
    })
  })

  it("takes the four grounds until 7 May 2024, with the ward of class III, and not from the 8th", () => {
    for (const proof of ["court-ruling", "merger", "bankruptcy", "long-illness"] as const) {
      const before = Dismissal.grace({ cause: "phk", proofs: [proof] }, at("2024-05-07"))
      assert.deepInclude(before, { _tag: "Grace", wardClass: 3 })
      assert.deepStrictEqual(
        before._tag === "Grace" && before.notes,
        [{ code: "NotSure", params: { rule: "PHK", parameter: "dismissalWard", confidence: "low" } }],
        "the ward's source is weak, and that is said"
      )
      const after = Dismissal.grace({ cause: "phk", proofs: [proof] }, at("2024-05-08"))
      assert.strictEqual(after._tag, proof === "court-ruling" ? "Grace" : "Unknown")
    }
    const papers = { cause: "phk", proofs: ["notice", "labour-office-report"] } as const
    assert.strictEqual(Dismissal.grace(papers, at("2024-05-07"))._tag, "Unknown")
    assert.strictEqual(Dismissal.grace(papers, at("2024-05-08"))._tag, "Grace")
    assert.strictEqual(Dismissal.grace(papers, at("2024-05-08", "2024-05-07"))._tag, "Unknown", "not yet known")
  })

  it("covers nobody who resigned, whose contract ended, or who died, whatever the papers", () => {
    for (const [cause, code] of [
      ["resignation", "DismissalResigned"],
      ["contract-ended", "DismissalContractEnded"],
      ["death", "DismissalDeath"]
    ] as const) {
      const answer = Dismissal.grace({ cause, proofs: all, disputed: true }, today)
      assert.deepStrictEqual([answer._tag, codes(answer)], ["NotCovered", [code]])
    }
  })

  it("leaves the membership as it is while the dismissal is disputed; the employer's debts are the employer's", () => {
    const disputed = { cause: "phk", proofs: ["notice", "labour-office-report"], disputed: true } as const
    const paying = Dismissal.grace(disputed, today)
    assert.deepStrictEqual([paying._tag, codes(paying)], ["Continues", ["DismissalDisputed"]])
    assert.deepStrictEqual(codes(Dismissal.grace({ ...disputed, employerPays: true }, today)), ["DismissalDisputed"])
    assert.deepStrictEqual(codes(Dismissal.grace({ ...disputed, employerPays: false }, today)), [
      "DismissalDisputed",
      "DismissalEmployerOwes"
    ])
    const ruled = Dismissal.grace({ ...disputed, proofs: ["court-ruling"] }, today)
    assert.strictEqual(ruled._tag, "Grace", "a final ruling ends the dispute")
    assert.strictEqual(Dismissal.grace({ ...disputed, disputed: false }, today)._tag, "Grace")
  })

  it("is unknown before the policy begins", () => {
    assert.deepStrictEqual(Dismissal.grace({ cause: "phk", proofs: all }, at("2018-09-17")), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "RuleNotKnown", params: { rule: "PHK" } }]
    })
  })

  it("never loses the cover for a proof more", () => {
    const proofs = fc.subarray([...all])
    const dates = fc.integer({ min: 0, max: 2700 }).map((days) => PlainDate.addDays(day("2018-09-18"), days))
    fc.assert(
      fc.property(proofs, fc.constantFrom(...all), dates, (brought, another, on) => {
        const asOf = { appliesOn: on, knownOn: on }
        const before = Dismissal.grace({ cause: "phk", proofs: brought }, asOf)
        const after = Dismissal.grace({ cause: "phk", proofs: [...brought, another] }, asOf)
        if (before._tag === "Grace") assert.deepStrictEqual(after, before)
        if (after._tag === "Unknown") assert.isTrue(after.enough?.every((list) => list.length > 0))
      })
    )
  })
})
