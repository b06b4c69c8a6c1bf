/**
 * Several segments may fit one person: which comes first.
 *
 * Work for a wage is mandatory cover and overrides everything; then what others pay for;
 * what a person pays alone comes last. The order is a synthesis of the sources, of medium
 * confidence; a {@link RuleSet} may hold another.
 *
 * Choosing does not depend on the order in which the grounds are given, and a ground that
 * is still unknown is never skipped: it makes the choice undecided.
 *
 * @since 0.1.0
 */
import { cite, type Citation } from "../policy/Citation.ts"
import type { GroundId } from "./Rules.ts"

// --- models ---

/**
 * All grounds, the first to apply first.
 *
 * @category models
 * @since 0.1.0
 */
export type Precedence = ReadonlyArray<GroundId>

/**
 * A ground with its answer.
 *
 * @category models
 * @since 0.1.0
 */
export interface Candidate {
  readonly ground: GroundId
  readonly answer: "yes" | "no" | "unknown"
}

/**
 * `Undecided` names the grounds that must be settled first.
 *
 * @category models
 * @since 0.1.0
 */
export type Choice =
  | { readonly _tag: "Chosen"; readonly ground: GroundId }
  | { readonly _tag: "Undecided"; readonly grounds: ReadonlyArray<GroundId> }
  | { readonly _tag: "NoneFits" }

// --- orders ---

/**
 * Wage work (UU 24/2011 art. 14-15; Permensos 3/2026 art. 15 removes from PBI who became
 * PPU or registered as PBPU), dependants of a worker, state-paid BP, PBI by decree, local
 * government, then self-payers. Extra family of a worker (FAM-3) is paid by the family,
 * so it stands among those who pay: after one's own trade, before paying without one.
 *
 * @category orders
 * @since 0.1.0
 */
export const national: Precedence = [
  "state-work",
  "private-work",
  "state-family",
  "private-family",
  "state-paid",
  "pbi",
  "local",
  "own-account",
  "state-extra",
  "private-extra",
  "self-pay-family",
  "non-worker"
]

/**
 * Where the order comes from.
 *
 * @category orders
 * @since 0.1.0
 */
export const citation: Citation = cite("UU 24/2011 art. 14-15; Permensos 3/2026 art. 15; synthesis", "medium", {
  rule: "PRECEDENCE",
  seen: "feed.ilidea.com; bangsaonline.com/berita/152783"
})

// --- choosing ---

/**
 * The ground that comes first among those that fit. A ground that the order does not
 * name comes after all that it names, by its name.
 *
 * @category choosing
 * @since 0.1.0
 */
export const choose = (candidates: ReadonlyArray<Candidate>, order: Precedence = national): Choice => {
  const open: Array<GroundId> = []
  for (const { answer, ground } of ranked(candidates, order)) {
    if (answer === "unknown") open.push(ground)
    if (answer === "yes") return open.length === 0 ? { _tag: "Chosen", ground } : { _tag: "Undecided", grounds: open }
  }
  return open.length === 0 ? { _tag: "NoneFits" } : { _tag: "Undecided", grounds: open }
}

// --- private ---

const ranked = (candidates: ReadonlyArray<Candidate>, order: Precedence): ReadonlyArray<Candidate> => {
  const rank = (ground: GroundId) => {
    const position = order.indexOf(ground)
    return position === -1 ? order.length : position
  }
  return [...candidates].sort((a, b) => rank(a.ground) - rank(b.ground) || (a.ground < b.ground ? -1 : 1))
}
