import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Law from "../src/Law.ts"
import * as MessageChannelBroken from "../src/MessageChannelBroken.ts"
import * as MessageChannelLaws from "../src/MessageChannelLaws.ts"

for (const idempotent of [true, false]) {
  MessageChannelLaws.suite(
    idempotent ? "memory" : "memory that takes an id twice",
    MessageChannelLaws.layerMemory({ idempotent }),
    { idempotent, receipts: true, replies: true }
  )
}

describe("MessageChannel, broken on purpose", () => {
  for (const defect of MessageChannelBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(MessageChannelLaws.laws, MessageChannelBroken.layerBroken(defect))
        assert.include(caught, MessageChannelBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      MessageChannelLaws.laws.map((_) => _.name),
      [...new Set<string>(Object.values(MessageChannelBroken.caughtBy))]
    )
  })
})
