/**
 * Which layers keep the laws of which port. One more adapter is one more line: its test folder has
 * a `Tested.ts` that exports the layer that the laws ask, on an empty place, and its capabilities.
 */
import { Crypto } from "@kis/core/privacy"
import { type MessageChannel } from "@kis/core/messaging"
import { type StorageAdapter, StorageMemory } from "@kis/core/storage"
import { NodeCrypto } from "@kis/crypto-node"
import {
  CardNumbersBroken,
  CardNumbersLaws,
  CareStatusBroken,
  CareStatusLaws,
  CryptoBroken,
  CryptoLaws,
  DocumentStoreBroken,
  DocumentStoreLaws,
  KeyRingBroken,
  KeyRingLaws,
  type Law,
  MessageChannelBroken,
  MessageChannelLaws,
  PopulationRegistryBroken,
  PopulationRegistryLaws,
  StorageBroken,
  StorageLaws,
  StorageWitness
} from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { existsSync } from "node:fs"
import { inRoot } from "../Workspace.ts"
import { type Adapter, type Port, portOf, type Tested } from "./Port.ts"

// --- adapters ---

/** What a `Tested.ts` exports, to be trusted as far as its own type check goes. */
const from = <R, C>(name: string, file: string): Adapter<R, C> => ({
  name,
  load: async () =>
    existsSync(inRoot(file)) ? ((await import(inRoot(file))) as Tested<R, C>) : { missing: `there is no ${file}` }
})

const here = <R, C>(name: string, layer: Layer.Layer<R, unknown>, capabilities: C): Adapter<R, C> => ({
  name,
  load: () => Promise.resolve({ layer, capabilities })
})

const memory = Layer.unwrap(
  Effect.sync(() => {
    const kept = StorageMemory.make()
    const witness = StorageWitness.ofMemory(kept)
    return Layer.merge(StorageMemory.layerOf(kept), Layer.succeed(StorageWitness.StorageWitness, witness))
  })
)

type Storage = StorageAdapter.StorageAdapter | StorageWitness.StorageWitness
type Channel = MessageChannel.MessageChannel | MessageChannelLaws.Phones

const storages: ReadonlyArray<Adapter<Storage, StorageAdapter.Capabilities>> = [
  here("memory", memory, StorageMemory.capabilities),
  from("SQLite", "packages/storage-sqlite/test/Tested.ts"),
  from("PostgreSQL", "packages/storage-postgres/test/Tested.ts"),
  from("template", "examples/adapter-template/test/Tested.ts")
]

const channels: ReadonlyArray<Adapter<Channel, MessageChannel.Capabilities>> = [
  here("memory", MessageChannelLaws.layerMemory(), { idempotent: true, receipts: true, replies: true }),
  from("file", "packages/messaging-file/test/Tested.ts")
]

type Shelves = Layer.Success<typeof DocumentStoreLaws.layerMemory>

const documents: ReadonlyArray<Adapter<Shelves, object>> = [
  here("memory", DocumentStoreLaws.layerMemory, {}),
  from("file", "packages/documents-file/test/Tested.ts")
]

type Rings = Layer.Success<typeof KeyRingLaws.layerMemory>

const rings: ReadonlyArray<Adapter<Rings, object>> = [
  here("memory", KeyRingLaws.layerMemory, {}),
  from("file", "packages/crypto-node/test/Tested.ts")
]

// --- ports ---

export const ports: ReadonlyArray<Port> = [
  portOf({
    name: "Storage",
    laws: StorageLaws.lawsFor,
    adapters: storages,
    caughtBy: StorageBroken.caughtBy,
    layerBroken: StorageBroken.layerBroken,
    lawsOfDefects: StorageLaws.laws
  }),
  portOf({
    name: "MessageChannel",
    laws: MessageChannelLaws.lawsFor,
    adapters: channels,
    caughtBy: MessageChannelBroken.caughtBy,
    layerBroken: MessageChannelBroken.layerBroken,
    lawsOfDefects: MessageChannelLaws.laws
  }),
  portOf({
    name: "CareStatus",
    laws: (): ReadonlyArray<Law.Law<Layer.Success<typeof CareStatusLaws.layerMemory>>> => CareStatusLaws.laws,
    adapters: [here("memory", CareStatusLaws.layerMemory, {})],
    caughtBy: CareStatusBroken.caughtBy,
    layerBroken: CareStatusBroken.layerBroken,
    lawsOfDefects: CareStatusLaws.laws
  }),
  portOf({
    name: "PopulationRegistry",
    laws: (): ReadonlyArray<Law.Law<Layer.Success<typeof PopulationRegistryLaws.layerSimulator>>> =>
      PopulationRegistryLaws.laws,
    adapters: [here("simulator", PopulationRegistryLaws.layerSimulator, {})],
    caughtBy: PopulationRegistryBroken.caughtBy,
    layerBroken: PopulationRegistryBroken.layerBroken,
    lawsOfDefects: PopulationRegistryLaws.laws
  }),
  portOf({
    name: "CardNumbers",
    laws: (): ReadonlyArray<Law.Law<Layer.Success<typeof CardNumbersLaws.layerSimulator>>> => CardNumbersLaws.laws,
    adapters: [here("simulator", CardNumbersLaws.layerSimulator, {})],
    caughtBy: CardNumbersBroken.caughtBy,
    layerBroken: CardNumbersBroken.layerBroken,
    lawsOfDefects: CardNumbersLaws.laws
  }),
  portOf({
    name: "DocumentStore",
    laws: (): ReadonlyArray<Law.Law<Shelves>> => DocumentStoreLaws.laws,
    adapters: documents,
    caughtBy: DocumentStoreBroken.caughtBy,
    layerBroken: DocumentStoreBroken.layerBroken,
    lawsOfDefects: DocumentStoreLaws.laws
  }),
  portOf({
    name: "KeyRing",
    laws: (): ReadonlyArray<Law.Law<Rings>> => KeyRingLaws.laws,
    adapters: rings,
    caughtBy: KeyRingBroken.caughtBy,
    layerBroken: KeyRingBroken.layerBroken,
    lawsOfDefects: KeyRingLaws.laws
  }),
  portOf({
    name: "Crypto",
    laws: (): ReadonlyArray<Law.Law<Crypto.Crypto>> => CryptoLaws.laws,
    adapters: [here("JavaScript", Crypto.layer, {}), here("Node", NodeCrypto.layer, {})],
    caughtBy: CryptoBroken.caughtBy,
    layerBroken: CryptoBroken.layerBroken,
    lawsOfDefects: CryptoLaws.laws
  })
]
