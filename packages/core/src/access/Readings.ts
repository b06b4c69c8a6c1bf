/**
 * How staff read what is recorded of people: never without a line in the audit record.
 *
 * The line and the reading are one unit of work: a record that cannot be written gives nothing to read. A
 * refused reading leaves a line too. Outside the own area a reading is possible in an emergency; then the
 * citizen and a supervisor are told, and a review stays open until the supervisor has closed it.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Audit from "../audit/Audit.ts"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import type { Language } from "../policy/Reason.ts"
import type * as Aggregate from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { type Cursor, type Page, Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"
import * as Actor from "./Actor.ts"
import * as BrokenGlass from "./BrokenGlass.ts"
import { Notices } from "./Notices.ts"
import * as Permission from "./Permission.ts"
import * as Shift from "./Shift.ts"

// --- models ---

/**
 * Which record is read, by whom, why. `reason` is a code, as the audit record holds it; `row` says what decides
 * whether the record is within the actor's scope.
 *
 * @category models
 * @since 0.1.0
 */
export interface Reading<A> {
  readonly shift: Id
  readonly actor: Actor.Actor
  readonly aggregate: Aggregate.Of<A>
  readonly id: Id
  readonly reason: string
  readonly row: (value: A) => Permission.Row
}

/**
 * A reading in an emergency. `office` is the area of the record, `citizen` where its person is told.
 *
 * @category models
 * @since 0.1.0
 */
export interface Emergency<A> extends Omit<Reading<A>, "reason" | "row"> {
  readonly key: string
  readonly ground: BrokenGlass.Ground
  readonly office: string
  readonly citizen: (value: A) => { readonly phone: PhoneNumber; readonly language: Language } | undefined
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Where the supervisor of an office is told. Default: nowhere but in the log and the list of open reviews. */
  readonly supervisorOf?: (office: string) => PhoneNumber | undefined
  /** The zone of an office. Default: western time. */
  readonly zoneOf?: (office: string) => Zone
}

type Failed = Shift.ShiftNotOpen | Shift.RecordNotFound | Permission.NotAllowed | StorageError

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Readings extends Context.Service<
  Readings,
  {
    /** Begins a shift. The same key gives the same shift again. */
    readonly begin: (of: {
      readonly key: string
      readonly actor: Actor.Actor
      readonly office: string
    }) => Effect.Effect<Id, Permission.NotAllowed | StorageError>
    /** Ends a shift; nothing is read in it any more. */
    readonly end: (of: {
      readonly shift: Id
      readonly actor: Actor.Actor
    }) => Effect.Effect<void, Shift.ShiftNotOpen | StorageError>
    /** Reads one record. */
    readonly read: <A>(of: Reading<A>) => Effect.Effect<Aggregate.Stored<A>, Failed>
    /** Reads one record that is in another's area, loudly. The same key gives the same review again. */
    readonly breakGlass: <A>(
      of: Emergency<A>
    ) => Effect.Effect<{ readonly record: Aggregate.Stored<A>; readonly review: Id }, Failed>
    /** Says whether such a reading was justified. One that was reviewed already stays as it was. */
    readonly review: (of: {
      readonly review: Id
      readonly actor: Actor.Actor
      readonly found: Exclude<BrokenGlass.State, "open">
    }) => Effect.Effect<
      Aggregate.Stored<BrokenGlass.BrokenGlass>,
      Shift.RecordNotFound | Permission.NotAllowed | StorageError
    >
    /** The reviews that an office owes, the oldest first. */
    readonly toReview: (
      office: string,
      page: { readonly after?: Cursor | undefined; readonly limit: number }
    ) => Effect.Effect<Page<BrokenGlass.BrokenGlass>, StorageError>
  }
>()("@kis/core/access/Readings") {}

// --- layers ---

/**
 * On the register's own storage, which must hold {@link Shift.aggregate} and {@link BrokenGlass.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Readings, never, Storage | Audit.Audit | Notices> =>
  Layer.effect(
    Readings,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const notices = yield* Notices
      const { supervisorOf = () => undefined, zoneOf = () => "WIB" } = options

      const begin = Effect.fn("Readings.begin")(function* (of: Parameters<Readings["Service"]["begin"]>[0]) {
        const { actor, key, office } = of
        // whose worker somebody is shows when they are read
        if (Permission.table[actor.kind]["read-person"] !== "workers") {
          yield* Permission.demand(actor, "read-person", { office })
        }
        const beganAt = yield* Clock.currentTimeMillis
        const unit = storage.transaction(
          Effect.gen(function* () {
            const known = yield* storage.findBy(Shift.aggregate, "command", commandOf(actor, key))
            if (Option.isSome(known)) return known.value.id
            const shift = { command: commandOf(actor, key), actor, office, beganAt }
            const id = yield* storage.insert(Shift.aggregate, shift)
            yield* audit.record(id, {
              actor: Actor.label(actor),
              action: "begin-shift",
              refs: [Audit.ref(Shift.aggregate, { id, version: 1 })]
            })
            return id
          })
        )
        // two that raced with one key: the later finds what the earlier wrote
        return yield* unit.pipe(
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
      })

      const open = Effect.fnUntraced(function* (shift: Id, actor: Actor.Actor) {
        const found = yield* storage.get(Shift.aggregate, shift)
        const mine = Option.filter(found, ({ value }) => Actor.label(value.actor) === Actor.label(actor))
        if (Option.isNone(mine) || mine.value.value.endedAt !== undefined) {
          return yield* new Shift.ShiftNotOpen({ shift })
        }
        return mine.value
      })

      const end = Effect.fn("Readings.end")(function* (of: Parameters<Readings["Service"]["end"]>[0]) {
        const endedAt = yield* Clock.currentTimeMillis
        yield* storage
          .transaction(
            Effect.gen(function* () {
              const shift = yield* open(of.shift, of.actor)
              const row = yield* storage.update(Shift.aggregate, shift, { ...shift.value, endedAt })
              yield* audit.record(row.id, {
                actor: Actor.label(of.actor),
                action: "end-shift",
                refs: [Audit.ref(Shift.aggregate, row)]
              })
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const recordOf = Effect.fnUntraced(function* <A>(aggregate: Aggregate.Of<A>, id: Id) {
        const found = yield* storage.get(aggregate, id)
        return Option.isSome(found) ? found.value : yield* new Shift.RecordNotFound({ aggregate: aggregate.name, id })
      })

      const read = Effect.fn("Readings.read")(function* <A>(of: Reading<A>) {
        const line = { actor: Actor.label(of.actor), reason: of.reason }
        const refused = yield* Effect.result(
          storage
            .transaction(
              Effect.gen(function* () {
                yield* open(of.shift, of.actor)
                const record = yield* recordOf(of.aggregate, of.id)
                yield* Permission.demand(of.actor, "read-person", of.row(record.value))
                yield* audit.record(of.shift, { ...line, action: "read", refs: [Audit.ref(of.aggregate, record)] })
                return record
              })
            )
            .pipe(Effect.catchTag("UniqueViolation", Effect.die))
        )
        if (refused._tag === "Failure" && refused.failure._tag === "NotAllowed") {
          yield* storage
            .transaction(
              Effect.gen(function* () {
                // which record it was is told by the line; the record itself is not
                const record = yield* storage.peek(of.aggregate, of.id)
                const refs = Option.isNone(record) ? {} : { refs: [Audit.ref(of.aggregate, record.value)] }
                yield* audit.record(of.shift, { ...line, action: "read-refused", ...refs })
              })
            )
            .pipe(Effect.catchTag("UniqueViolation", Effect.die))
        }
        return yield* Effect.fromResult(refused)
      })

      const breakGlass = Effect.fn("Readings.breakGlass")(function* <A>(of: Emergency<A>) {
        const { actor, aggregate, ground, key, office, shift } = of
        yield* Permission.demand(actor, "break-glass", { office })
        const at = yield* Clock.currentTimeMillis
        const day = PlainDate.fromInstant(at, zoneOf(office))
        const unit = storage.transaction(
          Effect.gen(function* () {
            yield* open(shift, actor)
            const record = yield* recordOf(aggregate, of.id)
            const line = { actor: Actor.label(actor), reason: ground }
            const command = commandOf(actor, key, of.id)
            const known = yield* storage.findBy(BrokenGlass.aggregate, "command", command)
            if (Option.isSome(known)) {
              // what is seen again is recorded again, under the review that is there
              yield* audit.record(shift, { ...line, action: "read", refs: [Audit.ref(aggregate, record)] })
              return { record, review: known.value.id }
            }
            const review = yield* storage.insert(BrokenGlass.aggregate, {
              command,
              reader: actor,
              shift,
              aggregate: aggregate.name,
              about: of.id,
              ground,
              office,
              openedAt: at,
              state: "open"
            })
            yield* audit.record(shift, {
              ...line,
              action: "break-glass",
              refs: [Audit.ref(aggregate, record), Audit.ref(BrokenGlass.aggregate, { id: review, version: 1 })]
            })
            const citizen = of.citizen(record.value)
            if (citizen !== undefined) {
              const { language, phone } = citizen
              yield* notices.tell({ kind: "record-opened", to: phone, language, subject: review, day, key: review })
            }
            const supervisor = supervisorOf(office)
            if (supervisor !== undefined) {
              const to = { kind: "glass-broken", to: supervisor, language: "id" } as const
              yield* notices.tell({ ...to, subject: review, day, key: review })
            }
            return { record, review }
          })
        )
        const answer = yield* unit.pipe(
          Effect.catchTag("UniqueViolation", () => unit.pipe(Effect.catchTag("UniqueViolation", Effect.die)))
        )
        yield* Effect.logWarning("A record was read in an emergency", {
          actor: Actor.label(actor),
          office,
          ground,
          review: answer.review
        })
        return answer
      })

      const review = Effect.fn("Readings.review")(function* (of: Parameters<Readings["Service"]["review"]>[0]) {
        const at = yield* Clock.currentTimeMillis
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const found = yield* recordOf(BrokenGlass.aggregate, of.review)
              const { office, reader } = found.value
              yield* Permission.demand(of.actor, "review-break-glass", { office })
              if (reader.id === of.actor.id) {
                const actor = Actor.label(of.actor)
                return yield* new Permission.NotAllowed({ actor, action: "review-break-glass", reasons: ["OwnDeed"] })
              }
              const value = BrokenGlass.reviewed(found.value, of.found, of.actor, at)
              if (value === found.value) return found
              const row = yield* storage.update(BrokenGlass.aggregate, found, value)
              yield* audit.record(row.id, {
                actor: Actor.label(of.actor),
                action: "review-break-glass",
                reason: of.found,
                refs: [Audit.ref(BrokenGlass.aggregate, row)]
              })
              return row
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const toReview: Readings["Service"]["toReview"] = Effect.fn("Readings.toReview")((office, page) =>
        storage.snapshot(storage.scan(BrokenGlass.aggregate, "byOffice", { equals: { office, state: "open" } }, page))
      )

      return Readings.of({ begin, end, read, breakGlass, review, toReview })
    })
  )

// --- private ---

/** Keys are the sender's own: two actors may use the same one. */
const commandOf = (actor: Actor.Actor, ...key: ReadonlyArray<string>): string => [Actor.label(actor), ...key].join(" ")
