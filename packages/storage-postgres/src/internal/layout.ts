/**
 * What the statements need to know of the tables.
 */
import type { StorageAdapter } from "@kis/core/storage"
import { createHash } from "node:crypto"
import * as CommitFunction from "./commitFunction.ts"

// --- models ---

/** An aggregate as the statements need it. */
export interface Layout {
  readonly declaration: StorageAdapter.Declaration
  /** The table's name in SQL, with its schema. */
  readonly table: string
  /** The columns' names in SQL. */
  readonly columns: ReadonlyArray<string>
  /** The numbers of its unique and blind keys by name. */
  readonly unique: ReadonlyMap<string, number>
  readonly blind: ReadonlyMap<string, number>
}

/** All of them, in the order of the locks, and the function that commits for them. */
export interface Shape {
  readonly schema: string
  readonly layouts: ReadonlyArray<Layout>
  /** How many columns of numbers and of text the widest aggregates have. */
  readonly numbers: number
  readonly texts: number
  /** The name of the function. */
  readonly commit: string
}

// --- constructors ---

export const shapeOf = (schema: string, layouts: ReadonlyArray<Layout>): Shape => {
  const count = (kind: "text" | "number") =>
    Math.max(0, ...layouts.map((_) => _.declaration.columns.filter((column) => column.kind === kind).length))
  const shape = { schema, layouts, numbers: count("number"), texts: count("text"), commit: "" }
  // programs of other declarations call other functions, while the new ones are rolled out
  const hash = createHash("sha256").update(CommitFunction.definition(shape)).digest("hex").slice(0, 16)
  return { ...shape, commit: `commit_${hash}` }
}
