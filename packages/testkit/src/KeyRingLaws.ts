/**
 * The laws of the KeyRing port. A ring is tested with the place where its secrets are kept, which its
 * author provides as `KeyStore`.
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { Crypto, KeyRing } from "@kis/core/privacy"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Law from "./Law.ts"

// --- models ---

/**
 * Where the secrets are kept.
 *
 * @category services
 * @since 0.1.0
 */
export class KeyStore extends Context.Service<
  KeyStore,
  {
    /** The ring as another process opens it now. */
    readonly open: Effect.Effect<KeyRing.KeyRing["Service"]>
    /** A new sealing key becomes the current one. */
    readonly rotate: Effect.Effect<void>
  }
>()("@kis/testkit/KeyRingLaws/KeyStore") {}

type Service = KeyRing.KeyRing["Service"]
type Ends = { readonly ring: Service; readonly store: KeyStore["Service"] }

const law = (
  name: string,
  holds: (ends: Ends) => Effect.Effect<void, unknown> | void
): Law.Law<KeyRing.KeyRing | KeyStore> =>
  Law.make(
    name,
    Effect.gen(function* () {
      const checked = holds({ ring: yield* KeyRing.KeyRing, store: yield* KeyStore })
      if (checked !== undefined) yield* checked
    })
  )

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Law.Law<KeyRing.KeyRing | KeyStore>> = [
  law("the current sealing key and the index root are in the ring, by their numbers", ({ ring }) => {
    assert.isTrue(Option.isSome(ring.sealing(ring.current)))
    const index = ring.indexRoot(ring.indexId)
    assert.strictEqual(hex(Option.getOrThrow(index)), hex(ring.index))
  }),

  law("every secret has 32 bytes, and is no pattern", ({ ring }) => {
    for (const secret of secretsOf(ring)) {
      assert.lengthOf(secret, Crypto.KEY_LENGTH)
      // of 32 random bytes fewer than 20 different ones come once in more than 10^9 keys
      assert.isAtLeast(new Set(secret).size, 20)
    }
  }),

  law("no two secrets are the same", ({ ring, store }) =>
    Effect.gen(function* () {
      assert.strictEqual(new Set(secretsOf(ring).map(hex)).size, secretsOf(ring).length)
      yield* store.rotate
      const rotated = secretsOf(yield* store.open)
      assert.strictEqual(new Set(rotated.map(hex)).size, rotated.length)
    })
  ),

  law("a number that is not in the ring is none, and not another key", ({ ring }) => {
    const strangers = numbers.filter((id) => id !== ring.current)
    assert.isTrue(strangers.some((id) => Option.isNone(ring.sealing(id))))
    const keys = strangers.flatMap((id) =>
      Option.match(ring.sealing(id), { onNone: () => [], onSome: (_) => [hex(_)] })
    )
    assert.strictEqual(new Set(keys).size, keys.length)
    assert.notInclude(keys, hex(Option.getOrThrow(ring.sealing(ring.current))))
    const roots = numbers.filter((id) => id !== ring.indexId).map((id) => ring.indexRoot(id))
    assert.isTrue(roots.every((root) => Option.isNone(root) || hex(root.value) !== hex(ring.index)))
    assert.isTrue(roots.some(Option.isNone))
  }),

  law("the same secret has the same bytes each time", ({ ring }) => {
    const first = secretsOf(ring).map(hex)
    for (let i = 0; i < 5; i++) assert.deepStrictEqual(secretsOf(ring).map(hex), first)
  }),

  law("opened again, it is the same ring", ({ ring, store }) =>
    Effect.gen(function* () {
      for (let i = 0; i < 3; i++) {
        const again = yield* store.open
        assert.deepStrictEqual([again.current, again.indexId], [ring.current, ring.indexId])
        assert.deepStrictEqual(secretsOf(again).map(hex), secretsOf(ring).map(hex))
      }
    })
  ),

  law("after a rotation another key is current, under a number that was never used", ({ ring, store }) =>
    Effect.gen(function* () {
      const before = new Map(numbers.map((id) => [id, ring.sealing(id)]))
      const keys = new Set([ring.current])
      for (let i = 0; i < 3; i++) {
        yield* store.rotate
        const { current, sealing } = yield* store.open
        assert.isFalse(keys.has(current))
        assert.isTrue(Option.isNone(before.get(current) ?? Option.none()))
        assert.isTrue(Option.isSome(sealing(current)))
        keys.add(current)
      }
    })
  ),

  law("after a rotation everything else is as it was: what was sealed and indexed before is found", ({ ring, store }) =>
    Effect.gen(function* () {
      const { audit, current, index, indexId, pepper } = ring
      const key = Option.getOrThrow(ring.sealing(current))
      yield* store.rotate
      yield* store.rotate
      const later = yield* store.open
      assert.strictEqual(hex(Option.getOrThrow(later.sealing(current))), hex(key))
      assert.strictEqual(later.indexId, indexId)
      assert.deepStrictEqual([later.index, later.audit, later.pepper].map(hex), [index, audit, pepper].map(hex))
    })
  )
]

// --- suites ---

/**
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(name: string, layer: Layer.Layer<KeyRing.KeyRing | KeyStore, E>): void =>
  Law.suite(`KeyRing: ${name}`, laws, layer, undefined)

// --- layers ---

/**
 * The ring in memory of `@kis/core`, whose keys all follow from one root.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory: Layer.Layer<KeyRing.KeyRing | KeyStore> = Layer.effectContext(
  Effect.gen(function* () {
    let keys = 1
    const root = new Uint8Array(32).fill(7)
    const open = Effect.suspend(() => Effect.provide(KeyRing.KeyRing, Layer.fresh(KeyRing.layerMemory(root, { keys }))))
    const store = KeyStore.of({ open, rotate: Effect.sync(() => void keys++) })
    return Context.make(KeyRing.KeyRing, yield* open).pipe(Context.add(KeyStore, store))
  })
)

// --- private ---

const numbers = Array.from({ length: 300 }, (_, i) => KeyRing.KeyId.make(i + 1))

const secretsOf = (ring: Service): ReadonlyArray<Uint8Array> => [
  ...numbers.flatMap((id) => Option.match(ring.sealing(id), { onNone: () => [], onSome: (_) => [_] })),
  ring.index,
  ring.audit,
  ring.pepper
]

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
