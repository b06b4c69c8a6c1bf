/**
 * Whether a folder holds a store of ours, laid out for these declarations.
 */
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import type { ClassicLevel } from "classic-level"
import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import * as Places from "./Places.ts"
import type * as Values from "./Values.ts"

/** How places and values are laid out. Whoever changes that counts up, and migrates. */
const FORMAT = 1

/** Before LevelDB puts its files there: the folder is empty, or LevelDB's. */
export const demandOurs = (path: string): void => {
  // only its owner may read it
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (readdirSync(path).length > 0 && !existsSync(join(path, "CURRENT"))) {
    throw StorageError.of(new StorageError.NotADatabase({ place: path, detail: "the folder holds other files" }))
  }
}

/** Keeps the declarations, and refuses rows that would lack a key or a place in an index. */
export const fit = async (
  db: ClassicLevel<string, Values.Value>,
  declarations: ReadonlyArray<StorageAdapter.Declaration>,
  place: string
): Promise<void> => {
  const format = await db.get(Places.FORMAT)
  if (format === undefined && (await db.keys({ limit: 1 }).all()).length > 0) {
    throw StorageError.of(new StorageError.NotADatabase({ place, detail: "another program made it" }))
  }
  if (typeof format === "number" && format > FORMAT) {
    throw StorageError.of(new StorageError.NewerSchema({ place, found: format, known: FORMAT }))
  }
  for (const declaration of declarations) {
    const before = await db.get(Places.declarationAt(declaration.name))
    if (before === undefined || JSON.stringify(before) === JSON.stringify(declaration)) continue
    const rows = await db
      .keys({ gte: Places.rowAt(declaration.name, ""), lt: Places.rowAt(declaration.name, Places.LAST), limit: 1 })
      .all()
    if (rows.length > 0) {
      const detail = "it was written for other keys, columns or indexes"
      throw StorageError.of(new StorageError.Incompatible({ place, aggregate: declaration.name, detail }))
    }
  }
  await db.batch<string, Values.Value>(
    [
      { type: "put", key: Places.FORMAT, value: FORMAT },
      ...declarations.map((value) => ({ type: "put" as const, key: Places.declarationAt(value.name), value }))
    ],
    { sync: true }
  )
}
