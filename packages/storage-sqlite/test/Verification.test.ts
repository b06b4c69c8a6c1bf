/**
 * Two jobs on two connections ask the civil register about the same people: each is confirmed once.
 */
import { assert, describe, it } from "@effect/vitest"
import { Participant } from "@kis/core/deduplication"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { KeyRing } from "@kis/core/privacy"
import { PendingIdentity, Register } from "@kis/core/registration"
import { CardNumbers } from "@kis/core/registry"
import { type Aggregate, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import { IntakeFile, PopulationSimulator } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as Place from "./Place.ts"

const today = PlainDate.make("2026-02-10")
const { rows } = IntakeFile.generate({ seed: 13, households: 25, today })
const civil = PopulationSimulator.layer()

/** A register on a connection of its own; the civil register is the same for all. */
const office = (path: string) =>
  Layer.fresh(
    Verification.layer({ batch: 10 }).pipe(
      Layer.provideMerge(Register.layer()),
      Layer.provideMerge(Storage.layer(Register.aggregates)),
      Layer.provideMerge(Layer.mergeAll(CardNumbers.layerSimulator("sqlite"), Region.layer)),
      Layer.provideMerge(Layer.merge(Place.ports(path), KeyRing.layerMemory(new Uint8Array(32).fill(5))))
    )
  )

const all = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const page = yield* storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 }))
    return page.rows.map((_) => _.value)
  })

describe("Verification on SQLite", () => {
  it.live("two jobs at once confirm each person once", () =>
    Effect.gen(function* () {
      const path = yield* Place.file
      const register = yield* PopulationSimulator.CivilRegister
      yield* register.turn("down")
      const asked = yield* Effect.gen(function* () {
        yield* Bulk.importRows(Stream.fromIterable(rows), {
          digest: "two jobs",
          actor: { kind: "officer", id: "417" },
          office: "3671",
          on: today
        })
        const people = yield* all(Participant.aggregate)
        for (const { person } of people) {
          const { birthDate, name, nik, sex } = person
          if (nik !== undefined) yield* register.enter({ nik, name, birthDate, sex })
        }
        return people.filter(({ person }) => person.nik !== undefined).length
      }).pipe(Effect.provide(office(path)))

      yield* register.turn("fair")
      const job = Effect.flatMap(Verification.Verification, (_) => _.verifyDue).pipe(Effect.provide(office(path)))
      const [one, other] = yield* Effect.all([job, job], { concurrency: "unbounded" })
      assert.strictEqual(one.confirmed + other.confirmed, asked)
      assert.isAbove(yield* register.questions, asked / 10, "both asked")

      yield* Effect.gen(function* () {
        const cards = (yield* all(Membership.aggregate)).flatMap(({ card }) => card ?? [])
        assert.deepStrictEqual([cards.length, new Set(cards).size], [asked, asked])
        assert.deepStrictEqual(yield* all(PendingIdentity.aggregate), [])
        const messages = (yield* all(Message.aggregate)).filter(({ dedupKey }) => dedupKey.startsWith("identity "))
        const people = messages.reduce((sum, _) => sum + Number(_.arguments["people"]), 0)
        assert.isAtMost(people, asked)
        assert.isAbove(people, 0)
      }).pipe(Effect.provide(office(path)))
    }).pipe(Effect.provide(civil))
  )
})
