/**
 * Batches that wait together share one transaction, a savepoint each, and one fsync.
 *
 * The lock is asked for without waiting, and again a little later when another process holds it:
 * SQLite's own waiting would stop the event loop.
 */
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import type { DatabaseSync } from "node:sqlite"
import * as Failure from "./failure.ts"
import type { Writer } from "./writing.ts"

// --- models ---

export interface GroupCommit {
  readonly commit: (
    batch: StorageAdapter.Batch,
    now: number
  ) => Effect.Effect<StorageAdapter.Outcome, StorageError.StorageError>
  /** Answers everybody who still waits that the store is closed. */
  readonly close: () => void
}

interface Waiting {
  readonly batch: StorageAdapter.Batch
  readonly now: number
  readonly resume: (answer: Effect.Effect<StorageAdapter.Outcome, StorageError.StorageError>) => void
}

// --- constructors ---

export const make = (
  db: DatabaseSync,
  writer: Writer,
  options: { readonly place: string; readonly patience: number }
): GroupCommit => {
  const { patience, place } = options
  const begin = db.prepare("begin immediate")
  const savepoint = db.prepare("savepoint batch")
  const release = db.prepare("release batch")
  const undo = db.prepare("rollback to batch")
  const commit = db.prepare("commit")
  let queue: Array<Waiting> = []
  let scheduled = false
  let closed = false
  let refusedSince: number | undefined

  const schedule = () => {
    if (scheduled || queue.length === 0) return
    scheduled = true
    // in the next turn of the event loop, so that whoever is ready to commit joins
    setImmediate(drain)
  }

  const retryLater = (error: unknown) => {
    const now = performance.now()
    refusedSince ??= now
    if (now - refusedSince > patience) {
      const group = queue
      queue = []
      scheduled = false
      refusedSince = undefined
      answerAll(group, error)
      return
    }
    setTimeout(drain, 1 + Math.random() * RETRY_MILLIS)
  }

  const answerAll = (group: ReadonlyArray<Waiting>, error: unknown) => {
    const reason = Failure.reasonOf(error, place)
    const answer = reason === undefined ? Effect.die(error) : Effect.fail(StorageError.of(reason))
    for (const { resume } of group) resume(answer)
  }

  const drain = () => {
    if (closed) return
    try {
      begin.run()
    } catch (error) {
      if (Failure.isBusy(error)) return retryLater(error)
      const group = queue
      queue = []
      scheduled = false
      return answerAll(group, error)
    }
    refusedSince = undefined
    const group = takeGroup()
    const outcomes: Array<StorageAdapter.Outcome> = []
    try {
      for (const { batch, now } of group) {
        savepoint.run()
        const failures = writer.write(batch, now)
        if (failures.length > 0) undo.run()
        release.run()
        outcomes.push(failures.length > 0 ? { _tag: "Refused", failures } : { _tag: "Committed" })
      }
      commit.run()
    } catch (error) {
      // a full disk may have rolled back already
      if (db.isTransaction) db.exec("rollback")
      answerAll(group, error)
      scheduled = false
      return schedule()
    }
    for (const [i, { resume }] of group.entries()) resume(Effect.succeed(outcomes[i]!))
    scheduled = false
    schedule()
  }

  /** As many as make one transaction of bearable length: the event loop stands still meanwhile. */
  const takeGroup = (): ReadonlyArray<Waiting> => {
    let items = 0
    let count = 0
    while (count < queue.length && (count === 0 || items + queue[count]!.batch.items.length <= GROUP_ITEMS)) {
      items += queue[count]!.batch.items.length
      count++
    }
    const group = queue.slice(0, count)
    queue = queue.slice(count)
    return group
  }

  return {
    commit: (batch, now) =>
      Effect.callback((resume) => {
        if (closed) return resume(Effect.fail(isClosed(place)))
        const waiting: Waiting = { batch, now, resume }
        queue.push(waiting)
        schedule()
        return Effect.sync(() => {
          queue = queue.filter((_) => _ !== waiting)
        })
      }),
    close: () => {
      closed = true
      for (const { resume } of queue) resume(Effect.fail(isClosed(place)))
      queue = []
    }
  }
}

// --- failures ---

export const isClosed = (place: string): StorageError.StorageError =>
  StorageError.of(new StorageError.Unavailable({ place, detail: "it was closed" }))

// --- private ---

const GROUP_ITEMS = 5_000
const RETRY_MILLIS = 6
