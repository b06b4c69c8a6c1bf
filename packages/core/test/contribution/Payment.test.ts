import { assert, describe, it } from "@effect/vitest"
import * as Payment from "../../src/contribution/Payment.ts"
import { ParticipantNumber } from "../../src/identity/ParticipantNumber.ts"
import { make as day } from "../../src/time/PlainDate.ts"
import { notKnown, without } from "./policies.ts"

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
      assert.deepStrictEqual(how({ segment }), { _tag: "NothingToPay", reasons: [{ code: "OthersPay" }], notes: [] })
    }
    assert.deepStrictEqual(how({ amount: 0 }), { _tag: "NothingToPay", reasons: [{ code: "NothingOwed" }], notes: [] })
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
    const pensioner = how({ wardClass: 2, segment: "BP" })
    assert.strictEqual(pensioner._tag === "Payable" && pensioner.autoDebit, true)
    const worker = how({ wardClass: 1, segment: "PPU-BU" })
    assert.strictEqual(worker._tag === "Payable" && worker.autoDebit, false)
    assert.notProperty(how(), "autoDebit")
  })

  it("is unknown before the rule, and for an amount that is none", () => {
    assert.deepStrictEqual(codes(how({}, asOf("2018-09-17", "2026-02-10"))), ["RuleNotKnown"])
    const participantsBill = { participant, segment: "PBPU", amount: 150_000 } as const
    assert.deepStrictEqual(
      Payment.how(participantsBill, asOf("2026-02-10"), without("autoDebitClasses")),
      notKnown("autoDebitClasses") as never
    )
    assert.deepStrictEqual(how({ amount: 0.5 }), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "AmountNotRupiah" }]
    })
  })

  it("says what is not sure: how the number is made, and which classes are asked for auto-debit", () => {
    const number = { code: "NotSure", params: { rule: "VA-1", parameter: "virtualAccount", confidence: "medium" } }
    const own = how()
    assert.deepStrictEqual(own._tag === "Payable" && [own.reasons, own.notes], [
      [{ code: "PayAtVirtualAccount" }],
      [number]
    ] as never)
    const first = how({ wardClass: 1 })
    assert.deepStrictEqual(first._tag === "Payable" && [first.reasons, first.notes], [
      [{ code: "PayAtVirtualAccount" }, { code: "AutoDebitAsked", params: { class: 1 } }],
      [number, { code: "NotSure", params: { rule: "PAY-6", parameter: "autoDebitClasses", confidence: "medium" } }]
    ] as never)
  })
})
