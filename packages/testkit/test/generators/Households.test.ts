import { assert, describe, it } from "@effect/vitest"
import { Household, Nik, Person, PhoneNumber, Region } from "@kis/core/identity"
import { Row } from "@kis/core/intake"
import { PlainDate } from "@kis/core/time"
import { Households, Names, People } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"

const today = PlainDate.make("2026-11-24")
const households = Households.household({ today, regionMix: "tangerang" })
const age = (person: Person.Person) => PlainDate.ageOn(person.birthDate, today)

describe("People", () => {
  it("are people, and their NIK says what they are", () => {
    fc.assert(
      fc.property(People.person({ today }), (person) => {
        assert.deepStrictEqual(Schema.decodeUnknownSync(Person.Person)(person), person)
        assert.isDefined(person.nik)
        if (person.nik !== undefined) assert.deepStrictEqual(Nik.warnings(person.nik, person), [])
        if (person.phone !== undefined) {
          assert.deepStrictEqual(PhoneNumber.parse(PhoneNumber.national(person.phone)), Result.succeed(person.phone))
        }
      })
    )
  })

  it("are as old as asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer(), (years, seed) => {
        const [birth] = fc.sample(People.birthDate(years, today), { seed, numRuns: 1 })
        assert.isDefined(birth)
        if (birth !== undefined) assert.strictEqual(PlainDate.ageOn(birth, today), years)
      })
    )
  })

  it("heap on the days that stand for an unknown one", () => {
    const born = fc.sample(fc.noBias(People.birthDate(50, today)), { seed: 1, numRuns: 10_000 })
    const share = (end: string) => born.filter((date) => date.endsWith(end)).length / born.length
    assert.closeTo(share("-07-01"), 0.053, 0.01)
    assert.closeTo(share("-12-31"), 0.028, 0.008)
    assert.closeTo(share("-01-01"), 0.013, 0.005)
    assert.closeTo(share("-15"), 0.03 + 12 / 365, 0.012)
  })

  it("have numbers of districts that the test layer knows, each number once", () =>
    Effect.runPromise(
      Effect.gen(function* () {
        const regions = yield* Region.Regions
        const seen = new Set<string>()
        for (let number = 0; number < 2000; number++) {
          const nik = People.nik(number, today, "male")
          assert.isTrue(regions.find(nik.slice(0, 6))._tag === "Some", nik.slice(0, 6))
          seen.add(nik)
        }
        assert.strictEqual(seen.size, 2000)
      }).pipe(Effect.provide(Region.layerTest))
    ))
})

describe("Names", () => {
  it("are written in the spelling of their time", () => {
    assert.strictEqual(Names.oldSpelling("Joko Sucipto"), "Djoko Soetjipto")
    assert.strictEqual(Names.oldSpelling("Cahyono"), "Tjahjono")
    assert.strictEqual(Names.oldSpelling("Yusuf"), "Joesoef")
    assert.strictEqual(Names.oldSpelling("Umar"), "Oemar")
  })

  it("have variants and slips that differ from them", () => {
    const names = fc.tuple(fc.constantFrom("male" as const, "female" as const), Names.draw, fc.nat(2 ** 20))
    fc.assert(
      fc.property(names, ([sex, draw, dice]) => {
        const name = Names.of(draw, sex, 1980)
        assert.isTrue(Schema.is(Person.Name)(name))
        assert.isAbove(Names.variants(name, sex).length, 0)
        for (const variant of Names.variants(name, sex)) {
          assert.notStrictEqual(variant, name)
          assert.isTrue(Schema.is(Person.Name)(variant))
        }
        assert.notStrictEqual(Names.slip(name, dice), name)
      })
    )
  })
})

describe("Households", () => {
  it("are households", () => {
    fc.assert(
      fc.property(households, ({ address, district, familyCard, members }) => {
        const [first, ...rest] = members.map((member) => member.person)
        assert.isDefined(first)
        assert.isTrue(Schema.is(Household.Household)({ address, district, familyCard, people: [first!, ...rest] }))
        assert.strictEqual(first?.relation, "head")
        assert.strictEqual(rest.filter(({ relation }) => relation === "head").length, 0)
      })
    )
  })

  it("mothers are older than their children, newborns are new and name her, twins are twins", () => {
    fc.assert(
      fc.property(households, ({ members }) => {
        const couple = members.filter(({ person }) => person.relation === "head" || person.relation === "spouse")
        const mother = couple.find(({ person }) => person.sex === "female")?.person
        for (const { mother: place, person, twin } of members) {
          if (person.relation === "child" && person.citizenship === "WNI") {
            assert.isDefined(mother)
            if (mother !== undefined) assert.isAtLeast(age(mother) - age(person), 18)
          }
          if (place !== undefined) {
            assert.isTrue(Row.isNewborn(person.birthDate, today))
            assert.isUndefined(person.nik)
            assert.strictEqual(members[place]?.person.sex, "female")
          } else if (person.citizenship === "WNI") {
            assert.isDefined(person.nik)
          }
          if (twin === "younger") {
            const elder = members.find((member) => member.twin === "elder")?.person
            assert.strictEqual(elder?.birthDate, person.birthDate)
            assert.strictEqual(elder?.motherName, person.motherName)
          }
        }
      })
    )
  })

  it("no two of a household have the same name", () => {
    fc.assert(
      fc.property(households, ({ members }) => {
        assert.strictEqual(new Set(members.map(({ person }) => person.name)).size, members.length)
      })
    )
  })

  it("renumbering gives every person and card a number of its own, and changes nothing else", () => {
    fc.assert(
      fc.property(fc.array(households, { minLength: 2, maxLength: 30 }), (list) => {
        const numbers = Households.numbers()
        const numbered = list.map((household) => Households.renumber(household, numbers))
        const niks = numbered.flatMap(({ members }) => members.flatMap(({ person }) => person.nik ?? []))
        assert.strictEqual(new Set(niks).size, niks.length)
        assert.strictEqual(new Set(niks.map((nik) => nik.slice(0, 6) + nik.slice(12))).size, niks.length)
        assert.strictEqual(new Set(numbered.map(({ familyCard }) => familyCard)).size, numbered.length)
        const plain = (household: Households.SyntheticHousehold) =>
          household.members.map(({ person: { nik, phone, ...person }, ...member }) => ({
            ...member,
            person,
            numbered: [nik !== undefined, phone !== undefined]
          }))
        assert.deepStrictEqual(numbered.map(plain), list.map(plain))
      }),
      { numRuns: 30 }
    )
  })

  it("gives more than a million people a district and serial of their own, and no more than it has", () => {
    const born = PlainDate.make("1990-01-01")
    const half = People.MOST / 2
    const some = Array.from({ length: 2000 }, (_, i) => i * 346)
    const numbers = [...some, ...some.map((number) => number + half), half - 1, People.MOST - 1]
    const places = numbers.map((number) => {
      const nik = People.nik(number, born, "male")
      return nik.slice(0, 6) + nik.slice(12)
    })
    assert.isAbove(People.MOST, 1_000_000)
    assert.strictEqual(new Set(places).size, new Set(numbers).size)
    assert.isTrue(places.every((place) => Number(place.slice(6)) < 7000))
  })
})
