import { assert, describe, it } from "@effect/vitest"
import { Eligibility } from "@kis/core/eligibility"
import { Nik, Region } from "@kis/core/identity"
import { Application, type Columns, type RowProblem } from "@kis/core/intake"
import { PlainDate } from "@kis/core/time"
import { Defects, Dice, IntakeFile, Names } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as fc from "fast-check"

const today = PlainDate.make("2026-11-24")

/** What a row says, decoded with the others of its household, as far as the file keeps them together. */
interface Read {
  readonly truth: IntakeFile.Truth
  readonly fields: Columns.RawRow["fields"]
  readonly row: Application.Member["row"]
  readonly segment: string | undefined
}

const read = (options: IntakeFile.Options) =>
  Effect.gen(function* () {
    const regions = yield* Region.Regions
    const file = IntakeFile.generate(options)
    const truth = new Map(file.truth.map((each) => [each.line, each]))
    const groups: Array<[Columns.RawRow, ...Array<Columns.RawRow>]> = []
    for (const row of file.rows) {
      const last = groups.at(-1)
      if (last !== undefined && Application.householdRef(last[0]) === Application.householdRef(row)) last.push(row)
      else groups.push([row])
    }
    const asOf = { today: options.today ?? today }
    const reads = groups.flatMap((rows) =>
      Application.decodeHousehold(rows, asOf, regions).members.map((member): Read => {
        const { row } = member
        const found = truth.get(member.line)
        if (found === undefined) return assert.fail(`no truth about line ${member.line}`)
        const days = { appliesOn: asOf.today, knownOn: asOf.today }
        const segment =
          row._tag === "Decoded" ? Eligibility.segmentOf(Eligibility.evaluate(row.facts, days)) : undefined
        return { truth: found, fields: member.raw.fields, row, segment }
      })
    )
    return { file, reads, byLine: new Map(reads.map((each) => [each.truth.line, each])) }
  }).pipe(Effect.provide(Region.layerTest))

/** The problem that each kind of wrong cell has to show. */
const codes: { readonly [K in Defects.Kind]?: RowProblem.ProblemCode } = {
  "nik-short": "NikLength",
  "nik-long": "NikLength",
  "nik-letter": "NikLetters",
  "nik-day": "NikDay",
  "nik-month": "NikMonth",
  "nik-no-such-day": "NikNoSuchDay",
  "nik-serial-zero": "NikSerialZero",
  "nik-repeated-digit": "NikPlaceholder",
  "nik-scientific": "NikSpreadsheet",
  "nik-decimal": "NikSpreadsheet",
  "nik-thousands": "NikThousandSeparators",
  "card-scientific": "FamilyCardSpreadsheet",
  "card-short": "FamilyCardLength",
  "card-differs": "FamilyCardDiffers",
  "nik-missing": "NikMissing",
  "name-missing": "FieldMissing",
  "sex-missing": "FieldMissing",
  "birth-date-missing": "FieldMissing",
  "relation-missing": "FieldMissing",
  "citizenship-missing": "FieldMissing",
  "mother-number-missing": "MotherReferenceMissing",
  "consent-missing": "HelperConsentMissing",
  "date-ambiguous": "DateAmbiguous",
  "date-no-such-day": "DateNoSuchDay",
  "date-two-digit-year": "DateTwoDigitYear",
  "wage-in-thousands": "WageUnclear",
  "district-unknown": "DistrictUnknown"
}

/** One file that is large enough for every kind, read once. */
let kept: ReturnType<typeof readLarge> | undefined
const readLarge = () => Effect.runPromise(read({ seed: 11, people: 4000, problems: 0.15 }))
const large = Effect.promise(() => (kept ??= readLarge()))

describe("IntakeFile", () => {
  it("the same options give the same bytes, another seed others", () => {
    const options = { seed: 5, households: 40 }
    const [one, again, other] = [options, options, { ...options, seed: 6 }].map(IntakeFile.generate)
    assert.deepStrictEqual(one, again)
    assert.notStrictEqual(one?.csv, other?.csv)
  })

  it("is a stream: the first lines of a very large file come at once, and are those of a small one", () => {
    const first: Array<string> = []
    for (const line of IntakeFile.lines({ seed: 5, people: 600_000 })) {
      if (first.push(line.csv) === 50) break
    }
    const small = [...IntakeFile.lines({ seed: 5, people: 60 })].map((line) => line.csv)
    assert.deepStrictEqual(first, small.slice(0, 50))
  })

  it("ends after the household that reaches the number asked for", () => {
    const file = IntakeFile.generate({ seed: 3, people: 500 })
    assert.isAtLeast(file.rows.length, 500)
    assert.isBelow(file.rows.length, 530)
    assert.deepStrictEqual(
      file.truth.map(({ line }) => line),
      file.rows.map(({ line }) => line)
    )
    assert.deepStrictEqual(
      file.truth.map(({ line }) => line),
      file.rows.map((_, index) => index + 2)
    )
    assert.strictEqual(file.csv.trimEnd().split("\n").length, file.rows.length + 1)
    const clean = IntakeFile.generate({ seed: 3, households: 200, problems: 0 })
    assert.deepStrictEqual([...new Set(clean.truth.map(({ group }) => group))].sort(), ["clean", "trap"])
  })

  it.effect("every kind is planted, each with its truth", () =>
    Effect.gen(function* () {
      const { file } = yield* large
      const planted = new Set(file.truth.map(({ kind }) => kind))
      const missing = Object.keys(Defects.expectations).filter((kind) => !planted.has(kind as Defects.Kind))
      assert.deepStrictEqual(missing, [])
      const share = file.truth.filter(({ group }) => group !== "clean").length / file.truth.length
      assert.isAbove(share, 0.13)
      assert.isBelow(share, 0.25)
    })
  )

  it.effect("every wrong cell shows the problem it stands for, and nothing else is refused", () =>
    Effect.gen(function* () {
      const { reads } = yield* large
      for (const { row, segment, truth } of reads) {
        const found = row._tag === "Rejected" ? row.problems.map((problem) => problem.code) : []
        const wanted = codes[truth.kind]
        if (wanted !== undefined) assert.include(found, wanted, truth.kind)
        else assert.deepStrictEqual(found, [], `${truth.kind} on line ${truth.line}`)
        if (truth.kind === "occupation-missing") assert.isUndefined(segment)
        else if (wanted === undefined) assert.isDefined(segment, `${truth.kind} on line ${truth.line}`)
      }
    })
  )

  it.effect("clean people of several files have no problem, no warning, a segment, and a NIK of their own", () =>
    Effect.gen(function* () {
      for (const regionMix of ["tangerang", "province99"] as const) {
        const { reads } = yield* read({ seed: 21, households: 400, regionMix, today: PlainDate.make("2027-02-28") })
        const niks = new Set<string>()
        for (const { row, segment, truth } of reads.filter(({ truth }) => truth.outcome === "registered")) {
          if (row._tag !== "Decoded") return assert.fail(`line ${truth.line} is refused`)
          if (truth.group !== "repaired") assert.deepStrictEqual(row.warnings, [])
          assert.isDefined(segment, JSON.stringify(row.facts))
          const { nik } = row.person
          if (nik !== undefined) assert.isFalse(niks.has(nik), "one NIK, two clean people")
          if (nik !== undefined) niks.add(nik)
        }
      }
    })
  )

  it.effect("repeated rows are the row again, near matches the same person with another writing", () =>
    Effect.gen(function* () {
      const { byLine, reads } = yield* large
      const niks = new Map<string, number>()
      for (const { row } of reads) {
        const nik = row._tag === "Decoded" ? row.person.nik : undefined
        if (nik !== undefined) niks.set(nik, (niks.get(nik) ?? 0) + 1)
      }
      for (const { fields, row, truth } of reads) {
        if (!["repeat", "near-match", "two-persons"].includes(truth.group)) continue
        const original = byLine.get(truth.original ?? 0)
        if (original?.row._tag !== "Decoded" || row._tag !== "Decoded") return assert.fail(`line ${truth.line}`)
        assert.isBelow(original.truth.line, truth.line)
        assert.strictEqual(original.truth.outcome, "registered", `${truth.kind} repeats ${original.truth.kind}`)
        const [self, that] = [row.person, original.row.person]
        if (truth.group === "repeat") assert.deepStrictEqual(fields, original.fields)
        if (truth.group === "two-persons") {
          assert.strictEqual(self.nik, that.nik)
          assert.notStrictEqual(self.birthDate, that.birthDate)
          for (const word of Names.tellingWords(self.name)) assert.notInclude(Names.tellingWords(that.name), word)
        }
        if (truth.kind.startsWith("same-person")) assert.strictEqual(self.sex, that.sex)
        if (truth.kind.includes("nik-slip")) {
          const wrong = [...(self.nik ?? "")].filter((digit, at) => digit !== that.nik?.[at]).length
          assert.isTrue(wrong === 1 || wrong === 2, "one digit, or two that changed places")
          assert.strictEqual(niks.get(self.nik ?? ""), 1, "a slip hits nobody else's NIK")
        } else if (truth.kind.startsWith("same-person")) {
          assert.strictEqual(self.nik, that.nik)
        }
        if (truth.kind.includes("swapped")) assert.strictEqual(Defects.swappedDate(that.birthDate), self.birthDate)
        if (truth.kind.includes("variant") || truth.kind.includes("typo")) assert.notStrictEqual(self.name, that.name)
        if (truth.kind.includes("new-card")) assert.notStrictEqual(fields.family_card, original.fields.family_card)
        if (truth.kind === "newborn-again") assert.isUndefined(self.nik)
      }
    })
  )

  it.effect("traps only look like duplicates", () =>
    Effect.gen(function* () {
      const { byLine, reads } = yield* large
      for (const { fields, row, truth } of reads.filter(({ truth }) => truth.kind === "twin")) {
        const elder = byLine.get(truth.line - 1)
        if (elder?.truth.kind !== "none" || elder.row._tag !== "Decoded" || row._tag !== "Decoded") continue
        assert.strictEqual(row.person.birthDate, elder.row.person.birthDate)
        assert.strictEqual(fields.family_card, elder.fields.family_card)
        assert.notStrictEqual(row.person.name, elder.row.person.name)
        assert.strictEqual(Number(row.person.nik?.slice(12)), Number(elder.row.person.nik?.slice(12)) + 1)
      }
      const names = new Map<string, number>()
      for (const { fields } of reads) names.set(fields.name ?? "", (names.get(fields.name ?? "") ?? 0) + 1)
      for (const { fields, truth } of reads) {
        if (truth.kind === "namesake") assert.isAbove(names.get(fields.name ?? "") ?? 0, 1)
      }
    })
  )

  it.effect("everybody is there: six segments, newborns, foreigners, elders with helpers, single names", () =>
    Effect.gen(function* () {
      const regions = yield* Region.Regions
      const { reads } = yield* read({ seed: 2026, households: 400, problems: 0.1 })
      const segments = new Set(reads.map(({ segment }) => segment).filter((segment) => segment !== undefined))
      assert.deepStrictEqual([...segments].sort(), ["BP", "PBI-JK", "PBPU", "PBPU-PD", "PPU-BU", "PPU-PN"])
      const people = reads.flatMap(({ row }) => (row._tag === "Decoded" ? [row] : []))
      assert.isAbove(people.filter(({ person }) => person.nik === undefined && person.citizenship === "WNI").length, 3)
      assert.isAbove(people.filter(({ person }) => person.passport !== undefined).length, 1)
      assert.isAbove(people.filter(({ helper }) => helper !== undefined).length, 5)
      assert.isAbove(people.filter(({ person }) => !person.name.includes(" ")).length, 50)
      const districts = new Set(people.map(({ person }) => person.district ?? ""))
      for (const district of regions.districts(Region.RegencyCode.make("3671"))) {
        assert.isTrue(districts.has(district.code))
      }
      assert.isAbove(new Set([...districts].map((district) => district.slice(0, 2))).size, 5)
      for (const { person } of people) if (person.nik !== undefined) assert.strictEqual(person.nik.slice(0, 2), "99")
    }).pipe(Effect.provide(Region.layer))
  )
})

describe("Defects", () => {
  it("a slip keeps a NIK well formed and changes it", () => {
    const [leapDay, heaped] = ["9901016902000001", "9971110107650123"].map((digits) => Nik.Nik.make(digits))
    fc.assert(
      fc.property(fc.constantFrom(leapDay!, heaped!), fc.integer(), (nik, seed) => {
        const slipped = Defects.slippedNik(nik, Dice.make(seed))
        assert.notStrictEqual(slipped, nik)
        assert.isTrue(Result.isSuccess(Nik.parse(slipped)))
      })
    )
  })
})
