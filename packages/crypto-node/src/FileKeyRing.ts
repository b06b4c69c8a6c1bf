/**
 * The KeyRing port of `@kis/core` as one file that only its owner may read.
 *
 * Every secret in it is drawn on its own. Who has the file and the database has the people: keep
 * it on another medium, and keep a copy, because without it nobody can ever read the register
 * again.
 *
 * @since 0.1.0
 */
import { Crypto, KeyRing } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { randomBytes } from "node:crypto"
import { link, open, readFile, stat, unlink } from "node:fs/promises"

// --- errors ---

/**
 * The key file could not be used.
 *
 * `Unreadable`: it is there and cannot be read. `NotCreated`: it is not there and cannot be written.
 * `WrongFormat`: it is not a key file. `TooOpen`: others than its owner may read it.
 *
 * @category errors
 * @since 0.1.0
 */
export class KeyRingError extends Schema.TaggedError<KeyRingError>("@kis/crypto-node/KeyRingError")("KeyRingError", {
  reason: Schema.Literals(["Unreadable", "NotCreated", "WrongFormat", "TooOpen"]),
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
    }
  }
}

// --- layers ---

/**
 * Reads the key ring at `path`; when there is none, draws new secrets and writes them first. Two
 * processes that start together end with the same ring.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (path: string): Layer.Layer<KeyRing.KeyRing, KeyRingError> =>
  Layer.effect(KeyRing.KeyRing, Effect.map(load(path), KeyRing.make))

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
    read(path).pipe(
      Effect.flatMap((found) =>
        found === undefined
          ? Effect.fail(new KeyRingError({ reason: "Unreadable", path, code: "ENOENT" }))
          : Effect.succeed(KeyRing.make(found))
      )
    )
  )

// --- private ---

const OWNER_ONLY = 0o600
const OTHERS = 0o077

const Secret = Schema.Uint8ArrayFromBase64.check(
  Schema.makeFilter((bytes) => bytes.length === Crypto.KEY_LENGTH || "a secret has 32 bytes")
)

const KeyFile = Schema.fromJsonString(
  Schema.Struct({
    format: Schema.Literal("kis-key-ring"),
    version: Schema.Literal(1),
    current: KeyRing.KeyId,
    sealing: Schema.Array(Schema.Struct({ id: KeyRing.KeyId, key: Secret })),
    index: Secret,
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

// The schema's own error quotes the input, which here is the keys: it goes no further.
const parse = (path: string, text: string): Result.Result<KeyRing.Secrets, KeyRingError> =>
  Schema.decodeUnknownResult(KeyFile)(text).pipe(
    Result.map((file) => ({ ...file, sealing: new Map(file.sealing.map((_) => [_.id, _.key])) })),
    Result.mapError(() => new KeyRingError({ reason: "WrongFormat", path }))
  )

const newKeyFile = (): string => {
  const secret = () => new Uint8Array(randomBytes(Crypto.KEY_LENGTH))
  const first = KeyRing.KeyId.make(1)
  const file = Schema.encodeSync(KeyFile)({
    format: "kis-key-ring",
    version: 1,
    current: first,
    sealing: [{ id: first, key: secret() }],
    index: secret(),
    audit: secret(),
    pepper: secret()
  })
  return `${file}\n`
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
