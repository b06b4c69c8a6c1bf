import { assert, describe, it } from "@effect/vitest"
import * as Simulator from "../../src/Simulator.ts"

/** The invariant that must show each mistake. */
const shownBy: Readonly<Record<Simulator.Bug, ReadonlyArray<Simulator.Violation["law"]>>> = {
  droppedVersionCheck: ["a message is delivered as often as the channel allows", "money conserved"],
  droppedUniqueKeys: ["one live card a person", "no orphan"],
  droppedHeadCheck: ["the record verifies, and holds what happened"],
  lastRowLost: ["no fact without its message", "no orphan"],
  acknowledgedBeforeWritten: ["what was acknowledged is there, once"],
  messageOutsideTheCommit: ["no message without its fact"],
  recordOutsideTheCommit: ["the record verifies, and holds what happened"],
  hospitalAskedOnce: ["no cover ended in treatment"],
  unknownOutcomeSentAgain: ["a message is delivered as often as the channel allows"],
  paymentWithoutItsReference: ["money conserved"],
  applicationWithoutItsKey: ["what was acknowledged is there, once"]
}

const firstFound = async (bug: Simulator.Bug): Promise<number | undefined> => {
  for (let seed = 1; seed <= 1_000; seed++) {
    const { violations } = await Simulator.run(seed, { bug })
    if (violations.some(({ law }) => shownBy[bug].includes(law))) return seed
  }
  return undefined
}

describe("Simulator", () => {
  it("does the same for the same seed, and other things for another", async () => {
    const [one, again, other] = [await Simulator.run(3), await Simulator.run(3), await Simulator.run(4)]
    assert.deepStrictEqual(again, one)
    assert.notDeepEqual(other.seen, one.seen)
  })

  for (const bug of Simulator.bugs) {
    it(`finds ${bug} within 1,000 seeds, by the invariant that is meant`, async () => {
      assert.isDefined(await firstFound(bug))
    }, 300_000)
  }

  it("makes a failing seed short, and the short form fails again", async () => {
    const failure = await Simulator.search({ from: 1, to: 20 }, { bug: "messageOutsideTheCommit" })
    assert.isDefined(failure)
    if (failure === undefined) return
    assert.isAtMost(failure.commands.length, 15)
    const again = await Simulator.run(failure.seed, failure.options)
    assert.deepStrictEqual(again.violations, [...failure.violations])
    const text = Simulator.report(failure)
    assert.include(text, failure.commands.join("\n  "))
    assert.include(text, `again: Simulator.run(${failure.seed}, {"bug":"messageOutsideTheCommit","only":[`)
  }, 300_000)

  it("without faults, a script of any length holds", async () => {
    const { seen, violations } = await Simulator.run(9, { commands: 40, faults: false })
    assert.deepStrictEqual(violations, [])
    assert.strictEqual(seen.get("lost-acknowledgement"), undefined)
  })
})
