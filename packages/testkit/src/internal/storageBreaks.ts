/**
 * What goes wrong in each broken store: methods put in place of those of a memory store.
 */
import { type Id, StorageAdapter, StorageMemory } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { Defect } from "../StorageBroken.ts"
import { declarations } from "./storageFixture.ts"

type Store = StorageAdapter.Store
type Batch = StorageAdapter.Batch
type Failure = StorageAdapter.Failure
type Item = StorageAdapter.Item
type Outcome = StorageAdapter.Outcome
type Row = StorageAdapter.Row

type Break = (whole: Store, memory: StorageMemory.Memory) => Partial<Store>

// --- adapters ---

export const adapterBroken = (
  defect: Defect,
  memory: StorageMemory.Memory
): Effect.Effect<StorageAdapter.StorageAdapter["Service"]> =>
  Effect.map(
    Effect.provide(StorageAdapter.StorageAdapter, StorageMemory.layerOf(memory)),
    (adapter): StorageAdapter.StorageAdapter["Service"] => {
      if (defect === "forgetsWhenClosed") {
        return {
          ...adapter,
          open: (declared) =>
            Effect.andThen(
              Effect.addFinalizer(() => forgetAll(memory)),
              adapter.open(declared)
            )
        }
      }
      if (defect === "seesOnlyItsOwn") return ownMemoryEach(adapter)
      return {
        ...adapter,
        open: (declared) =>
          Effect.map(adapter.open(declared), (whole) => ({ ...whole, ...breaks[defect](whole, memory) }))
      }
    }
  )

// --- breaks ---

const breaks: Record<Exclude<Defect, "forgetsWhenClosed" | "seesOnlyItsOwn">, Break> = {
  // preconditions that are not looked at, or looked at too early

  noUniqueIndex: (whole, memory) => ({
    commit: (batch) => leniently(whole, memory, batch, (failure) => failure._tag === "UniqueViolation")
  }),
  checksThenWrites: (whole, memory) => ({
    commit: (batch) => checkedFirst(whole, memory, batch, (failure) => failure._tag === "UniqueViolation")
  }),
  noVersionCheck: (whole, memory) => ({
    commit: (batch) =>
      leniently(whole, memory, batch, (failure, item) => failure._tag === "VersionConflict" && item._tag !== "Expect")
  }),
  checksVersionThenWrites: (whole, memory) => ({
    commit: (batch) => checkedFirst(whole, memory, batch, (failure) => failure._tag === "VersionConflict")
  }),
  noExpectCheck: (whole, memory) => ({
    commit: (batch) => leniently(whole, memory, batch, (_, item) => item._tag === "Expect")
  }),
  expectsAfterWriting: (whole) => ({
    commit: (batch) => {
      const updated = new Set(batch.items.flatMap((item) => (item._tag === "Update" ? [item.id] : [])))
      return whole.commit(
        changed(batch, (item) =>
          item._tag === "Expect" && updated.has(item.id) ? { ...item, version: item.version - 1 } : item
        )
      )
    }
  }),
  noHeadCheck: (whole, memory) => ({
    commit: (batch) => leniently(whole, memory, batch, (failure) => failure._tag === "HeadConflict")
  }),
  headBySequenceOnly: (whole, memory) => ({
    commit: (batch) =>
      leniently(
        whole,
        memory,
        batch,
        (_, item) => item._tag === "Append" && item.head?.sequence === memory.logs.get(item.subject)?.at(-1)?.sequence
      )
  }),
  checksHeadThenWrites: (whole, memory) => ({
    commit: (batch) => checkedFirst(whole, memory, batch, (failure) => failure._tag === "HeadConflict")
  }),
  beginsOneLogTwice: (whole, memory) => ({
    commit: (batch) =>
      checkedFirst(whole, memory, batch, (_, item) => item._tag === "Append" && item.head === undefined)
  }),

  // commits that are not whole

  acknowledgesBeforeCommit: (whole) => ({
    commit: (batch) => Effect.as(Effect.forkDetach(Effect.andThen(yields(20), whole.commit(batch))), COMMITTED)
  }),
  losesTheLastAppend: (whole) => ({
    commit: (batch) => {
      const appends = batch.items.filter((item) => item._tag === "Append")
      const last = appends.length > 1 ? appends.at(-1) : undefined
      return whole.commit({ ...batch, items: batch.items.filter((item) => item !== last) })
    }
  }),
  cutsBodies: (whole) => ({
    commit: (batch) =>
      whole.commit(changed(batch, (item) => ("body" in item ? { ...item, body: item.body.slice(0, 4_096) } : item)))
  }),
  keepsTheOldColumns: (whole, memory) => ({
    commit: (batch) =>
      whole.commit(
        changed(batch, (item) =>
          item._tag === "Update" ? { ...item, columns: rowOf(memory, item)?.columns ?? item.columns } : item
        )
      )
  }),
  insertsAtVersionOne: (whole) => ({
    commit: (batch) => whole.commit(changed(batch, (item) => (item._tag === "Insert" ? { ...item, version: 1 } : item)))
  }),
  keepsKeysOfTheRemoved: (whole) => ({
    commit: (batch) => whole.commit(changed(batch, (item) => (item._tag === "Remove" ? { ...item, frees: [] } : item)))
  }),
  keepsBlindKeys: (whole) => ({
    commit: (batch) => whole.commit(changed(batch, (item) => ("unmarks" in item ? { ...item, unmarks: [] } : item)))
  }),
  partialCommit: (whole) => ({
    commit: (batch) =>
      Effect.flatMap(whole.commit(batch), (outcome): ReturnType<Store["commit"]> => {
        if (outcome._tag === "Committed") return Effect.succeed(outcome)
        const failed = new Set(outcome.failures.map((_) => _.item))
        const rest = { ...fresh(batch), items: batch.items.filter((_, i) => !failed.has(i)) }
        return Effect.as(whole.commit(rest), outcome)
      })
  }),
  showsHalfACommit: (whole) => ({
    commit: (batch) =>
      Effect.gen(function* () {
        const middle = batch.items.length >>> 1
        const first = yield* whole.commit({ ...batch, items: batch.items.slice(0, middle) })
        if (first._tag === "Refused") return first
        yield* yields(2)
        return yield* whole.commit({ ...fresh(batch), items: batch.items.slice(middle) })
      })
  }),
  stopsHalfWay: (whole) => ({
    commit: (batch) =>
      Effect.gen(function* () {
        const middle = batch.items.length >>> 1
        const first = yield* whole.commit({ ...batch, items: batch.items.slice(0, middle) })
        if (first._tag === "Refused") return first
        yield* yields(2)
        return yield* whole.commit({ ...fresh(batch), items: batch.items.slice(middle) })
      })
  }),
  writesOnAfterItsLock: (whole, memory) => {
    const lock = Semaphore.makeUnsafe(1)
    return {
      // who is interrupted gives the lock back, and the database goes on with what it was given
      commit: (batch) =>
        lock.withPermit(Effect.flatMap(Effect.forkDetach(checkedFirst(whole, memory, batch, () => true)), Fiber.join))
    }
  },
  dropsWhatIsTooMuch: (whole) => ({
    commit: (batch) => whole.commit({ ...batch, items: batch.items.slice(0, 999) })
  }),
  forgetsEveryHundredthMark: (whole) => {
    let marks = 0
    return {
      commit: (batch) =>
        whole.commit(
          changed(batch, (item) =>
            "marks" in item ? { ...item, marks: item.marks.filter(() => ++marks % 100 !== 0) } : item
          )
        )
    }
  },

  // refusals that are told wrongly

  namesOnlyTheFirst: (whole) => ({
    commit: (batch) => Effect.map(whole.commit(batch), (outcome) => refusing(outcome, (all) => all.slice(0, 1)))
  }),
  namesTheEarlier: (whole) => ({
    commit: (batch) =>
      Effect.map(whole.commit(batch), (outcome) =>
        refusing(outcome, (all) =>
          all.map((failure) =>
            failure._tag === "UniqueViolation" && failure.item > 0 ? { ...failure, item: failure.item - 1 } : failure
          )
        )
      )
  }),

  // batches that are sent again

  writesResentBatchTwice: (whole) => ({ commit: (batch) => whole.commit(fresh(batch)) }),
  forgetsBatchesInAnHour: (whole, memory) => ({
    commit: (batch) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        for (const [id, at] of memory.batches) if (now - at > 3_600_000) memory.batches.delete(id)
        return whole.commit(batch)
      })
  }),
  checksBatchThenWrites: (whole) => {
    const seen = new Set<Id.Id>()
    return {
      commit: (batch) =>
        Effect.gen(function* () {
          if (seen.has(batch.id)) return COMMITTED
          yield* yields(2)
          const outcome = yield* whole.commit(fresh(batch))
          if (outcome._tag === "Committed") seen.add(batch.id)
          return outcome
        })
    }
  },
  remembersRefusals: (whole) => {
    const refused = new Map<Id.Id, Outcome>()
    return {
      commit: (batch) =>
        Effect.suspend(() => {
          const before = refused.get(batch.id)
          if (before !== undefined) return Effect.succeed(before)
          return Effect.tap(whole.commit(batch), (outcome) =>
            Effect.sync(() => outcome._tag === "Refused" && refused.set(batch.id, outcome))
          )
        })
    }
  },

  // keys

  freedKeyStaysTaken: (whole, memory) => ({
    commit: (batch) => {
      const failures = batch.items.flatMap((item, i): ReadonlyArray<Failure> =>
        "takes" in item
          ? item.takes
              .filter((key) => holderOf(memory, item.aggregate, key) !== undefined)
              .map((key) => ({ _tag: "UniqueViolation", item: i, key: key.name }))
          : []
      )
      return failures.length > 0 ? Effect.succeed({ _tag: "Refused", failures }) : whole.commit(batch)
    }
  }),
  freesTheKeysOfOthers: (whole, memory) => ({
    commit: (batch) =>
      Effect.suspend(() => {
        for (const item of batch.items) {
          if ("frees" in item) for (const key of item.frees) release(memory, item.aggregate, key)
        }
        return whole.commit(batch)
      })
  }),
  swapsByDeletingFirst: (whole, memory) => ({
    commit: (batch) =>
      Effect.suspend(() => {
        for (const item of batch.items) {
          if (!("frees" in item)) continue
          for (const key of item.frees) {
            if (holderOf(memory, item.aggregate, key) === item.id) release(memory, item.aggregate, key)
          }
        }
        return Effect.andThen(yields(1), whole.commit(batch))
      })
  }),
  ownKeyIsFree: (whole, memory) => ({
    commit: (batch) =>
      whole.commit(
        changed(batch, (item) =>
          "takes" in item
            ? { ...item, takes: item.takes.filter((key) => holderOf(memory, item.aggregate, key) !== item.id) }
            : item
        )
      )
  }),
  oneNamespaceForKeys: (whole) => ({
    commit: (batch) =>
      whole.commit(
        changed(batch, (item) =>
          "takes" in item ? { ...item, takes: item.takes.map((key) => ({ ...key, name: "nik" })) } : item
        )
      )
  }),
  oneNamespaceForIds: (whole, memory) => ({
    commit: (batch) => {
      const failures = batch.items.flatMap((item, i): ReadonlyArray<Failure> => {
        if (item._tag !== "Insert") return []
        const elsewhere = [...memory.tables].some(([name, table]) => name !== item.aggregate && table.rows.has(item.id))
        const earlier = batch.items.slice(0, i).some((_) => _._tag === "Insert" && _.id === item.id)
        return elsewhere || earlier ? [{ _tag: "VersionConflict", item: i }] : []
      })
      return failures.length > 0 ? Effect.succeed({ _tag: "Refused", failures }) : whole.commit(batch)
    }
  }),

  // reads

  givesAnyRow: (whole, memory) => ({
    get: (aggregate, id) =>
      Effect.map(whole.get(aggregate, id), (row) =>
        Option.orElse(row, () => Option.fromUndefinedOr([...memory.tables.get(aggregate)!.rows.values()][0]))
      )
  }),
  outageAsNotFound: (whole) => ({
    get: (aggregate, id) => Effect.catch(whole.get(aggregate, id), () => Effect.succeedNone),
    findBy: (aggregate, key) => Effect.catch(whole.findBy(aggregate, key), () => Effect.succeedNone)
  }),
  readsLogBackwards: (whole) => ({
    readLog: (subject, page) => Effect.map(whole.readLog(subject, page), (lines) => [...lines].reverse())
  }),
  headsOutOfPlace: (whole) => ({
    heads: (subjects) =>
      Effect.map(whole.heads(subjects), (found) => found.map(({ head }, position) => ({ subject: position, head })))
  }),
  keysInOrderOfWriting: (whole, memory) => ({
    scanKey: (aggregate, key, { after, limit }) =>
      Effect.map(whole.scanKey(aggregate, key, { limit: 1_000 }), (rows) => {
        const written = [...memory.tables.get(aggregate)!.rows.keys()]
        const sorted = [...rows].sort((a, b) => written.indexOf(a.id) - written.indexOf(b.id))
        const from = after === undefined ? 0 : sorted.findIndex((row) => row.id === after.id) + 1
        return sorted.slice(from, from + limit)
      })
  }),
  firstKeyOnly: (whole) => ({
    scanKeys: (aggregate, keys, limit) => whole.scanKeys(aggregate, keys.slice(0, 1), limit)
  }),
  countsUpToTen: (whole) => ({
    countBy: (aggregate, where) => Effect.map(whole.countBy(aggregate, where), (count) => Math.min(10, count))
  }),
  countsTheTable: (whole) => ({
    countBy: (aggregate, where) =>
      whole.countBy(aggregate, "bytes" in where ? where : { index: where.index, equals: where.equals })
  }),

  // scans

  rangeWithoutItsEnd: (whole) => ({
    scan: (aggregate, range, page) =>
      Effect.map(whole.scan(aggregate, range, page), (rows) =>
        rows.filter((row) => range.to === undefined || valuesOf(aggregate, range.index, row).at(-1) !== range.to)
      )
  }),
  prefixInsteadOfEquality: (_, memory) => ({
    scan: (aggregate, range, page) =>
      naively(memory, aggregate, range, page, {
        equals: (value, wanted) => String(value).startsWith(String(wanted))
      })
  }),
  indexesNulls: (_, memory) => ({
    scan: (aggregate, range, page) => naively(memory, aggregate, range, page, { nulls: true })
  }),
  textByLocale: (_, memory) => ({
    scan: (aggregate, range, page) =>
      naively(memory, aggregate, range, page, {
        compare: (a, b) => (typeof a === "string" ? a.localeCompare(String(b), "id") : Number(a) - Number(b))
      })
  }),
  numbersAsText: (_, memory) => ({
    scan: (aggregate, range, page) =>
      naively(memory, aggregate, range, page, { compare: (a, b) => plainly(String(a), String(b)) })
  }),
  hidesRowsWithoutColumns: (whole) => ({
    scan: (aggregate, range, page) =>
      Effect.map(whole.scan(aggregate, range, page), (rows) =>
        rows.filter((row) => row.columns.every((value) => value !== undefined))
      )
  }),
  pageRepeatsARow: (whole, memory) => ({
    scan: (aggregate, range, page) =>
      Effect.map(whole.scan(aggregate, range, page), (rows) => {
        const last = page.after === undefined ? undefined : memory.tables.get(aggregate)!.rows.get(page.after.id)
        return last === undefined ? rows : [last, ...rows].slice(0, page.limit)
      })
  }),
  pageSkipsARow: (whole) => ({
    scan: (aggregate, range, page) =>
      page.after === undefined
        ? whole.scan(aggregate, range, page)
        : Effect.map(whole.scan(aggregate, range, { ...page, limit: page.limit + 1 }), (rows) => rows.slice(1))
  }),
  pagesByOffset: (whole) => {
    const offsets = new Map<Id.Id, number>()
    return {
      scan: (aggregate, range, { after, limit }) =>
        Effect.map(whole.scan(aggregate, range, { limit: 10_000 }), (rows) => {
          const from = after === undefined ? 0 : (offsets.get(after.id) ?? 0)
          const page = rows.slice(from, from + limit)
          const last = page.at(-1)
          if (last !== undefined) offsets.set(last.id, from + page.length)
          return page
        })
    }
  }
}

// --- private ---

const COMMITTED: Outcome = { _tag: "Committed" }

const yields = (times: number) => Effect.replicateEffect(Effect.yieldNow, times, { discard: true })

let freshIds = 0

const fresh = (batch: Batch): Batch => ({
  ...batch,
  id: `018f2222-2222-7222-8222-${(++freshIds).toString(16).padStart(12, "0")}` as Id.Id
})

const changed = (batch: Batch, change: (item: Item) => Item): Batch => ({ ...batch, items: batch.items.map(change) })

const refusing = (outcome: Outcome, change: (failures: ReadonlyArray<Failure>) => ReadonlyArray<Failure>): Outcome =>
  outcome._tag === "Refused" ? { ...outcome, failures: change(outcome.failures) } : outcome

const rowOf = (memory: StorageMemory.Memory, item: { readonly aggregate: string; readonly id: Id.Id }) =>
  memory.tables.get(item.aggregate)!.rows.get(item.id)

const holdersOf = (memory: StorageMemory.Memory, aggregate: string, key: StorageAdapter.Key) =>
  memory.tables.get(aggregate)!.unique.get(key.name)!

const holderOf = (memory: StorageMemory.Memory, aggregate: string, key: StorageAdapter.Key): Id.Id | undefined =>
  holdersOf(memory, aggregate, key).get(String.fromCharCode(...key.bytes))

const release = (memory: StorageMemory.Memory, aggregate: string, key: StorageAdapter.Key) =>
  holdersOf(memory, aggregate, key).delete(String.fromCharCode(...key.bytes))

type Ignored = (failure: Failure, item: Item) => boolean

/** Commits in spite of failures that are ignored: what they are about is bent until it fits. */
const leniently = (
  whole: Store,
  memory: StorageMemory.Memory,
  batch: Batch,
  ignored: Ignored
): ReturnType<Store["commit"]> =>
  Effect.flatMap(whole.commit(batch), (outcome): ReturnType<Store["commit"]> => {
    if (outcome._tag === "Committed") return Effect.succeed(outcome)
    const rest = outcome.failures.filter((failure) => !ignored(failure, batch.items[failure.item]!))
    if (rest.length > 0) return Effect.succeed({ _tag: "Refused", failures: rest })
    const bent = batch.items.flatMap((item, i) =>
      bend(
        memory,
        item,
        outcome.failures.filter((_) => _.item === i)
      )
    )
    return whole.commit({ ...fresh(batch), items: bent })
  })

/** Refuses what fails when it is looked at, and a little later writes without looking. */
const checkedFirst = (
  whole: Store,
  memory: StorageMemory.Memory,
  batch: Batch,
  late: Ignored
): ReturnType<Store["commit"]> =>
  Effect.gen(function* () {
    const early = batch.items.some((item) => {
      if (item._tag === "Append") {
        return item.head?.sequence !== memory.logs.get(item.subject)?.at(-1)?.sequence
      }
      if (rowOf(memory, item)?.version !== (item._tag === "Insert" ? undefined : item.version)) return true
      return "takes" in item && item.takes.some((key) => holderOf(memory, item.aggregate, key) !== undefined)
    })
    // what fails at once is left to the whole store to name
    if (early) return yield* whole.commit(batch)
    yield* yields(3)
    return yield* leniently(whole, memory, batch, late)
  })

const bend = (memory: StorageMemory.Memory, item: Item, failures: ReadonlyArray<Failure>): ReadonlyArray<Item> => {
  if (failures.length === 0) return [item]
  if (item._tag === "Append") {
    const last = memory.logs.get(item.subject)?.at(-1)
    return [{ ...item, head: last === undefined ? undefined : { sequence: last.sequence, mac: last.mac } }]
  }
  const row = rowOf(memory, item)
  if (item._tag === "Expect") return []
  if (item._tag === "Remove") return row === undefined ? [] : [{ ...item, version: row.version }]
  const takes = item.takes.filter((key) => !failures.some((_) => _._tag === "UniqueViolation" && _.key === key.name))
  if (item._tag === "Update") return row === undefined ? [] : [{ ...item, takes, version: row.version }]
  return row === undefined ? [{ ...item, takes }] : []
}

// --- naive scans ---

const valuesOf = (aggregate: string, index: string, row: Row): ReadonlyArray<StorageAdapter.ColumnValue> => {
  const declaration = declarations.find((_) => _.name === aggregate)!
  const columns = declaration.indexes.find((_) => _.name === index)?.columns ?? []
  return columns.map((name) => row.columns[declaration.columns.findIndex((_) => _.name === name)])
}

const plainly = <A extends string | number>(a: A, b: A): number => (a < b ? -1 : a > b ? 1 : 0)

/** A scan over all rows, with one thing done otherwise. */
const naively = (
  memory: StorageMemory.Memory,
  aggregate: string,
  range: StorageAdapter.Range,
  page: StorageAdapter.Page,
  otherwise: {
    readonly compare?: (a: string | number, b: string | number) => number
    readonly equals?: (value: string | number, wanted: string | number) => boolean
    readonly nulls?: boolean
  }
): Effect.Effect<ReadonlyArray<Row>> =>
  Effect.sync(() => {
    const { compare = plainly<string | number>, equals = (a, b) => a === b, nulls = false } = otherwise
    const of = (row: Row) => valuesOf(aggregate, range.index, row).map((_) => _ ?? (nulls ? "" : undefined))
    const last = (row: Row) => of(row).at(-1)!
    const rows = [...memory.tables.get(aggregate)!.rows.values()]
      .filter((row) => of(row).every((_) => _ !== undefined))
      .filter((row) => range.equals.every((wanted, i) => equals(of(row)[i]!, wanted)))
      .filter((row) => range.from === undefined || compare(last(row), range.from) >= 0)
      .filter((row) => range.to === undefined || compare(last(row), range.to) <= 0)
    if (range.index === "id") rows.sort((a, b) => plainly(a.id, b.id))
    else rows.sort((a, b) => compare(last(a), last(b)) || plainly(a.id, b.id))
    const from = page.after === undefined ? 0 : rows.findIndex((row) => row.id === page.after!.id) + 1
    return rows.slice(from, from + page.limit)
  })

// --- openings ---

const forgetAll = (memory: StorageMemory.Memory) =>
  Effect.sync(() => {
    memory.tables.clear()
    memory.logs.clear()
    memory.batches.clear()
  })

/** The first opening gets the memory that the witness sees, every other one its own. */
const ownMemoryEach = (adapter: StorageAdapter.StorageAdapter["Service"]): StorageAdapter.StorageAdapter["Service"] => {
  let opened = 0
  return {
    ...adapter,
    open: (declared) =>
      Effect.suspend(() =>
        opened++ === 0
          ? adapter.open(declared)
          : Effect.flatMap(
              Effect.provide(StorageAdapter.StorageAdapter, StorageMemory.layerOf(StorageMemory.make())),
              (other) => other.open(declared)
            )
      )
  }
}
