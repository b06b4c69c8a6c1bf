/** Who is on which card after an event, who heads it, and what is recorded of them; and what cannot have happened. */
import { assert, describe, it } from "@effect/vitest"
import { type Family, LifePlan } from "@kis/core/membership"
import * as Result from "effect/Result"
import {
  carried,
  changeOf,
  codes,
  couple,
  day,
  enrolled,
  father,
  first,
  fourth,
  granny,
  known,
  mother,
  on,
  person,
  places,
  planned,
  refused,
  second,
  start,
  third,
  today,
  told,
  workers
} from "./families.ts"

const factsOf = (plan: LifePlan.LifePlan, ref: Family.Member["ref"]) =>
  plan.people.find((member) => member.ref === ref)?.facts

const died = (of: Family.Member["ref"]) => ({ _tag: "Death", of, diedOn: day("2026-02-03") }) as const

const widower = (...others: ReadonlyArray<Family.Member>) =>
  enrolled(
    [
      person(father, "head", "1955-01-01", { maritalStatus: "widowed", occupation: "private", wage: 6_000_000 }),
      ...others
    ],
    start
  )

describe("who heads a card", () => {
  it("is the spouse of the old head, to whom the parents of either are the other's parents", () => {
    const family = enrolled(
      couple({}, {}, [
        person(granny, "parent", "1940-01-01", { maritalStatus: "widowed" }),
        person(third, "parent-in-law", "1945-01-01", { maritalStatus: "widowed" }),
        person(fourth, "other", "1999-01-01")
      ]),
      start
    )
    assert.deepStrictEqual(places(carried(family, died(father), today).family), [
      [father, "head"],
      [mother, "head"],
      [first, "child"],
      [second, "child"],
      [granny, "parent-in-law"],
      [third, "parent"],
      [fourth, "other"]
    ])
    const plan = planned(family, died(father), today)
    assert.include(codes(plan, mother), "HeadOfCardSucceeds")
    assert.notInclude(codes(plan, granny), "HeadOfCardSucceeds")
    assert.notInclude(codes(plan, granny), "NoHeadCanFollow")
    // whose head stays keeps it
    assert.deepStrictEqual(places(carried(family, died(first), today).family), places(family))
  })

  it("is otherwise the eldest who stands on their own feet, to whom the living are others; the dead keep their place", () => {
    const family = widower(
      person(first, "child", "1990-01-01", { occupation: "private", wage: 5_000_000 }),
      person(second, "child", "2013-01-01"),
      person(granny, "parent", "1935-01-01", { maritalStatus: "widowed" })
    )
    assert.deepStrictEqual(places(carried(family, died(father), today).family), [
      [father, "head"],
      [first, "other"],
      [second, "other"],
      [granny, "head"]
    ])
    // a spouse comes first, however old the parents are
    const old = enrolled(couple({}, {}, [person(granny, "parent", "1940-01-01")]), start)
    assert.deepStrictEqual(places(carried(old, died(father), today).family)?.slice(0, 2), [
      [father, "head"],
      [mother, "head"]
    ])
  })

  it("is a child only who earns or has married, as far as that is known", () => {
    const child = (facts: Partial<Family.Own>) => person(first, "child", "2000-01-01", facts)
    const unknown = (key: "occupation" | "maritalStatus"): Family.Member => {
      const { facts, ...rest } = child({})
      const { [key]: _, ...others } = facts
      return { ...rest, facts: others }
    }
    const cases: ReadonlyArray<readonly [string, Family.Member, boolean]> = [
      ["single, without work", child({}), false],
      ["single, earns", child({ occupation: "own-account" }), true],
      ["married, without work", child({ maritalStatus: "divorced" }), true],
      ["nobody knows whether married", unknown("maritalStatus"), false],
      ["nobody knows whether at work", unknown("occupation"), false],
      ["a single relative without work", person(first, "other", "2000-01-01"), true]
    ]
    for (const [name, heir, heads] of cases) {
      const family = { ...widower(person(second, "child", "2013-01-01")) }
      const { family: left } = carried({ ...family, members: [...family.members, heir] }, died(father), today)
      assert.deepStrictEqual(
        places(left),
        [
          [father, "head"],
          [second, heads ? "other" : "child"],
          [first, heads ? "head" : heir.relation]
        ],
        name
      )
    }
  })

  it("goes along to a new card, on which a child of the head stays a child, and is told only to who did not head one", () => {
    const old = person(granny, "parent", "1940-01-01", { maritalStatus: "widowed" })
    const family = enrolled(couple({}, {}, [old]), start)
    const event = { _tag: "Divorce", leaves: [father, second, granny] } as const
    const { family: stayed, parted } = carried(family, event, today)
    assert.deepStrictEqual(places(parted), [
      [father, "head"],
      [second, "child"],
      [granny, "parent"]
    ])
    assert.deepStrictEqual(places(stayed), [
      [mother, "head"],
      [first, "child"]
    ])
    const plan = planned(family, event, today)
    assert.deepStrictEqual(codes(plan, father), ["FamilyCardParts", "PrivateWorker"])
    assert.include(codes(plan, mother), "HeadOfCardSucceeds")
    // her mother, who was the head's mother-in-law
    const hers = enrolled(couple({}, {}, [{ ...old, relation: "parent-in-law" }]), start)
    assert.deepStrictEqual(places(carried(hers, { _tag: "Divorce", leaves: [mother, granny] }, today).parted), [
      [mother, "head"],
      [granny, "parent"]
    ])
  })
})

describe("where the spouse stands", () => {
  const grown = enrolled([...couple().slice(0, 2), person(first, "child", "2003-01-01")], start)
  const spouse = { ref: fourth, facts: known("1999-01-01"), verified: true }

  it("of somebody who does not head the card is among the others, unless they found a card", () => {
    const event = { _tag: "Marriage", of: first, spouse } as const
    const stayed = carried(grown, event, today)
    assert.isUndefined(stayed.parted)
    assert.deepStrictEqual(places(stayed.family), [
      [father, "head"],
      [mother, "spouse"],
      [first, "child"],
      [fourth, "other"]
    ])
    const founded = carried(grown, { ...event, newCard: true }, today)
    assert.deepStrictEqual(places(founded.parted), [
      [first, "head"],
      [fourth, "spouse"]
    ])
  })

  it("of the head is beside the head, who has a card already", () => {
    const alone = widower(person(granny, "parent", "1935-01-01"))
    const married = carried(alone, { _tag: "Marriage", of: father, newCard: true, spouse }, today)
    assert.isUndefined(married.parted)
    assert.deepStrictEqual(places(married.family), [
      [father, "head"],
      [granny, "parent"],
      [fourth, "spouse"]
    ])
  })
})

describe("what is recorded", () => {
  const born = { _tag: "Birth", ref: third, birthDate: day("2026-02-01"), hasNik: false } as const

  it("of a newborn is all that can be said of one, and how a mother elsewhere is covered", () => {
    const facts = {
      deceased: false,
      birthDate: "2026-02-01",
      citizenship: "WNI",
      hasNik: false,
      maritalStatus: "single",
      occupation: "none",
      studies: false,
      pbiDecree: false,
      localScheme: false,
      residence: "9971"
    }
    const with_ = planned(workers, { ...born, mother }, today)
    assert.deepStrictEqual(with_.people, [{ ref: third, relation: "child", mother, facts: facts as Family.Own }])
    for (const motherScheme of ["pbi", "local", "none"] as const) {
      const plan = planned(workers, { ...born, motherScheme }, today)
      assert.deepStrictEqual(plan.people, [
        { ref: third, relation: "child", facts: { ...facts, motherScheme } as Family.Own }
      ])
    }
  })

  it("of a new job is who pays and the wage, and no wage of the old one where it is not said", () => {
    const job = { _tag: "NewJob", of: father, paidBy: "private" } as const
    const { wage: _, ...rest } = workers.members[0]!.facts
    assert.deepStrictEqual(factsOf(planned(workers, job, today), father), { ...rest, occupation: "private" })
    assert.strictEqual(factsOf(planned(workers, { ...job, wage: 7_000_000 }, today), father)?.wage, 7_000_000)
    // in the same segment it changes nothing, and the worker is told why
    const plan = planned(workers, job, today)
    assert.strictEqual(told(plan, father), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.deepStrictEqual(codes(plan, father), ["CoverFollowsFamily", "PrivateWorker"])
    assert.deepStrictEqual(
      plan.changes.map(({ ref }) => ref),
      [father]
    )
  })

  it("of a retirement is the pension, or the reference pay of a veteran", () => {
    const retired = { _tag: "Retirement", of: father } as const
    const member = (plan: LifePlan.LifePlan) => plan.people.find(({ ref }) => ref === father)
    const veteran = member(planned(workers, { ...retired, as: "veteran", referencePay: 5_000_000 }, today))
    assert.deepInclude(veteran, { referencePay: 5_000_000 })
    assert.notProperty(veteran, "pension")
    const pensioner = member(planned(workers, { ...retired, as: "pensioner", pension: 3_000_000 }, today))
    assert.deepInclude(pensioner, { pension: 3_000_000 })
    assert.notProperty(pensioner, "referencePay")
  })

  it("of a local scheme after a move is the answer of the new place, and what it was where nothing can have changed", () => {
    const cases = [
      // before, to, answer, after
      [false, "9972", undefined, false],
      [true, "9971", undefined, true],
      [true, "9972", undefined, undefined],
      [false, "9971", undefined, false],
      [undefined, "9972", undefined, undefined],
      [true, "9972", true, true],
      [false, "9972", true, true],
      [true, "9972", false, false],
      [true, "9971", false, false]
    ] as const
    for (const [localScheme, residence, answer, after] of cases) {
      const { localScheme: _, ...others } = known("1990-01-01", { occupation: "own-account" })
      const facts = { ...others, ...(localScheme === undefined ? {} : { localScheme }) }
      const family: Family.Family = { revision: 0, office: "0903", members: [{ ref: father, relation: "head", facts }] }
      const event = { _tag: "Move", residence, ...(answer === undefined ? {} : { localScheme: answer }) } as const
      const found = factsOf(planned(family, event, today), father)
      const expected = { ...others, residence, ...(after === undefined ? {} : { localScheme: after }) }
      assert.deepStrictEqual(found, expected, JSON.stringify([localScheme, residence, answer]))
    }
  })
})

describe("what cannot have happened", () => {
  const reasons = (family: Family.Family, event: LifePlan.LifePlan["event"], asOf = today) => {
    const result = LifePlan.preview(family, event, asOf)
    return Result.isFailure(result) ? result.failure.reasons : []
  }
  const turns = { _tag: "ChildTurns", of: first, studies: false } as const

  it("is a wedding with somebody of the family", () => {
    const alone = widower(person(granny, "other", "1960-01-01"))
    const spouse = { ref: granny, facts: known("1960-01-01"), verified: true }
    assert.deepStrictEqual(refused(alone, { _tag: "Marriage", of: father, spouse }, today), ["PersonAlreadyOfFamily"])
  })

  it("is coming of age before the age, which is named; of whom nobody knows it, and by no rule", () => {
    assert.deepStrictEqual(reasons(workers, turns), [{ code: "NotYetOfAge", params: { age: 21 } }])
    const members = workers.members.map((member) => {
      if (member.ref !== first) return member
      const { birthDate: _, ...facts } = member.facts
      return { ...member, facts }
    })
    assert.deepStrictEqual(reasons({ ...workers, members }, turns), [{ code: "MissingBirthDate" }])
    // long before there was a scheme, nothing said how long somebody is a child
    assert.deepStrictEqual(reasons(workers, turns, on("2013-12-31")), [
      { code: "RuleNotKnown", params: { rule: "FAM-2" } }
    ])
  })

  it("is not the end of work for the state", () => {
    const state = enrolled(couple({ occupation: "state", wage: 6_000_000 }), start)
    const plan = planned(state, { _tag: "Dismissal", of: father, cause: "resignation" }, today)
    assert.strictEqual(changeOf(plan, father)?.kind, "moves")
  })

  it("is what contradicts itself by the event, and not what did before", () => {
    const odd = {
      ...workers,
      members: workers.members.map((member) =>
        member.ref === mother ? { ...member, facts: { ...member.facts, wage: 1_000_000 } } : member
      )
    }
    const child = (wage: number) => ({ ref: third, facts: known("2020-01-01", { wage }), verified: true })
    assert.deepStrictEqual(refused(odd, { _tag: "Move", residence: "9972" }, today), ["not refused"])
    assert.deepStrictEqual(refused(odd, { _tag: "Adoption", child: child(0) }, today), ["not refused"])
    assert.deepStrictEqual(refused(odd, { _tag: "Adoption", child: child(5) }, today), ["WageWithoutWork"])
    assert.deepStrictEqual(refused(workers, { _tag: "Adoption", child: child(5) }, today), ["WageWithoutWork"])
    // a second contradiction is the event's, though there was another one already
    const infant = { _tag: "FactsCorrected", of: mother, facts: { birthDate: day("2025-12-01") } } as const
    assert.deepStrictEqual(refused(odd, infant, today), ["NewbornMarried", "NewbornWithFamily"])
  })
})
