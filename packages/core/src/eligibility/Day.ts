/**
 * What the policy says on two days, made ready for asking about many people.
 *
 * Ages become birth dates to compare with, once a day instead of once a person.
 *
 * @since 0.1.0
 */
import { type AsOf, type Dated, type Entry, isBeyondVerified } from "../policy/Dated.ts"
import * as Policy from "../policy/Policy.ts"
import { addDays, addMonths, addYears, isBefore, type PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * Where a parameter has no value on the day, what depends on it is `undefined`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Day {
  readonly policy: Policy.Policy
  readonly inForce: Policy.InForce
  /** The same text on all days on which the policy says the same. */
  readonly regime: string
  readonly appliesOn: PlainDate
  /** First birth date of those who are not one year old yet. */
  readonly infantFrom: PlainDate
  /** First birth date of those who may be registered without NIK. */
  readonly newbornFrom: PlainDate | undefined
  /** First birth date of those who are PBI with their mother. */
  readonly pbiNewbornFrom: PlainDate | undefined
  /** Last birth date of those too old to be covered as a child. */
  readonly childUntil: PlainDate | undefined
  /** Last birth date of those too old to be covered as a child in education. */
  readonly studentUntil: PlainDate | undefined
  readonly foreignerMonths: number | undefined
  readonly coveredChildren: number | undefined
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (policy: Policy.Policy, asOf: AsOf): Day => {
  const inForce = Policy.inForce(policy, asOf)
  const { appliesOn } = asOf
  const { childAge, coveredChildren, foreignerMonths, newbornNikMonths, newbornPbiMonths, studentAge } = inForce.entries
  return {
    policy,
    inForce,
    regime: regimeOf(policy, inForce),
    appliesOn,
    infantFrom: addDays(addYears(appliesOn, -1), 1),
    newbornFrom: newbornNikMonths && firstWithin(appliesOn, newbornNikMonths.value),
    pbiNewbornFrom: newbornPbiMonths && firstWithin(appliesOn, newbornPbiMonths.value),
    childUntil: childAge && addYears(appliesOn, -childAge.value),
    studentUntil: studentAge && addYears(appliesOn, -studentAge.value),
    foreignerMonths: foreignerMonths?.value,
    coveredChildren: coveredChildren?.value
  }
}

// --- private ---

const regimeOf = (policy: Policy.Policy, inForce: Policy.InForce): string =>
  Policy.names(policy)
    .map((name) => {
      const history: Dated<unknown> = policy.parameters[name].history
      const entry: Entry<unknown> | undefined = inForce.entries[name]
      if (entry === undefined) return "-"
      return `${history.indexOf(entry)}${isBeyondVerified(entry, inForce.asOf) ? "!" : ""}`
    })
    .join(" ")

/**
 * The earliest birth date whose `months` have not passed by on the day; the day on which
 * they are complete still counts. Going back may end on a shorter month's last day, from
 * which the months are complete too early: then the next day is the one.
 */
const firstWithin = (on: PlainDate, months: number): PlainDate => {
  let birth = addMonths(on, -months)
  while (isBefore(addMonths(birth, months), on)) birth = addDays(birth, 1)
  return birth
}
