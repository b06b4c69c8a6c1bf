/**
 * The file of a register: SQLite, with the keys beside it.
 *
 * @since 0.1.0
 */
import type { Crypto, KeyRing } from "@kis/core/privacy"
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import { FileKeyRing, NodeCrypto } from "@kis/crypto-node"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { constants } from "node:fs"
import { access, open, stat } from "node:fs/promises"
import { dirname } from "node:path"

// --- models ---

/**
 * Where a register is. Keys are at `path` with `.keys` added unless told otherwise.
 *
 * @category models
 * @since 0.1.0
 */
export interface Place {
  readonly path: string
  readonly keys?: string
  /** The most megabytes that the file may have. */
  readonly maxMegabytes?: number
}

/**
 * The place that flags name.
 *
 * @category models
 * @since 0.1.0
 */
export const placeOf = (path: string, keys: Option.Option<string>): Place =>
  Option.match(keys, { onNone: () => ({ path }), onSome: (keys) => ({ path, keys }) })

/**
 * Where the keys of a place are.
 *
 * @category models
 * @since 0.1.0
 */
export const keyPath = ({ keys, path }: Place): string => keys ?? `${path}.keys`

/**
 * What a register needs of the machine that it is on.
 *
 * @category models
 * @since 0.1.0
 */
export type Ports = StorageAdapter.StorageAdapter | Crypto.Crypto | KeyRing.KeyRing

// --- layers ---

/**
 * Opens a register, and makes it when there is none: database and keys. To an existing database no new
 * keys are made: they could not read it.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (place: Place): Layer.Layer<Ports, StorageError.StorageError | FileKeyRing.KeyRingError> =>
  Layer.unwrap(
    Effect.map(isThere(place.path), (there) =>
      there
        ? opened(place, FileKeyRing.layerExisting(keyPath(place)))
        : opened(place, FileKeyRing.layer(keyPath(place)))
    )
  )

/**
 * The same, of a register that must be there already.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerExisting = (place: Place): Layer.Layer<Ports, StorageError.StorageError | FileKeyRing.KeyRingError> =>
  Layer.unwrap(
    Effect.flatMap(isThere(place.path), (there) =>
      there
        ? Effect.succeed(opened(place, FileKeyRing.layerExisting(keyPath(place))))
        : Effect.fail(cannotOpen(place.path, "there is no such file"))
    )
  )

// --- private ---

const opened = (place: Place, ring: Layer.Layer<KeyRing.KeyRing, FileKeyRing.KeyRingError>) =>
  Layer.mergeAll(SqliteStorage.layer(sqlite(place)), NodeCrypto.layer, ring)

const pagesOfMegabyte = 256

const sqlite = ({ maxMegabytes, path }: Place): SqliteStorage.Options =>
  maxMegabytes === undefined ? { path } : { path, maxPages: maxMegabytes * pagesOfMegabyte }

/** Whether there is a database; when not, whether one can be made. Asked before keys are made for it. */
const isThere = Effect.fnUntraced(function* (path: string) {
  const found = yield* Effect.promise(() => stat(path).catch(() => undefined))
  if (found?.isDirectory()) return yield* cannotOpen(path, "it is a folder")
  if (found?.size === 0) return yield* notADatabase(path, "it is empty, 0 bytes")
  if (found !== undefined) {
    const head = yield* Effect.promise(() => readHead(path))
    // A file that may not be read is the adapter's to complain about.
    if (head !== undefined && head !== magic) return yield* notADatabase(path, "it is no SQLite file")
    return true
  }
  const folder = dirname(path)
  const denied = yield* Effect.promise(() =>
    access(folder, constants.W_OK | constants.X_OK).then(() => undefined, codeOf)
  )
  if (denied === "ENOENT" || denied === "ENOTDIR") return yield* cannotOpen(path, "its folder does not exist")
  if (denied !== undefined) return yield* StorageError.of(new StorageError.ReadOnly({ place: path }))
  return false
})

/** What every SQLite file starts with. */
const magic = "SQLite format 3\0"

const readHead = async (path: string): Promise<string | undefined> => {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(magic.length), 0, magic.length, 0)
      return new TextDecoder("latin1").decode(buffer.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

const notADatabase = (place: string, detail: string) =>
  StorageError.of(new StorageError.NotADatabase({ place, detail }))

const cannotOpen = (place: string, detail: string) => StorageError.of(new StorageError.CannotOpen({ place, detail }))

const codeOf = (cause: unknown) =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "unknown"
