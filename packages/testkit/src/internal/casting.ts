/** Draws become people in the roles of a household, with names that tell them apart. */
import type { Person, Sex } from "@kis/core/identity"
import { PlainDate } from "@kis/core/time"
import * as Names from "../Names.ts"
import * as People from "../People.ts"

export interface Role {
  readonly relation: Person.Relation
  readonly maritalStatus: Person.MaritalStatus
  readonly phone?: boolean
  readonly motherName?: string | undefined
  readonly bornOn?: PlainDate.PlainDate
  readonly twinOf?: Person.Person | undefined
}

/** Casts a drawn person, by place among the drawn, in a role. */
export type Cast = (part: number, sex: Sex.Sex, age: number, role: Role) => Person.Person

export const partOf = (drawn: ReadonlyArray<People.PersonDraw>, part: number): People.PersonDraw => {
  const of = drawn[part]
  if (of === undefined) throw new RangeError(`a household has no more than ${drawn.length} parts`)
  return of
}

/** No two of a household share a telling word of their names, but for twins. */
export const castOf = (drawn: ReadonlyArray<People.PersonDraw>, today: PlainDate.PlainDate): Cast => {
  const used = new Set<string>()
  const named = new Map<string, Names.NameDraw>()

  const tellApart = (name: Names.NameDraw, sex: Sex.Sex, year: number): string => {
    for (let turn = 0; ; turn++) {
      const shifted = { ...name, first: name.first + turn * 7, second: name.second + turn * 11 }
      const written = Names.of(shifted, sex, year)
      const telling = Names.tellingWords(written)
      if (turn < 20 && telling.some((word) => used.has(word))) continue
      for (const word of telling) used.add(word)
      named.set(written, shifted)
      return written
    }
  }

  /** Twins are often named alike: the next word of the same list, and the same second name. */
  const likeTwin = (elder: string, base: Names.NameDraw, sex: Sex.Sex, year: number): string => {
    const telling = Names.tellingWords(elder).join()
    for (let turn = 1; ; turn++) {
      const next = { ...base, first: base.first + turn, second: base.second + (turn === 1 ? 0 : turn) }
      const written = Names.of(next, sex, year)
      if (Names.tellingWords(written).join() !== telling) return written
    }
  }

  return (part, sex, age, role) => {
    const of = partOf(drawn, part)
    const birthDate = role.twinOf?.birthDate ?? role.bornOn ?? People.bornAt(of, age, today)
    const year = PlainDate.year(birthDate)
    const motherName = role.motherName ?? (of.habit < 970 ? People.motherName(of, birthDate) : undefined)
    const elder = role.twinOf?.name
    return {
      name:
        elder === undefined ? tellApart(of.name, sex, year) : likeTwin(elder, named.get(elder) ?? of.name, sex, year),
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
