import { assert, describe, it } from "@effect/vitest"
import { Permission, Readings } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { PersonFile, Registration } from "@kis/core/registration"
import { Id } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Office from "./Office.ts"

const here = { kind: "officer", id: "417" } as const
const elsewhere = { kind: "officer", id: "990" } as const

const mandates = Layer.succeed(Permission.Mandates, {
  of: (actor) => Effect.succeed({ offices: actor.id === here.id ? ["0903"] : ["0904"], employers: [] })
})

describe("PersonFile", () => {
  it.effect("is read in the area of its office, and every look is recorded", () =>
    Effect.gen(function* () {
      const readings = yield* Readings.Readings
      const registration = yield* Registration.Registration
      const audit = yield* Audit.Audit
      const receipt = yield* registration.register(yield* Office.command("k1", Office.family(3)))
      const [first] = receipt.outcomes
      if (first?._tag !== "Registered") return assert.fail("the head was not registered")
      const { participant } = first

      const shift = yield* readings.begin({ key: "s1", actor: here, office: "0903" })
      const file = yield* PersonFile.read({ shift, actor: here, participant, reason: "counter-visit" })
      assert.strictEqual(file.participant.id, participant)
      assert.deepStrictEqual(
        file.memberships.map((it) => [it.value.participant, it.value.office]),
        [[participant, "0903"]]
      )
      const other = yield* readings.begin({ key: "s1", actor: elsewhere, office: "0904" })
      const look = { shift: other, actor: elsewhere, reason: "counter-visit" }
      const refused = yield* Effect.flip(PersonFile.read({ ...look, participant }))
      assert.deepInclude(refused, { _tag: "NotAllowed", reasons: ["OutsideArea"] })
      const nobody = Id.Id.make("01900000-0000-7000-8000-0000000000aa")
      assert.strictEqual((yield* Effect.flip(PersonFile.read({ ...look, participant: nobody })))._tag, "RecordNotFound")
      const actions = Effect.map(audit.verify(other), ({ entries }) => entries.map((it) => it.action))
      assert.deepStrictEqual(yield* actions, ["begin-shift", "read-refused"])
    }).pipe(Effect.provide(Layer.provideMerge(Office.layer, mandates)))
  )
})
