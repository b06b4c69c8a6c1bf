/**
 * Kota Tangerang's rule on whom it registers and pays for (PBPU-PD), as a layer on the
 * national policy, and the pattern for any other local government's.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import { make as day } from "../time/PlainDate.ts"
import { cite } from "./Citation.ts"
import * as National from "./National.ts"
import * as Policy from "./Policy.ts"

// --- the layer ---

/**
 * Residents with an identity card of the city who earn no wage (a worker who was laid off
 * qualifies), and newborns and children of its members; in class III.
 *
 * Source: city health office, December 2025, as reported by distrikbantennews 2025/12/15.
 *
 * @category policies
 * @since 0.1.0
 */
export const layer: Policy.Layer = {
  name: "kota-tangerang",
  version: "2025.12",
  parameters: {
    localAdmission: [
      {
        value: {
          mode: "residents",
          regencies: ["3671"],
          wageEarners: false,
          wardClass: 3,
          childrenOfMembers: true
        },
        appliesFrom: day("2025-12-15"),
        announcedAt: day("2025-12-15"),
        verifiedThrough: day("2026-02-28"),
        citation: cite("Kota Tangerang health office, December 2025", "high", {
          rule: "PBPU-PD",
          seen: "distrikbantennews 2025/12/15"
        }),
        note: "A local rule. The day on which it began was not found; it is taken from the day of the report."
      }
    ]
  }
}

// --- the policies ---

/**
 * The national policy as it is known now, with the city's rule.
 *
 * @category policies
 * @since 0.1.0
 */
export const policy: Policy.Policy = Result.getOrThrow(Policy.layer(National.policy, layer))

/**
 * Every version that a decision may have been taken by. A released one is never removed.
 *
 * @category policies
 * @since 0.1.0
 */
export const versions: ReadonlyArray<Policy.Policy> = [policy]
