/**
 * The register that the child processes write, as the tests read it again: people with a NIK, each
 * in a household of three that is committed whole, each with a log.
 */
import { Audit } from "@kis/core/audit"
import { KeyRing } from "@kis/core/privacy"
import { Aggregate, Storage, type StorageError } from "@kis/core/storage"
import { NodeCrypto } from "@kis/crypto-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as PostgresStorage from "../../src/PostgresStorage.ts"

export const Person = Aggregate.make("person", {
  schema: Schema.Struct({ nik: Schema.String, household: Schema.Int }),
  unique: { nik: (person) => [person.nik] },
  blind: { kin: (person) => [String(person.household)] },
  ordered: { household: { number: (person) => person.household } },
  indexes: { household: ["household"] }
})

export const SIZE = 3

/** The children share nothing but the database and the keys. */
export const layer = (url: string): Layer.Layer<Audit.Audit | Storage.Storage, StorageError.StorageError> => {
  const keys = Layer.merge(NodeCrypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(3)))
  return Audit.layer.pipe(
    Layer.provideMerge(Storage.layer([Person])),
    Layer.provide(PostgresStorage.layer({ url: Redacted.make(url), maxConnections: 8 })),
    Layer.provide(keys),
    Layer.fresh
  )
}

/** One household, committed whole or not at all. */
export const household = Effect.fnUntraced(function* (
  number: number
): Effect.fn.Return<void, StorageError.StorageError, Audit.Audit | Storage.Storage | Storage.Transaction> {
  const storage = yield* Storage.Storage
  const audit = yield* Audit.Audit
  for (let i = 0; i < SIZE; i++) {
    const id = yield* storage.insert(Person, { nik: `99${number}-${i}`, household: number })
    const refs = [Audit.ref(Person, { id, version: 1 })]
    yield* audit.record(id, { actor: "system:child", action: "register", refs })
  }
})
