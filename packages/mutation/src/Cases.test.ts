import { assert, it } from "@effect/vitest"
import * as Golden from "@kis/testkit/golden"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

// The golden cases and nothing else: the tests of the cases themselves are for every run, not for every mutant.

const folder = join(import.meta.dirname, "../../core/test/golden")

it.effect("the golden cases pass", () =>
  Effect.gen(function* () {
    const files = readdirSync(folder).filter((file) => file.endsWith(".yaml") && file !== "not-rules.yaml")
    const cases = files.flatMap((file) =>
      Result.getOrThrow(Golden.read(file, readFileSync(join(folder, file), "utf8")))
    )
    const { failed, passed } = yield* Golden.run(cases)
    assert.strictEqual(failed, 0)
    assert.isAbove(passed, 0)
  })
)
