/**
 * A person as an applicant or an officer describes them.
 *
 * Whatever may be missing is an absent key: a newborn has no NIK yet, many elders have
 * no phone, and a name may be a single word. Nothing here is verified; only the
 * population registry can say that a person exists.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { PlainDate } from "../time/PlainDate.ts"
import { Nik } from "./Nik.ts"
import { PhoneNumber } from "./PhoneNumber.ts"
import { DistrictCode } from "./Region.ts"
import { Sex } from "./Sex.ts"

// --- models ---

/**
 * Place in the household, seen from its head.
 *
 * @category models
 * @since 0.1.0
 */
export const Relation = Schema.Literals(["head", "spouse", "child", "parent", "parent-in-law", "other"])

/**
 * @category models
 * @since 0.1.0
 */
export type Relation = typeof Relation.Type

/**
 * @category models
 * @since 0.1.0
 */
export const MaritalStatus = Schema.Literals(["single", "married", "divorced", "widowed"])

/**
 * @category models
 * @since 0.1.0
 */
export type MaritalStatus = typeof MaritalStatus.Type

/**
 * Indonesian citizen (WNI) or foreigner (WNA).
 *
 * @category models
 * @since 0.1.0
 */
export const Citizenship = Schema.Literals(["WNI", "WNA"])

/**
 * @category models
 * @since 0.1.0
 */
export type Citizenship = typeof Citizenship.Type

/**
 * A person's name. One word is a whole name; the 60 letters of Permendagri 73/2022 bind
 * new entries only, so older and longer ones are accepted.
 *
 * @category models
 * @since 0.1.0
 */
export const Name = Schema.String.check(
  Schema.isTrimmed(),
  Schema.isPattern(/\p{L}/u, { message: "expected a name with at least one letter" }),
  Schema.isMaxLength(120)
)

/**
 * `passport` and `permit` (KITAS, KITAP or work permit) are for foreigners. `district`
 * is where the person lives now, which is often not the district in the NIK.
 *
 * @category models
 * @since 0.1.0
 */
export const Person = Schema.Struct({
  name: Name,
  nik: Schema.optionalKey(Nik),
  sex: Sex,
  birthDate: PlainDate,
  motherName: Schema.optionalKey(Name),
  relation: Relation,
  maritalStatus: Schema.optionalKey(MaritalStatus),
  citizenship: Citizenship,
  passport: Schema.optionalKey(Schema.NonEmptyString),
  permit: Schema.optionalKey(Schema.NonEmptyString),
  phone: Schema.optionalKey(PhoneNumber),
  district: Schema.optionalKey(DistrictCode)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Person = typeof Person.Type

// --- reading ---

/**
 * For a list on a screen: the first letter of each word of the name.
 *
 * @example
 * Person.maskName("Siti Aminah") // => "S*** A*****"
 *
 * @category reading
 * @since 0.1.0
 */
export const maskName = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => Array.from(word, (letter, index) => (index === 0 ? letter : "*")).join(""))
    .join(" ")
