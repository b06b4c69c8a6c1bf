/**
 * Two records held side by side: what agrees, what differs, and how much that says.
 *
 * Each field is compared to a level, and each level carries a match weight in bits, after
 * Fellegi and Sunter: positive where the level is more frequent among records of one person
 * than among records of two. The weights here are set by hand and rounded; a trained model
 * replaces the table, not the levels.
 *
 * @since 0.1.0
 */
import * as PersonName from "../identity/PersonName.ts"
import * as PlainDate from "../time/PlainDate.ts"

// --- models ---

/**
 * What of a person takes part in a comparison.
 *
 * @category models
 * @since 0.1.0
 */
export interface Features {
  readonly name: PersonName.PersonName
  readonly mother: PersonName.PersonName | undefined
  readonly birthDate: PlainDate.PlainDate
  readonly sex: "male" | "female"
  readonly nik: string | undefined
  readonly familyCard: string | undefined
}

/**
 * `swapped`: day and month exchanged. `near`: two of year, month and day agree, or the year is
 * one or ten off.
 *
 * @category models
 * @since 0.1.0
 */
export type BirthLevel = "same" | "swapped" | "near" | "different"

/**
 * `slip`: one digit wrong or two neighbours swapped. `serial`: same region and date with
 * another serial number, which twins and strangers born that day have. A NIK has no check
 * digit, so a slip gives another plausible NIK. `missing`: one record has none; `absent`: neither.
 *
 * @category models
 * @since 0.1.0
 */
export type NikLevel = "same" | "slip" | "serial" | "different" | "missing" | "absent"

/**
 * The levels of one pair, and their weight in bits.
 *
 * @category models
 * @since 0.1.0
 */
export interface Comparison {
  readonly name: PersonName.Level
  readonly mother: PersonName.Level
  readonly birth: BirthLevel
  readonly nik: NikLevel
  readonly familyCard: "same" | "different" | "missing"
  readonly sex: "same" | "different"
  /** Sum of the match weights in bits; above 0 speaks for one person. */
  readonly weight: number
}

// --- comparing ---

/**
 * Compares two records. Symmetric: the order of the arguments does not matter.
 *
 * @category comparing
 * @since 0.1.0
 */
export const compare = (self: Features, that: Features): Comparison => {
  const name = PersonName.compare(self.name, that.name)
  const mother = self.mother && that.mother ? PersonName.compare(self.mother, that.mother) : "unknown"
  const birth = compareBirth(self.birthDate, that.birthDate)
  const nik = compareNik(self.nik, that.nik)
  const familyCard =
    self.familyCard === undefined || that.familyCard === undefined
      ? "missing"
      : self.familyCard === that.familyCard
        ? "same"
        : "different"
  const sex = self.sex === that.sex ? "same" : "different"
  const weight =
    nameWeight(name, self.name, that.name) +
    motherWeight[mother] +
    birthWeight(birth, self.birthDate) +
    nikWeight(nik, name) +
    familyCardWeight[familyCard] +
    sexWeight[sex]
  return { name, mother, birth, nik, familyCard, sex, weight }
}

/**
 * A day that clerks write when the true one is unknown: 1 July since 2004 (Permendagri
 * 19/2010), 31 December before. Agreement on it says less.
 *
 * @category comparing
 * @since 0.1.0
 */
export const isHeaped = (birthDate: PlainDate.PlainDate): boolean =>
  birthDate.endsWith("-07-01") || birthDate.endsWith("-12-31")

// --- levels ---

const compareBirth = (self: PlainDate.PlainDate, that: PlainDate.PlainDate): BirthLevel => {
  if (self === that) return "same"
  const years = Math.abs(PlainDate.year(self) - PlainDate.year(that))
  const month = PlainDate.month(self) === PlainDate.month(that)
  const day = PlainDate.dayOfMonth(self) === PlainDate.dayOfMonth(that)
  const exchanged =
    PlainDate.month(self) === PlainDate.dayOfMonth(that) && PlainDate.dayOfMonth(self) === PlainDate.month(that)
  if (years === 0 && exchanged) return "swapped"
  if (years === 0) return month || day ? "near" : "different"
  return month && day && (years === 1 || years === 10) ? "near" : "different"
}

const compareNik = (self: string | undefined, that: string | undefined): NikLevel => {
  if (self === undefined || that === undefined) return self === that ? "absent" : "missing"
  if (self === that) return "same"
  if (self.slice(0, 12) === that.slice(0, 12)) return "serial"
  const wrong: Array<number> = []
  for (let i = 0; i < self.length; i++) if (self[i] !== that[i]) wrong.push(i)
  const [first = 0, second = 0] = wrong
  const swapped =
    wrong.length === 2 && second === first + 1 && self[first] === that[second] && self[second] === that[first]
  return wrong.length === 1 || swapped ? "slip" : "different"
}

// --- weights, in bits ---

/**
 * An exact agreement on a name is worth the rarity of the name: 10 bits for a name a quarter of
 * a million people bear, 28 for a unique one (dedup anchors: e-KTP counts of 2024). Without
 * counts at hand a token is taken at 9 bits, and agreement is capped at 20.
 */
const nameWeight = (level: PersonName.Level, self: PersonName.PersonName, that: PersonName.PersonName): number => {
  const tokens = Math.min(PersonName.telling(self).length, PersonName.telling(that).length)
  switch (level) {
    case "same":
      return Math.min(20, 9 * tokens + 1)
    case "variant":
      return Math.min(15, 9 * tokens)
    case "typo":
      return 8
    case "similar":
      return -6
    case "different":
      return -14
    case "unknown":
      return 0
  }
}

const motherWeight: Record<PersonName.Level, number> = {
  same: 10,
  variant: 7,
  typo: 5,
  similar: -3,
  different: -5,
  unknown: 0
}

const birthWeight = (level: BirthLevel, date: PlainDate.PlainDate): number => {
  switch (level) {
    case "same":
      return isHeaped(date) ? 9 : 13
    case "swapped":
      return 8
    case "near":
      return 5
    case "different":
      return -8
  }
}

/** Another serial beside another name is how twins look; beside the same name it is one slip. */
const nikWeight = (level: NikLevel, name: PersonName.Level): number => {
  switch (level) {
    case "same":
      return 25
    case "slip":
      return 12
    case "serial":
      return name === "same" || name === "variant" ? -4 : -14
    case "different":
      return -8
    case "missing":
    case "absent":
      return 0
  }
}

const familyCardWeight = { same: 6, different: -1, missing: 0 } as const

const sexWeight = { same: 1, different: -6 } as const
