/**
 * The storage port of `@kis/core` on LevelDB: a sorted map that has no transactions, no condition on
 * a write and no second process, but writes many entries at once or none.
 */
import { StorageAdapter, type StorageError } from "@kis/core/storage"
import { ClassicLevel } from "classic-level"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { type Changes, changesOf } from "./Changes.ts"
import * as Failure from "./Failure.ts"
import * as Folder from "./Folder.ts"
import { type Before, concerned, judge } from "./Judging.ts"
import * as Places from "./Places.ts"
import * as Reading from "./Reading.ts"
import type * as Values from "./Values.ts"

type Level = ClassicLevel<string, Values.Value>

// --- models ---

export interface Options {
  /** The folder of the database. It is made when it is not there. */
  readonly path: string
}

/** What this store promises. LevelDB locks its folder, so there is one process. */
export const capabilities: StorageAdapter.Capabilities = { processes: "one", durability: "power", maxBatch: 20_000 }

// --- layers ---

export const layer = (options: Options): Layer.Layer<StorageAdapter.StorageAdapter> =>
  Layer.succeed(
    StorageAdapter.StorageAdapter,
    StorageAdapter.StorageAdapter.of({ capabilities, open: (declarations) => open(options, declarations) })
  )

// --- opening ---

const open = Effect.fnUntraced(function* (
  { path }: Options,
  declared: ReadonlyArray<StorageAdapter.Declaration>
): Effect.fn.Return<StorageAdapter.Store, StorageError.StorageError, Scope.Scope> {
  const attempt = <A>(act: () => Promise<A>) => Failure.attempt(path, act)
  const db = yield* Effect.acquireRelease(
    attempt(async () => {
      Folder.demandOurs(path)
      const level: Level = new ClassicLevel(path, { valueEncoding: "json" })
      await level.open()
      return level
    }),
    (level) => Effect.promise(() => level.close())
  )
  yield* attempt(() => Folder.fit(db, declared, path))

  const declarations = new Map(declared.map((declaration) => [declaration.name, declaration]))
  const lock = yield* Semaphore.make(1)

  /** From one snapshot: what a method answers is of one moment, however often it asks. */
  const read = <A>(act: (at: Reading.Moment) => Promise<A>) =>
    attempt(async () => {
      const snapshot = db.snapshot()
      try {
        return await act({ db, snapshot, declarations })
      } finally {
        await snapshot.close()
      }
    })

  const commit = async (batch: StorageAdapter.Batch, now: number): Promise<StorageAdapter.Outcome> => {
    const before = await readBefore(db, batch)
    if (before.has(Places.batchAt(batch.id))) return { _tag: "Committed" }
    const failures = judge(batch, before)
    if (failures.length > 0) return { _tag: "Refused", failures }
    const changes = changesOf(batch, before, declarations, now)
    await forgetOld(db, changes, now)
    await write(db, changes)
    return { _tag: "Committed" }
  }

  return {
    // whoever waits may be interrupted; whoever has begun keeps the lock until it is written
    commit: (batch) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        lock.withPermit(Effect.uninterruptible(attempt(() => commit(batch, now))))
      ),
    get: (aggregate, id) => read(async (at) => Option.fromUndefinedOr((await Reading.rows(at, aggregate, [id]))[0])),
    getMany: (aggregate, ids) => read((at) => Reading.rows(at, aggregate, [...new Set(ids)])),
    findBy: (aggregate, key) =>
      read(async (at) => Option.fromUndefinedOr((await Reading.rowsOf(at, aggregate, key, { limit: 1 }))[0])),
    findMany: (aggregate, keys) => read((at) => Reading.rowsOfEach(at, aggregate, keys, 1)),
    heads: (subjects) => read((at) => Reading.heads(at, subjects)),
    scan: (aggregate, range, page) => read((at) => Reading.scan(at, aggregate, range, page)),
    scanKey: (aggregate, key, page) => read((at) => Reading.rowsOf(at, aggregate, key, page)),
    scanKeys: (aggregate, keys, limit) => read((at) => Reading.rowsOfEach(at, aggregate, keys, limit)),
    countBy: (aggregate, where) => read((at) => Reading.count(at, aggregate, where)),
    readLog: (subject, page) => read((at) => Reading.log(at, subject, page)),
    scanHeads: (page) => read((at) => Reading.allHeads(at, page))
  }
})

// --- committing ---

const readBefore = async (db: Level, batch: StorageAdapter.Batch): Promise<Before> => {
  const places = concerned(batch)
  const values = await db.getMany([...places])
  return new Map(
    places.flatMap((place, i): ReadonlyArray<[string, Values.Value]> => {
      const value = values[i]
      return value === undefined ? [] : [[place, value]]
    })
  )
}

const write = (db: Level, changes: Changes): Promise<void> =>
  db.batch(
    [...changes].map(([key, value]) => (value === undefined ? { type: "del", key } : { type: "put", key, value })),
    { sync: true }
  )

const DAY = 24 * 60 * 60 * 1_000

/** A few more than a commit adds, so that the list stays short without a job that cleans it. */
const FORGOTTEN_AT_ONCE = 10

const forgetOld = async (db: Level, changes: Changes, now: number): Promise<void> => {
  const old = db.iterator({
    gte: Places.committedAt(0, ""),
    lt: Places.committedAt(now - DAY, ""),
    limit: FORGOTTEN_AT_ONCE
  })
  for (const [place, id] of await old.all()) {
    changes.set(place, undefined)
    changes.set(Places.batchAt(id as string), undefined)
  }
}
