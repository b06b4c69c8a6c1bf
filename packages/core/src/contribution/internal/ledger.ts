/**
 * The fold of an account's entries: which month was settled by which money.
 *
 * Money is booked as of its own day, on what was asked for on that day: the months within
 * the limit, the oldest first, then the current month, then months billed ahead. What is
 * left is kept and settles the next bill by itself: that is how paying in advance works.
 */
import type { Policy } from "../../policy/Policy.ts"
import * as Month from "../../time/Month.ts"
import * as PlainDate from "../../time/PlainDate.ts"
import type { Debt, Entry, Problem } from "../Account.ts"
import { dayOf } from "./day.ts"

export interface Line {
  billed: number
  carriedIn: number
  cancelled: number
  carriedOut: number
  writtenOff: number
  settled: number
}

export interface Ledger {
  readonly bills: Map<Month.Month, Line>
  /** Debts that came from another account and are settled apart. */
  readonly receivable: Map<Month.Month, Line>
  /** Money that settles nothing yet. */
  credit: number
  /** The first entry that took more money than was kept. */
  overdrawn: Entry | undefined
  paid: number
  credited: number
  refunded: number
}

/** What went wrong, and with which entry. */
export interface Conflict {
  readonly entry: Entry
  readonly problem: Problem
  readonly month?: Month.Month
}

export const due = (line: Line) => line.billed + line.carriedIn - line.cancelled - line.carriedOut - line.writtenOff

export const outstanding = (line: Line) => due(line) - line.settled

/** Entries in the order of their days; of one day, in the order in which they were posted. */
export const fold = (entries: ReadonlyArray<Entry>, policy: Policy): Ledger | Conflict => {
  const ledger: Ledger = {
    bills: new Map(),
    receivable: new Map(),
    credit: 0,
    overdrawn: undefined,
    paid: 0,
    credited: 0,
    refunded: 0
  }
  for (const entry of entries.toSorted(byDay)) {
    const conflict = book(ledger, entry, policy)
    if (conflict !== undefined) return { entry, ...conflict }
    if (ledger.credit < 0) ledger.overdrawn ??= entry
  }
  return ledger
}

export const isConflict = (self: Ledger | Conflict): self is Conflict => "problem" in self

/** The last months that were billed before the current one: those that are asked for. */
export const asked = (
  months: Map<Month.Month, Line>,
  on: PlainDate.PlainDate,
  policy: Policy
): ReadonlyArray<readonly [Month.Month, Line]> => {
  const now = Month.of(on)
  const before = sorted(months).filter(([month, line]) => Month.isBefore(month, now) && due(line) > 0)
  return before.slice(Math.max(0, before.length - limitOn(on, policy)))
}

export const sorted = (months: Map<Month.Month, Line>) =>
  [...months.entries()].sort(([self], [that]) => Month.Order(self, that))

// --- private ---

const byDay = (self: Entry, that: Entry) => PlainDate.Order(self.on, that.on)

/** By the rule as it was known when the money came; where there was none, there is no limit. */
const limitOn = (on: PlainDate.PlainDate, policy: Policy) =>
  dayOf(policy, { appliesOn: on, knownOn: on }).entries.arrearsMonths?.value ?? Number.POSITIVE_INFINITY

const book = (ledger: Ledger, entry: Entry, policy: Policy): Omit<Conflict, "entry"> | undefined => {
  switch (entry._tag) {
    case "Billed":
      lineOf(ledger.bills, entry.month).billed += entry.amount
      break
    case "Paid":
      ledger.paid += entry.amount
      ledger.credit += entry.amount
      if (entry.towards === "receivable") {
        settle(ledger, asked(ledger.receivable, entry.on, policy), entry.amount)
      }
      break
    case "Credited":
      ledger.credited += entry.amount
      ledger.credit += entry.amount
      break
    case "Refunded":
      ledger.refunded += entry.amount
      ledger.credit -= entry.amount
      break
    case "Cancelled": {
      const line = ledger.bills.get(entry.month)
      if (line === undefined) return { problem: "MonthNotBilled", month: entry.month }
      const amount = entry.amount ?? due(line)
      if (amount > due(line)) return { problem: "MoreThanOwed", month: entry.month }
      line.cancelled += amount
      release(ledger, line)
      break
    }
    case "CarriedOut": {
      const problem = reduce(ledger, entry.debts, "carriedOut")
      if (problem !== undefined) return problem
      ledger.credit -= entry.credit ?? 0
      break
    }
    case "CarriedIn": {
      const months = entry.as === "receivable" ? ledger.receivable : ledger.bills
      for (const { amount, month } of entry.debts) lineOf(months, month).carriedIn += amount
      ledger.credit += entry.credit ?? 0
      break
    }
    case "WrittenOff": {
      const problem = reduce(ledger, entry.debts, "writtenOff")
      if (problem !== undefined) return problem
      break
    }
  }
  settle(ledger, payable(ledger, entry.on, policy), ledger.credit)
  return undefined
}

const lineOf = (months: Map<Month.Month, Line>, month: Month.Month): Line => {
  const known = months.get(month)
  if (known !== undefined) return known
  const line = { billed: 0, carriedIn: 0, cancelled: 0, carriedOut: 0, writtenOff: 0, settled: 0 }
  months.set(month, line)
  return line
}

/** Money on a debt that is gone is kept again. */
const release = (ledger: Ledger, line: Line) => {
  const over = line.settled - due(line)
  if (over <= 0) return
  line.settled -= over
  ledger.credit += over
}

/**
 * Debts leave: what is unpaid first, then what money told late has settled meanwhile; that
 * money is kept again.
 */
const reduce = (
  ledger: Ledger,
  debts: ReadonlyArray<Debt>,
  how: "carriedOut" | "writtenOff"
): Omit<Conflict, "entry"> | undefined => {
  for (const { amount, month } of debts) {
    const lines = [ledger.bills.get(month), ledger.receivable.get(month)].filter((line) => line !== undefined)
    let left = amount
    for (const rest of [outstanding, due]) {
      for (const line of lines) {
        const taken = Math.min(left, rest(line))
        line[how] += taken
        left -= taken
      }
    }
    if (left > 0) return { problem: "MoreThanOwed", month }
    for (const line of lines) release(ledger, line)
  }
  return undefined
}

const payable = (ledger: Ledger, on: PlainDate.PlainDate, policy: Policy) => {
  if (ledger.credit <= 0) return []
  const now = Month.of(on)
  return [...asked(ledger.bills, on, policy), ...sorted(ledger.bills).filter(([month]) => !Month.isBefore(month, now))]
}

const settle = (ledger: Ledger, lines: ReadonlyArray<readonly [Month.Month, Line]>, most: number) => {
  let left = most
  for (const [, line] of lines) {
    const taken = Math.min(left, outstanding(line))
    line.settled += taken
    ledger.credit -= taken
    left -= taken
  }
}
