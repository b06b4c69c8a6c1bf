/** A register in memory with messages and codes, for the tests of both rooms. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { PhoneNumber } from "../../src/identity/PhoneNumber.ts"
import * as Dispatch from "../../src/messaging/Dispatch.ts"
import * as Inbox from "../../src/messaging/Inbox.ts"
import * as Message from "../../src/messaging/Message.ts"
import * as MessageChannel from "../../src/messaging/MessageChannel.ts"
import * as Outbox from "../../src/messaging/Outbox.ts"
import * as Challenge from "../../src/otp/Challenge.ts"
import * as Ledger from "../../src/otp/Ledger.ts"
import * as Otp from "../../src/otp/Otp.ts"
import * as Crypto from "../../src/privacy/Crypto.ts"
import * as KeyRing from "../../src/privacy/KeyRing.ts"
import * as Storage from "../../src/storage/Storage.ts"
import type * as StorageAdapter from "../../src/storage/StorageAdapter.ts"
import * as StorageMemory from "../../src/storage/StorageMemory.ts"

export const phone = (last: number) => PhoneNumber.make(`+62812990${String(last).padStart(5, "0")}`)

export interface HouseOptions {
  readonly memory?: StorageMemory.Memory
  readonly adapter?: Layer.Layer<StorageAdapter.StorageAdapter>
  readonly seed?: string
  readonly rehearse?: boolean
  readonly idempotent?: boolean
  readonly dispatch?: Dispatch.Options
  readonly otp?: Otp.Options
}

const aggregates = [Message.aggregate, Inbox.aggregate, Challenge.aggregate, Ledger.aggregate]

/** Two houses on one `memory` are two processes on one database. */
export const house = (options: HouseOptions = {}) => {
  const keys = Layer.merge(Crypto.layerSeeded(options.seed ?? "house"), KeyRing.layerMemory(new Uint8Array(32).fill(1)))
  const memory = options.memory === undefined ? StorageMemory.layer : StorageMemory.layerOf(options.memory)
  const adapter = options.adapter ?? memory
  const storage = Storage.layer(aggregates, { rehearse: options.rehearse ?? true }).pipe(Layer.provide(adapter))
  const channel = MessageChannel.layerMemory({ idempotent: options.idempotent ?? true })
  return Layer.mergeAll(Dispatch.layer(options.dispatch), Otp.layer(options.otp), Inbox.layer).pipe(
    Layer.provideMerge(Outbox.layer),
    Layer.provideMerge(channel),
    Layer.provideMerge(storage),
    Layer.provideMerge(keys),
    Layer.fresh
  )
}

export const received = Effect.flatMap(MessageChannel.MemoryPhones, (_) => _.received)

export const dispatchDue = Effect.flatMap(Dispatch.Dispatch, (_) => _.dispatchDue)

/** The messages of the register, oldest first. */
export const messages = Effect.flatMap(Storage.Storage, (storage) =>
  Effect.map(storage.snapshot(storage.scan(Message.aggregate, "id", {}, { limit: 1_000 })), (page) =>
    page.rows.map((_) => _.value)
  )
)
