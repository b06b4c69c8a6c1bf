import { assert, describe, it } from "@effect/vitest"
import { Nik } from "@kis/core/identity"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as fc from "fast-check"

const nik = Nik.Nik.make("9971010304850001")
const unknown = Nik.Nik.make("9971010304850002")
const resident: PopulationRegistry.Resident = {
  nik,
  name: "Muhammad Rizki",
  birthDate: PlainDate.make("1985-04-03"),
  sex: "male"
}

const simulator = (of: Partial<PopulationRegistry.Resident> = {}) =>
  PopulationRegistry.layerSimulator((asked) => (asked === nik ? { ...resident, ...of } : undefined))

const ask = (query: Partial<PopulationRegistry.Query>, of: Partial<PopulationRegistry.Resident> = {}) =>
  Effect.gen(function* () {
    const registry = yield* PopulationRegistry.PopulationRegistry
    const [answer] = yield* registry.match([{ ...resident, ...query }])
    return answer
  }).pipe(Effect.provide(simulator(of)))

const inTransaction = (effect: Effect.Effect<unknown, unknown>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    return yield* Effect.exit(storage.transaction(effect))
  }).pipe(
    Effect.provide(
      Storage.layer([]).pipe(
        Layer.provide(StorageMemory.layer),
        Layer.provide(Layer.merge(Crypto.layer, KeyRing.layerMemory(new Uint8Array(32))))
      )
    )
  )

describe("PopulationRegistry", () => {
  it.effect("matches a name as it sounds, date and sex exactly", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* ask({ name: "Moh. Rizqi" }), { _tag: "Matched" })
      assert.deepStrictEqual(yield* ask({ name: "Muhammad Rafki" }), { _tag: "Differs", fields: ["name"] })
      assert.deepStrictEqual(yield* ask({ birthDate: PlainDate.make("1985-04-04"), sex: "female" }), {
        _tag: "Differs",
        fields: ["birthDate", "sex"]
      })
    })
  )

  it.effect("tells a number that is not there from one that was switched off, and from a death", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* ask({ nik: unknown }), { _tag: "NotFound" })
      assert.deepStrictEqual(yield* ask({}, { status: "inactive" }), { _tag: "Inactive" })
      assert.deepStrictEqual(yield* ask({}, { status: "deceased" }), { _tag: "Deceased" })
    })
  )

  it.effect("says that it is not connected, which is not that nobody was found", () =>
    Effect.gen(function* () {
      const registry = yield* PopulationRegistry.PopulationRegistry
      const error = yield* Effect.flip(registry.match([resident]))
      assert.deepStrictEqual([error.reason, error.isRetryable], ["NotConnected", false])
      assert.include(error.message, "stay as they are")
    }).pipe(Effect.provide(PopulationRegistry.layerNotConnected))
  )

  it.effect("refuses to be asked inside a unit of work, as the card issuer does", () =>
    Effect.gen(function* () {
      const registry = yield* PopulationRegistry.PopulationRegistry
      const cards = yield* CardNumbers.CardNumbers
      const exits = [yield* inTransaction(registry.match([resident])), yield* inTransaction(cards.issue(["a"]))]
      for (const exit of exits) {
        assert.isTrue(Exit.isFailure(exit) && Cause.pretty(exit.cause).includes("inside a unit of work"))
      }
    }).pipe(
      Effect.provide(Layer.mergeAll(simulator(), CardNumbers.layerSimulator("x").pipe(Layer.provide(Crypto.layer))))
    )
  )
})

describe("CardNumbers", () => {
  const issue = (references: ReadonlyArray<string>, seed = "seed") =>
    Effect.gen(function* () {
      const cards = yield* CardNumbers.CardNumbers
      return { once: yield* cards.issue(references), again: yield* cards.issue([...references].reverse()) }
    }).pipe(
      Effect.provide(Layer.fresh(CardNumbers.layerSimulator(seed).pipe(Layer.provide(Crypto.layer)))),
      Effect.runPromise
    )

  it("gives one number a reference, the same again, and never one number to two", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 50 }),
        async (references) => {
          const { again, once } = await issue(references)
          assert.deepStrictEqual([...again].reverse(), [...once])
          assert.strictEqual(new Set(once).size, references.length)
          assert.deepStrictEqual((await issue(references)).once, once, "on another day too")
        }
      ),
      { numRuns: 30 }
    ))

  it("gives other numbers under another seed", async () => {
    assert.notDeepEqual((await issue(["a", "b"])).once, (await issue(["a", "b"], "other")).once)
  })
})
