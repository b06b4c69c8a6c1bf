/**
 * What a comparison means for a registration.
 *
 * Two defects look alike and are opposites. One person with two accounts (type A) may be
 * joined after review. Two persons on one NIK (type B) must never be joined: that happened to
 * more than ten million records by the count of 2019 (domain.md DUP-3, DUP-4). No machine
 * decides either; it only says which question an officer has to answer.
 *
 * @since 0.1.0
 */
import type { Comparison } from "./Comparison.ts"

// --- models ---

/**
 * - `same`: this person is on the register already; nothing is to be done.
 * - `one-person`: probably the same person again, under other writing (type A): a person decides.
 * - `two-persons`: one NIK, two different persons (type B): never merged, a person decides.
 * - `clear`: two different persons.
 *
 * @category models
 * @since 0.1.0
 */
export type Judgement = "same" | "one-person" | "two-persons" | "clear"

// --- judging ---

/**
 * The weight in bits from which two records without a common NIK are held for review. Chosen on
 * generated registers: it finds at least 95 of 100 planted second accounts and holds fewer than
 * 5 of 1,000 people who have none.
 *
 * @category judging
 * @since 0.1.0
 */
export const threshold = 21

/**
 * Judges a pair.
 *
 * `together` says that both records came in one application: brothers and sisters then stand
 * side by side on purpose, so a name that is merely close is no reason to hold anyone.
 *
 * @category judging
 * @since 0.1.0
 */
export const judge = (pair: Comparison, together = false): Judgement => {
  const named = pair.name === "same" || pair.name === "variant"
  if (pair.nik === "same") {
    if (named && pair.birth === "same" && pair.sex === "same") return "same"
    return named || pair.name === "typo" || pair.name === "unknown" ? "one-person" : "two-persons"
  }
  const identical =
    pair.name === "same" &&
    pair.birth === "same" &&
    pair.sex === "same" &&
    pair.mother === "same" &&
    pair.familyCard === "same"
  if (identical && pair.nik === "absent") return "same"
  if (together && !named) return "clear"
  return pair.weight >= threshold ? "one-person" : "clear"
}

/**
 * The graver of two judgements: a person who is plainly on the register is not a near match of
 * someone else, and a shared NIK outweighs a resemblance.
 *
 * @category judging
 * @since 0.1.0
 */
export const rank: Record<Judgement, number> = { same: 3, "two-persons": 2, "one-person": 1, clear: 0 }
