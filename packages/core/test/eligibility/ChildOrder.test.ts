import { assert, describe, it } from "@effect/vitest"
import { ChildOrder, type Facts } from "@kis/core/eligibility"
import { National, Policy } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"

const today = PlainDate.make("2026-02-10")
const asOf = { appliesOn: today, knownOn: today }

const child = (birthDate: string, more: Facts.Facts = {}): Facts.Facts => ({
  birthDate: PlainDate.make(birthDate),
  maritalStatus: "single",
  occupation: "none",
  ...more
})

/** Children around the two limits of age, of whom not everything is told. */
const anyChild: fc.Arbitrary<Facts.Facts> = fc
  .record({
    birthDate: fc
      .constantFrom("1999-05-01", "2001-02-10", "2001-02-11", "2003-07-01", "2005-02-10", "2005-02-11", "2015-01-01")
      .map(PlainDate.make),
    maritalStatus: fc.constantFrom(undefined, "single", "single", "married"),
    occupation: fc.constantFrom(undefined, "none", "none", "private"),
    studies: fc.constantFrom(undefined, true, false)
  })
  .map((facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)))

/** Every way in which what is not told could be. */
const completions = (children: ReadonlyArray<Facts.Facts>): ReadonlyArray<ReadonlyArray<Facts.Facts>> =>
  children.reduce<ReadonlyArray<ReadonlyArray<Facts.Facts>>>(
    (worlds, facts) => {
      const studies = facts.studies === undefined ? [true, false] : [facts.studies]
      const marriages = facts.maritalStatus === undefined ? (["single", "married"] as const) : [facts.maritalStatus]
      const works = facts.occupation === undefined ? (["none", "private"] as const) : [facts.occupation]
      const told = studies.flatMap((studies) =>
        marriages.flatMap((maritalStatus) =>
          works.map((occupation): Facts.Facts => ({ ...facts, studies, maritalStatus, occupation }))
        )
      )
      return worlds.flatMap((world) => told.map((one) => [...world, one]))
    },
    [[]]
  )

describe("ChildOrder", () => {
  it("the eldest is the first, whatever the order of the lines; twins keep it", () => {
    const [a, b, c, d] = [child("2010-01-01"), child("2012-01-01"), child("2012-01-01"), child("2015-01-01")] as const
    assert.deepStrictEqual(ChildOrder.among([d, b, a, c], asOf), [4, 2, 1, 3])
  })

  it("married, earning and too old ones have no place and take none", () => {
    const family = [
      child("2000-01-01", { studies: true }),
      child("2004-01-01", { studies: false }),
      child("2006-01-01", { maritalStatus: "married" }),
      child("2007-01-01", { occupation: "private" }),
      child("2010-01-01")
    ]
    assert.deepStrictEqual(ChildOrder.among(family, asOf), [undefined, undefined, undefined, undefined, 1])
  })

  it("of a child without a date of birth the order of the lines decides", () => {
    const { birthDate: _, ...undated } = child("2010-01-01")
    assert.deepStrictEqual(ChildOrder.among([undated, child("2012-01-01")], asOf), [1, 2])
  })

  it("a place that nobody knows is given only where it settles cover", () => {
    const open = child("2004-01-01")
    const three = [child("2008-01-01"), child("2010-01-01"), child("2012-01-01")]
    assert.deepStrictEqual(ChildOrder.among([open, ...three], asOf), [1, 2, 3, undefined])
    const sure = child("2007-01-01")
    assert.deepStrictEqual(ChildOrder.among([open, sure, ...three], asOf), [1, 2, 3, undefined, 4])
  })

  it("how many are covered comes from the policy, and without it an open place stays open", () => {
    const family = [child("2004-01-01"), child("2008-01-01"), child("2010-01-01")]
    const { coveredChildren } = National.policy.parameters
    const history = coveredChildren.history.map((entry) => ({ ...entry, value: 1 }))
    const one = Result.getOrThrow(
      Policy.make({
        version: "one child",
        parameters: { ...National.policy.parameters, coveredChildren: { ...coveredChildren, history } }
      })
    )
    assert.deepStrictEqual(ChildOrder.among(family, asOf), [1, 2, 3])
    assert.deepStrictEqual(ChildOrder.among(family, asOf, one), [1, undefined, 2])
  })

  it("holds in every way in which what is not told could be: nobody is covered or left out by a guess", () => {
    const covered = 3
    fc.assert(
      fc.property(fc.array(anyChild, { minLength: 1, maxLength: 5 }), (children) => {
        const worlds = completions(children).map((world) => ChildOrder.among(world, asOf))
        ChildOrder.among(children, asOf).forEach((place, index) => {
          const possible = worlds.map((world) => world[index]).filter((_) => _ !== undefined)
          const answers = new Set(possible.map((_) => _ <= covered))
          if (place === undefined) assert.notStrictEqual(answers.size, 1)
          else assert.deepStrictEqual([...answers], [place <= covered])
        })
      }),
      { numRuns: 500 }
    )
  })
})
