/**
 * What a report is drawn from: counts and codes, and nothing about any one person.
 */
import type { DuplicateCase } from "@kis/core/deduplication"
import type { Segment } from "@kis/core/identity"
import type { Membership } from "@kis/core/membership"
import type { Message, Template } from "@kis/core/messaging"
import type { Outcome } from "@kis/core/registration"
import type { Target } from "@kis/core/sla"
import type { PlainDate } from "@kis/core/time"

// --- models ---

export interface ReportData {
  /** The day of the report, and the offices that registered. */
  readonly on: PlainDate.PlainDate
  readonly offices: ReadonlyArray<string>
  /** The rules and parameters by which people were put into their segments. */
  readonly rules: ReadonlyArray<string>
  /** Lines of all applications, by what became of them. */
  readonly tally: Outcome.Tally
  readonly people: ReadonlyArray<People>
  readonly refusals: ReadonlyArray<Refusal>
  readonly duplicates: ReadonlyArray<Duplicates>
  readonly messages: ReadonlyArray<Messages>
  readonly phones: Phones
  readonly clocks: ReadonlyArray<Clocks>
  readonly checks: ReadonlyArray<Check>
}

/** People with a membership, by segment, state and district; those who named no district have none. */
export interface People {
  readonly segment: Segment.Segment
  readonly state: Membership.State
  readonly district: string | undefined
  readonly count: number
}

/** How many lines were refused for this reason. A line may have several. */
export interface Refusal {
  readonly field: string | undefined
  readonly code: string
  readonly count: number
}

/** Cases of a kind, and how often each field compared to each level. */
export interface Duplicates {
  readonly kind: DuplicateCase.Kind
  readonly count: number
  readonly evidence: ReadonlyArray<{ readonly field: EvidenceField; readonly level: string; readonly count: number }>
}

export const evidenceFields = ["nik", "name", "birth", "mother", "familyCard", "sex"] as const

export type EvidenceField = (typeof evidenceFields)[number]

export interface Messages {
  readonly template: Template.TemplateId
  readonly state: Message.State
  readonly count: number
}

/**
 * Phones that were told of a registration, each counted once a registration, by how far they came:
 * confirmed, only wrong codes, the right code too late, a code asked for and never sent back, a
 * code that may still come, or no code asked for at all.
 */
export type Phones = Readonly<Record<PhoneEnd, number>>

export const phoneEnds = ["verified", "wrong", "late", "silent", "open", "never"] as const

export type PhoneEnd = (typeof phoneEnds)[number]

/** Clocks that run, by the day on which the answer is owed. */
export interface Clocks {
  readonly kind: Target.Kind
  readonly standing: Target.Standing
  readonly opened: PlainDate.PlainDate
  readonly due: PlainDate.PlainDate
  readonly estimate: boolean
  readonly count: number
}

/** Two counts, each from records of its own, that must be one number. */
export interface Check {
  readonly name: CheckName
  readonly left: number
  readonly right: number
}

export type CheckName = "lines" | "registered" | "memberships" | "review" | "clocks" | "codes" | "phones"

// --- reading ---

/** The sum of counts, of all or of those that pass. */
export const sum = <A extends { readonly count: number }>(
  of: ReadonlyArray<A>,
  where: (it: A) => boolean = () => true
): number => of.reduce((total, it) => total + (where(it) ? it.count : 0), 0)

/** Counts of equal keys, joined. The order is that in which the keys first came. */
export const grouped = <A extends { readonly count: number }, K>(
  of: ReadonlyArray<A>,
  key: (it: A) => K
): ReadonlyArray<{ readonly key: K; readonly count: number }> => {
  const counts = new Map<K, number>()
  for (const it of of) counts.set(key(it), (counts.get(key(it)) ?? 0) + it.count)
  return Array.from(counts, ([key, count]) => ({ key, count }))
}
