/**
 * The keys of one register.
 *
 * A sealing key is named by a number that stands in the header of every body it sealed, so that
 * old bodies stay readable after the current key changed. The index root, the audit root and the
 * pepper are separate secrets: whoever holds one learns nothing about the others.
 *
 * @since 0.1.0
 */
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { KEY_LENGTH } from "./Crypto.ts"

// --- models ---

/**
 * Names a sealing key. Two bytes in the header of a sealed body, never used again for another
 * key.
 *
 * @category models
 * @since 0.1.0
 */
export const KeyId = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 65_535 })).pipe(Schema.brand("KeyId"))

/**
 * @category models
 * @since 0.1.0
 */
export type KeyId = typeof KeyId.Type

/**
 * The secrets of a key ring as a key store keeps them: 32 bytes each.
 *
 * @category models
 * @since 0.1.0
 */
export interface Secrets {
  /** The key that new bodies are sealed under; one of `sealing`. */
  readonly current: KeyId
  readonly sealing: ReadonlyMap<KeyId, Uint8Array>
  readonly index: Uint8Array
  /** The number of `index`: 1 unless it came with a rotation. */
  readonly indexId?: KeyId
  /** Other index roots: one that is to take its place, or that it took the place of. */
  readonly otherIndexes?: ReadonlyMap<KeyId, Uint8Array>
  readonly audit: Uint8Array
  readonly pepper: Uint8Array
}

// --- port ---

/**
 * The port. Its arrays are shared, never copied: they must not be written to.
 *
 * @category services
 * @since 0.1.0
 */
export class KeyRing extends Context.Service<
  KeyRing,
  {
    /** The key that new bodies are sealed under. It may become another one while the ring is in use. */
    readonly current: KeyId
    /** The root of the sealing keys named so, or none when the ring lacks it. */
    readonly sealing: (id: KeyId) => Option.Option<Uint8Array>
    /** The root of the blind indexes: each index derives a key of its own. */
    readonly index: Uint8Array
    /** The number of `index`: what a register that has no blind key yet begins with. */
    readonly indexId: KeyId
    /** The index root named so, or none when the ring lacks it. */
    readonly indexRoot: (id: KeyId) => Option.Option<Uint8Array>
    /** The root of the audit chains. */
    readonly audit: Uint8Array
    /** The pepper of one-time codes. */
    readonly pepper: Uint8Array
  }
>()("@kis/core/privacy/KeyRing") {}

// --- constructors ---

/**
 * A key ring of given secrets. A secret of the wrong length, or a current key that is not among
 * them, is a defect: a key store checks both when it reads.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (secrets: Secrets): KeyRing["Service"] => {
  const indexId = secrets.indexId ?? FIRST
  const indexes = new Map(secrets.otherIndexes).set(indexId, secrets.index)
  for (const secret of [...indexes.values(), secrets.audit, secrets.pepper, ...secrets.sealing.values()]) {
    if (secret.length !== KEY_LENGTH) throw new RangeError(`A key has ${KEY_LENGTH} bytes, this one ${secret.length}`)
  }
  if (!secrets.sealing.has(secrets.current)) {
    throw new RangeError(`The current key ${secrets.current} is not in the ring`)
  }
  return KeyRing.of({
    current: secrets.current,
    sealing: (id) => Option.fromUndefinedOr(secrets.sealing.get(id)),
    index: secrets.index,
    indexId,
    indexRoot: (id) => Option.fromUndefinedOr(indexes.get(id)),
    audit: secrets.audit,
    pepper: secrets.pepper
  })
}

// --- layers ---

/**
 * A key ring whose secrets all follow from one root: for tests, and for programs that get one
 * secret from elsewhere. `keys` is how many sealing keys it has; the last is the current one, so
 * a larger number is what a rotation looks like.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (root: Uint8Array, options?: { readonly keys?: number }): Layer.Layer<KeyRing> =>
  Layer.sync(KeyRing, () => {
    const secret = (name: string) => hkdf(sha256, root, undefined, new TextEncoder().encode(name), KEY_LENGTH)
    const ids = Array.from({ length: options?.keys ?? 1 }, (_, i) => KeyId.make(i + 1))
    return make({
      current: ids.at(-1)!,
      sealing: new Map(ids.map((id) => [id, secret(`@kis/core sealing ${id}`)])),
      index: secret("@kis/core index"),
      audit: secret("@kis/core audit"),
      pepper: secret("@kis/core pepper")
    })
  })

// --- private ---

const FIRST = KeyId.make(1)
