import { assert, describe, it } from "@effect/vitest"
import { Actor, Permission } from "@kis/core/access"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"

const mandate: Permission.Mandate = { offices: ["0903"], employers: ["E1"] }

const kinds = Actor.ActorKind.literals
const actions = Permission.Action.literals
const row = fc.record(
  {
    office: fc.constantFrom("0903", "0904"),
    employer: fc.constantFrom("E1", "E2"),
    owner: fc.record({ kind: fc.constantFrom(...kinds), id: fc.constantFrom("a", "b") }),
    consent: fc.subarray(["ConsentEnded", "AnotherHelper"] as const)
  },
  { requiredKeys: [] }
)

describe("Permission", () => {
  it("lets nobody do what the table does not give, on any row", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...actions), row, (kind, action, of) => {
        const refused = Permission.judge({ kind, id: "a" }, action, of, mandate)
        const given = Permission.table[kind][action]
        assert.strictEqual(refused.includes("NotForThisActor"), given === undefined)
      })
    )
  })

  it("keeps each scope to its own rows, and refuses where a row does not say", () => {
    const judge = (kind: Actor.Actor["kind"], action: Permission.Action, of: Permission.Row) =>
      Permission.judge({ kind, id: "a" }, action, of, mandate)
    assert.deepStrictEqual(judge("officer", "read-person", { office: "0903" }), [])
    assert.deepStrictEqual(judge("officer", "read-person", { office: "0904" }), ["OutsideArea"])
    assert.deepStrictEqual(judge("officer", "read-person", {}), ["OutsideArea"])
    assert.deepStrictEqual(judge("employer", "read-person", { employer: "E1" }), [])
    assert.deepStrictEqual(judge("employer", "read-person", { employer: "E2", office: "0903" }), ["NotOwnWorkers"])
    assert.deepStrictEqual(judge("citizen", "object", { owner: { kind: "citizen", id: "a" } }), [])
    assert.deepStrictEqual(judge("citizen", "object", { owner: { kind: "citizen", id: "b" } }), ["NotOwn"])
    assert.deepStrictEqual(judge("citizen", "object", { owner: { kind: "officer", id: "a" } }), ["NotOwn"])
    assert.deepStrictEqual(judge("proxy", "register", { consent: [] }), [])
    assert.deepStrictEqual(judge("proxy", "register", { consent: ["ConsentEnded"] }), ["ConsentEnded"])
    assert.deepStrictEqual(judge("proxy", "register", { office: "0903" }), ["NoConsent"])
  })

  it("leaves readings behind broken glass to supervisors, and records of people to no helper", () => {
    assert.deepStrictEqual(
      kinds.filter((kind) => Permission.table[kind]["review-break-glass"] !== undefined),
      ["supervisor"]
    )
    assert.isUndefined(Permission.table.proxy["record-consent"])
    assert.isUndefined(Permission.table.system["read-person"])
  })

  it.effect("asks the organisation what an actor answers for", () =>
    Effect.gen(function* () {
      const officer = { kind: "officer", id: "417" } as const
      const ask = Permission.demand(officer, "read-person", { office: "0904" })
      // no mandates: the application is believed
      yield* ask
      const refusal = yield* ask.pipe(
        Effect.provideService(Permission.Mandates, { of: () => Effect.succeed(mandate) }),
        Effect.flip
      )
      assert.strictEqual(refusal._tag, "NotAllowed")
      assert.deepStrictEqual(refusal.reasons, ["OutsideArea"])
      assert.include(refusal.message, "officer:417 may not read-person here (OutsideArea)")
    })
  )
})
