/**
 * What is planted in a synthetic intake file, and what a register has to make of it.
 *
 * @since 0.1.0
 */
import { Nik } from "@kis/core/identity"
import { PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import type { Dice } from "./Dice.ts"
import type { Fields } from "./internal/cells.ts"
import type { Member } from "./Member.ts"
import * as Names from "./Names.ts"

// --- models ---

/**
 * What becomes of a row.
 *
 * @category models
 * @since 0.1.0
 */
export type Outcome = "registered" | "already" | "review" | "rejected"

/**
 * Kinds of defect that are counted together. `near-match` is one person again (type A),
 * `two-persons` another person on a NIK that is taken (type B); `trap` only looks like
 * one, and `repaired` is harmless.
 *
 * @category models
 * @since 0.1.0
 */
export type Group =
  | "clean"
  | "trap"
  | "repaired"
  | "broken-number"
  | "wrong-card"
  | "missing-fact"
  | "unclear-value"
  | "repeat"
  | "near-match"
  | "two-persons"

/**
 * `also` is an outcome that is as right: a clerk's other spelling of a person whose NIK,
 * birth date and sex agree may be recognised at once.
 *
 * @category models
 * @since 0.1.0
 */
export interface Expectation {
  readonly group: Group
  readonly outcome: Outcome
  readonly also?: Outcome
}

/**
 * @category models
 * @since 0.1.0
 */
export type Kind = keyof typeof expectations

// --- expectations ---

/**
 * What each kind of row has to become.
 *
 * @category expectations
 * @since 0.1.0
 */
export const expectations = {
  none: { group: "clean", outcome: "registered" },

  twin: { group: "trap", outcome: "registered" },
  namesake: { group: "trap", outcome: "registered" },

  "nik-apostrophe": { group: "repaired", outcome: "registered" },
  "nik-spaced": { group: "repaired", outcome: "registered" },
  "nik-full-width": { group: "repaired", outcome: "registered" },
  "phone-unusable": { group: "repaired", outcome: "registered" },

  "nik-short": { group: "broken-number", outcome: "rejected" },
  "nik-long": { group: "broken-number", outcome: "rejected" },
  "nik-letter": { group: "broken-number", outcome: "rejected" },
  "nik-day": { group: "broken-number", outcome: "rejected" },
  "nik-month": { group: "broken-number", outcome: "rejected" },
  "nik-no-such-day": { group: "broken-number", outcome: "rejected" },
  "nik-serial-zero": { group: "broken-number", outcome: "rejected" },
  "nik-repeated-digit": { group: "broken-number", outcome: "rejected" },
  "nik-scientific": { group: "broken-number", outcome: "rejected" },
  "nik-decimal": { group: "broken-number", outcome: "rejected" },
  "nik-thousands": { group: "broken-number", outcome: "rejected" },
  "card-scientific": { group: "broken-number", outcome: "rejected" },
  "card-short": { group: "broken-number", outcome: "rejected" },

  "card-differs": { group: "wrong-card", outcome: "rejected" },

  "nik-missing": { group: "missing-fact", outcome: "rejected" },
  "name-missing": { group: "missing-fact", outcome: "rejected" },
  "sex-missing": { group: "missing-fact", outcome: "rejected" },
  "birth-date-missing": { group: "missing-fact", outcome: "rejected" },
  "relation-missing": { group: "missing-fact", outcome: "rejected" },
  "citizenship-missing": { group: "missing-fact", outcome: "rejected" },
  "occupation-missing": { group: "missing-fact", outcome: "rejected" },
  "mother-number-missing": { group: "missing-fact", outcome: "rejected" },
  "consent-missing": { group: "missing-fact", outcome: "rejected" },

  "date-ambiguous": { group: "unclear-value", outcome: "rejected" },
  "date-no-such-day": { group: "unclear-value", outcome: "rejected" },
  "date-two-digit-year": { group: "unclear-value", outcome: "rejected" },
  "wage-in-thousands": { group: "unclear-value", outcome: "rejected" },
  "district-unknown": { group: "unclear-value", outcome: "rejected" },

  "row-repeated-at-once": { group: "repeat", outcome: "already" },
  "row-repeated-later": { group: "repeat", outcome: "already" },
  "household-repeated": { group: "repeat", outcome: "already" },

  "same-person-nik-slip": { group: "near-match", outcome: "review" },
  "same-person-nik-slip-variant": { group: "near-match", outcome: "review" },
  "same-person-nik-slip-swapped": { group: "near-match", outcome: "review" },
  "same-person-day-month-swapped": { group: "near-match", outcome: "review" },
  "same-person-typo": { group: "near-match", outcome: "review", also: "already" },
  "same-person-variant-new-card": { group: "near-match", outcome: "review", also: "already" },
  "newborn-again": { group: "near-match", outcome: "review", also: "already" },

  "nik-of-another": { group: "two-persons", outcome: "review" },
  "nik-of-head": { group: "two-persons", outcome: "review" }
} as const satisfies Record<string, Expectation>

// --- wrong cells ---

/**
 * The cells of a person's row with one thing wrong, or `undefined` where the person gives
 * no occasion for it: only a newborn can lack the mother's number.
 *
 * @category cells
 * @since 0.1.0
 */
export type Edit = (
  row: { readonly fields: Fields; readonly member: Member; readonly alone: boolean },
  dice: Dice
) => Partial<Fields> | undefined

/**
 * The kinds that are one wrong cell.
 *
 * @category cells
 * @since 0.1.0
 */
export const edits: { readonly [K in Kind]?: Edit } = {
  "nik-apostrophe": nik((digits) => `'${digits}`),
  "nik-spaced": nik((digits) => `${digits.slice(0, 6)}\u00a0${digits.slice(6, 12)} ${digits.slice(12)}`),
  "nik-full-width": nik((digits) => digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))),
  "phone-unusable": ({ fields }) => (fields.phone === "" ? undefined : { phone: fields.phone.slice(0, 5) }),

  "nik-short": nik((digits, dice) => without(digits, dice.roll(16))),
  "nik-long": nik((digits, dice) => `${digits}${dice.roll(10)}`),
  "nik-letter": nik((digits) => `${digits.slice(0, 12)}O${digits.slice(13)}`),
  "nik-day": nik((digits, dice) => withDay(digits, dice.pick([32, 35, 40, 72, 99]))),
  "nik-month": nik((digits, dice) => `${digits.slice(0, 8)}${dice.pick(["13", "20", "00"])}${digits.slice(10)}`),
  "nik-no-such-day": nik(
    (digits) => `${withDay(digits, Number(digits.slice(6, 8)) > 40 ? 71 : 31).slice(0, 8)}02${digits.slice(10)}`
  ),
  "nik-serial-zero": nik((digits) => `${digits.slice(0, 12)}0000`),
  "nik-repeated-digit": nik((_, dice) => String(dice.roll(10)).repeat(16)),
  "nik-scientific": nik((digits, dice) => scientific(digits, dice)),
  "nik-decimal": nik((digits) => `${digits}.0`),
  "nik-thousands": nik((digits, dice) => digits.replace(/\B(?=(\d{3})+$)/g, dice.pick([".", ","]))),
  "card-scientific": ({ fields }, dice) => ({ family_card: scientific(fields.family_card, dice) }),
  "card-short": ({ fields }, dice) => ({ family_card: without(fields.family_card, dice.roll(16)) }),

  "card-differs": ({ alone, fields, member }, dice) =>
    alone || member.person.relation === "head"
      ? undefined
      : { family_card: `${fields.family_card.slice(0, 12)}${9100 + dice.roll(800)}` },

  "nik-missing": ({ fields, member }) =>
    member.person.nik === undefined || member.person.relation === "head" || fields.citizenship === "WNA"
      ? undefined
      : { nik: "" },
  "name-missing": ({ member }) => (member.person.relation === "head" ? undefined : { name: "" }),
  "sex-missing": () => ({ sex: "" }),
  "birth-date-missing": ({ member }) => (member.person.nik === undefined ? undefined : { birth_date: "" }),
  "relation-missing": ({ member }) => (member.person.relation === "head" ? undefined : { relation: "" }),
  "citizenship-missing": ({ member }) => (member.person.nik === undefined ? undefined : { citizenship: "" }),
  // Only of somebody whose work nobody else's cover hangs on.
  "occupation-missing": ({ alone, member }) =>
    alone || ["parent", "parent-in-law", "other"].includes(member.person.relation) ? { occupation: "" } : undefined,
  "mother-number-missing": ({ member }) => (member.mother === undefined ? undefined : { mother_participant: "" }),
  "consent-missing": ({ fields }) => (fields.helper_consent === "" ? undefined : { helper_consent: "" }),

  "date-ambiguous": ({ member }) => {
    const [year, month, day] = parts(member.person.birthDate)
    return month > 12 || day > 12 || month === day || (month > 9 && day > 9)
      ? undefined
      : { birth_date: `${day}/${month}/${year}` }
  },
  "date-no-such-day": ({ member }) => {
    const [year, month] = parts(member.person.birthDate)
    return { birth_date: month % 2 === 0 ? `31/02/${year}` : `${year}-13-${String(month).padStart(2, "0")}` }
  },
  "date-two-digit-year": ({ member }) => {
    const [year, month, day] = parts(member.person.birthDate)
    return { birth_date: `${day}/${month}/${String(year).slice(2)}` }
  },
  "wage-in-thousands": ({ member }) =>
    member.wage === undefined ? undefined : { wage: String(Math.round(member.wage / 1000)) },
  "district-unknown": ({ fields }) => ({ district: `${fields.district.slice(0, 4)}98` })
}

// --- the same person again ---

/**
 * A NIK that differs in one digit, or in two neighbours that changed places; well formed,
 * and the NIK of nobody whom {@link Households.numbers} numbered.
 *
 * @category again
 * @since 0.1.0
 */
export const slippedNik = (digits: Nik.Nik, dice: Dice): Nik.Nik => {
  const year = digits.slice(10, 12)
  const years = [
    `${year.charAt(1)}${year.charAt(0)}`,
    `${year.charAt(0)}${(Number(year.charAt(1)) + 1 + dice.roll(9)) % 10}`,
    `${(Number(year.charAt(0)) + 1 + dice.roll(9)) % 10}${year.charAt(1)}`
  ].map((slipped) => `${digits.slice(0, 10)}${slipped}${digits.slice(12)}`)
  const serial = `${digits.slice(0, 12)}${dice.pick(["7", "8"])}${digits.slice(13)}`
  const [first = serial, ...rest] = [serial, ...years].filter(
    (slipped) => slipped !== digits && Result.isSuccess(Nik.parse(slipped))
  )
  return Nik.Nik.make(dice.pick([first, ...rest]))
}

/**
 * The birth date with day and month exchanged, where that is another day.
 *
 * @category again
 * @since 0.1.0
 */
export const swappedDate = (date: PlainDate.PlainDate): PlainDate.PlainDate | undefined => {
  const [year, month, day] = date.split("-")
  return Number(day) > 12 || day === month ? undefined : PlainDate.make(`${year}-${day}-${month}`)
}

/**
 * The name as another clerk writes it.
 *
 * @category again
 * @since 0.1.0
 */
export const variant = (name: string, sex: "male" | "female", dice: Dice): string => {
  const [first = name, ...rest] = Names.variants(name, sex)
  return dice.pick([first, ...rest])
}

// --- private ---

// A declaration, since the edits above are made by it when the module loads.
function nik(edit: (digits: string, dice: Dice) => string): Edit {
  return ({ fields }, dice) => (fields.nik === "" ? undefined : { nik: edit(fields.nik, dice) })
}

const without = (digits: string, at: number) => digits.slice(0, at) + digits.slice(at + 1)

const withDay = (digits: string, day: number) => `${digits.slice(0, 6)}${day}${digits.slice(8)}`

/** As a spreadsheet shows it, with the comma or the point of its language: 9,90101E+15. */
const scientific = (digits: string, dice: Dice) =>
  `${digits.charAt(0)}${dice.pick([",", "."])}${digits.slice(1, dice.pick([3, 6]))}E+15`

const parts = (date: PlainDate.PlainDate): [year: number, month: number, day: number] => [
  PlainDate.year(date),
  PlainDate.month(date),
  PlainDate.dayOfMonth(date)
]
