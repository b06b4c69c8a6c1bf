import { assert, describe, it } from "@effect/vitest"
import { wrongKeys } from "../src/Source.ts"

const service = (name: string, key: string) =>
  `export class ${name} extends Context.Service<\n  ${name},\n  { readonly find: (code: string) => Effect.Effect<Option<A>> }\n>()("${key}") {}\n`

const error = (name: string, key: string) =>
  `export class ${name} extends Schema.TaggedError<${name}>(\n  "${key}"\n)("${name}", {}) {}\n`

describe("keys", () => {
  it("accepts a key that names package, room and class", () => {
    const source = service("Clock", "@kis/core/time/Clock") + error("Gone", "@kis/core/time/Gone")
    assert.deepStrictEqual(wrongKeys("@kis/core/time", "Clock.ts", source), [])
  })

  it("passes over a key that is computed, and lets a key name its module too", () => {
    const computed = `class Full extends Schema.TaggedError<Full>(reason("Full"))("Full", {}) {}\n`
    const named = error("StorageError", "@kis/core/storage/StorageError")
    const source = computed + named + service("Phones", "@kis/core/storage/Laws/Phones")
    assert.deepStrictEqual(wrongKeys("@kis/core/storage", "StorageError.ts", source), [])
  })

  it("finds a key of another class or room, after a right one too", () => {
    const source =
      service("Clock", "@kis/core/time/Clock") +
      error("Gone", "@kis/core/time/Lost") +
      service("Zone", "@kis/core/Zone")
    assert.deepStrictEqual(wrongKeys("@kis/core/time", "Clock.ts", source), [
      `Clock.ts: key "@kis/core/time/Lost" should be "@kis/core/time/Gone"`,
      `Clock.ts: key "@kis/core/Zone" should be "@kis/core/time/Zone"`
    ])
  })
})
