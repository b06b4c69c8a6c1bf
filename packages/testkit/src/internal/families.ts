/** Who lives together, made of draws: heads, spouses, children, newborns, twins, parents, elders, foreigners. */
import type { Person, Sex } from "@kis/core/identity"
import type { Helper } from "@kis/core/registration"
import { PlainDate } from "@kis/core/time"
import type { Living, Member } from "../Member.ts"
import * as Names from "../Names.ts"
import * as People from "../People.ts"
import { type Cast, castOf, partOf, type Role } from "./casting.ts"
import * as words from "./words.ts"
import { classOf, headWork, spouseWork, work } from "./work.ts"

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
  const scene = sceneOf(drawn, today)
  const couple = coupleOf(scene)
  const mother = couple.findIndex(({ person }) => person.sex === "female")
  const born = [...couple, ...childrenOf(scene, couple, mother)] as const
  return { members: [...born, ...newbornOf(scene, couple[mother], mother), ...relativesOf(scene)] }
}

/** What the members of one household have in common. */
interface Scene {
  readonly drawn: Draws
  readonly today: PlainDate.PlainDate
  readonly headAge: number
  readonly chance: (percent: number) => boolean
  readonly cast: Cast
  /** The answers that every member of the household gives alike. */
  readonly answers: Pick<Member, "pbiDecree" | "localScheme" | "wardClass">
}

const sceneOf = (drawn: Draws, today: PlainDate.PlainDate): Scene => {
  const { living, place } = drawn
  const schemes = { pbiDecree: living === "poor", localScheme: living === "local" }
  const selfPaying = living === "own-account" || living === "retired"
  const wardClass = selfPaying ? classOf(place) : schemes.pbiDecree || schemes.localScheme ? 3 : undefined
  return {
    drawn,
    today,
    headAge: living === "retired" ? 56 + (drawn.headAge % 24) : drawn.headAge,
    chance: chances(drawn.dice),
    cast: castOf(drawn.people, today),
    answers: { ...schemes, ...(wardClass === undefined ? {} : { wardClass }) }
  }
}

const coupleOf = ({ answers, cast, chance, drawn, headAge }: Scene): readonly [Member, ...ReadonlyArray<Member>] => {
  const { dice, living, place } = drawn
  const sex: Sex.Sex = chance(84) ? "male" : "female"
  const married = chance(sex === "male" ? 90 : 12)
  const head: Member = {
    person: cast(0, sex, headAge, {
      relation: "head",
      maritalStatus: married ? "married" : headAge > 50 || sex === "female" ? "widowed" : "single",
      phone: chance(96)
    }),
    ...work(headWork(living, place), place),
    ...answers
  }
  if (!married) return [head]
  const spouse: Member = {
    person: cast(1, sex === "male" ? "female" : "male", Math.max(headAge - 6 + (place % 11), 20), {
      relation: "spouse",
      maritalStatus: "married",
      phone: chance(65)
    }),
    ...work(spouseWork(living, dice), place >> 2),
    ...answers
  }
  return [head, spouse]
}

const childrenOf = (
  { answers, cast, chance, drawn, today }: Scene,
  couple: ReadonlyArray<Member>,
  mother: number
): ReadonlyArray<Member> => {
  const { living, place } = drawn
  const { name: motherName, birthDate } = couple[mother]?.person ?? {}
  if (birthDate === undefined) return []
  const motherAge = PlainDate.ageOn(birthDate, today)
  const ages = [...new Set(drawn.childAges)].filter((age) => age > 0 && age <= motherAge - 19 && age >= motherAge - 46)
  return ages
    .toSorted((a, b) => b - a)
    .flatMap((age, index): ReadonlyArray<Member> => {
      const sex: Sex.Sex = partOf(drawn.people, 2 + index).habit % 2 === 0 ? "male" : "female"
      const studies = age >= 7 && (age < 19 || chance(50))
      const wage = living === "state" || living === "company"
      const child = (part: number, twinOf?: Person.Person): Member => ({
        person: cast(part, sex, age, {
          relation: "child",
          maritalStatus: "single",
          phone: age > 15 && chance(60),
          motherName,
          twinOf
        }),
        ...work(age < 19 || studies ? "none" : wage ? "private" : "own-account", place >> 4),
        ...answers,
        studies
      })
      const first = child(2 + index)
      if (index > 0 || !chance(5)) return [first]
      return [
        { ...first, twin: "elder" },
        { ...child(6, first.person), twin: "younger" }
      ]
    })
}

/** A baby of less than three months: no NIK yet, often no name, and not in any decree. */
const newbornOf = (
  { answers, cast, chance, drawn, today }: Scene,
  mother: Member | undefined,
  place: number
): ReadonlyArray<Member> => {
  if (mother === undefined || PlainDate.ageOn(mother.person.birthDate, today) > 43 || !chance(6)) return []
  const { nik: _, ...baby } = cast(7, chance(50) ? "male" : "female", 0, {
    relation: "child",
    maritalStatus: "single",
    motherName: mother.person.name,
    bornOn: PlainDate.addDays(today, -3 - (drawn.place % 80))
  })
  const person = chance(50) ? { ...baby, name: `Bayi Ny. ${mother.person.name}` } : baby
  return [{ person, ...work("none", 0), ...answers, pbiDecree: false, studies: false, mother: place }]
}

const relativesOf = ({ answers, cast, chance, drawn, headAge }: Scene): ReadonlyArray<Member> => {
  const { place } = drawn
  const relatives: Array<Member> = []
  if (chance(11)) {
    relatives.push({
      person: cast(8, chance(30) ? "male" : "female", headAge + 19 + (place % 9), {
        relation: chance(60) ? "parent" : "parent-in-law",
        maritalStatus: "widowed",
        phone: chance(25)
      }),
      ...work("none", 0),
      ...answers
    })
  }
  if (chance(6)) {
    relatives.push({
      person: cast(9, chance(50) ? "male" : "female", 18 + (place % 14), {
        relation: "other",
        maritalStatus: "single",
        phone: chance(80)
      }),
      ...work(answers.pbiDecree || answers.localScheme ? "none" : "own-account", 0),
      ...answers,
      wardClass: answers.wardClass ?? 3
    })
  }
  return relatives
}

const elder = (drawn: Draws, today: PlainDate.PlainDate): Family => {
  const chance = chances(drawn.dice)
  const cast = castOf(drawn.people, today)
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
      name: Names.of(partOf(drawn.people, 1).name, helperSex, 1995),
      phone: People.phone(400_000_000 + drawn.place),
      relation: words.helperRelations[drawn.place % words.helperRelations.length] ?? "cucu",
      consentOn: PlainDate.addDays(today, -(drawn.place % 45))
    }
  }
}

const foreigners = (drawn: Draws, today: PlainDate.PlainDate): Family => {
  const chance = chances(drawn.dice)
  const cast = castOf(drawn.people, today)
  const married = chance(55)
  const headSex: Sex.Sex = chance(70) ? "male" : "female"
  const spouseSex = headSex === "male" ? "female" : "male"
  const maritalStatus = married ? "married" : "single"
  const answers = { pbiDecree: false, localScheme: false, stayMonths: 12 + (drawn.place % 36) } as const
  const of = (part: number, sex: Sex.Sex, age: number, role: Role) => foreign(cast(part, sex, age, role), drawn, part)
  const head: Member = {
    person: of(0, headSex, drawn.headAge, { relation: "head", maritalStatus, phone: true }),
    ...work("private", drawn.place + 12),
    ...answers
  }
  const spouse: Member = {
    person: of(1, spouseSex, drawn.headAge, { relation: "spouse", maritalStatus }),
    ...work("none", 0),
    ...answers
  }
  const child: Member = {
    person: of(2, "female", 1 + (drawn.place % 5), { relation: "child", maritalStatus: "single" }),
    ...work("none", 0),
    ...answers,
    studies: false
  }
  return { members: [head, ...(married ? [spouse] : []), ...(married && chance(50) ? [child] : [])] }
}

/** Without a NIK, with the papers that stand in for one. */
const foreign = (cast: Person.Person, drawn: Draws, part: number): Person.Person => {
  const { nik: _, ...person } = cast
  const { mother, name } = partOf(drawn.people, part)
  const number = String((drawn.place * 7 + part) % 10_000_000).padStart(7, "0")
  return {
    ...person,
    name: Names.foreign(name, person.sex),
    motherName: Names.foreign(mother, "female"),
    citizenship: "WNA",
    passport: `${"KMPX".charAt(drawn.place % 4)}${number}`,
    permit: `2C11JE${number}-W`
  }
}

/** A row of chances in percent, all from one throw: the next one each time it is asked. */
const chances = (dice: number) => {
  let state = dice
  return (percent: number): boolean => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0
    return ((state >>> 8) % 10_000) / 100 < percent
  }
}
