/**
 * A value that the law changes over time.
 *
 * An entry says from which day it applies, on which day it became known, and where it
 * is written. Asking for a value therefore takes two days: the day the rule is applied
 * to, and the day on which we ask what was known. The second is what makes an old
 * decision repeatable after a court or a ministry has changed the past.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import { isAfter, notAfter, type PlainDate } from "../time/PlainDate.ts"
import type { Citation } from "./Citation.ts"

// --- models ---

/**
 * What is said of any stretch of days, known or not.
 *
 * @category models
 * @since 0.1.0
 */
export interface Stretch {
  /** First day on which it applies. */
  readonly appliesFrom: PlainDate
  /** Last day on which it applies, inclusive; absent means open. */
  readonly appliesTo?: PlainDate
  /** Day on which the public could know it. */
  readonly announcedAt: PlainDate
  readonly citation: Citation
  /** What a reader must know to use it rightly. */
  readonly note?: string
  /** The layer that it came with; absent in the policy below all layers. */
  readonly layer?: string
}

/**
 * A value and the days for which it is the law.
 *
 * @category models
 * @since 0.1.0
 */
export interface Known<A> extends Stretch {
  readonly value: A
  /**
   * Last day for which somebody looked whether it still applies. Absent for entries
   * whose end is known: the past does not go stale.
   */
  readonly verifiedThrough?: PlainDate
}

/**
 * Days for which the value is known not to be known: the old rule ended, and nobody saw
 * what took its place.
 *
 * @category models
 * @since 0.1.0
 */
export interface Gap extends Stretch {
  /** Why, for whoever asks. */
  readonly unknown: { readonly id: string; readonly en: string }
}

/**
 * One entry of a dated value: a value, or a gap that says why there is none.
 *
 * @category models
 * @since 0.1.0
 */
export type Entry<A> = Known<A> | Gap

/**
 * The history of one value, newest announcement last. Later announcements win over
 * earlier ones where their days overlap: that is how a court overturns a tariff.
 *
 * @category models
 * @since 0.1.0
 */
export type Dated<A> = ReadonlyArray<Entry<A>>

/**
 * The two days that a question is asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface AsOf {
  readonly appliesOn: PlainDate
  readonly knownOn: PlainDate
}

// --- constructors ---

/**
 * A gap in a history: from a day on the value is not known, and why.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unknown = (gap: Gap): Gap => gap

// --- reading ---

/**
 * Whether an entry holds a value.
 *
 * @category reading
 * @since 0.1.0
 */
export const isKnown = <A>(self: Entry<A>): self is Known<A> => "value" in self

/**
 * The value in force, with its citation, or none when nothing was known to apply.
 *
 * @example
 * // Class I in May 2020: 160,000 as known in January, 80,000 after the Court had ruled.
 * const { history } = National.policy.parameters.selfPayFirst
 * const appliesOn = PlainDate.make("2020-05-10")
 * const known = (on: string) =>
 *   Option.map(Dated.at(history, { appliesOn, knownOn: PlainDate.make(on) }), (entry) => entry.value)
 * known("2020-01-15") // => Option.some(160_000)
 * known("2020-06-01") // => Option.some(80_000)
 *
 * @category reading
 * @since 0.1.0
 */
export const at = <A>(self: Dated<A>, asOf: AsOf): Option.Option<Known<A>> =>
  Option.filter(entryAt(self, asOf), isKnown)

/**
 * The entry in force, be it a value or a gap; none when nothing was said of the day.
 *
 * @category reading
 * @since 0.1.0
 */
export const entryAt = <A>(self: Dated<A>, asOf: AsOf): Option.Option<Entry<A>> => {
  for (let i = self.length - 1; i >= 0; i--) {
    const entry = self[i]!
    if (isAnnounced(entry, asOf) && applies(entry, asOf)) return Option.some(entry)
  }
  return Option.none()
}

/**
 * Whether the day asked for lies beyond what was verified: the value still applies, and
 * whoever uses it says so.
 *
 * @category reading
 * @since 0.1.0
 */
export const isBeyondVerified = (self: Entry<unknown>, asOf: AsOf): boolean =>
  isKnown(self) && self.verifiedThrough !== undefined && isAfter(asOf.appliesOn, self.verifiedThrough)

// --- private ---

const isAnnounced = (entry: Stretch, asOf: AsOf) => notAfter(entry.announcedAt, asOf.knownOn)

const applies = (entry: Stretch, asOf: AsOf) =>
  notAfter(entry.appliesFrom, asOf.appliesOn) &&
  (entry.appliesTo === undefined || notAfter(asOf.appliesOn, entry.appliesTo))
