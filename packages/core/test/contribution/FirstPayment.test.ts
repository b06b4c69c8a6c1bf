import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import * as FirstPayment from "../../src/contribution/FirstPayment.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const today = asOf("2026-02-10")

const codes = ({ reasons }: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  reasons.map(({ code }) => code)

describe("the window of the first payment (PAY-5)", () => {
  it("is day 14 to day 30 after registration, for who pays themselves", () => {
    for (const segment of ["PBPU", "BP"] as const) {
      assert.deepStrictEqual(FirstPayment.window({ segment, newborn: false, mover: false }, today), {
        _tag: "Window",
        from: day("2026-02-24"),
        to: day("2026-03-12"),
        reasons: [{ code: "FirstPaymentWindow", params: { from: "2026-02-24", to: "2026-03-12" } }],
        notes: []
      })
    }
  })

  it("is not for whom others pay", () => {
    for (const segment of ["PBI-JK", "PBPU-PD", "PPU-PN", "PPU-BU"] as const) {
      const answer = FirstPayment.window({ segment, newborn: true }, today)
      assert.deepStrictEqual(answer, { _tag: "NotAsked", reasons: [{ code: "FirstPaymentOthersPay" }], notes: [] })
    }
    assert.strictEqual(FirstPayment.window({ segment: "BP", statePaid: true }, today)._tag, "NotAsked")
    assert.strictEqual(FirstPayment.window({ segment: "PBPU", statePaid: true }, today)._tag, "Window")
  })

  it("is not for newborns, nor (less surely) for who comes from PPU or PBI", () => {
    const newborn = FirstPayment.window({ segment: "PBPU", newborn: true, mover: true }, today)
    assert.deepStrictEqual(newborn, { _tag: "AtOnce", reasons: [{ code: "FirstPaymentNewborn" }], notes: [] })
    const mover = FirstPayment.window({ segment: "PBPU", mover: true }, today)
    assert.deepStrictEqual([mover._tag, ...codes(mover)], ["AtOnce", "FirstPaymentMover"])
    assert.deepStrictEqual(mover._tag === "AtOnce" && mover.notes, [
      { code: "NotSure", params: { rule: "PAY-5", parameter: "mover", confidence: "low" } }
    ])
  })

  it("is unknown before the rule, and said to be unverified after February 2026", () => {
    const early = FirstPayment.window({ segment: "PBPU" }, asOf("2018-09-17", "2026-02-10"))
    assert.deepStrictEqual([early._tag, ...codes(early)], ["Unknown", "RuleNotKnown"])
    const late = FirstPayment.window({ segment: "PBPU" }, asOf("2026-03-01"))
    assert.deepStrictEqual(late._tag === "Window" && late.notes.map(({ code }) => code), ["NotVerifiedAfter"])
  })
})

describe("a registration that waits for its first payment", () => {
  const registeredOn = day("2026-01-01")
  const judge = (paidOn: string | undefined, on: string, over: Partial<FirstPayment.Given> = {}) =>
    FirstPayment.judge(
      { registeredOn, ...over, ...(paidOn === undefined ? {} : { paidOn: day(paidOn) }) },
      asOf(on, "2026-02-28")
    )

  it("is active from the day of a payment within the window", () => {
    for (const paidOn of ["2026-01-15", "2026-01-20", "2026-01-31"]) {
      const answer = judge(paidOn, "2026-02-10")
      assert.deepStrictEqual([answer._tag, answer._tag === "Active" && answer.from], ["Active", day(paidOn)])
      assert.deepStrictEqual(answer.reasons, [{ code: "FirstPaymentMade", params: { date: paidOn } }])
    }
  })

  it("is active from the first day of the window when it was paid before", () => {
    for (const paidOn of ["2025-12-30", "2026-01-01", "2026-01-14"]) {
      const answer = judge(paidOn, "2026-01-20")
      assert.deepStrictEqual([answer._tag, answer._tag === "Active" && answer.from], ["Active", day("2026-01-15")])
      assert.deepStrictEqual(answer.reasons, [
        { code: "FirstPaymentMade", params: { date: "2026-01-15" } },
        { code: "FirstPaymentEarly", params: { date: "2026-01-15" } }
      ])
    }
  })

  it("waits through the 30th day, and is missed after, though it be paid then", () => {
    const waiting = judge(undefined, "2026-01-31")
    assert.deepStrictEqual(
      [waiting._tag, waiting._tag === "Waiting" && waiting.from, waiting._tag === "Waiting" && waiting.to],
      ["Waiting", day("2026-01-15"), day("2026-01-31")]
    )
    for (const paidOn of [undefined, "2026-02-01"]) {
      const answer = judge(paidOn, "2026-02-01")
      assert.deepStrictEqual(
        [answer._tag, ...answer.reasons],
        ["Missed", { code: "FirstPaymentMissed", params: { date: "2026-01-31" } }]
      )
    }
  })

  it("does not see a payment of a later day", () => {
    assert.strictEqual(judge("2026-01-25", "2026-01-24")._tag, "Waiting")
    assert.strictEqual(judge("2026-01-25", "2026-01-25")._tag, "Active")
    assert.strictEqual(judge("2026-02-05", "2026-01-31")._tag, "Waiting")
  })

  it("has no last day for a newborn, and nothing to wait for when others pay", () => {
    assert.deepStrictEqual(judge(undefined, "2026-02-28", { newborn: true })._tag, "Waiting")
    const paid = judge("2026-01-03", "2026-02-28", { newborn: true })
    assert.strictEqual(paid._tag === "Active" && paid.from, day("2026-01-03"))
    assert.deepStrictEqual(codes(paid), ["FirstPaymentMade"])
    const before = judge("2025-12-31", "2026-02-28", { newborn: true })
    assert.strictEqual(before._tag === "Active" && before.from, registeredOn)
    assert.strictEqual(judge(undefined, "2026-01-01", { segment: "PPU-BU" })._tag, "NotAsked")
    const unknown = FirstPayment.judge({ registeredOn: day("2018-01-01") }, today)
    assert.strictEqual(unknown._tag, "Unknown")
  })

  it("once active stays active, and begins on no day outside the window", () => {
    const offset = fc.integer({ min: -10, max: 60 })
    fc.assert(
      fc.property(offset, offset, offset, (pays, asks, more) => {
        const ask = (on: number) =>
          FirstPayment.judge(
            { registeredOn, paidOn: addDays(registeredOn, pays) },
            { appliesOn: addDays(registeredOn, on), knownOn: day("2026-02-28") }
          )
        const answer = ask(asks)
        if (answer._tag !== "Active") return
        assert.isTrue(answer.from >= addDays(registeredOn, 14) && answer.from <= addDays(registeredOn, 30))
        assert.deepStrictEqual(ask(asks + Math.abs(more)), answer)
      })
    )
  })
})
