/**
 * A decision that can be kept, shown, and taken again with the same bytes.
 *
 * It holds everything it rests on: the facts, both days, the version of the rules and of
 * the policy. The pure rule makes the decision; whoever records it adds the hash of its
 * canonical JSON, with the hash function of the `privacy` room.
 *
 * This room does not know what facts there are: the room that decides brings their
 * schema.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Segment } from "../identity/Segment.ts"
import { PlainDate } from "../time/PlainDate.ts"
import * as CanonicalJson from "./CanonicalJson.ts"
import { Reason, ReasonCode } from "./Reason.ts"
import * as Verdict from "./Verdict.ts"

// --- models ---

/**
 * Which segment, of those that fit.
 *
 * `Undecided`: a segment that would come first is still unknown. `missing` are the facts
 * that settle it.
 *
 * @category models
 * @since 0.1.0
 */
export type Choice<FactName extends string = string> =
  | { readonly _tag: "Chosen"; readonly segment: Segment; readonly ground: string }
  | { readonly _tag: "Undecided"; readonly missing: ReadonlyArray<FactName> }
  | { readonly _tag: "NoneFits" }

/**
 * Facts that cannot all be true, by the code of the reason that says so.
 *
 * @category models
 * @since 0.1.0
 */
export interface Contradiction<FactName extends string = string> {
  readonly code: ReasonCode
  readonly facts: readonly [FactName, ...ReadonlyArray<FactName>]
  readonly reason: Reason
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Decision<Facts, FactName extends string = string> {
  readonly rulesVersion: string
  readonly policyVersion: string
  /** The day that the decision applies to. */
  readonly appliesOn: PlainDate
  /** The day on which we ask what was known. */
  readonly knownOn: PlainDate
  readonly facts: Facts
  readonly verdicts: { readonly [S in Segment]: Verdict.Verdict<FactName> }
  readonly choice: Choice<FactName>
  /** Why the choice is what it is: what to show first. */
  readonly reasons: readonly [Reason, ...ReadonlyArray<Reason>]
  /** Facts that would settle the choice; empty when it is settled. */
  readonly missing: ReadonlyArray<FactName>
  /** What a reader must know besides: not verified after a day, source not sure. */
  readonly notes: ReadonlyArray<Reason>
  /** What cannot be true of the facts. Where there is any, nothing is decided, and nothing is asked. */
  readonly contradictions?: ReadonlyArray<Contradiction<FactName>>
}

/**
 * A decision with the hash of its canonical JSON, lower-case hexadecimal.
 *
 * @category models
 * @since 0.1.0
 */
export type Recorded<Facts, FactName extends string = string> = Decision<Facts, FactName> & { readonly hash: string }

/**
 * The schema of a recorded decision over one room's facts.
 *
 * @category models
 * @since 0.1.0
 */
export const schema = <Facts, FactName extends string>(
  facts: Schema.Codec<Facts, unknown>,
  factName: Schema.Codec<FactName>
): Schema.Codec<Recorded<Facts, FactName>, unknown> => {
  const verdict = Verdict.schema(factName)
  return Schema.Struct({
    rulesVersion: Schema.NonEmptyString,
    policyVersion: Schema.NonEmptyString,
    appliesOn: PlainDate,
    knownOn: PlainDate,
    facts,
    verdicts: Schema.Struct({
      "PBI-JK": verdict,
      "PBPU-PD": verdict,
      "PPU-PN": verdict,
      "PPU-BU": verdict,
      PBPU: verdict,
      BP: verdict
    }),
    choice: Schema.Union([
      Schema.TaggedStruct("Chosen", { segment: Segment, ground: Schema.NonEmptyString }),
      Schema.TaggedStruct("Undecided", { missing: Schema.Array(factName) }),
      Schema.TaggedStruct("NoneFits", {})
    ]),
    reasons: Schema.NonEmptyArray(Reason),
    missing: Schema.Array(factName),
    notes: Schema.Array(Reason),
    contradictions: Schema.optionalKey(
      Schema.Array(Schema.Struct({ code: ReasonCode, facts: Schema.NonEmptyArray(factName), reason: Reason }))
    ),
    hash: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/, { message: "expected 64 hexadecimal digits" }))
  })
}

// --- recording ---

/**
 * Adds the hash. `hash` is SHA-256, from the `Crypto` port or any other source: the
 * same bytes on each.
 *
 * @category recording
 * @since 0.1.0
 */
export const record = <D extends Decision<unknown>>(
  decision: D,
  hash: (bytes: Uint8Array) => Uint8Array
): D & { readonly hash: string } => ({
  ...decision,
  hash: Result.getOrThrow(CanonicalJson.digest(decision, hash))
})

/**
 * The decision without its hash: what the hash was taken of.
 *
 * @category recording
 * @since 0.1.0
 */
export const withoutHash = <Facts, FactName extends string>(
  recorded: Recorded<Facts, FactName>
): Decision<Facts, FactName> => {
  const { hash: _, ...decision } = recorded
  return decision
}
