/**
 * Key rings that are wrong on purpose, each in one way.
 *
 * @since 0.1.0
 */
import { KeyRing } from "@kis/core/privacy"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as KeyRingLaws from "./KeyRingLaws.ts"

type Service = KeyRing.KeyRing["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  lacksTheCurrent: "the current sealing key and the index root are in the ring, by their numbers",
  namesAnotherIndex: "the current sealing key and the index root are in the ring, by their numbers",
  shortens: "every secret has 32 bytes, and is no pattern",
  fillsWithZeros: "every secret has 32 bytes, and is no pattern",
  sharesOneSecret: "no two secrets are the same",
  sealsWithThePepper: "no two secrets are the same",
  givesTheCurrentForAny: "a number that is not in the ring is none, and not another key",
  givesTheIndexForAny: "a number that is not in the ring is none, and not another key",
  drawsEachTime: "the same secret has the same bytes each time",
  forgetsAtTheEnd: "opened again, it is the same ring",
  staysWithTheOld: "after a rotation another key is current, under a number that was never used",
  usesANumberTwice: "after a rotation another key is current, under a number that was never used",
  dropsTheOld: "after a rotation everything else is as it was: what was sealed and indexed before is found",
  rotatesTheIndexToo: "after a rotation everything else is as it was: what was sealed and indexed before is found"
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type Defect = keyof typeof caughtBy

/**
 * @category models
 * @since 0.1.0
 */
export const defects = Object.keys(caughtBy) as ReadonlyArray<Defect>

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layerBroken = (defect: Defect): Layer.Layer<KeyRing.KeyRing | KeyRingLaws.KeyStore> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const ring = yield* KeyRing.KeyRing
      const store = yield* KeyRingLaws.KeyStore
      const breaks = breaking[defect]
      let opened = 0
      const broken = KeyRingLaws.KeyStore.of({
        rotate: store.rotate,
        open: Effect.map(store.open, (whole) => ({ ...whole, ...breaks(whole, ++opened) }))
      })
      const first = { ...ring, ...breaks(ring, 0) }
      return Context.make(KeyRing.KeyRing, first).pipe(Context.add(KeyRingLaws.KeyStore, broken))
    })
  ).pipe(Layer.provide(KeyRingLaws.layerMemory))

// --- private ---

const FIRST = KeyRing.KeyId.make(1)

const other = (secret: Uint8Array, by: number): Uint8Array => secret.map((byte, i) => byte ^ (by + i))

const currentOf = (whole: Service) => whole.sealing(whole.current)

/** `opened` counts how often the ring was opened before. */
const breaking: Record<Defect, (whole: Service, opened: number) => Partial<Service>> = {
  lacksTheCurrent: (whole) => ({
    sealing: (id) => (id === whole.current ? Option.none() : whole.sealing(id))
  }),
  namesAnotherIndex: (whole) => ({ indexRoot: (id) => Option.map(whole.indexRoot(id), (_) => other(_, 1)) }),
  shortens: (whole) => ({ audit: whole.audit.slice(0, 16) }),
  fillsWithZeros: () => ({ pepper: new Uint8Array(32) }),
  sharesOneSecret: (whole) => ({ audit: whole.index }),
  sealsWithThePepper: (whole) => ({
    sealing: (id) => (id === whole.current ? Option.some(whole.pepper) : whole.sealing(id))
  }),
  givesTheCurrentForAny: (whole) => ({ sealing: (id) => Option.orElse(whole.sealing(id), () => currentOf(whole)) }),
  givesTheIndexForAny: (whole) => ({ indexRoot: () => Option.some(whole.index) }),
  drawsEachTime: (whole) => {
    let times = 0
    return { sealing: (id) => Option.map(whole.sealing(id), (_) => other(_, times++)) }
  },
  forgetsAtTheEnd: (whole, opened) => ({ pepper: other(whole.pepper, opened) }),
  staysWithTheOld: () => ({ current: FIRST }),
  usesANumberTwice: (whole) => ({
    current: FIRST,
    sealing: (id) => (id === FIRST ? currentOf(whole) : Option.none())
  }),
  dropsTheOld: (whole) => ({ sealing: (id) => (id === whole.current ? whole.sealing(id) : Option.none()) }),
  rotatesTheIndexToo: (whole) => ({ index: other(whole.index, whole.current) })
}
