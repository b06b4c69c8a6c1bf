import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as Amount from "../../src/contribution/Amount.ts"
import * as National from "../../src/policy/National.ts"
import * as Policy from "../../src/policy/Policy.ts"
import * as Reason from "../../src/policy/Reason.ts"
import { addDays, make as day, type PlainDate } from "../../src/time/PlainDate.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = asOf("2026-02-10")

const due = (of: Amount.Case, on = today): Amount.Due => {
  const amount = Amount.monthly(of, on)
  if (amount._tag === "Unknown") throw new Error(`unknown: ${JSON.stringify(amount)}`)
  return amount
}
const total = (of: Amount.Case, on = today) => due(of, on).total
const owed = (of: Amount.Case, payer: Policy.Payer, on = today) => Amount.owedBy(due(of, on), payer)

describe("self-paid contributions", () => {
  // From, to, class I, II, III and what the class III member pays of it.
  const periods = [
    ["2018-09-18", "2019-12-31", 80_000, 51_000, 25_500, 25_500],
    ["2020-01-01", "2020-03-31", 160_000, 110_000, 42_000, 42_000],
    ["2020-04-01", "2020-06-30", 80_000, 51_000, 25_500, 25_500],
    ["2020-07-01", "2020-12-31", 150_000, 100_000, 42_000, 25_500],
    ["2021-01-01", "2026-02-28", 150_000, 100_000, 42_000, 35_000]
  ] as const

  it("have five periods, to the day", () => {
    for (const [from, to, first, second, third, member] of periods) {
      for (const on of [from, to]) {
        const known = asOf(on, "2026-02-10")
        assert.strictEqual(owed({ _tag: "SelfPay", wardClass: 1 }, "member", known), first, on)
        assert.strictEqual(owed({ _tag: "SelfPay", wardClass: 2 }, "member", known), second, on)
        assert.strictEqual(total({ _tag: "SelfPay", wardClass: 3, active: true }, known), third, on)
        assert.strictEqual(owed({ _tag: "SelfPay", wardClass: 3, active: true }, "member", known), member, on)
      }
    }
  })

  it("say who pays the rest of class III, and that only active members are helped", () => {
    const active: Amount.Case = { _tag: "SelfPay", wardClass: 3, active: true }
    assert.strictEqual(owed(active, "central-government"), 4_200)
    assert.strictEqual(owed(active, "local-government"), 2_800)
    assert.strictEqual(owed(active, "government", asOf("2020-07-01")), 16_500)
    assert.strictEqual(owed({ _tag: "SelfPay", wardClass: 3, active: false }, "member"), 42_000)
    assert.deepStrictEqual(Amount.monthly({ _tag: "SelfPay", wardClass: 3 }, today), {
      _tag: "Unknown",
      missing: ["active"],
      reasons: [{ code: "MissingActive" }]
    })
    assert.strictEqual(total({ _tag: "SelfPay", wardClass: 3 }, asOf("2019-01-01")), 25_500)
  })

  it("are as known at the time: 160,000 for May 2020, until the Court ruled", () => {
    const first: Amount.Case = { _tag: "SelfPay", wardClass: 1 }
    assert.strictEqual(total(first, asOf("2020-05-10", "2020-02-26")), 160_000)
    assert.strictEqual(total(first, asOf("2020-05-10", "2020-02-27")), 80_000)
    assert.strictEqual(total(first, asOf("2020-02-10", "2026-02-10")), 160_000)
  })

  it("are unknown before the first tariff, and without a class", () => {
    const early = Amount.monthly({ _tag: "SelfPay", wardClass: 1 }, asOf("2016-12-31"))
    assert.deepStrictEqual(early, {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "RuleNotKnown", params: { rule: "TARIFF" } }]
    })
    const unsaid = Amount.monthly({ _tag: "SelfPay" }, today)
    assert.deepStrictEqual(unsaid._tag === "Unknown" && unsaid.missing, ["wardClass"])
  })
})

describe("contributions of wage", () => {
  const employee = (wage: number, minimumWage?: number): Amount.Case => ({
    _tag: "Worker",
    paidBy: "private",
    wage,
    ...(minimumWage === undefined ? {} : { minimumWage })
  })

  it("are 4 + 1 %", () => {
    assert.strictEqual(total(employee(5_000_000)), 250_000)
    assert.strictEqual(owed(employee(5_000_000), "employer"), 200_000)
    assert.strictEqual(owed(employee(5_000_000), "worker"), 50_000)
  })

  it("were 3 + 2 % for the state before Perpres 75/2019", () => {
    const official: Amount.Case = { _tag: "Worker", paidBy: "state", wage: 5_000_000 }
    assert.strictEqual(owed(official, "employer", asOf("2019-12-31")), 150_000)
    assert.strictEqual(owed(official, "worker", asOf("2019-12-31")), 100_000)
    assert.strictEqual(owed(official, "employer", asOf("2020-01-01")), 200_000)
  })

  it("stop at the cap: 8 million, then 12 million", () => {
    assert.strictEqual(total(employee(20_000_000)), 600_000)
    assert.strictEqual(owed(employee(20_000_000), "employer"), 480_000)
    assert.strictEqual(owed(employee(20_000_000), "worker"), 120_000)
    assert.strictEqual(total(employee(20_000_000), asOf("2019-12-31")), 400_000)
    assert.strictEqual(total(employee(12_000_000)), total(employee(12_000_001)))
  })

  it("start at the local minimum wage, and say so when none was given", () => {
    assert.strictEqual(total(employee(1_000_000, 5_000_000)), 250_000)
    assert.strictEqual(total(employee(6_000_000, 5_000_000)), 300_000)
    assert.strictEqual(total(employee(1_000_000, 15_000_000)), 600_000)
    const codes = (of: Amount.Case) => due(of).notes.map((note) => note.code)
    assert.include(codes(employee(1_000_000)), "FloorNotChecked")
    assert.notInclude(codes(employee(1_000_000, 5_000_000)), "FloorNotChecked")
  })

  it("name the amounts that their lines speak of", () => {
    const reasonsOf = (of: Amount.Case, on = today) => due(of, on).lines.map(({ reason }) => reason)
    assert.deepStrictEqual(reasonsOf({ _tag: "SelfPay", wardClass: 3 }, asOf("2019-01-01")), [
      { code: "SelfPayClass", params: { class: 3, amount: 25_500 } }
    ])
    assert.deepStrictEqual(reasonsOf({ _tag: "SelfPay", wardClass: 3, active: true }).slice(0, 1), [
      { code: "ThirdClassMember", params: { amount: 35_000, total: 42_000 } }
    ])
    assert.deepInclude(reasonsOf(employee(1_000_000, 5_000_000)), {
      code: "WageRaised",
      params: { floor: 5_000_000 }
    })
    const { notes } = due(employee(1_000_000))
    const { value: floor } = Policy.inForce(National.policy, today).entries.wageFloor!
    assert.deepInclude(notes, { code: "FloorNotChecked", params: { floor } })
    // how it was rounded is as unsure without a floor as with one
    const ofRounding = (of: Amount.Case) => due(of).notes.filter(({ params }) => params?.rule === "ROUND")
    assert.isNotEmpty(ofRounding(employee(1_000_000)))
    assert.deepStrictEqual(ofRounding(employee(1_000_000)), ofRounding(employee(1_000_000, 5_000_000)))
  })

  it("cost 1 % more for each extra member of the family, by the worker", () => {
    const extra: Amount.Case = { _tag: "ExtraFamily", wage: 7_500_000, minimumWage: 5_000_000 }
    assert.strictEqual(total(extra), 75_000)
    assert.strictEqual(owed(extra, "worker"), 75_000)
    assert.strictEqual(total({ _tag: "CoveredFamily" }), 0)
  })

  it("never fall when the wage rises, and never leave the floor and the cap", () => {
    const wages = fc.integer({ min: 0, max: 50_000_000 })
    const days = fc.integer({ min: 0, max: 2700 }).map((offset) => addDays(day("2018-09-18"), offset))
    fc.assert(
      fc.property(wages, wages, fc.integer({ min: 1_000_000, max: 6_000_000 }), days, (a, b, floor, on) => {
        const when = { appliesOn: on, knownOn: day("2026-02-10") }
        const [less, more] = a <= b ? [a, b] : [b, a]
        assert.isAtMost(total(employee(less, floor), when), total(employee(more, floor), when))
        assert.isAtLeast(total(employee(less, floor), when), Math.floor(floor * 0.05))
        assert.isAtMost(total(employee(more, floor), when), 600_000)
      })
    )
  })
})

describe("amounts over time and wage", () => {
  const known = day("2026-02-10")
  const cases: ReadonlyArray<Amount.Case> = [
    { _tag: "SelfPay", wardClass: 1 },
    { _tag: "SelfPay", wardClass: 2 },
    { _tag: "SelfPay", wardClass: 3, active: true },
    { _tag: "SelfPay", wardClass: 3, active: false },
    { _tag: "Worker", paidBy: "state", wage: 9_000_000, minimumWage: 3_000_000 },
    { _tag: "Worker", paidBy: "private", wage: 20_000_000, minimumWage: 3_000_000 },
    { _tag: "ExtraFamily", wage: 20_000_000, minimumWage: 3_000_000 },
    { _tag: "Assisted", by: "central-government" },
    { _tag: "Pensioner", pension: 3_000_000 },
    { _tag: "Veteran", referencePay: 3_000_000 }
  ]

  it("change only on the first day of an entry of the policy: on no other day, for nobody", () => {
    const turns = new Set(
      Object.values(National.policy.parameters).flatMap(({ history }) =>
        history.map(({ appliesFrom }): string => appliesFrom)
      )
    )
    for (const of of cases) {
      const sharesOn = (appliesOn: PlainDate) => {
        const amount = Amount.monthly(of, { appliesOn, knownOn: known })
        return amount._tag === "Due" ? amount.lines.flatMap(({ share }) => (share === undefined ? [] : [share])) : []
      }
      const changes: Array<string> = []
      for (let offset = 1; offset < 3_300; offset++) {
        const [before, on] = [addDays(day("2017-01-01"), offset - 1), addDays(day("2017-01-01"), offset)]
        if (JSON.stringify(sharesOn(before)) !== JSON.stringify(sharesOn(on))) changes.push(on)
      }
      for (const change of changes) assert.isTrue(turns.has(change), `${of._tag} on ${change}`)
      if (of._tag === "SelfPay") {
        const expected = ["2020-01-01", "2020-04-01", "2020-07-01"]
        assert.deepStrictEqual(
          changes,
          of.wardClass === 3 && of.active === true ? [...expected, "2021-01-01"] : expected,
          JSON.stringify(of)
        )
      }
    }
  })

  it("are the same however often, in whatever order, and by whatever other policy one asked between", () => {
    const days = fc.integer({ min: 0, max: 3_000 }).map((offset) => addDays(day("2018-01-01"), offset))
    const questions = fc.array(fc.record({ of: fc.constantFrom(...cases), appliesOn: days, knownOn: days }), {
      minLength: 1,
      maxLength: 8
    })
    const afresh = (): Policy.Policy => ({ version: "afresh", parameters: National.policy.parameters })
    fc.assert(
      fc.property(questions, (all) => {
        const shared = afresh()
        for (const { of, ...asOf } of [...all, ...all.toReversed()]) {
          const answer = Amount.monthly(of, asOf, shared)
          assert.deepStrictEqual(answer, Amount.monthly(of, asOf, afresh()))
          assert.deepStrictEqual(answer, Amount.monthly(of, asOf))
        }
      })
    )
  })

  it("have no step at the floor, nor at the cap: a rupiah of wage is at most a rupiah of contribution", () => {
    const wage = fc.oneof(
      fc.integer({ min: 0, max: 20_000_000 }),
      fc.constantFrom(2_999_998, 2_999_999, 3_000_000, 7_999_999, 8_000_000, 11_999_999, 12_000_000)
    )
    fc.assert(
      fc.property(wage, fc.constantFrom("2019-12-31", "2020-01-01", "2026-02-10"), (less, on) => {
        const of = (of: number): Amount.Case => ({
          _tag: "Worker",
          paidBy: "private",
          wage: of,
          minimumWage: 3_000_000
        })
        const when = asOf(on, "2026-02-10")
        const step = total(of(less + 1), when) - total(of(less), when)
        assert.isTrue(step === 0 || step === 1)
        if (less + 1 <= 3_000_000 || less >= 12_000_000) assert.strictEqual(step, 0)
      })
    )
  })
})

describe("contributions that others pay", () => {
  it("are 42,000 for PBI-JK and PBPU-PD, 23,000 before August 2019", () => {
    assert.strictEqual(owed({ _tag: "Assisted", by: "central-government" }, "central-government"), 42_000)
    assert.strictEqual(owed({ _tag: "Assisted", by: "local-government" }, "local-government"), 42_000)
    const before = asOf("2019-07-31", "2026-02-10")
    assert.strictEqual(total({ _tag: "Assisted", by: "central-government" }, before), 23_000)
    assert.strictEqual(total({ _tag: "Assisted", by: "central-government" }, asOf("2019-08-01", "2026-02-10")), 42_000)
  })

  it("are 5 % of 45 % of the reference pay for veterans, by the government", () => {
    assert.strictEqual(owed({ _tag: "Veteran", referencePay: 3_000_000 }, "government"), 67_500)
    const unsaid = Amount.monthly({ _tag: "Veteran" }, today)
    assert.deepStrictEqual(unsaid._tag === "Unknown" && unsaid.missing, ["referencePay"])
  })

  it("are 3 + 2 % for pensioners, and the decision says how unsure that is", () => {
    const pensioner: Amount.Case = { _tag: "Pensioner", pension: 2_000_000 }
    assert.strictEqual(owed(pensioner, "government"), 60_000)
    assert.strictEqual(owed(pensioner, "pensioner"), 40_000)
    assert.deepInclude(due(pensioner).notes, {
      code: "NotSure",
      params: { rule: "BP-2", parameter: "pensionRate", confidence: "low" }
    })
  })
})

describe("derivations", () => {
  const cases: fc.Arbitrary<Amount.Case> = fc.oneof(
    fc.record({ _tag: fc.constant("SelfPay" as const), wardClass: fc.constantFrom(1, 2, 3), active: fc.boolean() }),
    fc.record({
      _tag: fc.constant("Worker" as const),
      paidBy: fc.constantFrom("state", "private"),
      wage: fc.integer({ min: 0, max: 50_000_000 })
    }),
    fc.record({ _tag: fc.constant("ExtraFamily" as const), wage: fc.integer({ min: 0, max: 50_000_000 }) }),
    fc.record({ _tag: fc.constant("Pensioner" as const), pension: fc.integer({ min: 0, max: 9_000_000 }) }),
    fc.record({ _tag: fc.constant("Veteran" as const), referencePay: fc.integer({ min: 0, max: 9_000_000 }) }),
    fc.record({
      _tag: fc.constant("Assisted" as const),
      by: fc.constantFrom("central-government", "local-government")
    }),
    fc.constant({ _tag: "CoveredFamily" as const })
  )

  it("add up to the total in whole rupiah, each line a sentence in both languages", () => {
    fc.assert(
      fc.property(cases, (of) => {
        const amount = due(of)
        const sum = amount.lines.reduce((all, { share }) => all + (share?.amount ?? 0), 0)
        assert.strictEqual(amount.total, sum)
        for (const { reason, share } of amount.lines) {
          if (share !== undefined) assert.isTrue(Number.isSafeInteger(share.amount) && share.amount >= 0)
          for (const language of ["id", "en"] as const) assert.notMatch(Reason.render(reason, language), /\{/)
        }
      })
    )
  })

  it("read as a person would explain them", () => {
    const { lines } = due({ _tag: "Worker", paidBy: "private", wage: 15_000_000, minimumWage: 5_000_000 })
    assert.deepStrictEqual(
      lines.map(({ reason }) => Reason.render(reason, "en")),
      [
        "Base: basic wage and fixed allowances of Rp15,000,000 a month.",
        "The cap of Rp12,000,000 is the base.",
        "The employer pays 4 % of Rp12,000,000.",
        "The worker pays 1 % of Rp12,000,000."
      ]
    )
    assert.strictEqual(Reason.render(lines[1]!.reason, "id"), "Batas atas upah Rp12.000.000 menjadi dasar iuran.")
  })

  it("round as the policy says", () => {
    assert.deepStrictEqual(
      (["half-up", "up", "down"] as const).map((rounding) => [
        Amount.shareOf(50, 100, rounding),
        Amount.shareOf(49, 100, rounding),
        Amount.shareOf(100, 100, rounding)
      ]),
      [
        [1, 0, 1],
        [1, 1, 1],
        [0, 0, 1]
      ]
    )
  })
})
