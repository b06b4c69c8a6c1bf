import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Participant } from "@kis/core/deduplication"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { PendingIdentity, PopulationCase, Register } from "@kis/core/registration"
import { CardNumbers } from "@kis/core/registry"
import { Clock } from "@kis/core/sla"
import { type Aggregate, Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import { IntakeFile, PopulationSimulator } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"

const { CivilRegister } = PopulationSimulator
const today = PlainDate.make("2026-02-10")
const { rows } = IntakeFile.generate({ seed: 7, households: 20, today })

const layer = (weather: PopulationSimulator.Options = {}, options: Verification.Options = {}) =>
  Layer.fresh(
    Verification.layer(options).pipe(
      Layer.provideMerge(Register.layer()),
      Layer.provideMerge(Storage.layer(Register.aggregates, { rehearse: true })),
      Layer.provideMerge(
        Layer.mergeAll(
          StorageMemory.layer,
          PopulationSimulator.layer(weather),
          CardNumbers.layerSimulator("verification"),
          Region.layer
        )
      ),
      Layer.provideMerge(
        Layer.merge(Crypto.layerSeeded("verification"), KeyRing.layerMemory(new Uint8Array(32).fill(5)))
      )
    )
  )

const all = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const page = yield* storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 }))
    return page.rows
  })

/** Everybody is registered while the civil register is down, and then stands there as registered. */
const registered = Effect.gen(function* () {
  yield* TestClock.setTime(Date.UTC(2026, 1, 10, 3))
  const civil = yield* CivilRegister
  yield* civil.turn("down")
  yield* Bulk.importRows(Stream.fromIterable(rows), {
    digest: "verification",
    actor: { kind: "officer", id: "417" },
    office: "3671",
    on: today
  })
  const people = yield* all(Participant.aggregate)
  for (const { value } of people) {
    const { birthDate, name, nik, sex } = value.person
    if (nik !== undefined) yield* civil.enter({ nik, name, birthDate, sex })
  }
  return { civil, people, asked: people.filter(({ value }) => value.person.nik !== undefined) }
})

const verifyDue = Effect.flatMap(Verification.Verification, (_) => _.verifyDue)

/** The job at work for some hours, every minute. The clock goes in steps, so that it keeps pace. */
const running = (hours: number) =>
  Effect.gen(function* () {
    const verification = yield* Verification.Verification
    const job = yield* Effect.forkChild(verification.run("1 minute"))
    for (let step = 0; step < hours * 180; step++) {
      yield* TestClock.adjust("20 seconds")
      yield* Effect.promise(() => new Promise((done) => setImmediate(done)))
    }
    yield* Fiber.interrupt(job)
  })

/** What the register holds of everybody, by the line that registered them. */
const standing = Effect.gen(function* () {
  const people = yield* all(Participant.aggregate)
  const memberships = new Map((yield* all(Membership.aggregate)).map((_) => [_.value.participant, _.value]))
  return people.map(({ id, value }) => ({
    line: value.reference.slice(value.reference.lastIndexOf(":")),
    identity: value.identity,
    state: memberships.get(id)?.state,
    card: memberships.get(id)?.card
  }))
})

const demandWhole = Effect.gen(function* () {
  const audit = yield* Audit.Audit
  for (const { id } of yield* all(Participant.aggregate)) {
    assert.deepStrictEqual((yield* audit.verify(id)).findings, [])
  }
})

const told = Effect.map(all(Message.aggregate), (messages) =>
  messages.flatMap(({ value }) => (value.dedupKey.startsWith("identity ") ? [value] : []))
)

const fair = Effect.gen(function* () {
  const { civil } = yield* registered
  yield* civil.turn("fair")
  yield* verifyDue
  return { standing: yield* standing, told: (yield* told).map((_) => `${_.template} ${_.to} ${_.arguments.people}`) }
}).pipe(Effect.provide(layer()))

describe("Verification", () => {
  it.effect("confirms who was registered during an outage: card, state, clock, household, one message a phone", () =>
    Effect.gen(function* () {
      const { asked, civil, people } = yield* registered
      const outage = yield* verifyDue
      assert.deepStrictEqual([outage.confirmed, outage.denied, outage.outage], [0, 0, "Unavailable"])
      yield* civil.turn("fair")
      assert.deepStrictEqual((yield* verifyDue).again, outage.again, "not before the wait is over")
      yield* TestClock.adjust("1 minute")
      const summary = yield* verifyDue
      assert.deepStrictEqual([summary.confirmed, summary.denied], [asked.length, 0])

      const now = yield* standing
      assert.isAbove(asked.length, 40)
      assert.deepStrictEqual(now.filter((_) => _.identity === "verified").length, asked.length)
      assert.isTrue(now.every((_) => (_.card === undefined) === (_.state === "PENDING_VERIFICATION")))
      assert.sameMembers(
        [...new Set(now.map((_) => _.state))],
        ["ACTIVE", "AWAITING_FIRST_PAYMENT", ...(people.length > asked.length ? ["PENDING_VERIFICATION" as const] : [])]
      )

      const clocks = (yield* all(Clock.aggregate)).filter(({ value }) => value.kind === "registration")
      assert.strictEqual(clocks.filter(({ value }) => value.state === "met").length, asked.length)
      const messages = yield* told
      assert.isAbove(messages.length, 0)
      assert.isTrue(messages.every(({ template }) => template.startsWith("registered-")))
      const phones = messages.map(({ subject, template, to }) => `${subject} ${template} ${to}`)
      assert.strictEqual(new Set(phones).size, phones.length)
      const unpaid = messages.filter(({ template }) => template === "registered-unpaid-relayed")
      assert.isTrue(unpaid.length > 0 && unpaid.every(({ arguments: given }) => Number(given.amount) > 0))
      assert.deepStrictEqual(yield* all(PendingIdentity.aggregate), [])
      yield* demandWhole
    }).pipe(Effect.provide(layer()))
  )

  it.effect("whatever the weather, ends where fair weather would have ended", () =>
    Effect.gen(function* () {
      const expected = yield* fair
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        yield* Effect.gen(function* () {
          const { civil } = yield* registered
          yield* civil.turn()
          yield* running(6)
          assert.deepStrictEqual(yield* standing, expected.standing, `seed ${seed}`)
          assert.deepStrictEqual(yield* all(PopulationCase.aggregate), [])
          assert.deepStrictEqual(yield* all(PendingIdentity.aggregate), [])
          yield* demandWhole
        }).pipe(Effect.provide(layer({ seed }, { batch: 9 })))
      }
    })
  )

  it.effect("goes on where it was after a crash, with three jobs at once, and tells once", () =>
    Effect.gen(function* () {
      const expected = yield* fair
      yield* Effect.gen(function* () {
        const { civil } = yield* registered
        yield* civil.turn("slow")
        for (let round = 0; round < 60; round++) {
          const jobs = yield* Effect.forkChild(
            Effect.all([verifyDue, verifyDue, verifyDue], { concurrency: "unbounded" })
          )
          yield* TestClock.adjust(`${2 + (round % 5)} seconds`)
          yield* Fiber.interrupt(jobs)
        }
        assert.deepStrictEqual(yield* standing, expected.standing)
        assert.deepStrictEqual(
          (yield* told).reduce((sum, _) => sum + Number(_.arguments.people), 0),
          expected.told.reduce((sum, _) => sum + Number(_.split(" ")[2]), 0)
        )
        yield* demandWhole
      }).pipe(Effect.provide(layer({}, { batch: 7 })))
    })
  )

  it.effect("an outage is no answer: nobody is refused, and the line is left in peace", () =>
    Effect.gen(function* () {
      const { asked, civil } = yield* registered
      const before = yield* civil.questions
      for (const weather of ["down", "silent", "nonsense", "limited"] as const) {
        yield* civil.turn(weather)
        yield* running(6)
      }
      // six hours in steps of at most one, four times; the first steps are shorter
      const questions = (yield* civil.questions) - before
      assert.isAbove(questions, 20)
      assert.isBelow(questions, 40)
      assert.isTrue((yield* standing).every((_) => _.state === "PENDING_VERIFICATION"))
      assert.deepStrictEqual(yield* all(PopulationCase.aggregate), [])
      assert.deepStrictEqual(yield* told, [])

      yield* civil.turn("fair")
      yield* TestClock.adjust("1 hour")
      assert.strictEqual((yield* verifyDue).confirmed, asked.length)
    }).pipe(Effect.provide(layer({ allowance: 0 })))
  )

  it.effect("who is denied stays pending, is told once, and is confirmed when the register agrees", () =>
    Effect.gen(function* () {
      const { asked, civil } = yield* registered
      const [one, other, third] = asked.map(({ value }) => value.person)
      if (one?.nik === undefined || other?.nik === undefined || third?.nik === undefined) return assert.fail("nobody")
      yield* civil.turn("fair")
      yield* civil.report({ _tag: "Corrected", nik: one.nik, birthDate: PlainDate.make("1990-01-01") })
      yield* civil.report({ _tag: "SwitchedOff", nik: other.nik })
      yield* civil.report({ _tag: "Died", nik: third.nik, diedOn: today })
      yield* TestClock.adjust("1 minute")
      const first = yield* verifyDue
      assert.deepStrictEqual([first.confirmed, first.denied], [asked.length - 3, 3])
      const cases = yield* all(PopulationCase.aggregate)
      assert.deepStrictEqual(
        cases.map(({ value }) => [value.kind, value.fields, value.state]),
        [
          ["differs", ["birthDate"], "open"],
          ["switched-off", undefined, "open"],
          ["died", undefined, "open"]
        ]
      )
      assert.strictEqual(
        (yield* standing).filter((_) => _.state === "PENDING_VERIFICATION").length,
        rowsPending(3, asked.length, yield* standing)
      )
      const denied = (yield* told).filter(({ template }) => template === "identity-denied")
      assert.strictEqual(
        denied.reduce((sum, _) => sum + Number(_.arguments.people), 0),
        3
      )

      assert.strictEqual((yield* verifyDue).denied, 0, "not before a week")
      yield* TestClock.adjust("7 days")
      assert.strictEqual((yield* verifyDue).denied, 3)
      assert.strictEqual((yield* all(PopulationCase.aggregate)).length, 3)
      assert.strictEqual((yield* told).filter(({ template }) => template === "identity-denied").length, denied.length)

      yield* civil.report({ _tag: "Corrected", nik: one.nik, birthDate: one.birthDate })
      yield* civil.report({ _tag: "SwitchedOn", nik: other.nik })
      yield* civil.report({ _tag: "DeathWithdrawn", nik: third.nik })
      yield* TestClock.adjust("7 days")
      assert.strictEqual((yield* verifyDue).confirmed, 3)
      assert.deepStrictEqual(
        (yield* all(PopulationCase.aggregate)).map(({ value }) => value.state),
        ["settled", "settled", "settled"]
      )
      const reviews = (yield* all(Clock.aggregate)).filter(({ value }) => value.kind === "change")
      assert.deepStrictEqual(
        reviews.map(({ value }) => value.state === "running"),
        [false, false, false]
      )
      yield* demandWhole
    }).pipe(Effect.provide(layer()))
  )
})

/** Those who were denied, and those without a number, who cannot be asked about. */
const rowsPending = (denied: number, asked: number, standing: ReadonlyArray<unknown>) =>
  denied + standing.length - asked
