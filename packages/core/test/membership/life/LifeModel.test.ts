import { assert, describe, it } from "@effect/vitest"
import { LifeEvent, LifePlan } from "@kis/core/membership"
import * as fc from "fast-check"
import { lives, longest } from "./lives.ts"

const runs = 1000

describe("life events, one after another", () => {
  it(`keep every law through ${runs} runs of up to ${longest}`, () => {
    const seen = new Map<string, number>()
    fc.assert(lives(LifePlan, seen), { numRuns: runs })
    // a law that was never asked is not kept
    for (const member of LifeEvent.LifeEvent.members) {
      const tag = member.fields._tag.schema.literal
      assert.isAbove(seen.get(tag) ?? 0, 20, `${tag} happened too seldom`)
    }
    for (const kind of ["opens", "moves", "transfers", "waits", "goes-on", "facility", "stays"]) {
      assert.isAbove(seen.get(kind) ?? 0, 20, `${kind} happened too seldom`)
    }
    for (const entry of ["CarriedIn", "CarriedOut", "Billed", "Refunded"]) {
      assert.isAbove(seen.get(entry) ?? 0, 20, `${entry} was posted too seldom`)
    }
  }, 120_000)
})
