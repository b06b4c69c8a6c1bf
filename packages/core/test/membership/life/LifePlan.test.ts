import { assert, describe, it } from "@effect/vitest"
import { Account, type Amount } from "@kis/core/contribution"
import { Checklist } from "@kis/core/eligibility"
import { Family, LifePlan, Paper } from "@kis/core/membership"
import { Month, PlainDate } from "@kis/core/time"
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
  membershipOf,
  mother,
  on,
  owing,
  person,
  planned,
  refused,
  second,
  third,
  told
} from "./families.ts"

const today = on("2026-02-10")
const start = on("2025-06-01")

const workers = enrolled(couple(), start)
const traders = enrolled(couple({ occupation: "own-account" }), start)
const active = (family: Family.Family): Family.Family => ({
  ...family,
  members: family.members.map((member) =>
    member.membership === undefined ? member : { ...member, membership: { ...member.membership, state: "ACTIVE" } }
  )
})
const inCare = (family: Family.Family, ref: Family.Member["ref"], care: Family.Member["care"] = "in-treatment") => ({
  ...family,
  members: family.members.map((member) => (member.ref === ref && care !== undefined ? { ...member, care } : member))
})

const due = (amount: Amount.Amount | undefined) => (amount?._tag === "Due" ? amount.total : amount?._tag)

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

describe("work and its end", () => {
  const dismissed = { _tag: "Dismissal", of: father, cause: "phk" } as const
  const proofs = ["notice", "labour-office-report"] as const

  it("takes the whole family over from self-pay, with the debts", () => {
    const owes = owing(active(traders), father, ["2025-12", "2026-01"], 35_000)
    const plan = planned(owes, { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 }, today)
    assert.strictEqual(told(plan, father), "transfers: PBPU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.strictEqual(told(plan, second), "transfers: PBPU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.includeMembers([...codes(plan, father)], ["TransferSameDay", "DebtsCarried", "PrivateWorker"])
    assert.deepStrictEqual(
      [due(changeOf(plan, father)?.cost.before), due(changeOf(plan, father)?.cost.after)],
      [42_000, 300_000]
    )
    const { family, closed } = carried(owes, { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 }, today)
    assert.strictEqual(Family.owed(family, today), 70_000)
    assert.deepStrictEqual(
      closed.map(({ membership }) => membership?.state),
      Array(4).fill("TRANSFERRED")
    )
    // a debt that was carried into a worker's segment does not stop cover (PAY-9)
    const account = Family.find(family, father)?.account
    const { arrears } = Account.statement(account ?? Account.open("none"), on("2026-06-01"))
    assert.strictEqual(arrears._tag === "Arrears" ? arrears.cover : arrears._tag, "covered")
  })

  it("covers the family for six months after a dismissal that is proved", () => {
    const plan = planned(workers, { ...dismissed, proofs }, today)
    for (const ref of [father, mother, first, second]) {
      assert.strictEqual(told(plan, ref), "moves: PPU-BU ACTIVE -> PPU-BU GRACE_PHK on 2026-02-10")
      assert.strictEqual(changeOf(plan, ref)?.after?.until, "2026-08-10")
      assert.strictEqual(changeOf(plan, ref)?.cost.after, undefined)
    }
    assert.include(codes(plan, second), "GraceOfFamily")
    assert.deepStrictEqual(changeOf(plan, father)?.papers, ["dismissal-proof"])
  })

  it("waits with its answer while there is no proof, and while it is disputed", () => {
    const plan = planned(workers, dismissed, today)
    assert.strictEqual(told(plan, father), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.include(codes(plan, father), "DismissalNoProof")
    assert.deepStrictEqual(
      plan.people.map(({ facts }) => facts.occupation),
      ["private"]
    )
    assert.include(codes(planned(workers, { ...dismissed, disputed: true }, today), father), "DismissalDisputed")
    assert.strictEqual(told(plan, first), "nothing")
  })

  it("ends with the month for who resigned, and waits for who is in treatment or of whom nobody knows", () => {
    const left = { ...dismissed, cause: "resignation" } as const
    const plan = planned(inCare(inCare(workers, second), first, "unknown"), left, today)
    assert.strictEqual(told(plan, father), "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01")
    assert.strictEqual(changeOf(plan, father)?.after?.coveredUntil, "2026-02-28")
    assert.strictEqual(told(plan, second), "waits: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-02-10")
    assert.include(codes(plan, first), "CareUnknown")
  })

  it("leaves the children where the other parent's work covers them", () => {
    const both = enrolled(couple({}, { occupation: "private", wage: 5_000_000 }), start)
    const plan = planned(both, { ...dismissed, cause: "resignation" }, today)
    assert.strictEqual(told(plan, first), "nothing")
    assert.strictEqual(told(plan, father), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    assert.include(codes(plan, father), "SpouseOfWorker")
  })

  it("says what ended, for whom, and asks no paper for it", () => {
    const plan = planned(workers, { ...dismissed, cause: "resignation" }, today)
    assert.include(codes(plan, father), "EmploymentCoverEnds")
    assert.deepStrictEqual(changeOf(plan, father)?.papers, [])
    assert.deepStrictEqual(changeOf(plan, father)?.missing, [])
  })

  it("ends the grace on the day after its last, and not before", () => {
    const { family } = carried(workers, { ...dismissed, proofs }, today)
    assert.deepStrictEqual(refused(family, { _tag: "GraceEnds" }, on("2026-08-10")), ["GraceNotOver"])
    const plan = planned(family, { _tag: "GraceEnds" }, on("2026-08-11"))
    assert.strictEqual(told(plan, mother), "moves: PPU-BU GRACE_PHK -> PPU-BU ENDED_EMPLOYMENT on 2026-08-11")
    assert.include(codes(plan, mother), "GraceIsOver")
  })

  it("leaves the grace to who marries or is named in no decree meanwhile, and makes nobody a payer unasked", () => {
    const worker = enrolled([person(father, "head", "1990-01-01", { occupation: "private", wage: 6_000_000 })], start)
    const spouse = { ref: mother, facts: known("1992-02-02"), verified: true }
    const wedding = { _tag: "Marriage", of: father, spouse } as const
    const { family } = carried(worker, { ...dismissed, proofs }, today)
    const graced = "stays: PPU-BU GRACE_PHK -> PPU-BU GRACE_PHK on 2026-03-01"
    assert.strictEqual(told(planned(family, wedding, on("2026-03-01")), father), graced)
    const decree = { _tag: "PbiDecree", listed: [], removed: [father] } as const
    assert.strictEqual(told(planned(family, decree, on("2026-03-01")), father), graced)
    const { family: left } = carried(worker, { ...dismissed, cause: "resignation" }, today)
    assert.strictEqual(
      told(planned(left, wedding, on("2026-03-01")), father),
      "stays: PPU-BU ENDED_EMPLOYMENT -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01"
    )
  })

  it("gives who found work again in the grace a new account", () => {
    const { family } = carried(workers, { ...dismissed, proofs }, today)
    const plan = planned(family, { _tag: "NewJob", of: father, paidBy: "private", wage: 5_000_000 }, on("2026-04-01"))
    assert.strictEqual(told(plan, father), "transfers: PPU-BU GRACE_PHK -> PPU-BU ACTIVE on 2026-04-01")
    assert.strictEqual(told(plan, first), "transfers: PPU-BU GRACE_PHK -> PPU-BU ACTIVE on 2026-04-01")
  })

  it("lets who lost cover pay for themselves, in one class", () => {
    const { family } = carried(workers, { ...dismissed, cause: "resignation" }, today)
    const event = { _tag: "StartsSelfPay", of: [father, mother, first, second], wardClass: 2 } as const
    const plan = planned(family, event, on("2026-03-05"))
    assert.strictEqual(
      told(plan, mother),
      "transfers: PPU-BU ENDED_EMPLOYMENT -> BP AWAITING_FIRST_PAYMENT on 2026-03-05"
    )
    assert.strictEqual(due(changeOf(plan, mother)?.cost.after), 100_000)
    assert.deepStrictEqual(
      plan.changes.map(({ after }) => after?.wardClass),
      [2, 2, 2, 2]
    )
  })

  it("moves a pensioner of the state, and the family behind", () => {
    const plan = planned(workers, { _tag: "Retirement", of: father, as: "pensioner", pension: 3_000_000 }, today)
    assert.strictEqual(told(plan, father), "transfers: PPU-BU ACTIVE -> BP ACTIVE on 2026-02-10")
    assert.strictEqual(due(changeOf(plan, father)?.cost.after), 150_000)
    assert.include(codes(plan, father), "PensionerFromNowOn")
  })

  it("is only for who works for a wage", () => {
    assert.deepStrictEqual(refused(workers, { ...dismissed, of: mother, proofs }, today), ["NotAWageWorker"])
  })

  it("refuses what makes facts contradict each other", () => {
    const infant = enrolled(couple({}, {}, [person(third, "child", "2025-12-01")]), today)
    assert.deepStrictEqual(refused(infant, { _tag: "NewJob", of: third, paidBy: "private" }, today), ["WorkingInfant"])
  })
})

describe("moving house", () => {
  const local = enrolled(couple({ occupation: "own-account", localScheme: true }, { localScheme: true }), start)

  it("takes the facility along from the next month, before the three months are over", () => {
    const recent = enrolled(couple(), on("2026-01-20"))
    const plan = planned(recent, { _tag: "Move", residence: "9972", facility: "0101" }, today)
    assert.strictEqual(told(plan, father), "facility: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-03-01")
    assert.include(codes(plan, father), "FacilityMoved")
    assert.deepStrictEqual(changeOf(plan, father)?.papers, ["card", "family-card", "domicile-letter"])
    const { family } = carried(recent, { _tag: "Move", residence: "9972", facility: "0101" }, today)
    assert.strictEqual(membershipOf(family, first)?.facility, "0101")
    assert.strictEqual(Family.find(family, first)?.facts.residence, "9972")
  })

  it("asks whether the new local government pays, and cuts nobody off meanwhile", () => {
    const plan = planned(local, { _tag: "Move", residence: "9972" }, today)
    assert.strictEqual(told(plan, father), "stays: PBPU-PD ACTIVE -> PBPU-PD ACTIVE on 2026-02-10")
    assert.includeMembers([...codes(plan, father)], ["CoverStaysUntilAnswered", "LocalSchemeLeftBehind"])
    assert.deepStrictEqual(changeOf(plan, father)?.missing, ["localScheme"])
  })

  it("leaves the scheme of the old place once the new one says no", () => {
    const plan = planned(local, { _tag: "Move", residence: "9972", localScheme: false }, today)
    assert.strictEqual(told(plan, father), "transfers: PBPU-PD ACTIVE -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.include(codes(plan, father), "LocalSchemeLeftBehind")
    const paid = planned(active(traders), { _tag: "Move", residence: "9972", localScheme: true }, today)
    assert.notInclude(codes(paid, father), "LocalSchemeLeftBehind")
    // without an answer, a move within the same place changes nothing
    const within = planned(local, { _tag: "Move", residence: "9971" }, today)
    assert.strictEqual(told(within, father), "nothing")
  })
})

describe("a decree on PBI", () => {
  it("moves self-payers to PBI with their debts, to be settled within six months", () => {
    const owes = owing(active(traders), father, ["2025-12"], 35_000)
    const plan = planned(owes, { _tag: "PbiDecree", listed: [father, mother, first, second], removed: [] }, today)
    assert.strictEqual(told(plan, father), "transfers: PBPU ACTIVE -> PBI-JK ACTIVE on 2026-02-10")
    assert.includeMembers([...codes(plan, father)], ["ListedForPbi", "DebtsCarried", "DebtsSettleBy"])
    const { family } = carried(owes, { _tag: "PbiDecree", listed: [father], removed: [] }, today)
    assert.strictEqual(Family.owed(family, today), 35_000)
  })

  it("puts right what was recorded wrongly, and cover follows from today", () => {
    const listed = { _tag: "FactsCorrected", of: father, facts: { pbiDecree: true } } as const
    const plan = planned(traders, listed, today)
    assert.strictEqual(told(plan, father), "transfers: PBPU AWAITING_FIRST_PAYMENT -> PBI-JK ACTIVE on 2026-02-10")
    assert.strictEqual(codes(plan, father)[0], "FactsPutRight")
    const { family } = carried(traders, listed, today)
    assert.isTrue(Family.find(family, father)?.facts.pbiDecree)
    // what is not said of them stays as it was
    assert.strictEqual(Family.find(family, father)?.facts.occupation, "own-account")
    const same = planned(workers, { _tag: "FactsCorrected", of: father, facts: { wage: 7_000_000 } }, today)
    assert.strictEqual(told(same, father), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
    const future = { _tag: "FactsCorrected", of: father, facts: { birthDate: day("2026-02-11") } } as const
    assert.include(refused(workers, future, today), "EventAfterTheDay")
    const young = { _tag: "FactsCorrected", of: father, facts: { birthDate: day("2020-02-11") } } as const
    assert.isAbove(refused(workers, young, today).length, 0)
  })

  it("leaves workers where they are", () => {
    const plan = planned(workers, { _tag: "PbiDecree", listed: [father], removed: [] }, today)
    assert.strictEqual(told(plan, father), "stays: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
  })

  const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)

  it("ends PBI for who is no longer named; who is in treatment stays, and care goes on being paid", () => {
    const plan = planned(inCare(poor, mother), { _tag: "PbiDecree", listed: [], removed: [father, mother] }, today)
    assert.strictEqual(told(plan, father), "moves: PBI-JK ACTIVE -> PBI-JK REMOVED_PBI on 2026-02-10")
    assert.include(codes(plan, father), "PbiServiceContinues")
    assert.strictEqual(changeOf(plan, father)?.after?.coveredUntil, PlainDate.make("2026-05-09"))
    assert.include(codes(plan, father), "RemovedFromPbi")
    assert.strictEqual(told(plan, mother), "waits: PBI-JK ACTIVE -> PBI-JK REMOVED_PBI on 2026-02-10")
  })

  it("takes back who is named again", () => {
    const { family } = carried(poor, { _tag: "PbiDecree", listed: [], removed: [father] }, today)
    const plan = planned(family, { _tag: "PbiDecree", listed: [father], removed: [] }, on("2026-03-01"))
    assert.strictEqual(told(plan, father), "moves: PBI-JK REMOVED_PBI -> PBI-JK ACTIVE on 2026-03-01")
  })

  it("takes off the list what waited, when the decree is taken back", () => {
    const { family } = carried(inCare(poor, mother), { _tag: "PbiDecree", listed: [], removed: [mother] }, today)
    assert.isDefined(membershipOf(family, mother)?.waiting)
    const plan = planned(family, { _tag: "PbiDecree", listed: [mother], removed: [] }, on("2026-03-01"))
    assert.strictEqual(changeOf(plan, mother)?.kind, "goes-on")
    assert.isUndefined(changeOf(plan, mother)?.after?.waiting)
  })
})

describe("any event", () => {
  it("names papers that have a text", () => {
    const events = [
      planned(workers, { _tag: "Death", of: father, diedOn: day("2026-02-03") }, today),
      planned(workers, { _tag: "Move", residence: "9972", facility: "0101" }, today),
      planned(traders, { _tag: "NewJob", of: father, paidBy: "private" }, today)
    ]
    const papers = events.flatMap(({ changes }) => changes.flatMap((change) => change.papers))
    assert.isAbove(papers.length, 4)
    for (const paper of papers) {
      const text = Paper.ids.some((id) => id === paper)
        ? Paper.text(paper as Paper.PaperId, "en")
        : Checklist.text(paper as Checklist.PaperId, "en")
      assert.isString(text)
    }
  })

  it("is carried out on the family that it was planned for, and on no other", () => {
    const plan = planned(workers, { _tag: "Move", residence: "9972" }, today)
    const { family } = Result.getOrThrow(LifePlan.apply(workers, plan))
    const again = LifePlan.apply(family, plan)
    assert.isTrue(Result.isFailure(again))
    assert.include(Result.isFailure(again) ? again.failure.message : "", "Make the plan again")
  })

  it("refuses people who are not there, and tells no number in its error", () => {
    assert.deepStrictEqual(refused(workers, { _tag: "NewJob", of: granny, paidBy: "state" }, today), [
      "PersonNotOfFamily"
    ])
    const result = LifePlan.preview(workers, { _tag: "NewJob", of: granny, paidBy: "state" }, today)
    assert.notInclude(Result.isFailure(result) ? result.failure.message : "", granny)
  })
})
