/**
 * The national policy: every number of the scheme that the rules use, as dated entries.
 *
 * State of knowledge: February 2026. Nothing here was read in an official gazette end to
 * end; each entry says where it was seen and how sure we are. Beyond `verifiedThrough`
 * the last value goes on applying, and a decision that used it says so.
 *
 * @since 0.1.0
 */
import { belonging } from "./internal/national/belonging.ts"
import { contributions } from "./internal/national/contributions.ts"
import { identity } from "./internal/national/identity.ts"
import { membership } from "./internal/national/membership.ts"
import { paying } from "./internal/national/paying.ts"
import { pbi } from "./internal/national/pbi.ts"
import { penalty } from "./internal/national/penalty.ts"
import { released } from "./internal/national/released.ts"
import type { Parameters, Policy } from "./Policy.ts"

const parameters: Parameters = {
  ...belonging,
  ...contributions,
  ...paying,
  ...penalty,
  ...membership,
  ...pbi,
  ...identity
}

/**
 * The national policy as it is known now.
 *
 * @category policies
 * @since 0.1.0
 */
export const policy: Policy = { version: "national-2026.02.2", parameters }

/**
 * Every version of the national policy that a decision may have been taken by, so that
 * it can be taken again. A released version is never removed or changed; what it did not
 * hold yet has no entries in it.
 *
 * @category policies
 * @since 0.1.0
 */
export const versions: ReadonlyArray<Policy> = [...released(parameters), policy]
