/**
 * What goes wrong when another organisation's register is asked.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * The register gave no answer. It is never the same as "no such person": whoever waits for the
 * answer stays pending, and is asked about again.
 *
 * - `NotConnected`: no such register is configured here.
 * - `Unavailable`: it is down, slow or cut off.
 * - `Unreadable`: it said something that is no answer to the question.
 * - `RateLimited`: it asks to wait, where it says so for `retryAfterMillis`.
 * - `Refused`: it does not accept this question from us (rights, agreement, credentials).
 *
 * @category errors
 * @since 0.1.0
 */
export class RegistryError extends Schema.TaggedError<RegistryError>("@kis/core/registry/RegistryError")(
  "RegistryError",
  {
    registry: Schema.Literals(["population", "card-numbers", "care-status"]),
    reason: Schema.Literals(["NotConnected", "Unavailable", "Unreadable", "RateLimited", "Refused"]),
    retryAfterMillis: Schema.optionalKey(Schema.Int)
  }
) {
  get isRetryable() {
    return this.reason === "Unavailable" || this.reason === "Unreadable" || this.reason === "RateLimited"
  }
  override get message() {
    return `The ${this.registry} register gave no answer (${this.reason}). ${
      this.isRetryable
        ? "The people concerned stay as they are and are asked about again."
        : "Connect it, or check the access agreement; until then the people concerned stay as they are."
    }`
  }
}
