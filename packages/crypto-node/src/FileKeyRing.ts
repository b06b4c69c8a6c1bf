/**
 * The KeyRing port of `@kis/core` as one file that only its owner may read.
 *
 * Every secret in it is drawn on its own. Who has the file and the database has the people: keep
 * it on another medium, and keep a copy, because without it nobody can ever read the register
 * again.
 *
 * Sealing keys are exchanged while programs run: `addSealing` writes a new key into the file, and every
 * ring that was read from it takes the new key up within five seconds, and at once when it meets a body
 * that is sealed under it. Old keys stay in the file until `forgetSealing`.
 *
 * @since 0.1.0
 */
import { Crypto, KeyRing } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { randomBytes } from "node:crypto"
import { readFileSync, statSync } from "node:fs"
import { link, open, readFile, rename, stat, unlink } from "node:fs/promises"
import { dirname } from "node:path"

// --- errors ---

/**
 * The key file could not be used.
 *
 * `Unreadable`: it is there and cannot be read. `NotCreated`: it is not there and cannot be written.
 * `WrongFormat`: it is not a key file. `TooOpen`: others than its owner may read it. `NotWritten`: it is
 * there and cannot be replaced. `Busy`: another change of it is under way, or was killed.
 *
 * @category errors
 * @since 0.1.0
 */
export class KeyRingError extends Schema.TaggedError<KeyRingError>("@kis/crypto-node/KeyRingError")("KeyRingError", {
  reason: Schema.Literals(["Unreadable", "NotCreated", "WrongFormat", "TooOpen", "NotWritten", "Busy"]),
  path: Schema.String,
  code: Schema.optionalKey(Schema.String)
}) {
  override get message() {
    const code = this.code === undefined ? "" : ` (${this.code})`
    switch (this.reason) {
      case "Unreadable":
        return `The key file ${this.path} cannot be read${code}. Check that it is a file and that this user owns it.`
      case "NotCreated":
        return `The key file ${this.path} cannot be created${code}. Create its folder, or choose one that this user may write to.`
      case "WrongFormat":
        return `The file ${this.path} is not a key file of this program. Restore it from your copy: the register cannot be read without it.`
      case "TooOpen":
        return `The key file ${this.path} may be read by others. Run: chmod 600 ${this.path}`
      case "NotWritten":
        return `The key file ${this.path} cannot be replaced${code}. It is as it was: let this user write to its folder, and run the same again.`
      case "Busy":
        return `The key file ${this.path} is being changed by another program. If none runs, remove ${this.path}.next and run the same again.`
    }
  }
}

// --- models ---

/**
 * What a file says of its sealing keys, without the keys.
 *
 * @category models
 * @since 0.1.0
 */
export interface SealingKeys {
  /** The key that new bodies are sealed under. */
  readonly current: KeyRing.KeyId
  /** Older keys, and since when nothing is sealed under them, in milliseconds since 1970; absent while something may be. */
  readonly older: ReadonlyArray<{ readonly id: KeyRing.KeyId; readonly unusedSince?: number }>
}

// --- keys ---

/**
 * The sealing keys of a file.
 *
 * @category keys
 * @since 0.1.0
 */
export const sealingKeys = (path: string): Effect.Effect<SealingKeys, KeyRingError> =>
  Effect.map(readExisting(path), keysOf)

/**
 * Draws a new sealing key and makes it the current one. The file is replaced whole or stays as it was.
 *
 * @category keys
 * @since 0.1.0
 */
export const addSealing = (path: string): Effect.Effect<SealingKeys, KeyRingError> =>
  Effect.map(
    change(path, (file) => {
      const id = KeyRing.KeyId.make(Math.max(...file.sealing.map((_) => _.id)) + 1)
      return { ...file, current: id, sealing: [...file.sealing, { id, key: newSecret() }] }
    }),
    keysOf
  )

/**
 * Notes that nothing is sealed under the older keys, as found at `at` milliseconds since 1970.
 *
 * @category keys
 * @since 0.1.0
 */
export const markUnused = (
  path: string,
  ids: ReadonlyArray<KeyRing.KeyId>,
  at: number
): Effect.Effect<SealingKeys, KeyRingError> =>
  Effect.map(
    change(path, (file) => ({
      ...file,
      sealing: file.sealing.map((key) =>
        key.id !== file.current && key.unusedSince === undefined && ids.includes(key.id)
          ? { ...key, unusedSince: at }
          : key
      )
    })),
    keysOf
  )

/**
 * Takes older keys out of the file, for good. Whatever is sealed under them, a back-up too, cannot be read
 * any more. The current key stays.
 *
 * @category keys
 * @since 0.1.0
 */
export const forgetSealing = (
  path: string,
  ids: ReadonlyArray<KeyRing.KeyId>
): Effect.Effect<SealingKeys, KeyRingError> =>
  Effect.map(
    change(path, (file) => ({
      ...file,
      sealing: file.sealing.filter((key) => key.id === file.current || !ids.includes(key.id))
    })),
    keysOf
  )

/**
 * The index roots of a file: the one that a register begins with, and others.
 *
 * @category models
 * @since 0.1.0
 */
export interface IndexRoots {
  readonly current: KeyRing.KeyId
  readonly others: ReadonlyArray<KeyRing.KeyId>
}

/**
 * @category keys
 * @since 0.1.0
 */
export const indexRoots = (path: string): Effect.Effect<IndexRoots, KeyRingError> =>
  Effect.map(readExisting(path), rootsOf)

/**
 * Draws another index root beside the current one, for `Upkeep.rotateIndex`; the last of `others`.
 *
 * @category keys
 * @since 0.1.0
 */
export const addIndex = (path: string): Effect.Effect<IndexRoots, KeyRingError> =>
  Effect.map(
    change(path, (file) => {
      const { otherIndexes = [] } = file
      const id = KeyRing.KeyId.make(Math.max(indexIdOf(file), ...otherIndexes.map((_) => _.id)) + 1)
      return { ...file, otherIndexes: [...otherIndexes, { id, key: newSecret() }] }
    }),
    rootsOf
  )

/**
 * Makes an index root the current one, for when `Upkeep.rotateIndex` is done. The one before it stays: a
 * back-up from before is searched by it.
 *
 * @category keys
 * @since 0.1.0
 */
export const adoptIndex = (path: string, id: KeyRing.KeyId): Effect.Effect<IndexRoots, KeyRingError> =>
  Effect.map(
    change(path, (file) => {
      const { otherIndexes = [] } = file
      const adopted = otherIndexes.find((_) => _.id === id)
      if (adopted === undefined) return file
      const before = { id: indexIdOf(file), key: file.index }
      return {
        ...file,
        index: adopted.key,
        indexId: id,
        otherIndexes: [...otherIndexes.filter((_) => _.id !== id), before]
      }
    }),
    rootsOf
  )

/**
 * Takes index roots out of the file, for good: back-ups that are searched by them cannot be opened any
 * more. The current one stays.
 *
 * @category keys
 * @since 0.1.0
 */
export const forgetIndexes = (
  path: string,
  ids: ReadonlyArray<KeyRing.KeyId>
): Effect.Effect<IndexRoots, KeyRingError> =>
  Effect.map(
    change(path, ({ otherIndexes = [], ...file }) => ({
      ...file,
      otherIndexes: otherIndexes.filter((_) => !ids.includes(_.id))
    })),
    rootsOf
  )

// --- layers ---

/**
 * Reads the key ring at `path`; when there is none, draws new secrets and writes them first. Two
 * processes that start together end with the same ring.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (path: string): Layer.Layer<KeyRing.KeyRing, KeyRingError> =>
  Layer.effect(
    KeyRing.KeyRing,
    Effect.map(load(path), (found) => following(path, found))
  )

/**
 * The same from a file that must be there already. For a program that opens an existing register: a
 * new ring could not read it, and a mistyped path should say so.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerExisting = (path: string): Layer.Layer<KeyRing.KeyRing, KeyRingError> =>
  Layer.effect(
    KeyRing.KeyRing,
    Effect.map(readExisting(path), (found) => following(path, found))
  )

// --- private ---

const OWNER_ONLY = 0o600
const OTHERS = 0o077

const Secret = Schema.Uint8ArrayFromBase64.check(
  Schema.makeFilter((bytes) => bytes.length === Crypto.KEY_LENGTH || "a secret has 32 bytes")
)

type KeyFile = typeof KeyFile.Type

const KeyFile = Schema.fromJsonString(
  Schema.Struct({
    format: Schema.Literal("kis-key-ring"),
    version: Schema.Literal(1),
    current: KeyRing.KeyId,
    sealing: Schema.Array(
      Schema.Struct({ id: KeyRing.KeyId, key: Secret, unusedSince: Schema.optionalKey(Schema.Int) })
    ),
    index: Secret,
    indexId: Schema.optionalKey(KeyRing.KeyId),
    otherIndexes: Schema.optionalKey(Schema.Array(Schema.Struct({ id: KeyRing.KeyId, key: Secret }))),
    audit: Secret,
    pepper: Secret
  }).check(
    Schema.makeFilter((file) => file.sealing.some((_) => _.id === file.current) || "the current key is missing"),
    Schema.makeFilter((file) => new Set(file.sealing.map((_) => _.id)).size === file.sealing.length || "a key id twice")
  )
)

const load = Effect.fn("FileKeyRing.load")(function* (path: string) {
  const found = yield* read(path)
  if (found !== undefined) return found
  yield* create(path)
  const created = yield* read(path)
  return created ?? (yield* new KeyRingError({ reason: "NotCreated", path }))
})

/** The secrets, or `undefined` when there is no such file. */
const read = Effect.fn("FileKeyRing.read")(function* (path: string) {
  const failed = (cause: unknown) => new KeyRingError({ reason: "Unreadable", path, ...codeOf(cause) })
  const info = yield* Effect.tryPromise({ try: () => stat(path), catch: failed }).pipe(
    Effect.catch((error) => (error.code === "ENOENT" ? Effect.undefined : Effect.fail(error)))
  )
  if (info === undefined) return undefined
  if (process.platform !== "win32" && info.isFile() && (info.mode & OTHERS) !== 0) {
    return yield* new KeyRingError({ reason: "TooOpen", path })
  }
  const text = yield* Effect.tryPromise({ try: () => readFile(path, "utf8"), catch: failed })
  return yield* Effect.fromResult(parse(path, text))
})

const readExisting = (path: string): Effect.Effect<KeyFile, KeyRingError> =>
  Effect.flatMap(read(path), (found) =>
    found === undefined
      ? Effect.fail(new KeyRingError({ reason: "Unreadable", path, code: "ENOENT" }))
      : Effect.succeed(found)
  )

// The schema's own error quotes the input, which here is the keys: it goes no further.
const parse = (path: string, text: string): Result.Result<KeyFile, KeyRingError> =>
  Result.mapError(Schema.decodeUnknownResult(KeyFile)(text), () => new KeyRingError({ reason: "WrongFormat", path }))

const secretsOf = ({ otherIndexes = [], ...file }: KeyFile): KeyRing.Secrets => ({
  ...file,
  sealing: new Map(file.sealing.map((_) => [_.id, _.key])),
  otherIndexes: new Map(otherIndexes.map((_) => [_.id, _.key]))
})

const rootsOf = (file: KeyFile): IndexRoots => ({
  current: indexIdOf(file),
  others: (file.otherIndexes ?? []).map((_) => _.id)
})

const keysOf = ({ current, sealing }: KeyFile): SealingKeys => ({
  current,
  older: sealing
    .filter((_) => _.id !== current)
    .map(({ id, unusedSince }) => ({ id, ...(unusedSince === undefined ? {} : { unusedSince }) }))
})

const newSecret = () => new Uint8Array(randomBytes(Crypto.KEY_LENGTH))

const newKeyFile = (): string => {
  const first = KeyRing.KeyId.make(1)
  return textOf({
    format: "kis-key-ring",
    version: 1,
    current: first,
    sealing: [{ id: first, key: newSecret() }],
    index: newSecret(),
    audit: newSecret(),
    pepper: newSecret()
  })
}

const textOf = (file: KeyFile): string => `${Schema.encodeSync(KeyFile)(file)}\n`

// --- changing ---

/**
 * The ring of a file that may be given another sealing key or index root. Audit root and pepper are those it
 * was read with: others there would be another register.
 */
const following = (path: string, found: KeyFile): KeyRing.KeyRing["Service"] => {
  let known = new Map(secretsOf(found).sealing)
  let ring = KeyRing.make(secretsOf(found))
  let stamp: string | undefined
  let lookedAt = performance.now()

  const look = () => {
    lookedAt = performance.now()
    const now = stampOf(path)
    if (now === undefined || now === stamp) return
    const read = readNow(path)
    // a file that cannot be used, or of another register, is left to the next start to complain about
    const isOurs = read !== undefined && isSame(read.pepper, found.pepper) && isSame(read.audit, found.audit)
    if (!isOurs) return
    stamp = now
    // what was once read stays readable: a body may be on its way that is sealed under a forgotten key
    known = new Map([...known, ...secretsOf(read).sealing])
    ring = KeyRing.make({ ...secretsOf(read), sealing: known })
  }
  return KeyRing.KeyRing.of({
    get current() {
      if (performance.now() - lookedAt > LOOK_EVERY) look()
      return ring.current
    },
    sealing: (id) => {
      const key = ring.sealing(id)
      if (Option.isSome(key)) return key
      look()
      return ring.sealing(id)
    },
    index: ring.index,
    indexId: ring.indexId,
    indexRoot: (id) => {
      const root = ring.indexRoot(id)
      if (Option.isSome(root)) return root
      look()
      return ring.indexRoot(id)
    },
    audit: ring.audit,
    pepper: ring.pepper
  })
}

const LOOK_EVERY = 5_000
const isSame = Crypto.sameBytes

const stampOf = (path: string): string | undefined => {
  const info = statSync(path, { bigint: true, throwIfNoEntry: false })
  return info === undefined ? undefined : `${info.ino} ${info.mtimeNs}`
}

const readNow = (path: string): KeyFile | undefined => {
  try {
    return Result.getOrUndefined(parse(path, readFileSync(path, "utf8")))
  } catch {
    return undefined
  }
}

/** Replaces the file by what `edit` makes of it, whole. The file beside it is the lock. */
const change = Effect.fn("FileKeyRing.change")(function* (
  path: string,
  edit: (file: KeyFile) => KeyFile
): Effect.fn.Return<KeyFile, KeyRingError> {
  const beside = `${path}.next`
  const handle = yield* Effect.tryPromise({
    try: () => open(beside, "wx", OWNER_ONLY),
    catch: (cause) => {
      const { code } = codeOf(cause)
      return new KeyRingError({ reason: code === "EEXIST" ? "Busy" : "NotWritten", path, ...codeOf(cause) })
    }
  })
  return yield* Effect.gen(function* () {
    const file = edit(yield* readExisting(path))
    yield* Effect.tryPromise({
      try: async () => {
        await handle.writeFile(textOf(file), "utf8")
        await handle.sync()
        await handle.close()
        await rename(beside, path)
        await syncFolder(dirname(path))
      },
      catch: (cause) => new KeyRingError({ reason: "NotWritten", path, ...codeOf(cause) })
    })
    return file
  }).pipe(
    Effect.onError(() =>
      Effect.promise(async () => {
        await handle.close().catch(() => undefined)
        await unlink(beside).catch(() => undefined)
      })
    ),
    Effect.uninterruptible
  )
})

/** The number of the file's index root. */
const indexIdOf = (file: KeyFile): KeyRing.KeyId => file.indexId ?? KeyRing.KeyId.make(1)

/** Makes the new name itself durable, where folders can be synced. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

// Written beside and linked into place: a crash leaves no half file under the real name, and of two
// processes the second finds the first one's file there and uses it.
const create = (path: string): Effect.Effect<void, KeyRingError> =>
  Effect.tryPromise({
    try: async () => {
      const beside = `${path}.${process.pid}.${randomBytes(6).toString("hex")}.new`
      try {
        await writeDurably(beside, newKeyFile())
        await link(beside, path)
      } catch (cause) {
        if (codeOf(cause).code !== "EEXIST") throw cause
      } finally {
        await unlink(beside).catch(() => undefined)
      }
    },
    catch: (cause) => new KeyRingError({ reason: "NotCreated", path, ...codeOf(cause) })
  })

const writeDurably = async (path: string, text: string) => {
  const file = await open(path, "wx", OWNER_ONLY)
  try {
    await file.writeFile(text, "utf8")
    await file.sync()
  } finally {
    await file.close()
  }
}

const codeOf = (cause: unknown): { readonly code?: string } =>
  typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
    ? { code: cause.code }
    : {}
