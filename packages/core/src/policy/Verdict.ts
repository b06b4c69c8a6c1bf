/**
 * An answer in three values.
 *
 * `Yes` and `No` are settled: no further fact can turn them into `Unknown`. `Unknown`
 * names the facts that would settle it. A question that was never asked is never a yes.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Reason } from "./Reason.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Yes {
  readonly _tag: "Yes"
  readonly reasons: ReadonlyArray<Reason>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface No {
  readonly _tag: "No"
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Unknown<FactName extends string = string> {
  readonly _tag: "Unknown"
  /**
   * Once all of these are known, the answer is yes or no; by less it is not settled. Empty
   * only where no further fact could settle it: the rule itself is not known for the day, or
   * what is known contradicts itself, and `reasons` says which.
   */
  readonly missing: ReadonlyArray<FactName>
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
}

/**
 * `FactName` is the name of a fact of the room that decides.
 *
 * @category models
 * @since 0.1.0
 */
export type Verdict<FactName extends string = string> = Yes | No | Unknown<FactName>

/**
 * The schema of a verdict over the facts of one room.
 *
 * @category models
 * @since 0.1.0
 */
export const schema = <FactName extends string>(factName: Schema.Codec<FactName>): Schema.Codec<Verdict<FactName>> =>
  Schema.Union([
    Schema.TaggedStruct("Yes", { reasons: Schema.Array(Reason) }),
    Schema.TaggedStruct("No", { reasons: Schema.NonEmptyArray(Reason) }),
    Schema.TaggedStruct("Unknown", {
      missing: Schema.Array(factName),
      reasons: Schema.NonEmptyArray(Reason)
    })
  ])

// --- reading ---

/**
 * Whether no further fact can change a yes or no into an unknown.
 *
 * @category reading
 * @since 0.1.0
 */
export const isSettled = (self: Verdict): self is Yes | No => self._tag !== "Unknown"

/**
 * @category reading
 * @since 0.1.0
 */
export const isYes = (self: Verdict): self is Yes => self._tag === "Yes"
