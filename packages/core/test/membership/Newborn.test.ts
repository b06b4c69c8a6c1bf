import { assert, describe, it } from "@effect/vitest"
import { Newborn } from "@kis/core/membership"
import { type Dated, KotaTangerang, National } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"

const day = PlainDate.make
const at = (on: string): Dated.AsOf => ({ appliesOn: day(on), knownOn: day(on) })
const codes = (answer: ReturnType<typeof Newborn.terms>) => answer.reasons.map((it) => it.code)
const birthDate = day("2026-01-10")
const born = { birthDate, hasNik: false } as const

describe("Newborn.terms", () => {
  it("gives a self-payer's baby cover from the payment, contributions from birth, and 28 days", () => {
    const paid = Newborn.terms({ ...born, motherSegment: "PBPU", paidOn: day("2026-01-20") }, at("2026-01-15"))
    assert.deepStrictEqual(paid, {
      _tag: "Terms",
      segment: "PBPU",
      paidByFamily: true,
      registerBy: day("2026-02-07"),
      late: false,
      activeFrom: day("2026-01-20"),
      billedFrom: birthDate,
      nikBy: day("2026-04-10"),
      reasons: [
        { code: "NewbornAfterPayment" },
        { code: "NewbornInTime", params: { days: 28 } },
        { code: "NewbornNikBy", params: { date: "2026-04-10" } }
      ],
      notes: []
    })
    const unpaid = Newborn.terms({ ...born, motherSegment: "BP" }, at("2026-01-15"))
    assert.deepInclude(unpaid, { segment: "BP", late: false })
    assert.notProperty(unpaid, "activeFrom")
    const early = Newborn.terms({ ...born, motherSegment: "BP", paidOn: day("2026-01-12") }, at("2026-01-15"))
    assert.strictEqual(early._tag === "Terms" && early.activeFrom, day("2026-01-15"), "not before it is registered")
  })

  it("is late from the 29th day, by registration or by payment, and then owes from birth", () => {
    const of = { ...born, motherSegment: "PBPU" } as const
    const late = (on: string, paidOn?: string) => {
      const answer = Newborn.terms({ ...of, ...(paidOn === undefined ? {} : { paidOn: day(paidOn) }) }, at(on))
      return answer._tag === "Terms" && [answer.late, codes(answer)[1], answer.billedFrom]
    }
    assert.deepStrictEqual(late("2026-02-07", "2026-02-07"), [false, "NewbornInTime", birthDate])
    assert.deepStrictEqual(late("2026-02-08"), [true, "NewbornLate", birthDate])
    assert.deepStrictEqual(late("2026-02-07", "2026-02-08"), [true, "NewbornLate", birthDate])
    assert.deepStrictEqual(late("2026-02-07"), [false, "NewbornInTime", birthDate])
  })

  it("makes a worker's first three children active at once, and asks which child it is", () => {
    for (const segment of ["PPU-PN", "PPU-BU"] as const) {
      for (const childOrder of [1, 3]) {
        const answer = Newborn.terms({ ...born, parentSegment: segment, childOrder }, at("2026-01-12"))
        assert.deepInclude(answer, { segment, activeFrom: day("2026-01-12") })
        assert.deepStrictEqual(answer.reasons[0], { code: "NewbornOfWorker", params: { children: 3 } })
      }
      const fourth = Newborn.terms({ ...born, parentSegment: segment, childOrder: 4 }, at("2026-01-12"))
      assert.deepInclude(fourth, { segment })
      assert.notProperty(fourth, "activeFrom")
      assert.strictEqual(codes(fourth)[0], "NewbornExtraChild")
      const asked = Newborn.terms({ ...born, parentSegment: segment }, at("2026-01-12"))
      assert.deepStrictEqual(asked, {
        _tag: "Unknown",
        missing: ["childOrder"],
        reasons: [{ code: "MissingChildOrder" }]
      })
    }
    const mother = Newborn.terms({ ...born, motherSegment: "PPU-BU", childOrder: 1 }, at("2026-01-12"))
    assert.deepInclude(mother, { segment: "PPU-BU" })
    const both = Newborn.terms(
      { ...born, motherSegment: "PPU-BU", parentSegment: "PPU-PN", childOrder: 1 },
      at("2026-01-12")
    )
    assert.deepInclude(both, { segment: "PPU-PN" }, "the parent whom it follows")
  })

  it("does not blame a family for being late that pays nothing", () => {
    const worker = Newborn.terms({ ...born, parentSegment: "PPU-BU", childOrder: 1 }, at("2026-03-01"))
    assert.include(codes(worker), "NewbornLateFree")
    const pbi = Newborn.terms({ ...born, motherSegment: "PBI-JK", paidOn: day("2026-03-30") }, at("2026-01-12"))
    assert.deepInclude(pbi, { late: false })
    const local = Newborn.terms({ ...born, motherSegment: "PBPU-PD", paidOn: day("2026-03-30") }, at("2026-01-12"))
    assert.deepInclude(local, { late: false })
    const lateLocal = Newborn.terms({ ...born, motherSegment: "PBPU-PD" }, at("2026-03-01"))
    assert.include(codes(lateLocal), "NewbornLateFree")
    const extra = Newborn.terms({ ...born, parentSegment: "PPU-BU", childOrder: 4 }, at("2026-03-01"))
    assert.include(codes(extra), "NewbornLate")
  })

  it("makes the baby of a PBI mother PBI from birth; the father's PBI makes nobody PBI", () => {
    const answer = Newborn.terms({ ...born, motherSegment: "PBI-JK" }, at("2026-01-20"))
    assert.deepInclude(answer, { segment: "PBI-JK", activeFrom: birthDate })
    assert.deepStrictEqual(
      answer._tag === "Terms" && answer.notes,
      [{ code: "NotSure", params: { rule: "NB-3", parameter: "newbornPbiMonths", confidence: "low" } }],
      "the three months are one source's"
    )
    const father = Newborn.terms({ ...born, motherSegment: "PBPU", parentSegment: "PBI-JK" }, at("2026-01-20"))
    assert.deepInclude(father, { segment: "PBPU" })
    assert.notInclude(codes(father), "NewbornOfPbi")
    const alone = Newborn.terms({ ...born, motherSegment: "none", parentSegment: "PBI-JK" }, at("2026-01-20"))
    assert.deepStrictEqual([alone._tag, codes(alone)], ["Refused", ["NewbornFatherOnPbi"]])
    const worker = Newborn.terms(
      { ...born, motherSegment: "PBI-JK", parentSegment: "PPU-BU", childOrder: 1 },
      at("2026-01-20")
    )
    assert.deepInclude(worker, { segment: "PPU-BU" }, "a worker's family comes before PBI")
  })

  it("follows the local government's agreement, where it is known", () => {
    const of = { ...born, motherSegment: "PBPU-PD" } as const
    const unsaid = Newborn.terms(of, at("2026-01-20"))
    assert.deepInclude(unsaid, { segment: "PBPU-PD" })
    assert.notProperty(unsaid, "activeFrom")
    assert.strictEqual(codes(unsaid)[0], "NewbornLocal")
    for (const motherSegment of ["none", "PBPU"] as const) {
      const father = Newborn.terms({ ...born, motherSegment, parentSegment: "PBPU-PD" }, at("2026-01-20"))
      assert.deepInclude(father, { segment: "PBPU-PD" })
    }
    const tangerang = Newborn.terms(of, at("2026-01-20"), KotaTangerang.policy)
    assert.strictEqual(tangerang._tag === "Terms" && tangerang.activeFrom, day("2026-01-20"))
  })

  it("names the rules that were not verified as late as this, each by what the answer stands on", () => {
    const late = { birthDate: day("2026-09-01"), hasNik: false } as const
    const doubts = (of: Partial<Newborn.Given>, policy?: typeof KotaTangerang.policy) => {
      const answer = Newborn.terms({ ...late, ...of }, at("2026-09-10"), policy)
      const notes = answer._tag === "Terms" ? answer.notes : []
      return notes.flatMap(({ code, params }) => (code === "NotVerifiedAfter" ? params?.parameter : []))
    }
    const always = ["newbornDays", "newbornNikMonths"]
    assert.deepStrictEqual(doubts({ motherSegment: "PBPU" }), always)
    assert.deepStrictEqual(doubts({ parentSegment: "PPU-BU", childOrder: 1 }), [...always, "coveredChildren"])
    assert.deepStrictEqual(doubts({ parentSegment: "PPU-BU", childOrder: 4 }), [
      ...always,
      "coveredChildren",
      "extraFamilyRate"
    ])
    for (const policy of [National.policy, KotaTangerang.policy]) {
      assert.deepStrictEqual(doubts({ motherSegment: "PBPU-PD" }, policy), [...always, "localAdmission"])
    }
  })

  it("does not know how long a baby is served with a PBI mother where no rule says so", () => {
    const { newbornPbiMonths } = National.policy.parameters
    const silent = {
      version: "silent",
      parameters: { ...National.policy.parameters, newbornPbiMonths: { ...newbornPbiMonths, history: [] } }
    }
    assert.deepStrictEqual(Newborn.terms({ ...born, motherSegment: "PBI-JK" }, at("2026-01-20"), silent), {
      _tag: "Unknown",
      missing: [],
      reasons: [{ code: "RuleNotKnown", params: { rule: "NB-3" } }]
    })
  })

  it("asks for the mother, then for the parent whom the baby follows", () => {
    for (const parent of [undefined, "PBPU", "PBI-JK"] as const) {
      const of = { ...born, ...(parent === undefined ? {} : { parentSegment: parent }) }
      const answer = Newborn.terms(of, at("2026-01-20"))
      assert.deepStrictEqual(answer, {
        _tag: "Unknown",
        missing: ["motherSegment"],
        reasons: [{ code: "MissingMotherScheme" }]
      })
    }
    const none = Newborn.terms({ ...born, motherSegment: "none" }, at("2026-01-20"))
    assert.deepStrictEqual(none._tag === "Unknown" && none.missing, ["parentSegment"])
    assert.deepStrictEqual(codes(none), ["MissingParentSegment"])
    assert.deepInclude(Newborn.terms({ ...born, motherSegment: "none", parentSegment: "BP" }, at("2026-01-20")), {
      segment: "BP"
    })
  })

  it("wants the NIK within three months, and at once after them", () => {
    const of = { ...born, motherSegment: "PBPU" } as const
    assert.deepInclude(Newborn.terms(of, at("2026-04-10")), { _tag: "Terms", nikBy: day("2026-04-10") })
    assert.deepStrictEqual(Newborn.terms(of, at("2026-04-11")).reasons, [
      { code: "NewbornNikNeeded", params: { months: 3 } }
    ])
    const numbered = Newborn.terms({ ...of, hasNik: true }, at("2026-04-11"))
    assert.strictEqual(numbered._tag, "Terms")
    assert.notInclude(codes(numbered), "NewbornNikBy")
  })

  it("refuses a birth after the day, and knows nothing before the policy", () => {
    const of = { ...born, motherSegment: "PBPU" } as const
    assert.deepStrictEqual(codes(Newborn.terms(of, at("2026-01-09"))), ["BornAfterTheDay"])
    assert.strictEqual(Newborn.terms(of, at("2026-01-10"))._tag, "Terms")
    assert.deepStrictEqual(Newborn.terms({ ...of, birthDate: day("2018-09-01") }, at("2018-09-17")).reasons, [
      { code: "RuleNotKnown", params: { rule: "NB-1" } }
    ])
  })

  it("is billed from birth and never covered before it, whoever the parents are", () => {
    const segments = ["PBI-JK", "PBPU-PD", "PPU-PN", "PPU-BU", "PBPU", "BP"] as const
    const given = fc.record(
      {
        motherSegment: fc.constantFrom(...segments, "none" as const),
        parentSegment: fc.constantFrom(...segments),
        childOrder: fc.integer({ min: 1, max: 6 }),
        hasNik: fc.boolean(),
        paidOn: fc.nat(200).map((days) => PlainDate.addDays(birthDate, days))
      },
      { requiredKeys: ["hasNik"] }
    )
    fc.assert(
      fc.property(given, fc.nat(200), (of, age) => {
        const on = PlainDate.addDays(birthDate, age)
        const answer = Newborn.terms({ birthDate, ...of }, { appliesOn: on, knownOn: on })
        assert.isAbove(answer.reasons.length, 0)
        if (answer._tag === "Unknown") for (const fact of answer.missing) assert.isUndefined(of[fact])
        if (answer._tag !== "Terms") return
        assert.strictEqual(answer.billedFrom, birthDate)
        assert.isTrue(answer.activeFrom === undefined || answer.activeFrom >= birthDate)
        if (PlainDate.isAfter(on, answer.registerBy)) assert.isTrue(answer.late)
        assert.isTrue([of.motherSegment, of.parentSegment].includes(answer.segment))
      }),
      { numRuns: 500 }
    )
  })
})
