/**
 * What changes in the civil register reaches the people who are on ours.
 *
 * A correction is taken over. A death, or a number that was switched off, opens a case: the civil
 * register errs, and no machine ends anybody's cover. An officer confirms or dismisses; where cover
 * would end by it, treatment is asked about first. What the civil register takes back is settled by
 * itself, and what an officer had taken for it is given back.
 *
 * Each change has its effect once, also when a crash makes the job read a page again.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Actor from "../access/Actor.ts"
import * as Permission from "../access/Permission.ts"
import { Audit, ref } from "../audit/Audit.ts"
import * as Participant from "../deduplication/Participant.ts"
import * as Household from "../membership/Household.ts"
import * as Machine from "../membership/Machine.ts"
import * as Membership from "../membership/Membership.ts"
import { Outbox } from "../messaging/Outbox.ts"
import * as PendingIdentity from "../registration/PendingIdentity.ts"
import * as PopulationCase from "../registration/PopulationCase.ts"
import * as CareStatus from "../registry/CareStatus.ts"
import { type Change, type Cursor, PopulationRegistry } from "../registry/PopulationRegistry.ts"
import type { RegistryError } from "../registry/RegistryError.ts"
import { Clocks } from "../sla/Clocks.ts"
import type { Stored } from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import * as StorageError from "../storage/StorageError.ts"
import { PlainDate } from "../time/PlainDate.ts"
import { type Concern, makeCases, makeFollow } from "./internal/follow.ts"

// --- models ---

/**
 * What became of the changes of one run. `strangers` concern nobody on the register, `repeated` had
 * their effect before. `outage` says why the run stopped.
 *
 * @category models
 * @since 0.1.0
 */
export interface Summary {
  readonly read: number
  readonly opened: number
  readonly corrected: number
  readonly settled: number
  readonly repeated: number
  readonly strangers: number
  readonly outage?: RegistryError["reason"]
}

/**
 * An officer's answer to a case. `on` is the day of it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Decision {
  readonly case: Id
  readonly as: "confirmed" | "dismissed"
  readonly actor: Actor.Actor
  readonly on: PlainDate
}

/**
 * What followed for the cover. `waits`: the person is in treatment, or nobody knows; cover goes on until
 * it is over.
 *
 * @category models
 * @since 0.1.0
 */
export type Followed = "moved" | "waits" | "nothing"

// --- errors ---

/**
 * @category errors
 * @since 0.1.0
 */
export class CaseNotOpen extends Schema.TaggedError<CaseNotOpen>("@kis/core/verification/CaseNotOpen")("CaseNotOpen", {
  case: Schema.String,
  state: Schema.optionalKey(PopulationCase.State)
}) {
  override get message() {
    return this.state === undefined
      ? `There is no case ${this.case}. List those that are open.`
      : `The case ${this.case} is ${this.state} already. Nothing was changed.`
  }
}

/**
 * A death changes the cover of a whole family: it is reported as an event of it, looked at and carried
 * out with `Life`, and the case is confirmed afterwards.
 *
 * @category errors
 * @since 0.1.0
 */
export class ReportDeathFirst extends Schema.TaggedError<ReportDeathFirst>("@kis/core/verification/ReportDeathFirst")(
  "ReportDeathFirst",
  { household: Id, participant: Id, diedOn: Schema.optionalKey(PlainDate) }
) {
  override get message() {
    return (
      `The participant ${this.participant} is in household ${this.household}. ` +
      "Report the death there as an event of life, carry that out, and confirm the case then."
    )
  }
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class PopulationChanges extends Context.Service<
  PopulationChanges,
  {
    /** Reads on from where it was until nothing is left. An outage ends the run and is part of the summary. */
    readonly follow: Effect.Effect<Summary, StorageError.StorageError>
    /** Does so for ever, with a pause in between; a store that does not answer is asked again. */
    readonly run: (every: Duration.Input) => Effect.Effect<never, StorageError.StorageError>
    /**
     * Answers a case, if its actor may decide those of its office (`decide-population-case` of `Permission`): whoever may not
     * is told nothing of it, and no hospital is asked. The same answer to an answered case is refused as well, with what it is.
     */
    readonly decide: (
      decision: Decision
    ) => Effect.Effect<
      Followed,
      CaseNotOpen | Permission.NotAllowed | ReportDeathFirst | Machine.IllegalMove | StorageError.StorageError
    >
  }
>()("@kis/core/verification/PopulationChanges") {}

// --- layers ---

/**
 * On a register that stores `Register.aggregates`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<
  PopulationChanges,
  never,
  Storage | Audit | Outbox | Clocks | PopulationRegistry | CareStatus.CareStatus
> = Layer.effect(
  PopulationChanges,
  Effect.gen(function* () {
    const storage = yield* Storage
    const audit = yield* Audit
    const population = yield* PopulationRegistry
    const hospitals = yield* CareStatus.CareStatus
    const services = { storage, audit, outbox: yield* Outbox, clocks: yield* Clocks }
    const cases = makeCases(services)
    const applyChange = makeFollow(services)

    const readPlace = Effect.map(storage.findBy(PendingIdentity.feeds, "name", "population"), Option.getOrUndefined)

    /** The place moves on from where it was read, or stays where another process has put it. */
    const movePlace = (from: Cursor | undefined, to: Cursor) =>
      storage
        .transaction(
          Effect.gen(function* () {
            const stored = yield* readPlace
            if (stored?.value.place !== from) return
            if (stored === undefined) yield* storage.insert(PendingIdentity.feeds, { name: "population", place: to })
            else yield* storage.update(PendingIdentity.feeds, stored, { ...stored.value, place: to })
          })
        )
        .pipe(Effect.catchTag("UniqueViolation", () => Effect.void))

    /** Whom the changes concern, and the office of their last membership. */
    const concernsOf = Effect.fnUntraced(function* (changes: ReadonlyArray<Change>) {
      const people = yield* storage.findMany(
        Participant.aggregate,
        "nik",
        changes.map(({ nik }) => nik)
      )
      const ids = [...people.values()].map(({ id }) => id)
      const held = yield* storage.snapshot(storage.scanKeys(Membership.aggregate, "holder", ids, HELD))
      return changes.flatMap((change): ReadonlyArray<Concern> => {
        const participant = people.get(change.nik)?.id
        const last = participant === undefined ? undefined : held.get(participant)?.rows.at(-1)
        return participant === undefined || last === undefined
          ? []
          : [{ change, participant, office: last.value.office }]
      })
    })

    /** Changes of many people side by side, those of one person in order. */
    const applyAll = Effect.fnUntraced(function* (concerns: ReadonlyArray<Concern>, now: number) {
      const counts = { opened: 0, corrected: 0, settled: 0, repeated: 0 }
      let pending = concerns
      for (let attempt = 0; pending.length > 0; attempt++) {
        if (attempt > concerns.length + ATTEMPTS) {
          return yield* StorageError.of(new StorageError.Contention({ attempts: attempt }))
        }
        const seen = new Set<Id>()
        const wave = pending.filter(({ participant }) => !seen.has(participant) && seen.add(participant))
        const results = yield* storage.each(wave.map((it) => applyChange(it, now)))
        const done = new Set<Concern>()
        for (const [i, result] of results.entries()) {
          const it = wave[i]
          if (it === undefined) continue
          if (Result.isSuccess(result)) {
            counts[result.success]++
            done.add(it)
            // somebody else opened the same case meanwhile: it is looked at again
          } else if (result.failure._tag !== "UniqueViolation") return yield* result.failure
        }
        pending = pending.filter((it) => !done.has(it))
      }
      return counts
    })

    const follow = Effect.gen(function* () {
      const sum = { read: 0, opened: 0, corrected: 0, settled: 0, repeated: 0, strangers: 0 }
      while (true) {
        const place = (yield* readPlace)?.value.place
        const asked = yield* Effect.result(population.changes(place, PAGE))
        if (Result.isFailure(asked)) return { ...sum, outage: asked.failure.reason }
        const { changes, more, next } = asked.success
        const concerns = yield* concernsOf(changes)
        const counts = yield* applyAll(concerns, yield* Clock.currentTimeMillis)
        sum.read += changes.length
        sum.strangers += changes.length - concerns.length
        for (const end of ["opened", "corrected", "settled", "repeated"] as const) sum[end] += counts[end]
        if (next !== undefined && next !== place) yield* movePlace(place, next)
        if (!more) return sum
      }
    }).pipe(Effect.withSpan("PopulationChanges.follow"))

    // --- deciding ---

    type Case = Stored<PopulationCase.PopulationCase>

    /** The membership that a confirmed case is about: the live one, or the last for a death that was none. */
    const lastOf = Effect.fnUntraced(function* (participant: Id) {
      const held = yield* storage.snapshot(storage.scanKeys(Membership.aggregate, "holder", [participant], HELD))
      return held.get(participant)?.rows.at(-1)
    })

    const moveMembership = Effect.fnUntraced(function* (
      membership: Stored<Membership.Membership>,
      trigger: Machine.Trigger,
      given: { readonly on: PlainDate; readonly knownOn: PlainDate; readonly care: CareStatus.Care },
      decision: Decision
    ) {
      const asked = Membership.moveOf(membership.value, trigger, { care: given.care })
      const movement = Machine.move(asked, { appliesOn: given.on, knownOn: given.knownOn })
      if (movement._tag === "Illegal") return yield* Machine.illegalMove(movement)
      if (movement._tag === "Unknown") return "nothing" as const
      const after = Membership.applied(membership.value, trigger, movement, { on: given.on })
      const moved = yield* storage.update(Membership.aggregate, membership, after)
      yield* audit.record(membership.value.participant, {
        actor: Actor.label(decision.actor),
        action: `population:${trigger}`,
        refs: [ref(Membership.aggregate, moved)]
      })
      return movement._tag === "Waits" ? ("waits" as const) : ("moved" as const)
    })

    const carryOut = Effect.fnUntraced(function* (
      found: Case,
      last: Stored<Membership.Membership> | undefined,
      care: CareStatus.Care,
      decision: Decision
    ) {
      const { change, kind, participant } = found.value
      const { on } = decision
      const current = last === undefined ? Option.none() : yield* storage.get(Membership.aggregate, last.id)
      if (Option.isNone(current)) return "nothing" as const
      const membership = current.value
      const isLive = Machine.isLive(membership.value.state)
      const given = { on, knownOn: on, care }
      switch (kind) {
        case "died": {
          if (!isLive) return "nothing" as const
          const diedOn = change?._tag === "Died" ? change.diedOn : undefined
          const household = yield* storage.findBy(Household.aggregate, "memberOf", participant)
          if (Option.isSome(household)) {
            const death = diedOn === undefined ? {} : { diedOn }
            return yield* new ReportDeathFirst({ household: household.value.id, participant, ...death })
          }
          return yield* moveMembership(membership, "died", { ...given, on: diedOn ?? on }, decision)
        }
        case "switched-off":
          return isLive && membership.value.state !== "BLOCKED_DATA"
            ? yield* moveMembership(membership, "data-blocked", given, decision)
            : ("nothing" as const)
        case "false-death":
          return membership.value.state === "DECEASED"
            ? yield* moveMembership(membership, "death-corrected", given, decision)
            : ("nothing" as const)
        default:
          return "nothing" as const
      }
    })

    const decide = Effect.fn("PopulationChanges.decide")(function* (decision: Decision) {
      const before = yield* storage.get(PopulationCase.aggregate, decision.case)
      if (Option.isNone(before)) return yield* new CaseNotOpen({ case: decision.case })
      // a case stays with the office that it was opened for
      yield* Permission.demand(decision.actor, "decide-population-case", { office: before.value.value.office })
      const last = yield* lastOf(before.value.value.participant)
      const card = last?.value.card
      const [care = "unknown"] =
        card === undefined
          ? []
          : yield* CareStatus.orUnknown([card]).pipe(Effect.provideService(CareStatus.CareStatus, hospitals))
      const now = yield* Clock.currentTimeMillis
      const unit = Effect.gen(function* () {
        const found = yield* storage.get(PopulationCase.aggregate, decision.case)
        if (Option.isNone(found)) return yield* new CaseNotOpen({ case: decision.case })
        const { participant, state } = found.value.value
        if (state !== "open") return yield* new CaseNotOpen({ case: decision.case, state })
        const followed: Followed =
          decision.as === "confirmed" ? yield* carryOut(found.value, last, care, decision) : "nothing"
        yield* cases.close(found.value, decision.as, Actor.label(decision.actor), now)
        // where nothing followed from a confirmed case, whoever reported it elsewhere has told; who waits is covered
        if (followed === "moved" || decision.as === "dismissed") {
          yield* cases.tell(participant, decision.case, (reference) =>
            followed === "moved"
              ? { template: "cover-changed", arguments: { people: 1, day: decision.on, reference } }
              : { template: "population-settled", arguments: { day: decision.on, reference } }
          )
        }
        return followed
      })
      return yield* storage.transaction(unit).pipe(Effect.catchTag("UniqueViolation", Effect.die))
    })

    const run = (every: Duration.Input) =>
      follow.pipe(
        Effect.catchIf(
          (error) => error.isRetryable,
          () => Effect.void
        ),
        Effect.repeat(Schedule.spaced(every)),
        Effect.andThen(Effect.never)
      )

    return PopulationChanges.of({ follow, run, decide })
  })
)

// --- private ---

const PAGE = 100
const ATTEMPTS = 6

// more memberships than anybody has had: the last of them is the present one
const HELD = 100
