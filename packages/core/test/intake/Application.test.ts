import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Ways from "../../src/channel/Ways.ts"
import * as Eligibility from "../../src/eligibility/Eligibility.ts"
import { Facts } from "../../src/eligibility/Facts.ts"
import { Nik } from "../../src/identity/Nik.ts"
import { Person } from "../../src/identity/Person.ts"
import * as Region from "../../src/identity/Region.ts"
import * as Application from "../../src/intake/Application.ts"
import type { RawRow } from "../../src/intake/Columns.ts"
import * as RowProblem from "../../src/intake/RowProblem.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const today = PlainDate.make("2026-11-24")

const head = {
  household: "H1",
  family_card: "9901010101200001",
  relation: "kepala keluarga",
  name: "Budi Santoso",
  nik: "9901011203850001",
  sex: "L",
  birth_date: "12/03/1985",
  mother_name: "Sumiati",
  marital_status: "kawin",
  citizenship: "WNI",
  phone: "0812-3456-7890",
  district: "367105",
  occupation: "karyawan swasta",
  wage: "5.200.000",
  pbi_decree: "tidak",
  local_scheme: "tidak"
}
const spouse = {
  ...head,
  relation: "istri",
  name: "Siti",
  nik: "9901015307880001",
  sex: "P",
  birth_date: "1988-07-13",
  occupation: "ibu rumah tangga",
  wage: "",
  phone: ""
}
const child = {
  ...spouse,
  relation: "anak",
  name: "Rina",
  nik: "9901014101150001",
  sex: "P",
  birth_date: "2015-01-01",
  marital_status: "belum kawin",
  occupation: "pelajar"
}
const newborn = {
  ...child,
  name: "Bayi Ny. Siti",
  nik: "",
  birth_date: "2026-10-01",
  occupation: "tidak bekerja",
  mother_participant: spouse.nik
}

const budi = Schema.decodeUnknownSync(Person)({
  name: "Budi Santoso",
  nik: "9901011203850001",
  sex: "male",
  birthDate: "1985-03-12",
  motherName: "Sumiati",
  relation: "head",
  maritalStatus: "married",
  citizenship: "WNI",
  phone: "+6281234567890",
  district: "367105"
})

const decode = (...fields: readonly [Record<string, string>, ...Array<Record<string, string>>]) =>
  Effect.gen(function* () {
    const regions = yield* Region.Regions
    const [first, ...rest] = fields.map((row, index): RawRow => ({ line: index + 2, fields: row }))
    assert.isDefined(first)
    return Application.decodeHousehold([first!, ...rest], { today }, regions)
  }).pipe(Effect.provide(Region.layerTest))

const codes = (member: Application.Member | undefined) =>
  member?.row._tag === "Rejected" ? member.row.problems.map((problem) => `${problem.field}:${problem.code}`) : []

const decoded = (member: Application.Member | undefined): Application.Decoded => {
  if (member?.row._tag !== "Decoded") return assert.fail(`not decoded: ${codes(member).join()}`)
  return member.row
}

describe("Application.decodeHousehold", () => {
  it.effect("people, household and facts", () =>
    Effect.gen(function* () {
      const household = yield* decode(head, spouse, child)
      assert.strictEqual(household.ref, "H1")
      assert.strictEqual(household.familyCard, "9901010101200001")
      assert.strictEqual(household.district, "367105")
      assert.deepStrictEqual(
        household.members.map((_) => _.line),
        [2, 3, 4]
      )
      const people = household.members.map(decoded)
      assert.deepStrictEqual(people[0]?.person, budi)
      assert.deepStrictEqual(people[2]?.facts, {
        deceased: false,
        birthDate: PlainDate.make("2015-01-01"),
        citizenship: "WNI",
        hasNik: true,
        relation: "child",
        maritalStatus: "single",
        occupation: "none",
        headOccupation: "private",
        headBirthDate: PlainDate.make("1985-03-12"),
        spouseOccupation: "none",
        childOrder: 1,
        pbiDecree: false,
        residence: "3671",
        localScheme: false
      })
      // The head's age says nothing of a husband or wife.
      assert.notProperty(people[1]?.facts, "headBirthDate")
      for (const { facts, person } of people) {
        assert.doesNotThrow(() => Schema.decodeUnknownSync(Person)(person))
        assert.doesNotThrow(() => Schema.decodeUnknownSync(Facts)(facts))
      }
    })
  )

  it.effect("collects every problem of a row, and refuses nobody else", () =>
    Effect.gen(function* () {
      const broken = {
        ...spouse,
        name: "",
        nik: "9,90101E+15",
        sex: "X",
        birth_date: "3/4/1988",
        wage: "4 juta",
        district: "999999"
      }
      const household = yield* decode(head, broken, child)
      assert.deepStrictEqual(codes(household.members[1]), [
        "name:FieldMissing",
        "nik:NikSpreadsheet",
        "sex:ChoiceUnknown",
        "birth_date:DateAmbiguous",
        "district:DistrictUnknown",
        "wage:WageFormat"
      ])
      assert.strictEqual(decoded(household.members[0]).person.name, "Budi Santoso")
      assert.strictEqual(decoded(household.members[2]).person.name, "Rina")
    })
  )

  it.effect("a refused row still tells about the others", () =>
    Effect.gen(function* () {
      const household = yield* decode({ ...head, nik: "123" }, spouse, child)
      assert.deepStrictEqual(codes(household.members[0]), ["nik:NikLength"])
      assert.strictEqual(decoded(household.members[1]).facts.headOccupation, "private")
    })
  )

  it.effect("an empty cell is an unknown fact, not a no", () =>
    Effect.gen(function* () {
      const household = yield* decode({ ...head, occupation: "", pbi_decree: "", local_scheme: "", wage: "" })
      const { facts } = decoded(household.members[0])
      assert.notProperty(facts, "occupation")
      assert.notProperty(facts, "pbiDecree")
      assert.notProperty(facts, "localScheme")
      assert.notProperty(facts, "hasPassport")
      assert.strictEqual(facts.spouseOccupation, "none")
    })
  )

  it.effect("the family card that most rows give is the household's", () =>
    Effect.gen(function* () {
      const other = "9901010101200099"
      const oneDiffers = yield* decode(head, { ...spouse, family_card: other }, child)
      assert.deepStrictEqual(oneDiffers.members.map(codes), [[], ["family_card:FamilyCardDiffers"], []])
      const headDiffers = yield* decode({ ...head, family_card: other }, spouse, child)
      assert.strictEqual(headDiffers.familyCard, head.family_card)
      assert.deepStrictEqual(headDiffers.members.map(codes), [["family_card:FamilyCardDiffers"], [], []])
      const blank = yield* decode(head, { ...spouse, family_card: "" })
      assert.deepStrictEqual(blank.members.map(codes), [[], []])
    })
  )

  it.effect("one head a household; the head's line sent twice is not a second one", () =>
    Effect.gen(function* () {
      const two = yield* decode(head, { ...spouse, relation: "kepala keluarga" })
      assert.deepStrictEqual(two.members.map(codes), [[], ["relation:SecondHead"]])
      const twice = yield* decode(head, head)
      assert.deepStrictEqual(twice.members.map(codes), [[], []])
    })
  )

  it.effect("a baby needs no NIK for three months, but the mother's number", () =>
    Effect.gen(function* () {
      const born = (birth_date: string, fields: Record<string, string> = {}) =>
        decode(head, spouse, { ...newborn, birth_date, ...fields }).pipe(Effect.map((_) => _.members[2]))
      assert.deepStrictEqual(codes(yield* born("2026-08-24")), [])
      assert.deepStrictEqual(codes(yield* born("2026-08-23")), ["nik:NikMissing"])
      assert.deepStrictEqual(codes(yield* born("2026-11-24", { mother_participant: "" })), [
        "mother_participant:MotherReferenceMissing"
      ])
      const baby = decoded(yield* born("2026-11-24"))
      assert.deepStrictEqual(baby.motherReference, { _tag: "Nik", nik: Nik.make(spouse.nik) })
      assert.strictEqual(baby.facts.motherScheme, "other")
      assert.isFalse(baby.facts.hasNik)
      const poor = yield* decode(head, { ...spouse, pbi_decree: "ya" }, newborn)
      assert.strictEqual(decoded(poor.members[2]).facts.motherScheme, "pbi")
      const elsewhere = yield* born("2026-11-24", { mother_participant: "0001481620001" })
      assert.notProperty(decoded(elsewhere).facts, "motherScheme")
    })
  )

  it.effect("a foreigner has a NIK or a passport", () =>
    Effect.gen(function* () {
      const foreigner = { ...head, citizenship: "WNA", nik: "", name: "Ji-woo Park", stay_months: "24" }
      const without = yield* decode(foreigner)
      assert.deepStrictEqual(codes(without.members[0]), ["passport:ForeignerIdentityMissing"])
      const papers = yield* decode({ ...foreigner, passport: "M1234567", permit: "2C11JE0001-W" })
      const { facts, person } = decoded(papers.members[0])
      assert.strictEqual(person.passport, "M1234567")
      assert.deepInclude(facts, { hasPassport: true, hasPermit: true, stayMonths: 24, hasNik: false })
    })
  )

  it.effect("a helper acts under a consent with a day", () =>
    Effect.gen(function* () {
      const helped = { ...head, helper_name: "Ani", helper_phone: "081298765432", helper_relation: "cucu" }
      const without = yield* decode(helped)
      assert.deepStrictEqual(codes(without.members[0]), ["helper_consent:HelperConsentMissing"])
      const later = yield* decode({ ...helped, helper_consent: "2026-11-25" })
      assert.deepStrictEqual(codes(later.members[0]), ["helper_consent:HelperConsentFuture"])
      const nameless = yield* decode({ ...head, helper_phone: "081298765432", helper_consent: "2026-11-20" })
      assert.deepStrictEqual(codes(nameless.members[0]), ["helper_name:HelperNameMissing"])
      const good = yield* decode({ ...helped, helper_consent: "20/11/2026" })
      assert.deepStrictEqual(good.helper, {
        name: "Ani",
        phone: "+6281298765432",
        relation: "cucu",
        consentOn: "2026-11-20"
      } as typeof good.helper)
    })
  )

  it.effect("what is odd and harmless is a warning", () =>
    Effect.gen(function* () {
      const household = yield* decode({ ...head, nik: "9101011203850001", birth_date: "1985-12-03", phone: "0812" })
      const { person, warnings } = decoded(household.members[0])
      assert.deepStrictEqual(warnings, [
        { field: "nik", code: "NikRegionRetired", params: { now: "9301" } },
        { field: "birth_date", code: "NikBirthDateDiffers" },
        { field: "phone", code: "PhoneUnusable" }
      ])
      assert.notProperty(person, "phone")
    })
  )

  it.effect("children are counted eldest first, those with own income or family left out", () =>
    Effect.gen(function* () {
      const orders = (members: ReadonlyArray<Application.Member>) =>
        members.map((member) => decoded(member).facts.childOrder)
      const born = (nik: string, birth_date: string, fields: Record<string, string> = {}) => ({
        ...child,
        nik,
        birth_date,
        ...fields
      })
      const family = (studies: string) =>
        decode(
          head,
          born("9901014101150001", "2015-01-01"),
          born("9901014101080001", "2008-01-01"),
          born("9901014101050001", "2005-01-01", { studies: "ya" }),
          born("9901014101040001", "2004-01-01", { studies }),
          born("9901014101070001", "2007-01-01", { marital_status: "kawin" }),
          born("9901014101060001", "2006-01-01", { occupation: "karyawan swasta" })
        )
      const { members } = yield* family("tidak")
      assert.deepStrictEqual(orders(members), [undefined, 3, 2, 1, undefined, undefined, undefined])
      // While nobody says whether the eldest studies, the youngest may be the third or the fourth.
      const open = (yield* family("")).members
      assert.deepStrictEqual(orders(open), [undefined, undefined, 3, 2, 1, undefined, undefined])
      const { choice } = Eligibility.evaluate(decoded(open[1]).facts, { appliesOn: today, knownOn: today })
      assert.deepStrictEqual(choice, { _tag: "Undecided", missing: ["childOrder"] })
    })
  )

  it.effect("a child whose line was sent twice is one child", () =>
    Effect.gen(function* () {
      const younger = { ...child, nik: "9901014101180001", birth_date: "2018-01-01" }
      const { members } = yield* decode(head, child, child, younger)
      assert.deepStrictEqual(
        members.map((member) => decoded(member).facts.childOrder),
        [undefined, 1, 1, 2]
      )
    })
  )

  it.effect("a child older than the head is read, and then not decided upon", () =>
    Effect.gen(function* () {
      const { members } = yield* decode(head, { ...child, birth_date: "1980-01-01", nik: "9901014101800001" })
      const { facts } = decoded(members[1])
      const decision = Eligibility.evaluate(facts, { appliesOn: today, knownOn: today })
      assert.deepStrictEqual(decision.reasons, [{ code: "ChildOlderThanHead" }])
      assert.deepStrictEqual(decision.choice, { _tag: "Undecided", missing: [] })
    })
  )

  it.effect("rows stand alone without a household and a family card", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* decode({ ...head, household: " " })).ref, head.family_card)
      assert.strictEqual((yield* decode({ ...head, household: "", family_card: "" })).ref, "line 2")
    })
  )

  it.effect("a damaged line says so", () =>
    Effect.gen(function* () {
      const regions = yield* Region.Regions
      const of = (damage: "TooManyCells" | "NotAnObject", fields: Record<string, string>) =>
        codes(Application.decodeHousehold([{ line: 2, fields, damage }], { today }, regions).members[0])
      assert.deepStrictEqual(of("NotAnObject", {}), ["undefined:RowNotAnObject"])
      assert.deepStrictEqual(of("TooManyCells", head), ["undefined:RowTooManyCells"])
    }).pipe(Effect.provide(Region.layerTest))
  )
})

describe("RowProblem", () => {
  it("every code has a text in both languages, a source and a next step", () => {
    for (const code of [...RowProblem.codes, ...RowProblem.warningCodes]) {
      const entry = RowProblem.entry(code)
      for (const text of [entry.id, entry.en]) assert.isAbove(text.length, 20, code)
      assert.notStrictEqual(entry.id, entry.en)
      assert.isAbove(entry.citation.source.length, 0)
      assert.isAbove(entry.action.length, 0)
    }
  })

  it("every next step has a way without a smartphone, on the days of a year", () => {
    for (const code of [...RowProblem.codes, ...RowProblem.warningCodes]) {
      for (let month = 0; month < 12; month++) {
        const on = PlainDate.addMonths(today, month)
        assert.isDefined(Ways.withoutSmartphone(RowProblem.entry(code).action, on), `${code} on ${on}`)
      }
    }
  })

  it("renders with the column's name and without holes", () => {
    assert.strictEqual(
      RowProblem.render({ field: "sex", code: "FieldMissing" }, "id"),
      "Kolom jenis kelamin kosong. Isi lalu kirim baris ini lagi."
    )
    assert.include(
      RowProblem.render({ field: "sex", code: "ChoiceUnknown", params: { allowed: "L, P" } }, "en"),
      "L, P"
    )
  })
})
