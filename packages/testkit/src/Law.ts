/**
 * A law of a port: a named check that every layer must pass and that at least one deliberately
 * broken layer fails.
 *
 * @since 0.1.0
 */
import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"

// --- models ---

/**
 * `holds` fails, in whichever way, when the law is broken.
 *
 * @category models
 * @since 0.1.0
 */
export interface Law<R> {
  readonly name: string
  readonly holds: Effect.Effect<void, unknown, R | Scope.Scope>
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = <R>(name: string, holds: Effect.Effect<void, unknown, R | Scope.Scope>): Law<R> => ({ name, holds })

// --- running ---

/**
 * Registers one test a law. Each gets the layer built anew: memoised layers would hand the same
 * store to all.
 *
 * @category running
 * @since 0.1.0
 */
export const suite = <R, E>(name: string, laws: ReadonlyArray<Law<R>>, layer: Layer.Layer<R, E>): void => {
  describe(name, () => {
    for (const law of laws) {
      it.effect(law.name, () => law.holds.pipe(Effect.provide(Layer.fresh(layer))))
    }
  })
}

/**
 * The names of the laws that a layer breaks, in order. What a test of a broken layer asks.
 *
 * @category running
 * @since 0.1.0
 */
export const broken = <R, E>(
  laws: ReadonlyArray<Law<R>>,
  layer: Layer.Layer<R, E>
): Effect.Effect<ReadonlyArray<string>> =>
  Effect.map(
    Effect.forEach(laws, (law) =>
      Effect.map(Effect.exit(Effect.scoped(Effect.provide(law.holds, Layer.fresh(layer)))), (exit) => ({ law, exit }))
    ),
    (results) => results.filter(({ exit }) => Exit.isFailure(exit)).map(({ law }) => law.name)
  )
