/**
 * A small register for the storage tests: people with a NIK each, and jobs in lanes.
 */
import * as Crypto from "@kis/core/privacy"
import { Aggregate, Storage, type StorageAdapter, StorageMemory } from "@kis/core/storage"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"

export const Person = Aggregate.make("person", {
  schema: Schema.Struct({
    name: Schema.String,
    nik: Schema.optionalKey(Schema.String),
    phone: Schema.String,
    balance: Schema.Int
  }),
  unique: { nik: (person) => (person.nik === undefined ? [] : [person.nik]) },
  blind: { phone: (person) => [person.phone] }
})

export const Job = Aggregate.make("job", {
  schema: Schema.Struct({
    lane: Schema.String,
    due: Schema.Int,
    state: Schema.Literals(["waiting", "done"])
  }),
  ordered: {
    lane: { text: (job) => (job.state === "waiting" ? job.lane : undefined) },
    due: { number: (job) => job.due }
  },
  indexes: { queue: ["lane", "due"], due: ["due"] }
})

export type Person = Aggregate.Value<typeof Person>
export type Job = Aggregate.Value<typeof Job>

export const person = (over: Partial<Person> = {}): Person => ({ name: "A", phone: "+62811", balance: 0, ...over })

export const keys = Layer.mergeAll(
  Crypto.Crypto.layerSeeded("storage"),
  Crypto.KeyRing.layerMemory(new Uint8Array(32).fill(7))
)

export const layerOn = (adapter: Layer.Layer<StorageAdapter.StorageAdapter>, options?: Storage.LayerOptions) =>
  Storage.layer([Person, Job], options).pipe(Layer.provideMerge(Layer.merge(adapter, keys)), Layer.fresh)

export const layer = layerOn(StorageMemory.layer)
