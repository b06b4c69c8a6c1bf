import { assert, describe, it } from "@effect/vitest"
import { Decree, DecreeRun, Life, LifeRecord, Machine, Membership } from "@kis/core/membership"
import { CareStatus } from "@kis/core/registry"
import type { Id } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import { day, enrolled, id, on, person } from "./families.ts"
import { all, cardOf, layerOf, settle } from "./house.ts"

const today = day("2026-02-01")
const layer = layerOf({})

/** A poor family of three, on PBI or paying for itself. */
const family = (number: number, pbi: boolean) =>
  enrolled(
    [
      person(id(number * 10 + 1), "head", "1970-01-01", {
        occupation: "own-account",
        pbiDecree: pbi,
        maritalStatus: "married"
      }),
      person(id(number * 10 + 2), "spouse", "1972-01-01", { pbiDecree: pbi, maritalStatus: "married" }),
      person(id(number * 10 + 3), "child", "2012-01-01", { pbiDecree: pbi })
    ],
    on("2025-06-01")
  )

/** Twenty families, every other one on PBI. */
const village = Effect.gen(function* () {
  const refs: Array<Id.Id> = []
  for (let number = 1; number <= 20; number++) {
    const one = family(number, number % 2 === 0)
    yield* settle(one)
    refs.push(...one.members.map(({ ref }) => ref))
  }
  return refs
})

/** The decree turns everything round: who was on PBI is off it, who was not is on it. */
const turned = (refs: ReadonlyArray<Id.Id>): ReadonlyArray<Decree.Line> =>
  refs.map((participant, i) => ({ participant, listed: Math.floor(i / 3) % 2 === 0 }))

const options = {
  decree: "SK-3-HUK-2026",
  digest: "a".repeat(64),
  actor: { kind: "system", id: "decree" },
  on: today
} as const

const standings = Effect.map(all(Membership.aggregate), (memberships) =>
  memberships.map(({ participant, segment, state }) => `${participant} ${segment} ${state}`).toSorted()
)

describe("a decree", () => {
  it.effect("is shown in numbers, which are those of carrying it out", () =>
    Effect.gen(function* () {
      const lines = [...turned(yield* village), { participant: id(999), listed: true }]
      const shown = yield* Decree.preview(Stream.fromIterable(lines), { ...options, batch: 7 })
      assert.deepStrictEqual(yield* all(LifeRecord.aggregate), [])
      assert.deepInclude(shown, { read: 61, joined: 30, left: 30, waits: 0, unknown: 1, refused: 0, stale: 0 })

      const done = yield* Decree.carryOut(Stream.fromIterable(lines), { ...options, batch: 7 })
      // a family that a batch cuts in two has two events, and counts as a household in each
      assert.deepStrictEqual(
        { ...done, households: 0, stays: 0, followed: 0 },
        { ...shown, households: 0, stays: 0, followed: 0 }
      )
      const open = (yield* all(Membership.aggregate)).filter(({ state }) => Machine.isLive(state))
      assert.strictEqual(open.filter(({ state }) => state === "REMOVED_PBI").length, 30)
      assert.strictEqual(open.filter(({ segment, state }) => segment === "PBI-JK" && state === "ACTIVE").length, 30)
      assert.strictEqual(open.length, 60)
    }).pipe(Effect.provide(layer))
  )

  it.effect("cuts nobody off in treatment", () =>
    Effect.gen(function* () {
      const refs = yield* village
      const patient = id(21)
      yield* (yield* CareStatus.MemoryWards).admit(cardOf(patient))
      const counts = yield* Decree.carryOut(Stream.fromIterable(turned(refs)), options)
      assert.deepInclude(counts, { left: 29, waits: 1 })
      const held = (yield* all(Membership.aggregate)).find(({ participant }) => participant === patient)
      assert.deepInclude(held, { state: "ACTIVE", segment: "PBI-JK" })
      assert.deepStrictEqual(
        held?.waiting?.map(({ trigger }) => trigger),
        ["pbi-removed"]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("is gone on with where it stopped, and ends as if it had not", () =>
    Effect.gen(function* () {
      const whole = yield* Effect.gen(function* () {
        const lines = turned(yield* village)
        const counts = yield* Decree.carryOut(Stream.fromIterable(lines), { ...options, batch: 6 })
        return { counts, standings: yield* standings, events: (yield* all(LifeRecord.aggregate)).length }
      }).pipe(Effect.provide(layerOf({})))

      const lines = turned(yield* village)
      for (const stop of [0, 5, 6, 20, 31, 59]) {
        const cut = Stream.fromIterable(lines).pipe(Stream.take(stop), Stream.concat(Stream.fail("stopped" as const)))
        assert.strictEqual(yield* Effect.flip(Decree.carryOut(cut, { ...options, batch: 6 })), "stopped")
      }
      const counts = yield* Decree.carryOut(Stream.fromIterable(lines), { ...options, batch: 6 })
      assert.deepStrictEqual(counts, whole.counts)
      assert.deepStrictEqual(yield* standings, whole.standings)
      assert.strictEqual((yield* all(LifeRecord.aggregate)).length, whole.events)

      // and once more gives the same numbers, and does nothing
      assert.deepStrictEqual(yield* Decree.carryOut(Stream.fromIterable(lines), options), counts)
      assert.strictEqual((yield* all(LifeRecord.aggregate)).length, whole.events)
      const [run] = yield* all(DecreeRun.aggregate)
      assert.deepInclude(run, { batch: 6, finished: true })
    }).pipe(Effect.provide(layer))
  )

  it.effect("does a batch once, though the machine went off before it could write how far it came", () =>
    Effect.gen(function* () {
      const lines = turned(yield* village)
      const life = yield* Life.Life
      let batches = 0
      const failing = Life.Life.of({
        ...life,
        commitMany: (orders) =>
          Effect.tap(life.commitMany(orders), () => (++batches === 3 ? Effect.die("off") : Effect.void))
      })
      const cut = Decree.carryOut(Stream.fromIterable(lines), { ...options, batch: 7 })
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Effect.provideService(cut, Life.Life, failing))))
      const before = (yield* all(LifeRecord.aggregate)).length
      const [run] = yield* all(DecreeRun.aggregate)
      assert.strictEqual(run?.counts.read, 14)

      const counts = yield* Decree.carryOut(Stream.fromIterable(lines), { ...options, batch: 7 })
      assert.deepInclude(counts, { read: 60, joined: 30, left: 30, stays: 0, stale: 0 })
      const records = yield* all(LifeRecord.aggregate)
      assert.strictEqual(new Set(records.map(({ command }) => command)).size, records.length)
      assert.isAbove(records.length, before)
      const events = records.flatMap(({ event }) =>
        event._tag === "PbiDecree" ? [...event.listed, ...event.removed] : []
      )
      assert.strictEqual(events.length, 60)
    }).pipe(Effect.provide(layer))
  )

  it.effect("is not gone on with by other lines", () =>
    Effect.gen(function* () {
      const lines = turned(yield* village)
      yield* Decree.carryOut(Stream.fromIterable(lines), options)
      const refused = yield* Effect.flip(
        Decree.carryOut(Stream.fromIterable(lines), { ...options, digest: "b".repeat(64) })
      )
      assert.strictEqual(refused._tag, "DecreeDiffers")
    }).pipe(Effect.provide(layer))
  )

  it.effect("counts who is named and removed at once, and touches them not", () =>
    Effect.gen(function* () {
      yield* village
      const counts = yield* Decree.carryOut(
        Stream.make({ participant: id(11), listed: true }, { participant: id(11), listed: false }),
        options
      )
      assert.deepInclude(counts, { read: 2, contradictory: 1, joined: 0, households: 0 })
    }).pipe(Effect.provide(layer))
  )

  it.effect("holds one batch at a time", () =>
    Effect.gen(function* () {
      yield* village
      let made = 0
      let most = 0
      let seen = 0
      const lines = Stream.fromIterable(
        (function* () {
          for (let i = 0; i < 20_000; i++) {
            made++
            most = Math.max(most, made - seen)
            yield { participant: id(100_000 + i), listed: true }
          }
        })(),
        { chunkSize: 1 }
      )
      const counts = yield* Decree.carryOut(lines, {
        ...options,
        batch: 250,
        onBatch: ({ read }) => Effect.sync(() => void (seen = read))
      })
      assert.deepInclude(counts, { read: 20_000, unknown: 20_000 })
      assert.isAtMost(most, 2 * 250 + 1)
    }).pipe(Effect.provide(layer))
  )
})
