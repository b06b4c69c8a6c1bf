import { assert, describe, it } from "@effect/vitest"
import { Account, Arrears, Bill } from "@kis/core/contribution"
import { Month, PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as Accounts from "../../src/Accounts.ts"

const from = Month.make("2022-01")
const on = PlainDate.make("2026-02-10")

describe("accounts, whatever a life brings", () => {
  it("lose no rupiah, on any day of it", () => {
    fc.assert(
      fc.property(Accounts.life(from), fc.integer({ min: -1500, max: 400 }), ({ account, on: last }, offset) => {
        assert.deepStrictEqual(Accounts.losses(account, PlainDate.addDays(last, offset)), [])
      }),
      { numRuns: 1_000 }
    )
  })

  it("are drawn with entries of every kind, few of them refused", () => {
    const tags = new Set(
      fc.sample(Accounts.life(from), 300).flatMap(({ account }) => account.entries.map(({ _tag }) => _tag))
    )
    assert.deepStrictEqual([...tags].sort(), [
      "Billed",
      "Cancelled",
      "CarriedIn",
      "CarriedOut",
      "Credited",
      "Paid",
      "Refunded"
    ])
  })

  it("lose nothing when debts and money go to another, however often", () => {
    const ways = fc.array(fc.constantFrom("bills" as const, "receivable" as const), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(Accounts.life(from), ways, ({ account, on: last }, all) => {
        let [here, there] = [account, Account.open("there")]
        for (const [index, as] of all.entries()) {
          const moved = Result.getOrThrow(
            Account.carry(here, there, { on: PlainDate.addDays(last, index), as, reference: `move ${index}` })
          )
          ;[here, there] = [moved.to, moved.from]
        }
        const end = PlainDate.addDays(last, all.length)
        for (const one of [here, there]) assert.deepStrictEqual(Accounts.losses(one, end), [])
        const owed = (one: Account.Account) => {
          const { credit, outstanding } = Account.statement(one, { appliesOn: end, knownOn: end })
          return outstanding - credit
        }
        assert.strictEqual(owed(here) + owed(there), owed(account))
      })
    )
  })

  it("are told apart from one that loses money", () => {
    const paid: Account.Entry = { _tag: "Paid", on, amount: 10, reference: "a" }
    const overdrawn: Account.Account = {
      ref: "broken",
      entries: [paid, { _tag: "Refunded", on, amount: 20, reference: "b" }]
    }
    assert.deepStrictEqual(Accounts.losses(overdrawn, on), ["no more is kept than came in"])
    const lost: Account.Account = {
      ref: "lost",
      entries: [paid, { _tag: "CarriedOut", on, to: "nowhere", debts: [], credit: 10 }]
    }
    assert.deepStrictEqual(Accounts.lossesOfAll([lost], on), ["money that leaves one account comes to another"])
    const owing: Account.Account = {
      ref: "owing",
      entries: [{ _tag: "CarriedIn", on, from: "nowhere", as: "bills", debts: [{ month: from, amount: 5 }] }]
    }
    assert.deepStrictEqual(Accounts.lossesOfAll([owing], on), ["debts that leave one account come to another"])
  })
})

describe("bills and arrears, whatever the household", () => {
  it("have known bills, the sum of their members", () => {
    fc.assert(
      fc.property(Accounts.household(on), (household) => {
        const bill = Bill.monthly(household, { appliesOn: on, knownOn: on })
        if (bill._tag === "Unknown") throw new Error(`unknown: ${JSON.stringify(bill)}`)
        assert.strictEqual(
          bill.total,
          bill.members.reduce((sum, { due }) => sum + due.total, 0)
        )
      })
    )
  })

  it("are in arrears for no more than was billed, and asked for no more than 24 months", () => {
    fc.assert(
      fc.property(Accounts.arrears(Month.of(on)), (given) => {
        const owed = Arrears.of(given, { appliesOn: on, knownOn: on })
        if (owed._tag === "Unknown") throw new Error(`unknown: ${JSON.stringify(owed)}`)
        const billed = given.bills.reduce((sum, { amount }) => sum + amount, 0)
        assert.isAtMost(owed.arrears + owed.beyondLimit + owed.current, billed)
        assert.isAtMost(owed.monthsBilled, 24)
      })
    )
  })
})
