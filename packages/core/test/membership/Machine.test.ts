import { assert, describe, it } from "@effect/vitest"
import { Segment } from "@kis/core/identity"
import { Machine, Membership } from "@kis/core/membership"
import { type Dated, National, type Policy, Reason } from "@kis/core/policy"
import type { CareStatus } from "@kis/core/registry"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

const at = (on: string, knownOn = on): Dated.AsOf => ({
  appliesOn: PlainDate.make(on),
  knownOn: PlainDate.make(knownOn)
})
const today = at("2026-02-10")

const { State, Trigger, edges, move } = Machine

const to = (of: Machine.Move, asOf = today) => {
  const movement = move(of, asOf)
  return movement._tag === "Moved" || movement._tag === "Waits" ? `${movement._tag} ${movement.to}` : movement._tag
}

const codes = (movement: Machine.Movement) => movement.reasons.map((reason) => reason.code)

const moves: fc.Arbitrary<Machine.Move> = fc.record(
  {
    from: fc.constantFrom(...State.literals),
    trigger: fc.constantFrom(...Trigger.literals),
    segment: fc.constantFrom(...Segment.Segment.literals),
    selfPaid: fc.boolean(),
    previous: fc.constantFrom(...Membership.State.literals),
    opens: fc.constantFrom(...Membership.State.literals),
    care: fc.constantFrom<CareStatus.Care>("in-treatment", "not-in-treatment", "unknown")
  },
  { requiredKeys: ["from", "trigger"] }
)

describe("Machine: the table", () => {
  it("cites a rule for every edge, and says what happens in both languages", () => {
    for (const edge of edges) {
      const { citation } = Reason.entry(edge.reason)
      assert.isTrue(citation.rule !== undefined && citation.source.length > 5, edge.reason)
      assert.isAbove(edge.when.id.length, 3)
      assert.isAbove(edge.when.en.length, 3)
      assert.notStrictEqual(edge.when.id, edge.when.en)
    }
  })

  it("comes to every state, and leaves every state but the one that is over for good", () => {
    const reached = new Set<string>(["UNREGISTERED"])
    for (let before = 0; before < reached.size;) {
      before = reached.size
      for (const edge of edges) if (reached.has(edge.from)) reached.add(edge.to)
    }
    assert.sameMembers([...reached], [...State.literals, "previous"])
    const closed = State.literals.filter((state) => Machine.legal(state).length === 0)
    assert.deepStrictEqual(closed, ["TRANSFERRED"])
  })

  it("has the edges of domain.md 6.1", () => {
    const pairs = new Set(edges.map((edge) => `${edge.from} ${edge.to}`))
    for (const pair of [
      "UNREGISTERED PENDING_VERIFICATION",
      "PENDING_VERIFICATION AWAITING_FIRST_PAYMENT",
      "AWAITING_FIRST_PAYMENT ACTIVE",
      "AWAITING_FIRST_PAYMENT EXPIRED",
      "ACTIVE SUSPENDED_ARREARS",
      "SUSPENDED_ARREARS ACTIVE",
      "ACTIVE GRACE_PHK",
      "GRACE_PHK ENDED_EMPLOYMENT",
      "ACTIVE ENDED_EMPLOYMENT",
      "ACTIVE REMOVED_PBI",
      "ACTIVE SUSPENDED_ABROAD",
      "SUSPENDED_ABROAD ACTIVE",
      "BLOCKED_DUPLICATE CLOSED_DUPLICATE",
      "BLOCKED_DATA previous",
      "DECEASED previous"
    ]) {
      assert.isTrue(pairs.has(pair), pair)
    }
    for (const state of State.literals.filter(Machine.isLive)) {
      for (const any of ["TRANSFERRED", "BLOCKED_DUPLICATE", "BLOCKED_DATA", "DECEASED"]) {
        if (state !== any) assert.isTrue(pairs.has(`${state} ${any}`), `${state} ${any}`)
      }
    }
  })

  it("never leads to cover from what is unverified, by any edge", () => {
    for (const edge of edges) {
      if (edge.to === "ACTIVE" && edge.from === "UNREGISTERED") assert.strictEqual(edge.trigger, "register-verified")
      if (edge.to === "ACTIVE" && edge.from === "PENDING_VERIFICATION") assert.strictEqual(edge.trigger, "verified")
    }
  })

  it("knows which edges take cover away", () => {
    const ending = edges.filter((edge) => edge.endsCover).map((edge) => `${edge.from} ${edge.trigger}`)
    assert.sameMembers(ending, [
      "ACTIVE month-unpaid",
      "ACTIVE employment-ended",
      "GRACE_PHK grace-ended",
      "ACTIVE pbi-removed",
      "ACTIVE went-abroad",
      "ACTIVE duplicate-found",
      "GRACE_PHK duplicate-found",
      "ACTIVE data-blocked",
      "GRACE_PHK data-blocked",
      "ACTIVE died",
      "GRACE_PHK died"
    ])
    assert.sameMembers([...new Set(edges.filter((edge) => !edge.waitsForCare).map((edge) => edge.trigger))], ["died"])
  })
})

describe("Machine.move", () => {
  it("registers: nobody active without the population register, nobody covered who pays alone and has not", () => {
    const from = "UNREGISTERED"
    for (const selfPaid of [true, false]) {
      assert.strictEqual(to({ from, trigger: "register-unverified", selfPaid }), "Moved PENDING_VERIFICATION")
    }
    assert.strictEqual(to({ from, trigger: "register-verified", segment: "PBPU" }), "Moved AWAITING_FIRST_PAYMENT")
    for (const segment of ["PBI-JK", "PBPU-PD", "PPU-PN", "PPU-BU"] as const) {
      assert.strictEqual(to({ from, trigger: "register-verified", segment }), "Moved ACTIVE")
      assert.strictEqual(to({ from: "PENDING_VERIFICATION", trigger: "verified", segment }), "Moved ACTIVE")
    }
    assert.strictEqual(
      to({ from: "PENDING_VERIFICATION", trigger: "verified", segment: "PBPU" }),
      "Moved AWAITING_FIRST_PAYMENT"
    )
  })

  it("asks who pays where the segment does not tell", () => {
    const of = { from: "PENDING_VERIFICATION", trigger: "verified" } as const
    for (const asked of [of, { ...of, segment: "BP" as const }]) {
      const movement = move(asked, today)
      assert.deepStrictEqual(movement._tag === "Unknown" && movement.missing, ["selfPaid"])
      assert.deepStrictEqual(codes(movement), ["MissingSelfPaid"])
    }
    assert.strictEqual(to({ ...of, segment: "BP", selfPaid: false }), "Moved ACTIVE")
    assert.strictEqual(to({ ...of, segment: "BP", selfPaid: true }), "Moved AWAITING_FIRST_PAYMENT")
  })

  it("stops cover on the 1st of the next month, not after the 10th", () => {
    const unpaid = { from: "ACTIVE", trigger: "month-unpaid", segment: "PBPU", care: "not-in-treatment" } as const
    for (const [on, stops, last] of [
      ["2026-01-31", "2026-02-01", "2026-01-31"],
      ["2026-02-11", "2026-03-01", "2026-02-28"],
      ["2025-12-31", "2026-01-01", "2025-12-31"]
    ] as const) {
      const movement = move(unpaid, at(on))
      assert.isTrue(movement._tag === "Moved")
      if (movement._tag !== "Moved") return
      assert.deepStrictEqual([movement.effectiveOn, movement.coverUntil], [stops, last])
    }
  })

  it("takes how many unpaid months stop cover from the policy", () => {
    const { suspensionMonths } = National.policy.parameters
    const history = suspensionMonths.history.map((entry) => ({ ...entry, value: 3 }))
    const patient: Policy.Policy = {
      version: "patient",
      parameters: { ...National.policy.parameters, suspensionMonths: { ...suspensionMonths, history } }
    }
    const unpaid = { from: "ACTIVE", trigger: "month-unpaid", segment: "BP", care: "not-in-treatment" } as const
    const movement = move(unpaid, at("2026-01-31"), patient)
    assert.strictEqual(movement._tag === "Moved" && movement.effectiveOn, PlainDate.make("2026-04-01"))
  })

  it("never stops the cover of whom a government pays for, because it pays late", () => {
    for (const segment of ["PBI-JK", "PBPU-PD"] as const) {
      const movement = move({ from: "ACTIVE", trigger: "month-unpaid", segment, care: "not-in-treatment" }, today)
      assert.strictEqual(movement._tag, "Illegal")
      assert.notInclude(movement._tag === "Illegal" ? movement.legal : [], "month-unpaid")
    }
    const asked = move({ from: "ACTIVE", trigger: "month-unpaid", care: "not-in-treatment" }, today)
    assert.deepStrictEqual(asked._tag === "Unknown" && asked.missing, ["segment"])
    assert.deepStrictEqual(codes(asked), ["MissingSegment"])
  })

  it("holds up every end of cover while somebody is, or may be, in treatment; but not death", () => {
    for (const edge of edges.filter((edge) => edge.endsCover)) {
      const segment = edge.segments?.[0] ?? "PBPU"
      for (const [care, code] of [
        ["in-treatment", "CareContinues"],
        ["unknown", "CareUnknown"],
        [undefined, "CareUnknown"]
      ] as const) {
        const of = { from: edge.from, trigger: edge.trigger, segment, ...(care === undefined ? {} : { care }) }
        const movement = move(of, today)
        if (edge.trigger === "died") {
          assert.deepInclude(movement, { _tag: "Moved", effectiveOn: today.appliesOn, coverUntil: today.appliesOn })
          continue
        }
        assert.strictEqual(movement._tag, "Waits", edge.trigger)
        assert.deepStrictEqual(codes(movement), [code, edge.reason])
        assert.strictEqual(movement._tag === "Waits" ? movement.to : undefined, edge.to as Machine.Stored)
      }
      assert.strictEqual(
        move({ from: edge.from, trigger: edge.trigger, segment, care: "not-in-treatment" }, today)._tag,
        "Moved"
      )
    }
  })

  it("ends cover the day before the new state, and goes on with cover through a transfer", () => {
    const from = "ACTIVE"
    const blocked = move({ from, trigger: "data-blocked", care: "not-in-treatment" }, today)
    assert.deepInclude(blocked, { effectiveOn: today.appliesOn, coverUntil: PlainDate.make("2026-02-09") })
    const ended = move({ from, trigger: "employment-ended", segment: "PPU-BU", care: "not-in-treatment" }, today)
    assert.deepInclude(ended, {
      effectiveOn: PlainDate.make("2026-03-01"),
      coverUntil: PlainDate.make("2026-02-28")
    })
    const transferred = move({ from, trigger: "transferred", care: "in-treatment" }, today)
    assert.deepInclude(transferred, { _tag: "Moved", to: "TRANSFERRED", effectiveOn: today.appliesOn })
    assert.notProperty(transferred, "coverUntil")
  })

  it("holds up a transfer into an account that does not cover yet", () => {
    const of = { from: "ACTIVE", trigger: "transferred", opens: "AWAITING_FIRST_PAYMENT" } as const
    assert.strictEqual(to({ ...of, care: "in-treatment" }), "Waits TRANSFERRED")
    assert.strictEqual(to(of), "Waits TRANSFERRED")
    const moved = move({ ...of, care: "not-in-treatment" }, today)
    assert.deepInclude(moved, { _tag: "Moved", coverUntil: PlainDate.make("2026-02-09") })
    assert.strictEqual(to({ ...of, from: "SUSPENDED_ARREARS" }), "Moved TRANSFERRED", "had no cover to lose")
    assert.strictEqual(to({ ...of, opens: "GRACE_PHK" }), "Moved TRANSFERRED")
  })

  it("says until when care of those removed from PBI stays paid", () => {
    const removed = { from: "ACTIVE", trigger: "pbi-removed", segment: "PBI-JK", care: "not-in-treatment" } as const
    const february = move(removed, at("2026-02-01", "2026-02-10"))
    assert.deepInclude(february, {
      to: "REMOVED_PBI",
      effectiveOn: PlainDate.make("2026-02-01"),
      coverUntil: PlainDate.make("2026-04-30")
    })
    assert.deepStrictEqual(february.reasons.at(-1), {
      code: "PbiServiceContinues",
      params: { months: 3, until: "2026-04-30" }
    })
    const before = move(removed, at("2026-02-01", "2026-02-08"))
    assert.deepInclude(before, { coverUntil: PlainDate.make("2026-01-31") })
    assert.deepStrictEqual(codes(before), ["MovePbiRemoved"])
    const after = move(removed, at("2026-05-01"))
    assert.deepInclude(after, { coverUntil: PlainDate.make("2026-04-30") })
    assert.deepInclude(after._tag === "Moved" ? after.notes : [], {
      code: "RuleNotKnown",
      params: { rule: "PBI-16" }
    })
    assert.deepStrictEqual(codes(move(removed, at("2025-11-01"))), ["MovePbiRemoved"])
    // before there was an agreement there is nothing to say of it; later than it was verified, that it was not
    const notes = (asOf: Dated.AsOf) => {
      const moved = move(removed, asOf)
      return moved._tag === "Moved" ? moved.notes.map(({ params }) => params?.parameter ?? params?.rule) : []
    }
    assert.deepStrictEqual(notes(at("2025-11-01")), [])
    assert.deepStrictEqual(notes(at("2026-02-10")), [])
    assert.deepStrictEqual(notes(at("2026-03-10")), ["mainRegulation", "pbiServiceMonths"])
    assert.deepStrictEqual(notes(at("2026-05-01")), ["mainRegulation", "PBI-16"])
  })

  it("asks about treatment only where cover ends, whatever a new account would open in", () => {
    const opens = "AWAITING_FIRST_PAYMENT"
    const graced = move({ from: "ACTIVE", trigger: "dismissed", segment: "PPU-BU", opens }, today)
    assert.strictEqual(graced._tag, "Moved")
    assert.notProperty(graced, "coverUntil")
    assert.strictEqual(to({ from: "ACTIVE", trigger: "transferred", opens }), "Waits TRANSFERRED")
    assert.strictEqual(to({ from: "ACTIVE", trigger: "transferred" }), "Moved TRANSFERRED")
  })

  it("gives back the state that there was before a block, and no other", () => {
    const of = { from: "BLOCKED_DATA", trigger: "data-corrected" } as const
    assert.strictEqual(to({ ...of, previous: "SUSPENDED_ARREARS" }), "Moved SUSPENDED_ARREARS")
    assert.strictEqual(to({ ...of, previous: "TRANSFERRED" }), "Illegal")
    assert.strictEqual(to({ ...of, previous: "BLOCKED_DATA" }), "Illegal")
    const asked = move(of, today)
    assert.deepStrictEqual(asked._tag === "Unknown" && asked.missing, ["previous"])
    assert.strictEqual(to({ from: "DECEASED", trigger: "death-corrected", previous: "EXPIRED" }), "Moved EXPIRED")
    const kept = { from: "BLOCKED_DUPLICATE", trigger: "duplicate-kept" } as const
    assert.strictEqual(to(kept), "Moved ACTIVE")
    assert.strictEqual(to({ ...kept, previous: "PENDING_VERIFICATION" }), "Moved PENDING_VERIFICATION")
    assert.strictEqual(to({ ...kept, previous: "CLOSED_DUPLICATE" }), "Illegal")
  })

  it("takes a registration up again that had lapsed", () => {
    const again = (trigger: "register-unverified" | "register-verified", segment: "PBPU" | "PPU-BU") => {
      const movement = move({ from: "EXPIRED", trigger, segment }, today)
      assert.deepStrictEqual(codes(movement), ["MoveRegisteredAgain"])
      return to({ from: "EXPIRED", trigger, segment })
    }
    assert.strictEqual(again("register-unverified", "PBPU"), "Moved PENDING_VERIFICATION")
    assert.strictEqual(again("register-verified", "PBPU"), "Moved AWAITING_FIRST_PAYMENT")
    assert.strictEqual(again("register-verified", "PPU-BU"), "Moved ACTIVE")
  })

  it("says which triggers lead back to where one was", () => {
    assert.isTrue(Machine.goesBack("BLOCKED_DATA", "data-corrected"))
    assert.isFalse(Machine.goesBack("ACTIVE", "data-corrected"))
    assert.isFalse(Machine.goesBack("BLOCKED_DATA", "transferred"))
  })

  it("puts nobody on PBI again whom nobody verified", () => {
    const of = { from: "REMOVED_PBI", trigger: "pbi-reactivated", segment: "PBI-JK" } as const
    assert.strictEqual(to(of), "Moved ACTIVE")
    assert.strictEqual(to({ ...of, previous: "PENDING_VERIFICATION" }), "Moved PENDING_VERIFICATION")
    assert.strictEqual(to({ ...of, segment: "PBPU" }), "Illegal")
  })

  it("dismisses and ends employment for workers only", () => {
    for (const trigger of ["dismissed", "employment-ended"] as const) {
      assert.strictEqual(to({ from: "ACTIVE", trigger, segment: "PBPU", care: "not-in-treatment" }), "Illegal")
    }
    assert.strictEqual(to({ from: "ACTIVE", trigger: "dismissed", segment: "PPU-BU" }), "Moved GRACE_PHK")
    assert.strictEqual(to({ from: "SUSPENDED_ARREARS", trigger: "dismissed", segment: "PPU-PN" }), "Moved GRACE_PHK")
    assert.strictEqual(
      to({ from: "GRACE_PHK", trigger: "grace-ended", segment: "PPU-BU", care: "not-in-treatment" }),
      "Moved ENDED_EMPLOYMENT"
    )
  })

  it("names the moves that there are when one is not, as an error too", () => {
    const movement = move({ from: "AWAITING_FIRST_PAYMENT", trigger: "arrears-paid" }, today)
    assert.isTrue(movement._tag === "Illegal")
    if (movement._tag !== "Illegal") return
    assert.sameMembers(
      [...movement.legal],
      ["first-payment", "first-payment-missed", "withdrawn", "transferred", "duplicate-found", "data-blocked", "died"]
    )
    assert.deepStrictEqual(codes(movement), ["MoveNotPossible"])
    assert.deepStrictEqual(movement.reasons, [
      { code: "MoveNotPossible", params: { from: "AWAITING_FIRST_PAYMENT", trigger: "arrears-paid" } }
    ])
    const error = Machine.illegalMove(movement)
    assert.strictEqual(error._tag, "IllegalMove")
    assert.include(error.message, "AWAITING_FIRST_PAYMENT")
    assert.include(error.message, movement.legal.join(", "))
    const closed = move({ from: "TRANSFERRED", trigger: "verified" }, today)
    assert.include(closed._tag === "Illegal" ? Machine.illegalMove(closed).message : "", "None")
  })

  it("is unknown before the policy begins, never a guess", () => {
    const movement = move({ from: "AWAITING_FIRST_PAYMENT", trigger: "first-payment" }, at("2018-09-17"))
    assert.deepStrictEqual(movement, {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "RuleNotKnown", params: { rule: "LAW" } }]
    })
    assert.strictEqual(
      to({ from: "AWAITING_FIRST_PAYMENT", trigger: "first-payment" }, at("2018-09-18")),
      "Moved ACTIVE"
    )
    const { suspensionMonths } = National.policy.parameters
    const silent = {
      version: "silent",
      parameters: { ...National.policy.parameters, suspensionMonths: { ...suspensionMonths, history: [] } }
    }
    const unpaid = { from: "ACTIVE", trigger: "month-unpaid", segment: "PBPU", care: "not-in-treatment" } as const
    assert.deepStrictEqual(move(unpaid, today, silent).reasons, [{ code: "RuleNotKnown", params: { rule: "PAY-2" } }])
  })

  it("says that it was not verified later than the policy was", () => {
    const movement = move({ from: "AWAITING_FIRST_PAYMENT", trigger: "first-payment" }, at("2026-03-01"))
    assert.deepInclude(movement._tag === "Moved" ? movement.notes[0] : undefined, { code: "NotVerifiedAfter" })
    const inTime = move({ from: "AWAITING_FIRST_PAYMENT", trigger: "first-payment" }, at("2026-02-28"))
    assert.deepStrictEqual(inTime._tag === "Moved" && inTime.notes, [])
  })

  it("answers every question, moves only along an edge, and explains itself", () => {
    fc.assert(
      fc.property(moves, (of) => {
        const movement = move(of, today)
        assert.isAbove(movement.reasons.length, 0)
        const here = edges.filter((edge) => edge.from === of.from && edge.trigger === of.trigger)
        switch (movement._tag) {
          case "Illegal":
            for (const trigger of movement.legal) {
              assert.notStrictEqual(
                move({ from: of.from, trigger, ...(of.segment === undefined ? {} : { segment: of.segment }) }, today)
                  ._tag,
                "Illegal"
              )
            }
            break
          case "Unknown":
            assert.isAbove(movement.missing.length, 0)
            break
          case "Waits":
          case "Moved": {
            assert.isTrue(
              here.some(({ otherwise, to }) =>
                (to === "previous" ? [of.previous, otherwise] : [to]).includes(movement.to)
              )
            )
            if (movement._tag === "Waits") break
            const loses = Machine.covers(of.from) && !Machine.covers(movement.to)
            const handedOn = of.trigger === "transferred" && (of.opens === undefined || Machine.covers(of.opens))
            assert.strictEqual(movement.coverUntil !== undefined, loses && !handedOn)
            if (movement.coverUntil !== undefined && of.trigger !== "died") {
              assert.strictEqual(of.care, "not-in-treatment", "nobody in treatment is cut off")
            }
          }
        }
      }),
      { numRuns: 3000 }
    )
  })

  it("never asks again for a fact that it was given", () => {
    fc.assert(
      fc.property(moves, (of) => {
        const movement = move(of, today)
        if (movement._tag === "Unknown") for (const fact of movement.missing) assert.isUndefined(of[fact])
      }),
      { numRuns: 1000 }
    )
  })
})

describe("Machine.diagram", () => {
  it("draws every state and every edge, from the table", () => {
    for (const language of ["id", "en"] as const) {
      const lines = Machine.diagram(language).split("\n")
      assert.strictEqual(lines[0], "stateDiagram-v2")
      for (const state of State.literals) {
        assert.include(lines, `  state "${Machine.name(state, language)}" as ${state}`)
        assert.isAbove(Machine.name(state, language).length, 3)
      }
      for (const box of ["ANY_OPEN", "PREVIOUS"]) {
        assert.isTrue(lines.some((line) => new RegExp(`^  state ".{5,}" as ${box}$`).test(line)))
      }
      // what every open account has is drawn once, and nothing else is
      const drawnOnce = lines.filter((line) => line.startsWith("  ANY_OPEN -->")).map((line) => line.split(" ")[4])
      assert.deepStrictEqual(drawnOnce, ["TRANSFERRED", "BLOCKED_DUPLICATE", "BLOCKED_DATA", "DECEASED"])
      assert.strictEqual(lines.at(-1), "")
      for (const edge of edges) {
        const target = edge.to === "previous" ? "PREVIOUS" : edge.to
        const label = edge.when[language]
        assert.isTrue(
          lines.includes(`  ${edge.from} --> ${target} : ${label}`) ||
            lines.includes(`  ANY_OPEN --> ${target} : ${label}`),
          `${edge.from} ${edge.trigger}`
        )
      }
      assert.include(lines, "  TRANSFERRED --> [*]")
      assert.include(lines, `  EXPIRED --> DECEASED : ${edges.find((it) => it.trigger === "died")!.when[language]}`)
      assert.strictEqual(new Set(lines).size, lines.length, "nothing is drawn twice")
      assert.isBelow(lines.filter((line) => line.includes("-->")).length, 45)
    }
  })

  it("keeps what Mermaid reads as its own out of labels", () => {
    for (const edge of edges) for (const text of Object.values(edge.when)) assert.notMatch(text, /[:;#"{}]|--/)
  })
})
