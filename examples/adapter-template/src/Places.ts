/**
 * Where everything stands: each row, key, index entry and log line has one place, a text. The store
 * keeps places sorted, so the places say in which order a scan meets its rows.
 */
import type { StorageAdapter } from "@kis/core/storage"

type Value = string | number

// --- parts ---

/** Ends a value. It is below every sign that ordered text may hold, so that "a" stands before "ab". */
const END = "\u0001"

/** Stands behind every id. */
export const LAST = "\u007f"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

/** Text that sorts as the numbers do, negative ones too: all are moved up and padded. */
const padded = (n: number): string => String(BigInt(n) + 2n ** 53n).padStart(17, "0")

const sortable = (value: Value): string => (typeof value === "number" ? padded(value) : value) + END

// --- places ---

export const rowAt = (aggregate: string, id: string): string => `row/${aggregate}/${id}`

export const uniqueAt = (aggregate: string, { bytes, name }: StorageAdapter.Key): string =>
  `unique/${aggregate}/${name}/${hex(bytes)}`

/** Many rows may hold one blind key: a place each, by id. */
export const blindAt = (aggregate: string, { bytes, name }: StorageAdapter.Key, id: string): string =>
  `blind/${aggregate}/${name}/${hex(bytes)}/${id}`

export const indexAt = (aggregate: string, index: string, values: ReadonlyArray<Value>, id: string): string =>
  `index/${aggregate}/${index}/${values.map(sortable).join("")}${id}`

export const headAt = (subject: string): string => `head/${subject}`

export const lineAt = (subject: string, sequence: number): string => `line/${subject}/${padded(sequence)}`

export const batchAt = (id: string): string => `batch/${id}`

/** The same batches by the time of their commit, to forget the old ones. */
export const committedAt = (millis: number, id: string): string => `committed/${padded(millis)}/${id}`

export const declarationAt = (aggregate: string): string => `declaration/${aggregate}`

/** Says that the store is one of ours, and how it is laid out. */
export const FORMAT = "format"

// --- the indexes of a row ---

/** A row without a value in one of an index's columns is not in that index. */
export const indexPlaces = (
  declaration: StorageAdapter.Declaration,
  { columns, id }: Pick<StorageAdapter.Row, "columns" | "id">
): ReadonlyArray<string> => {
  const valueOf = (name: string) => columns[declaration.columns.findIndex((_) => _.name === name)]
  const places = declaration.indexes.flatMap((index) => {
    const values = index.columns.map(valueOf).filter((value) => value !== undefined)
    return values.length < index.columns.length ? [] : [indexAt(declaration.name, index.name, values, id)]
  })
  return [indexAt(declaration.name, "id", [], id), ...places]
}
