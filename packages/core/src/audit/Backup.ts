/**
 * A register as a text, to be put back into a database of any kind.
 *
 * One line for each row and for the lines of each log, bodies sealed as they are stored; a first line
 * that says whose keys open it, and a last one with Merkle roots and counts under a MAC of the audit key.
 * Columns and keys are not in it: they are made anew from the bodies by the program that reads it,
 * which is how a register gets from one database to another, and from an older program's tables to
 * today's. Versions and MACs are kept, so that a checkpoint of the original holds for the copy.
 *
 * The text is of one moment: when every row and log is the same at a second look as at the first, all of
 * them stood so together in between. A register that was changed meanwhile is refused, not half right.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Crypto, KEY_LENGTH } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { Line } from "../storage/StorageAdapter.ts"
import type { StorageError } from "../storage/StorageError.ts"
import { eachPage, keyPlanRows, type Fault, type Pages, type Sealed, type Upkeep } from "../storage/Upkeep.ts"
import * as Roots from "./internal/roots.ts"

// --- models ---

/**
 * What a back-up holds: logs with their lines, and rows by aggregate. `at` is in milliseconds since 1970.
 *
 * @category models
 * @since 0.1.0
 */
export interface Summary {
  readonly at: number
  readonly logs: number
  readonly lines: number
  readonly rows: ReadonlyArray<{ readonly aggregate: string; readonly count: number }>
}

/**
 * A row or log of a back-up that could not be put back, and why: `Taken` is a key that another row holds.
 *
 * @category models
 * @since 0.1.0
 */
export type Refusal =
  | { readonly _tag: "Row"; readonly aggregate: string; readonly id: Id; readonly fault: Fault | "Taken" }
  | { readonly _tag: "Log"; readonly subject: Id; readonly sequence: number }

/**
 * What was put back. `already` counts rows that an earlier run had put back. The copy is whole when nothing
 * was refused.
 *
 * @category models
 * @since 0.1.0
 */
export interface Restoration extends Summary {
  readonly restored: number
  readonly already: number
  readonly refused: number
}

// --- errors ---

/**
 * The register was changed while it was written down. Nothing is wrong with it: stop what writes to it, or
 * write down a copy.
 *
 * @category errors
 * @since 0.1.0
 */
export class RegisterMoved extends Schema.TaggedError<RegisterMoved>("@kis/core/audit/RegisterMoved")(
  "RegisterMoved",
  {}
) {
  override get message() {
    return "The register was changed while it was read. Stop what writes to it, or export a copy, then run this again."
  }
}

/**
 * A text that cannot be put back.
 *
 * `NotABackup`: a line is none of a back-up's. `Incomplete`: the last line is missing. `Forged`: the lines
 * do not come to what the last one says. `OtherKeys`: it is of a register of another key ring.
 * `UnknownKind`: it holds rows of an aggregate that this program does not know.
 *
 * @category errors
 * @since 0.1.0
 */
export class BackupUnusable extends Schema.TaggedError<BackupUnusable>("@kis/core/audit/BackupUnusable")(
  "BackupUnusable",
  {
    reason: Schema.Literals(["NotABackup", "Incomplete", "Forged", "OtherKeys", "UnknownKind"]),
    line: Schema.optionalKey(Schema.Int)
  }
) {
  override get message() {
    const where = this.line === undefined ? "" : ` (line ${this.line})`
    return `${sentences[this.reason]}${where}. Nothing was put back.`
  }
}

/**
 * The database holds something that is not in the back-up: it is another register, or this one
 * went on since.
 *
 * @category errors
 * @since 0.1.0
 */
export class TargetInUse extends Schema.TaggedError<TargetInUse>("@kis/core/audit/TargetInUse")("TargetInUse", {
  kind: Schema.String,
  id: Id
}) {
  override get message() {
    return (
      `The database holds ${this.kind} ${this.id}, which is not so in the export. Nothing was put back: ` +
      "name a database that is empty, or in which this import was begun."
    )
  }
}

/**
 * After all was put back, the database does not hold what the back-up says: somebody else wrote to it, or
 * the text was another one when it was read again.
 *
 * @category errors
 * @since 0.1.0
 */
export class CopyDiffers extends Schema.TaggedError<CopyDiffers>("@kis/core/audit/CopyDiffers")("CopyDiffers", {}) {
  override get message() {
    return (
      "What the database holds now is not what the export says: others wrote to it, or the export was changed " +
      "meanwhile. Do not use it: remove it, and import into an empty one."
    )
  }
}

// --- writing ---

/**
 * Writes a register down, the summary last. `put` puts the lines away, several at once and without line
 * ends; what it was given is worthless unless this succeeds.
 *
 * @example
 * Backup.write((lines) => Effect.sync(() => { for (const line of lines) console.log(line) }))
 *
 * @category writing
 * @since 0.1.0
 */
export const write = Effect.fn("Backup.write")(function* <E, R>(
  put: (lines: ReadonlyArray<string>) => Effect.Effect<void, E, R>,
  options?: { readonly onRows?: (done: number) => Effect.Effect<void> }
): Effect.fn.Return<Summary, StorageError | RegisterMoved | E, Storage | Crypto | KeyRing | R> {
  const { upkeep } = yield* Storage
  const crypto = yield* Crypto
  const mac = macBy(crypto, yield* KeyRing)
  const at = yield* Clock.currentTimeMillis
  yield* put([JSON.stringify({ format: FORMAT, version: VERSION, at, check: mac(["begin", at]) })])

  const roots = Roots.make(crypto)
  let done = 0
  for (const aggregate of upkeep.aggregates) {
    yield* eachPage(
      (after) => upkeep.sealed(aggregate, { after, limit: ROWS_AT_ONCE }),
      Effect.fnUntraced(function* (rows) {
        for (const { id, version } of rows) roots.add(["row", aggregate, id, version])
        yield* put(rows.map((_) => JSON.stringify(["row", aggregate, _.id, _.version, base64(_.body)])))
        done += rows.length
        if (options?.onRows !== undefined) yield* options.onRows(done)
      })
    )
  }
  yield* eachPage(
    (after) => upkeep.scanHeads({ after, limit: LOGS_AT_ONCE }),
    Effect.fnUntraced(function* (heads) {
      const logs = yield* Effect.forEach(heads, ({ head, subject }) => linesOf(upkeep, subject, head.sequence), {
        concurrency: READERS
      })
      for (const [i, { head, subject }] of heads.entries()) {
        roots.add(["log", subject, head.sequence, Roots.hex(head.mac)])
        yield* put(logs[i]!.map((part) => logRecord(subject, part)))
      }
    })
  )
  const content = roots.finish()
  if (!Roots.same(content, yield* contentOf(upkeep, crypto))) return yield* new RegisterMoved()
  yield* put([JSON.stringify({ format: FORMAT, end: content, mac: mac(contentText(content)) })])
  return summaryOf(at, content)
})

// --- restoring ---

/**
 * Puts a back-up into a database that is empty, or in which the same was begun: it may be stopped at any
 * time, and goes on where it was. The text is read twice, and checked whole before anything is written.
 * Rows that do not open are refused one by one, the rest is put back.
 *
 * @example
 * const lines = ["the lines of a back-up"]
 * Backup.restore(Stream.fromIterable(lines), { onRefusal: (refusal) => Effect.logError(refusal._tag) })
 *
 * @category restoring
 * @since 0.1.0
 */
export const restore = Effect.fn("Backup.restore")(function* <E, R>(
  lines: Stream.Stream<string, E, R>,
  options: {
    readonly onRefusal: (refusal: Refusal) => Effect.Effect<void>
    readonly onRows?: (done: number, total: number) => Effect.Effect<void>
  }
): Effect.fn.Return<
  Restoration,
  StorageError | BackupUnusable | TargetInUse | CopyDiffers | E,
  Storage | Crypto | KeyRing | R
> {
  const { upkeep } = yield* Storage
  const crypto = yield* Crypto
  const ring = yield* KeyRing
  const { at, content } = yield* check(lines, upkeep, crypto, macBy(crypto, ring))
  const summary = summaryOf(at, content)
  const total = summary.rows.reduce((sum, _) => sum + _.count, 0)

  const counts = { restored: 0, already: 0, refused: 0 }
  let done = 0
  const tell = (refusals: ReadonlyArray<Refusal>) => {
    counts.refused += refusals.length
    return Effect.forEach(refusals, options.onRefusal, { discard: true })
  }
  yield* eachRun(lines, {
    onRows: Effect.fnUntraced(function* (aggregate, rows) {
      const { already, refused, restored } = yield* upkeep.restore(aggregate, rows)
      counts.restored += restored
      counts.already += already
      yield* tell(refused.map((_) => ({ _tag: "Row", aggregate, ..._ })))
      done += rows.length
      if (options.onRows !== undefined) yield* options.onRows(done, total)
    }),
    onLogs: (logs) => Effect.flatMap(upkeep.restoreLines(logs), (_) => tell(_.refused.map(asLog)))
  })
  if (counts.refused === 0 && !Roots.same(carried(content), carried(yield* contentOf(upkeep, crypto)))) {
    return yield* new CopyDiffers()
  }
  return { ...summary, ...counts }
})

// --- private ---

const FORMAT = "kis-export"
const VERSION = 1
const ROWS_AT_ONCE = 250
const LOGS_AT_ONCE = 250
const LINES_AT_ONCE = 200
const READERS = 8

const sentences = {
  NotABackup: "This is not an export of a register",
  Incomplete: "The export is not whole: its last line is missing",
  Forged: "The export was changed",
  OtherKeys: "The export is of another register, or the key file is",
  UnknownKind: "The export holds rows of a kind that this version does not know"
} as const

type Mac = (what: ReadonlyArray<unknown>) => string

const Bytes = Schema.Uint8ArrayFromBase64
const base64 = Schema.encodeSync(Bytes)

const macBy = (crypto: Crypto["Service"], ring: KeyRing["Service"]): Mac => {
  const key = crypto.derive(ring.audit, "@kis/core export", KEY_LENGTH)
  return (what) => Roots.hex(crypto.mac(key, new TextEncoder().encode(JSON.stringify(what))))
}

const contentText = ({ logs, rows }: Roots.Content): ReadonlyArray<unknown> => [
  "end",
  [logs.root, logs.count, logs.lines],
  rows.map(({ aggregate, count, root }) => [aggregate, root, count])
]

const summaryOf = (at: number, { logs, rows }: Roots.Content): Summary => ({
  at,
  logs: logs.count,
  lines: logs.lines,
  rows: rows.map(({ aggregate, count }) => ({ aggregate, count }))
})

/** Without the rows that each store has for itself. */
const carried = ({ logs, rows }: Roots.Content): Roots.Content => ({
  logs,
  rows: rows.filter((_) => _.aggregate !== keyPlanRows)
})

const asLog = (refused: { readonly subject: Id; readonly sequence: number }): Refusal => ({ _tag: "Log", ...refused })

/** All lines up to a number, in parts that one record takes. */
const linesOf = Effect.fnUntraced(function* (upkeep: Upkeep, subject: Id, last: number) {
  const parts: Array<ReadonlyArray<Line>> = []
  for (let after = 0; after < last;) {
    const part = yield* upkeep.lines(subject, { after, limit: Math.min(LINES_AT_ONCE, last - after) })
    if (part.length === 0) break
    parts.push(part)
    after = part.at(-1)!.sequence
  }
  return parts
})

const logRecord = (subject: Id, lines: ReadonlyArray<Line>): string =>
  JSON.stringify(["log", subject, lines[0]!.sequence, lines.map(({ body, mac }) => [base64(mac), base64(body)])])

const contentOf = Effect.fnUntraced(function* (upkeep: Upkeep, crypto: Crypto["Service"]) {
  const roots = Roots.make(crypto)
  for (const aggregate of upkeep.aggregates) {
    yield* eachPage(
      (after) => upkeep.versions(aggregate, { after, limit: 1_000 }),
      (rows) => Effect.sync(() => rows.forEach(({ id, version }) => roots.add(["row", aggregate, id, version])))
    )
  }
  yield* eachPage(
    (after) => upkeep.scanHeads({ after, limit: 1_000 }),
    (heads) =>
      Effect.sync(() =>
        heads.forEach(({ head, subject }) => roots.add(["log", subject, head.sequence, Roots.hex(head.mac)]))
      )
  )
  return roots.finish()
})

// --- records ---

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Root = Schema.Struct({ root: Schema.String, count: Count })

const Record = Schema.fromJsonString(
  Schema.Union([
    Schema.Tuple([Schema.Literal("row"), Schema.String, Id, Count, Bytes]),
    Schema.Tuple([Schema.Literal("log"), Id, Count, Schema.NonEmptyArray(Schema.Tuple([Bytes, Bytes]))]),
    Schema.Struct({
      format: Schema.Literal(FORMAT),
      version: Schema.Literal(VERSION),
      at: Schema.Int,
      check: Schema.String
    }),
    Schema.Struct({
      format: Schema.Literal(FORMAT),
      end: Schema.Struct({
        logs: Schema.Struct({ ...Root.fields, lines: Count }),
        rows: Schema.Array(Schema.Struct({ aggregate: Schema.String, ...Root.fields }))
      }),
      mac: Schema.String
    })
  ])
)

type Record = typeof Record.Type

const decodeRecord = Schema.decodeUnknownResult(Record)

interface Log {
  readonly subject: Id
  readonly lines: ReadonlyArray<Line>
}

interface Runs<E, R> {
  readonly onBegin?: (begin: Extract<Record, { readonly check: string }>) => Effect.Effect<void, E, R>
  readonly onRows: (aggregate: string, rows: ReadonlyArray<Sealed>) => Effect.Effect<void, E, R>
  /** Of each log one part: another part comes in a run of its own. */
  readonly onLogs: (logs: ReadonlyArray<Log>) => Effect.Effect<void, E, R>
  readonly onEnd?: (end: Extract<Record, { readonly mac: string }>) => Effect.Effect<void, E, R>
}

/** Reads records in the order of the text, as many of one kind at once as one commit takes. */
const eachRun = Effect.fnUntraced(function* <E, R, E2, R2>(lines: Stream.Stream<string, E, R>, runs: Runs<E2, R2>) {
  let read = 0
  let aggregate = ""
  let rows: Array<Sealed> = []
  let logs = new Map<Id, Log>()
  const flush = Effect.suspend(() => {
    const [gotRows, gotLogs] = [rows, logs]
    rows = []
    logs = new Map()
    if (gotRows.length > 0) return runs.onRows(aggregate, gotRows)
    return gotLogs.size > 0 ? runs.onLogs([...gotLogs.values()]) : Effect.void
  })
  yield* Stream.runForEachArray(
    Stream.rechunk(lines, ROWS_AT_ONCE),
    Effect.fnUntraced(function* (texts) {
      for (const text of texts) {
        read++
        const decoded = decodeRecord(text)
        if (Result.isFailure(decoded)) return yield* new BackupUnusable({ reason: "NotABackup", line: read })
        const record = decoded.success
        if (!isLeaf(record)) {
          yield* flush
          if ("check" in record) yield* runs.onBegin?.(record) ?? Effect.void
          else yield* runs.onEnd?.(record) ?? Effect.void
        } else if (record[0] === "row") {
          if (logs.size > 0 || record[1] !== aggregate || rows.length === ROWS_AT_ONCE) yield* flush
          aggregate = record[1]
          rows.push({ id: record[2], version: record[3], body: record[4] })
        } else {
          const [, subject, first, bodies] = record
          if (rows.length > 0 || logs.has(subject) || logs.size === LOGS_AT_ONCE) yield* flush
          logs.set(subject, {
            subject,
            lines: bodies.map(([mac, body], i) => ({ sequence: first + i, mac, body }))
          })
        }
      }
    })
  )
  yield* flush
})

const isLeaf = (record: Record): record is Extract<Record, ReadonlyArray<unknown>> => Array.isArray(record)

// --- checking ---

/** Whether the text is whole and of these keys, and the database holds nothing that is not in it. */
const check = Effect.fnUntraced(function* <E, R>(
  lines: Stream.Stream<string, E, R>,
  upkeep: Upkeep,
  crypto: Crypto["Service"],
  mac: Mac
) {
  const roots = Roots.make(crypto)
  const target = strangers(upkeep)
  let at: number | undefined
  let content: Roots.Content | undefined
  let last: { readonly subject: Id; readonly line: Line } | undefined
  const endLog = Effect.suspend(() => {
    if (last === undefined) return Effect.void
    const { line, subject } = last
    last = undefined
    roots.add(["log", subject, line.sequence, Roots.hex(line.mac)])
    return target.log(subject, line.sequence)
  })
  const begun = Effect.suspend(() =>
    at === undefined || content !== undefined ? Effect.fail(new BackupUnusable({ reason: "NotABackup" })) : Effect.void
  )
  yield* eachRun(lines, {
    onBegin: Effect.fnUntraced(function* (begin) {
      if (at !== undefined) return yield* new BackupUnusable({ reason: "NotABackup" })
      if (mac(["begin", begin.at]) !== begin.check) return yield* new BackupUnusable({ reason: "OtherKeys" })
      at = begin.at
    }),
    onRows: Effect.fnUntraced(function* (aggregate, rows) {
      yield* begun
      if (!upkeep.aggregates.includes(aggregate)) return yield* new BackupUnusable({ reason: "UnknownKind" })
      for (const { id, version } of rows) roots.add(["row", aggregate, id, version])
      yield* target.rows(aggregate, rows)
    }),
    onLogs: Effect.fnUntraced(function* (logs) {
      yield* begun
      for (const { lines, subject } of logs) {
        if (last?.subject !== subject) yield* endLog
        last = { subject, line: lines.at(-1)! }
      }
    }),
    onEnd: Effect.fnUntraced(function* ({ end, mac: said }) {
      yield* begun
      yield* endLog
      if (mac(contentText(end)) !== said || !Roots.same(end, roots.finish())) {
        return yield* new BackupUnusable({ reason: "Forged" })
      }
      content = end
    })
  })
  if (at === undefined || content === undefined) return yield* new BackupUnusable({ reason: "Incomplete" })
  yield* target.finish
  return { at, content }
})

/** Walks through the database beside the text, both in the order of ids. */
const strangers = (upkeep: Upkeep) => {
  const seen = new Map<string, Id>()
  let heads: Array<Effect.Success<ReturnType<Upkeep["scanHeads"]>>["rows"][number]> = []
  let after: Id | undefined
  let ended = false

  const nextHead = Effect.gen(function* () {
    if (heads.length === 0 && !ended) {
      const page = yield* upkeep.scanHeads({ after, limit: LOGS_AT_ONCE })
      heads = [...page.rows]
      after = page.next
      ended = after === undefined
    }
    return heads[0]
  })

  return {
    rows: Effect.fnUntraced(function* (aggregate: string, expected: ReadonlyArray<Sealed>) {
      // the plan of keys is the database's own
      if (aggregate === keyPlanRows) return
      const versions = new Map(expected.map((_) => [_.id, _.version]))
      const until = expected.at(-1)!.id
      let after = seen.get(aggregate)
      do {
        const page: Pages<Pick<Sealed, "id" | "version">> = yield* upkeep.versions(aggregate, {
          after,
          limit: ROWS_AT_ONCE
        })
        for (const { id, version } of page.rows) {
          if (id <= until && versions.get(id) !== version) return yield* new TargetInUse({ kind: aggregate, id })
        }
        after = page.next
      } while (after !== undefined && after < until)
      seen.set(aggregate, until)
    }),
    log: Effect.fnUntraced(function* (subject: Id, sequence: number) {
      while (true) {
        const there = yield* nextHead
        if (there === undefined || there.subject > subject) return
        if (there.subject !== subject || there.head.sequence > sequence) {
          return yield* new TargetInUse({ kind: "the log", id: there.subject })
        }
        heads.shift()
      }
    }),
    finish: Effect.gen(function* () {
      for (const aggregate of upkeep.aggregates) {
        if (aggregate === keyPlanRows) continue
        const { rows } = yield* upkeep.versions(aggregate, { after: seen.get(aggregate), limit: 1 })
        if (rows[0] !== undefined) return yield* new TargetInUse({ kind: aggregate, id: rows[0].id })
      }
      const there = yield* nextHead
      if (there !== undefined) return yield* new TargetInUse({ kind: "the log", id: there.subject })
    })
  }
}
