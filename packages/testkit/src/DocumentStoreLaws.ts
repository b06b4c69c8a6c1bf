/**
 * The laws of the DocumentStore port. What lies on the shelf is looked at by a second path, which the
 * adapter's author provides as `Shelf`.
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { DocumentStore } from "@kis/core/registry"
import { Id, Storage, StorageMemory } from "@kis/core/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Dice from "./Dice.ts"
import * as Law from "./Law.ts"

// --- models ---

/**
 * The shelf itself.
 *
 * @category services
 * @since 0.1.0
 */
export class Shelf extends Context.Service<
  Shelf,
  {
    /** Everything that lies on it, of whatever name, half-written things too. */
    readonly contents: Effect.Effect<ReadonlyArray<Uint8Array>>
    /** From now on nobody answers. */
    readonly breakDown: Effect.Effect<void>
  }
>()("@kis/testkit/DocumentStoreLaws/Shelf") {}

type Port = DocumentStore.DocumentStore
type Ends = { readonly store: Port["Service"]; readonly shelf: Shelf["Service"] }

const law = (name: string, holds: (ends: Ends) => Effect.Effect<void, unknown>): Law.Law<Port | Shelf> =>
  Law.make(
    name,
    Effect.gen(function* () {
      yield* holds({ store: yield* DocumentStore.DocumentStore, shelf: yield* Shelf })
    })
  )

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Law.Law<Port | Shelf>> = [
  law("what was put comes back whole, whatever its length", ({ store }) =>
    Effect.gen(function* () {
      for (const [n, length] of LENGTHS.entries()) yield* store.put(id(n), bytes(n, length))
      for (const [n, length] of LENGTHS.entries()) yield* demandHeld(store, id(n), bytes(n, length))
    })
  ),

  law("what was never put is none", ({ store }) =>
    Effect.gen(function* () {
      yield* store.put(id(1), bytes(1, 10))
      assert.isTrue(Option.isNone(yield* store.get(id(2))))
    })
  ),

  law("what is kept lies on the shelf when put has ended, once, and nothing beside it", ({ shelf, store }) =>
    Effect.gen(function* () {
      for (let n = 0; n < 20; n++) yield* store.put(id(n), bytes(n, 100 + n))
      const lengths = (yield* shelf.contents).map((_) => _.length)
      assert.sameMembers(
        lengths,
        Array.from({ length: 20 }, (_, n) => 100 + n)
      )
    })
  ),

  law("the same again is no error, also from many at once", ({ shelf, store }) =>
    Effect.gen(function* () {
      yield* store.put(id(1), bytes(1, 5_000))
      yield* store.put(id(1), bytes(1, 5_000))
      const many = Array.from({ length: 20 }, () => store.put(id(2), bytes(2, 5_000)))
      yield* Effect.all(many, { concurrency: "unbounded" })
      yield* demandHeld(store, id(2), bytes(2, 5_000))
      assert.lengthOf(yield* shelf.contents, 2)
    })
  ),

  law("a document is never written over: other bytes are refused, and the first stay", ({ store }) =>
    Effect.gen(function* () {
      yield* store.put(id(1), bytes(1, 100))
      for (const other of [bytes(2, 100), bytes(1, 99), bytes(1, 101), bytes(1, 0)]) {
        const error = yield* Effect.flip(store.put(id(1), other))
        assert.instanceOf(error, DocumentStore.DocumentStoreError)
        assert.strictEqual(error.reason, "Taken")
      }
      yield* demandHeld(store, id(1), bytes(1, 100))
    })
  ),

  law("of many that put other bytes at once, one has put, and is what is there", ({ store }) =>
    Effect.gen(function* () {
      const exits = yield* Effect.all(
        Array.from({ length: 20 }, (_, n) => Effect.exit(store.put(id(1), bytes(n, 3_000)))),
        { concurrency: "unbounded" }
      )
      const winners = exits.flatMap((exit, n) => (Exit.isSuccess(exit) ? [n] : []))
      assert.lengthOf(winners, 1)
      yield* demandHeld(store, id(1), bytes(winners[0] ?? -1, 3_000))
    })
  ),

  law("what was removed is gone, from the shelf too; removing it again is no error", ({ shelf, store }) =>
    Effect.gen(function* () {
      yield* store.put(id(1), bytes(1, 100))
      yield* store.put(id(2), bytes(2, 100))
      yield* store.remove(id(1))
      yield* store.remove(id(1))
      yield* store.remove(id(3))
      assert.isTrue(Option.isNone(yield* store.get(id(1))))
      assert.lengthOf(yield* shelf.contents, 1)
      yield* demandHeld(store, id(2), bytes(2, 100))
      yield* store.put(id(1), bytes(4, 7))
      yield* demandHeld(store, id(1), bytes(4, 7))
    })
  ),

  law("bytes are copied: who writes into theirs afterwards changes nothing", ({ store }) =>
    Effect.gen(function* () {
      const mine = bytes(1, 100)
      yield* store.put(id(1), mine)
      mine.fill(0)
      yield* demandHeld(store, id(1), bytes(1, 100))
      Option.getOrThrow(yield* store.get(id(1))).fill(0)
      yield* demandHeld(store, id(1), bytes(1, 100))
    })
  ),

  law("an outage is an error, and never that there is no document", ({ shelf, store }) =>
    Effect.gen(function* () {
      yield* store.put(id(1), bytes(1, 100))
      yield* shelf.breakDown
      const errors = [
        yield* Effect.flip(store.get(id(1))),
        yield* Effect.flip(store.put(id(2), bytes(2, 100))),
        yield* Effect.flip(store.remove(id(1)))
      ]
      for (const error of errors) assert.instanceOf(error, DocumentStore.DocumentStoreError)
    })
  ),

  law("asking inside a unit of work is refused", ({ store }) =>
    Effect.gen(function* () {
      for (const asked of [store.put(id(1), bytes(1, 1)), store.get(id(1)), store.remove(id(1))]) {
        assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(asked))))
      }
    })
  )
]

// --- suites ---

/**
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(name: string, layer: Layer.Layer<Port | Shelf, E>): void =>
  Law.suite(`DocumentStore: ${name}`, laws, layer, undefined)

// --- layers ---

/**
 * The shelf in memory of `@kis/core`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory: Layer.Layer<Port | Shelf> = Layer.effect(
  Shelf,
  Effect.map(DocumentStore.MemoryShelf, ({ breakDown, shelf }) =>
    Shelf.of({ contents: Effect.sync(() => [...shelf.values()]), breakDown })
  )
).pipe(Layer.provideMerge(DocumentStore.layerMemory))

// --- private ---

const LENGTHS = [0, 1, 2, 255, 4_095, 4_096, 4_097, 65_536, 300_001]

const id = (n: number) => Id.Id.make(`0190a1b2-0000-7000-8000-${String(n).padStart(12, "0")}`)

const bytes = (seed: number, length: number): Uint8Array => {
  const dice = Dice.make(seed)
  return Uint8Array.from({ length }, () => dice.roll(256))
}

const demandHeld = Effect.fnUntraced(function* (store: Port["Service"], of: Id.Id, expected: Uint8Array) {
  const held = yield* store.get(of)
  assert.isTrue(Option.isSome(held) && Buffer.compare(held.value, expected) === 0, `${expected.length} bytes`)
})

const unit = Storage.layer([]).pipe(
  Layer.provide(StorageMemory.layer),
  Layer.provide(Crypto.layer),
  Layer.provide(KeyRing.layerMemory(new Uint8Array(32)))
)

const insideUnit = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.flatMap(Storage.Storage, (storage) => storage.transaction(effect)).pipe(Effect.provide(unit))
