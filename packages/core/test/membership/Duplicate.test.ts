import { assert, describe, it } from "@effect/vitest"
import { Segment } from "@kis/core/identity"
import { Duplicate } from "@kis/core/membership"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

const day = PlainDate.make
const codes = (answer: { readonly reasons: ReadonlyArray<{ readonly code: string }> }) =>
  answer.reasons.map((it) => it.code)

const account = (ref: string, of: Partial<Duplicate.Account> = {}): Duplicate.Account => ({
  ref,
  segment: "PBPU",
  matched: true,
  openedOn: day("2015-01-01"),
  inTreatment: false,
  ...of
})

describe("Duplicate.survivor", () => {
  it("keeps the segment that comes first", () => {
    const order: ReadonlyArray<Partial<Duplicate.Account>> = [
      { segment: "PPU-PN" },
      { segment: "PPU-BU" },
      { segment: "BP", statePaid: true },
      { segment: "PBI-JK" },
      { segment: "PBPU-PD" },
      { segment: "PBPU" },
      { segment: "BP" }
    ]
    order.forEach((of, i) => {
      order.slice(i + 1).forEach((after) => {
        // not even a match or its age helps the later one
        const first = account("first", { ...of, matched: false, openedOn: day("2025-01-01") })
        const choice = Duplicate.survivor([account("second", { ...after }), first])
        assert.deepStrictEqual([choice.keep, codes(choice)], ["first", ["SurvivorBySegment"]])
      })
    })
  })

  it("then the one that is matched, then the oldest", () => {
    const matched = Duplicate.survivor([
      account("old", { matched: false }),
      account("new", { openedOn: day("2025-01-01") })
    ])
    assert.deepStrictEqual([matched.keep, matched.close, codes(matched)], ["new", ["old"], ["SurvivorByMatch"]])
    const oldest = Duplicate.survivor([account("new", { openedOn: day("2015-01-02") }), account("old")])
    assert.deepStrictEqual([oldest.keep, codes(oldest)], ["old", ["SurvivorByAge"]])
  })

  it("closes nothing on which somebody is, or may be, in treatment", () => {
    const choice = Duplicate.survivor([
      account("kept", { segment: "PPU-BU" }),
      account("treated", { inTreatment: true }),
      { ref: "unasked", segment: "PBPU", matched: true, openedOn: day("2016-01-01") },
      account("home")
    ])
    assert.deepStrictEqual(choice.close, ["treated", "unasked", "home"])
    assert.deepStrictEqual(choice.waits, ["treated", "unasked"])
    assert.deepStrictEqual(codes(choice), ["SurvivorBySegment", "CareContinues", "CareUnknown"])
    const kept = Duplicate.survivor([account("kept", { segment: "PPU-BU", inTreatment: true }), account("home")])
    assert.deepStrictEqual(kept.waits, [], "treatment on the account that is kept holds nothing up")
  })

  it("closes nothing where there is one", () => {
    assert.deepStrictEqual(Duplicate.survivor([account("only")]), {
      _tag: "Survivor",
      keep: "only",
      close: [],
      waits: [],
      reasons: [{ code: "SurvivorOnly" }]
    })
  })

  it("does not depend on the order, keeps exactly one, and loses none", () => {
    const accounts = fc.uniqueArray(
      fc.record({
        ref: fc.string({ minLength: 1, maxLength: 3 }),
        segment: fc.constantFrom(...Segment.Segment.literals),
        matched: fc.boolean(),
        openedOn: fc.nat(3).map((days) => PlainDate.addDays(day("2020-01-01"), days)),
        inTreatment: fc.boolean()
      }),
      { minLength: 1, maxLength: 6, selector: (it) => it.ref }
    )
    fc.assert(
      fc.property(accounts, fc.nat(), (all, turn) => {
        const at = turn % all.length
        const [first, ...rest] = all
        const [turned, ...others] = [...all.slice(at), ...all.slice(0, at)].reverse()
        if (first === undefined || turned === undefined) return
        const choice = Duplicate.survivor([first, ...rest])
        const other = Duplicate.survivor([turned, ...others])
        assert.deepStrictEqual([other.keep, codes(other)], [choice.keep, codes(choice)])
        assert.sameMembers(
          [choice.keep, ...choice.close],
          all.map((it) => it.ref)
        )
      })
    )
  })
})

describe("Duplicate.kind", () => {
  it("merges the accounts of one person, and never two persons", () => {
    for (const sameNik of [true, false]) {
      assert.deepStrictEqual(Duplicate.kind({ samePerson: true, sameNik }), {
        _tag: "Kind",
        kind: "A",
        mayMerge: true,
        reasons: [{ code: "DuplicateOnePerson" }]
      })
      const unasked = Duplicate.kind({ sameNik })
      assert.deepStrictEqual(unasked, {
        _tag: "Unknown",
        missing: ["samePerson"],
        mayMerge: false,
        reasons: [{ code: "MissingSamePerson" }]
      })
    }
    assert.deepInclude(Duplicate.kind({ samePerson: false, sameNik: true }), { kind: "B", mayMerge: false })
    assert.deepStrictEqual(codes(Duplicate.kind({ samePerson: false, sameNik: true })), ["DuplicateTwoPersons"])
    assert.deepInclude(Duplicate.kind({ samePerson: false, sameNik: false }), { kind: "none", mayMerge: false })
    assert.deepStrictEqual(codes(Duplicate.kind({ samePerson: false, sameNik: false })), ["DuplicateNone"])
  })
})
