/** Whom an event reaches and whom it leaves alone, and the reasons that each is told. */
import { assert, describe, it } from "@effect/vitest"
import type { Family, LifePlan } from "@kis/core/membership"
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
  held,
  inCare,
  known,
  mother,
  on,
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

type Ref = Family.Member["ref"]

const resigned = { _tag: "Dismissal", of: father, cause: "resignation" } as const
const dismissed = { ...resigned, cause: "phk", proofs: ["court-ruling"] } as const
const hired = { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 } as const
const corrected = (of: Ref, facts: Family.Own) => ({ _tag: "FactsCorrected", of, facts }) as const
const decree = (listed: ReadonlyArray<Ref>, removed: ReadonlyArray<Ref>) =>
  ({ _tag: "PbiDecree", listed, removed }) as const

const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
const graced = carried(workers, dismissed, start).family
/** The day after the six months of a dismissal at the start of the tests' families. */
const graceOver = on("2025-12-02")
const grown = enrolled([...couple().slice(0, 2), person(first, "child", "2005-02-10")], start)

/** The facts of one person are others, without an event that says so. */
const stating = (family: Family.Family, ref: Ref, facts: Family.Own): Family.Family => ({
  ...family,
  members: family.members.map((member) =>
    member.ref === ref ? { ...member, facts: { ...member.facts, ...facts } } : member
  )
})

type Case = readonly [Family.Family, LifePlan.LifePlan["event"], Ref, string, ReadonlyArray<string>?]

const check = (cases: Readonly<Record<string, Case>>, asOf = today) => {
  for (const [name, [family, event, ref, step, reasons]] of Object.entries(cases)) {
    const plan = planned(family, event, asOf)
    assert.strictEqual(told(plan, ref), step, name)
    if (reasons !== undefined) assert.deepStrictEqual(codes(plan, ref), reasons, name)
  }
}

const staying = (standing: string) => `stays: ${standing} -> ${standing} on 2026-02-10`

describe("an event", () => {
  it("says nothing to whom it is not about and for whom nothing is other than before", () => {
    // the mother's record of a child is put right: the father in the grace hears nothing
    const plan = planned(graced, corrected(second, { studies: false }), today)
    assert.deepStrictEqual(
      plan.changes.map(({ ref }) => ref),
      [second]
    )
    const unknown = (): Family.Family => ({
      ...traders,
      members: traders.members.map((member) => {
        if (member.ref !== father) return member
        const { occupation: _, ...facts } = member.facts
        return { ...member, facts }
      })
    })
    check({
      "what could not be told before, and is what is held": [
        unknown(),
        corrected(father, { occupation: "own-account" }),
        first,
        "nothing"
      ],
      "another ground of the same cover": [workers, corrected(father, { wage: 5_000_000 }), mother, "nothing"],
      "another ground to pay on for who is not covered": [
        traders,
        { _tag: "Retirement", of: father, as: "none" },
        mother,
        "nothing"
      ],
      "who stays on the card and has no cover to lose": [
        held(workers, mother, { state: "ENDED_EMPLOYMENT" }),
        { _tag: "Divorce", leaves: [father] },
        mother,
        "nothing"
      ],
      "who is on PBI without being named, when others are": [
        held(poor, first, { segment: "PBI-JK", state: "ACTIVE" }),
        decree([father], []),
        first,
        "nothing"
      ]
    })
  })

  it("for which no segment fits ends cover by work, and leaves any other as it is", () => {
    const nameless = corrected(father, { hasNik: false })
    check({
      worker: [
        workers,
        nameless,
        father,
        "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01",
        ["FactsPutRight", "NikNeeded", "MoveEmploymentEnded"]
      ],
      trader: [active(traders), nameless, father, staying("PBPU ACTIVE"), ["FactsPutRight", "NikNeeded"]]
    })
  })

  it("takes over from PBI, or from work that ended, who finds work", () => {
    check({
      removed: [
        held(poor, father, { state: "REMOVED_PBI" }),
        hired,
        father,
        "transfers: PBI-JK REMOVED_PBI -> PPU-BU ACTIVE on 2026-02-10"
      ],
      resigned: [
        held(workers, father, { state: "ENDED_EMPLOYMENT" }),
        hired,
        father,
        "transfers: PPU-BU ENDED_EMPLOYMENT -> PPU-BU ACTIVE on 2026-02-10"
      ]
    })
  })

  it("of marriage asks to pay who comes in and who founds a card, and nobody else", () => {
    const ended = { segment: "PPU-BU", state: "ENDED_EMPLOYMENT", since: day("2025-12-01"), office: "0903" } as const
    const trader = known("1999-01-01", { occupation: "own-account" })
    const alone = active(enrolled([person(father, "head", "1990-01-01", { occupation: "own-account" })], start))
    const bride = {
      ref: mother,
      facts: known("1992-02-02"),
      verified: true,
      membership: { ...ended, participant: mother }
    }
    const groom = { ref: fourth, facts: trader, verified: true }
    const daughter = held(grown, first, { state: "ENDED_EMPLOYMENT" })
    const wedding = { _tag: "Marriage", of: first, spouse: groom } as const
    const begins = "transfers: PPU-BU ENDED_EMPLOYMENT -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10"
    check({
      "comes in": [alone, { _tag: "Marriage", of: father, spouse: bride }, mother, begins],
      "founds a card": [daughter, { ...wedding, newCard: true }, first, begins],
      "stays on the card": [daughter, wedding, first, staying("PPU-BU ENDED_EMPLOYMENT")],
      "no card of their own": [daughter, { ...wedding, newCard: false }, first, staying("PPU-BU ENDED_EMPLOYMENT")],
      "is of the card already": [
        alone,
        { _tag: "Marriage", of: father, spouse: bride },
        father,
        staying("PBPU ACTIVE"),
        ["CoverFollowsFamily", "OwnAccount"]
      ]
    })
  })
})

describe("the end of work", () => {
  it("ends cover by work for the state too, and where the employer is in arrears", () => {
    const state = enrolled(couple({ occupation: "state", wage: 6_000_000 }), start)
    const why = ["EmploymentCoverEnds", "DismissalResigned", "MoveEmploymentEnded"]
    check({
      private: [workers, resigned, father, "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01", why],
      state: [state, resigned, father, "moves: PPU-PN ACTIVE -> PPU-PN ENDED_EMPLOYMENT on 2026-03-01", why],
      "of the family": [state, resigned, first, "moves: PPU-PN ACTIVE -> PPU-PN ENDED_EMPLOYMENT on 2026-03-01", why],
      arrears: [
        held(workers, father, { state: "SUSPENDED_ARREARS" }),
        resigned,
        father,
        "moves: PPU-BU SUSPENDED_ARREARS -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01",
        why
      ],
      grace: [
        held(state, father, { state: "SUSPENDED_ARREARS" }),
        dismissed,
        father,
        "moves: PPU-PN SUSPENDED_ARREARS -> PPU-PN GRACE_PHK on 2026-02-10"
      ]
    })
  })

  it("says to the family, in the grace, until when it is theirs too", () => {
    const plan = planned(workers, dismissed, today)
    assert.deepStrictEqual(changeOf(plan, first)?.reasons[0], {
      code: "GraceOfFamily",
      params: { until: day("2026-08-10") }
    })
    assert.notInclude(codes(plan, father), "GraceOfFamily")
  })

  it("does not end what does not stand on it", () => {
    const both = enrolled(couple({}, { occupation: "private", wage: 5_000_000 }), start)
    const wed = enrolled(couple({}, { occupation: "state", wage: 5_000_000 }), start)
    const pending = (ref: Ref) => held(workers, ref, { state: "PENDING_VERIFICATION" })
    // out of cover as a child for some time, which nobody has reported
    const late = held(grown, first, { segment: "PPU-BU", state: "ACTIVE" })
    for (const event of [resigned, dismissed]) {
      check({
        "the spouse's work covers as well": [
          both,
          event,
          father,
          staying("PPU-BU ACTIVE"),
          ["CoverFollowsFamily", "SpouseOfWorker"]
        ],
        "the spouse's own": [both, event, mother, "nothing"],
        "the spouse works for the state": [
          wed,
          event,
          father,
          "transfers: PPU-BU ACTIVE -> PPU-PN ACTIVE on 2026-02-10"
        ],
        "a child of both": [both, event, first, "nothing"],
        "not verified yet": [
          pending(father),
          event,
          father,
          staying("PPU-BU PENDING_VERIFICATION"),
          ["CoverFollowsFamily", "NotWorking"]
        ],
        "of the family, not verified yet": [pending(second), event, second, "nothing"],
        "too old as a child, before as after": [late, event, first, "nothing"]
      })
    }
  })

  it("takes who has another payer over to them, with no word of cover that ends", () => {
    const listed = enrolled(couple({ pbiDecree: true }), start)
    const plan = planned(listed, resigned, today)
    assert.strictEqual(told(plan, father), "transfers: PPU-BU ACTIVE -> PBI-JK ACTIVE on 2026-02-10")
    assert.deepStrictEqual(codes(plan, father), [
      "CoverFollowsFamily",
      "MoveTransferred",
      "OnPbiDecree",
      "TransferSameDay"
    ])
    assert.strictEqual(told(plan, mother), "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01")
  })
})

describe("the end of a grace", () => {
  const ends = { _tag: "GraceEnds" } as const

  it("is of those whose grace is over, and of who came into it meanwhile", () => {
    const born = { _tag: "Birth", ref: third, birthDate: day("2025-10-01"), hasNik: true, mother } as const
    const { family } = carried(graced, born, on("2025-10-10"))
    const plan = planned(inCare(family, third, "not-in-treatment"), ends, graceOver)
    assert.strictEqual(told(plan, father), "moves: PPU-BU GRACE_PHK -> PPU-BU ENDED_EMPLOYMENT on 2025-12-02")
    assert.strictEqual(told(plan, third), "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-01-01")
    assert.deepStrictEqual(changeOf(plan, father)?.reasons, [
      { code: "GraceIsOver", params: { until: day("2025-12-01") } },
      { code: "MoveGraceEnded" }
    ])
    assert.deepStrictEqual(changeOf(plan, third)?.reasons, [
      { code: "GraceIsOver", params: { until: day("2025-12-02") } },
      { code: "MoveEmploymentEnded" }
    ])
  })

  it("leaves alone whose cover does not stand on it", () => {
    const cases: Readonly<Record<string, readonly [Family.Family, Ref]>> = {
      "on PBI": [held(graced, first, { segment: "PBI-JK", state: "ACTIVE" }), first],
      "a payer": [held(graced, first, { segment: "BP", state: "ACTIVE" }), first],
      "not verified yet": [held(graced, first, { state: "PENDING_VERIFICATION" }), first],
      held: [held(graced, first, { state: "BLOCKED_DATA" }), first],
      "a longer grace": [held(graced, first, { until: day("2026-01-31") }), first],
      "work of one's own": [
        stating(held(graced, mother, { state: "ACTIVE" }), mother, { occupation: "private", wage: 5_000_000 }),
        mother
      ]
    }
    for (const [name, [family, ref]] of Object.entries(cases)) {
      const plan = planned(family, ends, graceOver)
      assert.strictEqual(told(plan, ref), "nothing", name)
      assert.notStrictEqual(told(plan, father), "nothing", name)
    }
    // and is refused where no grace on the card is over
    assert.deepStrictEqual(refused(graced, ends, on("2025-12-01")), ["GraceNotOver"])
    assert.deepStrictEqual(refused(workers, ends, graceOver), ["GraceNotOver"])
  })

  it("takes over to another payer whom the rules give one", () => {
    const listed = stating(graced, first, { pbiDecree: true })
    const plan = planned(listed, ends, graceOver)
    assert.strictEqual(told(plan, first), "transfers: PPU-BU GRACE_PHK -> PBI-JK ACTIVE on 2025-12-02")
    assert.notInclude(codes(plan, first), "GraceIsOver")
    assert.strictEqual(told(plan, second), "moves: PPU-BU GRACE_PHK -> PPU-BU ENDED_EMPLOYMENT on 2025-12-02")
  })
})

describe("a decree on PBI", () => {
  const service = ["RemovedFromPbi", "MovePbiRemoved", "PbiServiceContinues"]

  it("says first that one is no longer named, and what follows from it", () => {
    const scheme = enrolled(couple({ occupation: "none", pbiDecree: true, localScheme: true }), start)
    check({
      "on PBI": [
        poor,
        decree([], [father]),
        father,
        "moves: PBI-JK ACTIVE -> PBI-JK REMOVED_PBI on 2026-02-10",
        service
      ],
      "a worker": [
        workers,
        decree([], [father]),
        father,
        staying("PPU-BU ACTIVE"),
        ["RemovedFromPbi", "PrivateWorker"]
      ],
      "a payer": [
        active(traders),
        decree([], [father]),
        father,
        staying("PBPU ACTIVE"),
        ["RemovedFromPbi", "OwnAccount"]
      ],
      "in the local scheme": [
        scheme,
        decree([], [father]),
        father,
        "transfers: PBI-JK ACTIVE -> PBPU-PD ACTIVE on 2026-02-10",
        ["RemovedFromPbi", "MoveTransferred", "InLocalScheme", "TransferSameDay"]
      ],
      "removed before": [
        held(poor, father, { state: "REMOVED_PBI" }),
        decree([], [father]),
        father,
        staying("PBI-JK REMOVED_PBI"),
        ["RemovedFromPbi", "NotWorking"]
      ],
      "removed before, and in the local scheme": [
        held(scheme, father, { state: "REMOVED_PBI" }),
        decree([], [father]),
        father,
        "transfers: PBI-JK REMOVED_PBI -> PBPU-PD ACTIVE on 2026-02-10"
      ],
      "named again": [poor, decree([father], []), father, staying("PBI-JK ACTIVE"), ["ListedForPbi", "OnPbiDecree"]]
    })
  })
})

describe("the first of the reasons", () => {
  it("is what happened, to whom it happened", () => {
    const spouse = { ref: fourth, facts: known("1992-02-02"), verified: true }
    const alone = enrolled([person(father, "head", "1990-01-01", { occupation: "private", wage: 6_000_000 })], start)
    const wedding = { _tag: "Marriage", of: father, spouse } as const
    const retired = { _tag: "Retirement", of: father } as const
    const begins = ["MoveTransferred", "NotWorking", "TransferSameDay", "CoverNeedsFirstPayment", "FirstPaymentMover"]
    const pays = "transfers: PPU-BU ACTIVE -> BP AWAITING_FIRST_PAYMENT on 2026-02-10"
    check({
      "who comes in": [
        alone,
        wedding,
        fourth,
        "opens: nowhere -> PPU-BU ACTIVE on 2026-02-10",
        ["CoverOfNewcomer", "MoveRegisteredPaid", "SpouseOfWorker"]
      ],
      "who was there": [alone, wedding, father, staying("PPU-BU ACTIVE"), ["CoverFollowsFamily", "PrivateWorker"]],
      "a pensioner": [
        workers,
        { ...retired, as: "pensioner", pension: 3_000_000 },
        father,
        "transfers: PPU-BU ACTIVE -> BP ACTIVE on 2026-02-10",
        ["PensionerFromNowOn", "MoveTransferred", "StatePaidPensioner", "TransferSameDay"]
      ],
      "the family of a pensioner": [
        workers,
        { ...retired, as: "pensioner", pension: 3_000_000 },
        mother,
        pays,
        ["CoverFollowsFamily", ...begins]
      ],
      "who has no pension": [workers, { ...retired, as: "none" }, father, pays, ["CoverFollowsFamily", ...begins]],
      "who comes of age": [
        grown,
        { _tag: "ChildTurns", of: first, studies: false },
        first,
        pays,
        ["ChildComesOfAge", ...begins]
      ]
    })
    const { reasons } = changeOf(planned(grown, { _tag: "ChildTurns", of: first }, today), first) ?? {}
    assert.deepStrictEqual(reasons?.[0], { code: "ChildComesOfAge", params: { age: 21, studentAge: 25 } })
  })

  it("is of a move that the old local scheme is left behind, where there was one and the new place does not pay", () => {
    const local = enrolled(couple({ occupation: "own-account", localScheme: true }, { localScheme: true }), start)
    const { localScheme: _, ...unsaid } = known("1985-04-03", { occupation: "own-account", maritalStatus: "married" })
    const asked = {
      ...local,
      members: local.members.map((member) => (member.ref === father ? { ...member, facts: unsaid } : member))
    }
    const move = (localScheme: boolean) => ({ _tag: "Move", residence: "9972", localScheme }) as const
    const begins = ["MoveTransferred", "OwnAccount", "TransferSameDay", "CoverNeedsFirstPayment", "FirstPaymentMover"]
    const pays = "transfers: PBPU-PD ACTIVE -> PBPU AWAITING_FIRST_PAYMENT on 2026-02-10"
    check({
      "left behind": [local, move(false), father, pays, ["LocalSchemeLeftBehind", ...begins]],
      "nobody knew of one": [asked, move(false), father, pays, ["CoverFollowsFamily", ...begins]],
      "into one": [
        active(traders),
        move(true),
        father,
        "transfers: PBPU ACTIVE -> PBPU-PD ACTIVE on 2026-02-10",
        ["CoverFollowsFamily", "MoveTransferred", "InLocalScheme", "TransferSameDay"]
      ]
    })
    // between two places that pay a baby changes with its mother, who comes into the new scheme
    const baby = person(third, "child", "2026-01-01", { localScheme: true }, { mother })
    const family = held(
      held(active(enrolled(couple({ occupation: "own-account" }, {}, [baby]), today)), mother, { segment: "PBI-JK" }),
      third,
      { segment: "PBI-JK" }
    )
    const plan = planned(family, move(true), today)
    assert.strictEqual(told(plan, third), "transfers: PBI-JK ACTIVE -> PBPU-PD ACTIVE on 2026-02-10")
    assert.strictEqual(codes(plan, third)[0], "CoverFollowsFamily")
  })

  it("is that a new house keeps the facility nothing at all", () => {
    const family = held(workers, father, { facility: "0101", facilitySince: day("2024-01-01") })
    const move = { _tag: "Move", residence: "9972", facility: "0101" } as const
    const plan = planned(family, move, today)
    assert.strictEqual(told(plan, father), "nothing")
    assert.strictEqual(told(plan, mother), "facility: PPU-BU ACTIVE -> PPU-BU ACTIVE on 2026-03-01")
  })

  it("is of who waited for the treatment's end that it is over", () => {
    const { family } = carried(inCare(workers, first), resigned, today)
    const plan = planned(inCare(family, first, "unknown"), { _tag: "CareEnds", of: first }, on("2026-03-20"))
    assert.deepStrictEqual(codes(plan, first), ["CareIsOver", "MoveEmploymentEnded"])
  })
})
