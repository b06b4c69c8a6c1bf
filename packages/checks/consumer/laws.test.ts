/**
 * What a user of the testkit writes, run in a project that has only the packed packages.
 */
import { Crypto } from "@kis/core/privacy"
import { StorageMemory } from "@kis/core/storage"
import { NodeCrypto } from "@kis/crypto-node"
import { CryptoLaws, StorageLaws, StorageWitness } from "@kis/testkit/laws"
import * as Layer from "effect/Layer"

CryptoLaws.suite("Crypto in JavaScript", Crypto.layer)
CryptoLaws.suite("Crypto on Node", NodeCrypto.layer)

const seen = Layer.suspend(() => {
  const memory = StorageMemory.make()
  const witness = StorageWitness.ofMemory(memory)
  return Layer.merge(StorageMemory.layerOf(memory), Layer.succeed(StorageWitness.StorageWitness, witness))
})

StorageLaws.suite("memory", seen, StorageMemory.capabilities)
