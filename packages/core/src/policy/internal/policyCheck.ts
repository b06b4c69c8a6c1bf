import { addDays, type PlainDate } from "../../time/PlainDate.ts"
import * as Dated from "../Dated.ts"
import type { Parameter, Problem } from "../Policy.ts"
import * as Rule from "../Rule.ts"

/** Every fault of one parameter of a policy. */
export const faultsOf = (parameter: string, { history, rule }: Parameter<unknown>): ReadonlyArray<Problem> => [
  ...(Rule.find(rule) === undefined ? [{ kind: "UnknownRule" as const, parameter }] : []),
  ...history.flatMap((entry, i) => entryFaults(entry, i, history).map((kind) => ({ kind, parameter, entry: i }))),
  ...silentGaps(history).map((gap) => ({ kind: "SilentGap" as const, parameter, ...gap }))
]

const entryFaults = (
  entry: Dated.Entry<unknown>,
  i: number,
  history: Dated.Dated<unknown>
): ReadonlyArray<Problem["kind"]> => {
  const kinds: Array<Problem["kind"]> = []
  const ofItsLayer = history.slice(0, i).filter((other) => other.layer === entry.layer)
  const before = ofItsLayer.at(-1)
  if (entry.appliesTo !== undefined && entry.appliesTo < entry.appliesFrom) kinds.push("DatesReversed")
  if (before !== undefined && entry.announcedAt < before.announcedAt) kinds.push("OutOfOrder")
  if (ofItsLayer.some((other) => other.announcedAt === entry.announcedAt && overlap(other, entry))) {
    kinds.push("Ambiguous")
  }
  if (entry.citation.source.trim() === "") kinds.push("NoSource")
  if (entry.citation.rule === undefined || Rule.find(entry.citation.rule) === undefined) kinds.push("UnknownRule")
  if (!Dated.isKnown(entry) && (entry.unknown.id.trim() === "" || entry.unknown.en.trim() === "")) kinds.push("NoWhy")
  return kinds
}

const overlap = (a: Dated.Stretch, b: Dated.Stretch): boolean =>
  (a.appliesTo === undefined || b.appliesFrom <= a.appliesTo) &&
  (b.appliesTo === undefined || a.appliesFrom <= b.appliesTo)

/**
 * What is in force changes only on the first day of an entry and on the day after the last
 * of one, and what is known only on the days of announcements: it is enough to look there.
 */
const silentGaps = (
  history: Dated.Dated<unknown>
): ReadonlyArray<{ readonly day: PlainDate; readonly knownOn: PlainDate }> => {
  const edges = history.flatMap(({ appliesFrom, appliesTo }) =>
    appliesTo === undefined ? [appliesFrom] : [appliesFrom, addDays(appliesTo, 1)]
  )
  return [...new Set(history.map((entry) => entry.announcedAt))].flatMap((knownOn) => {
    const first = history
      .filter((entry) => entry.announcedAt <= knownOn)
      .reduce<PlainDate | undefined>((least, { appliesFrom }) => earlier(least, appliesFrom), undefined)
    const day = edges
      .filter((edge) => first !== undefined && edge >= first)
      .toSorted()
      .find((appliesOn) => Dated.entryAt(history, { appliesOn, knownOn })._tag === "None")
    return day === undefined ? [] : [{ day, knownOn }]
  })
}

const earlier = (a: PlainDate | undefined, b: PlainDate): PlainDate => (a === undefined || b < a ? b : a)
