import { assert, describe, it } from "@effect/vitest"
import { type Actor, Permission } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Participant } from "@kis/core/deduplication"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Household, Life, Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { PendingIdentity, PopulationCase, Register } from "@kis/core/registration"
import { CardNumbers, CareStatus } from "@kis/core/registry"
import { type Aggregate, type Id, Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { PopulationChanges, Verification } from "@kis/core/verification"
import { Dice, IntakeFile, PopulationSimulator } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"

const { CivilRegister } = PopulationSimulator
const today = PlainDate.make("2026-02-10")
const died = PlainDate.make("2026-02-03")
const { rows } = IntakeFile.generate({ seed: 11, households: 15, today })
const officer = { kind: "officer", id: "417" } as const

const layer = (weather: PopulationSimulator.Options = {}) =>
  Layer.fresh(
    Layer.mergeAll(PopulationChanges.layer, Verification.layer(), Life.layer()).pipe(
      Layer.provideMerge(Register.layer()),
      Layer.provideMerge(Storage.layer(Register.aggregates, { rehearse: true })),
      Layer.provideMerge(
        Layer.mergeAll(
          StorageMemory.layer,
          PopulationSimulator.layer(weather),
          CardNumbers.layerSimulator("changes"),
          CareStatus.layerMemory,
          Region.layer
        )
      ),
      Layer.provideMerge(Layer.merge(Crypto.layerSeeded("changes"), KeyRing.layerMemory(new Uint8Array(32).fill(5))))
    )
  )

const all = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const page = yield* storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 }))
    return page.rows
  })

/** Everybody is registered and confirmed; `active` are covered already. */
const confirmed = Effect.gen(function* () {
  yield* TestClock.setTime(Date.UTC(2026, 1, 10, 3))
  const civil = yield* CivilRegister
  yield* civil.turn("fair")
  yield* Bulk.importRows(Stream.fromIterable(rows), { digest: "changes", actor: officer, office: "3671", on: today })
  for (const { value } of yield* all(Participant.aggregate)) {
    const { birthDate, name, nik, sex } = value.person
    if (nik !== undefined) yield* civil.enter({ nik, name, birthDate, sex })
  }
  const verification = yield* Verification.Verification
  yield* TestClock.adjust("8 days")
  yield* verification.verifyDue
  const people = new Map((yield* all(Participant.aggregate)).map((_) => [_.id, _.value]))
  const active = (yield* all(Membership.aggregate)).flatMap(({ value }) => {
    const person = people.get(value.participant)
    const nik = person?.person.nik
    return value.state === "ACTIVE" && nik !== undefined && value.card !== undefined && person !== undefined
      ? [{ id: value.participant, nik, person: person.person, card: value.card }]
      : []
  })
  return { civil, active }
})

const follow = Effect.flatMap(PopulationChanges.PopulationChanges, (_) => _.follow)
const decide = (decision: Omit<PopulationChanges.Decision, "on" | "actor">) =>
  Effect.flatMap(PopulationChanges.PopulationChanges, (_) => _.decide({ ...decision, actor: officer, on: today }))

const membershipOf = (participant: Id.Id) =>
  Effect.map(all(Membership.aggregate), (_) => _.findLast(({ value }) => value.participant === participant)?.value)

const cases = Effect.map(all(PopulationCase.aggregate), (_) =>
  _.map(({ id, value }) => ({ id, is: `${value.kind} ${value.state}` }))
)

const told = (participant: Id.Id) =>
  Effect.gen(function* () {
    const about = (yield* all(PopulationCase.aggregate)).filter(({ value }) => value.participant === participant)
    const ids = new Set(about.map(({ id }) => id))
    return (yield* all(Message.aggregate)).flatMap(({ value }) =>
      value.subject !== undefined && ids.has(value.subject) ? [value.template] : []
    )
  })

const demandWhole = Effect.gen(function* () {
  const audit = yield* Audit.Audit
  const subjects = [...(yield* all(Participant.aggregate)), ...(yield* all(PopulationCase.aggregate))]
  for (const { id } of subjects) assert.deepStrictEqual((yield* audit.verify(id)).findings, [])
})

describe("PopulationChanges", () => {
  it.effect("a correction is taken over, once, and told", () =>
    Effect.gen(function* () {
      const { active, civil } = yield* confirmed
      const [one, other] = active
      if (one === undefined || other === undefined) return assert.fail("nobody is active")
      const birthDate = PlainDate.addDays(one.person.birthDate, 1)
      const life = yield* Life.Life
      const household = yield* life.enrol(
        { office: "3671", members: [{ ref: one.id, relation: "head", facts: { birthDate: one.person.birthDate } }] },
        { key: "enrol", actor: officer }
      )
      yield* civil.report({ _tag: "Corrected", nik: one.nik, birthDate })
      yield* civil.report({ _tag: "Corrected", nik: other.nik, name: other.person.name })
      assert.include(yield* follow, { read: 2, corrected: 1, settled: 1, opened: 0 })
      assert.include(yield* follow, { read: 0 })

      const storage = yield* Storage.Storage
      const participant = Option.getOrThrow(yield* storage.get(Participant.aggregate, one.id))
      assert.deepStrictEqual(
        [participant.value.person.birthDate, participant.value.identity, participant.version],
        [birthDate, "verified", 3]
      )
      const family = Option.getOrThrow(yield* storage.get(Household.aggregate, household))
      assert.strictEqual(family.value.members[0]?.facts.birthDate, birthDate)
      assert.deepStrictEqual(yield* told(one.id), ["population-corrected"])
      assert.deepStrictEqual(yield* told(other.id), [])
      yield* demandWhole
    }).pipe(Effect.provide(layer()))
  )

  it.effect("another name with another birth date is another person: nothing is changed, an officer looks at it", () =>
    Effect.gen(function* () {
      const { active, civil } = yield* confirmed
      const [one] = active
      if (one === undefined) return assert.fail("nobody is active")
      yield* civil.report({
        _tag: "Corrected",
        nik: one.nik,
        name: "Zulkarnain Effendi Batubara",
        birthDate: PlainDate.make("1961-06-06")
      })
      assert.include(yield* follow, { opened: 1, corrected: 0 })
      const person = (yield* all(Participant.aggregate)).find(({ id }) => id === one.id)
      assert.deepStrictEqual(person?.value.person, one.person)
      assert.deepStrictEqual(
        (yield* cases).map((_) => _.is),
        ["another-person open"]
      )
    }).pipe(Effect.provide(layer()))
  )

  it.effect("a death ends no cover before an officer has said so; people who are not here are nobody's business", () =>
    Effect.gen(function* () {
      const { active, civil } = yield* confirmed
      const [one, other] = active
      if (one === undefined || other === undefined) return assert.fail("nobody is active")
      const stranger = { ...one.person, nik: other.nik }
      yield* civil.report({ _tag: "Died", nik: one.nik, diedOn: died })
      yield* civil.report({ _tag: "Died", nik: other.nik, diedOn: died })
      yield* civil.report({ _tag: "SwitchedOff", nik: stranger.nik.replace(/....$/, "9876") as typeof other.nik })
      assert.include(yield* follow, { read: 3, opened: 2, strangers: 1 })
      assert.strictEqual((yield* membershipOf(one.id))?.state, "ACTIVE")
      const [first, second] = yield* cases
      if (first === undefined || second === undefined) return assert.fail("no case")

      const changes = yield* PopulationChanges.PopulationChanges
      const machine = { kind: "system", id: "job" } as const
      const refused = yield* Effect.flip(changes.decide({ case: first.id, as: "confirmed", actor: machine, on: today }))
      assert.strictEqual(refused._tag, "NotAllowed")
      assert.strictEqual(yield* decide({ case: first.id, as: "confirmed" }), "moved")
      const dead = yield* membershipOf(one.id)
      assert.deepStrictEqual([dead?.state, dead?.since], ["DECEASED", died])
      assert.strictEqual(yield* decide({ case: second.id, as: "dismissed" }), "nothing")
      assert.strictEqual((yield* membershipOf(other.id))?.state, "ACTIVE")
      const again = yield* Effect.flip(decide({ case: first.id, as: "dismissed" }))
      assert.deepStrictEqual([again._tag, "state" in again && again.state], ["CaseNotOpen", "confirmed"])
      assert.deepStrictEqual(yield* told(one.id), ["population-reported", "cover-changed"])
      assert.deepStrictEqual(yield* told(other.id), ["population-reported", "population-settled"])
      yield* demandWhole
    }).pipe(Effect.provide(layer()))
  )

  it.effect("is decided by who answers for its office, and by nobody else", () =>
    Effect.gen(function* () {
      const { active, civil } = yield* confirmed
      const [one] = active
      if (one === undefined) return assert.fail("nobody is active")
      yield* civil.report({ _tag: "Died", nik: one.nik, diedOn: died })
      yield* follow
      const [found] = yield* all(PopulationCase.aggregate)
      if (found === undefined) return assert.fail("no case")
      const audit = yield* Audit.Audit
      const state = Effect.gen(function* () {
        return [
          yield* all(PopulationCase.aggregate),
          yield* all(Membership.aggregate),
          yield* all(Message.aggregate),
          (yield* audit.verify(found.id)).entries,
          (yield* audit.verify(one.id)).entries
        ]
      })
      const before = yield* state
      const changes = yield* PopulationChanges.PopulationChanges
      const refusals: ReadonlyArray<readonly [Actor.Actor, string]> = [
        [{ kind: "officer", id: "900" }, "OutsideArea"],
        [{ kind: "supervisor", id: "900" }, "OutsideArea"],
        [{ kind: "local-government", id: "417" }, "NotForThisActor"],
        [{ kind: "employer", id: "417" }, "NotForThisActor"],
        [{ kind: "citizen", id: "417" }, "NotForThisActor"],
        [{ kind: "proxy", id: "417" }, "NotForThisActor"],
        [{ kind: "system", id: "417" }, "NotForThisActor"]
      ]
      for (const [actor, reason] of refusals) {
        for (const as of ["confirmed", "dismissed"] as const) {
          const refused = yield* Effect.flip(changes.decide({ case: found.id, as, actor, on: today }))
          if (refused._tag !== "NotAllowed") return assert.fail(refused._tag)
          assert.deepStrictEqual([refused.action, ...refused.reasons], ["decide-population-case", reason])
          assert.deepStrictEqual(yield* state, before)
        }
      }
      assert.strictEqual(yield* decide({ case: found.id, as: "confirmed" }), "moved")
      // of a decided case, who may not decide it is not told what it is
      const late = yield* Effect.flip(
        changes.decide({ case: found.id, as: "dismissed", actor: { kind: "officer", id: "900" }, on: today })
      )
      assert.strictEqual(late._tag, "NotAllowed")
      yield* demandWhole
    }).pipe(
      Effect.provideService(Permission.Mandates, {
        of: ({ id }) => Effect.succeed({ offices: [id === "900" ? "3672" : "3671"], employers: "every" })
      }),
      Effect.provide(layer())
    )
  )

  it.effect("the death of somebody in a household is an event of that family", () =>
    Effect.gen(function* () {
      const { active, civil } = yield* confirmed
      const [one] = active
      if (one === undefined) return assert.fail("nobody is active")
      const life = yield* Life.Life
      const household = yield* life.enrol(
        { office: "3671", members: [{ ref: one.id, relation: "head", facts: { birthDate: one.person.birthDate } }] },
        { key: "enrol", actor: officer }
      )
      yield* civil.report({ _tag: "Died", nik: one.nik, diedOn: died })
      yield* follow
      const [found] = yield* cases
      if (found === undefined) return assert.fail("no case")
      const error = yield* Effect.flip(decide({ case: found.id, as: "confirmed" }))
      if (error._tag !== "ReportDeathFirst") return assert.fail(error._tag)
      assert.deepStrictEqual([error.household, error.diedOn], [household, died])
      const preview = yield* life.preview({
        actor: officer,
        household,
        event: { _tag: "Death", of: one.id, diedOn: died },
        on: today
      })
      yield* life.commit(preview, { key: found.id, actor: officer })
      assert.strictEqual(yield* decide({ case: found.id, as: "confirmed" }), "nothing")
      assert.strictEqual((yield* membershipOf(one.id))?.state, "DECEASED")
      yield* demandWhole
    }).pipe(Effect.provide(layer()))
  )

  it.effect("a false death: settled while nobody had confirmed it, an officer's to undo afterwards", () =>
    Effect.gen(function* () {
      const { active, civil } = yield* confirmed
      const [one, other] = active
      if (one === undefined || other === undefined) return assert.fail("nobody is active")
      for (const { nik } of [one, other]) yield* civil.report({ _tag: "Died", nik, diedOn: died })
      yield* follow
      const [first] = yield* cases
      if (first === undefined) return assert.fail("no case")
      yield* decide({ case: first.id, as: "confirmed" })
      for (const { nik } of [one, other]) yield* civil.report({ _tag: "DeathWithdrawn", nik })
      assert.include(yield* follow, { opened: 1, settled: 1 })
      const open = (yield* cases).filter((_) => _.is.endsWith("open"))
      assert.deepStrictEqual(
        open.map((_) => _.is),
        ["false-death open"]
      )
      assert.deepStrictEqual(yield* told(other.id), ["population-reported", "population-settled"])
      assert.strictEqual((yield* membershipOf(one.id))?.state, "DECEASED")
      assert.strictEqual(yield* decide({ case: open[0]!.id, as: "confirmed" }), "moved")
      assert.strictEqual((yield* membershipOf(one.id))?.state, "ACTIVE")
      yield* demandWhole
    }).pipe(Effect.provide(layer()))
  )

  it.effect(
    "a number that is switched off blocks by an officer only, never in treatment, and comes back by itself",
    () =>
      Effect.gen(function* () {
        const { active, civil } = yield* confirmed
        const [well, ill, unknown] = active
        if (well === undefined || ill === undefined || unknown === undefined) return assert.fail("too few are active")
        const wards = yield* CareStatus.MemoryWards
        yield* wards.discharge(well.card)
        yield* wards.admit(ill.card)
        const three = [well, ill, unknown]
        for (const { nik } of three) yield* civil.report({ _tag: "SwitchedOff", nik })
        yield* follow
        const states = Effect.forEach(three, ({ id }) => Effect.map(membershipOf(id), (_) => _?.state))
        assert.deepStrictEqual(yield* states, ["ACTIVE", "ACTIVE", "ACTIVE"])
        const answers = yield* Effect.forEach(yield* cases, ({ id }) => decide({ case: id, as: "confirmed" }))
        assert.deepStrictEqual(answers, ["moved", "waits", "waits"])
        assert.deepStrictEqual(yield* states, ["BLOCKED_DATA", "ACTIVE", "ACTIVE"])
        for (const { nik } of three) yield* civil.report({ _tag: "SwitchedOn", nik })
        yield* follow
        assert.deepStrictEqual(yield* states, ["ACTIVE", "ACTIVE", "ACTIVE"])
        for (const { id } of three) assert.isUndefined((yield* membershipOf(id))?.waiting)
        yield* demandWhole
      }).pipe(Effect.provide(layer()))
  )

  it.effect("whatever the weather and however often it is killed, the end is that of one calm run", () =>
    Effect.gen(function* () {
      const happens = Effect.fnUntraced(function* (seed: number) {
        const { active, civil } = yield* confirmed
        const dice = Dice.make(seed)
        const entries = Array.from({ length: 60 }, (): PopulationSimulator.Entry => {
          const { nik, person } = active[dice.roll(active.length)]!
          return dice.pick<PopulationSimulator.Entry>([
            { _tag: "Corrected", nik, birthDate: PlainDate.addDays(person.birthDate, dice.roll(5)) },
            { _tag: "SwitchedOff", nik },
            { _tag: "SwitchedOn", nik },
            { _tag: "Died", nik, diedOn: died },
            { _tag: "DeathWithdrawn", nik }
          ])
        })
        return { civil, entries }
      })
      const ended = Effect.gen(function* () {
        yield* demandWhole
        const messages = (yield* all(Message.aggregate)).filter(({ value }) => value.template.startsWith("population-"))
        return {
          people: (yield* all(Participant.aggregate)).map(({ value }) => value.person.birthDate),
          states: (yield* all(Membership.aggregate)).map(({ value }) => value.state),
          cases: (yield* cases).map((_) => _.is).toSorted(),
          messages: messages.map(({ value }) => `${value.template} ${value.to}`).toSorted()
        }
      })
      for (const seed of [1, 2]) {
        const calm = yield* Effect.gen(function* () {
          const { civil, entries } = yield* happens(seed)
          yield* Effect.forEach(entries, civil.report)
          assert.include(yield* follow, { read: 60, repeated: 0 })
          const end = yield* ended
          // a crash that lost the place: the whole feed is read again
          const storage = yield* Storage.Storage
          const [feed] = yield* all(PendingIdentity.feeds)
          if (feed !== undefined) yield* storage.transaction(storage.remove(PendingIdentity.feeds, feed))
          assert.include(yield* follow, { read: 60, repeated: 60 })
          assert.deepStrictEqual(yield* ended, end)
          return end
        }).pipe(Effect.provide(layer()))
        const rough = yield* Effect.gen(function* () {
          const { civil, entries } = yield* happens(seed)
          yield* civil.turn()
          const dice = Dice.make(seed)
          let killed = 0
          for (const entry of entries) {
            yield* civil.report(entry)
            const jobs = yield* Effect.forkChild(Effect.all([follow, follow], { concurrency: "unbounded" }))
            yield* TestClock.adjust(`${1 + dice.roll(6)} seconds`)
            if (dice.roll(2) === 0) yield* Effect.promise(() => new Promise((done) => setImmediate(done)))
            if (jobs.pollUnsafe() === undefined) killed++
            yield* Fiber.interrupt(jobs)
          }
          assert.isAbove(killed, 10)
          yield* civil.turn("fair")
          yield* follow
          return yield* ended
        }).pipe(Effect.provide(layer({ seed, stretch: "7 seconds" })))
        assert.isAbove(calm.messages.length, 10)
        assert.deepStrictEqual(rough, calm, `seed ${seed}`)
      }
    })
  )
})
