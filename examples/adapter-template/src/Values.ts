/**
 * What stands at the places, as JSON: bytes in base64, absent columns as null.
 */
import type { Id, StorageAdapter } from "@kis/core/storage"

// --- models ---

export interface StoredRow {
  readonly id: Id.Id
  readonly version: number
  readonly body: string
  readonly columns: ReadonlyArray<string | number | null>
}

export interface StoredHead {
  readonly sequence: number
  readonly mac: string
}

export interface StoredLine extends StoredHead {
  readonly body: string
}

/** A row, a head or a line; the id of a row or a batch; a time; a declaration; the format. */
export type Value = StoredRow | StoredHead | StoredLine | StorageAdapter.Declaration | string | number

// --- writing ---

export const ofRow = ({ body, columns, id, version }: StorageAdapter.Row): StoredRow => ({
  id,
  version,
  body: ofBytes(body),
  columns: columns.map((value) => value ?? null)
})

export const ofHead = ({ mac, sequence }: StorageAdapter.Head): StoredHead => ({ sequence, mac: ofBytes(mac) })

export const ofLine = ({ body, mac, sequence }: StorageAdapter.Line): StoredLine => ({
  sequence,
  mac: ofBytes(mac),
  body: ofBytes(body)
})

// --- reading ---

export const toRow = ({ body, columns, id, version }: StoredRow): StorageAdapter.Row => ({
  id,
  version,
  body: toBytes(body),
  columns: columns.map((value) => value ?? undefined)
})

export const toHead = ({ mac, sequence }: StoredHead): StorageAdapter.Head => ({ sequence, mac: toBytes(mac) })

export const toLine = ({ body, mac, sequence }: StoredLine): StorageAdapter.Line => ({
  sequence,
  mac: toBytes(mac),
  body: toBytes(body)
})

// --- private ---

const ofBytes = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64")

const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"))
