import { assert, describe, it } from "@effect/vitest"
import { ParticipantNumber, type Segment } from "@kis/core/identity"
import { Machine, Membership } from "@kis/core/membership"
import { Crypto, KeyRing } from "@kis/core/privacy"
import type { CareStatus } from "@kis/core/registry"
import { Id, Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"

const id = (n: number) => Id.Id.make(`0199c5a2-7d1c-7aaa-8bbb-${String(n).padStart(12, "0")}`)
const card = (n: number) => ParticipantNumber.ParticipantNumber.make(`0${String(n).padStart(12, "0")}`)
const day = PlainDate.make

const active: Membership.Membership = {
  participant: id(1),
  segment: "PBPU",
  state: "ACTIVE",
  since: day("2025-01-15"),
  card: card(1),
  wardClass: 3,
  classSince: day("2025-01-15"),
  facility: "FKTP-1",
  facilitySince: day("2025-01-15"),
  office: "3671"
}

const step = (
  self: Membership.Membership,
  trigger: Machine.Trigger,
  on: string,
  given: Pick<Machine.Move, "care" | "opens" | "selfPaid"> = { care: "not-in-treatment" }
) => {
  const movement = Machine.move(Membership.moveOf(self, trigger, given), { appliesOn: day(on), knownOn: day(on) })
  if (movement._tag !== "Moved" && movement._tag !== "Waits") throw new Error(`${movement._tag} ${trigger}`)
  return Membership.applied(self, trigger, movement, { on: day(on) })
}

describe("Membership.opening", () => {
  it("makes nobody active whom the population register did not confirm", () => {
    for (const selfPaid of [true, false]) {
      assert.strictEqual(Membership.opening({ verified: false, selfPaid }), "PENDING_VERIFICATION")
    }
  })

  it("waits for the first payment of whoever pays alone", () => {
    assert.strictEqual(Membership.opening({ verified: true, selfPaid: true }), "AWAITING_FIRST_PAYMENT")
    assert.strictEqual(Membership.opening({ verified: true, selfPaid: false }), "ACTIVE")
  })

  it("opens as the machine does", () => {
    for (const verified of [true, false]) {
      for (const selfPaid of [true, false]) {
        const trigger = verified ? "register-verified" : "register-unverified"
        const asOf = { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
        assert.deepInclude(Machine.move({ from: "UNREGISTERED", trigger, selfPaid }, asOf), {
          to: Membership.opening({ verified, selfPaid })
        })
      }
    }
  })
})

describe("Membership.applied", () => {
  it("keeps the last day of cover, and forgets it when cover begins again", () => {
    const suspended = step(active, "month-unpaid", "2026-02-28")
    assert.deepInclude(suspended, {
      state: "SUSPENDED_ARREARS",
      since: day("2026-03-01"),
      coveredUntil: day("2026-02-28")
    })
    assert.isTrue(Membership.isCovered(suspended, day("2026-02-28")))
    assert.isFalse(Membership.isCovered(suspended, day("2026-03-01")))
    const paid = step(suspended, "arrears-paid", "2026-03-20")
    assert.notProperty(paid, "coveredUntil")
    assert.isFalse(Membership.isCovered(paid, day("2026-03-19")))
    assert.isTrue(Membership.isCovered(paid, day("2026-03-20")))
  })

  it("covers nobody beyond death, and goes on with what was promised when the death was false", () => {
    const pbi = { ...active, segment: "PBI-JK" as const }
    const removed = step(pbi, "pbi-removed", "2026-02-10")
    assert.isTrue(Membership.isCovered(removed, day("2026-05-09")), "care stays paid for three months")
    assert.isFalse(Membership.isCovered(removed, day("2026-05-10")))
    const dead = step(removed, "died", "2026-02-20")
    assert.isTrue(Membership.isCovered(dead, day("2026-02-20")))
    assert.isFalse(Membership.isCovered(dead, day("2026-02-21")))
    const alive = step(dead, "death-corrected", "2026-03-01")
    assert.isTrue(Membership.isCovered(alive, day("2026-05-09")))
  })

  it("covers until the day before a transfer, from which on the new account does", () => {
    const care = "not-in-treatment"
    assert.deepInclude(step(active, "transferred", "2026-02-10"), {
      since: day("2026-02-10"),
      coveredUntil: day("2026-02-09")
    })
    const unpaid = step(active, "transferred", "2026-02-10", { care, opens: "AWAITING_FIRST_PAYMENT" })
    assert.strictEqual(unpaid.coveredUntil, day("2026-02-09"))
  })

  it("covers nobody whose cover never began", () => {
    const { card: _, ...pending } = { ...active, state: "PENDING_VERIFICATION" as const }
    assert.isFalse(Membership.isCovered(pending, day("2026-02-10")))
  })

  it("writes a move down that waits, once, and takes it off when it is made", () => {
    const waiting = step(active, "month-unpaid", "2026-02-28", { care: "in-treatment" })
    assert.deepStrictEqual(waiting, {
      ...active,
      waiting: [{ trigger: "month-unpaid", to: "SUSPENDED_ARREARS", on: day("2026-02-28") }]
    })
    const again = step(step(waiting, "data-blocked", "2026-03-01", {}), "month-unpaid", "2026-03-31", {})
    assert.deepStrictEqual(
      again.waiting?.map((it) => [it.trigger, it.on]),
      [
        ["data-blocked", day("2026-03-01")],
        ["month-unpaid", day("2026-03-31")]
      ]
    )
    assert.isTrue(Membership.isCovered(again, day("2026-04-30")))
    const home = step(again, "month-unpaid", "2026-04-02")
    assert.deepInclude(home, { state: "SUSPENDED_ARREARS", since: day("2026-05-01") })
    assert.deepStrictEqual(
      home.waiting?.map((it) => it.trigger),
      ["data-blocked"]
    )
  })

  it("drops what waited when the new state has no such move, and when it was settled", () => {
    const waiting = step(active, "month-unpaid", "2026-02-28", { care: "in-treatment" })
    assert.notProperty(step(waiting, "went-abroad", "2026-03-05"), "waiting")
    assert.deepStrictEqual(Membership.withoutWaiting(waiting, "month-unpaid"), active)
    assert.deepStrictEqual(Membership.withoutWaiting(waiting, "data-blocked"), waiting)
  })

  it("goes back through a block within a block to what it was", () => {
    const suspended = step(active, "month-unpaid", "2026-01-31")
    const blocked = step(suspended, "data-blocked", "2026-02-03")
    const twice = step(blocked, "duplicate-found", "2026-02-05")
    assert.deepStrictEqual(twice.previous, ["SUSPENDED_ARREARS", "BLOCKED_DATA"])
    const dead = step(twice, "died", "2026-02-06")
    const alive = step(dead, "death-corrected", "2026-02-20")
    assert.deepInclude(alive, { state: "BLOCKED_DUPLICATE", previous: ["SUSPENDED_ARREARS", "BLOCKED_DATA"] })
    const kept = step(step(alive, "duplicate-kept", "2026-02-21"), "data-corrected", "2026-02-22")
    assert.strictEqual(kept.state, "SUSPENDED_ARREARS")
    assert.notProperty(kept, "previous")
    assert.strictEqual(kept.coveredUntil, day("2026-01-31"))
  })

  it("gives back a closed double whole, after an objection", () => {
    const closed = step(step(active, "duplicate-found", "2026-02-03"), "duplicate-closed", "2026-02-10")
    const reopened = step(closed, "duplicate-reopened", "2026-03-01")
    assert.deepInclude(reopened, { state: "BLOCKED_DUPLICATE", previous: ["ACTIVE"] })
    const kept = step(reopened, "duplicate-kept", "2026-03-02")
    assert.deepStrictEqual(kept, { ...active, since: day("2026-03-02") })
  })

  it("gives a lapsed registration back after a false death", () => {
    const { card: _, ...expired } = { ...active, state: "EXPIRED" as const }
    const corrected = step(step(expired, "died", "2026-02-01"), "death-corrected", "2026-02-10")
    assert.strictEqual(corrected.state, "EXPIRED")
  })

  it("keeps the end of a state that ends by itself", () => {
    const moved = Machine.move(
      { from: "ACTIVE", trigger: "dismissed", segment: "PPU-BU" },
      { appliesOn: day("2026-02-10"), knownOn: day("2026-02-10") }
    )
    assert.isTrue(moved._tag === "Moved")
    if (moved._tag !== "Moved") return
    const worker = { ...active, segment: "PPU-BU" as const }
    const given = { on: day("2026-02-10"), until: day("2026-08-10") }
    const grace = Membership.applied(worker, "dismissed", moved, given)
    assert.deepInclude(grace, { state: "GRACE_PHK", until: day("2026-08-10") })
    assert.notProperty(step(grace, "grace-ended", "2026-08-11"), "until")
  })
})

describe("Membership.following", () => {
  const given = { id: id(9), on: day("2026-02-10"), selfPaid: false }

  it("takes over person, card and facility, under the machine's opening", () => {
    assert.deepStrictEqual(Membership.following(active, { ...given, segment: "PPU-BU", wardClass: 2 }), {
      participant: active.participant,
      segment: "PPU-BU",
      state: "ACTIVE",
      since: given.on,
      card: card(1),
      wardClass: 2,
      classSince: given.on,
      facility: "FKTP-1",
      facilitySince: day("2025-01-15"),
      office: "3671",
      follows: given.id
    })
    const same = Membership.following(active, { ...given, segment: "BP", selfPaid: true, wardClass: 3 })
    assert.deepInclude(same, { state: "AWAITING_FIRST_PAYMENT", classSince: day("2025-01-15") })
    assert.notProperty(Membership.following(active, { ...given, segment: "PBI-JK" }), "classSince")
  })

  it("verifies nobody, and frees nobody who is held", () => {
    const { card: _, ...pending } = { ...active, state: "PENDING_VERIFICATION" as const }
    const moved = Membership.following(pending, { ...given, segment: "PPU-BU" })
    assert.strictEqual(moved.state, "PENDING_VERIFICATION")
    const held = step(step(active, "data-blocked", "2026-02-01"), "duplicate-found", "2026-02-02")
    const still = Membership.following(held, { ...given, segment: "PPU-BU" })
    assert.deepInclude(still, { state: "BLOCKED_DUPLICATE", previous: ["ACTIVE", "BLOCKED_DATA"] })
    const free = step(step(still, "duplicate-kept", "2026-02-11"), "data-corrected", "2026-02-12")
    assert.strictEqual(free.state, "ACTIVE")
  })
})

describe("Membership: any sequence of moves", () => {
  const moves = fc.array(
    fc.record({
      trigger: fc.constantFrom(...Machine.Trigger.literals),
      care: fc.constantFrom<CareStatus.Care>("in-treatment", "not-in-treatment", "unknown"),
      days: fc.nat(40)
    }),
    { minLength: 1, maxLength: 60 }
  )
  const segments = fc.constantFrom<Segment.Segment>("PBI-JK", "PBPU-PD", "PPU-PN", "PPU-BU", "PBPU")

  it("is storable, covers nobody unverified or unpaid, and cuts nobody off in treatment", () => {
    fc.assert(
      fc.property(segments, fc.boolean(), moves, (segment, verified, sequence) => {
        const selfPaid = segment === "PBPU"
        let on = day("2020-01-01")
        let known = verified
        let paid = !selfPaid
        let self: Membership.Membership = {
          participant: id(1),
          segment,
          state: Membership.opening({ verified, selfPaid }),
          since: on,
          office: "3671"
        }
        for (const { care, days, trigger } of sequence) {
          on = PlainDate.addDays(on, days)
          const asOf = { appliesOn: on, knownOn: on }
          const movement = Machine.move(Membership.moveOf(self, trigger, { care }), asOf)
          if (movement._tag !== "Moved" && movement._tag !== "Waits") continue
          const before = self
          self = Membership.applied(self, trigger, movement, { on })
          known ||= trigger === "verified" || trigger === "register-verified"
          paid ||= trigger === "first-payment"
          if (before.state === "EXPIRED" && selfPaid) paid = false

          assert.isTrue(Schema.is(Membership.Membership)(self))
          if (Machine.covers(self.state)) assert.isTrue(known && paid, `${before.state} ${trigger}`)
          assert.strictEqual(
            self.waiting?.some((it) => !Machine.legal(self.state, segment).includes(it.trigger)) ?? false,
            false
          )
          if (care !== "not-in-treatment" && trigger !== "died" && trigger !== "transferred") {
            const later = PlainDate.addDays(on, 400)
            if (Membership.isCovered(before, later)) assert.isTrue(Membership.isCovered(self, later), trigger)
          }
        }
      }),
      { numRuns: 2000 }
    )
  })
})

describe("Membership: stored", () => {
  const layer = Storage.layer([Membership.aggregate]).pipe(
    Layer.provide(StorageMemory.layer),
    Layer.provide(Layer.merge(Crypto.layer, KeyRing.layerMemory(new Uint8Array(32))))
  )
  const insert = (...rows: ReadonlyArray<Membership.Membership>) =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      return yield* storage.transaction(Effect.forEach(rows, (row) => storage.insert(Membership.aggregate, row)))
    })
  const refused = <A, E>(effect: Effect.Effect<A, E, Storage.Storage>) =>
    Effect.map(Effect.exit(effect), (exit) => exit._tag === "Failure")

  it.effect("holds one open membership a person, and any number of closed ones", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const closed = Membership.State.literals.filter((state) => !Machine.isLive(state))
      assert.deepStrictEqual(closed, ["EXPIRED", "TRANSFERRED", "CLOSED_DUPLICATE", "DECEASED"])
      yield* insert(...closed.map((state, i) => ({ ...active, state, card: card(10 + i) })))
      yield* insert({ ...active, card: card(20) })
      for (const state of Membership.State.literals.filter(Machine.isLive)) {
        assert.isTrue(yield* refused(insert({ ...active, state, card: card(30) })), state)
      }
      const live = yield* storage.findBy(Membership.aggregate, "liveOf", active.participant)
      assert.strictEqual(live._tag === "Some" ? live.value.value.card : undefined, card(20))
      const all = yield* storage.snapshot(
        storage.scanKey(Membership.aggregate, "holder", active.participant, { limit: 10 })
      )
      assert.lengthOf(all.rows, 5)
    }).pipe(Effect.provide(Layer.fresh(layer)))
  )

  it.effect("hands the card number on in one unit of work, and lets nobody else have it", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const [old] = yield* insert(active)
      assert.isTrue(yield* refused(insert({ ...active, participant: id(2) })), "another person")
      yield* storage.transaction(
        Effect.gen(function* () {
          const row = yield* storage.get(Membership.aggregate, old!)
          if (row._tag === "None") throw new Error("the row is there")
          const given = { id: old!, on: day("2026-02-10"), segment: "PPU-BU", selfPaid: false } as const
          yield* storage.update(Membership.aggregate, row.value, step(row.value.value, "transferred", "2026-02-10"))
          yield* storage.insert(Membership.aggregate, Membership.following(row.value.value, given))
        })
      )
      const holder = yield* storage.findBy(Membership.aggregate, "card", card(1))
      assert.deepInclude(holder._tag === "Some" ? holder.value.value : {}, { segment: "PPU-BU", state: "ACTIVE" })
    }).pipe(Effect.provide(Layer.fresh(layer)))
  )
})
