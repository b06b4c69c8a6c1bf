/**
 * A person on the register, and the keys by which they are found again.
 *
 * NIK is unique among living entries; everything else is a composite blind key: at least two
 * facts joined, normalised, and turned into a MAC under a key of its own. A thief of the database
 * sees that two rows share a key, not what the key says. Single names, sex alone and year alone
 * are never keys.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import { Person } from "../identity/Person.ts"
import * as PersonName from "../identity/PersonName.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as PlainDate from "../time/PlainDate.ts"
import { type Features, isHeaped } from "./Comparison.ts"

// --- models ---

/**
 * `reference` names the registration line that made the entry; it is what a card number is
 * asked for under. `registeredOn` is the day at the office.
 *
 * @category models
 * @since 0.1.0
 */
export const Participant = Schema.Struct({
  person: Person,
  familyCard: Schema.optionalKey(FamilyCardNumber),
  reference: Schema.String,
  registeredOn: PlainDate.PlainDate,
  identity: Schema.Literals(["verified", "pending"]),
  phoneVerifiedOn: Schema.optionalKey(PlainDate.PlainDate)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Participant = typeof Participant.Type

/**
 * What the keys are made of: a person and the family card they stand on.
 *
 * @category models
 * @since 0.1.0
 */
export interface Findable {
  readonly person: Person
  readonly familyCard?: FamilyCardNumber
}

// --- keys ---

/**
 * The rules of blocking: two records that share a key of any rule are compared. Each joins facts
 * to about 20 bits or more, and survives another kind of mistake:
 *
 * - `nameBirth`: a changed family card, a missing NIK, a mother's name left out;
 * - `nameMother`: any mistake in the birth date;
 * - `birthMother`: any mistake in the name; day and month exchanged;
 * - `cardName`: mistakes in the date and in part of the name;
 * - `birthToken`: one wrong token of several. Not for days that clerks write when the true one
 *   is unknown: one in twenty people has those.
 *
 * @category keys
 * @since 0.1.0
 */
export const blocking = {
  nameBirth: ({ person }: Findable): ReadonlyArray<string> => {
    const { own } = names(person)
    return own.placeholder ? [] : [`${PersonName.key(own)}|${person.birthDate}`]
  },
  nameMother: ({ person }: Findable): ReadonlyArray<string> => {
    const { mother, own } = names(person)
    return own.placeholder || mother === undefined ? [] : [`${PersonName.key(own)}|${PersonName.key(mother)}`]
  },
  birthMother: ({ person }: Findable): ReadonlyArray<string> => {
    const { mother } = names(person)
    return mother === undefined ? [] : [`${unordered(person.birthDate)}|${PersonName.key(mother)}`]
  },
  cardName: ({ familyCard, person }: Findable): ReadonlyArray<string> =>
    familyCard === undefined ? [] : names(person).tokens.map((token) => `${familyCard}|${token}`),
  birthToken: ({ person }: Findable): ReadonlyArray<string> =>
    isHeaped(person.birthDate) ? [] : names(person).tokens.map((token) => `${unordered(person.birthDate)}|${token}`)
}

/**
 * @category keys
 * @since 0.1.0
 */
export type Rule = keyof typeof blocking

/**
 * @category keys
 * @since 0.1.0
 */
export const rules = Object.keys(blocking) as ReadonlyArray<Rule>

/**
 * What of a record takes part in a comparison.
 *
 * @category keys
 * @since 0.1.0
 */
export const features = ({ familyCard, person }: Findable): Features => ({
  name: names(person).own,
  mother: names(person).mother,
  birthDate: person.birthDate,
  sex: person.sex,
  nik: person.nik,
  familyCard
})

// --- aggregate ---

/**
 * The participants on the register.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("participant", {
  schema: Participant,
  unique: {
    nik: (participant) => (participant.person.nik === undefined ? [] : [participant.person.nik])
  },
  blind: blocking,
  ordered: { registeredOn: { text: (participant) => participant.registeredOn } },
  indexes: { byDay: ["registeredOn"] }
})

// --- private ---

interface Names {
  readonly own: PersonName.PersonName
  readonly mother: PersonName.PersonName | undefined
  readonly tokens: ReadonlyArray<string>
}

// One record is asked for its names a dozen times: by each key, and by each comparison.
const read = new WeakMap<Person, Names>()

const names = (person: Person): Names => {
  const known = read.get(person)
  if (known !== undefined) return known
  const own = PersonName.parse(person.name)
  const mother = person.motherName === undefined ? undefined : PersonName.parse(person.motherName)
  const made = {
    own,
    mother: mother?.placeholder === true ? undefined : mother,
    tokens: [...new Set(PersonName.telling(own).map(PersonName.sound))]
  }
  read.set(person, made)
  return made
}

/** The same text for 3 April and 4 March: exchanging day and month is the commonest mistake. */
const unordered = (date: PlainDate.PlainDate): string => {
  const [day, month] = [PlainDate.dayOfMonth(date), PlainDate.month(date)]
  return `${PlainDate.year(date)}-${Math.min(day, month)}-${Math.max(day, month)}`
}
