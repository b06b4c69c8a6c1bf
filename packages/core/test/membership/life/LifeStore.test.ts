import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { type Family, Household, Life, type LifeEvent, LifePlan, Machine, Membership } from "@kis/core/membership"
import { CareStatus } from "@kis/core/registry"
import type { Id } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { arbitrary, id } from "./families.ts"
import { actor, all, bare, cardOf, layerOf, order, settle } from "./house.ts"
import { net } from "./laws.ts"
import { type Draw, draw, events } from "./world.ts"

interface Happening {
  readonly tag: LifeEvent.LifeEvent["_tag"]
  readonly of: Draw
  /** Whom the hospitals have admitted and discharged before. */
  readonly admitted: boolean
}

const happening: fc.Arbitrary<Happening> = fc.record({
  tag: fc.constantFrom(...(Object.keys(events) as Array<LifeEvent.LifeEvent["_tag"]>)),
  of: draw,
  admitted: fc.boolean()
})

/** Lives through the events on a register and, beside it, in pure values; gives how many were carried out. */
const lived = (start: Family.Family, happenings: ReadonlyArray<Happening>) =>
  Effect.gen(function* () {
    const life = yield* Life.Life
    const wards = yield* CareStatus.MemoryWards
    const audit = yield* Audit.Audit
    const household = yield* settle(start)
    let today = PlainDate.make("2025-06-01")
    let carriedOut = 0
    const everybody = new Set<Id.Id>(start.members.map(({ ref }) => ref))

    for (const [i, { admitted, of, tag }] of happenings.entries()) {
      today = PlainDate.addDays(today, of.days)
      const family = yield* life.family(household)
      const member = family.members[of.one % family.members.length]
      const other = family.members[of.other % family.members.length]
      if (member === undefined || other === undefined) break
      if (admitted) yield* wards.admit(cardOf(other.ref))
      else yield* wards.discharge(cardOf(other.ref))

      const event = events[tag]({ draw: of, family, member, other, today, fresh: id(10_000 + i) })
      const preview = yield* Effect.result(life.preview({ actor, household, event, on: today }))
      if (Result.isFailure(preview)) {
        assert.deepStrictEqual(yield* life.family(household), family)
        continue
      }
      const { plan } = preview.success
      const expected = Result.getOrThrow(LifePlan.apply(preview.success.family, plan))
      const { parted } = yield* life.commit(preview.success, order(`event ${i}`))
      carriedOut++
      assert.deepStrictEqual(bare(yield* life.family(household)), bare(expected.family), tag)
      assert.strictEqual(parted === undefined, expected.parted === undefined)
      if (parted !== undefined && expected.parted !== undefined) {
        assert.deepStrictEqual(bare(yield* life.family(parted)), bare(expected.parted), tag)
      }
      for (const { ref } of plan.people) everybody.add(ref)
    }

    const open = (yield* all(Membership.aggregate)).filter(({ state }) => Machine.isLive(state))
    assert.strictEqual(new Set(open.map(({ participant }) => participant)).size, open.length)
    const accounts = yield* all(Household.accounts)
    const billed = new Set(open.flatMap(({ account }) => account ?? []))
    assert.isAtMost(billed.size, accounts.length)
    // a closed account owes nothing: the sum over all of them is what the families owe
    const cards = yield* all(Household.aggregate)
    let owed = 0
    for (const { members } of cards) {
      const [first] = members
      if (first === undefined) continue
      const found = yield* life.householdOf(first.ref)
      if (found._tag === "Some") {
        owed += (yield* life.family(found.value)).members.reduce(
          (sum, { account }) => sum + (account === undefined ? 0 : net(account)),
          0
        )
      }
    }
    assert.strictEqual(
      accounts.reduce((sum, { account }) => sum + net(account), 0),
      owed
    )
    for (const ref of everybody) assert.deepStrictEqual((yield* audit.verify(ref)).findings, [])
    return carriedOut
  }).pipe(Effect.provide(layerOf({})))

describe("life on a register", () => {
  it("does what the pure plan says, event after event", async () => {
    let carriedOut = 0
    await fc.assert(
      fc.asyncProperty(arbitrary(100), fc.array(happening, { minLength: 5, maxLength: 15, size: "max" }), (start, of) =>
        Effect.runPromise(
          Effect.map(lived(start, of), (count) => {
            carriedOut += count
          })
        )
      ),
      { numRuns: 30 }
    )
    assert.isAbove(carriedOut, 100)
  }, 120_000)
})
