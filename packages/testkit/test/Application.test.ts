/**
 * An application from its first field to its first payment, on a connection that loses answers, sends
 * twice, breaks and gives up: every command is sent again until it answers, and everything has happened once.
 */
import { assert, describe, it } from "@effect/vitest"
import { Drafts, FirstPayments, Households } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { PhoneNumber, Region } from "@kis/core/identity"
import { Application } from "@kis/core/intake"
import { Household, Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Draft, Register, RegistrationRecord } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { type Aggregate, Storage, StorageError, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import * as Faults from "../src/Faults.ts"

const seeds = Array.from({ length: 12 }, (_, i) => i + 1)

const odds = {
  "lost-acknowledgement": 80,
  "duplicate-delivery": 80,
  disconnect: 80,
  "serialization-failure": 80
}

const phone = PhoneNumber.PhoneNumber.make("+6281210000071")

const people = [
  { relation: "head", name: "Agus Santoso", nik: "9971010304850071", sex: "L", birth_date: "1985-04-03" },
  { relation: "spouse", name: "Dewi Kusuma", nik: "9971015210870072", sex: "P", birth_date: "1987-10-12" }
].map((person, i) => ({
  family_card: "9971010101200071",
  citizenship: "WNI",
  district: "367105",
  marital_status: "kawin",
  pbi_decree: "tidak",
  local_scheme: "tidak",
  class: "3",
  facility: "0903F001",
  ...person,
  occupation: i === 0 ? "own-account" : "none",
  ...(i === 0 ? { phone } : {})
}))

const residents = new Map(
  people.map(({ birth_date, name, nik, sex }) => [
    nik,
    {
      nik,
      name,
      birthDate: PlainDate.make(birth_date),
      sex: sex === "P" ? "female" : "male"
    } as PopulationRegistry.Resident
  ])
)

interface Weather {
  calm: boolean
  faults: number
}

const layerOf = (seed: number, weather: Weather) => {
  const plan = Faults.seeded(seed, odds)
  return Layer.mergeAll(Drafts.layer(), FirstPayments.layer(), Households.layer).pipe(
    Layer.provideMerge(Register.layer()),
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provide(
      Faults.layer((call) => (weather.calm ? undefined : plan(call)), { onFault: () => void weather.faults++ }).pipe(
        Layer.provide(StorageMemory.layer)
      )
    ),
    Layer.provideMerge(
      Layer.mergeAll(
        PopulationRegistry.layerSimulator((nik) => residents.get(nik)),
        CardNumbers.layerSimulator("application"),
        Region.layerTest
      )
    ),
    Layer.provideMerge(
      Layer.mergeAll(Crypto.layerSeeded(`application ${seed}`), KeyRing.layerMemory(new Uint8Array(32).fill(8)))
    ),
    Layer.fresh
  )
}

/** A clock as machines have it: jittered waits take the clock of tests to parts of milliseconds. */
const wholeMillis = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Clock.Clock, (clock) =>
    Effect.provideService(effect, Clock.Clock, {
      currentTimeMillisUnsafe: () => Math.floor(clock.currentTimeMillisUnsafe()),
      currentTimeMillis: Effect.map(clock.currentTimeMillis, Math.floor),
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
      currentTimeNanos: clock.currentTimeNanos,
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      sleep: (duration) => clock.sleep(duration)
    })
  )

/** Sends a command again, as it is, until it is answered. */
const sent = <A, E, R>(command: Effect.Effect<A, E, R>) =>
  Effect.retry(wholeMillis(command), { times: 200, while: (error) => error instanceof StorageError.StorageError })

const all = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const page = yield* storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 }))
    return page.rows
  })

const at = (day: string) => TestClock.setTime(PlainDate.toEpochMillis(PlainDate.make(day), "WIB", 8 * 60))

const story = Effect.fnUntraced(function* (weather: Weather) {
  const drafts = yield* Drafts.Drafts
  const payments = yield* FirstPayments.FirstPayments
  const households = yield* Households.Households
  const regions = yield* Region.Regions
  const mine = { kind: "citizen", id: "device-1" } as const
  const other = { kind: "citizen", id: "device-2" } as const
  weather.calm = false
  yield* at("2026-11-24")
  const begun = yield* sent(
    drafts.begin({ key: "begin", actor: mine, office: "0903", channel: "app", path: "self-pay" })
  )
  let held = begun.draft
  const type = Effect.fnUntraced(function* (actor: typeof mine | typeof other, line: number) {
    for (const [field, text] of Object.entries(people[line - 1] ?? {})) {
      const { id, version } = held
      held = yield* sent(drafts.save({ draft: id, version, actor, key: `${line} ${field}`, line, field, text }))
    }
  })
  yield* type(mine, 1)
  const resumed = yield* sent(drafts.resume({ code: begun.code, key: "resume", actor: other, from: "phone-2" }))
  held = resumed.draft
  yield* type(other, 2)
  const receipt = yield* sent(
    drafts.submit({
      draft: held.id,
      version: held.version,
      actor: other,
      on: PlainDate.make("2026-11-24"),
      read: (lines, today) => Application.decodeHousehold(lines, { today }, regions)
    })
  )
  const household = yield* sent(households.gather(receipt.registration))
  yield* at("2026-12-08")
  yield* sent(payments.runDue)
  weather.calm = true
  const [head] = yield* all(Membership.aggregate)
  weather.calm = false
  const card = head?.value.card
  if (card === undefined) return assert.fail("nobody has a card")
  const payment = { card, reference: "p1", amount: 35_000, on: PlainDate.make("2026-12-10"), actor: mine }
  yield* sent(payments.receive(payment))
  yield* at("2026-12-22")
  yield* sent(payments.runDue)
  yield* at("2026-12-25")
  yield* sent(payments.runDue)
  yield* sent(payments.receive(payment))
  return { household, resumed, receipt }
})

/** Time passes by itself while something waits for it. */
const withTime = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) {
      yield* TestClock.adjust(100)
      yield* Effect.yieldNow
    }
    return yield* Fiber.join(fiber)
  })

describe("An application behind a bad connection", () => {
  it.effect.each(seeds)("happens once, seed %d", (seed) => {
    const weather: Weather = { calm: true, faults: 0 }
    return Effect.gen(function* () {
      const { household, receipt, resumed } = yield* withTime(story(weather))
      weather.calm = true
      assert.isAbove(weather.faults, 0)
      const [draft, ...moreDrafts] = yield* all(Draft.aggregate)
      assert.isEmpty(moreDrafts)
      assert.deepInclude(draft?.value, { state: "submitted", serial: 2, registration: receipt.registration })
      assert.deepStrictEqual(
        draft?.value.lines.map((it) => it.fields),
        people
      )
      assert.strictEqual(draft?.id, resumed.draft.id)
      assert.strictEqual((yield* all(RegistrationRecord.aggregate)).length, 1)
      assert.deepStrictEqual(
        (yield* all(Membership.aggregate)).map((it) => it.value.state),
        ["ACTIVE", "EXPIRED"]
      )
      const rows = yield* all(Household.aggregate)
      assert.deepStrictEqual(
        rows.map((it) => [it.id, it.value.members.length]),
        [[household._tag === "Some" ? household.value : undefined, 2]]
      )
      assert.deepStrictEqual(
        (yield* all(Household.accounts)).map((it) => it.value.account.entries.map((entry) => entry._tag)),
        [["Paid", "Billed"]]
      )
      assert.deepStrictEqual(
        (yield* all(Message.aggregate)).map((it) => it.value.template),
        [
          "registered-unpaid",
          "first-payment-open",
          "first-payment-received",
          "first-payment-last-call",
          "first-payment-missed"
        ]
      )
      const audit = yield* Audit.Audit
      for (const { id } of [...rows, ...(yield* all(Draft.aggregate))]) {
        assert.deepStrictEqual((yield* audit.verify(id)).findings, [])
      }
    }).pipe(Effect.provide(layerOf(seed, weather)))
  })
})
