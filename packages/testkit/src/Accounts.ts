/**
 * Bills, arrears and accounts, as fast-check arbitraries, and the law that every account
 * keeps: no rupiah is lost.
 *
 * An account is drawn as a life of payments: bills come month by month, some are paid, late,
 * in part or ahead, some are cancelled; debts and money go to other accounts and come from them.
 *
 * @since 0.1.0
 */
import { Account, type Amount, type Arrears, type Bill } from "@kis/core/contribution"
import { Month, PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"

// --- models ---

/**
 * An account, and a day after its last entry.
 *
 * @category models
 * @since 0.1.0
 */
export interface Life {
  readonly account: Account.Account
  readonly on: PlainDate.PlainDate
}

// --- arbitraries ---

/**
 * Rupiah a month, or a payment: often a round sum, sometimes nothing, sometimes one rupiah.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const rupiah: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }).map((parts) => parts * 50_000) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 1_500_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 35_000, 42_000) }
)

/**
 * A contribution of any kind with everything known, so that its amount is known on every day
 * of the main regulation.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const contribution: fc.Arbitrary<Amount.Case> = fc.oneof(
  fc.record({
    _tag: fc.constant("SelfPay" as const),
    wardClass: fc.constantFrom(1 as const, 2 as const, 3 as const),
    active: fc.boolean()
  }),
  fc.record({
    _tag: fc.constant("Worker" as const),
    paidBy: fc.constantFrom("state" as const, "private" as const),
    wage: fc.integer({ min: 0, max: 30_000_000 }),
    minimumWage: fc.integer({ min: 2_000_000, max: 5_500_000 })
  }),
  fc.constant({ _tag: "CoveredFamily" as const }),
  fc.record({ _tag: fc.constant("ExtraFamily" as const), wage: fc.integer({ min: 0, max: 30_000_000 }) }),
  fc.record({
    _tag: fc.constant("Assisted" as const),
    by: fc.constantFrom("central-government" as const, "local-government" as const)
  }),
  fc.record({ _tag: fc.constant("Pensioner" as const), pension: fc.integer({ min: 0, max: 9_000_000 }) }),
  fc.record({ _tag: fc.constant("Veteran" as const), referencePay: fc.integer({ min: 0, max: 9_000_000 }) })
)

/**
 * A household of up to eight, who come and go within four years before a day.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const household = (on: PlainDate.PlainDate): fc.Arbitrary<Bill.Household> => {
  const day = fc.integer({ min: -1500, max: 60 }).map((offset) => PlainDate.addDays(on, offset))
  const member = fc.record({ of: contribution, from: day, until: day }, { requiredKeys: ["of"] })
  return fc
    .array(member, { maxLength: 8 })
    .map((members) => ({ members: members.map((one, index) => ({ ref: String(index), ...one })) }))
}

/**
 * Bills of up to four years before a month, and money that is not booked yet: for `Arrears`.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const arrears = (current: Month.Month): fc.Arbitrary<Arrears.Given> =>
  fc.record({
    bills: fc.array(
      fc.record({ month: fc.integer({ min: 0, max: 48 }).map((back) => Month.add(current, -back)), amount: rupiah }),
      { maxLength: 50 }
    ),
    paid: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 20 }).map((parts) => parts * 150_000),
      rupiah
    )
  })

/**
 * The account of up to four years of somebody's life, from a month on. Every entry was posted
 * as a program would post it; entries that the account refused are not in it.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const life = (from: Month.Month, ref = "account"): fc.Arbitrary<Life> =>
  fc.array(step, { maxLength: 60 }).map((steps) => {
    let on = Month.first(from)
    let account = Account.open(ref)
    for (const [index, taken] of steps.entries()) {
      on = PlainDate.addDays(on, taken.after)
      const posted = Account.post(account, entryOf(taken, account, on, String(index)))
      account = Result.getOrElse(posted, () => account)
    }
    return { account, on }
  })

// --- laws ---

/**
 * What an account's statement on a day has wrong about money; empty when nothing is.
 *
 * @category laws
 * @since 0.1.0
 */
export const losses = (account: Account.Account, on: PlainDate.PlainDate): ReadonlyArray<string> => {
  const _ = Account.statement(account, { appliesOn: on, knownOn: on })
  const laws: ReadonlyArray<readonly [string, boolean]> = [
    [
      "what was billed and did not leave is due",
      _.billed + _.carriedIn - _.cancelled - _.carriedOut - _.writtenOff === _.due
    ],
    ["what is due is settled or outstanding", _.due === _.settled + _.outstanding],
    [
      "what was paid and did not leave settles or is kept",
      _.paid + _.credited + _.broughtIn - _.refunded - _.takenOut === _.settled + _.credit
    ],
    ["no more is kept than came in", _.credit >= 0],
    [
      "no month has more money on it than it cost",
      [..._.months, ..._.receivable].every(({ due, settled }) => settled >= 0 && settled <= due)
    ],
    ["money is kept only when nothing is asked for", _.credit === 0 || isPaidUp(_)]
  ]
  return laws.flatMap(([law, holds]) => (holds ? [] : [law]))
}

/**
 * What several accounts have wrong together: the losses of each, and debts or money that went
 * from one and came to none. Every account that they carried to or from must be among them.
 *
 * @category laws
 * @since 0.1.0
 */
export const lossesOfAll = (
  accounts: ReadonlyArray<Account.Account>,
  on: PlainDate.PlainDate
): ReadonlyArray<string> => {
  const statements = accounts.map((account) => Account.statement(account, { appliesOn: on, knownOn: on }))
  const sum = (pick: (_: Account.Statement) => number) => statements.reduce((total, _) => total + pick(_), 0)
  return [
    ...accounts.flatMap((account) => losses(account, on).map((law) => `${account.ref}: ${law}`)),
    ...(sum((_) => _.carriedIn) === sum((_) => _.carriedOut) ? [] : ["debts that leave one account come to another"]),
    ...(sum((_) => _.broughtIn) === sum((_) => _.takenOut) ? [] : ["money that leaves one account comes to another"])
  ]
}

// --- private ---

interface Step {
  readonly what: "bill" | "pay" | "pay-late" | "pay-debt" | "credit" | "refund" | "cancel" | "carry-out" | "carry-in"
  /** Days since the last step. */
  readonly after: number
  readonly amount: number
  /** Of what there is, in hundredths. */
  readonly part: number
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("bill" as const) },
    { weight: 5, arbitrary: fc.constantFrom("pay" as const, "pay-late" as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        "pay-debt" as const,
        "credit" as const,
        "refund" as const,
        "cancel" as const,
        "carry-out" as const,
        "carry-in" as const
      )
    }
  ),
  after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 45 })),
  amount: rupiah,
  part: fc.oneof(fc.constant(100), fc.integer({ min: 0, max: 100 }))
})

const entryOf = (
  { amount, part, what }: Step,
  account: Account.Account,
  on: PlainDate.PlainDate,
  reference: string
): Account.Entry => {
  const now = Account.statement(account, { appliesOn: on, knownOn: on })
  const of = (whole: number) => Math.floor((whole * part) / 100)
  const month = Month.of(on)
  switch (what) {
    case "bill":
      return { _tag: "Billed", month, on, amount }
    case "pay":
      return { _tag: "Paid", on, amount, reference }
    case "pay-late":
      return { _tag: "Paid", on: PlainDate.addDays(on, -part), amount, reference }
    case "pay-debt":
      return { _tag: "Paid", on, amount: of(now.receivableAsked), reference, towards: "receivable" }
    case "credit":
      return { _tag: "Credited", on, amount, reference, why: "correction" }
    case "refund":
      return { _tag: "Refunded", on, amount: of(now.credit), reference }
    case "cancel":
      return {
        _tag: "Cancelled",
        month: now.months[part % Math.max(1, now.months.length)]?.month ?? month,
        on,
        why: "correction"
      }
    case "carry-out":
      return {
        _tag: "CarriedOut",
        on,
        to: "another",
        debts: Account.debtsOf(now).map((debt) => ({ month: debt.month, amount: of(debt.amount) })),
        credit: of(now.credit),
        reference
      }
    case "carry-in":
      return {
        _tag: "CarriedIn",
        on,
        from: "another",
        debts: [{ month: Month.add(month, -(part % 30)), amount }],
        credit: of(amount),
        as: part % 2 === 0 ? "bills" : "receivable",
        reference
      }
  }
}

/** The months of bills that are asked for, and later ones, have no rest. */
const isPaidUp = ({ arrears, asOf, months }: Account.Statement) => {
  if (arrears._tag === "Unknown") return true
  const ahead = months.filter(({ month }) => Month.isAfter(month, Month.of(asOf.appliesOn)))
  return arrears.arrears + arrears.current === 0 && ahead.every(({ due, settled }) => due === settled)
}
