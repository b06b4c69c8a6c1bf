/**
 * A store in memory: for tests, demonstrations and a counter that forgets.
 *
 * It keeps every law of the port that does not need a disk. A commit checks everything and then
 * applies everything without giving way to another fiber, which is what makes it atomic.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { sameBytes } from "../privacy/Crypto.ts"
import type { Id } from "./Id.ts"
import * as OrderedRows from "./internal/orderedRows.ts"
import {
  type Batch,
  type Capabilities,
  type ColumnValue,
  type Declaration,
  type Failure,
  type Head,
  type Item,
  type Key,
  type Line,
  type Outcome,
  type Row,
  StorageAdapter,
  type Store
} from "./StorageAdapter.ts"
import * as StorageError from "./StorageError.ts"

// --- models ---

/**
 * What a memory store holds, open to look at. Several stores may be opened on one, as several
 * processes on one database, and what is there stays there when they close.
 *
 * @category models
 * @since 0.1.0
 */
export interface Memory {
  readonly tables: Map<string, Table>
  readonly logs: Map<Id, Array<Line>>
  /** Committed batches and when, in milliseconds. */
  readonly batches: Map<Id, number>
}

/**
 * The rows of one aggregate, and who holds which key. Keys are written as 16 characters, one a byte.
 *
 * @category models
 * @since 0.1.0
 */
export interface Table {
  readonly rows: Map<Id, Row>
  readonly unique: Map<string, Map<string, Id>>
  readonly blind: Map<string, Map<string, Set<Id>>>
  readonly ordered: Map<string, OrderedRows.OrderedRows>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** How often every call gives way to other fibers before it acts: for tests of interleavings. */
  readonly yields?: number
}

/**
 * @category models
 * @since 0.1.0
 */
export const capabilities: Capabilities = { processes: "one", durability: "memory", maxBatch: 100_000 }

// --- constructors ---

/**
 * An empty memory.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (): Memory => ({ tables: new Map(), logs: new Map(), batches: new Map() })

// --- layers ---

/**
 * A store that begins empty and is gone when its layer closes.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<StorageAdapter> = Layer.sync(StorageAdapter, () => adapterOf(make(), {}))

/**
 * A store on a given memory.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerOf = (memory: Memory, options: Options = {}): Layer.Layer<StorageAdapter> =>
  Layer.sync(StorageAdapter, () => adapterOf(memory, options))

// --- private ---

const isClosed = StorageError.of(new StorageError.Unavailable({ place: "in memory", detail: "it was closed" }))

const BATCH_MEMORY = 24 * 60 * 60 * 1_000

const adapterOf = (memory: Memory, options: Options): StorageAdapter["Service"] =>
  StorageAdapter.of({
    capabilities,
    open: (declarations) =>
      Effect.gen(function* () {
        for (const declaration of declarations) prepare(memory, declaration)
        const state = { closed: false }
        yield* Effect.addFinalizer(() =>
          Effect.sync(() => {
            state.closed = true
          })
        )
        return storeOf(memory, options, state)
      })
  })

const prepare = (memory: Memory, declaration: Declaration): void => {
  if (memory.tables.has(declaration.name)) return
  memory.tables.set(declaration.name, {
    rows: new Map(),
    unique: new Map(declaration.unique.map((name) => [name, new Map()])),
    blind: new Map(declaration.blind.map((name) => [name, new Map()])),
    ordered: new Map([
      ["id", OrderedRows.make([])] as const,
      ...declaration.indexes.map(
        (index) =>
          [
            index.name,
            OrderedRows.make(index.columns.map((name) => declaration.columns.findIndex((_) => _.name === name)))
          ] as const
      )
    ])
  })
}

const storeOf = (memory: Memory, { yields = 0 }: Options, state: { readonly closed: boolean }): Store => {
  const tableOf = (aggregate: string): Table => memory.tables.get(aggregate)!

  const open = <A>(act: () => A): Effect.Effect<A, StorageError.StorageError> =>
    Effect.suspend(() => (state.closed ? Effect.fail(isClosed) : Effect.succeed(act())))

  const after = <A>(turns: number, act: () => A): Effect.Effect<A, StorageError.StorageError> =>
    turns === 0 ? open(act) : Effect.andThen(Effect.replicateEffect(Effect.yieldNow, turns), open(act))

  const turn = <A>(act: () => A) => after(yields, act)

  const holders = (aggregate: string, key: Key): ReadonlyArray<Id> => {
    const table = tableOf(aggregate)
    const name = nameOf(key.bytes)
    const holder = table.unique.get(key.name)?.get(name)
    return holder === undefined ? [...(table.blind.get(key.name)?.get(name) ?? [])].sort() : [holder]
  }

  const rowsOf = (aggregate: string, key: Key, after: Id | undefined, limit: number): ReadonlyArray<Row> =>
    holders(aggregate, key)
      .filter((id) => after === undefined || id > after)
      .slice(0, limit)
      .map((id) => tableOf(aggregate).rows.get(id)!)

  return {
    commit: (batch) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => after(yields + 1, () => commit(memory, batch, now))),
    get: (aggregate, id) => turn(() => Option.fromUndefinedOr(tableOf(aggregate).rows.get(id))),
    getMany: (aggregate, ids) => turn(() => [...new Set(ids)].flatMap((id) => tableOf(aggregate).rows.get(id) ?? [])),
    findBy: (aggregate, key) => turn(() => Option.fromUndefinedOr(rowsOf(aggregate, key, undefined, 1)[0])),
    findMany: (aggregate, keys) =>
      turn(() => keys.flatMap((key, i) => rowsOf(aggregate, key, undefined, 1).map((row) => ({ key: i, row })))),
    heads: (subjects) =>
      turn(() =>
        subjects.flatMap((subject, i) => {
          const head = headOf(memory, subject)
          return head === undefined ? [] : [{ subject: i, head }]
        })
      ),
    scan: (aggregate, range, page) =>
      turn(() => {
        const table = tableOf(aggregate)
        return OrderedRows.page(table.ordered.get(range.index)!, range, page).map((id) => table.rows.get(id)!)
      }),
    scanKey: (aggregate, key, page) => turn(() => rowsOf(aggregate, key, page.after?.id, page.limit)),
    scanKeys: (aggregate, keys, limit) =>
      turn(() => keys.flatMap((key, i) => rowsOf(aggregate, key, undefined, limit).map((row) => ({ key: i, row })))),
    countBy: (aggregate, where) =>
      turn(() =>
        "bytes" in where
          ? holders(aggregate, where).length
          : OrderedRows.count(tableOf(aggregate).ordered.get(where.index)!, where)
      ),
    readLog: (subject, { after, limit }) => turn(() => (memory.logs.get(subject) ?? []).slice(after, after + limit)),
    scanHeads: ({ after, limit }) =>
      turn(() =>
        [...memory.logs.keys()]
          .filter((subject) => after === undefined || subject > after)
          .sort()
          .slice(0, limit)
          .map((subject) => ({ subject, head: headOf(memory, subject)! }))
      )
  }
}

const commit = (memory: Memory, batch: Batch, now: number): Outcome => {
  if (memory.batches.has(batch.id)) return { _tag: "Committed" }
  const failures = judge(memory, batch)
  if (failures.length > 0) return { _tag: "Refused", failures }
  // keys freed anywhere are free for all, so freeing comes first
  for (const item of batch.items) release(memory, item)
  for (const item of batch.items) apply(memory, item)
  forget(memory, now)
  memory.batches.set(batch.id, now)
  return { _tag: "Committed" }
}

const judge = (memory: Memory, batch: Batch): ReadonlyArray<Failure> => {
  const failures: Array<Failure> = []
  const freed = new Set<string>()
  const taken = new Set<string>()
  for (const item of batch.items) {
    if (!("frees" in item)) continue
    for (const key of item.frees) {
      const name = nameOf(key.bytes)
      if (memory.tables.get(item.aggregate)!.unique.get(key.name)!.get(name) === item.id) {
        freed.add(`${item.aggregate} ${key.name} ${name}`)
      }
    }
  }
  for (const [i, item] of batch.items.entries()) {
    if (item._tag === "Append") {
      if (!sameHead(headOf(memory, item.subject), item.head)) failures.push({ _tag: "HeadConflict", item: i })
      continue
    }
    const table = memory.tables.get(item.aggregate)!
    const version = table.rows.get(item.id)?.version
    if (version !== (item._tag === "Insert" ? undefined : item.version)) {
      failures.push({ _tag: "VersionConflict", item: i })
    }
    if (!("takes" in item)) continue
    for (const key of item.takes) {
      const name = nameOf(key.bytes)
      const full = `${item.aggregate} ${key.name} ${name}`
      if (taken.has(full) || (table.unique.get(key.name)!.has(name) && !freed.has(full))) {
        failures.push({ _tag: "UniqueViolation", item: i, key: key.name })
      } else {
        taken.add(full)
      }
    }
  }
  return failures
}

const release = (memory: Memory, item: Item): void => {
  if (item._tag !== "Update" && item._tag !== "Remove") return
  const table = memory.tables.get(item.aggregate)!
  for (const key of item.frees) {
    const holders = table.unique.get(key.name)!
    if (holders.get(nameOf(key.bytes)) === item.id) holders.delete(nameOf(key.bytes))
  }
  for (const key of item.unmarks) {
    const holders = table.blind.get(key.name)!.get(nameOf(key.bytes))
    holders?.delete(item.id)
    if (holders?.size === 0) table.blind.get(key.name)!.delete(nameOf(key.bytes))
  }
  const row = table.rows.get(item.id)!
  for (const index of table.ordered.values()) OrderedRows.remove(index, row)
  table.rows.delete(item.id)
}

const apply = (memory: Memory, item: Item): void => {
  if (item._tag === "Append") {
    const lines = memory.logs.get(item.subject)
    if (lines === undefined) memory.logs.set(item.subject, [...item.lines])
    else lines.push(...item.lines)
    return
  }
  if (item._tag !== "Insert" && item._tag !== "Update") return
  const table = memory.tables.get(item.aggregate)!
  const columns: ReadonlyArray<ColumnValue> = item.columns
  const version = item._tag === "Insert" ? item.version : item.version + 1
  const row: Row = { id: item.id, version, body: item.body, columns }
  table.rows.set(item.id, row)
  for (const index of table.ordered.values()) OrderedRows.add(index, row)
  for (const key of item.takes) table.unique.get(key.name)!.set(nameOf(key.bytes), item.id)
  for (const key of item.marks) {
    const keys = table.blind.get(key.name)!
    const name = nameOf(key.bytes)
    const holders = keys.get(name)
    if (holders === undefined) keys.set(name, new Set([item.id]))
    else holders.add(item.id)
  }
}

const forget = (memory: Memory, now: number): void => {
  // oldest first: a map keeps the order of insertion
  for (const [id, at] of memory.batches) {
    if (now - at < BATCH_MEMORY) return
    memory.batches.delete(id)
  }
}

const headOf = (memory: Memory, subject: Id): Head | undefined => {
  const last = memory.logs.get(subject)?.at(-1)
  return last === undefined ? undefined : { sequence: last.sequence, mac: last.mac }
}

const sameHead = (self: Head | undefined, that: Head | undefined): boolean =>
  self === undefined || that === undefined
    ? self === that
    : self.sequence === that.sequence && sameBytes(self.mac, that.mac)

const nameOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
