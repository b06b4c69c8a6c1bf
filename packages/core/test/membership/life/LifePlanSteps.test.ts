/** By which step somebody comes to a segment: opened, taken up again, carried over, held, or waiting. */
import { assert, describe, it } from "@effect/vitest"
import { ParticipantNumber } from "@kis/core/identity"
import { type Family, LifePlan, type Membership } from "@kis/core/membership"
import {
  active,
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
  held,
  inCare,
  known,
  membershipOf,
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
  unheld,
  workers
} from "./families.ts"

const hired = { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 } as const
const resigned = { _tag: "Dismissal", of: father, cause: "resignation" } as const
const corrected = (of: Family.Member["ref"], facts: Family.Own) => ({ _tag: "FactsCorrected", of, facts }) as const
const card = ParticipantNumber.ParticipantNumber.make("0000000000003")

/** A member as the population register has not confirmed them. */
const unverified = (family: Family.Family, ref: Family.Member["ref"]): Family.Family => ({
  ...family,
  members: family.members.map((member) => (member.ref === ref ? { ...member, verified: false } : member))
})

describe("a membership that opens", () => {
  const goesOn = corrected(first, { studies: true })

  it("takes an expired registration up again, and follows any other closed one with a first one", () => {
    const steps = [
      ["EXPIRED", "MoveRegisteredAgain"],
      ["TRANSFERRED", "MoveRegisteredPaid"]
    ] as const
    for (const [state, reason] of steps) {
      const plan = planned(held(workers, first, { state }), goesOn, today)
      assert.deepInclude(changeOf(plan, first), { kind: "opens", trigger: "register-verified" })
      assert.deepStrictEqual(codes(plan, first), ["FactsPutRight", reason, "ChildOfWorker"])
    }
    // who is covered by another entry gets no second card by this one
    const double = planned(held(workers, first, { state: "CLOSED_DUPLICATE", card }), goesOn, today)
    assert.strictEqual(told(double, first), "stays: PPU-BU CLOSED_DUPLICATE -> PPU-BU CLOSED_DUPLICATE on 2026-02-10")
    const plan = planned(unheld(workers, first), goesOn, today)
    assert.deepInclude(changeOf(plan, first), { kind: "opens", trigger: "register-verified" })
    assert.include(codes(plan, first), "MoveRegisteredPaid")
  })

  it("keeps card and facility of who comes back, who is confirmed by the card", () => {
    const closed = { state: "TRANSFERRED", card, facility: "0101", facilitySince: day("2020-01-01") } as const
    const plan = planned(unverified(held(workers, first, closed), first), goesOn, today)
    assert.deepStrictEqual(changeOf(plan, first)?.after, {
      participant: first,
      segment: "PPU-BU",
      state: "ACTIVE",
      since: day("2026-02-10"),
      office: "0903",
      card,
      wardClass: 1,
      classSince: day("2026-02-10"),
      facility: "0101",
      facilitySince: day("2026-02-10")
    })
    // without a card, and without the register's word, nobody is confirmed
    const bare = planned(unverified(held(workers, first, { state: "TRANSFERRED" }), first), goesOn, today)
    assert.strictEqual(told(bare, first), "opens: PPU-BU TRANSFERRED -> PPU-BU PENDING_VERIFICATION on 2026-02-10")
    assert.deepStrictEqual(Object.keys(changeOf(bare, first)?.after ?? {}).toSorted(), [
      "classSince",
      "office",
      "participant",
      "segment",
      "since",
      "state",
      "wardClass"
    ])
  })

  it("is given with another's work, and no one is made a payer by another's event", () => {
    const plan = planned(unheld(active(traders), second), hired, today)
    assert.strictEqual(told(plan, second), "opens: nowhere -> PPU-BU ACTIVE on 2026-02-10")
    const died = { _tag: "Death", of: father, diedOn: day("2026-02-03") } as const
    const widow = planned(unheld(workers, second), died, today)
    assert.strictEqual(told(widow, first), "transfers: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.strictEqual(told(widow, second), "nothing")
    // who asks for it is opened one
    const asked = planned(unheld(active(traders), second), { _tag: "StartsSelfPay", of: [second], wardClass: 2 }, today)
    assert.strictEqual(told(asked, second), "opens: nowhere -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.deepInclude(changeOf(asked, second)?.after, { wardClass: 2, classSince: day("2026-02-10") })
  })
})

describe("who goes on paying alone", () => {
  const pension = { occupation: "pensioner" } as const
  const pensioners = enrolled(
    couple(pension).map((member) => (member.ref === father ? { ...member, pension: 3_000_000 } : member)),
    start
  )

  it("goes on in the state that they are in, in the other segment", () => {
    const grown = enrolled([...couple({ occupation: "none" }).slice(0, 2), person(first, "child", "2005-02-10")], start)
    const turns = { _tag: "ChildTurns", of: first, studies: false } as const
    const groom = { ref: fourth, facts: known("1999-01-01", { occupation: "own-account" }), verified: true }
    const wedding = { _tag: "Marriage", of: first, spouse: groom, newCard: true } as const
    for (const state of ["AWAITING_FIRST_PAYMENT", "ACTIVE", "SUSPENDED_ARREARS", "SUSPENDED_ABROAD"] as const) {
      const turned = planned(held(grown, first, { segment: "PBPU", state }), turns, today)
      assert.strictEqual(told(turned, first), `transfers: PBPU ${state} -> BP ${state} on 2026-02-10`)
      const married = planned(held(grown, first, { state }), wedding, today)
      assert.strictEqual(told(married, first), `transfers: BP ${state} -> PBPU ${state} on 2026-02-10`)
    }
    // who was covered by another's work, and who was only removed from PBI, begins
    const ended = planned(held(grown, first, { segment: "PPU-BU", state: "ENDED_EMPLOYMENT" }), turns, today)
    assert.strictEqual(
      told(ended, first),
      "transfers: PPU-BU ENDED_EMPLOYMENT -> BP AWAITING_FIRST_PAYMENT on 2026-02-10"
    )
  })

  it("begins with a first payment whom the state paid for, but not who paid in a segment where it does not", () => {
    const trades = corrected(father, { occupation: "own-account" })
    const plan = planned(active(pensioners), trades, today)
    assert.strictEqual(told(plan, father), "transfers: BP ACTIVE -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10")
    assert.strictEqual(told(plan, mother), "transfers: BP ACTIVE -> PBPU ACTIVE on 2026-02-10")
    // paid for by the state by the rules, but on the register a payer of PBPU
    const odd = held(active(pensioners), father, { segment: "PBPU" })
    const stops = planned(odd, corrected(father, { occupation: "none" }), today)
    assert.strictEqual(told(stops, father), "transfers: PBPU ACTIVE -> BP ACTIVE on 2026-02-10")
  })

  it("does not carry it into a segment that others pay", () => {
    const arrears = held(active(traders), father, { state: "SUSPENDED_ARREARS" })
    assert.strictEqual(
      told(planned(arrears, hired, today), father),
      "transfers: PBPU SUSPENDED_ARREARS -> PPU-BU ACTIVE on 2026-02-10"
    )
  })
})

describe("who is held, or not confirmed", () => {
  it("stays so in another segment, with a card or without", () => {
    for (const state of ["BLOCKED_DATA", "BLOCKED_DUPLICATE"] as const) {
      for (const over of [{ state }, { state, card }]) {
        const plan = planned(held(active(traders), father, over), hired, today)
        assert.strictEqual(told(plan, father), `transfers: PBPU ${state} -> PPU-BU ${state} on 2026-02-10`)
      }
    }
    const pending = unverified(held(traders, father, { state: "PENDING_VERIFICATION" }), father)
    assert.strictEqual(
      told(planned(pending, hired, today), father),
      "transfers: PBPU PENDING_VERIFICATION -> PPU-BU PENDING_VERIFICATION on 2026-02-10"
    )
    // once confirmed they are covered, though the card is not there yet
    const confirmed = held(traders, father, { state: "PENDING_VERIFICATION" })
    assert.strictEqual(
      told(planned(confirmed, hired, today), father),
      "transfers: PBPU PENDING_VERIFICATION -> PPU-BU ACTIVE on 2026-02-10"
    )
  })

  it("is told that there is no such move, and why they stay", () => {
    const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
    const blocked = held(poor, father, { state: "BLOCKED_DATA" })
    const plan = planned(blocked, { _tag: "PbiDecree", listed: [], removed: [father] }, today)
    assert.strictEqual(told(plan, father), "stays: PBI-JK BLOCKED_DATA -> PBI-JK BLOCKED_DATA on 2026-02-10")
    assert.deepStrictEqual(codes(plan, father), ["RemovedFromPbi", "MoveNotPossible", "NotWorking"])
  })
})

describe("what waits", () => {
  const waiting = (trigger: Membership.Waiting["trigger"], to: Membership.Waiting["to"]): Membership.Waiting => ({
    trigger,
    to,
    on: day("2026-01-10")
  })

  it("goes on waiting while cover cannot be told, or the rules want another segment", () => {
    const local = enrolled(couple({ occupation: "own-account", localScheme: true }, { localScheme: true }), start)
    const moving = held(local, father, { waiting: [waiting("transferred", "TRANSFERRED")] })
    const moved = planned(moving, { _tag: "Move", residence: "9972" }, today)
    assert.strictEqual(told(moved, father), "stays: PBPU-PD ACTIVE -> PBPU-PD ACTIVE on 2026-02-10")
    assert.isUndefined(changeOf(moved, father)?.after)

    const proofs = ["court-ruling"] as const
    const { family: graced } = carried(workers, { ...resigned, cause: "phk", proofs }, start)
    const over = held(graced, first, { waiting: [waiting("grace-ended", "ENDED_EMPLOYMENT")] })
    const asked = planned(over, corrected(first, { studies: false }), today)
    assert.strictEqual(told(asked, first), "stays: PPU-BU GRACE_PHK -> PPU-BU GRACE_PHK on 2026-02-10")
    assert.isUndefined(changeOf(asked, first)?.after)
  })

  it("is taken off the list where the rules want what is held, and what waits for a payment is not", () => {
    const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
    const unpaid = waiting("month-unpaid", "SUSPENDED_ARREARS")
    const both = held(poor, mother, { waiting: [unpaid, waiting("pbi-removed", "REMOVED_PBI")] })
    const plan = planned(both, { _tag: "PbiDecree", listed: [mother], removed: [] }, today)
    assert.strictEqual(told(plan, mother), "goes-on: PBI-JK ACTIVE -> PBI-JK ACTIVE on 2026-02-10")
    assert.deepStrictEqual(codes(plan, mother), ["CoverReturnsToRules", "ListedForPbi", "OnPbiDecree"])
    assert.deepStrictEqual(changeOf(plan, mother)?.after?.waiting, [unpaid])
    const only = planned(
      held(poor, mother, { waiting: [unpaid] }),
      { _tag: "PbiDecree", listed: [mother], removed: [] },
      today
    )
    assert.strictEqual(changeOf(only, mother)?.kind, "stays")
  })

  it("goes on for whose treatment it was not, when another's is over", () => {
    const cared = inCare(inCare(workers, first), second)
    const { family } = carried(cared, resigned, today)
    const later = on("2026-03-20")
    const plan = planned(
      inCare(inCare(family, first, "not-in-treatment"), second, "unknown"),
      { _tag: "CareEnds", of: first },
      later
    )
    assert.strictEqual(told(plan, first), "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-04-01")
    assert.deepStrictEqual(codes(plan, first), ["CareIsOver", "MoveEmploymentEnded"])
    assert.strictEqual(told(plan, second), "nothing")
    // all the same it is only the one whose treatment is over of whom it is said
    const resumed = LifePlan.resume(family, first, later)
    assert.strictEqual(resumed._tag, "Success")
    assert.isDefined(membershipOf(family, second)?.waiting)
  })
})

describe("a child", () => {
  const baby = person(third, "child", "2026-01-01", {}, { mother })
  const listed = { _tag: "PbiDecree", listed: [mother], removed: [] } as const

  it("follows its mother onto PBI in the event that puts her there, wherever it stands on the card", () => {
    const own = couple({ occupation: "own-account" })
    const old = person(granny, "parent-in-law", "1950-01-01", { maritalStatus: "widowed" })
    const daughter = own.map((member) => (member.ref === mother ? { ...member, mother: granny } : member))
    const cards = {
      "behind her": [...own, baby],
      "before her": [baby, ...own],
      "with her mother": [baby, ...daughter, old]
    }
    for (const [name, members] of Object.entries(cards)) {
      const plan = planned(active(enrolled(members, today)), listed, today)
      assert.strictEqual(told(plan, mother), "transfers: PBPU ACTIVE -> PBI-JK ACTIVE on 2026-02-10", name)
      assert.strictEqual(told(plan, third), "transfers: PBPU ACTIVE -> PBI-JK ACTIVE on 2026-02-10", name)
      assert.include(codes(plan, third), "NewbornOfPbiMother", name)
      assert.strictEqual(told(plan, father), "nothing", name)
    }
  })

  it("is nobody's own mother, whatever the card says", () => {
    const odd = couple({ occupation: "own-account" }).map((member) =>
      member.ref === first ? { ...member, mother: first } : member
    )
    const plan = planned(active(enrolled(odd, start)), listed, today)
    assert.strictEqual(told(plan, mother), "transfers: PBPU ACTIVE -> PBI-JK ACTIVE on 2026-02-10")
  })
})
