import { assert, describe, it } from "@effect/vitest"
import { Account } from "@kis/core/contribution"
import { Family, LifePlan } from "@kis/core/membership"
import { Month } from "@kis/core/time"
import * as Result from "effect/Result"
import {
  active,
  carried,
  changeOf,
  codes,
  couple,
  day,
  due,
  enrolled,
  father,
  first,
  fourth,
  granny,
  inCare,
  known,
  membershipOf,
  mother,
  on,
  owing,
  person,
  planned,
  refused,
  second,
  start,
  third,
  today,
  told,
  traders,
  workers
} from "./families.ts"

describe("birth", () => {
  const born = { _tag: "Birth", ref: third, birthDate: day("2026-02-01"), hasNik: false, mother } as const

  it("covers the third child of a worker at once, without another contribution", () => {
    const plan = planned(workers, born, today)
    assert.strictEqual(told(plan, third), "opens: nowhere -> PPU-BU ACTIVE on 2026-02-10")
    const said = ["NewbornOfWorker", "NewbornInTime", "NewbornNikBy", "MoveRegisteredPaid"] as const
    assert.includeMembers([...codes(plan, third)], [...said])
    assert.deepStrictEqual(plan.postings, [])
    assert.strictEqual(due(changeOf(plan, third)?.cost.after), 0)
    assert.deepStrictEqual(changeOf(plan, third)?.papers, ["birth-letter", "mother-card", "family-card"])
    assert.deepStrictEqual(plan.changes.length, 1)
  })

  it("bills a self-paying family from the month of birth, however late it is", () => {
    const plan = planned(active(traders), { ...born, birthDate: day("2025-12-20") }, today)
    assert.strictEqual(told(plan, third), "opens: nowhere -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.include(codes(plan, third), "NewbornLate")
    assert.deepStrictEqual(
      plan.postings.map(({ entry }) => (entry._tag === "Billed" ? [entry.month, entry.amount] : [])),
      [
        [Month.make("2025-12"), 35_000],
        [Month.make("2026-01"), 35_000],
        [Month.make("2026-02"), 35_000]
      ]
    )
  })

  it("follows a mother on PBI", () => {
    const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
    assert.strictEqual(told(planned(poor, born, today), third), "opens: nowhere -> PBI-JK ACTIVE on 2026-02-01")
  })

  it("covers a self-payer's child that was paid for, and holds the one whom the local government must take first", () => {
    const paid = planned(active(traders), { ...born, paidOn: day("2026-02-05") }, today)
    assert.strictEqual(told(paid, third), "opens: nowhere -> PBPU ACTIVE on 2026-02-10")
    assert.include(codes(paid, third), "MoveRegisteredSelfPaid")
    const local = enrolled(couple({ occupation: "none", localScheme: true }, { localScheme: true }), start)
    assert.strictEqual(
      told(planned(local, born, today), third),
      "opens: nowhere -> PBPU-PD PENDING_VERIFICATION on 2026-02-10"
    )
  })

  it("refuses a child of four months without NIK, and one that is not born yet", () => {
    assert.deepStrictEqual(refused(workers, { ...born, birthDate: day("2025-10-01") }, today), ["NewbornNikNeeded"])
    assert.deepStrictEqual(refused(workers, { ...born, birthDate: day("2026-02-11") }, today), ["EventAfterTheDay"])
    assert.deepStrictEqual(refused(workers, { ...born, ref: first }, today), ["PersonAlreadyOfFamily"])
    assert.deepStrictEqual(refused(workers, { ...born, mother: fourth }, today), ["PersonNotOfFamily"])
  })
})

describe("marriage, divorce, adoption", () => {
  const alone = enrolled([person(father, "head", "1990-01-01", { occupation: "private", wage: 6_000_000 })], start)
  const bride = { ref: mother, facts: known("1992-02-02"), verified: true }

  it("brings the spouse under the worker's cover", () => {
    const plan = planned(alone, { _tag: "Marriage", of: father, spouse: bride }, today)
    assert.strictEqual(told(plan, mother), "opens: nowhere -> PPU-BU ACTIVE on 2026-02-10")
    assert.include(codes(plan, mother), "CoverOfNewcomer")
    const { family } = carried(alone, { _tag: "Marriage", of: father, spouse: bride }, today)
    assert.deepStrictEqual(
      family.members.map(({ facts, relation }) => [relation, facts.maritalStatus]),
      [
        ["head", "married"],
        ["spouse", "married"]
      ]
    )
  })

  it("makes no active member of somebody whom the population register did not confirm", () => {
    const plan = planned(alone, { _tag: "Marriage", of: father, spouse: { ...bride, verified: false } }, today)
    assert.strictEqual(told(plan, mother), "opens: nowhere -> PPU-BU PENDING_VERIFICATION on 2026-02-10")
  })

  it("ends cover as a child for a daughter who marries, and gives the couple a card of its own", () => {
    const event = {
      _tag: "Marriage",
      of: first,
      spouse: { ref: fourth, facts: known("1999-01-01", { occupation: "private", wage: 5_000_000 }), verified: true },
      newCard: true
    } as const
    const family = enrolled(
      [...couple().slice(0, 2), person(first, "child", "2007-01-01"), person(second, "child", "2013-01-01")],
      start
    )
    const { family: stayed, parted } = carried(family, event, today)
    assert.deepStrictEqual(
      stayed.members.map(({ ref }) => ref),
      [father, mother, second]
    )
    assert.deepStrictEqual(
      parted?.members.map(({ ref, relation }) => [ref, relation]),
      [
        [first, "head"],
        [fourth, "spouse"]
      ]
    )
    // covered by the husband's work from now on, in the same segment
    assert.strictEqual(parted && membershipOf(parted, first)?.state, "ACTIVE")
    assert.strictEqual(parted && membershipOf(parted, fourth)?.state, "ACTIVE")
  })

  it("refuses to marry the married", () => {
    assert.deepStrictEqual(
      refused(workers, { _tag: "Marriage", of: father, spouse: { ...bride, ref: fourth } }, today),
      ["MarriedAlready"]
    )
    const taken = { ...bride, ref: fourth, facts: known("1992-02-02", { maritalStatus: "married" }) }
    assert.deepStrictEqual(refused(alone, { _tag: "Marriage", of: father, spouse: taken }, today), ["MarriedAlready"])
    const lonely = enrolled(couple({ maritalStatus: "single" }), start)
    for (const [family, of] of [
      [workers, mother],
      [lonely, father]
    ] as const) {
      const wedding = { _tag: "Marriage", of, spouse: { ...bride, ref: fourth } } as const
      assert.deepStrictEqual(refused(family, wedding, today), ["MarriedAlready"])
    }
  })

  it("refuses who is of the family already, is not of it, or has died", () => {
    const adopting = (child: Family.Member["ref"], facts: Family.Own) =>
      ({ _tag: "Adoption", child: { ref: child, facts, verified: true } }) as const
    assert.deepStrictEqual(refused(workers, adopting(first, known("2010-05-01")), today), ["PersonAlreadyOfFamily"])
    assert.deepStrictEqual(refused(workers, adopting(third, known("2020-01-01", { deceased: true })), today), [
      "PersonHasDied"
    ])
    const decree = { _tag: "PbiDecree", listed: [granny], removed: [] } as const
    assert.deepStrictEqual(refused(workers, decree, today), ["PersonNotOfFamily"])
  })

  it("moves who leaves to a card of their own, and leaves the others as they are", () => {
    const plan = planned(workers, { _tag: "Divorce", leaves: [mother, second] }, today)
    assert.strictEqual(told(plan, father), "nothing")
    assert.strictEqual(told(plan, first), "nothing")
    assert.strictEqual(told(plan, mother), "transfers: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.includeMembers([...codes(plan, mother)], ["FamilyCardParts", "HeadOfCardSucceeds", "CoverNeedsFirstPayment"])
    const rules = changeOf(plan, mother)?.notes.flatMap(({ code, params }) => (code === "NotSure" ? params?.rule : []))
    assert.includeMembers([...(rules ?? [])], ["DIV-1", "PAY-5"])
    assert.isTrue(changeOf(plan, mother)?.papers.includes("new-family-card"))
    const { parted } = carried(workers, { _tag: "Divorce", leaves: [mother, second] }, today)
    assert.deepStrictEqual(
      parted?.members.map(({ relation }) => relation),
      ["head", "child"]
    )
  })

  it("gives the card another head when the head leaves", () => {
    const { family } = carried(workers, { _tag: "Divorce", leaves: [father] }, today)
    assert.deepStrictEqual(
      family.members.map(({ ref, relation }) => [ref, relation]),
      [
        [mother, "head"],
        [first, "child"],
        [second, "child"]
      ]
    )
  })

  it("refuses a divorce that separates nobody, or has nobody to separate", () => {
    assert.deepStrictEqual(refused(workers, { _tag: "Divorce", leaves: [first] }, today), ["CoupleStaysTogether"])
    assert.deepStrictEqual(refused(workers, { _tag: "Divorce", leaves: [father, mother] }, today), [
      "CoupleStaysTogether"
    ])
    assert.deepStrictEqual(refused(workers, { _tag: "Divorce", leaves: [second, mother] }, today), [
      "CoupleStaysTogether"
    ])
    assert.deepStrictEqual(refused(alone, { _tag: "Divorce", leaves: [father] }, today), ["NotMarriedInFamily"])
  })

  it("covers an adopted child, and asks for the court's order", () => {
    const event = { _tag: "Adoption", child: { ref: third, facts: known("2020-01-01"), verified: true } } as const
    const plan = planned(workers, event, today)
    assert.strictEqual(told(plan, third), "opens: nowhere -> PPU-BU ACTIVE on 2026-02-10")
    assert.isTrue(changeOf(plan, third)?.papers.includes("court-order"))
    assert.notInclude(codes(plan, third), "NoHeadCanFollow")
    assert.strictEqual(
      told(planned(traders, event, today), third),
      "opens: nowhere -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10"
    )
  })

  it("lets a fourth child in for 1 % of the wage, whoever is the youngest", () => {
    const more = [person(third, "child", "2016-01-01"), person(fourth, "child", "2024-01-01")]
    const family = enrolled(couple({}, {}, more.slice(0, 1)), start)
    const plan = planned(
      family,
      { _tag: "Adoption", child: { ref: fourth, facts: known("2024-01-01"), verified: true } },
      today
    )
    assert.strictEqual(due(changeOf(plan, fourth)?.cost.after), 60_000)
  })
})

describe("death", () => {
  const widowed = { _tag: "Death", of: father, diedOn: day("2026-02-03") } as const

  it("ends the cover of the dead on the day, and moves the family without interrupting who is in treatment", () => {
    const plan = planned(inCare(workers, first), widowed, today)
    assert.strictEqual(told(plan, father), "moves: PPU-BU ACTIVE -> PPU-BU DECEASED on 2026-02-03")
    assert.strictEqual(told(plan, second), "transfers: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.strictEqual(told(plan, first), "waits: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.include(codes(plan, first), "CareContinues")
    assert.isTrue(changeOf(plan, father)?.papers.includes("death-letter"))
    const { family } = carried(inCare(workers, first), widowed, today)
    assert.strictEqual(membershipOf(family, first)?.state, "ACTIVE")
    assert.deepStrictEqual(
      family.members.map(({ relation }) => relation),
      ["head", "head", "child", "child"]
    )
    assert.strictEqual(Family.find(family, mother)?.facts.maritalStatus, "widowed")
  })

  it("leaves orphans covered until a guardian's card is known", () => {
    const alone = enrolled(
      [
        person(father, "head", "1985-01-01", { occupation: "private", wage: 6_000_000, maritalStatus: "widowed" }),
        person(first, "child", "2012-01-01")
      ],
      start
    )
    const plan = planned(alone, widowed, today)
    assert.strictEqual(told(plan, first), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.includeMembers([...codes(plan, first)], ["CoverStaysUntilAnswered", "NoHeadCanFollow"])
    assert.isAbove(changeOf(plan, first)?.missing.length ?? 0, 0)
  })

  it("goes on with what waited once treatment is over", () => {
    const { family } = carried(inCare(workers, first), widowed, today)
    const later = on("2026-03-20")
    const plan = Result.getOrThrow(LifePlan.resume(family, first, later))
    assert.strictEqual(told(plan, first), "transfers: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-03-20")
    assert.include(codes(plan, first), "CareIsOver")
    assert.deepStrictEqual(refused(family, { _tag: "CareEnds", of: second }, later), ["NothingWaits"])
    assert.deepStrictEqual(refused(family, { _tag: "CareEnds", of: first }, later), ["CareContinues"])
    // where no hospital is connected, who brings the letter vouches for it
    assert.strictEqual(
      changeOf(planned(inCare(family, first, "unknown"), { _tag: "CareEnds", of: first }, later), first)?.kind,
      "transfers"
    )
  })

  it("takes back the bills after it and gives back what was paid for them", () => {
    const months = ["2025-12", "2026-01", "2026-02"]
    const owes = owing(active(traders), father, months, 35_000)
    const paid = {
      ...owes,
      members: owes.members.map((member) =>
        member.account === undefined
          ? member
          : {
              ...member,
              account: Result.getOrThrow(
                Account.post(member.account, {
                  _tag: "Paid",
                  on: day("2026-02-05"),
                  amount: 105_000,
                  reference: "bank-1"
                })
              )
            }
      )
    }
    const plan = planned(paid, { _tag: "Death", of: father, diedOn: day("2025-12-30") }, today)
    assert.deepStrictEqual(
      plan.postings.map(({ entry }) => entry._tag),
      ["Cancelled", "Cancelled", "Refunded"]
    )
    const { family } = carried(paid, { _tag: "Death", of: father, diedOn: day("2025-12-30") }, today)
    assert.strictEqual(Family.owed(family, today), 0)
  })

  it("makes a widower of a husband, and leaves a couple that loses a child married", () => {
    const stateOf = (family: Family.Family, ref: Family.Member["ref"]) => Family.find(family, ref)?.facts.maritalStatus
    const of = (ref: Family.Member["ref"]) => ({ _tag: "Death", of: ref, diedOn: day("2026-02-03") }) as const
    assert.strictEqual(stateOf(carried(workers, of(mother), today).family, father), "widowed")
    const { family } = carried(workers, of(first), today)
    assert.deepStrictEqual([stateOf(family, father), stateOf(family, mother)], ["married", "married"])
  })

  it("happens once, and not tomorrow", () => {
    const { family } = carried(workers, widowed, today)
    assert.deepStrictEqual(refused(family, widowed, today), ["PersonHasDied"])
    assert.deepStrictEqual(refused(workers, { ...widowed, diedOn: day("2026-02-11") }, today), ["EventAfterTheDay"])
    assert.deepStrictEqual(refused(workers, { ...widowed, diedOn: day("1985-04-02") }, today), ["EventBeforeBirth"])
  })
})

describe("coming of age", () => {
  const grown = enrolled(
    [...couple().slice(0, 2), person(first, "child", "2005-02-10"), person(second, "child", "2013-08-17")],
    start
  )

  it("ends cover as a child on the 21st birthday, not the day before", () => {
    assert.deepStrictEqual(refused(grown, { _tag: "ChildTurns", of: first, studies: false }, on("2026-02-09")), [
      "NotYetOfAge"
    ])
    const plan = planned(grown, { _tag: "ChildTurns", of: first, studies: false }, today)
    assert.strictEqual(told(plan, first), "transfers: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.include(codes(plan, first), "ChildComesOfAge")
    assert.strictEqual(told(plan, second), "nothing")
  })

  it("goes on for who studies, until 25", () => {
    const stays = planned(grown, { _tag: "ChildTurns", of: first, studies: true }, today)
    assert.strictEqual(told(stays, first), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.include(codes(stays, first), "StudentChild")
    const ends = planned(grown, { _tag: "ChildTurns", of: first, studies: true }, on("2030-02-10"))
    assert.strictEqual(changeOf(ends, first)?.kind, "transfers")
  })

  it("lets the fourth child move up among the covered ones", () => {
    const young = ["2012-01-01", "2014-01-01", "2016-01-01"]
    const many = enrolled(
      [
        ...couple().slice(0, 2),
        person(first, "child", "2005-02-10", { studies: true }),
        ...young.map((born, i) => person([second, third, fourth][i] ?? second, "child", born))
      ],
      start
    )
    const plan = planned(many, { _tag: "ChildTurns", of: first, studies: false }, today)
    assert.strictEqual(told(plan, fourth), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.deepStrictEqual(
      [due(changeOf(plan, fourth)?.cost.before), due(changeOf(plan, fourth)?.cost.after)],
      [60_000, 0]
    )
  })

  it("is only for children", () => {
    assert.deepStrictEqual(refused(grown, { _tag: "ChildTurns", of: mother, studies: false }, today), [
      "NotAChildOfFamily"
    ])
  })
})
