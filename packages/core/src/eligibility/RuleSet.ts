/**
 * A version of the rules as data: the grounds, the order in which they come, and how a
 * decision is told.
 *
 * A decision records the version, and is taken again by the same one: a released rule set
 * is never changed. Whoever puts the grounds in another order makes a rule set with a
 * version of its own, so that its decisions are not mistaken for others.
 *
 * @since 0.1.0
 */
import { grounds as groundsV1 } from "./internal/rulesV1.ts"
import * as Precedence from "./Precedence.ts"
import { type Ground, type GroundId, grounds } from "./Rules.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface RuleSet {
  readonly version: string
  readonly grounds: { readonly [G in GroundId]: Ground }
  readonly precedence: Precedence.Precedence
  /** Whether facts that cannot all be true are reported, and not decided upon. */
  readonly contradictions: "reported" | "ignored"
  /** `minimal`: asking for what is missing, and only that, settles the answer. */
  readonly missing: "minimal" | "any"
  /** Whose parameters the notes are about: the grounds that decided, or every ground. */
  readonly notes: "decisive" | "every"
}

// --- rule sets ---

/**
 * The rules of the first release: a question too many now and then, and notes on every
 * ground. Kept for the decisions that were taken by them.
 *
 * @category rule sets
 * @since 0.1.0
 */
export const v1: RuleSet = {
  version: "1",
  grounds: groundsV1,
  precedence: Precedence.national,
  contradictions: "ignored",
  missing: "any",
  notes: "every"
}

/**
 * The rules as they are now.
 *
 * @category rule sets
 * @since 0.1.0
 */
export const current: RuleSet = {
  version: "2",
  grounds,
  precedence: Precedence.national,
  contradictions: "reported",
  missing: "minimal",
  notes: "decisive"
}

/**
 * Every rule set that a decision may have been taken by, oldest first.
 *
 * @category rule sets
 * @since 0.1.0
 */
export const versions: ReadonlyArray<RuleSet> = [v1, current]

// --- constructors ---

/**
 * The same grounds in another order. `name` becomes part of the version.
 *
 * @example
 * const localFirst = RuleSet.withPrecedence(RuleSet.current, "local-first", [
 *   "local",
 *   ...Precedence.national.filter((ground) => ground !== "local")
 * ])
 * localFirst.version // => "2+local-first"
 *
 * @category constructors
 * @since 0.1.0
 */
export const withPrecedence = (self: RuleSet, name: string, precedence: Precedence.Precedence): RuleSet => ({
  ...self,
  version: `${self.version}+${name}`,
  precedence
})
