import { assert, describe, it } from "@effect/vitest"
import { Account } from "@kis/core/contribution"
import { Checklist } from "@kis/core/eligibility"
import { Family, LifePlan, Paper } from "@kis/core/membership"
import { PlainDate } from "@kis/core/time"
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

  it("gives a child who earns the class of the own wage, and a dependent one that of the better paid parent", () => {
    const grown = person(third, "child", "2003-01-01", {}, { mother })
    const family = enrolled(couple({}, {}, [grown]), start)
    const plan = planned(family, { _tag: "NewJob", of: third, paidBy: "private", wage: 3_500_000 }, today)
    assert.strictEqual(told(plan, third), "transfers: BP AWAITING_FIRST_PAYMENT -> PPU-BU ACTIVE on 2026-02-10")
    assert.strictEqual(changeOf(plan, third)?.after?.wardClass, 2)
    const both = planned(family, { _tag: "NewJob", of: mother, paidBy: "private", wage: 3_500_000 }, today)
    for (const ref of [mother, first, second]) {
      const wardClass = changeOf(both, ref)?.after?.wardClass ?? membershipOf(family, ref)?.wardClass
      assert.strictEqual(wardClass, 1)
    }
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
