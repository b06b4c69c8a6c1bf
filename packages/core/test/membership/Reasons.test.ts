import { assert, describe, it } from "@effect/vitest"
import { Segment } from "@kis/core/identity"
import {
  Abroad,
  Change,
  Death,
  Dismissal,
  Duplicate,
  Machine,
  Membership,
  Newborn,
  PbiReactivation,
  Transfer
} from "@kis/core/membership"
import { Reason, Rule } from "@kis/core/policy"
import { Month, PlainDate } from "@kis/core/time"
import * as fc from "fast-check"
import { catalogue as life } from "../../src/policy/internal/lifeReasons.ts"
import { catalogue as membership } from "../../src/policy/internal/membershipReasons.ts"
import { catalogue as money } from "../../src/policy/internal/moneyReasons.ts"
import { catalogue as moves } from "../../src/policy/internal/moveReasons.ts"
import { catalogue as decisions } from "../../src/policy/internal/reasons.ts"

const day = PlainDate.make
const codes = Object.keys(membership) as ReadonlyArray<Reason.ReasonCode>

/** All reasons and notes that a day's questions can be answered with. */
const answersOn = (on: PlainDate.PlainDate, before: PlainDate.PlainDate, flag: boolean, other: boolean) => {
  const asOf = { appliesOn: on, knownOn: on }
  const care = flag ? (other ? "in-treatment" : "not-in-treatment") : "unknown"
  const bills = [{ month: Month.of(on), amount: 1000, paid: flag ? 500 : 0 }]
  return [
    ...Machine.State.literals.flatMap((from) =>
      Machine.Trigger.literals.flatMap((trigger) =>
        (["PBI-JK", "PPU-BU", "PBPU"] as const).map((segment) => Machine.move({ from, trigger, segment, care }, asOf))
      )
    ),
    Change.facility({ since: before, moved: flag, assigned: other }, asOf),
    Change.visit({ visits: flag ? [before, before, before] : [] }, asOf),
    ...Segment.Segment.literals.flatMap((segment) => [
      Change.wardClass(
        { segment, since: before, firstBillPaid: flag, arrears: other ? 1 : 0, wholeFamily: other, autoDebit: flag },
        asOf
      ),
      Newborn.terms({ birthDate: before, motherSegment: segment, hasNik: flag, childOrder: other ? 1 : 4 }, asOf),
      Newborn.terms({ birthDate: before, motherSegment: "none", parentSegment: segment, hasNik: flag }, asOf),
      Death.report({ segment, diedOn: before, bills }, asOf),
      Transfer.of({ from: segment, to: "PBI-JK", debts: flag ? 1000 : 0 }, asOf),
      Abroad.suspend({ segment, from: on, months: other ? 6 : 5, paidInIndonesia: flag }, asOf)
    ]),
    Death.correct({ previous: flag ? "ACTIVE" : "TRANSFERRED", diedOn: before }, asOf),
    ...(["phk", "resignation", "contract-ended", "death"] as const).map((cause) =>
      Dismissal.grace({ cause, proofs: other ? ["court-ruling"] : [], disputed: flag, employerPays: other }, asOf)
    ),
    Abroad.returned({ returnedOn: before }, asOf),
    PbiReactivation.judge({ removedOn: before, healthLetter: flag, ...(other ? { dinsosLetter: true } : {}) }, asOf)
  ]
}

describe("Reasons of membership", () => {
  it("have names that no other part of the catalogue has", () => {
    const all = [decisions, money, membership, life].flatMap((part) => Object.keys(part))
    assert.strictEqual(new Set(all).size, all.length)
    assert.includeMembers(codes as ReadonlyArray<string> as Array<string>, Object.keys(moves))
  })

  it("name a rule of the catalogue of rules", () => {
    const known = new Set<string>(Rule.all.map((rule) => rule.id))
    for (const code of codes) {
      const { rule } = Reason.entry(code).citation
      assert.isTrue(rule !== undefined && known.has(rule), `${code} ${rule}`)
    }
  })

  it("are full sentences, with every hole filled, on whatever day", () => {
    const dates = fc.integer({ min: 0, max: 3000 }).map((days) => PlainDate.addDays(day("2018-06-01"), days))
    fc.assert(
      fc.property(dates, fc.nat(400), fc.boolean(), fc.boolean(), (before, later, flag, other) => {
        const said = new Map<string, Reason.Reason>()
        for (const answer of answersOn(PlainDate.addDays(before, later), before, flag, other)) {
          const notes = "notes" in answer ? answer.notes : []
          if (answer.reasons.length === 0) throw new Error("an answer without a reason")
          for (const reason of [...answer.reasons, ...notes]) said.set(JSON.stringify(reason), reason)
        }
        for (const reason of said.values()) {
          for (const language of ["id", "en"] as const) {
            const text = Reason.render(reason, language)
            assert.notInclude(text, "{", reason.code)
            assert.match(text, /\.$/, reason.code)
          }
        }
      }),
      { numRuns: 40 }
    )
  })

  it("are all given by some answer", () => {
    const given = new Set<string>()
    for (const before of ["2018-06-01", "2023-01-10", "2025-01-10", "2025-10-10", "2025-12-20", "2026-02-01"]) {
      for (const later of [0, 20, 60, 300]) {
        for (const flag of [true, false]) {
          for (const other of [true, false]) {
            const on = PlainDate.addDays(day(before), later)
            for (const { reasons } of answersOn(on, day(before), flag, other)) {
              for (const reason of reasons) given.add(reason.code)
            }
          }
        }
      }
    }
    const today = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
    const account = {
      ref: "a",
      segment: "PBPU",
      matched: true,
      openedOn: day("2020-01-01"),
      inTreatment: false
    } as const
    const state = {
      ref: "b",
      segment: "PPU-PN",
      matched: true,
      openedOn: day("2020-01-01"),
      inTreatment: false
    } as const
    const family = {
      segment: "PBPU",
      since: day("2026-02-01"),
      arrears: 0,
      wholeFamily: true,
      autoDebit: true
    } as const
    for (const { reasons } of [
      Change.wardClass({ ...family, firstBillPaid: false }, today),
      Machine.move({ from: "PENDING_VERIFICATION", trigger: "verified", segment: "BP" }, today),
      Machine.move({ from: "ACTIVE", trigger: "month-unpaid" }, today),
      Machine.move({ from: "BLOCKED_DATA", trigger: "data-corrected", previous: "ACTIVE" }, today),
      Machine.move({ from: "DECEASED", trigger: "death-corrected", previous: "ACTIVE" }, today),
      Machine.move({ from: "REMOVED_PBI", trigger: "pbi-reactivated", segment: "PBI-JK" }, today),
      Newborn.terms({ birthDate: today.appliesOn, motherSegment: "none", hasNik: true }, today),
      Death.report({ segment: "PBPU", diedOn: day("2026-02-11"), bills: [] }, today),
      Death.report(
        { segment: "PBPU", diedOn: day("2026-01-11"), bills: [{ month: Month.make("2026-02"), amount: 2, paid: 1 }] },
        today
      ),
      Abroad.suspend({ segment: "PPU-BU", from: today.appliesOn, months: 6 }, today),
      PbiReactivation.judge({ removedOn: day("2026-02-01") }, today),
      Duplicate.survivor([account]),
      Duplicate.survivor([account, state]),
      Duplicate.survivor([account, { ...account, ref: "c", matched: false }]),
      Duplicate.survivor([account, { ...account, ref: "c" }]),
      Duplicate.kind({ sameNik: true }),
      ...[true, false].flatMap((samePerson) => [true, false].map((sameNik) => Duplicate.kind({ samePerson, sameNik })))
    ]) {
      for (const reason of reasons) given.add(reason.code)
    }
    assert.deepStrictEqual(
      codes.filter((code) => !given.has(code)),
      []
    )
    assert.isAbove(Membership.State.literals.length, 13)
  })
})
