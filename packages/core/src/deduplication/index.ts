/**
 * Who is already here: comparison, judgement, duplicate cases.
 *
 * @since 0.1.0
 */
export * as Comparison from "./Comparison.ts"
export * as Deduplication from "./Deduplication.ts"
export * as DuplicateCase from "./DuplicateCase.ts"
export * as Judgement from "./Judgement.ts"
export * as Participant from "./Participant.ts"
