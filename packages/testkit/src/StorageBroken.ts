/**
 * Stores that are broken on purpose, each in one way. They prove that the storage laws can fail.
 *
 * Each is the memory store with one method led astray: the mistakes are those that adapters make.
 *
 * @since 0.1.0
 */
import { StorageAdapter, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { adapterBroken } from "./internal/storageBreaks.ts"
import * as StorageWitness from "./StorageWitness.ts"

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  noUniqueIndex: "a held unique key is refused, by item and key",
  checksThenWrites: "of a thousand who take one key at once exactly one gets it",
  noVersionCheck: "a write over another version is refused and changes nothing",
  checksVersionThenWrites: "of many who write over one version at once exactly one is let through",
  noExpectCheck: "an expectation guards what was read and writes nothing",
  expectsAfterWriting: "an expectation is about what was there before the batch",
  noHeadCheck: "an append after another head is refused, by sequence and by MAC",
  headBySequenceOnly: "an append after another head is refused, by sequence and by MAC",
  checksHeadThenWrites: "of many who append to one head at once one is let through",
  beginsOneLogTwice: "of many who begin one log at once one is let through",
  acknowledgesBeforeCommit: "an insert is there as soon as it is acknowledged, whole",
  losesTheLastAppend: "a log holds every line that was appended, in order, and its head is the last",
  readsLogBackwards: "a log is read page by page",
  headsOutOfPlace: "heads are told of those that have a log, all of them by subject",
  cutsBodies: "an insert is there as soon as it is acknowledged, whole",
  givesAnyRow: "what was never committed is none",
  keepsTheOldColumns: "an update replaces body and columns and counts one version up",
  insertsAtVersionOne: "an insert begins at the version that it says",
  keepsKeysOfTheRemoved: "a removed row is gone with its keys, and its keys are free",
  keepsBlindKeys: "many rows hold one blind key, and each is let go alone",
  partialCommit: "a refused batch leaves nothing, wherever in it the failure stands",
  namesOnlyTheFirst: "a refusal names every failed precondition, by item",
  namesTheEarlier: "of two items of one batch that take one key the later is named",
  dropsWhatIsTooMuch: "a commit takes a thousand items, and every one is there",
  writesResentBatchTwice: "a committed batch that is sent again is committed, and written once",
  forgetsBatchesInAnHour: "a committed batch that is sent again is committed, and written once",
  checksBatchThenWrites: "a batch that is sent eight times at once is written once",
  remembersRefusals: "a refused batch that is sent again is judged anew",
  freedKeyStaysTaken: "a key freed anywhere in a batch is free for all of it",
  freesTheKeysOfOthers: "a row frees only keys that it holds",
  ownKeyIsFree: "a key that the row itself holds cannot be taken again",
  oneNamespaceForKeys: "one text under other names and aggregates is another key",
  oneNamespaceForIds: "one id in two aggregates is two rows",
  keysInOrderOfWriting: "rows of a key come by id, page by page, each once",
  firstKeyOnly: "many keys in one call give the first rows of each",
  countsUpToTen: "a count of a key is the number of its rows",
  rangeWithoutItsEnd: "a range gives its rows by value and then id, both ends included",
  prefixInsteadOfEquality: "leading columns are equal, the last is ranged",
  indexesNulls: "a row without a value is in no index over it, and in the others",
  textByLocale: "text is ordered by its codes, not by a language",
  numbersAsText: "numbers are ordered as numbers, to the ends of the safe integers",
  hidesRowsWithoutColumns: "the index id holds every row",
  pageRepeatsARow: "pages of any size give each row once, in order",
  pageSkipsARow: "pages of any size give each row once, in order",
  pagesByOffset: "rows that stay appear once, though others come and go between the pages",
  countsTheTable: "a count of a range is the number of its rows",
  showsHalfACommit: "a page shows a commit whole or not at all",
  swapsByDeletingFirst: "keys that are moved crosswise by many are each held once in the end",
  stopsHalfWay: "a commit that is interrupted is there whole or not at all, and the next one sees which",
  writesOnAfterItsLock: "a commit that is interrupted is there whole or not at all, and the next one sees which",
  forgetsEveryHundredthMark: "any sequence of batches is answered and kept as the port says",
  outageAsNotFound: "a store that cannot answer is an error, never not found",
  forgetsWhenClosed: "what was acknowledged is there when the store is opened again",
  seesOnlyItsOwn: "two openings of one place see each other's commits and keys"
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type Defect = keyof typeof caughtBy

/**
 * @category models
 * @since 0.1.0
 */
export const defects = Object.keys(caughtBy) as ReadonlyArray<Defect>

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layerBroken = (
  defect: Defect
): Layer.Layer<StorageAdapter.StorageAdapter | StorageWitness.StorageWitness> =>
  Layer.unwrap(
    Effect.sync(() => {
      const memory = StorageMemory.make()
      return Layer.merge(
        Layer.effect(StorageAdapter.StorageAdapter, adapterBroken(defect, memory)),
        Layer.succeed(StorageWitness.StorageWitness, StorageWitness.ofMemory(memory))
      )
    })
  )
