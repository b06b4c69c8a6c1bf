import { assert, describe, it } from "@effect/vitest"
import * as Payment from "../../src/contribution/Payment.ts"
import { ParticipantNumber } from "../../src/identity/ParticipantNumber.ts"
import { make as day } from "../../src/time/PlainDate.ts"

const asOf = (on: string, knownOn = on) => ({ appliesOn: day(on), knownOn: day(knownOn) })
const participant = ParticipantNumber.make("0001481620001")
const how = (over: Partial<Payment.Given> = {}, on = asOf("2026-02-10")) =>
  Payment.how({ participant, segment: "PBPU", amount: 150_000, ...over }, on)
const codes = ({ reasons }: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  reasons.map(({ code }) => code)

describe("where to pay", () => {
  it("is a virtual account at each bank, 0 for who pays themselves and 9 for wage earners (VA-1)", () => {
    const own = how()
    assert.deepStrictEqual(own._tag === "Payable" && own.places, [
      { bank: "BNI", number: "8888801481620001" },
      { bank: "BRI", number: "8888801481620001" },
      { bank: "BTN", number: "8888801481620001" },
      { bank: "BCA", number: "8988801481620001" },
      { bank: "Mandiri", number: "8988801481620001" }
    ] as never)
    const worker = how({ segment: "PPU-BU" })
    assert.strictEqual(worker._tag === "Payable" && worker.places[0].number, "8888891481620001" as never)
  })

  it("is nowhere when a government pays, or nothing is owed", () => {
    for (const segment of ["PBI-JK", "PBPU-PD"] as const) {
      assert.deepStrictEqual([how({ segment })._tag, ...codes(how({ segment }))], ["NothingToPay", "OthersPay"])
    }
    assert.deepStrictEqual([how({ amount: 0 })._tag, ...codes(how({ amount: 0 }))], ["NothingToPay", "NothingOwed"])
  })

  it("says of which classes auto-debit is asked (PAY-6), and never the number in a reason", () => {
    for (const [wardClass, asked] of [
      [1, true],
      [2, true],
      [3, false]
    ] as const) {
      const answer = how({ wardClass })
      assert.strictEqual(answer._tag === "Payable" && answer.autoDebit, asked)
      assert.strictEqual(codes(answer).includes("AutoDebitAsked"), asked)
      assert.notInclude(JSON.stringify(answer.reasons), "1481620001")
    }
    const worker = how({ wardClass: 1, segment: "PPU-BU" })
    assert.strictEqual(worker._tag === "Payable" && worker.autoDebit, false)
    assert.notProperty(how(), "autoDebit")
  })

  it("is unknown before the rule, and for an amount that is none", () => {
    assert.deepStrictEqual(codes(how({}, asOf("2018-09-17", "2026-02-10"))), ["RuleNotKnown"])
    assert.deepStrictEqual(codes(how({ amount: 0.5 })), ["AmountNotRupiah"])
  })
})
