/**
 * Asking the civil register again about people whom it has not confirmed yet.
 *
 * Whoever was registered while it was down, slow or silent is pending, and nothing else: not refused,
 * not unknown. This job finds them, asks in batches, waits longer after each failure, and carries on
 * where it was after a crash. A person whom the register confirms gets a card number, the state that
 * they would have opened in, an end of the clock that ran for them, and one message, in one unit of
 * work; however often and wherever the job runs, once.
 *
 * What the register denies (another name, no such number, a death) opens a case for an officer. The
 * person stays pending, is told, and is asked about again later.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import { Audit } from "../audit/Audit.ts"
import * as Participant from "../deduplication/Participant.ts"
import type { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import * as Membership from "../membership/Membership.ts"
import { Outbox } from "../messaging/Outbox.ts"
import { CardNumbers } from "../registry/CardNumbers.ts"
import { type Answer, PopulationRegistry, type Query } from "../registry/PopulationRegistry.ts"
import { RegistryError } from "../registry/RegistryError.ts"
import { Clocks } from "../sla/Clocks.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { type Cursor, Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import * as PendingIdentity from "../registration/PendingIdentity.ts"
import { type Asked, makeSettle } from "./internal/verify.ts"

// --- models ---

/**
 * What became of the people of one run. `postponed`: no answer came, and they are asked about later;
 * `left`: they are not pending any more. `outage` says why the run stopped, and `again` when it goes on
 * (milliseconds since 1970).
 *
 * @category models
 * @since 0.1.0
 */
export interface Summary {
  readonly confirmed: number
  readonly denied: number
  readonly postponed: number
  readonly left: number
  readonly outage?: RegistryError["reason"]
  readonly again?: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The wait after a first failure; it doubles with each that follows. One minute. */
  readonly firstWait?: Duration.Input
  /** The longest wait. One hour. */
  readonly longestWait?: Duration.Input
  /** When somebody whom the register denied is asked about again. A week. */
  readonly askAgain?: Duration.Input
  /** How many people are asked about at once. */
  readonly batch?: number
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Verification extends Context.Service<
  Verification,
  {
    /**
     * Asks about everybody who is due. An outage ends the run and is part of the summary; a failure is
     * the store's, and the next run goes on from what was committed.
     */
    readonly verifyDue: Effect.Effect<Summary, StorageError>
    /** Does so for ever, with a pause in between; a store that does not answer is asked again. */
    readonly run: (every: Duration.Input) => Effect.Effect<never, StorageError>
  }
>()("@kis/core/verification/Verification") {}

// --- layers ---

/**
 * On a register that stores `Register.aggregates`. Any number may run at the same time.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options = {}
): Layer.Layer<Verification, never, Storage | Audit | Outbox | Clocks | PopulationRegistry | CardNumbers> =>
  Layer.effect(
    Verification,
    Effect.gen(function* () {
      const storage = yield* Storage
      const population = yield* PopulationRegistry
      const cardNumbers = yield* CardNumbers
      const firstWait = Duration.toMillis(options.firstWait ?? "1 minute")
      const longestWait = Duration.toMillis(options.longestWait ?? "1 hour")
      const askAgain = Duration.toMillis(options.askAgain ?? "7 days")
      const batch = options.batch ?? 100
      const settle = makeSettle({
        storage,
        audit: yield* Audit,
        outbox: yield* Outbox,
        clocks: yield* Clocks,
        askAgain
      })

      // --- the round ---

      const readRound = Effect.fnUntraced(function* (now: number) {
        const found = yield* storage.findBy(PendingIdentity.rounds, "name", "population")
        const fresh: PendingIdentity.Round = { name: "population", beganAt: now, failures: 0, notBefore: 0 }
        return {
          stored: Option.getOrUndefined(found),
          value: Option.match(found, { onNone: () => fresh, onSome: (_) => _.value })
        }
      })

      /** Of two that write the first row, the later finds that of the earlier. */
      const writeRound = (change: (before: PendingIdentity.Round) => PendingIdentity.Round, now: number) =>
        storage
          .transaction(
            Effect.gen(function* () {
              const { stored, value } = yield* readRound(now)
              const after = change(value)
              if (stored === undefined) yield* storage.insert(PendingIdentity.rounds, after)
              else if (after !== value) yield* storage.update(PendingIdentity.rounds, stored, after)
              return after
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", () => Effect.map(readRound(now), (_) => _.value)))

      // --- finding who is pending ---

      /** Writes down who is pending and not yet waited for; others may do the same at the same time. */
      const enlistPage = Effect.fnUntraced(function* (after: string | undefined, now: number) {
        const page = yield* storage.snapshot(
          storage.scan(
            Membership.aggregate,
            "byState",
            { from: PENDING, to: PENDING },
            { limit: PAGE, ...(after === undefined ? {} : { after: after as Cursor }) }
          )
        )
        const refs = page.rows.map(({ value }) => value.participant)
        const known = yield* storage.findMany(PendingIdentity.aggregate, "participant", refs)
        const people = yield* storage.getMany(
          Participant.aggregate,
          refs.filter((ref) => !known.has(ref))
        )
        // without a number there is nothing to ask by: a newborn is looked at again in the next round
        const fresh = [...people.values()].filter(({ value }) => value.person.nik !== undefined)
        yield* storage.each(
          fresh.map(({ id }) =>
            storage.insert(PendingIdentity.aggregate, { participant: id, attempts: 0, taken: 0, dueAt: now })
          )
        )
        return page.next
      })

      const enlist = Effect.fn("Verification.enlist")(function* (now: number) {
        const before = (yield* readRound(now)).value
        const anew = now - before.beganAt >= ROUND
        let place = anew ? undefined : before.place
        while (true) {
          const next = yield* enlistPage(place, now)
          // the last page is read again next time: who registers meanwhile comes behind its beginning
          if (next === undefined) break
          place = next
        }
        if (!anew && place === before.place) return
        yield* writeRound(
          ({ place: _place, ...round }) => ({
            ...round,
            ...(place === undefined ? {} : { place }),
            beganAt: anew ? now : round.beganAt
          }),
          now
        )
      })

      // --- asking ---

      const nextBatch = Effect.fnUntraced(function* (now: number) {
        const { rows } = yield* storage.snapshot(
          storage.scan(PendingIdentity.aggregate, "due", { to: now }, { limit: batch })
        )
        const refs = rows.map(({ value }) => value.participant)
        const people = yield* storage.getMany(Participant.aggregate, refs)
        const memberships = yield* storage.findMany(Membership.aggregate, "liveOf", refs)
        const asked: Array<Asked> = []
        const gone: Array<Stored<PendingIdentity.Waiting>> = []
        for (const row of rows) {
          const person = people.get(row.value.participant)
          const query = person === undefined ? undefined : queryOf(person.value)
          const isPending = memberships.get(row.value.participant)?.value.state === PENDING
          if (person !== undefined && query !== undefined && isPending) {
            asked.push({ row, query, reference: person.value.reference })
          } else gone.push(row)
        }
        return { asked, gone }
      })

      const match = Effect.fnUntraced(function* (asked: ReadonlyArray<Asked>) {
        const answers = yield* population.match(asked.map(({ query }) => query))
        // taken by position, an answer too few would be somebody else's
        if (answers.length !== asked.length) {
          return yield* new RegistryError({ registry: "population", reason: "Unreadable" })
        }
        return answers
      })

      const issue = Effect.fnUntraced(function* (asked: ReadonlyArray<Asked>, answers: ReadonlyArray<Answer>) {
        const matched = asked.filter((_, i) => answers[i]?._tag === "Matched")
        if (matched.length === 0) return new Map<Id, ParticipantNumber>()
        const numbers = yield* cardNumbers.issue(
          matched.map(({ reference, row }) => (row.value.taken === 0 ? reference : `${reference}#v${row.value.taken}`))
        )
        if (numbers.length !== matched.length) {
          return yield* new RegistryError({ registry: "card-numbers", reason: "Unreadable" })
        }
        return new Map(
          matched.flatMap(({ row }, i): ReadonlyArray<[Id, ParticipantNumber]> => {
            const number = numbers[i]
            return number === undefined ? [] : [[row.value.participant, number]]
          })
        )
      })

      /** Those who had no answer come behind all others, so that nobody stands in their way. */
      const postpone = Effect.fn("Verification.postpone")(function* (
        asked: ReadonlyArray<Asked>,
        error: RegistryError,
        now: number
      ) {
        const { notBefore } = yield* writeRound((round) => {
          const failures = round.failures + 1
          const wait = error.isRetryable
            ? Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 30))
            : longestWait
          return { ...round, failures, notBefore: now + Math.max(wait, error.retryAfterMillis ?? 0) }
        }, now)
        yield* storage.each(
          asked.map(({ row }) =>
            changeRow(row, (it) => ({ ...it, attempts: it.attempts + 1, dueAt: Math.max(it.dueAt, notBefore) }))
          )
        )
        return notBefore
      })

      const changeRow = (
        row: Stored<PendingIdentity.Waiting>,
        change: (row: PendingIdentity.Waiting) => PendingIdentity.Waiting
      ) =>
        Effect.gen(function* () {
          const found = yield* storage.get(PendingIdentity.aggregate, row.id)
          if (Option.isNone(found)) return
          yield* storage.update(PendingIdentity.aggregate, found.value, change(found.value.value))
        })

      const drop = (row: Stored<PendingIdentity.Waiting>) =>
        Effect.gen(function* () {
          const found = yield* storage.get(PendingIdentity.aggregate, row.id)
          if (Option.isSome(found)) yield* storage.remove(PendingIdentity.aggregate, found.value)
        })

      /** A card number that is somebody else's: another is asked for next time. */
      const settleAll = Effect.fnUntraced(function* (
        asked: ReadonlyArray<Asked>,
        answers: ReadonlyArray<Answer>,
        cards: ReadonlyMap<Id, ParticipantNumber>,
        now: number
      ) {
        const units = settle.unitsOf(asked, answers, cards, now)
        const results = yield* storage.each(units.map(({ effect }) => effect))
        const counts = { confirmed: 0, denied: 0, left: 0 }
        for (const [i, result] of results.entries()) {
          if (Result.isSuccess(result)) {
            counts.confirmed += result.success.confirmed
            counts.denied += result.success.denied
            counts.left += result.success.left
          } else if (result.failure._tag === "UniqueViolation") {
            yield* storage.each(
              (units[i]?.people ?? []).map(({ row }) =>
                changeRow(row, (it) => ({
                  ...it,
                  taken: it.taken + 1,
                  dueAt: it.taken < MANY ? it.dueAt : now + askAgain
                }))
              )
            )
          } else return yield* result.failure
        }
        return counts
      })

      const verifyDue = Effect.gen(function* () {
        const started = yield* Clock.currentTimeMillis
        const sum = { confirmed: 0, denied: 0, postponed: 0, left: 0 }
        const round = (yield* readRound(started)).value
        if (started < round.notBefore) return { ...sum, again: round.notBefore }
        yield* enlist(started)
        while (true) {
          const now = yield* Clock.currentTimeMillis
          const { asked, gone } = yield* nextBatch(now)
          yield* storage.each(gone.map(drop))
          sum.left += gone.length
          if (asked.length === 0 && gone.length === 0) return sum
          if (asked.length === 0) continue
          const answered = yield* Effect.flatMap(match(asked), (answers) =>
            Effect.map(issue(asked, answers), (cards) => ({ answers, cards }))
          ).pipe(Effect.result)
          if (Result.isFailure(answered)) {
            const { reason } = answered.failure
            const again = yield* postpone(asked, answered.failure, now)
            return { ...sum, postponed: sum.postponed + asked.length, outage: reason, again }
          }
          const { answers, cards } = answered.success
          const counts = yield* settleAll(asked, answers, cards, yield* Clock.currentTimeMillis)
          sum.confirmed += counts.confirmed
          sum.denied += counts.denied
          sum.left += counts.left
          if ((yield* readRound(now)).value.failures > 0) {
            yield* writeRound((it) => ({ ...it, failures: 0, notBefore: 0 }), now)
          }
        }
      }).pipe(Effect.withSpan("Verification.verifyDue"))

      const run = (every: Duration.Input) =>
        verifyDue.pipe(
          Effect.catchIf(
            (error) => error.isRetryable,
            () => Effect.void
          ),
          Effect.repeat(Schedule.spaced(every)),
          Effect.andThen(Effect.never)
        )

      return Verification.of({ verifyDue, run })
    })
  )

// --- private ---

const PENDING = "PENDING_VERIFICATION"
const PAGE = 250

// So many numbers in a row that are somebody else's are no chance: an officer must look at the issuer.
const MANY = 5

// Once a day everybody who is pending is looked for from the beginning.
const ROUND = 86_400_000

const queryOf = ({ person }: Participant.Participant): Query | undefined =>
  person.nik === undefined
    ? undefined
    : { nik: person.nik, name: person.name, birthDate: person.birthDate, sex: person.sex }
