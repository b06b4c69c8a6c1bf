/**
 * The state's clocks: opened with what they are for, in the same unit of work, and seen when they are due.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as WorkCalendar from "../calendar/WorkCalendar.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import type { StorageError } from "../storage/StorageError.ts"
import { type Cursor, type Page, Storage, type Transaction } from "../storage/Storage.ts"
import * as PlainDate from "../time/PlainDate.ts"
import * as Clock from "./Clock.ts"
import * as Target from "./Target.ts"

// --- models ---

/**
 * Which running clocks to list: those due at or before `until`, of one office or of all, the most urgent first.
 *
 * @category models
 * @since 0.1.0
 */
export interface DueRequest {
  readonly until: number
  readonly office?: string
  readonly after?: Cursor | undefined
  readonly limit: number
}

/**
 * By which calendars and targets the clocks run.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Default: every office keeps the hours of the civil service in western time. */
  readonly calendarOf?: (office: string) => WorkCalendar.WorkCalendar
  /** Default: {@link Target.standard}. */
  readonly targets?: Target.Targets
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Clocks extends Context.Service<
  Clocks,
  {
    /**
     * Starts a clock with the unit of work that it belongs to. A subject that has a running clock of the
     * kind refuses a second one when it is committed, with `UniqueViolation`.
     */
    readonly open: (of: {
      readonly subject: Id
      readonly kind: Target.Kind
      readonly office: string
      readonly at: number
    }) => Effect.Effect<Id, StorageError, Transaction>
    /** Gives the answer. A clock that is closed already, or was never opened, is left as it is. */
    readonly close: (id: Id, at: number) => Effect.Effect<Option.Option<Clock.Clock>, StorageError, Transaction>
    /** The clock that runs for a subject. */
    readonly running: (
      subject: Id,
      kind: Target.Kind
    ) => Effect.Effect<Option.Option<Stored<Clock.Clock>>, StorageError>
    /** Running clocks by due time. */
    readonly due: (request: DueRequest) => Effect.Effect<Page<Clock.Clock>, StorageError>
  }
>()("@kis/core/sla/Clocks") {}

// --- layers ---

/**
 * Clocks on the register's own storage, which must hold {@link Clock.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Clocks, never, Storage> =>
  Layer.effect(
    Clocks,
    Effect.gen(function* () {
      const storage = yield* Storage
      const targets = options.targets ?? Target.standard
      const calendarAt = calendars(options.calendarOf)

      const open = Effect.fn("Clocks.open")(function* (of: Parameters<Clocks["Service"]["open"]>[0]) {
        const calendar = calendarAt(of.office, of.at)
        const day = PlainDate.fromInstant(of.at, calendar.zone)
        const entry = Target.at(targets, of.kind, { appliesOn: day, knownOn: day })
        if (Option.isNone(entry)) {
          return yield* Effect.die(
            new Error(
              `Clocks has no target for "${of.kind}" on ${day}. Give Clocks.layer a table that reaches that day.`
            )
          )
        }
        return yield* storage.insert(Clock.aggregate, Clock.start(of, entry.value.value, calendar))
      })

      const close = Effect.fn("Clocks.close")(function* (id: Id, at: number) {
        const found = yield* storage.get(Clock.aggregate, id)
        if (Option.isNone(found)) return Option.none()
        const stopped = Clock.stop(found.value.value, at)
        if (stopped !== found.value.value) yield* storage.update(Clock.aggregate, found.value, stopped)
        return Option.some(stopped)
      })

      const running = Effect.fn("Clocks.running")((subject: Id, kind: Target.Kind) =>
        storage.findBy(Clock.aggregate, "running", Clock.runningKey(subject, kind))
      )

      const due = Effect.fn("Clocks.due")(({ after, limit, office, until }: DueRequest) =>
        storage.snapshot(
          office === undefined
            ? storage.scan(Clock.aggregate, "byDue", { equals: { state: "running" }, to: until }, { after, limit })
            : storage.scan(
                Clock.aggregate,
                "byOffice",
                { equals: { office, state: "running" }, to: until },
                { after, limit }
              )
        )
      )

      return Clocks.of({ open, close, running, due })
    })
  )

// --- private ---

const cacheLength = 1000

// Preparing a calendar costs far more than counting in it, and an import opens thousands of clocks on one day.
const calendars = (calendarOf: Options["calendarOf"]) => {
  const standard = WorkCalendar.office("WIB")
  const cache = new Map<string, WorkCalendar.WorkCalendar>()
  return (office: string, at: number): WorkCalendar.WorkCalendar => {
    const calendar = calendarOf?.(office) ?? standard
    const day = PlainDate.fromInstant(at, calendar.zone)
    const key = `${day} ${office}`
    const found = cache.get(key)
    if (found !== undefined) return found
    const known = WorkCalendar.asKnownOn(calendar, day)
    if (cache.size >= cacheLength) cache.clear()
    cache.set(key, known)
    return known
  }
}
