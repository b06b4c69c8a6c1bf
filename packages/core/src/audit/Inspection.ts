/**
 * A whole register held against itself, and against a checkpoint.
 *
 * Every log is checked line by line, with the rows that it tells of; every row is opened and held
 * against its ordered columns and its keys; a checkpoint from outside then shows what was taken away
 * so that all that is left fits together. It may run while the register is at work.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { Crypto } from "../privacy/Crypto.ts"
import type { KeyId, KeyRing } from "../privacy/KeyRing.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import { eachPage, type Fault } from "../storage/Upkeep.ts"
import * as Audit from "./Audit.ts"
import * as Checkpoint from "./Checkpoint.ts"

// --- models ---

/**
 * What was found. `RowFault` is a row that is wrong as it stands; the others as `Audit.Finding` and
 * `Checkpoint.Difference` say.
 *
 * @category models
 * @since 0.1.0
 */
export type Finding =
  | (Audit.Finding & { readonly subject: Id })
  | { readonly _tag: "RowFault"; readonly aggregate: string; readonly id: Id; readonly fault: Fault }
  | Checkpoint.Difference

/**
 * How far an inspection has come.
 *
 * @category models
 * @since 0.1.0
 */
export interface Step {
  readonly phase: "logs" | "rows" | "checkpoint"
  readonly done: number
  /** How many there were when it began; of a checkpoint, about as many lines as there are logs and rows. */
  readonly total: number
}

/**
 * What was looked at. A register is whole when `findings` is 0; `gone` counts rows that are removed in
 * the course of things without a record, of which nothing can be said.
 *
 * @category models
 * @since 0.1.0
 */
export interface Report {
  readonly logs: number
  readonly lines: number
  readonly rows: ReadonlyArray<{ readonly aggregate: string; readonly count: number }>
  /** How many bodies are sealed under which key. */
  readonly sealing: ReadonlyMap<KeyId, number>
  readonly checkpoint?: Checkpoint.Summary
  readonly findings: number
  readonly gone: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options<E, R> {
  readonly onFinding: (finding: Finding) => Effect.Effect<void>
  readonly onStep?: (step: Step) => Effect.Effect<void>
  /** The lines of a checkpoint that was held outside. */
  readonly checkpoint?: Stream.Stream<string, E, R>
  /** Aggregates whose rows are removed without a line that says so. */
  readonly unrecorded?: ReadonlyArray<string>
}

// --- inspecting ---

/**
 * Looks at everything. Findings are told as they are found and are not kept.
 *
 * @example
 * Inspection.run({ onFinding: (finding) => Effect.logError(finding._tag) })
 *
 * @category inspecting
 * @since 0.1.0
 */
export const run = Effect.fn("Inspection.run")(function* <E = never, R = never>(
  options: Options<E, R>
): Effect.fn.Return<
  Report,
  StorageError | Checkpoint.CheckpointUnusable | E,
  Storage | Audit.Audit | Crypto | KeyRing | R
> {
  const { upkeep } = yield* Storage
  const audit = yield* Audit.Audit
  let findings = 0
  let gone = 0
  const tell = (finding: Finding) => {
    if (finding._tag === "RowGone") gone++
    else findings++
    return options.onFinding(finding)
  }
  const step = options.onStep ?? (() => Effect.void)

  // a removal may be told in another log than the one that told of the row
  const removed = new Set<string>()
  const missing: Array<Extract<Finding, { readonly aggregate: string }> & { readonly subject: Id }> = []
  let logs = 0
  let lines = 0
  let logsTotal = 0
  yield* eachPage(
    (after) => upkeep.scanHeads({ after, limit: HEADS_AT_ONCE }),
    (heads) => Effect.sync(() => void (logsTotal += heads.length))
  )
  yield* eachPage(
    (after) => upkeep.scanHeads({ after, limit: LOGS_AT_ONCE }),
    Effect.fnUntraced(function* (heads) {
      for (const { subject } of heads) {
        const { entries, findings } = yield* audit.verify(subject)
        logs++
        lines += entries.length
        for (const { refs = [] } of entries) {
          for (const ref of refs) if (ref.version === 0) removed.add(nameOf(ref.aggregate, ref.id))
        }
        for (const finding of findings) {
          if (finding._tag === "RowMissing") missing.push({ ...finding, subject })
          // the survey of the rows says it of every row, with the reason
          else if (finding._tag !== "RowForged") yield* tell({ ...finding, subject })
        }
      }
      yield* step({ phase: "logs", done: logs, total: logsTotal })
    })
  )
  for (const finding of missing) {
    if (!removed.has(nameOf(finding.aggregate, finding.id))) yield* tell(finding)
  }

  const counts: Array<Report["rows"][number]> = []
  const sealing = new Map<KeyId, number>()
  let total = 0
  for (const aggregate of upkeep.aggregates) total += yield* upkeep.count(aggregate)
  let done = 0
  for (const aggregate of upkeep.aggregates) {
    let count = 0
    yield* eachPage(
      (after) => upkeep.survey(aggregate, { after, limit: ROWS_AT_ONCE }),
      Effect.fnUntraced(function* (rows) {
        for (const { fault, id, sealedUnder } of rows) {
          if (sealedUnder !== undefined) sealing.set(sealedUnder, (sealing.get(sealedUnder) ?? 0) + 1)
          if (fault !== undefined) yield* tell({ _tag: "RowFault", aggregate, id, fault })
        }
        count += rows.length
        done += rows.length
        yield* step({ phase: "rows", done, total })
      })
    )
    counts.push({ aggregate, count })
  }

  const checkpoint =
    options.checkpoint === undefined
      ? undefined
      : yield* Checkpoint.compare(options.checkpoint, {
          removals: {
            recorded: (aggregate, id) => removed.has(nameOf(aggregate, id)),
            unrecorded: options.unrecorded ?? []
          },
          onDifference: tell,
          onLines: (done) => step({ phase: "checkpoint", done, total: Math.max(done, logs + total) })
        })
  return { logs, lines, rows: counts, sealing, ...(checkpoint === undefined ? {} : { checkpoint }), findings, gone }
})

// --- private ---

const HEADS_AT_ONCE = 2_000
const LOGS_AT_ONCE = 100
const ROWS_AT_ONCE = 250

const nameOf = (aggregate: string, id: Id): string => `${aggregate}/${id}`
