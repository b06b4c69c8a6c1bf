/**
 * Synthetic people: who they are, when they were born, what they are called.
 *
 * Birth dates heap as they do in the population register: 1 July where the day was not
 * known (since 2004), 31 December and the 15th before, a little on 1 January. Numbers are
 * nobody's: NIKs are of province 99, phones of prefixes that no operator uses.
 *
 * @since 0.1.0
 */
import { Nik, type Person, PhoneNumber, Region, Sex } from "@kis/core/identity"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"
import * as Option from "effect/Option"
import * as Names from "./Names.ts"

// --- models ---

/**
 * What a person is made of, before age, sex and place in a household are known.
 *
 * @category models
 * @since 0.1.0
 */
export interface PersonDraw {
  readonly name: Names.NameDraw
  readonly mother: Names.NameDraw
  readonly date: number
  readonly number: number
  readonly habit: number
}

// --- arbitraries ---

/**
 * @category arbitraries
 * @since 0.1.0
 */
export const draw: fc.Arbitrary<PersonDraw> = fc.record({
  name: Names.draw,
  mother: Names.draw,
  date: fc.nat(9_999_999),
  number: fc.nat(99 * 9_999 - 1),
  habit: fc.nat(999)
})

/**
 * An Indonesian of any age up to 95, alone: the head of a household of one.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const person = (options: { readonly today: PlainDate.PlainDate }): fc.Arbitrary<Person.Person> =>
  fc.tuple(draw, fc.constantFrom(...Sex.Sex.literals), fc.integer({ min: 1, max: 95 })).map(([drawn, sex, age]) => {
    const birthDate = bornAt(drawn, age, options.today)
    return {
      name: Names.of(drawn.name, sex, PlainDate.year(birthDate)),
      nik: nik(drawn.number, birthDate, sex),
      sex,
      birthDate,
      motherName: motherName(drawn, birthDate),
      relation: "head",
      citizenship: "WNI",
      phone: phone(drawn.number)
    }
  })

/**
 * A birth date that makes a person as many whole years old on the day.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const birthDate = (age: number, today: PlainDate.PlainDate): fc.Arbitrary<PlainDate.PlainDate> =>
  draw.map((drawn) => bornAt(drawn, age, today))

// --- making ---

/**
 * @category making
 * @since 0.1.0
 */
export const bornAt = (drawn: PersonDraw, age: number, today: PlainDate.PlainDate): PlainDate.PlainDate => {
  const year = PlainDate.year(today) - age
  const [month, day] = monthAndDay(drawn.date, year)
  const inYear = (year: number) =>
    Option.getOrElse(PlainDate.fromParts(year, month, day), () => PlainDate.make(`${year}-02-28`))
  const date = inYear(year)
  return PlainDate.ageOn(date, today) === age ? date : inYear(year - 1)
}

/**
 * @category making
 * @since 0.1.0
 */
export const motherName = (drawn: PersonDraw, birthDate: PlainDate.PlainDate): string =>
  Names.of(drawn.mother, "female", PlainDate.year(birthDate) - 25)

/**
 * How many people have a NIK of province 99: serials up to 6999 in 198 districts.
 *
 * @category making
 * @since 0.1.0
 */
export const MOST = 2 * 99 * 6999

/**
 * The NIK of province 99 with this number, from 0 on and below {@link MOST}: its district and serial are those of no
 * other number.
 *
 * @category making
 * @since 0.1.0
 */
export const nik = (number: number, birthDate: PlainDate.PlainDate, sex: Sex.Sex): Nik.Nik =>
  Nik.format({
    district: districtOf(number, number < MOST / 2 ? 1 : 12),
    birthDate,
    sex,
    serial: Math.floor((number % (MOST / 2)) / 99) + 1
  })

/**
 * One of the first 99 districts of province 99.
 *
 * @category making
 * @since 0.1.0
 */
export const district99 = (number: number): Region.DistrictCode => districtOf(number, 1)

/**
 * A mobile number that can be written and is nobody's.
 *
 * @category making
 * @since 0.1.0
 */
export const phone = (number: number): PhoneNumber.PhoneNumber =>
  PhoneNumber.PhoneNumber.make(`+6286${number % 8}${String(Math.floor(number / 8) % 100_000_000).padStart(8, "0")}`)

// --- private ---

/** Days that stand for an unknown one are written for people born before births were certified. */
const monthAndDay = (date: number, year: number): [month: number, day: number] => {
  const heap = date % 1000
  const dayOfYear = Math.floor(date / 1000) % 365
  const month = Math.floor(dayOfYear / 31) + 1
  if (year < 1995 && heap < 50) return [7, 1]
  if (year < 1995 && heap < 75) return [12, 31]
  if (year < 1995 && heap < 85) return [1, 1]
  if (year < 1995 && heap < 115) return [month, 15]
  const day = PlainDate.addDays(PlainDate.make("2001-01-01"), dayOfYear)
  return [PlainDate.month(day), PlainDate.dayOfMonth(day)]
}

/** Nine regencies have eleven districts each from `first` on. */
const districtOf = (number: number, first: 1 | 12): Region.DistrictCode => {
  const regency = Math.floor((number % 99) / 11)
  return Region.DistrictCode.make(
    `99${regency === 8 ? "71" : `0${regency + 1}`}${String((number % 11) + first).padStart(2, "0")}`
  )
}
