/**
 * Between values and what a store sees of them: sealing, keys and log links in one direction,
 * opening and checking in the other.
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as BlindIndex from "../../privacy/BlindIndex.ts"
import { type Crypto, Tampered } from "../../privacy/Crypto.ts"
import type { KeyId, KeyRing } from "../../privacy/KeyRing.ts"
import * as Sealing from "../../privacy/Sealing.ts"
import type * as Aggregate from "../Aggregate.ts"
import * as Chain from "../Chain.ts"
import type { Row } from "../StorageAdapter.ts"
import * as StorageError from "../StorageError.ts"
import type { KeyPlan } from "../Upkeep.ts"

// --- models ---

export interface Kit {
  readonly seal: <A>(aggregate: Aggregate.Of<A>, stored: Aggregate.Stored<A>) => Uint8Array
  /** By which index roots keys are made; the storage keeps it as the store says. */
  plan: KeyPlan
  /** The key that is searched by. */
  readonly key: (indexName: string, text: string) => Uint8Array
  /** The key under an index root of the plan. */
  readonly keyUnder: (root: KeyId, indexName: string, text: string) => Uint8Array
  readonly link: Chain.Link
  /** The row opened and found to be what its place and its columns say. */
  readonly open: <A>(
    aggregate: Aggregate.Of<A>,
    row: Row
  ) => Result.Result<Aggregate.Stored<A>, StorageError.StorageError>
  /** The row opened, whatever its columns are: of a row that comes from a back-up without them. */
  readonly decode: <A>(
    aggregate: Aggregate.Of<A>,
    row: Omit<Row, "columns">
  ) => Result.Result<Aggregate.Stored<A>, StorageError.StorageError>
  /** Whether the body opens at its place, whatever it holds. */
  readonly opens: (aggregate: string, row: Row) => boolean
  /** The key that new bodies are sealed under. */
  readonly current: KeyId
  /** The key that a body was sealed under. */
  readonly keyOf: (body: Uint8Array) => Option.Option<KeyId>
  /** The body sealed under the current key, at the next version; undefined when it does not open. */
  readonly reseal: (aggregate: string, row: Row) => Uint8Array | undefined
  /** As `open`, and also found to hold the key that it was searched by. */
  readonly openBy: <A>(
    aggregate: Aggregate.Of<A>,
    keys: Aggregate.Keys<A>,
    text: string,
    row: Row
  ) => Result.Result<Aggregate.Stored<A>, StorageError.StorageError>
}

// --- constructors ---

export const make = (crypto: Crypto["Service"], ring: KeyRing["Service"]): Kit => {
  const sealing = Sealing.make(crypto, ring)
  const blind = new Map<KeyId, BlindIndex.BlindIndex>()

  const keyUnder: Kit["keyUnder"] = (root, indexName, text) => {
    let index = blind.get(root)
    if (index === undefined) {
      // a plan is taken up only when the ring has all of its roots
      blind.set(root, (index = BlindIndex.make(crypto, { index: Option.getOrThrow(ring.indexRoot(root)) })))
    }
    return index.key(indexName, text)
  }

  const decode: Kit["decode"] = (aggregate, row) => {
    const place = { aggregate: aggregate.name, id: row.id, version: row.version }
    const body = sealing.openBody(place, row.body)
    if (Result.isFailure(body)) return Result.fail(StorageError.of(body.failure))
    let value
    try {
      value = aggregate.decode(body.success)
    } catch {
      // the cause would quote the value
      return Result.fail(StorageError.of(new StorageError.Undecodable({ aggregate: place.aggregate, id: place.id })))
    }
    return Result.succeed({ id: row.id, version: row.version, value })
  }

  const open: Kit["open"] = (aggregate, row) => {
    const decoded = decode(aggregate, row)
    if (Result.isFailure(decoded)) return decoded
    const columns = aggregate.columnsOf(decoded.success.value)
    for (let i = 0; i < columns.length; i++) {
      if (columns[i] !== row.columns[i]) return differs(aggregate, row)
    }
    return decoded
  }

  const kit: Kit = {
    plan: { read: ring.indexId, write: [ring.indexId], free: [ring.indexId] },
    seal: (aggregate, { id, value, version }) =>
      sealing.sealBody({ aggregate: aggregate.name, id, version }, aggregate.encode(value)),
    key: (indexName, text) => keyUnder(kit.plan.read, indexName, text),
    keyUnder,
    link: Chain.make(crypto, ring),
    open,
    decode,
    opens: (aggregate, { body, id, version }) => Result.isSuccess(sealing.openBody({ aggregate, id, version }, body)),
    // a ring may get another key while it is in use
    get current() {
      return ring.current
    },
    keyOf: sealing.keyOf,
    reseal: (aggregate, { body, id, version }) => {
      const opened = sealing.openBody({ aggregate, id, version }, body)
      return Result.isFailure(opened)
        ? undefined
        : sealing.sealBody({ aggregate, id, version: version + 1 }, opened.success)
    },
    openBy: (aggregate, keys, text, row) => {
      const opened = open(aggregate, row)
      if (Result.isFailure(opened) || keys.of(opened.success.value).includes(text)) return opened
      return differs(aggregate, row)
    }
  }
  return kit
}

// --- private ---

const differs = (aggregate: Aggregate.Any, row: Row) =>
  Result.fail(StorageError.of(new Tampered({ reason: "IndexDiffers", aggregate: aggregate.name, id: row.id })))
