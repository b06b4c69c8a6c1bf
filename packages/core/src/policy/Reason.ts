/**
 * Why a decision came out as it did, in the citizen's language.
 *
 * A decision holds codes. Their text in Indonesian and English, the law behind them and
 * the next step are in one catalogue, so that a counter, a letter and a chat say the
 * same. Parameters are numbers, dates and codes; never a name, a number or an address
 * of a person.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { ActionId } from "./ActionId.ts"
import type { Citation } from "./Citation.ts"
import { catalogue } from "./internal/catalogue.ts"
import { reasonCodes } from "./internal/reasonCodes.ts"

// --- models ---

/**
 * A language that every text of the catalogue exists in.
 *
 * @category models
 * @since 0.1.0
 */
export const Language = Schema.Literals(["id", "en"])

/**
 * @category models
 * @since 0.1.0
 */
export type Language = typeof Language.Type

/**
 * What a text may carry: numbers, days, codes.
 *
 * @category models
 * @since 0.1.0
 */
export const Params = Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Int]))

/**
 * @category models
 * @since 0.1.0
 */
export type Params = typeof Params.Type

/**
 * One entry of a catalogue of texts: what is said, why, and what to do next. `{name}`
 * in a text stands for the parameter of that name; `{name:.}` and `{name:,}` write a
 * whole number with that separator between its thousands.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry {
  readonly id: string
  readonly en: string
  readonly citation: Citation
  readonly action: ActionId
}

/**
 * @category models
 * @since 0.1.0
 */
export type ReasonCode = (typeof reasonCodes)[number]

/**
 * @category models
 * @since 0.1.0
 */
export const ReasonCode: Schema.Codec<ReasonCode> = Schema.Literals(reasonCodes)

/**
 * @category models
 * @since 0.1.0
 */
export interface Reason {
  readonly code: ReasonCode
  readonly params?: Params
}

/**
 * @category models
 * @since 0.1.0
 */
export const Reason: Schema.Codec<Reason> = Schema.Struct({
  code: ReasonCode,
  params: Schema.optionalKey(Params)
})

// --- reading ---

/**
 * Every code, in the order of the catalogue.
 *
 * @category reading
 * @since 0.1.0
 */
export const codes: ReadonlyArray<ReasonCode> = reasonCodes

/**
 * The text, law and next step behind a code.
 *
 * @category reading
 * @since 0.1.0
 */
export const entry = (code: ReasonCode): Entry => catalogue[code]

/**
 * The sentence to show.
 *
 * @example
 * Reason.render({ code: "NikNeeded", params: { months: 3 } }, "en")
 * // => "A NIK is needed. Only a newborn of up to 3 months may be registered without; a foreigner may use a passport."
 *
 * @category reading
 * @since 0.1.0
 */
export const render = (self: Reason, language: Language): string =>
  renderText(catalogue[self.code][language], self.params ?? {})

/**
 * Puts parameters into a text of any catalogue of this shape. A parameter that is not
 * given stays visible as `{name}`: a hole must be seen, not read over.
 *
 * @category reading
 * @since 0.1.0
 */
export const renderText = (text: string, params: Params): string =>
  text.replace(/\{(\w+)(?::([.,]))?\}/g, (hole, name: string, separator: string | undefined) => {
    if (!Object.hasOwn(params, name)) return hole
    const value = String(params[name])
    return separator === undefined ? value : value.replace(/\B(?=(\d{3})+$)/g, separator)
  })
