/**
 * The laws of the CardNumbers port. A port is tested with the issuer at its other end, which its author
 * provides as `Issuer`: for a real one that is its sandbox, on a line that can be disturbed.
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { ParticipantNumber } from "@kis/core/identity"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { CardNumbers, RegistryError } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Law from "./Law.ts"

// --- models ---

/**
 * The issuer at the other end of the port that is tested.
 *
 * @category services
 * @since 0.1.0
 */
export class Issuer extends Context.Service<
  Issuer,
  {
    /** The next question is answered by the issuer, and the answer is lost on the way. */
    readonly loseAnswer: Effect.Effect<void>
    /** From now on nobody answers. */
    readonly breakDown: Effect.Effect<void>
  }
>()("@kis/testkit/CardNumbersLaws/Issuer") {}

type Port = CardNumbers.CardNumbers
type Ends = { readonly cards: Port["Service"]; readonly issuer: Issuer["Service"] }

const law = (name: string, holds: (ends: Ends) => Effect.Effect<void, unknown>): Law.Law<Port | Issuer> =>
  Law.make(
    name,
    Effect.gen(function* () {
      yield* holds({ cards: yield* CardNumbers.CardNumbers, issuer: yield* Issuer })
    })
  )

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Law.Law<Port | Issuer>> = [
  law("every number is a participant number: 13 digits, zeros in front kept", ({ cards }) =>
    Effect.gen(function* () {
      const numbers = yield* cards.issue(references(200))
      assert.isTrue(numbers.every(Schema.is(ParticipantNumber.ParticipantNumber)))
    })
  ),

  law("numbers come in the order of the references, one for each", ({ cards }) =>
    Effect.gen(function* () {
      const asked = references(10)
      const numbers = yield* cards.issue(asked)
      assert.lengthOf(numbers, 10)
      assert.deepStrictEqual(yield* cards.issue(asked.toReversed()), numbers.toReversed())
      for (const [i, reference] of asked.entries()) {
        const [number] = yield* cards.issue([reference])
        assert.strictEqual(number, numbers[i])
      }
      assert.deepStrictEqual(yield* cards.issue([]), [])
    })
  ),

  law("one reference has one number, also twice in one question and from many at once", ({ cards }) =>
    Effect.gen(function* () {
      const [one, other, again] = yield* cards.issue(["a:1", "a:2", "a:1"])
      assert.strictEqual(again, one)
      assert.notStrictEqual(other, one)
      const many = yield* Effect.all(
        Array.from({ length: 20 }, () => cards.issue(["b:1"])),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(new Set(many.flat()).size, 1)
    })
  ),

  law("no two references have one number, however alike they are", ({ cards }) =>
    Effect.gen(function* () {
      const asked = [...references(2_000), "a", "a ", "A", "a:1", "a:01", "a:1#1", "a:1#v1", "", "é", "e\u0301"]
      assert.strictEqual(new Set(yield* cards.issue(asked)).size, asked.length)
    })
  ),

  law("a thousand numbers are asked for at once", ({ cards }) =>
    Effect.gen(function* () {
      assert.lengthOf(yield* cards.issue(references(1_000)), 1_000)
    })
  ),

  law("after an answer that was lost, the same reference gets the number that was lost", ({ cards, issuer }) =>
    Effect.gen(function* () {
      const [before] = yield* cards.issue(["a:1"])
      yield* issuer.loseAnswer
      const error = yield* Effect.flip(cards.issue(["a:1", "a:2"]))
      assert.instanceOf(error, RegistryError.RegistryError)
      const again = yield* cards.issue(["a:1", "a:2"])
      assert.strictEqual(again[0], before)
      yield* issuer.loseAnswer
      yield* Effect.flip(cards.issue(["a:2"]))
      assert.deepStrictEqual(yield* cards.issue(["a:1", "a:2"]), again)
    })
  ),

  law("an outage is an error that may be asked again, and never too few numbers", ({ cards, issuer }) =>
    Effect.gen(function* () {
      yield* cards.issue(["a:1"])
      yield* issuer.breakDown
      const error = yield* Effect.flip(cards.issue(["a:1", "a:2"]))
      assert.instanceOf(error, RegistryError.RegistryError)
      assert.deepStrictEqual([error.registry, error.isRetryable], ["card-numbers", true])
    })
  ),

  law("asking inside a unit of work is refused", ({ cards }) =>
    Effect.gen(function* () {
      assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(cards.issue(["a:1"])))))
    })
  )
]

// --- suites ---

/**
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(name: string, layer: Layer.Layer<Port | Issuer, E>): void =>
  Law.suite(`CardNumbers: ${name}`, laws, layer, undefined)

// --- layers ---

/**
 * The simulated issuer of `@kis/core`, at the end of a line that can be disturbed.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerSimulator: Layer.Layer<Port | Issuer> = Layer.effectContext(
  Effect.gen(function* () {
    const whole = yield* CardNumbers.CardNumbers
    let down = false
    let loses = false
    const lost = new RegistryError.RegistryError({ registry: "card-numbers", reason: "Unavailable" })
    const cards = CardNumbers.CardNumbers.of({
      issue: (asked) =>
        Effect.suspend(() => {
          if (down) return Effect.fail(lost)
          if (!loses) return whole.issue(asked)
          loses = false
          return Effect.andThen(whole.issue(asked), Effect.fail(lost))
        })
    })
    const issuer = Issuer.of({
      loseAnswer: Effect.sync(() => void (loses = true)),
      breakDown: Effect.sync(() => void (down = true))
    })
    return Context.make(CardNumbers.CardNumbers, cards).pipe(Context.add(Issuer, issuer))
  })
).pipe(Layer.provide(CardNumbers.layerSimulator("laws")), Layer.provide(Crypto.layer))

// --- private ---

const references = (length: number) => Array.from({ length }, (_, i) => `household-${i >> 2}:${i & 3}`)

const unit = Storage.layer([]).pipe(
  Layer.provide(StorageMemory.layer),
  Layer.provide(Crypto.layer),
  Layer.provide(KeyRing.layerMemory(new Uint8Array(32)))
)

const insideUnit = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.flatMap(Storage.Storage, (storage) => storage.transaction(effect)).pipe(Effect.provide(unit))
