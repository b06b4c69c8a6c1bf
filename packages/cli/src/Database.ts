/**
 * Where a register is, SQLite file or PostgreSQL database, with its keys: opened, made, or only looked at.
 *
 * The adapter of PostgreSQL is loaded when a URL asks for it and not before.
 *
 * @since 0.1.0
 */
import type { Crypto, KeyRing } from "@kis/core/privacy"
import { type StorageAdapter, StorageError } from "@kis/core/storage"
import { FileKeyRing, NodeCrypto } from "@kis/crypto-node"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { constants } from "node:fs"
import { access, open, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { CommandFailed } from "./Failure.ts"

// --- models ---

/**
 * A database alone: the path of a SQLite file, or the URL of a database on a PostgreSQL server.
 *
 * @category models
 * @since 0.1.0
 */
export type Address = { readonly path: string } | { readonly url: Redacted.Redacted }

/**
 * Where a register is. The keys of a file are at its path with `.keys` added unless told otherwise; those
 * of a server's database must be named.
 *
 * @category models
 * @since 0.1.0
 */
export type Place = Address & {
  readonly keys?: string
  /** The most megabytes that the file may have; a server limits its databases itself. */
  readonly maxMegabytes?: number
}

/**
 * The address that a text is: `sqlite:` and a path, or a URL of PostgreSQL.
 *
 * @category models
 * @since 0.1.0
 */
export const addressOf = (text: Redacted.Redacted): Option.Option<Address> => {
  const given = Redacted.value(text)
  if (/^sqlite:.+$/s.test(given)) return Option.some({ path: given.slice("sqlite:".length) })
  if (!/^postgres(?:ql)?:\/\//.test(given) || !URL.canParse(given)) return Option.none()
  return new URL(given).pathname.length > 1 ? Option.some({ url: text }) : Option.none()
}

/**
 * The place that flags name.
 *
 * @category models
 * @since 0.1.0
 */
export const placeOf = (address: Address, keys: Option.Option<string>): Place =>
  Option.match(keys, { onNone: () => address, onSome: (keys) => ({ ...address, keys }) })

/**
 * What to call a database in a sentence: never with a name or password that leads into it.
 *
 * @category models
 * @since 0.1.0
 */
export const nameOf = (address: Address): string => {
  if ("path" in address) return address.path
  const { host, pathname } = new URL(Redacted.value(address.url))
  return `PostgreSQL ${host}${pathname}`
}

/**
 * Where the keys of a place are.
 *
 * @category models
 * @since 0.1.0
 */
export const keyPath = (place: Place): Effect.Effect<string, CommandFailed> => {
  if (place.keys !== undefined) return Effect.succeed(place.keys)
  if ("path" in place) return Effect.succeed(`${place.path}.keys`)
  const sentence = "A register on PostgreSQL has its keys in a file of this machine: name it with --keys FILE."
  return Effect.fail(new CommandFailed({ exit: "Usage", sentence }))
}

/**
 * What a register needs of the machine that it is on.
 *
 * @category models
 * @since 0.1.0
 */
export type Ports = StorageAdapter.StorageAdapter | Crypto.Crypto | KeyRing.KeyRing

/**
 * @category models
 * @since 0.1.0
 */
export type Unopened = StorageError.StorageError | FileKeyRing.KeyRingError | CommandFailed

// --- reading ---

/**
 * What a database holds, or none when no register was made in it yet. Nothing is made or migrated.
 *
 * @category reading
 * @since 0.1.0
 */
export const look = (
  place: Place
): Effect.Effect<Option.Option<StorageAdapter.Contents>, StorageError.StorageError | CommandFailed> =>
  "path" in place
    ? Effect.flatMap(isThere(place.path), (there) => (there ? SqliteStorage.look(place) : Effect.succeedNone))
    : Effect.gen(function* () {
        if (place.maxMegabytes !== undefined) {
          const sentence = "A limit of megabytes is for SQLite files; a PostgreSQL server has limits of its own."
          return yield* new CommandFailed({ exit: "Usage", sentence })
        }
        const { look } = yield* postgres
        return yield* look({ url: yield* withPassword(place.url) })
      })

/**
 * The same, of a database that must hold a register.
 *
 * @category reading
 * @since 0.1.0
 */
export const lookExisting = Effect.fnUntraced(function* (
  place: Place
): Effect.fn.Return<StorageAdapter.Contents, StorageError.StorageError | CommandFailed> {
  const found = yield* look(place)
  if (Option.isSome(found)) return found.value
  return yield* cannotOpen(
    nameOf(place),
    "path" in place ? "there is no such file" : "there is no register in this database"
  )
})

// --- layers ---

/**
 * Opens a register, and makes it when there is none: database and keys. To an existing database no new
 * keys are made: they could not read it.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (place: Place): Layer.Layer<Ports, Unopened> =>
  Layer.unwrap(
    Effect.gen(function* () {
      const keys = yield* keyPath(place)
      const found = yield* look(place)
      return opened(place, Option.isSome(found) ? FileKeyRing.layerExisting(keys) : FileKeyRing.layer(keys))
    })
  )

/**
 * The same, of a register that must be there already.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerExisting = (place: Place): Layer.Layer<Ports, Unopened> =>
  Layer.unwrap(
    Effect.gen(function* () {
      const keys = yield* keyPath(place)
      yield* lookExisting(place)
      return opened(place, FileKeyRing.layerExisting(keys))
    })
  )

/**
 * Opens a register, and makes its database when there is none, for keys that must be there: those of an export.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerOfKeys = (place: Place): Layer.Layer<Ports, Unopened> =>
  Layer.unwrap(
    Effect.gen(function* () {
      const keys = yield* keyPath(place)
      yield* look(place)
      return opened(place, FileKeyRing.layerExisting(keys))
    })
  )

// --- private ---

const opened = (place: Place, ring: Layer.Layer<KeyRing.KeyRing, FileKeyRing.KeyRingError>) =>
  Layer.mergeAll("path" in place ? SqliteStorage.layer(sqlite(place)) : onServer(place.url), NodeCrypto.layer, ring)

const pagesOfMegabyte = 256

const sqlite = ({ maxMegabytes, path }: Place & { readonly path: string }): SqliteStorage.Options =>
  maxMegabytes === undefined ? { path } : { path, maxPages: maxMegabytes * pagesOfMegabyte }

const postgres = Effect.map(
  Effect.promise(() => import("@kis/storage-postgres")),
  (_) => _.PostgresStorage
)

const onServer = (url: Redacted.Redacted) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const { layer } = yield* postgres
      return layer({ url: yield* withPassword(url) })
    })
  )

/** The URL with the password of the environment, where it has none: other users of a machine see command lines. */
const withPassword = Effect.fnUntraced(function* (url: Redacted.Redacted) {
  const parsed = new URL(Redacted.value(url))
  const password = yield* Effect.orDie(Config.option(Config.Redacted("PGPASSWORD")))
  if (parsed.password !== "" || Option.isNone(password)) return url
  parsed.password = encodeURIComponent(Redacted.value(password.value))
  return Redacted.make(parsed.href)
})

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
