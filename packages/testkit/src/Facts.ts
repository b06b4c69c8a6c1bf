/**
 * Facts about people, as fast-check arbitraries: any mixture of known and unknown, with
 * birth dates drawn to the days on which a rule turns. Facts of a {@link scenario} can all
 * be true; for facts that cannot there is {@link contradictory}.
 *
 * @since 0.1.0
 */
import { Contradiction, Facts } from "@kis/core/eligibility"
import type { Dated } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

// --- models ---

/**
 * Facts and the days that they are asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Scenario {
  readonly facts: Facts.Facts
  readonly asOf: Dated.AsOf
}

type Values = { readonly [F in Facts.FactName]-?: fc.Arbitrary<NonNullable<Facts.Facts[F]>> }

// --- arbitraries ---

/**
 * A day between 2016 and 2031, half of the time one on which the national policy changes,
 * or its neighbour.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const day: fc.Arbitrary<PlainDate.PlainDate> = fc.oneof(
  fc.integer({ min: 0, max: 5478 }).map((offset) => PlainDate.addDays(PlainDate.make("2016-01-01"), offset)),
  fc
    .tuple(
      fc.constantFrom("2018-09-18", "2019-10-24", "2020-01-01", "2020-05-05", "2026-01-22", "2026-03-01"),
      fc.constantFrom(-1, 0, 1)
    )
    .map(([text, offset]) => PlainDate.addDays(PlainDate.make(text), offset))
)

/**
 * The days of a question. Mostly one is asked what is known on the day itself or later.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const asOf: fc.Arbitrary<Dated.AsOf> = fc.oneof(
  day.map((on) => ({ appliesOn: on, knownOn: on })),
  fc.record({ appliesOn: day, knownOn: day })
)

/**
 * A birth date for somebody on a day: anywhere in a life, or within two days of an age
 * at which a rule turns. Never after the day, unless `unborn` is asked for.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const birthDate = (
  on: PlainDate.PlainDate,
  options: { readonly unborn?: boolean } = {}
): fc.Arbitrary<PlainDate.PlainDate> => {
  const anywhere = fc.integer({ min: 0, max: 36_500 }).map((days) => PlainDate.addDays(on, -days))
  const turning = fc
    .tuple(fc.constantFrom(0, 1, 3, 12, 21 * 12, 23 * 12, 25 * 12), fc.integer({ min: -2, max: 2 }))
    .map(([months, offset]) => PlainDate.addDays(PlainDate.addMonths(on, -months), offset))
    .map((date) => (PlainDate.isAfter(date, on) ? on : date))
  const unborn = fc.integer({ min: 1, max: 400 }).map((days) => PlainDate.addDays(on, days))
  return options.unborn === true ? fc.oneof(anywhere, turning, unborn) : fc.oneof(anywhere, turning)
}

/**
 * An arbitrary of the value of each fact, for questions asked for a day.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const values = (on: PlainDate.PlainDate): Values => ({
  deceased: mostly(false),
  birthDate: birthDate(on, { unborn: true }),
  citizenship: fc.oneof(
    { weight: 3, arbitrary: fc.constant("WNI" as const) },
    { weight: 1, arbitrary: fc.constant("WNA" as const) }
  ),
  hasNik: mostly(true),
  hasPassport: fc.boolean(),
  hasPermit: fc.boolean(),
  stayMonths: fc.integer({ min: 0, max: 24 }),
  relation: fc.constantFrom("head", "spouse", "child", "parent", "parent-in-law", "other"),
  maritalStatus: fc.constantFrom("single", "married", "divorced", "widowed"),
  occupation,
  wage: fc.integer({ min: 0, max: 30_000_000 }),
  employerRegisters: fc.boolean(),
  studies: fc.boolean(),
  wardClass: fc.constantFrom(1, 2, 3),
  headOccupation: occupation,
  headBirthDate: birthDate(on, { unborn: true }),
  spouseOccupation: occupation,
  childOrder: fc.integer({ min: 1, max: 6 }),
  pbiDecree: fc.boolean(),
  decile: fc.integer({ min: 1, max: 10 }),
  residence: fc.constantFrom("3671", "3674", "9971"),
  localScheme: fc.boolean(),
  motherScheme: fc.constantFrom("pbi", "local", "other", "none")
})

/**
 * The same facts, with as few of them changed as makes them possible together on a day.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const mended = (facts: Facts.Facts, on: PlainDate.PlainDate): Facts.Facts => {
  const [found] = Contradiction.contradictions(facts, { appliesOn: on, knownOn: on })
  return found === undefined ? facts : mended({ ...facts, ...mending(found.code, facts, on) }, on)
}

/**
 * Every fact known. They may contradict each other.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const complete = (on: PlainDate.PlainDate): fc.Arbitrary<Facts.Facts> => fc.record(values(on))

/**
 * Any mixture of known and unknown facts. They may contradict each other.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const some = (on: PlainDate.PlainDate): fc.Arbitrary<Facts.Facts> => fc.record(values(on), { requiredKeys: [] })

/**
 * Any mixture of facts that can all be true, asked for any days. Mostly only a few facts are
 * missing, as in an application.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const scenario: fc.Arbitrary<Scenario> = asOf.chain((asked) =>
  fc
    .oneof(some(asked.appliesOn), missingFew(asked.appliesOn), complete(asked.appliesOn))
    .map((facts) => ({ facts: mended(facts, asked.appliesOn), asOf: asked }))
)

/**
 * Facts that cannot all be true, asked for any days.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const contradictory: fc.Arbitrary<Scenario> = asOf.chain((asked) =>
  fc
    .oneof(some(asked.appliesOn), complete(asked.appliesOn))
    .filter((facts) => Contradiction.contradictions(facts, asked).length > 0)
    .map((facts) => ({ facts, asOf: asked }))
)

/**
 * The facts with the named ones added, whatever they turn out to be. Facts that are known
 * already stay as they are.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const adding = (
  facts: Facts.Facts,
  names: ReadonlyArray<Facts.FactName>,
  on: PlainDate.PlainDate
): fc.Arbitrary<Facts.Facts> => {
  const all = values(on)
  const asked = names.filter((name) => facts[name] === undefined)
  return fc
    .record(Object.fromEntries(asked.map((name) => [name, all[name] as fc.Arbitrary<unknown>])))
    .map((added) => ({ ...facts, ...(added as Facts.Facts) }))
}

// --- private ---

const mending = (
  code: Contradiction.Contradiction["code"],
  facts: Facts.Facts,
  on: PlainDate.PlainDate
): Facts.Facts => {
  const birth = facts.birthDate ?? on
  switch (code) {
    case "BornAfterTheDay":
      return { birthDate: on }
    case "DeceasedButEmployed":
      return { deceased: false }
    case "NewbornMarried":
      return { maritalStatus: "single" }
    case "NewbornWithFamily":
      return { relation: "child" }
    case "WorkingInfant":
      return { occupation: "none" }
    case "WageWithoutWork":
      return { wage: 0 }
    case "ChildOlderThanHead":
      return { headBirthDate: PlainDate.addYears(birth, -20) }
    default:
      // A head born on the day is younger than any parent.
      return { headBirthDate: on }
  }
}

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) })
}

const occupation: fc.Arbitrary<Facts.Occupation> = fc.constantFrom(...Facts.Occupation.literals)

const missingFew = (on: PlainDate.PlainDate): fc.Arbitrary<Facts.Facts> =>
  fc.tuple(complete(on), fc.subarray([...Facts.names], { maxLength: 3 })).map(([facts, unknown]) => {
    const known = Object.entries(facts).filter(([name]) => !unknown.includes(name as Facts.FactName))
    return Object.fromEntries(known) as Facts.Facts
  })
