/**
 * What is wrong with a row of an intake file, told so that its sender can put it right.
 *
 * A problem holds the column and a code, never the cell: a rejects file may be mailed
 * around. Texts have the shape of the reason catalogue, with a source and one next step,
 * and every next step has a way without a smartphone.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { type Entry, type Language, Params, renderText } from "../policy/Reason.ts"
import { Column, title } from "./Columns.ts"
import { catalogue, warningCatalogue } from "./internal/rowProblems.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type ProblemCode = keyof typeof catalogue

/**
 * @category models
 * @since 0.1.0
 */
export const ProblemCode: Schema.Codec<ProblemCode> = Schema.Literals(Object.keys(catalogue) as Array<ProblemCode>)

/**
 * What is odd about a row and refuses nobody.
 *
 * @category models
 * @since 0.1.0
 */
export type WarningCode = keyof typeof warningCatalogue

/**
 * @category models
 * @since 0.1.0
 */
export const WarningCode: Schema.Codec<WarningCode> = Schema.Literals(
  Object.keys(warningCatalogue) as Array<WarningCode>
)

/**
 * `field` is absent when the row as a whole is at fault.
 *
 * @category models
 * @since 0.1.0
 */
export interface RowProblem {
  readonly field?: Column
  readonly code: ProblemCode
  readonly params?: Params
}

/**
 * @category models
 * @since 0.1.0
 */
export const RowProblem: Schema.Codec<RowProblem> = Schema.Struct({
  field: Schema.optionalKey(Column),
  code: ProblemCode,
  params: Schema.optionalKey(Params)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface RowWarning {
  readonly field: Column
  readonly code: WarningCode
  readonly params?: Params
}

// --- reading ---

/**
 * Every code of a problem, in the order of the catalogue.
 *
 * @category reading
 * @since 0.1.0
 */
export const codes: ReadonlyArray<ProblemCode> = Object.keys(catalogue) as Array<ProblemCode>

/**
 * Every code of a warning.
 *
 * @category reading
 * @since 0.1.0
 */
export const warningCodes: ReadonlyArray<WarningCode> = Object.keys(warningCatalogue) as Array<WarningCode>

/**
 * The text, source and next step behind a code.
 *
 * @category reading
 * @since 0.1.0
 */
export const entry = (code: ProblemCode | WarningCode): Entry =>
  code in catalogue ? catalogue[code as ProblemCode] : warningCatalogue[code as WarningCode]

/**
 * The sentence to show, with the column named as the reader's language does.
 *
 * @example
 * RowProblem.render({ field: "sex", code: "SecondHead" }, "id").includes("kepala keluarga") // => true
 *
 * @category reading
 * @since 0.1.0
 */
export const render = (self: RowProblem | RowWarning, language: Language): string =>
  renderText(entry(self.code)[language], {
    ...self.params,
    ...(self.field === undefined ? {} : { column: title(self.field, language) })
  })
