/**
 * The laws of the CareStatus port. A port is tested with the wards behind it, which its author
 * provides as `Wards`: for a real one that is its sandbox.
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { ParticipantNumber } from "@kis/core/identity"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { CareStatus, RegistryError } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Law from "./Law.ts"

// --- models ---

/**
 * The wards at the other end of the port that is tested.
 *
 * @category services
 * @since 0.1.0
 */
export class Wards extends Context.Service<
  Wards,
  {
    readonly admit: (card: ParticipantNumber.ParticipantNumber) => Effect.Effect<void>
    readonly discharge: (card: ParticipantNumber.ParticipantNumber) => Effect.Effect<void>
    /** From now on nobody answers. */
    readonly breakDown: Effect.Effect<void>
  }
>()("@kis/testkit/CareStatusLaws/Wards") {}

type Port = CareStatus.CareStatus
type Ends = { readonly care: Port["Service"]; readonly wards: Wards["Service"] }

const law = (name: string, holds: (ends: Ends) => Effect.Effect<void, unknown>): Law.Law<Port | Wards> =>
  Law.make(
    name,
    Effect.gen(function* () {
      yield* holds({ care: yield* CareStatus.CareStatus, wards: yield* Wards })
    })
  )

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Law.Law<Port | Wards>> = [
  law("who is admitted is in treatment, from then on", ({ care, wards }) =>
    Effect.gen(function* () {
      yield* care.ask([card(1)])
      yield* wards.admit(card(1))
      assert.deepStrictEqual(yield* care.ask([card(1)]), ["in-treatment"])
    })
  ),

  law("who went home is not in treatment, until admitted again", ({ care, wards }) =>
    Effect.gen(function* () {
      yield* wards.admit(card(1))
      yield* wards.discharge(card(1))
      assert.deepStrictEqual(yield* care.ask([card(1)]), ["not-in-treatment"])
      yield* wards.admit(card(1))
      assert.deepStrictEqual(yield* care.ask([card(1)]), ["in-treatment"])
    })
  ),

  law("of a card that no hospital knows nothing is known: never that there is no treatment", ({ care, wards }) =>
    Effect.gen(function* () {
      yield* wards.discharge(card(1))
      assert.deepStrictEqual(yield* care.ask([card(2)]), ["unknown"])
    })
  ),

  law("answers come in the order asked, one for each, with repetitions", ({ care, wards }) =>
    Effect.gen(function* () {
      yield* wards.admit(card(3))
      yield* wards.discharge(card(1))
      const asked = [card(3), card(2), card(1), card(3), card(1)]
      assert.deepStrictEqual(yield* care.ask(asked), [
        "in-treatment",
        "unknown",
        "not-in-treatment",
        "in-treatment",
        "not-in-treatment"
      ])
      assert.deepStrictEqual(yield* care.ask([]), [])
    })
  ),

  law("a thousand cards are asked about at once", ({ care, wards }) =>
    Effect.gen(function* () {
      const cards = Array.from({ length: 1000 }, (_, i) => card(i))
      yield* wards.admit(card(998))
      const answers = yield* care.ask(cards)
      assert.lengthOf(answers, cards.length)
      assert.deepStrictEqual(
        answers.flatMap((answer, i) => (answer === "in-treatment" ? [i] : [])),
        [998]
      )
    })
  ),

  law("an outage is an error, of everybody, and never an answer", ({ care, wards }) =>
    Effect.gen(function* () {
      yield* wards.discharge(card(1))
      yield* wards.breakDown
      const error = yield* Effect.flip(care.ask([card(1), card(2)]))
      assert.instanceOf(error, RegistryError.RegistryError)
      assert.strictEqual(error.registry, "care-status")
    })
  ),

  law("the error tells no card number", ({ care, wards }) =>
    Effect.gen(function* () {
      yield* wards.breakDown
      const error = yield* Effect.flip(care.ask([card(CANARY)]))
      const told = `${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`
      assert.notInclude(told, String(CANARY))
    })
  ),

  law("asking inside a unit of work is refused", ({ care }) =>
    Effect.gen(function* () {
      assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(care.ask([card(1)])))))
    })
  )
]

// --- suites ---

/**
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(name: string, layer: Layer.Layer<Port | Wards, E>): void =>
  Law.suite(`CareStatus: ${name}`, laws, layer, undefined)

// --- layers ---

/**
 * The hospitals in memory of `@kis/core`, with their wards.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory: Layer.Layer<Port | Wards> = Layer.effect(
  Wards,
  Effect.map(CareStatus.MemoryWards, (wards) => Wards.of(wards))
).pipe(Layer.provideMerge(CareStatus.layerMemory))

// --- private ---

const CANARY = 77553311

const card = (n: number) => ParticipantNumber.ParticipantNumber.make(`0${String(n).padStart(12, "0")}`)

const unit = Storage.layer([]).pipe(
  Layer.provide(StorageMemory.layer),
  Layer.provide(Crypto.layer),
  Layer.provide(KeyRing.layerMemory(new Uint8Array(32)))
)

const insideUnit = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.flatMap(Storage.Storage, (storage) => storage.transaction(effect)).pipe(Effect.provide(unit))
