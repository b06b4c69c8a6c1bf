/**
 * The register that is written while processes are killed: households of three that are committed whole, each
 * with a line in the chain of the client that wrote it.
 */
import { Audit } from "@kis/core/audit"
import { Aggregate, type Id, Storage, type StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"

export const SIZE = 3

export const Person = Aggregate.make("person", {
  schema: Schema.Struct({ nik: Schema.String, household: Schema.Int }),
  unique: { nik: (person) => [person.nik] },
  blind: { kin: (person) => [String(person.household)] },
  ordered: { household: { number: (person) => person.household } },
  indexes: { household: ["household"] }
})

/** A client's work in one round: what its chain is about. */
export const Shift = Aggregate.make("shift", {
  schema: Schema.Struct({ round: Schema.Int, client: Schema.Int }),
  unique: { shift: (shift) => [`${shift.round}-${shift.client}`] },
  ordered: { round: { number: (shift) => shift.round } },
  indexes: { round: ["round"] }
})

export const niksOf = (household: number): ReadonlyArray<string> =>
  Array.from({ length: SIZE }, (_, i) => `99${household}-${i}`)

/** What a client says while it works, so that whoever watches knows what it was told. */
export interface Told {
  readonly begun: (household: number) => void
  /** An attempt without an answer had been written. */
  readonly already: (household: number) => void
  readonly acknowledged: (household: number) => void
}

/** One household and the line about it, committed whole or not at all. */
export const household = Effect.fnUntraced(function* (
  number: number,
  shift: Id.Id
): Effect.fn.Return<void, StorageError.StorageError, Audit.Audit | Storage.Storage | Storage.Transaction> {
  const storage = yield* Storage.Storage
  const audit = yield* Audit.Audit
  const refs: Array<Audit.Ref> = []
  for (const nik of niksOf(number)) {
    const id = yield* storage.insert(Person, { nik, household: number })
    refs.push(Audit.ref(Person, { id, version: 1 }))
  }
  yield* audit.record(shift, { actor: "system:client", action: "register", refs })
})

/**
 * A client: registers one number after another until there is none, and each until it knows that it is there. Whoever
 * is told that the store does not answer does not know whether it was written, and asks again.
 */
export const client = Effect.fnUntraced(function* (
  round: number,
  name: number,
  next: () => number | undefined,
  told: Told
): Effect.fn.Return<void, StorageError.StorageError, Audit.Audit | Storage.Storage> {
  const storage = yield* Storage.Storage
  const shift = yield* patiently(begin(round, name))
  while (true) {
    const number = next()
    if (number === undefined) return
    told.begun(number)
    yield* patiently(
      storage.transaction(household(number, shift)).pipe(
        // no other client has this number: an attempt that got no answer was written
        Effect.catchTag("UniqueViolation", () => Effect.sync(() => told.already(number)))
      )
    )
    told.acknowledged(number)
  }
})

// --- private ---

const begin = (round: number, client: number): Effect.Effect<Id.Id, StorageError.StorageError, Storage.Storage> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const found = yield* storage.findBy(Shift, "shift", `${round}-${client}`)
    if (Option.isSome(found)) return found.value.id
    return yield* storage.transaction(storage.insert(Shift, { round, client })).pipe(
      // an attempt that got no answer has arrived meanwhile
      Effect.catchTag("UniqueViolation", () => begin(round, client))
    )
  })

const patiently = <A, R>(
  effect: Effect.Effect<A, StorageError.StorageError, R>
): Effect.Effect<A, StorageError.StorageError, R> =>
  Effect.retry(effect, { while: (error) => error.isRetryable, schedule: Schedule.spaced("20 millis") })
