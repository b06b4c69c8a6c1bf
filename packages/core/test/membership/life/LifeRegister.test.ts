/** What an event leaves on the register, for whom it is refused there, and what of it is told. */
import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Account } from "@kis/core/contribution"
import { ParticipantNumber } from "@kis/core/identity"
import { Family, Household, Life, LifeRecord, Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { CardNumbers, CareStatus } from "@kis/core/registry"
import { type Id, Storage, StorageError } from "@kis/core/storage"
import { Month } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import {
  changeOf,
  couple,
  day,
  enrolled,
  father,
  first,
  fourth,
  granny,
  known,
  membershipOf,
  mother,
  on,
  person,
  second,
  start,
  third,
  told,
  traders,
  workers
} from "./families.ts"
import { actor, all, cardOf, layer, layerOf, order, phone, settle } from "./house.ts"

const today = day("2026-02-10")
const resigned = { _tag: "Dismissal", of: father, cause: "resignation" } as const
const hired = { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 } as const
const died = { _tag: "Death", of: father, diedOn: day("2026-02-03") } as const
const adopted = (child: Id.Id, verified = true) =>
  ({ _tag: "Adoption", child: { ref: child, facts: known("2020-01-01"), verified } }) as const

const look = Effect.fnUntraced(function* (household: Id.Id, event: Life.Report["event"], day_ = today) {
  return yield* Effect.flatMap(Life.Life, (life) => life.preview({ actor, household, event, on: day_ }))
})

const carryOut = Effect.fnUntraced(function* (preview: Life.Preview, key: string) {
  return yield* Effect.flatMap(Life.Life, (life) => life.commit(preview, order(key)))
})

/** Looks at an event and carries it out. */
const happens = Effect.fnUntraced(function* (household: Id.Id, event: Life.Report["event"], key: string, day_ = today) {
  return yield* carryOut(yield* look(household, event, day_), key)
})

const live = (of: Id.Id) =>
  Effect.flatMap(Storage.Storage, (storage) =>
    Effect.map(storage.findBy(Membership.aggregate, "liveOf", of), Option.getOrThrow)
  )

/** Puts a membership without a card into another state, behind the back of Life. */
const rewrite = Effect.fnUntraced(function* (of: Id.Id, state: Membership.Membership["state"]) {
  const storage = yield* Storage.Storage
  const held = yield* live(of)
  const { card: _, ...value } = held.value
  yield* storage.transaction(storage.update(Membership.aggregate, held, { ...value, state }))
  return held.id
})

const failureOf = <A, E extends { readonly _tag: string }>(result: Result.Result<A, E> | undefined) =>
  result !== undefined && Result.isFailure(result) ? result.failure._tag : "done"

const entriesOf = (subject: Id.Id) =>
  Effect.map(
    Effect.flatMap(Audit.Audit, (audit) => audit.verify(subject)),
    ({ entries }) => entries.map(({ action, actor, reason, refs }) => ({ action, actor, reason, refs }))
  )

describe("a household that is enrolled", () => {
  it.effect("is in the record with its version, and refused with the name of who is on another card", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      assert.deepStrictEqual(yield* entriesOf(household), [
        {
          action: "enrol-household",
          actor: "officer:417",
          reason: undefined,
          refs: [{ aggregate: "household", id: household, version: 1 }]
        }
      ])
      const members = [
        { ref: granny, relation: "head", facts: {} },
        { ref: first, relation: "child", facts: {} }
      ] as const
      const refused = yield* Effect.flip(life.enrol({ office: "0903", members }, order("again")))
      assert.deepInclude(refused, { _tag: "PersonElsewhere", participant: first, household })
    }).pipe(Effect.provide(layer))
  )
})

describe("an event on the register", () => {
  it.effect("is refused for who is of the family already by the family, and not as somebody from elsewhere", () =>
    Effect.gen(function* () {
      const household = yield* settle(workers)
      const refused = yield* Effect.flip(look(household, adopted(first)))
      assert.strictEqual(refused._tag === "EventRefused" && refused.reasons[0].code, "PersonAlreadyOfFamily")
    }).pipe(Effect.provide(layer))
  )

  it.effect("is in the record of each with what became of them, and the row that it became of", () =>
    Effect.gen(function* () {
      const household = yield* settle(workers)
      const rows = new Map<Id.Id, Id.Id>()
      for (const ref of [father, mother]) rows.set(ref, (yield* live(ref)).id)
      yield* happens(household, died, "death")
      const dead = yield* entriesOf(father)
      assert.deepStrictEqual(dead, [
        {
          action: "life/Death/moves",
          actor: "officer:417",
          reason: "MoveDied",
          refs: [{ aggregate: "membership", id: rows.get(father)!, version: 2 }]
        }
      ])
      const widow = yield* entriesOf(mother)
      const now = yield* live(mother)
      assert.notStrictEqual(now.id, rows.get(mother))
      assert.deepStrictEqual(widow, [
        {
          action: "life/Death/transfers",
          actor: "officer:417",
          reason: "HeadOfCardSucceeds",
          refs: [{ aggregate: "membership", id: now.id, version: 1 }]
        }
      ])
    }).pipe(Effect.provide(layer))
  )

  it.effect("tells the family how many it concerns, by the reference of the record, and keeps their phone", () =>
    Effect.gen(function* () {
      const wards = yield* CareStatus.MemoryWards
      const household = yield* settle(workers)
      const told_ = Effect.map(all(Message.aggregate), (messages) => messages.map((it) => it.arguments))
      // a move of house changes nobody's cover
      yield* happens(household, { _tag: "Move", residence: "9972" }, "move")
      assert.deepStrictEqual(yield* told_, [])
      const { record: one } = yield* happens(household, adopted(third), "opens")
      yield* wards.admit(cardOf(second))
      yield* wards.discharge((yield* live(third)).value.card!)
      const { record: two } = yield* happens(household, resigned, "moves")
      const of = (people: number, id: string) => ({ people, day: today, reference: id.slice(-8).toUpperCase() })
      // in treatment, the second child's cover waits
      assert.sameDeepMembers([...(yield* told_)], [of(1, one), of(4, two)])
      assert.deepStrictEqual(
        (yield* all(Message.aggregate)).map(({ to }) => to),
        [phone, phone]
      )
      const [card] = yield* all(Household.aggregate)
      assert.strictEqual(card?.phone, phone)
    }).pipe(Effect.provide(layer))
  )

  it.effect("answers again with the household of who left for a card of their own", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(workers)
      const preview = yield* look(household, { _tag: "Divorce", leaves: [mother, second] })
      const { parted } = yield* carryOut(preview, "divorce")
      assert.isDefined(parted)
      assert.strictEqual((yield* carryOut(preview, "divorce")).parted, parted)
      const receipt = Option.getOrThrow(yield* life.receipt("divorce"))
      assert.strictEqual(receipt.parted, parted)
      const [record] = yield* all(LifeRecord.aggregate)
      assert.strictEqual(record?.parted, parted)
    }).pipe(Effect.provide(layer))
  )

  it.effect("takes an expired registration up in its own row, and opens none beside one closed as a double", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const household = yield* settle(workers)
      const expired = yield* rewrite(first, "EXPIRED")
      const double = yield* rewrite(second, "CLOSED_DUPLICATE")
      const studies = (of: Id.Id) => ({ _tag: "FactsCorrected", of, facts: { studies: true } }) as const
      yield* happens(household, studies(first), "again")
      yield* happens(household, studies(second), "new")
      assert.strictEqual((yield* live(first)).id, expired)
      const old = Option.getOrThrow(yield* storage.get(Membership.aggregate, double))
      assert.strictEqual(old.value.state, "CLOSED_DUPLICATE")
      assert.isTrue(Option.isNone(yield* storage.findBy(Membership.aggregate, "liveOf", second)))
      assert.strictEqual((yield* all(Membership.aggregate)).length, 4)
    }).pipe(Effect.provide(layer))
  )

  it.effect("names on a membership the account that it is billed on", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const household = yield* settle(traders)
      const born = { _tag: "Birth", ref: fourth, birthDate: day("2026-01-20"), hasNik: false, mother } as const
      yield* happens(household, born, "birth")
      const { account } = (yield* live(fourth)).value
      assert.isDefined(account)
      const ledger = Option.getOrThrow(yield* storage.get(Household.accounts, account!))
      assert.strictEqual(ledger.value.participant, fourth)
    }).pipe(Effect.provide(layer))
  )

  it.effect("takes in who was alone on a card with the account that they come with", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const storage = yield* Storage.Storage
      const groom = person(father, "head", "1990-01-01", { occupation: "private", wage: 6_000_000 })
      const household = yield* settle(enrolled([groom], start))
      const bill = { _tag: "Billed", month: Month.make("2026-01"), on: day("2026-01-01"), amount: 35_000 } as const
      yield* storage.transaction(
        Effect.gen(function* () {
          const account = Result.getOrThrow(Account.post(Account.open("hers"), bill))
          const id = yield* storage.insert(Household.accounts, { participant: mother, account })
          yield* storage.insert(Membership.aggregate, {
            participant: mother,
            segment: "PBPU",
            state: "ACTIVE",
            since: day("2025-06-01"),
            office: "0903",
            card: cardOf(mother),
            account: id
          })
        })
      )
      yield* (yield* CareStatus.MemoryWards).discharge(cardOf(mother))
      const facts = known("1992-02-02", { occupation: "own-account" })
      yield* life.enrol({ office: "0903", members: [{ ref: mother, relation: "head", facts }] }, order("alone"))
      const wedding = {
        _tag: "Marriage",
        of: father,
        spouse: { ref: mother, facts: known("1992-02-02"), verified: true }
      } as const
      const preview = yield* look(household, wedding)
      assert.strictEqual(told(preview.plan, mother), "transfers: PBPU ACTIVE -> PPU-BU ACTIVE on 2026-02-10")
      assert.deepStrictEqual(
        preview.plan.postings.map(({ account, entry, ref }) => [ref, account, entry._tag]),
        [
          [mother, "old", "CarriedOut"],
          [mother, "new", "CarriedIn"]
        ]
      )
      yield* carryOut(preview, "wedding")
      assert.strictEqual(Family.owed(yield* life.family(household), on("2026-02-10")), 35_000)
      assert.strictEqual((yield* all(Household.accounts)).length, 2)
    }).pipe(Effect.provide(layer))
  )
})

describe("a plan", () => {
  it.effect("is stale where the household is gone, or who comes in has another membership, or none", () =>
    Effect.gen(function* () {
      const groom = person(father, "head", "1990-01-01", { occupation: "private", wage: 6_000_000 })
      const household = yield* settle(enrolled([groom], start))
      const alone = yield* settle(enrolled([person(mother, "head", "1992-02-02")], start))
      const spouse = { ref: mother, facts: known("1992-02-02"), verified: true }
      const wedding = { _tag: "Marriage", of: father, spouse } as const
      const moved = yield* look(alone, { _tag: "Move", residence: "9972" })
      const early = yield* look(household, wedding)
      yield* rewrite(mother, "TRANSFERRED")
      assert.strictEqual((yield* Effect.flip(carryOut(early, "early")))._tag, "PlanStale")
      yield* happens(household, wedding, "wedding")
      const gone = yield* Effect.flip(carryOut(moved, "gone"))
      assert.deepInclude(gone, { _tag: "PlanStale", planned: 0, found: -1 })
    }).pipe(Effect.provide(layer))
  )

  it.effect("is stale that would leave without cover who was admitted meanwhile, in another segment too", () =>
    Effect.gen(function* () {
      const wards = yield* CareStatus.MemoryWards
      const household = yield* settle(workers)
      const preview = yield* look(household, died)
      assert.strictEqual(changeOf(preview.plan, second)?.kind, "transfers")
      yield* wards.admit(cardOf(second))
      assert.strictEqual((yield* Effect.flip(carryOut(preview, "death")))._tag, "PlanStale")
      // nobody's cover ends by what only opens or carries on, nor does a treatment hold up who has died
      yield* wards.discharge(cardOf(second))
      yield* wards.admit(cardOf(father))
      yield* carryOut(preview, "death")
    }).pipe(Effect.provide(layer))
  )

  it.effect("is stale where the hospitals fall silent, but not of a treatment's end that somebody vouches for", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const wards = yield* CareStatus.MemoryWards
      const household = yield* settle(workers)
      yield* wards.admit(cardOf(first))
      yield* happens(household, resigned, "resigned")
      yield* wards.discharge(cardOf(first))
      const ends = { _tag: "CareEnds", of: first } as const
      const later = day("2026-03-20")
      const home = yield* look(household, ends, later)
      yield* wards.admit(cardOf(first))
      assert.strictEqual((yield* Effect.flip(carryOut(home, "again")))._tag, "PlanStale")
      yield* wards.breakDown
      yield* carryOut(yield* look(household, ends, later), "home")
      assert.strictEqual(membershipOf(yield* life.family(household), first)?.state, "ENDED_EMPLOYMENT")
    }).pipe(Effect.provide(layer))
  )

  it.effect("that ends cover is stale where the hospitals fall silent", () =>
    Effect.gen(function* () {
      const household = yield* settle(workers)
      const preview = yield* look(household, resigned)
      yield* (yield* CareStatus.MemoryWards).breakDown
      assert.strictEqual((yield* Effect.flip(carryOut(preview, "resigned")))._tag, "PlanStale")
    }).pipe(Effect.provide(layer))
  )
})

describe("orders that come together", () => {
  it.effect("under one key are one event, and refused as another's where they are of another household", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const one = yield* settle(enrolled([person(father, "head", "1990-01-01", { occupation: "own-account" })], start))
      const two = yield* settle(enrolled([person(granny, "head", "1990-01-01", { occupation: "own-account" })], start))
      const job = yield* look(one, hired)
      const other = yield* look(two, { ...hired, of: granny })
      const results = yield* life.commitMany([job, job, other].map((preview) => ({ preview, order: order("one-key") })))
      assert.deepStrictEqual(results.map(failureOf), ["done", "done", "KeyReused"])
      assert.deepStrictEqual(
        results.map((it) => (Result.isSuccess(it) ? it.success.repeated : undefined)),
        [false, true, undefined]
      )
      const records = yield* all(LifeRecord.aggregate)
      assert.deepStrictEqual(
        records.map(({ household }) => household),
        [one]
      )
      // the household that was refused is as it was, and its order goes through under a key of its own,
      // beside one of which the family has changed
      const mixed = yield* life.commitMany([
        { preview: job, order: order("stale") },
        { preview: other, order: order("two-keys") }
      ])
      assert.deepStrictEqual(mixed.map(failureOf), ["PlanStale", "done"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("fail as one where the storage fails, as the storage failed, whatever went through", () => {
    const cut = StorageError.of(new StorageError.Unavailable({ place: "test", detail: "cut" }))
    const broken = layerOf(
      {},
      {
        storage: (storage) => ({
          ...storage,
          each: (works) => Effect.map(storage.each(works.slice(0, -1)), (results) => [...results, Result.fail(cut)])
        })
      }
    )
    return Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(traders)
      const preview = yield* look(household, hired)
      const one = { preview, order: order("job") }
      for (const orders of [[one], [one, one]]) {
        const failed = yield* Effect.flip(life.commitMany(orders))
        assert.strictEqual(failed.reason._tag, "Unavailable")
        assert.strictEqual((yield* all(LifeRecord.aggregate)).length, orders.length - 1)
      }
      // what went through has its answer when it is asked for again
      assert.isTrue((yield* carryOut(preview, "job")).repeated)
    }).pipe(Effect.provide(broken))
  })
})

describe("a card number", () => {
  it.effect("is asked for once for who is confirmed and has none, and for nobody else", () => {
    const asked: Array<string> = []
    const cards = Layer.succeed(
      CardNumbers.CardNumbers,
      CardNumbers.CardNumbers.of({
        issue: (references) =>
          Effect.sync(() => {
            asked.push(...references)
            return references.map((_, i) => ParticipantNumber.ParticipantNumber.make(`000000000090${i}`))
          })
      })
    )
    return Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(enrolled(couple({ occupation: "own-account" }), start))
      // who has a card takes it along, and needs no other
      yield* happens(household, hired, "job")
      assert.deepStrictEqual(asked, [])
      yield* happens(household, adopted(third, false), "not confirmed")
      assert.deepStrictEqual(asked, [])
      const pending = membershipOf(yield* life.family(household), third)
      assert.strictEqual(pending?.state, "PENDING_VERIFICATION")
      assert.isUndefined(pending?.card)
      yield* happens(household, adopted(fourth), "confirmed")
      assert.deepStrictEqual(asked, [`life:${fourth}`])
      assert.strictEqual(membershipOf(yield* life.family(household), fourth)?.card, "0000000000900")
    }).pipe(Effect.provide(layerOf({}, { cards })))
  })
})
