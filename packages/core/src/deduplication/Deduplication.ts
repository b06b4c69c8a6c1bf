/**
 * Is this person already here?
 *
 * Many people are asked about at once, in a bounded number of round trips: NIKs by their unique
 * key, all else by composite blind keys. Candidates are opened in process, compared field by
 * field and judged by the same rule whoever asks.
 *
 * Absence is guarded only by the unique keys: two processes that register near matches of each
 * other in the same moment do not see each other. Only the NIK is certain; near matches that
 * slip through are found by linking the register as a whole.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { Stored } from "../storage/Aggregate.ts"
import * as Comparison from "./Comparison.ts"
import * as Judgement from "./Judgement.ts"
import * as Participant from "./Participant.ts"

// --- models ---

/**
 * What was found for one person. `capped` says that a block was larger than the cap, so that
 * some records were not compared.
 *
 * @category models
 * @since 0.1.0
 */
export type Finding =
  | { readonly _tag: "Clear"; readonly capped: boolean }
  | {
      readonly _tag: "Found"
      readonly judgement: Exclude<Judgement.Judgement, "clear">
      readonly participant: Id
      readonly comparison: Comparison.Comparison
      readonly capped: boolean
    }

/**
 * The largest block that is compared in full while somebody waits.
 *
 * @category models
 * @since 0.1.0
 */
export const BLOCK_CAP = 100

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Deduplication extends Context.Service<
  Deduplication,
  {
    /** One finding a person, in order; fails only when the register cannot be read. */
    readonly search: (
      people: ReadonlyArray<Participant.Findable>
    ) => Effect.Effect<ReadonlyArray<Finding>, StorageError>
  }
>()("@kis/core/deduplication/Deduplication") {}

// --- keys ---

/**
 * Every key that could bring a record together with another, the NIK included. Two people who
 * share none cannot influence each other's finding.
 *
 * @category keys
 * @since 0.1.0
 */
export const keysOf = (of: Participant.Findable): ReadonlyArray<string> => [
  ...(of.person.nik === undefined ? [] : [`nik ${of.person.nik}`]),
  ...Participant.rules.flatMap((rule) => Participant.blocking[rule](of).map((key) => `${rule} ${key}`))
]

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Deduplication, never, Storage> = Layer.effect(
  Deduplication,
  Effect.gen(function* () {
    const storage = yield* Storage

    const byRule = Effect.fnUntraced(function* (rule: Participant.Rule, people: ReadonlyArray<Participant.Findable>) {
      const keys = people.map((it) => Participant.blocking[rule](it))
      const blocks = yield* storage.snapshot(
        storage.scanKeys(Participant.aggregate, rule, [...new Set(keys.flat())], BLOCK_CAP)
      )
      return keys.map((of) => of.flatMap((key) => blocks.get(key) ?? []))
    })

    return Deduplication.of({
      search: Effect.fn("Deduplication.search")(function* (people: ReadonlyArray<Participant.Findable>) {
        const niks = people.flatMap((it) => (it.person.nik === undefined ? [] : [it.person.nik]))
        const holders = yield* storage.findMany(Participant.aggregate, "nik", niks)
        const blocks = yield* Effect.forEach(Participant.rules, (rule) => byRule(rule, people))
        return people.map((person, i): Finding => {
          const found = blocks.flatMap((ofRule) => ofRule[i] ?? [])
          const holder = person.person.nik === undefined ? undefined : holders.get(person.person.nik)
          const candidates = new Map<Id, Stored<Participant.Participant>>()
          if (holder !== undefined) candidates.set(holder.id, holder)
          for (const block of found) for (const row of block.rows) candidates.set(row.id, row)
          return best(
            person,
            [...candidates.values()],
            found.some((block) => block.capped)
          )
        })
      })
    })
  })
)

// --- private ---

/** The gravest judgement, then the heaviest pair, then the oldest entry: the same in every run. */
const best = (
  person: Participant.Findable,
  candidates: ReadonlyArray<Stored<Participant.Participant>>,
  capped: boolean
): Finding => {
  const self = Participant.features(person)
  let found: Finding = { _tag: "Clear", capped }
  for (const candidate of candidates) {
    const comparison = Comparison.compare(self, Participant.features(candidate.value))
    const judgement = Judgement.judge(comparison)
    if (judgement === "clear") continue
    const next: Finding = { _tag: "Found", judgement, participant: candidate.id, comparison, capped }
    if (found._tag === "Clear" || outranks(next, found)) found = next
  }
  return found
}

const outranks = (self: Finding & { readonly _tag: "Found" }, that: Finding & { readonly _tag: "Found" }): boolean => {
  const [one, other] = [Judgement.rank[self.judgement], Judgement.rank[that.judgement]]
  if (one !== other) return one > other
  if (self.comparison.weight !== that.comparison.weight) return self.comparison.weight > that.comparison.weight
  return self.participant < that.participant
}
