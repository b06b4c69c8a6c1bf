/** What a decree counts for whom it names, refuses and waits for, how often it tries, and what the record says of it. */
import { assert, describe, it } from "@effect/vitest"
import { Permission } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Decree, DecreeRun, Life, LifeRecord, Membership } from "@kis/core/membership"
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import {
  couple,
  enrolled,
  father,
  first,
  id,
  mother,
  person,
  second,
  start,
  third,
  today,
  workers
} from "./families.ts"
import { actor, all, layerOf, order, settle } from "./house.ts"

const layer = layerOf({})

const options = {
  decree: "SK-3-HUK-2026",
  digest: "a".repeat(64),
  actor: { kind: "system", id: "decree" },
  on: today.appliesOn
} as const

const lines = (listed: ReadonlyArray<Decree.Line["participant"]>, removed: typeof listed = []) =>
  Stream.fromIterable([
    ...listed.map((participant) => ({ participant, listed: true })),
    ...removed.map((participant) => ({ participant, listed: false }))
  ])

const counted = (over: Partial<DecreeRun.Counts>): DecreeRun.Counts => ({ ...DecreeRun.none, ...over })

/** The numbers shown, which carrying it out must give as well. */
const both = Effect.fnUntraced(function* (...named: Parameters<typeof lines>) {
  const shown = yield* Decree.preview(lines(...named), options)
  assert.deepStrictEqual(yield* Decree.carryOut(lines(...named), options), shown)
  return shown
})

const poor = enrolled(couple({ occupation: "none", pbiDecree: true }, { pbiDecree: true }), start)
const traders = enrolled(couple({ occupation: "own-account" }), start)

describe("a decree counts", () => {
  it.effect("as staying whom it names without changing anything", () =>
    Effect.gen(function* () {
      yield* settle(workers)
      assert.deepStrictEqual(yield* both([father, mother]), counted({ read: 2, households: 1, stays: 2 }))
    }).pipe(Effect.provide(layer))
  )

  it.effect("as staying whom it names again who waits to leave", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      yield* settle(poor)
      const held = Option.getOrThrow(yield* storage.findBy(Membership.aggregate, "liveOf", mother))
      const waiting = [{ trigger: "pbi-removed", to: "REMOVED_PBI", on: today.appliesOn }] as const
      yield* storage.transaction(storage.update(Membership.aggregate, held, { ...held.value, waiting }))
      assert.deepStrictEqual(yield* both([mother]), counted({ read: 1, households: 1, stays: 1 }))
      const after = Option.getOrThrow(yield* storage.findBy(Membership.aggregate, "liveOf", mother))
      assert.notProperty(after.value, "waiting")
    }).pipe(Effect.provide(layer))
  )

  it.effect("as following whom nobody named, and whom it no longer names who was not on PBI", () =>
    Effect.gen(function* () {
      const baby = person(third, "child", "2026-01-01", {}, { mother })
      yield* settle(enrolled([...couple({ occupation: "own-account" }), baby], start))
      // recorded as in the local scheme, but not a member of it yet
      const late = enrolled([person(id(20), "head", "1970-01-01", { occupation: "own-account" })], start)
      const [member] = late.members
      yield* settle({ ...late, members: [{ ...member!, facts: { ...member!.facts, localScheme: true } }] })
      assert.deepStrictEqual(
        yield* both([mother], [id(20)]),
        counted({ read: 2, households: 2, joined: 1, followed: 2 })
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("as refused whose household its sender may not touch, and touches it not", () => {
    const mandates = Layer.succeed(Permission.Mandates, {
      of: ({ id: officer }) =>
        Effect.succeed({ offices: officer === "900" ? ["9999"] : "every", employers: "every" } as const)
    })
    return Effect.gen(function* () {
      yield* settle(traders)
      const before = yield* all(Membership.aggregate)
      const officer = { ...options, actor: { kind: "officer", id: "900" } } as const
      const shown = yield* Decree.preview(lines([father]), officer)
      assert.deepStrictEqual(shown, counted({ read: 1, households: 1, refused: 1 }))
      assert.deepStrictEqual(yield* Decree.carryOut(lines([father]), officer), shown)
      assert.deepStrictEqual(yield* all(LifeRecord.aggregate), [])
      assert.deepStrictEqual(yield* all(Membership.aggregate), before)
    }).pipe(Effect.provide(Layer.provideMerge(layer, mandates)))
  })
})

describe("a family that changes while a decree plans it", () => {
  /** Life, before whose carrying out somebody else does something, so many times. */
  const interrupted = (times: number, attempts: Array<number>) =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      return Life.Life.of({
        ...life,
        commitMany: (orders) =>
          Effect.gen(function* () {
            attempts.push(orders.length)
            if (attempts.length <= times) {
              const [household] = orders.map(({ preview }) => preview.household)
              const event = { _tag: "Move", residence: attempts.length % 2 === 0 ? "9971" : "9972" } as const
              const preview = yield* life
                .preview({ household: household!, actor, event, on: today.appliesOn })
                .pipe(Effect.orDie)
              yield* life.commit(preview, order(`meanwhile ${attempts.length}`)).pipe(Effect.orDie)
            }
            return yield* life.commitMany(orders)
          })
      })
    })

  it.effect("is planned again, and its others are not", () =>
    Effect.gen(function* () {
      yield* settle(traders)
      yield* settle(enrolled([person(id(20), "head", "1970-01-01", { occupation: "own-account" })], start))
      const attempts: Array<number> = []
      const counts = yield* Decree.carryOut(lines([father, id(20)]), options).pipe(
        Effect.provideService(Life.Life, yield* interrupted(2, attempts))
      )
      assert.deepStrictEqual(counts, counted({ read: 2, households: 2, joined: 2 }))
      assert.deepStrictEqual(attempts, [2, 1, 1])
    }).pipe(Effect.provide(layer))
  )

  it.effect("is given up after five times, and counted", () =>
    Effect.gen(function* () {
      yield* settle(traders)
      const attempts: Array<number> = []
      const counts = yield* Decree.carryOut(lines([father, mother]), options).pipe(
        Effect.provideService(Life.Life, yield* interrupted(9, attempts))
      )
      assert.deepStrictEqual(counts, counted({ read: 2, households: 1, stale: 1 }))
      assert.deepStrictEqual(attempts, [1, 1, 1, 1, 1])
      const memberships = yield* all(Membership.aggregate)
      assert.isFalse(memberships.some(({ segment }) => segment === "PBI-JK"))
    }).pipe(Effect.provide(layer))
  )
})

describe("the record of a decree", () => {
  it.effect("says when it began and when it was finished, once each, of which version of the run", () =>
    Effect.gen(function* () {
      const audit = yield* Audit.Audit
      const storage = yield* Storage.Storage
      yield* settle(traders)
      const told: Array<number> = []
      const carryOut = Decree.carryOut(lines([father, mother, first, second]), {
        ...options,
        batch: 2,
        onBatch: ({ read }) => Effect.sync(() => void told.push(read))
      })
      const run = Effect.map(storage.findBy(DecreeRun.aggregate, "decree", options.decree), Option.getOrThrow)
      const counts = yield* carryOut
      // two full batches, and none of no lines
      assert.deepStrictEqual(told, [2, 4])
      const { id: row, value, version } = yield* run
      assert.isTrue(value.finished)
      const line = (action: string, of: number) => ({
        action,
        actor: "system:decree",
        refs: [{ aggregate: "decree-run", id: row, version: of }]
      })
      const entries = Effect.map(audit.verify(row), (verified) =>
        verified.entries.map(({ action, actor, refs }) => ({ action, actor, refs }))
      )
      const expected = [line("begin-decree", 1), line("finish-decree", 4)]
      assert.deepStrictEqual(yield* entries, expected)
      assert.strictEqual(version, 4)
      // a finished decree gives its counts again, and is neither written nor recorded once more
      assert.deepStrictEqual(yield* carryOut, counts)
      assert.deepStrictEqual([yield* entries, (yield* run).version, told.length], [expected, 4, 2])
    }).pipe(Effect.provide(layer))
  )
})
