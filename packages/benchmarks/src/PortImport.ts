/**
 * The bulk import of the benchmarks through the port, on any adapter, and how it is measured.
 */
import { Audit } from "@kis/core/audit"
import { type Crypto, KeyRing } from "@kis/core/privacy"
import { Storage, type StorageAdapter, type StorageError } from "@kis/core/storage"
import { NodeCrypto } from "@kis/crypto-node"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Register from "./Register.ts"

// --- the port ---

const household = Effect.fnUntraced(function* (first: number) {
  const storage = yield* Storage.Storage
  const audit = yield* Audit.Audit
  for (let no = first; no < first + Register.HOUSEHOLD; no++) {
    const one = Register.person(no)
    const id = yield* storage.insert(Register.Participant, one.participant)
    yield* storage.insert(Register.Membership, one.membership(id))
    const registration = yield* storage.insert(Register.Registration, one.registration(id))
    yield* storage.insert(Register.Clock, one.clock(registration))
    yield* storage.insert(Register.Message, one.message)
    const refs = [Audit.ref(Register.Participant, { id, version: 1 })]
    yield* audit.record(id, { actor: "officer:417", action: "register", refs })
    yield* audit.record(id, { actor: "officer:417", action: "issue-card", reason: "REG-1" })
  }
})

/** Imports that many people, so many households a commit and so many commits at a time. */
export const throughPort = Effect.fnUntraced(function* (
  people: number,
  households: number,
  concurrency = 1
): Effect.fn.Return<void, StorageError.StorageError | StorageError.UniqueViolation, Audit.Audit | Storage.Storage> {
  const storage = yield* Storage.Storage
  const step = households * Register.HOUSEHOLD
  const commit = Effect.fnUntraced(function* (first: number) {
    const units = Array.from({ length: households }, (_, i) => household(first + i * Register.HOUSEHOLD))
    if (households === 1) yield* storage.transaction(units[0]!)
    else yield* Effect.forEach(yield* storage.each(units), (result) => Effect.fromResult(result), { discard: true })
  })
  const firsts = Array.from({ length: Math.ceil(people / step) }, (_, i) => i * step)
  yield* Effect.forEach(firsts, commit, { concurrency, discard: true })
})

export const keys: Layer.Layer<Crypto.Crypto | KeyRing.KeyRing> = Layer.merge(
  NodeCrypto.layer,
  KeyRing.layerMemory(new Uint8Array(32).fill(1))
)

export const onAdapter = (
  adapter: Layer.Layer<StorageAdapter.StorageAdapter>
): Layer.Layer<Audit.Audit | Storage.Storage, StorageError.StorageError> =>
  Audit.layer.pipe(
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provide(Layer.merge(adapter, keys)),
    Layer.provide(keys),
    Layer.fresh
  )

// --- measuring ---

/** What one line of the output holds. */
export interface Measurement {
  readonly name: string
  readonly peoplePerSecond: number
  /** Milliseconds of this process, the engine included. */
  readonly cpuMillisPerPerson: number
  /** Resident set after the measurement: what came before in the same process is in it. */
  readonly megabytes: number
}

export const measured = <E, R>(name: string, people: number, importing: Effect.Effect<void, E, R>) =>
  Effect.gen(function* () {
    const [began, cpu] = [performance.now(), process.cpuUsage()]
    yield* importing
    const seconds = (performance.now() - began) / 1_000
    const used = process.cpuUsage(cpu)
    const each = (used.user + used.system) / 1_000 / people
    const measurement: Measurement = {
      name,
      peoplePerSecond: people / seconds,
      cpuMillisPerPerson: each,
      megabytes: process.memoryUsage().rss / 1e6
    }
    yield* Console.log(JSON.stringify(measurement))
  })
