/**
 * What people write into files and forms: read into applications, and sent to registration in bulk.
 *
 * @since 0.1.0
 */
export * as Application from "./Application.ts"
export * as Bulk from "./Bulk.ts"
export * as Cell from "./Cell.ts"
export * as Columns from "./Columns.ts"
export * as Row from "./Row.ts"
export * as RowProblem from "./RowProblem.ts"
