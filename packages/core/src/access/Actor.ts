/**
 * Who does something to the register.
 *
 * Every command and every line of the audit record names one. The id is a code of the
 * organisation (a staff number, a counter, a job), never a name or a NIK.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

// --- models ---

/**
 * - `citizen`: for oneself; `proxy`: a helper or relative under a recorded consent;
 * - `officer`, `supervisor`: staff of the scheme;
 * - `employer`, `local-government`: for their own workers or residents;
 * - `system`: a job without a person behind it.
 *
 * @category models
 * @since 0.1.0
 */
export const ActorKind = Schema.Literals([
  "citizen",
  "proxy",
  "officer",
  "supervisor",
  "employer",
  "local-government",
  "system"
])

/**
 * @category models
 * @since 0.1.0
 */
export const Actor = Schema.Struct({
  kind: ActorKind,
  id: Schema.String.check(
    Schema.isPattern(/^[A-Za-z0-9:_-]{1,64}$/, { message: "expected a code of letters, digits, : _ or -, not a name" }),
    Schema.makeFilter((id) => !/\d{13}/.test(id) || "looks like a card number or NIK; use a code of the organisation")
  )
})

/**
 * @category models
 * @since 0.1.0
 */
export type Actor = typeof Actor.Type

// --- reading ---

/**
 * The actor in one word, as the audit record holds it: `officer:417`.
 *
 * @category reading
 * @since 0.1.0
 */
export const label = (actor: Actor): string => `${actor.kind}:${actor.id}`
