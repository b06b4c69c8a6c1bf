/**
 * A look at a store by another way than its port: for a database, a second connection that reads
 * the tables. The storage laws compare what it sees with what the store was told.
 *
 * What a store holds is a list of facts, one line each, sorted. A witness writes them with the
 * functions below.
 *
 * @since 0.1.0
 */
import type { Id, StorageAdapter, StorageMemory } from "@kis/core/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

// --- models ---

/**
 * Everything that a store holds.
 *
 * @category models
 * @since 0.1.0
 */
export type Facts = ReadonlyArray<string>

/**
 * @category services
 * @since 0.1.0
 */
export class StorageWitness extends Context.Service<StorageWitness, { readonly look: Effect.Effect<Facts> }>()(
  "@kis/testkit/StorageWitness"
) {}

// --- facts ---

/**
 * A row, with its columns in the order of the declaration.
 *
 * @category facts
 * @since 0.1.0
 */
export const row = (aggregate: string, { body, columns, id, version }: StorageAdapter.Row): string =>
  `row ${aggregate} ${id} v${version} ${hex(body)} ${JSON.stringify(columns.map((_) => _ ?? null))}`

/**
 * A unique key and the row that holds it.
 *
 * @category facts
 * @since 0.1.0
 */
export const unique = (aggregate: string, name: string, bytes: Uint8Array, id: Id.Id): string =>
  `unique ${aggregate}.${name} ${hex(bytes)} ${id}`

/**
 * A blind key and one row that holds it.
 *
 * @category facts
 * @since 0.1.0
 */
export const blind = (aggregate: string, name: string, bytes: Uint8Array, id: Id.Id): string =>
  `blind ${aggregate}.${name} ${hex(bytes)} ${id}`

/**
 * A line of a log.
 *
 * @category facts
 * @since 0.1.0
 */
export const line = (subject: Id.Id, { body, mac, sequence }: StorageAdapter.Line): string =>
  `line ${subject} ${sequence} ${hex(mac)} ${hex(body)}`

/**
 * The head of a log.
 *
 * @category facts
 * @since 0.1.0
 */
export const head = (subject: Id.Id, { mac, sequence }: StorageAdapter.Head): string =>
  `head ${subject} ${sequence} ${hex(mac)}`

/**
 * Bytes as facts write them.
 *
 * @category facts
 * @since 0.1.0
 */
export const hex = (bytes: Uint8Array): string => Array.from(bytes, (_) => _.toString(16).padStart(2, "0")).join("")

// --- constructors ---

/**
 * The witness of a memory store.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofMemory = (memory: StorageMemory.Memory): StorageWitness["Service"] => ({
  look: Effect.sync(() => {
    const facts: Array<string> = []
    for (const [aggregate, table] of memory.tables) {
      for (const stored of table.rows.values()) facts.push(row(aggregate, stored))
      for (const [name, keys] of table.unique) {
        for (const [key, id] of keys) facts.push(unique(aggregate, name, bytesOf(key), id))
      }
      for (const [name, keys] of table.blind) {
        for (const [key, ids] of keys) for (const id of ids) facts.push(blind(aggregate, name, bytesOf(key), id))
      }
    }
    for (const [subject, lines] of memory.logs) {
      facts.push(head(subject, lines.at(-1)!), ...lines.map((_) => line(subject, _)))
    }
    return facts.sort()
  })
})

// --- private ---

const bytesOf = (name: string): Uint8Array => Uint8Array.from(name, (_) => _.charCodeAt(0))
