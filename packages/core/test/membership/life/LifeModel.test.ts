import { assert, describe, it } from "@effect/vitest"
import { LifeEvent, LifePlan } from "@kis/core/membership"
import type { Id } from "@kis/core/storage"
import * as fc from "fast-check"
import { arbitrary } from "./families.ts"
import { type LawName, type Life, laws } from "./laws.ts"
import { defects } from "./defects.ts"
import { commands, worldOf } from "./world.ts"

const runs = 1000
const longest = 50

const lives = (life: Life, seen = new Map<string, number>(), asked?: ReadonlyArray<LawName>) =>
  fc.property(arbitrary(100), arbitrary(200), commands(longest), (one, other, of) => {
    fc.modelRun(
      () => ({ model: { owed: 0, dead: new Set<Id.Id>() }, real: worldOf(life, [one, other], seen, asked) }),
      of
    )
  })

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

  for (const law of Object.keys(defects) as Array<LawName>) {
    const planted: Readonly<Record<string, Life>> = defects[law]
    for (const [name, life] of Object.entries(planted)) {
      it(`breaks ${law} in a life that ${name}`, () => {
        // A defect may break several laws: the one that it is planted for must see it by itself.
        const details = fc.check(lives(life, undefined, [law]), { numRuns: 300, seed: 5, endOnFailure: true })
        assert.isTrue(details.failed)
        assert.include(String(details.errorInstance), `${law}: `)
      }, 60_000)
    }
  }

  it("has a planted defect for every law", () => {
    assert.deepStrictEqual(Object.keys(defects).toSorted(), Object.keys(laws).toSorted())
  })
})
