/**
 * That each thing which may go wrong in a crash is found: a register in memory is spoiled by hand.
 */
import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Crypto } from "@kis/core/privacy"
import { Storage, StorageMemory } from "@kis/core/storage"
import * as Crash from "@kis/testkit/crash"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { household, niksOf, Person, Shift } from "../src/internal/crashRegister.ts"

const register = Crash.layer(Layer.merge(StorageMemory.layer, Crypto.layer))

/** Households 1 to 5, then something that should not be, and what is found. */
const tagsAfter = <E>(spoil: (book: Crash.Book) => Effect.Effect<void, E, Audit.Audit | Storage.Storage>) =>
  Effect.gen(function* () {
    const book = Crash.emptyBook()
    yield* Crash.work(book, 1, [1, 2, 3, 4, 5])
    assert.deepStrictEqual(yield* Crash.verifyAll(book), [])
    yield* spoil(book)
    return new Set((yield* Crash.verifyAll(book)).map((_) => _._tag))
  }).pipe(Effect.provide(register))

const personOf = (number: number) =>
  Effect.flatMap(Storage.Storage, (storage) =>
    Effect.map(storage.findBy(Person, "nik", niksOf(number)[0]!), Option.getOrThrow)
  )

describe("verification after a crash", () => {
  it.effect("a household that was acknowledged and is not there", () =>
    Effect.gen(function* () {
      const found = yield* tagsAfter((book) => Effect.sync(() => book.begun.add(6) && book.acknowledged.add(6)))
      assert.deepStrictEqual([...found], ["Lost"])
    })
  )

  it.effect("one that was only begun may be missing", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual([...(yield* tagsAfter((book) => Effect.sync(() => book.begun.add(6))))], [])
    })
  )

  it.effect("a household of which one is gone", () =>
    Effect.gen(function* () {
      const found = yield* tagsAfter(() =>
        Effect.gen(function* () {
          const storage = yield* Storage.Storage
          yield* storage.transaction(storage.remove(Person, yield* personOf(2)))
        })
      )
      assert.deepStrictEqual([...found].sort(), ["Chain", "Halved", "Unknown"])
    })
  )

  it.effect("a household without a line, and one that nobody began", () =>
    Effect.gen(function* () {
      const insert = (number: number) =>
        Effect.flatMap(Storage.Storage, (storage) =>
          storage.transaction(
            Effect.forEach(niksOf(number), (nik) => storage.insert(Person, { nik, household: number }))
          )
        )
      assert.deepStrictEqual(
        [
          ...(yield* tagsAfter((book) =>
            Effect.andThen(
              Effect.sync(() => book.begun.add(6)),
              insert(6)
            )
          ))
        ],
        ["Unrecorded"]
      )
      assert.deepStrictEqual([...(yield* tagsAfter(() => insert(7)))], ["Unknown"])
    })
  )

  it.effect("one household recorded twice", () =>
    Effect.gen(function* () {
      const found = yield* tagsAfter(() =>
        Effect.gen(function* () {
          const storage = yield* Storage.Storage
          const audit = yield* Audit.Audit
          const refs = [Audit.ref(Person, yield* personOf(3))]
          const shift = Option.getOrThrow(yield* storage.findBy(Shift, "shift", "1-0")).id
          yield* storage.transaction(audit.record(shift, { actor: "system:client", action: "register", refs }))
        })
      )
      assert.deepStrictEqual([...found], ["Twice"])
    })
  )

  it.effect("a household that is there in another number's place is refused by its NIK, not written", () =>
    Effect.gen(function* () {
      const refused = yield* Effect.gen(function* () {
        const book = Crash.emptyBook()
        yield* Crash.work(book, 1, [1])
        const storage = yield* Storage.Storage
        const shift = Option.getOrThrow(yield* storage.findBy(Shift, "shift", "1-0")).id
        return yield* Effect.flip(storage.transaction(household(1, shift)))
      }).pipe(Effect.provide(register))
      assert.strictEqual(refused._tag, "UniqueViolation")
    })
  )
})
