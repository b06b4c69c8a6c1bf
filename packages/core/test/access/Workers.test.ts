/** Whose worker somebody is, and who may read them for it. */
import { assert, describe, it } from "@effect/vitest"
import { Permission, Readings } from "@kis/core/access"
import { Membership } from "@kis/core/membership"
import { Registration } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import { PlainDate } from "@kis/core/time"
import * as Office from "../registration/Office.ts"

const acme = { kind: "employer", id: "acme" } as const
const beta = { kind: "employer", id: "beta" } as const
const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)

const layer = Layer.fresh(Office.layer)

const work: Office.Cells = { occupation: "karyawan swasta", employer: "PT Maju", wage: "6000000" }

/** A worker and the family, as an employer brings them; the second of them alone has other cover. */
const registered = Effect.fnUntraced(function* (number: number, of: typeof acme | typeof beta) {
  yield* TestClock.setTime(start)
  const registration = yield* Registration.Registration
  const cells = Office.family(number, [work])
  yield* registration.register({ ...(yield* Office.command(`w-${number}`, cells)), actor: of })
  yield* registration.register({ ...(yield* Office.command(`t-${number}`, Office.family(number + 1))), actor: of })
  const storage = yield* Storage.Storage
  const { rows } = yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 100 }))
  return rows
})

const reading = Effect.fnUntraced(function* (actor: Permission.Row["owner"] & {}, id: Readings.Reading<never>["id"]) {
  const readings = yield* Readings.Readings
  const shift = yield* readings.begin({ key: `s-${actor.id}`, actor, office: "0903" })
  return yield* readings
    .read({
      shift,
      actor,
      aggregate: Membership.aggregate,
      id,
      reason: "worker-list",
      row: Membership.scopeOf
    })
    .pipe(Effect.match({ onFailure: (error) => error._tag, onSuccess: ({ value }) => value.segment }))
})

describe("Workers", () => {
  it.effect("are read by the employer who registered them, and nobody else's are", () =>
    Effect.gen(function* () {
      const rows = yield* registered(71, acme)
      assert.deepStrictEqual(
        rows.map(({ value }) => [value.segment, value.employer]),
        [
          ["PPU-BU", "acme"],
          ["PPU-BU", "acme"],
          ["PBPU", undefined],
          ["PBPU", undefined]
        ]
      )
      const [worker, , trader] = rows
      assert.strictEqual(yield* reading(acme, worker!.id), "PPU-BU")
      assert.strictEqual(yield* reading(beta, worker!.id), "NotAllowed")
      // whom they registered, but who is no worker of theirs
      assert.strictEqual(yield* reading(acme, trader!.id), "NotAllowed")
      assert.strictEqual(yield* reading({ kind: "officer", id: "417" }, trader!.id), "PBPU")
    }).pipe(Effect.provide(layer))
  )

  it.effect("are those of the companies that the organisation says, where it does", () =>
    Effect.gen(function* () {
      const [worker] = yield* registered(73, acme)
      const holding = Effect.provideService(reading(beta, worker!.id), Permission.Mandates, {
        of: () => Effect.succeed({ offices: [], employers: ["acme", "beta"] })
      })
      assert.strictEqual(yield* holding, "PPU-BU")
      const sold = Effect.provideService(reading(acme, worker!.id), Permission.Mandates, {
        of: () => Effect.succeed({ offices: [], employers: [] })
      })
      assert.strictEqual(yield* sold, "NotAllowed")
    }).pipe(Effect.provide(layer))
  )

  it("are an employer's no longer once employment has ended", () => {
    const worker = { office: "0903", employer: "acme" }
    const states = Membership.State.literals.filter((state) => Membership.scopeOf({ ...worker, state }).employer)
    assert.deepStrictEqual(states, [
      "PENDING_VERIFICATION",
      "AWAITING_FIRST_PAYMENT",
      "ACTIVE",
      "SUSPENDED_ARREARS",
      "REMOVED_PBI",
      "SUSPENDED_ABROAD",
      "BLOCKED_DUPLICATE",
      "BLOCKED_DATA"
    ])
  })
})
