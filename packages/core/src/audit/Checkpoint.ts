/**
 * What a register held at a moment, to be kept outside of it.
 *
 * Whoever can write the store can cut off the end of a log, remove a log whole, or put an older copy
 * of everything in its place, and leave nothing behind that does not fit together. Held against a
 * checkpoint from before, all of it is found and named.
 *
 * A checkpoint is a text: one line for the end of each log, one for the version of each row, and a last
 * one with Merkle roots and counts under a MAC of the audit key. It holds ids and numbers, no
 * personal data, and nobody without the key can make one. It is taken from a register at work: each
 * line was true at some moment while it was taken, and a register may have gone on from there, never back.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Crypto, KEY_LENGTH } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import { eachPage, type Upkeep } from "../storage/Upkeep.ts"
import * as Audit from "./Audit.ts"
import * as Roots from "./internal/roots.ts"

// --- models ---

const Hex = Schema.String.check(Schema.isPattern(/^(?:[0-9a-f]{2})+$/))
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/**
 * The end of a log: its subject, the number of its last line and that line's MAC.
 *
 * @category models
 * @since 0.1.0
 */
export const LogEnd = Schema.Tuple([Schema.Literal("log"), Id, Count, Hex])

/**
 * A row: its aggregate, id and version.
 *
 * @category models
 * @since 0.1.0
 */
export const RowVersion = Schema.Tuple([Schema.Literal("row"), Schema.String, Id, Count])

/**
 * What the lines before it come to. `at` is in milliseconds since 1970; `number` counts the
 * checkpoints of a register.
 *
 * @category models
 * @since 0.1.0
 */
export const Summary = Schema.Struct({
  format: Schema.Literal("kis-checkpoint"),
  version: Schema.Literal(1),
  number: Count,
  at: Schema.Int,
  logs: Schema.Struct({ root: Hex, count: Count, lines: Count }),
  rows: Schema.Array(Schema.Struct({ aggregate: Schema.String, root: Hex, count: Count })),
  mac: Hex
})

/**
 * @category models
 * @since 0.1.0
 */
export type Summary = typeof Summary.Type

/**
 * How a register differs from a checkpoint.
 *
 * - `OlderCopy`: the register does not know that this checkpoint was taken: it is a copy from before,
 *   put in its place.
 * - `SubjectRemoved`: a log is gone, with all of its lines.
 * - `TailCut`: a log ends before the line that was its last one then.
 * - `LogDiffers`: another line stands in that line's place: the log was cut, and went on otherwise.
 * - `RowOlder`, `RowMissing`: a row is at an older version, or gone.
 * - `RowGone`: a row is gone, of a kind that is removed in the course of things without a line that says so.
 *
 * @category models
 * @since 0.1.0
 */
export type Difference =
  | { readonly _tag: "OlderCopy"; readonly number: number }
  | { readonly _tag: "SubjectRemoved"; readonly subject: Id; readonly sequence: number }
  | { readonly _tag: "TailCut"; readonly subject: Id; readonly sequence: number; readonly found: number }
  | { readonly _tag: "LogDiffers"; readonly subject: Id; readonly sequence: number }
  | { readonly _tag: "RowOlder"; readonly aggregate: string; readonly id: Id; readonly version: number }
  | { readonly _tag: "RowMissing" | "RowGone"; readonly aggregate: string; readonly id: Id }

/**
 * What a verification knows of removals when it holds a register against a checkpoint.
 *
 * @category models
 * @since 0.1.0
 */
export interface Removals {
  /** Whether a line of some log says that the row was removed. */
  readonly recorded: (aggregate: string, id: Id) => boolean
  /** Aggregates whose rows are removed without such a line. */
  readonly unrecorded: ReadonlyArray<string>
}

// --- errors ---

/**
 * A text that is no checkpoint of this register: cut off, changed, or of another one.
 *
 * `NotACheckpoint`: a line is none of a checkpoint's. `Incomplete`: the last line is missing.
 * `Forged`: the lines do not come to what the last one says, or its MAC is not by this register's
 * audit key.
 *
 * @category errors
 * @since 0.1.0
 */
export class CheckpointUnusable extends Schema.TaggedError<CheckpointUnusable>("@kis/core/audit/CheckpointUnusable")(
  "CheckpointUnusable",
  { reason: Schema.Literals(["NotACheckpoint", "Incomplete", "Forged"]), line: Schema.optionalKey(Schema.Int) }
) {
  override get message() {
    const where = this.line === undefined ? "" : ` (line ${this.line})`
    switch (this.reason) {
      case "NotACheckpoint":
        return `This is not a checkpoint${where}. Name the file that a checkpoint was written to.`
      case "Incomplete":
        return "The checkpoint is not whole: its last line is missing. Take another copy of it."
      case "Forged":
        return "The checkpoint was changed, or is of another register. Use the copy that was put away, and this register's keys."
    }
  }
}

// --- constants ---

/**
 * The subject of the log that tells of each checkpoint. The log is in every later checkpoint.
 *
 * @category constants
 * @since 0.1.0
 */
export const subject: Id = Id.make("00000000-0000-7000-8000-6b6973636b70")

// --- taking ---

/**
 * Takes a checkpoint, line by line and the summary last, and records it in the register: an older copy
 * does not have that record. `write` puts the lines away, several at once and without line ends.
 *
 * @example
 * Checkpoint.take("officer:417", (lines) => Effect.sync(() => { for (const line of lines) console.log(line) }))
 *
 * @category taking
 * @since 0.1.0
 */
export const take = Effect.fn("Checkpoint.take")(function* <E, R>(
  actor: string,
  write: (lines: ReadonlyArray<string>) => Effect.Effect<void, E, R>
): Effect.fn.Return<Summary, StorageError | E, Storage | Audit.Audit | Crypto | KeyRing | R> {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const crypto = yield* Crypto
  const roots = Roots.make(crypto)
  const at = yield* Clock.currentTimeMillis

  const add = (leaves: ReadonlyArray<Leaf>) => {
    leaves.forEach(roots.add)
    return write(leaves.map((_) => JSON.stringify(_)))
  }
  yield* eachPage(
    (after) => storage.upkeep.scanHeads({ after, limit: PAGE }),
    (rows) => add(rows.map(({ head, subject }) => ["log", subject, head.sequence, Roots.hex(head.mac)] as const))
  )
  for (const aggregate of storage.upkeep.aggregates) {
    roots.begin(aggregate)
    yield* eachPage(
      (after) => storage.upkeep.versions(aggregate, { after, limit: PAGE }),
      (rows) => add(rows.map(({ id, version }) => ["row", aggregate, id, version] as const))
    )
  }

  const content = roots.finish()
  const reason = fingerprint(crypto, content, at)
  yield* Effect.catchTag(
    storage.transaction(audit.record(subject, { actor, action: "checkpoint", reason })),
    "UniqueViolation",
    Effect.die
  )
  const { entries } = yield* audit.verify(subject)
  // several may be taken at the same time: each is numbered by its own record
  const number = entries.findLastIndex((_) => _.reason === reason) + 1
  const summary = signed(crypto, yield* KeyRing, { format: "kis-checkpoint", version: 1, number, at, ...content })
  yield* write([JSON.stringify(summary)])
  return summary
})

// --- comparing ---

/**
 * Holds the register against a checkpoint, line by line. Differences are told as they are found; they
 * count only when the effect succeeds, because only then the text has proved to be a checkpoint.
 *
 * @category comparing
 * @since 0.1.0
 */
export const compare = Effect.fn("Checkpoint.compare")(function* <E, R>(
  lines: Stream.Stream<string, E, R>,
  options: {
    readonly removals: Removals
    readonly onDifference: (difference: Difference) => Effect.Effect<void>
    /** Told how many lines were read. */
    readonly onLines?: (count: number) => Effect.Effect<void>
  }
): Effect.fn.Return<Summary, CheckpointUnusable | StorageError | E, Storage | Audit.Audit | Crypto | KeyRing | R> {
  const storage = yield* Storage
  const audit = yield* Audit.Audit
  const crypto = yield* Crypto
  const ring = yield* KeyRing
  const roots = Roots.make(crypto)
  let summary: Summary | undefined
  let read = 0
  yield* Stream.runForEachArray(
    Stream.rechunk(lines, PAGE),
    Effect.fnUntraced(function* (texts) {
      const ends: Array<typeof LogEnd.Type> = []
      const versions: Array<typeof RowVersion.Type> = []
      for (const text of texts) {
        read++
        if (summary !== undefined) return yield* new CheckpointUnusable({ reason: "NotACheckpoint", line: read })
        const line = decodeLine(text)
        if (Option.isNone(line)) return yield* new CheckpointUnusable({ reason: "NotACheckpoint", line: read })
        if (!isLeaf(line.value)) {
          summary = line.value
          continue
        }
        if (line.value[0] === "row") roots.begin(line.value[1])
        roots.add(line.value)
        if (line.value[0] === "log") ends.push(line.value)
        else versions.push(line.value)
      }
      yield* compareLogs(storage.upkeep, ends, options.onDifference)
      yield* compareRows(storage.upkeep, versions, options)
      if (options.onLines !== undefined) yield* options.onLines(read)
    })
  )
  if (summary === undefined) return yield* new CheckpointUnusable({ reason: "Incomplete" })
  const { mac, ...said } = summary
  // an aggregate without a row has no line
  for (const { aggregate } of said.rows) roots.begin(aggregate)
  const found = roots.finish()
  const byName = (rows: Summary["rows"]) => [...rows].sort((a, b) => (a.aggregate < b.aggregate ? -1 : 1))
  const isGenuine =
    macOf(crypto, ring, said) === mac &&
    JSON.stringify({ logs: found.logs, rows: byName(found.rows) }) ===
      JSON.stringify({ logs: said.logs, rows: byName(said.rows) })
  if (!isGenuine) return yield* new CheckpointUnusable({ reason: "Forged" })
  const { entries } = yield* audit.verify(subject)
  const reason = fingerprint(crypto, said, said.at)
  if (!entries.some((_) => _.reason === reason)) yield* options.onDifference({ _tag: "OlderCopy", number: said.number })
  return summary
})

// --- private ---

type Leaf = typeof LogEnd.Type | typeof RowVersion.Type

const PAGE = 500
const encoder = new TextEncoder()

const decodeAny = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Union([LogEnd, RowVersion, Summary])))

const decodeLine = (text: string): Option.Option<Leaf | Summary> => decodeAny(text)

const isLeaf = (line: Leaf | Summary): line is Leaf => Array.isArray(line)

const macOf = (crypto: Crypto["Service"], ring: KeyRing["Service"], said: Omit<Summary, "mac">): string => {
  const key = crypto.derive(ring.audit, "@kis/core checkpoint", KEY_LENGTH)
  const { at, format, logs, number, rows, version } = said
  const text = JSON.stringify([
    format,
    version,
    number,
    at,
    [logs.root, logs.count, logs.lines],
    rows.map(({ aggregate, count, root }) => [aggregate, root, count])
  ])
  return Roots.hex(crypto.mac(key, encoder.encode(text)))
}

const signed = (crypto: Crypto["Service"], ring: KeyRing["Service"], said: Omit<Summary, "mac">): Summary => ({
  ...said,
  mac: macOf(crypto, ring, said)
})

// A code of the record holds no long number: the hash is written in letters.
const fingerprint = (crypto: Crypto["Service"], { logs, rows }: Roots.Content, at: number): string => {
  const text = JSON.stringify([at, logs.root, rows.map(({ aggregate, root }) => [aggregate, root])])
  const hash = Roots.hex(crypto.hash(encoder.encode(text)))
  return `is:${hash.replaceAll(/\d/g, (digit) => "ghijklmnop"[Number(digit)]!)}`
}

const compareLogs = Effect.fnUntraced(function* (
  upkeep: Upkeep,
  ends: ReadonlyArray<typeof LogEnd.Type>,
  tell: (difference: Difference) => Effect.Effect<void>
) {
  if (ends.length === 0) return
  const heads = yield* upkeep.heads(ends.map(([, subject]) => subject))
  for (const [, subject, sequence, mac] of ends) {
    const head = heads.get(subject)
    if (head === undefined) {
      yield* tell({ _tag: "SubjectRemoved", subject, sequence })
    } else if (head.sequence < sequence) {
      yield* tell({ _tag: "TailCut", subject, sequence, found: head.sequence })
    } else {
      const line = head.sequence === sequence ? head : yield* upkeep.lineAt(subject, sequence)
      // a line that is missing is found by the check of the log itself
      if (line !== undefined && Roots.hex(line.mac) !== mac) yield* tell({ _tag: "LogDiffers", subject, sequence })
    }
  }
})

const compareRows = Effect.fnUntraced(function* (
  upkeep: Upkeep,
  rows: ReadonlyArray<typeof RowVersion.Type>,
  options: Pick<Parameters<typeof compare>[1], "onDifference" | "removals">
) {
  const ofAggregate = new Map<string, Map<Id, number>>()
  for (const [, aggregate, id, version] of rows) {
    let versions = ofAggregate.get(aggregate)
    if (versions === undefined) ofAggregate.set(aggregate, (versions = new Map()))
    versions.set(id, version)
  }
  for (const [aggregate, versions] of ofAggregate) {
    // a kind of row that this program no longer knows cannot be looked at
    const known = upkeep.aggregates.includes(aggregate)
    const found = known ? yield* upkeep.versionsOf(aggregate, [...versions.keys()]) : new Map<Id, number>()
    for (const [id, version] of versions) {
      const now = found.get(id)
      if (now !== undefined) {
        if (now < version) yield* options.onDifference({ _tag: "RowOlder", aggregate, id, version })
      } else if (!options.removals.recorded(aggregate, id)) {
        const _tag = options.removals.unrecorded.includes(aggregate) ? "RowGone" : "RowMissing"
        yield* options.onDifference({ _tag, aggregate, id })
      }
    }
  }
})
