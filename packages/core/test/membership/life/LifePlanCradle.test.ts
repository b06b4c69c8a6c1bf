/** Whom a newborn follows and what is billed for it; what of the bills is left after a death. */
import { assert, describe, it } from "@effect/vitest"
import { Account } from "@kis/core/contribution"
import type { Family } from "@kis/core/membership"
import { Month } from "@kis/core/time"
import * as Result from "effect/Result"
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
  mother,
  on,
  owing,
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

const born = { _tag: "Birth", ref: third, birthDate: day("2026-02-01"), hasNik: false } as const
const jobless = active(enrolled(couple({ occupation: "none" }), start))
const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
const local = enrolled(couple({ occupation: "none", localScheme: true }, { localScheme: true }), start)
const three = enrolled(couple({}, {}, [person(fourth, "child", "2016-01-01", {}, { mother })]), start)

const opened = (segment: string, state: string, since = "2026-02-10") =>
  `opens: nowhere -> ${segment} ${state} on ${since}`

describe("a newborn", () => {
  it("is told why it comes where it comes, and by which registration", () => {
    const cases = [
      [workers, {}, opened("PPU-BU", "ACTIVE"), "NewbornOfWorker", "MoveRegisteredPaid"],
      [three, {}, opened("PPU-BU", "AWAITING_FIRST_PAYMENT"), "NewbornExtraChild", "MoveRegisteredSelfPaid"],
      [active(traders), {}, opened("PBPU", "AWAITING_FIRST_PAYMENT"), "NewbornAfterPayment", "MoveRegisteredSelfPaid"],
      [
        active(traders),
        { paidOn: day("2026-02-05") },
        opened("PBPU", "ACTIVE"),
        "NewbornAfterPayment",
        "MoveRegisteredSelfPaid"
      ],
      [jobless, { paidOn: day("2026-02-05") }, opened("BP", "ACTIVE"), "NewbornAfterPayment", "MoveRegisteredSelfPaid"],
      [poor, {}, opened("PBI-JK", "ACTIVE", "2026-02-01"), "NewbornOfPbi", "MoveRegisteredPaid"],
      [local, {}, opened("PBPU-PD", "PENDING_VERIFICATION"), "NewbornLocal", "MoveRegisteredUnverified"]
    ] as const
    for (const [family, over, step, reason, registered] of cases) {
      const plan = planned(family, { ...born, mother, ...over }, today)
      assert.strictEqual(told(plan, third), step)
      assert.deepStrictEqual(
        codes(plan, third),
        ["CoverOfNewcomer", reason, "NewbornInTime", "NewbornNikBy", registered],
        step
      )
      assert.strictEqual(
        changeOf(plan, third)?.trigger,
        registered === "MoveRegisteredUnverified" ? "register-unverified" : "register-verified"
      )
    }
    // a fourth child is covered once it is paid for
    const paid = planned(three, { ...born, mother, paidOn: day("2026-02-05") }, today)
    assert.strictEqual(told(paid, third), opened("PPU-BU", "ACTIVE"))
    assert.include(codes(paid, third), "MoveRegisteredSelfPaid")
  })

  it("follows a mother who died giving birth, by the cover that she had", () => {
    const death = { _tag: "Death", of: mother, diedOn: day("2026-02-01") } as const
    for (const [family, step] of [
      [poor, opened("PBI-JK", "ACTIVE", "2026-02-01")],
      [workers, opened("PPU-BU", "ACTIVE")]
    ] as const) {
      const plan = planned(carried(family, death, today).family, { ...born, mother }, today)
      assert.strictEqual(told(plan, third), step)
    }
  })

  it("is billed from birth on where the family pays for itself, and not otherwise", () => {
    const billed = (family: Family.Family) =>
      planned(family, { ...born, birthDate: day("2026-01-20"), mother }, today).postings.map(
        ({ account, entry, ref }) => [ref, account, entry] as const
      )
    const bill = (month: string) =>
      [third, "new", { _tag: "Billed", month: Month.make(month), on: day("2026-02-10"), amount: 35_000 }] as const
    for (const family of [active(traders), jobless]) {
      assert.deepStrictEqual(billed(family), [bill("2026-01"), bill("2026-02")])
    }
    for (const family of [workers, three, poor, local]) assert.deepStrictEqual(billed(family), [])
  })

  it("follows a mother who is not on the card, as far as anybody says how she is covered", () => {
    const follows = [
      ["pbi", opened("PBI-JK", "ACTIVE", "2026-02-01")],
      ["local", opened("PBPU-PD", "PENDING_VERIFICATION")],
      // then the head is whom it follows
      ["none", opened("PBPU", "AWAITING_FIRST_PAYMENT")],
      ["other", opened("PBPU", "AWAITING_FIRST_PAYMENT")]
    ] as const
    for (const [motherScheme, step] of follows) {
      assert.strictEqual(told(planned(active(traders), { ...born, motherScheme }, today), third), step, motherScheme)
    }
    const asked = planned(active(traders), born, today)
    assert.strictEqual(told(asked, third), "stays: nowhere -> nowhere on 2026-02-10")
    assert.deepStrictEqual(codes(asked, third), ["MissingMotherScheme"])
    assert.deepStrictEqual(changeOf(asked, third)?.missing, ["motherScheme"])
  })

  it("follows the parent whose work covers, then the head, then whoever of the couple has cover", () => {
    const own = active(traders)
    const reversed = (family: Family.Family): Family.Family => ({ ...family, members: family.members.toReversed() })
    const brother = person(id(8), "other", "1999-01-01", { occupation: "private", wage: 6_000_000 })
    const withBrother = active(enrolled([brother, ...couple({ occupation: "own-account" })], start))
    const cases: ReadonlyArray<readonly [string, Family.Family, string]> = [
      ["the spouse works", held(own, mother, { segment: "PPU-BU" }), "PPU-BU ACTIVE"],
      ["the spouse works for the state", held(own, mother, { segment: "PPU-PN" }), "PPU-PN ACTIVE"],
      [
        "both, the head for the state",
        held(held(own, mother, { segment: "PPU-BU" }), father, { segment: "PPU-PN" }),
        "PPU-PN ACTIVE"
      ],
      ["a brother works", withBrother, "PBPU AWAITING_FIRST_PAYMENT"],
      ["the head", held(own, mother, { segment: "BP" }), "PBPU AWAITING_FIRST_PAYMENT"],
      [
        "the head, though last on the card",
        reversed(held(own, mother, { segment: "BP" })),
        "PBPU AWAITING_FIRST_PAYMENT"
      ],
      [
        "the spouse, where the head has none",
        unheld(held(own, mother, { segment: "BP" }), father),
        "BP AWAITING_FIRST_PAYMENT"
      ],
      [
        "the spouse works, the head has none",
        unheld(held(own, mother, { segment: "PPU-BU" }), father),
        "PPU-BU ACTIVE"
      ],
      ["the head in the local scheme", held(own, father, { segment: "PBPU-PD" }), "PBPU-PD PENDING_VERIFICATION"]
    ]
    for (const [name, family, standing] of cases) {
      const plan = planned(family, { ...born, motherScheme: "none" }, today)
      assert.strictEqual(told(plan, third), `opens: nowhere -> ${standing} on 2026-02-10`, name)
    }
  })

  it("carries the notes on the rules that it stands on", () => {
    const late = on("2026-09-10")
    const notes = (family: Family.Family) => {
      const event = { ...born, birthDate: day("2026-09-01"), mother }
      return changeOf(planned(family, event, late), third)?.notes.map(({ params }) => params?.parameter) ?? []
    }
    assert.deepStrictEqual(
      [...new Set(notes(workers))],
      ["newbornDays", "newbornNikMonths", "coveredChildren", "mainRegulation", "childAge"]
    )
    assert.includeMembers(notes(three), ["coveredChildren", "extraFamilyRate"])
  })
})

describe("after a death", () => {
  const diedOn = day("2025-12-30")
  const death = { _tag: "Death", of: father, diedOn } as const
  const owes = owing(active(traders), father, ["2025-12", "2026-01", "2026-02"], 35_000)

  const posted = (family: Family.Family, ...entries: ReadonlyArray<Account.Entry>): Family.Family => ({
    ...family,
    members: family.members.map((member) =>
      member.account === undefined
        ? member
        : { ...member, account: Result.getOrThrow(Account.postAll(member.account, entries)) }
    )
  })
  const entries = (family: Family.Family) => planned(family, death, today).postings.map(({ entry }) => entry)
  const cancelled = (month: string) =>
    ({ _tag: "Cancelled", month: Month.make(month), on: day("2026-02-10"), amount: 35_000, why: "death" }) as const

  it("only what is owed for the months behind it is taken back, and only what was paid for them given back", () => {
    assert.deepStrictEqual(entries(owes), [cancelled("2026-01"), cancelled("2026-02")])
    // a month that was taken back before owes nothing
    const taken = posted(owes, { ...cancelled("2026-01"), on: day("2026-01-20") })
    assert.deepStrictEqual(entries(taken), [cancelled("2026-02")])
    const paid = posted(owes, { _tag: "Paid", on: day("2026-02-05"), amount: 70_000, reference: "bank-1" })
    assert.deepStrictEqual(entries(paid), [
      cancelled("2026-01"),
      cancelled("2026-02"),
      { _tag: "Refunded", on: day("2026-02-10"), amount: 35_000, reference: `death:${father}:${paid.revision}` }
    ])
    assert.deepStrictEqual(entries(active(traders)), [])
  })

  it("nobody else pays another amount for it, and the dead pay none", () => {
    const plan = planned(owes, death, today)
    assert.deepStrictEqual(costs(plan, father), [42_000, undefined])
    const { family } = carried(owes, death, today)
    assert.strictEqual(family.members.find(({ ref }) => ref === father)?.membership?.coveredUntil, diedOn)
    assert.strictEqual(told(plan, first), "transfers: PBPU ACTIVE -> BP ACTIVE on 2026-02-10")
    assert.deepStrictEqual(costs(plan, second), [42_000, 42_000])
  })
})
