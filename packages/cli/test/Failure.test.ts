import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Failure from "../src/Failure.ts"

describe("Failure.endingOf", () => {
  it("names a mistake in the program by kind and line, and never quotes what was read", () => {
    const error = new TypeError("Canary 9971010101800001\n    is not iterable")
    const { exit, sentence } = Failure.endingOf(Cause.die(error))
    assert.strictEqual(exit, "Defect")
    assert.match(
      sentence!,
      /^kis stopped because of a mistake in itself \(TypeError at Failure\.test\.ts:\d+\); please/
    )
    assert.notInclude(sentence!, "Canary")
    assert.notInclude(Failure.endingOf(Cause.die("Canary")).sentence!, "Canary")
  })

  it("says nothing more about a command that was stopped, or that has given its answer", () => {
    assert.deepStrictEqual(Failure.endingOf(Cause.interrupt(1)), { exit: "Stopped" })
    assert.deepStrictEqual(Failure.endingOf(Cause.fail(new Failure.CommandFailed({ exit: "Negative" }))), {
      exit: "Negative"
    })
  })
})
