/**
 * Synthetic households, every segment among them: what a family works decides how each
 * of its members is covered.
 *
 * A household without defects is one that can be registered whole: every question that
 * the rules ask is answered. Newborns have no NIK and name their mother; twins share
 * mother, date and card; foreigners bring passport and permit; elders may be registered
 * by a helper with consent.
 *
 * @since 0.1.0
 */
import { FamilyCardNumber, Nik, Region, type Sex } from "@kis/core/identity"
import type { Helper } from "@kis/core/registration"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"
import * as families from "./internal/families.ts"
import * as words from "./internal/words.ts"
import type { Living, Member } from "./Member.ts"
import * as People from "./People.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface SyntheticHousehold {
  readonly living: Living
  readonly familyCard: FamilyCardNumber.FamilyCardNumber
  readonly address: string
  readonly district: Region.DistrictCode
  readonly facility: string
  readonly helper?: Helper.Helper
  readonly members: readonly [Member, ...ReadonlyArray<Member>]
}

/**
 * Where households live: four of five in Kota Tangerang and the rest in other provinces,
 * or all in province 99, which does not exist.
 *
 * @category models
 * @since 0.1.0
 */
export type RegionMix = "tangerang" | "province99"

/**
 * Gives out numbers, each once.
 *
 * @category models
 * @since 0.1.0
 */
export interface Numbers {
  readonly person: () => number
  /** Two NIKs that differ in their serial by one. */
  readonly twins: () => (member: "elder" | "younger", birthDate: PlainDate.PlainDate, sex: Sex.Sex) => Nik.Nik
  readonly familyCard: () => FamilyCardNumber.FamilyCardNumber
}

// --- arbitraries ---

/**
 * A household without defects. Its numbers are well formed, and unlikely to be another's;
 * {@link renumber} makes sure of it.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const household = (options: {
  readonly today: PlainDate.PlainDate
  readonly regionMix: RegionMix
}): fc.Arbitrary<SyntheticHousehold> =>
  draws.map((drawn) => ({
    living: drawn.living,
    familyCard: familyCardOf(drawn.place),
    address:
      `Jl. ${at(words.streets, drawn.place)} No. ${(drawn.place % 180) + 1} ` +
      `RT ${pad(drawn.place % 9)}/RW ${pad(drawn.place % 7)}`,
    district: districtOf(drawn.place, options.regionMix),
    facility: `Puskesmas ${at(words.streets, drawn.place >> 3)}`,
    ...families.make(drawn, options.today)
  }))

// --- numbering ---

/**
 * Gives every member, phone and card a number of its own.
 *
 * @category numbering
 * @since 0.1.0
 */
export const renumber = (self: SyntheticHousehold, numbers: Numbers): SyntheticHousehold => {
  const twins = self.members.some((member) => member.twin !== undefined) ? numbers.twins() : undefined
  const member = (member: Member): Member => {
    const { nik, phone, ...person } = member.person
    const number = numbers.person()
    const own =
      member.twin === undefined || twins === undefined
        ? People.nik(number, person.birthDate, person.sex)
        : twins(member.twin, person.birthDate, person.sex)
    return {
      ...member,
      person: {
        ...person,
        ...(nik === undefined ? {} : { nik: own }),
        ...(phone === undefined ? {} : { phone: People.phone(number) })
      }
    }
  }
  const [first, ...rest] = self.members
  return { ...self, familyCard: numbers.familyCard(), members: [member(first), ...rest.map(member)] }
}

/**
 * Numbers from 0 on. Every NIK's district and serial belong to one person, so that a slip
 * in its date is nobody else's NIK; serials of the 7000s and 8000s are nobody's, and those
 * of the 9000s are given to twins.
 *
 * Throws when more than 1,385,802 people, or 49,500 pairs of twins, are asked for.
 *
 * @category numbering
 * @since 0.1.0
 */
export const numbers = (): Numbers => {
  let [people, pairs, cards] = [0, 0, 0]
  return {
    person: () => within(people++, People.MOST),
    twins: () => {
      const pair = within(pairs++, 99 * 500)
      return (member, birthDate, sex) =>
        Nik.format({
          district: People.district99(pair),
          birthDate,
          sex,
          serial: 9000 + Math.floor(pair / 99) * 2 + (member === "elder" ? 0 : 1)
        })
    },
    familyCard: () => familyCardOf(cards++)
  }
}

// --- private ---

const weighted = <A>(...choices: ReadonlyArray<readonly [weight: number, value: A]>): fc.Arbitrary<A> =>
  fc.constantFrom(...choices.flatMap(([weight, value]) => Array.from({ length: weight }, () => value)))

const draws: fc.Arbitrary<families.Draws> = fc.record({
  living: weighted<Living>(
    [32, "poor"],
    [13, "local"],
    [8, "state"],
    [22, "company"],
    [14, "own-account"],
    [5, "retired"],
    [5, "elder"],
    [1, "foreign"]
  ),
  place: fc.nat(9_999_999),
  headAge: fc.integer({ min: 24, max: 58 }),
  dice: fc.nat(2 ** 30),
  people: fc.array(People.draw, { minLength: 10, maxLength: 10 }),
  childAges: fc.array(fc.nat(23), { maxLength: 4 })
})

const within = (number: number, limit: number): number => {
  if (number >= limit) throw new RangeError(`Households: province 99 has no more than ${limit} of these numbers`)
  return number
}

const at = (list: ReadonlyArray<string>, index: number): string => list[index % list.length] ?? ""

const pad = (n: number) => String(n + 1).padStart(3, "0")

const tangerang = Array.from({ length: 13 }, (_, index) => `3671${String(index + 1).padStart(2, "0")}`)

const elsewhere = ["317401", "320101", "327301", "337401", "347101", "357801", "127101", "517101", "737101", "917101"]

const districtOf = (place: number, mix: RegionMix): Region.DistrictCode =>
  mix === "province99"
    ? People.district99(place)
    : Region.DistrictCode.make(place % 5 === 0 ? at(elsewhere, place >> 4) : at(tangerang, place >> 4))

const familyCardOf = (number: number): FamilyCardNumber.FamilyCardNumber => {
  const issued = PlainDate.addDays(PlainDate.make("2008-01-01"), (number * 37) % 6500)
  const [year, month, day] = issued.split("-")
  const serial = String((Math.floor(number / 99) % 9999) + 1).padStart(4, "0")
  return FamilyCardNumber.FamilyCardNumber.make(`${People.district99(number)}${day}${month}${year?.slice(2)}${serial}`)
}
