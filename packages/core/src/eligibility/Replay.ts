/**
 * Takes a recorded decision again: the same bytes, or a plain statement that it cannot
 * be done. Never other bytes.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as CanonicalJson from "../policy/CanonicalJson.ts"
import * as Decision from "../policy/Decision.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import * as Eligibility from "./Eligibility.ts"
import * as RuleSet from "./RuleSet.ts"

// --- models ---

/**
 * A decision that was taken again.
 *
 * @category models
 * @since 0.1.0
 */
export interface Replayed {
  readonly decision: Eligibility.Recorded
  /** Canonical JSON of the recorded decision, hash included, UTF-8. */
  readonly bytes: Uint8Array
}

// --- errors ---

/**
 * The decision could not be taken again.
 *
 * - `Unreadable`: what was given is not a recorded decision.
 * - `Altered`: its hash is not the hash of what it says.
 * - `RulesUnknown`, `PolicyUnknown`: this version of the library does not hold that
 *   version of the rules or of the policy.
 * - `Differs`: the same versions decide otherwise. That is a defect of this library.
 *
 * @category errors
 * @since 0.1.0
 */
export class ReplayUnavailable extends Schema.TaggedError<ReplayUnavailable>("@kis/core/eligibility/ReplayUnavailable")(
  "ReplayUnavailable",
  {
    reason: Schema.Literals(["Unreadable", "Altered", "RulesUnknown", "PolicyUnknown", "Differs"]),
    rulesVersion: Schema.String,
    policyVersion: Schema.String
  }
) {
  override get message() {
    return `The decision cannot be replayed (rules "${this.rulesVersion}", policy "${this.policyVersion}"): ${texts[this.reason]}`
  }
}

// --- replaying ---

/**
 * Decides again from the facts, days and versions that were recorded, and compares
 * every byte.
 *
 * `hash` is SHA-256; `policies` are the policies that this system holds, by default every
 * released version of the national one; `ruleSets` likewise.
 *
 * @example
 * const neverCalled = (bytes: Uint8Array): Uint8Array => bytes
 * const nonsense = Replay.replay({ choice: "PBPU" }, neverCalled)
 * Result.isFailure(nonsense) && nonsense.failure.reason // => "Unreadable"
 *
 * @category replaying
 * @since 0.1.0
 */
export const replay = (
  recorded: unknown,
  hash: (bytes: Uint8Array) => Uint8Array,
  policies: ReadonlyArray<Policy> = National.versions,
  ruleSets: ReadonlyArray<RuleSet.RuleSet> = RuleSet.versions
): Result.Result<Replayed, ReplayUnavailable> => {
  const read = Schema.decodeUnknownResult(Eligibility.Recorded)(recorded, { onExcessProperty: "error" })
  if (Result.isFailure(read)) return unavailable("Unreadable")
  const decision = read.success
  if (Decision.record(Decision.withoutHash(decision), hash).hash !== decision.hash) {
    return unavailable("Altered", decision)
  }
  const rules = ruleSets.find((one) => one.version === decision.rulesVersion)
  if (rules === undefined) return unavailable("RulesUnknown", decision)
  const policy = policies.find((one) => one.version === decision.policyVersion)
  if (policy === undefined) return unavailable("PolicyUnknown", decision)

  const again = Eligibility.record(Eligibility.evaluate(decision.facts, decision, policy, rules), hash)
  if (again.hash !== decision.hash) return unavailable("Differs", decision)
  return Result.succeed({ decision: again, bytes: Result.getOrThrow(CanonicalJson.encodeBytes(again)) })
}

// --- private ---

const texts: { readonly [R in ReplayUnavailable["reason"]]: string } = {
  Unreadable: "it is not a recorded decision. Give the JSON object of one decision, hash included.",
  Altered: "its hash is not the hash of what it says. Ask for an unaltered copy.",
  RulesUnknown: "this version of the library does not hold those rules. Use the version that took the decision.",
  PolicyUnknown: "this version of the library does not hold that policy. Give the policy that took the decision.",
  Differs: "the same versions decide otherwise here. Report it with the decision: it is a defect."
}

const unavailable = (
  reason: ReplayUnavailable["reason"],
  decision?: Eligibility.Recorded
): Result.Result<never, ReplayUnavailable> =>
  Result.fail(
    new ReplayUnavailable({
      reason,
      rulesVersion: decision?.rulesVersion ?? "",
      policyVersion: decision?.policyVersion ?? ""
    })
  )
