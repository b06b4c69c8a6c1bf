/**
 * The account of whoever pays: bills and money as an append-only ledger.
 *
 * Nothing that was posted is changed: what was wrong is cancelled, credited or refunded by
 * another entry. Which month is settled by which money follows from the entries alone, and
 * money is conserved: what came in and did not go out settles a month or is kept.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import { Month } from "../time/Month.ts"
import { PlainDate } from "../time/PlainDate.ts"
import * as Arrears from "./Arrears.ts"
import { dayOf } from "./internal/day.ts"
import { asked, due, fold, isConflict, type Line, outstanding, sorted } from "./internal/ledger.ts"

// --- models ---

/** Whole rupiah, zero or more. */
const Rupiah = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/**
 * What is owed for one month, rupiah.
 *
 * @category models
 * @since 0.1.0
 */
export const Debt = Schema.Struct({ month: Month, amount: Rupiah })

/**
 * @category models
 * @since 0.1.0
 */
export interface Debt extends Schema.Schema.Type<typeof Debt> {}

const Reference = Schema.NonEmptyString

/**
 * One entry. `on` is the day that it counts from: for a payment, the day on which the payer
 * paid, however late the bank tells of it.
 *
 * - `Billed`: what a month costs. Without a reference, a month is billed once.
 * - `Paid`: money from the payer. `towards: "receivable"` settles debts that were carried in
 *   as such, and nothing else.
 * - `Credited`: money given without a payment: a court's ruling, a correction.
 * - `Refunded`: money that was kept, given back.
 * - `Cancelled`: a bill that should not have been, wholly when no amount is given; what was
 *   paid for it is kept.
 * - `CarriedOut`, `CarriedIn`: debts, and money that was kept, go to another account. As
 *   `bills` they stop cover like any other; as a `receivable` they do not (PAY-8).
 * - `WrittenOff`: debts forgiven, where the policy says so (WRT-1).
 *
 * An entry with a reference is posted once, however often it is sent.
 *
 * @category models
 * @since 0.1.0
 */
export const Entry = Schema.Union([
  Schema.TaggedStruct("Billed", {
    month: Month,
    on: PlainDate,
    amount: Rupiah,
    reference: Schema.optionalKey(Reference)
  }),
  Schema.TaggedStruct("Paid", {
    on: PlainDate,
    amount: Rupiah,
    reference: Reference,
    towards: Schema.optionalKey(Schema.Literals(["bills", "receivable"]))
  }),
  Schema.TaggedStruct("Credited", {
    on: PlainDate,
    amount: Rupiah,
    reference: Reference,
    why: Schema.Literals(["court-ruling", "correction", "duplicate"])
  }),
  Schema.TaggedStruct("Refunded", { on: PlainDate, amount: Rupiah, reference: Reference }),
  Schema.TaggedStruct("Cancelled", {
    month: Month,
    on: PlainDate,
    amount: Schema.optionalKey(Rupiah),
    why: Schema.Literals(["death", "transfer", "duplicate", "correction"]),
    reference: Schema.optionalKey(Reference)
  }),
  Schema.TaggedStruct("CarriedOut", {
    on: PlainDate,
    to: Schema.NonEmptyString,
    debts: Schema.Array(Debt),
    credit: Schema.optionalKey(Rupiah),
    reference: Schema.optionalKey(Reference)
  }),
  Schema.TaggedStruct("CarriedIn", {
    on: PlainDate,
    from: Schema.NonEmptyString,
    debts: Schema.Array(Debt),
    credit: Schema.optionalKey(Rupiah),
    as: Schema.Literals(["bills", "receivable"]),
    reference: Schema.optionalKey(Reference)
  }),
  Schema.TaggedStruct("WrittenOff", {
    on: PlainDate,
    debts: Schema.Array(Debt),
    reference: Schema.optionalKey(Reference)
  })
])

/**
 * @category models
 * @since 0.1.0
 */
export type Entry = typeof Entry.Type

/**
 * `ref` is the caller's own key of the account. One account is one payer's: an employer's
 * money never settles a worker's old debts.
 *
 * @category models
 * @since 0.1.0
 */
export const Account = Schema.Struct({ ref: Schema.NonEmptyString, entries: Schema.Array(Entry) })

/**
 * @category models
 * @since 0.1.0
 */
export interface Account extends Schema.Schema.Type<typeof Account> {}

/**
 * One month of a statement. `due` is what is left of the bill after cancelling, carrying out
 * and writing off; `settled` is the money on it.
 *
 * @category models
 * @since 0.1.0
 */
export interface MonthLine {
  readonly month: Month
  readonly due: number
  readonly settled: number
}

/**
 * What the account says at the end of a day. Rupiah.
 *
 * `due = settled + outstanding`, and `paid + credited + broughtIn - refunded - takenOut =
 * settled + credit`, over bills and receivables together.
 *
 * @category models
 * @since 0.1.0
 */
export interface Statement {
  readonly asOf: AsOf
  /** Every month that was billed or carried in as a bill, the oldest first. */
  readonly months: ReadonlyArray<MonthLine>
  /** Debts that were carried in to be settled apart, the oldest month first. */
  readonly receivable: ReadonlyArray<MonthLine>
  /** All debts that were ever posted here. */
  readonly billed: number
  readonly carriedIn: number
  /** What left them again. */
  readonly cancelled: number
  readonly carriedOut: number
  readonly writtenOff: number
  /** What is left: all that is due, the money on it, and what is not paid. */
  readonly due: number
  readonly settled: number
  readonly outstanding: number
  readonly paid: number
  readonly credited: number
  readonly refunded: number
  /** Kept money that came from, and went to, other accounts. */
  readonly broughtIn: number
  readonly takenOut: number
  /** Money that settles nothing yet: it settles the next bill by itself. */
  readonly credit: number
  /** What is asked for of the receivables: the last months of them, up to the limit. */
  readonly receivableAsked: number
  /** Cover and arrears by the bills; receivables do not stop cover. */
  readonly arrears: Arrears.Arrears
}

// --- errors ---

/**
 * @category errors
 * @since 0.1.0
 */
export const Problem = Schema.Literals([
  "Malformed",
  "ReferenceReused",
  "MonthBilledAlready",
  "MonthNotBilled",
  "MoreThanOwed",
  "MoreThanKept",
  "WriteOffNotInForce",
  "LaterEntryDependsOnIt",
  "SameAccount"
])

/**
 * @category errors
 * @since 0.1.0
 */
export type Problem = typeof Problem.Type

/**
 * The entry cannot be posted; the account is as it was.
 *
 * @category errors
 * @since 0.1.0
 */
export class AccountError extends Schema.TaggedError<AccountError>("@kis/core/contribution/AccountError")(
  "AccountError",
  {
    problem: Problem,
    entry: Schema.Literals([
      "Billed",
      "Paid",
      "Credited",
      "Refunded",
      "Cancelled",
      "CarriedOut",
      "CarriedIn",
      "WrittenOff"
    ]),
    month: Schema.optionalKey(Month)
  }
) {
  override get message() {
    const month = this.month === undefined ? "" : ` for ${this.month}`
    return `${this.entry}${month} was not posted (${this.problem}). ${steps[this.problem]}`
  }
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const open = (ref: string): Account => ({ ref, entries: [] })

// --- posting ---

/**
 * The account with one more entry. What was posted before is not changed; an entry that is
 * there already, by its reference or as the bill of its month, leaves the account as it is.
 *
 * Entries may be posted in any order of their days: money counts from its own day. An entry
 * that a later one has no room for is refused, as is one that takes more than there is.
 *
 * @example
 * const day = PlainDate.make
 * const billed = Account.post(Account.open("family"), {
 *   _tag: "Billed",
 *   month: Month.make("2026-02"),
 *   on: day("2026-02-01"),
 *   amount: 150_000
 * })
 * const paid = Result.flatMap(billed, (account) =>
 *   Account.post(account, { _tag: "Paid", on: day("2026-02-09"), amount: 200_000, reference: "bank-1" })
 * )
 * const asOf = { appliesOn: day("2026-02-28"), knownOn: day("2026-02-28") }
 * Result.map(paid, (account) => Account.statement(account, asOf).credit) // => Result.succeed(50_000)
 *
 * @category posting
 * @since 0.1.0
 */
export const post = (
  self: Account,
  entry: Entry,
  policy: Policy = National.policy
): Result.Result<Account, AccountError> => {
  const refuse = (problem: Problem, month?: Month) =>
    Result.fail(new AccountError({ problem, entry: entry._tag, ...(month === undefined ? {} : { month }) }))

  if (!isEntry(entry)) return refuse("Malformed")
  if (entry._tag === "Cancelled" && entry.amount === undefined) return post(self, whole(self, entry, policy), policy)
  const known = self.entries.findLast((other) => isSame(other, entry) || undoes(other, entry))
  if (known !== undefined && isSame(known, entry)) {
    if (amountOf(known) === amountOf(entry)) return Result.succeed(self)
    return entry.reference === undefined && entry._tag === "Billed"
      ? refuse("MonthBilledAlready", entry.month)
      : refuse("ReferenceReused")
  }
  if (entry._tag === "WrittenOff" && !mayWriteOff(entry.on, policy)) return refuse("WriteOffNotInForce")

  const debts = entry._tag === "CarriedOut" || entry._tag === "WrittenOff" ? entry.debts : []
  const short = moreThanOwed(self, debts, entry.on, policy)
  if (short !== undefined) return refuse("MoreThanOwed", short)

  const entries = [...self.entries, entry]
  const ledger = fold(entries, policy)
  if (isConflict(ledger)) {
    return ledger.entry === entry ? refuse(ledger.problem, ledger.month) : refuse("LaterEntryDependsOnIt")
  }
  if (ledger.overdrawn === undefined) return Result.succeed({ ref: self.ref, entries })
  return refuse(ledger.overdrawn === entry ? "MoreThanKept" : "LaterEntryDependsOnIt")
}

/**
 * Several entries, all or none.
 *
 * @category posting
 * @since 0.1.0
 */
export const postAll = (
  self: Account,
  entries: ReadonlyArray<Entry>,
  policy: Policy = National.policy
): Result.Result<Account, AccountError> => {
  let account = self
  for (const entry of entries) {
    const posted = post(account, entry, policy)
    if (Result.isFailure(posted)) return posted
    account = posted.success
  }
  return Result.succeed(account)
}

/**
 * Debts, and money that was kept, go from one account to another on a day: all of them, or
 * the debts that are named. Both accounts come back, and what went.
 *
 * Into PBI or PPU debts go as a `receivable`: they are still owed, and do not stop cover
 * (PAY-8, PAY-9).
 *
 * @category posting
 * @since 0.1.0
 */
export const carry = (
  from: Account,
  to: Account,
  how: {
    readonly on: PlainDate
    readonly as: "bills" | "receivable"
    readonly debts?: ReadonlyArray<Debt>
    readonly reference?: string
  },
  policy: Policy = National.policy
): Result.Result<
  { readonly from: Account; readonly to: Account; readonly debts: ReadonlyArray<Debt>; readonly credit: number },
  AccountError
> => {
  if (from.ref === to.ref) return Result.fail(new AccountError({ problem: "SameAccount", entry: "CarriedOut" }))
  const before = statement(from, { appliesOn: how.on, knownOn: how.on }, policy)
  const debts = how.debts ?? debtsOf(before)
  const credit = how.debts === undefined ? before.credit : 0
  if (debts.length === 0 && credit === 0) return Result.succeed({ from, to, debts, credit })
  const what = { on: how.on, debts, credit, ...(how.reference === undefined ? {} : { reference: how.reference }) }
  return Result.flatMap(post(from, { _tag: "CarriedOut", to: to.ref, ...what }, policy), (left) =>
    Result.map(post(to, { _tag: "CarriedIn", from: from.ref, as: how.as, ...what }, policy), (right) => ({
      from: left,
      to: right,
      debts,
      credit
    }))
  )
}

// --- reading ---

/**
 * What the account says at the end of `appliesOn`; later entries are not seen.
 *
 * Throws when the account holds an entry that {@link post} would have refused.
 *
 * @category reading
 * @since 0.1.0
 */
export const statement = (self: Account, asOf: AsOf, policy: Policy = National.policy): Statement => {
  const seen = self.entries.filter(({ on }) => on <= asOf.appliesOn)
  const ledger = fold(seen, policy)
  // `post` folded the whole account, and what is seen on a day is a beginning of that fold.
  if (isConflict(ledger)) throw new TypeError("Account: an entry is there that Account.post would have refused")
  const lines = [...ledger.bills.values(), ...ledger.receivable.values()]
  const sum = (pick: (line: Line) => number) => lines.reduce((total, line) => total + pick(line), 0)
  const moved = creditMoved(seen)
  const months = sorted(ledger.bills).map(toMonthLine)
  return {
    asOf,
    months,
    receivable: sorted(ledger.receivable).map(toMonthLine),
    billed: sum((line) => line.billed),
    carriedIn: sum((line) => line.carriedIn),
    cancelled: sum((line) => line.cancelled),
    carriedOut: sum((line) => line.carriedOut),
    writtenOff: sum((line) => line.writtenOff),
    due: sum(due),
    settled: sum((line) => line.settled),
    outstanding: sum(outstanding),
    paid: ledger.paid,
    credited: ledger.credited,
    refunded: ledger.refunded,
    broughtIn: moved.in,
    takenOut: moved.out,
    credit: ledger.credit,
    receivableAsked: asked(ledger.receivable, asOf.appliesOn, policy).reduce(
      (total, [, line]) => total + outstanding(line),
      0
    ),
    arrears: Arrears.of(
      {
        bills: months.map((line) => ({ month: line.month, amount: line.due, paid: line.settled })),
        kept: Math.max(0, ledger.credit)
      },
      asOf,
      policy
    )
  }
}

/**
 * Everything that is not paid, the oldest month first: what goes along when a person moves to
 * another account.
 *
 * @category reading
 * @since 0.1.0
 */
export const debtsOf = ({ months, receivable }: Statement): ReadonlyArray<Debt> => {
  const debts = new Map<Month, number>()
  for (const { due, month, settled } of [...months, ...receivable]) {
    if (due > settled) debts.set(month, (debts.get(month) ?? 0) + due - settled)
  }
  return [...debts]
    .map(([month, amount]) => ({ month, amount }))
    .toSorted((self, that) => (self.month < that.month ? -1 : 1))
}

// --- private ---

const steps: Record<Problem, string> = {
  Malformed: "Give days and months of the calendar, and every amount in whole rupiah, zero or more.",
  ReferenceReused: "The reference belongs to an entry of another amount; give this one its own.",
  MonthBilledAlready: "Cancel the bill of the month first, or give the further bill a reference.",
  MonthNotBilled: "Only a month that was billed here can be cancelled.",
  MoreThanOwed: "Take no more than is owed for the month on that day.",
  MoreThanKept: "Take no more than is kept beyond the bills on that day.",
  WriteOffNotInForce: "The policy writes no arrears off on that day.",
  LaterEntryDependsOnIt: "An entry of a later day has no room for it; post it with a later day.",
  SameAccount: "Name two accounts."
}

const isEntry = Schema.is(Entry)

/** What cancelling a bill wholly takes away is written down: a later bill of the month is another. */
const whole = (self: Account, entry: Extract<Entry, { readonly _tag: "Cancelled" }>, policy: Policy): Entry => {
  const again = entry.reference === undefined ? undefined : self.entries.find((other) => isSame(other, entry))
  const { months } = statement(self, { appliesOn: entry.on, knownOn: entry.on }, policy)
  const left = months.find(({ month }) => month === entry.month)?.due ?? 0
  return { ...entry, amount: (again === undefined ? undefined : amountOf(again)) ?? left }
}

/** A bill that was cancelled may be made anew. */
const undoes = (self: Entry, that: Entry): boolean =>
  self._tag === "Cancelled" && that._tag === "Billed" && that.reference === undefined && self.month === that.month

/** The entry that this one would be again: by its reference, or as the bill of its month. */
const isSame = (self: Entry, that: Entry): boolean => {
  if (self._tag !== that._tag || self.reference !== that.reference) return false
  if (that.reference !== undefined) return true
  return self._tag === "Billed" && that._tag === "Billed" && self.month === that.month
}

const amountOf = (entry: Entry): number | undefined =>
  "debts" in entry ? entry.debts.reduce((sum, { amount }) => sum + amount, entryCredit(entry)) : entry.amount

const entryCredit = (entry: Entry) => ("credit" in entry ? (entry.credit ?? 0) : 0)

const mayWriteOff = (on: PlainDate, policy: Policy) =>
  dayOf(policy, { appliesOn: on, knownOn: on }).entries.writeOff?.value === true

/** The first month of which more would be taken than is unpaid. */
const moreThanOwed = (self: Account, debts: ReadonlyArray<Debt>, on: PlainDate, policy: Policy): Month | undefined => {
  if (debts.length === 0) return undefined
  const owed = new Map(
    debtsOf(statement(self, { appliesOn: on, knownOn: on }, policy)).map(({ amount, month }) => [month, amount])
  )
  return debts.find(({ amount, month }) => {
    const left = (owed.get(month) ?? 0) - amount
    owed.set(month, left)
    return left < 0
  })?.month
}

const creditMoved = (entries: ReadonlyArray<Entry>) => {
  const moved = { in: 0, out: 0 }
  for (const entry of entries) {
    if (entry._tag === "CarriedIn") moved.in += entryCredit(entry)
    if (entry._tag === "CarriedOut") moved.out += entryCredit(entry)
  }
  return moved
}

const toMonthLine = ([month, line]: readonly [Month, Line]): MonthLine => ({
  month,
  due: due(line),
  settled: line.settled
})
