/**
 * A database file opened, and made when it is not there.
 *
 * A new file is made under another name and then linked to its own, whole: whoever is killed while
 * making it leaves nothing at the name, and of two who make it one finds the other's. An empty file
 * at the name is therefore not a beginning of ours, and is refused rather than written over.
 */
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from "node:fs"
import * as Path from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Failure from "./failure.ts"
import * as Schema from "./schema.ts"

// --- models ---

export interface Options {
  readonly path: string
  readonly place: string
  readonly cacheBytes: number
  readonly maxPages: number | undefined
  readonly patience: number
}

// --- constructors ---

/** The open database, closed with the scope. */
export const open = (options: Options): Effect.Effect<DatabaseSync, StorageError.StorageError, Scope.Scope> =>
  Effect.acquireRelease(
    attempt(options, () => {
      if (!existsSync(options.path)) createFile(options)
      demandFile(options)
      const db = new DatabaseSync(options.path, { timeout: 0 })
      try {
        prepare(db, options)
        return db
      } catch (error) {
        db.close()
        throw error
      }
    }),
    (db) => Effect.sync(() => db.close())
  )

/** What the file holds, read without a change to it; none when there is no file. */
export const look = (
  options: Options
): Effect.Effect<Option.Option<StorageAdapter.Contents>, StorageError.StorageError> =>
  attempt(options, () => {
    if (!existsSync(options.path)) return Option.none()
    demandFile(options)
    // a connection that may only read leaves its log and index files behind
    const db = new DatabaseSync(options.path, { timeout: 0 })
    try {
      const bytes = pragma(db, "page_count") * pragma(db, "page_size")
      return Option.some({ version: versionOf(db, options.place), bytes, aggregates: Schema.stored(db) })
    } finally {
      db.close()
    }
  })

/**
 * Runs what SQLite does at once: again when another process holds the lock, until patience ends;
 * its failures as reasons of the port.
 */
export const attempt = <A>(
  { patience, place }: Pick<Options, "patience" | "place">,
  act: () => A
): Effect.Effect<A, StorageError.StorageError> =>
  Effect.callback((resume) => {
    const began = performance.now()
    let timer: NodeJS.Timeout | undefined
    const run = () => {
      try {
        resume(Effect.succeed(act()))
      } catch (error) {
        if (Failure.isBusy(error) && performance.now() - began < patience) {
          timer = setTimeout(run, 1 + Math.random() * RETRY_MILLIS)
          return
        }
        resume(failed(error, place))
      }
    }
    run()
    return Effect.sync(() => clearTimeout(timer))
  })

/** Runs `act` in a write transaction. */
export const writing = <A>(db: DatabaseSync, act: () => A): A => {
  db.exec("begin immediate")
  try {
    const result = act()
    db.exec("commit")
    return result
  } catch (error) {
    if (db.isTransaction) db.exec("rollback")
    throw error
  }
}

// --- private ---

const RETRY_MILLIS = 6
const PAGE_SIZE = 4_096

// Key tables are written all over: the longer the log, the more often one page in it is written for many.
const CHECKPOINT_PAGES = 16_000

const failed = (error: unknown, place: string) => {
  if (error instanceof StorageError.StorageError) return Effect.fail(error)
  const reason = Failure.reasonOf(error, place)
  return reason === undefined ? Effect.die(error) : Effect.fail(StorageError.of(reason))
}

const createFile = ({ path }: Options): void => {
  const folder = Path.dirname(path)
  const making = Path.join(folder, `.${Path.basename(path)}.new-${process.pid}`)
  rmSync(making, { force: true })
  try {
    // as the file system sees it first: SQLite would only say that it cannot open
    closeSync(openSync(making, "wx", 0o600))
    const db = new DatabaseSync(making)
    try {
      db.exec(`pragma page_size = ${PAGE_SIZE}; pragma journal_mode = wal; pragma synchronous = full`)
      writing(db, () => Schema.create(db))
    } finally {
      db.close()
    }
    publish(making, path)
    syncFolder(folder)
  } finally {
    for (const end of ["", "-wal", "-shm"]) rmSync(making + end, { force: true })
  }
}

const publish = (making: string, path: string): void => {
  try {
    linkSync(making, path)
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    if (code === "EEXIST") return
    // a file system without hard links
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error
    if (!existsSync(path)) renameSync(making, path)
  }
}

/** Makes the new name itself durable, where folders can be synced. */
const syncFolder = (folder: string): void => {
  if (process.platform === "win32") return
  const handle = openSync(folder, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const demandFile = ({ path, place }: Options): void => {
  const stat = statSync(path)
  if (stat.isDirectory()) {
    throw StorageError.of(new StorageError.CannotOpen({ place, detail: "it is a folder" }))
  }
  if (stat.size === 0) {
    throw StorageError.of(new StorageError.NotADatabase({ place, detail: "the file is empty" }))
  }
}

/** The first reading, which says whether this is a database of ours at all. */
const versionOf = (db: DatabaseSync, place: string): number => {
  const version = pragma(db, "user_version")
  if (pragma(db, "application_id") !== Schema.APPLICATION_ID) {
    throw StorageError.of(new StorageError.NotADatabase({ place, detail: "another program made it" }))
  }
  if (version > Schema.SCHEMA_VERSION) {
    throw StorageError.of(new StorageError.NewerSchema({ place, found: version, known: Schema.SCHEMA_VERSION }))
  }
  return version
}

const prepare = (db: DatabaseSync, { cacheBytes, maxPages, place }: Options): void => {
  const version = versionOf(db, place)
  // temporary tables and sorting stay in memory: no spill file with keys is left behind
  db.exec(`
    pragma synchronous = full;
    pragma fullfsync = on;
    pragma checkpoint_fullfsync = on;
    pragma temp_store = memory;
    pragma trusted_schema = off;
    pragma wal_autocheckpoint = ${CHECKPOINT_PAGES};
    pragma cache_size = -${Math.ceil(cacheBytes / 1024)};
  `)
  if (maxPages !== undefined) db.exec(`pragma max_page_count = ${maxPages}`)
  demandDurable(db, place)
  if (version < Schema.SCHEMA_VERSION) {
    writing(db, () => {
      // another process may have migrated it while this one waited
      const found = pragma(db, "user_version")
      if (found < Schema.SCHEMA_VERSION) Schema.migrate(db, found)
    })
  }
}

const demandDurable = (db: DatabaseSync, place: string): void => {
  const journal = db.prepare("pragma journal_mode").get()?.["journal_mode"]
  if (journal !== "wal") {
    throw StorageError.of(new StorageError.NotDurable({ place, detail: `journal_mode is ${String(journal)}` }))
  }
  const synchronous = pragma(db, "synchronous")
  if (synchronous < FULL_SYNCHRONOUS) {
    throw StorageError.of(new StorageError.NotDurable({ place, detail: `synchronous is ${synchronous}` }))
  }
}

const FULL_SYNCHRONOUS = 2

const pragma = (db: DatabaseSync, name: string): number =>
  Number(Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0])
