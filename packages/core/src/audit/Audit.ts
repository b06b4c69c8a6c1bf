/**
 * The record of who did what to whom: one chained log a subject.
 *
 * A line is committed with the change it tells, or neither is. Each line's MAC covers the line
 * before it, under a key that is not in the store. `verify` therefore finds and names a line that
 * was changed, added, moved or dropped, a row that was put back to an older version, and a row that
 * was removed unrecorded. A tail that was cut off whole is found only by a checkpoint held outside.
 *
 * A line holds codes, ids and versions, never personal data. Whoever writes often from many places
 * (an import, a reader at a counter) has one subject a shift or run: a log has one writer at a time.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Crypto, sameBytes } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import type { Any, Stored } from "../storage/Aggregate.ts"
import * as Chain from "../storage/Chain.ts"
import { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { Head, Line } from "../storage/StorageAdapter.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { Transaction } from "../storage/Transaction.ts"

// --- models ---

// Card numbers, NIKs and family cards have 13 digits and more: a code never does.
const hasNoNumber = Schema.makeFilter<string>(
  (text) => !/\d{13}/.test(text.replaceAll("-", "")) || "looks like a personal number"
)

const Code = Schema.String.check(
  Schema.isPattern(/^[A-Za-z][A-Za-z0-9:._/-]{0,99}$/, { message: "expected a code, not a text" }),
  hasNoNumber
)

/**
 * A row that a line is about, at the version that it had afterwards; version 0 says that the row
 * was removed.
 *
 * @category models
 * @since 0.1.0
 */
export const Ref = Schema.Struct({ aggregate: Schema.String, id: Id, version: Schema.Int })

/**
 * @category models
 * @since 0.1.0
 */
export type Ref = typeof Ref.Type

/**
 * One line as it is read. `at` is in milliseconds since 1970.
 *
 * @category models
 * @since 0.1.0
 */
export const Entry = Schema.Struct({
  at: Schema.Int,
  /** Who, as a code: `officer:417`. */
  actor: Code,
  /** What was done: `register`, `issue-card`. */
  action: Code,
  /** Why, as a reason code. */
  reason: Schema.optionalKey(Code),
  refs: Schema.optionalKey(Schema.Array(Ref))
})

/**
 * @category models
 * @since 0.1.0
 */
export type Entry = typeof Entry.Type

/**
 * What is recorded; the time is added.
 *
 * @category models
 * @since 0.1.0
 */
export type Deed = Omit<Entry, "at">

/**
 * What `verify` found to be wrong.
 *
 * - `LineForged`: the line's MAC does not fit what it and the line before it say.
 * - `LineMissing`: no line has this sequence number, though a later one is there.
 * - `LineUnreadable`: the line is no entry of this version.
 * - `HeadDiffers`: the log's recorded end is another than its last line: something was cut off.
 * - `RowOlder`: the row is at an older version than the log says: an old copy was put back.
 * - `RowMissing`: the row is gone, and no line says that it was removed.
 * - `RowForged`: the row's body does not open at its place.
 *
 * @category models
 * @since 0.1.0
 */
export type Finding =
  | { readonly _tag: "LineForged" | "LineMissing" | "LineUnreadable" | "HeadDiffers"; readonly sequence: number }
  | { readonly _tag: "RowOlder" | "RowMissing" | "RowForged"; readonly aggregate: string; readonly id: Id }

/**
 * @category models
 * @since 0.1.0
 */
export interface Verification {
  readonly subject: Id
  readonly entries: ReadonlyArray<Entry>
  /** Empty when the log and the rows it tells of are whole. */
  readonly findings: ReadonlyArray<Finding>
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Audit extends Context.Service<
  Audit,
  {
    /**
     * Adds a line to the subject's log, in the unit of work that does the deed. A code that is a text
     * or holds a long number is a defect: personal data must not reach the record.
     */
    readonly record: (subject: Id, deed: Deed) => Effect.Effect<void, StorageError, Transaction>
    /** Reads a subject's log and checks it, and the rows that it tells of. */
    readonly verify: (subject: Id) => Effect.Effect<Verification, StorageError>
  }
>()("@kis/core/audit/Audit") {}

// --- constructors ---

/**
 * The row as a line refers to it, at the version it is written with: 1 for an insert.
 *
 * @example
 * const id = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
 * Audit.ref(Participant.aggregate, { id, version: 1 }) // => { aggregate: "participant", id, version: 1 }
 *
 * @category constructors
 * @since 0.1.0
 */
export const ref = (aggregate: Any, row: Pick<Stored<unknown>, "id" | "version">): Ref => ({
  aggregate: aggregate.name,
  id: row.id,
  version: row.version
})

// --- checking ---

/**
 * Checks the lines of a log against each other and against its recorded end.
 *
 * @category checking
 * @since 0.1.0
 */
export const checkLines = (
  link: Chain.Link,
  subject: Id,
  lines: ReadonlyArray<Line>,
  head: Head | undefined
): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  let before: Head | undefined
  for (const line of lines) {
    const expected = (before?.sequence ?? 0) + 1
    for (let sequence = expected; sequence < line.sequence; sequence++) {
      findings.push({ _tag: "LineMissing", sequence })
    }
    const whole = line.sequence === expected && sameBytes(link(subject, before, line.body).mac, line.mac)
    if (!whole && line.sequence <= expected) findings.push({ _tag: "LineForged", sequence: line.sequence })
    before = line
  }
  if (before?.sequence !== head?.sequence || (before && head && !sameBytes(before.mac, head.mac))) {
    findings.push({ _tag: "HeadDiffers", sequence: head?.sequence ?? 0 })
  }
  return findings
}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Audit, never, Storage | Crypto | KeyRing> = Layer.effect(
  Audit,
  Effect.gen(function* () {
    const storage = yield* Storage
    const link = Chain.make(yield* Crypto, yield* KeyRing)

    const checkRows = Effect.fnUntraced(function* (entries: ReadonlyArray<Entry>) {
      const latest = new Map<string, Map<Id, number>>()
      for (const entry of entries) {
        for (const { aggregate, id, version } of entry.refs ?? []) {
          let rows = latest.get(aggregate)
          if (rows === undefined) latest.set(aggregate, (rows = new Map()))
          rows.set(id, version)
        }
      }
      const findings: Array<Finding> = []
      for (const [aggregate, versions] of latest) {
        const rows = yield* storage.snapshot(storage.inspect(aggregate, [...versions.keys()]))
        for (const [id, version] of versions) {
          const row = rows.get(id)
          if (row === undefined) {
            if (version > 0) findings.push({ _tag: "RowMissing", aggregate, id })
          } else if (!row.opens) {
            findings.push({ _tag: "RowForged", aggregate, id })
          } else if (version === 0 || row.version < version) {
            findings.push({ _tag: "RowOlder", aggregate, id })
          }
        }
      }
      return findings
    })

    return Audit.of({
      record: (subject, deed) =>
        Effect.flatMap(Clock.currentTimeMillis, (at) => {
          if (!isDeed(deed)) return Effect.die(new Error("An audit line takes codes and ids only"))
          return storage.append(subject, encode(deed, at))
        }),
      verify: Effect.fn("Audit.verify")(function* (subject) {
        const [lines, heads] = yield* storage.snapshot(Effect.all([storage.readLog(subject), storage.heads([subject])]))
        const findings = [...checkLines(link, subject, lines, heads.get(subject))]
        const entries: Array<Entry> = []
        for (const line of lines) {
          const entry = decode(line.body)
          if (Option.isSome(entry)) entries.push(entry.value)
          else findings.push({ _tag: "LineUnreadable", sequence: line.sequence })
        }
        findings.push(...(yield* checkRows(entries)))
        return { subject, entries, findings }
      })
    })
  })
)

// --- private ---

const encoder = new TextEncoder()

const isDeed = Schema.is(
  Schema.Struct({
    actor: Entry.fields.actor,
    action: Entry.fields.action,
    reason: Entry.fields.reason,
    refs: Entry.fields.refs
  })
)

// The order of the fields is fixed here, so that one deed gives one text.
const encode = ({ action, actor, reason, refs }: Deed, at: number): Uint8Array =>
  encoder.encode(
    JSON.stringify({
      at,
      actor,
      action,
      ...(reason === undefined ? {} : { reason }),
      ...(refs === undefined ? {} : { refs: refs.map(({ aggregate, id, version }) => ({ aggregate, id, version })) })
    })
  )

const decodeEntry = Schema.decodeUnknownOption(Schema.fromJsonString(Entry))

const decode = (body: Uint8Array): Option.Option<Entry> => decodeEntry(new TextDecoder().decode(body))
