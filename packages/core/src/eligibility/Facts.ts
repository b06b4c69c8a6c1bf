/**
 * What may be known about a person, and about the household around them, when a segment
 * is decided.
 *
 * Every fact is optional, and absent means unknown: not "no", not "none". A rule that
 * needs an absent fact answers `Unknown` and names it. Facts hold nothing that tells who
 * the person is: no name, no number, no address. A decision can therefore be kept,
 * replayed and shown to an auditor.
 *
 * Facts describe the state of things on the day that the decision applies to.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * How a person earns a living. `none`: no work and no income of their own (children,
 * people who keep the house). `state`: paid from public money (PNS, PPPK, TNI, Polri,
 * officials, village staff). `private`: any other wage, BUMN and BUMD included.
 * `veteran`: also a pioneer of independence; `veteran-survivor`: the widow, widower or
 * orphan of one.
 *
 * @category models
 * @since 0.1.0
 */
export const Occupation = Schema.Literals([
  "none",
  "state",
  "private",
  "own-account",
  "pensioner",
  "veteran",
  "veteran-survivor",
  "employer",
  "investor"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Occupation = typeof Occupation.Type

/**
 * The fields of {@link Facts}, one optional key a fact.
 *
 * @category models
 * @since 0.1.0
 */
export const fields = {
  /** Dead on the day. An application is made by or for a living person, so it says `false`. */
  deceased: Schema.optionalKey(Schema.Boolean),
  birthDate: Schema.optionalKey(PlainDate),
  citizenship: Schema.optionalKey(Schema.Literals(["WNI", "WNA"])),
  /** Has a well-formed NIK. Whether Dukcapil knows it is another question. */
  hasNik: Schema.optionalKey(Schema.Boolean),
  /** Has a valid passport (asked of foreigners). */
  hasPassport: Schema.optionalKey(Schema.Boolean),
  /** Has the permits: KITAS or KITAP, and a work permit when employed (asked of foreigners). */
  hasPermit: Schema.optionalKey(Schema.Boolean),
  /** Months that a foreigner works or stays in Indonesia, as the contract or permit says. */
  stayMonths: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),

  /** Relation to the head of the family card. */
  relation: Schema.optionalKey(Schema.Literals(["head", "spouse", "child", "parent", "parent-in-law", "other"])),
  maritalStatus: Schema.optionalKey(Schema.Literals(["single", "married", "divorced", "widowed"])),
  occupation: Schema.optionalKey(Occupation),
  /** Rupiah a month: basic wage and fixed allowances. */
  wage: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  /** Whether the employer registers its workers, as it must. Of those who work for a wage. */
  employerRegisters: Schema.optionalKey(Schema.Boolean),
  /** In formal education. */
  studies: Schema.optionalKey(Schema.Boolean),
  /** The ward class asked for. */
  wardClass: Schema.optionalKey(Schema.Literals([1, 2, 3])),

  /** Occupation of the head of the family card; the person's own when they are the head. */
  headOccupation: Schema.optionalKey(Occupation),
  /** Birth date of the head of the family card. Never asked: it shows what cannot be true. */
  headBirthDate: Schema.optionalKey(PlainDate),
  /** Occupation of the head's spouse; `none` also when the family card names no spouse. */
  spouseOccupation: Schema.optionalKey(Occupation),
  /**
   * Place of this child among the children of the household that a worker's contribution
   * can cover, eldest first, from 1. Only for `relation: "child"`.
   */
  childOrder: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),

  /** Named in a decree of the Minister of Social Affairs that is in force (PBI-JK). */
  pbiDecree: Schema.optionalKey(Schema.Boolean),
  /** Decile of the household in the social register (DTSEN), 1 the poorest. Never asked: the decree decides. */
  decile: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10 }))),
  /** Code of the regency or city of residence, four digits. Asked where a local government admits its residents. */
  residence: Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^\d{4}$/, { message: "expected the 4 digits of a regency code" }))
  ),
  /** Registered and paid by a local government under its agreement with BPJS (PBPU-PD). */
  localScheme: Schema.optionalKey(Schema.Boolean),
  /**
   * How the biological mother is covered: `pbi` (PBI-JK), `local` (PBPU-PD), `other`
   * (another segment), `none` (not a participant). Asked of newborns. Derived from the
   * mother's own row, or from the register by her participant number.
   */
  motherScheme: Schema.optionalKey(Schema.Literals(["pbi", "local", "other", "none"]))
} as const

/**
 * @category models
 * @since 0.1.0
 */
export const Facts = Schema.Struct(fields)

/**
 * @category models
 * @since 0.1.0
 */
export interface Facts extends Schema.Schema.Type<typeof Facts> {}

/**
 * The name of a fact, as `missing` lists it.
 *
 * @category models
 * @since 0.1.0
 */
export type FactName = keyof typeof fields

/**
 * @category models
 * @since 0.1.0
 */
export const FactName: Schema.Codec<FactName> = Schema.Literals(Object.keys(fields) as Array<FactName>)

/**
 * Every fact's name, in the order in which to ask.
 *
 * @category models
 * @since 0.1.0
 */
export const names: ReadonlyArray<FactName> = Object.keys(fields) as Array<FactName>
