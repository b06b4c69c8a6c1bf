import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Family, Household, Life, LifePlan, LifeRecord, Machine, Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { CareStatus } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import {
  changeOf,
  day,
  enrolled,
  father,
  first,
  fourth,
  known,
  membershipOf,
  mother,
  on,
  person,
  second,
  told,
  traders,
  workers
} from "./families.ts"
import { actor, all, bare, cardOf, layer, order, phone, settle } from "./house.ts"

const today = day("2026-02-10")
const resigned = { _tag: "Dismissal", of: father, cause: "resignation" } as const
const hired = { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 } as const

const states = (family: Family.Family) => family.members.map(({ membership }) => membership?.state)

describe("Life", () => {
  it.effect("shows what would change, and writes nothing", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const before = yield* life.family(household)
      const { plan } = yield* life.preview({ actor, household, event: resigned, on: today })
      assert.strictEqual(told(plan, mother), "moves: PPU-BU ACTIVE -> PPU-BU ENDED_EMPLOYMENT on 2026-03-01")
      assert.deepStrictEqual(yield* life.family(household), before)
      assert.deepStrictEqual(yield* all(LifeRecord.aggregate), [])
    }).pipe(Effect.provide(layer))
  )

  it.effect("answers the same order twice at once alike", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(traders)
      const preview = yield* life.preview({ actor, household, event: hired, on: today })
      const commit = life.commit(preview, order("job-1"))
      const [one, two] = yield* Effect.all([commit, commit], { concurrency: "unbounded" })
      assert.strictEqual(one.record, two.record)
      assert.sameMembers([one.repeated, two.repeated], [false, true])
      assert.strictEqual((yield* all(LifeRecord.aggregate)).length, 1)
    }).pipe(Effect.provide(layer))
  )

  it.effect("makes somebody the worker of the new employer, with whom the job covers", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const storage = yield* Storage.Storage
      const household = yield* settle(workers)
      const employers = Effect.map(life.family(household), ({ members }) =>
        members.map(({ membership }) => membership?.employer)
      )
      const live = yield* storage.findBy(Membership.aggregate, "liveOf", mother)
      yield* storage.transaction(
        Effect.gen(function* () {
          const own = Option.getOrThrow(live)
          yield* storage.update(Membership.aggregate, own, { ...own.value, employer: "her-own" })
        })
      )
      const take = (employer: string | undefined, key: string, paidBy: "private" | "state" = "private") =>
        Effect.gen(function* () {
          const job = { ...hired, paidBy, ...(employer === undefined ? {} : { employer }) }
          yield* life.commit(yield* life.preview({ actor, household, event: job, on: today }), order(key))
        })
      // the same segment: nobody moves, and the children's registration had named nobody
      yield* take("acme", "job-1")
      assert.deepStrictEqual(yield* employers, ["acme", "her-own", undefined, undefined])
      // another segment: whoever comes into it comes with the worker
      yield* take("ministry", "job-2", "state")
      assert.deepStrictEqual(yield* employers, ["ministry", "ministry", "ministry", "ministry"])
      yield* take("beta", "job-3")
      assert.deepStrictEqual(yield* employers, ["beta", "beta", "beta", "beta"])
      yield* take(undefined, "job-4")
      assert.deepStrictEqual(yield* employers, [undefined, undefined, undefined, undefined])
    }).pipe(Effect.provide(layer))
  )

  it.effect("carries out what it showed: rows, accounts, audit, one message", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(traders)
      const preview = yield* life.preview({ actor, household, event: hired, on: today })
      const receipt = yield* life.commit(preview, order("job-1"))
      assert.isFalse(receipt.repeated)
      assert.deepStrictEqual(receipt.changes, LifeRecord.toldOf(preview.plan))

      const family = yield* life.family(household)
      const expected = Result.getOrThrow(LifePlan.apply(preview.family, preview.plan)).family
      assert.deepStrictEqual(bare(family), bare(expected))
      const memberships = yield* all(Membership.aggregate)
      assert.deepStrictEqual(memberships.map(({ state }) => state).toSorted(), [
        ...Array(4).fill("ACTIVE"),
        ...Array(4).fill("TRANSFERRED")
      ])
      // the card goes along, and the new membership names the one that it follows
      assert.strictEqual(membershipOf(family, father)?.card, cardOf(father))
      assert.isDefined(membershipOf(family, father)?.follows)

      const audit = yield* Audit.Audit
      const verified = yield* audit.verify(father)
      assert.deepStrictEqual(verified.findings, [])
      assert.deepStrictEqual(
        verified.entries.map(({ action, actor }) => [action, actor]),
        [["life/NewJob/transfers", "officer:417"]]
      )
      const messages = yield* all(Message.aggregate)
      assert.deepStrictEqual(
        messages.map(({ arguments: { people }, template, to }) => [template, people, to]),
        [["cover-changed", 4, phone]]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("answers a repeated key with the same answer, and refuses it for another event", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(traders)
      const preview = yield* life.preview({ actor, household, event: hired, on: today })
      const receipt = yield* life.commit(preview, order("job-2"))
      assert.deepStrictEqual(yield* life.commit(preview, order("job-2")), { ...receipt, repeated: true })
      assert.deepStrictEqual(yield* life.receipt("job-2"), Option.some({ ...receipt, repeated: true }))
      assert.strictEqual((yield* all(LifeRecord.aggregate)).length, 1)
      const other = yield* life.preview({ actor, household, event: resigned, on: today })
      const refused = yield* Effect.flip(life.commit(other, order("job-2")))
      assert.strictEqual(refused._tag, "KeyReused")
    }).pipe(Effect.provide(layer))
  )

  it.effect("does not carry out a plan of a family that has changed", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const stale = yield* life.preview({ actor, household, event: resigned, on: today })
      const first_ = yield* life.preview({ actor, household, event: { _tag: "Move", residence: "9972" }, on: today })
      yield* life.commit(first_, order("move"))
      const before = yield* life.family(household)
      const refused = yield* Effect.flip(life.commit(stale, order("late")))
      assert.strictEqual(refused._tag, "PlanStale")
      assert.deepStrictEqual(yield* life.family(household), before)
      assert.strictEqual((yield* all(LifeRecord.aggregate)).length, 1)
    }).pipe(Effect.provide(layer))
  )

  it.effect("notices a membership that changed under it, though the household did not", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const storage = yield* Storage.Storage
      const household = yield* settle(workers)
      const preview = yield* life.preview({ actor, household, event: resigned, on: today })
      yield* storage.transaction(
        Effect.gen(function* () {
          const held = yield* storage.findBy(Membership.aggregate, "liveOf", second)
          if (Option.isSome(held)) {
            yield* storage.update(Membership.aggregate, held.value, { ...held.value.value, facility: "other" })
          }
        })
      )
      assert.strictEqual((yield* Effect.flip(life.commit(preview, order("under"))))._tag, "PlanStale")
    }).pipe(Effect.provide(layer))
  )

  it.effect("of two that carry out at once, lets one through", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(traders)
      const preview = yield* life.preview({ actor, household, event: hired, on: today })
      const results = yield* Effect.forEach(
        ["one", "two", "three"],
        (key) => Effect.result(life.commit(preview, order(key))),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(results.map((it) => (Result.isSuccess(it) ? "done" : it.failure._tag)).toSorted(), [
        "PlanStale",
        "PlanStale",
        "done"
      ])
      const open = (yield* all(Membership.aggregate)).filter(({ state }) => Machine.isLive(state))
      assert.strictEqual(open.length, 4)
    }).pipe(Effect.provide(layer))
  )

  it.effect("asks the hospitals, and takes silence for treatment", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const wards = yield* CareStatus.MemoryWards
      const household = yield* settle(workers)
      yield* wards.admit(cardOf(first))
      const preview = yield* life.preview({ actor, household, event: resigned, on: today })
      assert.strictEqual(changeOf(preview.plan, first)?.kind, "waits")
      yield* life.commit(preview, order("resigned"))
      assert.deepStrictEqual(states(yield* life.family(household)), [
        "ENDED_EMPLOYMENT",
        "ENDED_EMPLOYMENT",
        "ACTIVE",
        "ENDED_EMPLOYMENT"
      ])

      yield* wards.discharge(cardOf(first))
      const later = yield* life.preview({
        actor,
        household,
        event: { _tag: "CareEnds", of: first },
        on: day("2026-03-20")
      })
      yield* life.commit(later, order("home"))
      assert.strictEqual(membershipOf(yield* life.family(household), first)?.state, "ENDED_EMPLOYMENT")
    }).pipe(Effect.provide(layer))
  )

  it.effect("lets everybody's cover go on while no hospital answers", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      yield* (yield* CareStatus.MemoryWards).breakDown
      const { plan } = yield* life.preview({ actor, household, event: resigned, on: today })
      assert.deepStrictEqual(
        plan.changes.map(({ kind }) => kind),
        Array(4).fill("waits")
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("does not cut off who was admitted between the look and the deed", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const preview = yield* life.preview({ actor, household, event: resigned, on: today })
      yield* (yield* CareStatus.MemoryWards).admit(cardOf(second))
      assert.strictEqual((yield* Effect.flip(life.commit(preview, order("admitted"))))._tag, "PlanStale")
      assert.deepStrictEqual(states(yield* life.family(household)), Array(4).fill("ACTIVE"))
    }).pipe(Effect.provide(layer))
  )

  it.effect("makes two households of a divorce", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const preview = yield* life.preview({
        actor,
        household,
        event: { _tag: "Divorce", leaves: [mother, second] },
        on: today
      })
      const { parted } = yield* life.commit(preview, order("divorce"))
      assert.deepStrictEqual(yield* life.householdOf(mother), Option.fromNullishOr(parted))
      assert.deepStrictEqual(yield* life.householdOf(first), Option.some(household))
      const card = parted === undefined ? undefined : yield* life.family(parted)
      assert.deepStrictEqual(
        card?.members.map(({ ref, relation }) => [ref, relation]),
        [
          [mother, "head"],
          [second, "child"]
        ]
      )
      assert.strictEqual(card && membershipOf(card, mother)?.state, "AWAITING_FIRST_PAYMENT")
    }).pipe(Effect.provide(layer))
  )

  it.effect("takes somebody in who was alone on a card, with what they owe, and nobody who was not", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const bridegroom = enrolled(
        [person(father, "head", "1990-01-01", { occupation: "private", wage: 6_000_000 })],
        on("2025-06-01")
      )
      const household = yield* settle(bridegroom)
      const bride = person(mother, "head", "1992-02-02", { occupation: "own-account" })
      const alone = yield* settle(enrolled([bride], on("2025-06-01")))
      const event = {
        _tag: "Marriage",
        of: father,
        spouse: { ref: mother, facts: known("1992-02-02"), verified: true }
      } as const
      const preview = yield* life.preview({ actor, household, event, on: today })
      assert.strictEqual(
        told(preview.plan, mother),
        "transfers: PBPU AWAITING_FIRST_PAYMENT -> PPU-BU ACTIVE on 2026-02-10"
      )
      yield* life.commit(preview, order("wedding"))
      assert.deepStrictEqual(yield* life.householdOf(mother), Option.some(household))
      assert.strictEqual((yield* Effect.flip(life.family(alone)))._tag, "HouseholdUnknown")
      // the card that is gone is gone by the record
      const { entries, findings } = yield* Effect.flatMap(Audit.Audit, (audit) => audit.verify(alone))
      assert.deepStrictEqual(findings, [])
      assert.deepInclude(entries.at(-1), {
        actor: "officer:417",
        action: "join-household",
        refs: [{ aggregate: "household", id: alone, version: 0 }]
      })

      const others = yield* settle(
        enrolled([person(first, "head", "1990-01-01"), person(fourth, "parent", "1960-01-01")], on("2025-06-01"))
      )
      const wrong = yield* Effect.flip(
        life.preview({
          actor,
          household: others,
          event: { ...event, of: first, spouse: { ...event.spouse, ref: mother } },
          on: today
        })
      )
      assert.strictEqual(wrong._tag, "PersonElsewhere")
    }).pipe(Effect.provide(layer))
  )

  it.effect("gives a card number to whom the population register confirmed", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const child = { ref: fourth, facts: known("2020-01-01"), verified: true }
      const preview = yield* life.preview({ actor, household, event: { _tag: "Adoption", child }, on: today })
      yield* life.commit(preview, order("adoption"))
      const membership = membershipOf(yield* life.family(household), fourth)
      assert.strictEqual(membership?.state, "ACTIVE")
      assert.isDefined(membership?.card)
    }).pipe(Effect.provide(layer))
  )

  it.effect("bills the newborn of a self-paying family, on an account of its own", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(traders)
      const event = { _tag: "Birth", ref: fourth, birthDate: day("2026-01-20"), hasNik: false, mother } as const
      yield* life.commit(yield* life.preview({ actor, household, event, on: today }), order("birth"))
      const accounts = yield* all(Household.accounts)
      assert.deepStrictEqual(
        accounts.map(({ account, participant }) => [participant, account.entries.length]),
        [[fourth, 2]]
      )
      assert.strictEqual(Family.owed(yield* life.family(household), on("2026-02-10")), 70_000)
      // hired, the debt goes to the new account and the old one is even
      yield* life.commit(yield* life.preview({ actor, household, event: hired, on: day("2026-02-20") }), order("hired"))
      assert.strictEqual(Family.owed(yield* life.family(household), on("2026-02-20")), 70_000)
      assert.strictEqual((yield* all(Household.accounts)).length, 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("refuses what does not fit, with the reasons, and households that are not there", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const refused = yield* Effect.flip(
        life.preview({ actor, household, event: { ...resigned, of: mother }, on: today })
      )
      assert.strictEqual(refused._tag === "EventRefused" && refused.reasons[0].code, "NotAWageWorker")
      const unknown = yield* Effect.flip(life.preview({ actor, household: father, event: resigned, on: today }))
      assert.strictEqual(unknown._tag, "HouseholdUnknown")
      const twice = yield* Effect.flip(
        settle({
          ...workers,
          members: workers.members.slice(0, 1).map(({ facts, ref, relation }) => ({ facts, ref, relation }))
        })
      )
      assert.strictEqual(twice._tag, "PersonElsewhere")
    }).pipe(Effect.provide(layer))
  )
})
