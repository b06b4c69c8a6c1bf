/**
 * Two opposite defects: one person with many accounts (A), and many persons on one NIK (B).
 *
 * Of the accounts of one person one is kept. Which one is a proposal, not law: the person may
 * object, and an officer decides. Persons who share a NIK are never merged.
 *
 * @since 0.1.0
 */
import * as Precedence from "../eligibility/Precedence.ts"
import type { GroundId } from "../eligibility/Rules.ts"
import type { Segment } from "../identity/Segment.ts"
import type { Reason } from "../policy/Reason.ts"
import type { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * One account of the person. `matched`: the population register knows its data. `statePaid` is asked
 * of BP: pensioners and veterans. Absent `inTreatment` is unknown, and counts as yes.
 *
 * @category models
 * @since 0.1.0
 */
export interface Account {
  readonly ref: string
  readonly segment: Segment
  readonly matched: boolean
  readonly openedOn: PlainDate
  readonly statePaid?: boolean
  readonly inTreatment?: boolean
}

/**
 * `keep` is the account that is proposed; `close` are the others, and of those `waits` are held
 * open until the treatment on them is over.
 *
 * @category models
 * @since 0.1.0
 */
export interface Survivor {
  readonly _tag: "Survivor"
  readonly keep: string
  readonly close: ReadonlyArray<string>
  readonly waits: ReadonlyArray<string>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * `A`: one person, many accounts. `B`: many persons, one NIK.
 *
 * @category models
 * @since 0.1.0
 */
export interface Kind {
  readonly _tag: "Kind"
  readonly kind: "A" | "B" | "none"
  readonly mayMerge: boolean
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<"samePerson">
  /** Until it is known nothing is merged. */
  readonly mayMerge: false
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- reading ---

/**
 * Which account of one person to keep: the segment that comes first, then the one that the
 * population register knows, then the oldest. The order in which they are given does not matter.
 *
 * @example
 * const openedOn = PlainDate.make("2018-07-01")
 * const choice = Duplicate.survivor([
 *   { ref: "parents", segment: "PBPU", matched: true, openedOn },
 *   { ref: "husband", segment: "PPU-BU", matched: true, openedOn }
 * ])
 * choice.keep // => "husband"
 *
 * @category reading
 * @since 0.1.0
 */
export const survivor = (accounts: readonly [Account, ...ReadonlyArray<Account>]): Survivor => {
  const [first, ...rest] = accounts
  const kept = rest.reduce((best, account) => (compare(account, best).order < 0 ? account : best), first)
  const closed = accounts.filter((account) => account !== kept)
  const [rival] = closed.toSorted((a, b) => compare(a, b).order)
  return {
    _tag: "Survivor",
    keep: kept.ref,
    close: closed.map((account) => account.ref),
    waits: closed.filter((account) => account.inTreatment !== false).map((account) => account.ref),
    reasons: [
      { code: rival === undefined ? "SurvivorOnly" : compare(kept, rival).code },
      ...(closed.some((account) => account.inTreatment === true) ? [{ code: "CareContinues" } as const] : []),
      ...(closed.some((account) => account.inTreatment === undefined) ? [{ code: "CareUnknown" } as const] : [])
    ]
  }
}

/**
 * Which defect two accounts show. Whether they are one person's is an officer's finding; while it
 * is open, nothing is merged.
 *
 * @example
 * Duplicate.kind({ samePerson: false, sameNik: true }).mayMerge // => false
 *
 * @category reading
 * @since 0.1.0
 */
export const kind = (of: { readonly samePerson?: boolean; readonly sameNik: boolean }): Kind | Unknown => {
  if (of.samePerson === undefined) {
    return { _tag: "Unknown", missing: ["samePerson"], mayMerge: false, reasons: [{ code: "MissingSamePerson" }] }
  }
  if (of.samePerson) return { _tag: "Kind", kind: "A", mayMerge: true, reasons: [{ code: "DuplicateOnePerson" }] }
  return of.sameNik
    ? { _tag: "Kind", kind: "B", mayMerge: false, reasons: [{ code: "DuplicateTwoPersons" }] }
    : { _tag: "Kind", kind: "none", mayMerge: false, reasons: [{ code: "DuplicateNone" }] }
}

// --- private ---

/** The ground that a segment stands for in the order of precedence. */
const groundOf = ({ segment, statePaid }: Account): GroundId => {
  switch (segment) {
    case "PPU-PN":
      return "state-work"
    case "PPU-BU":
      return "private-work"
    case "BP":
      return statePaid === true ? "state-paid" : "non-worker"
    case "PBI-JK":
      return "pbi"
    case "PBPU-PD":
      return "local"
    case "PBPU":
      return "own-account"
  }
}

const rankOf = (account: Account) => Precedence.national.indexOf(groundOf(account))

interface Comparison {
  readonly order: number
  readonly code: "SurvivorBySegment" | "SurvivorByMatch" | "SurvivorByAge"
}

const compare = (a: Account, b: Account): Comparison => {
  const segment = rankOf(a) - rankOf(b)
  if (segment !== 0) return { order: segment, code: "SurvivorBySegment" }
  const match = Number(b.matched) - Number(a.matched)
  if (match !== 0) return { order: match, code: "SurvivorByMatch" }
  const [left, right] = [`${a.openedOn} ${a.ref}`, `${b.openedOn} ${b.ref}`]
  return { order: left < right ? -1 : left > right ? 1 : 0, code: "SurvivorByAge" }
}
