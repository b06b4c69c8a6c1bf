/**
 * Names as Indonesians bear and write them.
 *
 * One word is a whole name. Muhammad, Abdul, Siti, Nur and Sri head a good part of all
 * names and tell little; older people are written in the spelling of before 1972; titles
 * and degrees stand on cards; a Balinese name tells the order of birth. Everybody's name
 * is drawn from lists of this package.
 *
 * @since 0.1.0
 */
import type { Sex } from "@kis/core/identity"
import * as fc from "fast-check"
import * as words from "./internal/words.ts"

// --- models ---

/**
 * A name before it belongs to somebody: the same draw gives a man's name or a woman's,
 * and an elder's is shorter and may be in old spelling.
 *
 * @category models
 * @since 0.1.0
 */
export interface NameDraw {
  readonly pattern: number
  readonly first: number
  readonly second: number
  readonly habit: number
}

// --- arbitraries ---

/**
 * @category arbitraries
 * @since 0.1.0
 */
export const draw: fc.Arbitrary<NameDraw> = fc.record({
  pattern: fc.nat(999),
  first: fc.nat(99_999),
  second: fc.nat(99_999),
  habit: fc.nat(999)
})

/**
 * A name of an Indonesian.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const name = (sex: Sex.Sex, birthYear: number): fc.Arbitrary<string> =>
  draw.map((drawn) => of(drawn, sex, birthYear))

// --- making ---

/**
 * The name that a draw gives to a person of that sex and birth year.
 *
 * @category making
 * @since 0.1.0
 */
export const of = (drawn: NameDraw, sex: Sex.Sex, birthYear: number): string => {
  const plain = sex === "male" ? maleName(drawn, birthYear) : femaleName(drawn, birthYear)
  const spelled = birthYear < 1955 && drawn.habit < 300 ? oldSpelling(plain) : plain
  return birthYear < 1990 && drawn.habit >= 940 ? withTitle(spelled, sex, drawn.habit) : spelled
}

/**
 * @category making
 * @since 0.1.0
 */
export const foreign = (drawn: NameDraw, sex: Sex.Sex): string =>
  `${pick(words.foreignGiven[sex], drawn.first)} ${pick(words.foreignFamily, drawn.second)}`

/**
 * The spelling of before 1972, and of before 1947 for the sound u.
 *
 * @example
 * Names.oldSpelling("Sucipto") // => "Soetjipto"
 *
 * @category making
 * @since 0.1.0
 */
export const oldSpelling = (name: string): string =>
  name.replace(/[A-Za-z]+/g, (word) => capitalised(word, oldSounds(word.toLowerCase())))

/**
 * The ways in which clerks write one and the same name: abbreviated heads, old spelling,
 * a title, a degree, capitals, another order of two words. Each differs from the name.
 *
 * @category making
 * @since 0.1.0
 */
export const variants = (name: string, sex: Sex.Sex): ReadonlyArray<string> => {
  const [first = "", ...rest] = name.split(" ")
  const tail = rest.join(" ")
  const heads = rest.length === 0 ? [] : (abbreviations[first] ?? []).map((short) => `${short} ${tail}`)
  const swapped = rest.length === 1 && heads.length === 0 && !/[.,]/.test(name) ? [`${tail} ${first}`] : []
  const titled = /[.,]/.test(name) ? [] : [sex === "male" ? `H. ${name}` : `Hj. ${name}`, `${name}, S.Pd`]
  const all = [...heads, ...swapped, oldSpelling(name), ...titled, name.toUpperCase()]
  return [...new Set(all)].filter((variant) => variant !== name)
}

/**
 * A slip of the keyboard in the longest word that is not a head name: one letter doubled,
 * left out, swapped with its neighbour or replaced, always within the word.
 *
 * @category making
 * @since 0.1.0
 */
export const slip = (name: string, dice: number): string => {
  const list = name.split(" ")
  const telling = list.map((word) => (word in abbreviations ? 0 : word.length))
  const longest = telling.indexOf(Math.max(...telling))
  const word = list[longest] ?? ""
  const at = 1 + (dice % Math.max(word.length - 2, 1))
  const [before, here, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)]
  const slips = [
    `${before}${here}${here}${next}${after}`,
    `${before}${next}${after}`,
    `${before}${next}${here}${after}`,
    `${before}${here === "a" ? "s" : "a"}${next}${after}`
  ].filter((slipped) => slipped !== word && slipped.length > 2)
  return list.map((each, index) => (index === longest ? pick(slips, dice >> 8) : each)).join(" ")
}

/**
 * The words of a name that tell one person from another, in lower case: without titles,
 * initials and the heads that a tenth of the country shares.
 *
 * @category making
 * @since 0.1.0
 */
export const tellingWords = (name: string): ReadonlyArray<string> =>
  name
    .split(/[\s,.]+/)
    .filter((word) => word.length > 2 && !(word in abbreviations) && !common.has(word))
    .map((word) => word.toLowerCase())

// --- private ---

const common = new Set(["Sri", "bin", "binti", "Drs", "Dra", ...words.balineseOrder])

const oldSounds = (word: string): string =>
  word.replace(/[cjuy](?=[aeiou])|u/g, (letter) => ({ c: "tj", j: "dj", y: "j", u: "oe" })[letter] ?? letter)

const capitalised = (like: string, word: string): string =>
  like.charAt(0) === like.charAt(0).toLowerCase() ? word : word.charAt(0).toUpperCase() + word.slice(1)

const pick = (list: ReadonlyArray<string>, index: number): string => list[index % list.length] ?? ""

const maleName = ({ first, pattern, second }: NameDraw, birthYear: number): string => {
  const given = pick(words.maleNames, first)
  if (pattern < mononyms(birthYear)) return given
  if (pattern < 460) return `${given} ${pick(words.maleSeconds, second)}`
  if (pattern < 620) return `Muhammad ${pick(words.maleFaithful, first)} ${pick(words.maleSeconds, second)}`
  if (pattern < 700) return `Muhammad ${pick(words.maleFaithful, first)}`
  if (pattern < 760) return `Ahmad ${pick(words.maleFaithful, first)} ${pick(words.maleSeconds, second)}`
  if (pattern < 820) return `Abdul ${pick(words.servants, first)} ${pick(words.maleSeconds, second)}`
  if (pattern < 850) return `I ${pick(words.balineseOrder, first)} ${pick(words.maleSeconds, second)}`
  if (pattern < 880) return `${given} bin ${pick(words.maleNames, second)}`
  return `${given} ${pick(words.maleNames, second >> 7)} ${pick(words.maleSeconds, second)}`
}

const femaleName = ({ first, pattern, second }: NameDraw, birthYear: number): string => {
  const given = pick(words.femaleNames, first)
  if (pattern < mononyms(birthYear)) return given
  if (pattern < 500) return `${given} ${pick(words.femaleSeconds, second)}`
  if (pattern < 640) return `Siti ${pick(words.femaleFaithful, first)}`
  if (pattern < 700) return `Siti ${pick(words.femaleFaithful, first)} ${pick(words.femaleSeconds, second)}`
  if (pattern < 770) return `Sri ${pick(words.femaleSeconds, second)}`
  if (pattern < 820) return `Nur ${pick(words.femaleFaithful, first)} ${pick(words.femaleSeconds, second)}`
  if (pattern < 850) return `Ni ${pick(words.balineseOrder, first)} ${pick(words.femaleSeconds, second)}`
  if (pattern < 880) return `${given} binti ${pick(words.maleNames, second)}`
  return `${given} ${pick(words.femaleNames, second >> 7)} ${pick(words.femaleSeconds, second)}`
}

/** Per thousand: four of ten elders have one word, few of the young (Permendagri 73/2022 asks for two). */
const mononyms = (birthYear: number) => (birthYear < 1960 ? 400 : birthYear < 1990 ? 160 : 40)

const withTitle = (name: string, sex: Sex.Sex, habit: number): string =>
  pick(
    [sex === "male" ? `H. ${name}` : `Hj. ${name}`, sex === "male" ? `Drs. ${name}` : `Dra. ${name}`, `${name}, S.Pd`],
    habit
  )

const abbreviations: Readonly<Record<string, ReadonlyArray<string>>> = {
  Muhammad: ["M.", "Moh.", "Muh.", "Mohammad"],
  Abdul: ["Abd."],
  Ahmad: ["Achmad"],
  Siti: ["St.", "Sitti"],
  Nur: ["Noer"]
}
