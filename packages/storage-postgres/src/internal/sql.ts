/**
 * Pieces of statements.
 */
import { PgTypes } from "@effect/sql-pg"
import * as Result from "effect/Result"

/** A name, quoted. */
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** An array parameter; elements of another type are a defect of ours. */
export const array = (values: ReadonlyArray<unknown>, element: number): PgTypes.Parameter =>
  Result.getOrThrow(PgTypes.array(values, element))
