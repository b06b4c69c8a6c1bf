/**
 * Events of life on the register: looked at first, then carried out exactly as they were shown.
 *
 * `preview` reads the family, asks the hospitals, and works out what would change for whom; it
 * writes nothing. `commit` carries that plan out, in one unit of work with the audit lines and the
 * message that tells the family; if anything that the plan was made of has changed meanwhile, it
 * refuses and writes nothing. The same key gives the same answer again.
 *
 * Both ask `Permission` (`report-life-event`) for the household, and for whoever comes into it from
 * elsewhere on the register: it is the business of their office too.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Actor from "../access/Actor.ts"
import * as Permission from "../access/Permission.ts"
import { Audit, ref as auditRef } from "../audit/Audit.ts"
import type { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import { Outbox } from "../messaging/Outbox.ts"
import * as CanonicalJson from "../policy/CanonicalJson.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import { Crypto } from "../privacy/Crypto.ts"
import { CardNumbers } from "../registry/CardNumbers.ts"
import * as CareStatus from "../registry/CareStatus.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import type { Family } from "./Family.ts"
import * as Household from "./Household.ts"
import type { EventRefused, LifeEvent } from "./LifeEvent.ts"
import * as LifePlan from "./LifePlan.ts"
import * as LifeRecord from "./LifeRecord.ts"
import * as Machine from "./Machine.ts"
import * as Membership from "./Membership.ts"
import {
  type Comer,
  comerIn,
  joinedBy,
  load,
  loadComer,
  makeWrite,
  versionsOf,
  type Work
} from "./internal/register.ts"

// --- models ---

/**
 * What happened to which household, and who asks. `on` is the day on which it is reported and counts from;
 * rules are applied as known on it, unless `knownOn` says another day.
 *
 * @category models
 * @since 0.1.0
 */
export interface Report {
  readonly household: Id
  readonly event: LifeEvent
  readonly actor: Actor.Actor
  readonly on: PlainDate
  readonly knownOn?: PlainDate
}

/**
 * A plan, with the versions of all that it was made of.
 *
 * @category models
 * @since 0.1.0
 */
export interface Preview {
  readonly household: Id
  readonly plan: LifePlan.LifePlan
  /** The family as it is, with what the hospitals said. */
  readonly family: Family
  readonly versions: ReadonlyMap<Id, number>
}

/**
 * Who carries a plan out, under which idempotency key.
 *
 * @category models
 * @since 0.1.0
 */
export interface Order {
  readonly key: string
  readonly actor: Actor.Actor
}

/**
 * What became of an order. `repeated`: it had been carried out before, and nothing was written
 * now.
 *
 * @category models
 * @since 0.1.0
 */
export interface Receipt {
  readonly record: Id
  readonly changes: ReadonlyArray<LifeRecord.Told>
  /** The household of who left for a card of their own. */
  readonly parted: Id | undefined
  readonly repeated: boolean
}

// --- errors ---

/**
 * @category errors
 * @since 0.1.0
 */
export class HouseholdUnknown extends Schema.TaggedError<HouseholdUnknown>("@kis/core/membership/HouseholdUnknown")(
  "HouseholdUnknown",
  { household: Schema.String }
) {
  override get message() {
    return `There is no household ${this.household}. Find it by one of its people with householdOf, or enrol it.`
  }
}

/**
 * Somebody is on another card together with others, or has a membership where none may be. Nothing
 * was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class PersonElsewhere extends Schema.TaggedError<PersonElsewhere>("@kis/core/membership/PersonElsewhere")(
  "PersonElsewhere",
  { participant: Schema.String, household: Schema.optionalKey(Schema.String) }
) {
  override get message() {
    const where = this.household === undefined ? "has a membership already" : `is in household ${this.household}`
    return `The participant ${this.participant} ${where}. Report first that they leave it, then what brings them here.`
  }
}

/**
 * The idempotency key was used before for something else. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class KeyReused extends Schema.TaggedError<KeyReused>("@kis/core/membership/KeyReused")("KeyReused", {
  record: Schema.String
}) {
  override get message() {
    return `This idempotency key belongs to the event ${this.record}. Send another event under a new key.`
  }
}

/**
 * Why an event is not shown.
 *
 * @category errors
 * @since 0.1.0
 */
export type NotPreviewed = HouseholdUnknown | PersonElsewhere | EventRefused | Permission.NotAllowed

/**
 * Why a plan is not carried out.
 *
 * @category errors
 * @since 0.1.0
 */
export type NotCarriedOut = LifePlan.PlanStale | KeyReused | Permission.NotAllowed

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Life extends Context.Service<
  Life,
  {
    /** Puts a family card on the register, joined to the memberships that its people have. */
    readonly enrol: (
      household: Omit<Household.Household, "revision">,
      order: Order
    ) => Effect.Effect<Id, PersonElsewhere | Permission.NotAllowed | StorageError>
    /** The household that a participant is in. */
    readonly householdOf: (participant: Id) => Effect.Effect<Option.Option<Id>, StorageError>
    /** The family as it is. */
    readonly family: (household: Id) => Effect.Effect<Family, HouseholdUnknown | StorageError>
    /** What an event would change, to whom, and why. */
    readonly preview: (report: Report) => Effect.Effect<Preview, NotPreviewed | StorageError>
    /** The same for many households, in few round trips. */
    readonly previewMany: (
      reports: ReadonlyArray<Report>
    ) => Effect.Effect<ReadonlyArray<Result.Result<Preview, NotPreviewed>>, StorageError>
    /** Carries out what was shown, or refuses because it is not what would be shown now. */
    readonly commit: (preview: Preview, order: Order) => Effect.Effect<Receipt, NotCarriedOut | StorageError>
    /** The same for many households in few commits; each has its own answer. */
    readonly commitMany: (
      orders: ReadonlyArray<{ readonly preview: Preview; readonly order: Order }>
    ) => Effect.Effect<ReadonlyArray<Result.Result<Receipt, NotCarriedOut>>, StorageError>
    /** What became of an order whose answer was lost. */
    readonly receipt: (key: string) => Effect.Effect<Option.Option<Receipt>, StorageError>
  }
>()("@kis/core/membership/Life") {}

// --- layers ---

/**
 * On a register that stores `Register.aggregates`. Where no hospital can be asked,
 * `CareStatus.layerNotConnected` makes every end of cover wait.
 *
 * @example
 * const life = yield* Life.Life
 * const participant = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
 * const household = yield* Effect.flatMap(life.householdOf(participant), Effect.fromOption)
 * const event = { _tag: "Move", residence: "3671" } as const
 * const actor = { kind: "officer", id: "417" } as const
 * const preview = yield* life.preview({ household, event, actor, on: PlainDate.make("2026-02-10") })
 * yield* life.commit(preview, { key: "counter-7:20260210:41", actor })
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  policy: Policy = National.policy
): Layer.Layer<Life, never, Storage | Crypto | Audit | Outbox | CareStatus.CareStatus | CardNumbers> =>
  Layer.effect(
    Life,
    Effect.gen(function* () {
      const storage = yield* Storage
      const crypto = yield* Crypto
      const audit = yield* Audit
      const hospitals = yield* CareStatus.CareStatus
      const cardNumbers = yield* CardNumbers
      const write = makeWrite({ storage, audit, outbox: yield* Outbox, policy })

      const contentOf = (household: Id, { appliesOn, event, knownOn }: LifePlan.LifePlan) =>
        Result.getOrThrow(CanonicalJson.digest({ household, event, appliesOn, knownOn }, crypto.hash))

      /** What the hospitals say of everybody who is covered. Silence is not an answer. */
      const withCare = Effect.fnUntraced(function* (families: ReadonlyArray<Family>) {
        const cards = families.flatMap(({ members }) => members.flatMap(({ membership }) => cardOf(membership) ?? []))
        const unique = [...new Set(cards)]
        const answers = yield* CareStatus.orUnknown(unique).pipe(
          Effect.provideService(CareStatus.CareStatus, hospitals)
        )
        const care = new Map(unique.map((card, i) => [card, answers[i] ?? "unknown"] as const))
        return families.map((family): Family => ({
          ...family,
          members: family.members.map((member) => {
            const card = cardOf(member.membership)
            return { ...member, care: card === undefined ? "unknown" : (care.get(card) ?? "unknown") }
          })
        }))
      })

      const previewMany = Effect.fn("Life.previewMany")(function* (reports: ReadonlyArray<Report>) {
        const found = yield* load(storage, [...new Set(reports.map(({ household }) => household))])
        const ready = yield* Effect.forEach(reports, (report) =>
          Effect.gen(function* () {
            const loaded = found.get(report.household)
            if (loaded === undefined) return new HouseholdUnknown({ household: report.household })
            const ref = comerIn(report.event)
            const comer = ref === undefined ? undefined : yield* loadComer(storage, ref)
            const refused = yield* mayReport(report.actor, loaded.household, comer)
            if (refused !== undefined) return refused
            const elsewhere = elsewhereOf(report, comer)
            return elsewhere ?? { report, comer, loaded: joinedBy(loaded, comer) }
          })
        )
        const families = yield* withCare(ready.flatMap((it) => ("loaded" in it ? [it.loaded.family] : [])))
        let next = 0
        return ready.map((it): Result.Result<Preview, NotPreviewed> => {
          if (!("loaded" in it)) return Result.fail(it)
          const { comer, loaded, report } = it
          const family = families[next++] ?? loaded.family
          const asOf = { appliesOn: report.on, knownOn: report.knownOn ?? report.on }
          const event = withRows(report.event, comer)
          return Result.map(LifePlan.preview(family, event, asOf, policy), (plan) => ({
            household: report.household,
            plan,
            family,
            versions: versionsOf(loaded, comer)
          }))
        })
      })

      /** Numbers for those whom the population register confirmed and who have none yet. */
      const issue = Effect.fnUntraced(function* (
        works: ReadonlyArray<{ readonly plan: LifePlan.LifePlan; readonly key: string }>
      ) {
        const asked = works.flatMap(({ key, plan }) =>
          plan.changes.flatMap(({ after, ref }) =>
            after === undefined || after.card !== undefined || after.state === "PENDING_VERIFICATION"
              ? []
              : [{ key, ref, reference: `life:${ref}` }]
          )
        )
        if (asked.length === 0) return () => new Map<Id, ParticipantNumber>()
        const numbers = yield* cardNumbers
          .issue(asked.map(({ reference }) => reference))
          .pipe(Effect.catchTag("RegistryError", (error) => Effect.as(Effect.logDebug(error.message), [])))
        return (key: string) =>
          new Map(
            asked.flatMap((it, i): ReadonlyArray<[Id, ParticipantNumber]> => {
              const number = numbers[i]
              return it.key !== key || number === undefined ? [] : [[it.ref, number]]
            })
          )
      })

      /** Who would lose cover now is asked about again: somebody may have been admitted since. */
      const stillMay = Effect.fnUntraced(function* (previews: ReadonlyArray<Preview>) {
        const ending = previews.map(({ family, plan }) => {
          const refs = new Set(plan.changes.filter(endsCover).map(({ ref }) => ref))
          return { ...family, members: family.members.filter(({ ref }) => refs.has(ref)) }
        })
        const asked = yield* withCare(ending)
        return asked.map(({ members }, i) => {
          const event = previews[i]?.plan.event
          return members.every(({ care, ref }) =>
            event?._tag === "CareEnds" && event.of === ref ? care !== "in-treatment" : CareStatus.mayEndCover(care)
          )
        })
      })

      const known = Effect.fnUntraced(function* (keys: ReadonlyArray<string>) {
        return yield* storage.findMany(LifeRecord.aggregate, "command", keys)
      })

      /** Who may not carry an event out, as the register is now. A household that is gone makes the plan stale. */
      const allowed = Effect.fnUntraced(function* (orders: ReadonlyArray<Ordered>) {
        const households = yield* storage.getMany(Household.aggregate, [
          ...new Set(orders.map(({ preview }) => preview.household))
        ])
        const refusals = new Map<Ordered, Permission.NotAllowed>()
        for (const it of orders) {
          const household = households.get(it.preview.household)
          if (household === undefined) continue
          const ref = comerIn(it.preview.plan.event)
          const comer = ref === undefined ? undefined : yield* loadComer(storage, ref)
          const refused = yield* mayReport(it.order.actor, household, comer)
          if (refused !== undefined) refusals.set(it, refused)
        }
        return refusals
      })

      const commitMany = Effect.fn("Life.commitMany")(function* (orders: ReadonlyArray<Ordered>) {
        const before = yield* known(orders.map(({ order }) => order.key))
        // also the answer to a key that is known is for who may ask
        const refusals = yield* allowed(orders)
        const fresh = orders.filter((it) => !before.has(it.order.key) && !refusals.has(it))
        const may = yield* stillMay(fresh.map(({ preview }) => preview))
        const cards = yield* issue(fresh.map(({ order, preview }) => ({ key: order.key, plan: preview.plan })))
        const going = fresh.filter((_, i) => may[i] === true)
        const written = yield* storage.each(
          going.map(({ order, preview }) => {
            const { household, plan, versions } = preview
            const work: Work = {
              ...order,
              content: contentOf(household, plan),
              household,
              plan,
              versions,
              cards: cards(order.key)
            }
            return write(work)
          })
        )
        const results = new Map(going.map((it, i) => [it, written[i]] as const))
        const raced = going.filter((it) => isLost(results.get(it)))
        const after = raced.length === 0 ? before : yield* known(raced.map(({ order }) => order.key))
        const answers: Array<Answer> = []
        for (const it of orders) {
          const { household, plan } = it.preview
          const record = before.get(it.order.key) ?? (raced.includes(it) ? after.get(it.order.key) : undefined)
          const result = results.get(it)
          const refused = refusals.get(it)
          if (refused !== undefined) {
            answers.push(Result.fail(refused))
          } else if (record !== undefined) {
            answers.push(answerOf(record, contentOf(household, plan)))
          } else if (result !== undefined && Result.isSuccess(result)) {
            answers.push(Result.succeed({ ...result.success, changes: LifeRecord.toldOf(plan), repeated: false }))
          } else if (result === undefined || result.failure._tag === "UniqueViolation") {
            // somebody was admitted, or somebody else opened what this plan was to open
            answers.push(Result.fail(new LifePlan.PlanStale({ planned: plan.revision, found: plan.revision })))
          } else if (result.failure._tag === "PlanStale") {
            answers.push(Result.fail(result.failure))
          } else {
            return yield* result.failure
          }
        }
        return answers
      })

      const receipt = Effect.fn("Life.receipt")((key: string) =>
        Effect.map(
          storage.findBy(LifeRecord.aggregate, "command", key),
          Option.map(({ id, value }) => ({ record: id, changes: value.changes, parted: value.parted, repeated: true }))
        )
      )

      const first = <A, E>(results: ReadonlyArray<Result.Result<A, E>>): Effect.Effect<A, E> => {
        const [only] = results
        return only === undefined ? Effect.die(new Error("An order had no answer")) : Effect.fromResult(only)
      }

      const family = Effect.fn("Life.family")(function* (household: Id) {
        const found = (yield* load(storage, [household])).get(household)
        return found === undefined ? yield* new HouseholdUnknown({ household }) : found.family
      })

      const householdOf = Effect.fn("Life.householdOf")((participant: Id) =>
        Effect.map(storage.findBy(Household.aggregate, "memberOf", participant), (found) =>
          Option.map(found, ({ id }) => id)
        )
      )

      const enrol = Effect.fn("Life.enrol")(function* (household: Omit<Household.Household, "revision">, order: Order) {
        const refs = household.members.map(({ ref }) => ref)
        const write_ = Effect.gen(function* () {
          yield* Permission.demand(order.actor, "enrol-household", { office: household.office })
          const held = yield* storage.findMany(Household.aggregate, "memberOf", refs)
          const [taken] = [...held]
          if (taken !== undefined) {
            return yield* new PersonElsewhere({ participant: taken[0], household: taken[1].id })
          }
          const live = yield* storage.findMany(Membership.aggregate, "liveOf", refs)
          const offices = new Set([...live.values()].map(({ value }) => value.office))
          for (const office of offices) yield* Permission.demand(order.actor, "enrol-household", { office })
          const members = household.members.map((member) => {
            const row = live.get(member.ref)
            if (row === undefined) return member
            // money may have come before the household did
            const { account } = row.value
            return { ...(account === undefined ? {} : { bills: account }), ...member, row: row.id }
          })
          const id = yield* storage.insert(Household.aggregate, { ...household, revision: 0, members })
          yield* audit.record(id, {
            actor: Actor.label(order.actor),
            action: "enrol-household",
            refs: [auditRef(Household.aggregate, { id, version: 1 })]
          })
          return id
        })
        return yield* storage
          .transaction(write_)
          .pipe(Effect.catchTag("UniqueViolation", () => new PersonElsewhere({ participant: refs[0] ?? "" })))
      })

      return Life.of({
        enrol,
        householdOf,
        family,
        previewMany,
        preview: Effect.fn("Life.preview")((report: Report) => Effect.flatMap(previewMany([report]), first)),
        commitMany,
        receipt,
        commit: Effect.fn("Life.commit")((preview: Preview, order: Order) =>
          Effect.flatMap(commitMany([{ preview, order }]), first)
        )
      })
    })
  )

// --- private ---

const cardOf = (membership: Membership.Membership | undefined): ParticipantNumber | undefined => membership?.card

const endsCover = ({ from, kind, to, trigger }: LifePlan.Change): boolean =>
  (kind === "moves" || kind === "transfers") &&
  trigger !== "died" &&
  from !== undefined &&
  to !== undefined &&
  Machine.covers(from.state) &&
  !Machine.covers(to.state)

/** What keeps an actor from an event of a household, and of who comes into it from elsewhere. */
const mayReport = (actor: Actor.Actor, household: Stored<Household.Household>, comer: Comer | undefined) => {
  const held = comer?.household?.id === household.id ? undefined : comer?.household
  const offices = [household.value.office, held?.value.office, comer?.membership?.value.office]
  const rows = [...new Set(offices.filter((office) => office !== undefined))]
  return Effect.forEach(rows, (office) => Permission.demand(actor, "report-life-event", { office }), {
    discard: true
  }).pipe(Effect.match({ onFailure: (refusal) => refusal, onSuccess: () => undefined }))
}

/** A newborn has no membership yet; who comes from another card must have been alone on it. */
const elsewhereOf = ({ event, household }: Report, comer: Comer | undefined): PersonElsewhere | undefined => {
  if (comer === undefined) return undefined
  const held = comer.household
  if (held !== undefined && held.id !== household && held.value.members.length > 1) {
    return new PersonElsewhere({ participant: comer.ref, household: held.id })
  }
  return event._tag === "Birth" && comer.membership !== undefined
    ? new PersonElsewhere({ participant: comer.ref })
    : undefined
}

/** The event with the membership and account that the register knows of who comes in. */
const withRows = (event: LifeEvent, comer: Comer | undefined): LifeEvent => {
  if (comer?.membership === undefined) return event
  const rows = {
    membership: comer.membership.value,
    row: comer.membership.id,
    ...(comer.account === undefined ? {} : { account: comer.account.value.account })
  }
  if (event._tag === "Adoption") return { ...event, child: { ...event.child, ...rows } }
  return event._tag === "Marriage" ? { ...event, spouse: { ...event.spouse, ...rows } } : event
}

interface Ordered {
  readonly preview: Preview
  readonly order: Order
}

type Answer = Result.Result<Receipt, NotCarriedOut>

/** Somebody else was faster, perhaps with the same order: then it has its answer. */
const isLost = (result: Result.Result<unknown, { readonly _tag: string }> | undefined): boolean =>
  result !== undefined &&
  Result.isFailure(result) &&
  (result.failure._tag === "UniqueViolation" || result.failure._tag === "PlanStale")

const answerOf = ({ id, value }: Stored<LifeRecord.LifeRecord>, content: string): Answer =>
  value.content === content
    ? Result.succeed({ record: id, changes: value.changes, parted: value.parted, repeated: true })
    : Result.fail(new KeyReused({ record: id }))
