import { assert, describe, it } from "@effect/vitest"
import { Account } from "@kis/core/contribution"
import { Family, Membership } from "@kis/core/membership"
import * as Result from "effect/Result"
import { day, father, first, mother, owing, person, second, today, workers } from "./families.ts"

const withMother = (over: Partial<Membership.Membership>): Family.Family => ({
  ...workers,
  members: workers.members.map((member) =>
    member.ref === mother && member.membership !== undefined
      ? { ...member, membership: { ...member.membership, ...over } }
      : member
  )
})

describe("Family.factsOf", () => {
  it("says how the mother of a child is covered, by her membership", () => {
    const schemes = [
      ["PBI-JK", "ACTIVE", "pbi"],
      ["PBPU-PD", "ACTIVE", "local"],
      ["PBPU", "ACTIVE", "other"],
      ["PBI-JK", "DECEASED", "pbi"],
      ["PBI-JK", "TRANSFERRED", "none"]
    ] as const
    for (const [segment, state, expected] of schemes) {
      const { motherScheme } = Family.factsOf(withMother({ segment, state }), first, today)
      assert.strictEqual(motherScheme, expected, `${segment} ${state}`)
    }
    assert.notProperty(Family.factsOf(workers, father, today), "motherScheme")
  })

  it("counts a child's place among the children, and not among other young relatives", () => {
    const cousin = person(first, "other", "2010-05-01")
    const family = { ...workers, members: [workers.members[0]!, cousin, person(second, "child", "2015-08-17")] }
    assert.strictEqual(Family.factsOf(family, second, today).childOrder, 1)
  })

  it("does not say that nobody is married to a head whom the card does not have", () => {
    const alone = { ...workers, members: [person(second, "child", "2015-08-17")] }
    assert.notProperty(Family.factsOf(alone, second, today), "spouseOccupation")
  })
})

describe("Family.owed", () => {
  it("is what all accounts owe together", () => {
    const owes = owing(workers, father, ["2025-12", "2026-01"], 35_000)
    assert.strictEqual(Family.owed(owes, today), 70_000)
    // what somebody has paid too much stands against what another one owes
    const paid: Account.Entry = { _tag: "Paid", on: day("2026-02-01"), amount: 45_000, reference: "bank-1" }
    const account = Result.getOrThrow(Account.post(Account.open("ahead"), paid))
    const members = owes.members.map((member) => (member.ref === mother ? { ...member, account } : member))
    assert.strictEqual(Family.owed({ ...owes, members }, today), 25_000)
    assert.strictEqual(Family.owed({ ...workers, members: members.slice(1) }, today), -45_000)
  })
})

describe("Membership.aggregate", () => {
  it("is sorted by state and by office", () => {
    const { membership } = workers.members[0]!
    assert.isDefined(membership)
    assert.deepStrictEqual(Membership.aggregate.columnsOf({ ...membership!, coveredUntil: day("2026-01-01") }), [
      "ACTIVE",
      "0903"
    ])
    assert.deepStrictEqual(Membership.aggregate.declaration.indexes, [
      { name: "byState", columns: ["state"] },
      { name: "byOffice", columns: ["office", "state"] }
    ])
  })
})
