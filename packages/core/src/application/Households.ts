/**
 * The households that registrations make: everybody on the family card, so that an event of life can be
 * worked out for all of them.
 *
 * Who is in another household already stays there, and is skipped. Who comes later on the same card
 * joins the household of those who are on it, so one card has one household.
 *
 * The facts are those of the decision that each registration rests on, as it was recorded.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Audit from "../audit/Audit.ts"
import * as Participant from "../deduplication/Participant.ts"
import type * as Facts from "../eligibility/Facts.ts"
import type * as Family from "../membership/Family.ts"
import * as Household from "../membership/Household.ts"
import * as Membership from "../membership/Membership.ts"
import * as RegistrationRecord from "../registration/RegistrationRecord.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { type Cursor, Storage } from "../storage/Storage.ts"
import * as StorageError from "../storage/StorageError.ts"
import type { PlainDate } from "../time/PlainDate.ts"

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Households extends Context.Service<
  Households,
  {
    /**
     * Puts those that a registration brought onto the register into a household, and says which. Again, it
     * changes nothing. None when the registration brought nobody, or is not there.
     */
    readonly gather: (registration: Id) => Effect.Effect<Option.Option<Id>, StorageError.StorageError>
    /** The same for all registrations of some days, both inclusive. Says how many households there were. */
    readonly gatherAll: (days: {
      readonly from: PlainDate
      readonly to: PlainDate
    }) => Effect.Effect<number, StorageError.StorageError>
  }
>()("@kis/core/application/Households") {}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Households, never, Storage | Audit.Audit> = Layer.effect(
  Households,
  Effect.gen(function* () {
    const storage = yield* Storage
    const audit = yield* Audit.Audit

    const note = (row: Pick<Stored<unknown>, "id" | "version">, action: string) =>
      audit.record(row.id, { actor: ACTOR, action, refs: [Audit.ref(Household.aggregate, row)] })

    /** The people whom a registration brought, as members, without those who are in a household. */
    const membersOf = Effect.fnUntraced(function* (record: RegistrationRecord.RegistrationRecord) {
      const facts = new Map(
        record.outcomes.flatMap((it) =>
          it._tag === "Registered" ? [[it.participant, it.decision.facts] as const] : []
        )
      )
      const refs = [...facts.keys()]
      const people = yield* storage.getMany(Participant.aggregate, refs)
      const held = yield* storage.findMany(Household.aggregate, "memberOf", refs)
      const live = yield* storage.findMany(Membership.aggregate, "liveOf", refs)
      const members = refs.flatMap((ref): ReadonlyArray<Household.HouseholdMember> => {
        const participant = people.get(ref)?.value
        const known = facts.get(ref)
        if (participant === undefined || known === undefined || held.has(ref)) return []
        const row = live.get(ref)
        const bills = row?.value.account
        return [
          {
            ref,
            relation: participant.person.relation,
            facts: ownFacts(known),
            verified: participant.identity === "verified",
            ...(row === undefined ? {} : { row: row.id }),
            ...(bills === undefined ? {} : { bills })
          }
        ]
      })
      const [wardClass] = [...live.values()].flatMap((it) => it.value.wardClass ?? [])
      return { members, held, wardClass }
    })

    /** The household of somebody who was on the register already, and stands on the same family card. */
    const householdOnCard = Effect.fnUntraced(function* (record: RegistrationRecord.RegistrationRecord) {
      const refs = record.outcomes.flatMap((it) => (it._tag === "Already" ? [it.participant] : []))
      if (record.familyCard === undefined || refs.length === 0) return undefined
      const people = yield* storage.getMany(Participant.aggregate, refs)
      const onCard = refs.filter((ref) => people.get(ref)?.value.familyCard === record.familyCard)
      const held = yield* storage.findMany(Household.aggregate, "memberOf", onCard)
      return onCard.map((ref) => held.get(ref)).find((it) => it !== undefined)
    })

    const gatherOnce = Effect.fnUntraced(function* (registration: Id) {
      const found = yield* storage.get(RegistrationRecord.aggregate, registration)
      if (Option.isNone(found)) return Option.none()
      const record = found.value.value
      const { held, members, wardClass } = yield* membersOf(record)
      const [before] = held.values()
      if (members.length === 0) return Option.map(Option.fromUndefinedOr(before), (it) => it.id)
      const home = before ?? (yield* householdOnCard(record))
      // a second head is another family on the same card
      const isHead = (it: Household.HouseholdMember) => it.relation === "head"
      if (home !== undefined && !(home.value.members.some(isHead) && members.some(isHead))) {
        const joined = yield* storage.update(Household.aggregate, home, {
          ...home.value,
          members: [...home.value.members, ...members]
        })
        yield* note(joined, "join-household")
        return Option.some(home.id)
      }
      const phone = record.phones[0]
      const id = yield* storage.insert(Household.aggregate, {
        revision: 0,
        office: record.office,
        ...(phone === undefined ? {} : { phone }),
        ...(wardClass === undefined ? {} : { wardClass }),
        members
      })
      yield* note({ id, version: 1 }, "enrol-household")
      return Option.some(id)
    })

    const gather = Effect.fn("Households.gather")(function* (registration: Id) {
      return yield* storage
        .transaction(gatherOnce(registration))
        .pipe(Effect.retry(again), Effect.catchTag("UniqueViolation", contended))
    })

    const gatherAll = Effect.fn("Households.gatherAll")(function* (
      days: Parameters<Households["Service"]["gatherAll"]>[0]
    ) {
      const households = new Set<Id>()
      let after: Cursor | undefined
      while (true) {
        const page = yield* storage.snapshot(
          storage.scan(RegistrationRecord.aggregate, "byDay", days, {
            limit: PAGE,
            ...(after === undefined ? {} : { after })
          })
        )
        for (const row of page.rows) {
          const household = yield* gather(row.id)
          if (Option.isSome(household)) households.add(household.value)
        }
        if (page.next === undefined) return households.size
        after = page.next
      }
    })

    return Households.of({ gather, gatherAll })
  })
)

// --- private ---

const ACTOR = "system:households"
const PAGE = 250
const ATTEMPTS = 6

/** Of two that put one person into a household, the later finds the household of the earlier. */
const again = { times: ATTEMPTS, while: (error: { readonly _tag: string }) => error._tag === "UniqueViolation" }

const contended = () => StorageError.of(new StorageError.Contention({ attempts: ATTEMPTS }))

/** What is the family's follows from its members, and is not kept with one of them. */
const ownFacts = ({
  childOrder: _order,
  headBirthDate: _birth,
  headOccupation: _head,
  relation: _relation,
  spouseOccupation: _spouse,
  wardClass: _class,
  ...own
}: Facts.Facts): Family.Own => own
