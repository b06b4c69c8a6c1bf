import { Family, LifeEvent, LifePlan } from "@kis/core/membership"
import { Id } from "@kis/core/storage"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Answer, type Ask, ask } from "./goldenAsk.ts"

const Given = Schema.Struct({ family: Family.Family, event: LifeEvent.LifeEvent })

const previewed = ask(Given, ({ event, family }, { asOf, policy }): Answer =>
  Result.match(LifePlan.preview(family, event, asOf, policy), {
    onFailure: ({ reasons }): Answer => ({ result: "Refused", reasons }),
    onSuccess: ({ changes, parts, postings, wardClass }) => ({
      result: "Plan",
      changes: Object.fromEntries(changes.map((change) => [change.ref, { ...change, cost: costOf(change) }])),
      parts,
      postings,
      wardClass
    })
  })
)

/** Rupiah a month before and after; a field is absent where nothing is due or the amount is not known. */
const costOf = ({ cost: { after, before } }: LifePlan.Change) => ({
  ...(before?._tag === "Due" ? { before: before.total } : {}),
  ...(after?._tag === "Due" ? { after: after.total } : {})
})

// --- words for people ---

/** What a family and its event say of people is said by a word, `father`; the rules want an id. */
const idOf = (place: number): string => `00000000-0000-7000-8000-${String(place + 1).padStart(12, "0")}`

const isWord = (value: unknown): value is string => typeof value === "string" && !Schema.is(Id.Id)(value)

const wordsIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === "ref" && isWord(inner) ? [inner] : wordsIn(inner)))
}

const namesPeople = new Set(["ref", "mother", "of", "participant", "leaves", "listed", "removed"])

const replaced = (value: unknown, words: ReadonlyMap<string, string>, named: boolean): unknown => {
  if (typeof value === "string") return named ? (words.get(value) ?? value) : value
  if (Array.isArray(value)) return value.map((item) => replaced(item, words, named))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaced(inner, words, namesPeople.has(key))])
  )
}

/** Ids wherever they stand, keys included, as the words that they stood for. */
const worded = (value: unknown, words: ReadonlyMap<string, string>): unknown => {
  if (typeof value === "string") return words.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => worded(item, words))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [words.get(key) ?? key, worded(inner, words)]))
}

const lifeEvent: Ask = {
  prepare: (given) => {
    const pairs = [...new Set(wordsIn(given))].map((word, place) => [word, idOf(place)] as const)
    const back = new Map(pairs.map(([word, id]) => [id, word]))
    return Result.map(
      previewed.prepare(replaced(given, new Map(pairs), false)),
      (answer) => (context) => worded(answer(context), back) as Answer
    )
  }
}

/** Questions about what an event does to a family. */
export const life = { "life-event": lifeEvent }
