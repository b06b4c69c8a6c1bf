/**
 * Ranges, pages and cursors between the typed service and the port.
 */
import type { Id } from "../Id.ts"
import type { Cursor, PageRequest } from "../Storage.ts"
import type { ColumnValue, Declaration, Page, Range, Row } from "../StorageAdapter.ts"

/** A typed range as the port takes it: leading values in the order of the index. */
export const rangeOf = (declaration: Declaration, index: string, range: object): Range => {
  const { equals, from, to } = range as {
    readonly equals?: Readonly<Record<string, string | number>>
    readonly from?: string | number
    readonly to?: string | number
  }
  const columns = columnsOf(declaration, index)
  const leading = columns.slice(0, -1).map((column) => {
    const value = equals?.[column]
    if (value === undefined) {
      throw new Error(
        `A scan of ${declaration.name}.${index} must give equals.${column}: it ranges over the last column only`
      )
    }
    return value
  })
  return {
    index,
    equals: leading,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to })
  }
}

/** The position of the index's last column among the ordered columns; undefined for `id`. */
export const columnOf = (declaration: Declaration, index: string): number | undefined => {
  const last = columnsOf(declaration, index).at(-1)
  return last === undefined ? undefined : declaration.columns.findIndex((_) => _.name === last)
}

export const pageOf = (request: PageRequest): Page => {
  if (!Number.isSafeInteger(request.limit) || request.limit < 1) {
    throw new Error(`A page holds at least one row; ${request.limit} were asked for`)
  }
  if (request.after === undefined) return { limit: request.limit }
  const [id, value] = JSON.parse(request.after) as [Id, (string | number)?]
  return { limit: request.limit, after: value === undefined ? { id } : { id, value } }
}

/** The cursor after a full page: a page that is not full was the last. */
export const nextOf = (
  rows: ReadonlyArray<Row>,
  limit: number,
  column: number | undefined
): { readonly next?: Cursor } => {
  const last = rows.at(-1)
  if (last === undefined || rows.length < limit) return {}
  const value: ColumnValue = column === undefined ? undefined : last.columns[column]
  return { next: JSON.stringify(value === undefined ? [last.id] : [last.id, value]) as Cursor }
}

// --- private ---

const columnsOf = (declaration: Declaration, index: string): ReadonlyArray<string> => {
  if (index === "id") return []
  const found = declaration.indexes.find((_) => _.name === index)
  if (found === undefined) throw new Error(`The aggregate ${declaration.name} has no index named ${index}`)
  return found.columns
}
