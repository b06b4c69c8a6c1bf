/** The families of a simulated town. Their numbers lie in province 99, which does not exist. */
import type { Facts } from "@kis/core/eligibility"
import { FamilyCardNumber, Nik, type Person, PhoneNumber, Region } from "@kis/core/identity"
import { Family, type LifeEvent } from "@kis/core/membership"
import type { Submission } from "@kis/core/registration"
import { Id } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import type { Draw } from "./script.ts"

// --- models ---

export interface Townsman {
  readonly person: Person.Person & { readonly nik: Nik.Nik }
  readonly own: Family.Own
}

export interface House {
  readonly familyCard: FamilyCardNumber.FamilyCardNumber
  readonly phone: PhoneNumber.PhoneNumber
  readonly people: ReadonlyArray<Townsman>
}

// --- people ---

const day = PlainDate.make

/** Facts of somebody of whom everything is known that the rules ask. */
const known = (birthDate: PlainDate.PlainDate, facts: Partial<Facts.Facts>): Family.Own => ({
  deceased: false,
  birthDate,
  citizenship: "WNI",
  hasNik: true,
  maritalStatus: "single",
  occupation: "none",
  studies: false,
  pbiDecree: false,
  localScheme: false,
  residence: "9971",
  ...facts
})

const surnames = ["Wibowo", "Siregar", "Nasution", "Lubis", "Saragih", "Tanjung", "Ginting", "Hidayat"]

const places = [
  { relation: "head", sex: "male", birth: "1985-04-03", name: "Agus" },
  { relation: "spouse", sex: "female", birth: "1987-10-12", name: "Dewi" },
  { relation: "child", sex: "male", birth: "2010-05-01", name: "Budi" }
] as const

/** One third listed as poor, one third of a private employer, one third paying for themselves. */
const livelihood = (house: number, relation: string): Partial<Facts.Facts> => {
  if (house % 3 === 0) return { pbiDecree: true }
  if (relation !== "head") return {}
  return house % 3 === 1
    ? { occupation: "private", wage: 6_000_000, employerRegisters: true }
    : { occupation: "own-account" }
}

export const houseOf = (house: number): House => {
  const built = houses.get(house) ?? build(house)
  houses.set(house, built)
  return built
}

const houses = new Map<number, House>()

const build = (house: number): House => {
  const surname = surnames[house % surnames.length] ?? ""
  return {
    familyCard: FamilyCardNumber.FamilyCardNumber.make(`997101010120${String(house + 1).padStart(4, "0")}`),
    phone: PhoneNumber.PhoneNumber.make(`+62812990000${String(house + 10)}`),
    people: places.map(({ birth, name, relation, sex }, i) => {
      const birthDate = PlainDate.addDays(day(birth), house * 37)
      const married = relation === "child" ? "single" : "married"
      const nik = Nik.format({
        district: Region.DistrictCode.make("997101"),
        birthDate,
        sex,
        serial: house * 10 + i + 1
      })
      return {
        person: {
          name: `${name} ${surname}`,
          nik,
          sex,
          birthDate,
          motherName: `Sri ${surnames[(house + i + 3) % surnames.length] ?? ""} ${i}`,
          relation,
          maritalStatus: married,
          citizenship: "WNI"
        },
        own: known(birthDate, {
          maritalStatus: married,
          studies: relation === "child",
          ...livelihood(house, relation)
        })
      }
    })
  }
}

/** Who is not in the population register stays pending. */
export const isResident = (nik: string): boolean => Number(nik.slice(-4)) % 7 !== 0

/** The branch office that all of it happens at. */
export const OFFICE = "0901"

// --- what is sent ---

/** A family's application; with a stranger, somebody of the next house is on it too. */
export const applicationOf = (house: number, stranger: boolean, ref: string): Submission.Submission => {
  const name = `${house} ${stranger}`
  const application = applications.get(name) ?? write(house, stranger)
  applications.set(name, application)
  return { ...application, ref }
}

const applications = new Map<string, Omit<Submission.Submission, "ref">>()

const write = (house: number, stranger: boolean): Omit<Submission.Submission, "ref"> => {
  const { familyCard, people, phone } = houseOf(house)
  const guest = stranger ? houseOf(house + 1).people[0] : undefined
  const all = guest === undefined ? people : [...people, guest]
  const family: Family.Family = {
    revision: 0,
    office: OFFICE,
    wardClass: 3,
    members: all.map(({ own, person }, i) => ({
      ref: personId(i),
      relation: i >= people.length ? "other" : person.relation,
      facts: own
    }))
  }
  return {
    familyCard,
    phone,
    members: all.map(({ person }, i) => ({
      line: i + 1,
      raw: { line: i + 1, fields: { nik: person.nik, name: person.name } },
      row: {
        _tag: "Decoded",
        person,
        facts: Family.factsOf(family, personId(i), { appliesOn: day("2026-02-02"), knownOn: day("2026-02-02") }),
        class: 3,
        warnings: []
      }
    }))
  }
}

/** The id of a person who comes by an event. */
export const personId = (number: number): Id.Id =>
  Id.Id.make(`0190a1b2-0000-7000-8000-${String(number).padStart(12, "0")}`)

// --- events ---

const adult = (ref: Id.Id, draw: Draw): LifeEvent.Newcomer => ({
  ref,
  facts: known(day("1995-03-03"), {
    occupation: draw.flag ? "private" : "none",
    ...(draw.flag ? { wage: 4_500_000 } : {}),
    pbiDecree: draw.third % 3 === 0
  }),
  verified: draw.third % 4 !== 0
})

type Made = (of: {
  readonly draw: Draw
  readonly family: Family.Family
  readonly member: Family.Member
  readonly other: Family.Member
  readonly today: PlainDate.PlainDate
  readonly fresh: Id.Id
}) => LifeEvent.LifeEvent

const withRelation = (family: Family.Family, relation: Family.Member["relation"]) =>
  Family.living(family).filter((it) => it.relation === relation)

/** An event that fits a family, as far as any does. */
export const events: { readonly [T in LifeEvent.LifeEvent["_tag"]]: Made } = {
  Birth: ({ draw, family, fresh, today }) => {
    const [mother] = withRelation(family, "spouse")
    return {
      _tag: "Birth",
      ref: fresh,
      birthDate: PlainDate.addDays(today, -draw.third * 10),
      hasNik: draw.flag,
      ...(mother === undefined ? { motherScheme: "other" as const } : { mother: mother.ref })
    }
  },
  Adoption: ({ draw, fresh, today }) => ({
    _tag: "Adoption",
    child: { ref: fresh, facts: known(PlainDate.addDays(today, -400 * (draw.third + 1)), {}), verified: draw.flag }
  }),
  Marriage: ({ draw, fresh, member }) => ({
    _tag: "Marriage",
    of: member.ref,
    spouse: adult(fresh, draw),
    newCard: draw.flag
  }),
  Divorce: ({ draw, family, member }) => {
    const couple = [...withRelation(family, "head"), ...withRelation(family, "spouse")]
    return { _tag: "Divorce", leaves: [(couple[draw.one % Math.max(1, couple.length)] ?? member).ref] }
  },
  Death: ({ draw, member, today }) => ({
    _tag: "Death",
    of: member.ref,
    diedOn: PlainDate.addDays(today, -draw.third)
  }),
  ChildTurns: ({ draw, family, member }) => ({
    _tag: "ChildTurns",
    of: (withRelation(family, "child")[0] ?? member).ref,
    studies: draw.flag
  }),
  NewJob: ({ draw, member }) => ({
    _tag: "NewJob",
    of: member.ref,
    paidBy: draw.flag ? "private" : "state",
    wage: 3_000_000 + draw.third * 1_000_000
  }),
  Dismissal: ({ draw, family, member }) => {
    const worker = Family.living(family).find(({ facts }) => facts.occupation === "private")
    return {
      _tag: "Dismissal",
      of: (worker ?? member).ref,
      cause: draw.flag ? "phk" : draw.third % 2 === 0 ? "resignation" : "contract-ended",
      ...(draw.third % 5 === 0 ? {} : { proofs: ["notice", "labour-office-report"] as const })
    }
  },
  GraceEnds: () => ({ _tag: "GraceEnds" }),
  Retirement: ({ draw, member }) => ({
    _tag: "Retirement",
    of: member.ref,
    as: draw.flag ? "pensioner" : "none",
    ...(draw.flag ? { pension: 2_500_000 } : {})
  }),
  Move: ({ draw }) => ({ _tag: "Move", residence: draw.flag ? "9971" : "9972", facility: `F${draw.third}` }),
  PbiDecree: ({ draw, family }) => {
    const refs = Family.living(family).map(({ ref }) => ref)
    return draw.third < 4
      ? { _tag: "PbiDecree", listed: refs, removed: [] }
      : { _tag: "PbiDecree", listed: [], removed: refs }
  },
  StartsSelfPay: ({ member, other }) => ({
    _tag: "StartsSelfPay",
    of: member.ref === other.ref ? [member.ref] : [member.ref, other.ref],
    wardClass: 3
  }),
  FactsCorrected: ({ draw, member }) => ({
    _tag: "FactsCorrected",
    of: member.ref,
    facts: draw.flag ? { occupation: "private", wage: 5_000_000 } : { occupation: "none", pbiDecree: draw.third < 4 }
  }),
  CareEnds: ({ family, member }) => ({
    _tag: "CareEnds",
    of: (Family.living(family).find(({ membership }) => membership?.waiting !== undefined) ?? member).ref
  })
}
