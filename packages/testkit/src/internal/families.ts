/** Who lives together, made of draws: heads, spouses, children, newborns, twins, parents, elders, foreigners. */
import type { Person, Sex } from "@kis/core/identity"
import type { Helper } from "@kis/core/registration"
import { PlainDate } from "@kis/core/time"
import type { Living, Member } from "../Member.ts"
import * as Names from "../Names.ts"
import * as People from "../People.ts"
import * as words from "./words.ts"

export interface Draws {
  readonly living: Living
  readonly place: number
  readonly headAge: number
  readonly dice: number
  readonly people: ReadonlyArray<People.PersonDraw>
  readonly childAges: ReadonlyArray<number>
}

export interface Family {
  readonly members: readonly [Member, ...Array<Member>]
  readonly helper?: Helper.Helper
}

export const make = (drawn: Draws, today: PlainDate.PlainDate): Family => {
  switch (drawn.living) {
    case "elder":
      return elder(drawn, today)
    case "foreign":
      return foreigners(drawn, today)
    default:
      return family(drawn, today)
  }
}

// --- families ---

const family = (drawn: Draws, today: PlainDate.PlainDate): Family => {
  const chance = chances(drawn.dice)
  const cast = castOf(drawn, today)
  const { living } = drawn
  const flags = { pbiDecree: living === "poor", localScheme: living === "local" }
  const wardClass = living === "own-account" || living === "retired" ? classOf(drawn.place) : 3
  const paysForSelf = living === "own-account" || living === "retired" || flags.pbiDecree || flags.localScheme
  const asked = { ...flags, ...(paysForSelf ? { wardClass } : {}) } as const

  const headSex: Sex.Sex = chance(84) ? "male" : "female"
  const headAge = living === "retired" ? 56 + (drawn.headAge % 24) : drawn.headAge
  const married = chance(headSex === "male" ? 90 : 12)
  const head: Member = {
    person: cast(0, headSex, headAge, {
      relation: "head",
      maritalStatus: married ? "married" : headAge > 50 || headSex === "female" ? "widowed" : "single",
      phone: chance(96)
    }),
    ...work(headWork(living, drawn.place), drawn.place),
    ...asked
  }
  const members: [Member, ...Array<Member>] = [head]

  const spouseAge = Math.max(headAge - 6 + (drawn.place % 11), 20)
  if (married) {
    const occupation = spouseWork(living, drawn.dice)
    members.push({
      person: cast(1, headSex === "male" ? "female" : "male", spouseAge, {
        relation: "spouse",
        maritalStatus: "married",
        phone: chance(65)
      }),
      ...work(occupation, drawn.place >> 2),
      ...asked
    })
  }

  const mother = members.findIndex(({ person }) => person.sex === "female")
  const motherAge = mother === 0 ? headAge : spouseAge
  const motherName = members[mother]?.person.name
  const ages = [...new Set(drawn.childAges)].filter((age) => age <= motherAge - 19 && age >= motherAge - 46 && age > 0)
  const children = (mother === -1 && !married ? [] : ages.toSorted((a, b) => b - a)).flatMap((age, index) => {
    const sex: Sex.Sex = (drawn.people[2 + index]?.habit ?? 0) % 2 === 0 ? "male" : "female"
    const studies = age >= 7 && (age < 19 || chance(50))
    const occupation =
      age < 19 || studies ? "none" : living === "state" || living === "company" ? "private" : "own-account"
    const child = (place: number, twinOf?: Person.Person): Member => ({
      person: cast(place, sex, age, {
        relation: "child",
        maritalStatus: "single",
        phone: age > 15 && chance(60),
        motherName,
        twinOf
      }),
      ...work(occupation, drawn.place >> 4),
      ...asked,
      studies
    })
    const first = child(2 + index)
    if (index > 0 || !chance(5)) return [first]
    return [{ ...first, twin: "elder" } as const, { ...child(6, first.person), twin: "younger" } as const]
  })
  members.push(...children)

  if (mother !== -1 && motherAge <= 43 && chance(6)) {
    const days = 3 + (drawn.place % 80)
    const { nik: _, ...baby } = cast(7, chance(50) ? "male" : "female", 0, {
      relation: "child",
      maritalStatus: "single",
      motherName,
      bornOn: PlainDate.addDays(today, -days)
    })
    members.push({
      person: chance(50) ? { ...baby, name: `Bayi Ny. ${motherName}` } : baby,
      ...work("none", 0),
      ...asked,
      pbiDecree: false,
      studies: false,
      mother
    })
  }

  if (chance(11)) {
    members.push({
      person: cast(8, chance(30) ? "male" : "female", headAge + 19 + (drawn.place % 9), {
        relation: chance(60) ? "parent" : "parent-in-law",
        maritalStatus: "widowed",
        phone: chance(25)
      }),
      ...work("none", 0),
      ...asked
    })
  }

  if (chance(6)) {
    members.push({
      person: cast(9, chance(50) ? "male" : "female", 18 + (drawn.place % 14), {
        relation: "other",
        maritalStatus: "single",
        phone: chance(80)
      }),
      ...work(flags.pbiDecree || flags.localScheme ? "none" : "own-account", 0),
      ...flags,
      wardClass
    })
  }
  return { members }
}

const elder = (drawn: Draws, today: PlainDate.PlainDate): Family => {
  const chance = chances(drawn.dice)
  const cast = castOf(drawn, today)
  const sex: Sex.Sex = chance(35) ? "male" : "female"
  const means = drawn.place % 3
  const helperSex: Sex.Sex = chance(40) ? "male" : "female"
  return {
    members: [
      {
        person: cast(0, sex, 66 + (drawn.headAge % 27), { relation: "head", maritalStatus: "widowed" }),
        ...work(means === 2 ? "pensioner" : "none", 0),
        pbiDecree: means === 0,
        localScheme: means === 1,
        wardClass: 3
      }
    ],
    helper: {
      name: Names.of(drawn.people[1]?.name ?? noName, helperSex, 1995),
      phone: People.phone(400_000_000 + drawn.place),
      relation: words.helperRelations[drawn.place % words.helperRelations.length] ?? "cucu",
      consentOn: PlainDate.addDays(today, -(drawn.place % 45))
    }
  }
}

const foreigners = (drawn: Draws, today: PlainDate.PlainDate): Family => {
  const chance = chances(drawn.dice)
  const cast = castOf(drawn, today)
  const asked = { pbiDecree: false, localScheme: false, stayMonths: 12 + (drawn.place % 36) } as const
  const of = (place: number, sex: Sex.Sex, age: number, as: Pick<Role, "relation" | "maritalStatus" | "phone">) => {
    const { nik: _, ...person } = cast(place, sex, age, as)
    const number = String((drawn.place * 7 + place) % 10_000_000).padStart(7, "0")
    const name = Names.foreign(drawn.people[place]?.name ?? noName, sex)
    return {
      ...person,
      name,
      motherName: Names.foreign(drawn.people[place]?.mother ?? noName, "female"),
      citizenship: "WNA",
      passport: `${"KMPX".charAt(drawn.place % 4)}${number}`,
      permit: `2C11JE${number}-W`
    } satisfies Person.Person
  }
  const married = chance(55)
  const headSex: Sex.Sex = chance(70) ? "male" : "female"
  const maritalStatus = married ? "married" : "single"
  const members: [Member, ...Array<Member>] = [
    {
      person: of(0, headSex, drawn.headAge, { relation: "head", maritalStatus, phone: true }),
      ...work("private", drawn.place + 12),
      ...asked
    }
  ]
  if (married) {
    const sex = headSex === "male" ? "female" : "male"
    members.push({
      person: of(1, sex, drawn.headAge, { relation: "spouse", maritalStatus, phone: false }),
      ...work("none", 0),
      ...asked
    })
    if (chance(50)) {
      members.push({
        person: of(2, "female", 1 + (drawn.place % 5), { relation: "child", maritalStatus: "single", phone: false }),
        ...work("none", 0),
        ...asked,
        studies: false
      })
    }
  }
  return { members }
}

// --- people ---

interface Role {
  readonly relation: Person.Relation
  readonly maritalStatus: Person.MaritalStatus
  readonly phone?: boolean
  readonly motherName?: string | undefined
  readonly bornOn?: PlainDate.PlainDate
  readonly twinOf?: Person.Person | undefined
}

const noName: Names.NameDraw = { pattern: 500, first: 0, second: 0, habit: 0 }

/** Casts the drawn people in roles. No two of a household share a telling word of their names. */
const castOf = (drawn: Draws, today: PlainDate.PlainDate) => {
  const used = new Set<string>()
  return (place: number, sex: Sex.Sex, age: number, role: Role): Person.Person => {
    const of = drawn.people[place] ?? { name: noName, mother: noName, date: 0, number: 0, habit: 0 }
    const birthDate = role.twinOf?.birthDate ?? role.bornOn ?? People.bornAt(of, age, today)
    const motherName = role.motherName ?? (of.habit < 970 ? People.motherName(of, birthDate) : undefined)
    return {
      name:
        role.twinOf === undefined
          ? nameOf(of.name, sex, birthDate, used)
          : twinName(drawn, role.twinOf, sex, birthDate),
      nik: People.nik(of.number, birthDate, sex),
      sex,
      birthDate,
      ...(motherName === undefined ? {} : { motherName }),
      relation: role.relation,
      maritalStatus: role.maritalStatus,
      citizenship: "WNI",
      ...(role.phone === true ? { phone: People.phone(of.number) } : {})
    }
  }
}

const nameOf = (drawn: Names.NameDraw, sex: Sex.Sex, birthDate: PlainDate.PlainDate, used: Set<string>): string => {
  for (let turn = 0; ; turn++) {
    const shifted = { ...drawn, first: drawn.first + turn * 7, second: drawn.second + turn * 11 }
    const name = Names.of(shifted, sex, PlainDate.year(birthDate))
    const telling = Names.tellingWords(name)
    if (turn < 20 && telling.some((word) => used.has(word))) continue
    for (const word of telling) used.add(word)
    return name
  }
}

/** Twins are often named alike: the next word of the same list, and the same second name. */
const twinName = (drawn: Draws, elder: Person.Person, sex: Sex.Sex, birthDate: PlainDate.PlainDate): string => {
  const elderDraw = drawn.people.find((of) => Names.of(of.name, sex, PlainDate.year(birthDate)) === elder.name)?.name
  const base = elderDraw ?? drawn.people[6]?.name ?? noName
  for (let turn = 1; ; turn++) {
    const name = Names.of(
      { ...base, first: base.first + turn, second: base.second + (turn > 1 ? turn : 0) },
      sex,
      PlainDate.year(birthDate)
    )
    if (name !== elder.name) return name
  }
}

// --- work ---

const work = (occupation: Member["occupation"], dice: number): Pick<Member, "occupation" | "wage" | "employer"> => {
  if (occupation !== "state" && occupation !== "private") return { occupation }
  const wage = 2_400_000 + (dice % 190) * 50_000
  const employer =
    occupation === "state"
      ? ["Dinas Kesehatan", "Dinas Pendidikan", "SD Negeri Contoh", "Polsek Contoh"][dice % 4]
      : `PT ${words.employers[dice % words.employers.length]} ${words.employers[(dice >> 3) % words.employers.length]}`
  return { occupation, wage, ...(employer === undefined ? {} : { employer }) }
}

const headWork = (living: Living, dice: number): Member["occupation"] => {
  switch (living) {
    case "state":
      return "state"
    case "company":
      return "private"
    case "own-account":
      return "own-account"
    case "retired":
      return (["pensioner", "pensioner", "veteran", "employer", "investor"] as const)[dice % 5] ?? "pensioner"
    default:
      return dice % 3 === 0 ? "none" : "own-account"
  }
}

const spouseWork = (living: Living, dice: number): Member["occupation"] => {
  const roll = (dice >> 5) % 100
  if (living === "state" || living === "company") return roll < 65 ? "none" : roll < 85 ? "private" : "own-account"
  return living === "retired" || roll < 60 ? "none" : "own-account"
}

const classOf = (dice: number): 1 | 2 | 3 => {
  const roll = dice % 10
  return roll === 0 ? 1 : roll < 3 ? 2 : 3
}

/** A row of chances in percent, all from one throw: the next one each time it is asked. */
const chances = (dice: number) => {
  let state = dice
  return (percent: number): boolean => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0
    return ((state >>> 8) % 10_000) / 100 < percent
  }
}
