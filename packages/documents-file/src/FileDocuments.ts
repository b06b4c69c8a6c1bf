/**
 * A document store that is a folder.
 *
 * A document is written under a name of its own, forced to the disk, and linked to its place: a step
 * that the file system does whole, and refuses where the place is held. Then the folder is forced to
 * the disk too. A crash leaves a document that is whole or none; what is half-written has another
 * name, and is removed when the folder is opened an hour later.
 *
 * @since 0.1.0
 */
import { DocumentStore } from "@kis/core/registry"
import { type Id, Storage } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { randomUUID } from "node:crypto"
import { link, mkdir, open, readdir, readFile, stat, unlink } from "node:fs/promises"
import { join } from "node:path"

// --- models ---

/**
 * `folder` is made where it is not there; the folder above it must be.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly folder: string
}

// --- layers ---

/**
 * Fails with `Misconfigured` where the folder cannot be made, or where others than its owner may enter it.
 *
 * @example
 * FileDocuments.layer({ folder: "/var/lib/kis/documents" })
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options): Layer.Layer<DocumentStore.DocumentStore, DocumentStore.DocumentStoreError> =>
  Layer.effect(
    DocumentStore.DocumentStore,
    Effect.gen(function* () {
      const { folder } = options
      const now = yield* Clock.currentTimeMillis
      yield* attempt(() => prepare(folder, now))

      const asking = <A>(run: () => Promise<A>) =>
        Effect.andThen(Storage.refuseInTransaction("DocumentStore"), attempt(run))

      return DocumentStore.DocumentStore.of({
        // what has begun is ended, also when nobody waits for it any more
        put: Effect.fn("FileDocuments.put")((id, sealed) => {
          const own = sealed.slice()
          return Effect.uninterruptible(asking(() => put(folder, id, own)))
        }),
        get: Effect.fn("FileDocuments.get")((id) =>
          asking(async () =>
            Option.fromUndefinedOr(await ifThere(() => readFile(pathOf(folder, id)))).pipe(Option.map(bytesOf))
          )
        ),
        remove: Effect.fn("FileDocuments.remove")((id) =>
          Effect.uninterruptible(
            asking(async () => {
              if ((await ifThere(() => unlink(pathOf(folder, id)).then(() => true))) === true) {
                await force(shelfOf(folder, id))
              }
            })
          )
        )
      })
    })
  )

// --- private: places ---

const OWNER_ONLY = 0o700
const HALF = ".half"
const HOUR = 3_600_000

/** Each document in one of 256 folders: a folder with a million names is slow on many file systems. */
const shelfOf = (folder: string, id: Id.Id): string => join(folder, id.slice(-2))

const pathOf = (folder: string, id: Id.Id): string => join(shelfOf(folder, id), id)

const prepare = async (folder: string, now: number) => {
  await mkdir(folder, { mode: OWNER_ONLY }).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") throw error
  })
  const { mode } = await stat(folder)
  if ((mode & 0o077) !== 0) throw new Refused("Misconfigured")
  for (const shelf of await readdir(folder)) {
    for (const name of await readdir(join(folder, shelf))) {
      const path = join(folder, shelf, name)
      // another process may be writing it now
      if (name.endsWith(HALF) && now - (await stat(path)).mtimeMs > HOUR) await ifThere(() => unlink(path))
    }
  }
}

// --- private: writing ---

const put = async (folder: string, id: Id.Id, sealed: Uint8Array) => {
  const shelf = shelfOf(folder, id)
  if ((await mkdir(shelf, { mode: OWNER_ONLY, recursive: true })) !== undefined) await force(folder)
  const half = join(shelf, `${id}.${randomUUID()}${HALF}`)
  try {
    const file = await open(half, "wx", 0o600)
    try {
      await file.writeFile(sealed)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(half, pathOf(folder, id)).catch(async (error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error
      const held = await readFile(pathOf(folder, id))
      if (Buffer.compare(held, sealed) !== 0) throw new Refused("Taken")
    })
  } finally {
    await ifThere(() => unlink(half))
  }
  await force(shelf)
}

/** A name is on the disk only when its folder is. */
const force = async (folder: string) => {
  const opened = await open(folder, "r")
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

const ifThere = async <A>(run: () => Promise<A>): Promise<A | undefined> =>
  run().catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined
    throw error
  })

// a view of Node's buffer would carry its pool along
const bytesOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer)

// --- private: errors ---

class Refused extends Error {
  readonly reason: DocumentStore.DocumentStoreError["reason"]
  constructor(reason: DocumentStore.DocumentStoreError["reason"]) {
    super(reason)
    this.reason = reason
  }
}

const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, DocumentStore.DocumentStoreError> =>
  Effect.tryPromise({ try: run, catch: (cause) => new DocumentStore.DocumentStoreError({ reason: reasonOf(cause) }) })

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : ""

const reasonOf = (cause: unknown): DocumentStore.DocumentStoreError["reason"] => {
  if (cause instanceof Refused) return cause.reason
  switch (codeOf(cause)) {
    case "ENOSPC":
    case "EDQUOT":
      return "Full"
    case "ENOENT":
    case "ENOTDIR":
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "Misconfigured"
    default:
      return "Unavailable"
  }
}
