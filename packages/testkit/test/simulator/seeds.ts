/** What both halves of the seeds do. They are two files, so that they run beside each other. */
import { assert, describe, it } from "@effect/vitest"
import * as Faults from "../../src/Faults.ts"
import * as Simulator from "../../src/Simulator.ts"

export const hold = (from: number, to: number) => {
  describe(`seeds ${from} to ${to - 1}`, () => {
    it(`keep every invariant through 200 commands with faults`, async () => {
      const seen = new Map<string, number>()
      for (let seed = from; seed < to; seed++) {
        const outcome = await Simulator.run(seed)
        if (outcome.violations.length > 0) {
          const failure = await Simulator.shrink(seed)
          assert.fail(failure === undefined ? `seed ${seed} breaks only once` : Simulator.report(failure))
        }
        for (const [what, times] of outcome.seen) seen.set(what, (seen.get(what) ?? 0) + times)
      }
      // what never happened was not tried
      const least: ReadonlyArray<readonly [number, ReadonlyArray<string>]> = [
        [10, ["Register Registered", "Live Lived", "Enrol Done", "Dispatch Done"]],
        [4, ["Pay Paid", "Look Done"]],
        [2, ["Bill Done", "FirstPay Paid", "Admit Done", "Discharge Done", "Crash"]],
        [1, ["Verify Done", "Remind Done", ...Faults.faults]]
      ]
      for (const [times, kinds] of least) {
        for (const kind of kinds) assert.isAbove(seen.get(kind) ?? 0, times * (to - from), kind)
      }
    }, 600_000)
  })
}
