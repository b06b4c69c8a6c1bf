import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import * as Account from "../../src/contribution/Account.ts"
import type * as Arrears from "../../src/contribution/Arrears.ts"
import * as Month from "../../src/time/Month.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"
import { always, without } from "./policies.ts"

const asOf = (on: string) => ({ appliesOn: day(on), knownOn: day(on) })
const month = Month.make

const billed = (of: string, amount = 150_000): Account.Entry => ({
  _tag: "Billed",
  month: month(of),
  on: Month.first(month(of)),
  amount
})
const paid = (on: string, amount: number, reference = `${on}/${amount}`): Account.Entry => ({
  _tag: "Paid",
  on: day(on),
  amount,
  reference
})
const run = (from: string, count: number, amount?: number) =>
  Month.run(month(from), count).map((_) => billed(_, amount))
const withEntries = (...entries: ReadonlyArray<Account.Entry>) =>
  Result.getOrThrow(Account.postAll(Account.open("family"), entries))
const problem = (posted: Result.Result<unknown, Account.AccountError>) =>
  Result.isFailure(posted) ? posted.failure.problem : undefined
const arrears = (account: Account.Account, on: string): Arrears.Owed => {
  const answer = Account.statement(account, asOf(on)).arrears
  if (answer._tag === "Unknown") throw new Error(`unknown: ${JSON.stringify(answer)}`)
  return answer
}
const monthsOf = (account: Account.Account, on: string) =>
  Account.statement(account, asOf(on)).months.map((line) => [line.month, line.due, line.settled] as const)

describe("an account", () => {
  it("settles the oldest month first, then the current one, and keeps the rest for the next bill", () => {
    const account = withEntries(...run("2025-12", 3), paid("2026-02-05", 400_000))
    assert.deepStrictEqual(monthsOf(account, "2026-02-10"), [
      [month("2025-12"), 150_000, 150_000],
      [month("2026-01"), 150_000, 150_000],
      [month("2026-02"), 150_000, 100_000]
    ])
    const more = Result.getOrThrow(Account.postAll(account, [paid("2026-02-20", 250_000), billed("2026-03")]))
    assert.strictEqual(Account.statement(more, asOf("2026-02-28")).credit, 200_000)
    assert.strictEqual(Account.statement(more, asOf("2026-03-01")).credit, 50_000)
    assert.strictEqual(arrears(more, "2026-03-31").cover, "covered")
    assert.include(
      arrears(more, "2026-03-31").reasons.map(({ code }) => code),
      "CreditKept"
    )
  })

  it("keeps an advance of twelve months through a change of the tariff", () => {
    const account = withEntries(
      paid("2020-01-05", 12 * 160_000),
      ...run("2020-01", 3, 160_000),
      ...run("2020-04", 3, 80_000),
      ...run("2020-07", 6, 150_000)
    )
    const { credit, outstanding } = Account.statement(account, asOf("2020-12-31"))
    assert.deepStrictEqual([credit, outstanding], [1_920_000 - 480_000 - 240_000 - 900_000, 0])
  })

  it("counts money from the day on which it was paid, however late it is told", () => {
    const late = withEntries(billed("2026-01"), billed("2026-02"), paid("2026-01-31", 150_000))
    assert.strictEqual(arrears(late, "2026-02-01").cover, "covered")
    assert.strictEqual(arrears(late, "2026-01-30").current, 150_000)
  })

  it("brings cover back to who pays at the limit, and does not ask for the older months again", () => {
    const owing = withEntries(...run("2023-08", 31))
    const before = arrears(owing, "2026-02-10")
    assert.deepStrictEqual([before.monthsOwed, before.toReactivate, before.beyondLimit], [30, 3_750_000, 900_000])
    const account = Result.getOrThrow(Account.post(owing, paid("2026-02-10", before.toReactivate)))
    const after = arrears(account, "2026-02-10")
    assert.deepStrictEqual([after.cover, after.toReactivate, after.beyondLimit], ["covered", 0, 900_000])
    const later = Result.getOrThrow(Account.postAll(account, run("2026-03", 3)))
    assert.deepStrictEqual(
      [arrears(later, "2026-06-01").monthsBilled, arrears(later, "2026-06-01").suspendedFrom],
      [3, day("2026-04-01")]
    )
  })

  it("does not count a month that was cancelled among those that are asked for", () => {
    const cancelled: Account.Entry = {
      _tag: "Cancelled",
      month: month("2026-01"),
      on: day("2026-01-20"),
      why: "correction"
    }
    const account = withEntries(...run("2023-12", 26), cancelled)
    const before = arrears(account, "2026-02-10")
    assert.deepStrictEqual([before.monthsOwed, before.monthsBilled, before.beyondLimit], [25, 24, 150_000])
    const paidUp = Result.getOrThrow(Account.post(account, paid("2026-02-10", before.toReactivate)))
    assert.deepStrictEqual(monthsOf(paidUp, "2026-02-10")[0], [month("2023-12"), 150_000, 0])
    assert.deepStrictEqual(monthsOf(paidUp, "2026-02-10")[1], [month("2024-01"), 150_000, 150_000])
    assert.strictEqual(Account.statement(paidUp, asOf("2026-02-10")).credit, 0)
  })

  it("knows the order of months, in whatever order they were billed", () => {
    const account = withEntries(...run("2025-11", 3).toReversed(), billed("2026-03"), billed("2026-02"))
    const settled = Result.getOrThrow(Account.post(account, paid("2026-03-05", 200_000)))
    assert.deepStrictEqual(
      monthsOf(settled, "2026-03-10").map(([, , money]) => money),
      [150_000, 50_000, 0, 0, 0]
    )
  })

  it("settles an older month first that was billed after a younger one", () => {
    const late: Account.Entry = { ...billed("2026-01"), on: day("2026-02-10") }
    const account = withEntries(billed("2026-02"), late, paid("2026-02-20", 150_000), billed("2026-03"))
    assert.deepStrictEqual(
      monthsOf(account, "2026-03-10").map(([, , money]) => money),
      [150_000, 0, 0]
    )
  })

  it("settles from the oldest month on where no rule has a limit yet", () => {
    const account = withEntries(...run("2015-01", 30, 100), paid("2017-06-30", 600))
    const [first, , , , , sixth, seventh] = monthsOf(account, "2017-06-30")
    assert.deepStrictEqual([first?.[2], sixth?.[2], seventh?.[2]], [100, 100, 0])
  })

  it("takes an entry once, however often it is sent", () => {
    const account = withEntries(billed("2026-02"), paid("2026-02-05", 150_000, "bank-1"))
    for (const again of [
      billed("2026-02"),
      paid("2026-02-05", 150_000, "bank-1"),
      paid("2026-02-07", 150_000, "bank-1")
    ]) {
      assert.strictEqual(Result.getOrThrow(Account.post(account, again)), account)
    }
    assert.strictEqual(problem(Account.post(account, paid("2026-02-05", 150_001, "bank-1"))), "ReferenceReused")
    assert.strictEqual(problem(Account.post(account, billed("2026-02", 100))), "MonthBilledAlready")
    const credited: Account.Entry = {
      _tag: "Credited",
      on: day("2026-02-06"),
      amount: 5,
      reference: "bank-1",
      why: "duplicate"
    }
    assert.strictEqual(Result.getOrThrow(Account.post(account, credited)).entries.length, 3)
    const further = Account.post(account, {
      _tag: "Billed",
      month: month("2026-02"),
      on: day("2026-02-20"),
      amount: 100,
      reference: "newborn"
    })
    assert.deepStrictEqual(monthsOf(Result.getOrThrow(further), "2026-02-20"), [[month("2026-02"), 150_100, 150_000]])
  })

  it("gives back what was paid for a bill that is cancelled, and bills anew", () => {
    const account = withEntries(billed("2026-01"), billed("2026-02"), paid("2026-02-05", 300_000))
    const cancelled = Result.getOrThrow(
      Account.post(account, { _tag: "Cancelled", month: month("2026-02"), on: day("2026-02-20"), why: "death" })
    )
    const { cancelled: amount, credit, due, settled } = Account.statement(cancelled, asOf("2026-02-20"))
    assert.deepStrictEqual([amount, credit, due, settled], [150_000, 150_000, 150_000, 150_000])
    const refunded = Account.post(cancelled, {
      _tag: "Refunded",
      on: day("2026-02-21"),
      amount: 150_000,
      reference: "heirs"
    })
    assert.strictEqual(Account.statement(Result.getOrThrow(refunded), asOf("2026-02-21")).credit, 0)
    assert.strictEqual(problem(Account.post(cancelled, billed("2026-01", 100_000))), "MonthBilledAlready")
    const again = paid("2026-02-05", 300_000)
    assert.strictEqual(Result.getOrThrow(Account.post(cancelled, again)), cancelled)
    const anew = Result.getOrThrow(Account.post(cancelled, billed("2026-02", 100_000)))
    assert.deepStrictEqual(monthsOf(anew, "2026-02-28")[1], [month("2026-02"), 100_000, 100_000])
    assert.strictEqual(Account.statement(anew, asOf("2026-02-28")).credit, 50_000)
  })

  it("cancels a part, and not what was never billed or is more than the bill", () => {
    const account = withEntries(billed("2026-01"))
    const cancel = (of: string, amount?: number) =>
      Account.post(account, {
        _tag: "Cancelled",
        month: month(of),
        on: day("2026-01-20"),
        why: "correction",
        ...(amount === undefined ? {} : { amount })
      })
    assert.deepStrictEqual(monthsOf(Result.getOrThrow(cancel("2026-01", 50_000)), "2026-02-10"), [
      [month("2026-01"), 100_000, 0]
    ])
    assert.strictEqual(problem(cancel("2026-02")), "MonthNotBilled")
    const gone = Result.getOrThrow(cancel("2026-01"))
    assert.deepStrictEqual(gone.entries[1], {
      _tag: "Cancelled",
      month: month("2026-01"),
      on: day("2026-01-20"),
      why: "correction",
      amount: 150_000
    })
    const twice = { _tag: "Cancelled", month: month("2026-01"), on: day("2026-01-21"), why: "death" } as const
    const told = Result.getOrThrow(Account.post(account, { ...twice, reference: "letter" }))
    assert.strictEqual(Result.getOrThrow(Account.post(told, { ...twice, reference: "letter" })), told)
    assert.strictEqual(Account.statement(told, asOf("2026-02-10")).cancelled, 150_000)
    const over = cancel("2026-01", 150_001)
    assert.deepStrictEqual(Result.isFailure(over) && [over.failure.problem, over.failure.month, over.failure.entry], [
      "MoreThanOwed",
      month("2026-01"),
      "Cancelled"
    ])
    const two = withEntries(billed("2026-01", 100), billed("2026-02", 200))
    const second: Account.Entry = { _tag: "Cancelled", month: month("2026-02"), on: day("2026-02-20"), why: "transfer" }
    assert.strictEqual(Account.statement(Result.getOrThrow(Account.post(two, second)), asOf("2026-02-20")).due, 100)
  })

  it("cancels a part of a paid month that is no longer asked for, and takes back no more than that part", () => {
    const account = withEntries(billed("2023-01"), paid("2023-01-05", 150_000), ...run("2023-02", 30))
    const part: Account.Entry = {
      _tag: "Cancelled",
      month: month("2023-01"),
      on: day("2025-07-20"),
      amount: 50_000,
      why: "correction"
    }
    const [first, ...rest] = monthsOf(Result.getOrThrow(Account.post(account, part)), "2025-07-20")
    assert.deepStrictEqual(first, [month("2023-01"), 100_000, 100_000])
    assert.strictEqual(
      rest.reduce((sum, [, , settled]) => sum + settled, 0),
      50_000
    )
  })

  it("says which of two problems a bill sent again has, and when a later cancellation has no room", () => {
    const account = withEntries({ ...billed("2026-01"), reference: "r" })
    assert.strictEqual(problem(Account.post(account, { ...billed("2026-02", 99), reference: "r" })), "ReferenceReused")
    assert.strictEqual(
      problem(Account.post(withEntries(billed("2026-01")), billed("2026-01", 99))),
      "MonthBilledAlready"
    )
    const cancel = (on: string, reference: string, amount: number): Account.Entry => ({
      _tag: "Cancelled",
      month: month("2026-01"),
      on: day(on),
      amount,
      why: "correction",
      reference
    })
    const gone = withEntries(billed("2026-01"), cancel("2026-01-20", "later", 150_000))
    assert.strictEqual(problem(Account.post(gone, cancel("2026-01-10", "earlier", 50_000))), "LaterEntryDependsOnIt")
  })

  it("refunds no more than is kept, and refuses what a later refund has no room for", () => {
    const account = withEntries(paid("2026-01-05", 200_000))
    const refund = (amount: number): Account.Entry => ({
      _tag: "Refunded",
      on: day("2026-03-01"),
      amount,
      reference: "r"
    })
    assert.strictEqual(problem(Account.post(account, refund(200_001))), "MoreThanKept")
    const refunded = Result.getOrThrow(Account.post(account, refund(200_000)))
    assert.strictEqual(problem(Account.post(refunded, billed("2026-02"))), "LaterEntryDependsOnIt")
    assert.isUndefined(problem(Account.post(refunded, billed("2026-04"))))
  })

  it("credits what a court gave: April 2020 was overpaid", () => {
    const account = withEntries(
      billed("2020-04", 160_000),
      paid("2020-04-05", 160_000),
      { _tag: "Cancelled", month: month("2020-04"), on: day("2020-05-01"), amount: 80_000, why: "correction" },
      { _tag: "Credited", on: day("2020-05-02"), amount: 10_000, reference: "c", why: "court-ruling" },
      billed("2020-05", 80_000)
    )
    const { arrears: owed, credit, credited } = Account.statement(account, asOf("2020-05-31"))
    assert.deepStrictEqual([credit, credited], [10_000, 10_000])
    assert.strictEqual(owed._tag === "Arrears" && owed.current, 0)
  })

  it("writes nothing off while the policy does not (WRT-1)", () => {
    const account = withEntries(billed("2026-01"))
    const writeOff: Account.Entry = {
      _tag: "WrittenOff",
      on: day("2026-02-10"),
      debts: [{ month: month("2026-01"), amount: 150_000 }]
    }
    assert.strictEqual(problem(Account.post(account, writeOff)), "WriteOffNotInForce")
    assert.strictEqual(problem(Account.post(account, writeOff, without("writeOff"))), "WriteOffNotInForce")
    const signed = always("writeOff", true)
    const over: Account.Entry = { ...writeOff, debts: [{ month: month("2026-01"), amount: 150_001 }] }
    assert.strictEqual(problem(Account.post(account, over, signed)), "MoreThanOwed")
    const forgiven = Result.getOrThrow(Account.post(account, writeOff, signed))
    const { outstanding, writtenOff } = Account.statement(forgiven, asOf("2026-02-10"))
    assert.deepStrictEqual([outstanding, writtenOff], [0, 150_000])
    assert.strictEqual(problem(Account.post(forgiven, writeOff, signed)), "MoreThanOwed")
  })

  it("refuses amounts that are none, and says what to do", () => {
    for (const amount of [-1, 0.5, Number.NaN]) {
      assert.strictEqual(problem(Account.post(Account.open("a"), paid("2026-01-05", amount))), "Malformed")
    }
    const error = new Account.AccountError({ problem: "MonthNotBilled", entry: "Cancelled", month: month("2026-01") })
    assert.strictEqual(
      error.message,
      "Cancelled for 2026-01 was not posted (MonthNotBilled). Only a month that was billed here can be cancelled."
    )
    for (const each of Account.Problem.literals) {
      const { message } = new Account.AccountError({ problem: each, entry: "Credited" })
      assert.match(message, new RegExp(`^Credited was not posted \\(${each}\\)\\. \\S.{10,}\\.$`))
    }
  })

  it("is the same after a round through a file", () => {
    const debts = [{ month: month("2025-11"), amount: 7 }]
    const on = day("2026-01-06")
    const account = withEntries(
      ...run("2025-12", 2),
      paid("2026-01-05", 100),
      { _tag: "Paid", on, amount: 1, reference: "b", towards: "bills" },
      { _tag: "Credited", on, amount: 2, reference: "c", why: "duplicate" },
      { _tag: "CarriedIn", on, from: "other", debts, credit: 3, as: "receivable" },
      { _tag: "CarriedOut", on, to: "other", debts, credit: 0, reference: "out" },
      { _tag: "Cancelled", month: month("2026-01"), on, why: "duplicate" },
      { _tag: "Cancelled", month: month("2025-12"), on, why: "transfer" },
      { _tag: "Refunded", on, amount: 4, reference: "back" }
    )
    const written: Account.Account = { ...account, entries: [...account.entries, { _tag: "WrittenOff", on, debts }] }
    const text = JSON.stringify(written)
    assert.deepStrictEqual(Schema.decodeUnknownSync(Account.Account)(JSON.parse(text)), written)
    for (const [index, entry] of written.entries.entries()) {
      for (const field of Object.keys(entry)) {
        const optional = ["reference", "credit", "towards", "amount"].includes(field)
        const { [field]: _, ...less } = entry as Record<string, unknown>
        const broken = { ...written, entries: written.entries.with(index, less as never) }
        const read = Schema.decodeUnknownOption(Account.Account)(broken)
        if (!optional) assert.strictEqual(read._tag, "None", `${entry._tag} without ${field}`)
      }
    }
    assert.strictEqual(Schema.decodeUnknownOption(Account.Debt)({ month: "2026-01" })._tag, "None")
    assert.strictEqual(Schema.decodeUnknownOption(Account.Account)({ ref: "", entries: [] })._tag, "None")
  })

  it("does not pretend to read an account that was tampered with", () => {
    const tampered: Account.Account = {
      ref: "a",
      entries: [{ _tag: "Cancelled", month: month("2026-01"), on: day("2026-01-01"), why: "death" }]
    }
    assert.throws(() => Account.statement(tampered, asOf("2026-02-10")), TypeError, /Account\.post would have refused/)
    const debts = [{ month: month("2026-01"), amount: 1 }]
    for (const entry of [
      { _tag: "CarriedOut", on: day("2026-01-01"), to: "b", debts },
      { _tag: "WrittenOff", on: day("2026-01-01"), debts }
    ] as const) {
      assert.throws(() => Account.statement({ ref: "a", entries: [entry] }, asOf("2026-02-10")), TypeError, /refused/)
    }
  })
})

describe("debts that follow a person (PAY-8, PAY-9)", () => {
  const owing = () => withEntries(...run("2025-11", 3), paid("2025-11-09", 200_000))
  const debts = [
    { month: month("2025-12"), amount: 100_000 },
    { month: month("2026-01"), amount: 150_000 }
  ]

  it("go to the new account whole, and stop cover there only as bills", () => {
    for (const [as, cover] of [
      ["receivable", "covered"],
      ["bills", "suspended"]
    ] as const) {
      const moved = Result.getOrThrow(
        Account.carry(owing(), Account.open("new"), { on: day("2026-02-10"), as, reference: "move" })
      )
      assert.deepStrictEqual(moved.debts, debts)
      const left = Account.statement(moved.from, asOf("2026-02-10"))
      assert.deepStrictEqual([left.outstanding, left.carriedOut], [0, 250_000])
      const here = Account.statement(moved.to, asOf("2026-02-10"))
      assert.deepStrictEqual([here.outstanding, here.carriedIn], [250_000, 250_000])
      assert.strictEqual(here.arrears._tag === "Arrears" && here.arrears.cover, cover, as)
      assert.deepStrictEqual(Account.debtsOf(here), debts)
      const again = Account.carry(moved.from, moved.to, { on: day("2026-02-11"), as, reference: "again" })
      assert.strictEqual(Result.getOrThrow(again).from, moved.from)
      for (const side of [moved.from, moved.to]) assert.strictEqual(side.entries.at(-1)?.reference, "move")
      const sent = moved.from.entries.at(-1)!
      assert.strictEqual(Result.getOrThrow(Account.post(moved.from, sent)), moved.from)
      const less = { ...sent, debts: debts.slice(1) } as Account.Entry
      assert.strictEqual(problem(Account.post(moved.from, less)), "ReferenceReused")
    }
  })

  it("are settled apart by money that is meant for them, and by no other", () => {
    const { to } = Result.getOrThrow(
      Account.carry(owing(), Account.open("new"), { on: day("2026-02-10"), as: "receivable" })
    )
    const own = Result.getOrThrow(Account.postAll(to, [billed("2026-02", 42_000), paid("2026-02-12", 100_000)]))
    const before = Account.statement(own, asOf("2026-02-12"))
    assert.deepStrictEqual([before.credit, before.receivableAsked, before.outstanding], [58_000, 250_000, 250_000])
    const towards = { _tag: "Paid", on: day("2026-02-13"), amount: 120_000, reference: "x", towards: "receivable" }
    const after = Account.statement(Result.getOrThrow(Account.post(own, towards as Account.Entry)), asOf("2026-02-13"))
    assert.deepStrictEqual([after.credit, after.receivableAsked], [58_000, 130_000])
    assert.deepStrictEqual(after.receivable, [
      { month: month("2025-12"), due: 100_000, settled: 100_000 },
      { month: month("2026-01"), due: 150_000, settled: 20_000 }
    ])
    const over = Account.statement(
      Result.getOrThrow(Account.post(own, { ...towards, amount: 300_000 } as Account.Entry)),
      asOf("2026-02-13")
    )
    assert.deepStrictEqual([over.credit, over.receivableAsked], [108_000, 0])
  })

  it("are asked for up to the limit there too", () => {
    const old = withEntries(...run("2023-01", 30, 1_000))
    const { to } = Result.getOrThrow(
      Account.carry(old, Account.open("new"), { on: day("2025-07-01"), as: "receivable" })
    )
    const { outstanding, receivableAsked } = Account.statement(to, asOf("2026-02-10"))
    assert.deepStrictEqual([outstanding, receivableAsked], [30_000, 24_000])
  })

  it("leave a bill of the same month that was paid alone", () => {
    const both = withEntries(billed("2026-01", 100), paid("2026-01-05", 100), {
      _tag: "CarriedIn",
      on: day("2026-01-06"),
      from: "other",
      debts: [{ month: month("2026-01"), amount: 70 }],
      as: "receivable"
    })
    const { from } = Result.getOrThrow(Account.carry(both, Account.open("new"), { on: day("2026-02-10"), as: "bills" }))
    const { credit, receivable } = Account.statement(from, asOf("2026-02-10"))
    assert.deepStrictEqual([credit, receivable], [0, [{ month: month("2026-01"), due: 0, settled: 0 }]])
    assert.deepStrictEqual(monthsOf(from, "2026-02-10"), [[month("2026-01"), 100, 100]])
  })

  it("take the money that was kept along, and a part of the debts when they are named", () => {
    const rich = withEntries(paid("2026-01-05", 70_000))
    const moved = Result.getOrThrow(Account.carry(rich, Account.open("new"), { on: day("2026-02-10"), as: "bills" }))
    assert.strictEqual(moved.credit, 70_000)
    assert.strictEqual(Account.statement(moved.from, asOf("2026-02-10")).takenOut, 70_000)
    assert.strictEqual(Account.statement(moved.to, asOf("2026-02-10")).credit, 70_000)
    const named = Account.carry(rich, Account.open("new"), { on: day("2026-02-10"), as: "bills", debts: [] })
    assert.strictEqual(Result.getOrThrow(named).from, rich)
    const part = [{ month: month("2026-01"), amount: 60_000 }]
    const some = Account.carry(owing(), Account.open("new"), { on: day("2026-02-10"), as: "bills", debts: part })
    assert.strictEqual(Account.statement(Result.getOrThrow(some).from, asOf("2026-02-10")).outstanding, 190_000)
    for (const wrong of [
      [{ month: month("2025-12"), amount: 100_001 }],
      [{ month: month("2024-12"), amount: 1 }],
      [
        { month: month("2025-12"), amount: 60_000 },
        { month: month("2025-12"), amount: 60_000 }
      ]
    ]) {
      const posted = Account.carry(owing(), Account.open("new"), {
        on: day("2026-02-10"),
        as: "bills",
        debts: wrong
      })
      assert.strictEqual(problem(posted), "MoreThanOwed")
    }
    const self = owing()
    assert.strictEqual(problem(Account.carry(self, self, { on: day("2026-02-10"), as: "bills" })), "SameAccount")
  })

  it("are listed by month, whichever pot they are in", () => {
    const both = withEntries(
      billed("2026-01", 10),
      {
        _tag: "CarriedIn",
        on: day("2026-01-06"),
        from: "other",
        debts: [
          { month: month("2025-12"), amount: 20 },
          { month: month("2026-01"), amount: 5 },
          { month: month("2026-02"), amount: 1 }
        ],
        as: "receivable"
      },
      billed("2025-11", 30)
    )
    assert.deepStrictEqual(
      Account.debtsOf(Account.statement(both, asOf("2026-02-10"))).map(({ amount }) => amount),
      [30, 20, 15, 1]
    )
  })

  it("cannot be posted half: all entries or none", () => {
    const bad: Account.Entry = { _tag: "Refunded", on: day("2026-01-01"), amount: 1, reference: "r" }
    const all = Account.postAll(Account.open("a"), [billed("2026-01"), bad, billed("2026-02")])
    assert.strictEqual(problem(all), "MoreThanKept")
  })

  it("are not lost when money for them is told late: it is kept", () => {
    const { from } = Result.getOrThrow(
      Account.carry(owing(), Account.open("new"), { on: day("2026-02-10"), as: "bills" })
    )
    const late = Account.statement(
      Result.getOrThrow(Account.post(from, paid("2026-02-01", 250_000))),
      asOf("2026-02-10")
    )
    assert.deepStrictEqual([late.credit, late.outstanding], [250_000, 0])
  })
})

describe("money, over any sequence of entries", () => {
  const days = fc.integer({ min: 0, max: 1_200 }).map((offset) => addDays(day("2023-01-01"), offset))
  const months = fc.integer({ min: 0, max: 39 }).map((offset) => Month.add(month("2023-01"), offset))
  const amounts = fc.integer({ min: 0, max: 400_000 })
  const references = fc.string({ minLength: 1, maxLength: 3 })
  const debts = fc.array(fc.record({ month: months, amount: amounts }), { maxLength: 3 })
  const entries: fc.Arbitrary<Account.Entry> = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(months, amounts).map(([of, amount]) => billed(of, amount)) },
    {
      weight: 5,
      arbitrary: fc.record({ _tag: fc.constant("Paid" as const), on: days, amount: amounts, reference: references })
    },
    fc.record({
      _tag: fc.constant("Paid" as const),
      on: days,
      amount: amounts,
      reference: references,
      towards: fc.constant("receivable" as const)
    }),
    fc.record({
      _tag: fc.constant("Credited" as const),
      on: days,
      amount: amounts,
      reference: references,
      why: fc.constant("correction" as const)
    }),
    fc.record({ _tag: fc.constant("Refunded" as const), on: days, amount: amounts, reference: references }),
    fc.record({ _tag: fc.constant("Cancelled" as const), on: days, month: months, why: fc.constant("death" as const) }),
    fc.record({
      _tag: fc.constant("CarriedIn" as const),
      on: days,
      from: fc.constant("other"),
      debts,
      credit: amounts,
      as: fc.constantFrom("bills" as const, "receivable" as const)
    }),
    fc.record({ _tag: fc.constant("CarriedOut" as const), on: days, to: fc.constant("other"), debts, credit: amounts })
  )
  const accounts = fc
    .array(entries, { maxLength: 60 })
    .map((all) =>
      all.reduce((account, entry) => Result.getOrElse(Account.post(account, entry), () => account), Account.open("any"))
    )

  it("is conserved on every day", () => {
    fc.assert(
      fc.property(accounts, days, (account, on) => {
        const _ = Account.statement(account, { appliesOn: on, knownOn: on })
        assert.strictEqual(_.billed + _.carriedIn - _.cancelled - _.carriedOut - _.writtenOff, _.due)
        assert.strictEqual(_.due, _.settled + _.outstanding)
        assert.strictEqual(_.paid + _.credited + _.broughtIn - _.refunded - _.takenOut, _.settled + _.credit)
        for (const line of [..._.months, ..._.receivable]) {
          assert.isTrue(line.settled >= 0 && line.settled <= line.due)
        }
        assert.isAtLeast(_.credit, 0)
        if (_.arrears._tag === "Arrears") {
          const { arrears: asked, beyondLimit, credit, current } = _.arrears
          const ahead = _.months
            .filter((line) => Month.isAfter(line.month, Month.of(on)))
            .reduce((sum, line) => sum + line.due - line.settled, 0)
          const apart = _.receivable.reduce((sum, line) => sum + line.due - line.settled, 0)
          assert.strictEqual(asked + beyondLimit + current + ahead + apart, _.outstanding)
          assert.strictEqual(credit, _.credit)
        }
      }),
      { numRuns: 400 }
    )
  })

  it("that comes in is never refused, and never lost", () => {
    fc.assert(
      fc.property(accounts, days, amounts, (account, on, amount) => {
        const entry: Account.Entry = { _tag: "Paid", on, amount, reference: "a new one" }
        const after = Result.getOrThrow(Account.post(account, entry))
        const end = { appliesOn: day("2026-12-31"), knownOn: day("2026-12-31") }
        const [before, then] = [Account.statement(account, end), Account.statement(after, end)]
        assert.strictEqual(then.settled + then.credit, before.settled + before.credit + amount)
      }),
      { numRuns: 400 }
    )
  })

  it("moves between accounts without loss, as debts and as money", () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom("bills" as const, "receivable" as const), (account, as) => {
        const on = day("2026-06-30")
        const end = { appliesOn: on, knownOn: on }
        const before = Account.statement(account, end)
        const { from, to } = Result.getOrThrow(Account.carry(account, Account.open("new"), { on, as }))
        const [left, here] = [Account.statement(from, end), Account.statement(to, end)]
        assert.deepStrictEqual([left.outstanding, left.credit], [0, 0])
        assert.strictEqual(here.outstanding - here.credit, before.outstanding - before.credit)
      })
    )
  })

  it("pays what is asked for: then nothing is, and cover holds", () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const on = day("2026-04-15")
        const end = { appliesOn: on, knownOn: on }
        const { arrears: before } = Account.statement(account, end)
        if (before._tag !== "Arrears") return
        const amount = before.toReactivate
        const after = Account.post(account, { _tag: "Paid", on, amount, reference: "all of it" })
        const { arrears: then } = Account.statement(Result.getOrThrow(after), end)
        assert.deepStrictEqual(then._tag === "Arrears" && [then.cover, then.toReactivate], ["covered", 0])
      })
    )
  })
})
