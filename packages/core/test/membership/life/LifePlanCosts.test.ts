/** What a change costs, which class of ward it comes with, and which papers and notes. */
import { assert, describe, it } from "@effect/vitest"
import type { Family, LifePlan } from "@kis/core/membership"
import {
  active,
  carried,
  changeOf,
  codes,
  costs,
  couple,
  day,
  enrolled,
  father,
  first,
  fourth,
  held,
  id,
  inCare,
  known,
  mother,
  on,
  person,
  planned,
  second,
  start,
  third,
  today,
  told,
  traders,
  workers
} from "./families.ts"

const adoption = { _tag: "Adoption", child: { ref: third, facts: known("2020-01-01"), verified: true } } as const
const resigned = { _tag: "Dismissal", of: father, cause: "resignation" } as const
const fatherDied = { _tag: "Death", of: father, diedOn: day("2026-02-03") } as const
const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
const grown = enrolled([...couple().slice(0, 2), person(first, "child", "2005-02-10")], start)
const turns = { _tag: "ChildTurns", of: first } as const

describe("what a change costs", () => {
  it("counts the local minimum wage, where it is known, for the worker and for the extra family", () => {
    const old = person(id(7), "parent", "1940-01-01")
    const job = { _tag: "NewJob", of: father, paidBy: "state", wage: 6_000_000 } as const
    const family = enrolled(couple({}, {}, [old]), start)
    const plan = planned(family, job, today)
    assert.deepStrictEqual(costs(plan, father), [300_000, 300_000])
    assert.deepStrictEqual(costs(plan, id(7)), [60_000, 60_000])
    const raised = planned({ ...family, minimumWage: 7_000_000 }, job, today)
    assert.deepStrictEqual(costs(raised, father), [350_000, 350_000])
    assert.deepStrictEqual(costs(raised, id(7)), [70_000, 70_000])
  })

  it("is of a veteran the part of the reference pay that the state pays, and unknown without it", () => {
    const retired = { _tag: "Retirement", of: father, as: "veteran" } as const
    // 5 % of 45 % of the pay
    assert.deepStrictEqual(
      costs(planned(workers, { ...retired, referencePay: 5_000_000 }, today), father),
      [300_000, 112_500]
    )
    assert.deepStrictEqual(costs(planned(workers, retired, today), father), [300_000, "Unknown"])
  })

  it("tells the subsidy of class III, which arrears take away", () => {
    const lines = (family: Family.Family) => {
      const before = changeOf(planned(family, { _tag: "StartsSelfPay", of: [father] }, today), father)?.cost.before
      return before?._tag === "Due" ? before.lines.map(({ reason }) => reason.code) : []
    }
    const subsidised = ["ThirdClassMember", "ThirdClassSubsidy", "ThirdClassSubsidy"]
    assert.sameMembers(lines(active(traders)), subsidised)
    assert.sameMembers(lines(traders), subsidised)
    assert.deepStrictEqual(lines(held(traders, father, { state: "SUSPENDED_ARREARS" })), ["ThirdClassUnsubsidised"])
  })

  it("is of an extra child 1 % of the wage of whoever of the couple works", () => {
    const cousin = person(id(8), "other", "1999-01-01", { occupation: "private", wage: 9_000_000 })
    const more = [person(third, "child", "2016-01-01"), cousin]
    const child = { ref: fourth, facts: known("2024-01-01"), verified: true }
    const families = [
      couple({}, {}, more),
      couple({ occupation: "state", wage: 6_000_000 }, {}, more),
      couple({ occupation: "none" }, { occupation: "private", wage: 6_000_000 }, more),
      couple({ occupation: "none" }, { occupation: "state", wage: 6_000_000 }, more),
      // the cousin first on the card, who pays for nobody
      couple({}, {}, more).toReversed()
    ]
    for (const [i, members] of families.entries()) {
      const plan = planned(enrolled(members, start), { _tag: "Adoption", child }, today)
      assert.deepStrictEqual(costs(plan, fourth), [undefined, 60_000], `family ${i}`)
    }
  })

  it("is not told where the rules would place somebody elsewhere than where they stand", () => {
    // a child that is too old for the cover that it still had
    assert.deepStrictEqual(costs(planned(grown, { ...turns, studies: false }, today), first), [undefined, 42_000])
    // and while a move waits, nobody pays for where it leads
    const plan = planned(inCare(workers, first), fatherDied, today)
    assert.strictEqual(told(plan, first), "waits: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.deepStrictEqual(costs(plan, first), [0, undefined])
    assert.deepStrictEqual(costs(plan, second), [0, 42_000])
    assert.deepStrictEqual(costs(plan, father), [300_000, undefined])
  })
})

describe("the class of ward", () => {
  const classOf = (members: ReadonlyArray<Family.Member>, child: Family.Own = known("2020-01-01")) => {
    const event = { _tag: "Adoption", child: { ref: third, facts: child, verified: true } } as const
    const after = changeOf(planned(enrolled(members, start), event, today), third)?.after
    return [after?.wardClass, after?.classSince]
  }

  it("goes by the better wage of the couple, and stays open where no wage is known", () => {
    const earns = (wage: number) => ({ occupation: "private", wage }) as const
    const since = day("2026-02-10")
    assert.deepStrictEqual(classOf(couple(earns(3_000_000))), [2, since])
    assert.deepStrictEqual(classOf(couple(earns(6_000_000))), [1, since])
    assert.deepStrictEqual(classOf(couple(earns(3_000_000), earns(6_000_000))), [1, since])
    assert.deepStrictEqual(classOf(couple(earns(6_000_000), earns(3_000_000))), [1, since])
    assert.deepStrictEqual(classOf(couple({ occupation: "private" })), [undefined, undefined])
    // who marries comes into the better class, whatever their own wage
    const alone = enrolled([person(father, "head", "1990-01-01", earns(6_000_000))], start)
    const spouse = { ref: mother, facts: known("1992-02-02", earns(3_000_000)), verified: true }
    const wedding = planned(alone, { _tag: "Marriage", of: father, spouse }, today)
    assert.strictEqual(changeOf(wedding, mother)?.after?.wardClass, 1)
    // a brother's wage is his own
    const brother = person(id(8), "other", "1999-01-01", earns(9_000_000))
    assert.deepStrictEqual(classOf(couple(earns(3_000_000), {}, [brother])), [2, since])
  })

  it("that is chosen for paying oneself is the whole family's from then on", () => {
    const { family: left } = carried(workers, resigned, today)
    const of = [father, mother, first, second] as const
    const later = on("2026-03-05")
    const chosen = { _tag: "StartsSelfPay", of, wardClass: 2 } as const
    assert.strictEqual(planned(left, chosen, later).wardClass, 2)
    const { family } = carried(left, chosen, later)
    assert.strictEqual(family.wardClass, 2)
    // a child that comes in afterwards comes into that class
    assert.strictEqual(changeOf(planned(family, adoption, later), third)?.after?.wardClass, 2)
    // without a word about it the class is the one that there was
    assert.strictEqual(carried(left, { _tag: "StartsSelfPay", of }, later).family.wardClass, 3)
  })

  it("is not made up for a family that has none", () => {
    const { wardClass: _, ...classless } = workers
    const plan = planned(classless, resigned, today)
    assert.notProperty(plan, "wardClass")
    assert.notProperty(carried(classless, resigned, today).family, "wardClass")
  })
})

describe("papers and notes", () => {
  const selfPay = ["family-card", "registration-form", "bank-account", "contact", "facility-and-class"]

  it("of an event are wanted from whom it is about", () => {
    const papers = (family: Family.Family, event: LifePlan.LifePlan["event"]) =>
      planned(family, event, today).changes.map(({ papers, ref }) => [ref, ...papers])
    const wedding = {
      _tag: "Marriage",
      of: first,
      spouse: { ref: fourth, facts: known("2004-01-01"), verified: true }
    } as const
    const cases: ReadonlyArray<readonly [Family.Family, LifePlan.LifePlan["event"], ReadonlyArray<unknown>]> = [
      [active(traders), adoption, [[third, ...selfPay, "court-order", "new-family-card"]]],
      [
        workers,
        { _tag: "Divorce", leaves: [father, second] },
        [
          [mother, "identity-card", ...selfPay],
          [father, "new-family-card"],
          [first, ...selfPay],
          [second, "new-family-card"]
        ]
      ],
      [grown, { ...turns, studies: true }, [[first, "school-letter"]]],
      [grown, { ...turns, studies: false }, [[first, ...selfPay]]],
      [grown, turns, [[first, ...selfPay]]],
      [
        grown,
        wedding,
        [
          [first, ...selfPay, "new-family-card"],
          [fourth, "identity-card", ...selfPay, "new-family-card"]
        ]
      ],
      [workers, resigned, [[father], [mother], [first], [second]]],
      [
        workers,
        { ...resigned, cause: "phk", proofs: ["court-ruling"] },
        [[father, "dismissal-proof"], [mother], [first], [second]]
      ],
      [
        poor,
        { _tag: "PbiDecree", listed: [mother], removed: [father] },
        [[father, "health-letter", "social-office-letter"], [mother]]
      ]
    ]
    for (const [family, event, expected] of cases) {
      assert.deepStrictEqual(papers(family, event), expected, event._tag)
    }
  })

  it("say that nobody saw written down what a parting card means, to whom it is said", () => {
    const plan = planned(workers, { _tag: "Divorce", leaves: [father, second] }, today)
    const doubt = { code: "NotSure", params: { rule: "DIV-1", parameter: "family-card", confidence: "low" } } as const
    assert.deepStrictEqual(changeOf(plan, father)?.notes, [doubt])
    const unsaid = changeOf(plan, mother)?.notes ?? []
    assert.notDeepInclude(unsaid, doubt)
    assert.deepStrictEqual(
      unsaid.map(({ params }) => params?.rule),
      ["PAY-5"]
    )
    assert.deepStrictEqual(
      plan.changes.map(({ missing }) => missing),
      [[], [], [], []]
    )
  })

  it("say what is doubtful of the first payment to who must make one, and nothing of it to who is covered at once", () => {
    const rulesOf = (family: Family.Family, ref = third) =>
      (changeOf(planned(family, adoption, today), ref)?.notes ?? []).map(({ params }) => params?.rule)
    assert.include(rulesOf(active(traders)), "PAY-5")
    assert.deepStrictEqual(codes(planned(active(traders), adoption, today), third), [
      "CoverOfNewcomer",
      "MoveRegisteredSelfPaid",
      "FamilyOfOwnAccount",
      "CoverNeedsFirstPayment",
      "FirstPaymentMover"
    ])
    assert.notInclude(rulesOf(workers), "PAY-5")
    assert.deepStrictEqual(codes(planned(workers, adoption, today), third), [
      "CoverOfNewcomer",
      "MoveRegisteredPaid",
      "ChildOfWorker"
    ])
    // beyond the day through which the regulation was verified the note on it is told once, whoever gives it
    const late = planned(active(traders), adoption, on("2026-03-05"))
    const notes = changeOf(late, third)?.notes ?? []
    assert.strictEqual(notes.filter(({ code }) => code === "NotVerifiedAfter").length, 1)
    assert.strictEqual(new Set(notes.map((note) => JSON.stringify(note))).size, notes.length)
  })
})
