/** Who may look at an event of life and carry it out: on the families of whose area. */
import { assert, describe, it } from "@effect/vitest"
import { type Actor, Permission } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Account } from "@kis/core/contribution"
import { Household, Life, LifeRecord, Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { couple, day, enrolled, father, first, known, mother, on, person } from "./families.ts"
import { actor, all, layer as house, settle } from "./house.ts"

const today = day("2026-02-10")
const hired = { _tag: "NewJob", of: father, paidBy: "private", wage: 6_000_000 } as const

const family = enrolled(couple({ occupation: "own-account" }), on("2025-06-01"))
const { office } = family

// every officer but 900 answers for the families here
const away = "9999"
const layer = Layer.provideMerge(
  house,
  Layer.succeed(Permission.Mandates, {
    of: ({ id }) =>
      Effect.succeed({
        offices: id === "900" ? [away] : id === "both" ? "every" : [office],
        employers: "every"
      } as const)
  })
)

const both = { kind: "officer", id: "both" } as const

const refusals: ReadonlyArray<readonly [Actor.Actor, string]> = [
  [{ kind: "officer", id: "900" }, "OutsideArea"],
  [{ kind: "supervisor", id: "900" }, "OutsideArea"],
  [{ kind: "local-government", id: "417" }, "NotForThisActor"],
  [{ kind: "employer", id: "acme" }, "NotForThisActor"],
  [{ kind: "citizen", id: "siti" }, "NotForThisActor"],
  [{ kind: "proxy", id: "cadre-7" }, "NotForThisActor"]
]

/** Everything that an event could leave behind. */
const state = Effect.gen(function* () {
  const audit = yield* Audit.Audit
  return [
    yield* all(Household.aggregate),
    yield* all(Membership.aggregate),
    yield* all(Household.accounts),
    yield* all(LifeRecord.aggregate),
    yield* all(Message.aggregate),
    ...(yield* Effect.forEach([father, mother, first], (ref) => Effect.map(audit.verify(ref), (it) => it.entries)))
  ]
})

describe("an event of life", () => {
  it.effect.each(refusals)("is neither shown to nor carried out by %j (%s)", ([who, reason]) =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(family)
      const before = yield* state
      const shown = yield* Effect.flip(life.preview({ household, event: hired, actor: who, on: today }))
      // what an officer was shown is not another's to carry out
      const preview = yield* life.preview({ household, event: hired, actor, on: today })
      const done = yield* Effect.flip(life.commit(preview, { key: "hired", actor: who }))
      for (const refused of [shown, done]) {
        if (refused._tag !== "NotAllowed") return assert.fail(refused._tag)
        assert.deepStrictEqual([refused.action, ...refused.reasons], ["report-life-event", reason])
      }
      assert.deepStrictEqual(yield* state, before)
      // the key is not spent on who may not use it
      assert.isFalse((yield* life.commit(preview, { key: "hired", actor })).repeated)
      // nor does it give them the answer
      const again = yield* Effect.flip(life.commit(preview, { key: "hired", actor: who }))
      assert.strictEqual(again._tag, "NotAllowed")
      assert.isTrue((yield* life.commit(preview, { key: "hired", actor })).repeated)
    }).pipe(Effect.provide(layer))
  )

  it.effect.each([actor, { kind: "supervisor", id: "12" }, { kind: "system", id: "decree" }] as const)(
    "is shown to and carried out by %j",
    (who) =>
      Effect.gen(function* () {
        const life = yield* Life.Life
        const household = yield* settle(family)
        const preview = yield* life.preview({ household, event: hired, actor: who, on: today })
        yield* life.commit(preview, { key: "hired", actor: who })
        assert.strictEqual((yield* all(LifeRecord.aggregate)).length, 1)
      }).pipe(Effect.provide(layer))
  )

  it.effect("that brings somebody in from another area is for who answers for both", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const household = yield* settle(enrolled([person(father, "head", "1990-01-01")], on("2025-06-01")))
      const bride = { ref: mother, relation: "head", facts: known("1992-02-02") } as const
      yield* life.enrol({ office: away, members: [bride] }, { key: "bride", actor: both })
      const spouse = { ref: mother, facts: known("1992-02-02"), verified: true }
      const event = { _tag: "Marriage", of: father, spouse } as const
      const before = yield* state
      const preview = yield* life.preview({ household, event, actor: both, on: today })
      for (const who of [actor, { kind: "officer", id: "900" }] as const) {
        const shown = yield* Effect.flip(life.preview({ household, event, actor: who, on: today }))
        const done = yield* Effect.flip(life.commit(preview, { key: "wedding", actor: who }))
        assert.deepStrictEqual([shown._tag, done._tag], ["NotAllowed", "NotAllowed"])
      }
      assert.deepStrictEqual(yield* state, before)
      yield* life.commit(preview, { key: "wedding", actor: both })
    }).pipe(Effect.provide(layer))
  )
})

describe("a household", () => {
  it.effect("is enrolled by who answers for its office, and for those of the memberships that it joins", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const members = [{ ref: father, relation: "head", facts: known("1990-01-01") }] as const
      for (const [who, reason] of refusals) {
        const refused = yield* Effect.flip(life.enrol({ office, members }, { key: "enrol", actor: who }))
        if (refused._tag !== "NotAllowed") return assert.fail(refused._tag)
        assert.deepStrictEqual([refused.action, ...refused.reasons], ["enrol-household", reason])
        assert.deepStrictEqual(yield* all(Household.aggregate), [])
      }
      // a membership of another area is the business of that area as well
      const storage = yield* Storage.Storage
      const membership = { participant: father, segment: "PBPU", state: "ACTIVE", since: today, office: away } as const
      yield* storage.transaction(storage.insert(Membership.aggregate, membership))
      const refused = yield* Effect.flip(life.enrol({ office, members }, { key: "enrol", actor }))
      assert.strictEqual(refused._tag, "NotAllowed")
      assert.deepStrictEqual(yield* all(Household.aggregate), [])
      yield* life.enrol({ office, members }, { key: "enrol", actor: both })
      assert.strictEqual((yield* all(Household.aggregate)).length, 1)
    }).pipe(Effect.provide(layer))
  )

  it.effect("keeps the account on which somebody paid before there was a household", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const storage = yield* Storage.Storage
      const membership = { participant: father, segment: "PBPU", state: "ACTIVE", since: today, office } as const
      const paid = yield* storage.transaction(
        Effect.gen(function* () {
          const account = yield* storage.insert(Household.accounts, {
            participant: father,
            account: Account.open("first")
          })
          yield* storage.insert(Membership.aggregate, { ...membership, account })
          return account
        })
      )
      const members = [{ ref: father, relation: "head", facts: known("1990-01-01") }] as const
      yield* life.enrol({ office, members }, { key: "enrol", actor })
      const [household] = yield* all(Household.aggregate)
      assert.strictEqual(household?.members[0]?.bills, paid)
    }).pipe(Effect.provide(layer))
  )
})
