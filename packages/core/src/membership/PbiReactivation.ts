/**
 * Being put back on PBI-JK after a removal, for whom care is needed.
 *
 * The letter of a health facility comes first, for any need of care; then that of the social
 * office. The old rule's limit of months is not asserted once that rule is revoked.
 *
 * @since 0.1.0
 */
import type { AsOf } from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Reason } from "../policy/Reason.ts"
import { addMonths, isAfter, type PlainDate } from "../time/PlainDate.ts"
import { caveats, dayOf, notKnown, ruleNotKnown, some } from "./internal/day.ts"
import type { PaperId } from "./Paper.ts"

// --- models ---

interface Answer {
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  readonly notes: ReadonlyArray<Reason>
}

/**
 * `removedOn` is the day of the decree that removed the person.
 *
 * @category models
 * @since 0.1.0
 */
export interface Given {
  readonly removedOn: PlainDate
  readonly healthLetter?: boolean
  readonly dinsosLetter?: boolean
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Allowed extends Answer {
  readonly _tag: "Allowed"
  readonly effectiveOn: PlainDate
  readonly papers: ReadonlyArray<PaperId>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Refused extends Answer {
  readonly _tag: "Refused"
  readonly papers: ReadonlyArray<PaperId>
}

/**
 * `missing` is empty only where the policy has no value for the day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown {
  readonly _tag: "Unknown"
  readonly missing: ReadonlyArray<"healthLetter" | "dinsosLetter">
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

// --- reading ---

/**
 * Whether somebody may be put back, asked for on `appliesOn`. A refusal is given even where a
 * letter was not asked about: nothing that letter says could change it.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const judged = PbiReactivation.judge(
 *   { removedOn: PlainDate.make("2026-02-01"), healthLetter: true, dinsosLetter: true },
 *   { appliesOn: today, knownOn: today }
 * )
 * judged._tag // => "Allowed"
 *
 * @category reading
 * @since 0.1.0
 */
export const judge = (of: Given, asOf: AsOf, policy: Policy = National.policy): Allowed | Refused | Unknown => {
  const day = dayOf(policy, asOf)
  if (day.entries.mainRegulation === undefined) return notKnown(day, "mainRegulation")
  const limit = day.entries.pbiReactivationMonths
  const last = limit === undefined ? undefined : addMonths(of.removedOn, limit.value)
  const notes = [
    ...caveats(day, "mainRegulation", "pbiReactivationMonths"),
    ...(limit === undefined ? [ruleNotKnown(day, "pbiReactivationMonths")] : [])
  ]
  const tooLate: ReadonlyArray<Reason> =
    limit !== undefined && last !== undefined && isAfter(asOf.appliesOn, last)
      ? [{ code: "ReactivationTooLate", params: { months: limit.value, date: last } }]
      : []
  const without: ReadonlyArray<Reason> =
    of.healthLetter === false || of.dinsosLetter === false ? [{ code: "ReactivationLetterMissing" }] : []
  const refusals = some([...tooLate, ...without])
  if (refusals !== undefined) return { _tag: "Refused", papers, reasons: refusals, notes }

  const missing = (["healthLetter", "dinsosLetter"] as const).filter((letter) => of[letter] === undefined)
  const questions = some(missing.map((letter): Reason => ({ code: asking[letter] })))
  if (questions !== undefined) return { _tag: "Unknown", missing, reasons: questions }
  return { _tag: "Allowed", effectiveOn: asOf.appliesOn, papers, reasons: [{ code: "ReactivationAllowed" }], notes }
}

// --- private ---

const papers: ReadonlyArray<PaperId> = ["health-letter", "social-office-letter", "card"]

const asking = { healthLetter: "MissingHealthLetter", dinsosLetter: "MissingDinsosLetter" } as const
