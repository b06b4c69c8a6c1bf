/**
 * The storage port in as few words as possible: what a store must answer and hold after a batch.
 * Slow, without indexes, and written apart from every adapter, so that a law compares two minds.
 */
import type { Id, StorageAdapter } from "@kis/core/storage"
import * as Witness from "../StorageWitness.ts"

// --- models ---

interface Row {
  readonly aggregate: string
  readonly id: Id.Id
  readonly version: number
  readonly body: Uint8Array
  readonly columns: ReadonlyArray<StorageAdapter.ColumnValue>
}

export interface Model {
  rows: Array<Row>
  /** `aggregate.name key` to the row that holds it. */
  readonly unique: Map<string, Id.Id>
  /** `aggregate.name key id`. */
  readonly blind: Set<string>
  readonly logs: Map<Id.Id, Array<StorageAdapter.Line>>
  readonly committed: Set<Id.Id>
}

export const make = (): Model => ({
  rows: [],
  unique: new Map(),
  blind: new Set(),
  logs: new Map(),
  committed: new Set()
})

// --- reading ---

export const failureText = (failure: StorageAdapter.Failure): string =>
  failure._tag === "UniqueViolation"
    ? `${failure._tag} ${failure.item} ${failure.key}`
    : `${failure._tag} ${failure.item}`

export const facts = (model: Model): Witness.Facts =>
  [
    ...model.rows.map((row) => Witness.row(row.aggregate, row)),
    ...[...model.unique].map(([key, id]) => `unique ${key} ${id}`),
    ...[...model.blind].map((key) => `blind ${key}`),
    ...[...model.logs].flatMap(([subject, lines]) => [
      Witness.head(subject, lines.at(-1)!),
      ...lines.map((line) => Witness.line(subject, line))
    ])
  ].sort()

// --- committing ---

/** What the store must answer: the texts of all failures, none when the batch is committed. */
export const commit = (model: Model, batch: StorageAdapter.Batch): ReadonlyArray<string> => {
  if (model.committed.has(batch.id)) return []
  const failures = judge(model, batch.items)
  if (failures.length > 0) return failures.map(failureText).sort()
  for (const item of batch.items) apply(model, item)
  // keys freed anywhere are free for all: so they are taken last
  for (const item of batch.items) {
    if (!("takes" in item)) continue
    for (const key of item.takes) model.unique.set(keyText(item.aggregate, key), item.id)
  }
  model.committed.add(batch.id)
  return []
}

// --- private ---

const keyText = (aggregate: string, key: StorageAdapter.Key) => `${aggregate}.${key.name} ${Witness.hex(key.bytes)}`

const judge = (model: Model, items: ReadonlyArray<StorageAdapter.Item>): ReadonlyArray<StorageAdapter.Failure> => {
  const failures: Array<StorageAdapter.Failure> = []
  const free = new Set<string>()
  for (const item of items) {
    if (!("frees" in item)) continue
    for (const key of item.frees) {
      const text = keyText(item.aggregate, key)
      if (model.unique.get(text) === item.id) free.add(text)
    }
  }
  const takenBefore = new Set<string>()
  for (const [i, item] of items.entries()) {
    if (item._tag === "Append") {
      const last = model.logs.get(item.subject)?.at(-1)
      const same =
        last === undefined || item.head === undefined
          ? last === item.head
          : last.sequence === item.head.sequence && Witness.hex(last.mac) === Witness.hex(item.head.mac)
      if (!same) failures.push({ _tag: "HeadConflict", item: i })
      continue
    }
    const row = model.rows.find((_) => _.aggregate === item.aggregate && _.id === item.id)
    if (row?.version !== (item._tag === "Insert" ? undefined : item.version)) {
      failures.push({ _tag: "VersionConflict", item: i })
    }
    if (!("takes" in item)) continue
    for (const key of item.takes) {
      const text = keyText(item.aggregate, key)
      if (takenBefore.has(text) || (model.unique.has(text) && !free.has(text))) {
        failures.push({ _tag: "UniqueViolation", item: i, key: key.name })
      }
      takenBefore.add(text)
    }
  }
  return failures
}

const apply = (model: Model, item: StorageAdapter.Item): void => {
  if (item._tag === "Expect") return
  if (item._tag === "Append") {
    model.logs.set(item.subject, [...(model.logs.get(item.subject) ?? []), ...item.lines])
    return
  }
  const { aggregate, id } = item
  model.rows = model.rows.filter((_) => _.aggregate !== aggregate || _.id !== id)
  if ("frees" in item) {
    for (const key of item.frees) {
      if (model.unique.get(keyText(aggregate, key)) === id) model.unique.delete(keyText(aggregate, key))
    }
    for (const key of item.unmarks) model.blind.delete(`${keyText(aggregate, key)} ${id}`)
  }
  if (item._tag === "Remove") return
  const version = item._tag === "Insert" ? item.version : item.version + 1
  model.rows.push({ aggregate, id, version, body: item.body, columns: item.columns })
  for (const key of item.marks) model.blind.add(`${keyText(aggregate, key)} ${id}`)
}
