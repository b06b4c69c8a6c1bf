/**
 * One name for what was sent.
 */
import * as Result from "effect/Result"
import * as CanonicalJson from "../../policy/CanonicalJson.ts"
import type { Crypto } from "../../privacy/Crypto.ts"
import type { RawRow } from "../Columns.ts"

/**
 * SHA-256 of rows, and of what tells them from equal rows elsewhere, in hexadecimal. Half a surrogate
 * pair, which a JSON file can hold and no text encodes, counts as the replacement character.
 */
export const digestOf = (
  rows: ReadonlyArray<RawRow>,
  place: { readonly file?: string; readonly line?: number },
  crypto: Crypto["Service"]
): string => {
  const fields = rows.map((row) =>
    Object.fromEntries(Object.entries(row.fields).map(([column, text]) => [wellFormed(column), wellFormed(text)]))
  )
  return Result.getOrThrow(CanonicalJson.digest({ ...place, rows: fields }, crypto.hash))
}

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\uFFFD")
